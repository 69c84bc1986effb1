//! Questions about comparisons.

use super::{Details, Topic, entity};
use crate::{
    gate::Viewer,
    seminars::{self, Contents},
    store::{Failure, Store},
    texts::Reading,
    things::{Kind, Listed, Seen},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A comparison's page.
#[derive(Clone, Debug)]
pub struct ComparisonPage {
    /// Its seminar and what lies in it.
    pub contents: Contents,
    /// The comparison.
    pub comparison: Listed,
    /// Its topics and cells.
    pub details: Details,
}

/// The comparison of a seminar.
///
/// # Errors
/// When the store does not answer.
pub async fn comparison(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &str,
) -> Result<Option<ComparisonPage>, Failure> {
    let Some(contents) = seminars::contents(store, viewer, reading, seminar).await? else { return Ok(None) };
    let Some(comparison) = contents.of(Kind::Comparison).next().cloned() else { return Ok(None) };
    let details = details(store, comparison.id).await?;
    Ok(Some(ComparisonPage { contents, comparison, details }))
}

pub(crate) async fn details(store: &Store, comparison: Seen) -> Result<Details, Failure> {
    let topics = entity::topic::Entity::find()
        .filter(entity::topic::Column::ThingId.eq(comparison.id()))
        .order_by_asc(entity::topic::Column::Position)
        .all(store.read())
        .await?;
    let ids = topics.iter().map(|topic| topic.id);
    let cells = entity::cell::Entity::find()
        .filter(entity::cell::Column::TopicId.is_in(ids))
        .order_by_asc(entity::cell::Column::Position)
        .all(store.read())
        .await?;
    let topic = |row: entity::topic::Model| {
        let cells = cells.iter().filter(|cell| cell.topic_id == row.id).cloned().collect();
        Topic::of(row, cells)
    };
    Ok(Details { topics: topics.into_iter().map(topic).collect::<Result<_, Failure>>()? })
}
