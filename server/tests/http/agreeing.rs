//! Drafts of recommendations over HTTP: who words them, two at once, badly, late, and where they come from.

use crate::{
    boards::{BOARD, id, moves, votes, voting},
    browser::{Browser, administrator, takes_part},
    fixture::{HALF, ROOM},
    harness::{Answer, Visited, story},
    html::Page,
};

async fn proposes(by: &Browser<'_>, number: u64, of: &str, text: &str) -> Answer {
    by.post(&format!("{BOARD}/drafts"), &[("id", &*id(number)), ("of", of), ("text", text)]).await
}

/// What a form of the page would send with which somebody changes a draft, and what they put into it.
async fn before(by: &Browser<'_>, draft: &str) -> String {
    let page = Page::of(&by.get(BOARD).await);
    page.attributes(&format!("#change-{draft} input[name='before']"), "value").pop().expect("a form")
}

async fn amends(by: &Browser<'_>, number: u64, draft: &str, fields: &[(&str, &str)]) -> Answer {
    let number = id(number);
    let fields: Vec<_> = [("id", &*number)].iter().chain(fields).copied().collect();
    by.post(&format!("{BOARD}/drafts/{draft}"), &fields).await
}

/// Of each draft what it says.
fn drafts(page: &Answer) -> Vec<String> {
    Page::of(page).texts("[id^='draft-'] > .result__what > .result__name")
}

#[test]
fn a_room_words_recommendations_together() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, HALF, "participant", "Mira").await;
        let ion = takes_part(&ana, HALF, "participant", "Ion").await;
        let eva = takes_part(&ana, HALF, "observer", "Eva").await;
        let sead = takes_part(&ana, ROOM, "organiser", "Sead").await;
        let [training, shelters, _] = voting(&ana, &mira, &[("method", "score"), ("dots", "3")]).await;
        assert_eq!(proposes(&mira, 20, &training, "Too early").await.status, 409);
        for (number, by) in [(21, &mira), (22, &ana), (19, &ion)] {
            let marks = [(&*training, "5"), (&*shelters, "1")];
            assert_eq!(votes(by, number, "score", &marks).await.status, 303);
        }
        assert_eq!(moves(&ana, 23, "agree").await.status, 303);
        // One press makes one, whoever presses, and from then on leads to it.
        for (number, by) in [(24, &mira), (24, &mira), (25, &ana)] {
            assert_eq!(proposes(by, number, &training, "Train inspectors").await.status, 303);
        }
        assert_eq!(proposes(&ana, 26, "", "Meet every year").await.status, 303);
        for by in [&eva, &sead] {
            assert_eq!(proposes(by, 27, &training, "Not mine").await.status, 404);
        }
        let nobody = visited.post(&format!("{BOARD}/drafts"), &format!("id={}&text=x", id(28))).await;
        assert_eq!(nobody.status, 404);
        assert_eq!(proposes(&mira, 29, "x", "Of what?").await.status, 400);
        assert_eq!(proposes(&mira, 30, &id(77), "Of nothing there").await.status, 409);
        let empty = proposes(&mira, 31, &shelters, " . ").await;
        assert!(empty.status == 422 && empty.text().contains("Write first what should be done"), "{}", empty.text());
        assert_eq!(Page::of(&empty).attributes("#draft-of option[selected]", "value"), [&*shelters]);
        let page = mira.get(BOARD).await;
        assert_eq!(drafts(&page), ["Train inspectors", "Meet every year"]);
        assert_eq!(Page::of(&page).attributes(".result a[href^='#draft-']", "href").len(), 1);
        let draft = Page::of(&page).attributes("[id^='draft-']:has(.result__what)", "id")[0].replace("draft-", "");

        // Two begin with the same, and each changes something else: both hold.
        let (hers, anas) = (before(&mira, &draft).await, before(&ana, &draft).await);
        let fields = [("before", &*anas), ("text", "Train inspectors"), ("urgency", "urge"), ("addressees", "")];
        assert_eq!(amends(&ana, 32, &draft, &fields).await.status, 303);
        let mut fields = vec![("before", &*hers), ("text", "Train labour inspectors"), ("urgency", "")];
        fields.extend([
            ("addressees", " Ministries \r\n\r\nInspectorates"),
            ("theme", "training"),
            ("theme", "training"),
        ]);
        assert_eq!(amends(&mira, 33, &draft, &fields).await.status, 303);
        let page = mira.get(BOARD).await;
        let says = Page::of(&page).text(&format!("#draft-{draft}"));
        for part in ["Train labour inspectors", "Urgency: Urge", "Ministries", "Inspectorates", "Themes: Training"] {
            assert!(says.contains(part), "{part}: {says}");
        }
        assert!(says.contains("Place 1. Points: 15") && says.contains("Where it comes from"), "{says}");
        // The same twice: who comes second loses nothing, reads what it says, and may go on.
        let fields = [("before", &*anas), ("text", "Train <b>everybody</b>"), ("urgency", ""), ("addressees", "")];
        let late = amends(&ana, 34, &draft, &fields).await;
        assert!(late.status == 409 && late.text().contains("Somebody else has changed the same"), "{}", late.text());
        assert!(late.text().contains("Train &lt;b>everybody"), "{}", late.text());
        assert_eq!(drafts(&late)[0], "Train labour inspectors");
        // What she did not touch is what others have made of it.
        let form = format!("#change-{draft}");
        let marked = Page::of(&late).attributes(&format!("{form} input[checked]"), "value");
        assert_eq!(marked, ["urge", "training"]);
        assert!(Page::of(&late).texts(&format!("{form} [name='addressees']"))[0].contains("Inspectorates"));
        let now = Page::of(&late).attributes(&format!("{form} input[name='before']"), "value").remove(0);
        let fields =
            [("before", &*now), ("text", "Train everybody"), ("urgency", "urge"), ("addressees", "Ministries")];
        assert_eq!(amends(&ana, 35, &draft, &[&fields[..], &[("theme", "training")]].concat()).await.status, 303);

        // Badly.
        let long = "ш".repeat(301);
        let now = before(&mira, &draft).await;
        for (number, (name, value, status)) in (40..).zip([
            ("text", &*long, 422),
            ("text", "", 422),
            ("urgency", "perhaps", 400),
            ("addressees", &long, 422),
            ("addressees", "...", 422),
            ("addressees", &"A\n".repeat(21), 422),
            ("theme", "<script>", 422),
            ("before", "{", 409),
        ]) {
            let fields = [("before", &*now), ("text", "Train all"), ("urgency", "urge"), ("addressees", "Ministries")];
            let fields: Vec<_> = fields.into_iter().filter(|field| field.0 != name).chain([(name, value)]).collect();
            let answer = amends(&mira, number, &draft, &fields).await;
            assert_eq!(answer.status, status, "{name} {value}: {}", answer.text());
            assert!(status == 400 || answer.text().contains("Train all") || name == "text", "{name} is lost");
        }
        assert_eq!(drafts(&mira.get(BOARD).await)[0], "Train everybody");
        for by in [&eva, &sead] {
            assert_eq!(amends(by, 50, &draft, &[("before", &now), ("text", "Mine")]).await.status, 404);
        }
        assert_eq!(amends(&mira, 51, "x", &[("text", "Mine")]).await.status, 400);
        let gone = amends(&mira, 52, &id(76), &[("text", "Mine it is"), ("addressees", "Courts")]).await;
        assert!(gone.status == 409 && gone.text().contains("Mine it is\nCourts"), "{}", gone.text());

        // Whoever leads takes one away, publishes another, and closes the board.
        let other =
            Page::of(&ana.get(BOARD).await).attributes("form[action$='/drop']", "action").pop().expect("a form");
        assert_eq!(mira.post(&other, &[("id", &*id(60))]).await.status, 404);
        assert_eq!(ana.post(&other, &[("id", &*id(60))]).await.status, 303);
        let act = async |by: &Browser<'_>, number: u64, draft: &str, act: &str| {
            by.post(&format!("{BOARD}/drafts/{draft}/{act}"), &[("id", &*id(number))]).await
        };
        for by in [&mira, &eva, &sead] {
            assert_eq!(act(by, 63, &draft, "publish").await.status, 404);
        }
        for (number, draft, does, status) in
            [(64, "x", "publish", 400), (65, &*draft, "print", 404), (66, &*id(76), "publish", 409)]
        {
            assert_eq!(act(&ana, number, draft, does).await.status, status, "{draft} {does}");
        }
        for times in 0..2 {
            assert_eq!(act(&ana, 67, &draft, "publish").await.status, 303, "{times}");
        }
        let again = act(&ana, 68, &draft, "publish").await;
        assert!(again.status == 409 && again.text().contains("has been published"), "{}", again.text());
        let late = amends(&mira, 69, &draft, &[("before", &now), ("text", "Once more")]).await;
        assert!(late.status == 409 && late.text().contains("Once more"), "{}", late.text());
        let page = visited.get(BOARD).await;
        let to = Page::of(&page).attributes("[id^='published-'] a", "href").pop().expect("a recommendation");
        let page = visited.get(&to).await;
        let says = Page::of(&page).text("main");
        for part in ["Train everybody", "HAL/", "Ministries", "Where it comes from"] {
            assert!(says.contains(part), "{part}: {says}");
        }
        let back = Page::of(&page).attributes("aside a[href*='#published-']", "href").pop().expect("the board");
        assert!(back.starts_with(BOARD), "{back}");
        assert!(visited.get("/recommendations").await.text().contains("Train everybody"));
        assert_eq!(moves(&ana, 61, "closed").await.status, 303);
        let late = amends(&mira, 62, &draft, &[("before", &now), ("text", "Too late for this")]).await;
        assert!(late.status == 409 && late.text().contains("Too late for this"), "{}", late.text());
        let page = visited.get(BOARD).await;
        assert_eq!(drafts(&page), ["Train everybody"]);
        assert!(Page::of(&page).attributes("form[action*='/drafts']", "action").is_empty());
        let text = mira.get(&format!("{BOARD}/board.md")).await;
        let part = "- Train everybody\n  - Urgency: Urge\n  - Addressed to: Ministries\n  - Themes: Training\n  - Where it comes from: Training\n  - Recommendation: HAL/";
        assert!(text.text().contains(part), "{}", text.text());
    });
}
