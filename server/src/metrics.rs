//! What an operator watches: `/metrics` in the text format of Prometheus, on an address of its own.

use crate::site::Site;
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{sync::Arc, time::Instant};

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
pub struct Metrics {
    registry: Arc<Registry>,
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
        Self { registry: Arc::new(registry), requests, durations, under_way }
    }

    /// The router of `/metrics`.
    pub fn router(&self) -> Router {
        Router::new().route("/metrics", get(show)).with_state(self.clone())
    }
}

async fn show(State(metrics): State<Metrics>) -> Response {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = encode(&mut text, &metrics.registry);
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response()
}

/// Middleware: counts requests and logs them. Neither path values nor query nor body: they may say who looks for what.
pub(crate) async fn note(State(site): State<Site>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = known(request.method().as_str());
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let number = request.extensions().get::<tower_http::request_id::RequestId>().cloned();
    // Also where nobody waits for the answer any more and this is dropped.
    let under_way = UnderWay::begin(&site.metrics.under_way);
    let answer = next.run(request).await;
    drop(under_way);
    let (took, status) = (started.elapsed(), answer.status().as_u16());
    site.metrics.durations.observe(took.as_secs_f64());
    let number = number.as_ref().and_then(|number| number.header_value().to_str().ok()).unwrap_or_default();
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(target: "plenary::request", request = number, method, route, status, micros, "answered");
    site.metrics.requests.get_or_create(&Route { route, method, status }).inc();
    answer
}

/// A request that is being answered, for as long as it is.
struct UnderWay(Gauge);

impl UnderWay {
    fn begin(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// A method's name, of those there are: a client can make up as many as it likes.
fn known(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}
