//! Seminars.

mod draft;
mod edit;
pub(crate) mod entity;
pub(crate) mod file;
pub(crate) mod found;
mod store;
#[cfg(test)]
mod tests;

pub use draft::{Draft, Fault, Field};
pub use edit::{Copy, Editing, Refused, copy, edit, editing, make, making};
pub(crate) use entity::{clock, save};
pub use store::{AtHome, Contents, Seminar, SeminarPage, contents, list, listed, seminar};
pub(crate) use store::{INSIDE, at_home, details, holding, itself, listing, within};

use crate::coded::coded;
use jiff::civil::Date;
use language::Language;
use serde::{Deserialize, Serialize};

/// A slug that none has: there is the form of a new one.
pub(crate) const NEW: &str = "new";

coded! {
    /// How far a seminar has come.
    Stage {
        /// Being written: its team alone sees it.
        Draft = "draft",
        /// Announced.
        Open = "open",
        /// Under way.
        Running = "running",
        /// Over, its record still open.
        Closed = "closed",
        /// Over, its record kept.
        Archived = "archived",
    }
}

/// What a seminar has of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// Its first day.
    pub starts: Date,
    /// Its last day.
    pub ends: Date,
    /// IANA name of the time zone of its place.
    pub time_zone: String,
    /// Town and country, in words.
    pub place: Option<String>,
    /// The host country's code.
    pub host: Option<String>,
    /// The prefix of its recommendations.
    pub reference: Option<String>,
    /// How far it has come.
    pub stage: Stage,
    /// Who organised it, in words.
    pub organisers: Vec<String>,
    /// The languages of the room.
    pub working_languages: Vec<Language>,
    /// Where what is said here comes from.
    pub sources: Vec<Source>,
    /// Whether it is made up, to show what Plenary does.
    pub example: bool,
}

/// Where something can be read up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
}
