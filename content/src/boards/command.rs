//! What is asked of a board.

use super::{
    log::Wording,
    proposal::Change,
    vote::{Ballot, Hand, How},
};
use crate::coded::coded;
use language::Language;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The id that a client gives a command, so that one which is sent again does nothing twice. A card has that of the command
/// that wrote it: who has no network can change a card that has not been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Id(u64);

impl Id {
    /// One out of random bits.
    pub const fn new(random: u64) -> Self {
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
        /// What was written stands before all, and is sorted.
        Cluster = "cluster",
        /// Everybody votes on what came of it.
        Prioritise = "prioritise",
        /// What came first is put into recommendations.
        Agree = "agree",
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
    /// Have a clock run that everybody sees.
    Time {
        /// So many minutes from now; 0: have none run.
        minutes: u16,
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
    /// Make a cluster, whose id is that of this command.
    Cluster {
        /// What lies in it from the first.
        cards: Vec<Id>,
        /// What it is called, if it is called something.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Wording>,
    },
    /// Put cards into a cluster.
    Sort {
        /// Which.
        cards: Vec<Id>,
        /// Into which; into none: they are loose again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cluster: Option<Id>,
    },
    /// Call a cluster something.
    Name {
        /// Which.
        cluster: Id,
        /// What it is called from now on.
        name: Wording,
    },
    /// Make a cluster part of another, or take it apart.
    Merge {
        /// Which.
        cluster: Id,
        /// Of which; of none: its cards are loose again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        into: Option<Id>,
    },
    /// Go on to voting, or have it go on that was left to sort once more: if it is another vote, what was voted is gone.
    Open {
        /// How.
        how: How,
    },
    /// Vote, or vote something else. Nothing on it: take back what one voted.
    Vote {
        /// What.
        ballot: Ballot,
    },
    /// Enter a ballot of somebody else.
    Enter {
        /// How it came to whoever enters it.
        hand: Hand,
        /// Of paper: the country of the delegation of which it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        /// Of somebody: their seat.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seat: Option<i64>,
        /// What it says.
        ballot: Ballot,
    },
    /// Take back a ballot that was entered.
    Discard {
        /// The command that entered it.
        ballot: Id,
    },
    /// Draft a recommendation, whose id is that of this command.
    Propose {
        /// The cluster or the card out of which it is made, if it is made out of one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Id>,
        /// What should be done.
        text: Wording,
    },
    /// Have a draft say something else.
    Amend {
        /// Which.
        proposal: Id,
        /// Its version that was before whoever changes it.
        was: i64,
        /// What.
        changes: Vec<Change>,
    },
    /// Take a draft away.
    Drop {
        /// Which.
        proposal: Id,
    },
    /// Publish a draft as a recommendation of the seminar.
    Publish {
        /// Which.
        proposal: Id,
    },
}

impl Command {
    /// Whether it is for those who lead the work.
    pub fn leads(&self) -> bool {
        match self {
            Self::Move { .. } | Self::Time { .. } | Self::Hide { .. } | Self::Show { .. } => true,
            Self::Open { .. } | Self::Enter { .. } | Self::Discard { .. } => true,
            Self::Drop { .. } | Self::Publish { .. } => true,
            Self::Write { .. } | Self::Edit { .. } | Self::Withdraw { .. } | Self::Vote { .. } => false,
            Self::Cluster { .. } | Self::Sort { .. } | Self::Name { .. } | Self::Merge { .. } => false,
            Self::Propose { .. } | Self::Amend { .. } => false,
        }
    }

    /// Whether a vote that is open ends with it, and is counted.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Move { to: Phase::Agree | Phase::Closed })
    }

    /// The phases to which it belongs.
    pub(super) fn phases(&self) -> &'static [Phase] {
        match self {
            Self::Move { .. } | Self::Hide { .. } | Self::Show { .. } => Phase::ALL,
            Self::Write { .. } | Self::Edit { .. } => &[Phase::Gather],
            // What was written in silence is first seen among the others when they are sorted.
            Self::Withdraw { .. } => &[Phase::Gather, Phase::Cluster],
            Self::Time { .. } => &[Phase::Gather, Phase::Cluster, Phase::Prioritise, Phase::Agree],
            Self::Open { .. } => &[Phase::Gather, Phase::Cluster, Phase::Agree, Phase::Closed],
            Self::Vote { .. } | Self::Enter { .. } | Self::Discard { .. } => &[Phase::Prioritise],
            Self::Cluster { .. } | Self::Sort { .. } | Self::Name { .. } | Self::Merge { .. } => &[Phase::Cluster],
            Self::Propose { .. } | Self::Amend { .. } | Self::Drop { .. } => &[Phase::Agree],
            Self::Publish { .. } => &[Phase::Agree, Phase::Closed],
        }
    }
}
