//! What all things have in common: a kind, a slug, an address, an audience.
//!
//! Whoever reads for somebody reaches the table of things through this module, where every function takes a
//! [`crate::gate::Viewer`]. What hangs on a thing (its texts, its details) is asked for by its [`Seen`] id, which
//! only a question that went through the gate gives out. What writes ([`crate::folder`]) sees the tables as they are.

pub(crate) mod entity;
mod list;
mod place;
mod shown;

pub use list::former;
pub use list::{Listed, count, latest, places, total};
pub(crate) use list::{Look, Seen, among, is_seen, lately, list, listing, rows, seen, spoken_of};
pub use place::{Kind, Place, Slug};
pub(crate) use shown::{Along, Ids, Shown, given, homes, parents, shown};
