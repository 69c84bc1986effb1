//! People and organisations are named in the browser.

use crate::{
    browser::{Browser, administrator, takes_part},
    forms::{as_it_stands, post, with},
    harness::{Visited, story},
    html::Page,
};

const SEMINAR: &str = "/seminars/example";

#[test]
fn an_organiser_names_somebody_with_a_place_to_work_and_takes_them_away_again() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, "example", "organiser", "Ion").await;
        let (people, nobody) = (format!("{SEMINAR}/people"), Browser::of(&visited));
        let names = |page: &Page| page.attributes("main a", "href").contains(&format!("{people}/new"));
        assert!(names(&Page::of(&organiser.get(&people).await)) && !names(&Page::of(&nobody.get(&people).await)));

        let new = format!("{SEMINAR}/organisations/new");
        let sent = as_it_stands(&Page::of(&organiser.get(&new).await), "form.flow");
        let office = [("name", "Kancelaria & <Partners>"), ("site", "https://kancelaria.example"), ("country", "MD")];
        let made = post(&organiser, &new, &with(&sent, &office)).await;
        assert_eq!((made.status.as_u16(), made.header("location")), (303, people.as_str()));
        let shown = nobody.get("/organisations/kancelaria-partners").await;
        assert!(shown.text().contains("Kancelaria &amp; &lt;Partners&gt;"), "{}", shown.text());

        let new = format!("{people}/new");
        let sent = as_it_stands(&Page::of(&organiser.get(&new).await), "form.flow");
        let mira = [("name", "Mira Ceban"), ("about", "Lawyer"), ("organisation", "kancelaria-partners")];
        assert_eq!(post(&organiser, &new, &with(&sent, &mira)).await.status, 303);
        // Who contributes to nothing yet is told to organisers alone.
        assert!(organiser.get(&people).await.text().contains("Mira Ceban"));
        assert!(!nobody.get(&people).await.text().contains("Mira Ceban"));
        let page = Page::of(&nobody.get("/people/mira-ceban").await);
        assert!(!page.attributes("main a", "href").iter().any(|to| to.ends_with("/edit")));

        let edit = "/people/mira-ceban/edit";
        let sent = as_it_stands(&Page::of(&organiser.get(edit).await), "form[novalidate]");
        let saved = post(&organiser, edit, &with(&sent, &[("name", "Mira Cebanu")])).await;
        assert_eq!((saved.status.as_u16(), saved.header("location")), (303, "/people/mira-ceban"));
        assert!(nobody.get("/search?q=Cebanu").await.text().contains("/people/mira-ceban"));
        let second = post(&organiser, edit, &with(&sent, &[("about", "Judge")])).await;
        assert!(second.status == 422 && second.text().contains("Mira Cebanu") && second.text().contains("Judge"));

        let page = Page::of(&organiser.get(edit).await);
        let remove = as_it_stands(&page, "form.section");
        for other in [&nobody, &takes_part(&ana, "example", "expert", "Vera").await] {
            assert_eq!(other.get(edit).await.status, 404);
            assert_eq!(post(other, edit, &sent).await.status, 404);
            assert_eq!(post(other, "/people/mira-ceban/remove", &remove).await.status, 404);
            assert_eq!(post(other, &new, &with(&sent, &[("name", "Odd")])).await.status, 404);
        }
        let gone = post(&organiser, "/people/mira-ceban/remove", &remove).await;
        assert_eq!((gone.status.as_u16(), gone.header("location")), (303, people.as_str()));
        for address in ["/people/mira-ceban", edit] {
            assert_eq!(organiser.get(address).await.status, 404, "{address}");
        }
        assert!(!nobody.get("/search?q=Cebanu").await.text().contains("/people/mira-ceban"));
    });
}

#[test]
fn what_will_not_do_of_a_name_stays_in_its_form() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let new = format!("{SEMINAR}/organisations/new");
        let sent = as_it_stands(&Page::of(&ana.get(&new).await), "form.flow");
        let typed = [("name", "  "), ("site", "zyra.example"), ("about", "Helps \"everybody\".")];
        let refused = post(&ana, &new, &with(&sent, &typed)).await;
        let page = Page::of(&refused);
        assert_eq!((refused.status.as_u16(), page.all(".note--care li").len()), (422, 2));
        assert!(refused.text().contains("zyra.example") && refused.text().contains("Helps \"everybody\"."));
        let half: Vec<_> = sent.iter().filter(|(name, _)| name != "country").cloned().collect();
        let refused = post(&ana, &new, &half).await;
        assert!(refused.status == 400 || refused.status == 422, "{}", refused.status);
        let long = "x".repeat(70_000);
        assert_eq!(post(&ana, &new, &with(&sent, &[("name", &long)])).await.status, 413);
    });
}

#[test]
fn who_was_taken_away_while_somebody_typed_is_named_anew_with_what_was_typed() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let new = format!("{SEMINAR}/people/new");
        let sent = as_it_stands(&Page::of(&ana.get(&new).await), "form.flow");
        assert_eq!(post(&ana, &new, &with(&sent, &[("name", "Mira Ceban")])).await.status, 303);
        let edit = "/people/mira-ceban/edit";
        let page = Page::of(&ana.get(edit).await);
        let (typed, remove) = (as_it_stands(&page, "form[novalidate]"), as_it_stands(&page, "form.section"));
        let typed = with(&typed, &[("about", "Judge & <mediator>")]);
        assert_eq!(post(&ana, "/people/mira-ceban/remove", &remove).await.status, 303);
        let told = post(&ana, edit, &typed).await;
        let page = Page::of(&told);
        assert_eq!(
            (told.status.as_u16(), page.attributes("#about", "value")),
            (422, vec!["Judge & <mediator>".into()])
        );
        let anew = page.attributes("form[novalidate]", "action");
        assert_eq!(anew, [new.as_str()]);
        let saved = post(&ana, &anew[0], &as_it_stands(&page, "form[novalidate]")).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert!(ana.get("/people/mira-ceban").await.text().contains("Judge &amp; &lt;mediator"));
        // Nobody learns by it that there was somebody, or is a seminar.
        let remove = as_it_stands(&Page::of(&ana.get(edit).await), "form.section");
        assert_eq!(post(&ana, "/people/mira-ceban/remove", &remove).await.status, 303);
        for other in [&Browser::of(&visited), &takes_part(&ana, "example", "expert", "Vera").await] {
            assert_eq!(post(other, edit, &typed).await.status, 404);
        }
        assert_eq!(post(&ana, edit, &with(&typed, &[("seminar", "nowhere")])).await.status, 404);
    });
}
