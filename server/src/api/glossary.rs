//! The glossary.

use super::{
    answer::{Call, Listing},
    words::Entry,
};
use crate::site::Site;
use axum::{
    extract::{Path, State},
    response::Response,
};
use content::glossary;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
struct Term {
    /// The title is the English term, the summary its definition.
    #[serde(flatten)]
    entry: Entry,
    source: Option<String>,
    /// By language: the first form is the term, the others what else it is called. Serbian is in Cyrillic.
    forms: BTreeMap<&'static str, Vec<String>>,
    see: Vec<Entry>,
}

/// All terms.
#[utoipa::path(get, operation_id = "listTerms", path = "/glossary", tag = "glossary", responses((status = 200, body = Listing<Entry>)))]
pub(crate) async fn list(State(site): State<Site>, call: Call) -> Response {
    let found = glossary::list(&site.store, &call.asked.viewer, call.asked.reading).await;
    let asked = call.asked.clone();
    call.answer(found.map(|terms| {
        let entries = Entry::all(&asked, terms.iter().map(|term| &term.listed));
        Some(Listing { total: u64::try_from(entries.len()).unwrap_or_default(), entries })
    }))
}

/// A term with its forms in all languages.
#[utoipa::path(get, operation_id = "getTerm", path = "/glossary/{term}", tag = "glossary", params(("term" = String, Path)),
    responses((status = 200, body = Term), (status = 404)))]
pub(crate) async fn one(State(site): State<Site>, Path(slug): Path<String>, call: Call) -> Response {
    let found = glossary::term(&site.store, &call.asked.viewer, call.asked.reading, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| Term {
            entry: Entry::of(&asked, &page.term.listed),
            source: page.details.source,
            forms: page.details.forms.into_iter().map(|forms| (forms.language.code(), forms.forms)).collect(),
            see: Entry::all(&asked, page.see.iter().map(|term| &term.listed)),
        })
    }))
}
