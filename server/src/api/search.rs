//! Search.

use super::answer::Call;
use crate::site::Site;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use content::search::{self, Asked};

/// What is found: a page of hits, and how the things divide.
#[utoipa::path(get, path = "/search", tag = "search",
    params(
        ("q" = Option<String>, Query, description = "Words, in any language and script; the last may be a beginning"),
        ("kind" = Option<String>, Query), ("country" = Option<String>, Query), ("theme" = Option<String>, Query),
        ("language" = Option<String>, Query), ("seminar" = Option<String>, Query),
        ("page" = Option<usize>, Query, description = "From 1"),
        ("most" = Option<usize>, Query, description = "Hits at the most, without facets: for suggestions"),
    ),
    responses((status = 200, description = "`total`, `hits`, `facets`, `some_words`")))]
pub(crate) async fn find(State(site): State<Site>, RawQuery(query): RawQuery, call: Call) -> Response {
    let query = query.unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .take(200)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let asked = Asked::of(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
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
