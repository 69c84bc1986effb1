//! What was edited in the browser, beside what the files say of the same: neither overwrites the other silently.
//!
//! Of a thing it is remembered which of its fields were edited, and what the files said of each at that time. An import
//! takes every other field from the files. One that was edited stays as it is, and the import says what the files would
//! make of it.

pub(crate) mod entity;
mod field;
mod merge;
mod write;

pub(crate) use field::{PLACE, moves};
pub use merge::Kept;
pub(crate) use merge::merged;
pub(crate) use write::{Edited, said, write};
