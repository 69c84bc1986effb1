//! Questions about organisations.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Along, Kind, Listed, Look, Seen},
};
use sea_orm::EntityTrait;

/// An organisation's page.
#[derive(Clone, Debug)]
pub struct OrganisationPage {
    /// The organisation: its name is the title, what it is the summary.
    pub organisation: Listed,
    /// What it has of its own.
    pub details: Details,
    /// Who works for it.
    pub people: Vec<Listed>,
}

/// An organisation's page.
///
/// # Errors
/// When the store does not answer.
pub async fn organisation(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<OrganisationPage>, Failure> {
    let look = Look { kinds: &[Kind::Organisation], slug: Some(slug), ..Look::default() };
    let Some(organisation) = things::list(store, viewer, reading, &look).await?.pop() else { return Ok(None) };
    let Some(row) = entity::Entity::find_by_id(organisation.id.id()).one(store.read()).await? else { return Ok(None) };
    let people = things::related(store, organisation.id, "works-for", Along::From).await?;
    let look = Look { kinds: &[Kind::Person], ids: Some(people), ..Look::default() };
    let people = things::list(store, viewer, reading, &look).await?;
    Ok(Some(OrganisationPage { organisation, details: row.into(), people }))
}

pub(crate) async fn details(store: &Store, organisation: Seen) -> Result<Option<Details>, Failure> {
    Ok(entity::Entity::find_by_id(organisation.id()).one(store.read()).await?.map(Details::from))
}
