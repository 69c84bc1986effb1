//! Forms as a browser without scripts sends them.

use crate::{
    browser::Browser,
    harness::{Answer, Visited},
    html::Page,
};
use axum::{
    body::Body,
    http::{Method, Request},
};

pub(crate) fn texts(page: &Page, selector: &str) -> Vec<String> {
    page.all(selector).into_iter().map(|element| element.text().collect()).collect()
}

/// What a form sends as it stands on a page.
pub(crate) fn as_it_stands(page: &Page, form: &str) -> Vec<(String, String)> {
    let mut sent = Vec::new();
    let pairs = |selector: &str| {
        let selector = format!("{form} {selector}");
        page.attributes(&selector, "name").into_iter().zip(page.attributes(&selector, "value")).collect::<Vec<_>>()
    };
    sent.extend(pairs("input[type=hidden]"));
    sent.extend(pairs("input.field__input:not([type=file])"));
    sent.extend(pairs("input[checked]"));
    let selects = page.attributes(&format!("{form} select"), "name");
    let chosen = page.attributes(&format!("{form} select option[selected]"), "value");
    assert_eq!(selects.len(), chosen.len(), "one of each list is taken");
    sent.extend(selects.into_iter().zip(chosen));
    // One without a name is there to be copied.
    let areas = format!("{form} textarea[name]");
    sent.extend(page.attributes(&areas, "name").into_iter().zip(texts(page, &areas)));
    sent
}

pub(crate) fn with(sent: &[(String, String)], changed: &[(&str, &str)]) -> Vec<(String, String)> {
    let value = |name: &str| changed.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
    let mut all: Vec<_> =
        sent.iter().map(|(name, old)| (name.clone(), value(name).unwrap_or_else(|| old.clone()))).collect();
    let more = changed.iter().filter(|(name, _)| !sent.iter().any(|(other, _)| other == name));
    all.extend(more.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

pub(crate) async fn post(by: &Browser<'_>, address: &str, sent: &[(String, String)]) -> Answer {
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    by.post(address, &sent).await
}

/// A field of a form that may send files: its name, the name of its file where it has one, and what it holds.
pub(crate) type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// Sends a form that may send files, as a browser does.
pub(crate) async fn send_parts(visited: &Visited, by: &Browser<'_>, address: &str, parts: &[Part<'_>]) -> Answer {
    let mut body = Vec::new();
    for (name, file, value) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream"));
        let file = file.unwrap_or_default();
        body.extend(format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--part--\r\n");
    send_raw(visited, by, address, "multipart/form-data; boundary=part", body).await
}

/// Sends bytes, whatever they are.
pub(crate) async fn send_raw(
    visited: &Visited,
    by: &Browser<'_>,
    address: &str,
    kind: &str,
    body: impl Into<Body>,
) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(address)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", kind)
        .header("cookie", format!("session={}", by.session().unwrap_or_default()))
        .body(body.into());
    visited.ask(request.expect("a request that can be sent")).await
}
