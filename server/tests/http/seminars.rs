//! Seminars are made, edited and copied in the browser, and forms that are not whole.

use crate::{
    browser::{Browser, administrator, takes_part},
    fixture,
    forms::{as_it_stands, post, with},
    harness::{Visited, story},
    html::Page,
};

const NEW: &str = "/seminars/new";

#[test]
fn an_administrator_makes_a_seminar_and_its_organiser_opens_it() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let nobody = Browser::of(&visited);
        let page = Page::of(&ana.get(NEW).await);
        let sent = as_it_stands(&page, "form.flow");
        let typed = [
            ("title", "Takimi i dytë"),
            ("summary", "Who meets, & <why>."),
            ("starts", "2027-03-01"),
            ("ends", "2027-03-02"),
            ("country-0", "AL"),
            ("country-2", "MD"),
            ("text", "## Text\r\n\r\nMore."),
        ];
        let made = post(&ana, NEW, &with(&sent, &typed)).await;
        assert_eq!((made.status.as_u16(), made.header("location")), (303, "/seminars/takimi-i-dyte"));
        let again = post(&ana, NEW, &with(&sent, &typed)).await;
        assert_eq!(again.header("location"), made.header("location"), "sent twice it is one");
        let place = "/seminars/takimi-i-dyte";
        assert!(ana.get(place).await.text().contains("Being prepared"));
        for hidden in [place, "/seminars/takimi-i-dyte/programme.ics", "/api/v1/seminars/takimi-i-dyte"] {
            assert_eq!(nobody.get(hidden).await.status, 404, "{hidden}");
        }
        for list in ["/seminars", "/search?q=Takimi", "/feed.xml", "/sitemap.xml", "/api/v1/seminars"] {
            let answer = nobody.get(list).await;
            assert!(!answer.text().contains("takimi-i-dyte"), "{list}");
        }

        let organiser = takes_part(&ana, "takimi-i-dyte", "organiser", "Ion").await;
        let edit = format!("{place}/edit");
        let page = Page::of(&organiser.get(&edit).await);
        let sent = as_it_stands(&page, "form.flow");
        assert!(sent.contains(&("country-1".to_owned(), "MD".to_owned())), "each stands after the other: {sent:?}");
        let saved = post(&organiser, &edit, &with(&sent, &[("stage", "open")])).await;
        assert_eq!((saved.status.as_u16(), saved.header("location")), (303, place));
        let seen = nobody.get(place).await;
        assert!(seen.status == 200 && seen.text().contains("Who meets, &amp; &lt;why&gt;."), "{}", seen.text());
        assert!(nobody.get("/search?q=Takimi").await.text().contains("takimi-i-dyte"));
        // What an organiser may not: make others, and copy this.
        for address in [NEW, &format!("{place}/copy")] {
            assert_eq!(organiser.get(address).await.status, 404, "{address}");
        }
        assert_eq!(post(&organiser, NEW, &with(&sent, &typed)).await.status, 404);
        let copy = [("title", "Another"), ("starts", "2028-01-01")];
        assert_eq!(organiser.post(&format!("{place}/copy"), &copy).await.status, 404);
        assert!(!ana.get("/seminars").await.text().contains("Another"));
    });
}

#[test]
fn a_seminar_is_copied_with_its_programme_for_its_team_alone() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let copy = "/seminars/example/copy";
        let refused = ana.post(copy, &[("title", "Second example"), ("starts", "soon")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("value=\"soon\"") && refused.text().contains("Second example"));
        let made = ana.post(copy, &[("title", "Second example"), ("starts", "2028-02-28")]).await;
        assert_eq!((made.status.as_u16(), made.header("location")), (303, "/seminars/second-example/edit"));
        let programme = ana.get("/seminars/second-example/programme").await;
        let (old, new) = (Page::of(&ana.get("/seminars/example/programme").await), Page::of(&programme));
        assert_eq!(old.all(".slot__title").len(), new.all(".slot__title").len());
        assert!(!new.all(".slot__title").is_empty());
        let times = |page: &Page| page.all(".slot__time").into_iter().map(|time| time.text().collect()).collect();
        let (old, new): (Vec<String>, Vec<String>) = (times(&old), times(&new));
        assert_eq!(old, new, "each at its time of day");
        assert_eq!(Browser::of(&visited).get("/seminars/second-example").await.status, 404);
    });
}

#[test]
fn of_two_who_edit_a_seminar_the_second_sees_both() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let edit = "/seminars/example/edit";
        let page = Page::of(&ana.get(edit).await);
        let sent = as_it_stands(&page, "form.flow");
        assert_eq!(post(&ana, edit, &sent).await.status, 303, "as it stands it changes nothing");
        assert_eq!(post(&ana, edit, &with(&sent, &[("place", "Durrës & Tirana")])).await.status, 303);
        let second = post(&ana, edit, &with(&sent, &[("summary", "Mine.")])).await;
        assert_eq!(second.status, 422);
        let page = Page::of(&second);
        assert!(second.text().contains("Durrës &amp; Tirana") && second.text().contains("Mine."));
        // Having seen it, they may.
        let sent = as_it_stands(&page, "form.flow");
        assert_eq!(post(&ana, edit, &sent).await.status, 303);
        assert!(ana.get("/seminars/example").await.text().contains("Mine."));
    });
}

#[test]
fn forms_that_are_not_whole_or_not_theirs_change_nothing() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let edit = "/seminars/example/edit";
        let sent = as_it_stands(&Page::of(&ana.get(edit).await), "form.flow");
        let before = ana.get("/seminars/example").await.unmarked();
        let half: Vec<_> = sent.iter().take(5).cloned().collect();
        assert_eq!(post(&ana, edit, &half).await.status, 400);
        let without: Vec<_> = sent.iter().filter(|(name, _)| name != "with-0").cloned().collect();
        assert_eq!(post(&ana, edit, &without).await.status, 400);
        let changed = with(&sent, &[("title", "Taken over")]);
        let others = [
            takes_part(&ana, "example", "facilitator", "Vera").await,
            takes_part(&ana, "example", "participant", "Mira").await,
            takes_part(&ana, "tirana-2016", "organiser", "Sead").await,
            Browser::of(&visited),
        ];
        for other in &others {
            assert_eq!(other.get(edit).await.status, 404);
            assert_eq!(post(other, edit, &changed).await.status, 404);
        }
        let faulty = with(&sent, &[("title", " "), ("time-zone", "Mars/Base"), ("reference", "tir"), ("host", "XYZ")]);
        let refused = post(&ana, edit, &faulty).await;
        let page = Page::of(&refused);
        assert_eq!((refused.status.as_u16(), page.all(".note--care li").len()), (422, 4));
        assert!(refused.text().contains("Mars/Base"));
        let stranded = with(&sent, &[("starts", "2030-01-01"), ("ends", "2030-01-02")]);
        assert_eq!(post(&ana, edit, &stranded).await.status, 422);
        assert_eq!(ana.get("/seminars/example").await.unmarked(), before);
    });
}

#[test]
fn a_seminar_that_is_on_leads_with_now_and_next() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now());
        let hour =
            |hours: i64| now.saturating_add(jiff::SignedDuration::from_hours(hours)).strftime("%FT%T").to_string();
        let seminar = format!(
            "+++\ntitle = \"Today\"\nstarts = {}\nends = {}\ntime_zone = \"UTC\"\nplace = \"x\"\n+++\n",
            now.date().saturating_sub(jiff::Span::new().days(3)),
            now.date().saturating_add(jiff::Span::new().days(3)),
        );
        let session = |title: &str, starts: i64, ends: i64, more: &str| {
            let (starts, ends) = (hour(starts), hour(ends));
            format!(
                "+++\ntitle = \"{title}\"\nkind = \"plenary\"\nstarts = {starts}\nends = {ends}\n{more}+++\n\nText.\n"
            )
        };
        let files = [
            ("seminar.md", seminar),
            ("sessions/01-over.md", session("What is over", -3, -2, "")),
            ("sessions/02-on.md", session("What is on", -1, 2, "room = \"Blue & hall\"\n")),
            ("sessions/03-hidden.md", session("Hidden one", -1, 2, "visibility = \"team\"\n")),
            ("sessions/04-next.md", session("What comes", 3, 4, "")),
            ("sessions/05-later.md", session("Much later", 30, 31, "")),
        ];
        let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
        visited.import(&[fixture::small(root.path(), "today-2026", &files)]).await;
        let page = Page::of(&visited.get("/seminars/today-2026").await);
        let told = |id: &str| page.text(&format!("section[aria-labelledby={id}]"));
        assert!(told("now").contains("What is on") && told("now").contains("Blue & hall"), "{}", told("now"));
        assert!(told("next").contains("What comes") && !told("next").contains("later"), "{}", told("next"));
        for other in ["What is over", "Hidden", "What comes"] {
            assert!(!told("now").contains(other), "{other}");
        }
        // One that was tells neither.
        let past = Page::of(&visited.get("/seminars/tirana-2016").await);
        assert_eq!(past.all("section[aria-labelledby=now], section[aria-labelledby=next]").len(), 0);
    });
}
