//! Words that nobody wrote: whatever TOML, Markdown, SQL or a database could trip over.

use jiff::civil::Date;
use proptest::{
    collection::vec,
    prelude::*,
    sample::{select, subsequence},
};

/// What texts are put together from.
const BITS: [&str; 36] = [
    "Begging",
    "просјачење",
    "cerșetori",
    "ë",
    "Ç",
    " ",
    "  ",
    "\t",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "\\",
    "\\n",
    "\\u0041",
    "#",
    "=",
    "[[person]]",
    "+++",
    "---",
    "{#id}",
    "<b>",
    "</textarea>",
    "&amp;",
    "%s",
    "$1",
    "?",
    ";--",
    "😀",
    "👩‍👩‍👧",
    "مرحبا",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "e\u{301}",
    "\u{10ffff}",
];

pub(super) fn line() -> impl Strategy<Value = String> {
    let bit = prop_oneof![8 => select(&BITS[..]).prop_map(str::to_owned), 1 => "[^\\p{C}]{1,3}"];
    vec(bit, 1..6).prop_map(|bits| bits.concat().trim().to_owned()).prop_filter("empty", |text| !text.is_empty())
}

pub(super) fn sentences() -> impl Strategy<Value = String> {
    let lines = vec((line(), select(vec!["\n", "\n\n", " ", "\n\t", "\n+ + +\n"])), 1..4);
    lines.prop_map(|lines| joined(&lines).trim().to_owned())
}

fn joined(lines: &[(String, &str)]) -> String {
    lines.iter().flat_map(|(text, gap)| [text.as_str(), gap]).collect()
}

pub(super) fn body() -> impl Strategy<Value = String> {
    const BLOCKS: [&str; 14] = [
        "",
        "+++",
        "---",
        "# Conclusions {#conclusions}",
        "## Same",
        "- [ ] open",
        "| a | b |\n| - | - |\n| 1 | 2 |",
        "```toml\n+++\n```",
        "A note.[^1]\n\n[^1]: Below.",
        "<details><summary>x</summary>y</details>",
        "line  ",
        "\tcode",
        "<span lang=\"en\">NSPCC</span>",
        "<script>alert(1)</script>",
    ];
    let block = prop_oneof![select(&BLOCKS[..]).prop_map(str::to_owned), line()];
    vec((block, select(vec!["\n", "\n\n"])), 0..6).prop_map(|lines| joined(&lines).trim_start_matches('\n').to_owned())
}

pub(super) fn slug() -> impl Strategy<Value = String> {
    "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}"
}

pub(super) fn date() -> impl Strategy<Value = Date> {
    let day = (1990i16..2100, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day));
    prop_oneof![9 => day, 1 => select(vec![Date::constant(1, 1, 1), Date::constant(2016, 2, 29), Date::constant(9999, 12, 31)])]
}

pub(super) fn one_of<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

pub(super) fn country() -> impl Strategy<Value = String> {
    select(vec!["AL", "BA", "MD", "RS", "MK"]).prop_map(str::to_owned)
}

pub(super) fn countries() -> impl Strategy<Value = Vec<String>> {
    subsequence(vec!["AL", "BA", "MD", "RS", "MK"], 0..=5)
        .prop_shuffle()
        .prop_map(|codes| codes.into_iter().map(str::to_owned).collect())
}

pub(super) fn address() -> impl Strategy<Value = String> {
    select(vec!["https://atina.org.rs/en/x?a=1&b='2'#c", "http://localhost", "https://пример.срб/чл/%D0%B0"])
        .prop_map(str::to_owned)
}
