//! Connections for questions.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
    sea_query::Values,
    sqlx::{
        self, AssertSqlSafe, ConnectOptions, Sqlite, SqliteConnection,
        query::Query,
        sqlite::{SqliteConnectOptions, SqliteRow},
    },
};
use sea_query_sqlx::SqlxValues;
use std::{sync::Mutex, time::Duration};
use tokio::{sync::Semaphore, time::timeout};

/// Where questions are put.
#[derive(Debug)]
pub(crate) enum Read {
    Embedded(Box<Readers>),
    Postgres(DatabaseConnection),
}

/// Some connections to one SQLite file, none of which can write.
///
/// The pool of sqlx asks a connection that comes back whether it still answers, on the thread of that connection: for
/// a file that cannot be lost, this costs as much as the question before it.
#[derive(Debug)]
pub(crate) struct Readers {
    options: SqliteConnectOptions,
    free: Mutex<Vec<SqliteConnection>>,
    places: Semaphore,
    patience: Duration,
}

type Asked<'a> = Query<'a, Sqlite, SqlxValues>;

impl Readers {
    /// At most `most` at once; who finds none free within `patience` is told so.
    pub(super) fn new(options: SqliteConnectOptions, most: usize, patience: Duration) -> Self {
        let options = options.pragma("query_only", "on");
        Self { options, free: Mutex::default(), places: Semaphore::new(most), patience }
    }

    async fn ask<T>(
        &self,
        statement: Statement,
        ask: impl AsyncFnOnce(Asked<'_>, &mut SqliteConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, DbErr> {
        let place = timeout(self.patience, self.places.acquire()).await;
        let _place = place.map_err(|_| conn(sqlx::Error::PoolTimedOut))?.map_err(|_| conn(sqlx::Error::PoolClosed))?;
        let free = self.free.lock().ok().and_then(|mut free| free.pop());
        let mut connection = match free {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(conn)?,
        };
        let values = SqlxValues(statement.values.unwrap_or(Values(Vec::new())));
        let query = sqlx::query_with(AssertSqlSafe(statement.sql), values);
        // One that fails, or is let go of in the middle of a question, is closed and not asked again.
        let told =
            ask(query, &mut connection).await.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))?;
        if let Ok(mut free) = self.free.lock() {
            free.push(connection);
        }
        Ok(told)
    }
}

fn conn(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

fn row(row: SqliteRow) -> QueryResult {
    row.into()
}

#[async_trait::async_trait]
impl ConnectionTrait for Read {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Embedded(_) => DbBackend::Sqlite,
            Self::Postgres(db) => db.get_database_backend(),
        }
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("who reads does not write".to_owned()))
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("who reads does not write".to_owned()))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Embedded(readers) => {
                let one = readers.ask(statement, async |query, db| query.fetch_optional(db).await).await?;
                Ok(one.map(row))
            }
            Self::Postgres(db) => db.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Embedded(readers) => {
                let all = readers.ask(statement, async |query, db| query.fetch_all(db).await).await?;
                Ok(all.into_iter().map(row).collect())
            }
            Self::Postgres(db) => db.query_all_raw(statement).await,
        }
    }
}
