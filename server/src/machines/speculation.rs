//! Which links a browser may fetch before they are followed: what one is about to press, no file, and nothing that
//! belongs to one person.

use crate::kept::{Caching, Ready};
use axum::{http::HeaderMap, response::Response};

/// What the header `Speculation-Rules` of a page says (HTML Standard, 7.6.3): the address of the rules, as a structured
/// field's string.
pub(crate) const HEADER: &str = "\"/speculation-rules.json\"";

/// Pages alone. `moderate`: when a pointer rests on a link or goes down on it; never on a line that saves data.
const RULES: &str = r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":["/files/*","/api/*","/search","/*.ics","/*.xml","/join/*","/invitations/*","/account"]}}]},"eagerness":"moderate"}]}"#;

/// `GET /speculation-rules.json`
pub(crate) async fn rules(headers: HeaderMap) -> Response {
    Ready::text("application/speculationrules+json", RULES, Caching::Asking).answer(&headers)
}
