//! Pages that are open follow what changes: they are told that something has, nothing of it, and by nobody once they may not
//! read any more.

use crate::{
    browser::{Browser, administrator, takes_part},
    fixture::{HALF, ROOM, TEAM},
    harness::{Answer, PATIENCE, Served, Visited, story, until},
    html::Page,
    raw::{connect, request},
};
use axum::http::header;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};

/// A line that somebody holds open.
pub(crate) struct Line {
    stream: TcpStream,
    pub(crate) heard: String,
}

impl Line {
    pub(crate) async fn open(served: &Served, by: &Browser<'_>, address: &str, last: Option<&str>) -> Self {
        let cookie = format!("session={}", by.session().unwrap_or_default());
        let mut headers = vec![("Cookie", cookie.as_str()), ("Accept", "text/event-stream")];
        headers.extend(last.map(|last| ("Last-Event-ID", last)));
        let mut stream = connect(served.address).await;
        stream.write_all(&request("GET", address, &headers)).await.expect("sent");
        Self { stream, heard: String::new() }
    }

    /// Reads on until it has said so.
    pub(crate) async fn says(&mut self, what: &str) {
        let end = Instant::now() + PATIENCE;
        let mut piece = vec![0; 4096];
        while !self.heard.contains(what) {
            let read = timeout_at(end, self.stream.read(&mut piece)).await;
            let count = read.unwrap_or_else(|_| panic!("{what} is not in {}", self.heard)).unwrap_or_default();
            assert!(count > 0, "it ended without {what}: {}", self.heard);
            self.heard.push_str(&String::from_utf8_lossy(&piece[..count]));
        }
    }

    /// Reads to its end.
    pub(crate) async fn ends(&mut self) {
        let mut rest = Vec::new();
        timeout(PATIENCE, self.stream.read_to_end(&mut rest)).await.expect("it ends").expect("as it should");
        self.heard.push_str(&String::from_utf8_lossy(&rest));
    }

    /// The marks that it has said.
    pub(crate) fn marks(&self) -> Vec<&str> {
        self.heard.lines().filter_map(|line| line.strip_prefix("id: ")).collect()
    }
}

/// What a page says it follows.
fn follows(page: &Answer) -> Option<String> {
    Page::of(page).attributes("#notices", "data-follows").pop()
}

async fn says(by: &Browser<'_>, seminar: &str, text: &str, delegation: &str) {
    let form = [("text", text), ("language", "en"), ("delegation", delegation), ("lasts", "open")];
    let posted = by.post(&format!("/seminars/{seminar}/notices"), &form).await;
    assert_eq!(posted.status, 303, "{}", posted.text());
}

#[test]
fn a_page_is_told_that_something_has_changed_and_nothing_of_it() {
    story(async {
        let visited = Visited::new().await;
        let served = visited.served().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let people = format!("/seminars/{HALF}/people");
        let address = follows(&mira.get(&people).await).expect("a page of the seminar follows it");
        let mut line = Line::open(&served, &mira, &address, None).await;
        line.says("event: clock").await;
        assert!(line.heard.to_lowercase().contains("content-type: text/event-stream"), "{}", line.heard);
        assert!(line.heard.to_lowercase().contains("cache-control: no-store"), "{}", line.heard);

        // What is said to others, and what is done to what she does not see, is nothing to her.
        says(&ana, HALF, "For Moldova alone", "MD").await;
        let hidden = format!("/seminars/{HALF}/protection/material/xqvelm-page-team");
        let was = Page::of(&ana.get(&hidden).await).attributes("input[name=was]", "value").remove(0);
        let held = [("act", "visibility"), ("was", was.as_str()), ("visibility", "early")];
        let narrowed = ana.post(&hidden, &held).await;
        assert_eq!(narrowed.status, 303, "{}", narrowed.text());
        says(&ana, HALF, "Lunch is served", "").await;
        line.says("\nid: ").await;
        assert!(!line.heard.contains("Lunch"), "{}", line.heard);
        let [mark] = line.marks()[..] else { panic!("one mark: {}", line.heard) };
        let page = mira.get(&people).await;
        assert!(page.text().contains("Lunch is served") && !page.text().contains("For Moldova"));
        let now = follows(&page).expect("followed");
        assert!(now.ends_with(mark) && now != address, "{now} {mark}");

        // Whoever was cut off and has seen it is told nothing; whoever has not is told at once.
        let mut same = Line::open(&served, &mira, &address, Some(mark)).await;
        same.says("event: clock").await;
        let mut late = Line::open(&served, &mira, &address, None).await;
        late.says(&format!("id: {mark}")).await;
        // Another process does something.
        let beside = visited.beside().await;
        let elsewhere = Browser::of(&beside);
        elsewhere.cookies.borrow_mut().extend(ana.cookies.borrow().clone());
        says(&elsewhere, HALF, "From another process", "").await;
        same.says("\nid: ").await;
        assert_eq!(same.marks().len(), 1, "{}", same.heard);
        assert!(same.marks()[0] != mark);
    });
}

#[test]
fn whoever_may_not_read_any_more_is_told_that_it_is_over() {
    story(async {
        let visited = Visited::new().await;
        let served = visited.served().await;
        let ana = administrator(&visited).await;
        let (mira, sead) =
            (takes_part(&ana, ROOM, "participant", "Mira").await, takes_part(&ana, ROOM, "organiser", "Sead").await);
        let live = format!("/seminars/{ROOM}/live");
        let mut lines = Vec::new();
        for browser in [&mira, &sead] {
            let mut line = Line::open(&served, browser, &live, None).await;
            line.says("\nid: ").await;
            lines.push(line);
        }
        let door = ana.get(&format!("/seminars/{ROOM}/door")).await;
        let seats = Page::of(&door).attributes(".ledger__title a[href*=seats\\/]", "href");
        assert_eq!(ana.post(&format!("{}/remove", seats[1]), &[]).await.status, 303);
        lines[0].says("event: over").await;
        lines[0].ends().await;
        assert_eq!(mira.get(&live).await.status, 404);

        // Who runs it is told that somebody has gone, and leaves.
        let [_, of_sead] = &mut lines[..] else { panic!("two") };
        until("the organiser is told", async || {
            let told = timeout(std::time::Duration::from_millis(50), of_sead.says("never")).await;
            assert!(told.is_err());
            of_sead.marks().len() > 1
        })
        .await;
        let session = sead.session().expect("signed in");
        sead.post("/sign-out", &[]).await;
        assert_eq!(sead.session(), None);
        of_sead.says("event: over").await;
        of_sead.ends().await;
        sead.cookies.borrow_mut().insert("session".to_owned(), session);
        assert_eq!(sead.get(&live).await.status, 404, "a session that is shown again");
    });
}

#[test]
fn nobody_follows_who_takes_no_part() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, ROOM, "organiser", "Mira").await;
        let nobody = Browser::of(&visited);
        for seminar in [HALF, TEAM, "tirana-2016", "never-was"] {
            let live = format!("/seminars/{seminar}/live");
            for browser in [&nobody, &mira] {
                assert_eq!(browser.get(&live).await.status, 404, "{seminar}");
                let page = browser.get(&format!("/seminars/{seminar}")).await;
                assert!(!page.text().contains("notices") && !page.text().contains("follow."), "{seminar}");
                let notices = format!("/seminars/{seminar}/notices");
                assert_eq!(browser.get(&notices).await.status, 404, "{seminar}");
                let form = [("text", "x"), ("language", "en"), ("delegation", ""), ("lasts", "open")];
                assert_eq!(browser.post(&notices, &form).await.status, 404, "{seminar}");
                for act in ["notices/1/end", "notices/1/delete", "rehearsal"] {
                    let address = format!("/seminars/{seminar}/{act}");
                    assert_eq!(browser.post(&address, &[("rehearsal", "begin")]).await.status, 404, "{address}");
                }
            }
        }
    });
}

#[test]
fn what_is_said_is_bounded_and_kept_as_it_was_typed() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let notices = format!("/seminars/{ROOM}/notices");
        let typed = format!("<script>{}</script>", "ж".repeat(500));
        let form = [("text", typed.as_str()), ("language", "sr"), ("delegation", ""), ("lasts", "today")];
        let refused = ana.post(&notices, &form).await;
        assert_eq!(refused.status, 422);
        let page = Page::of(&refused);
        assert!(refused.text().contains("Shorten the notice") && refused.text().contains("&lt;script>жжж"));
        assert_eq!(page.attributes("input[name=lasts][checked]", "value"), ["today"]);
        assert_eq!(page.attributes("option[selected]", "value"), ["sr"]);
        let odd = |name: &str, value: &str| {
            let form = [("text", "x"), ("language", "en"), ("delegation", ""), ("lasts", "open")];
            form.map(|(field, said)| (field, if field == name { value.to_owned() } else { said.to_owned() }))
        };
        for (name, value, status) in [
            ("language", "tlh", 400),
            ("language", "", 400),
            ("lasts", "for ever", 400),
            ("delegation", "ZZ", 404),
            ("text", " ", 422),
        ] {
            let form = odd(name, value);
            let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(ana.post(&notices, &form).await.status, status, "{name}={value}");
        }
        for body in ["", "text=a", "text=%ff&language=en&delegation=&lasts=open"] {
            let sent = ana.send(axum::http::Method::POST, &notices, body).await;
            assert!(sent.status.is_client_error(), "{body}: {}", sent.status);
        }
        assert!(!ana.get(&notices).await.text().contains("Standing now"));
        // To the next page, without anything being changed that search follows.
        says(&ana, ROOM, "Said", "").await;
        assert!(ana.get(&format!("/seminars/{ROOM}/programme")).await.text().contains(">Said<"));
        for number in ["0", "-1", "x", "99999999999999999999"] {
            let ended = ana.post(&format!("{notices}/{number}/end"), &[]).await;
            assert!(ended.status.is_client_error(), "{number}: {}", ended.status);
        }
    });
}

#[test]
fn a_session_holds_so_many_lines_of_which_the_last_are_looked_at_and_the_site_ends_in_spite_of_them() {
    story(async {
        let visited = Visited::new().await;
        let mut served = visited.served().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, ROOM, "participant", "Mira").await;
        let live = format!("/seminars/{ROOM}/live");
        let mut lines = Vec::new();
        for _ in 0..8 {
            let mut line = Line::open(&served, &mira, &live, None).await;
            line.says("event: clock").await;
            lines.push(line);
        }
        let mut of_ana = Line::open(&served, &ana, &live, None).await;
        of_ana.says("event: clock").await;
        // The first gives way, which may be one that nobody holds any more.
        let mut ninth = Line::open(&served, &mira, &live, None).await;
        ninth.says("event: clock").await;
        lines[0].says("event: replaced").await;
        lines[0].ends().await;
        lines.remove(0);
        lines.push(ninth);
        lines.push(of_ana);
        says(&ana, ROOM, "All of them are told", "").await;
        for line in &mut lines {
            line.says("\nid: ").await;
            assert!(!line.heard.contains("replaced"), "{}", line.heard);
        }
        served.ending.cancel();
        timeout(std::time::Duration::from_secs(5), &mut served.serving).await.expect("it ends").expect("no panic");
        for line in &mut lines {
            line.ends().await;
        }
    });
}

#[test]
fn a_browser_that_has_left_follows_nothing() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let live = format!("/seminars/{ROOM}/live");
        ana.cookies.borrow_mut().insert("left".to_owned(), "1".to_owned());
        let left = ana.get(&live).await;
        assert!(left.is_page() && left.headers[header::CACHE_CONTROL] == "no-store");
        assert!(!left.text().contains("event:"));
    });
}

#[test]
fn a_page_of_a_board_is_told_what_happens_on_it_as_far_as_it_shows_it() {
    story(async {
        let visited = Visited::new().await;
        let served = visited.served().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let board = format!("/seminars/{HALF}/boards/open-board");
        let address = follows(&mira.get(&board).await).expect("a page of the seminar follows it");
        assert!(address.ends_with("&board=open-board"), "{address}");
        let mut line = Line::open(&served, &mira, &address, None).await;
        line.says("event: clock").await;
        let moves = async |id: &str, to: &str| {
            let moved = ana.post(&format!("{board}/phase"), &[("id", id), ("to", to)]).await;
            assert_eq!(moved.status, 303, "{}", moved.text());
        };
        moves("0000000000000001", "gather").await;
        line.says("\nid: ").await;
        assert!(follows(&mira.get(&board).await).is_some_and(|now| now.contains(line.marks()[0])), "{}", line.heard);
        // Another process has a card written, in silence, and closes the board.
        let beside = visited.beside().await;
        let elsewhere = Browser::of(&beside);
        elsewhere.cookies.borrow_mut().extend(ana.cookies.borrow().clone());
        let card = [("id", "0000000000000002"), ("text", "From another process")];
        assert_eq!(elsewhere.post(&format!("{board}/cards"), &card).await.status, 303);
        let closes = [("id", "0000000000000003"), ("to", "closed")];
        assert_eq!(elsewhere.post(&format!("{board}/phase"), &closes).await.status, 303);
        until("it is told", async || {
            line.says("\nid: ").await;
            mira.get(&board).await.text().contains("From another process")
        })
        .await;
        assert!(!line.heard.contains("From another process"), "{}", line.heard);
        // A board that is not theirs has no line, nor has one that is not.
        for none in ["xqvelm-board-team", "none", "../x"] {
            let live = format!("/seminars/{HALF}/live?seen=&board={none}");
            assert_eq!(mira.get(&live).await.status, 404, "{none}");
        }
    });
}
