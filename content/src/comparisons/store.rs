//! Questions about comparisons.

use super::{Details, Topic, entity};
use crate::{
    gate::Viewer,
    seminars::{self, Contents},
    store::{Ask, Failure, Question, Store},
    texts::Reading,
    things::{self, Ids, Kind, Listed, Look, Shown},
};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

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
    let look = Look { kinds: &[Kind::Comparison], seminar: Some(seminar), ..Look::default() };
    let questions = (seminars::inside(viewer, reading, seminar), details(&things::shown(viewer, &look)));
    let (Some(contents), details) = store.ask(questions).await? else { return Ok(None) };
    let Some(comparison) = contents.of(Kind::Comparison).next().cloned() else { return Ok(None) };
    Ok(Some(ComparisonPage { contents, comparison, details }))
}

/// What a comparison has of its own.
pub(crate) fn details(comparison: &Shown) -> impl Ask<Answer = Details> + use<> {
    let topics = entity::topic::Entity::find()
        .filter(comparison.hold(entity::topic::Column::ThingId))
        .order_by_asc(entity::topic::Column::Position);
    let ids = Ids::from(topics.clone().select_only().column(entity::topic::Column::Id).into_query());
    let cells = entity::cell::Entity::find()
        .filter(ids.hold(entity::cell::Column::TopicId))
        .order_by_asc(entity::cell::Column::Position);
    (Question::from(topics), Question::from(cells)).then(|(topics, cells)| {
        let topic = |row: entity::topic::Model| {
            let cells = cells.iter().filter(|cell| cell.topic_id == row.id).cloned().collect();
            Topic::of(row, cells)
        };
        Ok(Details { topics: topics.into_iter().map(topic).collect::<Result<_, Failure>>()? })
    })
}
