//! Attachments: the right bytes, under the right name, and nothing that could run.

use crate::{
    crawl::crawled,
    fixture,
    harness::{Answer, Visited, bundled, story, until},
    html::Page,
};
use axum::http::Method;
use std::fs;

/// The attachments that pages lead to: the page, and the address of the file.
pub(crate) async fn attachments(_: &Visited) -> Vec<(String, String)> {
    let links = crawled().await.links.iter().filter(|(_, to)| to.starts_with("/files/")).cloned();
    let links: Vec<_> = links.collect();
    assert!(links.len() >= 3, "{links:?}");
    links
}

async fn tirana() -> String {
    let files = attachments(Visited::shared().await).await;
    files
        .into_iter()
        .map(|(_, to)| to)
        .find(|to| to.ends_with("/summary-of-the-seminar.txt"))
        .expect("the seminar's attachment")
}

#[test]
fn the_bytes_are_those_of_the_folder() {
    story(async {
        let visited = Visited::shared().await;
        for (page, address) in attachments(visited).await {
            let name = address.rsplit('/').next().unwrap_or_default();
            let wanted =
                ["tirana-2016", "example"].map(|seminar| bundled("seminars").join(seminar).join("files").join(name));
            let wanted = wanted
                .iter()
                .find_map(|path| fs::read(path).ok())
                .unwrap_or_else(|| panic!("{page} leads to {address}"));
            let answer = visited.get(&address).await;
            assert_eq!((answer.status.as_u16(), answer.body.as_ref()), (200, wanted.as_slice()), "{address}");
            let (kind, shown) = match name.rsplit_once('.').map(|(_, end)| end) {
                Some("txt") => ("text/plain; charset=utf-8", "inline"),
                Some("csv") => ("text/csv; charset=utf-8", "attachment"),
                other => panic!("teach this story about {other:?}"),
            };
            assert_eq!(answer.header("content-type"), kind, "{address}");
            assert_eq!(
                answer.header("content-disposition"),
                format!("{shown}; filename=\"{name}\"; filename*=UTF-8''{name}")
            );
            assert_harmless(&answer);
            // Where it is shown on its page, so is its name, and it is offered for keeping.
            let page = Page::of(&visited.get(&page).await);
            assert!(page.all("a[href^='/files/']").iter().all(|link| link.attr("download").is_some()));
        }
    });
}

fn assert_harmless(answer: &Answer) {
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("sandbox;") && policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("allow-") && !policy.contains("script-src"), "{policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[test]
fn a_part_can_be_asked_for() {
    story(async {
        let visited = Visited::shared().await;
        let address = tirana().await;
        let whole = visited.get(&address).await;
        let size = whole.body.len();
        for (range, from, to) in [
            ("bytes=0-9", 0, 10),
            ("bytes=5-5", 5, 6),
            ("bytes=-7", size - 7, size),
            ("bytes=100-", 100, size),
            ("bytes=10-99999999", 10, size),
        ] {
            let part = visited.get_with(&address, &[("range", range)]).await;
            assert_eq!((part.status.as_u16(), &part.body[..]), (206, &whole.body[from..to]), "{range}");
            assert_eq!(part.header("content-range"), format!("bytes {from}-{}/{size}", to - 1), "{range}");
            assert_eq!(part.header("content-type"), whole.header("content-type"));
            assert_harmless(&part);
        }
        let past = visited.get_with(&address, &[("range", "bytes=99999999-")]).await;
        assert_eq!((past.status.as_u16(), past.header("content-range")), (416, &*format!("bytes */{size}")));
        for odd in [
            "bytes=",
            "bytes=a-b",
            "bytes=9-1",
            "apples=0-9",
            "bytes=0-,0-,0-,0-",
            "-",
            &format!("bytes={}", "0-,".repeat(500)),
        ] {
            let answer = visited.get_with(&address, &[("range", odd)]).await;
            assert!(matches!(answer.status.as_u16(), 200 | 206 | 400 | 416), "{odd}: {}", answer.status);
        }
    });
}

#[test]
fn whoever_has_the_file_is_told_so() {
    story(async {
        let visited = Visited::shared().await;
        let address = tirana().await;
        let whole = visited.get(&address).await;
        let changed = whole.header("last-modified");
        assert!(!changed.is_empty());
        let again = visited.get_with(&address, &[("if-modified-since", changed)]).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        let head = visited.send(Method::HEAD, &address, &[], "").await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
        assert_eq!(head.header("content-length"), whole.body.len().to_string());
    });
}

#[test]
fn a_wrong_name_or_key_is_not_there() {
    story(async {
        let visited = Visited::shared().await;
        let address = tirana().await;
        let (key, name) = address.trim_start_matches("/files/").split_once('/').expect("key and name");
        for wrong in [
            format!("/files/{key}/other.txt"),
            format!("/files/{key}/"),
            format!("/files/{key}"),
            format!("/files/x{}/{name}", &key[1..]),
            format!("/files/{}/{name}", key.to_uppercase() + "x"),
            format!("/files/{key}/..%2f{name}"),
            format!("/files/..%2f..%2fplenary.sqlite3/{name}"),
            format!("/files/{key}/{name}%20"),
            format!("/files/{key}/{name}/more"),
            "/files".to_owned(),
            "/files/".to_owned(),
        ] {
            assert_eq!(visited.get(&wrong).await.status, 404, "{wrong}");
        }
        assert_eq!(visited.post(&address, "").await.status, 405);
    });
}

#[test]
fn a_file_can_have_any_name_that_people_give() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let names = [
            "with spaces.txt",
            "përmbledhje.txt",
            "резиме 2.txt",
            "50% of it.txt",
            "number #1.txt",
            "what?.txt",
            "a+b & c.txt",
            "quote\\\".txt",
        ];
        let files: Vec<(String, String)> = names
            .iter()
            .enumerate()
            .flat_map(|(number, name)| {
                let material = format!("+++\ntitle = \"File {number}\"\nfile = \"files/{name}\"\n+++\n");
                [
                    (format!("materials/file-{number}.md"), material),
                    (format!("files/{}", name.replace("\\\"", "\"")), format!("bytes of {number}")),
                ]
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        visited.import(&[fixture::small(root.path(), "names-2026", &files)]).await;
        until("the materials are there", async || {
            visited.get("/seminars/names-2026/materials/file-0").await.status == 200
        })
        .await;
        let mut faults = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let page = Page::of(&visited.get(&format!("/seminars/names-2026/materials/file-{number}")).await);
            let href = page.attributes("main a[download]", "href").pop().expect("a link to the file");
            let api = visited.get(&format!("/api/v1/seminars/names-2026/materials/file-{number}")).await.json();
            let at = api["at"].as_str().unwrap_or_default().trim_start_matches(crate::harness::HERE).to_owned();
            for href in [href, at] {
                let answer = visited.get(&as_browsers_send(&href)).await;
                if answer.status != 200 || answer.text() != format!("bytes of {number}") {
                    faults.push(format!("{name}: {href} answers {}", answer.status));
                } else if !answer.header("content-disposition").is_ascii() {
                    faults.push(format!("{name}: {}", answer.header("content-disposition")));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

/// What a browser makes of an address in a page (WHATWG URL): fragment dropped, spaces and what is not ASCII encoded,
/// percent signs left as they are.
fn as_browsers_send(href: &str) -> String {
    let whole = href.split('#').next().unwrap_or_default();
    let mut sent = String::new();
    for byte in whole.bytes() {
        match byte {
            b' ' | b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | 0x7f..=0xff => sent.push_str(&format!("%{byte:02X}")),
            b'\\' => sent.push('/'),
            _ => sent.push(char::from(byte)),
        }
    }
    sent
}
