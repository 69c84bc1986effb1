//! What is sent to whoever follows a board.

use super::log::Event;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What somebody has not had yet of what happened on a board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// In order: what they may have of it.
    pub events: Vec<Event>,
    /// How many cards were written, by whomever.
    pub count: usize,
    /// Who wrote what, where that is told, by their keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<i64, String>,
    /// The number of the last event, whether they have anything of it or not.
    #[serde(skip)]
    pub last: i64,
}
