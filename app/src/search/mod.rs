//! Search.

pub mod island;
mod stale;
#[cfg(feature = "ssr")]
pub(crate) mod page;
#[cfg(feature = "ssr")]
mod themes;

#[cfg(feature = "ssr")]
pub(crate) use themes::themes;
