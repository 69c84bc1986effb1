//! How a text will look that somebody is writing.

use super::typed::{Why, markdown};
use crate::texts::{Status, Text, markup_options};
use language::Language;

/// A text as a page will show it, but for its links, which lead where they are written to.
///
/// # Errors
/// Why it cannot be one.
pub fn preview(text: &str, language: Language) -> Result<Text, Why> {
    let html = markup::render(&markdown(text)?, &markup_options()).map_err(|_| Why::Heavy)?.html;
    Ok(Text {
        tag: language.code(),
        own: false,
        status: Status::Original,
        outdated: false,
        title: String::new(),
        summary: String::new(),
        objectives: Vec::new(),
        html,
        outline: Vec::new(),
        also: Vec::new(),
    })
}
