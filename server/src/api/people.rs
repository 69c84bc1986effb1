//! People and organisations.

use super::{
    answer::{Asks, Call, Listing, Part},
    words::Entry,
};
use crate::site::Site;
use axum::{
    extract::{Path, State},
    response::Response,
};
use content::{
    organisations, people,
    things::{self, Kind},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
struct Person {
    /// The title is the name, the summary what they do.
    #[serde(flatten)]
    entry: Entry,
    organisations: Vec<Entry>,
    contributions: Vec<Contribution>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Contribution {
    role: &'static str,
    title: String,
    to: Entry,
}

/// All people.
#[utoipa::path(get, operation_id = "listPeople", path = "/people", tag = "people", params(Part), responses((status = 200, body = Listing<Entry>)))]
pub(crate) async fn list(State(site): State<Site>, Asks(part): Asks, call: Call) -> Response {
    let asked = call.asked.clone();
    let found = async {
        let total = things::count(&site.store, &asked.viewer, Kind::Person, None).await?;
        let list = people::list(&site.store, &asked.viewer, asked.reading, part.most(), part.after()).await?;
        Ok(Some(Listing { total, entries: Entry::all(&asked, &list) }))
    };
    call.answer(found.await)
}

/// A person and what they contributed to.
#[utoipa::path(get, operation_id = "getPerson", path = "/people/{person}", tag = "people", params(("person" = String, Path)),
    responses((status = 200, body = Person), (status = 404)))]
pub(crate) async fn one(State(site): State<Site>, Path(slug): Path<String>, call: Call) -> Response {
    let found = people::person(&site.store, &call.asked.viewer, call.asked.reading, &slug).await;
    let asked = call.asked.clone();
    let contribution = |found: &people::Contribution| Contribution {
        role: found.role.code(),
        title: found.title.clone(),
        to: Entry::of(&asked, &found.thing),
    };
    call.answer(found.map(|found| {
        found.map(|page| Person {
            entry: Entry::of(&asked, &page.person),
            organisations: Entry::all(&asked, &page.organisations),
            contributions: page.contributions.iter().map(contribution).collect(),
        })
    }))
}

#[derive(Debug, Serialize, ToSchema)]
struct Organisation {
    /// The title is the name.
    #[serde(flatten)]
    entry: Entry,
    abbreviation: Option<String>,
    /// Its site.
    site: Option<String>,
    people: Vec<Entry>,
}

/// An organisation.
#[utoipa::path(get, operation_id = "getOrganisation", path = "/organisations/{organisation}", tag = "people", params(("organisation" = String, Path)),
    responses((status = 200, body = Organisation), (status = 404)))]
pub(crate) async fn organisation(State(site): State<Site>, Path(slug): Path<String>, call: Call) -> Response {
    let found = organisations::organisation(&site.store, &call.asked.viewer, call.asked.reading, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| Organisation {
            entry: Entry::of(&asked, &page.organisation),
            abbreviation: page.details.abbreviation,
            site: page.details.url,
            people: Entry::all(&asked, &page.people),
        })
    }))
}
