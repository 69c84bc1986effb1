//! What the text of every thing says: its title, a summary, and its body in Markdown. Each is written where it is something
//! else than was shown.

use super::typed::{Fault, markdown, needed, sentences, settle, stripped};
use crate::folder::{Written, WrittenText};

/// The title, the summary and the body of a thing's original text, as its form shows them.
pub(crate) fn says(thing: &Written) -> [String; 3] {
    let text = thing.texts.first();
    text.map(|text| [text.title.clone(), text.summary.clone(), stripped(&text.body).to_owned()]).unwrap_or_default()
}

/// Has a text be called what was typed, which it needs, with a summary.
pub(crate) fn entitle<F>(
    text: Option<&mut WrittenText>,
    [title, summary]: [&str; 2],
    shown: [&str; 2],
    [of_title, of_summary]: [F; 2],
    faults: &mut Vec<Fault<F>>,
) {
    let Some(text) = text else { return };
    if title != shown[0] || shown[0].is_empty() {
        settle(faults, of_title, needed(title), |title| text.title = title);
    }
    if summary != shown[1] {
        settle(faults, of_summary, sentences(summary), |summary| text.summary = summary);
    }
}

/// Has its body be what was typed.
pub(crate) fn tell<F>(text: Option<&mut WrittenText>, body: &str, shown: &str, field: F, faults: &mut Vec<Fault<F>>) {
    if let Some(text) = text.filter(|_| body != shown) {
        settle(faults, field, markdown(body), |body| text.body = body);
    }
}
