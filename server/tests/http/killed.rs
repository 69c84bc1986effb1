//! An import that is killed leaves the store as it was, whenever it happens.

use crate::{
    commands::export,
    fixture,
    harness::copy,
    program::{different, path, plenary, start},
};
use std::{
    fmt::Write,
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    thread::sleep,
    time::Instant,
};
use tempfile::TempDir;

const MOMENTS: u32 = 15;
const SLUG: &str = "large-2026";

/// A seminar with many things in it, all of which say something else in another edition.
fn large(root: &Path, edition: &str) -> PathBuf {
    let mut files = Vec::new();
    for number in 1..=150 {
        let mut text = String::new();
        let _ = write!(text, "+++\ntitle = \"Number {number}, {edition}\"\n");
        let body = format!(
            "+++\n\n## What was said {{#said}}\n\n{}\n",
            format!("Words of the {edition} edition. ").repeat(40)
        );
        files.push((format!("challenges/large-{number}.md"), format!("{text}{body}")));
        files.push((format!("sessions/{number}-part-{number}.md"), format!("{text}kind = \"plenary\"\n{body}")));
    }
    files.push((
        "materials/handout.md".to_owned(),
        "+++\ntitle = \"Handout\"\nfile = \"files/handout.txt\"\n+++\n".to_owned(),
    ));
    files.push(("files/handout.txt".to_owned(), format!("Handout of the {edition} edition\n").repeat(20_000)));
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    fixture::small(root, SLUG, &files)
}

fn copied(data: &TempDir) -> TempDir {
    let to = tempfile::tempdir().expect("a folder");
    copy(data.path(), to.path());
    to
}

/// A number from 0 to 1, another each time.
fn chance(seed: u32) -> f64 {
    let drawn = RandomState::new().hash_one(seed) % 1000;
    f64::from(u32::try_from(drawn).unwrap_or_default()) / 1000.0
}

#[test]
fn an_import_that_is_killed_leaves_the_store_as_it_was() {
    let (root, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    plenary(&["import", "--data", path(data.path()), path(&large(root.path(), "first"))]).well();
    let before = export(&data, SLUG, "team");
    let second = large(root.path(), "second");
    let whole = copied(&data);
    let started = Instant::now();
    plenary(&["import", "--data", path(whole.path()), path(&second)]).well();
    let takes = started.elapsed();
    let after = export(&whole, SLUG, "team");
    assert_ne!(before, after);

    let mut killed = 0;
    for moment in 0..MOMENTS {
        let own = copied(&data);
        let wait = takes.mul_f64((f64::from(moment) + chance(moment)) / f64::from(MOMENTS));
        let mut importing = start(&["import", "--data", path(own.path()), path(&second)]);
        sleep(wait);
        importing.0.kill().expect("killed, or over");
        let over = importing.ended().success();
        killed += u32::from(!over);
        let wanted = if over { &after } else { &before };
        let found = export(&own, SLUG, "team");
        // Between the commit and the end of the process it is all there.
        assert!(
            found == *wanted || found == after,
            "killed after {wait:?} of {takes:?}: {:?}",
            different(&found, wanted)
        );
        let next = plenary(&["import", "--json", "--data", path(own.path()), path(&second)]).well();
        let next: serde_json::Value = serde_json::from_str(&next).expect("JSON");
        let done = if found == after { "unchanged" } else { "updated" };
        assert!(next[done].as_u64() >= Some(300), "killed after {wait:?} of {takes:?}: {next}");
        assert_eq!(export(&own, SLUG, "team"), after, "killed after {wait:?} of {takes:?}");
    }
    eprintln!("{killed} of {MOMENTS} killed under way; an import takes {takes:?}");
    assert!(killed >= MOMENTS / 2, "only {killed} of {MOMENTS} were killed under way");
}

#[test]
fn a_first_import_that_is_killed_leaves_nothing() {
    let root = tempfile::tempdir().expect("a folder");
    let session = "+++\ntitle = \"Opening\"\nkind = \"plenary\"\n+++\n";
    let folder = fixture::small(root.path(), SLUG, &[("sessions/01-opening.md", session)]);
    let data = tempfile::tempdir().expect("a folder");
    let started = Instant::now();
    plenary(&["import", "--data", path(data.path()), path(&folder)]).well();
    let takes = started.elapsed();
    // The tables are made first, and a store that has half of them must not stay so.
    for moment in 0..2 * MOMENTS {
        let data = tempfile::tempdir().expect("a folder");
        let wait = takes.mul_f64((f64::from(moment) + chance(moment)) / f64::from(2 * MOMENTS));
        let mut importing = start(&["import", "--data", path(data.path()), path(&folder)]);
        sleep(wait);
        importing.0.kill().expect("killed, or over");
        let over = importing.ended().success();
        let next = plenary(&["import", "--json", "--data", path(data.path()), path(&folder)]);
        assert!(next.status.success(), "killed after {wait:?} of {takes:?}: {}", next.err);
        let said: serde_json::Value = serde_json::from_str(&next.out).expect("JSON");
        let (whole, was) = (said["created"] == 2, said["unchanged"] == 2);
        assert!(if over { was } else { whole || was }, "killed after {wait:?} of {takes:?}, over {over}: {said}");
    }
}
