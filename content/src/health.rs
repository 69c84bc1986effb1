//! How the site is doing, for those who run it.

use crate::{
    changes,
    gate::Viewer,
    roles::Act,
    search::{Index, State},
    store::{Failure, Store},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::{fs, io, path::Path};

/// What there is to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The version of Plenary.
    pub version: &'static str,
    /// What the store is, with its version: `SQLite 3.50.4`.
    pub database: String,
    /// What the store weighs, in bytes.
    pub database_bytes: u64,
    /// What the index weighs, in bytes.
    pub index_bytes: u64,
    /// How many files there are.
    pub files: u64,
    /// What they weigh, in bytes.
    pub files_bytes: u64,
    /// What is free on the disk of the data folder, in bytes.
    pub free_bytes: u64,
    /// How many changes there were.
    pub changes: u64,
    /// Whether search knows the last of them.
    pub follows: bool,
    /// Whether search can be used.
    pub search: State,
}

/// Below this much of the disk, whoever runs the site is told: a file of the longest, ten times.
pub const LITTLE: u64 = 10 * crate::folder::FILE_MOST;

/// How the site is doing, for those who may know.
///
/// # Errors
/// When the store does not answer or the data folder cannot be read.
pub async fn health(store: &Store, viewer: &Viewer, index: &Index) -> Result<Option<Health>, Failure> {
    if !viewer.may(Act::ReadHealth) {
        return Ok(None);
    }
    let (database, database_bytes) = database(store).await?;
    let last = changes::last(store).await?;
    let data = store.data().to_owned();
    let measured = tokio::task::spawn_blocking(move || {
        let (_, index_bytes) = weight(&data.join("index"))?;
        let (files, files_bytes) = weight(&data.join("files"))?;
        io::Result::Ok((index_bytes, files, files_bytes, fs4::available_space(&data)?))
    });
    let (index_bytes, files, files_bytes, free_bytes) = measured.await.map_err(io::Error::other)??;
    Ok(Some(Health {
        version: env!("CARGO_PKG_VERSION"),
        database,
        database_bytes,
        index_bytes,
        files,
        files_bytes,
        free_bytes,
        changes: u64::try_from(last).unwrap_or_default(),
        follows: index.holds(last),
        search: index.state(),
    }))
}

async fn database(store: &Store) -> Result<(String, u64), Failure> {
    let db = store.write();
    let (name, version, size) = match db.get_database_backend() {
        DbBackend::Postgres => {
            ("PostgreSQL", "SELECT current_setting('server_version')", "SELECT pg_database_size(current_database())")
        }
        _ => (
            "SQLite",
            "SELECT sqlite_version()",
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        ),
    };
    let ask = async |sql: &str| db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let version: Option<String> = ask(version).await?.map(|row| row.try_get_by_index(0)).transpose()?;
    let size: Option<i64> = ask(size).await?.map(|row| row.try_get_by_index(0)).transpose()?;
    let size = size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default();
    Ok((format!("{name} {}", version.unwrap_or_default()), size))
}

/// How many files lie in a folder and below it, and what they weigh; nothing where there is none.
fn weight(folder: &Path) -> io::Result<(u64, u64)> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((0, 0)),
        entries => entries?,
    };
    let (mut files, mut bytes) = (0, 0);
    for entry in entries {
        let entry = entry?;
        // What went meanwhile weighs nothing.
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() {
            let (more, heavier) = weight(&entry.path())?;
            (files, bytes) = (files + more, bytes + heavier);
        } else {
            (files, bytes) = (files + 1, bytes + about.len());
        }
    }
    Ok((files, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gate::{Somebody, Who},
        roles::Platform,
        store::trial::each,
    };

    #[tokio::test]
    async fn administrators_alone_know_how_the_site_is_doing() {
        each(async |test| {
            let index = Index::new(test.store.data());
            let of = |platform| -> Viewer {
                Somebody {
                    who: Who::Account(1),
                    name: "Ana".into(),
                    platform: Some(platform),
                    parts: vec![],
                    delegations: Vec::new(),
                    writes: None,
                }
                .into()
            };
            let ask = async |viewer: &Viewer| health(&test.store, viewer, &index).await.expect("the store answers");
            for viewer in [Viewer::anonymous(), of(Platform::Member), of(Platform::Editor)] {
                assert_eq!(ask(&viewer).await, None);
            }
            fs::write(test.store.files().join("0123"), b"12345").expect("written");
            let health = ask(&of(Platform::Administrator)).await.expect("theirs");
            assert!(health.database.starts_with("SQLite 3.") || health.database.starts_with("PostgreSQL 1"));
            assert!(health.database_bytes > 1000 && health.free_bytes > 0, "{health:?}");
            assert_eq!((health.files, health.files_bytes, health.changes), (1, 5, 0));
        })
        .await;
    }
}
