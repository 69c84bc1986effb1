//! Questions about challenges.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    seminars,
    store::{Failure, Store},
    texts::{self, Reading, Text},
    things::{self, Along, Kind, Listed, Look, Seen},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A challenge as lists show it.
#[derive(Clone, Debug)]
pub struct ChallengeListed {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: Details,
    /// The seminar that named it.
    pub seminar: Option<Listed>,
    /// How many practices answer it, as far as the viewer may see them.
    pub answers: usize,
}

/// A challenge's page.
#[derive(Clone, Debug)]
pub struct ChallengePage {
    /// The challenge.
    pub challenge: ChallengeListed,
    /// What it says.
    pub text: Text,
    /// The session that named it.
    pub session: Option<Listed>,
    /// The practices that answer it.
    pub practices: Vec<Listed>,
    /// The recommendations that answer it.
    pub recommendations: Vec<Listed>,
}

/// Challenges, the last changed first: at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> Result<Vec<ChallengeListed>, Failure> {
    let look = Look { kinds: &[Kind::Challenge], examples_last: true, page: Some((most, after)), ..Look::default() };
    let listed = things::list(store, viewer, reading, &look).await?;
    with_details(store, viewer, reading, listed).await
}

/// How many there are.
///
/// # Errors
/// When the store does not answer.
pub async fn count(store: &Store, viewer: &Viewer) -> Result<u64, Failure> {
    things::count(store, viewer, &Look { kinds: &[Kind::Challenge], ..Look::default() }).await
}

/// A challenge's page.
///
/// # Errors
/// When the store does not answer.
pub async fn challenge(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<ChallengePage>, Failure> {
    let look = Look { kinds: &[Kind::Challenge], slug: Some(slug), ..Look::default() };
    let listed = things::list(store, viewer, reading, &look).await?;
    let Some(challenge) = with_details(store, viewer, reading, listed).await?.pop() else { return Ok(None) };
    let Some(text) = texts::one(store, viewer, &challenge.listed, reading).await? else { return Ok(None) };
    let mut ids = things::related(store, challenge.listed.id, "answers", Along::From).await?;
    ids.extend(challenge.listed.parent);
    let kinds = [Kind::Practice, Kind::Recommendation, Kind::Session];
    let around =
        things::list(store, viewer, reading, &Look { kinds: &kinds, ids: Some(ids), ..Look::default() }).await?;
    let of = |kind| around.iter().filter(move |thing| thing.place.kind == kind).cloned();
    Ok(Some(ChallengePage {
        session: of(Kind::Session).next(),
        practices: of(Kind::Practice).collect(),
        recommendations: of(Kind::Recommendation).collect(),
        challenge,
        text,
    }))
}

async fn with_details(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    listed: Vec<Listed>,
) -> Result<Vec<ChallengeListed>, Failure> {
    let ids: Vec<i64> = listed.iter().map(|thing| thing.id.id()).collect();
    let rows =
        entity::Entity::find().filter(entity::Column::ThingId.is_in(ids.iter().copied())).all(store.read()).await?;
    let homes = seminars::homes(store, viewer, reading, &listed).await?;
    let answers = things::spoken_of(store, viewer, &ids, "answers", Kind::Practice).await?;
    let challenge = |listed: Listed| {
        let details = rows.iter().find(|row| row.thing_id == listed.id.id())?.clone().into();
        let answers = answers.iter().filter(|id| **id == listed.id.id()).count();
        Some(ChallengeListed { seminar: seminars::home(&homes, &listed), details, answers, listed })
    };
    Ok(listed.into_iter().filter_map(challenge).collect())
}

pub(crate) async fn details(store: &Store, challenge: Seen) -> Result<Option<Details>, Failure> {
    Ok(entity::Entity::find_by_id(challenge.id()).one(store.read()).await?.map(Details::from))
}
