//! Who may see what.
//!
//! Everything that can be read carries one [`Audience`], worked out when it is written. A [`Viewer`] is the set of
//! audiences a person belongs to, worked out once a request. A viewer becomes a condition for SQL
//! ([`Viewer::condition`]) and a yes or no for a document of the index ([`Viewer::may_read`]) here and nowhere else, and
//! the tables that hold what can be read are reached through [`crate::things`], which asks for one.

mod audience;
mod drift;
mod looking;
pub(crate) mod settled;
mod somebody;
#[cfg(test)]
pub(crate) mod tests;
mod viewer;

pub use audience::{Audience, Visibility};
pub use drift::{Drifted, drifted};
pub use looking::Looking;
pub use somebody::{Somebody, Who};
pub(crate) use viewer::Reason;
pub use viewer::Viewer;
