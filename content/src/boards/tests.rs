//! Tests of boards.

mod agreeing;
#[cfg(feature = "ssr")]
mod ballots;
#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
mod live;
mod log;
#[cfg(feature = "ssr")]
mod publishing;
mod sorting;
mod voting;
