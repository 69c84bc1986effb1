//! Attacks from public collections, as the whole text and at each place of one.

use serde::Deserialize;

use super::data;
use super::dom::assert_safe;
use crate::sanitise::sanitise;
use crate::{Options, render};

#[derive(Deserialize)]
struct Attack {
    payload: String,
}

/// Where an attack may stand.
fn places(attack: &str) -> Vec<String> {
    let line = attack.replace(['\n', '\r'], " ");
    vec![
        attack.to_owned(),
        format!("text {line} text"),
        format!("[text]({line})"),
        format!("[text](<{line}>)"),
        format!("[text](/x \"{line}\")"),
        format!("[text]: {line}\n\n[text]"),
        format!("<{line}>"),
        format!("![{line}]({line})"),
        format!("![{line}](<{line}> '{line}')"),
        format!("# {line} {{#{line}}}"),
        format!("| {line} |\n|:-:|\n| {line} |"),
        format!("text[^1]\n\n[^1]: {line}"),
        format!("text[^{line}]\n\n[^{line}]: {line}"),
        format!("- [x] {line}\n  - {line}"),
        format!("> {line}"),
        format!("```{line}\n{attack}\n```"),
        format!("`{line}`"),
        format!("<a href=\"{line}\">text</a>"),
        format!("<a href='{line}' title={line}>text</a>"),
        format!("<img src=\"{line}\" alt='{line}'>"),
        format!("<b class=\"{line}\" {line}>text</b>"),
        format!("<details>\n\n{attack}\n\n</details>"),
        format!("<table><tr><td>{attack}</table>"),
        format!("<svg><style>{attack}</style></svg>"),
        format!("<math><mtext>{attack}"),
        format!("<!-- {attack}"),
    ]
}

#[test]
fn no_attack_comes_through_at_any_place() {
    let Some(folder) = data("hostile-xss") else { return };
    let mut attacks = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let attack: Attack = serde_json::from_str(line).unwrap();
            attacks += 1;
            for source in places(&attack.payload) {
                let rendered = render(&source, &Options::default()).unwrap();
                assert_safe(rendered.html.as_str(), &source);
                assert_eq!(sanitise(rendered.html.as_str()), rendered.html, "of {source:?}");
            }
        }
    }
    assert!(attacks > 400, "only {attacks} attacks were tried");
}
