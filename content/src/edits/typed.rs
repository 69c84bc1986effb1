//! What is typed into a form, read within the bounds that files have, so that what is exported can be imported again.

use crate::folder::{LINE_MOST, LIST_MOST, SENTENCES_MOST};
use jiff::civil::Date;

/// Why something that was typed will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is needed.
    Missing,
    /// It is longer than so many letters.
    Long(usize),
    /// It has more lines or entries than so many.
    Many(usize),
    /// It cannot be read as what it should be.
    Odd,
    /// The seminar is held from one day to another, and this is none of them.
    Outside(Date, Date),
    /// So many sessions would be on days that are none of the seminar's any more.
    Strands(usize),
    /// The clocks are put forward over it.
    Skipped,
    /// It ends before it starts.
    Backwards,
    /// It is for others to decide: it changes who may see what.
    Reserved,
    /// It is too long for a text, has too many parts, or they lie too deep in each other.
    Heavy,
}

/// Something that will not do: which field, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault<F> {
    /// What.
    pub field: F,
    /// Why.
    pub why: Why,
}

/// Puts what was read where it belongs, or notes why it will not do.
pub(crate) fn settle<F, T>(faults: &mut Vec<Fault<F>>, field: F, read: Result<T, Why>, put: impl FnOnce(T)) {
    match read {
        Ok(read) => put(read),
        Err(why) => faults.push(Fault { field, why }),
    }
}

fn bounded(text: &str, most: usize) -> Result<String, Why> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > most {
        Err(Why::Long(most))
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        Err(Why::Odd)
    } else {
        Ok(text)
    }
}

/// One line; none where it is empty.
pub(crate) fn line(text: &str) -> Result<Option<String>, Why> {
    let text = bounded(text, LINE_MOST)?;
    if text.contains('\n') { Err(Why::Odd) } else { Ok(Some(text).filter(|text| !text.is_empty())) }
}

/// One line that has to be there.
pub(crate) fn needed(text: &str) -> Result<String, Why> {
    line(text)?.ok_or(Why::Missing)
}

/// A few sentences; may be empty.
pub(crate) fn sentences(text: &str) -> Result<String, Why> {
    bounded(text, SENTENCES_MOST)
}

/// An entry of a list in each line; empty lines are none.
pub(crate) fn lines(text: &str, most: usize) -> Result<Vec<String>, Why> {
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| bounded(line, most))
        .collect::<Result<_, _>>()?;
    if lines.len() > LIST_MOST { Err(Why::Many(LIST_MOST)) } else { Ok(lines) }
}

/// What is left of a file for its text, in bytes, when the longest of its fields stand before it.
const TEXT_MOST: u64 = crate::folder::TEXT_MOST - 64 * 1024;

/// A text in Markdown; may be empty.
pub(crate) fn markdown(text: &str) -> Result<String, Why> {
    let text = bounded(text, usize::MAX)?;
    if text.is_empty() {
        return Ok(text);
    }
    let fits = u64::try_from(text.len()).is_ok_and(|bytes| bytes <= TEXT_MOST);
    if !fits || markup::render(&text, &crate::texts::markup_options()).is_err() {
        return Err(Why::Heavy);
    }
    Ok(format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_entries_of_a_list() {
        assert_eq!(lines(" One \r\n\r\n\tTwo\n", 300), Ok(vec!["One".to_owned(), "Two".to_owned()]));
        assert_eq!(lines("", 300), Ok(Vec::new()));
        assert_eq!(lines("abcd\nabc", 3), Err(Why::Long(3)));
        assert_eq!(lines("a\u{1b}b", 300), Err(Why::Odd));
        assert_eq!(lines(&"a\n".repeat(LIST_MOST + 1), 300), Err(Why::Many(LIST_MOST)));
    }

    #[test]
    fn a_line_is_one_and_a_text_is_drawn() {
        assert_eq!(line("  "), Ok(None));
        assert_eq!(needed("  "), Err(Why::Missing));
        assert_eq!(line("a\nb"), Err(Why::Odd));
        assert_eq!(sentences("a\r\nb"), Ok("a\nb".to_owned()));
        assert_eq!(markdown(" One. "), Ok("One.\n".to_owned()));
        assert_eq!(markdown(&"a".repeat(crate::folder::TEXT_MOST as usize)), Err(Why::Heavy));
    }
}
