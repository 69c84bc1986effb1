//! People who contributed. Nobody needs an account to be one.

pub(crate) mod entity;
pub(crate) mod file;
mod store;
mod voice;

pub(crate) use entity::{contribution, save};
pub use store::{Contribution, Contributor, PeopleOfSeminar, PersonPage, list, of_seminar, person};
pub(crate) use store::{contributing, details, named_in, names, to_choose_from};
pub use voice::Voice;
pub(crate) use voice::heard;

use crate::coded::coded;
use serde::Serialize;

coded! {
    /// What somebody did at a session, for a practice, at a seminar.
    Role {
        /// Ran it.
        Organiser = "organiser",
        /// Chaired it.
        Chair = "chair",
        /// Spoke.
        Speaker = "speaker",
        /// Led the discussion.
        Moderator = "moderator",
        /// Led the group work.
        Facilitator = "facilitator",
        /// Was there for what they know.
        Expert = "expert",
        /// Wrote it.
        Author = "author",
    }
}

/// What a person has of their own. The name is the title of their text, what they do its summary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// Their country's code.
    pub country: Option<String>,
}
