//! Practices: what worked, written so that others can reuse it.

mod draft;
mod edit;
pub(crate) mod entity;
pub(crate) mod file;
mod parts;
mod store;

pub use draft::{Draft, Fault, Field};
pub use edit::{Editing, Refused, edit, editing, remove};
pub(crate) use entity::save;
pub use parts::Parts;
pub use store::{PracticeListed, PracticePage, list, practice};
pub(crate) use store::{details, listing};

use crate::coded::coded;
use jiff::civil::Date;
use serde::Serialize;

coded! {
    /// How far a practice has proved itself.
    Maturity {
        /// New and reasoned, not tried enough to tell.
        Innovation = "innovation",
        /// Tried, with signs that it works.
        Promising = "promising",
        /// Tried, with evidence that it works.
        Good = "good",
        /// Written into rules and budgets.
        Policy = "policy",
    }
}

/// What a practice has of its own. Its fixed parts are headings of its text with the ids in [`PARTS`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// How far it has proved itself; none: not assessed.
    pub maturity: Option<Maturity>,
    /// When it must be read again.
    pub valid_until: Option<Date>,
    /// How strong its evidence is, in a sentence.
    pub evidence: Option<String>,
}

/// The ids of the headings of a practice's fixed parts, in order.
pub const PARTS: [&str; 6] = ["context", "done", "results", "conditions", "lessons", "cost"];
