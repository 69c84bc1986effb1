//! Who is at a seminar.

use super::{
    Code,
    entity::{self, door},
    rehearsal,
};
use crate::{
    accounts::{Name, Outcome, Refusal, Token, granted},
    changes,
    gate::{Somebody, Viewer, Who},
    retention,
    roles::{Act, Part},
    store::{Ask, Failure, Question, Store},
    things::{self, Listed, Shown},
};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A seat, as organisers see it; and who sits on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its number.
    pub id: i64,
    /// How its owner is called.
    pub name: String,
    /// What they are here.
    pub part: Part,
    /// For which country.
    pub delegation: Option<String>,
    /// Whether they have an account.
    pub has_account: bool,
    /// With which they come in again who have none.
    pub code: Option<Code>,
    /// Since when.
    pub since: Timestamp,
    /// They came in a rehearsal, and go with it.
    pub rehearsed: bool,
}

pub(super) fn subject(seminar: &Listed) -> String {
    format!("seminar/{}", seminar.place.slug)
}

pub(super) fn read(row: entity::Model) -> Result<Seat, Failure> {
    Ok(Seat {
        id: row.id,
        name: row.name,
        part: row.part.parse().map_err(|()| Failure::odd("seat.part"))?,
        delegation: row.delegation,
        has_account: row.account_id.is_some(),
        code: row.code.map(Code::stored),
        since: Timestamp::from_millisecond(row.created_at).map_err(|_| Failure::odd("seat.created_at"))?,
        rehearsed: row.rehearsed,
    })
}

/// A row for a seat without an account.
pub(super) fn new(
    seminar: i64,
    name: &str,
    part: Part,
    delegation: Option<&str>,
    now: Timestamp,
) -> entity::ActiveModel {
    entity::ActiveModel {
        id: NotSet,
        seminar_id: Set(seminar),
        account_id: Set(None),
        name: Set(name.to_owned()),
        folded: Set(folded(name)),
        part: Set(part.code().to_owned()),
        delegation: Set(delegation.map(str::to_owned)),
        code: Set(Some(Code::of_a_seat().as_str().to_owned())),
        stamp: Set(Token::new().reveal().to_owned()),
        created_at: Set(now.as_millisecond()),
        rehearsed: Set(false),
    }
}

/// A name as it is compared: whoever reads two that are alike here takes them for one, in whatever script they are, and
/// however they are divided.
pub(crate) fn folded(name: &str) -> String {
    language::fold(name)
}

/// A name as nobody has it at this seminar: with a number, where somebody has it or one that looks like it.
pub(crate) async fn free_name<C: ConnectionTrait>(db: &C, seminar: i64, name: &str) -> Result<String, Failure> {
    let taken: Vec<String> = entity::Entity::find()
        .filter(entity::Column::SeminarId.eq(seminar))
        .filter(entity::Column::Folded.starts_with(folded(name)))
        .select_only()
        .column(entity::Column::Folded)
        .into_tuple()
        .all(db)
        .await?;
    let taken: BTreeSet<String> = taken.into_iter().collect();
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    Ok(names.find(|name| !taken.contains(&folded(name))).unwrap_or_default())
}

/// Who is at a seminar, the latest first; none for those who do not give parts there.
///
/// # Errors
/// When the store does not answer.
pub async fn seats(store: &Store, viewer: &Viewer, seminar: &Listed) -> Result<Vec<Seat>, Failure> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(Vec::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::SeminarId.eq(seminar.id.id()))
        .order_by_desc(entity::Column::CreatedAt)
        .order_by_desc(entity::Column::Id);
    rows.all(store.read()).await?.into_iter().map(read).collect()
}

/// Who is in a seminar, and its door; `holds`: whether who asks may hold it, else nothing.
pub(crate) fn inside(
    seminar: &Shown,
    holds: bool,
) -> impl Ask<Answer = (Vec<entity::Model>, Vec<door::Model>)> + use<> {
    let of = |column: Expr| if holds { column } else { Expr::cust("1 = 0") };
    (
        Question::whole(entity::Entity, of(seminar.hold(entity::Column::SeminarId))),
        Question::whole(door::Entity, of(seminar.hold(door::Column::SeminarId))),
    )
}

/// The seat of who asks, where they came in without an account.
///
/// # Errors
/// When the store does not answer.
pub async fn your_seat(store: &Store, viewer: &Viewer) -> Result<Option<Seat>, Failure> {
    let Some(Somebody { who: Who::Seat(id), .. }) = viewer.who() else { return Ok(None) };
    entity::Entity::find_by_id(*id).one(store.read()).await?.map(read).transpose()
}

/// Says for which country who asks is there, who came in without an account; empty: for none.
///
/// # Errors
/// [`Refusal::Forbidden`] to anybody else, and where the country is none of the seminar's.
pub async fn set_delegation(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    delegation: &str,
    now: Timestamp,
) -> Outcome<()> {
    let Some(Somebody { who: who @ Who::Seat(id), .. }) = viewer.who() else { return Ok(Err(Refusal::Forbidden)) };
    if !delegation.is_empty() && !seminar.countries.iter().any(|country| country == delegation) {
        return Ok(Err(Refusal::Forbidden));
    }
    let delegation = Some(delegation.to_owned()).filter(|country| !country.is_empty());
    let transaction = changes::begin(store).await?;
    let before = entity::Entity::find_by_id(*id).one(&transaction).await?.and_then(|seat| seat.delegation);
    let says = json!({ "before": { "delegation": before }, "after": { "delegation": delegation } });
    entity::Entity::update_many()
        .set(entity::ActiveModel { delegation: Set(delegation), ..Default::default() })
        .filter(entity::Column::Id.eq(*id))
        .filter(entity::Column::SeminarId.eq(seminar.id.id()))
        .exec(&transaction)
        .await?;
    changes::audit(&transaction, now, &who.to_string(), "set delegation", &who.to_string(), says).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Gives somebody a seat who does not sign in: with the code on their card they can.
///
/// # Errors
/// [`Refusal::Forbidden`]; [`Refusal::Hidden`]; what is wrong with the name.
pub async fn add(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (name, part, delegation): (&str, Part, &str),
    now: Timestamp,
) -> Outcome<i64> {
    let known = delegation.is_empty() || seminar.countries.iter().any(|country| country == delegation);
    if !viewer.may_in(Act::GiveParts, seminar) || !known {
        return Ok(Err(Refusal::Forbidden));
    }
    let id = seminar.id.id();
    if !things::is_seen(store, &Viewer::seated(id, part), id).await? {
        return Ok(Err(Refusal::Hidden));
    }
    let name = granted!(Name::read(name));
    let transaction = changes::begin(store).await?;
    let name = free_name(&transaction, id, name.as_str()).await?;
    let delegation = Some(delegation).filter(|country| !country.is_empty());
    let rehearsed = Set(rehearsal::goes_on(&transaction, id, now).await?);
    let row = entity::ActiveModel { rehearsed, ..new(id, &name, part, delegation, now) };
    let seat = entity::Entity::insert(row).exec_with_returning(&transaction).await?.id;
    changes::audit(&transaction, now, &viewer.actor(), "add seat", &Who::Seat(seat).to_string(), json!({ "after": { "seminar": seminar.place.slug, "name": name, "part": part.code(), "delegation": delegation } })).await?;
    transaction.commit().await?;
    Ok(Ok(seat))
}

/// Takes a seat away: who sat on it is out at once. Of somebody without an account nothing is left but that they were
/// there.
///
/// # Errors
/// [`Refusal::Forbidden`], also where the seat is none of this seminar; [`Refusal::LastOrganiser`] to an organiser who
/// would leave the seminar to nobody.
pub async fn remove(store: &Store, viewer: &Viewer, seminar: &Listed, seat: i64, now: Timestamp) -> Outcome<()> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let transaction = changes::begin(store).await?;
    let here = entity::Column::SeminarId.eq(seminar.id.id());
    let Some(row) = entity::Entity::find_by_id(seat).filter(here).one(&transaction).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    take_away(&transaction, viewer, seminar, &row, now).await?;
    if is_last_organiser(&transaction, viewer, &row).await? {
        return Ok(Err(Refusal::LastOrganiser));
    }
    transaction.commit().await?;
    retention::settled(store).await;
    Ok(Ok(()))
}

/// Takes a seat away, with what is personal about it where its owner has no account.
pub(super) async fn take_away<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    seminar: &Listed,
    row: &entity::Model,
    now: Timestamp,
) -> Result<(), Failure> {
    crate::accounts::part_lost(db, row).await?;
    if row.account_id.is_none() {
        forget(db, row, now).await?;
    } else {
        // A backup may be of before they had an account: then they were a guest.
        retention::note(db, Who::Seat(row.id), row.created_at, now).await?;
    }
    entity::Entity::delete_by_id(row.id).exec(db).await?;
    // Who that is says the account, as long as there is one.
    let says = json!({ "before": { "seminar": seminar.place.slug, "account": row.account_id, "part": row.part, "delegation": row.delegation } });
    changes::audit(db, now, &viewer.actor(), "remove seat", &Who::Seat(row.id).to_string(), says).await
}

/// Has the audit say nothing any more of a seat without an account, and no backup bring its owner back.
async fn forget<C: ConnectionTrait>(db: &C, row: &entity::Model, now: Timestamp) -> Result<(), Failure> {
    let who = Who::Seat(row.id);
    let mut subjects = vec![who.to_string()];
    subjects.extend(crate::accounts::known_as(db, &subjects[0]).await?);
    changes::erase(db, &subjects, None).await?;
    retention::note(db, who, row.created_at, now).await
}

/// Lets the name of a seat go whose owner has no account, and what it comes in with; part and country stay, for whoever
/// counts them.
pub(crate) async fn erase<C: ConnectionTrait>(
    db: &C,
    row: &entity::Model,
    by: &str,
    now: Timestamp,
) -> Result<(), Failure> {
    let nameless = entity::ActiveModel {
        id: Set(row.id),
        name: Set(String::new()),
        folded: Set(String::new()),
        code: Set(None),
        stamp: Set(Token::new().reveal().to_owned()),
        ..Default::default()
    };
    entity::Entity::update(nameless).exec(db).await?;
    crate::accounts::end_of_seat(db, row.id).await?;
    crate::accounts::part_lost(db, row).await?;
    forget(db, row, now).await?;
    changes::audit(db, now, by, "erase seat", &Who::Seat(row.id).to_string(), Value::Null).await
}

/// Whether the seminar is left to nobody who could come in and run it, now that this organiser does not any more. Who
/// runs every seminar leaves none alone.
pub(super) async fn is_last_organiser<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    was: &entity::Model,
) -> Result<bool, Failure> {
    if was.part != Part::Organiser.code() || viewer.may(Act::GiveParts) {
        return Ok(false);
    }
    let can = entity::Column::AccountId.is_not_null().or(entity::Column::Code.is_not_null());
    let others = entity::Entity::find()
        .filter(entity::Column::SeminarId.eq(was.seminar_id))
        .filter(entity::Column::Part.eq(Part::Organiser.code()))
        .filter(can);
    Ok(others.one(db).await?.is_none())
}
