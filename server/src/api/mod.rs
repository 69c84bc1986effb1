//! `/api/v1`: what the pages show, for programs, and what is done on boards; described by `/api/v1/openapi.json`.

mod answer;
mod boards;
mod challenges;
mod described;
mod glossary;
mod materials;
mod people;
mod practices;
mod recommendations;
mod search;
mod seminars;
mod words;

pub(crate) use answer::{nothing, refused};

use crate::{
    kept::{Caching, Ready},
    site::Site,
};
use app::errors::Error;
use axum::{Router, extract::DefaultBodyLimit, http::HeaderMap, routing::get};
use std::sync::Arc;
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};

/// The routes below `/api/v1`.
pub(crate) fn router() -> Router<Site> {
    let (router, described) = OpenApiRouter::<Site>::new()
        .routes(routes!(seminars::list))
        .routes(routes!(seminars::one))
        .routes(routes!(seminars::session))
        .routes(routes!(seminars::comparison))
        .routes(routes!(materials::list))
        .routes(routes!(materials::one))
        .routes(routes!(practices::list))
        .routes(routes!(practices::one))
        .routes(routes!(challenges::list))
        .routes(routes!(challenges::one))
        .routes(routes!(recommendations::list))
        .routes(routes!(recommendations::one))
        .routes(routes!(people::list))
        .routes(routes!(people::one))
        .routes(routes!(people::organisation))
        .routes(routes!(glossary::list))
        .routes(routes!(glossary::one))
        .routes(routes!(search::find))
        .routes(routes!(search::suggest))
        .layer(DefaultBodyLimit::max(0))
        .routes(routes!(boards::send).layer(DefaultBodyLimit::max(boards::LONG_MOST)))
        .split_for_parts();
    // A description of our own is JSON.
    let described = serde_json::to_vec(&described::whole(described)).unwrap_or_default();
    let described = Arc::new(Ready::text("application/json", described, Caching::Asking));
    router
        .route("/openapi.json", get(move |headers: HeaderMap| async move { described.answer(&headers) }))
        .fallback(nothing)
        .method_not_allowed_fallback(|| async { refused(Error::Method) })
}
