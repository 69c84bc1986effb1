//! Sessions as the store keeps them. What a browser sends is never here: its hash is.

use super::{
    Token,
    entity::{device, sign_in},
};
use crate::{
    gate::Who,
    store::{Failure, Store},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, NotSet, QueryFilter, sea_query::OnConflict};

/// A session that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    /// The hash of what the browser sends ([`super::key`]).
    pub key: &'a str,
    /// Whose it is.
    pub who: Option<Who>,
    /// What it holds, as JSON.
    pub data: String,
    /// What the browser called itself, in a few words.
    pub device: &'a str,
    /// Until when, in milliseconds since 1970.
    pub expires_at: i64,
}

/// Keeps a session, new or changed.
///
/// # Errors
/// When the store does not answer.
pub async fn keep_sign_in(store: &Store, kept: Kept<'_>, now: Timestamp) -> Result<(), Failure> {
    let now = now.as_millisecond();
    sign_in::Entity::delete_many().filter(sign_in::Column::ExpiresAt.lte(now)).exec(store.write()).await?;
    let row = sign_in::ActiveModel {
        id: NotSet,
        key: Set(kept.key.to_owned()),
        account_id: Set(kept.who.and_then(|who| if let Who::Account(id) = who { Some(id) } else { None })),
        seat_id: Set(kept.who.and_then(|who| if let Who::Seat(id) = who { Some(id) } else { None })),
        data: Set(kept.data),
        device: Set(kept.device.to_owned()),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(kept.expires_at),
    };
    let again = OnConflict::column(sign_in::Column::Key)
        .update_columns([
            sign_in::Column::AccountId,
            sign_in::Column::SeatId,
            sign_in::Column::Data,
            sign_in::Column::SeenAt,
            sign_in::Column::ExpiresAt,
        ])
        .to_owned();
    sign_in::Entity::insert(row).on_conflict(again).exec_without_returning(store.write()).await?;
    Ok(())
}

/// What a session holds, and until when; none where there is no such session any more.
///
/// # Errors
/// When the store does not answer.
pub async fn sign_in_data(store: &Store, key: &str, now: Timestamp) -> Result<Option<(String, i64)>, Failure> {
    let found = sign_in::Entity::find()
        .filter(sign_in::Column::Key.eq(key))
        .filter(sign_in::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(store.read())
        .await?;
    Ok(found.map(|row| (row.data, row.expires_at)))
}

/// Ends a session.
///
/// # Errors
/// When the store does not answer.
pub async fn delete_sign_in(store: &Store, key: &str) -> Result<(), Failure> {
    sign_in::Entity::delete_many().filter(sign_in::Column::Key.eq(key)).exec(store.write()).await?;
    Ok(())
}

/// Remembers the browser in which somebody has signed in, and gives what it is to show the next time.
///
/// # Errors
/// When the store does not answer.
pub async fn remember_device(store: &Store, account: i64, now: Timestamp) -> Result<Token, Failure> {
    /// A year, in milliseconds.
    const REMEMBERED: i64 = 365 * 24 * 60 * 60 * 1000;
    let now = now.as_millisecond();
    let token = Token::new();
    device::Entity::delete_many().filter(device::Column::SeenAt.lt(now - REMEMBERED)).exec(store.write()).await?;
    let row = device::ActiveModel { key: Set(token.key()), account_id: Set(account), seen_at: Set(now) };
    device::Entity::insert(row).exec_without_returning(store.write()).await?;
    Ok(token)
}
