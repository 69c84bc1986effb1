//! What happens on a board: events with numbers, and what of them somebody may have.

use super::{
    Details, Names,
    command::{Id, Phase},
    fold::Sender,
    proposal::Change,
    tally::Tally,
    vote::{Ballot, Hand, How},
};
use crate::coded::coded;
use language::Language;
use serde::{Deserialize, Serialize};

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
    /// A clock runs, or none any more.
    Timed {
        /// Until when: milliseconds since 1970, UTC.
        until: Option<i64>,
    },
    /// A card was written.
    Written {
        /// Which.
        card: Id,
        /// What it says.
        #[serde(flatten)]
        says: Says,
        /// Its author was told that the team alone learns who wrote it: that holds for the whole board from then on.
        #[serde(default)]
        quiet: bool,
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
        /// The cluster in which it lies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cluster: Option<Id>,
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
    /// There is a new cluster.
    Clustered {
        /// Which.
        cluster: Id,
        /// What it is called, if it is called something.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Wording>,
    },
    /// Cards lie in another cluster.
    Sorted {
        /// Which.
        cards: Vec<Id>,
        /// In which; in none: they are loose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cluster: Option<Id>,
    },
    /// A cluster is called something else.
    Named {
        /// Which.
        cluster: Id,
        /// What it is called from now on.
        name: Wording,
    },
    /// There is a vote, or it goes on.
    Opened {
        /// How.
        how: How,
    },
    /// Somebody votes, or votes something else, where ballots are open. A secret ballot is no event.
    Voted {
        /// The command that cast it first.
        ballot: Id,
        /// The country of the delegation of which it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        /// How it came.
        #[serde(default)]
        hand: Hand,
        /// What it says; nothing: it is taken back.
        says: Ballot,
    },
    /// The vote is over.
    Tallied {
        /// What came of it.
        tally: Tally,
    },
    /// A cluster is gone.
    Merged {
        /// Which.
        cluster: Id,
        /// The one in which its cards are from now on; in none: they are loose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        into: Option<Id>,
    },
    /// There is a new draft of a recommendation.
    Proposed {
        /// Which.
        proposal: Id,
        /// The cluster or the card out of which it is made, if it is made out of one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Id>,
        /// What should be done.
        text: Wording,
    },
    /// A draft says something else.
    Amended {
        /// Which.
        proposal: Id,
        /// What.
        changes: Vec<Change>,
    },
    /// A draft has become a recommendation, and stays as it is.
    Published {
        /// Which.
        proposal: Id,
        /// The slug of the recommendation.
        recommendation: String,
    },
    /// A draft is gone.
    Dropped {
        /// Which.
        proposal: Id,
    },
}

impl Happened {
    /// The card whose words it holds, and the words.
    pub(super) fn says(&mut self) -> Option<(Id, &mut Says)> {
        match self {
            Self::Written { card, says, .. } | Self::Edited { card, says } | Self::Revealed { card, says, .. } => {
                Some((*card, says))
            }
            _ => None,
        }
    }

    /// Whether it is of the room: cards are sorted, and recommendations worded, by all together.
    fn is_of_room(&self) -> bool {
        matches!(self, Self::Clustered { .. } | Self::Sorted { .. } | Self::Named { .. } | Self::Merged { .. })
            || matches!(self, Self::Proposed { .. } | Self::Amended { .. })
    }
}

/// A line that somebody wrote: what a cluster is called, or why they object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wording {
    /// The language it is written in.
    pub language: Language,
    /// What it says.
    pub text: String,
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
    /// The author of the card that it is about, or whoever has sorted cards or worded a draft.
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
    pub(super) fn sender(&self) -> Sender {
        match (&self.what.happened, self.by) {
            (
                Happened::Moved { .. } | Happened::Timed { .. } | Happened::Hidden { .. } | Happened::Revealed { .. },
                _,
            )
            | (Happened::Opened { .. } | Happened::Tallied { .. } | Happened::Dropped { .. }, _)
            | (Happened::Published { .. }, _)
            | (Happened::Voted { hand: Hand::Paper | Hand::Proxy, .. }, _) => Sender::Lead,
            (_, By::Nobody) => Sender::Forgotten,
            (_, by) => Sender::Author(by),
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
    pub(super) fn is(self, by: By) -> bool {
        by == By::You || (by != By::Nobody && by == self.by)
    }

    pub(super) fn sent(self, sender: Sender) -> bool {
        matches!(sender, Sender::Author(by) if self.is(by))
    }

    pub(super) fn sees(self, by: By, details: Details) -> By {
        match by {
            by if self.is(by) => By::You,
            By::Author(key) if details.names == Names::Signed && self.knows_names => By::Author(key),
            _ => By::Nobody,
        }
    }
}

/// What of an event somebody may have. A client folds this and nothing else.
pub fn see(event: &Event, eye: Eye, details: Details) -> Option<Event> {
    let own = eye.is(event.by);
    if event.what.to == To::Author && !own {
        return None;
    }
    let mut seen = event.clone();
    // Who sorts or words is not told, though cards be signed.
    seen.by = if event.what.happened.is_of_room() && !own { By::Nobody } else { eye.sees(event.by, details) };
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
