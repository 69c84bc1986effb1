//! Who did what: entries that hang together, to be read by administrators and verified by `plenary check`.

use super::{
    chain::{Link, commitment},
    entity::audit,
};
use crate::{
    accounts::Token,
    gate::Viewer,
    roles::Act,
    store::{Failure, Store},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, TransactionTrait,
    sea_query::{Expr, ExprTrait, LikeExpr},
};
use serde_json::Value;

/// An entry, as administrators read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the order.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who: `account/7`, `seat/3`, `command line`; `clock` where the moment for it had come.
    pub actor: String,
    /// What they did.
    pub act: String,
    /// To what.
    pub subject: String,
    /// What was before and after, where there is something to say; [`Value::Null`] also where it was erased.
    pub says: Value,
}

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Those of one actor; empty: of all.
    pub actor: String,
    /// Those about one subject; empty: about all.
    pub subject: String,
    /// In the order in which they were made; else the latest first.
    pub oldest_first: bool,
}

/// The first entry that does not hang together with the one before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("audit entry {id}: {why}")]
pub struct Broken {
    /// Its place in the order.
    pub id: i64,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Whoever does what was planned, or was set once, when its moment comes.
pub(crate) const CLOCK: &str = "clock";

/// Waits until no other transaction changes who may do what, and keeps others waiting until this one ends: for what must
/// be counted before it is changed, and so that no two entries hang on the same one. SQLite has one writer anyway.
pub(crate) async fn turn<C: ConnectionTrait>(db: &C) -> Result<(), Failure> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("LOCK TABLE \"audit\" IN EXCLUSIVE MODE").await?;
    }
    Ok(())
}

/// A transaction that notes who did something, and has its [`turn`]: before it looks at anything, so that no two wait for
/// each other.
pub(crate) async fn begin(store: &Store) -> Result<DatabaseTransaction, Failure> {
    let transaction = store.write().begin().await?;
    turn(&transaction).await?;
    Ok(transaction)
}

/// The same for one that also changes what is shown, or to whom: first it waits for its turn to publish. All take the two
/// in this order, so that no two wait for each other.
pub(crate) async fn begin_publishing(store: &Store) -> Result<DatabaseTransaction, Failure> {
    let transaction = store.write().begin().await?;
    publishing(&transaction).await?;
    turn(&transaction).await?;
    Ok(transaction)
}

/// Waits until no other transaction publishes: an import, or a setting of who may see something. What was read in it
/// holds until it ends. SQLite has one writer anyway.
pub(crate) async fn publishing<C: ConnectionTrait>(db: &C) -> Result<(), Failure> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("SELECT pg_advisory_xact_lock(20161207)").await?;
    }
    Ok(())
}

/// Notes who did something. `says` is what was before and after; what is personal in it can be erased later without
/// breaking the chain, while actor, act and subject stay: there stand numbers and slugs, and no names.
pub(crate) async fn audit<C: ConnectionTrait>(
    db: &C,
    at: Timestamp,
    actor: &str,
    act: &str,
    subject: &str,
    says: Value,
) -> Result<(), Failure> {
    turn(db).await?;
    let last = audit::Entity::find().order_by_desc(audit::Column::Id).one(db).await?;
    let (id, before) = last.map_or((1, String::new()), |last| (last.id + 1, last.hash));
    let salt = Token::new().reveal().to_owned();
    let payload = if matches!(says, Value::Null) { String::new() } else { says.to_string() };
    let commitment = commitment(&salt, &payload);
    let link = Link { id, at: at.as_millisecond(), actor, act, subject, commitment: &commitment };
    let hash = link.hash(&before);
    let row = audit::ActiveModel {
        id: Set(id),
        at: Set(at.as_millisecond()),
        actor: Set(actor.to_owned()),
        act: Set(act.to_owned()),
        subject: Set(subject.to_owned()),
        payload: Set(Some(payload)),
        salt: Set(Some(salt)),
        commitment: Set(commitment),
        hash: Set(hash),
    };
    audit::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Whether all entries hang together: how many there are, or the first that does not.
///
/// # Errors
/// When the store does not answer.
pub async fn verify(store: &Store) -> Result<Result<u64, Broken>, Failure> {
    const AT_ONCE: u64 = 1000;
    let (mut before, mut last, mut count) = (String::new(), 0, 0);
    loop {
        let rows = audit::Entity::find()
            .filter(audit::Column::Id.gt(last))
            .order_by_asc(audit::Column::Id)
            .limit(AT_ONCE)
            .all(store.read())
            .await?;
        if rows.is_empty() {
            return Ok(Ok(count));
        }
        for row in rows {
            let broken = |why| Ok(Err(Broken { id: row.id, why }));
            let said = row.payload.as_deref().zip(row.salt.as_deref());
            if said.is_some_and(|(payload, salt)| commitment(salt, payload) != row.commitment) {
                return broken("what it says was changed");
            }
            let link = Link {
                id: row.id,
                at: row.at,
                actor: &row.actor,
                act: &row.act,
                subject: &row.subject,
                commitment: &row.commitment,
            };
            if link.hash(&before) != row.hash {
                return broken("it does not hang together with the one before");
            }
            (before, last, count) = (row.hash, row.id, count + 1);
        }
    }
}

/// Entries, in the order that is sought: at most `most` of them after `after`; none for those who may not read them.
///
/// # Errors
/// When the store does not answer.
pub async fn entries(
    store: &Store,
    viewer: &Viewer,
    sought: &Sought,
    (most, after): (u64, u64),
) -> Result<Vec<Entry>, Failure> {
    if !viewer.may(Act::ReadAudit) {
        return Ok(Vec::new());
    }
    let order = if sought.oldest_first { Order::Asc } else { Order::Desc };
    let mut asked = audit::Entity::find().order_by(audit::Column::Id, order).limit(most).offset(after);
    if !sought.actor.is_empty() {
        asked = asked.filter(audit::Column::Actor.eq(&sought.actor));
    }
    if !sought.subject.is_empty() {
        asked = asked.filter(audit::Column::Subject.eq(&sought.subject));
    }
    asked.all(store.read()).await?.into_iter().map(read).collect()
}

/// What entries say that were made by one of these, or are about one of them: for who they are.
pub(crate) async fn said_of<C: ConnectionTrait>(db: &C, whos: &[String]) -> Result<Vec<Entry>, Failure> {
    let theirs = Condition::any().add(audit::Column::Actor.is_in(whos)).add(audit::Column::Subject.is_in(whos));
    let rows = audit::Entity::find().filter(theirs).order_by_asc(audit::Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// What entries say about one of some subjects, the latest first: for the history of a thing.
pub(crate) async fn said_about(store: &Store, subjects: &[String]) -> Result<Vec<Entry>, Failure> {
    let about = audit::Entity::find().filter(audit::Column::Subject.is_in(subjects)).order_by_desc(audit::Column::Id);
    about.limit(SAID_MOST).all(store.read()).await?.into_iter().map(read).collect()
}

/// How far back a history looks, in entries.
const SAID_MOST: u64 = 1000;

/// Erases what entries say about one of these, and what others say that hold the address: what they did to others is
/// about others, and stays. The chain stays whole.
pub(crate) async fn erase<C: ConnectionTrait>(db: &C, whos: &[String], address: Option<&str>) -> Result<(), Failure> {
    let mut theirs = Condition::any().add(audit::Column::Subject.is_in(whos));
    if let Some(address) = address {
        // As JSON writes it: an address has nothing that is written otherwise there. It may have what a pattern means
        // otherwise.
        let text = address.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = LikeExpr::new(format!("%\"{text}\"%")).escape('\\');
        theirs = theirs.add(Expr::col(audit::Column::Payload).like(pattern));
    }
    let nothing = audit::ActiveModel { payload: Set(None), salt: Set(None), ..Default::default() };
    audit::Entity::update_many().set(nothing).filter(theirs).exec(db).await?;
    Ok(())
}

/// Entries that say something and were noted before that; as the index `audit_says_at` has them.
fn spoken(limit: Timestamp) -> Condition {
    Condition::all().add(audit::Column::At.lt(limit.as_millisecond())).add(Expr::cust("payload <> ''"))
}

/// How many entries say something that were noted before that.
pub(crate) async fn said_before<C: ConnectionTrait>(db: &C, limit: Timestamp) -> Result<u64, Failure> {
    Ok(audit::Entity::find().filter(spoken(limit)).count(db).await?)
}

/// Some of them, by number.
pub(crate) async fn some_said_before<C: ConnectionTrait>(
    db: &C,
    limit: Timestamp,
    most: usize,
) -> Result<Vec<i64>, Failure> {
    let some = audit::Entity::find().filter(spoken(limit)).limit(u64::try_from(most).unwrap_or(u64::MAX));
    Ok(some.select_only().column(audit::Column::Id).into_tuple().all(db).await?)
}

/// Erases what entries say: how many. The chain stays whole.
pub(crate) async fn erase_these<C: ConnectionTrait>(db: &C, ids: Vec<i64>) -> Result<u64, Failure> {
    let nothing = audit::ActiveModel { payload: Set(None), salt: Set(None), ..Default::default() };
    let these = audit::Entity::update_many().set(nothing).filter(audit::Column::Id.is_in(ids));
    Ok(these.exec(db).await?.rows_affected)
}

fn read(row: audit::Model) -> Result<Entry, Failure> {
    Ok(Entry {
        id: row.id,
        at: Timestamp::from_millisecond(row.at).map_err(|_| Failure::odd("audit.at"))?,
        actor: row.actor,
        act: row.act,
        subject: row.subject,
        says: match row.payload.as_deref() {
            None | Some("") => Value::Null,
            Some(payload) => serde_json::from_str(payload)?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gate::{Somebody, Who},
        roles::Platform,
        store::trial::{TestStore, each},
    };
    use futures::future::join_all;
    use sea_orm::TransactionTrait;
    use serde_json::json;

    async fn noted(test: &TestStore, name: &str) {
        let transaction = test.store.write().begin().await.expect("a transaction");
        let says = json!({ "before": { "name": "Ana" }, "after": { "name": name } });
        audit(&transaction, Timestamp::now(), "account/1", "change name", "account/1", says).await.expect("noted");
        transaction.commit().await.expect("written");
    }

    async fn run(test: &TestStore, statement: &str) -> bool {
        test.store.write().execute_unprepared(statement).await.is_ok()
    }

    /// As somebody does it who has the file.
    async fn without_triggers(test: &TestStore) {
        let drop: &[&str] = match test.store.write().get_database_backend() {
            DbBackend::Postgres => &["DROP TRIGGER audit_stays ON audit"],
            _ => &["DROP TRIGGER audit_stays", "DROP TRIGGER audit_says"],
        };
        for statement in drop {
            assert!(run(test, statement).await);
        }
    }

    #[tokio::test]
    async fn entries_hang_together_also_when_many_are_written_at_once() {
        each(async |test| {
            assert_eq!(verify(&test.store).await.expect("read"), Ok(0));
            join_all((0..20).map(|number| async move { noted(test, &number.to_string()).await })).await;
            assert_eq!(verify(&test.store).await.expect("read"), Ok(20));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_changed_taken_away_or_put_between_is_named() {
        for (statement, why) in [
            ("UPDATE audit SET payload = '{}' WHERE id = 3", "what it says was changed"),
            ("UPDATE audit SET actor = 'account/2' WHERE id = 3", "it does not hang together with the one before"),
            ("UPDATE audit SET hash = 'x' WHERE id = 3", "it does not hang together with the one before"),
            ("DELETE FROM audit WHERE id = 2", "it does not hang together with the one before"),
            ("DELETE FROM audit WHERE id < 3", "it does not hang together with the one before"),
        ] {
            each(async |test| {
                for name in ["a", "b", "c", "d", "e"] {
                    noted(test, name).await;
                }
                assert!(!run(test, statement).await, "the store itself refuses it: {statement}");
                assert_eq!(verify(&test.store).await.expect("read"), Ok(5));
                without_triggers(test).await;
                assert!(run(test, statement).await);
                assert_eq!(verify(&test.store).await.expect("read"), Err(Broken { id: 3, why }), "{statement}");
            })
            .await;
        }
    }

    #[tokio::test]
    async fn what_an_entry_says_can_be_erased_and_the_chain_holds() {
        each(async |test| {
            for name in ["a", "b", "c"] {
                noted(test, name).await;
            }
            assert!(run(test, "UPDATE audit SET payload = NULL, salt = NULL WHERE id = 2").await);
            assert_eq!(verify(&test.store).await.expect("read"), Ok(3));
            noted(test, "d").await;
            assert_eq!(verify(&test.store).await.expect("read"), Ok(4));
        })
        .await;
    }

    #[tokio::test]
    async fn administrators_read_it_and_nobody_else() {
        each(async |test| {
            noted(test, "Ana Hoxha").await;
            let viewer = |platform| -> Viewer {
                Somebody {
                    who: Who::Account(1),
                    name: "Ana".to_owned(),
                    platform,
                    parts: Vec::new(),
                    delegations: Vec::new(),
                    writes: None,
                }
                .into()
            };
            let read = async |viewer: &Viewer, sought: &Sought| {
                entries(&test.store, viewer, sought, (10, 0)).await.expect("read")
            };
            let all = read(&viewer(Some(Platform::Administrator)), &Sought::default()).await;
            assert_eq!(all.len(), 1);
            assert_eq!(all[0].says["after"]["name"], "Ana Hoxha");
            for nobody in [Viewer::anonymous(), viewer(Some(Platform::Editor)), viewer(None)] {
                assert!(read(&nobody, &Sought::default()).await.is_empty());
            }
            let others = Sought { actor: "account/2".to_owned(), ..Sought::default() };
            assert!(read(&viewer(Some(Platform::Administrator)), &others).await.is_empty());
        })
        .await;
    }
}
