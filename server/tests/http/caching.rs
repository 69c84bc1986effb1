//! What browsers and what lies on the way may keep, and how they find out that it holds no more.

use crate::{
    fixture,
    harness::{Answer, Visited, story, until},
    html::Page,
};
use axum::http::{StatusCode, header::ETAG};
use std::{collections::BTreeSet, fs, io::Read, path::Path};

const PAGE: &str = "/seminars/tirana-2016";
/// How a client says which encoding it takes, and how the answer says which it is.
const ENCODINGS: [(&str, &str); 3] = [("identity", ""), ("gzip", "gzip"), ("br, gzip;q=0.8", "br")];

async fn encoded(address: &str, accepted: &str) -> Answer {
    Visited::shared().await.get_with(address, &[("accept-encoding", accepted)]).await
}

fn decoded(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::Decompressor::new(&answer.body[..], 4096).read_to_end(&mut plain).expect("brotli"),
        "gzip" => flate2::read::GzDecoder::new(&answer.body[..]).read_to_end(&mut plain).expect("gzip"),
        other => {
            assert_eq!(other, "");
            plain.extend_from_slice(&answer.body);
            plain.len()
        }
    };
    plain
}

#[test]
fn each_encoding_of_a_page_has_a_strong_tag_of_its_own() {
    story(async {
        for address in [
            "/",
            PAGE,
            "/search?q=child",
            "/feed.xml",
            "/sitemap.xml",
            "/api/v1/seminars",
            "/api/v1/openapi.json",
            "/seminars/example/programme.ics",
        ] {
            let plain = encoded(address, "identity").await;
            let mut tags = BTreeSet::new();
            for (accepted, name) in ENCODINGS {
                let answer = encoded(address, accepted).await;
                assert_eq!((answer.status, answer.header("content-encoding")), (StatusCode::OK, name), "{address}");
                assert_eq!(decoded(&answer), plain.body, "{address} in {name}");
                let tag = answer.header("etag");
                assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 18, "{address}: {tag}");
                assert!(tags.insert(tag.to_owned()), "{address}: {tag} twice");
                for varies in ["Accept-Language", "Cookie", "Accept-Encoding"] {
                    assert!(answer.header("vary").contains(varies), "{address}: {}", answer.header("vary"));
                }
                assert_eq!(answer.header("cache-control"), "no-cache", "{address}");
            }
        }
    });
}

#[test]
fn whoever_has_a_page_already_is_told_so_and_nobody_else() {
    story(async {
        let visited = Visited::shared().await;
        let ask = async |accepted: &str, known: &str| {
            visited.get_with(PAGE, &[("accept-encoding", accepted), ("if-none-match", known)]).await
        };
        for (accepted, _) in ENCODINGS {
            let whole = encoded(PAGE, accepted).await;
            let tag = whole.header("etag").to_owned();
            for known in [tag.clone(), format!("\"other\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
                let answer = ask(accepted, &known).await;
                assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{known}");
                assert!(answer.body.is_empty());
                for name in ["etag", "vary", "cache-control", "content-security-policy"] {
                    assert_eq!(answer.header(name), whole.header(name), "{name}");
                }
            }
            for (other, _) in ENCODINGS.into_iter().filter(|(other, _)| *other != accepted) {
                assert_eq!(ask(other, &tag).await.status, StatusCode::OK, "{tag} in {other}");
            }
            for odd in ["", "\"", "x", &"\"".repeat(3000), &tag[..tag.len() - 1], &tag.replace('"', "")] {
                assert_eq!(ask(accepted, odd).await.status, StatusCode::OK, "{odd}");
            }
        }
    });
}

#[test]
fn what_is_refused_or_worse_is_kept_by_nobody() {
    story(async {
        let visited = Visited::shared().await;
        for address in
            ["/no-such", "/%00", "/files/no/such", "/assets/no-such.css", "/api/v1/no-such", "/api/v1/seminars/no-such"]
        {
            let answer = visited.get(address).await;
            assert_eq!(answer.header("cache-control"), "no-store", "{address}");
            assert!(answer.headers.get(ETAG).is_none(), "{address}");
        }
        let moved = visited.post("/language", "language=sq&next=/").await;
        assert_eq!(moved.header("cache-control"), "no-store");
    });
}

#[test]
fn parameters_that_no_page_knows_make_no_other_page() {
    story(async {
        let visited = Visited::shared().await;
        for address in ["/", PAGE, "/glossary", "/practices"] {
            let plain = visited.get(address).await;
            for unknown in
                ["?utm_source=x", "?x=1&y=2&z", "?fbclid=IwAR0&gclid=1", "?=&&=", "?LANG=sq", "?text%20=sq", "?q[]=1"]
            {
                let answer = visited.get(&format!("{address}{unknown}")).await;
                assert_eq!(
                    (answer.status, answer.header("etag")),
                    (StatusCode::OK, plain.header("etag")),
                    "{address}{unknown}"
                );
                assert_eq!(answer.body, plain.body, "{address}{unknown}");
            }
        }
    });
}

#[test]
fn a_page_shows_a_change_that_another_process_made() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let seminar = |title: &str| {
            let session = format!("+++\ntitle = \"{title}\"\nkind = \"plenary\"\n+++\n\nWhat is said.\n");
            fixture::small(root.path(), "changing-2026", &[("sessions/01-only.md", &session)])
        };
        let addresses = [
            "/seminars/changing-2026/sessions/only",
            "/seminars/changing-2026/programme",
            "/api/v1/seminars/changing-2026",
            "/seminars/changing-2026/sessions/only?lang=sq",
        ];
        visited.import(&[seminar("Quokkas before")]).await;
        until("the new seminar is there", async || visited.get(addresses[0]).await.status == 200).await;
        for change in 0..5 {
            let tags: Vec<String> = kept(&visited, &addresses).await;
            let title = format!("Quokkas after change {change}");
            visited.import(&[seminar(&title)]).await;
            for (address, tag) in addresses.iter().zip(&tags) {
                until("a page shows the change", async || {
                    let answer = visited.get_with(address, &[("if-none-match", tag)]).await;
                    answer.status == 200 && answer.text().contains(&title)
                })
                .await;
            }
            until("search finds the change", async || {
                let found = visited.get("/api/v1/search?q=quokkas").await;
                found.text().contains(&format!("change {change}")) || found.text().contains(&change.to_string())
            })
            .await;
        }
    });
}

/// Asks twice, so that the second is one that was kept; the tags.
async fn kept(visited: &Visited, addresses: &[&str]) -> Vec<String> {
    let mut tags = Vec::new();
    for address in addresses {
        let (first, second) = (visited.get(address).await, visited.get(address).await);
        assert_eq!(first.header("etag"), second.header("etag"));
        tags.push(second.header("etag").to_owned());
    }
    tags
}

#[test]
fn built_files_are_for_ever_and_compressed_beforehand() {
    story(async {
        let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
        let mut kinds = BTreeSet::new();
        for entry in fs::read_dir(&built).expect("target/site: run `make site`").flatten() {
            let name = entry.file_name().into_string().expect("a name in ASCII");
            if name == "manifest.json" || name.ends_with(".br") || name.ends_with(".gz") {
                assert_eq!(encoded(&format!("/assets/{name}"), "br").await.status, 404, "{name}");
                continue;
            }
            let hash = name.rsplit('.').nth(1).unwrap_or_default();
            assert!(hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name} has no hash");
            let content = fs::read(entry.path()).expect("a file");
            let compressed = built.join(format!("{name}.br")).exists();
            assert!(compressed || name.ends_with(".woff2"), "{name} is not compressed beforehand");
            let mut tags = BTreeSet::new();
            for (accepted, encoding) in ENCODINGS {
                let answer = encoded(&format!("/assets/{name}"), accepted).await;
                let encoding = if compressed { encoding } else { "" };
                assert_eq!((answer.status, answer.header("content-encoding")), (StatusCode::OK, encoding), "{name}");
                assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{name}");
                assert_eq!((answer.header("vary"), decoded(&answer) == content), ("Accept-Encoding", true), "{name}");
                tags.insert(answer.header("etag").to_owned());
                kinds.insert(answer.header("content-type").to_owned());
            }
            assert_eq!(tags.len(), if compressed { 3 } else { 1 }, "{name}: {tags:?}");
        }
        for kind in [
            "text/css; charset=utf-8",
            "text/javascript; charset=utf-8",
            "application/wasm",
            "font/woff2",
            "image/svg+xml",
        ] {
            assert!(kinds.contains(kind), "none of {kind}: {kinds:?}");
        }
    });
}

#[test]
fn choosing_a_language_is_remembered_and_leads_back() {
    story(async {
        let visited = Visited::shared().await;
        let page = Page::of(&visited.get("/practices?page=1&lang=en").await);
        let choices = page.attributes("form[action='/language'] button[name=language]", "value");
        assert_eq!(choices.len(), language::Locale::ALL.len(), "{choices:?}");
        let next = page.attributes("form[action='/language'] input[name=next]", "value").pop().expect("where one is");
        let form = format!("language=sq&next={}", next.replace('?', "%3F").replace('&', "%26").replace('=', "%3D"));
        let answer = visited.post("/language", &form).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/practices?page=1"));
        let cookie = answer.header("set-cookie").to_owned();
        for part in ["language=sq", "Path=/", "SameSite=Lax", "HttpOnly", "Max-Age="] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "over plain HTTP it would be lost: {cookie}");
        let again =
            visited.get_with("/practices?page=1", &[("cookie", cookie.split(';').next().unwrap_or_default())]).await;
        assert_eq!(Page::of(&again).lang(), "sq");
        let secure = Visited::called("https://plenary.example").await;
        let cookie = secure.post("/language", "language=sq&next=/").await.header("set-cookie").to_owned();
        assert!(cookie.starts_with("__Host-language=sq; Path=/;") && cookie.contains("; Secure"), "{cookie}");
        assert_eq!(Page::of(&secure.get_with("/", &[("cookie", "__Host-language=sq")]).await).lang(), "sq");
        let others = Page::of(&secure.get_with("/", &[("cookie", "language=sq")]).await).lang();
        assert_eq!(others, "en", "what another site of the domain may have set is not looked at");
        for odd in [
            "language=xx&next=/practices",
            "language=&next=/practices",
            "next=/practices",
            "language=sq%0d%0aX: y&next=/practices",
        ] {
            let answer = visited.post("/language", odd).await;
            assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (303, ""), "{odd}");
        }
    });
}

#[test]
fn choosing_a_language_leads_nowhere_else() {
    story(async {
        let visited = Visited::shared().await;
        for next in [
            "https://evil.example/",
            "//evil.example",
            "/%5cevil.example",
            "%2f%2fevil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "evil.example",
            "",
            "%0d%0aLocation: https://evil.example",
            "/a%0d%0aSet-Cookie: x=y",
            "/%09/evil.example",
            "/%2f/evil.example",
            "%20//evil.example",
            "///evil.example",
            "@evil.example",
            "/%00/evil.example",
        ] {
            let answer = visited.post("/language", &format!("language=sq&next={next}")).await;
            let to = answer.header("location");
            let leads_away = !to.starts_with('/') || to[1..].starts_with(['/', '\\', '\t']);
            assert!(answer.status == 303 && !leads_away, "{next}: {} to {to:?}", answer.status);
        }
    });
}
