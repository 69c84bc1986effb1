//! What was edited in the browser, beside what the files say of the same: neither overwrites the other silently.
//!
//! Of a thing it is remembered which of its fields were edited, and what the files said of each at that time. An import
//! takes every other field from the files. One that was edited stays as it is, and the import says what the files would
//! make of it.

mod draft;
pub(crate) mod entity;
mod field;
mod merge;
mod preview;
mod publish;
mod texts;
mod twice;
mod typed;
mod write;

pub(crate) use draft::{Draft, Held, Which, decide, held, made, remove, save, shown};
pub use draft::{Refused, version};
pub(crate) use field::{PLACE, moves, of_topic};
pub use merge::Kept;
pub(crate) use merge::merged;
pub use preview::preview;
pub(crate) use publish::{is_removable, publish, publish_along, publish_in, slug, subjects};
pub(crate) use texts::{entitle, says, tell};
pub use typed::{Fault, Why};
pub(crate) use typed::{chosen, date, line, lines, markdown, needed, sentences, session, settle, stripped, time};
pub(crate) use write::Edited;
