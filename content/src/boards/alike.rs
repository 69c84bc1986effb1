//! Cards that may say nearly the same, for a person to put together: by the words that they share and others have seldom, and
//! across languages by what the glossary calls the same.

use super::{
    command::{Id, Phase},
    fold::{Board, Card},
};
use crate::search::{Glossary, Has, Rarity};
use std::collections::{BTreeMap, BTreeSet};

/// How many are suggested at once.
const SHOWN: usize = 3;
/// The most loose cards that are compared.
const LOOKED_AT: usize = 400;
/// The most cards of a cluster that a loose one is compared with.
const OF_A_CLUSTER: usize = 40;

/// Cards that may belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The cluster to which they may belong; none: they may be one of their own.
    pub cluster: Option<Id>,
    /// Which; one at least, and two where there is no cluster.
    pub cards: Vec<Id>,
}

/// What may be put together of the loose cards of a board that is sorted.
pub(super) fn alike(board: &Board, glossary: &Glossary) -> Vec<Alike> {
    if board.phase != Phase::Cluster {
        return Vec::new();
    }
    let cards = board.in_order();
    let stand: Vec<(Id, &Card)> = cards.into_iter().filter(|(_, card)| card.stands()).collect();
    let texts: Vec<_> = stand.iter().map(|(_, card)| (card.says.language, card.says.text.as_str())).collect();
    let all: BTreeMap<Id, Has> = stand.iter().map(|(id, _)| *id).zip(glossary.has(&texts)).collect();
    let rarity = Rarity::of(all.values());
    let near_by = |one: &Has, other: &Has| rarity.alike(one, other);

    let mut loose: Vec<Id> = stand.iter().filter(|(_, card)| card.cluster.is_none()).map(|(id, _)| *id).collect();
    loose.truncate(LOOKED_AT);
    let mut found: Vec<(f32, Alike)> = Vec::new();
    let mut taken = BTreeSet::new();
    for (id, cluster) in board.clusters_in_order() {
        let within = stand.iter().filter(|(_, card)| card.cluster == Some(id)).take(OF_A_CLUSTER);
        let mut within: Vec<Has> = within.map(|(card, _)| all[card].clone()).collect();
        let name: Vec<_> = cluster.name.iter().map(|name| (name.language, name.text.as_str())).collect();
        within.extend(glossary.has(&name));
        let near = |card: &Id| within.iter().filter_map(|other| near_by(&all[card], other)).reduce(f32::max);
        let near: Vec<(Id, f32)> =
            loose.iter().filter(|card| !taken.contains(*card)).filter_map(|card| Some((*card, near(card)?))).collect();
        if let Some(nearest) = near.iter().map(|(_, near)| *near).reduce(f32::max) {
            let cards: Vec<Id> = near.iter().map(|(card, _)| *card).collect();
            taken.extend(cards.iter().copied());
            found.push((nearest, Alike { cluster: Some(id), cards }));
        }
    }
    for (at, first) in loose.iter().enumerate() {
        if taken.contains(first) {
            continue;
        }
        let later = loose[at + 1..].iter().filter(|card| !taken.contains(*card));
        let near: Vec<(Id, f32)> = later.filter_map(|card| Some((*card, near_by(&all[first], &all[card])?))).collect();
        if let Some(nearest) = near.iter().map(|(_, near)| *near).reduce(f32::max) {
            let cards: Vec<Id> = [*first].into_iter().chain(near.into_iter().map(|(card, _)| card)).collect();
            taken.extend(cards.iter().copied());
            found.push((nearest, Alike { cluster: None, cards }));
        }
    }
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found.truncate(SHOWN);
    found.into_iter().map(|(_, alike)| alike).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::{By, Cluster, Details, Name, Says};
    use language::Language::{self, Bosnian, English, Romanian};

    fn board(cards: &[(u64, Option<u64>, Language, &str)], clusters: &[(u64, Option<&str>)]) -> Board {
        let mut board = Board { phase: Phase::Cluster, ..Board::new(Details::default()) };
        for (number, cluster, language, text) in cards {
            let says = Says { group: None, language: *language, text: (*text).to_owned() };
            let cluster = cluster.map(Id::new);
            let number = (*number).try_into().expect("small");
            let card = Card { by: By::Nobody, says, number, at: 0, shown: true, hidden: false, cluster };
            board.cards.insert(Id::new(number.unsigned_abs()), card);
        }
        for (number, name) in clusters {
            let name = name.map(|text| Name { language: English, text: text.to_owned() });
            board.clusters.insert(Id::new(*number), Cluster { name, number: 100 });
        }
        board
    }

    fn found(board: &Board) -> Vec<(Option<Id>, Vec<Id>)> {
        alike(board, &Glossary::none()).into_iter().map(|alike| (alike.cluster, alike.cards)).collect()
    }

    const CARDS: [(u64, Option<u64>, Language, &str); 7] = [
        (1, None, English, "Continued training of judges and prosecutors"),
        (2, None, English, "Funding for the shelters that lasts"),
        (3, None, English, "Training for judges, every year"),
        (4, None, English, "Faster exchange of information across borders"),
        (5, None, Romanian, "Instruirea continuă a judecătorilor"),
        (6, None, Bosnian, "Stalna edukacija sudija i tužilaca"),
        (7, None, English, "Indicators that are the same on the same route"),
    ];

    #[test]
    fn what_says_nearly_the_same_is_put_before_a_person() {
        let ids = |ids: &[u64]| ids.iter().copied().map(Id::new).collect::<Vec<_>>();
        assert_eq!(found(&board(&CARDS, &[])), [(None, ids(&[1, 3]))]);
        let sorted = CARDS.map(|card| if card.0 == 3 { (3, Some(30), card.2, card.3) } else { card });
        assert_eq!(found(&board(&sorted, &[(30, None)])), [(Some(Id::new(30)), ids(&[1]))]);
        // By what a cluster is called, too.
        let named = board(&CARDS[3..4], &[(30, Some("Exchange of information"))]);
        assert_eq!(found(&named), [(Some(Id::new(30)), ids(&[4]))]);
        assert_eq!(found(&board(&[], &[])), []);
        let gathering = Board { phase: Phase::Gather, ..board(&CARDS, &[]) };
        assert_eq!(found(&gathering), []);
    }
}
