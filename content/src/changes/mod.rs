//! The change log: what changed, in the order in which it was committed; and the audit, who did so.
//!
//! Whoever keeps something that is made from the store (the search index, pages kept ready, feeds) follows it by
//! number: it remembers the last number it has dealt with, and asks for what came after.

mod audit;
pub(crate) mod chain;
mod entity;
mod log;

pub use audit::{Broken, Entry, Sought, entries, verify};
pub(crate) use audit::{
    CLOCK, audit, begin, begin_publishing, erase, erase_these, publishing, said_about, said_before, said_of,
    some_said_before,
};
pub use log::{Act, Change, after, last};
pub(crate) use log::{done, write};
