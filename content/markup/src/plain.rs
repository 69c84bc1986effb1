//! What search and link checks need of a text, read from its HTML as readers get it.

use std::collections::HashMap;

use crate::address::Leads;
use crate::elements::{self, Place};
use crate::sanitise::{BACK, FOOTNOTES, MENTION, TASK};
use crate::tokens::{Token, tokens};
use crate::{Heading, Passage};

/// The plain parts of a text.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub(crate) passages: Vec<Passage>,
    pub(crate) links: Vec<String>,
    pub(crate) images: Vec<String>,
}

/// Reads HTML that the sanitiser wrote.
pub(crate) fn read(html: &str, headings: &[Heading]) -> Plain {
    let by_id = headings.iter().enumerate().map(|(index, heading)| (heading.id.as_str(), index)).collect();
    let mut reader = Reader { by_id, ..Reader::default() };
    for token in tokens(html) {
        match token {
            Token::Text(text) if reader.skipping.is_none() => reader.paragraph.push_str(&unescaped(text)),
            Token::Text(_) => {}
            Token::Start { name, attributes } => reader.start(name, &attributes),
            Token::End(name) => reader.end(&name),
        }
    }
    reader.end_passage();
    reader.plain
}

#[derive(Default)]
struct Reader<'h> {
    by_id: HashMap<&'h str, usize>,
    plain: Plain,
    /// The heading above.
    heading: Option<usize>,
    /// The paragraphs of the passage so far, and the one being read.
    passage: String,
    paragraph: String,
    /// The element whose text is left out, while in one. It holds no other of its name.
    skipping: Option<String>,
}

impl Reader<'_> {
    fn start(&mut self, name: String, attributes: &[(String, &str)]) {
        let value_of = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
        let has_class = |class: &str| value_of("class").is_some_and(|classes| classes.split(' ').any(|c| c == class));
        if let Some(address) = value_of("href").map(unescaped)
            && Leads::of(&address) == Leads::Near
        {
            self.plain.links.push(address);
        }
        if let Some(address) = value_of("src") {
            self.plain.images.push(unescaped(address));
        }
        if self.skipping.is_some() {
            return;
        }
        if name == "img" {
            self.paragraph.push_str(&unescaped(value_of("alt").unwrap_or_default()));
        }
        self.part(&name);
        let heading = name.starts_with('h').then(|| value_of("id")).flatten();
        if let Some(index) = heading.and_then(|id| self.by_id.get(unescaped(id).as_str()).copied()) {
            self.end_passage();
            self.heading = Some(index);
            self.skipping = Some(name);
        } else if has_class(FOOTNOTES) {
            self.end_passage();
            self.heading = None;
        } else if has_class(BACK) || has_class(MENTION) || has_class(TASK) {
            self.skipping = Some(name);
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipping.as_deref() == Some(name) {
            self.skipping = None;
        } else if self.skipping.is_none() {
            self.part(name);
        }
    }

    /// Parts what stands before the tag from what stands behind it.
    fn part(&mut self, name: &str) {
        let is_block = elements::find(name).is_some_and(|element| element.place != Place::Inline);
        match name {
            "br" | "rp" | "rt" | "td" | "th" => self.paragraph.push(' '),
            _ if is_block => self.end_paragraph(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let mut words = self.paragraph.split_whitespace();
        if let Some(first) = words.next() {
            if !self.passage.is_empty() {
                self.passage.push('\n');
            }
            self.passage.push_str(first);
            for word in words {
                self.passage.push(' ');
                self.passage.push_str(word);
            }
        }
        self.paragraph.clear();
    }

    fn end_passage(&mut self) {
        self.end_paragraph();
        if !self.passage.is_empty() {
            let text = std::mem::take(&mut self.passage);
            self.plain.passages.push(Passage { heading: self.heading, text });
        }
    }
}

/// Undoes what the sanitiser escapes.
pub(crate) fn unescaped(html: &str) -> String {
    if !html.contains('&') {
        return html.to_owned();
    }
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
