//! Headings: their words and their ids.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::Event;

use crate::Heading;
use crate::syntax::Located;

/// The longest id made from a heading's words, in characters.
const LONGEST_ID: usize = 80;

/// The headings of a text so far.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    pub(crate) found: Vec<Heading>,
    ids: HashSet<String>,
    /// For each id asked for, the number that the next heading asking for it gets.
    next: HashMap<String, usize>,
}

impl Headings {
    /// Adds a heading with the id that its author gives it or else one made from its words.
    /// Returns the id.
    pub(crate) fn add(&mut self, level: u8, text: String, given_id: Option<&str>, prefix: &str) -> String {
        let wanted = given_id.map(id_as_given).filter(|id| !id.is_empty()).unwrap_or_else(|| id_from_words(&text));
        let id = format!("{prefix}{}", self.unique(wanted));
        self.found.push(Heading { level, id: id.clone(), text });
        id
    }

    fn unique(&mut self, wanted: String) -> String {
        if self.ids.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let id = format!("{wanted}-{next}");
            *next += 1;
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }
}

fn id_as_given(id: &str) -> String {
    joined_by_hyphens(id.chars().map(|c| c.to_ascii_lowercase()), |c| c.is_ascii_alphanumeric())
}

fn id_from_words(text: &str) -> String {
    let words = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '_'));
    let id = joined_by_hyphens(words.flat_map(char::to_lowercase).take(LONGEST_ID), char::is_alphanumeric);
    if id.is_empty() { "section".to_owned() } else { id }
}

/// The wanted characters, with one hyphen in place of all others between them.
fn joined_by_hyphens(characters: impl Iterator<Item = char>, wanted: impl Fn(char) -> bool) -> String {
    let mut joined = String::new();
    let mut between = false;
    for c in characters {
        if !wanted(c) {
            between = true;
            continue;
        }
        if between && !joined.is_empty() {
            joined.push('-');
        }
        between = false;
        joined.push(c);
    }
    joined
}

/// Takes `{#id}` from the end of a heading and returns the id.
///
/// The parser cuts text at characters that could be markup, so the braces may lie in several pieces.
/// A backslash before the brace keeps it in the text.
pub(crate) fn take_id(heading: &mut Vec<Located<'_>>, source: &str) -> Option<String> {
    let mut tail = String::new();
    let mut at = heading.len();
    let open = loop {
        at = at.checked_sub(1)?;
        let Event::Text(text) = &heading[at].0 else { return None };
        tail.insert_str(0, text);
        if !tail.trim_end().ends_with('}') || tail.len() > LONGEST_ID * 2 {
            return None;
        }
        if let Some(open) = text.rfind('{') {
            break open;
        }
    };
    let id = tail[open..].trim_end().strip_prefix("{#")?.strip_suffix('}')?.to_owned();
    let begins = heading[at].1.start + open;
    if id.contains(['{', '}', ' ']) || source.get(..begins)?.ends_with('\\') {
        return None;
    }
    let kept = tail[..open].trim_end().to_owned();
    heading.truncate(at + 1);
    heading[at].0 = Event::Text(kept.into());
    Some(id)
}

/// The words of some pieces, without markup; images by their alternative texts.
pub(crate) fn words(pieces: &[Located<'_>]) -> String {
    let mut words = String::new();
    for (piece, _) in pieces {
        match piece {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Headings, id_as_given, id_from_words};

    #[test]
    fn ids_keep_the_letters_of_every_script() {
        assert_eq!(id_from_words("Über uns: Fragen & Antworten"), "über-uns-fragen-antworten");
        assert_eq!(id_from_words("日本語 の 見出し"), "日本語-の-見出し");
        assert_eq!(id_from_words("_a_ -- b"), "a-b");
        assert_eq!(id_from_words("?!"), "section");
        assert_eq!(id_as_given("Fn_1\"x"), "fn-1-x");
    }

    #[test]
    fn ids_are_given_once() {
        let mut headings = Headings::default();
        let mut id = |text: &str| headings.add(2, text.to_owned(), None, "p-");
        let ids = ["a", "a-2", "a", "a", "A"].map(&mut id);
        assert_eq!(ids, ["p-a", "p-a-2", "p-a-3", "p-a-4", "p-a-5"]);
    }
}
