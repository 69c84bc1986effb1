//! Leaving quickly (`POST /leave`): whoever looks over a reader's shoulder, or presses "back" after them, finds nothing.
//!
//! A browser has no way to forget the pages that it has been at. So it is told by a cookie that it has left: until whoever
//! uses it says otherwise, each page of the site answers with one on which there is nothing ([`app::leave::left`]), also
//! those that "back" leads to. That works without JavaScript.

use crate::{forms, request::cookie, site::Site};
use app::{asked::Asked, leave::left};
use axum::{
    Extension, Form,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The cookie of a browser that has left. Scripts read it too, so it is not `HttpOnly`: it holds nothing. Over https it has
/// a name that no other site of the same domain can set.
fn name(site: &Site) -> &'static str {
    if site.is_https() { "__Host-left" } else { "left" }
}

/// How long it is remembered, in seconds: a day.
const REMEMBERED: u32 = 24 * 60 * 60;

/// `POST /leave`
pub(crate) async fn leave(State(site): State<Site>) -> Response {
    answer(&site, REMEMBERED, HeaderValue::from_static("/left"))
}

/// `GET /left.svg`: nothing to be seen. With it the browser forgets what it keeps of pages, whole ones too, which it would
/// show without asking. Not with a page: browsers have those wait until they have forgotten, which can take seconds.
pub(crate) async fn forget() -> Response {
    let nothing = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    ([("content-type", "image/svg+xml"), ("clear-site-data", "\"cache\"")], nothing).into_response()
}

/// `GET /left`: on to somewhere else.
pub(crate) async fn on(Extension(asked): Extension<Asked>) -> Response {
    left(asked, true).await.into_response()
}

/// Where somebody was.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Was {
    #[serde(default)]
    next: String,
}

/// `POST /return`: back to where they were.
pub(crate) async fn come_back(State(site): State<Site>, Form(was): Form<Was>) -> Response {
    let next = if was.next == "/left" { "/" } else { &was.next };
    answer(&site, 0, forms::back(next))
}

fn answer(site: &Site, lasts: u32, to: HeaderValue) -> Response {
    let secure = if site.is_https() { "; Secure" } else { "" };
    let cookie = format!("{}=1; Path=/; Max-Age={lasts}; SameSite=Lax{secure}", name(site));
    let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    answer
}

/// Whether what is asked for is to be read by somebody who has left. Programs have no cookies; styles and the like say
/// nothing.
pub(crate) fn has_left(site: &Site, request: &Request) -> bool {
    let path = request.uri().path();
    let says_nothing = matches!(path, "/left" | "/left.svg" | "/speculation-rules.json")
        || path.starts_with("/assets/")
        || path.starts_with("/api/");
    matches!(*request.method(), Method::GET | Method::HEAD)
        && !says_nothing
        && cookie(request.headers(), name(site)).is_some()
}
