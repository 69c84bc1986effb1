//! Folders that are well formed, and folders that are not.

mod again;
mod bad_fields;
mod bad_files;
mod bad_whole;
mod bundled;
mod details;
mod generated;
mod killed;
mod round_trip;
mod words;

use super::{Import, Imported, Problem, import};
use crate::{
    changes,
    gate::{Reason, Viewer},
    store::{
        Failure,
        trial::{TestStore, each},
    },
    things,
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Asterisk, Expr, ExprTrait, Query},
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The fields of a seminar that must be there.
const SEMINAR: &str = "+++
title = \"Three mechanisms, side by side\"
starts = 2016-12-06
ends = 2016-12-07
time_zone = \"Europe/Tirane\"
place = \"Tirana\"
+++
";

/// A session with all it needs.
const SESSION: &str = "+++\ntitle = \"Opening\"\nkind = \"plenary\"\n+++\n";

/// What needs nothing but a title.
const PAGE: &str = "+++\ntitle = \"A page\"\n+++\n";

/// A folder on a disk, gone with the value.
struct Folder {
    /// What holds the folder: others may lie beside it.
    around: TempDir,
    name: String,
}

impl Folder {
    /// An empty folder.
    fn named(name: &str) -> Self {
        let around = tempfile::tempdir().expect("a folder for the test");
        fs::create_dir(around.path().join(name)).expect("a folder in it");
        Self { around, name: name.to_owned() }
    }

    /// The smallest seminar there is, with these files besides or in place of its own.
    fn seminar<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::named("tirana-2016").with([("seminar.md", SEMINAR)]).with(files)
    }

    /// With these files besides or in place of its own.
    fn with<'a>(self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        for (file, text) in files {
            self.put(file, text);
        }
        self
    }

    fn path(&self) -> PathBuf {
        self.around.path().join(&self.name)
    }

    fn put(&self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Without one of its files.
    fn without(self, file: &str) -> Self {
        fs::remove_file(self.path().join(file)).expect("a file to remove");
        self
    }

    /// The same files under another name.
    fn renamed(self, name: &str) -> Self {
        fs::rename(self.path(), self.around.path().join(name)).expect("a new name");
        Self { name: name.to_owned(), ..self }
    }
}

/// Imports folders with which nothing is wrong.
async fn taken(test: &TestStore, folders: &[&Folder]) -> Imported {
    take(test, folders).await.unwrap_or_else(|problems| panic!("{:#?}", told(&problems)))
}

/// Imports folders, or says what is wrong with them.
async fn take(test: &TestStore, folders: &[&Folder]) -> Result<Imported, Vec<Problem>> {
    take_as(test, folders, false, false).await.expect("the store answers")
}

async fn take_as(
    test: &TestStore,
    folders: &[&Folder],
    prune: bool,
    dry_run: bool,
) -> Result<Result<Imported, Vec<Problem>>, Failure> {
    let folders: Vec<PathBuf> = folders.iter().map(|folder| folder.path()).collect();
    import(
        &test.store,
        &Viewer::command_line(),
        &Import { folders: &folders, prune, dry_run, discard_edits: false, progress: &|_, _| () },
    )
    .await
}

/// Problems as lines: `file:line:column: field: what | help`, without what there is none of.
fn told(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| {
        let at = problem.at.as_ref().map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let field = problem.field.as_ref().map(|field| format!(" {field}:")).unwrap_or_default();
        let help = problem.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{}{at}:{field} {}{help}", problem.file.display(), problem.what)
    };
    problems.iter().map(line).collect()
}

/// Folders that are each refused with exactly these words, and nothing of them is written.
async fn refused(cases: &[(Folder, &[&str])]) {
    each(async |test| {
        let before = Census::of(test).await;
        for (folder, words) in cases {
            let problems = take(test, &[folder]).await.err().unwrap_or_default();
            assert_eq!(told(&problems), *words);
        }
        assert_eq!(Census::of(test).await, before, "something was written");
    })
    .await;
}

/// Seminars with one more file, each refused with one problem, which names that file.
async fn files_refused(cases: &[(&str, &str, &str)]) {
    let words: Vec<_> = cases.iter().map(|(file, _, words)| format!("{file}:{words}")).collect();
    let words: Vec<_> = words.iter().map(|words| [words.as_str()]).collect();
    let folders = cases.iter().map(|(file, text, _)| Folder::seminar([(*file, *text)]));
    refused(&folders.zip(&words).map(|(folder, words)| (folder, &words[..])).collect::<Vec<_>>()).await;
}

/// What a store holds, counted: two stores with equal counts are the same store before and after.
#[derive(Debug, PartialEq, Eq)]
struct Census {
    change: i64,
    things: u64,
    rows: Vec<(&'static str, i64)>,
    files: usize,
}

impl Census {
    const TABLES: [&str; 24] = [
        "thing",
        "former",
        "relation",
        "text",
        "contribution",
        "seminar",
        "session",
        "material",
        "file",
        "practice",
        "challenge",
        "board",
        "recommendation",
        "progress",
        "person",
        "organisation",
        "comparison",
        "topic",
        "cell",
        "term",
        "form",
        "change",
        "audit",
        "missed",
    ];

    async fn of(test: &TestStore) -> Self {
        let store = &test.store;
        let mut rows = Vec::new();
        for table in Self::TABLES {
            let mut count = Query::select();
            count.expr_as(Expr::col(Asterisk).count(), Alias::new("count")).from(Alias::new(table));
            let row = store.read().query_one(&count).await.expect("the store answers").expect("a count");
            rows.push((table, row.try_get("", "count").expect("a number")));
        }
        Self {
            change: changes::last(store).await.expect("the store answers"),
            things: things::total(store, &Viewer::everything(Reason::Test)).await.expect("the store answers"),
            rows,
            files: fs::read_dir(store.files()).expect("the folder of files").count(),
        }
    }
}
