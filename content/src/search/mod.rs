//! Search over everything that has text.
//!
//! The index is a cache behind the change log: it can be deleted at any time and comes back by itself. It holds one
//! document for each text of each thing, under the audience of the thing, and is only ever asked with a
//! [`crate::gate::Viewer`]; what it finds is looked up in the store once more, through the same gate.

mod hit;

#[cfg(feature = "ssr")]
mod alike;
#[cfg(feature = "ssr")]
mod analyser;
#[cfg(feature = "ssr")]
mod asked;
#[cfg(feature = "ssr")]
mod compared;
#[cfg(feature = "ssr")]
mod directory;
#[cfg(feature = "ssr")]
mod division;
#[cfg(feature = "ssr")]
mod entity;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod find;
#[cfg(feature = "ssr")]
mod follow;
#[cfg(feature = "ssr")]
pub(crate) mod found;
#[cfg(feature = "ssr")]
mod generation;
#[cfg(feature = "ssr")]
mod index;
#[cfg(feature = "ssr")]
mod line;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod missed;
#[cfg(feature = "ssr")]
mod near;
#[cfg(feature = "ssr")]
mod parsed;
#[cfg(feature = "ssr")]
mod passage;
#[cfg(feature = "ssr")]
mod rank;
#[cfg(feature = "ssr")]
mod scan;
#[cfg(feature = "ssr")]
mod schema;
#[cfg(feature = "ssr")]
mod sieve;
#[cfg(feature = "ssr")]
mod spelling;
#[cfg(feature = "ssr")]
mod terms;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
mod wanted;
#[cfg(feature = "ssr")]
mod weights;

#[cfg(feature = "ssr")]
pub use alike::alike;
#[cfg(feature = "ssr")]
pub use asked::{Asked, OFFERED, PAGE, QUERY_MOST};
#[cfg(feature = "ssr")]
pub(crate) use compared::Texts;
#[cfg(feature = "ssr")]
pub use find::{search, suggest};
#[cfg(feature = "ssr")]
pub use follow::follow;
pub use hit::{Added, Facet, Found, Hit, Piece, Suggestion};
#[cfg(feature = "ssr")]
pub use index::{Index, State};
#[cfg(feature = "ssr")]
pub use missed::{Lacking, Missed, lacking};
