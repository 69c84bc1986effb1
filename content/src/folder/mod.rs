//! A seminar, or a glossary, as a folder of files: read, checked, imported, exported. The format is described in
//! `docs/format.md`.

mod audiences;
mod check;
mod disk;
mod export;
mod fields;
mod front;
mod gone;
mod import;
mod lists;
mod overlay;
mod problem;
mod publish;
mod read;
mod stated;
#[cfg(test)]
mod tests;
mod write;
mod written;

pub(crate) use audiences::for_whom;
pub(crate) use disk::Disk;
pub(crate) use export::one as written;
pub use export::{As, Exported, export};
pub(crate) use fields::{Fields, LINE_MOST, LIST_MOST, SENTENCES_MOST, is_address, is_country};
pub use import::{Import, Imported, import};
pub use problem::Problem;
pub(crate) use publish::Publishing;
pub(crate) use stated::{said_in, written_in};
pub(crate) use write::Table;
pub(crate) use written::{Contributor, Details, Related, Ring, Spot, Written, WrittenText};

/// The largest attachment, in bytes.
pub const FILE_MOST: u64 = 50 * 1024 * 1024;
/// The largest Markdown or TOML file, in bytes.
pub const TEXT_MOST: u64 = 1024 * 1024;
/// The most files in a folder.
pub const FILES_MOST: usize = 10_000;
