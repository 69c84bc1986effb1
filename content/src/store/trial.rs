//! Stores for tests: on SQLite always, on PostgreSQL where `PLENARY_TEST_POSTGRES` names a server.

use super::{Location, Store};
use sea_orm::ConnectionTrait;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// A store of its own, empty, gone with the value.
pub(crate) struct TestStore {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

/// One test on every database there is: `each(async |store| …).await`.
pub(crate) async fn each(test: impl AsyncFn(&TestStore)) {
    test(&sqlite().await).await;
    match postgres().await {
        Some(store) => test(&store).await,
        None => eprintln!("skipped on PostgreSQL: PLENARY_TEST_POSTGRES names no server"),
    }
}

/// On SQLite.
pub(crate) async fn sqlite() -> TestStore {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let store = Store::open(folder.path(), &Location::Embedded).await.expect("a new store");
    TestStore { store, folder }
}

/// On PostgreSQL: a database of its own, cloned from one that has been migrated once.
async fn postgres() -> Option<TestStore> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("PLENARY_TEST_POSTGRES").ok()?;
    let url = |database: &str| format!("{server}/{database}");
    let folder = tempfile::tempdir().expect("a folder for the test");
    let admin = sea_orm::Database::connect(url("postgres")).await.expect("the test server answers");
    let template = "plenary_template";
    // Tests run side by side, also in several programs: one makes the template, the others wait for it.
    admin.execute_unprepared("SELECT pg_advisory_lock(20161206)").await.expect("a lock");
    let made = admin.execute_unprepared(&format!("CREATE DATABASE {template}")).await.is_ok();
    if made {
        let store = Store::open(folder.path(), &Location::Postgres(url(template))).await.expect("a migrated template");
        store.write().clone().close().await.expect("nobody else is connected");
    }
    let name = format!("plenary_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.expect("a clone");
    admin.execute_unprepared("SELECT pg_advisory_unlock(20161206)").await.expect("unlocked");
    let store = Store::open(folder.path(), &Location::Postgres(url(&name))).await.expect("a new store");
    Some(TestStore { store, folder })
}
