//! Sessions as the store keeps them. What a browser sends is never here: its hash is.

use super::{
    Token,
    entity::{device, link, sign_in},
};
use crate::{
    gate::Who,
    store::{Failure, Store},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect,
};

/// A session that is not used ends after so long.
pub const UNUSED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// And one that is used, too: then its owner signs in again.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(180 * 24);
/// How long a browser is known in which somebody was signed in.
pub const KNOWN: SignedDuration = SignedDuration::from_hours(365 * 24);

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

/// How long a session goes on under the number that it had before it was given another: for what is under way.
pub const ENDING: SignedDuration = SignedDuration::from_secs(30);

/// The most sessions of one account: the one that was not seen for longest ends for another.
const MOST: u64 = 100;

impl Kept<'_> {
    fn row(self) -> sign_in::ActiveModel {
        sign_in::ActiveModel {
            key: Set(self.key.to_owned()),
            account_id: Set(self.who.and_then(|who| if let Who::Account(id) = who { Some(id) } else { None })),
            seat_id: Set(self.who.and_then(|who| if let Who::Seat(id) = who { Some(id) } else { None })),
            data: Set(self.data),
            device: Set(self.device.to_owned()),
            expires_at: Set(self.expires_at),
            ..Default::default()
        }
    }
}

/// Keeps a session that has begun.
///
/// # Errors
/// When the store does not answer.
pub async fn begin_sign_in(store: &Store, kept: Kept<'_>, now: Timestamp) -> Result<(), Failure> {
    let now = now.as_millisecond();
    let row = sign_in::ActiveModel { created_at: Set(now), seen_at: Set(now), ..kept.row() };
    let account = row.account_id.clone().take().flatten();
    sign_in::Entity::insert(row).exec_without_returning(store.write()).await?;
    if let Some(account) = account {
        let theirs = sign_in::Entity::find()
            .filter(sign_in::Column::AccountId.eq(account))
            .order_by_desc(sign_in::Column::SeenAt)
            .order_by_desc(sign_in::Column::Id)
            .offset(MOST)
            .limit(MOST);
        let over: Vec<i64> = theirs.select_only().column(sign_in::Column::Id).into_tuple().all(store.read()).await?;
        if !over.is_empty() {
            sign_in::Entity::delete_many().filter(sign_in::Column::Id.is_in(over)).exec(store.write()).await?;
        }
    }
    Ok(())
}

/// Keeps what a session holds now. One that was ended meanwhile stays ended, and one that is about to end does.
///
/// # Errors
/// When the store does not answer.
pub async fn keep_sign_in(store: &Store, kept: Kept<'_>, now: Timestamp) -> Result<(), Failure> {
    let key = kept.key.to_owned();
    let ending = now.saturating_add(ENDING).unwrap_or(now).as_millisecond();
    let row = sign_in::ActiveModel { seen_at: Set(now.as_millisecond()), key: NotSet, device: NotSet, ..kept.row() };
    sign_in::Entity::update_many()
        .set(row)
        .filter(sign_in::Column::Key.eq(key))
        .filter(sign_in::Column::ExpiresAt.gt(ending))
        .exec(store.write())
        .await?;
    Ok(())
}

/// Has a session end in a moment ([`ENDING`]).
///
/// # Errors
/// When the store does not answer.
pub async fn let_sign_in_end(store: &Store, key: &str, now: Timestamp) -> Result<(), Failure> {
    let ending = now.saturating_add(ENDING).unwrap_or(now).as_millisecond();
    let row = sign_in::ActiveModel { expires_at: Set(ending), ..Default::default() };
    let one = sign_in::Entity::update_many().set(row).filter(sign_in::Column::Key.eq(key));
    one.filter(sign_in::Column::ExpiresAt.gt(ending)).exec(store.write()).await?;
    Ok(())
}

/// Has what is about to end of somebody's sessions end at once: they sign out.
///
/// # Errors
/// When the store does not answer.
pub async fn end_what_ends(store: &Store, who: Who, now: Timestamp) -> Result<(), Failure> {
    end_ending(store.write(), who, now).await
}

/// The same in a transaction.
pub(super) async fn end_ending<C: ConnectionTrait>(db: &C, who: Who, now: Timestamp) -> Result<(), Failure> {
    let theirs = match who {
        Who::Account(id) => sign_in::Column::AccountId.eq(id),
        Who::Seat(id) => sign_in::Column::SeatId.eq(id),
    };
    let ending = now.saturating_add(ENDING).unwrap_or(now).as_millisecond();
    let ending = sign_in::Column::ExpiresAt.lte(ending);
    sign_in::Entity::delete_many().filter(theirs).filter(ending).exec(db).await?;
    Ok(())
}

/// Takes away what has ended: sessions, links that nobody spent, browsers that were not seen for as long as [`KNOWN`].
///
/// # Errors
/// When the store does not answer.
pub async fn prune(store: &Store, now: Timestamp) -> Result<(), Failure> {
    let known = i64::try_from(KNOWN.as_millis()).unwrap_or(i64::MAX);
    let now = now.as_millisecond();
    sign_in::Entity::delete_many().filter(sign_in::Column::ExpiresAt.lte(now)).exec(store.write()).await?;
    link::Entity::delete_many().filter(link::Column::ExpiresAt.lte(now)).exec(store.write()).await?;
    device::Entity::delete_many()
        .filter(device::Column::SeenAt.lt(now.saturating_sub(known)))
        .exec(store.write())
        .await?;
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

/// Remembers the browser in which somebody has signed in, and gives what it is to show the next time: `shown`, where it
/// was theirs before.
///
/// # Errors
/// When the store does not answer.
pub async fn remember_device(
    store: &Store,
    account: i64,
    shown: Option<Token>,
    now: Timestamp,
) -> Result<Token, Failure> {
    let now = now.as_millisecond();
    if let Some(token) = shown {
        let seen = device::ActiveModel { seen_at: Set(now), ..Default::default() };
        let same = device::Entity::update_many()
            .set(seen)
            .filter(device::Column::Key.eq(token.key()))
            .filter(device::Column::AccountId.eq(account));
        if same.exec(store.write()).await?.rows_affected > 0 {
            return Ok(token);
        }
    }
    let token = Token::new();
    let row = device::ActiveModel { key: Set(token.key()), account_id: Set(account), seen_at: Set(now) };
    device::Entity::insert(row).exec_without_returning(store.write()).await?;
    Ok(token)
}
