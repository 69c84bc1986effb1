//! Import against the plain insert of the same bytes; the index against bare tantivy.

use crate::{
    Failed,
    copies::{self, Sited, copy, empty, files, import},
    figure::{Figures, Goal},
};
use content::{
    gate::Viewer,
    search::{Asked, State, search},
    texts::Reading,
};
use language::Locale;
use sea_orm::{ConnectionTrait, Database, Statement, TransactionTrait};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tantivy::{
    doc,
    schema::{STORED, Schema, TEXT},
};

/// Copies of the seminar that are measured.
const COPIES: usize = 20;

pub(crate) async fn measure(figures: &mut Figures) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let folders = (0..COPIES).map(|number| copy(number, folder.path())).collect::<Result<Vec<_>, _>>()?;
    let mut texts = Vec::new();
    for file in files(folder.path())? {
        texts.push((file.display().to_string(), fs::read_to_string(&file)?));
    }
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let rate = |took: Duration| format!("{:.1} MB/s", bytes as f64 / 1e6 / took.as_secs_f64());

    let sited = empty().await?;
    let began = Instant::now();
    import(&sited.store, &folders).await?;
    let imported = began.elapsed();

    let plain = tempfile::tempdir()?;
    let database =
        Database::connect(format!("sqlite://{}?mode=rwc", plain.path().join("plain.sqlite3").display())).await?;
    database.execute_unprepared("PRAGMA journal_mode = WAL").await?;
    database.execute_unprepared("CREATE TABLE file (path TEXT PRIMARY KEY, text TEXT NOT NULL)").await?;
    let began = Instant::now();
    let transaction = database.begin().await?;
    for (path, text) in &texts {
        let values = [path.as_str().into(), text.as_str().into()];
        let insert = "INSERT INTO file VALUES (?, ?)";
        transaction
            .execute_raw(Statement::from_sql_and_values(database.get_database_backend(), insert, values))
            .await?;
    }
    transaction.commit().await?;
    let inserted = began.elapsed();
    let ratio = inserted.as_secs_f64() / imported.as_secs_f64();
    figures.add("import, throughput", rate(imported), format!("plain insert {}", rate(inserted)), ratio, Goal::None);

    let began = Instant::now();
    let (_site, following) = copies::site(&sited, 0).await?;
    while sited.index.state() != State::Ready {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let indexed = began.elapsed();
    fresh(figures, &sited, folder.path()).await?;
    drop(following);
    let bare = bare(texts.iter().map(|(_, text)| text.as_str()))?;
    let ratio = bare.as_secs_f64() / indexed.as_secs_f64();
    figures.add(
        "index, throughput from the store",
        rate(indexed),
        format!("bare tantivy {}", rate(bare)),
        ratio,
        Goal::None,
    );
    Ok(())
}

/// From the commit of an import to the first search that finds what came with it.
async fn fresh(figures: &mut Figures, sited: &Sited, folder: &Path) -> Result<(), Failed> {
    let (viewer, reading) = (Viewer::anonymous(), Reading::in_locale(Locale::English));
    let asked = Asked::of([("q", "begging")]);
    let total = async || -> Result<usize, Failed> {
        Ok(search(&sited.store, &sited.index, &viewer, reading, &asked).await?.total)
    };
    let before = total().await?;
    import(&sited.store, &[copy(COPIES, folder)?]).await?;
    let began = Instant::now();
    while total().await? == before {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let took = began.elapsed().as_secs_f64() * 1e3;
    figures.add("a change is found after", format!("{took:.0} ms"), "1000 ms", took / 1e3, Goal::AtMost(1.0));
    Ok(())
}

/// One field, stored, the stock tokenizer, one thread as ours.
fn bare<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Duration, Failed> {
    let folder = tempfile::tempdir()?;
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = tantivy::Index::create_in_dir(folder.path(), schema.build())?;
    let began = Instant::now();
    let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
    for content in texts {
        writer.add_document(doc!(text => content))?;
    }
    writer.commit()?;
    Ok(began.elapsed())
}
