//! The glossary.

pub(crate) mod list;
pub(crate) mod term;
