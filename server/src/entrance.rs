//! What every request passes on its way in, and every answer on its way out.
//!
//! One function and not a stack of layers: axum clones what lies below a layer for every request, and a stack of ten
//! cost a page kept ready more than the page itself.

use crate::{forms, leave::has_left, machines::speculation, metrics::Passed, request, site::Site};
use app::{asked::Asked, errors::Error, leave::left, render, render::Scripts};
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// How long an answer waits for that: what was done is done.
const AROUND: Duration = Duration::from_secs(1);
/// The header that names a request.
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// Middleware: numbers, bounds, counts and logs requests, reads what they ask for, answers from what is kept ready or
/// has it answered, and sets the policies.
pub(crate) async fn pass(State(site): State<Site>, request: Request, next: Next) -> Response {
    let number = number();
    let passed = Passed::begin(&site.metrics, request.method(), request.extensions().get::<MatchedPath>().cloned());
    let began = Instant::now();
    let mut answer = match site.places.try_acquire() {
        Ok(_place) => inside(&site, request, next, &number).await,
        Err(_) => busy(for_programs(&request)),
    };
    policies(&site, &mut answer);
    if let Ok(value) = HeaderValue::from_str(&number) {
        answer.headers_mut().insert(NUMBER, value);
    }
    passed.end(answer.status(), began.elapsed(), &number);
    answer
}

/// Total load: what comes on top is told to come again, so that what is under way is answered.
fn busy(for_programs: bool) -> Response {
    let again = [(header::RETRY_AFTER, "2")];
    if for_programs {
        return (again, crate::api::refused(Error::Late)).into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, again, "Too many at once; try again in a moment.\n").into_response()
}

/// Whether a program asks, and not a person: then what goes wrong is a problem and not a page.
fn for_programs(request: &Request) -> bool {
    request.uri().path().starts_with("/api/")
}

/// A number for a request, ours and never the client's, since it stands in our log: short enough to be read out, and
/// never two alike in one process.
fn number() -> Arc<str> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    static START: LazyLock<u64> = LazyLock::new(|| jiff::Timestamp::now().as_millisecond().unsigned_abs());
    format!("{:x}-{:x}", *START % 0x1000_0000, NEXT.fetch_add(1, Ordering::Relaxed)).into()
}

async fn inside(site: &Site, mut request: Request, next: Next, number: &Arc<str>) -> Response {
    let (asked, error) = request::read(site, &request, number.clone());
    let for_programs = for_programs(&request);
    if has_left(site, &request) {
        return left(asked, false).await.into_response();
    }
    let has_session = site.sessions.shown_by(request.headers());
    let refused = match error {
        None => {
            // The body of an answer to HEAD is dropped further out.
            if matches!(*request.method(), Method::GET | Method::HEAD)
                && !has_session
                && let Some(ready) = site.ready(&asked)
            {
                return ready.answer(request.headers());
            }
            let forged = forms::is_forged(site, &request);
            if forged {
                tracing::warn!(request = %asked.request, "what another site sent was refused");
            }
            forged.then_some(Error::Forged)
        }
        Some(error) => Some(error),
    };
    match refused {
        Some(error) if for_programs => crate::api::refused(error),
        Some(error) => render::error(asked, error).await.into_response(),
        None => {
            let method = request.method().clone();
            request.extensions_mut().insert(asked.clone());
            let before = site.store.announced();
            let answer = if has_session || !method.is_safe() {
                site.sessions.answer(site.clone(), request, next).await
            } else {
                next.run(request).await
            };
            if site.store.announced() != before {
                site.catch_up().await;
            } else if has_session && !method.is_safe() {
                // Their next page shows what they have done, though nothing that search follows.
                let _ = timeout(AROUND, site.look_around()).await;
            }
            dress(asked, for_programs, &method, answer).await
        }
    }
}

/// Answers of the layers below that nobody could read get a page, or a problem for programs.
async fn dress(asked: Asked, for_programs: bool, method: &Method, answer: Response<Body>) -> Response {
    // Nothing, or a line of axum's own.
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let error = match answer.status() {
        StatusCode::METHOD_NOT_ALLOWED => Error::Method,
        StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::BAD_REQUEST
        | StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::Unreadable,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Error::Late,
        StatusCode::INTERNAL_SERVER_ERROR => Error::Ours,
        _ => return answer,
    };
    if !bare || method == Method::HEAD {
        return answer;
    }
    let (status, allow) = (answer.status(), answer.headers().get(header::ALLOW).cloned());
    let mut dressed = match for_programs {
        true => crate::api::refused(error),
        false => render::error(asked, error).await.into_response(),
    };
    *dressed.status_mut() = status;
    if let Some(allow) = allow {
        dressed.headers_mut().insert(header::ALLOW, allow);
    }
    dressed
}

/// The headers that every answer carries. A page runs the scripts that it needs, and is read without them.
fn policies(site: &Site, answer: &mut Response) {
    macro_rules! policy {
        ($scripts:literal) => {
            concat!(
                "default-src 'none'; ",
                $scripts,
                "style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; ",
                "form-action 'self'; frame-ancestors 'none'; object-src 'none'"
            )
        };
    }
    let policy = match answer.extensions().get::<Scripts>().copied().unwrap_or_default() {
        Scripts::None => policy!(""),
        Scripts::Own => policy!("script-src 'self'; "),
        Scripts::Islands => policy!("script-src 'self' 'wasm-unsafe-eval'; "),
    };
    let is_page =
        answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let headers = answer.headers_mut();
    headers.reserve(16);
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, policy);
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
        set(HeaderName::from_static("speculation-rules"), speculation::HEADER);
        set(header::VARY, "Accept-Language, Cookie, Accept-Encoding");
    }
    if site.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}
