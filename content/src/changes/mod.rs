//! The change log: what changed, in the order in which it was committed.
//!
//! Whoever keeps something that is made from the store (the search index, pages kept ready, feeds) follows it by
//! number: it remembers the last number it has dealt with, and asks for what came after.

mod entity;
mod log;

pub use log::{Act, Change, after, last};
pub(crate) use log::{audit, write};
