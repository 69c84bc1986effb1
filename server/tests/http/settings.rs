//! What administrators set of the site as a whole.

use crate::{
    browser::{Browser, administrator, takes_part},
    forms::{as_it_stands, post, with},
    harness::{Visited, story},
    html::Page,
};

const AT: &str = "/admin/settings";

#[test]
fn who_answers_and_where_leaving_leads_is_set_and_holds_at_once() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let nobody = Browser::of(&visited);
        let left = async || {
            let answer = Browser::of(&visited).get("/left").await;
            Page::of(&answer).attributes("meta[http-equiv=refresh]", "content").concat()
        };
        let before = left().await;
        assert!(before.starts_with("1;url=https://"), "{before}");
        assert!(Page::of(&ana.get("/account").await).attributes("main a", "href").contains(&AT.to_owned()));
        let sent = as_it_stands(&Page::of(&ana.get(AT).await), "main form");
        let office =
            [("contact", "Kancelarija & <sons>, office@example.org"), ("leave-to", "https://www.example.net/")];
        assert_eq!(post(&ana, AT, &with(&sent, &office)).await.status, 303);
        assert!(nobody.get("/privacy").await.text().contains("Kancelarija &amp; &lt;sons&gt;, office@example.org"));
        assert_eq!(left().await, "1;url=https://www.example.net");
        // Of two the second is told.
        let second = post(&ana, AT, &with(&sent, &[("contact", "Somebody else")])).await;
        assert!(second.status == 422 && second.text().contains("office@example.org"), "{}", second.text());
        assert!(second.text().contains("Somebody else"));
        // What is no address stays typed, and leads nowhere.
        let sent = as_it_stands(&Page::of(&ana.get(AT).await), "main form");
        let odd = post(&ana, AT, &with(&sent, &[("leave-to", "javascript:alert(1)")])).await;
        let page = Page::of(&odd);
        assert_eq!((odd.status.as_u16(), page.all(".note--care li").len()), (422, 1));
        assert!(odd.text().contains("Write the address of another site, as https://example.org"), "{}", odd.text());
        assert_eq!(page.attributes("#leave-to", "value"), ["javascript:alert(1)"]);
        assert_eq!(left().await, "1;url=https://www.example.net");
        // Left empty, it is as the site was started.
        let none = with(&sent, &[("contact", ""), ("leave-to", "")]);
        assert_eq!(post(&ana, AT, &none).await.status, 303);
        assert_eq!(left().await, before);
        for other in [&nobody, &takes_part(&ana, "example", "organiser", "Ion").await] {
            assert_eq!(other.get(AT).await.status, 404);
            assert_eq!(post(other, AT, &with(&sent, &office)).await.status, 404);
        }
        assert!(!nobody.get("/privacy").await.text().contains("office@example.org"));
    });
}
