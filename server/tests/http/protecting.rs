//! An organiser says in the browser who may see what, and it holds in every channel at once.

use crate::{
    browser::{Browser, administrator, takes_part},
    harness::{Visited, bundled, story, until},
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
