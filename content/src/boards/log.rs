//! What happens on a board: events with numbers, and the commands of which they come.

use super::{Details, Names};
use crate::coded::coded;
use language::Language;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// The id that a client gives a command, so that one which is sent again does nothing twice. A card has that of the command
/// that wrote it: who has no network can change a card that has not been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Id(u64);

impl Id {
    /// One out of random bits.
    pub fn new(random: u64) -> Self {
        Self(random)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl FromStr for Id {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = plain.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        number.map(Self).ok_or("an id is 16 digits of 0 to 9 and a to f")
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for Id {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

coded! {
    /// How far the work on a board has come.
    #[derive(Default)]
    Phase {
        /// The question can be read, and nobody writes yet.
        #[default]
        Ahead = "ahead",
        /// Everybody writes cards.
        Gather = "gather",
        /// What was written can be read.
        Closed = "closed",
    }
}

/// What somebody wants to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// Go on to another phase, or back.
    Move {
        /// Which.
        to: Phase,
    },
    /// Write a card.
    Write {
        /// The language it is written in.
        language: Language,
        /// One idea.
        text: String,
    },
    /// Have a card of one's own say something else.
    Edit {
        /// Which.
        card: Id,
        /// The language it is written in.
        language: Language,
        /// What it says from now on.
        text: String,
    },
    /// Take a card of one's own back.
    Withdraw {
        /// Which.
        card: Id,
    },
    /// Take a card away from the eyes of the room.
    Hide {
        /// Which.
        card: Id,
    },
    /// Give it back to them.
    Show {
        /// Which.
        card: Id,
    },
}

/// Whom an event, or a card, is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// It is not told, or of no author.
    Nobody,
    /// Of whoever reads this.
    You,
    /// The key of an author, on this board alone.
    Author(i64),
}

coded! {
    /// Whom an event is for.
    To {
        /// Everybody who sees the board.
        Room = "room",
        /// Whoever wrote the card.
        Author = "author",
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Happened {
    /// The work has come to another phase.
    Moved {
        /// Which.
        phase: Phase,
        /// From then on who writes is told to the team alone, whatever is set of its session later.
        #[serde(default)]
        quiet: bool,
    },
    /// A card was written.
    Written {
        /// Which.
        card: Id,
        /// What it says.
        #[serde(flatten)]
        says: Says,
    },
    /// A card that is there says something else.
    Edited {
        /// Which.
        card: Id,
        /// What it says from now on.
        #[serde(flatten)]
        says: Says,
    },
    /// A card that few could see, or nobody, stands before the room.
    Revealed {
        /// Which.
        card: Id,
        /// What it says.
        #[serde(flatten)]
        says: Says,
    },
    /// A card is not to be seen any more but by its author and whoever leads the work.
    Hidden {
        /// Which.
        card: Id,
    },
    /// A card is gone.
    Removed {
        /// Which.
        card: Id,
    },
}

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Says {
    /// The country of the delegation it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The language it is written in.
    pub language: Language,
    /// One idea, in one line.
    pub text: String,
}

/// An entry of a board's log, or what somebody may have of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its place in the order, from 1.
    pub number: i64,
    /// When: milliseconds since 1970, UTC.
    pub at: i64,
    /// The author of the card that it is about.
    pub by: By,
    /// The command of which it came, on its first event and for whoever sent that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<Id>,
    /// Whom it is for, and what happened.
    #[serde(flatten)]
    pub what: What,
}

impl Event {
    /// Who sent the command of which it came.
    fn sender(&self) -> Sender {
        match (&self.what.happened, self.by) {
            (Happened::Moved { .. } | Happened::Hidden { .. } | Happened::Revealed { .. }, _) => Sender::Lead,
            (Happened::Written { .. } | Happened::Edited { .. } | Happened::Removed { .. }, By::Nobody) => {
                Sender::Forgotten
            }
            (Happened::Written { .. } | Happened::Edited { .. } | Happened::Removed { .. }, by) => Sender::Author(by),
        }
    }
}

/// What of an event is the same for all who see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct What {
    /// Whom it is for.
    pub to: To,
    /// What happened.
    #[serde(flatten)]
    pub happened: Happened,
}

/// Somebody who looks at a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eye {
    /// What they are as an author of this board, once they have written: in their own browser, [`By::You`].
    pub by: By,
    /// They lead the work.
    pub leads: bool,
    /// They may know who speaks at the session.
    pub knows_names: bool,
}

impl Eye {
    fn is(self, by: By) -> bool {
        by == By::You || (by != By::Nobody && by == self.by)
    }

    fn sent(self, sender: Sender) -> bool {
        matches!(sender, Sender::Author(by) if self.is(by))
    }

    fn sees(self, by: By, details: Details) -> By {
        match by {
            by if self.is(by) => By::You,
            By::Author(key) if details.names == Names::Signed && self.knows_names => By::Author(key),
            _ => By::Nobody,
        }
    }
}

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
    /// Those who wrote were told that the team alone sees their names.
    pub quiet: bool,
    /// What was written and is there.
    pub cards: BTreeMap<Id, Card>,
    /// Commands that were carried out: by whom, and when.
    pub(super) done: BTreeMap<Id, (Sender, i64)>,
}

/// Who sent a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// Whoever leads the work: the audit has their name.
    Lead,
    /// An author.
    Author(By),
    /// An author, and nobody knows any more which.
    Forgotten,
}

impl Board {
    /// One on which nothing has happened.
    pub fn new(details: Details) -> Self {
        let (cards, done) = (BTreeMap::new(), BTreeMap::new());
        Self { details, number: 0, phase: Phase::default(), quiet: false, cards, done }
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
                self.phase = *phase;
                self.quiet |= quiet;
                if *phase == Phase::Closed && self.details.names == Names::Anonymous {
                    self.forget();
                }
            }
            Happened::Written { card, says } | Happened::Revealed { card, says } => {
                let shown = event.what.to == To::Room;
                let (by, says) = (event.by, says.clone());
                let card_is = Card { by, says, number: event.number, at: event.at, shown, hidden: false };
                self.cards.insert(*card, card_is);
            }
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
        }
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
        let seen = |card: &Card| eye.is(card.by) || (card.shown && (!card.hidden || eye.leads));
        let cards = self.cards.iter().filter(|(_, card)| seen(card));
        let cards = cards.map(|(id, card)| (*id, Card { by: eye.sees(card.by, self.details), ..card.clone() }));
        let own = self.done.iter().filter(|(_, (sender, _))| eye.sent(*sender));
        Self {
            details: self.details,
            number: self.number,
            phase: self.phase,
            quiet: self.quiet,
            cards: cards.collect(),
            done: own.map(|(id, (_, at))| (*id, (Sender::Author(By::You), *at))).collect(),
        }
    }

    /// Its cards in the order in which they came before the room; those that nobody else sees yet are the last.
    pub fn in_order(&self) -> Vec<(Id, &Card)> {
        let mut cards: Vec<_> = self.cards.iter().map(|(id, card)| (*id, card)).collect();
        cards.sort_by_key(|(_, card)| (!card.shown, card.number));
        cards
    }
}

/// What of an event somebody may have. A client folds this and nothing else.
pub fn see(event: &Event, eye: Eye, details: Details) -> Option<Event> {
    let own = eye.is(event.by);
    if event.what.to == To::Author && !own {
        return None;
    }
    let mut seen = event.clone();
    seen.by = eye.sees(event.by, details);
    seen.command = event.command.filter(|_| eye.sent(event.sender()));
    if let Happened::Hidden { card } = event.what.happened
        && !own
        && !eye.leads
    {
        // As if it had been taken back.
        seen.what.happened = Happened::Removed { card };
    }
    Some(seen)
}
