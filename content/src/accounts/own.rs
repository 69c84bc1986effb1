//! What somebody does with their own account.

use super::{
    Address, Client, Entered, Name, Outcome, Purpose, Refusal, Token, Tries,
    entity::{self, link, sign_in},
    granted,
    links::{issue, may_write, spend},
    manage::ended,
    password, store,
};
use crate::{
    changes,
    gate::{Viewer, Who},
    store::Store,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use serde_json::{Value, json};

/// Changes how they are called.
///
/// # Errors
/// [`Refusal::Forbidden`] when nobody is signed in; what is wrong with the name.
pub async fn rename(store: &Store, viewer: &Viewer, name: &str, now: Timestamp) -> Outcome<()> {
    let Some(account) = viewer.account() else { return Ok(Err(Refusal::Forbidden)) };
    let name = granted!(Name::read(name));
    let before = viewer.who().map(|somebody| somebody.name.as_str());
    let change = entity::ActiveModel { id: Set(account), name: Set(name.as_str().to_owned()), ..Default::default() };
    let actor = store::actor(account);
    let transaction = changes::begin(store).await?;
    let says = json!({ "before": { "name": before }, "after": { "name": name.as_str() } });
    entity::Entity::update(change).exec(&transaction).await?;
    changes::audit(&transaction, now, &actor, "change name", &actor, says).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Gives an address to an account that has none: whoever tried the platform first and stays.
///
/// # Errors
/// [`Refusal::Forbidden`] when nobody is signed in or there is one already; [`Refusal::AddressOdd`],
/// [`Refusal::AddressTaken`].
pub async fn set_address(store: &Store, viewer: &Viewer, address: &str, now: Timestamp) -> Outcome<()> {
    let Some(account) = viewer.account() else { return Ok(Err(Refusal::Forbidden)) };
    let address = granted!(Address::read(address).ok_or(Refusal::AddressOdd));
    let actor = store::actor(account);
    let transaction = changes::begin(store).await?;
    let set = entity::Entity::update_many()
        .set(entity::ActiveModel { address: Set(Some(address.as_str().to_owned())), ..Default::default() })
        .filter(entity::Column::Id.eq(account))
        .filter(entity::Column::Address.is_null())
        .exec(&transaction)
        .await;
    if granted!(store::free(set)?).rows_affected == 0 {
        return Ok(Err(Refusal::Forbidden));
    }
    changes::audit(
        &transaction,
        now,
        &actor,
        "set address",
        &actor,
        json!({ "after": { "address": address.as_str() } }),
    )
    .await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// A link by which an account is reached at another address from then on, to be sent to that address and nowhere else: whoever
/// opens it reads what is sent there. None where another account has the address; that is nobody's to know.
///
/// The password of now must be shown, unless a link has just opened the session (`proved`).
///
/// # Errors
/// [`Refusal::Forbidden`] when nobody is signed in; [`Refusal::AddressOdd`], [`Refusal::PasswordWrong`], [`Refusal::Wait`].
pub async fn to_change_address(
    store: &Store,
    (tries, client): (&Tries, Client<'_>),
    viewer: &Viewer,
    (current, address): (&SecretString, &str),
    proved: bool,
    now: Timestamp,
) -> Outcome<Option<(Address, Token)>> {
    let Some(id) = viewer.account() else { return Ok(Err(Refusal::Forbidden)) };
    let Some(account) = entity::Entity::find_by_id(id).one(store.read()).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    if Address::read(address).is_none() {
        return Ok(Err(Refusal::AddressOdd));
    }
    if account.password.is_some() && !proved {
        let actor = store::actor(id);
        granted!(tries.own(&["own password", &actor], now));
        if !granted!(password::is(current, account.password).await?) {
            return Ok(Err(Refusal::PasswordWrong));
        }
        tries.own_was_right(&["own password", &actor]);
    }
    let address = granted!(may_write(client, address, now));
    let transaction = changes::begin(store).await?;
    let taken = entity::Entity::find().filter(entity::Column::Address.eq(address.as_str()));
    let taken = taken.one(&transaction).await?.is_some();
    let row = link::ActiveModel {
        account_id: Set(Some(id)),
        name: Set(account.name),
        address: Set(Some(address.as_str().to_owned())),
        ..Default::default()
    };
    let token = issue(&transaction, viewer, (Purpose::Address, "ask for another address"), row, now).await?;
    transaction.commit().await?;
    // All that is done is done for both, so that nothing tells them apart; this link nobody gets.
    Ok(Ok((!taken).then_some((address, token))))
}

/// Spends such a link, for whoever is signed in to the account that it is of: nobody has another's account take their address.
/// Every session but the one that asks, whose key is `here`, ends: whoever else is in reads no letters from then on. The
/// address of before, where there was one, which is told.
///
/// # Errors
/// [`Refusal::Spent`]; [`Refusal::Forbidden`] to anybody else; [`Refusal::AddressTaken`] where another account has it by now.
pub async fn change_address(
    store: &Store,
    viewer: &Viewer,
    token: &Token,
    here: &str,
    now: Timestamp,
) -> Outcome<Option<String>> {
    let transaction = changes::begin(store).await?;
    let link = granted!(spend(&transaction, token, &[Purpose::Address], now).await?);
    let (Some(id), Some(address)) = (link.account_id, link.address) else { return Ok(Err(Refusal::Spent)) };
    if viewer.account() != Some(id) {
        return Ok(Err(Refusal::Forbidden));
    }
    let account = entity::Entity::find_by_id(id).filter(entity::Column::DisabledAt.is_null());
    let Some(account) = account.one(&transaction).await? else { return Ok(Err(Refusal::Spent)) };
    let change = entity::ActiveModel { id: Set(id), address: Set(Some(address.clone())), ..Default::default() };
    granted!(store::free(entity::Entity::update(change).exec(&transaction).await)?);
    // With the links: what was sent to the address of before opens nothing any more.
    ended(&transaction, id, here).await?;
    let actor = store::actor(id);
    let says = json!({ "before": { "address": account.address }, "after": { "address": address } });
    changes::audit(&transaction, now, &actor, "change address", &actor, says).await?;
    transaction.commit().await?;
    Ok(Ok(account.address))
}

/// Sets a new password. Where there is one it must be shown, unless a link has just opened the session (`proved`):
/// whoever was given that has forgotten it. Everywhere else they are signed out; the session that asks
/// goes on with what is returned. With it their address, where they have one: they are told there.
///
/// # Errors
/// [`Refusal::Forbidden`] when nobody is signed in; [`Refusal::PasswordWrong`], [`Refusal::Wait`], and what is wrong with
/// the new one.
///
/// Sign-in links that wait end with it.
pub async fn set_password(
    store: &Store,
    tries: &Tries,
    viewer: &Viewer,
    (current, new): (&SecretString, &SecretString),
    proved: bool,
    now: Timestamp,
) -> Outcome<(Entered, Option<String>)> {
    let Some(account) = viewer.account() else { return Ok(Err(Refusal::Forbidden)) };
    let actor = store::actor(account);
    let Some(account) = entity::Entity::find_by_id(account).one(store.read()).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    let around = [account.name.as_str(), account.address.as_deref().unwrap_or_default()];
    granted!(password::check(new, &around));
    if account.password.is_some() && !proved {
        granted!(tries.own(&["own password", &actor], now));
        if !granted!(password::is(current, account.password).await?) {
            return Ok(Err(Refusal::PasswordWrong));
        }
        tries.own_was_right(&["own password", &actor]);
    }
    let stamp = Token::new().reveal().to_owned();
    let change = entity::ActiveModel {
        id: Set(account.id),
        password: Set(Some(granted!(password::hash(new).await?))),
        stamp: Set(stamp.clone()),
        ..Default::default()
    };
    let transaction = changes::begin(store).await?;
    entity::Entity::update(change).exec(&transaction).await?;
    ended(&transaction, account.id, "").await?;
    changes::audit(&transaction, now, &actor, "change password", &actor, Value::Null).await?;
    transaction.commit().await?;
    Ok(Ok((Entered { who: Who::Account(account.id), stamp, by_link: false }, account.address)))
}

/// Ends one of their sessions.
///
/// # Errors
/// [`Refusal::Forbidden`] when it is not theirs, or nobody is signed in.
pub async fn end_sign_in(store: &Store, viewer: &Viewer, id: i64, now: Timestamp) -> Outcome<()> {
    let Some(account) = viewer.account() else { return Ok(Err(Refusal::Forbidden)) };
    let theirs = sign_in::Column::AccountId.eq(account);
    let actor = store::actor(account);
    let transaction = changes::begin(store).await?;
    let gone =
        sign_in::Entity::delete_many().filter(sign_in::Column::Id.eq(id)).filter(theirs).exec(&transaction).await?;
    if gone.rows_affected == 0 {
        return Ok(Err(Refusal::Forbidden));
    }
    changes::audit(&transaction, now, &actor, "end a session", &actor, Value::Null).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Ends all of their sessions but the one that asks, whose key is `here`; and no browser is known to be theirs any more.
///
/// # Errors
/// [`Refusal::Forbidden`] when nobody is signed in.
pub async fn end_others(store: &Store, viewer: &Viewer, here: &str, now: Timestamp) -> Outcome<()> {
    let Some(account) = viewer.account() else { return Ok(Err(Refusal::Forbidden)) };
    let actor = store::actor(account);
    let transaction = changes::begin(store).await?;
    ended(&transaction, account, here).await?;
    changes::audit(&transaction, now, &actor, "end other sessions", &actor, Value::Null).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}
