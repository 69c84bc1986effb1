//! Lists of people as whoever runs the site asks for them: narrowed, in an order, page by page, by their address alone.

use crate::{
    browser::{Browser, administrator},
    fixture::ROOM,
    harness::{Visited, story},
    html::Page,
};
use content::{accounts, gate::Viewer, roles::Platform};
use jiff::{SignedDuration, Timestamp};

async fn page(by: &Browser<'_>, address: &str) -> Page {
    let answer = by.get(address).await;
    assert_eq!(answer.status, 200, "{address}");
    Page::of(&answer)
}

#[test]
fn accounts_are_found_sorted_and_paged() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let few = page(&ana, "/admin/people").await;
        assert_eq!(few.attributes("main form[role=search]", "action").len(), 0, "one needs nothing to be found by");
        let store = visited.store().await;
        let now = Timestamp::now();
        let make = async |name: &str, address: &str, role, minute: i64| {
            let at = now + SignedDuration::from_mins(minute);
            let made = accounts::make(&store, &Viewer::command_line(), (name, address), role, at).await;
            made.expect("answered").expect("made")
        };
        for number in 1..=58_i64 {
            make(&format!("Member {number:02}"), &format!("m{number}@example.org"), Platform::Member, number).await;
        }
        let zoran = make("Zoran Đorđević", "zd@ministarstvo.example", Platform::Editor, 59).await;
        accounts::disable(&store, &Viewer::command_line(), zoran, now).await.expect("answered").expect("done");
        let titles = async |address: &str| page(&ana, address).await.texts("main h2.ledger__title");

        let first = titles("/admin/people").await;
        assert_eq!((first.len(), first[0].as_str(), first[49].as_str()), (50, "Ana Hoxha", "Member 49"));
        let second = titles("/admin/people?page=2").await;
        assert_eq!((second.len(), second[9].as_str()), (10, "Zoran Đorđević"));
        assert_eq!(titles("/admin/people?order=latest").await[0], "Zoran Đorđević");
        for q in ["djordjevic", "%D0%82%D0%BE%D1%80%D1%92%D0%B5%D0%B2%D0%B8%D1%9B", "ministarstvo", "%C4%91or+zoran"] {
            assert_eq!(titles(&format!("/admin/people?q={q}")).await, ["Zoran Đorđević"], "{q}");
        }
        assert_eq!(titles("/admin/people?access=ended").await, ["Zoran Đorđević"]);
        assert_eq!(titles("/admin/people?role=administrator").await, ["Ana Hoxha"]);
        assert!(titles("/admin/people?role=editor&access=given").await.is_empty());
        // What no list knows: nobody is a juggler, and there is no such order.
        assert!(titles("/admin/people?role=juggler").await.is_empty());
        assert_eq!(titles("/admin/people?order=upwards").await, first);
        assert_eq!(titles("/admin/people?page=99").await, second, "the last there is");
        assert_eq!(titles("/admin/people?page=-1&q=%00").await.len(), 50);

        // What was asked for stands in the form, and goes along from page to page; what is no text of ours stays text.
        let asked = page(&ana, "/admin/people?q=member&order=latest&role=member").await;
        assert_eq!(asked.attributes("#q", "value"), ["member"]);
        assert_eq!(asked.attributes("main option[selected]", "value"), ["member", "latest"]);
        assert!(asked.text("main [role=status]").starts_with("Found: 58 of 60."));
        let next = asked.attributes("nav.pages a", "href").remove(0);
        assert_eq!(next, "/admin/people?q=member&order=latest&role=member&page=2");
        assert_eq!(titles(&next).await.len(), 8);
        let odd = page(&ana, "/admin/people?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
        assert!(odd.texts("main script").is_empty() && odd.texts("main h2.ledger__title").is_empty());
        assert_eq!(
            page(&ana, &format!("/admin/people?q={}", "a".repeat(5000))).await.attributes("#q", "value")[0].len(),
            200
        );
        assert_eq!(Browser::of(&visited).get("/admin/people?q=zoran").await.status, 404);
    });
}

#[test]
fn who_is_in_is_found_and_the_list_is_there_again_after_a_seat_was_taken_away() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let seats = format!("/seminars/{ROOM}/seats");
        let door = format!("/seminars/{ROOM}/door");
        for number in 1..=52 {
            let role = if number % 26 == 0 { "expert" } else { "participant" };
            let given = [("name", &*format!("Guest {number:02}")), ("role", role), ("delegation", "")];
            assert_eq!(ana.post(&seats, &given).await.status, 303);
        }
        let who = async |query: &str| page(&ana, &format!("{door}{query}")).await.texts("#who ~ ul .ledger__title");
        let latest = who("").await;
        assert_eq!((latest.len(), latest[0].as_str()), (50, "Guest 52"));
        assert_eq!(who("?page=2").await, ["Guest 02", "Guest 01"]);
        assert_eq!(who("?order=name").await[0], "Guest 01");
        assert_eq!(who("?role=expert").await, ["Guest 52", "Guest 26"]);
        assert_eq!(who("?q=guest+07").await, ["Guest 07"]);
        assert_eq!(who("?delegation=-&role=expert&order=name").await, ["Guest 26", "Guest 52"]);
        assert!(who("?delegation=XX").await.is_empty());

        let narrowed = page(&ana, &format!("{door}?role=expert&order=name")).await;
        let away = narrowed.attributes("#who ~ ul form", "action").remove(0);
        let list = narrowed.attributes("#who ~ ul input[name=list]", "value").remove(0);
        let gone = ana.post(&away, &[("list", &list)]).await;
        assert_eq!(gone.headers["location"], format!("{door}?order=name&role=expert"));
        assert_eq!(who("?role=expert").await, ["Guest 52"]);
        let other = page(&ana, &door).await.attributes("#who ~ ul form", "action").remove(0);
        let sent = ana.post(&other, &[("list", "x\r\nset-cookie: a=b")]).await;
        assert_eq!(sent.headers["location"], door, "what no list asks for leads nowhere else");
    });
}

#[test]
fn invitations_that_wait_are_found_and_withdrawn_one_by_one() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        for (path, role) in [("/admin/invitations", "member"), (&*format!("/seminars/{ROOM}/invitations"), "observer")]
        {
            for number in 1..=7 {
                let name = format!("Invited {number}");
                assert_eq!(ana.post(path, &[("name", &name), ("role", role)]).await.status, 200);
            }
            let waiting =
                async |query: &str| page(&ana, &format!("{path}{query}")).await.texts("#waiting ~ ul .ledger__title");
            assert_eq!(waiting("").await.len(), 7);
            assert_eq!(waiting("?order=name").await[0], "Invited 1");
            assert_eq!(waiting("?q=invited+5").await, ["Invited 5"]);
            let found = page(&ana, &format!("{path}?q=invited+5")).await;
            let (key, list) = ("#waiting ~ ul button", "#waiting ~ ul input[name=list]");
            let (key, list) = (found.attributes(key, "value").remove(0), found.attributes(list, "value").remove(0));
            let gone = ana.post(&format!("{path}/withdraw"), &[("withdraw", &key), ("list", &list)]).await;
            assert_eq!(gone.headers["location"], format!("{path}?q=invited+5"));
            assert!(waiting("?q=invited+5").await.is_empty());
            assert_eq!(waiting("").await.len(), 6);
        }
    });
}

#[test]
fn the_audit_is_read_from_either_end() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        assert_eq!(ana.post("/admin/invitations", &[("name", "Besa"), ("role", "member")]).await.status, 200);
        let acts =
            async |query: &str| page(&ana, &format!("/admin/audit{query}")).await.texts("main ol .ledger__title");
        let latest = acts("").await;
        let oldest = acts("?order=oldest").await;
        assert!(latest.len() > 1 && latest.len() < 50, "one page holds them: {}", latest.len());
        assert_eq!(oldest, latest.into_iter().rev().collect::<Vec<_>>());
        let narrowed = page(&ana, "/admin/audit?actor=account%2F1&order=oldest").await;
        assert!(narrowed.attributes("main ol.ledger a", "href").iter().all(|to| to.contains("&order=oldest")));
    });
}
