//! Front matter: TOML between two lines of `+++`.

use super::problem::{Problem, Source};
use std::ops::Range;

const FENCE: &str = "+++";

/// A Markdown file in its two parts.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// Where the TOML stands in the file.
    pub(crate) toml: Range<usize>,
    /// What follows.
    pub(crate) body: &'a str,
}

/// Splits a file. The front matter begins on the first line.
pub(crate) fn split(source: &Source) -> Result<Parts<'_>, Problem> {
    let text = &*source.text;
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.trim_end() != FENCE {
        return Err(source
            .problem(None, 0..0, "the file does not begin with front matter")
            .help("Begin it with a line of +++, the fields, and another line of +++."));
    }
    let start = first.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Ok(Parts { toml: start..at, body: text[at + line.len()..].trim_start_matches('\n') });
        }
        at += line.len();
    }
    Err(source.problem(None, 0..0, "the front matter is not closed").help("End the fields with a line of +++."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("seminar.md", text)
    }

    #[test]
    fn fields_and_body_are_told_apart() {
        let file = source("+++\ntitle = \"+++\"\n+++\n\n# Body\n");
        let parts = split(&file).expect("well formed");
        assert_eq!(&file.text[parts.toml], "title = \"+++\"\n");
        assert_eq!(parts.body, "# Body\n");
        let empty = source("+++\n+++");
        assert_eq!(split(&empty).expect("well formed").body, "");
    }

    #[test]
    fn a_file_without_front_matter_or_without_its_end_is_refused_with_advice() {
        for text in ["", "# Body", "---\ntitle: x\n---\n", "\n+++\n+++\n", "+++\ntitle = 1\n"] {
            let problem = split(&source(text)).expect_err(text);
            assert!(problem.help.is_some(), "{problem}");
        }
    }
}
