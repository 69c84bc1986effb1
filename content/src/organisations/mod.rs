//! Organisations: institutions, associations, projects.

pub(crate) mod entity;
pub(crate) mod file;
mod store;

pub(crate) use entity::save;
pub(crate) use store::details;
pub use store::{OrganisationPage, organisation};

use serde::Serialize;

/// What an organisation has of its own. Its name is the title of its text, what it is its summary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// The short form of its name.
    pub abbreviation: Option<String>,
    /// Its site.
    pub url: Option<String>,
    /// Its country's code.
    pub country: Option<String>,
}
