//! What is shown to more people when its moment comes, such as the slides of a session when that is over.
//!
//! A release is a command that waits: what holds is stored as always, and no reader compares clocks.

use super::{
    entity::{self, release},
    held::{Held, Moment, Release},
    set,
};
use crate::{
    changes::{self, Act as Happened},
    seminars::entity as seminar,
    sessions::{entity as session, on_the_clock},
    store::{Failure, Store},
    things::{Kind, entity::thing},
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::ExprTrait};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// When things, and that in which they take place, are over.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// Of seminars: clock and last day.
    seminars: HashMap<i64, (TimeZone, Option<Date>)>,
    sessions: HashMap<i64, session::Model>,
}

impl Ends {
    pub(super) async fn of<C: ConnectionTrait>(db: &C, things: &[&thing::Model]) -> Result<Self, Failure> {
        let homes: BTreeSet<i64> = things.iter().map(|thing| home(thing)).collect();
        let sessions: BTreeSet<i64> = things.iter().map(|thing| thing.parent_id.unwrap_or(thing.id)).collect();
        let mut ends = Self::default();
        for part in homes.into_iter().collect::<Vec<_>>().chunks(500) {
            let rows = seminar::Entity::find().filter(seminar::Column::ThingId.is_in(part.iter().copied()));
            for row in rows.all(db).await? {
                let clock = TimeZone::get(&row.time_zone).unwrap_or(TimeZone::UTC);
                ends.seminars.insert(row.thing_id, (clock, row.ends.parse().ok()));
            }
        }
        for part in sessions.into_iter().collect::<Vec<_>>().chunks(500) {
            let rows = session::Entity::find().filter(session::Column::ThingId.is_in(part.iter().copied()));
            ends.sessions.extend(rows.all(db).await?.into_iter().map(|row| (row.thing_id, row)));
        }
        Ok(ends)
    }

    /// The clock of the seminar of a thing.
    pub(super) fn clock(&self, thing: &thing::Model) -> TimeZone {
        self.seminars.get(&home(thing)).map_or(TimeZone::UTC, |(clock, _)| clock.clone())
    }

    /// Whether a thing is a session, or of one.
    pub(super) fn is_of_session(&self, thing: &thing::Model) -> bool {
        self.session(thing).is_some()
    }

    fn session(&self, thing: &thing::Model) -> Option<&session::Model> {
        self.sessions.get(&thing.parent_id.unwrap_or(thing.id))
    }

    /// When a moment comes for a thing; none where it cannot be said.
    pub(super) fn when(&self, thing: &thing::Model, moment: Moment) -> Option<Timestamp> {
        let (clock, last) = self.seminars.get(&home(thing))?;
        let at = |moment: i64| Timestamp::from_millisecond(moment).ok();
        match moment {
            Moment::At(moment) => on_the_clock(moment, clock).or_else(|| clock.to_timestamp(moment).ok()),
            Moment::After => {
                let session = self.session(thing);
                if let Some(ends) = session.and_then(|session| session.ends) {
                    return at(ends);
                }
                // Whose end is not known is over with its day, and what has no day with the seminar.
                let starts =
                    session.and_then(|session| at(session.starts?)).map(|starts| clock.to_datetime(starts).date());
                let day = starts.or_else(|| session?.day.as_deref()?.parse().ok()).or(*last)?;
                seminar::night(day, clock)
            }
        }
    }
}

fn home(thing: &thing::Model) -> i64 {
    thing.seminar_id.unwrap_or(thing.id)
}

/// What is planned for things, by their ids.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn planned(store: &Store, things: Vec<i64>) -> Result<HashMap<i64, Release>, Failure> {
    let mut planned = HashMap::new();
    for part in things.chunks(500) {
        let rows = release::Entity::find().filter(release::Column::ThingId.is_in(part.iter().copied()));
        planned
            .extend(rows.all(store.read()).await?.iter().filter_map(|row| Some((row.thing_id, row.release().ok()?))));
    }
    Ok(planned)
}

/// Has what waits for a time of its own move along with its seminar, by so many days.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn carry<C: ConnectionTrait>(db: &C, seminar: i64, days: i64) -> Result<(), Failure> {
    if days == 0 {
        return Ok(());
    }
    let things = thing::Entity::find().select_only().column(thing::Column::Id);
    let things = things.filter(thing::Column::SeminarId.eq(seminar).or(thing::Column::Id.eq(seminar)));
    let rows = release::Entity::find().filter(release::Column::ThingId.in_subquery(things.into_query()));
    for row in rows.all(db).await? {
        let Ok(release) = row.release() else { continue };
        if let Moment::At(moment) = release.moment()
            && let Ok(later) = moment.checked_add(days.days())
        {
            release::put(db, row.thing_id, Release::new(Moment::At(later), release.own())).await?;
        }
    }
    Ok(())
}

/// What is to be released by now. What cannot be read keeps nothing else from being shown.
async fn due<C: ConnectionTrait>(db: &C, now: Timestamp) -> Result<Vec<(thing::Model, Release)>, Failure> {
    let mut waiting = BTreeMap::new();
    for row in release::Entity::find().all(db).await? {
        if let Ok(release) = row.release() {
            waiting.insert(row.thing_id, release);
        }
    }
    let mut things = Vec::new();
    for part in waiting.keys().copied().collect::<Vec<_>>().chunks(500) {
        things.extend(thing::Entity::find().filter(thing::Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    if things.is_empty() {
        return Ok(Vec::new());
    }
    let ends = Ends::of(db, &things.iter().collect::<Vec<_>>()).await?;
    let due = things.into_iter().filter_map(|thing| {
        let release = *waiting.get(&thing.id)?;
        let comes = ends.when(&thing, release.moment())?;
        (comes <= now).then_some((thing, release))
    });
    Ok(due.collect())
}

/// Releases what is to be released by now: how many things.
///
/// # Errors
/// When the store does not answer.
pub async fn release(store: &Store, now: Timestamp) -> Result<usize, Failure> {
    if due(store.read(), now).await?.is_empty() {
        return Ok(0);
    }
    let transaction = changes::begin_publishing(store).await?;
    // Somebody may have set something else meanwhile.
    let due = due(&transaction, now).await?;
    let mut changed: BTreeMap<i64, (i64, Kind, Happened)> = BTreeMap::new();
    for (thing, release) in &due {
        let row = entity::Entity::find_by_id(thing.id).one(&transaction).await?;
        let row = row.unwrap_or_else(|| entity::Model { thing_id: thing.id, ..Default::default() });
        set::hold(&transaction, thing, row, release.own().into()).await?;
        changed.insert(thing.id, (thing.id, thing.kind()?, Happened::Updated));
    }
    let homes: BTreeSet<i64> = due.iter().map(|(thing, _)| home(thing)).collect();
    for home in homes {
        let Some(seminar) = thing::Entity::find_by_id(home).one(&transaction).await? else { continue };
        let settled = set::settle(&transaction, home).await?;
        changed.extend(settled.into_iter().map(|change| (change.0, change)));
        for (thing, release) in due.iter().filter(|(thing, _)| self::home(thing) == home) {
            let before = Held { own: thing.set(), release: Some(*release) };
            let says = serde_json::json!({ "before": before.says(), "after": Held::from(release.own()).says() });
            let subject = set::subject(&seminar.slug, thing)?;
            // Whoever planned it has an entry of their own.
            changes::audit(&transaction, now, changes::CLOCK, "release", &subject, says).await?;
        }
    }
    changes::write(&transaction, now, &changed.into_values().collect::<Vec<_>>()).await?;
    transaction.commit().await?;
    store.announce();
    Ok(due.len())
}
