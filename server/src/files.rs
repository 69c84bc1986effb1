//! Attachments, through the gate.

use crate::{router, site::Site};
use app::asked::Asked;
use axum::{
    Extension,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use content::materials;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// Kinds that a browser may show by itself: nothing in them can run.
const SHOWN: [&str; 5] = ["image/png", "image/jpeg", "image/webp", "application/pdf", "text/plain"];

/// `/files/{key}/{name}`: the key is another for other bytes, so what is behind an address never changes.
pub(crate) async fn file(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    Path((key, name)): Path<(String, String)>,
    request: Request,
) -> Response {
    let opened = match materials::attachment(&site.store, &asked.viewer, &key).await {
        Ok(Some(opened)) if opened.file.name == name => opened,
        Ok(_) => return router::not_found(asked).await,
        Err(failure) => return router::failed(asked, failure).await,
    };
    // Ranges and conditional requests are answered by the service.
    let sent = ServeFile::new(&opened.bytes).oneshot(request).await;
    let mut answer = match sent {
        Ok(answer) if answer.status().is_success() || answer.status().as_u16() / 100 == 3 => answer.map(Body::new),
        Ok(answer) if answer.status() == 416 => return answer.map(Body::new).into_response(),
        Ok(answer) => return router::failed(asked, format!("the file {key} answered {}", answer.status())).await,
        Err(never) => match never {},
    };
    let shown = SHOWN.contains(&opened.file.media_type.as_str());
    let kind = if opened.file.media_type.starts_with("text/") {
        format!("{}; charset=utf-8", opened.file.media_type)
    } else {
        opened.file.media_type.clone()
    };
    // The bytes behind an address never change, but who may have them does: asked each time.
    let caching = if asked.viewer.is_anonymous() { "no-cache" } else { "private, no-cache" };
    let headers = answer.headers_mut();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, &kind);
    set(header::CONTENT_DISPOSITION, &disposition(&opened.file.name, shown));
    set(header::CACHE_CONTROL, caching);
    set(
        header::CONTENT_SECURITY_POLICY,
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
    );
    answer
}

/// What is encoded in the value of a header's parameter (RFC 8187, 3.2.1), and a little more.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// RFC 6266: the name in ASCII for old clients, and as it is for all others.
fn disposition(name: &str, shown: bool) -> String {
    let kind = if shown { "inline" } else { "attachment" };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let whole = utf8_percent_encode(name, VALUE);
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_its_header() {
        let said = disposition("a\"; x=\"ë\r\n.txt", false);
        assert_eq!(said, "attachment; filename=\"a__ x_____.txt\"; filename*=UTF-8''a%22%3B%20x%3D%22%C3%AB%0D%0A.txt");
    }
}
