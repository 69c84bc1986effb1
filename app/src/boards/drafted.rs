//! What the forms of drafts send.

use super::send::{Fields, Form, Sent, done};
use crate::{asked::Asked, errors::Error, render, words::Words};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    boards::{self, Change, Command, Id, Proposal, Refusal, Wording},
    recommendations::Urgency,
};
use language::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A draft as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    pub(super) text: String,
    language: Option<Language>,
    /// A code; empty where it is not said.
    pub(super) urgency: String,
    pub(super) addressees: Vec<String>,
    pub(super) themes: Vec<String>,
    /// The version that was shown.
    was: i64,
}

/// What was typed of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Drafted {
    /// Out of what it is made: an id, or nothing.
    pub(super) of: String,
    pub(super) said: Said,
    /// What was shown to whoever typed it: what is the same was left as it is.
    pub(super) before: Said,
}

impl Said {
    pub(super) fn of(proposal: &Proposal) -> Self {
        Self {
            text: proposal.text.text.clone(),
            language: Some(proposal.text.language),
            urgency: proposal.urgency.map(Urgency::code).unwrap_or_default().to_owned(),
            addressees: proposal.addressees.clone(),
            themes: proposal.themes.clone(),
            was: proposal.version(),
        }
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Drafted {
    /// Takes a field of a form, but for the text that all forms have.
    pub(super) fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "of" => self.of = value.to_owned(),
            "language" => self.said.language = value.parse().ok(),
            "urgency" => self.said.urgency = value.to_owned(),
            "addressees" => {
                let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
                self.said.addressees = lines.map(str::to_owned).collect();
            }
            "theme" => self.said.themes.push(value.to_owned()),
            "before" => self.before = serde_json::from_str(value).unwrap_or_default(),
            _ => return false,
        }
        true
    }

    /// Whether text, urgency verb, addressees and themes are others than were shown.
    fn differs(&self) -> [bool; 4] {
        let (said, before) = (&self.said, &self.before);
        [
            said.text.trim() != before.text,
            said.urgency != before.urgency,
            said.addressees != before.addressees,
            set(&said.themes) != set(&before.themes),
        ]
    }

    /// What was typed, over what it says now: what was left as it was shown is what others have made of it since.
    pub(super) fn over(&self, now: &Said) -> Said {
        let (said, now, [text, urgency, addressees, themes]) = (self.said.clone(), now.clone(), self.differs());
        Said {
            text: if text { said.text } else { now.text },
            urgency: if urgency { said.urgency } else { now.urgency },
            addressees: if addressees { said.addressees } else { now.addressees },
            themes: if themes { said.themes } else { now.themes },
            ..now
        }
    }

    /// What is new in it; none: it cannot be read.
    fn changes(&self, reader: Language) -> Option<Vec<Change>> {
        let (said, [text, urgency, addressees, themes]) = (&self.said, self.differs());
        let mut changes = Vec::new();
        if text {
            let language = boards::written_in(&said.text, self.before.language.unwrap_or(reader));
            changes.push(Change::Text(Wording { language, text: said.text.clone() }));
        }
        if urgency {
            let urgency = if said.urgency.is_empty() { None } else { Some(said.urgency.parse().ok()?) };
            changes.push(Change::Urgency(urgency));
        }
        if addressees {
            changes.push(Change::Addressees(said.addressees.clone()));
        }
        if themes {
            changes.push(Change::Themes(said.themes.clone()));
        }
        Some(changes)
    }
}

fn set(list: &[String]) -> BTreeSet<&str> {
    list.iter().map(String::as_str).collect()
}

/// Drafts a recommendation.
pub(super) async fn propose(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let reader = sent.drafted.said.language.unwrap_or(asked.reading.locale.language());
    let text = Wording { language: boards::written_in(&sent.text, reader), text: sent.text.clone() };
    let of = if sent.drafted.of.is_empty() { Some(None) } else { sent.drafted.of.parse().ok().map(Some) };
    let command = of.map(|of| Command::Propose { of, text });
    done(asked, (&seminar, &board), sent, Form::Propose, command).await
}

/// Has a draft say something else.
pub(super) async fn amend(
    Extension(asked): Extension<Asked>,
    Path((seminar, board, draft)): Path<(String, String, String)>,
    fields: Fields,
) -> Response {
    let (sent, id) = (Sent::of(fields), draft.parse::<Id>().ok());
    let (was, changes) = (sent.drafted.before.was, sent.drafted.changes(asked.reading.locale.language()));
    let command = id.zip(changes).map(|(proposal, changes)| Command::Amend { proposal, was, changes });
    done(asked, (&seminar, &board), sent, id.map_or(Form::Press, Form::Amend), command).await
}

/// Takes a draft away, or publishes it.
pub(super) async fn at_draft(
    Extension(asked): Extension<Asked>,
    Path((seminar, board, draft, act)): Path<(String, String, String, String)>,
    fields: Fields,
) -> Response {
    let does: fn(Id) -> Command = match act.as_str() {
        "drop" => |proposal| Command::Drop { proposal },
        "publish" => |proposal| Command::Publish { proposal },
        _ => return render::error(asked, Error::NotFound).await.into_response(),
    };
    let command = draft.parse().ok().map(does);
    done(asked, (&seminar, &board), Sent::of(fields), Form::Press, command).await
}

/// Why a draft is not written, or not changed.
pub(super) fn sentence(words: Words, refusal: Refusal) -> String {
    use content::boards::{ADDRESSEE_LETTERS_MOST, ADDRESSEES_MOST, PROPOSAL_LETTERS_MOST, PROPOSALS_MOST};
    match refusal {
        Refusal::NoProposal => words.draft_gone().to_owned(),
        Refusal::ManyProposals => words.drafts_many(PROPOSALS_MOST.to_string()),
        Refusal::ProposalEmpty => words.draft_empty().to_owned(),
        Refusal::ProposalLong => words.draft_long(PROPOSAL_LETTERS_MOST.to_string()),
        Refusal::AddresseeEmpty => words.addressee_empty().to_owned(),
        Refusal::AddresseeLong => words.addressee_long(ADDRESSEE_LETTERS_MOST.to_string()),
        Refusal::ManyAddressees => words.addressees_many(ADDRESSEES_MOST.to_string()),
        Refusal::Published => words.draft_is_published().to_owned(),
        Refusal::Rehearsal => words.draft_rehearsed().to_owned(),
        _ => words.draft_changed().to_owned(),
    }
}
