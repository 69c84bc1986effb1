//! Questions about practices.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    materials::{self, Material},
    people::{self, Contributor},
    seminars::{self, AtHome},
    store::{Ask, Failure, Question, Store},
    texts::{self, Reading, Text},
    things::{self, Along, Kind, Listed, Look, Shown},
};

/// A practice as lists show it.
pub type PracticeListed = AtHome<Details>;

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
    store.ask(listing(viewer, reading, most, after)).await
}

/// The same, to be asked with more.
pub(crate) fn listing(
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> impl Ask<Answer = Vec<PracticeListed>> + use<> {
    let look = Look {
        kinds: &[Kind::Practice],
        newest_first: true,
        examples_last: true,
        page: Some((most, after)),
        ..Look::default()
    };
    things::given(viewer, "practices", &look, |_, look| listed(viewer, reading, look))
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
    let questions = things::given(viewer, "here", &look, |here, look| {
        let answers = Some(here.related("answers", Along::To));
        let materials = Look { kinds: &[Kind::Material], parent: Some(here.clone()), ..Look::default() };
        (
            listed(viewer, reading, look),
            texts::said(reading, here),
            people::contributing(viewer, reading, here),
            things::listing(viewer, reading, &Look { kinds: &[Kind::Challenge], ids: answers, ..Look::default() }),
            (things::listing(viewer, reading, &materials), materials::forms(&things::shown(viewer, &materials))),
        )
    });
    let (mut practice, said, contributors, answers, (materials, forms)) = store.ask(questions).await?;
    let (Some(practice), Some(said)) = (practice.pop(), said) else { return Ok(None) };
    let text = texts::resolved(store, viewer, said, &practice.listed).await?;
    Ok(Some(PracticePage { practice, text, contributors, answers, materials: forms.of(&materials) }))
}

/// Practices with what they have of their own and the seminars they came with.
fn listed(viewer: &Viewer, reading: Reading, look: &Look<'_>) -> impl Ask<Answer = Vec<PracticeListed>> + use<> {
    seminars::at_home(viewer, reading, look, details(&things::shown(viewer, look)))
}

/// What some practices have of their own.
pub(crate) fn details(practices: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    let rows = Question::whole(entity::Entity, practices.hold(entity::Column::ThingId));
    rows.then(|rows| Ok(rows.into_iter().map(|row| (row.thing_id, row.into())).collect()))
}
