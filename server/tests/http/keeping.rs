//! How long what is personal is kept: looked at, kept to, told on the page about privacy.

use crate::{
    browser::{Browser, administrator, takes_part},
    harness::{Visited, story},
    html::Page,
};
use sea_orm::{ConnectionTrait, Database};

const AT: &str = "/admin/retention";

type Form<'a> = [(&'a str, &'a str); 6];

fn form<'a>(was: [&'a str; 3], to: [&'a str; 3]) -> Form<'a> {
    let [accounts, guests, notes] = was;
    let held = [("was-accounts", accounts), ("was-guests", guests), ("was-notes", notes)];
    let [accounts, guests, notes] = to;
    [held[0], held[1], held[2], ("accounts", accounts), ("guests", guests), ("notes", notes)]
}

fn chosen(page: &Page) -> Vec<String> {
    page.attributes("main select option[selected]", "value")
}

async fn long_ago(visited: &Visited) {
    let store = Database::connect(format!("sqlite://{}/plenary.sqlite3", visited.data.path().display())).await;
    let store = store.expect("the store");
    for statement in
        ["UPDATE account SET used_at = 1000, created_at = 1000 WHERE id > 1", "UPDATE seat SET created_at = 1000"]
    {
        store.execute_unprepared(statement).await.expect("changed");
    }
}

#[test]
fn what_would_go_is_shown_before_anything_does() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        takes_part(&ana, "tirana-2016", "expert", "Ion").await;
        let seat = [("name", "Vezuljka"), ("role", "participant"), ("delegation", "MD")];
        assert_eq!(ana.post("/seminars/tirana-2016/seats", &seat).await.status, 303);
        long_ago(&visited).await;

        let page = Page::of(&ana.get(AT).await);
        assert_eq!(chosen(&page), ["", "", ""]);
        assert!(page.text("#goes").contains("What goes now") && page.all("main form[method=post]").is_empty());
        assert!(page.text("main").contains("Nothing now."), "nothing goes until a period is set");

        let looked = Page::of(&ana.get(&format!("{AT}?accounts=24&guests=12&notes=")).await);
        assert_eq!(chosen(&looked), ["24", "12", ""]);
        let goes = looked.text("section[aria-labelledby=goes]");
        for said in [
            "What would go",
            "1 account",
            "ion@example.org",
            "In use until 7 December 2016",
            "1 name",
            "usually within an hour",
        ] {
            assert!(goes.contains(said), "{said}: {goes}");
        }
        assert!(!goes.contains("Vezuljka"), "a count is enough");
        let fields = looked.attributes("main form[method=post] input", "name");
        assert_eq!(fields, ["was-accounts", "was-guests", "was-notes", "accounts", "guests", "notes"]);
        assert_eq!(Page::of(&ana.get("/admin/people").await).all("main .ledger__item").len(), 2, "and nothing went");

        let answer = ana.post(AT, &form(["", "", ""], ["24", "12", ""])).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, AT));
        let page = Page::of(&ana.get(AT).await);
        assert_eq!(
            (chosen(&page), page.text("#goes")),
            (vec!["24".into(), "12".into(), String::new()], "What goes now".into())
        );
        let audit = Page::of(&ana.get("/admin/audit?subject=retention").await);
        assert!(audit.text("main ol").contains("set retention") && audit.text("main ol").contains("accounts: – → 24"));
    });
}

#[test]
fn the_page_about_privacy_says_what_holds() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let long = async |address: &str| Page::of(&visited.get(address).await).text("section[aria-labelledby=long]");
        let before = long("/privacy").await;
        assert!(before.contains("An account stays until its owner deletes it."), "{before}");
        assert_eq!(ana.post(AT, &form(["", "", ""], ["24", "6", "120"])).await.status, 303);
        let now = long("/privacy").await;
        for said in ["has used it for 24 months", "over for 6 months", "goes after 120 months"] {
            assert!(now.contains(said), "{said}: {now}");
        }
        assert!(!now.contains("stays until"), "{now}");
        assert!(long("/privacy?lang=sr-Cyrl").await.contains("24 месеца"));
    });
}

#[test]
fn periods_are_set_by_administrators_one_after_the_other_and_whole() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let ion = takes_part(&ana, "tirana-2016", "organiser", "Ion").await;
        let none = ["", "", ""];
        for browser in [&ion, &Browser::of(&visited)] {
            assert_eq!(browser.get(AT).await.status, 404);
            assert_eq!(browser.get(&format!("{AT}?accounts=6&guests=6&notes=6")).await.status, 404);
            assert_eq!(browser.post(AT, &form(none, ["6", "6", "6"])).await.status, 404);
        }
        assert_eq!(ana.post(AT, &form(none, ["24", "", ""])).await.status, 303);
        assert_eq!(ana.post(AT, &form(none, ["24", "", ""])).await.status, 303, "sent twice");

        let late = ana.post(AT, &form(none, ["", "36", ""])).await;
        let page = Page::of(&late);
        assert_eq!(late.status, 422);
        assert!(page.text("main [role=alert]").contains("Somebody changed this meanwhile"));
        assert_eq!(chosen(&page), ["", "36", ""], "what was chosen is still there");
        assert!(page.text("#accounts-hint").ends_with("It is now “24 months”."), "{}", page.text("#accounts-hint"));
        let held = page.attributes("main form[method=post] input[name^=was-]", "value");
        assert_eq!(held, ["24", "", ""], "and so is what holds");

        let whole = form(["24", "", ""], ["24", "36", ""]);
        assert_eq!(ana.post(AT, &whole[..5]).await.status, 400, "half of a form");
        for odd in ["7", "0", "-6", "1e9", "<script>", "２４"] {
            assert_eq!(ana.post(AT, &form(["24", "", ""], [odd, "", ""])).await.status, 400, "{odd}");
            let sent: String = odd.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let looked = Page::of(&ana.get(&format!("{AT}?accounts={sent}&guests=&notes=")).await);
            assert_eq!(chosen(&looked), ["24", "", ""], "{odd}");
        }
        assert_eq!(chosen(&Page::of(&ana.get(AT).await)), ["24", "", ""]);
    });
}
