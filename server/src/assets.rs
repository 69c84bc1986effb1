//! The built files, inside the binary.

use crate::kept::Ready;
use app::{asked::Asked, errors::Error, render};
use axum::{
    Extension,
    body::Bytes,
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "../target/site"]
struct Built;

static FILES: LazyLock<HashMap<Cow<'static, str>, Ready>> = LazyLock::new(|| {
    let plain = Built::iter().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
    plain.filter_map(|name| Some((name.clone(), file(&name)?))).collect()
});

fn file(name: &str) -> Option<Ready> {
    let compressed = bytes(&format!("{name}.gz")).zip(bytes(&format!("{name}.br")));
    Some(Ready::file(kind(name), name, bytes(name)?, compressed))
}

fn bytes(name: &str) -> Option<Bytes> {
    Some(match Built::get(name)?.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => data.into(),
    })
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// What is called what.
pub(crate) fn manifest() -> Result<Bytes, &'static str> {
    bytes("manifest.json").ok_or("the browser's half is not in this binary: run `make site` and build it again")
}

/// `/assets/{name}`
pub(crate) async fn asset(
    Path(name): Path<String>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
) -> Response {
    match FILES.get(name.as_str()).filter(|_| name != "manifest.json") {
        Some(file) => file.answer(&headers),
        None => render::error(asked, Error::NotFound).await.into_response(),
    }
}
