//! The glossary: the field's terms and their forms in each language.

mod entity;
pub(crate) mod file;
pub(crate) mod found;
mod store;

pub(crate) use entity::save;
pub(crate) use store::details;
pub use store::{TermListed, TermPage, list, term};

use language::Language;
use serde::Serialize;

/// What a term has of its own. Its definition is the summary of its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// What its definition leans on.
    pub source: Option<String>,
    /// Its forms in each language: the first is the term, the others are what else it is called.
    pub forms: Vec<Forms>,
}

/// A term's forms in one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forms {
    /// The language. Serbian is in Cyrillic.
    pub language: Language,
    /// At least one.
    pub forms: Vec<String>,
}
