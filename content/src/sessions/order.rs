//! The places of sessions in their programme, as they are stored.

use super::{
    Details, entity,
    rules::{Known, ordered},
};
use crate::{
    store::Failure,
    things::{Kind, entity::thing},
};
use jiff::tz::TimeZone;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// What is known of when a session is.
pub(super) fn known(details: &Details, clock: &TimeZone) -> Known {
    let day = details.starts.map(|at| clock.to_datetime(at).date()).or(details.day);
    Known { day, starts: details.starts }
}

/// Puts the sessions of a seminar in the order of their times: those that have another place now.
pub(crate) async fn in_time<C: ConnectionTrait>(db: &C, seminar: i64, clock: &TimeZone) -> Result<Vec<i64>, Failure> {
    let rows = placed(db, seminar).await?;
    let mut details: HashMap<i64, Known> = HashMap::new();
    let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
    for part in ids.chunks(500) {
        let own = entity::Entity::find().filter(entity::Column::ThingId.is_in(part.iter().copied())).all(db).await?;
        for row in own {
            let id = row.thing_id;
            details.insert(id, known(&row.try_into()?, clock));
        }
    }
    let all: Vec<Known> =
        ids.iter().map(|id| details.get(id).copied().unwrap_or(Known { day: None, starts: None })).collect();
    let order = ordered(&all);
    if order.iter().enumerate().all(|(at, session)| at == *session) {
        return Ok(Vec::new());
    }
    let order: Vec<(i64, i32)> = order.into_iter().map(|session| rows[session]).collect();
    place_in(db, &order, rows.iter().map(|(_, place)| *place)).await
}

/// Has the sessions of a seminar stand as they stood `before` an import; what is new stands after what it follows there:
/// those that have another place now.
pub(crate) async fn stay_in_order<C: ConnectionTrait>(
    db: &C,
    seminar: i64,
    before: &[i64],
) -> Result<Vec<i64>, Failure> {
    let rows = placed(db, seminar).await?;
    let mut order: Vec<(i64, i32)> =
        before.iter().filter_map(|id| rows.iter().find(|(row, _)| row == id)).copied().collect();
    for (at, row) in rows.iter().enumerate().filter(|(_, (id, _))| !before.contains(id)) {
        let follows = at.checked_sub(1).map(|at| rows[at].0);
        let place = order.iter().position(|(id, _)| Some(*id) == follows).map_or(0, |place| place + 1);
        order.insert(place, *row);
    }
    place_in(db, &order, 1..).await
}

/// The sessions of a seminar with their places, in their order.
async fn placed<C: ConnectionTrait>(db: &C, seminar: i64) -> Result<Vec<(i64, i32)>, Failure> {
    let rows = thing::Entity::find()
        .select_only()
        .columns([thing::Column::Id, thing::Column::Position])
        .filter(thing::Column::SeminarId.eq(seminar))
        .filter(thing::Column::Kind.eq(Kind::Session.code()))
        .order_by_asc(thing::Column::Position)
        .order_by_asc(thing::Column::Id);
    Ok(rows.into_tuple().all(db).await?)
}

/// Gives sessions, which have a place, the places in which they are to stand: no two the same.
async fn place_in<C: ConnectionTrait>(
    db: &C,
    order: &[(i64, i32)],
    places: impl Iterator<Item = i32>,
) -> Result<Vec<i64>, Failure> {
    let (mut moved, mut place) = (Vec::new(), i32::MIN);
    for ((id, stands), wish) in order.iter().zip(places) {
        place = wish.max(place.saturating_add(1));
        if *stands != place {
            let row = thing::ActiveModel { id: Set(*id), position: Set(place), ..Default::default() };
            thing::Entity::update(row).exec(db).await?;
            moved.push(*id);
        }
    }
    Ok(moved)
}
