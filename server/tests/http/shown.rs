//! What pages say beside their texts: languages, dates, what was chosen, in which order.

use crate::{
    fixture,
    harness::{Visited, story},
    html::Page,
};

async fn page(address: &str) -> Page {
    let answer = Visited::shared().await.get(address).await;
    assert_eq!(answer.status, 200, "{address}");
    Page::of(&answer)
}

/// What each of the elements says.
fn texts(page: &Page, selector: &str) -> Vec<String> {
    page.all(selector).into_iter().map(|element| element.text().collect::<String>().trim().to_owned()).collect()
}

#[test]
fn a_material_says_the_language_that_is_met() {
    story(async {
        let all = "/seminars/tirana-2016/materials";
        for (query, language) in [("?lang=sq", "shqip"), ("?lang=en", "English"), ("?lang=sr-Cyrl", "српски")] {
            let about = page(&format!("{all}{query}")).await.text(".files__about");
            assert!(about.contains(language), "{query}: {about}");
            let facts = page(&format!("{all}/summary{query}")).await.text(".marginalia");
            assert!(facts.contains(language), "{query}: {facts}");
        }
        // In a language that was asked for, that one.
        assert!(page(&format!("{all}/summary?lang=sq&text=ro")).await.text(".marginalia").contains("rumanisht"));
    });
}

#[test]
fn a_cell_has_its_source_and_its_date_and_the_page_its_language() {
    story(async {
        let address = "/seminars/tirana-2016/comparison";
        for said in texts(&page(address).await, ".comparison__cell:not(.comparison__cell--gap) .comparison__source") {
            assert!(said.contains("The seminar's summary, 7 December 2016"), "{said}");
        }
        let foreign = |page: &Page| page.text(".title .quiet");
        assert_eq!(foreign(&page(address).await), "");
        assert_eq!(foreign(&page(&format!("{address}?lang=ro")).await), "Limba acestui text: engleză.");
    });
}

#[test]
fn a_search_says_what_it_was_narrowed_to_and_how_to_go_on() {
    story(async {
        let narrowed = page("/search?q=&theme=forced-begging&country=AL").await;
        assert_eq!(narrowed.text("title"), "Albania, Forced begging: search · Plenary");
        assert_eq!(texts(&narrowed, ".narrowed a"), ["Albania×", "Forced begging×"]);
        assert_eq!(narrowed.attributes(".narrowed a", "aria-label"), ["Remove: Albania", "Remove: Forced begging"]);
        let without = ["/search?q=&theme=forced-begging", "/search?q=&country=AL"];
        assert_eq!(narrowed.attributes(".narrowed a", "href"), without);
        assert_eq!(texts(&page("/search?q=child").await, ".narrowed a"), [""; 0]);
        // Where nothing is found it is said too.
        let none = page("/search?q=nosuchword&country=AL").await;
        assert_eq!(texts(&none, ".narrowed a"), ["Albania×"]);

        for beyond in ["/search?q=child&page=99", "/challenges?page=99"] {
            let beyond = page(beyond).await;
            assert_eq!(texts(&beyond, ".pages [aria-current]"), [""; 0]);
            assert_eq!(beyond.attributes(".pages a", "href").len(), 1);
        }
    });
}

#[test]
fn lists_stand_in_the_order_of_the_readers_alphabet_and_made_up_things_last() {
    story(async {
        let made_up = |page: &Page, list: &str| -> Vec<bool> {
            texts(page, list).iter().map(|said| said.contains("Invented")).collect()
        };
        let people = page("/people").await;
        let invented = made_up(&people, ".people__item");
        assert!(invented.is_sorted() && invented.contains(&true) && invented.contains(&false), "{invented:?}");

        let challenges = texts(&page("/challenges").await, ".ledger__title");
        let at = |title: &str| {
            let at = challenges.iter().position(|other| other.starts_with(title));
            at.unwrap_or_else(|| panic!("{title} is not among {challenges:?}"))
        };
        assert!(at("Addressing labour") < at("Communication") && at("Communication") < at("Funding"));

        let glossary = page("/glossary?lang=sq").await;
        let letters = texts(&glossary, ".letters a");
        assert!(letters.len() > 10 && letters[0] == "A", "{letters:?}");
        let ids = glossary.ids();
        for to in glossary.attributes(".letters a", "href") {
            assert!(ids.iter().any(|id| to == format!("#{id}")), "{to}");
        }
    });
}

#[test]
fn a_link_to_no_text_of_the_folder_leaves_its_words() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let text = "+++\ntitle = \"Links\"\n+++\n\n[a](../challenges/nope.md) [b](../../../etc/passwd) [c](x.pdf) \
                    [d](#here) [e](https://example.org/) [f](/glossary)\n\n## Here {#here}\n";
        visited.import(&[fixture::small(root.path(), "links", &[("materials/links.md", text)])]).await;
        let page = Page::of(&visited.get("/seminars/links/materials/links").await);
        let to = page.attributes(".prose p a", "href");
        assert_eq!(to, ["#here", "https://example.org/", "/glossary"]);
        assert_eq!(page.text(".prose p"), "a b c d e f");
    });
}
