//! The Schulze method (M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
//! single-winner election method", Social Choice and Welfare 36, 2011), by winning votes.

/// How many ballots prefer one to another: each has a number for each of them, and the lower one is preferred.
pub(super) fn pairs(options: usize, ranks: &[impl AsRef<[u8]>]) -> Vec<Vec<usize>> {
    let mut pairs = vec![vec![0; options]; options];
    for ranks in ranks {
        let ranks = ranks.as_ref();
        for (one, row) in pairs.iter_mut().enumerate() {
            for (other, prefer) in row.iter_mut().enumerate() {
                *prefer += usize::from(ranks[one] < ranks[other]);
            }
        }
    }
    pairs
}

/// The place of each, from 1, by how ballots rank them. It is by how many go before: those of which neither does share one.
pub(super) fn schulze(options: usize, ranks: &[impl AsRef<[u8]>]) -> Vec<usize> {
    let pairs = pairs(options, ranks);
    // How strong the strongest path from one to another is: as strong as its weakest link.
    let mut paths: Vec<Vec<usize>> = pairs.clone();
    for (one, row) in paths.iter_mut().enumerate() {
        for (other, strength) in row.iter_mut().enumerate() {
            if pairs[one][other] <= pairs[other][one] {
                *strength = 0;
            }
        }
    }
    for by in 0..options {
        let onward = paths[by].clone();
        for row in &mut paths {
            let there = row[by];
            for (strength, onward) in row.iter_mut().zip(&onward) {
                *strength = (*strength).max(there.min(*onward));
            }
        }
    }
    let before = |one: usize| (0..options).filter(|other| paths[*other][one] > paths[one][*other]).count();
    (0..options).map(|one| 1 + before(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::schulze;
    use proptest::prelude::*;

    /// So many ballots that rank these letters in this order.
    fn ballots(options: usize, orders: &[(usize, &str)]) -> Vec<Vec<u8>> {
        let ranks = |order: &str| {
            let mut ranks = vec![u8::MAX; options];
            for (place, letter) in (1..).zip(order.bytes()) {
                ranks[usize::from(letter - b'A')] = place;
            }
            ranks
        };
        orders.iter().flat_map(|(number, order)| vec![ranks(order); *number]).collect()
    }

    /// As the paper has it: section 3, examples 1 and 2.
    #[test]
    fn the_paper_s_own_elections() {
        let first = ballots(4, &[(8, "ACDB"), (2, "BADC"), (4, "CDBA"), (4, "DBAC"), (3, "DCBA")]);
        assert_eq!(schulze(4, &first), [2, 4, 3, 1], "D, A, C, B");
        let known = [
            (5, "ACBED"),
            (5, "ADECB"),
            (8, "BEDAC"),
            (3, "CABED"),
            (7, "CAEBD"),
            (2, "CBADE"),
            (7, "DCEBA"),
            (8, "EBADC"),
        ];
        assert_eq!(schulze(5, &ballots(5, &known)), [2, 4, 3, 5, 1], "E, A, C, B, D");
    }

    #[test]
    fn nobody_votes_and_nothing_comes_before() {
        assert_eq!(schulze(3, &Vec::<Vec<u8>>::new()), [1, 1, 1]);
        assert!(schulze(0, &Vec::<Vec<u8>>::new()).is_empty());
    }

    proptest! {
        /// Whoever beats every other in a pair is the first; and who is preferred by all is before.
        #[test]
        fn it_is_as_condorcet_and_pareto_would_have_it(ranks in prop::collection::vec(prop::collection::vec(1..6_u8, 5), 1..12)) {
            let places = schulze(5, &ranks);
            let over = |one: usize, other: usize| ranks.iter().filter(|ranks| ranks[one] < ranks[other]).count();
            for one in 0..5 {
                if (0..5).filter(|other| *other != one).all(|other| over(one, other) > over(other, one)) {
                    prop_assert_eq!(places[one], 1);
                    prop_assert_eq!(places.iter().filter(|place| **place == 1).count(), 1);
                }
                for other in 0..5 {
                    prop_assert!(over(one, other) < ranks.len() || places[one] < places[other]);
                }
            }
            // Backwards all is backwards: the first is not the first, but where it shares that with all.
            let back: Vec<Vec<u8>> = ranks.iter().map(|ranks| ranks.iter().map(|rank| 6 - rank).collect()).collect();
            let back = schulze(5, &back);
            for one in 0..5 {
                let alone = places.iter().filter(|place| **place == 1).count() == 1;
                prop_assert!(!(alone && places[one] == 1 && back[one] == 1));
            }
        }
    }
}
