//! The API does what its description says.

use crate::harness::{Answer, Visited, story};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The addresses of the description, as they are written there, with what it says of each GET.
pub(crate) async fn described(visited: &Visited) -> Vec<(String, Value)> {
    let description = visited.get("/api/v1/openapi.json").await.json();
    let paths = description["paths"].as_object().expect("paths").clone();
    assert!(paths.len() >= 18, "{:?}", paths.keys());
    let (read, done): (Vec<_>, Vec<_>) = paths.into_iter().partition(|(_, says)| says["get"].is_object());
    let methods = |says: &Value| says.as_object().expect("methods").len();
    assert!(read.iter().all(|(_, says)| methods(says) == 1), "{read:?}");
    let [(path, says)] = &done[..] else { panic!("what is done on boards: {done:?}") };
    assert!(path.ends_with("/commands") && methods(says) == 1 && says["post"]["requestBody"].is_object(), "{says}");
    read.into_iter().map(|(path, says)| (path, says["get"].clone())).collect()
}

/// Addresses with real values for each parameter of a path, taken from what the lists of the API hold.
async fn real(visited: &Visited, path: &str) -> Vec<String> {
    let parameters: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
    let slugs = async |list: &str, part: &str| -> Vec<String> {
        let found = visited.get(list).await.json();
        let entries = found[part].as_array().unwrap_or_else(|| panic!("{list} has no {part}")).clone();
        entries.iter().map(|entry| entry["slug"].as_str().expect("a slug").to_owned()).collect()
    };
    let seminars = || slugs("/api/v1/seminars", "entries");
    match parameters[..] {
        [] => vec![path.to_owned()],
        ["seminar"] => seminars().await.iter().map(|seminar| path.replace("{seminar}", seminar)).collect(),
        ["seminar", inner @ ("session" | "material")] => {
            let mut addresses = Vec::new();
            for seminar in seminars().await {
                for slug in slugs(&format!("/api/v1/seminars/{seminar}"), &format!("{inner}s")).await {
                    addresses.push(path.replace("{seminar}", &seminar).replace(&format!("{{{inner}}}"), &slug));
                }
            }
            addresses
        }
        ["organisation"] => {
            let mut found = Vec::new();
            for person in slugs("/api/v1/people", "entries").await {
                found.extend(slugs(&format!("/api/v1/people/{person}"), "organisations").await);
            }
            found.iter().map(|slug| path.replace("{organisation}", slug)).collect()
        }
        [one] => {
            let list = path.split("/{").next().unwrap_or_default();
            slugs(list, "entries").await.iter().map(|slug| path.replace(&format!("{{{one}}}"), slug)).collect()
        }
        _ => panic!("teach this story about {path}"),
    }
}

/// Everything the API can be asked for.
pub(crate) async fn all_answers(visited: &Visited) -> Vec<(String, Answer)> {
    let mut answers = Vec::new();
    for (path, _) in described(visited).await {
        for address in real(visited, &path).await {
            for query in ["", "?lang=sq"] {
                let address = format!("{address}{query}");
                let answer = visited.get(&address).await;
                answers.push((address, answer));
            }
        }
    }
    answers
}

#[test]
fn every_path_answers_as_it_is_described() {
    story(async {
        let visited = Visited::shared().await;
        let description = visited.get("/api/v1/openapi.json").await.json();
        let mut faults = Vec::new();
        for (path, says) in described(visited).await {
            let schema = &says["responses"]["200"]["content"]["application/json"]["schema"];
            if !schema.is_object() {
                faults.push(format!("{path}: the description does not say what comes back"));
            }
            let mut answered = 0;
            for address in real(visited, &path).await {
                let answer = visited.get(&address).await;
                // Not every seminar has a comparison.
                if answer.status == 404 && path.ends_with("/comparison") {
                    continue;
                }
                assert_eq!(
                    (answer.status.as_u16(), answer.header("content-type")),
                    (200, "application/json"),
                    "{address}"
                );
                compare(&description, schema, &answer.json(), &address, &mut faults);
                answered += 1;
            }
            assert!(answered > 0, "{path} has nothing to answer");
        }
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    });
}

#[test]
fn the_description_is_whole() {
    story(async {
        let visited = Visited::shared().await;
        let description = visited.get("/api/v1/openapi.json").await.json();
        assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.")), "{description}");
        let (mut ids, mut languages) = (BTreeSet::new(), BTreeSet::new());
        for (path, says) in described(visited).await {
            let id = says["operationId"].as_str().unwrap_or_default();
            assert!(!id.is_empty() && ids.insert(id.to_owned()), "{path}: {id:?} is no name of its own");
            assert!(says["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{path} has no summary");
            for (status, answer) in says["responses"].as_object().expect("responses") {
                let described = answer["description"].as_str().unwrap_or_default();
                assert!(!described.is_empty(), "{path}: {status} is not described");
                if status != "200" {
                    let schema = &answer["content"]["application/problem+json"]["schema"]["$ref"];
                    assert_eq!(schema, "#/components/schemas/Problem", "{path}: {status}");
                }
            }
            let named = |name: &str| {
                let parameters = says["parameters"].as_array().expect("parameters");
                parameters.iter().find(|parameter| parameter["name"] == name).cloned()
            };
            languages.insert(named("lang").expect("a language")["schema"]["enum"].to_string());
            assert!(named("text").is_some(), "{path}");
        }
        assert_eq!(languages.len(), 1, "{languages:?}");
        let tags: Vec<String> = serde_json::from_str(&languages.pop_first().expect("languages")).expect("tags");
        assert_eq!(tags.len(), 8, "{tags:?}");
        for tag in tags {
            let seminar = visited.get(&format!("/api/v1/seminars/tirana-2016?lang={tag}")).await.json();
            // It is not there in Croatian.
            let wanted = if tag == "hr" { "en" } else { tag.as_str() };
            assert_eq!(seminar["text"]["language"], wanted, "{tag}");
        }
    });
}

#[test]
fn what_is_not_there_is_a_problem() {
    story(async {
        let visited = Visited::shared().await;
        let description = visited.get("/api/v1/openapi.json").await.json();
        let mut addresses = vec!["/api/v1".to_owned(), "/api/v1/".to_owned(), "/api/v1/no-such".to_owned()];
        for (path, says) in described(visited).await {
            let parameters = says["parameters"].as_array().cloned().unwrap_or_default();
            for parameter in parameters.iter().filter(|parameter| parameter["in"] == "path") {
                let name = parameter["name"].as_str().expect("a name");
                assert!(path.contains(&format!("{{{name}}}")), "{path} has no {name}");
                assert!(says["responses"]["404"].is_object(), "{path} does not say that it may be 404");
            }
            for unknown in ["no-such", "Tirana-2016", "%C3%AB", "a%20b", "..%2f..", "'%20OR%201=1", &"a".repeat(500)] {
                if path.contains('{') {
                    let parts = path.split('/').map(|part| if part.starts_with('{') { unknown } else { part });
                    addresses.push(parts.collect::<Vec<_>>().join("/"));
                }
            }
        }
        let mut odd = Vec::new();
        for address in addresses {
            let answer = visited.get(&address).await;
            if (answer.status.as_u16(), answer.header("content-type")) != (404, "application/problem+json") {
                odd.push(format!("{address}: {} {}", answer.status, answer.header("content-type")));
                continue;
            }
            let problem = answer.json();
            let schema = &description["components"]["schemas"]["Problem"];
            compare(&description, schema, &problem, &address, &mut odd);
            assert_eq!((&problem["status"], &problem["type"]), (&404.into(), &"about:blank".into()), "{address}");
            assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 20), "{problem}");
        }
        assert!(odd.is_empty(), "{}", odd.join("\n"));
    });
}

#[test]
fn a_program_is_never_answered_with_a_page() {
    story(async {
        let visited = Visited::shared().await;
        let own = [("sec-fetch-site", "same-origin")];
        let put = visited.send(axum::http::Method::PUT, "/api/v1/seminars", &own, "{}").await;
        assert_eq!((put.status.as_u16(), put.header("content-type")), (405, "application/problem+json"));
        let mut pages = Vec::new();
        for (address, answer) in [
            ("/api/v1/seminars/%ff", visited.get("/api/v1/seminars/%ff").await),
            ("/api/v1/seminars/%00", visited.get("/api/v1/seminars/%00").await),
            ("a long address", visited.get(&format!("/api/v1/search?q={}", "a".repeat(9000))).await),
            ("POST without an origin", visited.send(axum::http::Method::POST, "/api/v1/seminars", &[], "").await),
        ] {
            assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
            if answer.is_page() {
                pages.push(address);
            }
        }
        assert!(pages.is_empty(), "a page for a program: {pages:?}");
    });
}

#[test]
fn lists_can_be_read_in_parts() {
    story(async {
        let visited = Visited::shared().await;
        for (path, says) in described(visited).await {
            let parameters = says["parameters"].as_array().cloned().unwrap_or_default();
            if !parameters.iter().any(|parameter| parameter["name"] == "after") {
                continue;
            }
            let whole = visited.get(&path).await.json();
            let total = whole["total"].as_u64().expect("a total");
            let mut slugs = BTreeMap::new();
            for after in (0..total).step_by(3) {
                let part = visited.get(&format!("{path}?after={after}&most=3")).await.json();
                assert_eq!(part["total"], total, "{path}");
                for entry in part["entries"].as_array().expect("entries") {
                    *slugs.entry(entry["slug"].to_string()).or_insert(0) += 1;
                }
            }
            assert_eq!(slugs.len() as u64, total, "{path}");
            assert!(slugs.values().all(|times| *times == 1), "{path}: {slugs:?}");
            let past = visited.get(&format!("{path}?after=100000")).await.json();
            assert_eq!((&past["total"], past["entries"].as_array().map(Vec::len)), (&total.into(), Some(0)));
        }
    });
}

/// Whether a value is as a schema says: what is required is there, nothing else is, and types are right.
fn compare(all: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = all.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is described nowhere"));
        return compare(all, schema, value, at, faults);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let fits = |choice: &Value| {
                let mut faults = Vec::new();
                compare(all, choice, value, at, &mut faults);
                faults.is_empty()
            };
            if !choices.iter().any(fits) {
                faults.push(format!("{at}: {value} is none of {choices:?}"));
            }
            return;
        }
    }
    let (mut properties, mut required) = (Map::new(), Vec::new());
    flatten(all, schema, &mut properties, &mut required);
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ if !properties.is_empty() => vec!["object"],
        _ => return,
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !kinds.contains(&kind) {
        return faults.push(format!("{at}: {kind}, not {kinds:?}"));
    }
    if let (Some(entries), Some(items)) = (value.as_array(), schema.get("items")) {
        for (number, entry) in entries.iter().enumerate() {
            compare(all, items, entry, &format!("{at}/{number}"), faults);
        }
    }
    let Some(object) = value.as_object() else { return };
    faults.extend(required.iter().filter(|name| !object.contains_key(*name)).map(|name| format!("{at}: no {name}")));
    for (name, value) in object {
        match (properties.get(name), schema.get("additionalProperties")) {
            (Some(schema), _) => compare(all, schema, value, &format!("{at}/{name}"), faults),
            (None, Some(schema)) if schema.is_object() => compare(all, schema, value, &format!("{at}/{name}"), faults),
            _ if properties.is_empty() => {}
            _ => faults.push(format!("{at}: {name} is described nowhere")),
        }
    }
}

fn flatten(all: &Value, schema: &Value, properties: &mut Map<String, Value>, required: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return flatten(all, all.pointer(name.trim_start_matches('#')).expect("a description"), properties, required);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        flatten(all, part, properties, required);
    }
    properties.extend(schema["properties"].as_object().cloned().unwrap_or_default());
    required.extend(schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
}
