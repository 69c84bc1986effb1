//! Seminars, their sessions, their comparison.

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
    comparisons,
    seminars::{self, Details},
    sessions,
    things::{self, Kind},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
struct Seminar {
    #[serde(flatten)]
    entry: Entry,
    /// A date.
    starts: String,
    /// A date.
    ends: String,
    /// IANA.
    time_zone: String,
    place: Option<String>,
    host: Option<String>,
    status: &'static str,
    organisers: Vec<String>,
    /// It is made up, to show what Plenary does.
    example: bool,
}

fn seminar(entry: Entry, details: &Details) -> Seminar {
    Seminar {
        entry,
        starts: details.starts.to_string(),
        ends: details.ends.to_string(),
        time_zone: details.time_zone.clone(),
        place: details.place.clone(),
        host: details.host.clone(),
        status: details.stage.code(),
        organisers: details.organisers.clone(),
        example: details.example,
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct WholeSeminar {
    #[serde(flatten)]
    seminar: Seminar,
    text: Whole,
    contributors: Vec<Contributed>,
    sessions: Vec<Entry>,
    materials: Vec<Entry>,
    challenges: Vec<Entry>,
    practices: Vec<Entry>,
    recommendations: Vec<Entry>,
    boards: Vec<Entry>,
}

/// All seminars, the latest first.
#[utoipa::path(get, operation_id = "listSeminars", path = "/seminars", tag = "seminars", params(Part), responses((status = 200, body = Listing<Seminar>)))]
pub(crate) async fn list(State(site): State<Site>, Asks(part): Asks, call: Call) -> Response {
    let found = async {
        let total = things::count(&site.store, &call.asked.viewer, Kind::Seminar, None).await?;
        let list =
            seminars::list(&site.store, &call.asked.viewer, call.asked.reading, part.most(), part.after()).await?;
        let entries = list.iter().map(|found| seminar(Entry::of(&call.asked, &found.listed), &found.details)).collect();
        Ok(Some(Listing { total, entries }))
    };
    let found = found.await;
    call.answer(found)
}

/// A seminar and what lies in it.
#[utoipa::path(get, operation_id = "getSeminar", path = "/seminars/{seminar}", tag = "seminars", params(("seminar" = String, Path)),
    responses((status = 200, body = WholeSeminar), (status = 404)))]
pub(crate) async fn one(State(site): State<Site>, Path(slug): Path<String>, call: Call) -> Response {
    let found = seminars::seminar(&site.store, &call.asked.viewer, call.asked.reading, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| {
            let of = |kind| Entry::all(&asked, page.contents.of(kind));
            WholeSeminar {
                seminar: seminar(Entry::of(&asked, &page.contents.seminar), &page.contents.details),
                text: Whole::of(&page.text),
                contributors: Contributed::all(&asked, &page.contributors),
                sessions: of(Kind::Session),
                materials: of(Kind::Material),
                challenges: of(Kind::Challenge),
                practices: of(Kind::Practice),
                recommendations: of(Kind::Recommendation),
                boards: of(Kind::Board),
            }
        })
    }))
}

#[derive(Debug, Serialize, ToSchema)]
struct WholeSession {
    #[serde(flatten)]
    entry: Entry,
    /// `plenary`, `presentation`, `panel`, `group-work` or `break`.
    form: &'static str,
    /// A date, where no more is known.
    day: Option<String>,
    /// RFC 3339, UTC.
    starts: Option<String>,
    /// RFC 3339, UTC.
    ends: Option<String>,
    room: Option<String>,
    chatham_house: bool,
    text: Whole,
    contributors: Vec<Contributed>,
    materials: Vec<Entry>,
    challenges: Vec<Entry>,
    recommendations: Vec<Entry>,
    boards: Vec<Entry>,
}

/// A session.
#[utoipa::path(get, operation_id = "getSession", path = "/seminars/{seminar}/sessions/{session}", tag = "seminars",
    params(("seminar" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = WholeSession), (status = 404)))]
pub(crate) async fn session(
    State(site): State<Site>,
    Path((seminar, slug)): Path<(String, String)>,
    call: Call,
) -> Response {
    let found = sessions::session(&site.store, &call.asked.viewer, call.asked.reading, &seminar, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| {
            let under = |kind| Entry::all(&asked, page.contents.under(&page.session, kind));
            WholeSession {
                entry: Entry::of(&asked, &page.session),
                form: page.details.form.code(),
                day: page.details.day.map(|day| day.to_string()),
                starts: page.details.starts.map(|at| at.to_string()),
                ends: page.details.ends.map(|at| at.to_string()),
                room: page.details.room.clone(),
                chatham_house: page.details.chatham_house,
                text: Whole::of(&page.text),
                contributors: Contributed::all(&asked, &page.contributors),
                materials: under(Kind::Material),
                challenges: under(Kind::Challenge),
                recommendations: under(Kind::Recommendation),
                boards: under(Kind::Board),
            }
        })
    }))
}

#[derive(Debug, Serialize, ToSchema)]
struct WholeComparison {
    #[serde(flatten)]
    entry: Entry,
    topics: Vec<Topic>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Topic {
    slug: String,
    title: String,
    cells: Vec<Cell>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Cell {
    countries: Vec<String>,
    text: String,
    /// `stated`, `partly` or `unknown`.
    confidence: &'static str,
    source: Option<String>,
    date: Option<String>,
}

/// The comparison of a seminar.
#[utoipa::path(get, operation_id = "getComparison", path = "/seminars/{seminar}/comparison", tag = "seminars", params(("seminar" = String, Path)),
    responses((status = 200, body = WholeComparison), (status = 404)))]
pub(crate) async fn comparison(State(site): State<Site>, Path(seminar): Path<String>, call: Call) -> Response {
    let found = comparisons::comparison(&site.store, &call.asked.viewer, call.asked.reading, &seminar).await;
    let asked = call.asked.clone();
    let cell = |cell: comparisons::Cell| Cell {
        countries: cell.countries,
        text: cell.text,
        confidence: cell.confidence.code(),
        source: cell.source,
        date: cell.date.map(|date| date.to_string()),
    };
    let topic = |topic: comparisons::Topic| Topic {
        slug: topic.slug,
        title: topic.title,
        cells: topic.cells.into_iter().map(cell).collect(),
    };
    call.answer(found.map(|found| {
        found.map(|page| WholeComparison {
            entry: Entry::of(&asked, &page.comparison),
            topics: page.details.topics.into_iter().map(topic).collect(),
        })
    }))
}
