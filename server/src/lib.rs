//! How Plenary runs: configuration, the axum router and its middleware, files, feeds, the HTTP API.

pub mod api;
mod assets;
#[cfg(debug_assertions)]
mod dev;
mod entrance;
mod files;
mod forms;
mod health;
mod kept;
mod leave;
mod live;
pub mod machines;
mod mail;
mod metrics;
mod request;
mod router;
mod serving;
mod sessions;
mod site;

pub use mail::{Mail, Unusable};
pub use metrics::Metrics;
pub use router::router;
pub use serving::{Listening, serve};
pub use site::{Config, Site};
