//! The language of a page: what the address says, else what the reader chose, else what the browser asks for.

use crate::{
    harness::{Visited, story},
    html::Page,
};
use language::Locale;
use std::collections::BTreeSet;

/// A page with texts in several languages.
const SESSION: &str = "/seminars/tirana-2016/sessions/nrm-compared";

async fn lang(address: &str, headers: &[(&str, &str)]) -> String {
    Page::of(&Visited::shared().await.get_with(address, headers).await).lang()
}

#[test]
fn each_language_can_be_asked_for_in_each_way() {
    story(async {
        let mut headings = BTreeSet::new();
        for locale in Locale::ALL {
            let tag = locale.tag();
            assert_eq!(lang(&format!("/seminars?lang={tag}"), &[]).await, tag);
            assert_eq!(lang("/seminars", &[("cookie", &format!("other=1; language={tag}"))]).await, tag);
            assert_eq!(lang("/seminars", &[("accept-language", tag)]).await, tag);
            headings
                .insert(Page::of(&Visited::shared().await.get(&format!("/glossary?lang={tag}")).await).text("main"));
        }
        assert_eq!(headings.len(), Locale::ALL.len(), "two languages say the same");
    });
}

#[test]
fn the_address_wins_over_the_choice_and_the_choice_over_the_browser() {
    story(async {
        let (cookie, accept) = (("cookie", "language=mk"), ("accept-language", "ro-MD, sq;q=0.9"));
        assert_eq!(lang("/seminars?lang=bs", &[cookie, accept]).await, "bs");
        assert_eq!(lang("/seminars", &[cookie, accept]).await, "mk");
        assert_eq!(lang("/seminars", &[accept]).await, "ro");
        assert_eq!(lang("/seminars", &[]).await, "en");
    });
}

#[test]
fn what_is_no_language_of_ours_is_as_if_it_were_not_said() {
    story(async {
        for odd in ["", "xx", "xx-YY-%3Cscript%3E", "%00", "en%00", "../sq", "sq;", "%F0%9F%92%A9"] {
            assert_eq!(lang(&format!("/seminars?lang={odd}"), &[("accept-language", "sq")]).await, "sq", "{odd}");
        }
        for odd in
            ["language=", "language=xx", "language=<script>", "language=sq-evil", "language", ";;;=;language =sq"]
        {
            assert_eq!(lang("/seminars", &[("cookie", odd), ("accept-language", "sq")]).await, "sq", "{odd}");
        }
        for odd in ["", "*", "xx", ";q=;,,,xx;q=999,*;q=-1,", "q=1", "de, fr;q=0.8", "-", "zh-Hans-CN"] {
            assert_eq!(lang("/seminars", &[("accept-language", odd)]).await, "en", "{odd}");
        }
    });
}

#[test]
fn a_text_is_shown_in_the_language_of_the_reader_and_says_what_it_is() {
    story(async {
        let visited = Visited::shared().await;
        let title = async |address: &str| Page::of(&visited.get(address).await).text("h1");
        let english = title(SESSION).await;
        for tag in ["sq", "bs", "ro", "sr-Latn", "sr-Cyrl", "mk"] {
            let page = Page::of(&visited.get(&format!("{SESSION}?lang={tag}")).await);
            assert_ne!(page.text("h1"), english, "{tag}");
            // The way to the original.
            let links = page.links(SESSION);
            assert!(links.iter().any(|link| link.contains("text=en")), "{tag}: {links:?}");
            assert_eq!(title(&format!("{SESSION}?lang={tag}&text=en")).await, english, "{tag}");
        }
        // There is no text in Croatian: the original, marked as what it is.
        let page = Page::of(&visited.get(&format!("{SESSION}?lang=hr")).await);
        assert_eq!((page.text("h1"), page.attributes("h1", "lang")), (english, vec!["en".to_owned()]));
    });
}

#[test]
fn serbian_in_latin_letters_has_none_of_the_other_script_but_where_it_says_so() {
    story(async {
        let visited = Visited::shared().await;
        for address in ["/", "/glossary", SESSION, "/seminars/example", "/seminars/tirana-2016/comparison"] {
            let page = Page::of(&visited.get(&format!("{address}?lang=sr-Latn")).await);
            assert_eq!(page.lang(), "sr-Latn");
            for element in page.all("main *") {
                let own: String =
                    element.children().filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect();
                let cyrillic = own.chars().any(|c| ('\u{400}'..'\u{500}').contains(&c));
                let said = element.ancestors().filter_map(scraper::ElementRef::wrap).chain([element]).any(|around| {
                    around.attr("lang").is_some_and(|lang| matches!(lang, "mk" | "sr-Cyrl"))
                        || around.attr("translate") == Some("no")
                });
                assert!(!cyrillic || said, "{address}: {own}");
            }
        }
    });
}

#[test]
fn a_page_says_where_it_is_in_other_languages() {
    story(async {
        let visited = Visited::shared().await;
        for address in ["/", SESSION, "/seminars/tirana-2016?lang=sq&text=en"] {
            let page = Page::of(&visited.get(address).await);
            let tags: BTreeSet<String> =
                page.attributes("link[rel=alternate][hreflang]", "hreflang").into_iter().collect();
            let wanted = Locale::ALL.into_iter().map(|locale| locale.tag().to_owned()).chain(["x-default".to_owned()]);
            assert_eq!(tags, wanted.collect(), "{address}");
            for to in page.attributes("link[rel=alternate][hreflang]", "href") {
                let to =
                    to.strip_prefix(crate::harness::HERE).unwrap_or_else(|| panic!("{to} is elsewhere")).to_owned();
                assert_eq!(visited.get(&to).await.status, 200, "{to}");
            }
        }
    });
}
