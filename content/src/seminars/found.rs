//! What a seminar says to search besides its text.

use super::Details;
use crate::search::found::More;

pub(crate) fn more(details: Option<Details>) -> More {
    let Some(details) = details else { return More::default() };
    More { names: details.organisers.into_iter().chain(details.place).collect(), ..More::default() }
}
