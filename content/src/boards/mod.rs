//! Boards: what a room writes together about a question, for the server and for the browser alike.
//!
//! Question and instructions are the title and the text of a thing like any other. What happens on a board is a log of
//! numbered events.

#[cfg(feature = "ssr")]
mod alike;
#[cfg(feature = "ssr")]
mod audit;
#[cfg(feature = "ssr")]
mod ballots;
mod command;
#[cfg(feature = "ssr")]
mod draft;
#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
pub(crate) mod file;
mod fold;
#[cfg(feature = "ssr")]
mod keep;
#[cfg(feature = "ssr")]
mod live;
mod log;
#[cfg(feature = "ssr")]
mod names;
mod news;
#[cfg(feature = "ssr")]
mod page;
mod proposal;
#[cfg(feature = "ssr")]
mod publish;
mod rules;
mod schulze;
#[cfg(feature = "ssr")]
mod state;
#[cfg(feature = "ssr")]
mod store;
mod tally;
#[cfg(test)]
mod tests;
mod vote;
#[cfg(feature = "ssr")]
mod voting;

#[cfg(feature = "ssr")]
pub use alike::Alike;
#[cfg(feature = "ssr")]
pub use ballots::Entered;
#[cfg(feature = "ssr")]
pub(crate) use ballots::votes_of;
pub use command::{Command, Id, Phase};
#[cfg(feature = "ssr")]
pub use draft::{Draft, Fault, Field};
#[cfg(feature = "ssr")]
pub use edit::{Editing, Refused, edit, editing, remove};
#[cfg(feature = "ssr")]
pub(crate) use entity::{begun, begun_of, save};
pub use fold::{Board, Card, Cluster};
#[cfg(feature = "ssr")]
pub(crate) use keep::{forget_since, theirs};
#[cfg(feature = "ssr")]
pub use live::{Boards, Looked, Open, written_in};
pub use log::{By, Event, Eye, Happened, Says, To, What, Wording, see};
pub use news::News;
#[cfg(feature = "ssr")]
pub use page::{BoardPage, board};
pub use proposal::{ADDRESSEE_LETTERS_MOST, ADDRESSEES_MOST, Change, PROPOSAL_LETTERS_MOST, PROPOSALS_MOST, Proposal};
pub use rules::{
    A_MINUTE_MOST, AT_ONCE_MOST, Actor, CARDS_MOST, CARDS_OF_ONE_MOST, CLUSTERS_MOST, EVENTS_MOST, LETTERS_MOST,
    MINUTES_MOST, NAME_LETTERS_MOST, Refusal, decide,
};
#[cfg(feature = "ssr")]
pub(crate) use store::details;
#[cfg(feature = "ssr")]
pub use store::phases;
#[cfg(feature = "ssr")]
pub use voting::Voting;

pub use tally::{Across, Count, TOLD_LEAST, Tally, Weighed, count};
pub use vote::{Ballot, Ballots, Cast, Choice, DOTS_MOST, Hand, How, Method, OPTIONS_MOST, POINTS_MOST, Stance};

use crate::coded::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// Whether cards say who wrote them.
    #[derive(Default)]
    Names {
        /// They do not, to anybody; only the delegation is shown.
        #[default]
        Anonymous = "anonymous",
        /// They do, to everybody who may know who speaks at the session.
        Signed = "signed",
    }
}

coded! {
    /// When others see a card.
    #[derive(Default)]
    Shown {
        /// When everybody has written: nobody is led by what others say.
        #[default]
        AtEnd = "at-end",
        /// As soon as it is written.
        AtOnce = "at-once",
    }
}

/// How a board works: told before anybody writes, and fixed once somebody may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Whether cards say who wrote them.
    pub names: Names,
    /// When others see a card.
    pub shown: Shown,
    /// Whether others see who votes for what.
    pub ballots: Ballots,
}

impl Details {
    /// How ballots are here: open ones have the names that cards have, and where those have none, they are secret.
    pub fn ballots(&self) -> Ballots {
        if self.names == Names::Anonymous { Ballots::Secret } else { self.ballots }
    }
}
