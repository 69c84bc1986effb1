//! Comparisons: topics and countries side by side, each cell with its source.

mod draft;
mod edit;
pub(crate) mod entity;
pub(crate) mod file;
pub(crate) mod found;
mod store;
#[cfg(test)]
mod tests;

pub use draft::{Draft, Fault, Field, Heading, HeadingField, Typed};
pub use edit::{HeadingRefused, Refused, Said, edit, editing, heading, history, remove, set_heading};
pub(crate) use entity::save;
pub(crate) use store::details;
pub use store::{ComparisonPage, comparison};

use crate::coded::coded;
use jiff::civil::Date;
use serde::Serialize;

coded! {
    /// How sure a cell is.
    Confidence {
        /// The source says so of this country.
        Stated = "stated",
        /// The source says so, not of which country.
        Partly = "partly",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

/// What a comparison has of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// Its rows.
    pub topics: Vec<Topic>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Topic {
    /// Its anchor on the page.
    pub slug: String,
    /// What is compared.
    pub title: String,
    /// What is known, each of one or more countries. A country without one is an open question.
    pub cells: Vec<Cell>,
}

/// What is known of some countries.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Of which: codes.
    pub countries: Vec<String>,
    /// What.
    pub text: String,
    /// How sure.
    pub confidence: Confidence,
    /// Who says so.
    pub source: Option<String>,
    /// As of when.
    pub date: Option<Date>,
}
