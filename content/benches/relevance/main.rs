//! `make relevance DATA=DIR`: how well search ranks, measured on documents with judgements.
//!
//! `DIR` holds `docs.jsonl` (or `.gz`; id, title, text), `queries.jsonl` (id, text) and `qrels.tsv` (query, document,
//! grade); a folder of such folders measures all of them. The documents are written as a seminar's materials, imported
//! and indexed as everything else, and asked for as `/search` does. `--queries DIR` takes the queries of another folder
//! (Latin queries on Cyrillic documents); `--run FILE` writes `query<TAB>document<TAB>score`.
#![expect(clippy::print_stdout, reason = "it prints a table")]

mod judged;

use content::{
    folder::{self, Import},
    gate::Viewer,
    search::{self, Asked, Index, PAGE, State},
    store::{Location, Store},
    texts::Reading,
};
use judged::{Document, Judged};
use language::Locale;
use std::{
    collections::HashMap,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

type Failed = Box<dyn Error>;

/// How many ranks are asked for.
const RANKS: usize = 100;
/// How long a title may be, in characters.
const TITLE_MOST: usize = 180;
/// The seminar that the documents belong to.
const SEMINAR: &str = "judged";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failed> {
    let mut folders = Vec::new();
    let (mut run, mut queries) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo's own.
            "--bench" => {}
            "--run" => run = arguments.next().map(PathBuf::from),
            "--queries" => queries = arguments.next().map(PathBuf::from),
            folder => folders.extend(sets(Path::new(folder))?),
        }
    }
    if folders.is_empty() {
        return Err("name a folder with docs.jsonl, queries.jsonl and qrels.tsv: make relevance DATA=DIR".into());
    }
    println!("{:<24} {:>9} {:>8} {:>8} {:>8} {:>10}", "set", "documents", "queries", "nDCG@10", "MRR", "recall@100");
    for folder in folders {
        let mut judged = Judged::read(&folder)?;
        if let Some(queries) = &queries {
            judged.queries = Judged::read(queries)?.queries;
        }
        let rankings = rank(&judged).await?;
        let worth = judged.worth(&rankings);
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        println!(
            "{name:<24} {:>9} {:>8} {:>8.3} {:>8.3} {:>10.3}",
            judged.documents.len(),
            judged.queries.len(),
            worth.ndcg,
            worth.mrr,
            worth.recall
        );
        if let Some(run) = &run {
            fs::write(run, written(&judged, &rankings))?;
        }
    }
    Ok(())
}

/// A folder that is a set, or the sets in it.
fn sets(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let is_set = |folder: &Path| folder.join("queries.jsonl").exists();
    if is_set(folder) {
        return Ok(vec![folder.to_owned()]);
    }
    let mut sets = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_set(&path) {
            sets.push(path);
        }
    }
    sets.sort();
    Ok(sets)
}

/// The first documents for each query, with scores that fall.
async fn rank(judged: &Judged) -> Result<HashMap<String, Vec<(String, f32)>>, Failed> {
    let data = tempfile::tempdir()?;
    let store = Store::open(data.path(), &Location::Embedded).await?;
    let folder = data.path().join(SEMINAR);
    write(&folder, &judged.documents)?;
    let folders = [folder];
    let import = Import { folders: &folders, prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
    if let Err(problems) = folder::import(&store, &Viewer::command_line(), &import).await? {
        return Err(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into());
    }
    let index = Index::new(data.path());
    let following = tokio::spawn(search::follow(store.clone(), index.clone()));
    while index.state() != State::Ready {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut rankings = HashMap::new();
    for query in &judged.queries {
        let mut ranking = Vec::new();
        for page in 1..=RANKS / PAGE {
            let page = page.to_string();
            let asked = Asked::of([("q", query.text.as_str()), ("kind", "material"), ("page", &page)]);
            let reading = Reading::in_locale(Locale::English);
            let found = search::search(&store, &index, &Viewer::anonymous(), reading, &asked).await?;
            for hit in &found.hits {
                let slug = hit.address.split(['?', '#']).next().and_then(|path| path.rsplit('/').next());
                let document = slug.and_then(|slug| slug.strip_prefix('d')?.parse::<usize>().ok());
                if let Some(document) = document.and_then(|number| judged.documents.get(number)) {
                    ranking.push((document.id.clone(), (RANKS - ranking.len()) as f32));
                }
            }
            if found.hits.len() < PAGE {
                break;
            }
        }
        rankings.insert(query.id.clone(), ranking);
    }
    following.abort();
    Ok(rankings)
}

/// The documents as a seminar's materials, named by their numbers.
fn write(folder: &Path, documents: &[Document]) -> Result<(), Failed> {
    let materials = folder.join("materials");
    fs::create_dir_all(&materials)?;
    fs::write(
        folder.join("seminar.md"),
        "+++\ntitle = \"Judged\"\nstarts = 2016-12-05\nends = 2016-12-07\ntime_zone = \"Europe/Tirane\"\nstatus = \"open\"\nvisibility = \"public\"\nlanguage = \"en\"\n+++\n",
    )?;
    for (number, document) in documents.iter().enumerate() {
        let words: Vec<&str> = document.title.iter().flat_map(|title| title.split_whitespace()).collect();
        let mut title = String::new();
        let fits = words.iter().take_while(|word| {
            let fits = title.chars().count() + word.chars().count() < TITLE_MOST;
            if fits {
                title.push_str(if title.is_empty() { "" } else { " " });
                title.push_str(word);
            }
            fits
        });
        // What a title has no room for is text; a document that has none is called by its number.
        let rest = words.get(fits.count()..).unwrap_or_default().join(" ");
        let title = if title.is_empty() { format!("D{number}") } else { title };
        let body = escaped(&format!("{rest}\n{}", document.text));
        let text = format!("+++\ntitle = {}\n+++\n{body}\n", serde_json::to_string(&title)?);
        fs::write(materials.join(format!("d{number}.md")), text)?;
    }
    Ok(())
}

/// Plain text as Markdown that says the same.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in text.lines() {
        for letter in line.trim().chars() {
            if letter.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(letter);
        }
        out.push('\n');
    }
    out
}

fn written(judged: &Judged, rankings: &HashMap<String, Vec<(String, f32)>>) -> String {
    let mut out = String::new();
    for query in &judged.queries {
        for (document, score) in rankings.get(&query.id).into_iter().flatten() {
            let _ = writeln!(out, "{}\t{document}\t{score}", query.id);
        }
    }
    out
}
