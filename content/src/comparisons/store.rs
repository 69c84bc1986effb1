//! Questions about comparisons.

use super::{Details, Topic, entity};
use crate::{
    gate::Viewer,
    seminars::{self, Contents},
    store::{Ask, Failure, Question, Store},
    texts::Reading,
    things::{self, Ids, Kind, Listed, Shown},
};
use sea_orm::sea_query::Query;

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
    let questions = seminars::holding(viewer, reading, seminar, |seminar| {
        let inside = |kinds| seminars::within(seminar, kinds);
        let comparison = things::shown(viewer, &inside(&[Kind::Comparison]));
        (things::listing(viewer, reading, &inside(&seminars::INSIDE)), details(&comparison))
    });
    let Some((contents, details)) = store.ask(questions).await? else { return Ok(None) };
    let Some(comparison) = contents.of(Kind::Comparison).next().cloned() else { return Ok(None) };
    Ok(Some(ComparisonPage { contents, comparison, details }))
}

/// What a comparison has of its own.
pub(crate) fn details(comparison: &Shown) -> impl Ask<Answer = Details> + use<> {
    use entity::{cell, topic};
    let of_topics = Query::select()
        .column(topic::Column::Id)
        .from(topic::Entity)
        .and_where(comparison.hold(topic::Column::ThingId))
        .to_owned();
    let topics = Question::whole(topic::Entity, comparison.hold(topic::Column::ThingId));
    let cells = Question::whole(cell::Entity, Ids::from(of_topics).hold(cell::Column::TopicId));
    (topics, cells).then(|(mut topics, mut cells)| {
        topics.sort_by_key(|topic| topic.position);
        cells.sort_by_key(|cell| cell.position);
        let topic = |row: topic::Model| {
            let cells = cells.iter().filter(|cell| cell.topic_id == row.id).cloned().collect();
            Topic::of(row, cells)
        };
        Ok(Details { topics: topics.into_iter().map(topic).collect::<Result<_, Failure>>()? })
    })
}
