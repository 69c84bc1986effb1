//! Questions about recommendations.

use super::{Details, entity};
use crate::{
    gate::{Reason, Viewer},
    seminars::{self, Contents},
    store::{Failure, Store},
    texts::{self, Reading, Text},
    things::{self, Along, Kind, Listed, Look, Place, Seen},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// The length of a country's code; what is longer is the slug of an organisation.
const COUNTRY: usize = 2;

/// A recommendation as lists show it.
#[derive(Clone, Debug)]
pub struct RecommendationListed {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: Details,
    /// The seminar that made it.
    pub seminar: Option<Listed>,
}

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
    let look =
        Look { kinds: &[Kind::Recommendation], examples_last: true, page: Some((most, after)), ..Look::default() };
    let listed = things::list(store, viewer, reading, &look).await?;
    with_details(store, viewer, reading, listed).await
}

/// How many there are.
///
/// # Errors
/// When the store does not answer.
pub async fn count(store: &Store, viewer: &Viewer) -> Result<u64, Failure> {
    things::count(store, viewer, &Look { kinds: &[Kind::Recommendation], ..Look::default() }).await
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
    let listed = contents.of(Kind::Recommendation).cloned().collect();
    with_details(store, viewer, reading, listed).await
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
    let listed = things::list(store, viewer, reading, &look).await?;
    let Some(recommendation) = with_details(store, viewer, reading, listed).await?.pop() else { return Ok(None) };
    let Some(text) = texts::one(store, viewer, &recommendation.listed, reading).await? else { return Ok(None) };
    let mut ids = things::related(store, recommendation.listed.id, "answers", Along::To).await?;
    ids.extend(recommendation.listed.parent);
    let kinds = [Kind::Challenge, Kind::Session];
    let around =
        things::list(store, viewer, reading, &Look { kinds: &kinds, ids: Some(ids), ..Look::default() }).await?;
    let (sessions, answers): (Vec<Listed>, Vec<Listed>) =
        around.into_iter().partition(|thing| thing.place.kind == Kind::Session);
    let named = recommendation.details.progress.iter().map(|entry| entry.by.clone());
    let named: Vec<String> = named.filter(|by| by.len() > COUNTRY).collect();
    let look = Look { kinds: &[Kind::Organisation], slugs: Some(named), ..Look::default() };
    let organisations = things::list(store, viewer, reading, &look).await?;
    Ok(Some(RecommendationPage { recommendation, text, session: sessions.into_iter().next(), answers, organisations }))
}

/// Empties the names of organisations that a viewer may not see.
pub(crate) async fn unnamed(store: &Store, viewer: &Viewer, names: Vec<&mut String>) -> Result<(), Failure> {
    let place = |name: &str| Place::of(Kind::Organisation, name);
    let named: Vec<Place> = names.iter().filter(|name| name.len() > COUNTRY).map(|name| place(name)).collect();
    let seen = things::among(store, viewer, &named).await?;
    let there = things::among(store, &Viewer::everything(Reason::Hiding), &named).await?;
    for name in names {
        if there.contains(&place(name)) && !seen.contains(&place(name)) {
            name.clear();
        }
    }
    Ok(())
}

async fn with_details(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    listed: Vec<Listed>,
) -> Result<Vec<RecommendationListed>, Failure> {
    let ids: Vec<i64> = listed.iter().map(|thing| thing.id.id()).collect();
    let rows =
        entity::Entity::find().filter(entity::Column::ThingId.is_in(ids.iter().copied())).all(store.read()).await?;
    let progress = entity::progress::Entity::find()
        .filter(entity::progress::Column::ThingId.is_in(ids))
        .order_by_asc(entity::progress::Column::Position)
        .all(store.read())
        .await?;
    let homes = seminars::homes(store, viewer, reading, &listed).await?;
    // An organisation that may not be seen is not named by its slug either.
    let mut progress = progress;
    unnamed(store, viewer, progress.iter_mut().map(|entry| &mut entry.by).collect()).await?;
    let recommendation = |listed: Listed| {
        let row = rows.iter().find(|row| row.thing_id == listed.id.id())?.clone();
        let progress = progress.iter().filter(|entry| entry.thing_id == listed.id.id()).cloned().collect();
        Some(Details::of(row, progress).map(|details| {
            let seminar = seminars::home(&homes, &listed);
            RecommendationListed { seminar, details, listed }
        }))
    };
    listed.into_iter().filter_map(recommendation).collect()
}

pub(crate) async fn details(store: &Store, recommendation: Seen) -> Result<Option<Details>, Failure> {
    let Some(row) = entity::Entity::find_by_id(recommendation.id()).one(store.read()).await? else { return Ok(None) };
    let progress = entity::progress::Entity::find()
        .filter(entity::progress::Column::ThingId.eq(recommendation.id()))
        .order_by_asc(entity::progress::Column::Position)
        .all(store.read())
        .await?;
    Details::of(row, progress).map(Some)
}
