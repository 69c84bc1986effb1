//! Who was erased: nothing that is personal, but enough that a backup of before does not bring them back.
//!
//! It stands in the store, with what was erased in one transaction, and again in a file beside it, which outlives the
//! store: whoever is in the file and not in the store came back with a backup.

use super::entity::erased;
use crate::{
    accounts::{self, Token, entity as account},
    changes::{self, CLOCK},
    gate::Who,
    seats::{self, entity as seat},
    store::{Failure, Store},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// The file that says who was erased, in the data folder.
pub const FILE: &str = "erased";

/// Who, and since when they were there: in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gone {
    who: Who,
    since: i64,
}

/// Notes that somebody was erased who came at `since`.
pub(crate) async fn note<C: ConnectionTrait>(db: &C, who: Who, since: i64, now: Timestamp) -> Result<(), Failure> {
    let row = erased::ActiveModel { who: Set(who.to_string()), since: Set(since), at: Set(now.as_millisecond()) };
    let once = OnConflict::columns([erased::Column::Who, erased::Column::Since]).do_nothing().to_owned();
    erased::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// Erases again whoever was erased and came back with a backup; and has the file know all that the store knows. How many
/// came back. Where the file cannot be written, that is told in the log and tried again later.
///
/// # Errors
/// When the store does not answer, or the file is there and cannot be read.
pub async fn settle(store: &Store, now: Timestamp) -> Result<usize, Failure> {
    let mut listed = known(store).await?;
    listed.extend(lines(&file(store).await?).filter_map(read));
    let mut back = 0;
    for (gone, at) in returned(store.read(), &listed).await? {
        let transaction = changes::begin_publishing(store).await?;
        // Another process may have settled it meanwhile.
        if returned(&transaction, &BTreeMap::from([(gone, at)])).await?.is_empty() {
            continue;
        }
        let mut changed = Vec::new();
        match gone.who {
            Who::Account(id) => {
                let Some(row) = account::Entity::find_by_id(id).one(&transaction).await? else { continue };
                changed = accounts::erase(&transaction, &row, CLOCK, now).await?;
            }
            Who::Seat(id) => {
                let Some(row) = seat::Entity::find_by_id(id).one(&transaction).await? else { continue };
                seats::erase(&transaction, &row, CLOCK, now).await?;
            }
        }
        if !changed.is_empty() {
            changes::write(&transaction, now, &changed).await?;
        }
        transaction.commit().await?;
        store.announce();
        back += 1;
    }
    settled(store).await;
    Ok(back)
}

/// After somebody was erased: nothing of them is left in free pages, and the file knows it. What fails of that is told in
/// the log and done again later, since they are erased all the same.
pub(crate) async fn settled(store: &Store) {
    if let Err(failure) = accounts::overwritten(store).await {
        tracing::warn!(%failure, "what was erased could not be overwritten in the log of the store, and is tried again");
    }
    if let Err(failure) = mirror(store).await {
        tracing::warn!(%failure, "the list of who was erased could not be written, and is tried again");
    }
}

/// Of these, who is there all the same.
async fn returned<C: ConnectionTrait>(db: &C, listed: &BTreeMap<Gone, i64>) -> Result<Vec<(Gone, i64)>, Failure> {
    let mut there = BTreeSet::new();
    let ids = |of: fn(Who) -> Option<i64>| listed.keys().filter_map(move |gone| of(gone.who)).collect::<Vec<_>>();
    let accounts = ids(|who| if let Who::Account(id) = who { Some(id) } else { None });
    for part in accounts.chunks(500) {
        let rows = account::Entity::find().filter(account::Column::Id.is_in(part.iter().copied())).all(db).await?;
        there.extend(rows.into_iter().map(|row| Gone { who: Who::Account(row.id), since: row.created_at }));
    }
    let seats = ids(|who| if let Who::Seat(id) = who { Some(id) } else { None });
    for part in seats.chunks(500) {
        // Of one that was erased the seat stays, with nothing of theirs.
        let theirs = Condition::any().add(seat::Column::Name.ne("")).add(seat::Column::Code.is_not_null());
        let rows = seat::Entity::find().filter(seat::Column::Id.is_in(part.iter().copied())).filter(theirs);
        let rows = rows.filter(seat::Column::AccountId.is_null()).all(db).await?;
        there.extend(rows.into_iter().map(|row| Gone { who: Who::Seat(row.id), since: row.created_at }));
    }
    Ok(listed.iter().filter(|(gone, _)| there.contains(gone)).map(|(gone, at)| (*gone, *at)).collect())
}

async fn known(store: &Store) -> Result<BTreeMap<Gone, i64>, Failure> {
    let rows = erased::Entity::find().all(store.read()).await?;
    let one = |row: erased::Model| Some((Gone { who: row.who.parse().ok()?, since: row.since }, row.at));
    Ok(rows.into_iter().filter_map(one).collect())
}

/// Has the file know all that the store knows: after somebody was erased. What else stands in it stays.
async fn mirror(store: &Store) -> Result<(), Failure> {
    let mut text = file(store).await?;
    let listed: BTreeMap<Gone, i64> = lines(&text).filter_map(read).collect();
    let known = known(store).await?;
    let lacking: Vec<_> = known.into_iter().filter(|(gone, _)| !listed.contains_key(gone)).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    if text.last().is_some_and(|last| *last != b'\n') {
        text.push(b'\n');
    }
    for (Gone { who, since }, at) in lacking {
        text.extend(format!("{who} {since} {at}\n").into_bytes());
    }
    let data = store.data().to_owned();
    let written = tokio::task::spawn_blocking(move || write(&data, &text));
    Ok(written.await.map_err(io::Error::other)??)
}

/// All that the file says; nothing where there is none.
async fn file(store: &Store) -> Result<Vec<u8>, Failure> {
    match tokio::fs::read(store.data().join(FILE)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        text => Ok(text?),
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &str> {
    text.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok())
}

/// What a line says; of one that cannot be read nothing.
fn read(line: &str) -> Option<(Gone, i64)> {
    let mut parts = line.split_whitespace();
    let gone = Gone { who: parts.next()?.parse().ok()?, since: parts.next()?.parse().ok()? };
    Some((gone, parts.next()?.parse().ok()?))
}

/// All of it or nothing, for its owner alone.
fn write(data: &Path, text: &[u8]) -> io::Result<()> {
    let new = data.join(format!("{FILE}.{}", Token::new().reveal()));
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&new, data.join(FILE))
    };
    written().inspect_err(|_| drop(fs::remove_file(&new)))
}
