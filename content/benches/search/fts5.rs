//! SQLite FTS5 with the same answers: the ten best with a snippet, how many there are, and how they divide.

use crate::{Failed, made::Document};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use std::path::Path;

pub(crate) struct Fts5(DatabaseConnection);

impl Fts5 {
    pub(crate) async fn of(data: &Path, documents: &[Document]) -> Result<Self, Failed> {
        let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", data.join("fts5.sqlite3").display()));
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await?;
        db.execute_unprepared(
            "CREATE TABLE document (id INTEGER PRIMARY KEY, audience TEXT, kind TEXT, country TEXT, theme TEXT, \
             language TEXT, seminar TEXT, year TEXT); \
             CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2');",
        )
        .await?;
        let transaction = db.begin().await?;
        for (number, document) in documents.iter().enumerate() {
            let id = i64::try_from(number)?;
            let seminar = format!("made-{}", number / 1000);
            let year = (2001 + number / 1000 % 20).to_string();
            transaction
                .execute_raw(Statement::from_sql_and_values(
                    DbBackend::Sqlite,
                    "INSERT INTO document VALUES (?, 'public', 'material', ?, ?, ?, ?, ?)",
                    [
                        id.into(),
                        document.country.into(),
                        document.theme.into(),
                        document.language.into(),
                        seminar.into(),
                        year.into(),
                    ],
                ))
                .await?;
            transaction
                .execute_raw(Statement::from_sql_and_values(
                    DbBackend::Sqlite,
                    "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                    [id.into(), document.title.clone().into(), document.text.clone().into()],
                ))
                .await?;
        }
        transaction.commit().await?;
        db.execute_unprepared("INSERT INTO words(words) VALUES ('optimize')").await?;
        Ok(Self(db))
    }

    pub(crate) async fn search(&self, query: &str) -> Result<usize, Failed> {
        let words: Vec<String> = language::words(query).map(|word| format!("\"{}\"", word.folded)).collect();
        if words.is_empty() {
            return Ok(0);
        }
        // The last word may be the beginning of one, as in ours.
        let words = format!("{}*", words.join(" OR "));
        let best = Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "SELECT words.rowid, title, snippet(words, 1, '[', ']', '…', 30) FROM words \
             JOIN document ON document.id = words.rowid \
             WHERE words MATCH ? AND audience = 'public' ORDER BY bm25(words, 3.0, 1.0) LIMIT 10",
            [words.clone().into()],
        );
        let best = self.0.query_all_raw(best).await?;
        let divided = Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "WITH found AS MATERIALIZED (SELECT document.* FROM words JOIN document ON document.id = words.rowid \
             WHERE words MATCH ? AND audience = 'public') \
             SELECT 'all', '', count(*) FROM found \
             UNION ALL SELECT 'kind', kind, count(*) FROM found GROUP BY kind \
             UNION ALL SELECT 'country', country, count(*) FROM found GROUP BY country \
             UNION ALL SELECT 'theme', theme, count(*) FROM found GROUP BY theme \
             UNION ALL SELECT 'language', language, count(*) FROM found GROUP BY language \
             UNION ALL SELECT 'seminar', seminar, count(*) FROM found GROUP BY seminar \
             UNION ALL SELECT 'year', year, count(*) FROM found GROUP BY year",
            [words.into()],
        );
        let divided = self.0.query_all_raw(divided).await?;
        Ok(best.len() + divided.len())
    }
}
