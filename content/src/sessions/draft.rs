//! A session as a form has it: what it shows, and what somebody makes of that.
//!
//! A field that comes back as it was shown is left as it is stored, so that nothing is lost that the form cannot show:
//! seconds, the second of two hours where clocks are put back, contributors whom this viewer may not see.

use super::{
    Form,
    file::{When, on_the_clock},
};
use crate::{
    folder::{Contributor, Details, LINE_MOST, LIST_MOST, SENTENCES_MOST, Spot, Written},
    people::Role,
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::Serialize;
use std::collections::BTreeSet;

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
    /// Who contributes: the row.
    Contributor(usize),
    /// With what: the row.
    Contribution(usize),
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
    /// It is too long for a text, has too many parts, or they lie too deep in each other.
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
        self.countries(shown, thing, around, &mut faults);
        if self.contributors != shown.contributors {
            let hidden = thing.contributors.iter().filter(|one| !shown.contributors.contains(&Voice::of(one)));
            let hidden: Vec<Contributor> = hidden.cloned().collect();
            let mut read = Vec::new();
            for (at, voice) in self.contributors.iter().enumerate().filter(|(_, voice)| !voice.person.is_empty()) {
                let there = shown.contributors.iter().any(|shown| shown.person == voice.person);
                let known = there || around.people.contains(&voice.person);
                let role = voice.role.parse::<Role>().map_err(|()| Why::Odd);
                let role = if known { role } else { Err(Why::Odd) };
                let mut title = String::new();
                settle(&mut faults, Field::Contribution(at), line(&voice.title), |line| {
                    title = line.unwrap_or_default();
                });
                settle(&mut faults, Field::Contributor(at), role, |role| {
                    read.push(Contributor { person: voice.person.clone(), role, title, spot: Spot::default() });
                });
            }
            read.extend(hidden);
            if read.len() > LIST_MOST {
                faults.push(Fault { field: Field::Contributor(0), why: Why::Odd });
            }
            thing.contributors = read;
        }
        faults
    }

    /// A form sends them in an order of its own, perhaps twice: they stay in that in which they are.
    fn countries(&self, shown: &Self, thing: &mut Written, around: &Around<'_>, faults: &mut Vec<Fault>) {
        let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
        if set(&self.countries) == set(&shown.countries) {
            return;
        }
        let known: Vec<&String> = shown.countries.iter().chain(around.countries).collect();
        if !self.countries.iter().all(|code| known.contains(&code)) {
            faults.push(Fault { field: Field::Countries, why: Why::Odd });
            return;
        }
        let mut order: Vec<String> = Vec::new();
        for code in known {
            if self.countries.contains(code) && !order.contains(code) {
                order.push(code.clone());
            }
        }
        thing.countries = order;
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
            match self.when(shown, details, when) {
                Ok((day, starts, ends)) => (details.day, details.starts, details.ends) = (day, starts, ends),
                Err(fault) => faults.push(fault),
            }
        }
        faults
    }

    /// What it says of when: a day alone, or moments. A moment that is not changed is the one that is stored.
    fn when(
        &self,
        shown: &Self,
        stored: &super::Details,
        when: &When,
    ) -> Result<(Option<Date>, Option<Timestamp>, Option<Timestamp>), Fault> {
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

impl Voice {
    fn of(contributor: &Contributor) -> Self {
        Self {
            person: contributor.person.clone(),
            role: contributor.role.code().to_owned(),
            title: contributor.title.clone(),
        }
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

/// What is left of a file for its text, in bytes, when the longest of its fields stand before it.
const TEXT_MOST: u64 = crate::folder::TEXT_MOST - 64 * 1024;

pub(super) fn markdown(text: &str) -> Result<String, Why> {
    let text = bounded(text, usize::MAX)?;
    if text.is_empty() {
        return Ok(text);
    }
    let fits = u64::try_from(text.len()).is_ok_and(|bytes| bytes <= TEXT_MOST);
    if !fits || markup::render(&text, &crate::texts::markup_options()).is_err() {
        return Err(Why::Heavy);
    }
    Ok(format!("{text}\n"))
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

    fn untimed() -> super::super::Details {
        super::super::Details {
            form: Form::Plenary,
            day: None,
            starts: None,
            ends: None,
            room: None,
            chatham_house: false,
        }
    }

    fn read(day: &str, starts: &str, ends: &str) -> Result<(String, String, String), (Field, Why)> {
        let said = slot(day, starts, ends)
            .when(&Slot::default(), &untimed(), &when())
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
        assert_eq!(details, super::super::Details { room: Some("Blue hall".into()), ..stored.clone() });
        // The end alone is changed: it starts as it did.
        let typed = Slot { ends: "23:00".into(), ..shown.clone() };
        assert_eq!(typed.onto(&shown, &mut details, &when()), []);
        assert_eq!((details.starts, details.ends), (stored.starts, at("2016-10-30T22:00:00Z")));
    }

    #[test]
    fn a_long_night_stays_as_long_where_it_is_moved() {
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a moment"));
        let mut details =
            super::super::Details { starts: at("2016-12-05T19:00:00Z"), ends: at("2016-12-06T06:00:00Z"), ..untimed() };
        let shown = Slot::of(&details, &when().clock);
        assert_eq!(slot("2016-12-06", "20:00", "07:00").onto(&shown, &mut details, &when()), []);
        assert_eq!((details.starts, details.ends), (at("2016-12-06T19:00:00Z"), at("2016-12-07T06:00:00Z")));
        let too_long = slot("2016-12-06", "20:00", "08:00").onto(&shown, &mut details, &when());
        assert_eq!(too_long, [Fault { field: Field::Ends, why: Why::Backwards }]);
    }

    #[test]
    fn countries_stay_in_their_order_and_each_stands_once() {
        let shown = Draft { countries: vec!["MD".into(), "AL".into()], ..Draft::default() };
        let offered = ["AL", "BA", "MD"].map(str::to_owned);
        let mut faults = Vec::new();
        let mut after = |typed: &[&str]| {
            let typed = Draft { countries: typed.iter().map(|&code| code.to_owned()).collect(), ..shown.clone() };
            let mut thing = written(&shown.countries);
            let around = Around { when: &when(), people: &[], countries: &offered };
            typed.countries(&shown, &mut thing, &around, &mut faults);
            thing.countries.join(" ")
        };
        assert_eq!(after(&["AL", "MD"]), "MD AL");
        assert_eq!(after(&["AL", "BA", "MD", "MD"]), "MD AL BA");
        assert_eq!(after(&["BA", "BA"]), "BA");
        assert_eq!(after(&[]), "");
        assert_eq!(faults, []);
    }

    fn written(countries: &[String]) -> Written {
        Written {
            kind: crate::things::Kind::Session,
            slug: "said".into(),
            parent: None,
            position: 1,
            language: language::Language::English,
            visibility: None,
            countries: countries.to_vec(),
            themes: Vec::new(),
            formerly: None,
            texts: Vec::new(),
            contributors: Vec::new(),
            relations: Vec::new(),
            details: Details::Session(untimed()),
            spot: Spot::default(),
        }
    }
}
