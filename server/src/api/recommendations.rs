//! Recommendations.

use super::{
    answer::{Asks, Call, Listing, Part},
    words::{Entry, Whole},
};
use crate::site::Site;
use axum::{
    extract::{Path, State},
    response::Response,
};
use content::{
    recommendations::{self, Details},
    things::{self, Kind},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
struct Recommendation {
    #[serde(flatten)]
    entry: Entry,
    /// As it is cited.
    reference: String,
    /// `urge`, `consider` or `invite`.
    urgency: Option<&'static str>,
    /// `not-started`, `planned`, `ongoing`, `partly-done`, `done`, `blocked`, `superseded`; none: not recorded.
    status: Option<&'static str>,
    addressees: Vec<String>,
    lead: Option<String>,
    /// A date.
    due: Option<String>,
    indicator: Option<String>,
    response: Option<String>,
    progress: Vec<Progress>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Progress {
    /// A date.
    date: String,
    /// A country's code or an organisation's slug; none where it is not said or not public.
    by: Option<String>,
    text: String,
    evidence: Option<String>,
}

fn recommendation(entry: Entry, details: &Details) -> Recommendation {
    let progress = details.progress.iter().map(|progress| Progress {
        date: progress.date.to_string(),
        by: Some(progress.by.clone()).filter(|by| !by.is_empty()),
        text: progress.text.clone(),
        evidence: progress.evidence.clone(),
    });
    Recommendation {
        entry,
        reference: details.reference.clone(),
        urgency: details.urgency.map(|urgency| urgency.code()),
        status: details.status.map(|status| status.code()),
        addressees: details.addressees.clone(),
        lead: details.lead.clone(),
        due: details.due.map(|due| due.to_string()),
        indicator: details.indicator.clone(),
        response: details.response.clone(),
        progress: progress.collect(),
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct WholeRecommendation {
    #[serde(flatten)]
    recommendation: Recommendation,
    text: Whole,
    /// Challenges.
    answers: Vec<Entry>,
}

/// All recommendations.
#[utoipa::path(get, operation_id = "listRecommendations", path = "/recommendations", tag = "recommendations", params(Part),
    responses((status = 200, body = Listing<Recommendation>)))]
pub(crate) async fn list(State(site): State<Site>, Asks(part): Asks, call: Call) -> Response {
    let asked = call.asked.clone();
    let found = async {
        let total = things::count(&site.store, &asked.viewer, Kind::Recommendation, None).await?;
        let list = recommendations::list(&site.store, &asked.viewer, asked.reading, part.most(), part.after()).await?;
        let entries =
            list.iter().map(|found| recommendation(Entry::of(&asked, &found.listed), &found.details)).collect();
        Ok(Some(Listing { total, entries }))
    };
    call.answer(found.await)
}

/// A recommendation.
#[utoipa::path(get, operation_id = "getRecommendation", path = "/recommendations/{recommendation}", tag = "recommendations",
    params(("recommendation" = String, Path)), responses((status = 200, body = WholeRecommendation), (status = 404)))]
pub(crate) async fn one(State(site): State<Site>, Path(slug): Path<String>, call: Call) -> Response {
    let found = recommendations::recommendation(&site.store, &call.asked.viewer, call.asked.reading, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| WholeRecommendation {
            recommendation: recommendation(
                Entry::of(&asked, &page.recommendation.listed),
                &page.recommendation.details,
            ),
            text: Whole::of(&page.text),
            answers: Entry::all(&asked, &page.answers),
        })
    }))
}
