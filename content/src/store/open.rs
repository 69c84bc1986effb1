//! Opening the store.

use super::{Failure, migrations::Migrator};
use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector, TransactionTrait,
    sqlx::{
        postgres::PgPoolOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use sea_orm_migration::MigratorTrait;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::watch;

/// How long a statement waits for another process that writes to the same SQLite file.
const BUSY: Duration = Duration::from_secs(5);
/// How long a request waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(10);
/// The most readers beside the one writer: SQLite reads on threads of its own, and more than there are cores only wait.
const READERS: u32 = 8;
/// Statements that a connection keeps prepared. A page's is long, and so is what SQLite makes of it.
const PREPARED: usize = 32;

/// Where the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// `plenary.sqlite3` in the data folder.
    Embedded,
    /// A PostgreSQL database, as a URL.
    Postgres(String),
}

/// The database and the folder of files beside it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    read: DatabaseConnection,
    write: DatabaseConnection,
    data: PathBuf,
    changed: watch::Sender<u64>,
}

impl Store {
    /// Opens the store and brings its tables up to date.
    ///
    /// # Errors
    /// When the folder cannot be made, the database not be reached, or its tables not be brought up to date.
    pub async fn open(data: &Path, location: &Location) -> Result<Self, Failure> {
        std::fs::create_dir_all(data.join("files"))?;
        let (read, write) = match location {
            Location::Embedded => embedded(&data.join("plenary.sqlite3")).await?,
            Location::Postgres(url) => {
                let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(ACQUIRE).connect(url).await?;
                let both = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
                (both.clone(), both)
            }
        };
        // All steps or none: a process that is killed meanwhile leaves nothing half made.
        let transaction = write.begin().await?;
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        Ok(Self(Arc::new(Inner { read, write, data: data.to_owned(), changed: watch::Sender::new(0) })))
    }

    /// For questions.
    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.0.read
    }

    /// For changes, one at a time.
    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.0.write
    }

    /// The folder that holds the bytes of files.
    pub(crate) fn files(&self) -> PathBuf {
        self.0.data.join("files")
    }

    /// Wakes whoever follows the change log in this process.
    pub(crate) fn announce(&self) {
        self.0.changed.send_modify(|times| *times += 1);
    }

    /// Changes whenever this process has changed something.
    pub(crate) fn announcements(&self) -> watch::Receiver<u64> {
        self.0.changed.subscribe()
    }
}

/// One writer, some readers that cannot write (`query_only`), on one file in WAL mode.
async fn embedded(path: &Path) -> Result<(DatabaseConnection, DatabaseConnection), Failure> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .statement_cache_capacity(PREPARED);
    // A connection to a file is not lost: asking it each time whether it is there would cost as much as a question.
    let pool = || SqlitePoolOptions::new().acquire_timeout(ACQUIRE).test_before_acquire(false);
    let write = pool().max_connections(1).connect_with(options.clone()).await?;
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let readers = u32::try_from(cores).unwrap_or(READERS).clamp(2, READERS);
    let read = pool().max_connections(readers).connect_with(options.pragma("query_only", "on")).await?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(read), SqlxSqliteConnector::from_sqlx_sqlite_pool(write)))
}
