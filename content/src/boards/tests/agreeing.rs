//! How a room words recommendations together.

use super::log::{Kept, called, id, moves, open, write};
use crate::{boards::*, recommendations::Urgency};

/// A board on which three cards were voted: 3 by itself came first, then the cluster 10 of the others.
fn voted() -> Kept {
    let mut kept = open(Names::Signed, Shown::AtOnce);
    for (person, number) in [(1, 1), (2, 2), (1, 3)] {
        kept.does(person, (number, write(&format!("Card {number}"))), 0).expect("written");
    }
    kept.does(0, (101, moves(Phase::Cluster)), 0).expect("moved");
    kept.does(1, (10, Command::Cluster { cards: vec![id(1), id(2)], name: None }), 0).expect("made");
    kept.does(0, (102, Command::Open { how: How { method: Method::Score, dots: 1 } }), 0).expect("begun");
    let ballot = Ballot::Score([(id(3), 5), (id(10), 1)].into());
    kept.does(1, (20, Command::Vote { ballot }), 0).expect("voted");
    kept
}

/// The same, where the vote is over.
fn agreeing() -> Kept {
    let mut kept = voted();
    kept.does(0, (103, moves(Phase::Agree)), 0).expect("moved");
    kept
}

fn propose(of: Option<u64>, text: &str) -> Command {
    Command::Propose { of: of.map(id), text: called(text) }
}

fn amend(was: i64, changes: &[Change]) -> Command {
    Command::Amend { proposal: id(30), was, changes: changes.to_vec() }
}

fn text(text: &str) -> Change {
    Change::Text(called(text))
}

#[test]
fn the_vote_ends_where_recommendations_begin_and_is_there_when_the_board_closes() {
    let mut kept = voted();
    assert_eq!(kept.does(1, (29, propose(Some(3), "Train people")), 0), Err(Refusal::NotNow));
    kept.does(0, (103, moves(Phase::Agree)), 0).expect("moved");
    let tally = kept.board.tally.clone().expect("counted");
    assert_eq!((tally.cast, tally.weighed[0].choice, kept.board.vote), (1, id(3), None));
    kept.does(1, (30, propose(Some(3), "Train people")), 0).expect("proposed");
    kept.does(0, (104, moves(Phase::Closed)), 0).expect("closed");
    assert_eq!(kept.board.tally, Some(tally));
    assert_eq!(kept.does(1, (31, amend(99, &[text("Later")])), 0), Err(Refusal::NotNow));
    // Going back loses nothing, and another vote is another.
    kept.does(0, (105, moves(Phase::Cluster)), 0).expect("back");
    kept.does(0, (106, moves(Phase::Agree)), 0).expect("on");
    assert_eq!(kept.board.proposals.len(), 1);
    kept.does(0, (107, Command::Open { how: How { method: Method::Dots, dots: 3 } }), 0).expect("again");
    kept.does(0, (108, moves(Phase::Agree)), 0).expect("ended");
    assert_eq!(kept.board.tally.as_ref().map(|tally| (tally.how.method, tally.cast)), Some((Method::Dots, 0)));
}

#[test]
fn drafts_stand_as_the_vote_has_put_what_they_come_from() {
    let mut kept = agreeing();
    for (number, of, says) in [(30, None, "Of nothing"), (31, Some(10), "Of two"), (32, Some(3), "Of one")] {
        kept.does(2, (number, propose(of, says)), 0).expect("proposed");
    }
    let order: Vec<_> = kept.board.proposals_in_order().into_iter().map(|(id, _)| id).collect();
    assert_eq!(order, [id(32), id(31), id(30)]);
    // Several press one button, and somebody makes another of the same.
    assert_eq!(kept.does(1, (33, propose(Some(10), "Of two")), 0), Ok(0));
    assert_eq!(kept.does(1, (34, propose(Some(10), "More of two")), 0), Ok(1));
    // Of what lies in a cluster there is none by itself, nor of what was taken away.
    assert_eq!(kept.does(1, (35, propose(Some(1), "Of a card in it")), 0), Err(Refusal::NotThere));
    kept.does(0, (36, Command::Hide { card: id(3) }), 0).expect("hidden");
    assert_eq!(kept.does(1, (37, propose(Some(3), "Of what is hidden")), 0), Err(Refusal::NotThere));
    assert_eq!(kept.does(3, (38, propose(None, "I look on")), 0), Err(Refusal::Forbidden));
    assert_eq!(kept.does(1, (39, Command::Drop { proposal: id(30) }), 0), Err(Refusal::Forbidden));
    kept.does(0, (40, Command::Drop { proposal: id(30) }), 0).expect("dropped");
    assert_eq!(kept.does(0, (41, Command::Drop { proposal: id(30) }), 0), Err(Refusal::NoProposal));
    assert_eq!(kept.does(1, (42, amend(99, &[text("Gone")])), 0), Err(Refusal::NoProposal));
}

#[test]
fn two_who_word_the_same_draft_lose_nothing() {
    let mut kept = agreeing();
    kept.does(1, (30, propose(Some(3), "Train people")), 0).expect("proposed");
    let was = kept.board.proposals[&id(30)].version();
    let strong = Change::Urgency(Some(Urgency::Urge));
    kept.does(
        2,
        (
            31,
            amend(was, &[strong.clone(), Change::Addressees([" Ministries ", "Ministries"].map(Into::into).to_vec())]),
        ),
        0,
    )
    .expect("one");
    // Another field of the same version, with what was before them of the others: all of it holds.
    kept.does(1, (32, amend(was, &[text("Train inspectors"), Change::Themes(vec!["training".into()])])), 0)
        .expect("two");
    let proposal = &kept.board.proposals[&id(30)];
    assert_eq!((&*proposal.text.text, proposal.urgency), ("Train inspectors", Some(Urgency::Urge)));
    assert_eq!(
        (&*proposal.addressees, &*proposal.themes),
        (&["Ministries".to_owned()][..], &["training".to_owned()][..])
    );
    // The same field does not: who comes second is told, and changes nothing.
    let late = [text("Train everybody"), Change::Urgency(None)];
    assert_eq!(kept.does(2, (33, amend(was, &late)), 0), Err(Refusal::Changed));
    assert_eq!(kept.board.proposals[&id(30)].urgency, Some(Urgency::Urge), "all of it or nothing");
    let now = kept.board.proposals[&id(30)].version();
    assert_eq!(kept.does(2, (34, amend(now, &late)), 0), Ok(1), "who has read it may");
    // What says the same is no change, from whatever version.
    assert_eq!(kept.does(1, (35, amend(was, &late)), 0), Ok(0));
}

#[test]
fn what_cannot_stand_is_refused_by_name() {
    let mut kept = agreeing();
    kept.does(1, (30, propose(None, "Train people")), 0).expect("proposed");
    let many = |one: &str| vec![one.to_owned(); ADDRESSEES_MOST + 1];
    for (change, refusal) in [
        (text(" ... "), Refusal::ProposalEmpty),
        (text(&"a".repeat(PROPOSAL_LETTERS_MOST + 1)), Refusal::ProposalLong),
        (text("Train \u{8}people"), Refusal::Odd),
        (Change::Addressees(vec![String::new()]), Refusal::AddresseeEmpty),
        (Change::Addressees(vec!["a".repeat(ADDRESSEE_LETTERS_MOST + 1)]), Refusal::AddresseeLong),
        (Change::Addressees(many("Ministries")), Refusal::ManyAddressees),
        (Change::Themes(many("training")), Refusal::ManyAddressees),
        (Change::Themes(vec!["Training!".into()]), Refusal::Odd),
        (Change::Themes(vec![String::new()]), Refusal::Odd),
    ] {
        assert_eq!(kept.does(2, (31, amend(99, std::slice::from_ref(&change))), 0), Err(refusal), "{change:?}");
    }
    for number in 1..PROPOSALS_MOST as u64 {
        // An hour apart, or it would be too fast.
        let at = number as i64 * 3_600_000;
        kept.does(1, (100_000 + number, propose(None, &format!("Draft {number}"))), at).expect("proposed");
    }
    assert_eq!(kept.does(2, (32, propose(None, "One more")), 0), Err(Refusal::ManyProposals));
}
