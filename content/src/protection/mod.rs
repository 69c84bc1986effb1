//! Who may see what of a seminar, as its organisers set it in the browser: the visibility of each thing, and the Chatham
//! House rule of a session.
//!
//! What is set here holds until it is taken back: an import of files that say something else leaves it, and says so.

pub(crate) mod entity;
mod held;
mod list;
mod named;
mod release;
mod set;
#[cfg(test)]
mod tests;

pub use held::{Held, INHERITED, Moment, Release, When};
pub use list::{Protection, protection, protections};
pub use named::{Named, Occurrence, Spot, named};
pub use release::release;
pub(crate) use release::{carry, planned};
pub use set::{as_filed, have_materials_wait, set_chatham_house, set_visibility};
