//! Writes HTML whose tags are in order: each is closed where a browser would close it, none
//! stands where a browser would move it, and they do not nest without end.
//!
//! A browser's parser repairs misnested tags, and its repairs cost time that grows with the square
//! of the input (the "adoption agency", elements reopened in each paragraph, content moved out
//! of tables). The sanitiser uses such a parser. What this writer writes has nothing to repair:
//! it is parsed to the tree that was written, in linear time.
//!
//! The text's own elements come from its Markdown by [`Writer::open`] and [`Writer::close`];
//! elements that authors wrote as HTML are less trusted: they end where the Markdown around
//! them ends, and are left out where they do not fit.

use std::borrow::Cow;

use crate::Refusal;
use crate::elements::{self, Element, Place};

/// The deepest nesting of elements, in levels; a browser's own limit is 512.
pub const MOST_LEVELS: usize = 100;
/// The largest number of elements in one text. An element costs as much time as about a hundred
/// characters of plain text.
pub const MOST_ELEMENTS: usize = 100_000;

/// What an element costs; a character that has to be escaped costs one.
const ELEMENT: usize = 3;
/// How much of a piece of text the sanitiser reads again, in bytes, before the text is parted.
/// It looks through the whole rest of a text for `<` and `>` at each `&` and at each character
/// from U+0080 to U+00BF, whose UTF-8 begins like that of a no-break space.
const MOST_READ_AGAIN: usize = 1 << 22;
/// How many bytes are read again in the time that an escaped character costs.
const READ_AGAIN_PER_COST: usize = 1 << 10;

#[derive(Debug)]
struct Open {
    element: &'static Element,
    /// Whether it comes from Markdown rather than from an author's HTML.
    ours: bool,
    /// Whether its tags are written; where not, its content stands without it.
    written: bool,
}

/// HTML being written.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    html: String,
    open: Vec<Open>,
    /// What has been written, in units of an escaped character.
    cost: usize,
    /// The length in bytes of the text since the last tag, `<` or `>`, and how many of its
    /// characters make the sanitiser read it again.
    run: (usize, usize),
    /// The element of an author's whose content is left out, and the levels around it.
    hiding: Option<(&'static str, usize)>,
    /// Whether a line end would be lost, since a browser drops the first one in a `pre`.
    at_start_of_pre: bool,
}

impl Writer {
    /// Opens an element from our own list, with attributes whose values are plain text.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> Result<(), Refusal> {
        let element = elements::find(name).expect("what is opened here stands in the list");
        if element.place != Place::Inline {
            self.show();
        }
        let written = self.make_room(element, true);
        if written {
            self.start(element)?;
            for (name, value) in attributes {
                self.attribute(name, value, References::Escaped)?;
            }
            self.html.push('>');
        }
        self.push(element, true, written)
    }

    /// Opens a link that leads nowhere, of which only the content is written.
    pub(crate) fn open_without_tags(&mut self) -> Result<(), Refusal> {
        let element = elements::find("span").expect("spans stand in the list");
        self.leave_table();
        self.push(element, true, false)
    }

    /// Opens an element of an author's, with attributes whose values may hold character
    /// references; leaves it out where it does not fit.
    pub(crate) fn open_authored(
        &mut self,
        element: &'static Element,
        attributes: &[(&str, &str)],
    ) -> Result<(), Refusal> {
        if !self.make_room(element, false) {
            return Ok(());
        }
        self.start(element)?;
        for (name, value) in attributes {
            self.attribute(name, value, References::Kept)?;
        }
        self.html.push('>');
        self.push(element, false, true)
    }

    /// Closes the innermost of our own elements, and whatever an author left open in it.
    pub(crate) fn close(&mut self) {
        if let Some(at) = self.open.iter().rposition(|open| open.ours) {
            self.close_down_to(at);
        }
    }

    /// Closes an element of an author's, where one is open in the innermost of our own.
    pub(crate) fn close_authored(&mut self, name: &str) {
        if let Some((hiding, _)) = self.hiding {
            if hiding == name {
                self.hiding = None;
            }
            return;
        }
        let found = self.open.iter().rposition(|open| open.ours || open.element.name == name);
        if let Some(at) = found.filter(|at| !self.open[*at].ours) {
            self.close_down_to(at);
        }
    }

    /// Leaves out everything up to [`Writer::show`], the end tag or the end of the element around.
    pub(crate) fn hide(&mut self, name: &'static str) {
        self.hiding.get_or_insert((name, self.open.len()));
    }

    /// Ends what [`Writer::hide`] began.
    pub(crate) fn show(&mut self) {
        self.hiding = None;
    }

    /// Plain text.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Refusal> {
        self.text_with(text, References::Escaped)
    }

    /// Text that may hold character references.
    pub(crate) fn authored_text(&mut self, text: &str) -> Result<(), Refusal> {
        self.text_with(text, References::Kept)
    }

    fn text_with(&mut self, text: &str, references: References) -> Result<(), Refusal> {
        if self.hiding.is_some() {
            return Ok(());
        }
        if !text.trim_matches(|c: char| c.is_ascii_whitespace()).is_empty() {
            self.leave_table();
        }
        let text = if self.at_start_of_pre { text.trim_start_matches(['\n', '\r']) } else { text };
        if text.is_empty() {
            return Ok(());
        }
        self.at_start_of_pre = false;
        for piece in text.split_inclusive(is_read_again_or_bound) {
            let last = piece.chars().next_back().unwrap_or_default();
            self.run.0 += piece.len();
            if matches!(last, '<' | '>') {
                self.run = (0, 0);
            } else if is_read_again_or_bound(last) {
                self.run.1 += 1;
                if self.run.0 * self.run.1 > MOST_READ_AGAIN {
                    self.html.push_str("<span></span>");
                    self.run = (0, 0);
                }
            }
            let escaped = escaped(piece, references);
            self.html.push_str(&escaped);
            self.pay(usize::from(matches!(last, '<' | '>' | '&')))?;
        }
        Ok(())
    }

    fn pay(&mut self, cost: usize) -> Result<(), Refusal> {
        self.cost += cost;
        if self.cost > MOST_ELEMENTS * ELEMENT { Err(Refusal::TooMany { most: MOST_ELEMENTS }) } else { Ok(()) }
    }

    /// Whether a link is open, in which there can be no other.
    pub(crate) fn in_link(&self) -> bool {
        self.is_open("a")
    }

    /// The HTML, with whatever was left open closed.
    pub(crate) fn finish(mut self) -> String {
        self.close_down_to(0);
        self.html
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.written && open.element.name == name)
    }

    fn start(&mut self, element: &'static Element) -> Result<(), Refusal> {
        self.pay(ELEMENT)?;
        self.run = (0, 0);
        self.html.push('<');
        self.html.push_str(element.name);
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str, references: References) -> Result<(), Refusal> {
        let read_again = value.chars().filter(|c| is_read_again_or_bound(*c)).count();
        self.pay(read_again + read_again * value.len() / READ_AGAIN_PER_COST)?;
        for part in [" ", name, "=\"", &escaped(value, references), "\""] {
            self.html.push_str(part);
        }
        Ok(())
    }

    fn push(&mut self, element: &'static Element, ours: bool, written: bool) -> Result<(), Refusal> {
        if written {
            self.at_start_of_pre = element.name == "pre";
        }
        if element.void {
            return Ok(());
        }
        self.open.push(Open { element, ours, written });
        if self.open.len() > MOST_LEVELS { Err(Refusal::TooDeep { most: MOST_LEVELS }) } else { Ok(()) }
    }

    /// Closes what has to end before the element can begin; false where it cannot begin here.
    fn make_room(&mut self, element: &'static Element, ours: bool) -> bool {
        if self.hiding.is_some() && !ours {
            return false;
        }
        let fits = match element.place {
            Place::PartOf(wholes) => self.go_up_to_one_of(wholes),
            Place::Block | Place::Line => {
                let line = self.open.iter().position(|open| open.written && open.element.place == Place::Line);
                line.is_none_or(|line| self.try_to_close_down_to(line)) && self.leave_table()
            }
            Place::Inline => self.leave_table(),
        };
        fits && self.hiding.is_none() && !(element.name == "a" && self.in_link())
    }

    /// Closes everything within the nearest of the named elements; false where that cannot be.
    fn go_up_to_one_of(&mut self, wholes: &[&str]) -> bool {
        let found = self.open.iter().rposition(|open| {
            let name = open.element.name;
            open.written && (wholes.contains(&name) || matches!(name, "table" | "td" | "th") && is_bound(wholes, name))
        });
        match found {
            Some(at) if wholes.contains(&self.open[at].element.name) => self.try_to_close_down_to(at + 1),
            _ => false,
        }
    }

    /// Closes the table where nothing but parts of it may stand; false where it is our own.
    fn leave_table(&mut self) -> bool {
        let is_frame = |open: &Open| elements::is_frame_of_table(open.element.name);
        if !self.open.iter().rfind(|open| open.written).is_some_and(is_frame) {
            return true;
        }
        match self.open.iter().rposition(|open| open.element.name == "table") {
            Some(table) => self.try_to_close_down_to(table),
            None => true,
        }
    }

    /// Closes all levels from this one on, unless one of them is our own.
    fn try_to_close_down_to(&mut self, level: usize) -> bool {
        let allowed = !self.open[level..].iter().any(|open| open.ours);
        if allowed {
            self.close_down_to(level);
        }
        allowed
    }

    fn close_down_to(&mut self, level: usize) {
        for open in self.open.drain(level..).rev().filter(|open| open.written) {
            self.html.push_str("</");
            self.html.push_str(open.element.name);
            self.html.push('>');
        }
        self.at_start_of_pre = false;
        self.run = (0, 0);
        self.hiding = self.hiding.filter(|(_, around)| *around <= level);
    }
}

/// Whether the search for one of the wholes ends at this element: a row of the table around is
/// no place for a cell of the table within, nor a list around a table for an item in its cells.
fn is_bound(wholes: &[&str], name: &str) -> bool {
    name == "table" || !wholes.iter().any(|whole| elements::is_frame_of_table(whole))
}

/// What becomes of ampersands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum References {
    /// They are characters of the text.
    Escaped,
    /// They may begin a character reference.
    Kept,
}

/// Text as it is written in HTML.
fn escaped(text: &str, references: References) -> Cow<'_, str> {
    let is_special = |c| matches!(c, '<' | '>' | '"') || (c == '&' && references == References::Escaped);
    let Some(first) = text.find(is_special) else { return Cow::Borrowed(text) };
    let mut html = text[..first].to_owned();
    for c in text[first..].chars() {
        match c {
            '&' if references == References::Escaped => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    Cow::Owned(html)
}

/// Whether the sanitiser reads a text again from this character on, or up to it.
fn is_read_again_or_bound(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '\u{80}'..='\u{bf}')
}
