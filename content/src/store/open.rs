//! Opening the store.

use super::{
    Failure,
    migrations::Migrator,
    read::{Read, Readers},
};
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
const READERS: usize = 8;
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
    read: Read,
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
                (Read::Postgres(both.clone()), both)
            }
        };
        // All steps or none: a process that is killed meanwhile leaves nothing half made.
        let transaction = write.begin().await?;
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        Ok(Self(Arc::new(Inner { read, write, data: data.to_owned(), changed: watch::Sender::new(0) })))
    }

    /// For questions.
    pub(crate) fn read(&self) -> &Read {
        &self.0.read
    }

    /// For changes, one at a time.
    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.0.write
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        &self.0.data
    }

    /// The folder that holds the bytes of files.
    pub(crate) fn files(&self) -> PathBuf {
        self.0.data.join("files")
    }

    /// Wakes whoever follows the change log in this process.
    pub(crate) fn announce(&self) {
        self.0.changed.send_modify(|times| *times += 1);
    }

    /// How often this process has changed something that can be read.
    pub fn announced(&self) -> u64 {
        *self.0.changed.borrow()
    }

    /// Changes whenever this process has changed something.
    pub(crate) fn announcements(&self) -> watch::Receiver<u64> {
        self.0.changed.subscribe()
    }
}

/// One writer, some readers that cannot write (`query_only`), on one file in WAL mode.
async fn embedded(path: &Path) -> Result<(Read, DatabaseConnection), Failure> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        // What is deleted is gone from the file, too.
        .pragma("secure_delete", "on")
        .statement_cache_capacity(PREPARED);
    let pool = SqlitePoolOptions::new().acquire_timeout(ACQUIRE).test_before_acquire(false).max_connections(1);
    let write = pool.connect_with(options.clone()).await?;
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let read = Readers::new(options, cores.clamp(2, READERS), ACQUIRE);
    Ok((Read::Embedded(read.into()), SqlxSqliteConnector::from_sqlx_sqlite_pool(write)))
}
