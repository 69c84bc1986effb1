//! When and where a session is, as a form has it.

use super::{
    draft::{Fault, Field},
    file::{When, on_the_clock},
};
use crate::edits::{Why, line, settle, time};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::Serialize;

/// A day alone, or from when and until when.
type Known = (Option<Date>, Option<Timestamp>, Option<Timestamp>);

/// When and where a session is, as it is typed: `2016-12-06`, `09:30`, by the seminar's clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Slot {
    /// Its day; may be empty.
    pub day: String,
    /// When it starts; may be empty.
    pub starts: String,
    /// When it ends; may be empty.
    pub ends: String,
    /// Where; may be empty.
    pub room: String,
}

impl Slot {
    pub(crate) fn of(details: &super::Details, clock: &TimeZone) -> Self {
        let at = |at: Option<Timestamp>| at.map(|at| clock.to_datetime(at));
        let (starts, ends) = (at(details.starts), at(details.ends));
        let time =
            |at: Option<jiff::civil::DateTime>| at.map(|at| at.strftime("%H:%M").to_string()).unwrap_or_default();
        let day = starts.map(jiff::civil::DateTime::date).or(details.day);
        Self {
            day: day.map(|day| day.to_string()).unwrap_or_default(),
            starts: time(starts),
            ends: time(ends),
            room: details.room.clone().unwrap_or_default(),
        }
    }

    /// The same for when and where alone.
    pub(crate) fn onto(&self, shown: &Self, details: &mut super::Details, when: &When) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.room != shown.room {
            settle(&mut faults, Field::Room, line(&self.room), |room| details.room = room);
        }
        if (&self.day, &self.starts, &self.ends) != (&shown.day, &shown.starts, &shown.ends) {
            match self.when(shown, details, when) {
                Ok((day, starts, ends)) => (details.day, details.starts, details.ends) = (day, starts, ends),
                Err(fault) => faults.push(fault),
            }
        }
        faults
    }

    /// What it says of when: a day alone, or moments. A moment that is not changed is the one that is stored.
    fn when(&self, shown: &Self, stored: &super::Details, when: &When) -> Result<Known, Fault> {
        let fault = |field, why| Fault { field, why };
        let [day, starts, ends] = [&self.day, &self.starts, &self.ends].map(|text| text.trim());
        if day.is_empty() {
            let any = starts.is_empty() && ends.is_empty();
            return if any { Ok((None, None, None)) } else { Err(fault(Field::Day, Why::Missing)) };
        }
        let day: Date = day.parse().map_err(|_| fault(Field::Day, Why::Odd))?;
        if !when.days.contains(&day) {
            return Err(fault(Field::Day, Why::Outside(*when.days.start(), *when.days.end())));
        }
        if starts.is_empty() {
            let alone = ends.is_empty();
            return if alone { Ok((Some(day), None, None)) } else { Err(fault(Field::Starts, Why::Missing)) };
        }
        let from = time(starts).ok_or(fault(Field::Starts, Why::Odd))?;
        let moment = |day: Date, time: Time, field| {
            on_the_clock(day.to_datetime(time), &when.clock).ok_or(fault(field, Why::Skipped))
        };
        let same_start = (&self.day, &self.starts) == (&shown.day, &shown.starts);
        let starts = match stored.starts.filter(|_| same_start) {
            Some(starts) => starts,
            None => moment(day, from, Field::Starts)?,
        };
        if ends.is_empty() {
            return Ok((None, Some(starts), None));
        }
        let to = time(ends).ok_or(fault(Field::Ends, Why::Odd))?;
        let last = if to > from { day } else { day.checked_add(1.day()).unwrap_or(day) };
        let same_end = last == day && (&self.day, &self.ends) == (&shown.day, &shown.ends);
        let ends = match stored.ends.filter(|ends| same_end && when.clock.to_datetime(*ends).date() == day) {
            Some(ends) => ends,
            None => moment(last, to, Field::Ends)?,
        };
        // Past midnight in the evening; by day it is more likely that the two were mistaken for each other, but where it
        // was so before.
        let was = stored.starts.zip(stored.ends).map(|(starts, ends)| ends.duration_since(starts));
        let long = ends.duration_since(starts);
        if long <= SignedDuration::ZERO || (last != day && long > NIGHT.max(was.unwrap_or_default())) {
            return Err(fault(Field::Ends, Why::Backwards));
        }
        Ok((None, Some(starts), Some(ends)))
    }
}

/// The longest that is taken to go past midnight where it ends earlier than it starts.
const NIGHT: SignedDuration = SignedDuration::from_hours(6);

#[cfg(test)]
mod tests {
    use super::{
        super::{Details, Form},
        *,
    };

    fn when() -> When {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        // Clocks in Tirana are put back in the night to the 30th of October 2016, and forward in March.
        let clock = TimeZone::get("Europe/Tirane").expect("in the database");
        When { clock, days: day("2016-03-26")..=day("2016-12-07") }
    }

    fn slot(day: &str, starts: &str, ends: &str) -> Slot {
        Slot { day: day.into(), starts: starts.into(), ends: ends.into(), room: String::new() }
    }

    fn read(day: &str, starts: &str, ends: &str) -> Result<(String, String, String), (Field, Why)> {
        let said = slot(day, starts, ends)
            .when(&Slot::default(), &Details::untimed(), &when())
            .map_err(|fault| (fault.field, fault.why))?;
        let (day, starts, ends) = said;
        let shown = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        Ok((day.map(|day| day.to_string()).unwrap_or_default(), shown(starts), shown(ends)))
    }

    #[test]
    fn when_is_a_day_or_moments_by_the_seminars_clock() {
        let said = |day: &str, starts: &str, ends: &str| Ok((day.to_owned(), starts.to_owned(), ends.to_owned()));
        assert_eq!(read("", "", ""), said("", "", ""));
        assert_eq!(read(" 2016-12-06 ", "", ""), said("2016-12-06", "", ""));
        assert_eq!(read("2016-12-06", "9:30", ""), said("", "2016-12-06T08:30:00Z", ""));
        assert_eq!(read("2016-12-06", "09.30", "10:45"), said("", "2016-12-06T08:30:00Z", "2016-12-06T09:45:00Z"));
        assert_eq!(read("2016-12-06", "20:00", "01:00"), said("", "2016-12-06T19:00:00Z", "2016-12-07T00:00:00Z"));
    }

    #[test]
    fn what_is_no_time_is_told_where_it_stands() {
        use Field::{Day, Ends, Starts};
        for (typed, fault) in [
            (("", "09:00", ""), (Day, Why::Missing)),
            (("6.12.2016", "", ""), (Day, Why::Odd)),
            (("2016-02-30", "", ""), (Day, Why::Odd)),
            (("2016-12-06", "", "10:00"), (Starts, Why::Missing)),
            (("2016-12-06", "nine", ""), (Starts, Why::Odd)),
            (("2016-12-06", "24:00", ""), (Starts, Why::Odd)),
            (("2016-12-06", "09:5", ""), (Starts, Why::Odd)),
            (("2016-12-06", "-9:00", ""), (Starts, Why::Odd)),
            (("2016-12-06", "09:00", "12.60"), (Ends, Why::Odd)),
            (("2016-12-06", "10:00", "09:00"), (Ends, Why::Backwards)),
            (("2016-12-06", "10:00", "10:00"), (Ends, Why::Backwards)),
            (("2016-03-27", "02:30", ""), (Starts, Why::Skipped)),
            (("2016-03-27", "01:30", "02:30"), (Ends, Why::Skipped)),
        ] {
            let (day, starts, ends) = typed;
            assert_eq!(read(day, starts, ends), Err(fault), "{typed:?}");
        }
        let days = when().days;
        assert_eq!(read("2017-01-01", "", ""), Err((Day, Why::Outside(*days.start(), *days.end()))));
    }

    #[test]
    fn what_comes_back_as_it_was_shown_stays_as_it_is() {
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a moment"));
        // The second 02:30 of that night, with seconds, and a session that goes on for twenty hours.
        let stored = Details {
            form: Form::Plenary,
            day: None,
            starts: at("2016-10-30T01:30:07Z"),
            ends: at("2016-10-30T21:30:00Z"),
            room: None,
            chatham_house: false,
        };
        let shown = Slot::of(&stored, &when().clock);
        assert_eq!(shown, slot("2016-10-30", "02:30", "22:30"));
        let mut details = stored.clone();
        let typed = Slot { room: " Blue hall ".into(), ..shown.clone() };
        assert_eq!(typed.onto(&shown, &mut details, &when()), []);
        assert_eq!(details, Details { room: Some("Blue hall".into()), ..stored.clone() });
        // The end alone is changed: it starts as it did.
        let typed = Slot { ends: "23:00".into(), ..shown.clone() };
        assert_eq!(typed.onto(&shown, &mut details, &when()), []);
        assert_eq!((details.starts, details.ends), (stored.starts, at("2016-10-30T22:00:00Z")));
    }

    #[test]
    fn a_long_night_stays_as_long_where_it_is_moved() {
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a moment"));
        let mut details =
            Details { starts: at("2016-12-05T19:00:00Z"), ends: at("2016-12-06T06:00:00Z"), ..Details::untimed() };
        let shown = Slot::of(&details, &when().clock);
        assert_eq!(slot("2016-12-06", "20:00", "07:00").onto(&shown, &mut details, &when()), []);
        assert_eq!((details.starts, details.ends), (at("2016-12-06T19:00:00Z"), at("2016-12-07T06:00:00Z")));
        let too_long = slot("2016-12-06", "20:00", "08:00").onto(&shown, &mut details, &when());
        assert_eq!(too_long, [Fault { field: Field::Ends, why: Why::Backwards }]);
    }
}
