//! The door of a seminar: open while an organiser holds it open.

use super::{Code, entity::door};
use crate::{
    accounts::{Outcome, Refusal},
    changes,
    gate::Viewer,
    roles::{Act, Part},
    store::{Failure, Store},
    things::{self, Listed},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde_json::{Value, json};

/// A door that nobody closes is closed after so many hours: a day of a seminar.
const OPEN: SignedDuration = SignedDuration::from_hours(12);

/// A door, as its organisers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// What is typed to come in.
    pub code: Code,
    /// Until when it is open, unless it is closed before.
    pub until: Timestamp,
}

/// The door of a seminar while it is open; none for those who do not hold it.
///
/// # Errors
/// When the store does not answer.
pub async fn door(store: &Store, viewer: &Viewer, seminar: &Listed, now: Timestamp) -> Result<Option<Door>, Failure> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(None);
    }
    let found = door::Entity::find_by_id(seminar.id.id()).one(store.read()).await?;
    let Some(found) = found.filter(|found| found.open_until > now.as_millisecond()) else { return Ok(None) };
    let until = Timestamp::from_millisecond(found.open_until).map_err(|_| Failure::odd("door.open_until"))?;
    Ok(Some(Door { code: Code::stored(found.code), until }))
}

/// Opens it, or holds it open for longer: the code stays while the door is open, and is another one after it was closed.
///
/// # Errors
/// [`Refusal::Forbidden`]; [`Refusal::Hidden`] where a participant without an account would not see the seminar.
pub async fn open(store: &Store, viewer: &Viewer, seminar: &Listed, now: Timestamp) -> Outcome<Door> {
    let code = door(store, viewer, seminar, now).await?.map_or_else(Code::of_a_door, |open| open.code);
    held(store, viewer, seminar, (code, "open door"), now).await
}

/// Opens it under another code: who has seen the one of before does not come in by it any more. Who is in stays.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::Hidden`].
pub async fn change(store: &Store, viewer: &Viewer, seminar: &Listed, now: Timestamp) -> Outcome<Door> {
    held(store, viewer, seminar, (Code::of_a_door(), "change code"), now).await
}

async fn held(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (code, act): (Code, &str),
    now: Timestamp,
) -> Outcome<Door> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let id = seminar.id.id();
    if !things::is_seen(store, &Viewer::seated(id, Part::Participant), id).await? {
        return Ok(Err(Refusal::Hidden));
    }
    let until = now.saturating_add(OPEN).unwrap_or(now);
    let row = door::ActiveModel {
        seminar_id: Set(id),
        code: Set(code.as_str().to_owned()),
        open_until: Set(until.as_millisecond()),
    };
    let again = OnConflict::column(door::Column::SeminarId)
        .update_columns([door::Column::Code, door::Column::OpenUntil])
        .to_owned();
    let transaction = changes::begin(store).await?;
    door::Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
    changes::audit(
        &transaction,
        now,
        &viewer.actor(),
        act,
        &super::list::subject(seminar),
        json!({ "after": { "until": until.to_string() } }),
    )
    .await?;
    transaction.commit().await?;
    Ok(Ok(Door { code, until }))
}

/// Closes it.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn close(store: &Store, viewer: &Viewer, seminar: &Listed, now: Timestamp) -> Outcome<()> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let transaction = changes::begin(store).await?;
    door::Entity::delete_by_id(seminar.id.id()).exec(&transaction).await?;
    changes::audit(&transaction, now, &viewer.actor(), "close door", &super::list::subject(seminar), Value::Null)
        .await?;
    transaction.commit().await?;
    Ok(Ok(()))
}
