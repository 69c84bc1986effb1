//! Boards as scripts and programs have them: commands, and events on a line.

use crate::{
    boards::{BOARD, id, moves},
    browser::{Browser, administrator, takes_part},
    fixture::{HALF, ROOM},
    following::Line,
    harness::{Answer, Served, Visited, story},
};
use content::boards::News;
use serde_json::json;

const COMMANDS: &str = "/api/v1/seminars/half-open-2026/boards/open-board/commands";

async fn sends(by: &Browser<'_>, number: u64, command: serde_json::Value) -> Answer {
    by.says(COMMANDS, &json!({ "id": id(number), "command": command }).to_string()).await
}

async fn writes(by: &Browser<'_>, number: u64, text: &str) -> Answer {
    sends(by, number, json!({ "do": "write", "language": "en", "text": text })).await
}

/// A line on which somebody gets what happened on the board after an event.
async fn follows(served: &Served, by: &Browser<'_>, after: &str, last: Option<&str>) -> Line {
    Line::open(served, by, &format!("/seminars/{HALF}/live?seen=&board=open-board&after={after}"), last).await
}

/// What was said of the board, in order.
fn news(line: &Line) -> Vec<News> {
    let said = line.heard.split("event: board\n").skip(1).filter_map(|said| said.split("\n\n").next());
    let data = said.filter_map(|said| said.lines().find_map(|line| line.strip_prefix("data: ")));
    data.map(|data| serde_json::from_str(data).unwrap_or_else(|fault| panic!("{fault}: {data}"))).collect()
}

fn numbers(line: &Line) -> Vec<i64> {
    news(line).iter().flat_map(|news| &news.events).map(|event| event.number).collect()
}

#[test]
fn whoever_follows_a_board_gets_what_they_may_have_of_it() {
    story(async {
        let visited = Visited::new().await;
        let served = visited.served().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let ion = takes_part(&ana, HALF, "participant", "Ion").await;
        assert_eq!(moves(&ana, 1, "gather").await.status, 303);
        let mut miras = follows(&served, &mira, "0", None).await;
        let mut ions = follows(&served, &ion, "0", None).await;
        miras.says(r#""phase":"gather""#).await;

        // In silence: the others learn how many there are, whoever writes what is theirs, though it be the first they write.
        let done = writes(&mira, 2, "Police lack xqtraining").await;
        assert_eq!((done.status.as_u16(), done.json()), (200, json!({ "number": 2 })), "{}", done.text());
        assert_eq!(writes(&mira, 2, "Police lack xqtraining").await.json(), json!({ "number": 2 }), "a repeat");
        miras.says(&format!(r#""command":"{}""#, id(2))).await;
        ions.says(r#""count":1"#).await;
        assert!(miras.heard.contains(r#""by":"you""#), "{}", miras.heard);
        assert!(!ions.heard.contains("xqtraining"), "{}", ions.heard);
        let seen = ions.marks().last().map(|mark| (*mark).to_owned());
        drop(ions);
        // Another process has one written, and the silence end.
        let beside = visited.beside().await;
        let of = |other: &Browser<'_>| {
            let browser = Browser::of(&beside);
            browser.cookies.borrow_mut().extend(other.cookies.borrow().clone());
            browser
        };
        let (anas, ion_there) = (of(&ana), of(&ion));
        assert_eq!(writes(&ion_there, 3, "Judges lack it, too").await.status, 200);
        assert_eq!(sends(&anas, 4, json!({ "do": "move", "to": "cluster" })).await.status, 200);
        miras.says("Judges lack it, too").await;
        miras.says(r#""phase":"cluster""#).await;
        let all = numbers(&miras);
        assert!(all.is_sorted() && all.last() == Some(&6), "{all:?}");
        // Whoever was away has what came meanwhile, each once; and that the second is theirs.
        let mut again = follows(&served, &ion, "0", seen.as_deref()).await;
        again.says(r#""phase":"cluster""#).await;
        let heard = numbers(&again);
        assert!(heard.first() > Some(&1) && heard.is_sorted() && heard.last() == Some(&6), "{heard:?}");
        assert!(again.heard.contains("xqtraining") && again.heard.contains(r#""by":"you""#), "{}", again.heard);
        let mut on_page = follows(&served, &ion, "6", None).await;
        on_page.says(r#""count":2"#).await;
        assert!(numbers(&on_page).is_empty());
    });
}

#[test]
fn what_is_sent_badly_is_not_done_and_why_is_said() {
    story(async {
        let visited = Visited::new().await;
        let served = visited.served().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let eva = takes_part(&ana, HALF, "observer", "Eva").await;
        let sead = takes_part(&ana, ROOM, "organiser", "Sead").await;
        let early = writes(&mira, 1, "Too early").await;
        assert_eq!((early.status.as_u16(), &early.json()["refusal"]), (409, &json!("not-now")), "{}", early.text());
        assert!(early.header("content-type").starts_with("application/problem+json"));
        assert!(!early.json()["detail"].as_str().unwrap_or_default().is_empty());
        assert_eq!(moves(&ana, 2, "gather").await.status, 303);
        for (text, status, why) in
            [(" ", 422, "empty"), ("\u{202e}x\u{0}", 422, "odd"), (&"x".repeat(501), 422, "long")]
        {
            let refused = writes(&mira, 3, text).await;
            assert_eq!((refused.status.as_u16(), &refused.json()["refusal"]), (status, &json!(why)), "{text:?}");
        }
        // Who reads along, and who is of another seminar, is told of nothing there; nor is anybody who is not in.
        for by in [&eva, &sead] {
            assert_eq!(writes(by, 4, "Not mine").await.status, 404);
        }
        assert_eq!(sends(&mira, 5, json!({ "do": "move", "to": "closed" })).await.status, 404);
        let body = json!({ "id": id(6), "command": { "do": "write", "language": "en", "text": "x" } }).to_string();
        let json = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
        assert_eq!(visited.send(axum::http::Method::POST, COMMANDS, &json, &body).await.status, 404);
        // Half a command, another one, one too long, as a form, and from a page of another site.
        let half = &body[..body.len() - 9];
        let other = body.replace("write", "xqdo");
        let long = body.replace("\"x\"", &format!("\"{}\"", "x".repeat(300_000)));
        let more = body.replace("{\"command\"", "{\"more\":1,\"command\"");
        for bad in [half, &other, &long, &more, "", "[]", "\u{fffd}"] {
            let refused = mira.says(COMMANDS, bad).await;
            let status = refused.status.as_u16();
            assert!([400, 413, 422].contains(&status), "{status}: {}", &bad[..bad.len().min(80)]);
            assert!(refused.header("content-type").starts_with("application/problem+json"), "{}", refused.text());
        }
        assert_eq!(mira.post(COMMANDS, &[("id", &id(7))]).await.status, 415);
        assert_eq!(mira.get(COMMANDS).await.status, 405);
        let cookie = format!("session={}", mira.session().unwrap_or_default());
        let foreign = [("cookie", &*cookie), ("sec-fetch-site", "cross-site"), json[0]];
        assert_eq!(visited.send(axum::http::Method::POST, COMMANDS, &foreign, &body).await.status, 403);
        // Odd numbers: the page has it all, or says what cannot be.
        let mut ahead = follows(&served, &mira, "999", None).await;
        ahead.says("event: anew").await;
        ahead.ends().await;
        let mut odd = follows(&served, &mira, "-5", Some("x-y")).await;
        odd.says(r#""phase":"gather""#).await;
        assert_eq!(numbers(&odd), [1], "nothing else was done");
    });
}
