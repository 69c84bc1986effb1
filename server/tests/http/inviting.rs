//! Invitations that are made, shown, withdrawn and refused.

use crate::{
    browser::{Browser, PASSWORD, administrator, shown_link, takes_part},
    fixture::{ROOM, TEAM, small},
    harness::{Visited, story},
    html::Page,
};
use axum::http::Method;

const SAID: [(&str, &str); 3] = [("name", "Mira"), ("address", "mira@example.org"), ("password", PASSWORD)];

#[test]
fn an_invitation_that_is_withdrawn_lets_nobody_in() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, ROOM, "organiser", "Ion").await;
        let invitations = format!("/seminars/{ROOM}/invitations");
        let form = [("role", "participant"), ("name", "Mira Popa"), ("address", "mira@example.org")];
        let made = organiser.post(&invitations, &form).await;
        let link = shown_link(&made);
        assert_eq!(Browser::of(&visited).get(&link).await.status, 200);
        let list = organiser.get(&invitations).await;
        assert_eq!(list.headers["cache-control"], "no-store");
        assert!(list.text().contains("Mira Popa") && list.text().contains("mira@example.org"));
        assert!(!list.text().contains(link.rsplit('/').next().expect("a token")), "the link is shown once");
        let key = Page::of(&list).attributes("button[name=withdraw]", "value").remove(0);
        let withdraw = format!("{invitations}/withdraw");
        // Who runs another seminar, or none, withdraws nothing.
        let elsewhere = takes_part(&ana, "tirana-2016", "organiser", "Sead").await;
        let form = [("withdraw", key.as_str())];
        assert_eq!(elsewhere.post(&withdraw, &form).await.status, 404);
        assert_eq!(elsewhere.post("/seminars/tirana-2016/invitations/withdraw", &form).await.status, 404);
        assert_eq!(Browser::of(&visited).post(&withdraw, &form).await.status, 404);
        assert_eq!(organiser.post("/admin/invitations/withdraw", &form).await.status, 404);
        for odd in ["", "x", "\u{202e}", &"9".repeat(20_000)] {
            assert_eq!(organiser.post(&withdraw, &[("withdraw", odd)]).await.status, 404);
        }
        assert_eq!(organiser.post(&withdraw, &form).await.status, 303);
        assert_eq!(organiser.post(&withdraw, &form).await.status, 404, "twice");
        let late = Browser::of(&visited);
        assert_eq!(late.get(&link).await.status, 404);
        assert_eq!(late.post(&link, &SAID).await.status, 404);
        assert_eq!(late.session(), None);
        // That of the platform is on the page of the platform.
        let made = ana.post("/admin/invitations", &[("role", "editor"), ("name", "Vesna")]).await;
        let link = shown_link(&made);
        let list = ana.get("/admin/invitations").await;
        assert!(list.text().contains("Vesna") && !list.text().contains("Mira"));
        let key = Page::of(&list).attributes("button[name=withdraw]", "value").remove(0);
        assert_eq!(ana.post("/admin/invitations/withdraw", &[("withdraw", &key)]).await.status, 303);
        assert_eq!(Browser::of(&visited).get(&link).await.status, 404);
    });
}

#[test]
fn nobody_is_led_to_a_seminar_that_they_would_not_see() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        for (address, form) in [
            ("invitations", vec![("role", "participant"), ("name", "Mira")]),
            ("door", vec![("door", "open")]),
            ("door", vec![("door", "change")]),
            ("seats", vec![("role", "participant"), ("name", "Mira")]),
        ] {
            let refused = ana.post(&format!("/seminars/{TEAM}/{address}"), &form).await;
            assert_eq!(refused.status, 422, "{address}");
            assert!(refused.text().contains("could not see this seminar"), "{address}");
            if address != "door" {
                assert_eq!(Page::of(&refused).attributes("#name", "value"), ["Mira"], "{address}");
            }
        }
        // What becomes hidden after somebody was invited to it is not named, nor is something else said of it.
        let folder = tempfile::tempdir().expect("a folder");
        let write = |visibility: &str| {
            let file = format!(
                "+++\ntitle = \"Qualm\"\nvisibility = \"{visibility}\"\nstarts = 2026-05-04\nends = 2026-05-05\ntime_zone = \"Europe/Tirane\"\nplace = \"Tirana\"\nhost = \"AL\"\nstatus = \"open\"\n+++\n\nText.\n"
            );
            small(folder.path(), "qualm", &[("seminar.md", &file)])
        };
        visited.import(&[write("participants")]).await;
        let link = shown_link(&ana.post("/seminars/qualm/invitations", &[("role", "participant")]).await);
        let somebody = Browser::of(&visited);
        assert!(somebody.get(&link).await.text().contains("Qualm"));
        visited.import(&[write("team")]).await;
        let page = somebody.get(&link).await;
        assert!(!page.text().contains("Qualm") && page.text().contains("cannot be seen at the moment"));
    });
}

#[test]
fn the_address_of_a_link_is_kept_and_passed_on_nowhere() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let invitation = shown_link(&ana.post("/admin/invitations", &[("role", "member")]).await);
        let sign_in = shown_link(&ana.post("/admin/people/1/link", &[]).await);
        let nobody = Browser::of(&visited);
        for link in [&invitation, &sign_in, &format!("/invitations/{}", "A".repeat(22)), &"/join/ACDEFHJK".to_owned()] {
            let page = nobody.get(link).await;
            assert_eq!(page.headers["cache-control"], "no-store", "{link}");
            assert_eq!(page.headers["referrer-policy"], "same-origin", "{link}");
            let links = Page::of(&page).attributes("a", "href");
            assert!(!links.iter().any(|to| to.contains(link.as_str())), "{links:?}");
            // Nor where somebody puts it there.
            let signed = nobody.get(&format!("/sign-in?next={link}")).await;
            assert_eq!(Page::of(&signed).attributes("input[name=next]", "value")[0], "/", "{link}");
        }
        let next = nobody.get("/sign-in?next=/account/password").await;
        assert_eq!(next.headers["cache-control"], "no-store");
        assert_eq!(Page::of(&next).attributes("input[name=next]", "value")[0], "/account/password");
    });
}

#[test]
fn whoever_tries_too_often_is_told_how_long_to_wait_and_keeps_what_was_typed() {
    story(async {
        let visited = Visited::new().await;
        administrator(&visited).await;
        let eve = Browser::of(&visited);
        let form = [("address", "ana@example.org"), ("password", "guessed wrong")];
        let mut answer = eve.post("/sign-in", &form).await;
        for _ in 0..20 {
            if answer.status == 429 {
                break;
            }
            assert_eq!(answer.status, 422);
            answer = eve.post("/sign-in", &form).await;
        }
        assert_eq!(answer.status, 429);
        let wait: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=300).contains(&wait), "{wait}");
        assert!(answer.text().contains(&format!("Wait {wait} second")));
        assert_eq!(Page::of(&answer).attributes("#address", "value"), ["ana@example.org"]);
        // The owner elsewhere does not wait for what others do.
        let body = format!("address=ana@example.org&password={}", PASSWORD.replace(' ', "+"));
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-forwarded-for", "198.51.100.7"),
        ];
        let elsewhere = visited.send(Method::POST, "/sign-in", &headers, &body);
        assert_eq!(elsewhere.await.status, 303);
    });
}
