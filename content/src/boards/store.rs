//! Questions about boards.

use super::{Details, entity};
use crate::{
    store::{Ask, Question},
    things::Shown,
};

/// How some boards work.
pub(crate) fn details(boards: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    Question::whole(entity::Entity, boards.hold(entity::Column::ThingId))
        .then(|rows| rows.into_iter().map(|row| Ok((row.thing_id, row.try_into()?))).collect())
}
