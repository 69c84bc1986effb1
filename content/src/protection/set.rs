//! Setting it.

use super::{
    entity::{self, release},
    held::{Held, Moment, Release},
    release::Ends,
};
use crate::{
    accounts::{Outcome, Refusal, granted},
    changes::{self, Act as Happened},
    gate::{Viewer, settled},
    roles::{Act, Part},
    seats::entity::door,
    sessions::entity as session,
    store::{Failure, Store},
    things::{self, Kind, Listed, Look, entity::thing},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::{Value, json};

/// Says who may see a thing, besides what it lies in, from now on and from a moment on that is to come. `was` is what
/// whoever asks took it for: of two who change it at once, the second is told.
///
/// All that lies in it follows at once.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such thing; [`Refusal::Changed`]; [`Refusal::Passed`].
pub async fn set_visibility(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    of: (Kind, &str),
    (was, to): (Held, Held),
    now: Timestamp,
) -> Outcome<()> {
    let (transaction, row, set) = granted!(begun(store, viewer, seminar, of).await?);
    let held = held(&transaction, &row).await?;
    if held != was {
        return Ok(Err(Refusal::Changed));
    }
    if was == to {
        return Ok(Ok(()));
    }
    if let Some(release) = to.release {
        let comes = Ends::of(&transaction, &[&row]).await?.when(&row, release.moment());
        if comes.is_none_or(|comes| comes <= now) {
            return Ok(Err(Refusal::Passed));
        }
    }
    hold(&transaction, &row, set, to).await?;
    let says = json!({ "before": was.says(), "after": to.says() });
    ended(store, viewer, seminar, (transaction, row), ("set visibility", says), now).await
}

/// Has all materials of a session for which nothing is set wait until it is over: how many.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such session; [`Refusal::Passed`] where it is over.
pub async fn have_materials_wait(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    session: &str,
    now: Timestamp,
) -> Outcome<usize> {
    let (transaction, session, _) = granted!(begun(store, viewer, seminar, (Kind::Session, session)).await?);
    let over = Ends::of(&transaction, &[&session]).await?.when(&session, Moment::After);
    let Some(release) = Release::new(Moment::After, None).filter(|_| over.is_some_and(|over| over > now)) else {
        return Ok(Err(Refusal::Passed));
    };
    let open = thing::Entity::find()
        .filter(thing::Column::ParentId.eq(session.id))
        .filter(thing::Column::Kind.eq(Kind::Material.code()))
        .filter(thing::Column::Visibility.is_null());
    let mut waiting = 0;
    for row in open.all(&transaction).await? {
        let was = held(&transaction, &row).await?;
        if was != Held::default() {
            continue;
        }
        let set = entity::Entity::find_by_id(row.id).one(&transaction).await?;
        let set = set.unwrap_or_else(|| entity::Model { thing_id: row.id, ..Default::default() });
        let to = was.until(release);
        hold(&transaction, &row, set, to).await?;
        let says = json!({ "before": was.says(), "after": to.says() });
        let subject = subject(&seminar.place.slug, &row)?;
        changes::audit(&transaction, now, &viewer.actor(), "set visibility", &subject, says).await?;
        waiting += 1;
    }
    if waiting > 0 {
        let changed = settle(&transaction, seminar.id.id()).await?;
        changes::write(&transaction, now, &changed).await?;
        transaction.commit().await?;
        store.announce();
    }
    Ok(Ok(waiting))
}

/// What is set for a thing.
async fn held<C: ConnectionTrait>(db: &C, row: &thing::Model) -> Result<Held, Failure> {
    let release = release::Entity::find_by_id(row.id).one(db).await?;
    Ok(Held { own: row.set(), release: release.map(|release| release.release()).transpose()? })
}

/// Writes what is set for a thing, and that it was: it holds before what the files say.
pub(super) async fn hold<C: ConnectionTrait>(
    db: &C,
    row: &thing::Model,
    set: entity::Model,
    to: Held,
) -> Result<(), Failure> {
    let own = to.own.map(|own| own.code().to_owned());
    let filed_visibility = if set.visibility.is_some() { set.filed_visibility } else { row.visibility.clone() };
    let set = entity::Model { visibility: Some(own.clone().unwrap_or_default()), filed_visibility, ..set };
    set.save(db).await?;
    write_own(db, row.id, own).await?;
    release::put(db, row.id, to.release).await
}

/// Puts a session under the Chatham House rule, or no longer: what was said stays, and who said it is for the team alone.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such session; [`Refusal::Changed`] where it is so already.
pub async fn set_chatham_house(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    slug: &str,
    on: bool,
    now: Timestamp,
) -> Outcome<()> {
    let (transaction, row, set) = granted!(begun(store, viewer, seminar, (Kind::Session, slug)).await?);
    let Some(before) = session::Entity::find_by_id(row.id).one(&transaction).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    if before.chatham_house == on {
        return Ok(Err(Refusal::Changed));
    }
    let filed = if set.chatham_house.is_some() { set.filed_chatham_house } else { Some(before.chatham_house) };
    // Where the files say the same, they say it from now on.
    let (rule, filed) = if filed == Some(on) { (None, None) } else { (Some(on), filed) };
    let set = entity::Model { chatham_house: rule, filed_chatham_house: filed, ..set };
    set.save(&transaction).await?;
    write_rule(&transaction, row.id, on).await?;
    let says = json!({ "before": { "chatham_house": !on }, "after": { "chatham_house": on } });
    ended(store, viewer, seminar, (transaction, row), ("set Chatham House rule", says), now).await
}

/// Takes back who may see a thing: what the files say holds again. `was` is what whoever asks took it for.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such thing; [`Refusal::Changed`], also where nothing is set.
pub async fn as_filed(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    of: (Kind, &str),
    was: Held,
    now: Timestamp,
) -> Outcome<()> {
    let (transaction, row, set) = granted!(begun(store, viewer, seminar, of).await?);
    if set.visibility.is_none() || held(&transaction, &row).await? != was {
        return Ok(Err(Refusal::Changed));
    }
    let filed = set.filed_visibility.clone();
    write_own(&transaction, row.id, filed.clone()).await?;
    release::put(&transaction, row.id, None).await?;
    let says = json!({ "before": was.says(), "after": { "visibility": filed } });
    entity::Model { visibility: None, filed_visibility: None, ..set }.save(&transaction).await?;
    ended(store, viewer, seminar, (transaction, row), ("take visibility back", says), now).await
}

/// A transaction in which nobody else changes it, with the thing and what was set for it.
async fn begun(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (kind, slug): (Kind, &str),
) -> Outcome<(DatabaseTransaction, thing::Model, entity::Model)> {
    if !viewer.may_in(Act::SetVisibility, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let look = Look { kinds: &[kind], slug: Some(slug), ..Look::default() };
    let home = seminar.id.id();
    let found = things::rows(store, viewer, &look).await?.into_iter().map(|(seen, _)| seen.id());
    let found: Vec<i64> = found.collect();
    let transaction = changes::begin_publishing(store).await?;
    let rows = thing::Entity::find().filter(thing::Column::Id.is_in(found)).all(&transaction).await?;
    let row = rows.into_iter().find(|row| row.id == home || row.seminar_id == Some(home));
    let row = granted!(row.ok_or(Refusal::Forbidden));
    let set = entity::Entity::find_by_id(row.id).one(&transaction).await?;
    let set = set.unwrap_or_else(|| entity::Model { thing_id: row.id, ..Default::default() });
    Ok(Ok((transaction, row, set)))
}

async fn write_own<C: ConnectionTrait>(db: &C, thing: i64, visibility: Option<String>) -> Result<(), Failure> {
    let row = thing::ActiveModel { id: Set(thing), visibility: Set(visibility), ..Default::default() };
    thing::Entity::update(row).exec(db).await?;
    Ok(())
}

async fn write_rule<C: ConnectionTrait>(db: &C, thing: i64, on: bool) -> Result<(), Failure> {
    let row = session::ActiveModel { thing_id: Set(thing), chatham_house: Set(on), ..Default::default() };
    session::Entity::update(row).exec(db).await?;
    Ok(())
}

/// What follows from it, in the same transaction.
async fn ended(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (transaction, row): (DatabaseTransaction, thing::Model),
    (act, says): (&str, Value),
    now: Timestamp,
) -> Outcome<()> {
    let mut changed = settle(&transaction, seminar.id.id()).await?;
    if !changed.iter().any(|(id, ..)| *id == row.id) {
        changed.push((row.id, row.kind()?, Happened::Updated));
    }
    let subject = subject(&seminar.place.slug, &row)?;
    changes::audit(&transaction, now, &viewer.actor(), act, &subject, says).await?;
    changes::write(&transaction, now, &changed).await?;
    transaction.commit().await?;
    store.announce();
    Ok(Ok(()))
}

/// Has all of a seminar be for those for whom it should be: what changed.
pub(super) async fn settle<C: ConnectionTrait>(db: &C, seminar: i64) -> Result<Vec<(i64, Kind, Happened)>, Failure> {
    let changed = settled::settle(db, seminar).await?;
    // Nobody comes in by a door to a page that is not there for them.
    let itself = thing::Entity::find_by_id(seminar).one(db).await?;
    if !itself.is_some_and(|itself| Viewer::seated(seminar, Part::Participant).admitted_by(&itself.audience)) {
        door::Entity::delete_by_id(seminar).exec(db).await?;
    }
    Ok(changed)
}

/// What the audit calls a thing of a seminar, or the seminar.
pub(super) fn subject(seminar: &str, row: &thing::Model) -> Result<String, Failure> {
    Ok(match row.kind()? {
        Kind::Seminar => format!("seminar/{seminar}"),
        kind => format!("seminar/{seminar}/{}/{}", kind.code(), row.slug),
    })
}
