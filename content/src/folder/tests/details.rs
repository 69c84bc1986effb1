//! What things of each kind have of their own, when nobody wrote it.

use super::words::{address, countries, country, date, line, one_of, sentences, slug};
use crate::{
    comparisons, materials, recommendations, seminars,
    sessions::{self, file::When},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use language::Language;
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select, subsequence},
};

const ZONES: [&str; 6] =
    ["Europe/Tirane", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "UTC"];

pub(super) fn seminar_details() -> impl Strategy<Value = seminars::Details> {
    // Days on which clocks are put forward or back, or which never were.
    let days = [(2016, 3, 27), (2016, 10, 30), (2016, 3, 13), (2016, 11, 6), (2011, 12, 30), (2016, 6, 5)];
    let day = prop_oneof![select(days.map(|(y, m, d)| Date::constant(y, m, d)).to_vec()), date()];
    let source = (line(), address()).prop_map(|(title, url)| seminars::Source { title, url });
    (
        (day, 0i64..10, select(&ZONES[..]), line(), option::of(country()), option::of("[A-Z0-9]{1,12}")),
        (one_of(seminars::Stage::ALL), vec(line(), 0..3), subsequence(Language::ALL.to_vec(), 0..=4)),
        (vec(source, 0..3), any::<bool>()),
    )
        .prop_map(
            |((starts, days, zone, place, host, reference), (stage, organisers, languages), (sources, example))| {
                seminars::Details {
                    starts,
                    ends: starts.checked_add(jiff::Span::new().days(days)).unwrap_or(starts),
                    time_zone: zone.to_owned(),
                    place: Some(place),
                    host,
                    reference,
                    stage,
                    organisers,
                    working_languages: languages,
                    sources,
                    example,
                }
            },
        )
}

/// A day of the seminar, a second of it, and how many seconds there are until the end.
pub(super) type Times = Option<(Index, Option<(i64, Option<i64>)>)>;

/// A session; its times are those on the clock of its place, and are made moments where the seminar is known.
pub(super) fn session_details() -> impl Strategy<Value = (sessions::Details, Times)> {
    let clock = option::of((0i64..86_400, option::of(1i64..86_400)));
    let times = option::of((any::<Index>(), clock));
    (one_of(sessions::Form::ALL), times, option::of(line()), any::<bool>()).prop_map(
        |(form, times, room, chatham_house)| {
            (sessions::Details { form, day: None, starts: None, ends: None, room, chatham_house }, times)
        },
    )
}

/// The moment that a clock shows, as reading a file has it.
fn on_the_clock(at: Timestamp, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(zone.to_datetime(at)).compatible().expect("a moment that can be written")
}

pub(super) fn timed(mut details: sessions::Details, times: Times, when: &When) -> sessions::Details {
    let Some((day, clock)) = times else { return details };
    let days: Vec<Date> = when.days.start().series(1.day()).take_while(|day| when.days.contains(day)).collect();
    let day = *day.get(&days);
    let Some((second, length)) = clock else { return sessions::Details { day: Some(day), ..details } };
    let zone = &when.clock;
    let shown = day.at(0, 0, 0, 0).checked_add(SignedDuration::from_secs(second)).unwrap_or(day.at(0, 0, 0, 0));
    let moment = zone.to_ambiguous_timestamp(shown).compatible().unwrap_or(Timestamp::UNIX_EPOCH);
    let starts = on_the_clock(moment, zone);
    // Where a zone left out a day, its times are those of the next.
    if when.days.contains(&zone.to_datetime(starts).date()) {
        details.starts = Some(starts);
        details.ends = length
            .and_then(|length| starts.checked_add(SignedDuration::from_secs(length)).ok())
            .map(|ends| on_the_clock(ends, zone))
            .filter(|ends| *ends > starts);
    }
    details
}

pub(super) fn topics() -> impl Strategy<Value = Vec<comparisons::Topic>> {
    let cell = (countries(), sentences(), one_of(comparisons::Confidence::ALL), option::of(line()), option::of(date()))
        .prop_map(|(countries, text, confidence, source, date)| comparisons::Cell {
            countries,
            text,
            confidence,
            source,
            date,
        });
    let topic =
        (slug(), line(), vec(cell, 0..4)).prop_map(|(slug, title, cells)| comparisons::Topic { slug, title, cells });
    vec(topic, 0..3).prop_map(|mut topics| {
        for (at, topic) in topics.iter_mut().enumerate() {
            topic.slug = format!("{}-{at}", topic.slug);
            let mut known = Vec::new();
            for cell in &mut topic.cells {
                // A topic says of a country once.
                cell.countries.retain(|code| !known.contains(code));
                known.extend(cell.countries.iter().cloned());
            }
            topic.cells.retain(|cell| !cell.countries.is_empty());
        }
        topics
    })
}

pub(super) fn recommendation_details() -> impl Strategy<Value = recommendations::Details> {
    let progress = (date(), prop_oneof![country(), Just(String::new())], sentences(), option::of(address()))
        .prop_map(|(date, by, text, evidence)| recommendations::Progress { date, by, text, evidence });
    (
        option::of(one_of(recommendations::Urgency::ALL)),
        option::of(one_of(recommendations::Status::ALL)),
        (vec(line(), 0..3), option::of(line()), option::of(date()), option::of(sentences()), option::of(sentences())),
        vec(progress, 0..3),
    )
        .prop_map(|(urgency, status, (addressees, lead, due, indicator, response), mut progress)| {
            progress.sort_by_key(|entry| entry.date);
            let reference = String::new();
            recommendations::Details {
                reference,
                urgency,
                status,
                addressees,
                lead,
                due,
                indicator,
                response,
                progress,
            }
        })
}

pub(super) fn material_details() -> impl Strategy<Value = (materials::Details, Vec<u8>)> {
    const NAMES: [(&str, &str); 5] = [
        ("handout.pdf", "application/pdf"),
        ("Përmbledhje e seminarit.TXT", "text/plain"),
        ("'a\" & b.tar.gz", "application/octet-stream"),
        ("😀.png", "image/png"),
        ("без имена", "application/octet-stream"),
    ];
    let file = (select(&NAMES[..]), vec(any::<u8>(), 0..40)).prop_map(|((name, media_type), bytes)| {
        let attachment = materials::Attachment {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            size: bytes.len() as u64,
            digest: blake3::hash(&bytes).to_hex().to_string(),
            path: Default::default(),
        };
        (materials::Details { url: None, file: Some(attachment) }, bytes)
    });
    let url = option::of(address()).prop_map(|url| (materials::Details { url, file: None }, Vec::new()));
    prop_oneof![file, url]
}
