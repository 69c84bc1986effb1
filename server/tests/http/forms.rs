//! Forms as a browser without scripts sends them.

use crate::{browser::Browser, harness::Answer, html::Page};

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
    sent.extend(pairs("input.field__input"));
    sent.extend(pairs("input[checked]"));
    let selects = page.attributes(&format!("{form} select"), "name");
    let chosen = page.attributes(&format!("{form} select option[selected]"), "value");
    assert_eq!(selects.len(), chosen.len(), "one of each list is taken");
    sent.extend(selects.into_iter().zip(chosen));
    let areas = page.attributes(&format!("{form} textarea"), "name");
    sent.extend(areas.into_iter().zip(texts(page, &format!("{form} textarea"))));
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
