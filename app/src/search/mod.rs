//! Search.

pub mod island;
#[cfg(feature = "ssr")]
pub(crate) mod page;
mod stale;
#[cfg(feature = "ssr")]
mod themes;

#[cfg(feature = "ssr")]
pub(crate) use themes::themes;
