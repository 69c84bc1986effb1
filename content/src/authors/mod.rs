//! Who writes practices and challenges in the browser. Until they publish one it is a draft, and theirs alone: neither
//! organisers nor administrators see it, and the audit does not say what stands in it.

pub(crate) mod entity;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use entity::{author, draft};

use crate::{
    accounts::{Outcome, Refusal, entity as account},
    changes::{self, Act as Happened},
    edits::{self, Edited, Held},
    folder::Publishing,
    gate::{Audience, Reason, Viewer, Who},
    roles::{Act, Part},
    seats::entity as seat,
    seminars,
    store::{Failure, Store},
    texts::{Phrase, Reading, entity as text},
    things::{self, Kind, Listed, Look, entity::thing},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::OnConflict,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is written so.
pub const KINDS: [Kind; 2] = [Kind::Practice, Kind::Challenge];

/// Whether they may write for a seminar. Who has no account cannot: whose it is would be forgotten with their seat. Nor can
/// who looks with other eyes, who does not see what is theirs.
pub fn may_write(viewer: &Viewer, seminar: &Listed) -> bool {
    viewer.writer().is_some() && viewer.may_in(Act::WriteNotes, seminar)
}

/// The seminars for which they may write, the last changed first.
///
/// # Errors
/// When the store does not answer.
pub async fn homes(store: &Store, viewer: &Viewer, reading: Reading) -> Result<Vec<Listed>, Failure> {
    if viewer.writer().is_none() || !viewer.may_somewhere(Act::WriteNotes) {
        return Ok(Vec::new());
    }
    let look = Look { kinds: &[Kind::Seminar], newest_first: true, examples_last: true, ..Look::default() };
    let all = things::list(store, viewer, reading, &look).await?;
    Ok(all.into_iter().filter(|seminar| may_write(viewer, seminar)).collect())
}

/// Whether they may change something that was written for a seminar: a draft of theirs, whatever became of their part and of
/// who sees the seminar; and what is published, where they wrote it and may still write there, or look after all of it.
pub fn may_edit(viewer: &Viewer, seminar: &Listed, itself: &Listed) -> bool {
    let theirs = viewer.writer().is_some() && viewer.sees(Audience::Authors(itself.id.id()));
    match itself.draft {
        true => theirs,
        false => (theirs && may_write(viewer, seminar)) || viewer.may_in(Act::EditNotes, seminar),
    }
}

/// The same; none: whether they may begin something.
pub(crate) fn may(viewer: &Viewer, seminar: &Listed, itself: Option<&Listed>) -> bool {
    itself.map_or_else(|| may_write(viewer, seminar), |itself| may_edit(viewer, seminar, itself))
}

/// Looks for just what was written for a seminar.
pub(crate) fn look<'a>(seminar: &Listed, itself: &'a Listed) -> Look<'a> {
    let kinds: &[Kind] = if itself.place.kind == Kind::Practice { &[Kind::Practice] } else { &[Kind::Challenge] };
    let home = [seminar.id].into_iter().collect();
    Look { kinds, slug: Some(&itself.place.slug), seminar: Some(home), ..Look::default() }
}

/// Something that is written, with the seminar for which it is, for those who may change it. Of a seminar that the author of
/// a draft does not see any more there is no more than they had.
///
/// # Errors
/// When the store does not answer.
pub async fn written(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    (kind, slug): (Kind, &str),
) -> Result<Option<(Listed, Listed)>, Failure> {
    let sought = Look { kinds: &[kind], slug: Some(slug), ..Look::default() };
    let Some(itself) = things::list(store, viewer, reading, &sought).await?.pop() else { return Ok(None) };
    let Some(home) = itself.seminar.clone().filter(|_| KINDS.contains(&kind)) else { return Ok(None) };
    let mut seminar = seminars::listed(store, viewer, reading, &home).await?;
    if seminar.is_none() && itself.draft {
        let hidden = seminars::listed(store, &Viewer::everything(Reason::Keeping), reading, &home).await?;
        seminar = hidden.map(|hidden| Listed { title: Phrase::default(), countries: Vec::new(), ..hidden });
    }
    Ok(seminar.filter(|seminar| may_edit(viewer, seminar, &itself)).map(|seminar| (seminar, itself)))
}

/// Publishes a draft: from now on it is for those who may see what lies there in its seminar, under a name of its own. Its
/// slug. `was`: when what whoever asks was shown had last changed, in milliseconds since 1970.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such draft; [`Refusal::Changed`].
pub async fn publish(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    (kind, slug): (Kind, &str),
    was: i64,
    now: Timestamp,
) -> Outcome<String> {
    let Some((seminar, itself)) = written(store, viewer, reading, (kind, slug)).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    if !itself.draft || !may_write(viewer, &seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let found = edits::held(store, viewer, &seminar.place.slug, &look(&seminar, &itself)).await?;
    let Some(Held { row, stored, seen }) = found else {
        return Ok(Err(Refusal::Forbidden));
    };
    if row.changed_at != was {
        return Ok(Err(Refusal::Changed));
    }
    let seen = Some((seen.clone(), seen));
    let published = Edited { after: stored.clone(), before: Some((row, stored)), seen, publishes: true };
    let slugs = edits::publish(store, viewer, Some(seminar.id.id()), vec![published], now).await?;
    Ok(slugs.and_then(|mut slugs| slugs.pop()).ok_or(Refusal::Changed))
}

/// Somebody who writes a draft, or could be let to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// Their account.
    pub account: i64,
    /// How they are called.
    pub name: String,
    /// Whether they write it.
    pub writes: bool,
}

/// Who writes a draft, and who of its seminar may write and does not: for those who write it.
///
/// # Errors
/// When the store does not answer.
pub async fn writers(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    itself: &Listed,
) -> Result<Vec<Writer>, Failure> {
    if !itself.draft || !may_edit(viewer, seminar, itself) {
        return Ok(Vec::new());
    }
    // Whose part is gone learns of nobody who came after them.
    let may = may_write(viewer, seminar);
    let parts = Part::ALL.iter().filter(|part| may && part.may(Act::WriteNotes)).map(|part| part.code());
    let seats = seat::Entity::find()
        .select_only()
        .column(seat::Column::AccountId)
        .filter(seat::Column::SeminarId.eq(seminar.id.id()))
        .filter(seat::Column::Part.is_in(parts))
        .filter(seat::Column::AccountId.is_not_null());
    let seats: Vec<i64> = seats.into_tuple().all(store.read()).await?;
    let authors = author::Entity::find().filter(author::Column::ThingId.eq(itself.id.id())).all(store.read()).await?;
    let authors: Vec<i64> = authors.into_iter().map(|row| row.account_id).collect();
    let all = account::Entity::find()
        .filter(account::Column::Id.is_in(seats.iter().chain(&authors).copied()))
        .order_by_asc(account::Column::Name)
        .all(store.read())
        .await?;
    let all = all.into_iter().filter(|one| one.disabled_at.is_none() || authors.contains(&one.id));
    let writer = |one: account::Model| Writer { writes: authors.contains(&one.id), account: one.id, name: one.name };
    let (writes, others): (Vec<_>, Vec<_>) = all.map(writer).partition(|one| one.writes);
    Ok(writes.into_iter().chain(others).collect())
}

/// Lets somebody of its seminar write a draft, or no longer. One who writes it stays.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such draft, they are not of the seminar, or nobody else writes it.
pub async fn set_writer(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    (kind, slug): (Kind, &str),
    (account, writes): (i64, bool),
    now: Timestamp,
) -> Outcome<()> {
    let Some((seminar, itself)) = written(store, viewer, reading, (kind, slug)).await? else {
        return Ok(Err(Refusal::Forbidden));
    };
    let writers = writers(store, viewer, &seminar, &itself).await?;
    let Some(writer) = writers.into_iter().find(|writer| writer.account == account) else {
        return Ok(Err(Refusal::Forbidden));
    };
    if writer.writes == writes {
        return Ok(Ok(()));
    }
    let transaction = changes::begin(store).await?;
    let thing = itself.id.id();
    // Somebody else may have taken them from those who write it.
    if !is_author(&transaction, thing, viewer.writer()).await? {
        return Ok(Err(Refusal::Forbidden));
    }
    if writes {
        let row = author::ActiveModel { thing_id: Set(thing), account_id: Set(account) };
        let again = OnConflict::new().do_nothing().to_owned();
        author::Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
    } else {
        author::Entity::delete_by_id((thing, account)).exec(&transaction).await?;
    }
    let left = author::Entity::find().filter(author::Column::ThingId.eq(thing)).count(&transaction).await?;
    if left == 0 || !is_draft(&transaction, thing).await? {
        return Ok(Err(Refusal::Forbidden));
    }
    let act = if writes { "let write" } else { "let write no longer" };
    let subject = format!("seminar/{}/{}/{thing}", seminar.place.slug, kind.code());
    let says = json!({ "after": { "account": Who::Account(account).to_string() } });
    changes::audit(&transaction, now, &viewer.actor(), act, &subject, says).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Whether an account writes a thing.
pub(crate) async fn is_author<C: ConnectionTrait>(db: &C, thing: i64, account: Option<i64>) -> Result<bool, Failure> {
    let Some(account) = account else { return Ok(false) };
    Ok(author::Entity::find_by_id((thing, account)).one(db).await?.is_some())
}

/// Whether a thing is a draft.
pub(crate) async fn is_draft<C: ConnectionTrait>(db: &C, thing: i64) -> Result<bool, Failure> {
    Ok(draft::Entity::find_by_id(thing).one(db).await?.is_some())
}

/// A thing is a draft of somebody from now on.
pub(crate) async fn begin<C: ConnectionTrait>(db: &C, thing: i64, account: i64) -> Result<(), Failure> {
    let row = author::ActiveModel { thing_id: Set(thing), account_id: Set(account) };
    author::Entity::insert(row).exec_without_returning(db).await?;
    draft::Entity::insert(draft::ActiveModel { thing_id: Set(thing) }).exec_without_returning(db).await?;
    Ok(())
}

/// It is none any more.
pub(crate) async fn published<C: ConnectionTrait>(db: &C, thing: i64) -> Result<(), Failure> {
    draft::Entity::delete_by_id(thing).exec(db).await?;
    Ok(())
}

/// What an account writes, for its owner to take along: the originals as they are stored.
pub(crate) async fn theirs<C: ConnectionTrait>(db: &C, account: i64) -> Result<Vec<Value>, Failure> {
    let rows = author::Entity::find().filter(author::Column::AccountId.eq(account));
    let mut theirs = Vec::new();
    for row in rows.order_by_asc(author::Column::ThingId).all(db).await? {
        let Some(thing) = thing::Entity::find_by_id(row.thing_id).one(db).await? else { continue };
        let text = text::Entity::find()
            .filter(text::Column::ThingId.eq(thing.id))
            .filter(text::Column::Language.eq(&thing.language));
        let Some(text) = text.one(db).await? else { continue };
        theirs.push(json!({
            "kind": thing.kind, "name": thing.slug, "draft": is_draft(db, thing.id).await?, "language": thing.language,
            "title": text.title, "summary": text.summary, "text": text.source,
        }));
    }
    Ok(theirs)
}

/// Of accounts that go, how many drafts go with each: nobody writes them who stays.
pub(crate) async fn left_alone<C: ConnectionTrait>(db: &C, go: &BTreeSet<i64>) -> Result<BTreeMap<i64, u64>, Failure> {
    let drafts = draft::Entity::find().select_only().column(draft::Column::ThingId).into_query();
    let rows = author::Entity::find().filter(author::Column::ThingId.in_subquery(drafts)).all(db).await?;
    let mut written: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in rows {
        written.entry(row.thing_id).or_default().push(row.account_id);
    }
    let mut left = BTreeMap::new();
    for account in written.values().filter(|all| all.iter().all(|one| go.contains(one))).flatten() {
        *left.entry(*account).or_default() += 1;
    }
    Ok(left)
}

/// An account goes: so do the drafts that it alone wrote, which nobody could see any more. What changed.
pub(crate) async fn leave<C: ConnectionTrait>(
    db: &C,
    account: i64,
    now: Timestamp,
) -> Result<Vec<(i64, Kind, Happened)>, Failure> {
    let drafts = draft::Entity::find().select_only().column(draft::Column::ThingId).into_query();
    let theirs = author::Entity::find()
        .filter(author::Column::AccountId.eq(account))
        .filter(author::Column::ThingId.in_subquery(drafts));
    let mut alone = Vec::new();
    for row in theirs.all(db).await? {
        let all = author::Entity::find().filter(author::Column::ThingId.eq(row.thing_id)).count(db).await?;
        alone.extend((all == 1).then_some(row.thing_id));
    }
    let gone = thing::Entity::find().filter(thing::Column::Id.is_in(alone.iter().copied())).all(db).await?;
    let mut publishing = Publishing::new(db, now, false, &|_| ());
    publishing.delete(&alone).await?;
    let mut changes = publishing.changes;
    for row in gone {
        changes.push((row.id, row.kind()?, Happened::Deleted));
    }
    Ok(changes)
}
