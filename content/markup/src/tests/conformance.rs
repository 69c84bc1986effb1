//! The examples of the CommonMark specification and of GitHub's extensions.

use markup5ever_rcdom::{Handle, NodeData};
use serde::Deserialize;

use super::data;
use super::dom::{attributes, comparable};
use crate::raw::Raw;
use crate::sanitise::sanitise;
use crate::writer::Writer;
use crate::{Options, render, syntax};

#[derive(Deserialize)]
struct Example {
    markdown: String,
    html: String,
    example: usize,
    section: String,
}

fn examples(file: &str) -> Option<Vec<Example>> {
    let text = std::fs::read_to_string(data("markdown-conformance")?.join(file)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// The parser's own HTML, before anything of ours but the choice of its options.
fn unsanitised(markdown: &str) -> String {
    let source = syntax::prepared(markdown).unwrap();
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, syntax::events(&source).map(|(event, _)| event));
    html
}

/// HTML as an author may write it into a text, by way of our writer and sanitiser.
fn as_authored(html: &str) -> String {
    let mut writer = Writer::default();
    Raw { heading_offset: 0, id_prefix: "" }.write(html, &mut writer).unwrap();
    sanitise(&writer.finish()).into_string()
}

/// What our renderer puts around or beside what CommonMark asks for.
fn is_ours(node: &Handle) -> bool {
    let NodeData::Element { name, .. } = &node.data else { return false };
    let class = attributes(node).into_iter().find(|(name, _)| name == "class").map(|(_, class)| class);
    match (&*name.local, class.as_deref()) {
        ("a", Some("prose__anchor")) | ("div", Some("prose__table")) => true,
        ("span", Some(class)) => class.starts_with("prose__task"),
        _ => false,
    }
}

#[test]
fn all_commonmark_examples_hold_with_our_options() {
    let Some(examples) = examples("commonmark-0.31.2.json") else { return };
    let failed: Vec<_> = examples
        .iter()
        .filter(|example| {
            comparable(&unsanitised(&example.markdown), &|_| false) != comparable(&example.html, &|_| false)
        })
        .map(|example| (example.example, &example.section, unsanitised(&example.markdown), &example.html))
        .collect();
    assert!(failed.is_empty(), "{} of {} fail: {failed:#?}", failed.len(), examples.len());
    assert_eq!(examples.len(), 652);
}

/// Our own HTML of an example, made comparable with what the specification asks for.
fn compared(example: &Example) -> (Vec<String>, Vec<String>) {
    let html = render(&example.markdown, &Options::default()).unwrap().html.into_string();
    let mut wanted = example.html.clone();
    for (control, mark) in [
        ("<input type=\"checkbox\" disabled=\"\" /> ", "\u{2610} "),
        ("<input type=\"checkbox\" checked=\"\" disabled=\"\" /> ", "\u{2611} "),
    ] {
        wanted = wanted.replace(control, mark);
    }
    // Ids are ours; the specification's headings have none.
    let without_ids = |pieces: Vec<String>| {
        pieces
            .into_iter()
            .map(|piece| if piece.starts_with("<h") { piece.split(' ').next().unwrap().to_owned() } else { piece })
            .collect()
    };
    (without_ids(comparable(&html, &is_ours)), without_ids(comparable(&as_authored(&wanted), &is_ours)))
}

#[test]
fn our_html_says_the_same_as_the_examples() {
    let Some(examples) = examples("commonmark-0.31.2.json") else { return };
    let failed: Vec<_> = examples
        .iter()
        .filter(|example| !DIFFERENT.contains(&example.example))
        .map(|example| (example.example, &example.markdown, compared(example)))
        .filter(|(_, _, (is, wanted))| is != wanted)
        .collect();
    assert!(failed.is_empty(), "{} fail: {failed:#?}", failed.len());
}

/// Examples that our HTML means to differ from: automatic links of made-up schemes are text.
const DIFFERENT: [usize; 4] = [596, 598, 599, 601];

#[test]
fn the_extensions_examples_hold() {
    let Some(examples) = examples("gfm-extensions.json") else { return };
    let ours = [
        "Tables",
        "Table cell count mismatches",
        "Embedded pipes",
        "Oddly-formatted markers",
        "Escaping",
        "Embedded HTML",
    ]
    .into_iter()
    .chain(["Reference-style links", "Sequential cells", "Interaction with emphasis", "Strikethroughs", "Task lists"])
    .chain(["a table can be recognised when separated from a paragraph of text without an empty line"]);
    let ours: Vec<_> = ours.collect();
    let mut compared_count = 0;
    // Left out: bare addresses as links, which CommonMark has as text; the filter of tags, in whose
    // place stands our sanitiser. Footnotes follow below.
    for example in examples.iter().filter(|example| ours.contains(&example.section.as_str())) {
        compared_count += 1;
        let (is, wanted) = compared(example);
        assert_eq!(is, wanted, "example {}: {}", example.example, example.markdown);
    }
    assert_eq!(compared_count, 21);
}

#[test]
fn the_example_of_footnotes_holds_but_for_where_it_leads_back() {
    let Some(examples) = examples("gfm-extensions.json") else { return };
    let example = examples.iter().find(|example| example.section == "Footnotes").expect("there is one");
    let is = render(&example.markdown, &Options::default()).unwrap().html.into_string();
    let (mut is, mut wanted) = (is, example.html.replace("</ol>\n</section>", "</ol>"));
    wanted = wanted.replace("<section class=\"footnotes\">\n<ol>", "<ol class=\"prose__footnotes\">");
    for number in 1..=4 {
        wanted = wanted
            .replace(
                &format!("<sup class=\"footnote-ref\"><a href=\"#fn{number}\" id=\"fnref{number}\">"),
                &format!("<sup class=\"prose__mention\"><a id=\"mention_{number}_1\" href=\"#note_{number}\" role=\"doc-noteref\">"),
            )
            .replace(&format!("<li id=\"fn{number}\">"), &format!("<li id=\"note_{number}\">"))
            .replace(&format!(" <a href=\"#fnref{number}\" class=\"footnote-backref\">↩</a>"), "")
            .replace(&format!("\n<a href=\"#fnref{number}\" class=\"footnote-backref\">↩</a>"), "");
        let back =
            format!(" <a class=\"prose__back\" href=\"#mention_{number}_1\" role=\"doc-backlink\">↩ {number}</a>");
        assert!(is.contains(&back), "{back}\nin {is}");
        // Behind what is no paragraph it has one of its own.
        is = is.replace(&format!("<p>{back}</p>"), "").replace(&back, "");
    }
    assert_eq!(comparable(&is, &|_| false), comparable(&wanted, &|_| false));
}
