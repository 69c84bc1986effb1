//! Answers that are ready: bytes in each encoding, each with its own strong ETag, and those kept for the next reader.

use app::render::Scripts;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use content::{gate::Viewer, texts::Reading};
use jiff::Timestamp;
use std::{
    io::Write,
    sync::{Arc, OnceLock},
};

/// Below this, compressing costs more than it saves.
const WORTH_COMPRESSING: usize = 600;

/// What a page depends on, besides the build, which does not change in a running process.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) viewer: Viewer,
    pub(crate) reading: Reading,
    /// Path and known parameters.
    pub(crate) address: Arc<str>,
    /// Of the last change: read before the page is drawn.
    pub(crate) change: i64,
}

/// Pages kept ready, bounded in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Kept(moka::sync::Cache<Key, Arc<Ready>>);

impl Kept {
    pub(crate) fn holding(bytes: u64) -> Self {
        let cache =
            moka::sync::Cache::builder().max_capacity(bytes).weigher(|_, ready: &Arc<Ready>| ready.weight()).build();
        Self(cache)
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Ready>> {
        self.0.get(key).filter(|ready| ready.holds(Timestamp::now()))
    }

    pub(crate) fn keep(&self, key: Key, ready: Arc<Ready>) {
        self.0.insert(key, ready);
    }
}

/// How others may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caching {
    /// Anyone, asking each time whether it still holds.
    Asking,
    /// The reader alone, asking each time.
    Private,
    /// Anyone, for ever: its address changes with its bytes.
    Forever,
}

impl Caching {
    fn value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Asking => "no-cache",
            Self::Private => "private, no-cache",
            Self::Forever => "public, max-age=31536000, immutable",
        })
    }
}

/// An answer in bytes. Compressed when somebody takes it compressed, once.
#[derive(Debug)]
pub(crate) struct Ready {
    kind: HeaderValue,
    caching: Caching,
    scripts: Scripts,
    /// For the plain bytes, for gzip and for brotli.
    tags: [HeaderValue; 3],
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    compressible: bool,
    /// When it was drawn, and from when on it says something else, though nothing has changed.
    drawn: Timestamp,
    until: Option<Timestamp>,
}

/// An encoding that a client takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Plain,
    Gzip,
    Brotli,
}

impl Encoding {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// A strong tag (RFC 9110, 8.8.3) for each encoding: they are different bytes. `name` is in ASCII.
fn tags(name: &str) -> [HeaderValue; 3] {
    ["", "-gzip", "-br"]
        .map(|end| HeaderValue::from_str(&format!("\"{name}{end}\"")).unwrap_or(HeaderValue::from_static("\"\"")))
}

impl Ready {
    /// Text of some kind, made just now.
    pub(crate) fn text(kind: &'static str, text: impl Into<Bytes>, caching: Caching) -> Self {
        let plain = text.into();
        Self {
            kind: HeaderValue::from_static(kind),
            caching,
            scripts: Scripts::None,
            tags: tags(&blake3::hash(&plain).to_hex()[..32]),
            compressible: plain.len() >= WORTH_COMPRESSING,
            plain,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            drawn: Timestamp::MIN,
            until: None,
        }
    }

    /// A page. `scripts`: which it runs; `until`: when it says something else.
    pub(crate) fn page(html: String, caching: Caching, scripts: Scripts, until: Option<Timestamp>) -> Self {
        Self { scripts, drawn: Timestamp::now(), until, ..Self::text("text/html; charset=utf-8", html, caching) }
    }

    /// One that was drawn when the clock was ahead holds no longer when that is put right.
    fn holds(&self, now: Timestamp) -> bool {
        self.drawn <= now && self.until.is_none_or(|until| now < until)
    }

    /// A built file, under a name that changes with its content, compressed beforehand where that is worth it.
    pub(crate) fn file(kind: &'static str, name: &str, plain: Bytes, compressed: Option<(Bytes, Bytes)>) -> Self {
        let ready = Self {
            kind: HeaderValue::from_static(kind),
            caching: Caching::Forever,
            scripts: Scripts::None,
            tags: tags(name),
            plain,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            compressible: compressed.is_some(),
            drawn: Timestamp::MIN,
            until: None,
        };
        if let Some((gzip, brotli)) = compressed {
            let _ = (ready.gzip.set(gzip), ready.brotli.set(brotli));
        }
        ready
    }

    fn weight(&self) -> u32 {
        // Compressed forms come later and are a fifth each.
        u32::try_from(self.plain.len() / 5 * 7 + 256).unwrap_or(u32::MAX)
    }

    fn encoding(&self, headers: &HeaderMap) -> Encoding {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let takes = |name: &str| {
            accepted.split(',').any(|part| {
                let mut part = part.split(';');
                let named = part.next().is_some_and(|part| part.trim().eq_ignore_ascii_case(name));
                named && !part.any(|weight| matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        match self.compressible {
            true if takes("br") => Encoding::Brotli,
            true if takes("gzip") => Encoding::Gzip,
            _ => Encoding::Plain,
        }
    }

    /// The answer to a request with these headers: in an encoding it takes, or 304 where it has it already.
    pub(crate) fn answer(&self, headers: &HeaderMap) -> Response {
        let encoding = self.encoding(headers);
        let etag = &self.tags[encoding as usize];
        let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let known = known.is_some_and(|known| {
            known.split(',').any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == etag)
        });
        let mut answer = Response::new(if known { Body::empty() } else { Body::from(self.bytes(encoding)) });
        if known {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let set = answer.headers_mut();
        // With what every answer carries: grown once.
        set.reserve(24);
        set.insert(header::CONTENT_TYPE, self.kind.clone());
        set.insert(header::CACHE_CONTROL, self.caching.value());
        let vary = if self.caching == Caching::Forever {
            "Accept-Encoding"
        } else {
            "Accept-Language, Cookie, Accept-Encoding"
        };
        set.insert(header::VARY, HeaderValue::from_static(vary));
        set.insert(header::ETAG, etag.clone());
        if let Some(name) = encoding.name() {
            set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        answer.extensions_mut().insert(self.scripts);
        answer
    }

    fn bytes(&self, encoding: Encoding) -> Bytes {
        match encoding {
            Encoding::Plain => self.plain.clone(),
            Encoding::Gzip => self.gzip.get_or_init(|| gzip(&self.plain).into()).clone(),
            Encoding::Brotli => self.brotli.get_or_init(|| brotli(&self.plain).into()).clone(),
        }
    }
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // 5 is nearly as small as 11 and a hundred times faster. With a window of 16 bits or less this library looks for
    // repetitions in another way, which takes twice the time and holds 100 MB.
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    // A vector takes every byte.
    let _ = brotli::BrotliCompress(&mut &content[..], &mut out, &parameters);
    out
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let _ = out.write_all(content);
    out.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(header::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("a value"))).collect()
    }

    fn ready() -> Ready {
        Ready::page("<p>…</p>".repeat(200), Caching::Asking, Scripts::None, None)
    }

    fn etag(answer: &Response) -> String {
        answer.headers()[header::ETAG].to_str().expect("text").to_owned()
    }

    #[test]
    fn each_encoding_has_its_own_tag_and_is_answered_304_to_it_alone() {
        let ready = ready();
        let plain = etag(&ready.answer(&HeaderMap::new()));
        let brotli = etag(&ready.answer(&headers(&[(header::ACCEPT_ENCODING, "gzip, br;q=1")])));
        assert_ne!(plain, brotli);
        let again = |accept: &str, tag: &str| {
            ready.answer(&headers(&[(header::ACCEPT_ENCODING, accept), (header::IF_NONE_MATCH, tag)])).status()
        };
        assert_eq!(again("br", &format!("\"other\", {brotli}")), StatusCode::NOT_MODIFIED);
        assert_eq!(again("br", &plain), StatusCode::OK);
        assert_eq!(again("identity", &plain), StatusCode::NOT_MODIFIED);
        assert_eq!(again("identity", &"\"".repeat(3000)), StatusCode::OK);
    }

    #[test]
    fn a_page_is_ready_until_it_says_something_else() {
        let (second, now) = (jiff::SignedDuration::from_secs(1), Timestamp::now());
        let until = now + jiff::SignedDuration::from_hours(1);
        let page = Ready::page(String::new(), Caching::Asking, Scripts::None, Some(until));
        assert!(page.holds(until - second) && !page.holds(until) && !page.holds(now - second));
        assert!(ready().holds(until));
    }

    #[test]
    fn an_encoding_that_is_refused_is_not_sent() {
        let answer = ready().answer(&headers(&[(header::ACCEPT_ENCODING, "br;q=0, gzip;q=0.5")]));
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip");
    }
}
