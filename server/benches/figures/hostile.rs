//! The nastiest texts that are known, 1 MiB each, against plain text of the same size: rendered, put into Latin letters,
//! cut into words. What is refused must be refused as quickly.

use crate::{
    Failed,
    figure::{Figures, Goal},
};
use markup::{MOST_BYTES, Options, render};
use std::time::{Duration, Instant};

const TIMES: usize = 3;
const PLAIN: &str = "Children wait for a guardian, and nobody says how long. The register knows.\n\n";
/// Parts of which a text is made by repeating them: nesting, half-open constructs, and what readers of Markdown have
/// been quadratic on.
const NASTY: [&str; 26] = [
    ">",
    "> ",
    "- ",
    "1. ",
    "> - ",
    "*a ",
    "**a ",
    "_a ",
    "a**b",
    "*a_ ",
    "~~a ",
    "[",
    "[a](",
    "![",
    "[a][",
    "[[]()",
    "`a",
    "``a`",
    "<",
    "<a",
    "<div>",
    "<!--",
    "<b><i>",
    "&#0;",
    "[^a]",
    "|a|\n|-|\n",
];

/// The same for what reads HTML and words.
const ODD: [&str; 20] = [
    "<",
    "<a>",
    "</b>",
    "<!--",
    "<a ",
    "<a b='",
    "<script>",
    "</script",
    "<a =",
    "<и",
    "<a><b></c>",
    "\"",
    "&",
    "a\u{202e}",
    "🇦",
    "日",
    "’s",
    "a\u{200d}",
    "1,000",
    "_",
];

pub(crate) fn measure(figures: &mut Figures) -> Result<(), Failed> {
    worst(figures, "Markdown", &NASTY, |text| render(text, &Options::default()).is_err());
    linear(figures, "Serbian in Latin letters", |text| language::latin_html(text).is_empty());
    linear(figures, "words", |text| language::words(text).count() == 0);
    Ok(())
}

/// `work` says whether it refused.
fn worst(figures: &mut Figures, name: &str, parts: &[&str], work: fn(&str) -> bool) {
    let (plain, _) = took(PLAIN, MOST_BYTES, work);
    let each = parts.iter().map(|part| (took(part, MOST_BYTES, work), part));
    let ((took, refused), part) = each.max_by_key(|((took, _), _)| *took).unwrap_or(((plain, false), &PLAIN));
    let told = |took: Duration| format!("{:.1} ms", took.as_secs_f64() * 1e3);
    figures.add(
        &format!("{name}, the worst of {}: {part:?}{}", parts.len(), if refused { ", refused" } else { "" }),
        told(took),
        format!("plain text {}", told(plain)),
        took.as_secs_f64() / plain.as_secs_f64(),
        Goal::AtMost(20.0),
    );
}

/// Eight times the text takes eight times as long, whatever is in it: the worst of all, against that. Plain text is no
/// measure here, since it costs these next to nothing.
fn linear(figures: &mut Figures, name: &str, work: fn(&str) -> bool) {
    let grown = ODD.iter().map(|part| {
        let (whole, _) = took(part, MOST_BYTES, work);
        let (eighth, _) = took(part, MOST_BYTES / 8, work);
        (whole.as_secs_f64() / (eighth.as_secs_f64() * 8.0), part, whole)
    });
    let (ratio, part, took) =
        grown.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((0.0, &"", Duration::ZERO));
    figures.add(
        &format!("{name}, the worst growth of {}: {part:?}", ODD.len()),
        format!("{:.1} ms for 1 MiB", took.as_secs_f64() * 1e3),
        "8 times 128 KiB",
        ratio,
        Goal::AtMost(2.0),
    );
}

/// The shortest of some times, and whether the text was refused.
fn took(part: &str, bytes: usize, work: fn(&str) -> bool) -> (Duration, bool) {
    let text = part.repeat(bytes / part.len());
    let times = (0..TIMES).map(|_| {
        let began = Instant::now();
        let refused = work(&text);
        (began.elapsed(), refused)
    });
    times.min().unwrap_or_default()
}
