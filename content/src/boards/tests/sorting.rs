//! How cards are sorted.

use super::log::{Kept, actor, called, id, moves, open, write};
use crate::boards::*;

/// A board on which cards 1, 2 and 3 stand, and are being sorted.
fn sorting() -> Kept {
    let mut kept = open(Names::Anonymous, Shown::AtEnd);
    for (person, number) in [(1, 1), (2, 2), (1, 3)] {
        kept.does(person, (number, write(&format!("Card {number}"))), 0).expect("written");
    }
    kept.does(0, (101, moves(Phase::Cluster)), 0).expect("moved");
    kept
}

fn sort(cards: &[u64], cluster: Option<u64>) -> Command {
    Command::Sort { cards: cards.iter().copied().map(id).collect(), cluster: cluster.map(id) }
}

fn cluster(cards: &[u64], name: Option<&str>) -> Command {
    Command::Cluster { cards: cards.iter().copied().map(id).collect(), name: name.map(called) }
}

fn merge(cluster: u64, into: Option<u64>) -> Command {
    Command::Merge { cluster: id(cluster), into: into.map(id) }
}

impl Kept {
    /// What lies in a cluster, or is loose.
    fn lies(&self, cluster: Option<u64>) -> Vec<Id> {
        let lies = self.board.cards.iter().filter(|(_, card)| card.cluster == cluster.map(id));
        lies.map(|(card, _)| *card).collect()
    }

    fn names(&self) -> Vec<Option<&str>> {
        let clusters = self.board.clusters_in_order().into_iter();
        clusters.map(|(_, cluster)| cluster.name.as_ref().map(|name| name.text.as_str())).collect()
    }
}

#[test]
fn cards_are_sorted_by_the_room_named_merged_and_split() {
    let mut kept = sorting();
    kept.does(2, (10, cluster(&[1, 2], None)), 0).expect("made");
    assert_eq!((kept.lies(Some(10)), kept.lies(None)), (vec![id(1), id(2)], vec![id(3)]));
    kept.does(1, (11, Command::Name { cluster: id(10), name: called("  Training\n of judges ") }), 0).expect("named");
    kept.does(2, (12, cluster(&[], Some("Shelters"))), 0).expect("before anything lies in it");
    assert_eq!(kept.names(), [Some("Training of judges"), Some("Shelters")]);
    // Split: what is chosen lies in one of its own.
    kept.does(1, (13, cluster(&[2, 3, 3], None)), 0).expect("made");
    assert_eq!((kept.lies(Some(10)), kept.lies(Some(13))), (vec![id(1)], vec![id(2), id(3)]));
    kept.does(2, (14, sort(&[2], None)), 0).expect("loose");
    kept.does(2, (15, merge(13, Some(10))), 0).expect("merged");
    assert_eq!((kept.lies(Some(10)), kept.lies(None)), (vec![id(1), id(3)], vec![id(2)]));
    assert_eq!(kept.does(2, (16, sort(&[1], Some(10))), 0), Ok(0), "it lies there");
    kept.does(2, (17, merge(10, None)), 0).expect("taken apart");
    assert_eq!((kept.lies(None).len(), kept.names()), (3, vec![Some("Shelters")]));
}

#[test]
fn sorting_is_for_its_phase_and_for_those_who_write() {
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    kept.does(1, (1, write("One")), 0).expect("written");
    assert_eq!(kept.does(1, (2, cluster(&[1], None)), 0), Err(Refusal::NotNow));
    let mut kept = sorting();
    assert_eq!(kept.does(1, (10, write("Late")), 0), Err(Refusal::NotNow));
    assert_eq!(kept.does(3, (11, cluster(&[1], None)), 0), Err(Refusal::Forbidden), "who looks on");
    kept.does(1, (12, cluster(&[1], Some("One"))), 0).expect("made");
    kept.does(0, (102, moves(Phase::Closed)), 0).expect("closed");
    assert_eq!(kept.does(1, (13, sort(&[2], Some(12))), 0), Err(Refusal::NotNow));
    // Back again nothing is lost, and what comes is loose.
    kept.does(0, (103, moves(Phase::Gather)), 0).expect("moved");
    kept.does(1, (14, write("Four")), 0).expect("written");
    kept.does(0, (104, moves(Phase::Cluster)), 0).expect("moved");
    assert_eq!((kept.lies(Some(12)), kept.lies(None)), (vec![id(1)], vec![id(2), id(3), id(14)]));
}

#[test]
fn what_cannot_be_sorted_is_refused_by_name() {
    let mut kept = sorting();
    kept.does(0, (102, Command::Hide { card: id(3) }), 0).expect("hidden");
    for (sent, refusal) in [
        (cluster(&[], None), Refusal::NoneChosen),
        (cluster(&[3], None), Refusal::NotThere),
        (cluster(&[77], None), Refusal::NotThere),
        (cluster(&[1], Some(" \u{202e} ")), Refusal::NameEmpty),
        (cluster(&[1], Some(&"ж".repeat(NAME_LETTERS_MOST + 1))), Refusal::NameLong),
        (cluster(&[1], Some("a\u{7}b")), Refusal::Odd),
        (sort(&[], None), Refusal::NoneChosen),
        (sort(&[1], Some(77)), Refusal::NoCluster),
        (sort(&[1; AT_ONCE_MOST + 1], None), Refusal::AtOnce),
        (Command::Name { cluster: id(77), name: called("One") }, Refusal::NoCluster),
        (merge(77, None), Refusal::NoCluster),
    ] {
        assert_eq!(kept.does(1, (50, sent.clone()), 0), Err(refusal), "{sent:?}");
    }
    // Of several, those go that are still there.
    kept.does(1, (60, cluster(&[1, 3, 77], None)), 0).expect("made");
    assert_eq!(kept.lies(Some(60)), [id(1)]);
    assert_eq!(kept.does(1, (61, merge(60, Some(77))), 0), Err(Refusal::NoCluster));
    assert_eq!(kept.does(1, (62, merge(60, Some(60))), 0), Ok(0));
    for number in kept.board.clusters.len()..CLUSTERS_MOST {
        let at = number as i64 * 10_000;
        kept.does(1, (2000 + number as u64, cluster(&[], Some("Room"))), at).expect("made");
    }
    assert_eq!(kept.does(2, (63, cluster(&[2], None)), 0), Err(Refusal::ManyClusters));
}

#[test]
fn a_hidden_card_comes_back_to_where_it_lay() {
    let mut kept = sorting();
    kept.does(1, (10, cluster(&[1], None)), 0).expect("made");
    kept.does(1, (11, cluster(&[2], None)), 0).expect("made");
    kept.does(0, (102, Command::Hide { card: id(1) }), 0).expect("hidden");
    kept.does(2, (12, merge(10, Some(11))), 0).expect("merged meanwhile");
    kept.does(0, (103, Command::Show { card: id(1) }), 0).expect("shown");
    assert_eq!(kept.lies(Some(11)), [id(1), id(2)]);
}

#[test]
fn a_cluster_without_a_name_goes_with_its_last_card() {
    let mut kept = sorting();
    kept.does(1, (10, cluster(&[1, 2], None)), 0).expect("made");
    kept.does(1, (11, cluster(&[3], Some("Money"))), 0).expect("made");
    kept.does(1, (12, sort(&[1], Some(11))), 0).expect("sorted");
    assert_eq!(kept.names(), [None, Some("Money")]);
    kept.does(1, (13, cluster(&[2, 3], None)), 0).expect("made");
    assert_eq!(kept.names(), [Some("Money"), None], "what is called something stays, though nothing be in it");
    // One that nobody sees may come back.
    kept.does(0, (102, Command::Hide { card: id(2) }), 0).expect("hidden");
    kept.does(1, (15, sort(&[3], None)), 0).expect("sorted");
    assert_eq!(kept.names(), [Some("Money"), None]);
}

#[test]
fn who_sorts_is_told_to_nobody_and_ones_own_can_still_be_taken_back() {
    let mut kept = open(Names::Signed, Shown::AtEnd);
    kept.does(1, (1, write("One")), 0).expect("written");
    kept.does(0, (101, moves(Phase::Cluster)), 0).expect("moved");
    kept.does(2, (10, cluster(&[1], None)), 0).expect("made");
    let by = |person| kept.seen(person).into_iter().rev().take(2).map(|event| event.by).collect::<Vec<_>>();
    assert_eq!((by(1), by(2)), (vec![By::Nobody; 2], vec![By::You; 2]));
    assert_eq!(kept.does(2, (11, Command::Withdraw { card: id(1) }), 0), Err(Refusal::NotThere));
    kept.does(1, (12, Command::Withdraw { card: id(1) }), 0).expect("taken back");
    assert!(kept.board.cards.is_empty());
}

#[test]
fn who_comes_late_reads_what_cards_say_now() {
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    kept.does(1, (1, write("With a name in it")), 0).expect("written");
    let better = Command::Edit { card: id(1), language: language::Language::English, text: "Without".to_owned() };
    kept.does(1, (2, better), 0).expect("changed");
    let told = |person: usize| {
        let events = kept.log.iter().filter_map(|event| kept.board.still(event, actor(person).eye));
        serde_json::to_string(&events.collect::<Vec<_>>()).expect("written")
    };
    assert!(!told(2).contains("With a name") && told(2).contains("Without"));
    assert!(told(1).contains("With a name"), "its author has all of it");
}
