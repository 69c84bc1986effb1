//! `/sitemap.xml` and `/robots.txt`, for search engines: what everybody may see, and nothing else.

use crate::{
    kept::{Caching, Ready},
    router,
    site::Site,
};
use app::asked::Asked;
use axum::{
    Extension,
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use content::{
    gate::Viewer,
    things::{self, Kind},
};
use jiff::Timestamp;
use std::fmt::Write;

/// Things in one file, each with its pages: the protocol allows 50,000 addresses.
const PART: u64 = 9_000;
/// Pages that every seminar has besides its own.
const OF_SEMINAR: [&str; 5] = ["/programme", "/people", "/materials", "/boards", "/recommendations"];
/// Pages that are always there.
const FIXED: [&str; 10] = [
    "/",
    "/seminars",
    "/practices",
    "/challenges",
    "/recommendations",
    "/people",
    "/glossary",
    "/join",
    "/help/roles",
    "/privacy",
];
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The map, or the list of its parts where it is large (sitemaps.org).
pub(crate) async fn sitemap(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    // For programs of which nothing is known, whoever asks.
    let viewer = Viewer::anonymous();
    let part = query
        .as_deref()
        .unwrap_or_default()
        .split('&')
        .find_map(|pair| pair.strip_prefix("part=")?.parse::<u64>().ok());
    let part = part.filter(|part| *part < 10_000);
    let url = &asked.public_url;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let total = match things::total(&site.store, &viewer).await {
        Ok(total) => total,
        Err(failure) => return router::failed(asked, failure).await,
    };
    if total > PART && part.is_none() {
        let _ = writeln!(xml, "<sitemapindex xmlns=\"{NAMESPACE}\">");
        for part in 0..total.div_ceil(PART) {
            let _ = writeln!(xml, "<sitemap><loc>{url}/sitemap.xml?part={part}</loc></sitemap>");
        }
        xml.push_str("</sitemapindex>\n");
    } else {
        let part = part.unwrap_or_default();
        let places = match things::places(&site.store, &viewer, PART, part * PART).await {
            Ok(places) => places,
            Err(failure) => return router::failed(asked, failure).await,
        };
        let _ = writeln!(xml, "<urlset xmlns=\"{NAMESPACE}\">");
        for path in FIXED.iter().filter(|_| part == 0) {
            let _ = writeln!(xml, "<url><loc>{url}{path}</loc></url>");
        }
        for (place, changed_at) in places {
            // Slugs are letters, digits and hyphens: nothing in a path needs escaping.
            let at = Timestamp::from_millisecond(changed_at).unwrap_or_default();
            let (path, at) = (place.path(), at.strftime("%Y-%m-%d"));
            let _ = writeln!(xml, "<url><loc>{url}{path}</loc><lastmod>{at}</lastmod></url>");
            for end in OF_SEMINAR.iter().filter(|_| place.kind == Kind::Seminar) {
                let _ = writeln!(xml, "<url><loc>{url}{path}{end}</loc></url>");
            }
        }
        xml.push_str("</urlset>\n");
    }
    Ready::text("application/xml; charset=utf-8", xml, Caching::Asking).answer(&headers)
}

/// `/robots.txt`: pages may be read; a search that is narrowed or turned over need not be.
pub(crate) async fn robots(Extension(asked): Extension<Asked>, headers: HeaderMap) -> Response {
    let text =
        format!("User-agent: *\nDisallow: /search?*&\nDisallow: /api/\n\nSitemap: {}/sitemap.xml\n", asked.public_url);
    Ready::text("text/plain; charset=utf-8", text, Caching::Asking).answer(&headers)
}
