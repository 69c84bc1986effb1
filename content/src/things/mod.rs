//! What all things have in common: a kind, a slug, an address, an audience.
//!
//! Whoever reads for somebody reaches the table of things through this module, where every function takes a
//! [`crate::gate::Viewer`]. What hangs on a thing (its texts, its details) is asked for by its [`Seen`] id, which
//! only a question that went through the gate gives out. What writes ([`crate::folder`]) sees the tables as they are.

pub(crate) mod entity;
mod list;
mod place;

pub use list::former;
pub(crate) use list::{Along, Look, Seen, among, count, list, related, rows, seen, spoken_of};
pub use list::{Listed, latest, places, total};
pub use place::{Kind, Place, Slug};
