//! Where everything is kept: SQLite in the data folder, or PostgreSQL.

mod backup;
mod failure;
mod migrations;
mod open;
mod question;
mod read;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod trial;

pub use backup::{BackedUp, BackupFailure, backup, restore};
pub use failure::Failure;
pub use open::{Location, Store};
pub(crate) use question::{Ask, Given, Lookup, Question, Wanted, constant, truth};
