//! Whoever walks through the site meets whole pages, and no link that leads nowhere.

use crate::{
    crawl::{crawled, crawled_inside, fits, mapped},
    fixture,
    harness::{Answer, CONTACT, HERE, Visited, story, until},
    html::Page,
};
use axum::http::Method;
use std::collections::BTreeSet;

#[test]
fn every_page_that_can_be_reached_is_whole() {
    story(async {
        let crawled = crawled().await;
        let mut faults = Vec::new();
        for (address, answer) in crawled.answers.iter().chain(&crawled_inside().await.answers) {
            let moved = answer.status.is_redirection();
            let from =
                || crawled.links.iter().find(|(_, to)| to.split('#').next() == Some(address)).map(|(from, _)| from);
            if answer.status != 200 && !moved {
                faults.push(format!("{address}: {} (a link on {:?})", answer.status, from()));
            } else if answer.is_page() && !moved {
                faults.extend(Page::of(answer).faults(address).into_iter().map(|fault| format!("{address}: {fault}")));
            }
        }
        assert!(crawled.pages().count() > 100, "only {} pages were found", crawled.pages().count());
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    });
}

#[test]
fn every_form_of_address_has_a_page_that_shows_it() {
    story(async {
        let (crawled, inside) = (crawled().await, crawled_inside().await);
        let routes = app::render::routes();
        assert!(routes.len() > 20, "{routes:?}");
        let bare = |route: &&String| crawled.example(route).is_none() && inside.example(route).is_none();
        let bare: Vec<_> = routes.iter().filter(bare).collect();
        assert!(bare.is_empty(), "no page was reached for {bare:?}");
        let strays: Vec<_> =
            crawled.pages().map(|(at, _)| at).filter(|at| !routes.iter().any(|route| fits(route, at))).collect();
        assert!(strays.is_empty(), "of no known form: {strays:?}");
    });
}

#[test]
fn every_place_within_a_page_that_a_link_names_is_there() {
    story(async {
        let crawled = crawled().await;
        let mut missing = BTreeSet::new();
        for (from, to) in &crawled.links {
            let Some((address, place)) = to.split_once('#') else { continue };
            let there = crawled
                .answers
                .get(address)
                .is_some_and(|answer| answer.is_page() && Page::of(answer).ids().iter().any(|id| id == place));
            if !there {
                missing.insert(format!("{from} leads to {to}"));
            }
        }
        assert!(missing.is_empty(), "{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
    });
}

#[test]
fn nothing_leads_to_what_is_not_built_yet() {
    story(async {
        let crawled = crawled().await;
        let later = ["/sign-out", "/invitations", "/account", "/admin", "/reviews"];
        for (from, to) in &crawled.links {
            let path = to.split(['?', '#']).next().unwrap_or_default();
            let ends = path.ends_with("/report") || path.ends_with("/edit") || path.ends_with("/new");
            assert!(!ends && !later.iter().any(|later| path.starts_with(later)), "{from} leads to {to}");
        }
        let forms: BTreeSet<String> = crawled
            .pages()
            .flat_map(|(_, answer)| {
                Page::of(answer)
                    .all("form")
                    .into_iter()
                    .map(|form| {
                        format!("{} {}", form.attr("method").unwrap_or("get"), form.attr("action").unwrap_or_default())
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(
            forms,
            BTreeSet::from(
                ["get /search", "post /join", "post /language", "post /leave", "post /sign-in"].map(str::to_owned)
            )
        );
    });
}

#[test]
fn every_file_that_a_page_needs_is_there() {
    story(async {
        let needs: BTreeSet<String> =
            crawled().await.pages().flat_map(|(_, answer)| Page::of(answer).needs()).collect();
        assert!(needs.len() >= 4, "{needs:?}");
        for file in needs {
            assert!(file.starts_with("/assets/"), "{file}");
            assert_eq!(Visited::shared().await.get(&file).await.status, 200, "{file}");
        }
    });
}

#[test]
fn the_site_map_names_every_page_that_can_be_reached_and_no_other() {
    story(async {
        let crawled = crawled().await;
        let places: BTreeSet<String> = mapped(Visited::shared().await).await.into_iter().collect();
        for place in &places {
            let answer = &crawled.answers[place];
            assert_eq!(answer.status, 200, "{place}");
            assert_eq!(Page::of(answer).canonical().as_deref(), Some(&*format!("{HERE}{place}")));
        }
        for (address, answer) in crawled.pages().filter(|(address, _)| !address.contains('?') && *address != "/search")
        {
            assert!(places.contains(address) || Page::of(answer).is_unlisted(), "{address} is not in the site map");
        }
        fn path(address: &str) -> &str {
            address.split(['?', '#']).next().unwrap_or_default()
        }
        let linked: BTreeSet<&str> = crawled
            .links
            .iter()
            .map(|(from, to)| (from, path(to)))
            .filter(|(from, to)| path(from) != *to)
            .map(|(_, to)| to)
            .collect();
        let alone: Vec<&String> = places.iter().filter(|place| !linked.contains(place.as_str())).collect();
        assert!(alone.is_empty(), "no link leads to {alone:?}");
    });
}

#[test]
fn what_is_not_there_has_a_page_that_helps() {
    story(async {
        let visited = Visited::shared().await;
        for address in [
            "/no-such-page",
            "/seminars/no-such",
            "/glossary/no-such",
            "/seminars/tirana-2016/sessions/no-such",
            "/assets/no-such.css",
            "/files/no/such",
            "/seminars/no-such/programme.ics",
        ] {
            let answer = visited.get(address).await;
            assert_eq!(answer.status, 404, "{address}");
            let page = Page::of(&answer);
            assert_eq!(page.all("h1").len(), 1, "{address}");
            assert!(page.is_unlisted() && page.canonical().is_none(), "{address}");
            assert_eq!(page.all("form[action='/search'] input[name=q]").len(), 1, "{address}");
            assert!(page.dangers().is_empty(), "{address}: {:?}", page.dangers());
            // In every language there is: one may have followed a link from anywhere.
            assert!(page.all("main li[lang]").len() >= 5, "{address}");
        }
    });
}

#[test]
fn a_page_has_one_address_only() {
    story(async {
        let visited = Visited::shared().await;
        let mut second = Vec::new();
        for address in [
            "/seminars/",
            "//seminars",
            "/seminars//tirana-2016",
            "/seminars/tirana-2016/",
            "/Seminars",
            "/seminars/Tirana-2016",
            "/%73eminars",
            "/seminars/%74irana-2016",
            "/search/",
            "/glossary/",
        ] {
            let answer = visited.get(address).await;
            let told = answer.status == 200
                && Page::of(&answer).canonical().is_some_and(|canonical| canonical != format!("{HERE}{address}"));
            if answer.status != 404 && answer.status != 308 && !told {
                second.push(address);
            }
        }
        assert!(second.is_empty(), "answered 200, and named as the place to find it: {second:?}");
    });
}

#[test]
fn an_old_name_leads_to_the_new_one() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let seminar = |slug: &str, formerly: &str| {
            let practice = format!("+++\ntitle = \"A practice that moves\"\n{formerly}+++\n\nIt moves.\n");
            fixture::small(root.path(), "moving-2026", &[(&format!("practices/{slug}.md"), &practice)])
        };
        visited.import(&[seminar("here-first", "")]).await;
        assert_eq!(visited.get("/practices/here-first").await.status, 200);
        visited.import(&[seminar("there-then", "formerly = \"here-first\"\n")]).await;
        until("the page has moved", async || visited.get("/practices/here-first").await.status == 308).await;
        assert_eq!(visited.get("/practices/here-first").await.header("location"), "/practices/there-then");
        assert_eq!(visited.get("/practices/here-first?text=sq&x=1").await.status, 308);
        assert_eq!(visited.get("/practices/there-then").await.status, 200);
        // What has another kind, or is hidden, is found by no former name.
        assert_eq!(visited.get("/challenges/here-first").await.status, 404);
        assert_eq!(visited.get(&format!("/practices/{}", fixture::FORMER)).await.status, 404);
    });
}

#[test]
fn a_former_name_in_a_new_store_redirects_too() {
    story(async {
        let visited = Visited::shared().await;
        let answer = visited.get("/challenges/interpretation-at-first-contact").await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (308, "/challenges/no-interpreter-at-first-contact")
        );
    });
}

#[test]
fn asking_for_the_head_alone_gives_the_head_of_the_whole() {
    story(async {
        let visited = Visited::shared().await;
        let others = [
            "/feed.xml",
            "/sitemap.xml",
            "/robots.txt",
            "/healthz",
            "/readyz",
            "/no-such",
            "/search?q=child",
            "/api/v1/seminars",
            "/api/v1/seminars/no-such",
            "/seminars/example/programme.ics",
        ];
        let routes = app::render::routes();
        let crawled = crawled().await;
        let pages = routes.iter().filter_map(|route| crawled.example(route));
        for address in pages.chain(others) {
            let (whole, head) = (visited.get(address).await, visited.send(Method::HEAD, address, &[], "").await);
            assert_eq!(whole.status, head.status, "{address}");
            assert!(head.body.is_empty() && !whole.body.is_empty(), "{address}");
            let headers = |answer: &Answer| {
                let mut headers = answer.headers.clone();
                headers.remove("x-request-id");
                if let Some(length) = headers.remove("content-length") {
                    assert_eq!(length.to_str().ok(), Some(&*whole.body.len().to_string()), "{address}");
                }
                headers
            };
            assert_eq!(headers(&whole), headers(&head), "{address}");
        }
    });
}

#[test]
fn a_site_with_nothing_in_it_is_a_site() {
    story(async {
        let visited = Visited::empty().await;
        for route in app::render::routes() {
            let wanted = match route.as_str() {
                // Every code gets the same page; who is nobody signs in first.
                "/join/{code}" => 200,
                "/account" | "/account/address" | "/account/password" | "/account/data" => 303,
                route if route.contains('{') || route.starts_with("/admin") || route.ends_with("/new") => 404,
                _ => 200,
            };
            let answer = visited.get(&route.replace(['{', '}'], "")).await;
            assert_eq!(answer.status, wanted, "{route}");
            if wanted == 303 {
                continue;
            }
            assert_eq!(Page::of(&answer).all("h1").len(), 1, "{route}");
        }
        for address in ["/feed.xml", "/sitemap.xml", "/readyz", "/api/v1/seminars", "/api/v1/search?q=child"] {
            assert_eq!(visited.get(address).await.status, 200, "{address}");
        }
    });
}

#[test]
fn a_page_has_one_address() {
    story(async {
        let visited = Visited::shared().await;
        for (address, own) in [
            ("/people", Some("/people")),
            ("/people?page=1&lang=sq", Some("/people")),
            ("/people?page=second", Some("/people")),
            ("/people?page=", Some("/people")),
            ("/search", Some("/search")),
            ("/search?q=children", Some("/search")),
            ("/search?q=children&page=1", Some("/search")),
            ("/search?q=children&page=2", None),
            ("/search?q=children&kind=session", None),
            ("/challenges/staff-turnover?text=sq", Some("/challenges/staff-turnover")),
        ] {
            let page = Page::of(&visited.get(address).await);
            assert_eq!(page.canonical(), own.map(|own| format!("{HERE}{own}")), "{address}");
            assert_eq!(page.is_unlisted(), own.is_none(), "{address}");
        }
    });
}

#[test]
fn privacy_says_who_answers_for_it_and_how_long_what_is_kept() {
    story(async {
        let visited = Visited::shared().await;
        for language in ["en", "sr-Cyrl", "ro"] {
            let answer =
                visited.send(Method::GET, "/privacy", &[("cookie", &format!("language={language}"))], "").await;
            let page = Page::of(&answer);
            assert_eq!((answer.status.as_u16(), page.lang().as_str()), (200, language));
            let text = page.text("main");
            assert!(text.contains(CONTACT) && !answer.text().contains("<Privacy>"), "{language}");
            let days = |number: &str| text.split_whitespace().position(|word| word == number);
            let order = ["30", "180", "365", "14", "24"].map(days);
            assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{language}: {order:?}");
        }
    });
}
