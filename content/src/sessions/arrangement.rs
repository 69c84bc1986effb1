//! What somebody looks at who changes a programme: what clashes in it.

use super::{
    Details, InProgramme, Slot,
    file::When,
    order::known,
    programme,
    rules::{Clash, Needs, clashes, may_swap},
};
use crate::{
    gate::Viewer,
    people::contribution::{Column, Entity},
    roles::Act,
    seminars::Contents,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Kind, Listed, Look},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A programme, for those who change it.
#[derive(Clone, Debug)]
pub struct Arrangement {
    /// Its sessions in order.
    pub programme: Vec<InProgramme>,
    /// What clashes; people by their slugs.
    pub clashes: Vec<Clash>,
    /// Who contributes to a session.
    pub people: Vec<Listed>,
}

/// A programme for those who may change it; none for others.
///
/// # Errors
/// When the store does not answer.
pub async fn arrangement(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    contents: &Contents,
) -> Result<Option<Arrangement>, Failure> {
    if !viewer.may_in(Act::EditProgramme, &contents.seminar) {
        return Ok(None);
    }
    let programme = programme(store, contents).await?;
    let mut contributions = Vec::new();
    let ids: Vec<i64> = programme.iter().map(|session| session.listed.id.id()).collect();
    for part in ids.chunks(500) {
        let rows = Entity::find()
            .filter(Column::ThingId.is_in(part.iter().copied()))
            .filter(viewer.condition((Entity, Column::Audience)));
        contributions.extend(rows.all(store.read()).await?);
    }
    let who: Vec<i64> = contributions.iter().map(|row| row.person_id).collect();
    let look = Look { kinds: &[Kind::Person], ids: Some(who.into()), ..Look::default() };
    let people = things::list(store, viewer, reading, &look).await?;
    let needs = programme.iter().map(|session| {
        let here = contributions.iter().filter(|row| row.thing_id == session.listed.id.id());
        let slug = |id: i64| people.iter().find(|person| person.id.id() == id).map(|person| person.place.slug.clone());
        Needs {
            starts: session.details.starts,
            ends: session.details.ends,
            room: session.details.room.clone(),
            people: here.filter_map(|row| slug(row.person_id)).collect(),
        }
    });
    let needs: Vec<Needs> = needs.collect();
    Ok(Some(Arrangement { clashes: clashes(&needs), programme, people }))
}

/// When and where a session of a seminar is, as a form shows it.
pub fn slot(details: &Details, contents: &Contents) -> Slot {
    Slot::of(details, &When::of(&contents.details).clock)
}

/// Whether two sessions that stand beside each other may change places.
pub fn may_change_places(one: &Details, other: &Details, contents: &Contents) -> bool {
    let clock = When::of(&contents.details).clock;
    may_swap(known(one, &clock), known(other, &clock))
}
