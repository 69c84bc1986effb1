//! How a room votes, and what is told of it.

use super::log::{Kept, actor, called, id, moves, open, write};
use crate::boards::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A signed board with open ballots: a cluster 10 of the cards 1 and 2, and card 3 by itself.
fn sorted() -> Kept {
    let mut kept = open(Names::Signed, Shown::AtOnce);
    for (person, number) in [(1, 1), (2, 2), (1, 3)] {
        kept.does(person, (number, write(&format!("Card {number}"))), 0).expect("written");
    }
    kept.does(0, (101, moves(Phase::Cluster)), 0).expect("moved");
    let cluster = Command::Cluster { cards: vec![id(1), id(2)], name: Some(called("Both")) };
    kept.does(1, (10, cluster), 0).expect("made");
    kept
}

fn begin(method: Method, dots: u8) -> Command {
    Command::Open { how: How { method, dots } }
}

fn marks(marks: &[(u64, u8)]) -> BTreeMap<Id, u8> {
    marks.iter().map(|(option, mark)| (id(*option), *mark)).collect()
}

fn dots(of: &[(u64, u8)]) -> Command {
    Command::Vote { ballot: Ballot::Dots(marks(of)) }
}

fn cast(group: &str, ballot: Ballot) -> Cast {
    Cast { by: By::Nobody, group: Some(group.to_owned()), hand: Hand::Own, ballot }
}

fn object(why: &str) -> Stance {
    Stance::Object { reason: called(why) }
}

fn paper(ballot: Ballot) -> Command {
    Command::Enter { hand: Hand::Paper, group: Some("MD".to_owned()), seat: None, ballot }
}

/// Of each choice in order: its number, its place and its support.
fn came(tally: &Tally) -> Vec<(Id, usize, usize)> {
    tally.weighed.iter().map(|one| (one.choice, one.place, one.all.support)).collect()
}

#[test]
fn a_room_votes_on_clusters_and_on_cards_that_are_loose() {
    let mut kept = sorted();
    assert_eq!(kept.does(1, (20, dots(&[(10, 1)])), 0), Err(Refusal::NotNow));
    assert_eq!(kept.does(1, (21, begin(Method::Dots, 3)), 0), Err(Refusal::Forbidden));
    kept.does(0, (102, begin(Method::Dots, 3)), 0).expect("begun");
    assert_eq!(kept.board.choices(), [Choice::Cluster(id(10)), Choice::Card(id(3))]);
    kept.does(1, (22, dots(&[(10, 2), (3, 1)])), 0).expect("voted");
    kept.does(2, (23, dots(&[(3, 3)])), 0).expect("voted");
    kept.does(2, (24, dots(&[(10, 1), (3, 0)])), 0).expect("something else");
    assert_eq!(kept.does(2, (25, dots(&[(10, 1)])), 0), Ok(0), "the same");
    assert_eq!(kept.board.ballots.len(), 2);
    kept.does(0, (103, moves(Phase::Closed)), 0).expect("closed");
    let tally = kept.board.tally.clone().expect("counted");
    assert_eq!((came(&tally), tally.cast), (vec![(id(10), 1, 3), (id(3), 2, 1)], 2));
    assert_eq!(kept.board.vote, None);
    assert_eq!(kept.does(1, (26, dots(&[(10, 1)])), 0), Err(Refusal::NotNow));
}

#[test]
fn going_back_to_sort_loses_no_vote_and_another_vote_begins_anew() {
    let mut kept = sorted();
    kept.does(0, (102, begin(Method::Dots, 3)), 0).expect("begun");
    kept.does(1, (20, dots(&[(3, 1), (10, 2)])), 0).expect("voted");
    kept.does(0, (103, moves(Phase::Cluster)), 0).expect("back");
    assert_eq!(kept.does(0, (104, moves(Phase::Prioritise)), 0), Err(Refusal::NotNow), "how is not said");
    let into = Command::Sort { cards: vec![id(3)], cluster: Some(id(10)) };
    kept.does(2, (21, into), 0).expect("sorted");
    kept.does(0, (105, begin(Method::Dots, 3)), 0).expect("on");
    assert_eq!(kept.board.ballots.len(), 1);
    kept.does(0, (106, moves(Phase::Cluster)), 0).expect("back");
    // A board that is closed has no vote left open.
    let mut closed = kept.clone();
    closed.does(0, (107, moves(Phase::Closed)), 0).expect("closed");
    assert_eq!(came(closed.board.tally.as_ref().expect("counted")), [(id(10), 1, 2)], "of what is there");
    kept.does(0, (107, begin(Method::Score, 3)), 0).expect("another");
    assert!(kept.board.ballots.is_empty());
    assert_eq!(kept.does(1, (22, dots(&[(10, 1)])), 0), Err(Refusal::OtherVote));
}

#[test]
fn what_cannot_be_voted_is_refused_by_name() {
    let mut kept = open(Names::Signed, Shown::AtOnce);
    assert_eq!(kept.does(0, (101, begin(Method::Dots, 3)), 0), Err(Refusal::NoChoices));
    let mut kept = sorted();
    for dots in [0, DOTS_MOST + 1] {
        assert_eq!(kept.does(0, (102, begin(Method::Dots, dots)), 0), Err(Refusal::Dots));
    }
    kept.does(0, (103, begin(Method::Dots, 3)), 0).expect("begun");
    assert_eq!(kept.does(0, (104, begin(Method::Score, 3)), 0), Err(Refusal::NotNow), "not in the middle of it");
    assert_eq!(kept.does(1, (20, dots(&[(10, 2), (3, 2)])), 0), Err(Refusal::ManyDots));
    assert_eq!(kept.does(1, (21, dots(&[(10, 255), (3, 255)])), 0), Err(Refusal::ManyDots));
    assert_eq!(kept.does(3, (22, dots(&[(10, 1)])), 0), Err(Refusal::Forbidden), "who looks on");
    assert_eq!(kept.does(0, (23, dots(&[(10, 1)])), 0), Err(Refusal::Forbidden), "who does not write");
    kept.does(1, (24, dots(&[(10, 1), (77, 9)])), 0).expect("without what is not there");
    assert_eq!(kept.does(1, (25, paper(Ballot::Dots(marks(&[(10, 1)])))), 0), Err(Refusal::Forbidden));
    assert_eq!(kept.does(0, (26, paper(Ballot::Dots(BTreeMap::new()))), 0), Err(Refusal::NoMarks));
    kept.does(0, (105, moves(Phase::Cluster)), 0).expect("back");
    kept.does(0, (106, begin(Method::Score, 3)), 0).expect("begun");
    let score = |points| Command::Vote { ballot: Ballot::Score(marks(&[(10, points)])) };
    assert_eq!(kept.does(1, (27, score(POINTS_MOST + 1)), 0), Err(Refusal::Mark));
    kept.does(1, (28, score(POINTS_MOST)), 0).expect("voted");
    kept.does(0, (107, moves(Phase::Cluster)), 0).expect("back");
    kept.does(0, (108, begin(Method::Consent, 3)), 0).expect("begun");
    let why = |why: &str| Command::Vote { ballot: Ballot::Consent(BTreeMap::from([(id(10), object(why))])) };
    assert_eq!(kept.does(1, (29, why(" \u{202e}")), 0), Err(Refusal::NoReason));
    assert_eq!(kept.does(1, (30, why(&"a".repeat(LETTERS_MOST + 1))), 0), Err(Refusal::ReasonLong));
    kept.does(1, (31, why(" too\ndear ")), 0).expect("voted");
    let said = kept.board.ballots.values().map(|cast| cast.ballot.stance(id(10)).cloned()).collect::<Vec<_>>();
    assert_eq!(said, [Some(object("too dear"))]);
}

#[test]
fn a_ballot_can_be_taken_back_and_so_can_one_that_was_entered() {
    let mut kept = sorted();
    kept.does(0, (102, begin(Method::Dots, 3)), 0).expect("begun");
    kept.does(1, (20, dots(&[(10, 1)])), 0).expect("voted");
    kept.does(0, (103, paper(Ballot::Dots(marks(&[(3, 3)])))), 0).expect("entered");
    assert_eq!(kept.board.ballots.len(), 2);
    assert_eq!(kept.does(0, (103, paper(Ballot::Dots(marks(&[(3, 3)])))), 0), Ok(0), "sent twice");
    assert_eq!(kept.does(0, (104, Command::Discard { ballot: id(20) }), 0), Err(Refusal::Forbidden));
    kept.does(0, (105, Command::Discard { ballot: id(103) }), 0).expect("taken back");
    assert_eq!(kept.does(0, (106, Command::Discard { ballot: id(103) }), 0), Err(Refusal::NotThere));
    assert_eq!(kept.does(2, (21, dots(&[])), 0), Ok(0), "nothing was there");
    kept.does(1, (22, dots(&[])), 0).expect("taken back");
    assert!(kept.board.ballots.is_empty());
}

#[test]
fn who_votes_for_what_is_told_to_whoever_may_know_names() {
    let mut kept = sorted();
    kept.does(0, (102, begin(Method::Dots, 3)), 0).expect("begun");
    kept.does(2, (20, dots(&[(10, 1)])), 0).expect("voted");
    let by = |person| kept.board.seen_by(actor(person).eye).ballots.values().map(|cast| cast.by).collect::<Vec<_>>();
    assert_eq!((by(1), by(2), by(3)), (vec![By::Author(12)], vec![By::You], vec![By::Nobody]));
    // Where cards have no names, a ballot is no event.
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    kept.does(1, (1, write("One")), 0).expect("written");
    kept.does(0, (102, begin(Method::Dots, 3)), 0).expect("begun");
    assert_eq!(kept.does(1, (2, dots(&[(1, 1)])), 0), Ok(0));
    assert_eq!(kept.does(1, (3, dots(&[(1, 4)])), 0), Err(Refusal::ManyDots));
}

#[test]
fn each_method_has_its_order() {
    let how = |method| How { method, dots: 3 };
    let choices = [id(1), id(2), id(3)];
    let score = [&[(1, 5), (2, 1)][..], &[(2, 3), (3, 3)], &[(2, 2)]];
    let score: Vec<Cast> = score.iter().map(|of| cast("AL", Ballot::Score(marks(of)))).collect();
    let tally = count(&choices, &score, how(Method::Score), Ballots::Open);
    assert_eq!(came(&tally), [(id(2), 1, 6), (id(1), 2, 5), (id(3), 3, 3)]);
    // What nobody ranks is the last, and who is preferred by more to all others the first.
    let ranked = [&[(1, 1), (2, 2)][..], &[(1, 1), (2, 2)], &[(2, 1)]];
    let ranked: Vec<Cast> = ranked.iter().map(|of| cast("AL", Ballot::Ranked(marks(of)))).collect();
    let tally = count(&choices, &ranked, how(Method::Ranked), Ballots::Open);
    assert_eq!(came(&tally), [(id(1), 1, 2), (id(2), 2, 1), (id(3), 3, 0)]);
    // The fewest objections come first, though more agree to another.
    let consent = [
        BTreeMap::from([(id(1), Stance::Agree), (id(2), Stance::Agree)]),
        BTreeMap::from([(id(1), Stance::Agree), (id(2), Stance::Aside)]),
        BTreeMap::from([(id(1), object("dear")), (id(3), Stance::Agree)]),
    ];
    let consent: Vec<Cast> = consent.iter().map(|of| cast("AL", Ballot::Consent(of.clone()))).collect();
    let tally = count(&choices, &consent, how(Method::Consent), Ballots::Open);
    assert_eq!(came(&tally), [(id(3), 1, 1), (id(2), 2, 1), (id(1), 3, 2)]);
    assert_eq!(tally.weighed[2].reasons, [called("dear")]);
    let stands = tally.weighed[1].all;
    assert_eq!((stands.aside, stands.against), (1, 0));
}

/// Ballots with dots on one choice: for each delegation as many dots as each of it lays there.
fn on_one(groups: &[(&str, &[u8])]) -> Tally {
    let casts = groups.iter().flat_map(|(group, of)| {
        // Something lies elsewhere, so that nobody's ballot is empty.
        of.iter().map(|dots| cast(group, Ballot::Dots(marks(&[(1, *dots), (2, 1)]))))
    });
    count(&[id(1)], &casts.collect::<Vec<_>>(), How { method: Method::Dots, dots: 9 }, Ballots::Secret)
}

/// The delegations of which it is told, as (name, dots).
fn told(tally: &Tally) -> Vec<(&str, usize)> {
    tally.weighed.iter().flat_map(|one| one.groups.iter().map(|(name, count)| (&**name, count.support))).collect()
}

#[test]
fn of_a_secret_vote_nothing_is_told_that_says_who_voted_what() {
    // Three who did not do the same.
    let all = on_one(&[("AL", &[1, 0, 1]), ("BA", &[0, 2, 2]), ("MD", &[3, 0, 0, 0])]);
    assert_eq!(told(&all), [("AL", 2), ("BA", 4), ("MD", 3)]);
    // Of two nothing is told: nor of the smallest other, from which they would follow.
    let few = on_one(&[("AL", &[1, 0, 1]), ("BA", &[0, 2]), ("MD", &[3, 0, 0, 0])]);
    assert_eq!((told(&few), few.weighed[0].all.support), (vec![("MD", 3)], 7));
    assert_eq!(few.groups, BTreeMap::from([("AL".to_owned(), 3), ("MD".to_owned(), 4)]));
    // Of those who all did the same neither.
    let alike = on_one(&[("AL", &[1, 0, 1]), ("BA", &[2, 2, 2]), ("MD", &[3, 0, 0, 0])]);
    assert_eq!(told(&alike), [("MD", 3)]);
    // One who is of no delegation that is told takes another along, and only then it is hard to say.
    let alone = on_one(&[("AL", &[1, 0, 1]), ("BA", &[9])]);
    assert_eq!(told(&alone), []);
    // Where all did the same the total says it.
    let same = on_one(&[("AL", &[1, 1, 1]), ("BA", &[1, 1, 1, 1])]);
    assert_eq!(told(&same), [("AL", 3), ("BA", 4)]);
    // And of two ballots there is no result.
    let two = on_one(&[("AL", &[1, 0])]);
    assert_eq!((two.weighed.len(), two.cast), (0, 2));
}

#[test]
fn common_ground_is_what_each_delegation_supports() {
    let tally = on_one(&[("AL", &[1, 1, 0]), ("BA", &[2, 1, 0]), ("MD", &[1, 1, 1, 0])]);
    assert_eq!(tally.weighed[0].across, Some(Across::Common));
    let tally = on_one(&[("AL", &[1, 1, 1]), ("BA", &[2, 0, 0, 0]), ("MD", &[1, 1, 0, 0])]);
    assert_eq!(tally.weighed[0].across, Some(Across::Divides));
    let tally = on_one(&[("AL", &[1, 1, 0]), ("BA", &[2, 2, 0, 0]), ("MD", &[1, 1, 0, 0])]);
    assert_eq!(tally.weighed[0].across, None);
    let tally = on_one(&[("AL", &[1, 1, 1, 0])]);
    assert_eq!(tally.weighed[0].across, None, "there is nobody beside it");
}

proptest! {
    /// Whoever subtracts what is told of delegations from the total learns of no fewer than three, and of none who all did
    /// the same, but where all of all did.
    #[test]
    fn what_is_told_says_of_nobody_what_they_voted(groups in prop::collection::vec(prop::collection::vec(0..3_u8, 0..6), 1..5)) {
        let names = ["AL", "BA", "MD", "RS"];
        let groups: Vec<(&str, &[u8])> = groups.iter().enumerate().map(|(at, of)| (names[at], &**of)).collect();
        let tally = on_one(&groups);
        let every: Vec<u8> = groups.iter().flat_map(|(_, of)| of.iter().copied()).collect();
        let holds = |of: &[u8]| of.len() >= TOLD_LEAST && (of.iter().any(|dots| *dots != of[0]) || every.iter().all(|dots| *dots == every[0]));
        let told: Vec<&str> = told(&tally).into_iter().map(|(name, _)| name).collect();
        for (name, of) in &groups {
            prop_assert!(!told.contains(name) || holds(of), "{name} {of:?}");
        }
        let rest = groups.iter().filter(|(name, _)| !told.contains(name));
        let rest: Vec<u8> = rest.flat_map(|(_, of)| of.iter().copied()).collect();
        prop_assert!(told.is_empty() || rest.is_empty() || holds(&rest), "{told:?} {rest:?}");
        if let Some(one) = tally.weighed.first() {
            prop_assert_eq!(one.all.support, every.iter().map(|dots| usize::from(*dots)).sum::<usize>());
        }
    }
}
