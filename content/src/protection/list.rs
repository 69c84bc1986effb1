//! What is set for the things of a seminar, for those who may set it.

use super::{
    entity,
    held::{Held, Moment, Release},
    release::{Ends, planned},
};
use crate::{
    gate::{Viewer, Visibility, settled::Settled},
    roles::Act,
    seminars,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Kind, Listed, entity::thing},
};
use jiff::{Timestamp, tz::TimeZone};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// What is set for a thing, and what follows from it.
#[derive(Clone, Debug)]
pub struct Protection {
    /// The thing.
    pub listed: Listed,
    /// What was set.
    pub held: Held,
    /// When it is shown to more people, where that is planned, and who may see it then: with what is planned until then of
    /// that in which it lies.
    pub comes: Option<(Timestamp, Visibility)>,
    /// When its session is over, or its seminar where it is of none.
    pub over: Option<Timestamp>,
    /// Whether it is a session, or of one.
    pub of_session: bool,
    /// The clock of the seminar.
    pub clock: TimeZone,
    /// How many materials of it are for whom it is: nothing is set for them.
    pub open_materials: usize,
    /// What holds for that in which it lies: it is for nobody else.
    pub around: Visibility,
    /// Who may see it.
    pub holds: Visibility,
    /// What the files say, where something was set in the browser.
    pub filed: Option<Option<Visibility>>,
    /// Whether the seminar is a draft: then all of it is for its team, whatever was set.
    pub draft: bool,
    /// Of a session: whether who contributed is for the team alone.
    pub chatham_house: Option<bool>,
    /// The same as the files say, where something was set in the browser.
    pub filed_chatham_house: Option<bool>,
}

/// All things of a seminar, the seminar first, by kind and in its order; none for those who may not set it.
///
/// # Errors
/// When the store does not answer.
pub async fn protections(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &Listed,
) -> Result<Vec<Protection>, Failure> {
    if !viewer.may_in(Act::SetVisibility, seminar) {
        return Ok(Vec::new());
    }
    let id = seminar.id.id();
    let within = seminars::within(&[seminar.id].into_iter().collect(), &[]);
    let mut things = things::list(store, viewer, reading, &within).await?;
    things.sort_by_key(|thing| (thing.place.kind, thing.position));
    let settled = Settled::of(store.read(), Some(id)).await?;
    let mut set: HashMap<i64, entity::Model> = HashMap::new();
    let ids: Vec<i64> = settled.things().map(|thing| thing.id).collect();
    for part in ids.chunks(500) {
        let rows = entity::Entity::find().filter(entity::Column::ThingId.is_in(part.iter().copied()));
        set.extend(rows.all(store.read()).await?.into_iter().map(|row| (row.thing_id, row)));
    }
    let waiting = planned(store, ids).await?;
    let mut open: HashMap<i64, usize> = HashMap::new();
    for thing in settled.things().filter(|thing| thing.kind == Kind::Material.code()) {
        let free = thing.set().is_none() && !waiting.contains_key(&thing.id) && !settled.is_unpublished(thing);
        if let Some(parent) = thing.parent_id.filter(|_| free) {
            *open.entry(parent).or_default() += 1;
        }
    }
    let ends = Ends::of(store.read(), &settled.things().collect::<Vec<_>>()).await?;
    let draft = settled.is_draft(id);
    let own = |thing: &thing::Model, at: Timestamp| {
        let comes = |release: &&Release| ends.when(thing, release.moment()).is_some_and(|comes| comes <= at);
        let release = waiting.get(&thing.id).filter(|_| !settled.is_draft(thing.id)).filter(comes);
        release.map_or_else(|| settled.own(thing), |release| release.own())
    };
    let then = |thing: &thing::Model, at: Timestamp| {
        let around = [thing.parent_id, thing.seminar_id].into_iter().flatten().filter_map(|id| settled.thing(id));
        let all = std::iter::once(thing).chain(around).filter_map(|thing| own(thing, at));
        all.max().unwrap_or(Visibility::Public)
    };
    let all = std::iter::once(seminar.clone()).chain(things);
    let told = all.filter_map(|listed| {
        let thing = settled.thing(listed.id.id()).filter(|thing| !settled.is_unpublished(thing))?;
        let set = set.get(&thing.id).cloned().unwrap_or_default();
        let release = waiting.get(&thing.id).copied();
        Some(Protection {
            held: Held { own: thing.set(), release },
            comes: release
                .and_then(|release| ends.when(thing, release.moment()))
                .map(|comes| (comes, then(thing, comes))),
            over: ends.when(thing, Moment::After),
            of_session: ends.is_of_session(thing),
            clock: ends.clock(thing),
            open_materials: open.get(&thing.id).copied().unwrap_or_default(),
            around: settled.around(thing),
            holds: settled.holds(thing),
            filed: set.filed(),
            draft,
            chatham_house: (listed.place.kind == Kind::Session).then(|| settled.is_quiet(thing.id)),
            filed_chatham_house: set.chatham_house.and(set.filed_chatham_house),
            listed,
        })
    });
    Ok(told.collect())
}

/// One of them.
///
/// # Errors
/// When the store does not answer.
pub async fn protection(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &Listed,
    (kind, slug): (Kind, &str),
) -> Result<Option<Protection>, Failure> {
    let all = protections(store, viewer, reading, seminar).await?;
    Ok(all.into_iter().find(|one| one.listed.place.kind == kind && one.listed.place.slug == slug))
}
