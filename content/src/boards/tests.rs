//! Tests of boards.

#[cfg(feature = "ssr")]
mod edit;
mod log;
