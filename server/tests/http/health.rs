//! What an operator asks: does it live, can it answer, how much does it do.

use crate::{
    harness::{Answer, Visited, story, until},
    html::Page,
};
use axum::{
    body::Body,
    http::{Method, Request},
};
use std::{fs, sync::Arc};

#[test]
fn it_says_that_it_lives_and_that_it_is_ready() {
    story(async {
        let visited = Visited::shared().await;
        let alive = visited.get("/healthz").await;
        assert_eq!((alive.status.as_u16(), alive.header("cache-control")), (200, "no-store"));
        let ready = visited.get("/readyz").await;
        assert_eq!((ready.status.as_u16(), ready.header("content-type")), (200, "application/json"));
        assert_eq!(ready.json(), serde_json::json!({ "store": "ready", "search": "ready" }));
    });
}

#[test]
fn an_index_that_is_deleted_comes_back_and_nobody_is_turned_away() {
    story(async {
        let visited = Visited::new().await;
        let before = visited.get("/api/v1/search?q=child").await.json();
        assert!(before["total"].as_u64() > Some(5), "{before}");
        let index = visited.data.path().join("index");
        fs::remove_dir_all(&index).expect("the index is there");
        let (mut rebuilding, mut noted) = (0, false);
        until("it is ready again", async || {
            let ready = visited.get("/readyz").await;
            assert_eq!(ready.status, 200);
            let building = ready.json()["search"] == "being rebuilt";
            rebuilding += u32::from(building);
            let search = visited.get("/search?q=child").await;
            assert_eq!((search.status.as_u16(), Page::of(&search).all("h1").len()), (200, 1));
            noted |= Page::of(&search).all("main .note[role=status]").len() == 1;
            assert_eq!(visited.get("/api/v1/search?q=child").await.status, 200);
            assert_eq!(visited.get("/seminars/tirana-2016").await.status, 200);
            !building && index.join("meta.json").exists()
        })
        .await;
        eprintln!("seen being rebuilt {rebuilding} times; the page said so: {noted}");
        until("all is found again", async || visited.get("/api/v1/search?q=child").await.json() == before).await;
        until("it says that it is whole", async || visited.is_searchable()).await;
    });
}

#[test]
fn an_index_that_cannot_be_had_is_no_reason_to_say_ready() {
    story(async {
        let visited = Visited::new().await;
        let beside = visited.beside().await;
        until("it knows that another has the index", async || beside.get("/readyz").await.status == 503).await;
        assert_eq!(beside.get("/readyz").await.json(), serde_json::json!({ "store": "ready", "search": "not ready" }));
        assert_eq!(beside.get("/seminars/tirana-2016").await.status, 200);
        let search = Page::of(&beside.get("/search?q=child").await);
        assert_eq!(search.all("main .note[role=status]").len(), 1);
        assert_eq!(visited.get("/readyz").await.status, 200);
        // And takes it over when the other ends.
        drop(visited);
        until("it has the index", async || beside.is_searchable()).await;
        assert_eq!(beside.get("/readyz").await.status, 200);
    });
}

#[test]
fn while_the_index_is_made_it_is_said() {
    story(async {
        // Not yet waited for: the first moments of a site.
        let visited = Visited::new().await;
        let index = visited.data.path().join("index");
        let mut said = false;
        for _ in 0..20 {
            fs::remove_dir_all(&index).expect("the index is there");
            let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
            while std::time::Instant::now() < deadline && !said {
                said = visited.get("/readyz").await.json()["search"] == "being rebuilt";
                tokio::task::yield_now().await;
            }
            until("it is ready again", async || visited.is_searchable() && index.join("meta.json").exists()).await;
            if said {
                break;
            }
        }
        assert!(said, "readyz never said that the index was being rebuilt");
    });
}

#[test]
fn an_index_that_is_damaged_comes_back() {
    story(async {
        let visited = Visited::new().await;
        let before = visited.get("/api/v1/search?q=child").await.json();
        let data = tempfile::tempdir().expect("a folder");
        crate::harness::copy(visited.data.path(), data.path());
        for entry in fs::read_dir(data.path().join("index")).expect("the index").flatten() {
            let size = entry.metadata().expect("a file").len();
            fs::write(entry.path(), vec![b'#'; usize::try_from(size).unwrap_or_default()]).expect("a file to spoil");
        }
        let spoiled = Visited::over_folder(data).await;
        assert_eq!(spoiled.get("/api/v1/search?q=child").await.json(), before);
    });
}

#[test]
fn figures_are_on_an_address_of_their_own() {
    story(async {
        let visited = Visited::shared().await;
        assert_eq!(visited.get("/metrics").await.status, 404);
        let figures = visited.measured().await;
        assert_eq!(figures.status, 200);
        assert!(figures.header("content-type").starts_with("application/openmetrics-text"), "{:?}", figures.headers);
        assert!(figures.text().ends_with("# EOF\n"));
    });
}

#[test]
fn requests_are_counted_by_their_form_and_never_by_what_they_say() {
    story(async {
        let visited = Visited::new().await;
        let secret = "quokkasecret";
        for address in [
            "/seminars/tirana-2016",
            "/seminars/quokkasecret",
            "/seminars/quokkasecret/sessions/quokkasecret",
            "/search?q=quokkasecret",
            "/quokkasecret",
            "/files/quokkasecret/quokkasecret",
            "/assets/quokkasecret",
            "/api/v1/seminars/quokkasecret",
            "/api/v1/quokkasecret",
            "/%00quokkasecret",
            "/seminars/quokkasecret/programme.ics",
            "/glossary/quokkasecret?lang=quokkasecret",
        ] {
            let headers = [
                ("cookie", "language=quokkasecret"),
                ("user-agent", secret),
                ("x-request-id", secret),
                ("referer", secret),
                ("host", secret),
            ];
            visited.get_with(address, &headers).await;
        }
        for method in ["QUOKKASECRET", "PROPFIND", "POST"] {
            visited.send(Method::from_bytes(method.as_bytes()).expect("a method"), "/", &[("x", secret)], secret).await;
        }
        let figures = visited.measured().await;
        assert!(!figures.text().to_lowercase().contains(secret), "{}", figures.text());
        for (route, method, status, count) in [
            ("/seminars/{seminar}", "GET", 200, 1),
            ("/seminars/{seminar}", "GET", 404, 1),
            ("/seminars/{seminar}/sessions/{session}", "GET", 404, 1),
            ("/search", "GET", 200, 1),
            ("/files/{key}/{name}", "GET", 404, 1),
            ("/api/v1/seminars/{seminar}", "GET", 404, 1),
            ("/", "POST", 403, 1),
            ("/", "other", 403, 2),
        ] {
            assert_eq!(
                counted(&figures, route, method, status),
                count,
                "{method} {route} {status}:\n{}",
                figures.text()
            );
        }
        let took = figures
            .text()
            .lines()
            .find_map(|line| line.strip_prefix("plenary_http_request_duration_seconds_count "))
            .map(str::to_owned);
        assert!(took.is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count >= 15)), "{}", figures.text());
        assert!(figures.text().contains("plenary_http_requests_under_way 0"), "{}", figures.text());
    });
}

#[test]
fn a_request_that_nobody_waits_for_is_under_way_no_more() {
    story(async {
        let visited = Visited::new().await;
        let head = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        let mut request = Request::post("/language");
        for (name, value) in head {
            request = request.header(name, value);
        }
        let never = futures::stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
        let request = request.body(Body::from_stream(never)).expect("a request");
        // What a server does with a request whose client has gone: it drops the work.
        let waited = tokio::time::timeout(std::time::Duration::from_millis(200), visited.ask(request)).await;
        assert!(waited.is_err(), "{waited:?}");
        let figures = visited.measured().await;
        assert!(figures.text().contains("plenary_http_requests_under_way 0\n"), "{}", figures.text());
    });
}

#[test]
fn who_comes_when_all_places_are_taken_is_told_to_come_again() {
    story(async {
        let visited = Arc::new(Visited::new().await);
        let mut waiting = tokio::task::JoinSet::new();
        let mut wait = || {
            let visited = visited.clone();
            waiting.spawn(async move {
                let never = futures::stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
                let head = Request::post("/language").header("sec-fetch-site", "same-origin");
                let head = head.header("content-type", "application/x-www-form-urlencoded");
                visited.ask(head.body(Body::from_stream(never)).expect("a request")).await
            });
        };
        // More than there are places; and again, where it took so long that the first were closed.
        until("all places are taken", async || {
            (0..1100).for_each(|_| wait());
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            visited.get("/healthz").await.status == 503
        })
        .await;
        for (address, kind) in
            [("/seminars", "text/plain; charset=utf-8"), ("/api/v1/seminars", "application/problem+json")]
        {
            let answer = visited.get(address).await;
            assert_eq!((answer.status.as_u16(), answer.header("content-type")), (503, kind), "{address}");
            assert_eq!(answer.header("retry-after"), "2", "{address}");
            assert!(answer.text().contains("try again in a moment"), "{}", answer.text());
        }
        waiting.shutdown().await;
        assert_eq!(visited.get("/seminars").await.status, 200);
    });
}

/// How many requests of this form were counted.
fn counted(figures: &Answer, route: &str, method: &str, status: u16) -> u32 {
    let parts = [format!("route=\"{route}\""), format!("method=\"{method}\""), format!("status=\"{status}\"")];
    let line = figures
        .text()
        .lines()
        .find(|line| line.starts_with("plenary_http_requests_total{") && parts.iter().all(|part| line.contains(part)));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or_default()
}
