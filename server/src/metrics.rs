//! What an operator watches: `/metrics` in the text format of Prometheus, on an address of its own.

use axum::{
    Router,
    extract::{MatchedPath, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{sync::Arc, time::Duration};

/// Upper ends of the ranges in which durations are counted, in seconds.
const RANGES: [f64; 9] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    /// As it was matched: never a path with its values.
    route: String,
    method: &'static str,
    status: u16,
}

/// The counters of a process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    registry: Registry,
    requests: Family<Route, Counter>,
    durations: Histogram,
    under_way: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("plenary");
        let requests = Family::<Route, Counter>::default();
        let durations = Histogram::new(RANGES);
        let under_way = Gauge::default();
        registry.register("http_requests", "Requests answered, by route, method and status", requests.clone());
        registry.register("http_request_duration_seconds", "How long answers took", durations.clone());
        registry.register("http_requests_under_way", "Requests being answered", under_way.clone());
        Self(Arc::new(Counters { registry, requests, durations, under_way }))
    }

    /// The router of `/metrics`.
    pub fn router(&self) -> Router {
        Router::new().route("/metrics", get(show)).with_state(self.clone())
    }
}

async fn show(State(metrics): State<Metrics>) -> Response {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = encode(&mut text, &metrics.0.registry);
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response()
}

/// A request on its way, counted as under way for as long as it is: also where nobody waits for the answer any more
/// and this is dropped.
pub(crate) struct Passed {
    metrics: Metrics,
    method: &'static str,
    route: Option<MatchedPath>,
}

impl Passed {
    pub(crate) fn begin(metrics: &Metrics, method: &Method, route: Option<MatchedPath>) -> Self {
        metrics.0.under_way.inc();
        Self { metrics: metrics.clone(), method: known(method.as_str()), route }
    }

    /// Counts it and logs it. Neither path values nor query nor body: they may say who looks for what.
    pub(crate) fn end(self, status: StatusCode, took: Duration, number: &str) {
        let (method, status) = (self.method, status.as_u16());
        let route = self.route.as_ref().map_or("none", MatchedPath::as_str);
        self.metrics.0.durations.observe(took.as_secs_f64());
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::info!(target: "plenary::request", request = number, method, route, status, micros, "answered");
        self.metrics.0.requests.get_or_create(&Route { route: route.to_owned(), method, status }).inc();
    }
}

impl Drop for Passed {
    fn drop(&mut self) {
        self.metrics.0.under_way.dec();
    }
}

/// A method's name, of those there are: a client can make up as many as it likes.
fn known(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}
