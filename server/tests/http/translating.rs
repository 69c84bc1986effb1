//! What a thing says in another language is written in the browser.

use crate::{
    browser::{Browser, administrator, takes_part},
    forms::{as_it_stands, post, with},
    harness::{Visited, story},
    html::Page,
};

const SEMINAR: &str = "/seminars/example";

#[test]
fn everything_of_a_seminar_is_translated_and_found_in_that_language() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, "example", "organiser", "Ion").await;
        let nobody = Browser::of(&visited);
        let list = Page::of(&organiser.get(&format!("{SEMINAR}/translations")).await);
        let forms = list.attributes(".ledger a", "href");
        let kinds = [SEMINAR, "/sessions/", "/materials/", "/practices/", "/challenges/"];
        for (number, kind) in kinds.into_iter().enumerate() {
            let of = |to: &&String| {
                let thing = to.split("/translations/").next().unwrap_or_default();
                to.ends_with("/translations/sq") && (if kind == SEMINAR { thing == kind } else { thing.contains(kind) })
            };
            // Challenges and practices are organisers' who look after those of others.
            let Some(form) = forms.iter().find(of) else { panic!("{kind} of {forms:?}") };
            let thing = form.split("/translations/").next().unwrap_or_default();
            let page = Page::of(&organiser.get(form).await);
            let sent = as_it_stands(&page, "form.flow--loose");
            assert!(!page.all(".original").is_empty(), "{form} shows the original");
            let title = format!("Përkthyer zwqv{number} & <b>");
            let text = format!("Fjala zwqv{number} **këtu**.");
            let typed = with(&sent, &[("title", &title), ("text", &text)]);
            let before = nobody.get(&format!("{thing}?lang=sq")).await;
            let seen = post(&organiser, form, &[&typed[..], &[("act".into(), "preview".into())]].concat()).await;
            assert!(seen.status == 200 && seen.text().contains("<strong>këtu</strong>"), "{}", seen.text());
            assert_eq!(nobody.get(&format!("{thing}?lang=sq")).await.text(), before.text(), "a look changes nothing");
            let saved = post(&organiser, form, &typed).await;
            let back = saved.header("location").to_owned();
            assert!(saved.status == 303 && back.starts_with(&format!("{SEMINAR}/translations#")), "{back}");
            let read = nobody.get(&format!("{thing}?lang=sq")).await;
            assert_eq!(Page::of(&read).texts("h1"), [title]);
            let english = nobody.get(&format!("{thing}?lang=en")).await;
            assert!(!english.text().contains("zwqv"), "{thing}");
            let found = nobody.get(&format!("/search?q=zwqv{number}&lang=sq")).await;
            assert!(found.text().contains(thing), "{}", found.text());
        }
        // The fixed parts of a practice have their headings there; with nothing below them they are no text.
        let practice = forms.iter().find(|to| to.starts_with("/practices/") && to.ends_with("/hr"));
        let practice = practice.expect("the organiser looks after practices");
        let sent = as_it_stands(&Page::of(&organiser.get(practice).await), "form.flow--loose");
        let text =
            |sent: &[(String, String)]| sent.iter().find(|(name, _)| name == "text").map(|(_, text)| text.clone());
        assert!(text(&sent).is_some_and(|text| text.contains("## Kontekst {#context}\n")), "{sent:?}");
        let untitled = post(&organiser, practice, &sent).await;
        let again = as_it_stands(&Page::of(&untitled), "form.flow--loose");
        assert_eq!((untitled.status.as_u16(), text(&again)), (422, text(&sent)), "they are there again");
        assert_eq!(post(&organiser, practice, &with(&sent, &[("title", "Naslov")])).await.status, 303);
        let again = as_it_stands(&Page::of(&organiser.get(practice).await), "form.flow--loose");
        assert_eq!(text(&again).as_deref(), Some(""));
        // It can be taken away again.
        let form = format!("{SEMINAR}/translations/sq");
        let page = Page::of(&organiser.get(&form).await);
        let remove = as_it_stands(&page, "form.section");
        let gone = post(&organiser, &format!("{form}/remove"), &remove).await;
        assert_eq!(gone.status, 303);
        assert!(!nobody.get(&format!("{SEMINAR}?lang=sq")).await.text().contains("zwqv0"));
        let twice = post(&organiser, &format!("{form}/remove"), &remove).await;
        assert_eq!((twice.status.as_u16(), twice.header("location")), (303, form.as_str()));
        assert!(Page::of(&organiser.get(&form).await).all("form.section").is_empty(), "there is nothing to take away");
    });
}

#[test]
fn what_will_not_do_stays_typed_and_who_may_not_translates_nothing() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let list = Page::of(&ana.get(&format!("{SEMINAR}/translations")).await);
        let forms = list.attributes(".ledger a", "href");
        let form = forms.iter().find(|to| to.contains("/sessions/") && to.ends_with("/mk")).expect("a session").clone();
        let sent = as_it_stands(&Page::of(&ana.get(&form).await), "form.flow--loose");
        let typed = with(&sent, &[("title", " "), ("text", "Текст & \"<script>\"")]);
        let refused = post(&ana, &form, &typed).await;
        let page = Page::of(&refused);
        assert_eq!((refused.status.as_u16(), page.all(".note--care li").len()), (422, 1));
        assert!(Page::of(&refused).texts("#text").concat().contains("Текст & \"<script>\""), "{}", refused.text());
        let half: Vec<_> = sent.iter().filter(|(name, _)| name != "of").cloned().collect();
        assert_eq!(post(&ana, &form, &half).await.status, 400);
        let long = "x".repeat(9 * 1024 * 1024);
        assert_eq!(post(&ana, &form, &with(&sent, &[("text", &long)])).await.status, 413);

        // Of two the second is told what it says now, and has what they typed.
        let first = with(&sent, &[("title", "Прв")]);
        assert_eq!(post(&ana, &form, &first).await.status, 303);
        assert_eq!(post(&ana, &form, &first).await.status, 303, "the same, sent twice");
        let told = post(&ana, &form, &with(&sent, &[("title", "Втор")])).await;
        assert!(told.status == 422 && told.text().contains("Прв") && told.text().contains("Втор"));
        let again = as_it_stands(&Page::of(&told), "form.flow--loose");
        assert_eq!(post(&ana, &form, &again).await.status, 303);

        // Whoever began before the original changed is told that it did, and what they typed stays.
        let edit = form.replace("/translations/mk", "/edit");
        let original = as_it_stands(&Page::of(&ana.get(&edit).await), "form.flow--loose");
        let begun = as_it_stands(&Page::of(&ana.get(&form).await), "form.flow--loose");
        assert_eq!(post(&ana, &edit, &with(&original, &[("summary", "Another summary.")])).await.status, 303);
        let told = post(&ana, &form, &with(&begun, &[("summary", "Трет")])).await;
        let alerts = Page::of(&told).texts("[role=alert]");
        assert!(
            told.status == 422 && alerts.iter().any(|says| says.contains("The original has changed")),
            "{alerts:?}"
        );
        assert!(told.text().contains("Another summary.") && told.text().contains("Трет"));
        let again = as_it_stands(&Page::of(&told), "form.flow--loose");
        assert_eq!(post(&ana, &form, &again).await.status, 303);
        let session = form.replace("/translations/mk", "?lang=mk");
        assert!(ana.get(&session).await.text().contains("Трет"));

        // Languages that there are not, and the one in which it was written.
        for other in ["en", "tlh", "sr-Latn", "MK", "%D0%BC%D0%BA"] {
            let other = form.replace("/mk", &format!("/{other}"));
            assert_eq!(ana.get(&other).await.status, 404, "{other}");
            assert_eq!(post(&ana, &other, &first).await.status, 404, "{other}");
        }
        let expert = takes_part(&ana, "example", "expert", "Vera").await;
        for other in [&Browser::of(&visited), &takes_part(&ana, "example", "participant", "Petar").await, &expert] {
            for address in [&form, &format!("{SEMINAR}/translations/mk")] {
                assert_eq!(other.get(address).await.status, 404);
                assert_eq!(post(other, address, &first).await.status, 404);
                assert_eq!(post(other, &format!("{address}/remove"), &sent).await.status, 404);
            }
        }
        assert!(ana.get(&form).await.text().contains("Втор"));
    });
}
