//! What may be done on a board, and what comes of it: the same in the server and in the browser.

use super::{
    Shown,
    command::{Command, Id, Phase},
    fold::{Board, Card, Sender},
    log::{By, Event, Eye, Happened, Says, To, What, Wording},
    proposal::{self, PROPOSALS_MOST},
    vote::{Ballot, Ballots, Cast, DOTS_MOST, Hand, Method, OPTIONS_MOST},
};
use crate::coded::coded;
use std::collections::BTreeSet;

/// The most letters of a card.
pub const LETTERS_MOST: usize = 500;
/// The most cards of a board.
pub const CARDS_MOST: usize = 2000;
/// The most cards of one author on a board.
pub const CARDS_OF_ONE_MOST: usize = 50;
/// The most that happens on a board.
pub const EVENTS_MOST: i64 = 20_000;
/// The most letters of what a cluster is called.
pub const NAME_LETTERS_MOST: usize = 120;
/// The most clusters of a board.
pub const CLUSTERS_MOST: usize = 100;
/// The most minutes for which a clock runs.
pub const MINUTES_MOST: u16 = 480;
/// The most cards that are sorted by one command.
pub const AT_ONCE_MOST: usize = 200;
/// The most that one author who does not lead does on a board within a minute.
pub const A_MINUTE_MOST: usize = 20;
const MINUTE: i64 = 60 * 1000;

coded! {
    /// Why something was not done on a board.
    Refusal {
        /// It is not for them to do.
        Forbidden = "forbidden",
        /// It does not belong to this phase.
        NotNow = "not-now",
        /// There is no such card before them.
        NotThere = "not-there",
        /// It says nothing.
        Empty = "empty",
        /// It is longer than [`LETTERS_MOST`].
        Long = "long",
        /// It holds signs that cannot be read.
        Odd = "odd",
        /// They have done more than [`A_MINUTE_MOST`] things within a minute.
        Fast = "fast",
        /// There are [`CARDS_MOST`] cards, or more has happened than [`EVENTS_MOST`].
        Full = "full",
        /// There are [`CARDS_OF_ONE_MOST`] of theirs.
        Many = "many",
        /// Another command has this id.
        Taken = "taken",
        /// No card was chosen.
        NoneChosen = "none-chosen",
        /// More than [`AT_ONCE_MOST`] were.
        AtOnce = "at-once",
        /// There is no such cluster.
        NoCluster = "no-cluster",
        /// There are [`CLUSTERS_MOST`].
        ManyClusters = "many-clusters",
        /// A clock runs for no more than [`MINUTES_MOST`].
        Minutes = "minutes",
        /// The name of a cluster is empty.
        NameEmpty = "name-empty",
        /// It is longer than [`NAME_LETTERS_MOST`].
        NameLong = "name-long",
        /// Nothing is there to vote on.
        NoChoices = "no-choices",
        /// There is more than [`OPTIONS_MOST`] to vote on.
        ManyChoices = "many-choices",
        /// Nobody has so many dots.
        Dots = "dots",
        /// It lays more dots than everybody has.
        ManyDots = "many-dots",
        /// It gives something that cannot be given.
        Mark = "mark",
        /// There is another vote by now.
        OtherVote = "other-vote",
        /// Somebody objects and does not say why.
        NoReason = "no-reason",
        /// They say it at greater length than [`LETTERS_MOST`].
        ReasonLong = "reason-long",
        /// They have voted themselves.
        HasVoted = "has-voted",
        /// A ballot that is entered says nothing.
        NoMarks = "no-marks",
        /// Nobody is there for whom that could be entered.
        Nobody = "nobody",
        /// There is no such draft of a recommendation.
        NoProposal = "no-proposal",
        /// There are [`PROPOSALS_MOST`].
        ManyProposals = "many-proposals",
        /// It says nothing.
        ProposalEmpty = "proposal-empty",
        /// It is longer than [`PROPOSAL_LETTERS_MOST`](super::PROPOSAL_LETTERS_MOST).
        ProposalLong = "proposal-long",
        /// It is addressed to a line that says nothing.
        AddresseeEmpty = "addressee-empty",
        /// Such a line is longer than [`ADDRESSEE_LETTERS_MOST`](super::ADDRESSEE_LETTERS_MOST).
        AddresseeLong = "addressee-long",
        /// It is addressed to more than [`ADDRESSEES_MOST`](super::ADDRESSEES_MOST), or has more themes.
        ManyAddressees = "many-addressees",
        /// Somebody else has changed the same meanwhile.
        Changed = "changed",
        /// It has become a recommendation.
        Published = "published",
        /// The seminar is rehearsed.
        Rehearsal = "rehearsal",
    }
}

/// Whoever wants something done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What they see. When a ballot is entered for somebody, `by` is that of whom it is, and `group` theirs.
    pub eye: Eye,
    /// The country of their delegation.
    pub group: Option<String>,
    /// They write on boards.
    pub writes: bool,
    /// Who speaks at its session is told to the team alone.
    pub quiet: bool,
}

/// What comes of a command, each with the author of the card that it is about; nothing, where it was carried out before. `now`
/// is in milliseconds since 1970.
///
/// # Errors
/// Why it is not done.
pub fn decide(
    board: &Board,
    (id, command): (Id, &Command),
    actor: &Actor,
    now: i64,
) -> Result<Vec<(By, What)>, Refusal> {
    let by = if command.leads() { By::Nobody } else { actor.eye.by };
    let sender = if command.leads() { Sender::Lead } else { Sender::Author(by) };
    if let Some((before, _)) = board.done.get(&id) {
        return if [sender, Sender::Forgotten].contains(before) { Ok(Vec::new()) } else { Err(Refusal::Taken) };
    }
    if !(if command.leads() { actor.eye.leads } else { actor.writes && by != By::Nobody }) {
        return Err(Refusal::Forbidden);
    }
    if !command.phases().contains(&board.phase) {
        return Err(Refusal::NotNow);
    }
    if !command.leads() {
        if board.number >= EVENTS_MOST {
            return Err(Refusal::Full);
        }
        let lately = |(of, at): &&(Sender, i64)| *of == sender && now - at < MINUTE;
        if !actor.eye.leads && board.done.values().filter(lately).count() >= A_MINUTE_MOST {
            return Err(Refusal::Fast);
        }
    }
    let card = |card: &Id| board.cards.get(card).ok_or(Refusal::NotThere);
    let own = |id: &Id| card(id).and_then(|card| if card.by == by { Ok(card) } else { Err(Refusal::NotThere) });
    let there = |id: &Id| if board.clusters.contains_key(id) { Ok(()) } else { Err(Refusal::NoCluster) };
    let one = |by, to, happened| Ok(vec![(by, What { to, happened })]);
    let all = |happened| (by, What { to: To::Room, happened });
    let to = |shown| if shown { To::Room } else { To::Author };
    match command {
        Command::Move { to: phase } if *phase == board.phase => Ok(Vec::new()),
        // What people have begun with is not ahead of them again.
        Command::Move { to: Phase::Ahead } => Err(Refusal::NotNow),
        // How is not said.
        Command::Move { to: Phase::Prioritise } => Err(Refusal::NotNow),
        Command::Move { to: phase } => Ok(moved(board, *phase, actor.quiet)),
        Command::Open { how } => {
            if how.method == Method::Dots && !(1..=DOTS_MOST).contains(&how.dots) {
                return Err(Refusal::Dots);
            }
            let mut came = moved(board, Phase::Prioritise, actor.quiet);
            // What was written in silence is there then, too.
            let mut then = board.clone();
            for (number, (by, what)) in (board.number + 1..).zip(came.iter().cloned()) {
                then.apply(&Event { number, at: now, by, command: None, what });
            }
            match then.choices().len() {
                0 => return Err(Refusal::NoChoices),
                1..=OPTIONS_MOST => {}
                _ => return Err(Refusal::ManyChoices),
            }
            came.push((By::Nobody, What { to: To::Room, happened: Happened::Opened { how: *how } }));
            Ok(came)
        }
        Command::Vote { ballot } => {
            let says = board.counted(ballot)?;
            // A secret ballot is no event.
            if board.details.ballots() == Ballots::Secret {
                return Ok(Vec::new());
            }
            let before = board.ballots.iter().find(|(_, cast)| cast.by == by);
            if before.map_or(says.is_empty(), |(_, before)| before.ballot == says) {
                return Ok(Vec::new());
            }
            let ballot = before.map_or(id, |(ballot, _)| *ballot);
            one(by, To::Room, Happened::Voted { ballot, group: actor.group.clone(), hand: Hand::Own, says })
        }
        Command::Enter { hand: Hand::Own, .. } => Err(Refusal::Forbidden),
        Command::Enter { hand, ballot, .. } => {
            let says = board.counted(ballot)?;
            if says.is_empty() {
                return Err(Refusal::NoMarks);
            }
            if board.details.ballots() == Ballots::Secret {
                return Ok(Vec::new());
            }
            // Whose it is that is entered for somebody: what they vote themselves goes before.
            let by = if *hand == Hand::Proxy { actor.eye.by } else { By::Nobody };
            let before = board.ballots.iter().find(|(_, cast)| by != By::Nobody && cast.by == by);
            if before.is_some_and(|(_, cast)| cast.hand == Hand::Own) {
                return Err(Refusal::HasVoted);
            }
            let ballot = before.map_or(id, |(ballot, _)| *ballot);
            one(by, To::Room, Happened::Voted { ballot, group: actor.group.clone(), hand: *hand, says })
        }
        Command::Discard { ballot } => match board.ballots.get(ballot) {
            Some(Cast { hand: Hand::Own, .. }) => Err(Refusal::Forbidden),
            None if board.details.ballots() == Ballots::Secret => Ok(Vec::new()),
            None => Err(Refusal::NotThere),
            Some(Cast { group, hand, ballot: says, .. }) => {
                let (group, hand, says) = (group.clone(), *hand, Ballot::empty(says.method()));
                one(By::Nobody, To::Room, Happened::Voted { ballot: *ballot, group, hand, says })
            }
        },
        Command::Time { minutes } if *minutes > MINUTES_MOST => Err(Refusal::Minutes),
        Command::Time { minutes: 0 } if board.until.is_none() => Ok(Vec::new()),
        Command::Time { minutes } => {
            let until = (*minutes > 0).then(|| now + i64::from(*minutes) * MINUTE);
            one(by, To::Room, Happened::Timed { until })
        }
        Command::Write { language, text } => {
            let text = card_text(text)?;
            let says = Says { group: actor.group.clone(), language: *language, text };
            if board.cards.contains_key(&id) {
                return Err(Refusal::Taken);
            }
            if board.cards.values().filter(|card| !card.hidden).count() >= CARDS_MOST {
                return Err(Refusal::Full);
            }
            if board.cards.values().filter(|card| card.by == by).count() >= CARDS_OF_ONE_MOST {
                return Err(Refusal::Many);
            }
            let happened = Happened::Written { card: id, says, quiet: actor.quiet };
            one(by, to(board.details.shown == Shown::AtOnce), happened)
        }
        Command::Edit { card: id, language, text } => {
            let card = own(id)?;
            // Nobody else sees it: it would come back with other words.
            if card.hidden {
                return Err(Refusal::NotThere);
            }
            let says = Says { group: card.says.group.clone(), language: *language, text: card_text(text)? };
            if says == card.says {
                Ok(Vec::new())
            } else {
                one(by, to(card.shown), Happened::Edited { card: *id, says })
            }
        }
        Command::Withdraw { card } => {
            let shown = own(card)?.shown;
            one(by, to(shown), Happened::Removed { card: *card })
        }
        Command::Hide { card: id } => match card(id)? {
            Card { shown: false, .. } => Err(Refusal::NotThere),
            Card { hidden: true, .. } => Ok(Vec::new()),
            card => one(card.by, To::Room, Happened::Hidden { card: *id }),
        },
        Command::Show { card: id } => match card(id)? {
            Card { shown: false, .. } => Err(Refusal::NotThere),
            Card { hidden: false, .. } => Ok(Vec::new()),
            card => one(card.by, To::Room, revealed(*id, card)),
        },
        Command::Cluster { cards, name } => {
            let name = name.as_ref().map(called).transpose()?;
            if board.clusters.contains_key(&id) {
                return Err(Refusal::Taken);
            }
            if board.clusters.len() >= CLUSTERS_MOST {
                return Err(Refusal::ManyClusters);
            }
            let named = name.is_some();
            let made = Happened::Clustered { cluster: id, name };
            // Some call clusters something before they put anything into them.
            let lie = if cards.is_empty() && named { Vec::new() } else { sorted(board, cards, Some(id))? };
            Ok([made].into_iter().chain(lie).map(all).collect())
        }
        Command::Sort { cards, cluster } => {
            cluster.as_ref().map_or(Ok(()), there)?;
            Ok(sorted(board, cards, *cluster)?.into_iter().map(all).collect())
        }
        Command::Name { cluster, name } => {
            there(cluster)?;
            let name = called(name)?;
            if board.clusters.get(cluster).is_some_and(|cluster| cluster.name.as_ref() == Some(&name)) {
                return Ok(Vec::new());
            }
            one(by, To::Room, Happened::Named { cluster: *cluster, name })
        }
        Command::Propose { of, text } => {
            let text = proposal::text(text)?;
            if board.proposals.contains_key(&id) {
                return Err(Refusal::Taken);
            }
            // Several press the same button.
            if board.proposals.values().any(|there| of.is_some() && there.of == *of && there.text.text == text.text) {
                return Ok(Vec::new());
            }
            if board.proposals.len() >= PROPOSALS_MOST {
                return Err(Refusal::ManyProposals);
            }
            if of.is_some_and(|of| !board.choices().into_iter().any(|choice| choice.id() == of)) {
                return Err(Refusal::NotThere);
            }
            one(by, To::Room, Happened::Proposed { proposal: id, of: *of, text })
        }
        Command::Amend { proposal, was, changes } => {
            let changes = board.amended(*proposal, *was, changes)?;
            if changes.is_empty() {
                return Ok(Vec::new());
            }
            one(by, To::Room, Happened::Amended { proposal: *proposal, changes })
        }
        Command::Drop { proposal } => {
            board.unpublished(*proposal)?;
            one(by, To::Room, Happened::Dropped { proposal: *proposal })
        }
        Command::Publish { proposal } => {
            board.unpublished(*proposal)?;
            // Which, whoever keeps recommendations knows.
            let recommendation = String::new();
            one(by, To::Room, Happened::Published { proposal: *proposal, recommendation })
        }
        Command::Merge { cluster, into } => {
            there(cluster)?;
            into.as_ref().map_or(Ok(()), there)?;
            if *into == Some(*cluster) {
                return Ok(Vec::new());
            }
            one(by, To::Room, Happened::Merged { cluster: *cluster, into: *into })
        }
    }
}

/// Cards that were written in silence stand before the room when everybody has written: in an order that says nothing of
/// who wrote first.
fn moved(board: &Board, to: Phase, quiet: bool) -> Vec<(By, What)> {
    let silent = board.cards.iter().filter(|(_, card)| to != Phase::Gather && !card.shown);
    let shown = silent.map(|(id, card)| (card.by, What { to: To::Room, happened: revealed(*id, card) }));
    // After that nobody may know any more whose they are.
    shown.chain([(By::Nobody, What { to: To::Room, happened: Happened::Moved { phase: to, quiet } })]).collect()
}

fn revealed(id: Id, card: &Card) -> Happened {
    Happened::Revealed { card: id, says: card.says.clone(), cluster: card.cluster }
}

/// Of cards that were chosen, those move that stand before the room still: another may have been hidden meanwhile. A cluster
/// without a name in which nothing is left is gone.
fn sorted(board: &Board, chosen: &[Id], cluster: Option<Id>) -> Result<Vec<Happened>, Refusal> {
    if chosen.is_empty() {
        return Err(Refusal::NoneChosen);
    }
    if chosen.len() > AT_ONCE_MOST {
        return Err(Refusal::AtOnce);
    }
    let chosen: BTreeSet<Id> = chosen.iter().copied().collect();
    let stand = |id: &Id| board.cards.get(id).filter(|card| card.stands()).map(|card| (*id, card.cluster));
    let mut stand: Vec<_> = chosen.iter().filter_map(stand).collect();
    if stand.is_empty() {
        return Err(Refusal::NotThere);
    }
    stand.retain(|(_, of)| *of != cluster);
    let left: BTreeSet<Id> = stand.iter().filter_map(|(_, of)| *of).collect();
    let cards: Vec<Id> = stand.into_iter().map(|(id, _)| id).collect();
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let unnamed = |id: &Id| board.clusters.get(id).is_some_and(|cluster| cluster.name.is_none());
    let empty = |id: &Id| board.cards.iter().all(|(card, lies)| lies.cluster != Some(*id) || cards.contains(card));
    let gone: Vec<Id> = left.into_iter().filter(|id| unnamed(id) && empty(id)).collect();
    let gone = gone.into_iter().map(|cluster| Happened::Merged { cluster, into: None });
    Ok([Happened::Sorted { cards, cluster }].into_iter().chain(gone).collect())
}

fn card_text(typed: &str) -> Result<String, Refusal> {
    line(typed, (LETTERS_MOST, Refusal::Long), Refusal::Empty)
}

fn called(typed: &Wording) -> Result<Wording, Refusal> {
    let text = line(&typed.text, (NAME_LETTERS_MOST, Refusal::NameLong), Refusal::NameEmpty)?;
    Ok(Wording { language: typed.language, text })
}

/// What was typed, if it can stand.
pub(super) fn line(typed: &str, (most, long): (usize, Refusal), empty: Refusal) -> Result<String, Refusal> {
    // Before anything walks through it.
    if typed.len() > 64 * most {
        return Err(long);
    }
    let text = language::line(typed);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(empty);
    }
    if text.chars().count() > most {
        return Err(long);
    }
    if text.chars().any(char::is_control) { Err(Refusal::Odd) } else { Ok(text) }
}
