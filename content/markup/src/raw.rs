//! HTML within Markdown, as authors write it: read tag by tag and written anew.

use std::borrow::Cow;

use crate::Refusal;
use crate::address::Leads;
use crate::elements::{self, Element};
use crate::tokens::{Token, tokens};
use crate::writer::Writer;

/// How the HTML of a text is brought into it.
#[derive(Debug)]
pub(crate) struct Raw<'o> {
    /// Added to the level of each heading.
    pub(crate) heading_offset: u8,
    /// Put before each fragment.
    pub(crate) id_prefix: &'o str,
}

impl Raw<'_> {
    /// Writes a piece of an author's HTML.
    pub(crate) fn write(&self, html: &str, to: &mut Writer) -> Result<(), Refusal> {
        for token in tokens(html) {
            match token {
                Token::Text(text) => to.authored_text(text)?,
                Token::End(name) => to.close_authored(self.own_name(&name)),
                Token::Start { name, attributes } => {
                    if let Some(name) = elements::hiding(&name) {
                        to.hide(name);
                    } else if let Some(element) = elements::find(self.own_name(&name)) {
                        self.start(element, &attributes, to)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The name that an element goes by here: headings have the page's headings above them.
    fn own_name<'n>(&self, name: &'n str) -> &'n str {
        match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => heading_name(digit - b'0', self.heading_offset),
            _ => name,
        }
    }

    fn start(&self, element: &'static Element, attributes: &[(String, &str)], to: &mut Writer) -> Result<(), Refusal> {
        let mut kept: Vec<(&str, Cow<'_, str>)> = Vec::new();
        for (name, value) in attributes {
            let known = element.attributes.contains(&name.as_str()) || elements::EVERYWHERE.contains(&name.as_str());
            if known && !kept.iter().any(|(kept, _)| kept == name) {
                kept.push((name, Cow::Borrowed(*value)));
            }
        }
        match element.name {
            "a" => self.complete_link(&mut kept),
            "img" => {
                let address = value_of(&kept, "src").unwrap_or_default();
                if !matches!(Leads::of(&without_references(address)), Leads::Near) {
                    return write_as_link(address, value_of(&kept, "alt").unwrap_or_default(), to);
                }
                if value_of(&kept, "alt").is_none() {
                    kept.push(("alt", Cow::Borrowed("")));
                }
                kept.push(("loading", Cow::Borrowed("lazy")));
            }
            "td" | "th" => align_by_class(&mut kept),
            _ => {}
        }
        let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        to.open_authored(element, &kept)
    }

    fn complete_link(&self, attributes: &mut Vec<(&str, Cow<'_, str>)>) {
        let Some((_, address)) = attributes.iter_mut().find(|(name, _)| *name == "href") else { return };
        match Leads::of(&without_references(address)) {
            Leads::Within => {
                let fragment = address.trim_start_matches(|c: char| c != '#');
                *address = Cow::Owned(within(fragment, self.id_prefix));
            }
            leads if leads.leaves() => attributes.push(("rel", Cow::Borrowed(AWAY))),
            _ => {}
        }
    }
}

/// What links to other servers say of their relation: the other page neither controls this one
/// nor learns of it.
pub(crate) const AWAY: &str = "noopener noreferrer";

/// The name of a heading of this level, 1 to 6, below so many levels of the page's.
pub(crate) fn heading_name(level: u8, offset: u8) -> &'static str {
    // The page has its `h1` already.
    match level.saturating_add(offset) {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// A fragment, `#` included, that leads to an id of this text, all of which begin alike.
pub(crate) fn within(fragment: &str, id_prefix: &str) -> String {
    let id = fragment.trim_start_matches('#');
    if id.is_empty() || id.starts_with(id_prefix) { format!("#{id}") } else { format!("#{id_prefix}{id}") }
}

fn value_of<'v>(attributes: &'v [(&str, Cow<'_, str>)], name: &str) -> Option<&'v str> {
    attributes.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_ref())
}

/// The address with its ampersands; other character references, which addresses do not need,
/// stay, and the sanitiser judges what they make of it.
fn without_references(address: &str) -> String {
    address.replace("&amp;", "&")
}

/// A picture that would be fetched from elsewhere: a link to it, which the reader may follow.
fn write_as_link(address: &str, alternative: &str, to: &mut Writer) -> Result<(), Refusal> {
    let decoded = without_references(address);
    let leads = Leads::of(&decoded);
    if to.in_link() || alternative.trim().is_empty() || !leads.leaves() {
        return to.authored_text(alternative);
    }
    let link = elements::find("a").expect("links are in the list");
    to.open_authored(link, &[("href", address), ("rel", AWAY)])?;
    to.authored_text(alternative)?;
    to.close_authored("a");
    Ok(())
}

/// Aligns a cell in the way that the Markdown's own cells are aligned.
fn align_by_class(attributes: &mut Vec<(&str, Cow<'_, str>)>) {
    let side = value_of(attributes, "align").map(str::to_ascii_lowercase);
    attributes.retain(|(name, _)| *name != "align");
    let class = match side.as_deref() {
        Some("left") => CELL_LEFT,
        Some("center") => CELL_CENTER,
        Some("right") => CELL_RIGHT,
        _ => return,
    };
    attributes.push(("class", Cow::Borrowed(class)));
}

/// The class of cells aligned to the left.
pub(crate) const CELL_LEFT: &str = "prose__cell--left";
/// The class of cells aligned to the middle.
pub(crate) const CELL_CENTER: &str = "prose__cell--center";
/// The class of cells aligned to the right.
pub(crate) const CELL_RIGHT: &str = "prose__cell--right";
