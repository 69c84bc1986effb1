//! Notices: what whoever runs a seminar says to those who take part, on each of its pages and at once; and how pages that
//! are open follow what changes.

pub(crate) mod entity;
mod post;
mod room;
#[cfg(test)]
mod tests;

pub(crate) use post::forget_since;
pub use post::{Typed, delete, end, notices, post, prune};
pub use room::{Room, Rooms};

use crate::{coded::coded, store::Failure};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use language::Language;

/// The most letters of a notice.
pub const LETTERS_MOST: usize = 500;
/// The most notices that stand at once: more are read by nobody.
pub const STANDING_MOST: usize = 10;

coded! {
    /// How long a notice stands.
    Lasts {
        /// A quarter of an hour.
        Quarter = "quarter",
        /// An hour.
        Hour = "hour",
        /// Until the day ends where the seminar is held.
        Today = "today",
        /// Until it is taken down.
        Open = "open",
    }
}

impl Lasts {
    /// Until when, if by itself.
    fn until(self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Quarter => now.checked_add(SignedDuration::from_mins(15)).ok(),
            Self::Hour => now.checked_add(SignedDuration::from_hours(1)).ok(),
            Self::Today => {
                let tomorrow = zone.to_datetime(now).date().tomorrow().ok()?;
                zone.to_timestamp(tomorrow.to_datetime(jiff::civil::Time::midnight())).ok()
            }
            Self::Open => None,
        }
    }
}

/// Something that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// By which it is taken down.
    pub id: i64,
    /// The country whose delegation it is for; none: for all.
    pub delegation: Option<String>,
    /// The language it is written in.
    pub language: Language,
    /// A few sentences, without anything marked up.
    pub text: String,
    /// Since when it stands.
    pub posted: Timestamp,
    /// Until when, unless it is taken down before; none: until then.
    pub until: Option<Timestamp>,
    /// When it was taken down.
    pub ended: Option<Timestamp>,
}

impl Notice {
    /// Whether it is to be read at a moment.
    pub fn stands(&self, at: Timestamp) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| at < until)
    }
}

impl TryFrom<entity::Model> for Notice {
    type Error = Failure;

    fn try_from(row: entity::Model) -> Result<Self, Failure> {
        let moment = |at| Timestamp::from_millisecond(at).map_err(|_| Failure::odd("notice"));
        Ok(Self {
            id: row.id,
            delegation: row.delegation,
            language: row.language.parse().map_err(|_| Failure::odd("notice.language"))?,
            text: row.text,
            posted: moment(row.posted_at)?,
            until: row.until.map(moment).transpose()?,
            ended: row.ended_at.map(moment).transpose()?,
        })
    }
}
