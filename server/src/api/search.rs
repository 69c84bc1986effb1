//! Search.

use super::answer::Call;
use crate::site::Site;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use content::search::{self, Asked};
use serde::Serialize;
use utoipa::ToSchema;

/// What `content` writes, described.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes")]
struct Found {
    /// How many things there are in all.
    total: usize,
    /// How many of them have all the words.
    all: usize,
    /// The query with other words in place of those that nothing has.
    instead: Option<String>,
    /// What the glossary added to the words.
    added: Vec<Added>,
    hits: Vec<Hit>,
    facets: Vec<Facet>,
    /// No thing has all the words, and these have some of them.
    some_words: bool,
    /// No thing has what stands in quotes as it stands there, and these have its words.
    apart: bool,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes")]
struct Hit {
    /// The path of its page, at the passage.
    address: String,
    kind: String,
    title: Vec<Piece>,
    passage: Vec<Piece>,
    /// Of the title: BCP 47, where it is not the reader's.
    lang: Option<String>,
    /// Of the passage.
    passage_lang: Option<String>,
    countries: Vec<String>,
    /// What its seminar is called.
    seminar: Option<String>,
    /// The language of that.
    seminar_lang: Option<String>,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes")]
struct Added {
    /// The slug of the glossary's term.
    term: String,
    /// The words of the query that are the term.
    typed: String,
    /// What it is called: a BCP 47 tag and a form for each language.
    forms: Vec<(String, String)>,
    /// Whether these were looked for too.
    on: bool,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes")]
struct Piece {
    text: String,
    /// Whether it is what was looked for.
    hit: bool,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes")]
struct Facet {
    /// Its parameter's name.
    name: String,
    /// Values with how many things have them, the most first.
    values: Vec<(String, usize)>,
}

/// What is found: a page of hits, and how the things divide.
#[utoipa::path(get, operation_id = "search", path = "/search", tag = "search",
    params(
        ("q" = Option<String>, Query, description = "Words, in any language and script; the last may be a beginning"),
        ("kind" = Option<String>, Query), ("country" = Option<String>, Query), ("theme" = Option<String>, Query),
        ("language" = Option<String>, Query), ("seminar" = Option<String>, Query),
        ("year" = Option<String>, Query),
        ("sort" = Option<String>, Query, description = "`date`: the newest first"),
        ("plain" = Option<String>, Query, description = "A term of the glossary that is to add nothing"),
        ("page" = Option<usize>, Query, description = "From 1"),
        ("most" = Option<usize>, Query, description = "Hits at the most, without facets"),
    ),
    responses((status = 200, body = Found)))]
pub(crate) async fn find(State(site): State<Site>, RawQuery(query): RawQuery, call: Call) -> Response {
    let pairs = pairs(query);
    let asked = asked(&pairs);
    let most = pairs.iter().find(|(name, _)| name == "most").and_then(|(_, most)| most.parse::<usize>().ok());
    let found = search::search(&site.store, &site.index, &call.asked.viewer, call.asked.reading, &asked).await;
    call.answer(found.map(|mut found| {
        if let Some(most) = most {
            found.hits.truncate(most);
            found.facets.clear();
        }
        Some(found)
    }))
}

/// What is offered while somebody types.
#[derive(Serialize, ToSchema)]
struct Suggestions {
    /// The likeliest first.
    #[schema(value_type = Vec<Suggestion>)]
    suggestions: Vec<search::Suggestion>,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes")]
struct Suggestion {
    /// The path of its page.
    address: String,
    kind: String,
    title: String,
    /// Of the title: BCP 47, where it is not the reader's.
    lang: Option<String>,
}

/// Six things at the most that are called like what somebody types, or else have all the words somewhere.
#[utoipa::path(get, operation_id = "suggestions", path = "/suggestions", tag = "search",
    params(("q" = Option<String>, Query, description = "What is typed so far, in any language and script")),
    responses((status = 200, body = Suggestions)))]
pub(crate) async fn suggest(State(site): State<Site>, RawQuery(query): RawQuery, call: Call) -> Response {
    let asked = asked(&pairs(query));
    let found = search::suggest(&site.store, &site.index, &call.asked.viewer, call.asked.reading, &asked).await;
    call.answer(found.map(|suggestions| Some(Suggestions { suggestions })))
}

fn pairs(query: Option<String>) -> Vec<(String, String)> {
    let query = query.unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes()).take(200);
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn asked(pairs: &[(String, String)]) -> Asked {
    Asked::of(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}
