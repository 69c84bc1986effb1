//! Writing and following the log.

use super::entity::{audit, change};
use crate::{
    coded::coded,
    store::{Failure, Store},
    things::Kind,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect,
};

coded! {
    /// What happened to a thing.
    Act {
        /// It was not there before.
        Created = "created",
        /// It says something else now, or to somebody else.
        Updated = "updated",
        /// It is gone.
        Deleted = "deleted",
    }
}

/// A line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the order; some numbers may be missing.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// The thing's id.
    pub(crate) thing: i64,
    /// What it is.
    pub kind: Kind,
    /// What happened.
    pub act: Act,
}

/// The number of the last change; 0 where there is none.
///
/// # Errors
/// When the store does not answer.
pub async fn last(store: &Store) -> Result<i64, Failure> {
    let number: Option<Option<i64>> = change::Entity::find()
        .select_only()
        .column_as(change::Column::Number.max(), "last")
        .into_tuple()
        .one(store.read())
        .await?;
    Ok(number.flatten().unwrap_or_default())
}

/// The number of the last entry of the audit; 0 where there is none. Another one: something was done, whatever it was.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn done(store: &Store) -> Result<i64, Failure> {
    let id: Option<Option<i64>> = audit::Entity::find()
        .select_only()
        .column_as(audit::Column::Id.max(), "done")
        .into_tuple()
        .one(store.read())
        .await?;
    Ok(id.flatten().unwrap_or_default())
}

/// The changes after a number, in order, at most `most`.
///
/// # Errors
/// When the store does not answer.
pub async fn after(store: &Store, number: i64, most: u64) -> Result<Vec<Change>, Failure> {
    let rows = change::Entity::find()
        .filter(change::Column::Number.gt(number))
        .order_by_asc(change::Column::Number)
        .limit(most)
        .all(store.read())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Change {
                number: row.number,
                at: Timestamp::from_millisecond(row.at).map_err(|_| Failure::odd("change.at"))?,
                thing: row.thing_id,
                kind: row.kind.parse().map_err(|()| Failure::odd("change.kind"))?,
                act: row.act.parse().map_err(|()| Failure::odd("change.act"))?,
            })
        })
        .collect()
}

/// Writes lines. The last thing that a transaction does: on PostgreSQL it holds the log until it commits, so that
/// numbers become visible in order and no follower passes one over.
pub(crate) async fn write<C: ConnectionTrait>(
    db: &C,
    at: Timestamp,
    changes: &[(i64, Kind, Act)],
) -> Result<(), Failure> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("LOCK TABLE \"change\" IN EXCLUSIVE MODE").await?;
    }
    for part in changes.chunks(500) {
        let rows = part.iter().map(|(thing, kind, act)| change::ActiveModel {
            number: NotSet,
            at: Set(at.as_millisecond()),
            thing_id: Set(*thing),
            kind: Set(kind.code().to_owned()),
            act: Set(act.code().to_owned()),
        });
        change::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
