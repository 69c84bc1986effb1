//! Search.

#[cfg(feature = "ssr")]
mod alike;
pub mod island;
#[cfg(feature = "ssr")]
pub(crate) mod missed;
#[cfg(feature = "ssr")]
pub(crate) mod page;
mod stale;
#[cfg(feature = "ssr")]
mod themes;

#[cfg(feature = "ssr")]
pub(crate) use alike::{alike, more_like_this};
#[cfg(feature = "ssr")]
pub(crate) use themes::themes;
