//! What a room makes of what came first: drafts of recommendations, which everybody who writes on the board words together.

use super::{
    command::Id,
    fold::Board,
    log::Wording,
    rules::{Refusal, line},
};
use crate::recommendations::Urgency;
use serde::{Deserialize, Serialize};

/// The most drafts on a board.
pub const PROPOSALS_MOST: usize = 100;
/// The most letters of one: it is to be the title of a recommendation.
pub const PROPOSAL_LETTERS_MOST: usize = 300;
/// The most that it is addressed to, and the most themes that it has.
pub const ADDRESSEES_MOST: usize = 20;
/// The most letters of whom it is addressed to.
pub const ADDRESSEE_LETTERS_MOST: usize = 200;

/// A draft of a recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The cluster or the card out of which it was made, if it was made out of one.
    pub of: Option<Id>,
    /// What should be done.
    pub text: Wording,
    /// How strongly it is put.
    pub urgency: Option<Urgency>,
    /// Whom it is addressed to.
    pub addressees: Vec<String>,
    /// Codes of themes.
    pub themes: Vec<String>,
    /// The slug of the recommendation that it has become.
    pub published: Option<String>,
    /// The number of the event that made it.
    pub number: i64,
    /// The numbers of the events that changed each field last.
    pub(super) changed: [i64; 4],
}

/// A field of it says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// What should be done.
    Text(Wording),
    /// How strongly it is put.
    Urgency(Option<Urgency>),
    /// Whom it is addressed to.
    Addressees(Vec<String>),
    /// Codes of themes.
    Themes(Vec<String>),
}

impl Proposal {
    pub(super) fn new(of: Option<Id>, text: Wording, number: i64) -> Self {
        let (urgency, addressees, themes, published) = Default::default();
        Self { of, text, urgency, addressees, themes, published, number, changed: [number; 4] }
    }

    /// The number of the event that changed it last: what somebody has before them who begins to change it.
    pub fn version(&self) -> i64 {
        self.changed.into_iter().fold(self.number, i64::max)
    }

    pub(super) fn take(&mut self, change: &Change, number: i64) {
        self.changed[change.field()] = number;
        match change.clone() {
            Change::Text(text) => self.text = text,
            Change::Urgency(urgency) => self.urgency = urgency,
            Change::Addressees(addressees) => self.addressees = addressees,
            Change::Themes(themes) => self.themes = themes,
        }
    }

    fn says(&self, change: &Change) -> bool {
        match change {
            Change::Text(text) => *text == self.text,
            Change::Urgency(urgency) => *urgency == self.urgency,
            Change::Addressees(addressees) => *addressees == self.addressees,
            Change::Themes(themes) => *themes == self.themes,
        }
    }
}

impl Change {
    fn field(&self) -> usize {
        match self {
            Self::Text(_) => 0,
            Self::Urgency(_) => 1,
            Self::Addressees(_) => 2,
            Self::Themes(_) => 3,
        }
    }

    /// As it can stand.
    fn read(&self) -> Result<Self, Refusal> {
        Ok(match self {
            Self::Text(says) => Self::Text(text(says)?),
            Self::Urgency(urgency) => Self::Urgency(*urgency),
            Self::Addressees(typed) => {
                let most = (ADDRESSEE_LETTERS_MOST, Refusal::AddresseeLong);
                Self::Addressees(list(typed, |one| line(one, most, Refusal::AddresseeEmpty))?)
            }
            Self::Themes(typed) => {
                let code = |code: &String| {
                    let plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
                    let is = !code.is_empty() && code.len() <= 64 && code.bytes().all(plain);
                    if is { Ok(code.clone()) } else { Err(Refusal::Odd) }
                };
                Self::Themes(list(typed, code)?)
            }
        })
    }
}

/// As it can stand: each once.
fn list(typed: &[String], read: impl Fn(&String) -> Result<String, Refusal>) -> Result<Vec<String>, Refusal> {
    let mut list = Vec::new();
    for one in typed.iter().take(ADDRESSEES_MOST + 1) {
        let one = read(one)?;
        if !list.contains(&one) {
            list.push(one);
        }
    }
    if typed.len() > ADDRESSEES_MOST { Err(Refusal::ManyAddressees) } else { Ok(list) }
}

/// What should be done, if it can stand.
pub(super) fn text(says: &Wording) -> Result<Wording, Refusal> {
    let text = line(&says.text, (PROPOSAL_LETTERS_MOST, Refusal::ProposalLong), Refusal::ProposalEmpty)?;
    Ok(Wording { language: says.language, text })
}

impl Board {
    /// What of some changes is new for a draft of which somebody had the version `was` before them. Fields are merged: only
    /// one that somebody else has changed since is refused.
    pub(super) fn amended(&self, id: Id, was: i64, changes: &[Change]) -> Result<Vec<Change>, Refusal> {
        let proposal = self.unpublished(id)?;
        let changes = changes.iter().map(Change::read).collect::<Result<Vec<_>, _>>()?;
        let new: Vec<Change> = changes.into_iter().filter(|change| !proposal.says(change)).collect();
        let since = new.iter().any(|change| proposal.changed[change.field()] > was);
        if since { Err(Refusal::Changed) } else { Ok(new) }
    }

    /// A draft that has not become a recommendation.
    pub(super) fn unpublished(&self, id: Id) -> Result<&Proposal, Refusal> {
        let proposal = self.proposals.get(&id).ok_or(Refusal::NoProposal)?;
        if proposal.published.is_some() { Err(Refusal::Published) } else { Ok(proposal) }
    }

    /// Its drafts: in the order in which the vote has put that of which they are, then as they came.
    pub fn proposals_in_order(&self) -> Vec<(Id, &Proposal)> {
        let place = |of: Option<Id>| {
            let weighed = self.tally.iter().flat_map(|tally| &tally.weighed);
            weighed.filter(|one| Some(one.choice) == of).map(|one| one.place).next().unwrap_or(usize::MAX)
        };
        let mut proposals: Vec<_> = self.proposals.iter().map(|(id, proposal)| (*id, proposal)).collect();
        proposals.sort_by_key(|(_, proposal)| (place(proposal.of), proposal.number));
        proposals
    }
}
