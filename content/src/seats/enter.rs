//! Coming in by a code, without an account.

use super::{
    Code,
    entity::{self, door},
    list::{folded, free_name, new},
    rehearsal,
};
use crate::{
    accounts::{Client, Entered, Name, Outcome, Refusal, Token, granted},
    changes,
    gate::{Somebody, Viewer, Who},
    roles::Part,
    store::{Failure, Store},
    things::{self, Kind},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

/// Within how many milliseconds a form that is sent again is the same one.
const TWICE: i64 = 2 * 60 * 1000;
/// The most seats of a seminar: whoever has the code of a door fills no disk.
const SEATS_MOST: u64 = 2000;

/// Whether it is a seat of somebody who said this name, numbered or not ([`free_name`]).
fn is_of(seat: &entity::Model, name: &str) -> bool {
    seat.folded.strip_prefix(&folded(name)).is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Comes in by the code of a door, as a participant: with a name of one's own, or with the account that one is signed in
/// to. Returns the session that begins so, if one does, and the address of the seminar. A form that is sent twice, as by
/// two taps, gives one seat: `form` tells it from others.
///
/// # Errors
/// [`Refusal::Closed`] when no open door has the code; what is wrong with the name; [`Refusal::Wait`].
pub async fn join(
    store: &Store,
    client: Client<'_>,
    viewer: &Viewer,
    (typed, name): (&str, &str),
    form: Option<&Token>,
    now: Timestamp,
) -> Outcome<(Option<Entered>, String)> {
    granted!(client.code(now));
    let sent = (typed, name);
    match joined(store, viewer, sent, form, now).await {
        // The same form, a moment before: now it is there to be found.
        Err(failure) if failure.is_twice() => joined(store, viewer, sent, form, now).await,
        done => done,
    }
    .inspect(|done| {
        if done.is_ok() {
            client.code_was_right();
        }
    })
}

async fn joined(
    store: &Store,
    viewer: &Viewer,
    (typed, name): (&str, &str),
    form: Option<&Token>,
    now: Timestamp,
) -> Outcome<(Option<Entered>, String)> {
    let account = viewer.who().filter(|_| viewer.account().is_some());
    let name = granted!(Name::read(account.map_or(name, |somebody| &somebody.name)));
    let Some(code) = Code::read(typed).filter(|code| !code.is_of_a_seat()) else { return Ok(Err(Refusal::Closed)) };
    let transaction = changes::begin(store).await?;
    let open = door::Entity::find()
        .filter(door::Column::Code.eq(code.as_str()))
        .filter(door::Column::OpenUntil.gt(now.as_millisecond()));
    let Some(door) = open.one(&transaction).await? else { return Ok(Err(Refusal::Closed)) };
    let seminar = things::entity::thing::Entity::find_by_id(door.seminar_id).one(&transaction).await?;
    // It may have been hidden since the door was opened.
    let seen = |seminar: &things::entity::thing::Model| {
        Viewer::seated(seminar.id, Part::Participant).admitted_by(&seminar.audience)
    };
    let Some(seminar) = seminar.filter(seen) else { return Ok(Err(Refusal::Closed)) };
    let path = things::Place::of(Kind::Seminar, &seminar.slug).path();
    let here = entity::Entity::find().filter(entity::Column::SeminarId.eq(seminar.id));
    let mine = match viewer.who().map(|somebody| somebody.who) {
        Some(Who::Account(account)) => {
            here.clone().filter(entity::Column::AccountId.eq(account)).one(&transaction).await?
        }
        Some(Who::Seat(seat)) => here.clone().filter(entity::Column::Id.eq(seat)).one(&transaction).await?,
        None => None,
    };
    if mine.is_some() {
        return Ok(Ok((None, path)));
    }
    let stamp = form.map(Token::key);
    if let Some(stamp) = stamp.as_ref().filter(|_| account.is_none()) {
        // Sent a moment ago, by the same hand: whoever has the device next says another name, or comes later.
        let same = here
            .clone()
            .filter(entity::Column::Stamp.eq(stamp))
            .filter(entity::Column::AccountId.is_null())
            .filter(entity::Column::CreatedAt.gt(now.as_millisecond() - TWICE));
        if let Some(seat) = same.one(&transaction).await?.filter(|seat| is_of(seat, name.as_str())) {
            let entered = Entered { who: Who::Seat(seat.id), stamp: seat.stamp, by_link: false };
            return Ok(Ok((Some(entered), path)));
        }
    }
    if here.clone().count(&transaction).await? >= SEATS_MOST {
        return Ok(Err(Refusal::Closed));
    }
    let name = free_name(&transaction, seminar.id, name.as_str()).await?;
    let rehearsed = Set(rehearsal::goes_on(&transaction, seminar.id, now).await?);
    let row = entity::ActiveModel { rehearsed, ..new(seminar.id, &name, Part::Participant, None, now) };
    let taken = match &stamp {
        Some(stamp) => here.filter(entity::Column::Stamp.eq(stamp)).one(&transaction).await?.is_some(),
        None => true,
    };
    let row = match stamp.filter(|_| !taken) {
        Some(stamp) => entity::ActiveModel { stamp: Set(stamp), ..row },
        None => row,
    };
    let row = match viewer.account() {
        Some(account) => entity::ActiveModel { account_id: Set(Some(account)), code: Set(None), ..row },
        None => row,
    };
    let seat = entity::Entity::insert(row).exec_with_returning(&transaction).await?;
    let who = viewer.account().map_or(Who::Seat(seat.id), Who::Account);
    let subject = Who::Seat(seat.id).to_string();
    let says = json!({ "after": { "seminar": seminar.slug, "name": seat.name } });
    changes::audit(&transaction, now, &who.to_string(), "join", &subject, says).await?;
    transaction.commit().await?;
    let begun = viewer.account().is_none().then_some(Entered { who, stamp: seat.stamp, by_link: false });
    Ok(Ok((begun, path)))
}

/// Comes in again by one's own code, on this device; where one was in before, one is not any more.
///
/// # Errors
/// [`Refusal::Closed`] when no seat has the code; [`Refusal::Wait`].
pub async fn again(store: &Store, client: Client<'_>, typed: &str, now: Timestamp) -> Outcome<(Entered, String)> {
    granted!(client.code(now));
    let Some(code) = Code::read(typed).filter(Code::is_of_a_seat) else { return Ok(Err(Refusal::Closed)) };
    let transaction = changes::begin(store).await?;
    let found = entity::Entity::find()
        .filter(entity::Column::Code.eq(code.as_str()))
        .filter(entity::Column::AccountId.is_null())
        .one(&transaction)
        .await?;
    let Some(seat) = found else { return Ok(Err(Refusal::Closed)) };
    let seminar = things::entity::thing::Entity::find_by_id(seat.seminar_id).one(&transaction).await?;
    let Some(seminar) = seminar else { return Ok(Err(Refusal::Closed)) };
    let stamp = Token::new().reveal().to_owned();
    let change = entity::ActiveModel { id: Set(seat.id), stamp: Set(stamp.clone()), ..Default::default() };
    entity::Entity::update(change).exec(&transaction).await?;
    crate::accounts::end_of_seat(&transaction, seat.id).await?;
    let who = Who::Seat(seat.id);
    changes::audit(&transaction, now, &who.to_string(), "move seat", &who.to_string(), Value::Null).await?;
    transaction.commit().await?;
    client.code_was_right();
    let path = things::Place::of(Kind::Seminar, &seminar.slug).path();
    Ok(Ok((Entered { who, stamp, by_link: false }, path)))
}

/// Who sits on a seat without an account, with the stamp by which sessions end. For sessions alone.
///
/// # Errors
/// When the store does not answer.
pub async fn seated(store: &Store, seat: i64) -> Result<Option<(Somebody, String)>, Failure> {
    let own = entity::Entity::find_by_id(seat).filter(entity::Column::AccountId.is_null());
    let Some(own) = own.one(store.read()).await? else { return Ok(None) };
    Ok(Some((of_seat((own.id, own.name), (own.seminar_id, &own.part, own.delegation))?, own.stamp)))
}

/// Who sits on a seat without an account: in which seminar, as what, for which delegation.
pub(crate) fn of_seat(
    (id, name): (i64, String),
    (seminar, part, delegation): (i64, &str, Option<String>),
) -> Result<Somebody, Failure> {
    Ok(Somebody {
        who: Who::Seat(id),
        name,
        platform: None,
        parts: vec![(seminar, part.parse().map_err(|()| Failure::odd("seat.part"))?)],
        delegations: delegation.into_iter().map(|country| (seminar, country)).collect(),
        writes: None,
    })
}

/// A link by which who sits on a seat without an account takes it into one, old or new: what they did stays theirs.
///
/// # Errors
/// [`Refusal::Forbidden`] to anybody else.
pub async fn claim(store: &Store, viewer: &Viewer, now: Timestamp) -> Outcome<Token> {
    let Some(Somebody { who: Who::Seat(id), .. }) = viewer.who() else { return Ok(Err(Refusal::Forbidden)) };
    let Some(seat) = entity::Entity::find_by_id(*id).one(store.read()).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    crate::accounts::to_claim(store, viewer, &seat, now).await
}

/// The seat becomes an account's: its code, its own sessions and all links to it end. Where the account has a seat there
/// already, the higher part stays, on the seat that is claimed.
///
/// # Errors
/// [`Refusal::Spent`] when the seat is gone, or somebody's already.
pub(crate) async fn claimed<C: ConnectionTrait>(db: &C, seat: i64, account: i64) -> Outcome<()> {
    let free = entity::Column::AccountId.is_null();
    let mine = entity::Entity::find_by_id(seat).filter(free.clone()).one(db).await?;
    let mut mine = granted!(mine.ok_or(Refusal::Spent));
    let other = entity::Entity::find()
        .filter(entity::Column::SeminarId.eq(mine.seminar_id))
        .filter(entity::Column::AccountId.eq(account))
        .one(db)
        .await?;
    if let Some(other) = other {
        if other.part.parse::<Part>() < mine.part.parse::<Part>() {
            mine.part = other.part;
        }
        // Who was there before a rehearsal stays after it.
        mine.rehearsed &= other.rehearsed;
        mine.delegation = mine.delegation.or(other.delegation);
        entity::Entity::delete_by_id(other.id).exec(db).await?;
    }
    let change = entity::ActiveModel {
        account_id: Set(Some(account)),
        part: Set(mine.part),
        delegation: Set(mine.delegation),
        rehearsed: Set(mine.rehearsed),
        code: Set(None),
        ..Default::default()
    };
    let id = entity::Column::Id.eq(seat);
    let done = entity::Entity::update_many().set(change).filter(id).filter(free).exec(db).await?;
    if done.rows_affected == 0 {
        return Ok(Err(Refusal::Spent));
    }
    crate::accounts::end_of_seat(db, seat).await?;
    Ok(Ok(()))
}
