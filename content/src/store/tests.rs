//! The tables are what the entities say, on every database; and asking for more takes no more questions.

mod backup;
mod counted;

use super::{
    Location, Store,
    migrations::Migrator,
    trial::{TestStore, each, sqlite},
};
use crate::{
    changes,
    gate::{Reason, Viewer, tests::marked::imported},
    things,
};
use futures::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use std::{cell::Cell, collections::BTreeMap, fs, path::Path, time::Duration};

/// A column: what kind of value it holds, and whether it may hold none.
type Column = (Type, bool);
type Tables = BTreeMap<String, BTreeMap<String, Column>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    /// 64 bits.
    Number,
    /// 32 bits.
    Small,
    Flag,
}

/// The tables as the files `entity.rs` of this crate declare them: whatever is added there is looked for.
fn declared() -> Tables {
    let mut tables = Tables::new();
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("the crate's source") {
        let file = folder.expect("an entry").path().join("entity.rs");
        let Ok(source) = fs::read_to_string(file) else { continue };
        for table in source.split("#[sea_orm(table_name = \"").skip(1) {
            let (name, rest) = table.split_once('"').expect("a name");
            let (_, fields) = rest.split_once("struct Model {").expect("a model");
            let (fields, _) =
                fields.split_once("\n").map(|(_, rest)| rest.split_once('}').expect("its end")).expect("fields");
            let field = |line: &str| {
                let (name, of) = line.trim().strip_prefix("pub(crate) ")?.trim_end_matches(',').split_once(": ")?;
                let inner = of.strip_prefix("Option<").and_then(|of| of.strip_suffix('>'));
                Some((name.trim_start_matches("r#").to_owned(), (type_of(inner.unwrap_or(of)), inner.is_some())))
            };
            tables.insert(name.to_owned(), fields.lines().filter_map(field).collect());
        }
    }
    tables
}

/// The type that Rust or a database gives a column.
fn type_of(name: &str) -> Type {
    match name.to_lowercase().as_str() {
        "string" | "text" | "character varying" => Type::Text,
        "i64" | "bigint" => Type::Number,
        "i32" | "integer" => Type::Small,
        "bool" | "boolean" => Type::Flag,
        other => panic!("a column of type {other}"),
    }
}

async fn rows(db: &impl ConnectionTrait, sqlite: &str, postgres: &str) -> Vec<sea_orm::QueryResult> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { sqlite } else { postgres };
    db.query_all_raw(Statement::from_string(backend, sql)).await.expect("the store answers")
}

/// The tables as they are.
async fn migrated(db: &impl ConnectionTrait) -> Tables {
    let found = rows(
        db,
        "SELECT m.name AS tbl, p.name AS col, p.type AS of, \
         CASE WHEN p.\"notnull\" = 0 AND p.pk = 0 THEN 'YES' ELSE 'NO' END AS nullable \
         FROM sqlite_master m JOIN pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations'",
        "SELECT table_name::text AS tbl, column_name::text AS col, data_type::text AS of, is_nullable::text AS nullable \
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'",
    )
    .await;
    let mut tables = Tables::new();
    for row in found {
        let [table, column, of, nullable] =
            ["tbl", "col", "of", "nullable"].map(|name| row.try_get::<String>("", name).expect("a text"));
        tables.entry(table).or_default().insert(column, (type_of(&of), nullable == "YES"));
    }
    tables
}

/// SQLite has integers of one size.
fn of_one_size(columns: &BTreeMap<String, Column>) -> BTreeMap<String, Column> {
    let of_one_size = |of| if of == Type::Small { Type::Number } else { of };
    columns.iter().map(|(name, (of, optional))| (name.clone(), (of_one_size(*of), *optional))).collect()
}

#[tokio::test]
async fn the_tables_are_what_the_entities_say() {
    let declared = declared();
    assert_eq!(declared.len(), 44, "the entities are read from their files: {:?}", declared.keys());
    each(async |test| {
        let migrated = migrated(test.store.read()).await;
        assert_eq!(migrated.keys().collect::<Vec<_>>(), declared.keys().collect::<Vec<_>>());
        for (table, columns) in &declared {
            if test.store.read().get_database_backend() == DbBackend::Sqlite {
                assert_eq!(of_one_size(&migrated[table]), of_one_size(columns), "{table}");
            } else {
                assert_eq!(&migrated[table], columns, "{table}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_reference_has_a_rule_for_when_what_it_names_is_deleted() {
    each(async |test| {
        let found = rows(
            test.store.read(),
            "SELECT m.name AS tbl, f.\"from\" AS col, f.on_delete AS rule \
             FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
            "SELECT k.table_name::text AS tbl, k.column_name::text AS col, r.delete_rule::text AS rule \
             FROM information_schema.referential_constraints r \
             JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name)",
        )
        .await;
        let mut rules = BTreeMap::new();
        for row in found {
            let [table, column, rule] =
                ["tbl", "col", "rule"].map(|name| row.try_get::<String>("", name).expect("a text"));
            assert!(["CASCADE", "SET NULL", "RESTRICT"].contains(&rule.as_str()), "{table}.{column}: {rule}");
            rules.insert((table, column), rule);
        }
        // Whatever is called an id of something is a reference; but the logs keep what is gone.
        for (table, columns) in declared() {
            for column in columns.into_keys().filter(|column| column.ends_with("_id")) {
                let refers = rules.contains_key(&(table.clone(), column.clone()));
                let logged = table == "change" || (&*table, &*column) == ("board_event", "author_id");
                assert_eq!(refers, !logged, "{table}.{column}");
            }
        }
    })
    .await;
}

/// A seminar with a session.
async fn filled(test: &TestStore) {
    let seminar =
        "+++\ntitle = \"x\"\nstarts = 2016-12-06\nends = 2016-12-07\ntime_zone = \"UTC\"\nplace = \"x\"\n+++\n";
    let session = "+++\ntitle = \"x\"\nkind = \"panel\"\n+++\n";
    let files = [("seminar.md", seminar), ("sessions/01-opening.md", session)];
    imported(test, "tirana-2016", &files.map(|(file, text)| (file.to_owned(), text.to_owned()))).await;
}

async fn total(store: &Store) -> u64 {
    things::total(store, &Viewer::everything(Reason::Test)).await.expect("the store answers")
}

#[tokio::test]
async fn the_tables_go_and_come_back() {
    each(async |test| {
        filled(test).await;
        let before = migrated(test.store.read()).await;
        Migrator::down(test.store.write(), None).await.expect("back to nothing");
        assert_eq!(migrated(test.store.read()).await.keys().collect::<Vec<_>>(), [""; 0]);
        Migrator::up(test.store.write(), None).await.expect("and forth again");
        assert_eq!(migrated(test.store.read()).await, before);
        assert_eq!(total(&test.store).await, 0);
        filled(test).await;
        assert_eq!(total(&test.store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_embedded_store_that_is_opened_again_holds_what_it_held() {
    let test = sqlite().await;
    filled(&test).await;
    let again = Store::open(test.folder.path(), &Location::Embedded).await.expect("the same store");
    assert_eq!(total(&again).await, 2);
}

#[tokio::test]
async fn readers_of_the_embedded_store_cannot_write() {
    let test = sqlite().await;
    filled(&test).await;
    let read = test.store.read();
    assert!(read.execute_unprepared("DELETE FROM thing").await.is_err());
    // Nor where the database itself is all that stands against it.
    let write = Statement::from_string(DbBackend::Sqlite, "DELETE FROM thing RETURNING id");
    let write = read.query_all_raw(write).await.map(|rows| rows.len());
    assert!(write.as_ref().is_err_and(|error| error.to_string().contains("readonly")), "{write:?}");
    assert_eq!(total(&test.store).await, 2);
    let row = rows(test.store.read(), "PRAGMA journal_mode", "").await.pop().expect("a mode");
    assert_eq!(row.try_get_by_index::<String>(0).expect("a text"), "wal");
}

#[tokio::test]
async fn many_may_ask_at_once_and_some_leave_before_they_are_told() {
    each(async |test| {
        filled(test).await;
        for patience in [0, 1, 50, 500] {
            let impatient = || tokio::time::timeout(Duration::from_micros(patience), total(&test.store));
            join_all((0..40).map(|_| impatient())).await;
            assert_eq!(join_all((0..40).map(|_| total(&test.store))).await, [2; 40]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_statement_that_fails_spoils_none_after_it() {
    each(async |test| {
        filled(test).await;
        for _ in 0..20 {
            let wrong = Statement::from_string(test.store.read().get_database_backend(), "SELECT nothing FROM nowhere");
            assert!(test.store.read().query_all_raw(wrong).await.is_err());
            assert_eq!(total(&test.store).await, 2);
        }
    })
    .await;
}

#[tokio::test]
async fn a_reference_to_nothing_is_refused_by_the_database_itself() {
    each(async |test| {
        filled(test).await;
        let write = test.store.write();
        let row = "INSERT INTO former (thing_id, slug) VALUES (999999, 'x')";
        assert!(write.execute_unprepared(row).await.is_err());
        let twice = "INSERT INTO thing (kind, slug, audience, position, language, countries, themes, digest, changed_at) \
            SELECT kind, slug, audience, position, language, countries, themes, digest, changed_at FROM thing \
            WHERE kind = 'seminar'";
        assert!(write.execute_unprepared(twice).await.is_err(), "two seminars of one slug");
        assert_eq!(total(&test.store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn whoever_follows_the_log_while_many_write_passes_over_nothing() {
    each(async |test| {
        let page = |text: usize| format!("+++\ntitle = \"x\"\nkind = \"panel\"\n+++\n\n{text}\n");
        let seminar =
            "+++\ntitle = \"x\"\nstarts = 2016-12-06\nends = 2016-12-07\ntime_zone = \"UTC\"\nplace = \"x\"\n+++\n";
        let writing = Cell::new(4);
        let write = async |name: &str| {
            for text in 0..5 {
                let session = |at: usize| (format!("sessions/{at:02}-s{at}.md"), page(text));
                let files = [("seminar.md".to_owned(), seminar.to_owned())];
                imported(test, name, &files.into_iter().chain((0..4).map(session)).collect::<Vec<_>>()).await;
            }
            writing.set(writing.get() - 1);
        };
        let follow = async {
            let mut followed = Vec::new();
            loop {
                let done = writing.get() == 0;
                let last = followed.last().map_or(0, |change: &changes::Change| change.number);
                let new = changes::after(&test.store, last, 3).await.expect("the store answers");
                if done && new.is_empty() {
                    return followed;
                }
                followed.extend(new);
                tokio::task::yield_now().await;
            }
        };
        let ((), (), (), (), followed) =
            tokio::join!(write("one"), write("two"), write("three"), write("four"), follow);
        let all = changes::after(&test.store, 0, 1000).await.expect("the store answers");
        // Four seminars, and each of their four sessions five times.
        assert_eq!(all.len(), 4 + 4 * 4 * 5);
        assert_eq!(followed, all);
    })
    .await;
}
