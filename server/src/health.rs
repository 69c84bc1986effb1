//! Whether the process lives, and whether it can answer.

use crate::site::Site;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{changes, search::State as Search};
use serde_json::json;

/// `/healthz`: the process answers.
pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// `/readyz`: the store answers, and the index can be used. While it is made anew, pages are there and search finds a
/// part: that is said, and is no reason to send readers elsewhere.
pub(crate) async fn ready(State(site): State<Site>) -> Response {
    let store = changes::last(&site.store).await;
    let search = site.index.state();
    if let Err(failure) = &store {
        tracing::error!(%failure, "the store does not answer");
    }
    let usable = store.is_ok() && search != Search::Unavailable;
    let status = if usable { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let store = if store.is_ok() { "ready" } else { "not ready" };
    let search = match search {
        Search::Ready => "ready",
        Search::Building => "being rebuilt",
        Search::Unavailable => "not ready",
    };
    (status, Json(json!({ "store": store, "search": search }))).into_response()
}
