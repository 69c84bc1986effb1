//! What a material says to search besides its text.

use super::Details;
use crate::search::found::More;

pub(crate) fn more(details: Details) -> More {
    More { names: details.file.into_iter().map(|file| file.name).chain(details.url).collect(), ..More::default() }
}
