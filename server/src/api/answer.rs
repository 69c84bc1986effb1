//! Answers to programs: JSON with a tag, or a problem (RFC 9457).

use crate::kept::{Caching, Ready};
use app::{asked::Asked, errors::Error};
use axum::{
    Extension,
    extract::{FromRequestParts, Query},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use content::store::Failure;
use serde::Serialize;
use serde_json::json;
use std::convert::Infallible;
use utoipa::{IntoParams, ToSchema};

/// Entries of a list, at the most.
const MOST: u64 = 100;

/// What every handler of the API takes: who asks, in which language, with which headers.
pub(crate) struct Call {
    pub(crate) asked: Asked,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Call {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, StatusCode> {
        let asked = Extension::<Asked>::from_request_parts(parts, state).await;
        let Extension(asked) = asked.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        Ok(Self { asked, headers: parts.headers.clone() })
    }
}

impl Call {
    /// What was found, as JSON; the problem that there is nothing; or that something went wrong.
    pub(crate) fn answer<T: Serialize>(self, found: Result<Option<T>, Failure>) -> Response {
        let json = match found.map(|found| found.map(|found| serde_json::to_vec(&found))) {
            Ok(Some(Ok(json))) => json,
            Ok(None) => return problem(StatusCode::NOT_FOUND, "there is nothing here that you can read"),
            Ok(Some(Err(failure))) => return self.failed(&failure),
            Err(failure) => return self.failed(&failure),
        };
        let caching = if self.asked.viewer.is_anonymous() { Caching::Asking } else { Caching::Private };
        Ready::text("application/json", json, caching).answer(&self.headers)
    }

    fn failed(&self, failure: &dyn std::fmt::Display) -> Response {
        tracing::error!(request = %self.asked.request, %failure, "the API could not answer");
        refused(Error::Ours)
    }
}

/// Why something could not be answered (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `about:blank`: the status says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What the status is called.
    title: &'static str,
    /// That of the answer.
    status: u16,
    /// One sentence that says what to do.
    detail: String,
    /// Why something is not done on a board, in a word that stays the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<&'static str>,
}

/// A problem: its status, and one sentence.
pub(crate) fn problem(status: StatusCode, detail: &str) -> Response {
    problem_of(status, detail, None)
}

/// The same, and why something is not done on a board.
pub(crate) fn problem_of(status: StatusCode, detail: &str, refusal: Option<&'static str>) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    let problem = Problem { kind: "about:blank", title, status: status.as_u16(), detail: detail.to_owned(), refusal };
    (status, [(header::CONTENT_TYPE, "application/problem+json")], json!(problem).to_string()).into_response()
}

/// For addresses that are none.
pub(crate) async fn nothing() -> Response {
    refused(Error::NotFound)
}

/// A part of a list.
#[derive(Clone, Copy, Debug, Default, IntoParams, serde::Deserialize)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Entries to leave out.
    #[serde(default)]
    after: u64,
    /// Entries at the most: 1 to 100.
    most: Option<u64>,
}

impl Part {
    pub(crate) fn most(self) -> u64 {
        self.most.unwrap_or(MOST).clamp(1, MOST)
    }

    pub(crate) fn after(self) -> u64 {
        self.after.min(10_000_000)
    }
}

/// The part that an address asks for. What cannot be read is as if it were not there.
pub(crate) struct Asks(pub(crate) Part);

impl<S: Send + Sync> FromRequestParts<S> for Asks {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let part = Query::<Part>::from_request_parts(parts, state).await;
        Ok(Self(part.map(|Query(part)| part).unwrap_or_default()))
    }
}

/// A list and how long it is in all.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listing<T> {
    /// How many there are in all.
    pub(crate) total: u64,
    /// Those of this part.
    pub(crate) entries: Vec<T>,
}

/// For what cannot be read, came from a page of another site, or did not come to its end.
pub(crate) fn refused(error: Error) -> Response {
    let detail = match error {
        Error::NotFound => "there is no such address; /api/v1/openapi.json lists those there are",
        Error::TooLong => "the address is too long",
        Error::Unreadable => "the address or the headers cannot be read",
        Error::Method => "this address does not know that method; /api/v1/openapi.json says which it knows",
        Error::Forged => "this came from a page of another site",
        Error::Late => "too much is asked for at once; try again in a moment",
        Error::Ours => "something went wrong on our side; try again in a moment",
    };
    problem(error.status(), detail)
}
