//! Coming in, staying, going: what sessions are and what ends them.

use crate::{
    browser::{Browser, PASSWORD, administrator, first_link, shown_link, takes_part},
    fixture::{ROOM, TEAM},
    harness::{Visited, story},
    html::Page,
};
use axum::http::Method;
use content::accounts;
use jiff::Timestamp;
use serde_json::Value;

#[test]
fn the_first_link_makes_an_administrator_in_one_click_and_looking_spends_nothing() {
    story(async {
        let visited = Visited::new().await;
        let link = first_link(&visited).await;
        let ana = Browser::of(&visited);
        for _ in 0..2 {
            let page = ana.get(&link).await;
            assert_eq!(page.status, 200);
            assert!(page.text().contains("You are the first here"));
            assert_eq!(page.headers["cache-control"], "no-store", "it carries a token");
        }
        let begun = ana.post(&link, &[]).await;
        assert_eq!((begun.status.as_u16(), &begun.headers["location"]), (303, &"/account".parse().expect("a value")));
        let account = ana.get("/account").await;
        assert!(account.text().contains("You cannot come back yet"));
        assert_eq!(account.headers["cache-control"], "no-store");
        assert_eq!(ana.get("/").await.headers["cache-control"], "private, no-cache");
        assert_eq!(Browser::of(&visited).post(&link, &[]).await.status, 404, "spent");
        assert!(Browser::of(&visited).get(&link).await.text().contains("This link cannot be used"));

        let named = ana.post("/account", &[("name", "Ana Hoxha"), ("address", "ana@example.org")]).await;
        assert_eq!(named.status, 303);
        assert_eq!(ana.post("/account/password", &[("password", PASSWORD)]).await.status, 303);
        assert!(!ana.get("/account").await.text().contains("You cannot come back yet"));
        let elsewhere = Browser::of(&visited);
        assert_eq!(elsewhere.signs_in("ana@example.org").await.status, 303);
        assert_eq!(elsewhere.is_called().await.as_deref(), Some("Ana Hoxha"));
    });
}

#[test]
fn cookies_are_for_this_site_alone_and_no_script_reads_them() {
    story(async {
        for (url, session, secure) in
            [("http://plenary.example", "session", false), ("https://plenary.example", "__Host-session", true)]
        {
            let visited = Visited::called(url).await;
            let ana = administrator(&visited).await;
            let answer = ana.signs_in("ana@example.org").await;
            let set: Vec<&str> =
                answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("text")).collect();
            assert!(set.iter().any(|cookie| cookie.starts_with(&format!("{session}="))), "{set:?}");
            for cookie in set {
                assert!(
                    cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
                    "{cookie}"
                );
                assert!(!cookie.contains("Domain"), "{cookie}");
                assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
            }
            let out = ana.post("/sign-out", &[]).await;
            let gone = out.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
            let gone: Vec<&str> = gone.filter(|cookie| cookie.starts_with(&format!("{session}=;"))).collect();
            assert!(
                gone.iter().any(|cookie| cookie.contains("Secure") == secure && cookie.contains("Max-Age=0")),
                "{gone:?}"
            );
            assert_eq!(out.headers["clear-site-data"], "\"cache\"");
        }
    });
}

#[test]
fn a_session_has_another_number_after_each_sign_in_and_the_one_before_is_nobodys() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let before = ana.session().expect("signed in");
        ana.signs_in("ana@example.org").await;
        let after = ana.session().expect("signed in");
        assert_ne!(before, after);
        for dead in [
            before.as_str(),
            &after[1..],
            &format!("{after}A"),
            &after.to_uppercase(),
            "",
            "x",
            &"A".repeat(22),
            "\u{2014}",
        ] {
            let thief = Browser::of(&visited);
            thief.cookies.borrow_mut().insert("session".to_owned(), dead.replace('\u{2014}', "%E2%80%94"));
            assert_eq!(thief.is_called().await, None, "{dead}");
            assert_eq!(thief.get("/admin/people").await.status, 404);
        }
        // A number that somebody else chose does not become a session.
        let chosen = "AAAAAAAAAAAAAAAAAAAAAA";
        let ion = Browser::of(&visited);
        ion.cookies.borrow_mut().insert("session".to_owned(), chosen.to_owned());
        ion.signs_in("ana@example.org").await;
        assert_ne!(ion.session().as_deref(), Some(chosen));
    });
}

#[test]
fn whoever_is_refused_keeps_what_was_typed_but_the_password_and_learns_nothing() {
    story(async {
        let visited = Visited::new().await;
        administrator(&visited).await;
        let mut told = Vec::new();
        for address in ["ana@example.org", "bna@example.org"] {
            let secret = "not the right one \"><b>";
            let answer = Browser::of(&visited)
                .post("/sign-in", &[("address", address), ("password", secret), ("next", "/people")])
                .await;
            assert_eq!(answer.status, 422);
            let page = Page::of(&answer);
            assert_eq!(page.attributes("#address", "value"), [address]);
            assert_eq!(page.attributes("#password", "value"), [""]);
            assert_eq!(page.attributes("main input[name=next]", "value"), ["/people"]);
            assert!(!answer.text().contains("not the right one"));
            assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 0);
            told.push(
                answer.text().replace(address, "").replace(answer.headers["x-request-id"].to_str().expect("text"), ""),
            );
        }
        assert_eq!(told[0], told[1], "known and unknown are told the same");
    });
}

#[test]
fn one_goes_on_to_a_page_of_the_site_and_nowhere_else() {
    story(async {
        let visited = Visited::new().await;
        administrator(&visited).await;
        for (next, to) in [
            ("/account/password", "/account/password"),
            ("/people?lang=sq", "/people?lang=sq"),
            ("", "/"),
            ("https://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("/a\r\nSet-Cookie: x=y", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            let form = [("address", "ana@example.org"), ("password", PASSWORD), ("next", next)];
            let answer = Browser::of(&visited).post("/sign-in", &form).await;
            assert_eq!((answer.status.as_u16(), answer.headers["location"].as_bytes()), (303, to.as_bytes()), "{next}");
        }
        let first = Browser::of(&visited).get("/account/password").await;
        assert_eq!(first.headers["location"], "/sign-in?next=/account/password");
    });
}

#[test]
fn what_ends_a_session_ends_it_at_once() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let phone = Browser::of(&visited);
        phone.signs_in("ana@example.org").await;
        let page = Page::of(&ana.get("/account").await);
        assert!(page.text("main").contains("Firefox, Android"));
        let ends = page.attributes("button[name=end]", "value");
        let [one, others] = &ends[..] else { panic!("{ends:?}") };
        assert_eq!(others, "others");
        // Of somebody else it ends nothing.
        let ion = takes_part(&ana, "tirana-2016", "participant", "Ion").await;
        assert_eq!(ion.post("/account/sessions", &[("end", one)]).await.status, 303);
        assert!(phone.is_called().await.is_some());
        assert_eq!(ana.post("/account/sessions", &[("end", one)]).await.status, 303);
        assert_eq!(phone.is_called().await, None);
        // A new password ends all but the one that set it.
        phone.signs_in("ana@example.org").await;
        let other = "an entirely different phrase";
        let wrong = ana.post("/account/password", &[("current", "wrong"), ("password", other)]).await;
        assert_eq!(wrong.status, 422);
        assert!(phone.is_called().await.is_some());
        assert_eq!(ana.post("/account/password", &[("current", PASSWORD), ("password", other)]).await.status, 303);
        assert_eq!(phone.is_called().await, None);
        assert!(ana.is_called().await.is_some());
        // Signing out, twice as well as once; a form that is sent after it changes nothing.
        for _ in 0..2 {
            assert_eq!(ana.post("/sign-out", &[]).await.status, 303);
            assert_eq!(ana.is_called().await, None);
        }
        let late = ana.post("/account/password", &[("current", other), ("password", PASSWORD)]).await;
        assert_eq!(late.headers["location"], "/sign-in?next=/account/password");
        assert_eq!(Browser::of(&visited).signs_in("ana@example.org").await.status, 422);
        // Who has no access any more is out, and so is every link of theirs.
        ana.post("/sign-in", &[("address", "ana@example.org"), ("password", other)]).await;
        let page = Page::of(&ana.get("/admin/people").await);
        let to = page.attributes(".ledger__title a", "href").pop().expect("Ion");
        let link = shown_link(&ana.post(&format!("{to}/link"), &[]).await);
        assert_eq!(ana.post(&format!("{to}/access"), &[("access", "end")]).await.status, 303);
        assert_eq!(ion.is_called().await, None);
        assert_eq!(ion.signs_in("ion@example.org").await.status, 422);
        assert_eq!(Browser::of(&visited).post(&link, &[]).await.status, 404);
    });
}

#[test]
fn a_link_lets_in_once_and_whoever_forgot_the_password_sets_another() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        takes_part(&ana, "tirana-2016", "expert", "Ion").await;
        let page = Page::of(&ana.get("/admin/people").await);
        let to = page.attributes(".ledger__title a", "href").pop().expect("Ion");
        let link = shown_link(&ana.post(&format!("{to}/link"), &[]).await);
        let ion = Browser::of(&visited);
        assert!(ion.get(&link).await.text().contains("This link signs you in once, as Ion."));
        assert_eq!(ion.post(&link, &[]).await.status, 303);
        assert_eq!(ion.is_called().await.as_deref(), Some("Ion"));
        assert_eq!(Page::of(&ion.get("/account/password").await).all("#current").len(), 0);
        assert_eq!(ion.post("/account/password", &[("password", "walks along the river")]).await.status, 303);
        // The next time it takes the one of now.
        let again = ion.post("/account/password", &[("password", "runs along the river, too")]).await;
        assert_eq!(again.status, 422);
        let broken = format!("{}0", &link[..link.len() - 1]);
        for spent in [link.as_str(), &broken, "/sign-in/x", "/sign-in/%20"] {
            let thief = Browser::of(&visited);
            let answer = thief.post(spent, &[]).await;
            assert_eq!(answer.status, 404, "{spent}");
            assert_eq!(thief.session(), None);
        }
    });
}

#[test]
fn what_is_for_some_is_there_for_them_and_for_nobody_who_came_before_or_after() {
    story(async {
        let visited = Visited::new().await;
        let hidden = format!("/seminars/{TEAM}");
        let nobody = Browser::of(&visited);
        let never = nobody.get("/seminars/nowhere").await;
        let ana = administrator(&visited).await;
        assert_eq!(nobody.get(&hidden).await.status, 404);
        assert_eq!(ana.get(&hidden).await.status, 200, "an administrator reads every seminar");
        assert_eq!(nobody.get(&hidden).await.status, 404, "and nothing of it is kept for others");
        let expert = takes_part(&ana, TEAM, "expert", "Ion").await;
        let participant = takes_part(&ana, ROOM, "participant", "Mira").await;
        assert_eq!(participant.get(&format!("/seminars/{ROOM}")).await.status, 200);
        let elsewhere = takes_part(&ana, "tirana-2016", "organiser", "Sead").await;
        for (browser, status) in [(&expert, 200), (&participant, 404), (&elsewhere, 404)] {
            assert_eq!(browser.get(&hidden).await.status, status);
            let api = browser.get(&format!("/api/v1/seminars/{TEAM}")).await;
            assert_eq!(api.status, status);
            if status == 200 {
                assert_eq!(api.headers["cache-control"], "private, no-cache");
            }
            // An organiser of another seminar invites nobody to it, and learns nothing of it.
            let invites = browser.post(&format!("{hidden}/invitations"), &[("role", "expert")]).await;
            assert_eq!(invites.status, 404);
            assert_eq!(browser.get(&format!("{hidden}/invitations")).await.status, 404);
            assert_eq!(browser.get("/admin/people").await.status, 404);
            assert_eq!(browser.post("/admin/invitations", &[("role", "administrator")]).await.status, 404);
        }
        let gone = elsewhere.get(&hidden).await;
        let same = |answer: &crate::harness::Answer, path: &str, name: &str| {
            let number = answer.headers["x-request-id"].to_str().expect("text");
            answer.text().replace(path, "").replace(name, "").replace(number, "").len()
        };
        let account = "<span class=\"unseen\">Your account<!>: </span>";
        assert!(gone.text().contains(account) && !never.text().contains(account));
        assert_eq!(same(&gone, &hidden, ""), same(&elsewhere.get("/seminars/nowhere").await, "/seminars/nowhere", ""));
        // What was read while signed in is not there afterwards.
        expert.post("/sign-out", &[]).await;
        assert_eq!(expert.get(&hidden).await.status, 404);
    });
}

#[test]
fn odd_forms_change_nothing_and_get_a_page() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let long = "a".repeat(30_000);
        let odd = "\u{202e}\u{0}Ana<script>";
        for (address, form, status) in [
            ("/sign-in", vec![("address", long.as_str()), ("password", long.as_str())], 422),
            ("/sign-in", vec![("address", odd), ("password", odd)], 422),
            ("/account", vec![("name", odd)], 422),
            ("/account", vec![("name", long.as_str())], 422),
            ("/account", vec![], 422),
            ("/account", vec![("name", "Ana"), ("address", "other@example.org")], 422),
            ("/account/sessions", vec![("end", "-1")], 303),
            ("/account/sessions", vec![("end", odd)], 303),
            ("/admin/invitations", vec![("role", "emperor")], 400),
            ("/admin/invitations", vec![("role", "member"), ("address", "a@b@c")], 422),
            ("/admin/people/999999/access", vec![("access", "end")], 404),
            ("/admin/people/1/access", vec![("access", "end")], 422),
            ("/admin/people/1/role", vec![("role", "member")], 422),
            ("/admin/people/x/role", vec![("role", "member")], 400),
            ("/seminars/tirana-2016/invitations", vec![("role", "expert"), ("delegation", "XX")], 404),
        ] {
            let answer = ana.post(address, &form).await;
            assert_eq!(answer.status.as_u16(), status, "{address} {:.80}", format!("{form:?}"));
            if status != 303 {
                assert!(answer.text().starts_with("<!DOCTYPE html>"), "{address}");
                assert!(!answer.text().contains("<script>"), "{address}");
            }
        }
        for body in ["name=%ff%fe", "&&&=&=", "name", "\u{feff}"] {
            let answer = ana.send(Method::POST, "/account", body).await;
            assert!(matches!(answer.status.as_u16(), 303 | 400 | 422), "{body}: {}", answer.status);
        }
        assert_eq!(ana.is_called().await.as_deref(), Some("Ana Hoxha"), "the last administrator, as before");
        // Sent by another site's page it is not looked at, whoever is signed in.
        let session = ana.session().expect("signed in");
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "cross-site"),
            ("cookie", &format!("session={session}")),
        ];
        let forged = visited.send(Method::POST, "/account", &headers, "name=Eve").await;
        assert_eq!(forged.status, 403);
        assert_eq!(ana.is_called().await.as_deref(), Some("Ana Hoxha"));
    });
}

#[test]
fn administrators_read_who_changed_what_and_nobody_else_does() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let ion = takes_part(&ana, "tirana-2016", "organiser", "Ion").await;
        ana.post("/account", &[("name", "Ana <b>Hoxha</b>")]).await;
        ana.post("/account", &[("name", "Ana Rama")]).await;
        let page = Page::of(&ana.get("/admin/audit").await);
        assert!(page.all("main ol .ledger__item").len() > 5, "{}", page.text("main"));
        let first = page.text("main ol .ledger__item:first-child");
        assert!(first.contains("change name") && first.contains("account/1") && first.contains("Ana Rama"), "{first}");
        let of_ion = page.attributes("main ol a[href*='actor=account/2']", "href");
        let narrowed = Page::of(&ana.get(&of_ion[0]).await);
        assert_eq!(narrowed.all("main ol .ledger__item").len(), 1);
        for odd in
            ["actor=%00", "actor='", "actor=%3Cscript%3E&subject=x", "page=99999999999", "actor=&subject=&page=2"]
        {
            assert!(ana.get(&format!("/admin/audit?{odd}")).await.status.is_success(), "{odd}");
        }
        for browser in [&ion, &Browser::of(&visited)] {
            assert_eq!(browser.get("/admin/audit").await.status, 404);
        }
        assert!(ion.get("/admin/missed").await.status.is_success());
        assert_eq!(Browser::of(&visited).get("/admin/missed").await.status, 404);
    });
}

#[test]
fn one_takes_ones_data_along_and_deletes_the_account() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let ion = takes_part(&ana, "tirana-2016", "expert", "Ion").await;
        let data = ion.get("/account/data.json").await;
        assert_eq!(
            (data.status.as_u16(), &data.headers["cache-control"]),
            (200, &"no-store".parse().expect("a value"))
        );
        assert!(data.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
        let data: Value = serde_json::from_str(data.text()).expect("JSON");
        assert_eq!(data["account"]["address"], "ion@example.org");
        assert_eq!(data["seats"][0]["role"], "expert");
        assert_eq!(Browser::of(&visited).get("/account/data.json").await.status, 404);
        let wrong = ion.post("/account/data", &[("current", "wrong")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(Page::of(&wrong).attributes("#current", "aria-invalid"), ["true"]);
        assert_eq!(ana.post("/account/data", &[("current", PASSWORD)]).await.status, 422, "the last administrator");
        assert_eq!(ion.post("/account/data", &[("current", PASSWORD)]).await.headers["location"], "/");
        assert_eq!(ion.is_called().await, None);
        assert_eq!(ion.signs_in("ion@example.org").await.status, 422);
        let list = ana.get("/seminars/tirana-2016/attendance").await;
        assert!(list.text().contains("Somebody who has left") && !list.text().contains("ion@example.org"));
    });
}

#[test]
fn a_session_ends_after_30_days_without_use_and_after_180_in_any_case() {
    const DAY: i64 = 24 * 60 * 60;
    story(async {
        let visited = Visited::new().await;
        administrator(&visited).await;
        let (store, now) = (visited.store().await, Timestamp::now());
        for (began, ends, goes_on) in
            [(0, DAY, true), (179 * DAY, DAY, true), (0, -1, false), (180 * DAY + 1, DAY, false)]
        {
            let phone = Browser::of(&visited);
            assert_eq!(phone.signs_in("ana@example.org").await.status, 303);
            let key = accounts::key(&phone.session().expect("a session"));
            let found = accounts::sign_in_data(&store, &key, now).await.expect("read").expect("there");
            let unused = found.expires_at / 1000 - now.as_second();
            assert!((30 * DAY..31 * DAY).contains(&unused), "{unused}");
            let mut data: Value = serde_json::from_str(&found.data).expect("JSON");
            data["began"] = (now.as_second() - began).into();
            let kept = accounts::Kept {
                key: &key,
                who: found.owner.map(|(somebody, _)| somebody.who),
                data: data.to_string(),
                device: "",
                rights: None,
                expires_at: (Timestamp::now().as_second() + ends) * 1000,
            };
            accounts::keep_sign_in(&store, kept, now).await.expect("kept");
            assert_eq!(phone.is_called().await.is_some(), goes_on, "began {began} s ago, ends in {ends} s");
        }
    });
}

#[test]
fn what_is_typed_as_a_password_is_hidden_and_known_to_password_managers() {
    story(async {
        let visited = Visited::new().await;
        let nobody = Browser::of(&visited);
        let first = first_link(&visited).await;
        let (sign_in, invited) = (nobody.get("/sign-in").await, nobody.get(&first).await);
        let said = [("name", "Ana Hoxha"), ("address", "ana@example.org"), ("password", PASSWORD)];
        assert_eq!(nobody.post(&first, &said).await.status, 303);
        let (other, goes) = (nobody.get("/account/password").await, nobody.get("/account/data").await);
        let (now, new) = ("current-password", "new-password");
        for (page, fills) in [(sign_in, &[now][..]), (invited, &[new]), (other, &[now, new]), (goes, &[now])] {
            let page = Page::of(&page);
            let named = "main input[name=password], main input[name=current]";
            assert_eq!(page.attributes(named, "type"), vec!["password"; fills.len()]);
            assert_eq!(page.attributes(named, "autocomplete"), fills);
        }
    });
}
