//! Comparisons are begun and changed in the browser.

use crate::{
    browser::{Browser, administrator, takes_part},
    fixture::HALF,
    forms::{as_it_stands, post, with},
    harness::{Visited, story},
    html::Page,
};
use axum::http::Method;

const COMPARISON: &str = "/seminars/tirana-2016/comparison";
const ROW: &str = "/seminars/tirana-2016/comparison/role-in-the-seminar/edit";

#[test]
fn the_team_changes_a_row_and_sees_what_it_said_before() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let vera = takes_part(&ana, "tirana-2016", "expert", "Vera").await;
        let mira = takes_part(&ana, "tirana-2016", "participant", "Mira").await;
        let nobody = Browser::of(&visited);
        assert!(
            vera.get(COMPARISON).await.text().contains(ROW) && !nobody.get(COMPARISON).await.text().contains("/edit")
        );
        let sent = as_it_stands(&Page::of(&vera.get(ROW).await), "form[novalidate]");
        // One cell for Albania, one for the two others together.
        let field =
            |name: &str| sent.iter().filter(|(of, _)| of == name).map(|(_, value)| &**value).collect::<Vec<_>>();
        assert_eq!((field("countries-0"), field("countries-1")), (vec!["AL"], vec!["BA", "MD"]));
        for other in [&mira, &nobody] {
            assert_eq!(other.get(ROW).await.status, 404);
            assert_eq!(post(other, ROW, &with(&sent, &[("text-0", "x")])).await.status, 404);
            assert_eq!(post(other, &ROW.replace("/edit", "/remove"), &sent).await.status, 404);
        }
        let typed = [("text-0", "Host & <place>"), ("date-0", "2016-12-08"), ("source-0", "")];
        let saved = post(&vera, ROW, &with(&sent, &typed)).await;
        assert_eq!((saved.status.as_u16(), saved.header("location").ends_with("#role-in-the-seminar")), (303, true));
        let page = nobody.get(COMPARISON).await;
        assert!(page.text().contains("Host &amp; &lt;place&gt;") && !page.text().contains("Host, in Tirana"));
        assert!(nobody.get("/search?q=%22host+place%22").await.text().contains(COMPARISON), "search follows");
        let row = vera.get(ROW).await;
        let told = row.text().split("id=\"before\"").nth(1).expect("a history").to_owned();
        assert!(
            told.contains("Vera") && told.contains("Host, in Tirana") && told.contains("7 December 2016"),
            "{told}"
        );
        assert!(
            !told.contains("National authorities cooperated in organising it ("),
            "what stayed is not told: {told}"
        );

        // The second of two is told, with both.
        let second = post(&ana, ROW, &with(&sent, &[("text-0", "Somewhere")])).await;
        assert_eq!(second.status, 422);
        assert!(second.text().contains("Host &amp; &lt;place>") || second.text().contains("Host &amp; &lt;place&gt;"));
        assert!(second.text().contains("Somewhere"));
        // What will not do is told beside its field, and kept.
        let now = as_it_stands(&Page::of(&vera.get(ROW).await), "form[novalidate]");
        let odd = post(&vera, ROW, &with(&now, &[("text-1", ""), ("date-0", "8.12.2016")])).await;
        let page = Page::of(&odd);
        assert_eq!((odd.status.as_u16(), page.attributes("#date-0", "value")), (422, vec!["8.12.2016".to_owned()]));
        assert_eq!(page.attributes("[aria-invalid=true]", "id"), ["date-0", "text-1"]);
        for half in
            ["was=x", "was=x&title=y&text-0=z", "title=y", "was=x&title=y&text-0=z&sure-0=stated&source-0=&date-0="]
        {
            assert_eq!(vera.send(Method::POST, ROW, half).await.status, 400, "{half}");
        }

        let remove = as_it_stands(&Page::of(&vera.get(ROW).await), "form.section");
        let gone = post(&vera, &ROW.replace("/edit", "/remove"), &remove).await;
        assert_eq!((gone.status.as_u16(), gone.header("location")), (303, COMPARISON));
        assert!(!nobody.get(COMPARISON).await.text().contains("role-in-the-seminar"));
        assert_eq!(vera.get(ROW).await.status, 404);
        // Whoever was changing it meanwhile has it made anew.
        let late = post(&ana, ROW, &with(&now, &[("text-0", "Not lost")])).await;
        assert!(late.status == 422 && late.text().contains("Not lost"));
        let page = Page::of(&late);
        let action = page.attributes("form[novalidate]", "action").remove(0);
        assert_eq!(action, format!("{COMPARISON}/new"));
        let anew = as_it_stands(&page, "form[novalidate]");
        assert_eq!(post(&ana, &action, &anew).await.status, 303);
        assert!(nobody.get(COMPARISON).await.text().contains("Not lost"));
    });
}

#[test]
fn a_comparison_is_begun_where_there_is_none() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let new = as_it_stands(&Page::of(&ana.get("/seminars/new").await), "form.flow");
        let typed = [("title", "Begun"), ("starts", "2027-03-01"), ("ends", "2027-03-02"), ("country-0", "AL")];
        assert_eq!(post(&ana, "/seminars/new", &with(&new, &typed)).await.header("location"), "/seminars/begun");
        let vera = takes_part(&ana, HALF, "facilitator", "Vera").await;
        let other = takes_part(&ana, "begun", "organiser", "Sead").await;
        let (page, heading) = ("/seminars/begun/comparison".to_owned(), "/seminars/begun/comparison/edit".to_owned());
        for address in [&heading, &format!("{page}/new")] {
            assert_eq!(vera.get(address).await.status, 404, "of another seminar");
        }
        assert_eq!(other.get(&page).await.status, 404, "there is none");
        assert!(other.get("/seminars/begun").await.text().contains(&heading));
        assert_eq!(other.get(&format!("{page}/new")).await.status, 404, "not before it has a title");
        let sent = as_it_stands(&Page::of(&other.get(&heading).await), "form[novalidate]");
        assert_eq!(post(&other, &heading, &sent).await.status, 422, "it needs a title");
        for _ in 0..2 {
            let made = post(&other, &heading, &with(&sent, &[("title", "Side by side")])).await;
            assert_eq!((made.status.as_u16(), made.header("location")), (303, page.as_str()));
        }
        let begun = other.get(&page).await;
        assert!(begun.text().contains("<h1>Side by side</h1>") && begun.text().contains(&format!("{page}/new")));
        assert_eq!(Browser::of(&visited).get(&page).await.status, 404, "it is for those who see its seminar");
        let blank = as_it_stands(&Page::of(&other.get(&format!("{page}/new")).await), "form[novalidate]");
        let row = with(&blank, &[("title", "Shelters")]);
        assert_eq!(post(&other, &format!("{page}/new"), &row).await.status, 303);
        assert!(other.get(&page).await.text().contains("id=\"shelters\""));
    });
}
