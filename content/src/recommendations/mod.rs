//! Recommendations: what a seminar says should be done, and what came of it.

#[cfg(feature = "ssr")]
mod details;
#[cfg(feature = "ssr")]
mod entity;
#[cfg(feature = "ssr")]
pub(crate) mod file;
#[cfg(feature = "ssr")]
pub(crate) mod found;
#[cfg(feature = "ssr")]
mod next;
mod standing;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use details::{Details, Progress};
#[cfg(feature = "ssr")]
pub(crate) use entity::{progress, save};
#[cfg(feature = "ssr")]
pub use file::reference;
#[cfg(feature = "ssr")]
pub(crate) use next::next;
pub use standing::{Status, Urgency};
#[cfg(feature = "ssr")]
pub use store::{RecommendationListed, RecommendationPage, list, of_seminar, recommendation};
#[cfg(feature = "ssr")]
pub(crate) use store::{details, found, listing, unnamed};
