//! Practices and challenges are written in the browser: until they are published, they are their authors' alone.

use crate::{
    browser::{Browser, administrator, takes_part},
    crawl::crawl,
    forms::{as_it_stands, post, with},
    harness::{Visited, story, until},
    html::Page,
};

/// A word that stands nowhere but in a draft.
const MARK: &str = "qzvdraft";

type Fields = Vec<(String, String)>;

async fn form(by: &Browser<'_>, address: &str) -> Fields {
    as_it_stands(&Page::of(&by.get(address).await), "form[novalidate]")
}

/// Begins a practice: its address.
async fn begun(by: &Browser<'_>, seminar: &str, typed: &[(&str, &str)]) -> String {
    let new = format!("/seminars/{seminar}/practices/new");
    let made = post(by, &new, &with(&form(by, &new).await, typed)).await;
    assert_eq!(made.status, 303, "{}", made.text());
    made.header("location").to_owned()
}

#[test]
fn an_expert_writes_a_practice_that_nobody_sees_until_it_is_published() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let vera = takes_part(&ana, "example", "expert", "Vera").await;
        let (ion, nobody) = (takes_part(&ana, "example", "organiser", "Ion").await, Browser::of(&visited));
        let offers = |answer: &crate::harness::Answer| answer.text().contains("href=\"/practices/new\"");
        assert!(offers(&vera.get("/practices").await) && !offers(&nobody.get("/practices").await));
        // There is but one seminar for which she may.
        let chosen = vera.get("/practices/new").await;
        assert!(chosen.status.is_redirection());
        assert_eq!(chosen.header("location"), "/seminars/example/practices/new");
        assert_eq!(nobody.get("/practices/new").await.status, 404);

        let title = format!("{MARK} & <pairs>");
        let typed = [
            ("title", title.as_str()),
            ("summary", "A sentence."),
            ("context", "It was <script>alert(1)</script> so."),
            ("cost", "Little.\r\n\r\n- **one**"),
            ("evidence", "Weak & old."),
            ("maturity", "promising"),
            ("valid-until", "2028-01-31"),
        ];
        let place = begun(&vera, "example", &typed).await;
        assert!(place.starts_with("/practices/draft-") && !place.contains(MARK), "{place}");
        let shown = vera.get(&place).await;
        assert!(shown.text().contains("qzvdraft &amp; &lt;pairs&gt;") && shown.text().contains("<strong>one</strong>"));
        assert!(!shown.text().contains("<script>alert") && shown.text().contains("Cost and partners"));
        assert!(shown.text().contains("Nobody sees it but those who write it"));
        assert!(vera.get("/practices").await.text().contains(&place), "in her list");
        let edit = format!("{place}/edit");
        let mine = form(&vera, &edit).await;
        assert!(mine.iter().any(|(name, value)| name == "cost" && value.trim() == "Little.\n\n- **one**"), "{mine:?}");

        // To others there is no such thing, whatever they are and whatever they ask.
        for other in [&nobody, &ion, &ana] {
            for address in [&place, &edit, &format!("/api/v1{place}")] {
                assert_eq!(other.get(address).await.status, 404, "{address}");
            }
            // Who may write could have written it, and had it taken away by another: they are told so of whatever is not
            // there.
            let (told, never) = (post(other, &edit, &mine).await, post(other, "/practices/never/edit", &mine).await);
            assert_eq!((told.status, told.status == 404), (never.status, std::ptr::eq(other, &nobody)));
            assert_eq!(post(other, &format!("{place}/remove"), &[]).await.status, 404);
            for act in ["publish", "add", "remove"] {
                assert_eq!(other.post(&place, &[("act", act), ("account", "1")]).await.status, 404, "{act}");
            }
        }
        until("search knows it", async || vera.get(&format!("/search?q={MARK}")).await.text().contains(&place)).await;
        let start =
            ["/", "/practices", "/challenges", "/seminars/example", "/admin/audit", "/admin/health", "/feed.xml"];
        let start: Vec<String> = start
            .map(str::to_owned)
            .into_iter()
            .chain([format!("/search?q={MARK}"), format!("/api/v1/search?q={MARK}"), "/sitemap.xml".to_owned()])
            .collect();
        for other in [&nobody, &ion, &ana] {
            let walked = crawl(
                async |address| other.get(address).await,
                start.clone(),
                |address| {
                    ["/admin", "/practices", "/seminars/example", "/api"].iter().any(|begin| address.starts_with(begin))
                },
            );
            let walked = walked.await;
            assert!(walked.answers.len() > 20);
            for (address, answer) in &walked.answers {
                let text = String::from_utf8_lossy(&answer.body).replace(address.as_str(), "").to_lowercase();
                let repeated = address.contains(MARK) || address.contains("search?");
                assert!(repeated || !text.contains(MARK), "{address} tells of it");
                assert!(!text.contains("draft-"), "{address} tells of it");
            }
        }
        let found = ana.get(&format!("/api/v1/search?q={MARK}")).await.json();
        assert_eq!(found["total"], 0);
        assert!(vera.get("/account/data.json").await.text().contains(MARK), "it is hers to take along");
        assert!(!ana.get("/account/data.json").await.text().contains(MARK));

        // Whoever publishes looks at what it says by now.
        let page = Page::of(&vera.get(&place).await);
        let early = with(&as_it_stands(&page, "form.flow--snug"), &[("act", "publish")]);
        assert_eq!(post(&vera, &edit, &with(&mine, &[("title", "Guardian pairs at night")])).await.status, 303);
        let late = post(&vera, &place, &early).await;
        assert!(late.status == 422 && late.text().contains("look at it again before you publish it"));
        assert_eq!(nobody.get(&place).await.status, 404);
        let page = Page::of(&vera.get(&place).await);
        let sent = with(&as_it_stands(&page, "form.flow--snug"), &[("act", "publish")]);
        let mine = form(&vera, &edit).await;
        let remove = as_it_stands(&Page::of(&vera.get(&edit).await), "form.section");
        let published = post(&vera, &place, &sent).await;
        let now = "/practices/guardian-pairs-at-night";
        assert_eq!((published.status.as_u16(), published.header("location")), (303, now));
        assert!(nobody.get(now).await.text().contains("Guardian pairs at night"));
        let moved = nobody.get(&place).await;
        assert!(moved.status.is_redirection() && moved.header("location") == now, "{}", moved.status);
        until("search finds it", async || nobody.get("/search?q=guardian+night").await.text().contains(now)).await;
        assert_eq!(post(&vera, &place, &sent).await.header("location"), now, "sent twice it is there");
        assert_eq!(post(&vera, now, &sent).await.status, 404, "it is no draft any more");
        assert_eq!(post(&vera, &format!("{place}/remove"), &remove).await.status, 404, "what is public stays");
        assert_eq!(nobody.get(now).await.status, 200);
        let preview = with(&mine, &[("summary", "Typed late."), ("act", "preview")]);
        assert_eq!(post(&vera, &edit, &preview).await.status, 422, "nor by way of a preview");
        // Who was still writing sees both texts, and saves what is for everybody only then.
        let late = post(&vera, &edit, &with(&mine, &[("summary", "Typed late.")])).await;
        let page = Page::of(&late);
        assert!(late.status == 422 && late.text().contains("Typed late.") && late.text().contains("A sentence."));
        assert_eq!(page.attributes("form[novalidate]", "action"), [format!("{now}/edit")]);
        assert!(!nobody.get(now).await.text().contains("Typed late."));
        let saved = post(&vera, &format!("{now}/edit"), &as_it_stands(&page, "form[novalidate]")).await;
        assert_eq!((saved.status.as_u16(), saved.header("location")), (303, now));
        assert!(nobody.get(now).await.text().contains("Typed late."));
        // From now on organisers change it, too; readers are not offered it.
        assert!(ion.get(now).await.text().contains("/edit\"") && !nobody.get(now).await.text().contains("/edit\""));
        assert_eq!(post(&ion, &format!("{now}/edit"), &form(&ion, &format!("{now}/edit")).await).await.status, 303);
    });
}

#[test]
fn what_will_not_do_of_a_practice_stays_in_its_form() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let new = "/seminars/example/practices/new";
        let sent = form(&ana, new).await;
        let typed =
            [("title", ""), ("context", "```\nopen </textarea>"), ("valid-until", "soon"), ("maturity", "best")];
        let refused = post(&ana, new, &with(&sent, &typed)).await;
        let page = Page::of(&refused);
        assert_eq!((refused.status.as_u16(), page.all(".note--care li").len()), (422, 4), "{}", refused.text());
        assert!(refused.text().contains("open &lt;/textarea>"));
        let preview = post(&ana, new, &with(&sent, &[("done", "It **was**."), ("act", "preview")])).await;
        assert!(preview.status == 200 && preview.text().contains("<strong>was</strong>"));
        assert!(preview.text().contains("<h2 id=\"text-done\"") || preview.text().contains("What was done"));
        for missing in ["title", "lessons", "was", "person-0"] {
            let half: Fields = sent.iter().filter(|(name, _)| name != missing).cloned().collect();
            assert_eq!(post(&ana, new, &half).await.status, 400, "{missing}");
        }
        let long = "x".repeat(3 << 20);
        let refused = post(&ana, new, &with(&sent, &[("title", "Long"), ("done", &long)])).await;
        assert!(refused.status == 422 && refused.text().contains(&long), "nothing typed is lost");
        let participant = takes_part(&ana, "example", "participant", "Petrit").await;
        assert_eq!(post(&participant, new, &with(&sent, &[("title", "Odd")])).await.status, 404);
        assert_eq!(participant.get(new).await.status, 404);
    });
}

#[test]
fn two_write_together_and_the_second_is_told() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let vera = takes_part(&ana, "example", "expert", "Vera").await;
        let sead = takes_part(&ana, "example", "facilitator", "Sead").await;
        let place = begun(&vera, "example", &[("title", "Together")]).await;
        let edit = format!("{place}/edit");
        assert_eq!(sead.get(&place).await.status, 404);
        let page = Page::of(&vera.get(&place).await);
        let add = as_it_stands(&page, "details form.flow");
        assert_eq!(page.text("details form.flow option"), "Sead");
        assert_eq!(post(&vera, &place, &with(&add, &[("act", "add")])).await.status, 303);
        assert_eq!(post(&vera, &place, &with(&add, &[("act", "odd")])).await.status, 400);
        let (hers, his) = (form(&vera, &edit).await, form(&sead, &edit).await);
        assert_eq!(post(&sead, &edit, &with(&his, &[("summary", "His.")])).await.status, 303);
        let told = post(&vera, &edit, &with(&hers, &[("summary", "Hers.")])).await;
        assert!(told.status == 422 && told.text().contains("Hers.") && told.text().contains("His."));
        // He takes it away while she writes: hers stands in the form of a new one.
        let hers = as_it_stands(&Page::of(&told), "form[novalidate]");
        let remove = as_it_stands(&Page::of(&sead.get(&edit).await), "form.section");
        let gone = post(&sead, &format!("{place}/remove"), &remove).await;
        assert_eq!((gone.status.as_u16(), gone.header("location")), (303, "/practices"));
        let told = post(&vera, &edit, &hers).await;
        let page = Page::of(&told);
        assert!(told.status == 422 && told.text().contains("Hers."), "{}", told.text());
        assert_eq!(page.attributes("form[novalidate]", "action"), ["/seminars/example/practices/new"]);
        let anew = post(&vera, "/seminars/example/practices/new", &as_it_stands(&page, "form[novalidate]")).await;
        assert!(anew.status == 303 && anew.header("location") != place);
        assert_eq!(sead.get(anew.header("location")).await.status, 404);
    });
}

#[test]
fn a_challenge_is_named_and_where_it_was_named_is_said() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let vera = takes_part(&ana, "tirana-2016", "expert", "Vera").await;
        let new = "/seminars/tirana-2016/challenges/new";
        let sent = form(&vera, new).await;
        let refused = post(&vera, new, &with(&sent, &[("title", " "), ("session", "nowhere")])).await;
        assert_eq!((refused.status.as_u16(), Page::of(&refused).all(".note--care li").len()), (422, 2));
        let page = Page::of(&vera.get(new).await);
        let session = page.attributes("select[name=session] option", "value")[1].clone();
        let typed =
            [("title", "Nobody answers at night"), ("session", &session), ("emerging", "on"), ("countries", "MD")];
        let made = post(&vera, new, &with(&sent, &typed)).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let place = made.header("location").to_owned();
        assert_eq!(ana.get(&place).await.status, 404);
        let page = Page::of(&vera.get(&place).await);
        let sent = with(&as_it_stands(&page, "form.flow--snug"), &[("act", "publish")]);
        let published = post(&vera, &place, &sent).await;
        assert_eq!(published.header("location"), "/challenges/nobody-answers-at-night");
        let shown = Browser::of(&visited).get(published.header("location")).await;
        assert!(shown.text().contains(&format!("/sessions/{session}\"")) && shown.text().contains("Moldova"));
        let list = Browser::of(&visited).get("/challenges").await;
        assert!(list.text().contains("/challenges/nobody-answers-at-night") && !list.text().contains("Draft"));
    });
}

#[test]
fn who_may_write_no_more_gets_what_they_typed_to_copy_it() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let vera = takes_part(&ana, "example", "expert", "Vera").await;
        let place = begun(&vera, "example", &[("title", "Mine"), ("done", "Done.")]).await;
        let publish = with(&as_it_stands(&Page::of(&vera.get(&place).await), "form.flow--snug"), &[("act", "publish")]);
        let edit = "/practices/mine/edit";
        assert_eq!(post(&vera, &place, &publish).await.header("location"), "/practices/mine");
        let typed = with(&form(&vera, edit).await, &[("done", "Typed for an hour & <more>.")]);
        let sead = takes_part(&ana, "example", "expert", "Sead").await;
        // To another expert the form is not there: neither for this nor for what never was.
        let told = post(&sead, edit, &with(&typed, &[("seminar", "nowhere")])).await;
        assert_eq!(told.status, 404);
        assert!(told.text().contains("Typed for an hour &amp; &lt;more>."), "{}", told.text());
        let never = post(&sead, "/practices/never/edit", &with(&typed, &[("seminar", "nowhere")])).await;
        assert_eq!(never.status, 404);
        assert!(never.text().contains("Typed for an hour"));
        assert!(!visited.get("/practices/mine").await.text().contains("Typed for an hour"));
    });
}
