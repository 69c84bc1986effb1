//! What a request asks for, worked out once, and what it must not be.

use crate::{serving::Peer, site::Site};
use app::{asked::Asked, errors::Error, forms};
use axum::{
    extract::Request,
    http::{HeaderMap, Uri, header},
};
use content::{accounts::Token, gate::Viewer, texts::Reading};
use language::{Language, Locale, negotiate};
use std::{net::IpAddr, sync::Arc};

/// The longest path with its query, in bytes.
const ADDRESS_MOST: usize = 8 * 1024;
/// All headers together, in bytes.
const HEADERS_MOST: usize = 32 * 1024;
/// Parameters that the search page knows.
const OF_SEARCH: [&str; 12] =
    ["q", "page", "kind", "country", "theme", "language", "seminar", "year", "sort", "plain", "text", "lang"];
/// Lists that come page by page, and the parameters that they know.
const LISTS: [&str; 5] = ["/seminars", "/practices", "/challenges", "/recommendations", "/people"];
const OF_LISTS: [&str; 3] = ["page", "text", "lang"];
/// Where somebody goes on who has signed in.
const OF_SIGN_IN: [&str; 2] = ["next", "lang"];
/// Which entries of the audit are shown.
const OF_AUDIT: [&str; 5] = ["actor", "subject", "order", "page", "lang"];
/// Which people are listed whom somebody looks after, and in which order ([`app`]'s lists).
const OF_ACCOUNTS: [&str; 6] = ["q", "role", "access", "order", "page", "lang"];
const OF_DOORS: [&str; 6] = ["q", "role", "delegation", "order", "page", "lang"];
const OF_INVITATIONS: [&str; 4] = ["q", "order", "page", "lang"];
/// Which periods are looked at before they are kept to.
const OF_RETENTION: [&str; 4] = ["accounts", "guests", "notes", "lang"];
/// Parameters that other pages know. More are as if they were not there, so that they fill no cache.
const OF_PAGES: [&str; 2] = ["text", "lang"];

/// What a request asks for; with an error, where it cannot be read, and then what is known of who asks.
pub(crate) fn read(site: &Site, request: &Request, number: Arc<str>) -> (Asked, Option<Error>) {
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let (address, refused) = match address(request.uri()) {
        Ok(address) if headers <= HEADERS_MOST => (address, None),
        Ok(_) => ("/".to_owned(), Some(Error::Unreadable)),
        Err(error) => ("/".to_owned(), Some(error)),
    };
    let asked = Asked {
        // Who it is turns out behind ([`crate::sessions`]), where the request has something to show.
        viewer: Viewer::anonymous(),
        reading: reading(&address, request.headers(), language_cookie(site)),
        address: address.into(),
        public_url: site.public_url.clone(),
        contact: site.contact.clone(),
        leave_to: site.leave_to.clone(),
        request: number,
        assets: site.assets.clone(),
        store: site.store.clone(),
        index: site.index.clone(),
        post: site.post.clone(),
        rooms: site.rooms.clone(),
        boards: site.boards.clone(),
        tries: site.tries.clone(),
        session: None,
        by_link: false,
        looking: None,
        client: client(request.headers(), request.extensions().get::<Peer>()),
        device: cookie(request.headers(), site.sessions.device_cookie()).and_then(Token::read),
    };
    (asked, refused)
}

/// The address as pages see it: a path that is text, and the parameters they know.
fn address(uri: &Uri) -> Result<String, Error> {
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
    let known: &[&str] = match path.as_str() {
        "/search" => &OF_SEARCH,
        "/sign-in" => &OF_SIGN_IN,
        "/admin/audit" => &OF_AUDIT,
        "/admin/retention" => &OF_RETENTION,
        "/admin/people" => &OF_ACCOUNTS,
        door if door.starts_with("/seminars/") && door.ends_with("/door") => &OF_DOORS,
        invited if invited.ends_with("/invitations") => &OF_INVITATIONS,
        list if LISTS.contains(&list) => &OF_LISTS,
        _ => &OF_PAGES,
    };
    let known = |part: &&str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        known.contains(&name)
            && match name {
                "lang" => Locale::from_tag(value).is_some(),
                "text" => value.parse::<Language>().is_ok(),
                "next" => forms::own(value) == value && !forms::is_way_in(value),
                _ => true,
            }
    };
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

/// The cookie that holds the reader's choice. Over https it has a name that no other site of the same domain can set.
pub(crate) fn language_cookie(site: &Site) -> &'static str {
    if site.is_https() { "__Host-language" } else { "language" }
}

/// The language: what the address says, else the reader's choice, else what the browser asks for.
fn reading(address: &str, headers: &HeaderMap, chosen: &str) -> Reading {
    let parameter = |name: &str| {
        let (_, query) = address.split_once('?')?;
        query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    };
    let locale = parameter("lang").and_then(Locale::from_tag);
    let locale = locale.or_else(|| cookie(headers, chosen).and_then(Locale::from_tag));
    let locale = locale.unwrap_or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        negotiate(accepted.unwrap_or_default())
    });
    Reading { locale, text: parameter("text").and_then(|code| code.parse::<Language>().ok()) }
}

/// From where a request is sent. Behind a proxy on the same machine that is what the proxy says (`X-Forwarded-For`).
fn client(headers: &HeaderMap, peer: Option<&Peer>) -> Option<IpAddr> {
    let peer = peer.map(|Peer(address)| address.to_canonical());
    let behind = peer.is_none_or(|address| address.is_loopback());
    // The last one is the proxy's own; those before it anybody may have written.
    let last = headers.get_all("x-forwarded-for").iter().next_back().filter(|_| behind);
    let last = last.and_then(|all| all.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    last.map(|address| address.to_canonical()).or(peer)
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

    fn of(uri: &str) -> Result<String, Error> {
        address(&uri.parse().expect("hyper takes it"))
    }

    #[test]
    fn what_no_page_knows_is_as_if_it_were_not_there() {
        assert_eq!(of("/seminars?x=1&text=en&utm_source=y").as_deref(), Ok("/seminars?text=en"));
        assert_eq!(of("/seminars?x=1&q=2").as_deref(), Ok("/seminars"));
        assert_eq!(of("/search?x=1&q=2").as_deref(), Ok("/search?q=2"));
        assert_eq!(of("/people?lang=tlh&text=xx&text&lang=sr-Latn").as_deref(), Ok("/people?lang=sr-Latn"));
        assert_eq!(of("/people?page=2").as_deref(), Ok("/people?page=2"));
        assert_eq!(of("/people/x?page=2&lang=sq").as_deref(), Ok("/people/x?lang=sq"));
        assert_eq!(of("http://evil.example/").as_deref(), Ok("/"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for odd in ["/%00", "/%zz", "/%", "/%c0%ae%c0%ae/etc/passwd", "/%ff", "/a%0d%0ab"] {
            assert_eq!(of(odd), Err(Error::Unreadable), "{odd}");
        }
        assert_eq!(of(&format!("/{}", "a".repeat(9000))), Err(Error::TooLong));
        assert_eq!(of(&format!("/search?q={}", "a".repeat(9000))), Err(Error::TooLong));
    }

    #[test]
    fn a_proxy_on_this_machine_is_believed_and_nobody_else() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let of = |peer: &str, said: &[&'static str]| {
            let name = header::HeaderName::from_static("x-forwarded-for");
            let said = said.iter().map(|said| (name.clone(), HeaderValue::from_static(said)));
            client(&said.collect(), Some(&Peer(ip(peer))))
        };
        assert_eq!(of("203.0.113.5", &["198.51.100.1"]), Some(ip("203.0.113.5")), "anybody may say so");
        assert_eq!(of("127.0.0.1", &["198.51.100.1, 203.0.113.9"]), Some(ip("203.0.113.9")));
        assert_eq!(of("::ffff:127.0.0.1", &["198.51.100.1", " 203.0.113.9 "]), Some(ip("203.0.113.9")));
        for odd in ["", "unknown", "203.0.113.9:80", "198.51.100.1,"] {
            assert_eq!(of("127.0.0.1", &[odd]), Some(ip("127.0.0.1")), "{odd}");
        }
        assert_eq!(of("::1", &[]), Some(ip("::1")));
    }

    #[test]
    fn the_address_comes_before_the_choice_and_the_choice_before_the_browser() {
        let mut headers = HeaderMap::new();
        let locale = |address: &str, headers: &HeaderMap| reading(address, headers, "language").locale;
        assert_eq!(locale("/", &headers), Locale::English);
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("sr-Latn, ro;q=0.5"));
        assert_eq!(locale("/", &headers), Locale::SerbianLatin);
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; language=mk; c"));
        assert_eq!(locale("/", &headers), Locale::Macedonian);
        assert_eq!(locale("/?lang=sq", &headers), Locale::Albanian);
        assert_eq!(locale("/?lang=xx-YY-%3Cscript%3E", &headers), Locale::Macedonian);
        assert_eq!(reading("/?text=ro", &headers, "language").text, Some(Language::Romanian));
    }
}
