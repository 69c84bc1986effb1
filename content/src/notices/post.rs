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
use jiff::{Timestamp, tz::TimeZone};
use language::Language;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;

/// How many notices are listed.
const LISTED: u64 = 50;
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
    // What turns the direction of a line would reach into what stands beside it.
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = typed.chars().filter(|c| !turns(*c)).collect();
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Refusal::NoticeEmpty);
    }
    if text.chars().count() > LETTERS_MOST {
        return Err(Refusal::NoticeLong);
    }
    if text.chars().any(char::is_control) { Err(Refusal::NoticeOdd) } else { Ok(text) }
}

/// Those of a seminar that are to be read at a moment.
pub(super) fn standing(seminar: i64, now: Timestamp) -> Condition {
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
    let same = |notice: &entity::Model| {
        let recent = now.as_millisecond() - notice.posted_at < TWICE;
        recent && notice.text == text && notice.delegation == delegation
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
        until: Set(until.map(Timestamp::as_millisecond)),
        ended_at: Set(None),
    };
    let row = entity::Entity::insert(row).exec_with_returning(&transaction).await?;
    let until = until.map(|until| until.to_string());
    let says = json!({ "after": { "notice": row.id, "text": text, "delegation": delegation, "until": until } });
    noted(&transaction, viewer, seminar, ("post notice", says), now).await?;
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
    noted(&transaction, viewer, seminar, ("end notice", json!({ "before": { "notice": notice } })), now).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

async fn noted<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    seminar: &Listed,
    (act, says): (&str, serde_json::Value),
    now: Timestamp,
) -> Result<(), Failure> {
    let subject = format!("seminar/{}", seminar.place.slug);
    changes::audit(db, now, &viewer.actor(), act, &subject, says).await
}

/// What was said last at a seminar, the latest first, for those who may say something there; none for others.
///
/// # Errors
/// When the store does not answer.
pub async fn notices(store: &Store, viewer: &Viewer, seminar: &Listed) -> Result<Vec<Notice>, Failure> {
    if !viewer.may_in(Act::PostNotices, seminar) {
        return Ok(Vec::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::SeminarId.eq(seminar.id.id()))
        .order_by_desc(entity::Column::Id)
        .limit(LISTED);
    rows.all(store.read()).await?.into_iter().map(Notice::try_from).collect()
}
