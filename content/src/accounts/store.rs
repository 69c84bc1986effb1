//! Questions about accounts, and who somebody is.

use super::{
    Address, Name, Outcome, Refusal, Token,
    entity::{self, sign_in},
};
use crate::{
    authors::author,
    gate::{Somebody, Viewer, Who},
    roles::{Act, Part, Platform},
    seats::entity as seat,
    store::{Failure, Question, Store},
    texts::Reading,
    things::{self, Kind, Listed, Look},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, NotSet, QueryFilter, QueryOrder, sea_query::ExprTrait,
};
use std::collections::HashMap;

/// An account, as those see it who look after accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// How its owner is called.
    pub name: String,
    /// Where letters reach them.
    pub address: Option<String>,
    /// What they are on the platform.
    pub platform: Platform,
    /// Whether they can sign in with a password.
    pub has_password: bool,
    /// Whether they cannot sign in any more.
    pub disabled: bool,
    /// Since when.
    pub since: Timestamp,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Its number.
    pub id: i64,
    /// What the browser called itself, in a few words.
    pub device: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was seen last.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// What the audit calls an account: a number, since names are erased.
pub(super) fn actor(account: i64) -> String {
    Who::Account(account).to_string()
}

/// Whether the address that an account was to have was free: one account has it.
pub(super) fn free<T>(written: Result<T, DbErr>) -> Outcome<T> {
    match written.map_err(Failure::from) {
        Ok(written) => Ok(Ok(written)),
        Err(failure) if failure.is_twice() => Ok(Err(Refusal::AddressTaken)),
        Err(failure) => Err(failure),
    }
}

/// A row for a new account.
pub(super) fn new(
    name: &Name,
    address: Option<&Address>,
    platform: Platform,
    password: Option<String>,
    now: Timestamp,
) -> entity::ActiveModel {
    entity::ActiveModel {
        id: NotSet,
        address: Set(address.map(|address| address.as_str().to_owned())),
        name: Set(name.as_str().to_owned()),
        platform: Set(platform.code().to_owned()),
        password: Set(password),
        stamp: Set(Token::new().reveal().to_owned()),
        disabled_at: Set(None),
        created_at: Set(now.as_millisecond()),
        used_at: Set(now.as_millisecond()),
    }
}

fn read(row: entity::Model) -> Result<Account, Failure> {
    Ok(Account {
        id: row.id,
        name: row.name,
        address: row.address,
        platform: row.platform.parse().map_err(|()| Failure::odd("account.platform"))?,
        has_password: row.password.is_some(),
        disabled: row.disabled_at.is_some(),
        since: moment(row.created_at, "account.created_at")?,
    })
}

fn moment(milliseconds: i64, column: &'static str) -> Result<Timestamp, Failure> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| Failure::odd(column))
}

/// Who has this account and may use it, with the stamp by which sessions end. For sign-in alone.
///
/// # Errors
/// When the store does not answer.
pub async fn somebody(store: &Store, account: i64) -> Result<Option<(Somebody, String)>, Failure> {
    let own = entity::Column::Id.eq(account).and(entity::Column::DisabledAt.is_null());
    let asked = (
        Question::whole(entity::Entity, own),
        Question::whole(seat::Entity, seat::Column::AccountId.eq(account)),
        Question::whole(author::Entity, author::Column::AccountId.eq(account)),
    );
    let (own, seats, writes): (Vec<entity::Model>, Vec<seat::Model>, Vec<author::Model>) = store.ask(asked).await?;
    let Some(own) = own.into_iter().next() else { return Ok(None) };
    let seats = seats.into_iter().map(|seat| (seat.seminar_id, seat.part, seat.delegation)).collect();
    let writes = writes.into_iter().map(|row| row.thing_id).collect();
    Ok(Some((of_account((own.id, own.name, &own.platform), seats, writes)?, own.stamp)))
}

/// Who has an account: what it is on the platform, its seats by seminar, part and delegation, and what it writes.
pub(super) fn of_account(
    (id, name, platform): (i64, String, &str),
    seats: Vec<(i64, String, Option<String>)>,
    writes: Vec<i64>,
) -> Result<Somebody, Failure> {
    let mut somebody = Somebody {
        who: Who::Account(id),
        name,
        platform: Some(platform.parse().map_err(|()| Failure::odd("account.platform"))?),
        parts: Vec::with_capacity(seats.len()),
        delegations: Vec::new(),
        writes: Some(writes),
    };
    for (seminar, part, delegation) in seats {
        somebody.parts.push((seminar, part.parse().map_err(|()| Failure::odd("seat.part"))?));
        somebody.delegations.extend(delegation.map(|country| (seminar, country)));
    }
    Ok(somebody)
}

/// All accounts, by name; none for those who may not look after them.
///
/// # Errors
/// When the store does not answer.
pub async fn accounts(store: &Store, viewer: &Viewer) -> Result<Vec<Account>, Failure> {
    if !viewer.may(Act::ManageAccounts) {
        return Ok(Vec::new());
    }
    let rows = entity::Entity::find().order_by_asc(entity::Column::Name).order_by_asc(entity::Column::Id);
    rows.all(store.read()).await?.into_iter().map(read).collect()
}

/// One account, for those who look after accounts.
///
/// # Errors
/// When the store does not answer.
pub async fn account(store: &Store, viewer: &Viewer, id: i64) -> Result<Option<Account>, Failure> {
    if !viewer.may(Act::ManageAccounts) {
        return Ok(None);
    }
    entity::Entity::find_by_id(id).one(store.read()).await?.map(read).transpose()
}

/// The account that has an address. For sign-in and the command line.
///
/// # Errors
/// When the store does not answer.
pub async fn by_address(store: &Store, address: &Address) -> Result<Option<Account>, Failure> {
    let found = entity::Entity::find().filter(entity::Column::Address.eq(address.as_str()));
    found.one(store.read()).await?.map(read).transpose()
}

/// What those are called who did something, by what the audit calls them; who is gone is called nothing.
pub(crate) async fn called<'a>(
    store: &Store,
    actors: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, String>, Failure> {
    let (mut accounts, mut seats) = (Vec::new(), Vec::new());
    for actor in actors {
        match actor.parse() {
            Ok(Who::Account(id)) => accounts.push(id),
            Ok(Who::Seat(id)) => seats.push(id),
            Err(()) => {}
        }
    }
    let accounts = entity::Entity::find().filter(entity::Column::Id.is_in(accounts)).all(store.read()).await?;
    let seats = seat::Entity::find().filter(seat::Column::Id.is_in(seats)).all(store.read()).await?;
    let accounts = accounts.into_iter().map(|row| (Who::Account(row.id), row.name));
    let all = accounts.chain(seats.into_iter().map(|row| (Who::Seat(row.id), row.name)));
    Ok(all.filter(|(_, name)| !name.is_empty()).map(|(who, name)| (who.to_string(), name)).collect())
}

/// The account of who asks.
///
/// # Errors
/// When the store does not answer.
pub async fn your_account(store: &Store, viewer: &Viewer) -> Result<Option<Account>, Failure> {
    let Some(account) = viewer.account() else { return Ok(None) };
    entity::Entity::find_by_id(account).one(store.read()).await?.map(read).transpose()
}

/// The seminars in which who asks has a part.
///
/// # Errors
/// When the store does not answer.
pub async fn your_seminars(store: &Store, viewer: &Viewer, reading: Reading) -> Result<Vec<(Listed, Part)>, Failure> {
    let Some(somebody) = viewer.who() else { return Ok(Vec::new()) };
    let ids: Vec<i64> = somebody.parts.iter().map(|(seminar, _)| *seminar).collect();
    let look = Look { kinds: &[Kind::Seminar], ids: Some(ids.into()), ..Look::default() };
    let seminars = things::list(store, viewer, reading, &look).await?;
    let part = |seminar: &Listed| somebody.parts.iter().find(|(of, _)| *of == seminar.id.id()).map(|(_, part)| *part);
    Ok(seminars.into_iter().filter_map(|seminar| part(&seminar).map(|part| (seminar, part))).collect())
}

/// Where who asks is signed in, the latest first. `here` is the key of the session that asks.
///
/// # Errors
/// When the store does not answer.
pub async fn sign_ins(store: &Store, viewer: &Viewer, here: &str, now: Timestamp) -> Result<Vec<SignIn>, Failure> {
    let Some(account) = viewer.account() else { return Ok(Vec::new()) };
    let rows = sign_in::Entity::find()
        .filter(sign_in::Column::AccountId.eq(account))
        .filter(sign_in::Column::ExpiresAt.gt(now.as_millisecond()))
        .order_by_desc(sign_in::Column::SeenAt)
        .order_by_desc(sign_in::Column::Id)
        .all(store.read())
        .await?;
    let read = |row: sign_in::Model| {
        Ok(SignIn {
            id: row.id,
            here: row.key == here || row.former.as_deref() == Some(here),
            device: row.device,
            since: moment(row.created_at, "sign_in.created_at")?,
            seen: moment(row.seen_at, "sign_in.seen_at")?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// How many links of a purpose wait. For tests.
#[cfg(test)]
pub(super) async fn waiting(store: &Store) -> u64 {
    use sea_orm::PaginatorTrait;
    entity::link::Entity::find().count(store.read()).await.expect("the store answers")
}
