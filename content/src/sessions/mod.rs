//! Sessions: the parts of a seminar's programme.

mod arrangement;
mod draft;
mod edit;
pub(crate) mod entity;
pub(crate) mod file;
mod on;
mod order;
mod rules;
mod slot;
mod store;
#[cfg(test)]
pub(crate) mod tests;

pub use arrangement::{Arrangement, arrangement, may_change_places, slot};
pub use draft::{Draft, Fault, Field};
pub(crate) use edit::carried;
pub use edit::{Editing, Moved, Outcome, Refused, edit, editing, rearrange, remove, swap};
pub(crate) use entity::save;
pub(crate) use file::on_the_clock;
pub use on::{On, on};
pub(crate) use order::{in_time, stay_in_order};
pub use rules::{Clash, Needs, Over, clashes};
pub use slot::Slot;
pub use store::{InProgramme, SessionPage, programme, session};
pub(crate) use store::{details, in_order};

use crate::coded::coded;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::Serialize;

coded! {
    /// What happens in a session.
    Form {
        /// Everybody together.
        Plenary = "plenary",
        /// Somebody presents.
        Presentation = "presentation",
        /// Several discuss.
        Panel = "panel",
        /// The delegations work on their own.
        GroupWork = "group-work",
        /// Nobody works.
        Break = "break",
    }
}

/// What a session has of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// What happens in it.
    pub form: Form,
    /// The day, where no more is known.
    pub day: Option<Date>,
    /// When it starts.
    pub starts: Option<Timestamp>,
    /// When it ends.
    pub ends: Option<Timestamp>,
    /// Where.
    pub room: Option<String>,
    /// What was said may be used, who said it may not: its contributions are for the team alone.
    pub chatham_house: bool,
}

impl Details {
    /// Of a plenary of which nothing more is known.
    pub(crate) fn untimed() -> Self {
        Self { form: Form::Plenary, day: None, starts: None, ends: None, room: None, chatham_house: false }
    }

    /// Has it be `days` later, and at the same time of day by another clock.
    pub(crate) fn carry(&mut self, (from, to): (&TimeZone, &TimeZone), days: i64) {
        let later = |day: Date| day.checked_add(days.days()).unwrap_or(day);
        let moment = |at: Timestamp| {
            let shown = from.to_datetime(at);
            // A time that the clocks are put forward over is the one after it.
            to.to_timestamp(later(shown.date()).to_datetime(shown.time())).unwrap_or(at)
        };
        // The second of two hours stays the second, where nothing is moved.
        if days != 0 || from != to {
            self.day = self.day.map(later);
            self.starts = self.starts.map(moment);
            self.ends = self.ends.map(moment);
        }
    }
}
