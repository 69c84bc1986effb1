//! Challenges: what does not work yet, and where.

mod draft;
mod edit;
pub(crate) mod entity;
pub(crate) mod file;
mod store;

pub use draft::{Draft, Fault, Field};
pub(crate) use edit::to_choose_from;
pub use edit::{Editing, Refused, edit, editing, remove};
pub(crate) use entity::save;
pub use store::{ChallengeListed, ChallengePage, challenge, list};
pub(crate) use store::{details, listing};

use serde::Serialize;

/// What a challenge has of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// It is only beginning to show.
    pub emerging: bool,
}
