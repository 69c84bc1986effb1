//! Cards that may say nearly the same, for a person to put together: by the words that they share and others have seldom, and
//! across languages by what the glossary calls the same.

use super::{
    command::{Id, Phase},
    fold::{Board, Card},
};
use crate::search::{Index, Texts};

/// How many are suggested at once.
const SHOWN: usize = 3;
/// The most loose cards that are compared.
const LOOKED_AT: usize = 300;
/// The most cards of one suggestion.
const TOGETHER: usize = 8;
/// The most cards of a cluster that a loose one is compared with.
const OF_A_CLUSTER: usize = 20;

/// Cards that may belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The cluster to which they may belong; none: they may be one of their own.
    pub cluster: Option<Id>,
    /// Which; one at least, and two where there is no cluster.
    pub cards: Vec<Id>,
}

/// What may be put together of the loose cards of a board that is sorted: of those alone that stand before the room.
pub(super) fn alike(board: &Board, index: &Index) -> Vec<Alike> {
    if board.phase != Phase::Cluster {
        return Vec::new();
    }
    let stand: Vec<(Id, &Card)> = board.in_order().into_iter().filter(|(_, card)| card.stands()).collect();
    let clusters = board.clusters_in_order();
    // Cards by their places, then what clusters are called.
    let mut said: Vec<_> = stand.iter().map(|(_, card)| (card.says.language, card.says.text.as_str())).collect();
    let mut within: Vec<(Id, Vec<usize>)> = Vec::new();
    for (id, cluster) in clusters {
        let lie = stand.iter().enumerate().filter(|(_, (_, card))| card.cluster == Some(id)).take(OF_A_CLUSTER);
        let mut places: Vec<usize> = lie.map(|(at, _)| at).collect();
        if let Some(name) = &cluster.name {
            places.push(said.len());
            said.push((name.language, name.text.as_str()));
        }
        within.push((id, places));
    }
    let texts = Texts::of(index, &said);
    let mut loose: Vec<usize> = (0..stand.len()).filter(|at| stand[*at].1.cluster.is_none()).collect();
    loose.truncate(LOOKED_AT);

    let mut found: Vec<(f32, Alike)> = Vec::new();
    let mut keep = |loose: &mut Vec<usize>, cluster, first: Option<usize>, mut near: Vec<(usize, f32)>| {
        near.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        near.truncate(TOGETHER - 1);
        let Some(nearest) = near.iter().map(|(_, near)| *near).reduce(f32::max) else { return };
        let places: Vec<usize> = first.into_iter().chain(near.into_iter().map(|(at, _)| at)).collect();
        loose.retain(|at| !places.contains(at));
        found.push((nearest, Alike { cluster, cards: places.into_iter().map(|at| stand[at].0).collect() }));
    };
    for (id, places) in within {
        let near = |at: &usize| places.iter().filter_map(|other| texts.alike(*at, *other)).reduce(f32::max);
        let near = loose.iter().filter_map(|at| Some((*at, near(at)?))).collect();
        keep(&mut loose, Some(id), None, near);
    }
    while !loose.is_empty() {
        let first = loose.remove(0);
        let near = loose.iter().filter_map(|at| Some((*at, texts.alike(first, *at)?))).collect();
        keep(&mut loose, None, Some(first), near);
    }
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found.truncate(SHOWN);
    found.into_iter().map(|(_, alike)| alike).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::{By, Cluster, Details, Says, Wording};
    use language::Language::{self, Bosnian, English, Romanian};
    use std::path::Path;

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
            let name = name.map(|text| Wording { language: English, text: text.to_owned() });
            board.clusters.insert(Id::new(*number), Cluster { name, number: 100 });
        }
        board
    }

    fn found(board: &Board) -> Vec<(Option<Id>, Vec<Id>)> {
        alike(board, &Index::new(Path::new("nowhere"))).into_iter().map(|alike| (alike.cluster, alike.cards)).collect()
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
