//! `make bench`: what a search costs, against bare tantivy and against SQLite's own full-text search.
//!
//! Stores of 1,000, 10,000 and 100,000 documents (`--quick`: of 1,000), imported and indexed as everything else. The
//! documents are put together from sentences of the sets in `../shared/data/ir-*`, in six languages; the queries are
//! the first words of theirs. Skips with a line where the data is absent.
#![expect(clippy::print_stdout, reason = "it prints a table")]

mod bare;
#[path = "../../../server/benches/figures/figure.rs"]
mod figure;
mod fts5;
mod gated;
mod made;
mod parts;

use bare::Bare;
use content::{
    folder::{self, Import},
    gate::Viewer,
    search::{self, Asked, Index, State},
    store::{Location, Store},
    texts::Reading,
};
use figure::{Figures, Goal};
use fts5::Fts5;
use language::Locale;
use made::Made;
use parts::Parts;
use std::{
    error::Error,
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tokio::task::JoinHandle;

type Failed = Box<dyn Error>;

/// Searches that are timed, of each kind.
const SEARCHES: usize = 400;
/// Documents of one seminar.
const FOLDER: usize = 1000;

/// Documents among which the gate's cost is measured.
const GATED: usize = 10_000;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failed> {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let only = std::env::args().filter_map(|argument| argument.parse::<usize>().ok()).collect::<Vec<_>>();
    let data = std::env::var_os("PLENARY_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), Into::into);
    let Some(made) = Made::read(&data)? else {
        println!("skipped: there are no documents to search in {}", data.display());
        return Ok(());
    };
    let mut figures = Figures::default();
    let sizes: &[usize] = if quick { &[1000] } else { &[1000, 10_000, 100_000] };
    for size in sizes.iter().filter(|size| only.is_empty() || only.contains(size)) {
        measure(&mut figures, &made, *size).await?;
    }
    if only.is_empty() || only.contains(&GATED) {
        gated::measure(&mut figures, &made, GATED).await?;
    }
    figures.finish("bench-search.json", !quick && only.is_empty())
}

async fn measure(figures: &mut Figures, made: &Made, size: usize) -> Result<(), Failed> {
    let data = tempfile::tempdir()?;
    let store = Store::open(data.path(), &Location::Embedded).await?;
    let documents = made.documents(size);
    let bytes: usize = documents.iter().map(|document| document.title.len() + document.text.len()).sum();
    for (number, part) in documents.chunks(FOLDER).enumerate() {
        let folder = data.path().join(format!("made-{number}"));
        made::write(&folder, number, part)?;
        import(&store, &folder).await?;
        fs::remove_dir_all(&folder)?;
    }
    let began = Instant::now();
    let (index, following) = ready(&store, data.path()).await;
    let took = began.elapsed().as_secs_f64();
    let folder = data.path().join("index");

    let queries = made.queries(SEARCHES);
    let bare = Bare::open(&folder)?;
    let writing = bare.written_anew()?;
    figures.add(
        &format!("documents indexed, of {size}, a second"),
        format!("{:.0}", size as f64 / took),
        format!("{:.0} bare", size as f64 / writing),
        writing / took,
        Goal::None,
    );
    let weighs = made::size(&folder)? as f64;
    figures.add(
        &format!("index of {size} a byte of text"),
        format!("{:.1} MB", weighs / 1e6),
        format!("{:.1} MB", bytes as f64 / 1e6),
        weighs / bytes as f64,
        Goal::None,
    );

    let ours = timed(&queries, async |query| search(&store, &index, &Viewer::anonymous(), query).await).await?;
    let theirs = timed(&queries, async |query| bare.search(query)).await?;
    let parts = Parts::open(&folder)?;
    let same = timed(&queries, async |query| parts.search(query)).await?;
    let fts = Fts5::of(data.path(), &documents).await?;
    let sql = timed(&queries, async |query| fts.search(query).await).await?;
    for (name, at) in [("p50", 0.5), ("p99", 0.99)] {
        let of = |times: &[Duration]| times[((times.len() - 1) as f64 * at) as usize].as_secs_f64() * 1e3;
        let (ours, theirs, same, sql) = (of(&ours), of(&theirs), of(&same), of(&sql));
        let said = |millis: f64| format!("{millis:.2} ms");
        figures.add(
            &format!("search in {size}, {name}, against bare tantivy"),
            said(ours),
            said(theirs),
            ours / theirs,
            Goal::AtMost(2.0),
        );
        let name_of = format!("tantivy's parts in {size}, {name}, against it");
        figures.add(&name_of, said(same), said(ours), same / ours, Goal::None);
        let goal = if size >= 100_000 { Goal::AtLeast(3.0) } else { Goal::None };
        figures.add(&format!("SQLite FTS5 in {size}, {name}, against it"), said(sql), said(ours), sql / ours, goal);
    }

    let found = made::write(&data.path().join("late"), usize::MAX, &[made.late()]).map(|()| data.path().join("late"));
    import(&store, &found?).await?;
    let began = Instant::now();
    while search(&store, &index, &Viewer::anonymous(), "zzlatezz").await? == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let took = began.elapsed().as_secs_f64() * 1e3;
    let name = format!("from commit to found, among {size}");
    figures.add(&name, format!("{took:.0} ms"), "1000 ms", took / 1e3, Goal::AtMost(1.0));
    following.abort();
    Ok(())
}

/// An index that has caught up, and what keeps it so.
async fn ready(store: &Store, data: &Path) -> (Index, JoinHandle<()>) {
    let index = Index::new(data);
    let following = tokio::spawn(search::follow(store.clone(), index.clone()));
    while index.state() != State::Ready {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    (index, following)
}

/// How many somebody finds.
async fn search(store: &Store, index: &Index, viewer: &Viewer, query: &str) -> Result<usize, Failed> {
    let reading = Reading::in_locale(Locale::English);
    Ok(search::search(store, index, viewer, reading, &Asked::of([("q", query)])).await?.total)
}

async fn import(store: &Store, folder: &Path) -> Result<(), Failed> {
    let folders = [folder.to_owned()];
    let import = Import { folders: &folders, prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
    match folder::import(store, &Viewer::command_line(), &import).await? {
        Ok(_) => Ok(()),
        Err(problems) => Err(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into()),
    }
}

/// How long each query takes, the shortest first. A first round, that nobody counts, opens everything.
async fn timed(
    queries: &[String],
    mut search: impl AsyncFnMut(&str) -> Result<usize, Failed>,
) -> Result<Vec<Duration>, Failed> {
    for query in queries.iter().take(50) {
        search(query).await?;
    }
    let mut times = Vec::with_capacity(queries.len());
    for query in queries {
        let began = Instant::now();
        search(query).await?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Ok(times)
}
