//! An organiser says in the browser who may see what, and it holds in every channel at once.

use crate::{
    browser::{Browser, administrator, takes_part},
    harness::{Answer, Visited, bundled, story, until},
    html::Page,
};

const SEMINAR: &str = "/seminars/example";
const SESSION: &str = "four-systems-side-by-side";
/// One who spoke there.
const SPEAKER: (&str, &str) = ("radivoje-dunjic-senica", "Senica");

#[test]
fn an_organiser_hides_a_session_and_shows_it_again() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, "example", "organiser", "Ion").await;
        let participant = takes_part(&ana, "example", "participant", "Mira").await;
        let nobody = Browser::of(&visited);
        let slug = SESSION;
        let at = format!("{SEMINAR}/sessions/{slug}");
        let protection = format!("{SEMINAR}/protection/session/{slug}");
        let list = organiser.get(&format!("{SEMINAR}/protection")).await;
        assert_eq!((list.status.as_u16(), list.headers["cache-control"].as_bytes()), (200, &b"no-store"[..]));
        assert!(Page::of(&list).attributes("main a", "href").contains(&protection));
        let page = organiser.get(&protection).await;
        assert_eq!(page.status, 200);
        assert_eq!(Page::of(&page).attributes("input[name=visibility][checked]", "value"), ["inherited"]);
        let set = |was: &'static str, own: &'static str| vec![("act", "visibility"), ("was", was), ("visibility", own)];
        for (browser, status) in [(&participant, 404), (&nobody, 404)] {
            for address in [&protection, &format!("{SEMINAR}/protection")] {
                assert_eq!(browser.get(address).await.status, status);
            }
            assert_eq!(browser.post(&protection, &set("inherited", "team")).await.status, status);
        }
        assert_eq!(nobody.get(&at).await.status, 200, "nothing has changed");
        assert_eq!(organiser.post(&protection, &set("inherited", "team")).await.status, 303);
        for browser in [&participant, &nobody] {
            assert_eq!(browser.get(&at).await.status, 404);
            assert_eq!(browser.get(&format!("/api/v1{at}")).await.status, 404);
        }
        for list in ["/programme", "", "/programme.ics"] {
            assert!(!nobody.get(&format!("{SEMINAR}{list}")).await.text().contains(slug), "{list}");
        }
        assert_eq!(organiser.get(&at).await.status, 200);
        // Another organiser who has the page of before is told, and sees what holds now.
        let late = ana.post(&protection, &set("inherited", "members")).await;
        assert_eq!(late.status, 422);
        assert_eq!(Page::of(&late).attributes("input[name=visibility][checked]", "value"), ["team"]);
        // Bringing the files in again changes nothing of it.
        visited.import(&[bundled("seminars/example")]).await;
        assert_eq!(nobody.get(&at).await.status, 404);
        assert_eq!(organiser.post(&protection, &[("act", "files"), ("was", "team")]).await.status, 303);
        assert_eq!(nobody.get(&at).await.status, 200);
        for (form, status) in [
            (vec![], 400),
            (vec![("act", "visibility")], 400),
            (set("inherited", "emperor"), 400),
            (vec![("act", "rule"), ("rule", "maybe")], 400),
            (vec![("act", "files")], 400),
            (vec![("act", "files"), ("was", "inherited")], 422),
        ] {
            assert_eq!(organiser.post(&protection, &form).await.status.as_u16(), status, "{form:?}");
        }
        for odd in ["session/nothing", "nothing/x", "term/x", "session/%00", "seminar/half-open-2026"] {
            let address = format!("{SEMINAR}/protection/{odd}");
            let status = organiser.get(&address).await.status.as_u16();
            assert!(matches!(status, 400 | 404), "{odd}: {status}");
            let status = organiser.post(&address, &set("inherited", "team")).await.status.as_u16();
            assert!(matches!(status, 400 | 404), "{odd}: {status}");
        }
    });
}

#[test]
fn slides_are_shown_when_their_moment_comes_and_to_nobody_before() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, "example", "organiser", "Ion").await;
        let participant = takes_part(&ana, "example", "participant", "Mira").await;
        let interpreter = takes_part(&ana, "example", "observer", "Zef").await;
        let nobody = Browser::of(&visited);
        let slides = format!("{SEMINAR}/materials/slides-four-systems");
        let protection = format!("{SEMINAR}/protection/material/slides-four-systems");
        let plan = |when: &str, day: &str, time: &str, then: &str| {
            let fields = [("act", "release"), ("was", "inherited"), ("when", when), ("day", day), ("time", time)];
            let fields = fields.into_iter().chain([("then", then)]);
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>()
        };
        async fn post(browser: &Browser<'_>, to: &str, fields: &[(String, String)]) -> Answer {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            browser.post(to, &fields).await
        }
        // What will not do is told beside its field, with what was typed.
        for (day, time, named) in [
            ("", "", "day"),
            ("2027-02-30", "10:00", "day"),
            ("2999-01-01", "noon", "time"),
            ("2020-01-01", "10:00", "time"),
        ] {
            let page = post(&organiser, &protection, &plan("at", day, time, "participants")).await;
            assert_eq!(page.status, 422, "{day} {time}");
            let page = Page::of(&page);
            assert!(page.attributes("[aria-invalid=true]", "name").contains(&named.to_owned()), "{day} {time}");
            assert_eq!(page.attributes("#day", "value"), [day]);
            assert_eq!(page.attributes("#time", "value"), [time]);
            assert_eq!(page.attributes("input[name=then][checked]", "value"), ["participants"]);
        }
        // The seminar is over, and so is the session.
        assert_eq!(post(&organiser, &protection, &plan("after", "", "", "inherited")).await.status, 422);
        for (when, then) in [("never", "public"), ("at", "team"), ("at", "early"), ("at", "emperor"), ("", "")] {
            let form = plan(when, "2999-01-01", "10:00", then);
            assert_eq!(post(&organiser, &protection, &form).await.status, 400, "{when} {then}");
        }
        for browser in [&participant, &interpreter, &nobody] {
            let form = plan("at", "2999-01-01", "10:00", "public");
            assert_eq!(post(browser, &protection, &form).await.status, 404);
        }
        assert_eq!(nobody.get(&slides).await.status, 200, "nothing has changed");

        // By the clock of the seminar.
        let clock = jiff::tz::TimeZone::get("Europe/Skopje").expect("known");
        let soon = clock.to_datetime(jiff::Timestamp::now() + jiff::SignedDuration::from_hours(2));
        let (on, at) = (soon.date().to_string(), soon.strftime("%H:%M").to_string());
        assert_eq!(post(&organiser, &protection, &plan("at", &on, &at, "participants")).await.status, 303);
        for (browser, status) in [(&nobody, 404), (&participant, 404), (&interpreter, 200), (&organiser, 200)] {
            assert_eq!(browser.get(&slides).await.status, status);
            assert_eq!(browser.get(&format!("/api/v1{slides}")).await.status, status);
        }
        let page = organiser.get(&protection).await;
        assert_eq!(Page::of(&page).attributes("#day", "value"), [on]);
        assert!(organiser.get(&format!("{SEMINAR}/protection")).await.text().contains("Then: "));
        // Its moment comes.
        let then = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(3);
        assert_eq!(content::protection::release(&visited.store().await, then).await.expect("answered"), 1);
        until("a participant sees the slides", async || participant.get(&slides).await.status == 200).await;
        assert_eq!(nobody.get(&slides).await.status, 404);
        let search = "/search?q=slides";
        until("search finds them", async || participant.get(search).await.text().contains("slides-four-systems")).await;
        assert!(!nobody.get(search).await.text().contains("slides-four-systems"));
        // Another organiser who has the page of before is told.
        let late = ana.post(&protection, &[("act", "visibility"), ("was", "early"), ("visibility", "public")]).await;
        assert_eq!(late.status, 422);
    });
}

#[test]
fn a_plan_opens_nothing_wider_by_itself_and_goes_only_when_it_is_given_up() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let protection = format!("{SEMINAR}/protection/material/slides-four-systems");
        let checked = async |name: &str| {
            let page = ana.get(&protection).await;
            let [one] = &Page::of(&page).attributes(&format!("input[name={name}][checked]"), "value")[..] else {
                panic!("one is chosen of {name}")
            };
            one.clone()
        };
        let was = async || Page::of(&ana.get(&protection).await).attributes("input[name=was]", "value").remove(0);
        let set = async |own: &str| {
            let form = [("act", "visibility"), ("was", &was().await), ("visibility", own)];
            assert_eq!(ana.post(&protection, &form).await.status, 303, "{own}");
        };
        // What is offered for later is what holds, or what comes next to it.
        for (own, then) in [("members", "members"), ("participants", "participants"), ("team", "participants")] {
            set(own).await;
            assert_eq!(checked("then").await, then, "{own}");
        }
        let form = [
            ("act", "release"),
            ("was", &was().await),
            ("when", "at"),
            ("day", "2999-01-01"),
            ("time", "10:00"),
            ("then", "members"),
        ];
        assert_eq!(ana.post(&protection, &form).await.status, 303);
        assert_eq!((checked("visibility").await, checked("then").await), ("team".to_owned(), "members".to_owned()));
        let planned = was().await;
        // Saved as it is shown, it keeps its plan.
        set("team").await;
        assert_eq!(was().await, planned);
        let given_up = ana.post(&protection, &[("act", "give-up"), ("was", &planned)]).await;
        assert_eq!((given_up.status.as_u16(), was().await), (303, "team".to_owned()));
        let again = ana.post(&protection, &[("act", "give-up"), ("was", &planned)]).await;
        assert_eq!(again.status, 422, "there is none any more");
    });
}

#[test]
fn what_has_come_is_shown_by_the_running_site_itself() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let slides = format!("{SEMINAR}/materials/slides-four-systems");
        let protection = format!("{SEMINAR}/protection/material/slides-four-systems");
        let form = [
            ("act", "release"),
            ("was", "inherited"),
            ("when", "at"),
            ("day", "2999-01-01"),
            ("time", "10:00"),
            ("then", "inherited"),
        ];
        assert_eq!(ana.post(&protection, &form).await.status, 303);
        let nobody = Browser::of(&visited);
        assert_eq!(nobody.get(&slides).await.status, 404);
        // As if a thousand years had gone by.
        let url = format!("sqlite://{}", visited.data.path().join("plenary.sqlite3").display());
        let store = sea_orm::Database::connect(url).await.expect("opened");
        let past = "UPDATE release SET moment = '2016-12-06T10:00:00'";
        sea_orm::ConnectionTrait::execute_unprepared(&store, past).await.expect("changed");
        until("the slides are there", async || nobody.get(&slides).await.status == 200).await;
    });
}

#[test]
fn the_chatham_house_rule_takes_who_spoke_out_of_every_channel_at_once() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let participant = takes_part(&ana, "example", "participant", "Mira").await;
        let expert = takes_part(&ana, "example", "expert", "Sead").await;
        let nobody = Browser::of(&visited);
        let slug = SESSION;
        let protection = format!("{SEMINAR}/protection/session/{slug}");
        let at = format!("{SEMINAR}/sessions/{slug}");
        let page = ana.get(&protection).await;
        assert!(page.text().contains(SPEAKER.1), "who disappears is told before");
        let rule = Page::of(&page).attributes("input[name=rule]", "value");
        assert_eq!(rule, ["on"]);
        let person = format!("/people/{}", SPEAKER.0);
        // Whether they are named where the session is read, and the session where they are.
        let named = async |browser: &Browser<'_>| {
            let mut named = Vec::new();
            for (address, word) in
                [(at.clone(), SPEAKER.1), (format!("/api/v1{at}"), SPEAKER.1), (person.clone(), slug)]
            {
                let answer = browser.get(&address).await;
                assert_eq!(answer.status, 200, "what was said stays: {address}");
                named.push(answer.text().contains(word));
            }
            named
        };
        assert_eq!(named(&nobody).await, [true, true, true]);
        // By the name one finds the session, and what they said in other places.
        let finds = async |browser: &Browser<'_>| {
            let found = browser.get("/api/v1/search?q=Senica&most=100").await;
            found.json()["hits"].as_array().expect("a list").iter().any(|hit| hit.to_string().contains(slug))
        };
        until("the index is there", async || finds(&nobody).await).await;
        assert_eq!(ana.post(&protection, &[("act", "rule"), ("rule", "on")]).await.status, 303);
        assert_eq!([finds(&nobody).await, finds(&participant).await], [false, false]);
        assert_eq!(named(&nobody).await, [false, false, false]);
        assert_eq!(named(&participant).await, [false, false, false]);
        assert_eq!(named(&expert).await, [true, true, true]);
        assert_eq!(ana.post(&protection, &[("act", "rule"), ("rule", "on")]).await.status, 422, "twice");
        let page = ana.get(&protection).await;
        assert_eq!(Page::of(&page).attributes("input[name=rule]", "value"), ["off"]);
        assert_eq!(ana.post(&protection, &[("act", "rule"), ("rule", "off")]).await.status, 303);
        assert_eq!(named(&nobody).await, [true, true, true]);
    });
}
