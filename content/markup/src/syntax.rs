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
    if markdown.lines().any(|line| containers_opened(line) > MOST_LEVELS) {
        return Err(Refusal::TooDeep { most: MOST_LEVELS });
    }
    // CommonMark, "Insecure characters".
    if markdown.contains('\0') {
        return Ok(Cow::Owned(markdown.replace('\0', "\u{fffd}")));
    }
    Ok(Cow::Borrowed(markdown))
}

/// How many quotations and list items the line opens at most, whatever stands around it. The parser's
/// time grows with the levels that are open times the lines, so this is judged before it starts.
fn containers_opened(line: &str) -> usize {
    let mut rest = line.trim_start_matches([' ', '\t']);
    let mut opened = 0;
    loop {
        let after_digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let after = match rest.as_bytes().first() {
            Some(b'>') => Some(&rest[1..]),
            Some(b'-' | b'+' | b'*') => after_marker(&rest[1..]),
            Some(b'0'..=b'9') if after_digits.starts_with(['.', ')']) => after_marker(&after_digits[1..]),
            _ => None,
        };
        let Some(after) = after else { return opened };
        opened += 1;
        rest = after.trim_start_matches([' ', '\t']);
    }
}

/// What follows the marker of a list item, where it is one.
fn after_marker(after: &str) -> Option<&str> {
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some(after)
}

/// The text's pieces.
pub(crate) fn events(markdown: &str) -> OffsetIter<'_> {
    // Not `ENABLE_HEADING_ATTRIBUTES`: it would take any `{…}` from the end of a heading.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(markdown, options).into_offset_iter()
}
