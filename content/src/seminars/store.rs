//! Questions about seminars.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    people::{self, Contributor},
    store::{Failure, Store},
    texts::{self, Reading, Text},
    things::{self, Kind, Listed, Look, Seen},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// A seminar as lists show it.
#[derive(Clone, Debug)]
pub struct Seminar {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: Details,
}

/// A seminar and everything that lies in it, as far as the viewer may see it: what every page below it needs.
#[derive(Clone, Debug)]
pub struct Contents {
    /// The seminar.
    pub seminar: Listed,
    /// What it has of its own.
    pub details: Details,
    /// Its sessions, materials and all else but people, in order.
    pub things: Vec<Listed>,
}

impl Contents {
    /// What lies in it of one kind, in order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Listed> {
        self.things.iter().filter(move |thing| thing.place.kind == kind)
    }

    /// What belongs to one of its sessions or practices.
    pub fn under<'a>(&'a self, thing: &'a Listed, kind: Kind) -> impl Iterator<Item = &'a Listed> {
        self.of(kind).filter(|other| other.parent == Some(thing.id.id()))
    }

    /// What belongs to no session and no practice.
    pub fn loose(&self, kind: Kind) -> impl Iterator<Item = &Listed> {
        self.of(kind).filter(|thing| thing.parent.is_none())
    }

    /// One thing in it.
    pub fn find(&self, kind: Kind, slug: &str) -> Option<&Listed> {
        self.of(kind).find(|thing| thing.place.slug == slug)
    }

    /// What a thing in it belongs to.
    pub fn parent(&self, thing: &Listed) -> Option<&Listed> {
        self.things.iter().find(|other| thing.parent == Some(other.id.id()))
    }
}

/// A seminar's own page.
#[derive(Clone, Debug)]
pub struct SeminarPage {
    /// It and what lies in it.
    pub contents: Contents,
    /// What it says.
    pub text: Text,
    /// Who took part, as far as the viewer may know.
    pub contributors: Vec<Contributor>,
}

const INSIDE: [Kind; 6] =
    [Kind::Session, Kind::Material, Kind::Practice, Kind::Challenge, Kind::Recommendation, Kind::Comparison];

/// A seminar and what lies in it.
///
/// # Errors
/// When the store does not answer.
pub async fn contents(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<Contents>, Failure> {
    let itself = Look { kinds: &[Kind::Seminar], slug: Some(slug), ..Look::default() };
    let inside = Look { kinds: &INSIDE, seminar: Some(slug), ..Look::default() };
    let (mut seminar, things) = futures::try_join!(
        things::list(store, viewer, reading, &itself),
        things::list(store, viewer, reading, &inside),
    )?;
    let Some(seminar) = seminar.pop() else { return Ok(None) };
    let Some(details) = details(store, seminar.id).await? else { return Ok(None) };
    Ok(Some(Contents { seminar, details, things }))
}

/// A seminar's own page.
///
/// # Errors
/// When the store does not answer.
pub async fn seminar(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<SeminarPage>, Failure> {
    let Some(contents) = contents(store, viewer, reading, slug).await? else { return Ok(None) };
    let Some(text) = texts::one(store, viewer, &contents.seminar, reading).await? else { return Ok(None) };
    let contributors = people::contributors(store, viewer, reading, &contents.seminar).await?;
    Ok(Some(SeminarPage { contents, text, contributors }))
}

/// Seminars, the latest first: at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> Result<Vec<Seminar>, Failure> {
    let ids: Vec<i64> = entity::Entity::find()
        .select_only()
        .column(entity::Column::ThingId)
        .filter(things::seen(viewer, Kind::Seminar, (entity::Entity, entity::Column::ThingId)))
        .order_by_asc(entity::Column::Example)
        .order_by_desc(entity::Column::Starts)
        .order_by_desc(entity::Column::ThingId)
        .limit(most)
        .offset(after)
        .into_tuple()
        .all(store.read())
        .await?;
    let look = Look { kinds: &[Kind::Seminar], ids: Some(ids.clone()), ..Look::default() };
    let listed = things::list(store, viewer, reading, &look).await?;
    let seen: Vec<_> = listed.iter().map(|listed| listed.id).collect();
    let details = all_details(store, &seen).await?;
    let find = |id: &i64| {
        let listed = listed.iter().find(|listed| listed.id.id() == *id)?;
        let (_, details) = details.iter().find(|(seen, _)| *seen == listed.id)?;
        Some(Seminar { listed: listed.clone(), details: details.clone() })
    };
    Ok(ids.iter().filter_map(find).collect())
}

/// How many seminars there are.
///
/// # Errors
/// When the store does not answer.
pub async fn count(store: &Store, viewer: &Viewer) -> Result<u64, Failure> {
    things::count(store, viewer, &Look { kinds: &[Kind::Seminar], ..Look::default() }).await
}

/// The seminars that things came with, for lists that name them.
pub(crate) async fn homes(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    things: impl IntoIterator<Item = &Listed>,
) -> Result<Vec<Listed>, Failure> {
    let mut ids: Vec<i64> = things.into_iter().filter_map(|thing| thing.seminar_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    things::list(store, viewer, reading, &Look { kinds: &[Kind::Seminar], ids: Some(ids), ..Look::default() }).await
}

/// The one that a thing came with, out of [`homes`].
pub(crate) fn home(homes: &[Listed], thing: &Listed) -> Option<Listed> {
    homes.iter().find(|home| Some(home.id.id()) == thing.seminar_id).cloned()
}

pub(crate) async fn details(store: &Store, seminar: Seen) -> Result<Option<Details>, Failure> {
    Ok(all_details(store, &[seminar]).await?.pop().map(|(_, details)| details))
}

async fn all_details(store: &Store, seminars: &[Seen]) -> Result<Vec<(Seen, Details)>, Failure> {
    let ids = seminars.iter().map(|seen| seen.id());
    let rows = entity::Entity::find().filter(entity::Column::ThingId.is_in(ids)).all(store.read()).await?;
    rows.into_iter()
        .filter_map(|row| seminars.iter().find(|seen| seen.id() == row.thing_id).map(|seen| (*seen, row)))
        .map(|(seen, row)| Ok((seen, row.try_into()?)))
        .collect()
}
