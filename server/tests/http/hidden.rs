//! What nobody may see is nowhere, whatever address is asked: it answers as what never was.
//!
//! The addresses come from the router and from the description of the API, so that a new one is looked at too.

use crate::{
    crawl::crawled,
    fixture::{COUNTRY, DRAFT, FORMER, HALF, LATTER, LINKED, MARK, NEVER, REPORTER, ROOM, SPEAKER, TEAM, words},
    harness::{Answer, Visited, story, try_import, until},
    html::Page,
    openapi::described,
};
use axum::http::Method;

const SEMINARS: [&str; 4] = [HALF, DRAFT, TEAM, ROOM];

/// The slugs of what is hidden in a seminar, for a parameter of an address.
fn hidden(parameter: &str, seminar: &str) -> Vec<String> {
    let kinds: &[&str] = match parameter {
        "session" => &["session"],
        "material" => &["page", "link", "file"],
        "board" => &["board"],
        "practice" => &["practice"],
        "challenge" => &["challenge"],
        "recommendation" => &["recommendation"],
        "person" => &["person"],
        "organisation" => &["organisation"],
        "topic" => return vec![format!("{MARK}-topic")],
        // Terms have no visibility: the glossary is everybody's.
        "term" => &[],
        // What stands behind these is looked at in `signing_in`.
        "token" | "account" | "code" => &[],
        // And behind these in `parts`.
        "seat" => &[],
        // Of any kind: these are asked for below.
        "kind" | "thing" => &[],
        other => panic!("teach this story what is hidden of {{{other}}}"),
    };
    let of = |kind: &&str| words(seminar).iter().map(|word| format!("{MARK}-{kind}-{word}")).collect::<Vec<_>>();
    let mut slugs: Vec<String> = kinds.iter().flat_map(of).collect();
    match (parameter, seminar) {
        ("material", HALF) => slugs.extend(["session", "practice"].map(|kind| format!("{MARK}-inherits-{kind}"))),
        ("practice", HALF) => slugs.extend([FORMER, LATTER, LINKED].map(str::to_owned)),
        ("challenge" | "recommendation" | "board", HALF) => slugs.push(format!("{MARK}-inherits-{parameter}")),
        ("organisation", HALF) => slugs.push(REPORTER.to_owned()),
        _ => {}
    }
    slugs
}

/// The addresses of a form at which something is hidden.
fn hidden_addresses(route: &str) -> Vec<String> {
    // In whatever language it is translated.
    let route = &route.replace("{language}", "ro");
    let parameters: Vec<&str> = route.split(['{', '}']).skip(1).step_by(2).collect();
    match parameters[..] {
        [] => Vec::new(),
        ["seminar"] => {
            let whole = [DRAFT, TEAM, ROOM].into_iter().chain(route.ends_with("/comparison").then_some(HALF));
            whole.map(|seminar| route.replace("{seminar}", seminar)).collect()
        }
        ["seminar", other] => SEMINARS
            .into_iter()
            .flat_map(|seminar| hidden(other, seminar).into_iter().map(move |slug| (seminar, slug)))
            .map(|(seminar, slug)| route.replace("{seminar}", seminar).replace(&format!("{{{other}}}"), &slug))
            .collect(),
        // Who may see a thing is set at its seminar, under its kind and slug.
        ["seminar", "kind", "thing"] => SEMINARS
            .into_iter()
            .flat_map(|seminar| {
                let of = |kind: &'static str| hidden(kind, seminar).into_iter().map(move |slug| (kind, slug));
                let kinds = [
                    "session",
                    "material",
                    "practice",
                    "challenge",
                    "recommendation",
                    "board",
                    "person",
                    "organisation",
                ];
                kinds.into_iter().flat_map(of).map(move |(kind, slug)| (seminar, kind, slug)).collect::<Vec<_>>()
            })
            .chain([(DRAFT, "seminar", DRAFT.to_owned()), (TEAM, "seminar", TEAM.to_owned())])
            .map(|(seminar, kind, slug)| {
                route.replace("{seminar}", seminar).replace("{kind}", kind).replace("{thing}", &slug)
            })
            .collect(),
        [one] => SEMINARS
            .into_iter()
            .flat_map(|seminar| hidden(one, seminar))
            .map(|slug| route.replace(&format!("{{{one}}}"), &slug))
            .collect(),
        _ => panic!("teach this story about {route}"),
    }
}

/// Every address of a page, a program or a file that has something to hide.
async fn all_hidden_addresses(visited: &Visited) -> Vec<String> {
    let mut routes = app::render::routes();
    routes.extend(["programme.ics", "live"].map(|end| format!("/seminars/{{seminar}}/{end}")));
    routes.extend(described(visited).await.into_iter().map(|(path, _)| path));
    let addresses: Vec<String> = routes.iter().flat_map(|route| hidden_addresses(route)).collect();
    assert!(addresses.len() > 100, "{addresses:?}");
    addresses
}

/// An answer without what differs between any two: the address, and the number of the request.
fn told(answer: &Answer, address: &str) -> (u16, Vec<String>, String) {
    let mut headers = answer.headers.clone();
    let number =
        headers.remove("x-request-id").map(|id| id.to_str().unwrap_or_default().to_owned()).unwrap_or_default();
    // The number of a later request may have a digit more.
    let length = headers.get("content-length").and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if let Some(length) = length.filter(|_| !number.is_empty()) {
        let without = length - answer.text().matches(&number).count() * number.len();
        headers.insert("content-length", without.into());
    }
    let mut headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort();
    (answer.status.as_u16(), headers, answer.text().replace(address, "ADDRESS").replace(&number, "NUMBER"))
}

/// An address as long as this, at which nothing ever was.
fn never(address: &str) -> String {
    let never = address.replace(MARK, NEVER).replace("zwydor", "zwydxx");
    if never == address { address.replace("half-open-2026", "half-opex-2026") } else { never }
}

#[test]
fn what_is_hidden_answers_as_what_never_was() {
    story(async {
        let visited = Visited::shared().await;
        for address in all_hidden_addresses(visited).await {
            let never = never(&address);
            assert!(never != address && never.len() == address.len(), "{never}");
            for headers in [
                &[][..],
                &[("accept-language", "sr-Latn")],
                &[("accept-encoding", "br")],
                &[("range", "bytes=0-1")],
                &[("if-none-match", "*")],
            ] {
                let (hidden, nothing) =
                    (visited.get_with(&address, headers).await, visited.get_with(&never, headers).await);
                assert_eq!(hidden.status, 404, "{address} with {headers:?}");
                assert_eq!(told(&hidden, &address), told(&nothing, &never), "{address} with {headers:?}");
            }
            for method in [Method::HEAD, Method::POST, Method::OPTIONS] {
                let own = [("sec-fetch-site", "same-origin")];
                let hidden = visited.send(method.clone(), &address, &own, "").await;
                let nothing = visited.send(method.clone(), &never, &own, "").await;
                assert_eq!(told(&hidden, &address), told(&nothing, &never), "{method} {address}");
            }
        }
    });
}

#[test]
fn no_answer_holds_a_word_of_what_is_hidden() {
    story(async {
        let visited = Visited::shared().await;
        let crawled = crawled().await;
        let mut leaks = Vec::new();
        let mut look = |address: &str, answer: &Answer| {
            let body = String::from_utf8_lossy(&answer.body).to_lowercase();
            let headers = format!("{:?}", answer.headers).to_lowercase();
            if let Some(at) = body.find(MARK) {
                leaks.push(format!("{address}: …{}…", body[at..].chars().take(60).collect::<String>()));
            }
            if headers.contains(MARK) {
                leaks.push(format!("{address}: {headers}"));
            }
        };
        for (address, answer) in &crawled.answers {
            look(address, answer);
        }
        // In every language: a title may be chosen from another text.
        let mut addresses: Vec<String> =
            app::render::routes().iter().filter_map(|route| crawled.example(route).map(str::to_owned)).collect();
        addresses.extend(
            [
                "sessions/open-session",
                "sessions/behind-closed-doors",
                "materials/open-material",
                "boards/open-board",
                "boards",
                "programme",
                "materials",
                "people",
                "recommendations",
            ]
            .map(|end| format!("/seminars/{HALF}/{end}")),
        );
        addresses.extend([
            format!("/seminars/{HALF}"),
            "/practices/open-practice".into(),
            "/challenges/open-challenge".into(),
            "/recommendations/hal-1".into(),
            "/people/open-person".into(),
            format!("/people/{SPEAKER}"),
            "/organisations/open-organisation".into(),
        ]);
        for address in &addresses {
            assert_eq!(visited.get(address).await.status, 200, "{address}");
            for query in ["", "?lang=sq", "?lang=sr-Latn", "?text=sq", "?text=sr"] {
                let address = format!("{address}{query}");
                look(&address, &visited.get(&address).await);
            }
        }
        for address in
            ["/feed.xml", "/feed.xml?lang=sq", "/sitemap.xml", "/robots.txt", "/readyz", "/api/v1/openapi.json"]
                .map(str::to_owned)
                .into_iter()
                .chain([HALF, "example", "tirana-2016"].map(|seminar| format!("/seminars/{seminar}/programme.ics")))
        {
            let answer = visited.get(&address).await;
            assert_eq!(answer.status, 200, "{address}");
            look(&address, &answer);
        }
        for (address, answer) in crate::openapi::all_answers(visited).await {
            look(&address, &answer);
        }
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    });
}

#[test]
fn the_file_of_a_hidden_material_is_not_there() {
    story(async {
        let visited = Visited::shared().await;
        // The keys are in the store alone: take them from there, as somebody who has guessed them.
        let keys = keys(visited).await;
        assert!(keys.len() >= 5, "{keys:?}");
        for (key, name) in keys.iter().filter(|(_, name)| name.contains(MARK)) {
            for address in [format!("/files/{key}/{name}"), format!("/files/{key}/x")] {
                let (hidden, nothing) = (visited.get(&address).await, visited.get(&never(&address)).await);
                assert_eq!(hidden.status, 404, "{address}");
                assert_eq!(told(&hidden, &address), told(&nothing, &never(&address)), "{address}");
            }
        }
        let seen = keys.iter().filter(|(_, name)| !name.contains(MARK));
        for (key, name) in seen {
            assert_eq!(visited.get(&format!("/files/{key}/{name}")).await.status, 200, "{name}");
        }
    });
}

/// Keys and names of all files, read past the gate.
async fn keys(visited: &Visited) -> Vec<(String, String)> {
    use sea_orm::{ConnectionTrait, Database, Statement};
    let url = format!("sqlite://{}?mode=ro", visited.data.path().join("plenary.sqlite3").display());
    let database = Database::connect(url).await.expect("the store's file");
    let query = Statement::from_string(database.get_database_backend(), "SELECT key, name FROM file");
    let rows = database.query_all_raw(query).await.expect("the table of files");
    let text = |row: &sea_orm::QueryResult, name| row.try_get("", name).expect("text");
    rows.iter().map(|row| (text(row, "key"), text(row, "name"))).collect()
}

#[test]
fn under_the_chatham_house_rule_nobody_is_named() {
    story(async {
        let visited = Visited::shared().await;
        let (session, person) = ("behind-closed-doors", "Speakwell");
        for address in [
            format!("/seminars/{HALF}/sessions/{session}"),
            format!("/api/v1/seminars/{HALF}/sessions/{session}"),
            format!("/seminars/{HALF}/people"),
            format!("/seminars/{HALF}/programme"),
            format!("/seminars/{HALF}"),
            format!("/api/v1/seminars/{HALF}"),
            format!("/seminars/{HALF}/programme.ics"),
        ] {
            let answer = visited.get(&address).await;
            assert_eq!(answer.status, 200, "{address}");
            assert!(!answer.text().contains(person) && !answer.text().contains(SPEAKER), "{address} names them");
        }
        for address in [format!("/people/{SPEAKER}"), format!("/api/v1/people/{SPEAKER}")] {
            let answer = visited.get(&address).await;
            assert!(answer.status == 200 && answer.text().contains(person), "{address}");
            assert!(!answer.text().contains(session), "{address} tells where they spoke");
        }
        for query in ["speakwell", "orsolya", "orsolya+speakwell+doors", "speakwell+closed"] {
            let found = visited.get(&format!("/api/v1/search?q={query}&kind=session")).await.json();
            let hits = found["hits"].as_array().cloned().unwrap_or_default();
            let led = hits.iter().any(|hit| hit["address"].as_str().is_some_and(|at| at.contains(session)));
            // With all words required nothing has them; with some of them the session is found by its own.
            assert!(!led || query.contains("doors") || query.contains("closed"), "{query}: {hits:?}");
        }
        let alone = visited.get("/api/v1/search?q=speakwell").await.json();
        assert_eq!(alone["total"], 1, "the person and nothing else: {alone}");
    });
}

#[test]
fn who_reported_is_not_named_where_they_are_hidden() {
    story(async {
        let visited = Visited::shared().await;
        for address in ["/recommendations/hal-1", "/api/v1/recommendations/hal-1", "/api/v1/recommendations"] {
            let answer = visited.get(address).await;
            assert_eq!(answer.status, 200, "{address}");
            assert!(
                answer.text().contains("hal-1") && !answer.text().contains("zwydor"),
                "{address} holds the slug of a hidden organisation"
            );
        }
    });
}

#[test]
fn a_link_to_what_is_hidden_is_words_alone() {
    story(async {
        let visited = Visited::shared().await;
        let session = format!("/seminars/{HALF}/sessions/open-session");
        for address in [
            session.clone(),
            format!("/api/v1{session}"),
            "/practices/open-practice".into(),
            "/api/v1/practices/open-practice".into(),
            "/api/v1/search?q=linked".into(),
        ] {
            let answer = visited.get(&address).await;
            assert!(answer.status == 200 && answer.text().contains("linked"), "{address}");
            assert!(!answer.text().contains("zwydor"), "{address} leads to what is hidden");
        }
        let page = Page::of(&visited.get(&session).await);
        assert!(page.text("main").contains("linked by file") && page.text("main").contains("by page"));
        assert_eq!(page.attributes("main p a[href*=challenge]", "href"), ["/challenges/open-challenge#why"]);
    });
}

#[test]
fn what_is_made_hidden_is_gone_at_once_and_everywhere() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let seminar = |visibility: &str| {
            let text = format!(
                "+++\ntitle = \"Wombats in session\"\n{visibility}kind = \"plenary\"\nstarts = 2026-05-04T09:00:00\nends = 2026-05-04T10:00:00\n+++\n\nAbout wombats.\n"
            );
            fixture_with(root.path(), &text)
        };
        let places = ["/seminars/closing-2026/sessions/only", "/api/v1/seminars/closing-2026/sessions/only"];
        let lists = [
            "/seminars/closing-2026",
            "/seminars/closing-2026/programme",
            "/feed.xml",
            "/sitemap.xml",
            "/api/v1/seminars/closing-2026",
            "/api/v1/search?q=wombats",
            "/search?q=wombats&lang=sq",
            "/seminars/closing-2026/programme.ics",
        ];
        let named = async |address: &str| {
            let answer = visited.get(address).await;
            answer.text().contains("Wombats") || answer.text().contains("sessions/only")
        };
        visited.import(&[seminar("")]).await;
        for address in lists {
            until("it is shown", async || named(address).await).await;
        }
        for address in places {
            assert_eq!(visited.get(address).await.status, 200, "{address}");
        }
        visited.import(&[seminar("visibility = \"team\"\n")]).await;
        for address in lists {
            until(&format!("it is gone from {address}"), async || !named(address).await).await;
        }
        for address in places {
            until("it is not there", async || visited.get(address).await.status == 404).await;
        }
    });
}

#[test]
fn what_belongs_to_something_hidden_in_another_seminar_is_not_taken() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let material = "+++\ntitle = \"Belongs to it\"\npractice = \"xqvelm-practice-team\"\n+++\n\nOf the practice.\n";
        let folder = crate::fixture::small(root.path(), "other-2026", &[("materials/belongs.md", material)]);
        assert!(try_import(&visited.store().await, &[folder]).await.is_err());
        let address = "/seminars/other-2026/materials/belongs";
        assert_eq!(visited.get(address).await.status, 404, "it is shown although its practice is hidden");
    });
}

fn fixture_with(root: &std::path::Path, session: &str) -> std::path::PathBuf {
    crate::fixture::small(root, "closing-2026", &[("sessions/01-only.md", session)])
}

#[test]
fn the_country_of_what_is_hidden_is_offered_nowhere() {
    story(async {
        let visited = Visited::shared().await;
        for query in [
            "q=",
            "q=open",
            "kind=session",
            "kind=practice",
            "kind=person",
            "kind=organisation",
            "language=en",
            "language=sq",
            &format!("country={COUNTRY}"),
            &format!("seminar={HALF}"),
        ] {
            let found = visited.get(&format!("/api/v1/search?{query}")).await.json();
            let facets = found["facets"].to_string();
            assert!(!facets.contains(&format!("\"{COUNTRY}\"")) && !facets.contains(MARK), "{query}: {facets}");
        }
        let found = visited.get(&format!("/api/v1/search?country={COUNTRY}")).await.json();
        assert_eq!((&found["total"], found["hits"].as_array().map(Vec::len)), (&0.into(), Some(0)));
    });
}
