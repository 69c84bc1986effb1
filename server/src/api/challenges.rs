//! Challenges.

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
    challenges,
    things::{self, Kind},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
struct Challenge {
    #[serde(flatten)]
    entry: Entry,
    /// It is only beginning to show.
    emerging: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct WholeChallenge {
    #[serde(flatten)]
    challenge: Challenge,
    text: Whole,
    /// What answers it.
    practices: Vec<Entry>,
    /// What takes it up.
    recommendations: Vec<Entry>,
}

/// All challenges.
#[utoipa::path(get, operation_id = "listChallenges", path = "/challenges", tag = "challenges", params(Part), responses((status = 200, body = Listing<Challenge>)))]
pub(crate) async fn list(State(site): State<Site>, Asks(part): Asks, call: Call) -> Response {
    let asked = call.asked.clone();
    let found = async {
        let total = things::count(&site.store, &asked.viewer, Kind::Challenge, None).await?;
        let list = challenges::list(&site.store, &asked.viewer, asked.reading, part.most(), part.after()).await?;
        let one = |found: &challenges::ChallengeListed| Challenge {
            entry: Entry::of(&asked, &found.listed),
            emerging: found.details.emerging,
        };
        Ok(Some(Listing { total, entries: list.iter().map(one).collect() }))
    };
    call.answer(found.await)
}

/// A challenge.
#[utoipa::path(get, operation_id = "getChallenge", path = "/challenges/{challenge}", tag = "challenges", params(("challenge" = String, Path)),
    responses((status = 200, body = WholeChallenge), (status = 404)))]
pub(crate) async fn one(State(site): State<Site>, Path(slug): Path<String>, call: Call) -> Response {
    let found = challenges::challenge(&site.store, &call.asked.viewer, call.asked.reading, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| WholeChallenge {
            challenge: Challenge {
                entry: Entry::of(&asked, &page.challenge.listed),
                emerging: page.challenge.details.emerging,
            },
            text: Whole::of(&page.text),
            practices: Entry::all(&asked, &page.practices),
            recommendations: Entry::all(&asked, &page.recommendations),
        })
    }))
}
