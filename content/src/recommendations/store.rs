//! Questions about recommendations.

use super::{Details, Progress, entity};
use crate::{
    gate::{Reason, Viewer},
    seminars::{self, AtHome, Contents},
    store::{Ask, Failure, Question, Store},
    texts::{self, Reading, Text},
    things::{self, Along, Kind, Listed, Look, Place, Shown, Slug},
};

/// A recommendation as lists show it.
pub type RecommendationListed = AtHome<Details>;

/// A recommendation's page.
#[derive(Clone, Debug)]
pub struct RecommendationPage {
    /// The recommendation.
    pub recommendation: RecommendationListed,
    /// What it says.
    pub text: Text,
    /// The session that made it.
    pub session: Option<Listed>,
    /// The challenges it answers.
    pub answers: Vec<Listed>,
    /// The board on which it was worded.
    pub board: Option<Listed>,
    /// The organisations that its progress names.
    pub organisations: Vec<Listed>,
}

/// Recommendations in the order of their seminars: at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> Result<Vec<RecommendationListed>, Failure> {
    found(store, viewer, store.ask(listing(viewer, reading, most, after)).await?).await
}

/// The same, to be asked with more.
pub(crate) fn listing(viewer: &Viewer, reading: Reading, most: u64, after: u64) -> impl Ask<Answer = Naming> + use<> {
    let look =
        Look { kinds: &[Kind::Recommendation], examples_last: true, page: Some((most, after)), ..Look::default() };
    things::given(viewer, "recommendations", &look, |_, look| listed(viewer, reading, look))
}

/// A seminar's recommendations in order.
///
/// # Errors
/// When the store does not answer.
pub async fn of_seminar(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    contents: &Contents,
) -> Result<Vec<RecommendationListed>, Failure> {
    let look = seminars::within(&contents.seminar.id.into(), &[Kind::Recommendation]);
    found(store, viewer, store.ask(listed(viewer, reading, &look)).await?).await
}

/// A recommendation's page.
///
/// # Errors
/// When the store does not answer.
pub async fn recommendation(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<RecommendationPage>, Failure> {
    let look = Look { kinds: &[Kind::Recommendation], slug: Some(slug), ..Look::default() };
    let questions = things::given(viewer, "here", &look, |here, look| {
        let answers = Some(here.related("answers", Along::To));
        let answers = Look { kinds: &[Kind::Challenge], ids: answers, ..Look::default() };
        let board = Some(here.related("from", Along::To));
        let board = Look { kinds: &[Kind::Board], ids: board, ..Look::default() };
        let session = Look { kinds: &[Kind::Session], ids: Some(things::parents(viewer, look)), ..Look::default() };
        (
            listed(viewer, reading, look),
            texts::said(reading, here),
            things::listing(viewer, reading, &answers),
            things::listing(viewer, reading, &session),
            things::listing(viewer, reading, &board),
        )
    });
    let (recommendation, said, answers, mut session, mut board) = store.ask(questions).await?;
    let Some(recommendation) = found(store, viewer, recommendation).await?.pop() else { return Ok(None) };
    let Some(said) = said else { return Ok(None) };
    let text = texts::resolved(store, viewer, said, &recommendation.listed).await?;
    let named = recommendation.details.progress.iter().filter_map(Progress::organisation).map(str::to_owned).collect();
    let look = Look { kinds: &[Kind::Organisation], slugs: Some(named), ..Look::default() };
    let organisations = things::list(store, viewer, reading, &look).await?;
    Ok(Some(RecommendationPage {
        recommendation,
        text,
        session: session.pop(),
        board: board.pop(),
        answers,
        organisations,
    }))
}

/// Empties the names of organisations that a viewer may not see.
pub(crate) async fn unnamed(store: &Store, viewer: &Viewer, names: Vec<&mut String>) -> Result<(), Failure> {
    let place = |name: &str| Place::of(Kind::Organisation, name);
    let named: Vec<Place> = names.iter().filter(|name| Slug::is(name)).map(|name| place(name)).collect();
    let seen = things::among(store, viewer, &named).await?;
    let there = things::among(store, &Viewer::everything(Reason::Hiding), &named).await?;
    for name in names {
        if there.contains(&place(name)) && !seen.contains(&place(name)) {
            name.clear();
        }
    }
    Ok(())
}

/// Recommendations that may still name organisations which the viewer may not see; only [`found`] opens it.
pub(crate) struct Naming(Vec<RecommendationListed>);

/// Recommendations with what they have of their own and the seminars that made them.
fn listed(viewer: &Viewer, reading: Reading, look: &Look<'_>) -> impl Ask<Answer = Naming> + use<> {
    let details = details(&things::shown(viewer, look));
    seminars::at_home(viewer, reading, look, details).then(|recommendations| Ok(Naming(recommendations)))
}

/// The same without the names of organisations that may not be seen: they are not named by their slugs either.
pub(crate) async fn found(
    store: &Store,
    viewer: &Viewer,
    Naming(mut recommendations): Naming,
) -> Result<Vec<RecommendationListed>, Failure> {
    let progress = recommendations.iter_mut().flat_map(|listed| &mut listed.details.progress);
    unnamed(store, viewer, progress.map(|entry| &mut entry.by).collect()).await?;
    Ok(recommendations)
}

/// What some recommendations have of their own.
pub(crate) fn details(recommendations: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    let rows = Question::whole(entity::Entity, recommendations.hold(entity::Column::ThingId));
    let progress = Question::whole(entity::progress::Entity, recommendations.hold(entity::progress::Column::ThingId));
    (rows, progress).then(|(rows, mut progress)| {
        progress.sort_by_key(|entry| entry.position);
        let details = |row: entity::Model| {
            let progress = progress.iter().filter(|entry| entry.thing_id == row.thing_id).cloned().collect();
            Ok((row.thing_id, Details::of(row, progress)?))
        };
        rows.into_iter().map(details).collect()
    })
}
