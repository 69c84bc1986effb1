//! Questions about practices.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    materials::{self, Material},
    people::{self, Contributor},
    seminars,
    store::{Failure, Store},
    texts::{self, Reading, Text},
    things::{self, Along, Kind, Listed, Look, Seen},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A practice as lists show it.
#[derive(Clone, Debug)]
pub struct PracticeListed {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: Details,
    /// The seminar it came with.
    pub seminar: Option<Listed>,
}

/// A practice's page.
#[derive(Clone, Debug)]
pub struct PracticePage {
    /// The practice.
    pub practice: PracticeListed,
    /// What it says.
    pub text: Text,
    /// Who wrote it, as far as the viewer may know.
    pub contributors: Vec<Contributor>,
    /// The challenges it answers.
    pub answers: Vec<Listed>,
    /// What belongs to it.
    pub materials: Vec<Material>,
}

/// Practices, the last changed first: at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> Result<Vec<PracticeListed>, Failure> {
    let look = Look {
        kinds: &[Kind::Practice],
        newest_first: true,
        examples_last: true,
        page: Some((most, after)),
        ..Look::default()
    };
    let listed = things::list(store, viewer, reading, &look).await?;
    with_details(store, viewer, reading, listed).await
}

/// How many there are.
///
/// # Errors
/// When the store does not answer.
pub async fn count(store: &Store, viewer: &Viewer) -> Result<u64, Failure> {
    things::count(store, viewer, &Look { kinds: &[Kind::Practice], ..Look::default() }).await
}

/// A practice's page.
///
/// # Errors
/// When the store does not answer.
pub async fn practice(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<PracticePage>, Failure> {
    let look = Look { kinds: &[Kind::Practice], slug: Some(slug), ..Look::default() };
    let listed = things::list(store, viewer, reading, &look).await?;
    let Some(practice) = with_details(store, viewer, reading, listed).await?.pop() else { return Ok(None) };
    let Some(text) = texts::one(store, viewer, &practice.listed, reading).await? else { return Ok(None) };
    let contributors = people::contributors(store, viewer, reading, &practice.listed).await?;
    let answers = things::related(store, practice.listed.id, "answers", Along::To).await?;
    let look = Look { kinds: &[Kind::Challenge], ids: Some(answers), ..Look::default() };
    let answers = things::list(store, viewer, reading, &look).await?;
    let look = Look { kinds: &[Kind::Material], parent: Some(practice.listed.id), ..Look::default() };
    let listed = things::list(store, viewer, reading, &look).await?;
    let materials = materials::materials(store, &listed).await?;
    Ok(Some(PracticePage { practice, text, contributors, answers, materials }))
}

pub(crate) async fn with_details(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    listed: Vec<Listed>,
) -> Result<Vec<PracticeListed>, Failure> {
    let ids = listed.iter().map(|thing| thing.id.id());
    let rows = entity::Entity::find().filter(entity::Column::ThingId.is_in(ids)).all(store.read()).await?;
    let homes = seminars::homes(store, viewer, reading, &listed).await?;
    let practice = |listed: Listed| {
        let details = rows.iter().find(|row| row.thing_id == listed.id.id())?.clone().into();
        Some(PracticeListed { seminar: seminars::home(&homes, &listed), details, listed })
    };
    Ok(listed.into_iter().filter_map(practice).collect())
}

pub(crate) async fn details(store: &Store, practice: Seen) -> Result<Option<Details>, Failure> {
    Ok(entity::Entity::find_by_id(practice.id()).one(store.read()).await?.map(Details::from))
}
