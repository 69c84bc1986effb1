//! How long what is personal is kept: the periods that administrators set, what would go by them, and the job by which it
//! goes (Regulation (EU) 2016/679, article 5(1)(e), storage limitation). Nothing goes until a period is set.

mod due;
pub(crate) mod entity;
mod erased;
#[cfg(test)]
mod tests;

pub use due::{Due, Guests, Unused, keep, preview};
pub use erased::{FILE, settle};
pub(crate) use erased::{note, settled};

use crate::{
    accounts::{Outcome, Refusal},
    changes,
    coded::coded,
    gate::Viewer,
    roles::Act,
    store::{Failure, Store},
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

coded! {
    /// What is personal, and is kept for a time.
    Kind {
        /// Accounts that nobody uses, but those of whoever runs the site: since they were used, and the last seminar of theirs
        /// was over.
        Accounts = "accounts",
        /// The names of those who take part without an account: since the seminar was over, and they came.
        Guests = "guests",
        /// What the audit says of what was there before and after: since it was noted. Who did what, and when, stays.
        Notes = "notes",
    }
}

/// The periods that can be chosen, in months. Shorter ones would take an account whose session still holds
/// ([`crate::accounts::LONGEST`]).
pub const MONTHS: [u16; 6] = [6, 12, 24, 36, 60, 120];

/// For how many months each kind is kept; what is not among them stays until somebody takes it away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Periods(BTreeMap<Kind, u16>);

impl Periods {
    /// For how many months a kind is kept; none: for as long as nobody takes it away.
    pub fn months(&self, kind: Kind) -> Option<u16> {
        self.0.get(&kind).copied()
    }

    /// With another period for a kind: its months, or empty for none. Nothing where that is none of [`MONTHS`].
    pub fn with(mut self, kind: Kind, months: &str) -> Option<Self> {
        if months.is_empty() {
            self.0.remove(&kind);
        } else {
            let months = months.parse().ok().filter(|months| MONTHS.contains(months))?;
            self.0.insert(kind, months);
        }
        Some(self)
    }

    /// Whatever is older than this goes.
    fn limit(&self, kind: Kind, now: Timestamp) -> Option<Timestamp> {
        let months = i64::from(self.months(kind)?);
        let limit = TimeZone::UTC.to_datetime(now).checked_sub(months.months()).ok()?;
        TimeZone::UTC.to_timestamp(limit).ok()
    }

    fn says(&self) -> Value {
        Value::Object(
            Kind::ALL.iter().map(|kind| (kind.code().to_owned(), json!(self.months(*kind)))).collect::<Map<_, _>>(),
        )
    }
}

/// The periods that hold.
///
/// # Errors
/// When the store does not answer.
pub async fn periods(store: &Store) -> Result<Periods, Failure> {
    read(store.read()).await
}

async fn read<C: ConnectionTrait>(db: &C) -> Result<Periods, Failure> {
    // One that cannot be chosen, as of another version, takes nothing.
    let months = |row: &entity::Model| u16::try_from(row.months).ok().filter(|months| MONTHS.contains(months));
    let one = |row: entity::Model| Some((row.kind.parse().ok()?, months(&row)?));
    Ok(Periods(entity::Entity::find().all(db).await?.into_iter().filter_map(one).collect()))
}

/// Sets the periods, where those of now are still what whoever asks has seen (`was`). What has outlived them goes with the
/// next [`keep`].
///
/// # Errors
/// [`Refusal::Forbidden`]; [`Refusal::Changed`].
pub async fn set_periods(
    store: &Store,
    viewer: &Viewer,
    (was, to): (&Periods, &Periods),
    now: Timestamp,
) -> Outcome<()> {
    if !viewer.may(Act::SetRetention) {
        return Ok(Err(Refusal::Forbidden));
    }
    let transaction = changes::begin(store).await?;
    let before = read(&transaction).await?;
    if before == *to {
        return Ok(Ok(()));
    }
    if before != *was {
        return Ok(Err(Refusal::Changed));
    }
    entity::Entity::delete_many().exec(&transaction).await?;
    let row = |(kind, months): (&Kind, &u16)| entity::ActiveModel {
        kind: Set(kind.code().to_owned()),
        months: Set(i32::from(*months)),
    };
    if !to.0.is_empty() {
        entity::Entity::insert_many(to.0.iter().map(row)).exec_without_returning(&transaction).await?;
    }
    let says = json!({ "before": before.says(), "after": to.says() });
    changes::audit(&transaction, now, &viewer.actor(), "set retention", "retention", says).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}
