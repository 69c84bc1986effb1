//! Rendering the nastiest texts that are known, 1 MiB each, against plain text of the same size. What is refused must
//! be refused as quickly.

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

pub(crate) fn measure(figures: &mut Figures) -> Result<(), Failed> {
    let (plain, _) = rendered(PLAIN);
    let mut worst = (Duration::ZERO, "", false);
    for part in NASTY {
        let (took, refused) = rendered(part);
        if took > worst.0 {
            worst = (took, part, refused);
        }
    }
    let (took, part, refused) = worst;
    let told = |took: Duration| format!("{:.1} ms", took.as_secs_f64() * 1e3);
    figures.add(
        &format!("Markdown, the worst of {}: {part:?}{}", NASTY.len(), if refused { ", refused" } else { "" }),
        told(took),
        format!("plain text {}", told(plain)),
        took.as_secs_f64() / plain.as_secs_f64(),
        Goal::AtMost(20.0),
    );
    Ok(())
}

/// The shortest of some times, and whether the text was refused.
fn rendered(part: &str) -> (Duration, bool) {
    let text = part.repeat(MOST_BYTES / part.len());
    let times = (0..TIMES).map(|_| {
        let began = Instant::now();
        let refused = render(&text, &Options::default()).is_err();
        (began.elapsed(), refused)
    });
    times.min().unwrap_or_default()
}
