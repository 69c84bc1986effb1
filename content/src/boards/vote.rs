//! How a board is voted on, and what a ballot says.

use super::{
    command::Id,
    fold::{Board, Card},
    log::{By, Wording},
    rules::{LETTERS_MOST, Refusal, line},
};
use crate::coded::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most dots that everybody has.
pub const DOTS_MOST: u8 = 10;
/// The most points that somebody gives something.
pub const POINTS_MOST: u8 = 5;
/// The most that a vote is on.
pub const OPTIONS_MOST: usize = 100;

coded! {
    /// Whether others see who votes for what.
    #[derive(Default)]
    Ballots {
        /// Nobody does, and before the end nobody sees what comes of it either.
        #[default]
        Secret = "secret",
        /// Everybody sees the votes as they come, and whoever may know names sees whose they are.
        Open = "open",
    }
}

coded! {
    /// What everybody does with that on which there is a vote.
    #[derive(Default)]
    Method {
        /// Lays dots, of which everybody has as many, also several on one.
        #[default]
        Dots = "dots",
        /// Gives each from 0 to [`POINTS_MOST`] points.
        Score = "score",
        /// Says which comes first, which next.
        Ranked = "ranked",
        /// Agrees to each, stands aside, or objects and says why.
        Consent = "consent",
    }
}

coded! {
    /// How a ballot came.
    #[derive(Default)]
    Hand {
        /// From whoever votes.
        #[default]
        Own = "own",
        /// On paper, entered by whoever leads the work.
        Paper = "paper",
        /// From whoever leads the work, for somebody who asked them to.
        Proxy = "proxy",
    }
}

/// How there is a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct How {
    /// What everybody does.
    pub method: Method,
    /// How many dots everybody has.
    pub dots: u8,
}

impl Default for How {
    fn default() -> Self {
        Self { method: Method::default(), dots: 3 }
    }
}

/// What somebody thinks of something that they are asked to agree to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Stance {
    /// They agree.
    Agree,
    /// They do not, and do not hinder it.
    Aside,
    /// It should not be done as it is.
    Object {
        /// Why.
        reason: Wording,
    },
}

/// What somebody votes. Of that for which it says nothing they think nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "method", content = "marks", rename_all = "kebab-case")]
pub enum Ballot {
    /// How many dots lie on each.
    Dots(BTreeMap<Id, u8>),
    /// How many points each has.
    Score(BTreeMap<Id, u8>),
    /// The place of each, from 1; several may share one. What has none comes after all that have one.
    Ranked(BTreeMap<Id, u8>),
    /// What they think of each.
    Consent(BTreeMap<Id, Stance>),
}

impl Ballot {
    /// One that says nothing: whoever sends it takes back what they voted.
    pub fn empty(method: Method) -> Self {
        match method {
            Method::Dots => Self::Dots(BTreeMap::new()),
            Method::Score => Self::Score(BTreeMap::new()),
            Method::Ranked => Self::Ranked(BTreeMap::new()),
            Method::Consent => Self::Consent(BTreeMap::new()),
        }
    }

    /// What its marks mean.
    pub fn method(&self) -> Method {
        match self {
            Self::Dots(_) => Method::Dots,
            Self::Score(_) => Method::Score,
            Self::Ranked(_) => Method::Ranked,
            Self::Consent(_) => Method::Consent,
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Dots(marks) | Self::Score(marks) | Self::Ranked(marks) => marks.is_empty(),
            Self::Consent(marks) => marks.is_empty(),
        }
    }

    /// The number that stands beside something, 0 where none does.
    pub fn number(&self, option: Id) -> u8 {
        match self {
            Self::Dots(marks) | Self::Score(marks) | Self::Ranked(marks) => marks.get(&option).copied().unwrap_or(0),
            Self::Consent(_) => 0,
        }
    }

    /// What it says of something that one agrees to or not.
    pub fn stance(&self, option: Id) -> Option<&Stance> {
        if let Self::Consent(marks) = self { marks.get(&option) } else { None }
    }
}

/// A ballot that was cast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// By whom, where ballots are open.
    pub by: By,
    /// The country of their delegation.
    pub group: Option<String>,
    /// How it came.
    pub hand: Hand,
    /// What it says.
    pub ballot: Ballot,
}

/// Something on which there is a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A cluster, with what lies in it.
    Cluster(Id),
    /// A card that is loose: nothing is lost because nobody has sorted it.
    Card(Id),
}

impl Choice {
    /// By which ballots name it.
    pub fn id(self) -> Id {
        match self {
            Self::Cluster(id) | Self::Card(id) => id,
        }
    }
}

impl Board {
    /// On what there is a vote: clusters in which something lies, and then the cards that are loose, in their order.
    pub fn choices(&self) -> Vec<Choice> {
        let stands = |card: &&Card| card.stands();
        let holds = |id: Id| self.cards.values().filter(stands).any(|card| card.cluster == Some(id));
        let clusters = self.clusters_in_order().into_iter().map(|(id, _)| id);
        let clusters = clusters.filter(|id| holds(*id)).map(Choice::Cluster);
        let loose = self.in_order().into_iter().filter(|(_, card)| card.stands() && card.cluster.is_none());
        clusters.chain(loose.map(|(id, _)| Choice::Card(id))).collect()
    }

    /// A ballot as it counts here: without what it says of something that is not there any more.
    ///
    /// # Errors
    /// Why it does not count.
    pub fn counted(&self, ballot: &Ballot) -> Result<Ballot, Refusal> {
        let how = self.vote.ok_or(Refusal::NotNow)?;
        if ballot.method() != how.method {
            return Err(Refusal::OtherVote);
        }
        let there: Vec<Id> = self.choices().into_iter().map(Choice::id).collect();
        let most = match how.method {
            Method::Dots => how.dots,
            Method::Score => POINTS_MOST,
            Method::Ranked | Method::Consent => OPTIONS_MOST as u8,
        };
        let numbers = |marks: &BTreeMap<Id, u8>| {
            let marks = marks.iter().filter(|(id, mark)| **mark > 0 && there.contains(id));
            let marks: BTreeMap<Id, u8> = marks.map(|(id, mark)| (*id, *mark)).collect();
            if marks.values().all(|mark| *mark <= most) { Ok(marks) } else { Err(Refusal::Mark) }
        };
        Ok(match ballot {
            Ballot::Dots(marks) => {
                let laid: usize =
                    marks.iter().filter(|(id, _)| there.contains(id)).map(|(_, of)| usize::from(*of)).sum();
                if laid > usize::from(how.dots) {
                    return Err(Refusal::ManyDots);
                }
                Ballot::Dots(numbers(marks)?)
            }
            Ballot::Score(marks) => Ballot::Score(numbers(marks)?),
            Ballot::Ranked(marks) => Ballot::Ranked(numbers(marks)?),
            Ballot::Consent(marks) => {
                let marks = marks.iter().filter(|(id, _)| there.contains(id)).map(|(id, stance)| {
                    let stance = match stance {
                        Stance::Object { reason } => {
                            let text = line(&reason.text, (LETTERS_MOST, Refusal::ReasonLong), Refusal::NoReason)?;
                            Stance::Object { reason: Wording { language: reason.language, text } }
                        }
                        other => other.clone(),
                    };
                    Ok((*id, stance))
                });
                Ballot::Consent(marks.collect::<Result<_, _>>()?)
            }
        })
    }
}
