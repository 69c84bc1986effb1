//! `sessions/NN-slug.md`

use super::{Details, Form};
use crate::{
    folder::{Fields, Table},
    seminars,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
    tz::{AmbiguousOffset, TimeZone},
};
use std::ops::RangeInclusive;

/// The longest that a session lasts.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// When a seminar is held.
pub(crate) struct When {
    /// The clock of its place, which its sessions' times are told by.
    pub(crate) clock: TimeZone,
    /// From its first day to its last.
    pub(crate) days: RangeInclusive<Date>,
}

impl When {
    pub(crate) fn of(details: &seminars::Details) -> Self {
        let clock = TimeZone::get(&details.time_zone).unwrap_or(TimeZone::UTC);
        Self { clock, days: details.starts..=details.ends }
    }
}

/// `when`: the seminar's; none where the seminar itself could not be read.
pub(crate) fn read(fields: &mut Fields<'_>, when: Option<&When>) -> Option<Details> {
    let form = fields.needed("kind", |fields, name| fields.one_of(name, Form::CODES));
    let within = |fields: &Fields<'_>, name, day: Date| {
        if let Some(When { days, .. }) = when.filter(|when| !when.days.contains(&day)) {
            let what = format!("{day} is no day of the seminar, which is held from {} to {}", days.start(), days.end());
            fields.wrong(name, what);
        }
    };
    let day = fields.date("day");
    if let Some(day) = day {
        within(fields, "day", day);
    }
    let utc = TimeZone::UTC;
    let clock = when.map_or(&utc, |when| &when.clock);
    let mut moment = |name| {
        let at = fields.moment(name)?;
        let moment = on_the_clock(at, clock);
        if moment.is_none() {
            fields.wrong(name, format!("there is no {at} on that day: the clocks are put forward"));
        } else if name == "starts" {
            within(fields, name, at.date());
        }
        moment
    };
    let (starts, ends) = (moment("starts"), moment("ends"));
    if day.is_some() && starts.is_some() {
        fields.wrong("day", "give either the day or the start, not both");
    }
    let wrong = match (starts, ends) {
        (None, Some(_)) if !fields.has("starts") => Some("a session that ends must say when it starts: add `starts`"),
        (Some(starts), Some(ends)) if ends <= starts => Some("the session ends before it starts"),
        (Some(starts), Some(ends)) if ends.duration_since(starts) > LONGEST => {
            Some("the session ends more than a day after it starts")
        }
        _ => None,
    };
    if let Some(wrong) = wrong {
        fields.wrong("ends", wrong);
    }
    Some(Details {
        form: form?,
        day,
        starts,
        ends,
        room: fields.line("room"),
        chatham_house: fields.flag("chatham_house"),
    })
}

pub(crate) fn write(details: &Details, table: &mut Table, zone: &TimeZone) {
    table.text("kind", Some(details.form.code()));
    table.date("day", details.day);
    table.moment("starts", details.starts.map(|at| zone.to_datetime(at)));
    table.moment("ends", details.ends.map(|at| zone.to_datetime(at)));
    table.text("room", details.room.as_deref());
    table.flag("chatham_house", details.chatham_house);
}

/// The moment that a clock shows; the first of two where it is put back; none where it is put forward over it.
pub(crate) fn on_the_clock(at: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let moment = zone.to_ambiguous_timestamp(at);
    match moment.offset() {
        AmbiguousOffset::Gap { .. } => None,
        // The store keeps milliseconds.
        _ => Timestamp::from_millisecond(moment.compatible().ok()?.as_millisecond()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_the_clock_skips_is_none() {
        let tirana = TimeZone::get("Europe/Tirane").expect("in the database");
        let clock = |text: &str| on_the_clock(text.parse().expect("a date and time"), &tirana);
        assert_eq!(clock("2016-12-06T09:00:00").map(|at| at.to_string()), Some("2016-12-06T08:00:00Z".into()));
        assert_eq!(clock("2017-03-26T02:30:00"), None);
        assert_eq!(clock("2016-10-30T02:30:00").map(|at| at.to_string()), Some("2016-10-30T00:30:00Z".into()));
    }
}
