//! Forms that belong to no thing, and the refusal of those that another site made a browser send.

use crate::{request::language_cookie, site::Site};
use axum::{
    Form,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use language::Locale;

/// How long a choice of language is remembered, in seconds: a year.
const REMEMBERED: u32 = 365 * 24 * 60 * 60;

/// What the chooser of languages sends.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    language: String,
    #[serde(default)]
    next: String,
}

/// `POST /language`: remembers the reader's language and goes back to where they were.
pub(crate) async fn language(State(site): State<Site>, Form(chosen): Form<Chosen>) -> Response {
    let to = back(&chosen.next);
    let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    if let Some(locale) = Locale::from_tag(&chosen.language) {
        let secure = if site.is_https() { "; Secure" } else { "" };
        let (name, tag) = (language_cookie(&site), locale.tag());
        let cookie = format!("{name}={tag}; Path=/; Max-Age={REMEMBERED}; SameSite=Lax; HttpOnly{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().insert(header::SET_COOKIE, cookie);
        }
    }
    answer
}

/// An address of ours, or home. Without `lang`, which would win over the choice that was just made.
pub(crate) fn back(next: &str) -> HeaderValue {
    let next = app::forms::own(next);
    let (path, query) = next.split_once('?').unwrap_or((next, ""));
    let query: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("lang=")).collect();
    let to = if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) };
    let home = HeaderValue::from_static("/");
    HeaderValue::from_str(&to).unwrap_or(home)
}

/// What changes something must come from a page of ours.
pub(crate) fn is_forged(site: &Site, request: &Request) -> bool {
    !request.method().is_safe() && !ours(request.headers(), &site.public_url)
}

/// What the browser says of where a form was: it is believed, since a page cannot make it lie. Where it says nothing
/// (over plain HTTP, or an old one) the origin must be the public address; where neither is there, it is no browser.
fn ours(headers: &HeaderMap, public_url: &str) -> bool {
    match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == public_url,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_led_back_to_a_page_of_ours_and_nowhere_else() {
        assert_eq!(back("/seminars?text=en&lang=sq"), "/seminars?text=en");
        assert_eq!(back("/?lang=sq"), "/");
        for odd in ["https://evil.example/", "//evil.example", "/\\evil.example", "", "seminars", "/a\r\nX: y", "/ж"] {
            assert_eq!(back(odd), "/", "{odd}");
        }
    }

    #[test]
    fn a_form_of_another_site_is_told_by_its_headers() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs
                .iter()
                .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect()
        };
        let here = "http://127.0.0.1:3000";
        assert!(ours(&headers(&[("sec-fetch-site", "same-origin")]), here));
        assert!(ours(&headers(&[("origin", "http://127.0.0.1:3000")]), here));
        for forged in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:3000")],
            &[("sec-fetch-site", "none")],
            &[("origin", "null")],
            &[("origin", "http://evil.example")],
            &[],
        ] {
            assert!(!ours(&headers(forged), here), "{forged:?}");
        }
    }
}
