//! What a request asks for, worked out once, and what it must not be.

use crate::{api, site::Site};
use app::{asked::Asked, errors::Error, render};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use content::{gate::Viewer, texts::Reading};
use language::{Language, Locale, negotiate};
use std::sync::Arc;
use tower_http::request_id::RequestId;

/// The longest path with its query, in bytes.
const ADDRESS_MOST: usize = 8 * 1024;
/// All headers together, in bytes.
const HEADERS_MOST: usize = 32 * 1024;
/// The cookie that holds the reader's choice.
pub(crate) const LANGUAGE_COOKIE: &str = "language";
/// Parameters that pages know. Others are as if they were not there, so that they fill no cache.
const KNOWN: [&str; 10] = ["q", "page", "kind", "country", "theme", "language", "seminar", "text", "lang", "part"];

/// Middleware: puts an [`Asked`] into the request, or answers what cannot be read.
pub(crate) async fn asked(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let number = number(&request);
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let read = if headers > HEADERS_MOST { Err(Error::Unreadable) } else { read(request.uri()) };
    let (address, refused) = match read {
        Ok(address) => (address, None),
        Err(error) => ("/".to_owned(), Some(error)),
    };
    let asked = Asked {
        // Until people can sign in, nothing is known of anyone.
        viewer: Viewer::anonymous(),
        reading: reading(&address, request.headers()),
        address: address.into(),
        public_url: site.public_url.clone(),
        request: number,
        assets: site.assets.clone(),
        store: site.store.clone(),
        index: site.index.clone(),
    };
    let for_programs = request.uri().path().starts_with("/api/");
    if let Some(error) = refused {
        return match for_programs {
            true => api::refused(error),
            false => render::error(asked, error).await.into_response(),
        };
    }
    let method = request.method().clone();
    request.extensions_mut().insert(asked.clone());
    let answer = next.run(request).await;
    if for_programs { answer } else { dress(asked, &method, answer).await }
}

/// Answers of the layers below that no person could read get a page.
async fn dress(asked: Asked, method: &Method, answer: Response) -> Response {
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
    let mut page = render::error(asked, error).await.into_response();
    *page.status_mut() = status;
    if let Some(allow) = allow {
        page.headers_mut().insert(header::ALLOW, allow);
    }
    page
}

fn number(request: &Request) -> Arc<str> {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    id.unwrap_or_default().into()
}

/// The address as pages see it: a path that is text, and the parameters they know.
fn read(uri: &Uri) -> Result<String, Error> {
    let query = uri.query().unwrap_or_default();
    if uri.path().len() + query.len() > ADDRESS_MOST {
        return Err(Error::TooLong);
    }
    if !uri.path().starts_with('/') {
        return Err(Error::NotFound);
    }
    let path = decoded(uri.path()).ok_or(Error::Unreadable)?;
    if path.chars().any(char::is_control) {
        return Err(Error::Unreadable);
    }
    // A page has one address: no steps up, no empty steps, nothing coded that need not be. Files have names of people's.
    let odd = path != "/" && path[1..].split('/').any(|step| matches!(step, "" | "." | ".."));
    if odd || (path != uri.path() && !path.starts_with("/files/")) {
        return Err(Error::NotFound);
    }
    let known = |part: &&str| KNOWN.contains(&part.split('=').next().unwrap_or_default());
    // As they were sent, so that an address says the same however often it is read.
    let query: Vec<&str> = query.split('&').filter(known).take(100).collect();
    let query: Vec<String> = query.into_iter().map(printable).collect();
    let path = uri.path();
    Ok(if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) })
}

/// Percent-decoding to text; none where it is no text, or the percent signs are odd.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// A parameter without what no attribute may hold; values are read leniently anyway.
fn printable(part: &str) -> String {
    part.chars().filter(|c| !matches!(c, '"' | '<' | '>' | '\\' | '`' | '{' | '}' | '|' | '^')).collect()
}

/// The language: what the address says, else the reader's choice, else what the browser asks for.
fn reading(address: &str, headers: &HeaderMap) -> Reading {
    let parameter = |name: &str| {
        let (_, query) = address.split_once('?')?;
        query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    };
    let locale = parameter("lang").and_then(Locale::from_tag);
    let locale = locale.or_else(|| cookie(headers, LANGUAGE_COOKIE).and_then(Locale::from_tag));
    let locale = locale.unwrap_or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        negotiate(accepted.unwrap_or_default())
    });
    Reading { locale, text: parameter("text").and_then(|code| code.parse::<Language>().ok()) }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn address(uri: &str) -> Result<String, Error> {
        read(&uri.parse().expect("hyper takes it"))
    }

    #[test]
    fn what_no_page_knows_is_as_if_it_were_not_there() {
        assert_eq!(address("/seminars?x=1&text=en&utm_source=y").as_deref(), Ok("/seminars?text=en"));
        assert_eq!(address("/seminars?x=1").as_deref(), Ok("/seminars"));
        assert_eq!(address("http://evil.example/").as_deref(), Ok("/"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for odd in ["/%00", "/%zz", "/%", "/%c0%ae%c0%ae/etc/passwd", "/%ff", "/a%0d%0ab"] {
            assert_eq!(address(odd), Err(Error::Unreadable), "{odd}");
        }
        assert_eq!(address(&format!("/{}", "a".repeat(9000))), Err(Error::TooLong));
        assert_eq!(address(&format!("/search?q={}", "a".repeat(9000))), Err(Error::TooLong));
    }

    #[test]
    fn the_address_comes_before_the_choice_and_the_choice_before_the_browser() {
        let mut headers = HeaderMap::new();
        let locale = |address: &str, headers: &HeaderMap| reading(address, headers).locale;
        assert_eq!(locale("/", &headers), Locale::English);
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("sr-Latn, ro;q=0.5"));
        assert_eq!(locale("/", &headers), Locale::SerbianLatin);
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; language=mk; c"));
        assert_eq!(locale("/", &headers), Locale::Macedonian);
        assert_eq!(locale("/?lang=sq", &headers), Locale::Albanian);
        assert_eq!(locale("/?lang=xx-YY-%3Cscript%3E", &headers), Locale::Macedonian);
        assert_eq!(reading("/?text=ro", &headers).text, Some(Language::Romanian));
    }
}
