//! Saying something, and taking it down.

use super::{LETTERS_MOST, Lasts, Notice, STANDING_MOST, entity};
use crate::{
    accounts::{Outcome, Refusal, granted},
    changes,
    gate::Viewer,
    roles::Act,
    store::{Failure, Store},
    things::Listed,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use language::Language;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::{Value, json};

/// How many notices are listed that do not stand any more.
const LISTED: u64 = 50;
/// How long a notice is kept that does not stand any more.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Within how many milliseconds a notice that is sent again is the same one.
const TWICE: i64 = 2 * 60 * 1000;

/// A notice as a form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What is said.
    pub text: String,
    /// In which language.
    pub language: Language,
    /// A country of the seminar, for its delegation alone; empty: for all.
    pub delegation: String,
    /// How long it stands.
    pub lasts: Lasts,
}

/// What was typed, if it can stand as a notice: in one line.
fn read(typed: &str) -> Result<String, Refusal> {
    // Before anything walks through it.
    if typed.len() > 64 * LETTERS_MOST {
        return Err(Refusal::NoticeLong);
    }
    let text = language::line(typed);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Refusal::NoticeEmpty);
    }
    if text.chars().count() > LETTERS_MOST {
        return Err(Refusal::NoticeLong);
    }
    if text.chars().any(char::is_control) { Err(Refusal::NoticeOdd) } else { Ok(text) }
}

/// Those of a seminar that are to be read at a moment.
fn standing(seminar: i64, now: Timestamp) -> Condition {
    let until = entity::Column::Until;
    Condition::all()
        .add(entity::Column::SeminarId.eq(seminar))
        .add(entity::Column::EndedAt.is_null())
        .add(Condition::any().add(until.is_null()).add(until.gt(now.as_millisecond())))
}

/// Says something to those who take part, or to one delegation, on each page of the seminar. What is sent twice, as by two
/// taps, stands once.
///
/// # Errors
/// [`Refusal::Forbidden`], also where the country is none of the seminar's; what is wrong with the text;
/// [`Refusal::NoticesMany`] where [`STANDING_MOST`] stand.
pub async fn post(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (typed, zone): (&Typed, &TimeZone),
    now: Timestamp,
) -> Outcome<()> {
    let delegation = Some(typed.delegation.clone()).filter(|country| !country.is_empty());
    let known = delegation.as_ref().is_none_or(|country| seminar.countries.contains(country));
    if !viewer.may_in(Act::PostNotices, seminar) || !known {
        return Ok(Err(Refusal::Forbidden));
    }
    let text = granted!(read(&typed.text));
    let id = seminar.id.id();
    let until = typed.lasts.until(zone, now);
    let transaction = changes::begin(store).await?;
    let stand = entity::Entity::find().filter(standing(id, now)).all(&transaction).await?;
    let ends = until.map(Timestamp::as_millisecond);
    let same = |notice: &entity::Model| {
        let lasts = match (notice.until, ends) {
            (Some(one), Some(other)) => (other - one).abs() < TWICE,
            (one, other) => one == other,
        };
        let recent = now.as_millisecond() - notice.posted_at < TWICE;
        let alike = notice.text == text && notice.language == typed.language.code();
        recent && lasts && alike && notice.delegation == delegation
    };
    if stand.iter().any(same) {
        return Ok(Ok(()));
    }
    if stand.len() >= STANDING_MOST {
        return Ok(Err(Refusal::NoticesMany));
    }
    let row = entity::ActiveModel {
        id: NotSet,
        seminar_id: Set(id),
        delegation: Set(delegation.clone()),
        language: Set(typed.language.code().to_owned()),
        text: Set(text.clone()),
        posted_at: Set(now.as_millisecond()),
        until: Set(ends),
        ended_at: Set(None),
    };
    let row = entity::Entity::insert(row).exec_with_returning(&transaction).await?;
    let until = until.map(|until| until.to_string());
    let says =
        json!({ "after": { "seminar": seminar.place.slug, "text": text, "delegation": delegation, "until": until } });
    noted(&transaction, viewer, row.id, ("post notice", says), now).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Takes a notice down. One that does not stand any more is left as it is.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such notice at this seminar.
pub async fn end(store: &Store, viewer: &Viewer, seminar: &Listed, notice: i64, now: Timestamp) -> Outcome<()> {
    if !viewer.may_in(Act::PostNotices, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let transaction = changes::begin(store).await?;
    let here = entity::Entity::find_by_id(notice).filter(entity::Column::SeminarId.eq(seminar.id.id()));
    let Some(row) = here.one(&transaction).await? else { return Ok(Err(Refusal::Forbidden)) };
    if !Notice::try_from(row)?.stands(now) {
        return Ok(Ok(()));
    }
    entity::Entity::update_many()
        .col_expr(entity::Column::EndedAt, Expr::value(now.as_millisecond()))
        .filter(entity::Column::Id.eq(notice))
        .exec(&transaction)
        .await?;
    noted(&transaction, viewer, notice, ("end notice", Value::Null), now).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Deletes a notice, and what the audit says of it.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such notice at this seminar.
pub async fn delete(store: &Store, viewer: &Viewer, seminar: &Listed, notice: i64, now: Timestamp) -> Outcome<()> {
    if !viewer.may_in(Act::PostNotices, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let transaction = changes::begin(store).await?;
    let here = entity::Entity::delete_by_id(notice).filter(entity::Column::SeminarId.eq(seminar.id.id()));
    if here.exec(&transaction).await?.rows_affected == 0 {
        return Ok(Err(Refusal::Forbidden));
    }
    changes::erase(&transaction, &[subject(notice)], None).await?;
    noted(&transaction, viewer, notice, ("delete notice", Value::Null), now).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Deletes what has not stood for [`KEPT`], and what the audit says of it: how many.
///
/// # Errors
/// When the store does not answer.
pub async fn prune(store: &Store, now: Timestamp) -> Result<usize, Failure> {
    let limit = now.saturating_sub(KEPT).unwrap_or(now).as_millisecond();
    let over = Condition::any()
        .add(entity::Column::EndedAt.lt(limit))
        .add(Condition::all().add(entity::Column::EndedAt.is_null()).add(entity::Column::Until.lt(limit)));
    let rows = entity::Entity::find().filter(over).all(store.read()).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let subjects: Vec<String> = rows.iter().map(|row| subject(row.id)).collect();
    let transaction = changes::begin(store).await?;
    let these = entity::Entity::delete_many().filter(entity::Column::Id.is_in(rows.iter().map(|row| row.id)));
    these.exec(&transaction).await?;
    changes::erase(&transaction, &subjects, None).await?;
    transaction.commit().await?;
    Ok(rows.len())
}

/// Deletes what was said at a seminar since a moment, in milliseconds since 1970, and what the audit says of it: how many.
pub(crate) async fn forget_since<C: ConnectionTrait>(db: &C, seminar: &Listed, since: i64) -> Result<usize, Failure> {
    let of =
        Condition::all().add(entity::Column::SeminarId.eq(seminar.id.id())).add(entity::Column::PostedAt.gte(since));
    let rows = entity::Entity::find().filter(of.clone()).all(db).await?;
    let subjects: Vec<String> = rows.iter().map(|row| subject(row.id)).collect();
    entity::Entity::delete_many().filter(of).exec(db).await?;
    changes::erase(db, &subjects, None).await?;
    Ok(rows.len())
}

/// Without the name of its seminar, which may become another.
fn subject(notice: i64) -> String {
    format!("notice/{notice}")
}

async fn noted<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    notice: i64,
    (act, says): (&str, Value),
    now: Timestamp,
) -> Result<(), Failure> {
    changes::audit(db, now, &viewer.actor(), act, &subject(notice), says).await
}

/// What stands at a seminar, and what was said last before it, the latest first, for those who may say something there; none
/// for others.
///
/// # Errors
/// When the store does not answer.
pub async fn notices(store: &Store, viewer: &Viewer, seminar: &Listed, now: Timestamp) -> Result<Vec<Notice>, Failure> {
    if !viewer.may_in(Act::PostNotices, seminar) {
        return Ok(Vec::new());
    }
    let id = seminar.id.id();
    let mut rows =
        entity::Entity::find().filter(standing(id, now)).order_by_desc(entity::Column::Id).all(store.read()).await?;
    let over = entity::Entity::find()
        .filter(entity::Column::SeminarId.eq(id))
        .filter(entity::Column::Id.is_not_in(rows.iter().map(|row| row.id)))
        .order_by_desc(entity::Column::Id)
        .limit(LISTED);
    rows.extend(over.all(store.read()).await?);
    rows.into_iter().map(Notice::try_from).collect()
}
