//! Sessions as the store keeps them. What a browser sends is never here: its hash is.

use super::{
    Token,
    entity::{self, device, link, sign_in},
    store::of_account,
};
use crate::{
    gate::{Somebody, Who},
    seats::of_seat,
    store::{Failure, Store},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, Statement, sea_query::ExprTrait,
};
use std::fmt;

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
    /// What its owner may do ([`crate::gate::Somebody::rights`]).
    pub rights: Option<&'a str>,
    /// Until when, in milliseconds since 1970.
    pub expires_at: i64,
}

/// How long a browser has to take the new number of a session before it is given another: an answer can be lost.
pub const TAKEN: SignedDuration = SignedDuration::from_secs(30);

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
            rights: Set(self.rights.map(str::to_owned)),
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
    if let Some(account) = account {
        used(store.write(), account, now).await?;
    }
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

/// Keeps what a session holds now. One that was ended meanwhile stays ended.
///
/// # Errors
/// When the store does not answer.
pub async fn keep_sign_in(store: &Store, kept: Kept<'_>, now: Timestamp) -> Result<(), Failure> {
    let one = known_by(kept.key);
    let now = now.as_millisecond();
    let who = kept.who;
    let row = sign_in::ActiveModel { seen_at: Set(now), key: NotSet, device: NotSet, rights: NotSet, ..kept.row() };
    let kept = sign_in::Entity::update_many().set(row).filter(one).exec(store.write()).await?;
    if let Some(Who::Account(account)) = who.filter(|_| kept.rows_affected > 0) {
        used(store.write(), account, now).await?;
    }
    Ok(())
}

/// Notes that the owner of an account was here: not before what is noted already, unless a clock was far ahead then.
pub(super) async fn used<C: ConnectionTrait>(db: &C, account: i64, now: i64) -> Result<(), Failure> {
    let row = entity::ActiveModel { used_at: Set(now), ..Default::default() };
    let one = entity::Entity::update_many().set(row).filter(entity::Column::Id.eq(account));
    let ahead = now.saturating_add(24 * 60 * 60 * 1000);
    let other = entity::Column::UsedAt.lt(now).or(entity::Column::UsedAt.gt(ahead));
    one.filter(other).exec(db).await?;
    Ok(())
}

/// A session by its number, or by the one that it had until a moment ago.
fn known_by(key: &str) -> Condition {
    Condition::any().add(sign_in::Column::Key.eq(key)).add(sign_in::Column::Former.eq(key))
}

/// Gives a session another number, since its owner's rights are others than they were, or their browser does not show the
/// number that it was given ([`TAKEN`]). Whether it did: of several at once one does, and what has ended stays ended. Until
/// the browser shows the new one, the number of before is as good: an answer can be lost.
///
/// # Errors
/// When the store does not answer.
pub async fn renew_sign_in(
    store: &Store,
    (key, new): (&str, &str),
    rights: &str,
    now: Timestamp,
) -> Result<bool, Failure> {
    let others = Condition::all().add(sign_in::Column::Key.eq(key)).add(sign_in::Column::Rights.ne(rights));
    let before = now.saturating_sub(TAKEN).unwrap_or(now).as_millisecond();
    let lost = Condition::all().add(sign_in::Column::Former.eq(key)).add(sign_in::Column::RenewedAt.lt(before));
    let row = sign_in::ActiveModel {
        key: Set(new.to_owned()),
        former: Set(Some(key.to_owned())),
        rights: Set(Some(rights.to_owned())),
        renewed_at: Set(Some(now.as_millisecond())),
        ..Default::default()
    };
    let one = sign_in::Entity::update_many().set(row).filter(Condition::any().add(others).add(lost));
    Ok(one.exec(store.write()).await?.rows_affected > 0)
}

/// Notes what the owner of a session may do of whom nobody noted it.
///
/// # Errors
/// When the store does not answer.
pub async fn note_rights(store: &Store, key: &str, rights: &str) -> Result<(), Failure> {
    let row = sign_in::ActiveModel { rights: Set(Some(rights.to_owned())), ..Default::default() };
    let one = sign_in::Entity::update_many().set(row).filter(known_by(key));
    one.filter(sign_in::Column::Rights.is_null()).exec(store.write()).await?;
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

/// A session as it was kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// What it holds, as JSON.
    pub data: String,
    /// Until when, in milliseconds since 1970.
    pub expires_at: i64,
    /// What its owner might do when it got its number; none: nobody noted it.
    pub rights: Option<String>,
    /// The browser shows the number of before.
    pub by_former: bool,
    /// Whose it is, with the stamp by which their sessions end; none: they may not use it any more.
    pub owner: Option<(Somebody, String)>,
}

/// Names and stamps belong in no log.
impl fmt::Debug for Found {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Found").field("by_former", &self.by_former).finish_non_exhaustive()
    }
}

/// A session; none where there is no such any more. Once its new number is shown, that of before is good for nothing.
///
/// # Errors
/// When the store does not answer.
pub async fn sign_in_data(store: &Store, key: &str, now: Timestamp) -> Result<Option<Found>, Failure> {
    let db = store.read();
    let backend = db.get_database_backend();
    let values = [key.into(), now.as_millisecond().into()];
    let asked = Statement::from_sql_and_values(backend, signed_in(backend), values);
    let Some(row) = db.query_one_raw(asked).await? else { return Ok(None) };
    let number: String = row.try_get_by_index(0)?;
    let former: Option<String> = row.try_get_by_index(1)?;
    let by_former = number != key;
    if former.is_some() && !by_former {
        let taken = sign_in::ActiveModel { former: Set(None), ..Default::default() };
        let one = sign_in::Entity::update_many().set(taken).filter(sign_in::Column::Key.eq(key));
        one.exec(store.write()).await?;
    }
    let (data, expires_at, rights) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?, row.try_get_by_index(4)?);
    Ok(Some(Found { data, expires_at, rights, by_former, owner: owner(&row)? }))
}

/// Every page of everybody who is signed in begins with this statement: it is written here, since putting it together
/// each time costs more than its answer.
fn signed_in(backend: DbBackend) -> &'static str {
    macro_rules! asked {
        ($rows:literal, $row:literal) => {
            concat!(
                "SELECT s.key, s.former, s.data, s.expires_at, s.rights, a.id, a.name, a.platform, a.stamp, ",
                "(SELECT CAST(",
                $rows,
                "(",
                $row,
                "(seminar_id, part, delegation)) AS text) FROM seat ",
                "WHERE account_id = a.id), ",
                "(SELECT CAST(",
                $rows,
                "(thing_id) AS text) FROM author WHERE account_id = a.id), ",
                "c.id, c.name, c.stamp, c.seminar_id, c.part, c.delegation ",
                "FROM sign_in s LEFT JOIN account a ON a.id = s.account_id AND a.disabled_at IS NULL ",
                "LEFT JOIN seat c ON c.id = s.seat_id AND c.account_id IS NULL ",
                "WHERE (s.key = $1 OR s.former = $1) AND s.expires_at > $2 ORDER BY s.key = $1 DESC LIMIT 1"
            )
        };
    }
    match backend {
        DbBackend::Postgres => asked!("json_agg", "json_build_array"),
        _ => asked!("json_group_array", "json_array"),
    }
}

/// Whose session it is, as its row says; none: they may not use it any more.
fn owner(row: &QueryResult) -> Result<Option<(Somebody, String)>, Failure> {
    if let Some(id) = row.try_get_by_index::<Option<i64>>(5)? {
        let platform: String = row.try_get_by_index(7)?;
        // Of no rows PostgreSQL makes no list.
        let (seats, writes): (Option<String>, Option<String>) = (row.try_get_by_index(9)?, row.try_get_by_index(10)?);
        let seats = seats.map_or(Ok(Vec::new()), |seats| serde_json::from_str(&seats))?;
        let writes = writes.map_or(Ok(Vec::new()), |writes| serde_json::from_str(&writes))?;
        let somebody = of_account((id, row.try_get_by_index(6)?, &platform), seats, writes)?;
        return Ok(Some((somebody, row.try_get_by_index(8)?)));
    }
    let Some(id) = row.try_get_by_index::<Option<i64>>(11)? else { return Ok(None) };
    let part: String = row.try_get_by_index(15)?;
    let there = (row.try_get_by_index(14)?, &*part, row.try_get_by_index(16)?);
    Ok(Some((of_seat((id, row.try_get_by_index(12)?), there)?, row.try_get_by_index(13)?)))
}

/// Ends a session.
///
/// # Errors
/// When the store does not answer.
pub async fn delete_sign_in(store: &Store, key: &str) -> Result<(), Failure> {
    sign_in::Entity::delete_many().filter(known_by(key)).exec(store.write()).await?;
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
