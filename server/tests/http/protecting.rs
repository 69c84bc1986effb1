//! An organiser says in the browser who may see what, and it holds in every channel at once.

use crate::{
    browser::{Browser, administrator, takes_part},
    harness::{Visited, bundled, story},
    html::Page,
};

const SEMINAR: &str = "/seminars/tirana-2016";

/// The first session of Tirana that has contributors: its slug, and the name of one.
async fn session(visited: &Visited) -> (String, String) {
    let programme = visited.get(&format!("/api/v1{SEMINAR}")).await.json();
    for session in programme["sessions"].as_array().expect("a list") {
        let slug = session["slug"].as_str().expect("a slug").to_owned();
        let page = visited.get(&format!("/api/v1{SEMINAR}/sessions/{slug}")).await.json();
        if let Some(first) = page["contributors"].as_array().and_then(|all| all.first()) {
            return (slug, first["name"].as_str().expect("a name").to_owned());
        }
    }
    panic!("somebody spoke in Tirana");
}

#[test]
fn an_organiser_hides_a_session_and_shows_it_again() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, "tirana-2016", "organiser", "Ion").await;
        let participant = takes_part(&ana, "tirana-2016", "participant", "Mira").await;
        let nobody = Browser::of(&visited);
        let (slug, _) = session(&visited).await;
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
            assert!(!nobody.get(&format!("{SEMINAR}{list}")).await.text().contains(&slug), "{list}");
        }
        assert_eq!(organiser.get(&at).await.status, 200);
        // Another organiser who has the page of before is told, and sees what holds now.
        let late = ana.post(&protection, &set("inherited", "members")).await;
        assert_eq!(late.status, 422);
        assert_eq!(Page::of(&late).attributes("input[name=visibility][checked]", "value"), ["team"]);
        // Bringing the files in again changes nothing of it.
        visited.import(&[bundled("seminars/tirana-2016")]).await;
        assert_eq!(nobody.get(&at).await.status, 404);
        assert_eq!(organiser.post(&protection, &[("act", "files")]).await.status, 303);
        assert_eq!(nobody.get(&at).await.status, 200);
        for (form, status) in [
            (vec![], 400),
            (vec![("act", "visibility")], 400),
            (set("inherited", "emperor"), 400),
            (vec![("act", "rule"), ("rule", "maybe")], 400),
            (vec![("act", "files")], 422),
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
        let participant = takes_part(&ana, "tirana-2016", "participant", "Mira").await;
        let expert = takes_part(&ana, "tirana-2016", "expert", "Sead").await;
        let nobody = Browser::of(&visited);
        let (slug, name) = session(&visited).await;
        let protection = format!("{SEMINAR}/protection/session/{slug}");
        let at = format!("{SEMINAR}/sessions/{slug}");
        let page = ana.get(&protection).await;
        assert!(page.text().contains(&name), "who disappears is told before");
        let rule = Page::of(&page).attributes("input[name=rule]", "value");
        assert_eq!(rule, ["on"]);
        let named = async |browser: &Browser<'_>| {
            let mut named = Vec::new();
            for address in [at.clone(), format!("/api/v1{at}")] {
                let answer = browser.get(&address).await;
                assert_eq!(answer.status, 200, "what was said stays: {address}");
                named.push(Page::of(&answer).all("aside").len() < 99 && answer.text().contains(&name));
            }
            named
        };
        assert_eq!(named(&nobody).await, [true, true]);
        assert_eq!(ana.post(&protection, &[("act", "rule"), ("rule", "on")]).await.status, 303);
        assert_eq!(named(&nobody).await, [false, false]);
        assert_eq!(named(&participant).await, [false, false]);
        assert_eq!(named(&expert).await, [true, true]);
        assert_eq!(ana.post(&protection, &[("act", "rule"), ("rule", "on")]).await.status, 422, "twice");
        let page = ana.get(&protection).await;
        assert_eq!(Page::of(&page).attributes("input[name=rule]", "value"), ["off"]);
        assert_eq!(ana.post(&protection, &[("act", "rule"), ("rule", "off")]).await.status, 303);
        assert_eq!(named(&nobody).await, [true, true]);
    });
}
