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
    worst(figures, "Markdown", Goal::AtMost(20.0), &NASTY, |text| render(text, &Options::default()).is_err());
    // Plain text costs these next to nothing: what they cost is told.
    worst(figures, "Serbian in Latin letters", Goal::None, &ODD, |text| language::latin_html(text).is_empty());
    worst(figures, "words", Goal::None, &ODD, |text| language::words(text).count() == 0);
    Ok(())
}

/// `work` says whether it refused.
fn worst(figures: &mut Figures, name: &str, goal: Goal, parts: &[&str], work: fn(&str) -> bool) {
    let (plain, _) = took(PLAIN, work);
    let each = parts.iter().map(|part| (took(part, work), part));
    let ((took, refused), part) = each.max_by_key(|((took, _), _)| *took).unwrap_or(((plain, false), &PLAIN));
    let told = |took: Duration| format!("{:.1} ms", took.as_secs_f64() * 1e3);
    figures.add(
        &format!("{name}, the worst of {}: {part:?}{}", parts.len(), if refused { ", refused" } else { "" }),
        told(took),
        format!("plain text {}", told(plain)),
        took.as_secs_f64() / plain.as_secs_f64(),
        goal,
    );
}

/// The shortest of some times, and whether the text was refused.
fn took(part: &str, work: fn(&str) -> bool) -> (Duration, bool) {
    let text = part.repeat(MOST_BYTES / part.len());
    let times = (0..TIMES).map(|_| {
        let began = Instant::now();
        let refused = work(&text);
        (began.elapsed(), refused)
    });
    times.min().unwrap_or_default()
}
