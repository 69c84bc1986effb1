//! Search finds nothing of what nobody may see, and says nothing else than where it was never written.

use crate::{
    crawl::crawled,
    fixture::{self, MARK, NEVER},
    harness::{Visited, story},
};

/// A word as long as another that stands nowhere.
fn never(word: &str) -> String {
    word.replace(MARK, NEVER)
}

#[test]
fn no_word_of_what_is_hidden_finds_anything() {
    story(async {
        let visited = Visited::shared().await;
        let words = fixture::marked();
        assert!(words.len() > 100, "{words:?}");
        for word in words.iter().map(String::as_str).chain([MARK]) {
            let asked = async |address: &str| {
                let (found, nothing) = (
                    visited.get(&address.replace("WORD", word)).await,
                    visited.get(&address.replace("WORD", &never(word))).await,
                );
                assert_eq!((found.status.as_u16(), nothing.status.as_u16()), (200, 200), "{word}");
                assert_eq!(
                    found.text().replace(word, "WORD"),
                    nothing.text().replace(&never(word), "WORD"),
                    "{word} at {address}"
                );
                found
            };
            let found = asked("/api/v1/search?q=WORD").await.json();
            assert_eq!(found["total"], 0, "{word}: {found}");
            assert!(found["hits"].as_array().is_some_and(Vec::is_empty), "{word}: {found}");
            assert!(!found["facets"].to_string().contains(MARK), "{word}: {found}");
            asked("/search?q=WORD").await;
            let offered = asked("/api/v1/suggestions?q=WORD").await.json();
            assert_eq!(offered["suggestions"], serde_json::json!([]), "{word}");
            // Its beginning, as it is typed, and one letter wrong.
            for typed in [&word[..word.len() - 2], &format!("{}q", &word[..word.len() - 1])] {
                let offered = visited.get(&format!("/api/v1/suggestions?q={typed}")).await;
                assert!(!offered.text().contains(MARK), "{typed}: {}", offered.text());
            }
        }
    });
}

#[test]
fn suggestions_are_small_and_nothing_that_is_typed_breaks_them() {
    story(async {
        let visited = Visited::shared().await;
        let offered = visited.get("/api/v1/suggestions?q=open").await;
        let list = offered.json()["suggestions"].as_array().cloned().unwrap_or_default();
        assert!((1..=6).contains(&list.len()), "{list:?}");
        assert!(offered.text().len() < 1500, "{} bytes: {}", offered.text().len(), offered.text());
        for suggestion in &list {
            let address = suggestion["address"].as_str().unwrap_or_default();
            assert_eq!(visited.get(address).await.status, 200, "{address}");
        }
        let long = "a+".repeat(2000);
        for odd in [
            "",
            "q=",
            "q",
            "q=%00",
            "q=%ff%fe",
            "q=*",
            "q=%22",
            "q=%22open",
            "q=-open",
            "q=%F0%9F%91%A9",
            "q=+",
            "q=a&q=b",
            "q=kind:session",
            "x=y",
            "q=%D7%A9%D7%9C%D7%95%D7%9D",
            &format!("q={long}"),
        ] {
            let answer = visited.get(&format!("/api/v1/suggestions?{odd}")).await;
            assert_eq!(answer.status, 200, "{odd}");
            assert!(answer.json()["suggestions"].is_array(), "{odd}");
        }
    });
}

#[test]
fn a_hidden_word_beside_others_changes_nothing() {
    story(async {
        let visited = Visited::shared().await;
        let asked = async |query: &str| visited.get(&format!("/api/v1/search?q={query}")).await.text().to_owned();
        for word in ["xqvelmsessiontitleteam", "xqvelmtheme", "xqvelmnamemembers", "xqvelmteksti", MARK] {
            for query in [
                "children+WORD",
                "WORD+children",
                "open+WORD",
                "%22WORD%22",
                "title:WORD",
                "audience:team+WORD",
                "WORD*",
                "NOT+WORD",
                "-WORD+children",
                "%28WORD%29+OR+children",
            ] {
                let (found, nothing) =
                    (asked(&query.replace("WORD", word)).await, asked(&query.replace("WORD", &never(word))).await);
                assert_eq!(found.replace(word, "WORD"), nothing.replace(&never(word), "WORD"), "{query} with {word}");
            }
        }
    });
}

#[test]
fn filters_by_what_is_hidden_find_nothing() {
    story(async {
        let visited = Visited::shared().await;
        for (name, value) in [
            ("seminar", fixture::DRAFT),
            ("seminar", fixture::TEAM),
            ("seminar", fixture::ROOM),
            ("theme", "xqvelmtheme"),
            ("country", fixture::COUNTRY),
        ] {
            for query in ["", "q=open&", "q=xqvelm&", "kind=session&"] {
                let found = visited.get(&format!("/api/v1/search?{query}{name}={value}")).await;
                assert_eq!(found.json()["total"], 0, "{query}{name}={value}");
                if name != "country" {
                    let nothing = visited.get(&format!("/api/v1/search?{query}{name}={}", never(value))).await;
                    assert_eq!(found.text().replace(value, "WORD"), nothing.text().replace(&never(value), "WORD"));
                    let page = async |value: &str| {
                        visited.get(&format!("/search?{query}{name}={value}")).await.text().replace(value, "WORD")
                    };
                    assert_eq!(page(value).await, page(&never(value)).await, "{query}{name}");
                }
            }
        }
    });
}

#[test]
fn what_is_counted_is_what_can_be_read() {
    story(async {
        let visited = Visited::shared().await;
        let crawled = crawled().await;
        for (kind, form) in [
            ("practice", "/practices/{x}"),
            ("challenge", "/challenges/{x}"),
            ("recommendation", "/recommendations/{x}"),
            ("person", "/people/{x}"),
            ("organisation", "/organisations/{x}"),
            ("term", "/glossary/{x}"),
            ("seminar", "/seminars/{x}"),
            ("session", "/seminars/{x}/sessions/{y}"),
            ("material", "/seminars/{x}/materials/{y}"),
            ("board", "/seminars/{x}/boards/{y}"),
            ("comparison", "/seminars/{x}/comparison"),
        ] {
            let plain = crawled.pages().filter(|(address, _)| !address.contains('?'));
            let pages = plain.filter(|(address, _)| crate::crawl::fits(form, address)).count();
            let found = visited.get(&format!("/api/v1/search?kind={kind}")).await.json();
            assert_eq!(found["total"], pages, "of kind {kind}");
            let listed = match kind {
                "practice" | "challenge" | "recommendation" | "seminar" => format!("/api/v1/{kind}s"),
                "person" => "/api/v1/people".to_owned(),
                "term" => "/api/v1/glossary".to_owned(),
                _ => continue,
            };
            assert_eq!(visited.get(&listed).await.json()["total"], pages, "{listed}");
        }
    });
}

#[test]
fn what_can_be_read_is_found() {
    story(async {
        let visited = Visited::shared().await;
        for (query, place) in [
            ("half+open", "/seminars/half-open-2026"),
            ("Olivia+Openhand", "/people/open-person"),
            ("cersetori", "/"),
            ("prosja%C4%8Denje", "/"),
            ("%D0%BF%D1%80%D0%BE%D1%81%D1%98%D0%B0%D1%87%D0%B5%D1%9A%D0%B5", "/"),
            ("NRM", "/"),
            ("traf", "/"),
        ] {
            let found = visited.get(&format!("/api/v1/search?q={query}")).await.json();
            let hits = found["hits"].as_array().cloned().unwrap_or_default();
            assert!(
                hits.iter().any(|hit| hit["address"].as_str().is_some_and(|at| at.starts_with(place))),
                "{query}: {found}"
            );
            for hit in hits {
                let address = hit["address"].as_str().unwrap_or_default();
                let (page, place) = address.split_once('#').unwrap_or((address, ""));
                let place = place.split(":~:").next().unwrap_or_default();
                let answer = visited.get(page).await;
                assert_eq!(answer.status, 200, "{query} leads to {address}");
                let ids = crate::html::Page::of(&answer).ids();
                assert!(
                    place.is_empty() || ids.iter().any(|id| id == place),
                    "{query} leads to {address}, which has no such place"
                );
            }
        }
    });
}
