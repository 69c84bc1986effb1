//! The addresses, and what every request passes on its way, in one place.

use crate::{
    api, assets, files, forms, health,
    kept::{Caching, Key, Ready},
    machines, metrics, request,
    site::Site,
};
use app::{
    asked::Asked,
    errors::Error,
    render::{self, Alive},
};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use tower_http::{
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

/// The longest body of a form, in bytes.
const BODY_MOST: usize = 64 * 1024;
/// How long a request may take in all.
const WITHIN: Duration = Duration::from_secs(30);
/// How long a body may stand still.
const BODY_WITHIN: Duration = Duration::from_secs(15);
/// Requests at once. A page takes a millisecond: more than this is a queue, not readers.
const AT_ONCE: usize = 1024;
/// The header that names a request.
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// All of the site.
pub fn router(site: Site) -> Router {
    let pages = render::routes().into_iter().fold(Router::new(), |router, path| router.route(&path, get(page)));
    let forms = Router::new().route("/language", post(forms::language));
    let machines = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/robots.txt", get(machines::robots))
        .route("/sitemap.xml", get(machines::sitemap))
        .route("/feed.xml", get(machines::feed))
        .route("/seminars/{seminar}/programme.ics", get(machines::calendar))
        .route("/assets/{name}", get(assets::asset))
        .route("/files/{key}/{name}", get(files::file));
    Router::new()
        .merge(pages)
        .merge(forms)
        .merge(machines)
        .nest("/api/v1", api::router())
        .fallback(page)
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        // From the inside out: what is last is met first.
        .layer(DefaultBodyLimit::max(BODY_MOST))
        .layer(middleware::from_fn_with_state(site.clone(), forms::refuse_forged))
        .layer(RequestBodyTimeoutLayer::new(BODY_WITHIN))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, WITHIN))
        .layer(middleware::from_fn_with_state(site.clone(), request::asked))
        .layer(middleware::map_response_with_state(site.clone(), policies))
        .layer(middleware::from_fn_with_state(site.clone(), metrics::note))
        .layer(middleware::from_fn_with_state(Arc::new(Semaphore::new(AT_ONCE)), bounded))
        .layer(PropagateRequestIdLayer::new(NUMBER))
        .layer(SetRequestIdLayer::new(NUMBER, Numbers))
        .layer(middleware::map_request(unnumbered))
        .with_state(site)
}

/// Total load: what comes on top is told to come again, so that what is under way is answered.
async fn bounded(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::RETRY_AFTER, "2")],
            "Too many at once; try again in a moment.\n",
        )
            .into_response(),
    }
}

/// The number of a request is ours to give: another's would stand in our log.
async fn unnumbered(mut request: Request) -> Request {
    request.headers_mut().remove(NUMBER);
    request
}

/// Numbers requests: short enough to be read out, and never two alike in one process.
#[derive(Clone)]
struct Numbers;

impl MakeRequestId for Numbers {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NEXT: AtomicU64 = AtomicU64::new(0);
        static START: std::sync::LazyLock<u64> =
            std::sync::LazyLock::new(|| jiff::Timestamp::now().as_millisecond().unsigned_abs());
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        HeaderValue::from_str(&format!("{:x}-{number:x}", *START % 0x1000_0000)).ok().map(RequestId::new)
    }
}

/// Every page: one that is kept ready, or drawn anew.
async fn page(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if asked.path().starts_with("/api/") || asked.path() == "/api" {
        return api::nothing().await;
    }
    let anonymous = asked.viewer.is_anonymous();
    // What search finds follows the index, which has no number that readers share.
    let keep = anonymous && asked.path() != "/search";
    let key = Key {
        viewer: asked.viewer.clone(),
        reading: asked.reading,
        address: asked.address.clone(),
        change: site.change(),
    };
    if keep && let Some(ready) = site.kept.get(&key) {
        return ready.answer(&headers);
    }
    let page = render::page(asked).await;
    if page.status != StatusCode::OK || page.moved.is_some() {
        return page.into_response();
    }
    let caching = if anonymous { Caching::Asking } else { Caching::Private };
    let ready = Arc::new(Ready::page(page.html, caching, page.alive));
    let answer = ready.answer(&headers);
    if keep && method == Method::GET {
        site.kept.keep(key, ready);
    }
    answer
}

/// The headers that every answer carries. A page without an island runs no script at all.
async fn policies(State(site): State<Site>, mut answer: Response) -> Response {
    const STILL: &str = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; \
        base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    const ALIVE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
        connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
        object-src 'none'";
    let alive = answer.extensions().get::<Alive>().is_some_and(|alive| alive.0);
    let is_page =
        answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let headers = answer.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, if alive { ALIVE } else { STILL });
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    );
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::CACHE_CONTROL, "no-store");
    if is_page {
        set(header::VARY, "Accept-Language, Cookie, Accept-Encoding");
    }
    if site.public_url.starts_with("https:") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    answer
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
