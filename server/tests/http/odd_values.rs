//! Addresses with values that nobody meant: a page shows what it can, a program is told what is wrong, nothing breaks.

use crate::{
    crawl::crawled,
    harness::{Visited, story},
    html::Page,
    openapi::described,
};
use axum::http::Method;

/// Every parameter that a page or the API knows, and one that none knows.
const NAMES: [&str; 13] =
    ["q", "page", "kind", "country", "theme", "language", "seminar", "text", "lang", "part", "after", "most", "x"];
/// Of no type that any of them has.
const VALUES: [&str; 14] = [
    "",
    "abc",
    "-1",
    "0",
    "99999999999999999999999999",
    "1e9",
    "1.5",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%F0%9F%92%A9",
    "%3Cscript%3E",
    "..%2f..%2fetc",
    "true&PARAMETER=2",
];

/// An address with content for each page, and for each path of the API.
async fn addresses() -> Vec<(String, bool)> {
    let crawled = crawled().await;
    let pages = app::render::routes().into_iter().filter_map(|route| Some((crawled.example(&route)?.to_owned(), true)));
    // What nobody reaches who is not signed in answers like what is not there, except this one.
    let pages = pages.chain([("/join/ACDEFHJK".to_owned(), true)]);
    let api = described(Visited::shared().await).await.into_iter().map(|(path, _)| {
        let fill = [
            ("{seminar}/sessions/{session}", "tirana-2016/sessions/nrm-compared"),
            ("{seminar}/materials/{material}", "tirana-2016/materials/summary"),
            ("{seminar}", "tirana-2016"),
            ("{recommendation}", "tir-1"),
            ("{practice}", "interpreter-on-call"),
            ("{challenge}", "staff-turnover"),
            ("{person}", "swati-pande"),
            ("{organisation}", "arsis"),
            ("{term}", "national-referral-mechanism"),
        ];
        let path = fill.iter().fold(path, |path, (form, value)| path.replace(form, value));
        assert!(!path.contains('{'), "teach this story about {path}");
        (path, false)
    });
    let machines =
        ["/feed.xml", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz", "/seminars/example/programme.ics"];
    pages.chain(api).chain(machines.map(|path| (path.to_owned(), false))).collect()
}

#[test]
fn a_value_of_the_wrong_type_is_as_if_it_were_not_there() {
    story(async {
        let visited = Visited::shared().await;
        let mut refused = Vec::new();
        for (address, page) in addresses().await {
            let address = address.split('?').next().unwrap_or_default();
            for name in NAMES {
                // All of them where it matters; elsewhere one of each sort, for time.
                let values = if matches!(name, "page" | "most" | "after" | "text" | "lang" | "part") {
                    &VALUES[..]
                } else {
                    &VALUES[7..10]
                };
                for value in values {
                    let address = format!("{address}?{name}={}", value.replace("PARAMETER", name));
                    let answer = visited.get(&address).await;
                    if answer.status != 200 {
                        refused.push(format!(
                            "{address}: {} {:?}",
                            answer.status,
                            String::from_utf8_lossy(&answer.body)
                        ));
                    } else if page {
                        assert!(answer.is_page() && answer.text().ends_with("</html>"), "{address}");
                    }
                }
            }
        }
        assert_eq!(visited.get("/healthz").await.status, 200);
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    });
}

#[test]
fn a_page_that_is_past_the_end_or_before_the_beginning_is_a_page() {
    story(async {
        let visited = Visited::shared().await;
        for list in [
            "/practices",
            "/challenges",
            "/recommendations",
            "/people",
            "/seminars",
            "/search?q=child",
            "/search?kind=term",
        ] {
            let mark = if list.contains('?') { '&' } else { '?' };
            let first = visited.get(list).await;
            for page in ["0", "-1", "abc", "", "1"] {
                let answer = visited.get(&format!("{list}{mark}page={page}")).await;
                assert_eq!(Page::of(&answer).text("main"), Page::of(&first).text("main"), "{list} page {page}");
            }
            for page in ["1000", "10000", "999999999999999999999999999999"] {
                let answer = visited.get(&format!("{list}{mark}page={page}")).await;
                assert_eq!((answer.status.as_u16(), Page::of(&answer).all("h1").len()), (200, 1), "{list} page {page}");
            }
        }
    });
}

#[test]
fn a_part_of_an_address_that_names_nothing_is_not_there() {
    story(async {
        let visited = Visited::shared().await;
        let odd = [
            "%20",
            "a%20b",
            "..",
            "%2e%2e",
            "..%2f..%2fetc%2fpasswd",
            "%252e%252e",
            "%5c..%5c",
            "'%20OR%201=1%20--",
            "%3Cscript%3E",
            "%F0%9F%92%A9",
            "%e2%80%ae",
            "-",
            "TIRANA",
            "null",
            "0",
            "{seminar}",
            "*",
            ":session",
            &"a".repeat(81),
            &"a".repeat(7000),
            &"%C3%AB".repeat(1000),
            "a;b",
            "a,b",
            "%7e",
            "%2f",
        ];
        let mut routes: Vec<String> = app::render::routes();
        routes.extend(described(visited).await.into_iter().map(|(path, _)| path));
        routes
            .extend(["/seminars/{seminar}/programme.ics", "/assets/{name}", "/files/{key}/{name}"].map(str::to_owned));
        let mut strays = Vec::new();
        for route in routes.iter().filter(|route| route.contains('{')) {
            for value in odd {
                let parts = route.split('/').map(|part| if part.starts_with('{') { value } else { part });
                let address = parts.collect::<Vec<_>>().join("/");
                // What no client library takes as an address cannot be sent from here; `odd_wire` sends it.
                if address.parse::<axum::http::Uri>().is_err() {
                    continue;
                }
                let answer = visited.get(&address).await;
                // Every code gets the same page, whatever it is.
                let alike = route == "/join/{code}" && answer.status == 200;
                if !alike && !matches!(answer.status.as_u16(), 404 | 414) {
                    strays.push(format!("{address}: {}", answer.status));
                }
            }
            for value in ["%00", "%ff", "%c0%ae%c0%ae", "%", "%zz", "a%0d%0ab", "%7f", "%ed%a0%80"] {
                let parts = route.split('/').map(|part| if part.starts_with('{') { value } else { part });
                let address = parts.collect::<Vec<_>>().join("/");
                if address.parse::<axum::http::Uri>().is_ok() {
                    assert_eq!(visited.get(&address).await.status, 400, "{address}");
                }
            }
        }
        assert!(strays.is_empty(), "something is there:\n{}", strays.join("\n"));
    });
}

#[test]
fn many_parameters_are_too_long_or_few_enough() {
    story(async {
        let visited = Visited::shared().await;
        let many = |one: &str, times: usize| vec![one; times].join("&");
        for path in ["/search", "/", "/practices", "/api/v1/search", "/api/v1/seminars", "/sitemap.xml"] {
            for query in [
                many("k=x", 10_000),
                many("a", 10_000),
                many("kind=session", 600),
                many("a", 4000),
                many("lang=sq", 1000),
                many("page=2", 1100),
                "&".repeat(8000),
                "=".repeat(8000),
                format!("q={}", "%2B".repeat(2700)),
                format!("q={}", "%F0%9F%91%A9".repeat(700)),
                format!("q={}", "%F0%9F%91%A9".repeat(600)),
            ] {
                let answer = visited.get(&format!("{path}?{query}")).await;
                let told = format!("{path}?{}… ({} bytes)", query.chars().take(20).collect::<String>(), query.len());
                let wanted = if query.len() + path.len() > 8192 { 414 } else { 200 };
                assert_eq!(answer.status.as_u16(), wanted, "{told}");
            }
        }
    });
}

#[test]
fn whatever_is_looked_for_is_answered() {
    story(async {
        let visited = Visited::shared().await;
        let many = |text: &str, times: usize| text.repeat(times);
        let queries = [
            many("*", 500),
            many("%22", 501),
            many("(", 1000),
            "AND+OR+NOT+%2B-%2B-+%5E%5E+~~+field%3A%3A+%5Ba+TO+b%7D+%7B".to_owned(),
            "/(a%2B)%2B$/".to_owned(),
            "%E2%80%AEabc%E2%80%8B%EF%BB%BF".to_owned(),
            many("%F0%9F%91%A9%E2%80%8D", 100),
            format!("a{}", many("%CC%81", 900)),
            (0..1000).map(|n| format!("w{n}")).collect::<Vec<_>>().join("+"),
            "%20%20%20".to_owned(),
            "+".to_owned(),
            "a".to_owned(),
            "%D1%88".to_owned(),
            many("a", 7000),
            many("ab+", 2000),
            "'%3B+DROP+TABLE+thing%3B--".to_owned(),
            "NEAR/3".to_owned(),
            "title:child~2".to_owned(),
            "child%5E9999".to_owned(),
            "%5B*+TO+*%5D".to_owned(),
        ];
        let mut faults = Vec::new();
        for query in queries {
            for path in ["/search", "/api/v1/search"] {
                let answer = visited.get(&format!("{path}?q={query}")).await;
                assert_eq!(answer.status, 200, "{path}?q={query}");
                if answer.is_page() {
                    faults.extend(Page::of(&answer).faults(path).into_iter().map(|fault| format!("{query}: {fault}")));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

#[test]
fn methods_that_an_address_does_not_know_are_told_which_it_does() {
    story(async {
        let visited = Visited::shared().await;
        let own = [("sec-fetch-site", "same-origin")];
        let long = "G".repeat(300);
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", &long] {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            for address in [
                "/",
                "/seminars",
                "/seminars/tirana-2016",
                "/search",
                "/healthz",
                "/readyz",
                "/feed.xml",
                "/sitemap.xml",
                "/robots.txt",
                "/seminars/example/programme.ics",
                "/assets/x",
                "/files/x/y",
                "/api/v1/seminars",
                "/api/v1/search",
                "/api/v1/openapi.json",
            ] {
                let answer = visited.send(method.clone(), address, &own, "").await;
                assert_eq!(answer.status, 405, "{method} {address}");
                let allowed = answer.header("allow");
                assert!(allowed.contains("GET") && allowed.contains("HEAD"), "{method} {address}: {allowed:?}");
                let kind = answer.header("content-type");
                assert_eq!(
                    kind,
                    if address.starts_with("/api/") { "application/problem+json" } else { "text/html; charset=utf-8" }
                );
            }
        }
        let get = visited.get("/language").await;
        assert_eq!((get.status.as_u16(), get.header("allow")), (405, "POST"));
    });
}

#[test]
fn forms_that_cannot_be_read_are_refused_with_a_page() {
    story(async {
        let visited = Visited::shared().await;
        let form = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        let json = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        let mut bare = Vec::new();
        for (headers, body, statuses) in [
            (&form[..], "a=%zz&b=%00&%ff=%fe&c[]=1".to_owned(), &[303][..]),
            (&form, "language=%ff&next=%ff".to_owned(), &[303, 422]),
            (&form, "language=sq&language=mk".to_owned(), &[422, 400, 303]),
            (&form, vec!["a=b"; 10_000].join("&"), &[303]),
            (&form, "a".repeat(70_000), &[413]),
            (&json, "{\"language\":\"sq\"}".to_owned(), &[415]),
            (&json, "[".repeat(60_000), &[415]),
            (&form[..1], "language=sq".to_owned(), &[415]),
            (&form, String::new(), &[303]),
        ] {
            let answer = visited.send(Method::POST, "/language", headers, &body).await;
            let told: String = body.chars().take(30).collect();
            assert!(statuses.contains(&answer.status.as_u16()), "{told}: {}", answer.status);
            let whole = answer.is_page() && Page::of(&answer).all("h1").len() == 1;
            if answer.status.is_client_error() && !whole {
                let (kind, body) = (answer.header("content-type"), String::from_utf8_lossy(&answer.body));
                bare.push(format!("{} for {told:?}: {kind:?} {body:?}", answer.status));
            }
        }
        assert!(bare.is_empty(), "answered without a page:\n{}", bare.join("\n"));
    });
}
