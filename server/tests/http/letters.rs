//! Letters, as a mail server gets them: links to sign in and invitations, and nothing that tells who has an account.

use crate::{
    browser::{Browser, PASSWORD, administrator, takes_part},
    fixture::HALF,
    harness::{HERE, PATIENCE, Visited, story},
    html::Page,
};
use secrecy::SecretString;
use server::Mail;
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::{
        Mutex,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    time::timeout,
};

/// A mail server (RFC 5321) that takes what comes, or says why it does not.
pub(crate) struct Server {
    port: u16,
    letters: Mutex<UnboundedReceiver<String>>,
    /// What it answers to whom a letter is for; empty: that it takes it.
    refuses: Arc<Mutex<String>>,
}

impl Server {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let (sent, letters) = unbounded_channel();
        let refuses = Arc::new(Mutex::new(String::new()));
        let refusing = refuses.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(hear(stream, sent.clone(), refusing.clone()));
            }
        });
        Self { port, letters: Mutex::new(letters), refuses }
    }

    pub(crate) fn mail(&self) -> Mail {
        let url = SecretString::from(format!("smtp://127.0.0.1:{}", self.port));
        Mail::new(&url, "Plenary <plenary@example.org>").expect("on this machine")
    }

    pub(crate) async fn letter(&self) -> String {
        let letter = timeout(PATIENCE, self.letters.lock().await.recv()).await;
        letter.expect("a letter comes").expect("the server is open")
    }

    /// Whether no letter has come.
    async fn is_idle(&self) -> bool {
        timeout(Duration::from_millis(500), self.letters.lock().await.recv()).await.is_err()
    }
}

async fn hear(stream: TcpStream, sent: UnboundedSender<String>, refuses: Arc<Mutex<String>>) {
    let mut stream = BufReader::new(stream);
    let mut letter = None::<String>;
    let mut answer = "220 test\r\n".to_owned();
    loop {
        if !answer.is_empty() && stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or_default() == 0 {
            return;
        }
        answer = match (&mut letter, line.trim_end()) {
            (Some(_), ".") => {
                let _ = sent.send(letter.take().unwrap_or_default());
                "250 taken\r\n".to_owned()
            }
            (Some(text), _) => {
                text.push_str(&line);
                String::new()
            }
            (None, said) if said.starts_with("EHLO") => "250 test\r\n".to_owned(),
            (None, said) if said.starts_with("RCPT") && !refuses.lock().await.is_empty() => {
                refuses.lock().await.clone()
            }
            (None, "DATA") => {
                letter = Some(String::new());
                "354 go on\r\n".to_owned()
            }
            (None, "QUIT") => "221 bye\r\n".to_owned(),
            (None, _) => "250 well\r\n".to_owned(),
        };
    }
}

/// The path of the link in a letter.
pub(crate) fn path(letter: &str) -> String {
    // Long lines are broken on their way (RFC 2045, 6.7).
    let letter = letter.replace("=\r\n", "");
    let link = letter.lines().find_map(|line| line.strip_prefix(HERE)).expect("a link");
    link.trim().to_owned()
}

#[test]
fn whoever_has_forgotten_their_password_comes_in_by_a_letter() {
    story(async {
        let mail = Server::open().await;
        let visited = Visited::with_mail(mail.mail()).await;
        administrator(&visited).await;
        let form = Page::of(&Browser::of(&visited).get("/sign-in").await);
        assert_eq!(form.attributes("form[action=\"/sign-in/letter\"] input", "name"), ["to"]);
        let nobody = Browser::of(&visited);
        let known = nobody.post("/sign-in/letter", &[("to", " Ana@Example.org ")]).await;
        let unknown = nobody.post("/sign-in/letter", &[("to", "eva@example.org")]).await;
        let told = |answer: &crate::harness::Answer| {
            let number = answer.header("x-request-id").to_owned();
            (answer.status.as_u16(), answer.text().replace(&number, ""))
        };
        assert_eq!(known.status, 200, "{}", known.text());
        assert_eq!(told(&known), told(&unknown), "nobody learns who has an account");
        let letter = mail.letter().await;
        assert!(
            letter.contains("To: ana@example.org") && letter.contains("From: Plenary <plenary@example.org>"),
            "{letter}"
        );
        assert!(
            letter.contains("Auto-Submitted: auto-generated") && letter.contains("Your link to sign in"),
            "{letter}"
        );
        assert!(!letter.contains("traffick"), "what a letter is about is nobody else's to read: {letter}");
        assert!(mail.is_idle().await, "nothing is sent where there is no account");

        let link = path(&letter);
        assert_eq!(nobody.get(&link).await.status, 200);
        assert_eq!(nobody.post(&link, &[]).await.status, 303);
        assert_eq!(nobody.is_called().await.as_deref(), Some("Ana Hoxha"));
        let changed = [("password", "another one that will do"), ("again", "another one that will do")];
        assert_eq!(nobody.post("/account/password", &changed).await.status, 303, "without that of before");
        let told = mail.letter().await;
        assert!(told.contains("To: ana@example.org") && told.contains("Your account has a new password"), "{told}");
        assert!(!told.contains("/sign-in/") && !told.contains("another one"), "no secret is in it: {told}");
        let late = Browser::of(&visited);
        assert_eq!(late.post(&link, &[]).await.status, 404, "once");
        assert_eq!(late.signs_in("ana@example.org").await.status, 422, "{PASSWORD} is no password any more");
    });
}

#[test]
fn letters_are_few_and_what_is_no_address_gets_none() {
    story(async {
        let mail = Server::open().await;
        let visited = Visited::with_mail(mail.mail()).await;
        let _ana = administrator(&visited).await;
        let nobody = Browser::of(&visited);
        for odd in [
            "",
            "ana",
            "ana@example.org\r\nBcc: eva@example.org",
            "ana@example.org, eva@example.org",
            "<ana@example.org>",
            &"a".repeat(60_000),
        ] {
            let refused = nobody.post("/sign-in/letter", &[("to", odd)]).await;
            assert_eq!(refused.status, 422, "{odd:.60}");
            assert!(refused.text().contains("Write an e-mail address"), "{odd:.60}");
        }
        assert!(mail.is_idle().await);
        let mut waits = 0;
        for _ in 0..8 {
            let asked = nobody.post("/sign-in/letter", &[("to", "ana@example.org")]).await;
            waits += u32::from(asked.status == 429);
        }
        assert!(waits > 0, "none had to wait");
        let other = nobody.post("/sign-in/letter", &[("to", "eva@example.org")]).await;
        assert_eq!(other.status, 200, "others do not");
        // Without a mail server there is nothing to ask for.
        let without = Browser::of(Visited::shared().await);
        assert!(!without.get("/sign-in").await.text().contains("/sign-in/letter"));
        assert_eq!(without.post("/sign-in/letter", &[("to", "ana@example.org")]).await.status, 404);
    });
}

#[test]
fn an_invitation_is_sent_to_whom_it_is_for() {
    story(async {
        let mail = Server::open().await;
        let visited = Visited::with_mail(mail.mail()).await;
        let ana = administrator(&visited).await;
        let page = format!("/seminars/{HALF}/invitations");
        let form = [("name", "Mira Ceban"), ("address", "mira@example.org"), ("role", "participant")];
        let made = ana.post(&page, &form).await;
        assert!(made.text().contains("It is on its way to mira@example.org"), "{}", made.text());
        let letter = mail.letter().await;
        assert!(letter.contains("Good day Mira Ceban,") && letter.contains("Ana Hoxha invites you"), "{letter}");
        assert!(made.text().contains(&path(&letter)), "the same link, in case the letter does not come");
        assert_eq!(Browser::of(&visited).get(&path(&letter)).await.status, 200);
        // Without an address there is no letter.
        takes_part(&ana, HALF, "participant", "Sead").await;
        assert!(mail.is_idle().await);
    });
}

#[test]
fn what_the_mail_server_does_not_take_is_told_to_who_runs_the_site_without_the_address() {
    story(async {
        let mail = Server::open().await;
        let visited = Visited::with_mail(mail.mail()).await;
        let ana = administrator(&visited).await;
        assert!(ana.get("/admin/health").await.text().contains("Letters are sent"));
        "550 no such mailbox ana@example.org\r\n".clone_into(&mut *mail.refuses.lock().await);
        Browser::of(&visited).post("/sign-in/letter", &[("to", "ana@example.org")]).await;
        crate::harness::until("it is told", async || ana.get("/admin/health").await.text().contains("SMTP 550")).await;
        let health = ana.get("/admin/health").await;
        assert!(!health.text().contains("ana@example.org") && !health.text().contains("no such mailbox"));
    });
}

#[test]
fn an_address_is_changed_once_whoever_reads_it_says_so() {
    story(async {
        let mail = Server::open().await;
        let visited = Visited::with_mail(mail.mail()).await;
        let ana = administrator(&visited).await;
        assert!(ana.get("/account").await.text().contains("href=\"/account/address\""));
        let change = async |address: &str, current: &str| {
            ana.post("/account/address", &[("address", address), ("current", current)]).await
        };
        for (address, current, why) in
            [("anna", PASSWORD, "Write an e-mail address"), ("anna@example.org", "wrong", "password")]
        {
            let refused = change(address, current).await;
            assert!(refused.status == 422 && refused.text().contains(why), "{address}");
            assert!(refused.text().contains(&format!("value=\"{address}\"")), "what was typed stays");
        }
        assert!(mail.is_idle().await);
        let sent = change("anna@example.org", PASSWORD).await;
        assert_eq!(sent.status, 200);
        let letter = mail.letter().await;
        assert!(letter.contains("To: anna@example.org"), "{letter}");
        let (link, nobody) = (path(&letter), Browser::of(&visited));
        assert!(ana.get("/account").await.text().contains("ana@example.org"), "not before");
        // It is no way in, and not another one's link.
        assert_eq!(nobody.post(&link.replace("/account/address", "/sign-in"), &[]).await.status, 404);
        let looked = nobody.get(&link).await;
        assert!(looked.text().contains("anna@example.org"), "looking spends nothing: {}", looked.text());
        assert!(looked.text().contains("Sign in to your account"), "whoever reads it and has no account takes none");
        assert_eq!(nobody.post(&link, &[]).await.status, 422);
        // Whoever else is in with their password is out, as after a new one.
        let elsewhere = Browser::of(&visited);
        assert_eq!(elsewhere.signs_in("ana@example.org").await.status, 303);
        assert_eq!(elsewhere.get("/account").await.status, 200);
        assert_eq!(ana.post(&link, &[]).await.status, 303);
        assert_eq!(ana.post(&link, &[]).await.status, 404, "once");
        assert_eq!(elsewhere.get("/account").await.status, 303, "their sessions elsewhere have ended");
        let told = mail.letter().await;
        assert!(told.contains("To: ana@example.org") && !told.contains("anna@"), "whoever had it is told: {told}");
        assert_eq!(nobody.signs_in("ana@example.org").await.status, 422);
        assert_eq!(nobody.signs_in("anna@example.org").await.status, 303);

        // That somebody has an address is nobody's to know.
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let form = [("address", "anna@example.org"), ("current", PASSWORD)];
        let same = mira.post("/account/address", &form).await;
        assert!(same.status == 200 && same.text().contains("If no other account has this address"));
        assert!(mail.is_idle().await);
        let noted = mira.get("/account/data.json").await;
        let free = [("address", "free@example.org"), ("current", PASSWORD)];
        assert_eq!(mira.post("/account/address", &free).await.status, 200);
        let again = mira.get("/account/data.json").await;
        let asked = |answer: &crate::harness::Answer| answer.text().matches("ask for another address").count();
        assert_eq!((asked(&noted), asked(&again)), (1, 2), "not by what is noted, either");
        let stranger = Browser::of(&visited).post("/account/address", &form).await;
        assert_eq!((stranger.status.as_u16(), stranger.header("location")), (303, "/sign-in?next=/account/address"));
        assert_eq!(Browser::of(Visited::shared().await).post("/account/address", &form).await.status, 404);
    });
}
