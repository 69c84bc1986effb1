//! What organisers say that people are, one at a time and a list at once.

use crate::{
    browser::{Browser, PASSWORD, administrator, takes_part},
    fixture::{ROOM, TEAM},
    forms::{Part, send_parts, send_raw},
    harness::{Answer, HERE, Visited, story},
    html::Page,
};
use content::accounts::TAKEN;

const MANY: &str = "invitations/many";

#[test]
fn an_organiser_says_what_somebody_is_and_it_holds_at_once() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, ROOM, "organiser", "Ion").await;
        let mira = takes_part(&ana, ROOM, "participant", "Mira").await;
        let door = organiser.get(&format!("/seminars/{ROOM}/door")).await;
        let seats = Page::of(&door).attributes(".ledger__title a[href*=seats\\/]", "href");
        let [of_mira, of_ion] = &seats[..] else { panic!("two seats: {seats:?}") };
        let page = organiser.get(of_mira).await;
        assert!(page.text().contains("<h1>Mira</h1>") && page.headers["cache-control"] == "no-store");
        let change = |role, was| [("role", role), ("was", was), ("delegation", ""), ("was_for", "")];
        for eve in [&mira, &Browser::of(&visited), &takes_part(&ana, "tirana-2016", "organiser", "Sead").await] {
            assert_eq!(eve.get(of_mira).await.status, 404);
            assert_eq!(eve.post(of_mira, &change("organiser", "participant")).await.status, 404);
        }
        let elsewhere = of_mira.replace(ROOM, "tirana-2016");
        assert_eq!(ana.get(&elsewhere).await.status, 404, "a seat is of one seminar");
        assert_eq!(ana.post(&elsewhere, &change("expert", "participant")).await.status, 404);

        let team = format!("/seminars/{ROOM}/door");
        assert_eq!(mira.get(&team).await.status, 404);
        let set = organiser.post(of_mira, &change("organiser", "participant")).await;
        assert_eq!((set.status.as_u16(), set.header("location").contains("/door#seat-")), (303, true));
        assert_eq!(mira.get(&team).await.status, 200, "from the next page on");

        // The second is told, sees what holds, and what they chose.
        let second = organiser.post(of_mira, &change("expert", "participant")).await;
        assert_eq!(second.status, 422);
        assert!(second.text().contains("Somebody changed this meanwhile"));
        let page = Page::of(&second);
        assert_eq!(page.attributes("input[name=was]", "value"), ["organiser"]);
        assert_eq!(page.attributes("input[name=role][checked]", "value"), ["expert"]);
        for odd in [change("king", "participant"), change("expert", "\u{202e}")] {
            assert_eq!(organiser.post(of_mira, &odd).await.status, 400);
        }
        // Oneself: what one may not see any more one is not sent to.
        let own = organiser.post(of_ion, &change("observer", "organiser")).await;
        assert_eq!((own.status.as_u16(), own.header("location")), (303, format!("/seminars/{ROOM}").as_str()));
        assert_eq!(organiser.get(&team).await.status, 404);
        let last = mira.post(of_mira, &change("observer", "organiser")).await;
        assert!(last.status == 422 && last.text().contains("this seminar has no other"));
        assert_eq!(mira.post(&format!("{of_ion}/remove"), &[]).await.status, 303);
        assert_eq!(ana.get(of_ion).await.status, 404);
    });
}

#[test]
fn a_session_goes_on_under_another_number_when_its_owners_rights_change() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let mira = takes_part(&ana, ROOM, "participant", "Mira").await;
        let door = ana.get(&format!("/seminars/{ROOM}/door")).await;
        let seat = Page::of(&door).attributes(".ledger__title a[href*=seats\\/]", "href").remove(0);
        let change = |role, was| [("role", role), ("was", was), ("delegation", ""), ("was_for", "")];
        let before = mira.session().expect("signed in");
        mira.get("/").await;
        assert_eq!(mira.session().as_ref(), Some(&before), "nothing has changed");
        assert_eq!(ana.post(&seat, &change("expert", "participant")).await.status, 303);

        // What a page asks for besides keeps its number: it may come to nothing.
        let cookie = format!("session={before}");
        let besides: [&[(&str, &str)]; 2] = [&[("sec-fetch-mode", "no-cors")], &[("sec-purpose", "prefetch")]];
        for headers in besides {
            let headers: Vec<_> = headers.iter().copied().chain([("cookie", cookie.as_str())]).collect();
            assert_eq!(visited.get_with("/", &headers).await.headers.get("set-cookie"), None, "{headers:?}");
        }
        let materials = format!("/seminars/{ROOM}/materials/new");
        let shown = async |number: &str| {
            let cookie = format!("session={number}");
            let answer = visited.get_with(&materials, &[("cookie", &cookie)]).await;
            let given = answer.headers.get("set-cookie").map(|set| set.to_str().expect("a text").to_owned());
            let given = given.map(|set| set.split([';', '=']).nth(1).expect("a number").to_owned());
            (answer.status.as_u16() == 200, given)
        };
        assert_eq!(mira.get(&materials).await.status, 200);
        let after = mira.session().expect("still signed in");
        assert_ne!(before, after);
        // An answer can be lost: until the new one is shown the one of before is as good, and is given no third.
        assert_eq!(shown(&before).await, (true, None));
        assert_eq!(mira.is_called().await.as_deref(), Some("Mira"));
        assert_eq!(mira.session().as_ref(), Some(&after), "is given once");
        assert!(!shown(&before).await.0, "the new one was shown");

        // This time it is lost. A while later the browser is given another, and what was lost is good for nothing.
        assert_eq!(ana.post(&seat, &change("facilitator", "expert")).await.status, 303);
        let (seen, lost) = shown(&after).await;
        let lost = lost.filter(|_| seen).expect("another number");
        assert_eq!(shown(&after).await, (true, None));
        let url = format!("sqlite://{}", visited.data.path().join("plenary.sqlite3").display());
        let store = sea_orm::Database::connect(url).await.expect("opened");
        let earlier = format!("UPDATE sign_in SET renewed_at = renewed_at - {}", TAKEN.as_millis() + 1);
        sea_orm::ConnectionTrait::execute_unprepared(&store, &earlier).await.expect("changed");
        assert_eq!(mira.get(&materials).await.status, 200);
        let third = mira.session().expect("still signed in");
        assert!(third != after && third != lost && !shown(&lost).await.0);
        // Signing out ends it at once, by whatever number.
        assert!(shown(&after).await.0);
        assert_eq!(mira.post("/sign-out", &[]).await.status, 303);
        assert!(!shown(&after).await.0 && !shown(&third).await.0);
    });
}

/// Sends a list as a browser does, pasted or as a file.
async fn sends(visited: &Visited, by: &Browser<'_>, seminar: &str, fields: &[(&str, &[u8])]) -> Answer {
    let parts: Vec<Part<'_>> =
        fields.iter().map(|&(name, value)| (name, (name == "file").then_some("list.csv"), value)).collect();
    send_parts(visited, by, &format!("/seminars/{seminar}/{MANY}"), &parts).await
}

async fn raw(visited: &Visited, by: &Browser<'_>, seminar: &str, kind: &str, body: Vec<u8>) -> Answer {
    send_raw(visited, by, &format!("/seminars/{seminar}/{MANY}"), kind, body).await
}

#[test]
fn a_list_is_looked_at_first_and_then_each_on_it_has_a_link() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, ROOM, "organiser", "Ion").await;
        let list =
            "Name;E-mail;Role;Town\nMira Popa;mira@example.org;expert;Cahul\n\"=1+1, A\";;observer;\nSead;sead@;;\n";
        let looked = sends(&visited, &organiser, ROOM, &[("list", b""), ("file", list.as_bytes())]).await;
        assert_eq!(looked.status, 200, "{}", looked.text());
        let text = looked.text();
        for told in ["2 people will be invited", "1 line to mend", "Line 4", "Not used: Town", "Make 2 links"] {
            assert!(text.contains(told), "{told}: {text}");
        }
        let waiting = organiser.get(&format!("/seminars/{ROOM}/invitations")).await;
        assert!(!waiting.text().contains("Mira Popa"), "looking makes nothing");
        let key = Page::of(&looked).attributes("input[name=looked_at]", "value").remove(0);

        // What was looked at, and nothing else.
        let in_lines = list.replace('\n', "\r\n");
        let other = sends(&visited, &organiser, ROOM, &[("list", b"Eve"), ("looked_at", key.as_bytes())]).await;
        assert!(other.status == 200 && other.text().contains("1 person will be invited"));
        // As a browser sends what is in a field.
        let fields = [("list", in_lines.as_bytes()), ("looked_at", key.as_bytes())];
        assert_eq!(sends(&visited, &Browser::of(&visited), ROOM, &fields).await.status, 404);
        let made = sends(&visited, &organiser, ROOM, &fields).await;
        assert_eq!((made.status.as_u16(), made.header("cache-control")), (200, "no-store"));
        let text = made.text();
        assert!(text.contains("2 links are ready") && text.contains("'=1+1"), "{text}");
        // Sent again, as by a second tap: nothing is done that was not seen.
        let again = sends(&visited, &organiser, ROOM, &fields).await;
        assert!(again.status == 200 && again.text().contains("it ends with the new one"));
        let page = Page::of(&made);
        // The line that is left is there to be mended, below the one that names the columns.
        assert_eq!(page.text("#list"), "Name;E-mail;Role;Town Sead;sead@;;");
        let mira = Browser::of(&visited);
        let link = page.text(".ledger__item:first-child p:last-child");
        let link = link.trim().strip_prefix(HERE).expect("of this site").to_owned();
        assert_eq!(mira.post(&link, &[("name", "Mira"), ("password", PASSWORD)]).await.status, 303);
        assert_eq!(mira.get(&format!("/seminars/{ROOM}")).await.status, 200);
    });
}

#[test]
fn a_list_that_cannot_be_read_is_refused_with_what_to_do() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let long: String = (0..100_000).map(|number| format!("Ana {number},ana{number}@example.org\n")).collect();
        let huge = "a".repeat(9 * 1024 * 1024);
        let utf_16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Ђорђе".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (file, status, told) in [
            (long.as_bytes(), 422, "People on this list: 100000"),
            (huge.as_bytes(), 413, "too long"),
            (b"Hod\x9ei\xe6", 422, "CSV UTF-8"),
            (b"\x89PNG\r\n\x1a\n\0\0", 422, "CSV UTF-8"),
            (b"", 422, "Paste at least one line"),
            (utf_16.as_slice(), 200, "Ђорђе"),
        ] {
            let answer = sends(&visited, &ana, ROOM, &[("list", b""), ("file", file)]).await;
            assert_eq!(answer.status, status, "{told}");
            assert!(answer.text().contains(told), "{told}");
        }
        // What was pasted stays, whatever is wrong with the file beside it.
        for file in [&b"\xff"[..], long.as_bytes()] {
            let kept = sends(&visited, &ana, ROOM, &[("list", b"Mira <b>"), ("file", file)]).await;
            assert_eq!((kept.status.as_u16(), Page::of(&kept).text("#list").as_str()), (422, "Mira <b>"));
        }
        let hostile = "</textarea><script>alert(1)</script>, x, y\n\u{202e}Ana\nAna,ana@example.org,expert,\u{0}";
        let answer = sends(&visited, &ana, ROOM, &[("list", hostile.as_bytes())]).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains("3 lines to mend") && !answer.text().contains("<script>alert"));
        // Cut, of another kind, or none.
        for (kind, body) in [
            (
                "multipart/form-data; boundary=part",
                &b"--part\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\nAna"[..],
            ),
            ("multipart/form-data", b"Ana"),
            ("application/x-www-form-urlencoded", b"list=Ana"),
        ] {
            assert_eq!(raw(&visited, &ana, ROOM, kind, body.to_vec()).await.status, 400, "{kind}");
        }
        let hidden = sends(&visited, &ana, TEAM, &[("list", b"Ana")]).await;
        assert!(hidden.text().contains("could not see this seminar"));
    });
}
