//! The addresses, in one place.

use crate::{
    api, assets, entrance, files, forms, health,
    kept::{Caching, Key, Ready},
    leave, live, machines,
    site::Site,
};
use app::{asked::Asked, errors::Error, render};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::{sync::Arc, time::Duration};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

/// The longest body of a form, in bytes.
const BODY_MOST: usize = 64 * 1024;
/// How long a request may take once its head is there, which has a limit of its own: less than 30 seconds in all.
const WITHIN: Duration = Duration::from_secs(18);
/// How long a form with a file may take: a file of 50 MiB at 30 kB/s.
const FILE_WITHIN: Duration = Duration::from_mins(30);
/// How long a body may stand still.
const BODY_WITHIN: Duration = Duration::from_secs(12);

/// All of the site.
pub fn router(site: Site) -> Router {
    let pages = render::routes().into_iter().fold(Router::new(), |router, path| router.route(&path, get(page)));
    let forms = app::pages::forms()
        .route("/language", post(forms::language))
        .route("/leave", post(leave::leave))
        .route("/return", post(leave::come_back));
    let machines = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/robots.txt", get(machines::robots))
        .route("/sitemap.xml", get(machines::sitemap))
        .route("/feed.xml", get(machines::feed))
        .route("/left", get(leave::on))
        .route("/left.svg", get(leave::forget))
        .route("/speculation-rules.json", get(machines::speculation::rules))
        .route("/seminars/{seminar}/live", get(live::live))
        .route("/seminars/{seminar}/programme.ics", get(machines::calendar))
        .route("/assets/{name}", get(assets::asset))
        .route("/files/{key}/{name}", get(files::file));
    let router = Router::new();
    #[cfg(debug_assertions)]
    let router = router.merge(crate::dev::routes());
    let router = router
        .merge(pages)
        .merge(forms)
        .merge(machines)
        .nest("/api/v1", api::router())
        .fallback(page)
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(DefaultBodyLimit::max(BODY_MOST))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, WITHIN))
        // Files are sent by those alone who may, and take as long as they take, as long as something comes.
        .merge(
            app::pages::uploads().layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, FILE_WITHIN)),
        )
        // From the outside in.
        .layer((
            middleware::from_fn_with_state(site.clone(), entrance::pass),
            RequestBodyTimeoutLayer::new(BODY_WITHIN),
        ))
        .with_state(site);
    #[cfg(debug_assertions)]
    let router = crate::dev::reloading(router);
    router
}

/// Every page, drawn anew, and kept where it may be ([`Site::key`]).
async fn page(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if asked.path().starts_with("/api/") || asked.path() == "/api" {
        return api::nothing().await;
    }
    // Before the page is drawn: what changes meanwhile makes another key.
    let key = site.key(&asked);
    let indexed = |key: &Option<Key>| key.as_ref().is_some_and(|key| site.index.holds(key.change));
    let before = indexed(&key);
    let caching = if asked.viewer.is_anonymous() { Caching::Asking } else { Caching::Private };
    let client = asked.client;
    let page = render::page(asked).await;
    if !page.missed.is_empty() && method == Method::GET && is_meant(&headers) {
        // What tells a reader from others for a day, as well as can be told of people who are not known.
        let address = client.map(|address| address.to_string()).unwrap_or_default();
        let browser = headers.get(header::USER_AGENT).map(HeaderValue::as_bytes).unwrap_or_default();
        site.missed.count(address.as_bytes(), browser, &page.missed, jiff::Timestamp::now());
    }
    if page.status != StatusCode::OK || page.moved.is_some() || page.onward.is_some() || page.secret {
        return page.into_response();
    }
    let ready = Arc::new(Ready::page(page.html, caching, page.scripts, page.until));
    let answer = ready.answer(&headers);
    // What the index knows only later, such as what is like a thing, would be missing for as long as nothing changes.
    let whole = page.index.is_none_or(|answered| answered && before && indexed(&key));
    if let Some(key) = key.filter(|_| method == Method::GET && whole) {
        site.kept.keep(key, ready);
    }
    answer
}

/// Whether somebody asks for a page, and not a page of another site, or a browser ahead of them.
fn is_meant(headers: &HeaderMap) -> bool {
    let is = |name: &str, among: &[&[u8]]| headers.get(name).is_none_or(|value| among.contains(&value.as_bytes()));
    is("sec-fetch-site", &[b"same-origin", b"none"]) && is("sec-purpose", &[])
}

/// For handlers: the page for what is not there.
pub(crate) async fn not_found(asked: Asked) -> Response {
    render::error(asked, Error::NotFound).await.into_response()
}

/// For handlers: the page for what went wrong, with the reason in the log.
pub(crate) async fn failed(asked: Asked, failure: impl std::fmt::Display) -> Response {
    tracing::error!(request = %asked.request, %failure, "a request could not be answered");
    render::error(asked, Error::Ours).await.into_response()
}
