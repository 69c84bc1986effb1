//! Materials: what belongs to a session, a practice or a seminar and can be taken along.

mod draft;
mod edit;
pub(crate) mod entity;
pub(crate) mod file;
pub(crate) mod found;
mod store;
mod sweep;
#[cfg(test)]
mod tests;
mod upload;

pub use draft::{Draft, Fault, Field};
pub use edit::{Editing, Refused, edit, editing, remove};
pub(crate) use entity::save;
pub use store::{Attached, Form, Material, MaterialPage, Opened, attachment, material, materials};
pub(crate) use store::{apart, details, forms};
pub use sweep::sweep;
pub use upload::{Unfit, Upload};

use serde::Serialize;
use std::path::PathBuf;

/// What a material has of its own. With neither address nor file, its text is the material.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Details {
    /// Where it is, for a link.
    pub url: Option<String>,
    /// What it holds, for a file.
    pub file: Option<Attachment>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attachment {
    /// Its name in the folder.
    pub name: String,
    /// IANA media type.
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// BLAKE3 of its bytes, in hexadecimal: its name in the data folder.
    pub digest: String,
    /// Where it is to be taken from.
    #[serde(skip)]
    pub(crate) path: PathBuf,
}
