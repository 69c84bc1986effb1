//! What is wrong with a file, where, and what to do about it.

use serde::Serialize;
use std::{cell::RefCell, collections::BTreeSet, fmt, ops::Range, path::PathBuf, sync::Arc};

/// One thing that is wrong with a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, as its path below the folder.
    pub file: PathBuf,
    /// The field, where it is about one.
    pub field: Option<String>,
    /// One sentence.
    pub what: String,
    /// One sentence that says what to do, where that is not plain from the other.
    pub help: Option<String>,
    /// Where in the file.
    pub at: Option<Box<At>>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct At {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The line itself.
    pub shown: String,
}

impl Problem {
    /// About a file as a whole.
    pub(crate) fn of_file(file: impl Into<PathBuf>, what: impl Into<String>) -> Self {
        Self { file: file.into(), field: None, what: what.into(), help: None, at: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file.display())?;
        if let Some(at) = &self.at {
            write!(out, ":{}:{}", at.line, at.column)?;
        }
        if let Some(field) = &self.field {
            write!(out, ": {field}")?;
        }
        write!(out, ": {}", self.what)?;
        if let Some(at) = &self.at {
            let number = at.line.to_string();
            write!(out, "\n  {number} | {}", at.shown)?;
            write!(out, "\n  {} | {}^", " ".repeat(number.len()), " ".repeat(at.column - 1))?;
        }
        if let Some(help) = &self.help {
            write!(out, "\n  {help}")?;
        }
        Ok(())
    }
}

/// A text file that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Below the folder.
    pub(crate) file: PathBuf,
    /// Without byte-order mark, with LF.
    pub(crate) text: Arc<str>,
    /// Where something stands for a value and is none, which is noted already: the byte at which it begins.
    pub(crate) no_value: RefCell<BTreeSet<usize>>,
}

impl Source {
    /// A file's text, without byte-order mark, with LF.
    pub(crate) fn new(file: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), text: text.into(), no_value: RefCell::default() }
    }

    /// A problem at a place in this file.
    pub(crate) fn problem(&self, field: Option<&str>, span: Range<usize>, what: impl Into<String>) -> Problem {
        Problem {
            file: self.file.clone(),
            field: field.map(str::to_owned),
            what: what.into(),
            help: None,
            at: Some(Box::new(self.at(span.start))),
        }
    }

    /// Line and column of a byte.
    pub(crate) fn at(&self, byte: usize) -> At {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &self.text[..byte];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let shown = self.text[start..].lines().next().unwrap_or_default();
        At {
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            // A line of a hostile file may be long.
            shown: shown.chars().take(160).collect(),
        }
    }
}

/// The known name that is nearest to an unknown one, if any is near.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.chars().take(64).collect();
    known
        .into_iter()
        .map(|known| (distance(&name, known), known))
        .filter(|(distance, known)| *distance <= (known.len() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Edits between two names: insertions, deletions, changes, and neighbours that swapped places
/// (optimal string alignment, Damerau 1964).
fn distance(name: &[char], known: &str) -> usize {
    let known: Vec<char> = known.chars().collect();
    let mut rows = vec![vec![0; known.len() + 1]; name.len() + 1];
    for (row, cells) in rows.iter_mut().enumerate() {
        cells[0] = row;
    }
    rows[0] = (0..=known.len()).collect();
    for i in 1..=name.len() {
        for j in 1..=known.len() {
            let same = usize::from(name[i - 1] != known[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && name[i - 1] == known[j - 2] && name[i - 2] == known[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[name.len()][known.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let known = ["title", "summary", "time_zone", "starts"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("timezone", known), Some("time_zone"));
        assert_eq!(nearest("sumary", known), Some("summary"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_place_is_counted_in_lines_and_characters() {
        let source = Source::new("x", "një\nçka = 1\n");
        assert_eq!(source.at(7), At { line: 2, column: 2, shown: "çka = 1".into() });
        assert_eq!(source.at(999).line, 3);
        // In the middle of a letter: the letter.
        assert_eq!(source.at(6).column, 1);
    }
}
