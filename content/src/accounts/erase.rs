//! What is kept about somebody, and how it goes.

use super::{
    Outcome, Refusal, Tries,
    entity::{self, link, sign_in},
    granted, manage, password, store,
};
use crate::{
    authors, boards,
    changes::{self, Act as Happened, said_of},
    gate::{Viewer, Who},
    retention,
    roles::Platform,
    seats::entity as seat,
    store::{Failure, Store},
    things::Kind,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// All that is kept about who asks, for them to take along; none where nobody is signed in to an account. Hashes of
/// passwords and sessions are not theirs to use and are not among it.
///
/// # Errors
/// When the store does not answer.
pub async fn your_data(store: &Store, viewer: &Viewer) -> Result<Option<Value>, Failure> {
    let Some(id) = viewer.account() else { return Ok(None) };
    let Some(account) = entity::Entity::find_by_id(id).one(store.read()).await? else { return Ok(None) };
    let when = |milliseconds: i64| Timestamp::from_millisecond(milliseconds).map(|at| at.to_string()).ok();
    let sign_ins = sign_in::Entity::find().filter(sign_in::Column::AccountId.eq(id)).all(store.read()).await?;
    let seats = seat::Entity::find().filter(seat::Column::AccountId.eq(id)).order_by_asc(seat::Column::Id);
    let seats = seats.all(store.read()).await?;
    let mut subjects = vec![store::actor(id)];
    subjects.extend(seats.iter().map(|seat| Who::Seat(seat.id).to_string()));
    subjects.extend(known_as(store.read(), &subjects[0]).await?);
    let audit = said_of(store.read(), &subjects).await?;
    let writes = authors::theirs(store.read(), id).await?;
    let cards = boards::theirs(store.read(), id).await?;
    let votes = boards::votes_of(store.read(), id).await?;
    Ok(Some(json!({
        "account": {
            "name": account.name, "address": account.address, "role": account.platform,
            "since": when(account.created_at), "used": when(account.used_at), "has_password": account.password.is_some(),
        },
        "signed_in": sign_ins.iter().map(|one| json!({
            "device": one.device, "since": when(one.created_at), "seen": when(one.seen_at), "until": when(one.expires_at),
        })).collect::<Vec<_>>(),
        "seats": seats.iter().map(|seat| json!({
            "name": seat.name, "role": seat.part, "delegation": seat.delegation, "since": when(seat.created_at),
        })).collect::<Vec<_>>(),
        "writes": writes,
        "cards": cards,
        "votes": votes,
        "audit": audit.iter().map(|entry| json!({
            "at": entry.at.to_string(), "by": entry.actor, "act": entry.act, "of": entry.subject, "says": entry.says,
        })).collect::<Vec<_>>(),
    })))
}

/// As what else the audit speaks of an account: the seats that it had, and the invitations that it took.
pub(crate) async fn known_as<C: ConnectionTrait>(db: &C, actor: &str) -> Result<Vec<String>, Failure> {
    let mut known = Vec::new();
    for entry in said_of(db, &[actor.to_owned()]).await?.into_iter().filter(|entry| entry.actor == actor) {
        let after = entry.says.get("after");
        let seat = after.and_then(|after| after.get("seat")).and_then(Value::as_i64);
        known.extend(seat.map(|seat| Who::Seat(seat).to_string()));
        let invitation = after.and_then(|after| after.get("invitation")).and_then(Value::as_str);
        known.extend(invitation.map(str::to_owned));
        known.extend((entry.act == "join").then_some(entry.subject));
    }
    Ok(known)
}

/// Deletes the account of who asks ([`erase`]).
///
/// # Errors
/// [`Refusal::Forbidden`] when nobody is signed in; [`Refusal::PasswordWrong`], [`Refusal::Wait`];
/// [`Refusal::LastAdministrator`].
pub async fn delete_yours(
    store: &Store,
    tries: &Tries,
    viewer: &Viewer,
    current: &SecretString,
    now: Timestamp,
) -> Outcome<()> {
    let Some(id) = viewer.account() else { return Ok(Err(Refusal::Forbidden)) };
    let actor = store::actor(id);
    let Some(account) = entity::Entity::find_by_id(id).one(store.read()).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    if account.password.is_some() {
        granted!(tries.own(&["own password", &actor], now));
        if !granted!(password::is(current, account.password.clone()).await?) {
            return Ok(Err(Refusal::PasswordWrong));
        }
        tries.own_was_right(&["own password", &actor]);
    }
    let transaction = changes::begin_publishing(store).await?;
    let changed = erase(&transaction, &account, &actor, now).await?;
    let was = account.platform == Platform::Administrator.code() && account.disabled_at.is_none();
    if was && manage::administrators(&transaction).await? == 0 {
        return Ok(Err(Refusal::LastAdministrator));
    }
    if !changed.is_empty() {
        changes::write(&transaction, now, &changed).await?;
    }
    transaction.commit().await?;
    if !changed.is_empty() {
        store.announce();
    }
    retention::settled(store).await;
    Ok(Ok(()))
}

/// Deletes an account. What is personal goes: name, address, sessions, links to it, drafts that nobody else writes, and
/// what the audit says. Its seats stay without a name, and so do the entries of the audit, under numbers. What changed,
/// for the change log.
pub(crate) async fn erase<C: ConnectionTrait>(
    db: &C,
    account: &entity::Model,
    by: &str,
    now: Timestamp,
) -> Result<Vec<(i64, Kind, Happened)>, Failure> {
    let who = Who::Account(account.id);
    let actor = who.to_string();
    let seats = seat::Entity::find().filter(seat::Column::AccountId.eq(account.id)).all(db).await?;
    let mut subjects = vec![actor.clone()];
    subjects.extend(seats.iter().map(|seat| Who::Seat(seat.id).to_string()));
    subjects.extend(known_as(db, &actor).await?);
    let nameless = seat::ActiveModel { name: Set(String::new()), folded: Set(String::new()), ..Default::default() };
    seat::Entity::update_many().set(nameless).filter(seat::Column::AccountId.eq(account.id)).exec(db).await?;
    let mut theirs = Condition::any().add(link::Column::AccountId.eq(account.id));
    // Those that they had before, too, as far as the audit still says.
    let noted = said_of(db, std::slice::from_ref(&actor)).await?.into_iter();
    let own = noted.filter(|entry| entry.subject == actor && entry.act == "change address");
    let before = own.filter_map(|entry| entry.says.get("before")?.get("address")?.as_str().map(str::to_owned));
    let addresses: BTreeSet<String> = before.chain(account.address.clone()).collect();
    theirs = theirs.add(link::Column::Address.is_in(addresses.iter().cloned()));
    link::Entity::delete_many().filter(theirs).exec(db).await?;
    let changed = authors::leave(db, account.id, now).await?;
    entity::Entity::delete_by_id(account.id).exec(db).await?;
    manage::withdrawn(db, &actor, None).await?;
    changes::erase(db, &subjects, None).await?;
    for address in &addresses {
        changes::erase(db, &[], Some(address)).await?;
    }
    changes::audit(db, now, by, "delete account", &actor, Value::Null).await?;
    retention::note(db, who, account.created_at, now).await?;
    for seat in seats {
        // A backup may be of before they had an account: then they were a guest.
        retention::note(db, Who::Seat(seat.id), seat.created_at, now).await?;
    }
    Ok(changed)
}

/// After something was erased: what was deleted is overwritten in the file (`secure_delete`); the log beside it is emptied,
/// too.
pub(crate) async fn overwritten(store: &Store) -> Result<(), Failure> {
    if store.write().get_database_backend() == DbBackend::Sqlite {
        store.write().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    }
    Ok(())
}
