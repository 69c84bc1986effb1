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

/// `/readyz`: the store answers. While the index is made anew, pages are there and search finds a part: that is said,
/// and is no reason to send readers elsewhere.
pub(crate) async fn ready(State(site): State<Site>) -> Response {
    let store = changes::last(&site.store).await;
    let search = site.index.state() == Search::Ready;
    if let Err(failure) = &store {
        tracing::error!(%failure, "the store does not answer");
    }
    let status = if store.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = |ready| if ready { "ready" } else { "not ready" };
    let search = if search { "ready" } else { "being rebuilt" };
    (status, Json(json!({ "store": word(store.is_ok()), "search": search }))).into_response()
}
