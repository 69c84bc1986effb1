//! What those do who look after accounts.

use super::{
    Address, Name, Outcome, Refusal, Token,
    entity::{self, device, link, sign_in},
    granted, store,
};
use crate::{
    changes,
    gate::{Viewer, Who},
    roles::{Act, Part, Platform},
    seats::entity as seat,
    store::{Failure, Store},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::ExprTrait,
};
use serde_json::json;

/// Makes an account without a password: its owner comes in with a link.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::AddressTaken`], what is wrong with the name or the address.
pub async fn make(
    store: &Store,
    viewer: &Viewer,
    (name, address): (&str, &str),
    platform: Platform,
    now: Timestamp,
) -> Outcome<i64> {
    if !viewer.may(Act::ManageAccounts) {
        return Ok(Err(Refusal::Forbidden));
    }
    let name = granted!(Name::read(name));
    let address = granted!(Address::read(address).ok_or(Refusal::AddressOdd));
    let transaction = changes::begin(store).await?;
    let row = store::new(&name, Some(&address), platform, None, now);
    let made = entity::Entity::insert(row).exec_with_returning(&transaction).await;
    let account = granted!(store::free(made)?).id;
    changes::audit(
        &transaction,
        now,
        &viewer.actor(),
        "make account",
        &store::actor(account),
        json!({ "after": { "name": name.as_str(), "address": address.as_str(), "role": platform.code() } }),
    )
    .await?;
    transaction.commit().await?;
    Ok(Ok(account))
}

/// Says what somebody is on the platform.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::LastAdministrator`].
pub async fn set_platform(
    store: &Store,
    viewer: &Viewer,
    account: i64,
    platform: Platform,
    now: Timestamp,
) -> Outcome<()> {
    let change = entity::ActiveModel { platform: Set(platform.code().to_owned()), ..Default::default() };
    changed(store, viewer, account, ("set role", platform == Platform::Administrator), change, now).await
}

/// Ends somebody's access: they are signed out everywhere, and links to them and by them are gone.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::LastAdministrator`].
pub async fn disable(store: &Store, viewer: &Viewer, account: i64, now: Timestamp) -> Outcome<()> {
    let change = entity::ActiveModel {
        disabled_at: Set(Some(now.as_millisecond())),
        stamp: Set(Token::new().reveal().to_owned()),
        ..Default::default()
    };
    changed(store, viewer, account, ("disable account", false), change, now).await
}

/// Gives it back. They sign in again.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn enable(store: &Store, viewer: &Viewer, account: i64, now: Timestamp) -> Outcome<()> {
    let change = entity::ActiveModel { disabled_at: Set(None), ..Default::default() };
    changed(store, viewer, account, ("enable account", true), change, now).await
}

/// `stays`: whoever is an administrator is one afterwards.
async fn changed(
    store: &Store,
    viewer: &Viewer,
    account: i64,
    (act, stays): (&str, bool),
    change: entity::ActiveModel,
    now: Timestamp,
) -> Outcome<()> {
    if !viewer.may(Act::ManageAccounts) {
        return Ok(Err(Refusal::Forbidden));
    }
    let transaction = changes::begin(store).await?;
    let Some(before) = entity::Entity::find_by_id(account).one(&transaction).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    let disables = matches!(&change.disabled_at, Set(Some(_)));
    let after = entity::Entity::find_by_id(account);
    let told = |row: &entity::Model| json!({ "role": row.platform, "access": row.disabled_at.is_none() });
    let change = entity::ActiveModel { id: Set(account), ..change };
    entity::Entity::update(change).exec(&transaction).await?;
    let Some(after) = after.one(&transaction).await? else { return Ok(Err(Refusal::Forbidden)) };
    let says = json!({ "before": told(&before), "after": told(&after) });
    let was = before.platform == Platform::Administrator.code() && before.disabled_at.is_none();
    if was && !stays && administrators(&transaction).await? == 0 {
        return Ok(Err(Refusal::LastAdministrator));
    }
    if disables {
        ended(&transaction, account, "").await?;
    }
    if disables || (was && !stays) {
        withdrawn(&transaction, &store::actor(account), None).await?;
    }
    changes::audit(&transaction, now, &viewer.actor(), act, &store::actor(account), says).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

pub(super) async fn administrators<C: ConnectionTrait>(db: &C) -> Result<u64, Failure> {
    let all = entity::Entity::find()
        .filter(entity::Column::Platform.eq(Platform::Administrator.code()))
        .filter(entity::Column::DisabledAt.is_null());
    Ok(all.count(db).await?)
}

/// Takes back the links that somebody made who may make none any more: all, or those to one seminar.
pub(super) async fn withdrawn<C: ConnectionTrait>(db: &C, made_by: &str, seminar: Option<i64>) -> Result<(), Failure> {
    let mut theirs = link::Entity::delete_many().filter(link::Column::MadeBy.eq(made_by));
    if let Some(seminar) = seminar {
        theirs = theirs.filter(link::Column::SeminarId.eq(seminar));
    }
    theirs.exec(db).await?;
    Ok(())
}

/// Takes back the links to a seminar that somebody made on a seat who loses this part: where they could make them by it,
/// and cannot all the same.
pub(crate) async fn part_lost<C: ConnectionTrait>(db: &C, seat: &seat::Model) -> Result<(), Failure> {
    let part: Part = seat.part.parse().map_err(|()| Failure::odd("seat.part"))?;
    let account = match seat.account_id {
        Some(account) => entity::Entity::find_by_id(account).one(db).await?,
        None => None,
    };
    let platform = account.and_then(|account| account.platform.parse::<Platform>().ok());
    if part.may(Act::GiveParts) && !platform.is_some_and(|platform| platform.may(Act::GiveParts)) {
        let who = seat.account_id.map_or(Who::Seat(seat.id), Who::Account);
        withdrawn(db, &who.to_string(), Some(seat.seminar_id)).await?;
    }
    Ok(())
}

/// Ends the sessions of a seat, and the links by which it is claimed.
pub(crate) async fn end_of_seat<C: ConnectionTrait>(db: &C, seat: i64) -> Result<(), Failure> {
    sign_in::Entity::delete_many().filter(sign_in::Column::SeatId.eq(seat)).exec(db).await?;
    link::Entity::delete_many().filter(link::Column::SeatId.eq(seat)).exec(db).await?;
    Ok(())
}

/// Ends what lets somebody into an account: its sessions but the one whose key is `here`, the browsers that are known, the
/// links that wait.
pub(super) async fn ended<C: ConnectionTrait>(db: &C, account: i64, here: &str) -> Result<(), Failure> {
    sign_in::Entity::delete_many()
        .filter(sign_in::Column::AccountId.eq(account))
        .filter(sign_in::Column::Key.ne(here))
        .filter(sign_in::Column::Former.is_null().or(sign_in::Column::Former.ne(here)))
        .exec(db)
        .await?;
    device::Entity::delete_many().filter(device::Column::AccountId.eq(account)).exec(db).await?;
    link::Entity::delete_many().filter(link::Column::AccountId.eq(account)).exec(db).await?;
    Ok(())
}
