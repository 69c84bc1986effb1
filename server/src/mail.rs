//! Sending letters, by whichever mail server is set up (SMTP, RFC 5321): each a few times.

use app::letters::{Letter, Post};
use jiff::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header},
    transport::smtp,
};
use secrecy::{ExposeSecret, SecretString};
use std::{net::Ipv4Addr, sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, mpsc::Receiver},
    task::JoinSet,
    time::{sleep, timeout},
};
use url::{Host, Url};

/// How long the mail server may take over one letter.
const WITHIN: Duration = Duration::from_secs(30);
/// How long is waited before each time that a letter is tried again.
const AGAIN: [Duration; 4] =
    [Duration::from_secs(5), Duration::from_secs(30), Duration::from_mins(2), Duration::from_mins(10)];
/// Letters that are being sent at once.
const AT_ONCE: usize = 4;
/// Letters that are being sent, or wait to be tried again.
const WAITING_MOST: usize = 1000;

/// A mail server, and from whom letters come.
#[derive(Clone, Debug)]
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why letters cannot be sent so.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// The address of the mail server is none. It is not repeated: it may hold a password.
    #[error("the address of the mail server is to be like smtps://user:password@mail.example.org")]
    Server,
    /// Passwords and links would cross the network for everybody to read.
    #[error(
        "the mail server is elsewhere and would be spoken to in the clear: write smtps://, or smtp:// with ?tls=required"
    )]
    Clear,
    /// Letters have to come from somewhere.
    #[error("say from whom letters come with --mail-from, like \"Plenary <plenary@example.org>\"")]
    From,
}

impl Mail {
    /// By the mail server at `url` (`smtps://`, or `smtp://` with `?tls=required`; in the clear on this machine alone).
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn new(url: &SecretString, from: &str) -> Result<Self, Unusable> {
        let parsed = Url::parse(url.expose_secret()).map_err(|_| Unusable::Server)?;
        let here = match parsed.host() {
            // This scheme is none that has numbers read as such.
            Some(Host::Domain(name)) => {
                name == "localhost" || name.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
            }
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => return Err(Unusable::Server),
        };
        // As lettre reads it: of two it is the first.
        let tls = parsed.query_pairs().find(|(name, _)| name == "tls");
        let kept = parsed.scheme() == "smtps" || tls.is_some_and(|(_, is)| is == "required");
        if !here && !kept {
            return Err(Unusable::Clear);
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret());
        let transport = transport.map_err(|_| Unusable::Server)?.timeout(Some(WITHIN)).build();
        Ok(Self { transport, from: from.parse().map_err(|_| Unusable::From)? })
    }

    /// Sends what is posted, for as long as the site runs.
    pub(crate) async fn deliver(self, post: Post, mut letters: Receiver<Letter>) {
        let (mut sending, places) = (JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
        while let Some(letter) = letters.recv().await {
            while sending.len() >= WAITING_MOST {
                sending.join_next().await;
            }
            while sending.try_join_next().is_some() {}
            sending.spawn(self.clone().send(post.clone(), places.clone(), letter));
        }
    }

    async fn send(self, post: Post, places: Arc<Semaphore>, letter: Letter) {
        let message = match self.written(letter) {
            Ok(message) => message,
            Err(why) => return failed(&post, why),
        };
        for wait in AGAIN.into_iter().map(Some).chain([None]) {
            let sent = {
                let Ok(_place) = places.acquire().await else { return };
                // lettre's own limit is on the connection alone.
                timeout(WITHIN, self.transport.send(message.clone())).await
            };
            let (why, ends) = match sent {
                Ok(Ok(_)) => return,
                Ok(Err(error)) => (why(&error), error.is_permanent() || error.is_client()),
                Err(_) => ("timeout".to_owned(), false),
            };
            match wait.filter(|_| !ends) {
                Some(wait) => sleep(wait).await,
                None => return failed(&post, why),
            }
        }
    }

    fn written(&self, letter: Letter) -> Result<Message, String> {
        let to = letter.to.parse().map_err(|_| "address".to_owned())?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            // No machine answers a machine (RFC 3834).
            .header(Automatic)
            .header(header::ContentType::TEXT_PLAIN)
            .message_id(None)
            .body(letter.text)
            .map_err(|_| "MIME".to_owned())
    }
}

fn failed(post: &Post, why: String) {
    tracing::warn!(%why, "a letter could not be sent");
    post.failed_to_send(Timestamp::now(), why);
}

/// In a word, and without the address, which mail servers like to repeat.
fn why(error: &smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("SMTP {code}"),
        None if error.is_timeout() => "timeout".to_owned(),
        None if error.is_tls() => "TLS".to_owned(),
        None if error.is_client() => "SMTP".to_owned(),
        None => "connection".to_owned(),
    }
}

/// `Auto-Submitted: auto-generated`
#[derive(Clone)]
struct Automatic;

impl header::Header for Automatic {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passwords_and_links_do_not_cross_a_network_in_the_clear() {
        let of = |url: &str, from: &str| Mail::new(&SecretString::from(url), from).map(drop);
        let from = "Plenary <plenary@example.org>";
        for good in [
            "smtps://user:secret@mail.example.org",
            "smtp://user:secret@mail.example.org:587?tls=required",
            "smtp://127.0.0.1:1025",
            "smtp://[::1]:1025",
            "smtp://localhost",
        ] {
            assert!(of(good, from).is_ok(), "{good}");
        }
        for clear in [
            "smtp://mail.example.org",
            "smtp://mail.example.org?tls=opportunistic",
            "smtp://mail.example.org?tls=opportunistic&tls=required",
            "smtp://localhost.example.org",
        ] {
            assert!(matches!(of(clear, from), Err(Unusable::Clear)), "{clear}");
        }
        for odd in ["", "mail.example.org", "http://127.0.0.1", "smtps://"] {
            let error = of(odd, from).expect_err(odd);
            assert!(matches!(error, Unusable::Server | Unusable::Clear), "{odd}: {error}");
        }
        for nobody in ["", "Plenary", "a@b@c"] {
            assert!(matches!(of("smtp://localhost", nobody), Err(Unusable::From)), "{nobody}");
        }
        let secret = Mail::new(&SecretString::from("smtps://user:hunter2@mail.example.org"), from);
        assert!(!format!("{secret:?}").contains("hunter2"));
    }
}
