//! A board as its events make it.

use super::{
    Details, Names,
    command::{Id, Phase},
    log::{By, Event, Eye, Happened, Says, To, Wording, see},
    proposal::Proposal,
    tally::Tally,
    vote::{Cast, How},
};
use std::collections::BTreeMap;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Who wrote it.
    pub by: By,
    /// What it says.
    pub says: Says,
    /// The number of the event since which it stands where it does.
    pub number: i64,
    /// Since when: milliseconds since 1970, UTC.
    pub at: i64,
    /// It stands before the room; else its author alone sees it.
    pub shown: bool,
    /// It was taken away from the eyes of the room.
    pub hidden: bool,
    /// The cluster in which it lies; else it is loose.
    pub cluster: Option<Id>,
}

/// Cards that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What it is called, if it is called something.
    pub name: Option<Wording>,
    /// The number of the event of which it came.
    pub number: i64,
}

/// A board as it stands after its events, or as much of it as somebody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// How it works.
    pub details: Details,
    /// The number of the last event; 0 before the first.
    pub number: i64,
    /// How far the work has come.
    pub phase: Phase,
    /// Until when a clock runs in this phase: milliseconds since 1970, UTC.
    pub until: Option<i64>,
    /// Those who wrote were told that the team alone sees their names.
    pub quiet: bool,
    /// What was written and is there.
    pub cards: BTreeMap<Id, Card>,
    /// How it was sorted.
    pub clusters: BTreeMap<Id, Cluster>,
    /// The vote that is not over, though sorting go on meanwhile.
    pub vote: Option<How>,
    /// What was voted, where ballots are open, by the command that cast it first.
    pub ballots: BTreeMap<Id, Cast>,
    /// What came of the last vote that is over.
    pub tally: Option<Tally>,
    /// What was made of it: drafts of recommendations.
    pub proposals: BTreeMap<Id, Proposal>,
    /// Commands that were carried out: by whom, and when.
    pub(super) done: BTreeMap<Id, (Sender, i64)>,
}

/// Who sent a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// Whoever leads the work.
    Lead,
    /// An author.
    Author(By),
    /// An author, and nobody knows any more which.
    Forgotten,
}

impl Board {
    /// One on which nothing has happened.
    pub fn new(details: Details) -> Self {
        let (cards, clusters, ballots, proposals, done) = Default::default();
        let (number, phase, until, quiet, vote, tally) = Default::default();
        Self { details, number, phase, until, quiet, cards, clusters, vote, ballots, tally, proposals, done }
    }

    /// What happens next to it. An event that it has already is passed over, so that the same may come twice.
    pub fn apply(&mut self, event: &Event) {
        if event.number <= self.number {
            return;
        }
        self.number = event.number;
        if let Some(command) = event.command {
            self.done.insert(command, (event.sender(), event.at));
        }
        match &event.what.happened {
            Happened::Moved { phase, quiet } => {
                (self.phase, self.until) = (*phase, None);
                self.quiet |= quiet;
                if *phase == Phase::Closed && self.details.names == Names::Anonymous {
                    self.forget();
                }
            }
            Happened::Timed { until } => self.until = *until,
            Happened::Written { card, says, quiet } => {
                self.quiet |= quiet;
                self.put(*card, says, None, event);
            }
            Happened::Revealed { card, says, cluster } => self.put(*card, says, *cluster, event),
            Happened::Edited { card, says } => {
                if let Some(card) = self.cards.get_mut(card) {
                    card.says = says.clone();
                }
            }
            Happened::Hidden { card } => {
                if let Some(card) = self.cards.get_mut(card) {
                    card.hidden = true;
                }
            }
            Happened::Removed { card } => {
                self.cards.remove(card);
            }
            Happened::Clustered { cluster, name } => {
                self.clusters.insert(*cluster, Cluster { name: name.clone(), number: event.number });
            }
            Happened::Sorted { cards, cluster } => {
                for card in cards {
                    if let Some(card) = self.cards.get_mut(card) {
                        (card.cluster, card.number) = (*cluster, event.number);
                    }
                }
            }
            Happened::Named { cluster, name } => {
                if let Some(cluster) = self.clusters.get_mut(cluster) {
                    cluster.name = Some(name.clone());
                }
            }
            Happened::Opened { how } => {
                if self.vote != Some(*how) {
                    self.ballots.clear();
                }
                self.vote = Some(*how);
            }
            Happened::Voted { ballot, says, .. } if says.is_empty() => {
                self.ballots.remove(ballot);
            }
            Happened::Voted { ballot, group, hand, says } => {
                let cast = Cast { by: event.by, group: group.clone(), hand: *hand, ballot: says.clone() };
                self.ballots.insert(*ballot, cast);
            }
            Happened::Tallied { tally } => (self.vote, self.tally) = (None, Some(tally.clone())),
            Happened::Proposed { proposal, of, text } => {
                self.proposals.insert(*proposal, Proposal::new(*of, text.clone(), event.number));
            }
            Happened::Amended { proposal, changes } => {
                if let Some(proposal) = self.proposals.get_mut(proposal) {
                    changes.iter().for_each(|change| proposal.take(change, event.number));
                }
            }
            Happened::Published { proposal, recommendation } => {
                if let Some(proposal) = self.proposals.get_mut(proposal) {
                    proposal.published = Some(recommendation.clone());
                }
            }
            Happened::Dropped { proposal } => {
                self.proposals.remove(proposal);
            }
            Happened::Merged { cluster, into } => {
                self.clusters.remove(cluster);
                let of = self.cards.values_mut().filter(|card| card.cluster == Some(*cluster));
                of.for_each(|card| card.cluster = *into);
            }
        }
    }

    fn put(&mut self, id: Id, says: &Says, cluster: Option<Id>, event: &Event) {
        let (shown, number, at) = (event.what.to == To::Room, event.number, event.at);
        let card = Card { by: event.by, says: says.clone(), number, at, shown, hidden: false, cluster };
        self.cards.insert(id, card);
    }

    /// Whose what is: nobody knows it any more.
    fn forget(&mut self) {
        self.cards.values_mut().for_each(|card| card.by = By::Nobody);
        let authors = self.done.values_mut().filter(|(sender, _)| matches!(sender, Sender::Author(_)));
        authors.for_each(|(sender, _)| *sender = Sender::Forgotten);
    }

    /// As much of it as somebody may see: what [`see`] lets through of its events makes the same.
    #[must_use]
    pub fn seen_by(&self, eye: Eye) -> Self {
        let cards = self.cards.iter().filter(|(_, card)| card.seen(eye));
        let cards = cards.map(|(id, card)| (*id, Card { by: eye.sees(card.by, self.details), ..card.clone() }));
        let ballots = self.ballots.iter();
        let ballots = ballots.map(|(id, cast)| (*id, Cast { by: eye.sees(cast.by, self.details), ..cast.clone() }));
        let own = self.done.iter().filter(|(_, (sender, _))| eye.sent(*sender));
        Self {
            details: self.details,
            number: self.number,
            phase: self.phase,
            until: self.until,
            quiet: self.quiet,
            cards: cards.collect(),
            clusters: self.clusters.clone(),
            vote: self.vote,
            ballots: ballots.collect(),
            tally: self.tally.clone(),
            proposals: self.proposals.clone(),
            done: own.map(|(id, (_, at))| (*id, (Sender::Author(By::You), *at))).collect(),
        }
    }

    /// What of an event somebody may have who comes, or comes back, when it has passed: what [`see`] lets through, with what
    /// cards of others say by now, and without those that were taken from their eyes since.
    pub fn still(&self, event: &Event, eye: Eye) -> Option<Event> {
        let mut seen = see(event, eye, self.details)?;
        if !eye.is(event.by)
            && let Some((card, says)) = seen.what.happened.says()
        {
            *says = self.cards.get(&card).filter(|card| card.seen(eye))?.says.clone();
        }
        Some(seen)
    }

    /// Its cards in the order in which they came to where they stand; those that nobody else sees yet are the last.
    pub fn in_order(&self) -> Vec<(Id, &Card)> {
        let mut cards: Vec<_> = self.cards.iter().map(|(id, card)| (*id, card)).collect();
        cards.sort_by_key(|(_, card)| (!card.shown, card.number));
        cards
    }

    /// Its clusters in the order in which they came.
    pub fn clusters_in_order(&self) -> Vec<(Id, &Cluster)> {
        let mut clusters: Vec<_> = self.clusters.iter().map(|(id, cluster)| (*id, cluster)).collect();
        clusters.sort_by_key(|(_, cluster)| cluster.number);
        clusters
    }
}

impl Card {
    /// It stands before the room, and nobody has taken it away.
    pub fn stands(&self) -> bool {
        self.shown && !self.hidden
    }

    fn seen(&self, eye: Eye) -> bool {
        eye.is(self.by) || self.stands() || (self.shown && eye.leads)
    }
}
