//! What is set for who may see a thing: what holds, and what is to hold from a moment on.

use crate::{
    edits::{self, Fault, Why},
    gate::Visibility,
    sessions::on_the_clock,
};
use jiff::{civil::DateTime, tz::TimeZone};
use serde_json::{Value, json};
use std::{fmt, str::FromStr};

/// When something is shown to more people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When its session is over, or its seminar where it is of none, whenever that is.
    After,
    /// By the clock of its seminar.
    At(DateTime),
}

/// The fields in which a moment is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Its day.
    Day,
    /// Its time of day.
    Time,
}

impl Moment {
    /// A moment as it is typed: `2016-12-06` and `13:30`, by this clock.
    ///
    /// # Errors
    /// What of it will not do; it may have passed.
    pub fn typed(day: &str, time: &str, clock: &TimeZone) -> Result<Self, Vec<Fault<When>>> {
        let mut faults = Vec::new();
        let time = match time.trim() {
            "" => Err(Why::Missing),
            time => edits::time(time).ok_or(Why::Odd),
        };
        let (mut on, mut at) = (None, None);
        edits::settle(&mut faults, When::Day, edits::date(day), |day| on = Some(day));
        edits::settle(&mut faults, When::Time, time, |time| at = Some(time));
        let Some((on, at)) = on.zip(at) else { return Err(faults) };
        let moment = on.to_datetime(at);
        match on_the_clock(moment, clock) {
            Some(_) => Ok(Self::At(moment)),
            None => Err(vec![Fault { field: When::Time, why: Why::Skipped }]),
        }
    }
}

/// `after`, or date and time as ISO 8601 has them.
impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After => out.write_str("after"),
            Self::At(moment) => moment.fmt(out),
        }
    }
}

impl FromStr for Moment {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "after" => Ok(Self::After),
            moment => moment.parse().map(Self::At).map_err(drop),
        }
    }
}

/// What is set when a moment comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    moment: Moment,
    own: Option<Visibility>,
}

impl Release {
    /// None where those for whom it is then have it before: [`Visibility::Early`] holds until then.
    pub fn new(moment: Moment, own: Option<Visibility>) -> Option<Self> {
        own.is_none_or(|own| own < Visibility::Early).then_some(Self { moment, own })
    }

    /// When.
    pub fn moment(self) -> Moment {
        self.moment
    }

    /// What is set then; none: it inherits.
    pub fn own(self) -> Option<Visibility> {
        self.own
    }
}

/// What is set for who may see a thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// What holds; none: it inherits.
    pub own: Option<Visibility>,
    /// What is to hold from a moment on.
    pub release: Option<Release>,
}

impl From<Option<Visibility>> for Held {
    fn from(own: Option<Visibility>) -> Self {
        Self { own, release: None }
    }
}

impl Held {
    /// The same until it is released: for nobody but its team and its observers.
    pub fn until(self, release: Release) -> Self {
        let own = Visibility::within(self.own, Visibility::Early);
        Self { own: Some(own), release: Some(release) }
    }

    /// For the audit.
    pub(super) fn says(self) -> Value {
        let code = |own: Option<Visibility>| own.map(Visibility::code);
        let mut says = json!({ "visibility": code(self.own) });
        if let Some(release) = self.release {
            says["release"] = json!({ "moment": release.moment.to_string(), "visibility": code(release.own) });
        }
        says
    }
}

/// As a form has it: `team`, `inherited`, `early 2016-12-06T13:30:00 public`.
impl fmt::Display for Held {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = |own: Option<Visibility>| own.map_or(INHERITED, Visibility::code);
        out.write_str(code(self.own))?;
        match self.release {
            Some(release) => write!(out, " {} {}", release.moment, code(release.own)),
            None => Ok(()),
        }
    }
}

impl FromStr for Held {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let read = |code: &str| match code {
            INHERITED => Ok(None),
            code => code.parse::<Visibility>().map(Some),
        };
        match text.split(' ').collect::<Vec<_>>()[..] {
            [own] => Ok(read(own)?.into()),
            [own, moment, then] => {
                let release = Release::new(moment.parse()?, read(then)?).ok_or(())?;
                Ok(Self { own: read(own)?, release: Some(release) })
            }
            _ => Err(()),
        }
    }
}

/// In a form, for what is not set.
pub const INHERITED: &str = "inherited";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read_back_as_it_was_written() {
        let clock = TimeZone::get("Europe/Tirane").expect("in the database");
        let at = Moment::typed("2016-12-06", "13.30", &clock).expect("a moment");
        for own in Visibility::ALL.iter().copied().map(Some).chain([None]) {
            let held = Held::from(own);
            assert_eq!(held.to_string().parse(), Ok(held));
            for (moment, then) in [(Moment::After, None), (at, Some(Visibility::Participants))] {
                let held = held.until(Release::new(moment, then).expect("for more people"));
                assert!(held.own >= Some(Visibility::Early) && held.own >= own);
                assert_eq!(held.to_string().parse(), Ok(held));
            }
        }
        for odd in ["", "all", "public ", "early after", "early after team", "early 6.12.2016 public", "a b c d"] {
            assert_eq!(odd.parse::<Held>(), Err(()), "{odd}");
        }
        assert_eq!(Release::new(at, Some(Visibility::Team)), None);
        assert_eq!(Release::new(at, Some(Visibility::Early)), None);
    }

    #[test]
    fn what_will_not_do_as_a_moment_is_told_by_field() {
        let clock = TimeZone::get("Europe/Tirane").expect("in the database");
        let why = |day: &str, time: &str| {
            let faults = Moment::typed(day, time, &clock).expect_err("it will not do");
            faults.into_iter().map(|fault| (fault.field, fault.why)).collect::<Vec<_>>()
        };
        assert_eq!(why("", ""), [(When::Day, Why::Missing), (When::Time, Why::Missing)]);
        assert_eq!(why("2016-02-30", "25:00"), [(When::Day, Why::Odd), (When::Time, Why::Odd)]);
        assert_eq!(why("2016-03-27", "02:30"), [(When::Time, Why::Skipped)], "the clocks are put forward over it");
    }
}
