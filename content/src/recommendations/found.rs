//! What a recommendation says to search besides its text.

use super::Details;
use crate::{search::found::More, texts::Passage};

pub(crate) fn more(details: Option<Details>) -> More {
    let Some(details) = details else { return More::default() };
    let texts = [details.indicator, details.response].into_iter().flatten();
    let texts = texts.chain(details.progress.into_iter().map(|entry| entry.text));
    More {
        names: [details.reference].into_iter().chain(details.addressees).chain(details.lead).collect(),
        passages: texts.map(|text| Passage { place: None, text }).collect(),
        ..More::default()
    }
}
