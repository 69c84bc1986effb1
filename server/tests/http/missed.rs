//! What is looked for in vain is counted, word by word, and nobody who looked.

use crate::harness::{Visited, story};
use axum::http::Method;
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};

/// All that is kept of it: every column of every row, as text.
async fn kept(visited: &Visited) -> Vec<(String, i64)> {
    visited.site.save_counts().await;
    let path = visited.data.path().join("plenary.sqlite3");
    let db = Database::connect(format!("sqlite://{}?mode=ro", path.display())).await.expect("the store");
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, "SELECT * FROM missed ORDER BY word"));
    let rows = rows.await.expect("rows");
    let columns = ["day", "folded", "word", "sessions"];
    assert!(rows.iter().all(|row| row.column_names() == columns), "who and when exactly is not kept");
    rows.iter()
        .map(|row| (row.try_get("", "word").expect("a word"), row.try_get("", "sessions").expect("a number")))
        .collect()
}

#[test]
fn words_that_nothing_has_are_counted_once_for_a_session() {
    story(async {
        let visited = Visited::new().await;
        let from = async |address: &str, who: &str| {
            visited.get_with(address, &[("x-forwarded-for", who), ("user-agent", "a browser")]).await
        };
        // Found, a part of a word, a word beside one that is found, a number, a sentence that is pasted, and hidden.
        for found in ["children", "traf", "THB", "prosja%C4%8Denje", "the", "+355691234567", "", "%00", "*"] {
            assert_eq!(from(&format!("/search?q={found}"), "192.0.2.1").await.status, 200);
        }
        from("/search?q=one+two+three+zzqfour+zzqfive+zzqsix+zzqseven+zzqeight", "192.0.2.1").await;
        assert_eq!(kept(&visited).await, []);
        // Neither suggestions, nor programs, nor heads, nor further pages, nor what is refused.
        from("/api/v1/suggestions?q=zzqvain", "192.0.2.1").await;
        from("/api/v1/search?q=zzqvain", "192.0.2.1").await;
        from("/search?q=zzqvain&page=2", "192.0.2.1").await;
        visited.send(Method::HEAD, "/search?q=zzqvain", &[], "").await;
        // Nor what a page of another site makes its readers ask, or a browser ahead of them.
        visited.get_with("/search?q=zzqvain", &[("sec-fetch-site", "cross-site")]).await;
        visited.get_with("/search?q=zzqvain", &[("sec-fetch-site", "none"), ("sec-purpose", "prefetch")]).await;
        assert_eq!(kept(&visited).await, []);
        for who in ["192.0.2.1", "192.0.2.1", "198.51.100.7, 192.0.2.1", "192.0.2.2", "192.0.2.3"] {
            from("/search?q=children+Zzqvain+", who).await;
        }
        from("/search?q=zzqvain+zzqother+", "192.0.2.2").await;
        let both = [("zzqother".to_owned(), 1), ("zzqvain".to_owned(), 3)];
        assert_eq!(kept(&visited).await, both);
        assert_eq!(kept(&visited).await, both, "what was saved is not counted again");
    });
}
