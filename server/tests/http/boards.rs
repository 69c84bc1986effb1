//! Boards over HTTP: who may do what, what is sent badly, twice, late or half, and what reaches whom.

use crate::{
    browser::{Browser, administrator, takes_part},
    fixture::{HALF, ROOM},
    harness::{Answer, Visited, story},
    html::Page,
};
use axum::http::Method;
use std::collections::BTreeMap;

pub(crate) const BOARD: &str = "/seminars/half-open-2026/boards/open-board";

/// An id for a command, as the forms of a page have them.
pub(crate) fn id(number: u64) -> String {
    format!("{number:016x}")
}

pub(crate) async fn moves(by: &Browser<'_>, number: u64, to: &str) -> Answer {
    by.post(&format!("{BOARD}/phase"), &[("id", &id(number)), ("to", to)]).await
}

async fn writes(by: &Browser<'_>, number: u64, text: &str) -> Answer {
    by.post(&format!("{BOARD}/cards"), &[("id", &id(number)), ("text", text)]).await
}

/// The card that whoever looks can change; one alone.
async fn own(by: &Browser<'_>) -> String {
    let page = by.get(BOARD).await;
    let ids = Page::of(&page).attributes("details[id^='card-']", "id");
    assert_eq!(ids.len(), 1, "{}", page.text());
    ids[0].trim_start_matches("card-").to_owned()
}

/// What can be chosen on the page by what it says: a card, or where cards go.
async fn chosen(by: &Browser<'_>, what: &str, says: &str) -> String {
    let page = by.get(BOARD).await;
    let page = Page::of(&page);
    let one = page.all(what).into_iter().find(|one| one.text().any(|text| text.contains(says)));
    let one = one.unwrap_or_else(|| panic!("{what} that says {says}"));
    let field = one.select(&scraper::Selector::parse("input").expect("a selector")).next();
    field.unwrap_or(one).attr("value").unwrap_or_default().to_owned()
}

async fn reads(by: &Browser<'_>) -> String {
    by.get(BOARD).await.text().to_owned()
}

#[test]
fn a_card_is_written_once_by_those_who_may() {
    assert_eq!(BOARD, format!("/seminars/{HALF}/boards/open-board"));
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let (mira, eva) =
            (takes_part(&ana, HALF, "participant", "Mira").await, takes_part(&ana, HALF, "observer", "Eva").await);
        assert_eq!(writes(&mira, 1, "Early").await.status, 409);
        // Whoever may not lead learns of no such form, nor does whoever is of another seminar, or of none.
        assert_eq!(moves(&mira, 2, "gather").await.status, 404);
        assert_eq!(moves(&eva, 2, "gather").await.status, 404);
        assert_eq!(moves(&ana, 2, "gather").await.status, 303);
        assert_eq!(moves(&ana, 2, "gather").await.status, 303, "twice");
        let sead = takes_part(&ana, ROOM, "organiser", "Sead").await;
        for other in [&eva, &sead] {
            assert_eq!(writes(other, 3, "Who am I?").await.status, 404);
        }
        let nobody = visited.post(&format!("{BOARD}/cards"), &format!("id={}&text=Nobody", id(4))).await;
        assert_eq!(nobody.status, 404, "{}", nobody.text());
        for _ in 0..2 {
            assert_eq!(writes(&mira, 5, "Written <i>once</i> & \"for all\"").await.status, 303);
        }
        assert_eq!(
            reads(&mira).await.matches("card__text\">Written &lt;i&gt;once").count(),
            1,
            "{}",
            reads(&mira).await
        );
        // In silence: it is nowhere else, whoever asks, nor is anything but how many there are.
        for page in [reads(&ana).await, reads(&eva).await, visited.get(BOARD).await.text().to_owned()] {
            assert!(!page.contains("Written"), "{page}");
        }
        assert_eq!(moves(&ana, 6, "closed").await.status, 303);
        for page in [reads(&ana).await, reads(&mira).await, visited.get(BOARD).await.text().to_owned()] {
            assert!(page.contains("Written &lt;i&gt;once&lt;/i&gt; &amp; \"for all\""), "{page}");
            assert!(!page.contains("Mira</span>"), "{page}");
        }
        let late = writes(&mira, 7, "Too late & kept").await;
        assert_eq!(moves(&ana, 8, "ahead").await.status, 409, "what has begun has begun");
        assert!(late.status == 409 && late.text().contains("Too late &amp; kept"), "{}", late.text());
    });
}

#[test]
fn what_is_sent_badly_to_a_board_is_refused_and_kept() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        assert_eq!(moves(&ana, 1, "gather").await.status, 303);
        for (text, status) in [(" \u{202e} ", 422), ("a\u{7}b", 422), (&*"я".repeat(501), 422)] {
            let answer = writes(&mira, 2, text).await;
            assert_eq!(answer.status, status, "{text:.20}");
            let told = Page::of(&answer).attributes("textarea#text", "aria-invalid");
            assert_eq!(told, ["true"], "{}", answer.text());
        }
        assert!(writes(&mira, 2, &"я".repeat(501)).await.text().contains(&"я".repeat(501)), "nothing is lost");
        // No form of ours sends these.
        for form in ["", "id=&text=A", "id=1&text=A", "id=00000000000000FF&text=A", "text=%FF&id=0000000000000077"] {
            let answer = mira.send(Method::POST, &format!("{BOARD}/cards"), form).await;
            assert!(matches!(answer.status.as_u16(), 400 | 422), "{form}: {}", answer.status);
        }
        assert_eq!(moves(&ana, 3, "anywhere").await.status, 400);
        // A card that is not there, or of somebody else, or no card at all.
        assert_eq!(writes(&mira, 4, "Hers").await.status, 303);
        let rewrite = async |by: &Browser<'_>, card: &str, number: u64| {
            by.post(&format!("{BOARD}/cards/{card}"), &[("id", &id(number)), ("text", "Other words")]).await.status
        };
        let sead = takes_part(&ana, HALF, "participant", "Sead").await;
        let hers = own(&mira).await;
        assert_eq!(rewrite(&sead, &hers, 5).await, 409);
        assert_eq!(rewrite(&mira, &id(99), 6).await, 409);
        assert_eq!(rewrite(&mira, "none", 7).await, 400);
        assert_eq!(rewrite(&mira, &hers, 8).await, 303);
        for act in ["hide", "show"] {
            let at = format!("{BOARD}/cards/{hers}/{act}");
            assert_eq!(sead.post(&at, &[("id", &id(9))]).await.status, 404);
        }
        let unknown = format!("{BOARD}/cards/{hers}/burn");
        assert_eq!(mira.post(&unknown, &[("id", &id(10))]).await.status, 404);
        // Whoever goes back to a page and sends something else from it has done something else; and under a number that
        // somebody else's form had, both stand.
        for text in ["His", "His second", "His"] {
            assert_eq!(writes(&sead, 4, text).await.status, 303);
        }
        let his = sead.get(BOARD).await;
        let texts = Page::of(&his).texts(".wall--own .card__text");
        assert_eq!(texts, ["His second", "His"]);
        // A clock is set by who leads, to a number of minutes.
        let timer = async |by: &Browser<'_>, number: u64, minutes: &str| {
            let to = if minutes == "stop" { "stop" } else { "" };
            by.post(&format!("{BOARD}/timer"), &[("id", &id(number)), ("minutes", minutes), ("to", to)]).await.status
        };
        assert_eq!(timer(&mira, 50, "5").await, 404);
        for (number, minutes) in [(51, ""), (52, "-1"), (53, "481"), (54, "five"), (57, "0")] {
            assert_eq!(timer(&ana, number, minutes).await, 422, "{minutes}");
        }
        assert_eq!(timer(&ana, 55, " 5 ").await, 303);
        assert_eq!(Page::of(&mira.get(BOARD).await).all("[data-until] .timer__left").len(), 1);
        assert_eq!(timer(&ana, 56, "stop").await, 303);
        assert!(Page::of(&mira.get(BOARD).await).all(".timer").is_empty());
        // Very much at once.
        let mut fast = Vec::new();
        for number in 100..130 {
            fast.push(writes(&sead, number, "Again and again").await.status.as_u16());
        }
        assert_eq!(fast.iter().filter(|status| **status == 303).count(), 18, "{fast:?}");
        assert_eq!(fast.last(), Some(&429));
        // From another site.
        let cookie = format!("session={}", mira.session().unwrap_or_default());
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "cross-site"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let form = format!("id={}&text=Forged", id(200));
        assert_eq!(visited.send(Method::POST, &format!("{BOARD}/cards"), &headers, &form).await.status, 403);
        assert!(!reads(&mira).await.contains("Forged"));
    });
}

#[test]
fn a_room_sorts_its_cards() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let eva = takes_part(&ana, HALF, "observer", "Eva").await;
        assert_eq!(moves(&ana, 1, "gather").await.status, 303);
        for (number, text) in [(2, "Training of judges"), (3, "Training of prosecutors"), (4, "Shelters for men")] {
            assert_eq!(writes(&mira, number, text).await.status, 303);
        }
        let sort = async |by: &Browser<'_>, number: u64, cards: &[&str], to: &str| {
            let number = id(number);
            let cards = cards.iter().map(|card| ("card", *card));
            let fields: Vec<_> = [("id", number.as_str()), ("to", to)].into_iter().chain(cards).collect();
            by.post(&format!("{BOARD}/sort"), &fields).await
        };
        assert_eq!(sort(&mira, 5, &[&id(2)], "new").await.status, 409, "everybody writes");
        assert_eq!(moves(&ana, 6, "cluster").await.status, 303);
        let [judges, prosecutors, shelters] = [
            chosen(&mira, ".card", "judges").await,
            chosen(&mira, ".card", "prosecutors").await,
            chosen(&mira, ".card", "Shelters").await,
        ];
        // Who reads along sees it and has nothing to press.
        let along = eva.get(BOARD).await;
        let page = Page::of(&along);
        assert!(page.text("main").contains("Training of judges") && page.all("main form").is_empty());
        assert_eq!(sort(&eva, 7, &[&judges], "new").await.status, 404);
        // None is chosen; what is chosen badly; what is not there.
        let none = sort(&mira, 8, &[], "new").await;
        assert!(none.status == 422 && none.text().contains("Choose a card first"), "{}", none.text());
        for (cards, to) in [(vec!["x"], "new"), (vec![&*judges], ""), (vec![&*judges], "elsewhere")] {
            assert_eq!(sort(&mira, 9, &cards, to).await.status, 400, "{cards:?} {to}");
        }
        let gone = sort(&mira, 10, &[&judges], &id(77)).await;
        assert_eq!(gone.status, 409);
        let still = Page::of(&gone).attributes("input[name=card][checked]", "value");
        assert_eq!(still, [judges.as_str()], "what was chosen is chosen still");

        let made = sort(&mira, 11, &[&judges, &prosecutors], "new").await;
        assert_eq!(made.status, 303);
        let cluster = chosen(&mira, ".choices__one", "Cluster 1").await;
        assert!(made.header("location").ends_with(&format!("#cluster-{cluster}")));
        let name = async |number: u64, text: &str| {
            mira.post(&format!("{BOARD}/clusters/{cluster}"), &[("id", &id(number)), ("text", text)]).await
        };
        let long = name(12, &"я".repeat(121)).await;
        assert!(long.status == 422 && long.text().contains(&"я".repeat(121)), "{}", long.text());
        assert_eq!(name(13, "Training <b>together</b>").await.status, 303);
        for by in [&mira, &ana, &eva] {
            let page = by.get(BOARD).await;
            let heads = Page::of(&page).texts(".cluster__name");
            assert_eq!(heads, ["Loose cards", "Training <b>together</b>"]);
        }
        assert_eq!(sort(&ana, 14, &[&shelters], "new").await.status, 303);
        let other = chosen(&mira, ".choices__one", "Cluster 2").await;
        let merge = async |number: u64, to: &str| {
            let fields = [("id", &*id(number)), ("cluster", &*other), ("to", to)];
            mira.post(&format!("{BOARD}/merge"), &fields).await.status
        };
        for nowhere in ["nowhere", ""] {
            assert_eq!(merge(15, nowhere).await, 400);
        }
        assert_eq!(merge(16, &cluster).await, 303);
        assert_eq!(merge(17, &cluster).await, 409, "it is gone");
        // One that is called something before anything lies in it; one without a name goes with its last card.
        let begun = async |number: u64, text: &str| {
            mira.post(&format!("{BOARD}/clusters"), &[("id", &id(number)), ("text", text)]).await
        };
        let empty = begun(30, " ").await;
        assert!(
            empty.status == 422 && empty.text().contains("Write what the cluster is called first."),
            "{}",
            empty.text()
        );
        assert_eq!(begun(31, "Money").await.status, 303);
        let heads = async || Page::of(&mira.get(BOARD).await).texts(".cluster__name");
        assert_eq!(heads().await, ["Loose cards", "Training <b>together</b>", "Money"]);
        let money = chosen(&mira, ".choices__one", "Money").await;
        assert_eq!(sort(&mira, 32, &[&shelters], "new").await.status, 303);
        assert_eq!(heads().await[3], "Cluster 3, without a name");
        assert_eq!(sort(&mira, 33, &[&shelters], &money).await.status, 303);
        assert_eq!(heads().await.len(), 3);
        assert_eq!(
            mira.post(&format!("{BOARD}/merge"), &[("id", &id(34)), ("cluster", &money), ("to", "loose")]).await.status,
            303
        );
        assert_eq!(sort(&mira, 18, &[&shelters], "loose").await.status, 303);
        let page = mira.get(BOARD).await;
        assert_eq!(Page::of(&page).texts(".cluster--loose .card__text"), ["Shelters for men"]);
        // Closed, it can be read as it was sorted.
        assert_eq!(moves(&ana, 19, "closed").await.status, 303);
        let page = visited.get(BOARD).await;
        let page = Page::of(&page);
        assert_eq!(page.texts(".cluster__name"), ["Loose cards", "Training <b>together</b>"]);
        assert!(page.all("input[name=card]").is_empty());
        assert_eq!(sort(&mira, 20, &[&shelters], &cluster).await.status, 409);
    });
}

#[test]
fn a_board_can_be_taken_along_by_whoever_sees_it() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        assert_eq!(moves(&ana, 1, "gather").await.status, 303);
        for (number, text) in [(2, "=cmd|' /C calc'!A0"), (3, "# Shelters, \"safe\" <b>ones</b>")] {
            assert_eq!(writes(&mira, number, text).await.status, 303);
        }
        let file = async |by: &Browser<'_>, name: &str| by.get(&format!("{BOARD}/{name}")).await;
        // Written in silence, it is in nobody else's files, nor whose it is.
        for name in ["cards.csv", "board.md", "log.json"] {
            let taken = file(&ana, name).await;
            assert_eq!(taken.status, 200, "{name}");
            assert!(!taken.text().contains("calc") && !taken.text().contains("Shelters"), "{name}: {}", taken.text());
        }
        assert!(file(&mira, "log.json").await.text().contains("calc"), "one's own is");
        assert_eq!(moves(&ana, 4, "closed").await.status, 303);
        let table = file(&ana, "cards.csv").await;
        assert!(
            table.header("content-type").starts_with("text/csv")
                && table.header("content-disposition").contains("open-board-cards.csv")
        );
        assert!(
            table.text().contains("'=cmd|' /C calc'!A0")
                && table.text().contains("\"# Shelters, \"\"safe\"\" <b>ones</b>\""),
            "{}",
            table.text()
        );
        let text = file(&ana, "board.md").await;
        assert!(text.text().contains("- \\# Shelters, \"safe\" \\<b\\>ones\\</b\\>\n"), "{}", text.text());
        let log = file(&ana, "log.json").await.json();
        assert_eq!(log["events"].as_array().map(Vec::len), Some(4), "{log}");
        for taken in [log.to_string(), table.text().to_owned(), text.text().to_owned()] {
            assert!(!taken.contains("Mira") && !taken.contains("author\":"), "{taken}");
        }
        assert_eq!(file(&ana, "cards.xlsx").await.status, 200);
        assert_eq!(file(&ana, "cards.exe").await.status, 404);
        // For whom the board is not, there are no files either.
        for name in ["cards.csv", "cards.xlsx", "board.md", "log.json"] {
            let nowhere = visited.get(&format!("/seminars/{ROOM}/boards/open-board/{name}")).await;
            assert_eq!(nowhere.status, 404, "{name}");
        }
    });
}

/// A board on which three cards stand and everybody votes so; its three choices.
pub(crate) async fn voting(ana: &Browser<'_>, mira: &Browser<'_>, how: &[(&str, &str)]) -> [String; 3] {
    assert_eq!(moves(ana, 1, "gather").await.status, 303);
    for (number, text) in [(2, "Training"), (3, "Shelters"), (4, "Money")] {
        assert_eq!(writes(mira, number, text).await.status, 303);
    }
    let first = id(5);
    let fields: Vec<_> = [("id", &*first)].iter().chain(how).copied().collect();
    assert_eq!(ana.post(&format!("{BOARD}/vote/open"), &fields).await.status, 303);
    let page = mira.get(BOARD).await;
    let page = Page::of(&page);
    let mut ids = page.attributes("#vote [name^='mark-']", "name");
    ids.dedup();
    // Cards that were written in silence stand in an order that says nothing.
    let called: BTreeMap<String, String> = page.texts("#vote .ballot__name").into_iter().zip(ids).collect();
    ["Training", "Shelters", "Money"].map(|name| called[name].trim_start_matches("mark-").to_owned())
}

pub(crate) async fn votes(by: &Browser<'_>, number: u64, method: &str, marks: &[(&str, &str)]) -> Answer {
    let number = id(number);
    let marks: Vec<(String, &str)> = marks.iter().map(|(choice, mark)| (format!("mark-{choice}"), *mark)).collect();
    let marks = marks.iter().map(|(name, mark)| (&**name, *mark));
    let fields: Vec<_> = [("id", &*number), ("method", method)].into_iter().chain(marks).collect();
    by.post(&format!("{BOARD}/vote"), &fields).await
}

#[test]
fn a_room_votes_and_nobody_reads_who_voted_what() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let eva = takes_part(&ana, HALF, "observer", "Eva").await;
        let sead = takes_part(&ana, ROOM, "organiser", "Sead").await;
        let open = async |by: &Browser<'_>, number: u64, method: &str, dots: &str| {
            let fields = [("id", &*id(number)), ("method", method), ("dots", dots)];
            by.post(&format!("{BOARD}/vote/open"), &fields).await
        };
        assert_eq!(open(&ana, 80, "dots", "3").await.status, 409, "nobody has written yet");
        let [training, shelters, money] = voting(&ana, &mira, &[("method", "dots"), ("dots", "3")]).await;
        for by in [&mira, &eva, &sead] {
            assert_eq!(open(by, 81, "dots", "3").await.status, 404);
        }
        assert_eq!(open(&ana, 82, "guess", "3").await.status, 400);
        for by in [&eva, &sead] {
            assert_eq!(votes(by, 83, "dots", &[(&training, "1")]).await.status, 404);
        }
        let nobody = visited.post(&format!("{BOARD}/vote"), &format!("id={}&method=dots", id(84))).await;
        assert_eq!(nobody.status, 404);
        // Badly, too much, for another vote, and for what is not there.
        for mark in ["x", "-1", "256", "1.5"] {
            assert_eq!(votes(&mira, 85, "dots", &[(&training, mark)]).await.status, 400, "{mark}");
        }
        assert_eq!(votes(&mira, 86, "", &[]).await.status, 400);
        let many = votes(&mira, 87, "dots", &[(&training, "2"), (&money, "2")]).await;
        assert!(many.status == 422 && many.text().contains("more dots than everybody has"), "{}", many.text());
        let still = Page::of(&many).attributes("#vote input[checked]", "value");
        assert_eq!(still.iter().filter(|value| *value == "2").count(), 2, "what was chosen is chosen still");
        assert_eq!(votes(&mira, 88, "score", &[(&training, "1")]).await.status, 409);
        assert_eq!(votes(&mira, 89, "dots", &[(&training, "3"), (&id(77), "9")]).await.status, 303);
        assert_eq!(votes(&ana, 90, "dots", &[(&training, "1"), (&money, "2")]).await.status, 303);
        for times in 0..2 {
            assert_eq!(votes(&ana, 91, "dots", &[(&money, "3")]).await.status, 303, "{times}");
        }
        // What others may know is how many there are.
        for by in [&mira, &eva, &ana] {
            let page = by.get(BOARD).await;
            assert!(page.text().contains("2 people have voted"), "{}", page.text());
            assert!(!page.text().contains("What the vote says"));
            assert!(!by.get(&format!("{BOARD}/log.json")).await.text().contains("voted\""));
        }
        let entered = async |number: u64, hand: &str, group: &str, dots: &str| {
            let (number, mark) = (id(number), format!("entered-{money}"));
            let fields =
                [("id", &*number), ("method", "dots"), ("hand", hand), ("group", group), ("seat", ""), (&*mark, dots)];
            ana.post(&format!("{BOARD}/vote/enter"), &fields).await
        };
        for (hand, group, dots, status) in [
            ("", "", "1", 400),
            ("own", "", "1", 404),
            ("proxy", "", "1", 422),
            ("paper", "XX", "1", 422),
            ("paper", "", "0", 422),
            ("paper", "", "9", 422),
            ("paper", "", "2", 303),
        ] {
            assert_eq!(entered(92, hand, group, dots).await.status, status, "{hand} {group} {dots}");
        }
        let discard = async |by: &Browser<'_>, ballot: &str| {
            by.post(&format!("{BOARD}/vote/discard"), &[("id", &id(93)), ("ballot", ballot)]).await.status
        };
        assert_eq!(discard(&mira, &id(92)).await, 404);
        assert_eq!(discard(&ana, &id(76)).await, 409);
        assert_eq!(discard(&ana, "x").await, 400);
        assert_eq!(moves(&ana, 94, "closed").await.status, 303);
        let page = visited.get(BOARD).await;
        let result = Page::of(&page);
        assert_eq!(result.texts(".result__name"), ["Money", "Training", "Shelters"]);
        assert_eq!(result.texts(".result__total strong"), ["Dots: 5", "Dots: 3", "Dots: 0"]);
        let says = result.text("main");
        assert!(says.contains("3 people have voted (on paper: 1"), "{says}");
        let text = mira.get(&format!("{BOARD}/board.md")).await;
        assert!(text.text().contains("- 1: Money (Dots: 5)"), "{}", text.text());
        let late = votes(&mira, 95, "dots", &[(&shelters, "1")]).await;
        assert!(late.status == 409 && late.text().contains("the board is at another step"), "{}", late.text());
    });
}

#[test]
fn who_objects_says_why_and_loses_no_word() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let [training, ..] = voting(&ana, &mira, &[("method", "consent"), ("dots", "nonsense")]).await;
        let objects = async |number: u64, why: &str| {
            let (number, mark, name) = (id(number), format!("mark-{training}"), format!("why-{training}"));
            let fields = [("id", &*number), ("method", "consent"), (&*mark, "object"), (&*name, why)];
            mira.post(&format!("{BOARD}/vote"), &fields).await
        };
        let none = objects(20, "  ").await;
        assert!(none.status == 422 && none.text().contains("Say why you object"), "{}", none.text());
        let long = objects(21, &"ш".repeat(501)).await;
        assert!(long.status == 422 && long.text().contains(&"ш".repeat(501)) && long.text().contains("500 letters"));
        assert_eq!(moves(&ana, 22, "closed").await.status, 303);
        let late = objects(23, "Too dear, <b>by far</b>").await;
        assert!(late.status == 409 && late.text().contains("Too dear, &lt;b>by far"), "{}", late.text());
        // Of fewer than three nothing is told.
        let fields = [("id", &*id(24)), ("method", "consent"), ("dots", "3")];
        assert_eq!(ana.post(&format!("{BOARD}/vote/open"), &fields).await.status, 303);
        assert_eq!(objects(25, "Too dear").await.status, 303);
        assert_eq!(moves(&ana, 26, "closed").await.status, 303);
        let page = ana.get(BOARD).await;
        assert!(
            page.text().contains("Fewer than three people voted") && !page.text().contains("Too dear"),
            "{}",
            page.text()
        );
        assert!(!ana.get(&format!("{BOARD}/log.json")).await.text().contains("Too dear"));
    });
}
