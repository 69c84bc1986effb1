//! What a comparison says to search besides its title: its cells, each found at its topic.

use super::Details;
use crate::{search::found::More, texts::Passage};

pub(crate) fn more(details: Details) -> More {
    let passage = |topic: &super::Topic| {
        let cells: Vec<&str> = topic.cells.iter().map(|cell| cell.text.as_str()).collect();
        Passage { place: Some(topic.slug.clone()), text: format!("{}: {}", topic.title, cells.join("\n")) }
    };
    More {
        passages: details.topics.iter().map(passage).collect(),
        headings: details.topics.into_iter().map(|topic| topic.title).collect(),
        ..More::default()
    }
}
