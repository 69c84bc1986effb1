//! What a thing says, in each language in which it says it.
//!
//! A thing has one text in the language it was written in and any number of translations. A page shows one of
//! them, says which, and links the others.

mod choose;
pub(crate) mod entity;
pub(crate) mod links;
mod renew;
mod store;
mod write;

pub use choose::Reading;
pub(crate) use choose::{Variant, choose};
pub use renew::renew;
pub(crate) use store::{resolved, said};
pub(crate) use write::{markup_options, origin, rows};

use crate::coded::coded;
use markup::Html;

coded! {
    /// How a text came to be in its language.
    Status {
        /// Its author wrote it.
        Original = "original",
        /// A person translated it, or read a machine's translation.
        Human = "human",
        /// A machine translated it and no speaker has read it.
        Machine = "machine",
    }
}

/// A few words with the language they are in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The words.
    pub text: String,
    /// The BCP 47 tag of their language, where it is not the reader's.
    pub lang: Option<&'static str>,
}

impl Phrase {
    /// In the reader's own language.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), lang: None }
    }
}

/// A heading of a text, to be listed beside it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Heading {
    /// 2 to 6: the page's own title is 1.
    pub level: u8,
    /// Where it is on the page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A run of plain text under one heading: what search looks through.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Passage {
    /// The id of the heading it stands under.
    pub place: Option<String>,
    /// Without any markup.
    pub text: String,
}

/// One text of a thing, whole, as a page shows it.
#[derive(Clone, Debug)]
pub struct Text {
    /// The BCP 47 tag of the language it is shown in.
    pub tag: &'static str,
    /// Whether this is the reader's own language (and script).
    pub own: bool,
    /// How it came to be in this language.
    pub status: Status,
    /// For a translation: the original has changed since.
    pub outdated: bool,
    /// What it is called.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// A seminar's objectives, a session's objective.
    pub objectives: Vec<String>,
    /// Sanitised.
    pub html: Html,
    /// Its headings in order.
    pub outline: Vec<Heading>,
    /// The other languages it can be read in.
    pub also: Vec<Other>,
}

/// Another language a text can be read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
    /// The language.
    pub language: language::Language,
    /// How the text came to be in it.
    pub status: Status,
}
