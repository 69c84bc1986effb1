//! Bytes over the wire on a first visit, compressed as a browser asks for them.

use crate::{
    Failed,
    copies::{self, empty, glossary, import, tirana},
    figure::{Figures, Goal},
};
use axum::{Router, body::to_bytes, http::Request};
use std::collections::BTreeSet;
use tower::ServiceExt;

pub(crate) async fn measure(figures: &mut Figures) -> Result<(), Failed> {
    let sited = empty().await?;
    import(&sited.store, &[glossary(), tirana()]).await?;
    let (site, _following) = copies::site(&sited, 1 << 20).await?;
    let router = server::router(site);
    let session = visit(&router, "/seminars/tirana-2016/sessions/nrm-compared").await?;
    let kilobytes = |bytes: usize| format!("{:.1} KB", bytes as f64 / 1e3);
    let mut add = |name: &str, bytes: usize, most: f64| {
        figures.add(name, kilobytes(bytes), format!("{most} KB"), bytes as f64 / 1e3 / most, Goal::AtMost(1.0));
    };
    add("first visit, session page without fonts", session.page + session.files, 60.0);
    add("first visit, session page with fonts", session.page + session.files + session.fonts, 110.0);
    let search = visit(&router, "/search?q=begging").await?;
    add("first visit, page with an island, in all", search.page + search.files + search.fonts, 220.0);
    Ok(())
}

#[derive(Default)]
struct Visit {
    page: usize,
    files: usize,
    fonts: usize,
}

/// A page, and everything it and its style sheet name. Every font of the sheet is counted, needed or not.
async fn visit(router: &Router, path: &str) -> Result<Visit, Failed> {
    let mut visit = Visit::default();
    let (wire, _) = get(router, path, "br").await?;
    visit.page = wire.len();
    let (_, plain) = get(router, path, "identity").await?;
    // What a meta element names is for other sites, and no browser asks for it.
    let mut named: BTreeSet<String> =
        plain.split('<').filter(|element| !element.starts_with("meta ")).flat_map(assets).collect();
    for style in named.clone().iter().filter(|name| name.ends_with(".css")) {
        named.extend(assets(&get(router, style, "identity").await?.1));
    }
    for name in named {
        let bytes = get(router, &name, "br").await?.0.len();
        if name.ends_with(".woff2") {
            // A page in Latin letters never asks for the Cyrillic.
            visit.fonts += if name.contains("cyrillic") { 0 } else { bytes };
        } else {
            visit.files += bytes;
        }
    }
    Ok(visit)
}

fn assets(text: &str) -> BTreeSet<String> {
    let end = |c: char| !(c.is_ascii_alphanumeric() || "/._-".contains(c));
    text.match_indices("/assets/").map(|(at, _)| text[at..].split(end).next().unwrap_or_default().to_owned()).collect()
}

async fn get(router: &Router, path: &str, encoding: &str) -> Result<(Vec<u8>, String), Failed> {
    let request = Request::get(path).header("accept-encoding", encoding).body(axum::body::Body::empty())?;
    let answer = router.clone().oneshot(request).await?;
    if !answer.status().is_success() {
        return Err(format!("{path}: {}", answer.status()).into());
    }
    let bytes = to_bytes(answer.into_body(), 1 << 24).await?.to_vec();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok((bytes, text))
}
