//! Practices.

use super::{
    answer::{Asks, Call, Listing, Part},
    words::{Contributed, Entry, Whole},
};
use crate::site::Site;
use axum::{
    extract::{Path, State},
    response::Response,
};
use content::{
    practices::{self, Details},
    things::{self, Kind},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
struct Practice {
    #[serde(flatten)]
    entry: Entry,
    /// `innovation`, `promising`, `good`, `policy`; none: not assessed.
    maturity: Option<&'static str>,
    /// A date.
    valid_until: Option<String>,
    evidence: Option<String>,
}

fn practice(entry: Entry, details: &Details) -> Practice {
    Practice {
        entry,
        maturity: details.maturity.map(|maturity| maturity.code()),
        valid_until: details.valid_until.map(|date| date.to_string()),
        evidence: details.evidence.clone(),
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct WholePractice {
    #[serde(flatten)]
    practice: Practice,
    text: Whole,
    contributors: Vec<Contributed>,
    /// Challenges.
    answers: Vec<Entry>,
}

/// All practices, the last changed first.
#[utoipa::path(get, operation_id = "listPractices", path = "/practices", tag = "practices", params(Part), responses((status = 200, body = Listing<Practice>)))]
pub(crate) async fn list(State(site): State<Site>, Asks(part): Asks, call: Call) -> Response {
    let asked = call.asked.clone();
    let found = async {
        let total = things::count(&site.store, &asked.viewer, Kind::Practice, None).await?;
        let list = practices::list(&site.store, &asked.viewer, asked.reading, part.most(), part.after()).await?;
        let entries = list.iter().map(|found| practice(Entry::of(&asked, &found.listed), &found.details)).collect();
        Ok(Some(Listing { total, entries }))
    };
    call.answer(found.await)
}

/// A practice.
#[utoipa::path(get, operation_id = "getPractice", path = "/practices/{practice}", tag = "practices", params(("practice" = String, Path)),
    responses((status = 200, body = WholePractice), (status = 404)))]
pub(crate) async fn one(State(site): State<Site>, Path(slug): Path<String>, call: Call) -> Response {
    let found = practices::practice(&site.store, &call.asked.viewer, call.asked.reading, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| WholePractice {
            practice: practice(Entry::of(&asked, &page.practice.listed), &page.practice.details),
            text: Whole::of(&page.text),
            contributors: Contributed::all(&asked, &page.contributors),
            answers: Entry::all(&asked, &page.answers),
        })
    }))
}
