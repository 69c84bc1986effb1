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
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, TransactionTrait, sea_query::OnConflict};
use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// The file, in the data folder.
pub(crate) const FILE: &str = "erased";

/// Who, and since when they were there: in milliseconds since 1970.
type Gone = (String, i64);

/// Notes that somebody was erased who came at `since`.
pub(crate) async fn note<C: ConnectionTrait>(db: &C, who: Who, since: i64, now: Timestamp) -> Result<(), Failure> {
    let row =
        erased::ActiveModel { who: Set(who.to_string()), since: Set(since), at: Set(now.as_millisecond()) };
    let once = OnConflict::columns([erased::Column::Who, erased::Column::Since]).do_nothing().to_owned();
    erased::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// Erases again whoever was erased and came back with a backup; and has the file know all that the store knows. How many
/// came back.
///
/// # Errors
/// When the store or the disk does not answer.
pub async fn settle(store: &Store, now: Timestamp) -> Result<usize, Failure> {
    let known = known(store).await?;
    let mut back = 0;
    for (who, since) in file(store).await?.into_keys().filter(|gone| !known.contains_key(gone)) {
        let transaction = store.write().begin().await?;
        changes::publishing(&transaction).await?;
        changes::turn(&transaction).await?;
        let mut changed = Vec::new();
        match who.parse() {
            Ok(Who::Account(id)) => {
                let Some(row) = account::Entity::find_by_id(id).one(&transaction).await? else { continue };
                if row.created_at != since {
                    continue;
                }
                changed = accounts::erase(&transaction, &row, CLOCK, now).await?;
            }
            Ok(Who::Seat(id)) => {
                let Some(row) = seat::Entity::find_by_id(id).one(&transaction).await? else { continue };
                if row.created_at != since {
                    continue;
                }
                seats::erase(&transaction, &row, CLOCK, now).await?;
            }
            Err(()) => continue,
        }
        if !changed.is_empty() {
            changes::write(&transaction, now, &changed).await?;
        }
        transaction.commit().await?;
        store.announce();
        back += 1;
    }
    if back > 0 {
        accounts::overwritten(store).await?;
    }
    mirror(store).await?;
    Ok(back)
}

async fn known(store: &Store) -> Result<BTreeMap<Gone, i64>, Failure> {
    let rows = erased::Entity::find().all(store.read()).await?;
    Ok(rows.into_iter().map(|row| ((row.who, row.since), row.at)).collect())
}

/// Has the file know all that the store knows: after somebody was erased.
pub(crate) async fn mirror(store: &Store) -> Result<(), Failure> {
    let known = known(store).await?;
    let listed = file(store).await?;
    if known.keys().all(|gone| listed.contains_key(gone)) {
        return Ok(());
    }
    let all: BTreeMap<Gone, i64> = listed.into_iter().chain(known).collect();
    let lines: String = all.iter().map(|((who, since), at)| format!("{who} {since} {at}\n")).collect();
    let data = store.data().to_owned();
    let written = tokio::task::spawn_blocking(move || write(&data, &lines));
    Ok(written.await.map_err(io::Error::other)??)
}

/// What the file knows; of a line that cannot be read nothing.
async fn file(store: &Store) -> Result<BTreeMap<Gone, i64>, Failure> {
    let text = match tokio::fs::read_to_string(store.data().join(FILE)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        text => text?,
    };
    let line = |line: &str| {
        let mut parts = line.split(' ');
        let gone = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        Some((gone, parts.next()?.parse().ok()?))
    };
    Ok(text.lines().filter_map(line).collect())
}

/// All of it or nothing, for its owner alone.
fn write(data: &Path, lines: &str) -> io::Result<()> {
    let new = data.join(format!("{FILE}.{}", Token::new().reveal()));
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, data.join(FILE))
    };
    written().inspect_err(|_| drop(fs::remove_file(&new)))
}
