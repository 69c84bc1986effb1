//! A session as a form has it: what it shows, and what somebody makes of that.
//!
//! A field that comes back as it was shown is left as it is stored, so that nothing is lost that the form cannot show:
//! seconds, the second of two hours where clocks are put back, contributors whom this viewer may not see.

use super::{
    Form,
    file::{When, on_the_clock},
};
use crate::{
    folder::{Contributor, Details, LINE_MOST, SENTENCES_MOST, Written},
    people::Role,
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::Serialize;

/// The fields of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// A sentence or two.
    Summary,
    /// What it is for.
    Objective,
    /// Its text, in Markdown.
    Text,
    /// What happens in it.
    Kind,
    /// On which day.
    Day,
    /// From when.
    Starts,
    /// Until when.
    Ends,
    /// Where.
    Room,
    /// Whose delegations work.
    Countries,
    /// Who contributes.
    Contributors,
}

/// Why something will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is needed.
    Missing,
    /// It is longer than so many letters.
    Long(usize),
    /// It cannot be read as what it should be.
    Odd,
    /// The seminar is held from one day to another, and this is none of them.
    Outside(Date, Date),
    /// The clocks are put forward over it.
    Skipped,
    /// It ends before it starts.
    Backwards,
    /// It has too many parts, or they lie too deep in each other.
    Heavy,
}

/// Something that will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub field: Field,
    /// Why.
    pub why: Why,
}

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

/// Somebody who contributes, as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// The slug of a person; empty: nobody.
    pub person: String,
    /// The code of a role.
    pub role: String,
    /// With what; may be empty.
    pub title: String,
}

/// A session as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// What it is for.
    pub objective: String,
    /// Its text, in Markdown.
    pub text: String,
    /// The code of a form.
    pub kind: String,
    /// When and where.
    pub slot: Slot,
    /// Codes of countries.
    pub countries: Vec<String>,
    /// Who contributes.
    pub contributors: Vec<Voice>,
}

/// What a draft is read by.
pub(crate) struct Around<'a> {
    pub(crate) when: &'a When,
    /// Slugs of those who may contribute.
    pub(crate) people: &'a [String],
    /// Codes of countries whose delegations there are.
    pub(crate) countries: &'a [String],
}

impl Draft {
    /// What a form shows of a session.
    pub(crate) fn of(thing: &Written, clock: &TimeZone) -> Self {
        let (text, details) = (thing.texts.first(), session(&thing.details));
        let of = |part: fn(&crate::folder::WrittenText) -> &String| text.map(part).cloned().unwrap_or_default();
        Self {
            title: of(|text| &text.title),
            summary: of(|text| &text.summary),
            objective: text.map(|text| text.objectives.join("\n")).unwrap_or_default(),
            text: of(|text| &text.body).trim().to_owned(),
            kind: details.map(|details| details.form.code().to_owned()).unwrap_or_default(),
            slot: details.map(|details| Slot::of(details, clock)).unwrap_or_default(),
            countries: thing.countries.clone(),
            contributors: thing.contributors.iter().map(Voice::of).collect(),
        }
    }

    /// A mark of all of it: of two who edit a session at once, the second brings another than there is.
    pub fn version(&self) -> String {
        let all = serde_json::to_vec(self).unwrap_or_default();
        blake3::hash(&all).to_hex()[..16].to_owned()
    }

    /// Has a thing say what this says, where it says something else than what was shown; what will not do is left, and
    /// told.
    pub(crate) fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.texts(shown, thing, &mut faults);
        if let Details::Session(details) = &mut thing.details {
            if self.kind != shown.kind {
                settle(&mut faults, Field::Kind, self.kind.parse::<Form>().map_err(|()| Why::Odd), |form| {
                    details.form = form;
                });
            }
            faults.extend(self.slot.onto(&shown.slot, details, around.when));
        }
        if self.countries != shown.countries {
            let known = |country: &String| around.countries.contains(country) || shown.countries.contains(country);
            let read = if self.countries.iter().all(known) { Ok(self.countries.clone()) } else { Err(Why::Odd) };
            settle(&mut faults, Field::Countries, read, |countries| thing.countries = countries);
        }
        if self.contributors != shown.contributors {
            let hidden = thing.contributors.iter().filter(|one| !shown.contributors.contains(&Voice::of(one)));
            let hidden: Vec<Contributor> = hidden.cloned().collect();
            let read = self.contributors.iter().filter(|voice| !voice.person.is_empty()).map(|voice| {
                let known = around.people.contains(&voice.person)
                    || shown.contributors.iter().any(|shown| shown.person == voice.person);
                if known { voice.read() } else { Err(Why::Odd) }
            });
            settle(&mut faults, Field::Contributors, read.collect::<Result<Vec<_>, _>>(), |mut read| {
                read.extend(hidden);
                thing.contributors = read;
            });
        }
        faults
    }

    fn texts(&self, shown: &Self, thing: &mut Written, faults: &mut Vec<Fault>) {
        let Some(text) = thing.texts.first_mut() else { return };
        if self.title != shown.title || shown.title.is_empty() {
            let title = line(&self.title).and_then(|title| title.ok_or(Why::Missing));
            settle(faults, Field::Title, title, |title| text.title = title);
        }
        if self.summary != shown.summary {
            settle(faults, Field::Summary, sentences(&self.summary), |summary| text.summary = summary);
        }
        if self.objective != shown.objective {
            settle(faults, Field::Objective, sentences(&self.objective), |objective| {
                text.objectives = if objective.is_empty() { Vec::new() } else { vec![objective] };
            });
        }
        if self.text != shown.text {
            settle(faults, Field::Text, markdown(&self.text), |body| text.body = body);
        }
    }
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
            match self.when(when) {
                Ok((day, starts, ends)) => (details.day, details.starts, details.ends) = (day, starts, ends),
                Err(fault) => faults.push(fault),
            }
        }
        faults
    }

    /// What it says of when: a day alone, or moments.
    fn when(&self, when: &When) -> Result<(Option<Date>, Option<Timestamp>, Option<Timestamp>), Fault> {
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
        let starts = moment(day, from, Field::Starts)?;
        if ends.is_empty() {
            return Ok((None, Some(starts), None));
        }
        let to = time(ends).ok_or(fault(Field::Ends, Why::Odd))?;
        let last = if to > from { day } else { day.checked_add(1.day()).unwrap_or(day) };
        let ends = moment(last, to, Field::Ends)?;
        // Past midnight in the evening; by day it is more likely that the two were mistaken for each other.
        let long = ends.duration_since(starts);
        if long <= SignedDuration::ZERO || (last != day && long > NIGHT) {
            return Err(fault(Field::Ends, Why::Backwards));
        }
        Ok((None, Some(starts), Some(ends)))
    }
}

/// The longest that is taken to go past midnight where it ends earlier than it starts.
const NIGHT: SignedDuration = SignedDuration::from_hours(6);

impl Voice {
    fn of(contributor: &Contributor) -> Self {
        Self {
            person: contributor.person.clone(),
            role: contributor.role.code().to_owned(),
            title: contributor.title.clone(),
        }
    }

    fn read(&self) -> Result<Contributor, Why> {
        let role: Role = self.role.parse().map_err(|()| Why::Odd)?;
        let title = line(&self.title)?.unwrap_or_default();
        Ok(Contributor { person: self.person.clone(), role, title, spot: crate::folder::Spot::default() })
    }
}

fn session(details: &Details) -> Option<&super::Details> {
    match details {
        Details::Session(details) => Some(details),
        _ => None,
    }
}

/// Puts what was read where it belongs, or notes why it will not do.
fn settle<T>(faults: &mut Vec<Fault>, field: Field, read: Result<T, Why>, put: impl FnOnce(T)) {
    match read {
        Ok(read) => put(read),
        Err(why) => faults.push(Fault { field, why }),
    }
}

/// `9:05`, `09:05`, `9.05`.
fn time(text: &str) -> Option<Time> {
    let (hour, rest) = text.split_once([':', '.'])?;
    let minute = rest.split([':', '.']).next()?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// Within the bounds that files have, so that what is exported can be imported.
fn bounded(text: &str, most: usize) -> Result<String, Why> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > most {
        Err(Why::Long(most))
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        Err(Why::Odd)
    } else {
        Ok(text)
    }
}

fn line(text: &str) -> Result<Option<String>, Why> {
    let text = bounded(text, LINE_MOST)?;
    if text.contains('\n') { Err(Why::Odd) } else { Ok(Some(text).filter(|text| !text.is_empty())) }
}

fn sentences(text: &str) -> Result<String, Why> {
    bounded(text, SENTENCES_MOST)
}

pub(super) fn markdown(text: &str) -> Result<String, Why> {
    let text = bounded(text, crate::folder::TEXT_MOST.try_into().unwrap_or(usize::MAX))?;
    if text.is_empty() {
        return Ok(text);
    }
    match markup::render(&text, &crate::texts::markup_options()) {
        Ok(_) => Ok(format!("\n{text}\n")),
        Err(markup::Refusal::TooLong { most, .. }) => Err(Why::Long(most)),
        Err(markup::Refusal::TooDeep { .. } | markup::Refusal::TooMany { .. }) => Err(Why::Heavy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let said = slot(day, starts, ends).when(&when()).map_err(|fault| (fault.field, fault.why))?;
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
        let stored = super::super::Details {
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
        assert_eq!(details, super::super::Details { room: Some("Blue hall".into()), ..stored });
    }
}
