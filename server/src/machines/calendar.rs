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
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use std::fmt::Write;

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
    let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//Plenary//Plenary//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property((name, value));
    }
    calendar.name(&contents.seminar.title.text).append_property(("X-WR-TIMEZONE", zone.as_str()));
    let country = contents.details.host.as_deref().map(|host| asked.words().country_name(host));
    let place: Vec<String> = contents.details.place.iter().cloned().chain(country).collect();
    let place = place.join(", ");
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
                // Without an end it ends as it starts (RFC 5545, 3.6.1).
                for (name, at) in [("DTSTART", Some(starts)), ("DTEND", details.ends)] {
                    let at = at.map(|at| local(clock.to_datetime(at)));
                    at.map(|at| event.add_property(format!("{name};TZID={zone}"), at));
                }
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
    let text = calendar.done().to_string();
    let moments = programme.iter().flat_map(|session| [session.details.starts, session.details.ends]).flatten();
    match (moments.clone().min(), moments.max()) {
        // The library has no part for this.
        (Some(first), Some(last)) => {
            let event = "\r\nBEGIN:VEVENT";
            folded(&text.replacen(event, &format!("\r\n{}BEGIN:VEVENT", rules(zone, &clock, first, last)), 1))
        }
        _ => folded(&text),
    }
}

/// What a clock shows and from when, over a span of time: VTIMEZONE (RFC 5545, 3.6.5).
fn rules(name: &str, clock: &TimeZone, first: Timestamp, last: Timestamp) -> String {
    let before = clock.preceding(first).next().into_iter().map(|change| change.timestamp());
    let within = clock.following(first).map(|change| change.timestamp()).take_while(|at| *at <= last);
    let mut changes: Vec<Timestamp> = before.chain(within).collect();
    if changes.is_empty() {
        // Always the same.
        changes.push(Timestamp::UNIX_EPOCH);
    }
    let offset = |offset: jiff::tz::Offset| {
        let (sign, seconds) = (if offset.is_negative() { '-' } else { '+' }, offset.seconds().abs());
        format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60)
    };
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{name}\r\n");
    for at in changes {
        let (from, to) = (clock.to_offset(at - jiff::SignedDuration::from_secs(1)), clock.to_offset_info(at));
        let kind = if to.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" };
        let _ = write!(
            text,
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\nTZNAME:{}\r\nEND:{kind}\r\n",
            local(from.to_datetime(at)),
            offset(from),
            offset(to.offset()),
            to.abbreviation(),
        );
    }
    text.push_str("END:VTIMEZONE\r\n");
    text
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

/// A moment as the clock on the wall shows it.
fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn utc(at: Timestamp) -> String {
    format!("{}Z", local(TimeZone::UTC.to_datetime(at)))
}

fn stamp(event: &mut Event, changed_at: i64) {
    let at = Timestamp::from_millisecond(changed_at).unwrap_or_default();
    event.add_property("DTSTAMP", utc(at));
    event.add_property("LAST-MODIFIED", utc(at));
}
