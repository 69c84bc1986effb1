//! The Markdown that texts are written in, and the limit of its length.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser};

use crate::{MOST_LEVELS, Refusal};

/// The length of the longest text, in bytes: 1 MiB.
pub const MOST_BYTES: usize = 1 << 20;

/// A piece of a text, and where it stands in the source.
pub(crate) type Located<'m> = (Event<'m>, Range<usize>);

/// The text as it is parsed.
pub(crate) fn prepared(markdown: &str) -> Result<Cow<'_, str>, Refusal> {
    if markdown.len() > MOST_BYTES {
        return Err(Refusal::TooLong { most: MOST_BYTES, is: markdown.len() });
    }
    // Some editors begin files with a byte order mark, which would hide a heading behind it.
    let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    if is_too_deep(markdown) {
        return Err(Refusal::TooDeep { most: MOST_LEVELS });
    }
    // CommonMark, "Insecure characters".
    if markdown.contains('\0') {
        return Ok(Cow::Owned(markdown.replace('\0', "\u{fffd}")));
    }
    Ok(Cow::Borrowed(markdown))
}

/// Whether quotations and list items nest too deep, judged by the signs at the beginnings of lines.
///
/// The parser's time grows with the levels that are open times the lines, so this is judged before
/// it starts. Other levels are counted as they are written.
fn is_too_deep(markdown: &str) -> bool {
    // For each list item that may be open, the column at which its content begins at the earliest.
    let mut items: Vec<usize> = Vec::new();
    for line in markdown.lines() {
        let (mut rest, mut column, mut quotations) = (line, 0, 0);
        loop {
            let width = match rest.as_bytes().first() {
                Some(b'\t') => {
                    column += 3 - column % 4;
                    1
                }
                Some(b' ') => 1,
                Some(b'>') => {
                    quotations += 1;
                    1
                }
                _ => {
                    let Some(width) = width_of_marker(rest) else { break };
                    while items.pop_if(|content| *content > column).is_some() {}
                    items.push(column + width + 1);
                    width
                }
            };
            if quotations + items.len() > MOST_LEVELS {
                return true;
            }
            column += width;
            rest = &rest[width..];
        }
    }
    false
}

/// How many bytes the marker of a list item takes, where the line begins with one.
fn width_of_marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let sign = if digits == 0 { ['-', '+', '*'].as_slice() } else { &['.', ')'] };
    let after = line[digits..].strip_prefix(sign)?;
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some(digits + 1)
}

/// The text's pieces.
pub(crate) fn events(markdown: &str) -> OffsetIter<'_> {
    // Not `ENABLE_HEADING_ATTRIBUTES`: it would take any `{…}` from the end of a heading.
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(markdown, options).into_offset_iter()
}
