//! Footnotes: collected where they are defined, numbered in the order of their first mention.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::syntax::Located;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(crate) struct Footnotes<'m> {
    definitions: HashMap<String, Vec<Located<'m>>>,
    numbers: HashMap<String, usize>,
    /// By number from 1: the label, and how often a link leads to the note.
    mentioned: Vec<(String, usize)>,
}

impl<'m> Footnotes<'m> {
    /// Reads a definition up to its end, with any others in it. The first of a label counts.
    pub(crate) fn define(&mut self, label: &str, pieces: &mut dyn Iterator<Item = Located<'m>>) {
        let mut open = vec![(key(label), Vec::new())];
        while let Some((label, content)) = open.last_mut() {
            match pieces.next() {
                Some((Event::Start(Tag::FootnoteDefinition(inner)), _)) => open.push((key(&inner), Vec::new())),
                Some((Event::End(TagEnd::FootnoteDefinition), _)) | None => {
                    self.definitions.entry(std::mem::take(label)).or_insert(std::mem::take(content));
                    open.pop();
                }
                Some(piece) => content.push(piece),
            }
        }
    }

    /// The number of the footnote with the label.
    pub(crate) fn number(&mut self, label: &str) -> usize {
        let mentioned = &mut self.mentioned;
        *self.numbers.entry(key(label)).or_insert_with_key(|key| {
            mentioned.push((key.clone(), 0));
            mentioned.len()
        })
    }

    /// Counts one more link to the footnote of this number; returns which one it is, from 1 on.
    pub(crate) fn link(&mut self, number: usize) -> usize {
        let links = &mut self.mentioned[number - 1].1;
        *links += 1;
        *links
    }

    /// The content of the footnote of this number, once; none where the text mentions fewer.
    pub(crate) fn take(&mut self, number: usize) -> Option<Vec<Located<'m>>> {
        let (label, _) = self.mentioned.get(number - 1)?;
        Some(self.definitions.remove(label).unwrap_or_default())
    }

    /// How many links lead to the footnote of this number.
    pub(crate) fn links(&self, number: usize) -> usize {
        self.mentioned[number - 1].1
    }
}

/// Labels differ in their letters, not in their case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

/// The id of a footnote. Ids of headings hold no underscores.
pub(crate) fn note_id(prefix: &str, number: usize) -> String {
    format!("{prefix}note_{number}")
}

/// The id of a link to a footnote: the first, the second and so on.
pub(crate) fn mention_id(prefix: &str, number: usize, link: usize) -> String {
    format!("{prefix}mention_{number}_{link}")
}
