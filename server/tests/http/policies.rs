//! What every answer tells the browser not to do, and what is not taken from pages of others.

use crate::{
    crawl::crawled,
    files::attachments,
    harness::{Answer, HERE, Visited, story},
    html::Page,
};
use axum::http::Method;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// The values of a directive of the policy; none where it is not there.
fn directive<'a>(policy: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let mut directives = policy.split(';').map(|directive| directive.split_whitespace().collect::<Vec<_>>());
    directives.find(|words| words.first() == Some(&name)).map(|words| words[1..].to_vec())
}

fn assert_strict(what: &str, answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    for feature in ["camera", "microphone", "geolocation", "payment", "usb"] {
        assert!(answer.header("permissions-policy").contains(&format!("{feature}=()")), "{what}: {feature}");
    }
    assert!(!answer.header("cache-control").is_empty(), "{what}: nothing about keeping it");
    assert!(!answer.header("x-request-id").is_empty(), "{what}: no number");
    let policy = answer.header("content-security-policy");
    assert_eq!(answer.headers.get_all("content-security-policy").iter().count(), 1, "{what}: {policy}");
    assert_eq!(directive(policy, "default-src"), Some(vec!["'none'"]), "{what}: {policy}");
    assert_eq!(directive(policy, "frame-ancestors"), Some(vec!["'none'"]), "{what}: {policy}");
    let others: Vec<_> = answer.headers.keys().filter(|name| name.as_str().starts_with("access-control-")).collect();
    assert!(others.is_empty(), "{what}: other sites may read it: {others:?}");
    for (name, value) in
        [("base-uri", "'none'"), ("object-src", "'none'"), ("form-action", "'self'"), ("style-src", "'self'")]
    {
        // A page that is sent as a file has its own style, and no form of it goes anywhere.
        let sandboxed = policy.starts_with("sandbox") && matches!(name, "form-action" | "style-src");
        assert!(sandboxed || directive(policy, name) == Some(vec![value]), "{what}: {name} in {policy}");
    }
    for loose in ["'unsafe-eval'", "*", "http:", "https:", "data:", "nonce-"] {
        assert!(!policy.contains(loose), "{what}: {policy}");
    }
}

#[test]
fn every_kind_of_answer_is_strict() {
    story(async {
        let visited = Visited::shared().await;
        let (_, file) = &attachments(visited).await[0];
        let tag = visited.get("/").await.header("etag").to_owned();
        let style = Page::of(&visited.get("/").await).attributes("link[rel=stylesheet]", "href").remove(0);
        let long = format!("/{}", "a".repeat(9000));
        let get = async |address: &str, headers: &[(&str, &str)]| visited.get_with(address, headers).await;
        let send = async |method: Method, address: &str| {
            visited.send(method, address, &[("sec-fetch-site", "same-origin")], "").await
        };
        let answers = [
            (200, get("/", &[]).await),
            (304, get("/", &[("if-none-match", &*tag)]).await),
            (404, get("/no-such", &[]).await),
            (404, get("/seminars/no-such/programme.ics", &[]).await),
            (400, get("/%00", &[]).await),
            (414, get(&long, &[]).await),
            (405, send(Method::PUT, "/").await),
            (405, send(Method::DELETE, "/api/v1/seminars").await),
            (405, send(Method::from_bytes(b"PROPFIND").expect("a method"), "/healthz").await),
            (403, visited.send(Method::POST, "/language", &[FORM], "language=sq").await),
            (303, visited.post("/language", "language=sq").await),
            (413, visited.post("/language", &"a".repeat(70_000)).await),
            (415, visited.send(Method::POST, "/language", &[("sec-fetch-site", "same-origin")], "hello").await),
            (200, get("/healthz", &[]).await),
            (200, get("/readyz", &[]).await),
            (200, get("/robots.txt", &[]).await),
            (200, get("/sitemap.xml", &[]).await),
            (200, get("/feed.xml", &[]).await),
            (200, get("/seminars/example/programme.ics", &[]).await),
            (200, get("/api/v1/openapi.json", &[]).await),
            (200, get("/api/v1/seminars", &[]).await),
            (404, get("/api/v1/seminars/no-such", &[]).await),
            (404, get("/api/v1/no-such", &[]).await),
            (200, get(&style, &[]).await),
            (404, get("/assets/no-such.css", &[]).await),
            (200, visited.send(Method::HEAD, "/", &[], "").await),
        ];
        for (number, (status, answer)) in answers.iter().enumerate() {
            let what = format!("answer {number} ({status})");
            assert_eq!(answer.status.as_u16(), *status, "{what}: {:?}", String::from_utf8_lossy(&answer.body));
            assert_strict(&what, answer);
            // A page has one script, and nothing else has any.
            let is_home = [0, 1, answers.len() - 1].contains(&number);
            let own = (is_home || answer.is_page()).then(|| vec!["'self'"]);
            assert_eq!(directive(answer.header("content-security-policy"), "script-src"), own, "{what}");
            assert_eq!(answer.header("strict-transport-security"), "", "{what}");
        }
        for (status, headers) in [
            (200, &[][..]),
            (206, &[("range", "bytes=0-9")]),
            (416, &[("range", "bytes=9999999-")]),
            (304, &[("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT")]),
        ] {
            let answer = get(file, headers).await;
            assert_eq!(answer.status.as_u16(), status, "{file} with {headers:?}");
            assert_strict(&format!("{file} ({status})"), &answer);
        }
    });
}

#[test]
fn a_page_runs_no_script_but_its_own() {
    story(async {
        for (address, answer) in crawled().await.pages() {
            assert_strict(address, answer);
            let policy = answer.header("content-security-policy");
            let page = Page::of(answer);
            if page.all("leptos-island").is_empty() {
                assert_eq!(directive(policy, "script-src"), Some(vec!["'self'"]), "{address}");
                let scripts = page.attributes("script[src]", "src");
                let [script] = &scripts[..] else { panic!("{address}: {scripts:?}") };
                assert!(script.starts_with("/assets/leave."), "{address}: {script}");
            } else {
                assert_eq!(address.split('?').next(), Some("/search"), "an island on {address}");
                assert_eq!(directive(policy, "script-src"), Some(vec!["'self'", "'wasm-unsafe-eval'"]), "{address}");
                assert_eq!(directive(policy, "connect-src"), Some(vec!["'self'"]), "{address}");
                assert_eq!(page.attributes("script[src^='/assets/islands.']", "type"), ["module"], "{address}");
            }
        }
        let visited = Visited::shared().await;
        for address in ["/search", "/search?q=child", "/search?q=no-such-word", "/search?kind=session&page=2"] {
            let (whole, head) = (visited.get(address).await, visited.send(Method::HEAD, address, &[], "").await);
            assert!(directive(whole.header("content-security-policy"), "script-src").is_some(), "{address}");
            assert_eq!(whole.header("content-security-policy"), head.header("content-security-policy"), "{address}");
        }
    });
}

#[test]
fn no_page_holds_what_runs_or_styles_by_itself() {
    story(async {
        for (address, answer) in crawled().await.pages() {
            let dangers = Page::of(answer).dangers();
            assert!(dangers.is_empty(), "{address}: {dangers:?}");
        }
        let visited = Visited::shared().await;
        for address in [
            "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
            "/search?q=%22%20onfocus=alert(1)%20autofocus=%22",
            "/search?kind=%3Cimg%20src=x%20onerror=alert(1)%3E",
            "/%3Cscript%3Ealert(1)%3C/script%3E",
            "/seminars/%22%3E%3Cscript%3E",
            "/?lang=%22%3E%3Cscript%3E",
            "/seminars?text='%3E%3Csvg/onload=alert(1)%3E",
        ] {
            let answer = visited.get(address).await;
            let dangers = Page::of(&answer).dangers();
            assert!(dangers.is_empty() && !answer.text().contains("<script>alert"), "{address}: {dangers:?}");
        }
    });
}

#[test]
fn only_a_site_with_https_asks_browsers_to_stay_with_it() {
    story(async {
        let secure = Visited::called("https://plenary.example").await;
        for address in ["/", "/no-such", "/api/v1/seminars", "/healthz", "/%00"] {
            assert!(
                secure.get(address).await.header("strict-transport-security").starts_with("max-age=31536000"),
                "{address}"
            );
        }
        let page = secure.get("/seminars").await;
        assert_eq!(Page::of(&page).canonical().as_deref(), Some("https://plenary.example/seminars"));
        // What it shows is of its own address, whatever a proxy or a client says.
        let odd = secure
            .get_with(
                "/seminars",
                &[
                    ("host", "evil.example"),
                    ("x-forwarded-host", "evil.example"),
                    ("x-forwarded-proto", "http"),
                    ("forwarded", "host=evil.example"),
                ],
            )
            .await;
        assert_eq!(odd.body, page.body);
    });
}

#[test]
fn what_another_site_made_a_browser_send_is_refused() {
    story(async {
        let visited = Visited::shared().await;
        let forged: &[&[(&str, &str)]] = &[
            &[],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "")],
            &[("sec-fetch-site", "Same-Origin")],
            &[("sec-fetch-site", "cross-site"), ("origin", HERE)],
            &[("sec-fetch-site", "same-site"), ("origin", HERE)],
            &[("origin", "null")],
            &[("origin", "http://evil.example")],
            &[("origin", "https://plenary.example")],
            &[("origin", "http://plenary.example:8080")],
            &[("origin", "http://plenary.example.evil.example")],
            &[("origin", "http://sub.plenary.example")],
            &[("origin", "http://plenary.example/")],
            &[("origin", "")],
            &[("referer", "http://plenary.example/")],
            &[("cookie", "language=mk")],
        ];
        let delete = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
        for headers in forged {
            let mut headers = headers.to_vec();
            headers.push(FORM);
            for method in &delete {
                for address in ["/language", "/", "/api/v1/seminars", "/no-such"] {
                    let answer = visited.send(method.clone(), address, &headers, "language=sq&next=/").await;
                    assert_eq!(answer.status, 403, "{method} {address} with {headers:?}");
                    assert_eq!(answer.header("set-cookie"), "");
                }
            }
        }
        for own in [
            &[("sec-fetch-site", "same-origin")][..],
            &[("origin", HERE)],
            &[("sec-fetch-site", "same-origin"), ("origin", "null")],
        ] {
            let mut headers = own.to_vec();
            headers.push(FORM);
            let answer = visited.send(Method::POST, "/language", &headers, "language=sq&next=/").await;
            assert_eq!(answer.status, 303, "{own:?}");
        }
    });
}
