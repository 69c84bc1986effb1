//! Questions about boards.

use super::{
    Details,
    command::Phase,
    entity::{self, event},
    keep::event_of,
    log::Happened,
};
use crate::{
    store::{Ask, Failure, Question, Store},
    things::{Listed, Shown},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// How some boards work.
pub(crate) fn details(boards: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    Question::whole(entity::Entity, boards.hold(entity::Column::ThingId))
        .then(|rows| rows.into_iter().map(|row| Ok((row.thing_id, row.try_into()?))).collect())
}

/// How far the work on some boards has come, each in its place.
///
/// # Errors
/// When the store does not answer.
pub async fn phases(store: &Store, boards: impl IntoIterator<Item = &Listed>) -> Result<Vec<(Listed, Phase)>, Failure> {
    let boards: Vec<Listed> = boards.into_iter().cloned().collect();
    let moved = event::Entity::find()
        .filter(event::Column::BoardId.is_in(boards.iter().map(|board| board.id.id())))
        .filter(event::Column::Body.like(r#"%"is":"moved"%"#))
        .order_by_asc(event::Column::Number);
    let mut phases: HashMap<i64, Phase> = HashMap::new();
    for row in moved.all(store.read()).await? {
        let (board, event) = (row.board_id, event_of(row)?);
        if let Happened::Moved { phase, .. } = event.what.happened {
            phases.insert(board, phase);
        }
    }
    let phase = |board: &Listed| phases.get(&board.id.id()).copied().unwrap_or_default();
    Ok(boards.iter().map(|board| (board.clone(), phase(board))).collect())
}
