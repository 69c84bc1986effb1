//! Questions about organisations.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    store::{Ask, Failure, Question, Store},
    texts::Reading,
    things::{self, Along, Kind, Listed, Look, Shown},
};

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
    let questions = things::given(viewer, "here", &look, |here, look| {
        let works_for = Some(here.related("works-for", Along::From));
        let people = Look { kinds: &[Kind::Person], ids: works_for, ..Look::default() };
        (things::listing(viewer, reading, look), details(here), things::listing(viewer, reading, &people))
    });
    let (mut organisation, mut details, people) = store.ask(questions).await?;
    let (Some(organisation), Some((_, details))) = (organisation.pop(), details.pop()) else { return Ok(None) };
    Ok(Some(OrganisationPage { organisation, details, people }))
}

/// What some organisations have of their own.
pub(crate) fn details(organisations: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    let rows = Question::whole(entity::Entity, organisations.hold(entity::Column::ThingId));
    rows.then(|rows| Ok(rows.into_iter().map(|row| (row.thing_id, row.into())).collect()))
}
