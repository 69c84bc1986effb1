//! Development: the gallery of pieces, and pages that reload themselves when the server was built anew. No release
//! build has this.

use crate::site::Site;
use app::{asked::Asked, render};
use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};

/// Asks once a second which server this is. One that is being built is not there.
const SCRIPT: &str = "const which = () => fetch('/dev/which').then((answer) => answer.text(), () => undefined);
const first = await which();
setInterval(async () => { const now = await which(); if (now && now !== first) location.reload(); }, 1000);
";
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// Addresses of development.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/dev/gallery", get(|Extension(asked): Extension<Asked>| render::gallery(asked)))
}

/// The site, with pages that reload themselves where `PLENARY_RELOAD` is set (`make dev`).
pub(crate) fn reloading(router: Router) -> Router {
    if std::env::var_os("PLENARY_RELOAD").is_none() {
        return router;
    }
    let which = std::process::id().to_string();
    router
        .layer(middleware::map_response(with_script))
        .layer(middleware::map_request(|mut request: Request| async {
            request.headers_mut().remove(header::ACCEPT_ENCODING);
            request.headers_mut().remove(header::IF_NONE_MATCH);
            request
        }))
        .route("/dev/which", get(|| async { which }))
        .route("/dev/reload.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], SCRIPT) }))
}

async fn with_script(answer: Response) -> Response {
    let kind = answer.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| !kind.as_bytes().starts_with(b"text/html")) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else { return StatusCode::BAD_GATEWAY.into_response() };
    let page = [&page[..], b"<script type=\"module\" src=\"/dev/reload.js\"></script>"].concat();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::ETAG);
    parts.headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    Response::from_parts(parts, Body::from(page))
}
