//! Practices.

pub(crate) mod list;
pub(crate) mod practice;
