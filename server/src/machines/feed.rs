//! `/feed.xml`: what was published lately, as Atom (RFC 4287).

use crate::{
    kept::{Caching, Ready},
    router,
    site::Site,
};
use app::asked::Asked;
use atom_syndication::{Category, Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use content::things::{self, Kind, Listed};
use jiff::Timestamp;

/// How many entries.
const MOST: u64 = 40;
/// What is announced.
const KINDS: [Kind; 6] =
    [Kind::Seminar, Kind::Session, Kind::Material, Kind::Practice, Kind::Challenge, Kind::Recommendation];

/// The feed, in the reader's language.
pub(crate) async fn feed(State(site): State<Site>, Extension(asked): Extension<Asked>, headers: HeaderMap) -> Response {
    match things::latest(&site.store, &asked.viewer, asked.reading, &KINDS, MOST).await {
        Ok(things) => {
            let caching = if asked.viewer.is_anonymous() { Caching::Asking } else { Caching::Private };
            Ready::text("application/atom+xml; charset=utf-8", write(&asked, &things), caching).answer(&headers)
        }
        Err(failure) => router::failed(asked, failure).await,
    }
}

fn write(asked: &Asked, things: &[Listed]) -> String {
    let words = asked.words();
    let url = &asked.public_url;
    let link = |rel: &str, to: String, kind: Option<&str>| Link {
        rel: rel.to_owned(),
        href: to,
        mime_type: kind.map(str::to_owned),
        ..Link::default()
    };
    let entry = |thing: &Listed| {
        let to = format!("{url}{}", thing.place.path());
        Entry {
            title: Text { lang: thing.title.lang.map(str::to_owned), ..Text::plain(thing.title.text.clone()) },
            // The address is the identity (RFC 4287, 4.2.6): a slug does not change without a redirect.
            id: to.clone(),
            updated: moment(thing.changed_at),
            links: vec![link("alternate", to, Some("text/html"))],
            categories: vec![Category { term: words.kind(thing.place.kind).to_owned(), ..Category::default() }],
            summary: Some(Text {
                lang: thing.summary.lang.map(str::to_owned),
                ..Text::plain(thing.summary.text.clone())
            }),
            ..Entry::default()
        }
    };
    let updated = things.iter().map(|thing| thing.changed_at).max().unwrap_or_default();
    let feed = Feed {
        title: Text::plain("Plenary"),
        subtitle: Some(Text::plain(words.feed())),
        id: format!("{url}/feed.xml"),
        lang: Some(asked.reading.locale.tag().to_owned()),
        updated: moment(updated),
        authors: vec![Person { name: "Plenary".to_owned(), ..Person::default() }],
        links: vec![
            link("self", format!("{url}/feed.xml"), Some("application/atom+xml")),
            link("alternate", format!("{url}/"), Some("text/html")),
        ],
        entries: things.iter().map(entry).collect(),
        ..Feed::default()
    };
    feed.to_string()
}

fn moment(millis: i64) -> FixedDateTime {
    let at = Timestamp::from_millisecond(millis).unwrap_or_default();
    FixedDateTime::parse_from_rfc3339(&at.to_string()).unwrap_or_default()
}
