//! The rules of the house that a program can check. They hold for the whole workspace; this crate is its root.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files below a folder with one of these endings.
fn files(folder: &str, ends: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the workspace") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !["target", "node_modules", ".git"].contains(&name) {
                    folders.push(path);
                }
            } else if ends.iter().any(|end| name.ends_with(end)) {
                let text = fs::read_to_string(&path).expect("a text file");
                found.push((path.strip_prefix(root()).expect("below the root").to_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "nothing in {folder}");
    found.sort();
    found
}

fn rust() -> Vec<(PathBuf, String)> {
    ["app", "content", "server"].iter().flat_map(|folder| files(folder, &[".rs"])).collect()
}

fn is_test(path: &Path) -> bool {
    path.iter().any(|part| part == "tests" || part == "benches" || part == "examples")
        || path.file_name().is_some_and(|name| name == "tests.rs" || name == "trial.rs")
}

/// Fails with everything that breaks a rule, not the first only.
fn none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}

/// The code of a file before its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

#[test]
fn dependencies_point_one_way() {
    let forbidden = [
        ("content/Cargo.toml", &["app", "server", "axum", "leptos", "tower-http"][..]),
        ("content/markup/Cargo.toml", &["content", "app", "server", "language", "sea-orm", "axum"]),
        ("content/language/Cargo.toml", &["content", "app", "server", "markup", "sea-orm", "axum"]),
        ("app/Cargo.toml", &["server", "sea-orm", "tantivy", "clap", "markup", "ammonia"]),
    ];
    let mut broken = Vec::new();
    for (file, names) in forbidden {
        let text = fs::read_to_string(root().join(file)).expect("a manifest");
        for line in text.lines() {
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            if names.contains(&name) {
                broken.push(format!("{file}: {line}"));
            }
        }
    }
    none("a crate depends on what it must know nothing of", &broken);
    let untyped: Vec<_> = ["app", "content", "server"]
        .iter()
        .flat_map(|folder| files(folder, &["Cargo.toml"]))
        .filter(|(_, text)| text.lines().any(|line| line.starts_with("anyhow") || line.starts_with("eyre")))
        .map(|(path, _)| path.display().to_string())
        .collect();
    none("errors without a type", &untyped);
}

#[test]
fn the_store_is_asked_by_content_alone() {
    let mut broken = Vec::new();
    for (path, text) in rust() {
        let outside = !path.starts_with("content") && !is_test(&path);
        for word in ["sea_orm", "sqlx", "SELECT ", "tantivy"] {
            if outside && code(&text).contains(word) {
                broken.push(format!("{}: {word}", path.display()));
            }
        }
        if path.starts_with("app") && code(&text).contains("Viewer::") {
            broken.push(format!("{}: a page makes up a viewer", path.display()));
        }
    }
    none("SQL, an index or a viewer outside of content", &broken);
}

#[test]
fn rooms_are_named_after_things() {
    let kinds = ["models", "utils", "util", "services", "helpers", "common", "misc", "managers", "lib2"];
    let named = |path: &Path| {
        path.iter().any(|part| kinds.contains(&part.to_str().unwrap_or_default().trim_end_matches(".rs")))
    };
    let broken: Vec<_> =
        rust().into_iter().filter(|(path, _)| named(path)).map(|(path, _)| path.display().to_string()).collect();
    none("a room that is named after a kind of code", &broken);
}

#[test]
fn every_module_says_what_it_is() {
    let silent = |text: &str| !text.trim_start().starts_with("//!");
    let broken: Vec<_> =
        rust().into_iter().filter(|(_, text)| silent(text)).map(|(path, _)| path.display().to_string()).collect();
    none("a module without //! at its head", &broken);
}

#[test]
fn files_are_short_enough_to_be_read() {
    let broken: Vec<_> = rust()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 480)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    none("a file that wants a better cut", &broken);
}

#[test]
fn html_is_written_as_it_is_in_three_places() {
    // The sanitised text of a thing, and JSON-LD and what was typed in many lines, whose `<` are escaped. Leptos escapes
    // no children of a `textarea`.
    let known = ["app/src/ui/text.rs", "app/src/ui/document.rs", "app/src/ui/field.rs"];
    let as_it_is = |text: &str| text.contains("inner_html=") || text.contains("<textarea");
    let broken: Vec<_> = rust()
        .into_iter()
        .filter(|(path, text)| as_it_is(text) && !is_test(path))
        .map(|(path, _)| path.display().to_string())
        .filter(|path| !known.contains(&path.as_str()))
        .collect();
    none("inner_html or a textarea outside of ui/{text,document,field}.rs", &broken);
}

#[test]
fn nothing_is_left_for_later() {
    let mut broken = Vec::new();
    let marks = ["TO", "FIX", "XX"].map(|start| {
        format!(
            "{start}{}",
            if start == "XX" {
                "X"
            } else if start == "TO" {
                "DO"
            } else {
                "ME"
            }
        )
    });
    for (path, text) in rust() {
        for mark in &marks {
            let word = |line: &str| line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == mark);
            broken.extend(
                text.lines().filter(|line| word(line)).map(|line| format!("{}: {}", path.display(), line.trim())),
            );
        }
        if text.contains(&format!("#[{}(", "allow")) {
            broken.push(format!("{}: #[allow], where #[expect] with a reason is asked for", path.display()));
        }
    }
    none("something that is left for later", &broken);
}

#[test]
fn every_class_that_a_page_names_is_in_the_style() {
    let sheets: String = files("style", &[".css"]).into_iter().map(|(_, text)| text).collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let known: BTreeSet<&str> =
        sheets.split('.').skip(1).map(|part| part.split(|c| !is_part(c)).next().unwrap_or_default()).collect();
    let mut broken = Vec::new();
    for (path, text) in files("app/src", &[".rs"]) {
        for (at, _) in text.match_indices("class=") {
            let value = &text[at + "class=".len()..];
            let value = value.strip_prefix("format!(").unwrap_or(value);
            let Some(value) = value.strip_prefix('"').and_then(|value| value.split('"').next()) else { continue };
            for class in value.split_whitespace().filter(|class| !class.contains('{') && !class.ends_with('-')) {
                if !known.contains(class) {
                    broken.push(format!("{}: {class}", path.display()));
                }
            }
        }
    }
    none("a class without a style", &broken);
}

#[test]
fn every_word_of_the_interface_is_used() {
    let text = fs::read_to_string(root().join("app/locales/en.toml")).expect("the English words");
    let code: String =
        files("app/src", &[".rs"]).into_iter().chain(files("server/src", &[".rs"])).map(|(_, text)| text).collect();
    let mut broken = Vec::new();
    for key in text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(" = ").next()) {
        let stem = ["_one", "_few", "_other"].iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key);
        let coded = ["country_", "short_country_", "theme_"].iter().any(|prefix| key.starts_with(prefix));
        if !key.is_empty() && !coded && !code.contains(&format!(".{stem}(")) && !code.contains(&format!(".{key}(")) {
            broken.push(key.to_owned());
        }
    }
    none("a word that no page says", &broken);
}

#[test]
fn every_test_that_a_document_names_is_there() {
    let text = fs::read_to_string(root().join("docs/asvs.md")).expect("the table");
    let code: String = rust().into_iter().map(|(_, text)| text).collect();
    let is_name = |name: &&str| {
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        plain && name.matches('_').count() >= 2
    };
    // What stands between two signs of code.
    let named: BTreeSet<&str> =
        text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).filter(is_name).collect();
    assert!(named.len() > 100, "the table is read: {}", named.len());
    let mut broken: Vec<String> =
        named.iter().filter(|name| !code.contains(&format!("fn {name}("))).map(ToString::to_string).collect();
    for (before, _) in text.match_indices(".spec.ts)") {
        let (title, file) = text[..before].rsplit_once("\" (").expect("a title before its file");
        let title = title.rsplit('"').next().unwrap_or_default();
        let story = fs::read_to_string(root().join(format!("end2end/tests/{file}.spec.ts"))).unwrap_or_default();
        let story = story.replace("\\'", "'");
        // A part of a title that the story counts.
        if !title.split('…').all(|part| story.contains(part.trim())) {
            broken.push(format!("{title} ({file}.spec.ts)"));
        }
    }
    none("a test that a document names and nobody wrote", &broken);
}
