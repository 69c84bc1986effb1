//! Challenges: what does not work yet, and where.

mod entity;
pub(crate) mod file;
mod store;

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
