//! `/seminars/{seminar}/programme.ics`: iCalendar, RFC 5545.

use crate::{
    kept::{Caching, Ready},
    router,
    site::Site,
};
use app::asked::Asked;
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use content::{
    seminars::{self, Contents},
    sessions::{self, Form, InProgramme},
    store::Failure,
};
use icalendar::{Calendar, Component, Event, EventLike};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The programme as a calendar.
pub(crate) async fn calendar(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    match find(&site, &asked, &slug).await {
        Ok(Some((contents, programme))) => {
            let caching = if asked.viewer.is_anonymous() { Caching::Asking } else { Caching::Private };
            let ready = Ready::text("text/calendar; charset=utf-8", write(&asked, &contents, &programme), caching);
            let mut answer = ready.answer(&headers);
            if let Ok(name) =
                HeaderValue::from_str(&format!("inline; filename=\"{}.ics\"", contents.seminar.place.slug))
            {
                answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
            }
            answer
        }
        Ok(None) => router::not_found(asked).await,
        Err(failure) => router::failed(asked, failure).await,
    }
}

async fn find(site: &Site, asked: &Asked, slug: &str) -> Result<Option<(Contents, Vec<InProgramme>)>, Failure> {
    let Some(contents) = seminars::contents(&site.store, &asked.viewer, asked.reading, slug).await? else {
        return Ok(None);
    };
    let programme = sessions::programme(&site.store, &contents).await?;
    Ok(Some((contents, programme)))
}

/// The seminar over its days, and each session whose day or hour is known. No alarms: a calendar is the reader's own.
fn write(asked: &Asked, contents: &Contents, programme: &[InProgramme]) -> String {
    let host = asked.public_url.split_once("://").map_or("", |(_, host)| host);
    let zone = &contents.details.time_zone;
    let mut calendar = Calendar::new();
    calendar.name(&contents.seminar.title.text).append_property(("X-WR-TIMEZONE", zone.as_str()));
    let place = contents.details.place.clone().unwrap_or_default();
    let mut whole = Event::new();
    whole
        .uid(&format!("{}@{host}", contents.seminar.place.slug))
        .summary(&contents.seminar.title.text)
        .description(&contents.seminar.summary.text)
        .location(&place)
        .url(&format!("{}{}", asked.public_url, contents.seminar.place.path()));
    days(&mut whole, contents.details.starts, contents.details.ends);
    stamp(&mut whole, contents.seminar.changed_at);
    calendar.push(whole.done());
    for InProgramme { listed, details } in programme.iter().filter(|session| session.details.form != Form::Break) {
        let mut event = Event::new();
        match (details.starts, details.day) {
            (Some(starts), _) => {
                event.add_property("DTSTART", utc(starts));
                event.add_property("DTEND", utc(details.ends.unwrap_or(starts)));
            }
            (None, Some(day)) => days(&mut event, day, day),
            (None, None) => continue,
        }
        let room = details.room.as_ref().map_or_else(|| place.clone(), |room| format!("{room}, {place}"));
        event
            .uid(&format!("{}/{}@{host}", contents.seminar.place.slug, listed.place.slug))
            .summary(&listed.title.text)
            .description(&listed.summary.text)
            .location(&room)
            .url(&format!("{}{}", asked.public_url, listed.place.path()));
        stamp(&mut event, listed.changed_at);
        calendar.push(event.done());
    }
    folded(&calendar.done().to_string())
}

/// Lines of at most 75 octets, never divided within a letter (RFC 5545, 3.1): the library counts letters.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut width = 0;
        for letter in line.chars() {
            if width + letter.len_utf8() > 75 {
                out.push_str("\r\n ");
                width = 1;
            }
            out.push(letter);
            width += letter.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// Whole days; the end is the day after the last (RFC 5545, 3.6.1).
fn days(event: &mut Event, from: Date, to: Date) {
    let text = |date: Date| date.strftime("%Y%m%d").to_string();
    event.add_property("DTSTART;VALUE=DATE", text(from));
    event.add_property("DTEND;VALUE=DATE", text(to.tomorrow().unwrap_or(to)));
}

/// Moments are given in UTC, which every calendar reads and shows on its own clock.
fn utc(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn stamp(event: &mut Event, changed_at: i64) {
    let at = Timestamp::from_millisecond(changed_at).unwrap_or_default();
    event.add_property("DTSTAMP", utc(at));
    event.add_property("LAST-MODIFIED", utc(at));
}
