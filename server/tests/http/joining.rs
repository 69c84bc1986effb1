//! Coming into a seminar by a code, as a room does.

use crate::{
    browser::{Browser, PASSWORD, administrator},
    fixture::{ROOM, TEAM},
    harness::{Answer, Visited, story},
    html::Page,
};
use futures::future::join_all;

/// Opens the door and reads the code from the screen.
async fn opened(organiser: &Browser<'_>, seminar: &str) -> String {
    let door = format!("/seminars/{seminar}/door");
    assert_eq!(organiser.post(&door, &[("door", "open")]).await.status, 303);
    Page::of(&organiser.get(&door).await).text(".door__code").trim().to_owned()
}

/// A page without what differs between any two.
fn without(answer: &Answer, words: &[&str]) -> String {
    let number = answer.headers["x-request-id"].to_str().expect("text").to_owned();
    let mut page = answer.text().replace(&number, "");
    for word in words {
        page = page.replace(word, "");
    }
    page
}

#[test]
fn a_phone_comes_in_with_a_code_and_a_name_and_sees_what_is_for_participants() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let code = opened(&ana, "tirana-2016").await;
        let phone = Browser::of(&visited);
        let typed = phone.post("/join", &[("code", &code.to_lowercase())]).await;
        let to = typed.headers["location"].to_str().expect("text").to_owned();
        assert_eq!(to, format!("/join/{}", code.replace('-', "")));
        let page = Page::of(&phone.get(&to).await);
        assert_eq!(page.attributes("main form", "action"), ["/language"], "the language first");
        assert_eq!(page.attributes("main form", "method"), ["post", "post"]);
        let came = phone.post(&to, &[("name", "Ion Rusu")]).await;
        assert_eq!((came.status.as_u16(), came.headers["location"].as_bytes()), (303, &b"/seminars/tirana-2016"[..]));
        assert_eq!(phone.is_called().await.as_deref(), Some("Ion Rusu"));
        let seat = phone.get("/account").await;
        assert_eq!(seat.headers["cache-control"], "no-store");
        let own = Page::of(&seat).text(".passing").trim().to_owned();
        assert_eq!(own.len(), 14, "{own}");
        // On the screen are the names, and never their codes.
        let screen = ana.get("/seminars/tirana-2016/door").await;
        assert!(screen.text().contains("Ion Rusu") && !screen.text().contains(&own));
        assert!(ana.get("/seminars/tirana-2016/cards").await.text().contains(&own));

        let tablet = Browser::of(&visited);
        assert_eq!(tablet.post("/join", &[("code", &own)]).await.headers["location"], "/seminars/tirana-2016");
        assert_eq!(tablet.is_called().await.as_deref(), Some("Ion Rusu"));
        assert_eq!(phone.is_called().await, None, "the seat has moved");
        for forbidden in ["door", "cards", "attendance", "poster", "invitations"] {
            assert_eq!(tablet.get(&format!("/seminars/tirana-2016/{forbidden}")).await.status, 404, "{forbidden}");
        }
        assert_eq!(tablet.get("/account/password").await.headers["location"], "/sign-in?next=/account/password");

        // With an account it stays theirs, and is not to be had by the code any more.
        let link = tablet.post("/account/seat", &[]).await.headers["location"].to_str().expect("text").to_owned();
        let said = [("name", "Ion Rusu"), ("address", "ion@example.org"), ("password", PASSWORD)];
        assert_eq!(tablet.post(&link, &said).await.status, 303);
        let account = Page::of(&tablet.get("/account").await).text(".marginalia");
        assert!(account.contains("Transnational Anti-Trafficking Training Seminar: Participant"), "{account}");
        assert_eq!(phone.post("/join", &[("code", &own)]).await.status, 422);
        assert_eq!(Browser::of(&visited).signs_in("ion@example.org").await.status, 303);
    });
}

#[test]
fn looking_tells_no_code_from_another_and_the_form_tells_what_to_do() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let code = opened(&ana, ROOM).await;
        let plain = code.replace('-', "");
        let look = async |code: &str| {
            let answer = Browser::of(&visited).get(&format!("/join/{code}")).await;
            let form = Page::of(&answer).attributes("input[name=form]", "value").remove(0);
            (
                answer.status,
                answer.headers["cache-control"].clone(),
                without(&answer, &[code, &format!("{}-{}", &code[..4], &code[4..]), &form]),
            )
        };
        assert_eq!(look(&plain).await, look("ACDEFHJK").await);
        for odd in ["x", "-", "ACDE-FHJK-ACDE"] {
            assert_eq!(Browser::of(&visited).get(&format!("/join/{odd}")).await.status, 200, "{odd}");
        }
        let wrong = Browser::of(&visited).post("/join/ACDEFHJK", &[("name", "Ion")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(Page::of(&wrong).attributes("#name", "value"), ["Ion"]);
        assert!(!wrong.text().contains(ROOM));
        for odd in ["", "nothing", "\u{202e}", &"9".repeat(20_000)] {
            let answer = Browser::of(&visited).post("/join", &[("code", odd)]).await;
            assert_eq!(answer.status, 422);
        }
        for name in ["", " ", "\u{202e}Ana", &"a".repeat(81)] {
            let answer = Browser::of(&visited).post(&format!("/join/{plain}"), &[("name", name)]).await;
            assert_eq!(answer.status, 422, "{name:.20}");
        }
        // Closed, it lets nobody in; who is in stays until the seat is taken away.
        let inside = Browser::of(&visited);
        assert_eq!(inside.post(&format!("/join/{plain}"), &[("name", "Mira")]).await.status, 303);
        assert_eq!(ana.post(&format!("/seminars/{ROOM}/door"), &[("door", "close")]).await.status, 303);
        assert_eq!(Browser::of(&visited).post(&format!("/join/{plain}"), &[("name", "Eve")]).await.status, 422);
        assert_eq!(inside.is_called().await.as_deref(), Some("Mira"));
        let page = Page::of(&ana.get(&format!("/seminars/{ROOM}/door")).await);
        let away = page.attributes("form[action*=seats\\/]", "action");
        assert_eq!(ana.post(&away[0], &[]).await.status, 303);
        assert_eq!(inside.is_called().await, None);
        assert_eq!(ana.post(&away[0], &[]).await.status, 404, "twice");
        assert_eq!(ana.post(&format!("/seminars/{ROOM}/door"), &[("door", "kick")]).await.status, 400);
        assert_eq!(
            ana.post(&format!("/seminars/{ROOM}/seats"), &[("name", ""), ("role", "participant")]).await.status,
            422
        );
    });
}

#[test]
fn a_hundred_phones_behind_one_address_join_within_a_minute() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let code = opened(&ana, "tirana-2016").await.replace('-', "");
        let path = format!("/join/{code}");
        let began = std::time::Instant::now();
        let one = async |phone: usize| {
            let browser = Browser::of(&visited);
            let answer = browser.post(&path, &[("name", &format!("Person {phone} of many"))]).await;
            (answer.status.as_u16(), browser.session())
        };
        let answers = join_all((0..100).map(one)).await;
        assert!(answers.iter().all(|(status, session)| *status == 303 && session.is_some()), "{answers:?}");
        assert!(began.elapsed().as_secs() < 60, "which is what the issue allows a room");
        let mut sessions: Vec<_> = answers.into_iter().map(|(_, session)| session).collect();
        sessions.sort();
        sessions.dedup();
        assert_eq!(sessions.len(), 100);
        let attendance = Page::of(&ana.get("/seminars/tirana-2016/attendance").await);
        assert_eq!(attendance.all("tbody tr").len(), 100);
    });
}

#[test]
fn whoever_is_signed_in_comes_in_with_their_account() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let code = opened(&ana, ROOM).await.replace('-', "");
        let ion = crate::browser::takes_part(&ana, "tirana-2016", "expert", "Ion").await;
        let page = ion.get(&format!("/join/{code}")).await;
        assert!(page.text().contains("Accept as Ion") && !page.text().contains("id=\"name\""));
        for _ in 0..2 {
            let came = ion.post(&format!("/join/{code}"), &[]).await;
            assert_eq!(came.headers["location"].as_bytes(), format!("/seminars/{ROOM}").as_bytes());
        }
        assert_eq!(Page::of(&ana.get(&format!("/seminars/{ROOM}/attendance")).await).all("tbody tr").len(), 1);
        assert_eq!(ion.is_called().await.as_deref(), Some("Ion"));
    });
}

#[test]
fn an_organiser_looks_with_the_eyes_of_others_and_can_do_no_more_than_they() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let hidden = format!("/seminars/{TEAM}");
        let looking = format!("{hidden}/looking");
        assert_eq!(ana.get(&hidden).await.status, 200);
        for (role, sees) in [("expert", 200), ("participant", 404), ("nobody", 404)] {
            assert_eq!(ana.post(&looking, &[("role", role)]).await.status, 303);
            assert_eq!(ana.get(&hidden).await.status, sees, "{role}");
            for address in ["/admin/people", "/admin/audit", "/seminars/tirana-2016/door"] {
                assert_eq!(ana.get(address).await.status, 404, "{role}: {address}");
            }
            let invited = ana.post("/admin/invitations", &[("role", "administrator")]).await;
            assert_eq!(invited.status, 404);
            let home = ana.get("/").await;
            assert!(home.text().contains("You are looking as: "), "{role}");
            assert_ne!(home.headers["cache-control"], "no-cache", "it is kept by nobody else");
            assert!(!visited.get("/").await.text().contains("You are looking as: "));
            assert_eq!(ana.post("/account/looking", &[]).await.status, 303);
            assert_eq!(ana.get("/admin/people").await.status, 200);
        }
        assert_eq!(ana.post(&looking, &[("role", "emperor")]).await.status, 400);
        let ion = crate::browser::takes_part(&ana, ROOM, "participant", "Ion").await;
        assert_eq!(ion.get(&format!("/seminars/{ROOM}")).await.status, 200);
        let own = format!("/seminars/{ROOM}/looking");
        assert_eq!(ion.post(&own, &[("role", "organiser")]).await.status, 404);
        assert_eq!(ion.post(&looking, &[("role", "organiser")]).await.status, 404);
        assert_eq!(ion.get(&hidden).await.status, 404);
        assert_eq!(Browser::of(&visited).post(&looking, &[("role", "expert")]).await.status, 404);
        assert_eq!(Browser::of(&visited).post("/account/looking", &[]).await.status, 303);
    });
}
