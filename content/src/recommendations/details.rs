//! What a recommendation has of its own.

use super::{Status, Urgency};
use crate::things::Slug;
use jiff::civil::Date;
use serde::Serialize;

/// What a recommendation has of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// As it is cited: `TIR/2`.
    pub reference: String,
    /// How strongly it is put.
    pub urgency: Option<Urgency>,
    /// How far it has come; none: no follow-up is recorded.
    pub status: Option<Status>,
    /// Whom it is addressed to.
    pub addressees: Vec<String>,
    /// Who answers for it.
    pub lead: Option<String>,
    /// By when.
    pub due: Option<Date>,
    /// How one will know.
    pub indicator: Option<String>,
    /// What the addressees said.
    pub response: Option<String>,
    /// What was done, the oldest first.
    pub progress: Vec<Progress>,
}

impl Details {
    /// One of which nobody has done anything yet.
    pub(crate) fn drafted(slug: &str, urgency: Option<Urgency>, addressees: Vec<String>) -> Self {
        let (status, lead, due, indicator, response, progress) = Default::default();
        let reference = super::file::reference(slug);
        Self { reference, urgency, status, addressees, lead, due, indicator, response, progress }
    }
}

/// A dated entry of what was done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// When.
    pub date: Date,
    /// Who: a country's code or an organisation's slug; empty where that may not be known.
    pub by: String,
    /// What, in a sentence or two.
    pub text: String,
    /// Where it can be seen.
    pub evidence: Option<String>,
}

impl Progress {
    /// The country that did it: its code in capitals, which no slug has.
    pub fn country(&self) -> Option<&str> {
        Some(self.by.as_str()).filter(|by| crate::folder::is_country(by))
    }

    /// The slug of the organisation that did it.
    pub fn organisation(&self) -> Option<&str> {
        Some(self.by.as_str()).filter(|by| Slug::is(by))
    }
}
