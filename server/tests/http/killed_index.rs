//! A site that is killed while it writes its index is right again by itself, whenever it happens.

use crate::{
    fixture,
    program::{Running, get, path, plenary, start},
};
use std::{
    fmt::Write,
    hash::{BuildHasher, RandomState},
    net::SocketAddr,
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

const MOMENTS: u32 = 50;
/// Longer than a machine that does much else needs for it.
const SOON: Duration = Duration::from_secs(60);

/// A seminar of some challenges, each with a word of its own.
fn seminar(root: &Path, edition: &str) -> PathBuf {
    let mut files = Vec::new();
    for number in 0..40 {
        let mut text = String::new();
        let _ = writeln!(text, "+++\ntitle = \"Number {number}\"\n+++\nThe {edition} edition says word{number}.");
        files.push((format!("challenges/killed-{number}.md"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    fixture::small(root, "killed-2026", &files)
}

/// A number from 0 to 1, another each time.
fn chance(seed: u32) -> f64 {
    let drawn = RandomState::new().hash_one(seed) % 1000;
    f64::from(u32::try_from(drawn).unwrap_or_default()) / 1000.0
}

fn serve(data: &Path) -> (Running, SocketAddr) {
    let mut serving = start(&["serve", "--data", path(data), "--addr", "127.0.0.1:0"]);
    let line = serving.line("Plenary ");
    let address = line.rsplit("http://").next().and_then(|address| address.parse().ok());
    (serving, address.unwrap_or_else(|| panic!("no address in {line:?}")))
}

/// How many things a search finds, once the index is whole.
fn found(to: SocketAddr, words: &str) -> String {
    let end = Instant::now() + SOON;
    while !get(to, "/readyz").contains("\"search\":\"ready\"") {
        assert!(Instant::now() < end, "the index is not whole: {}", get(to, "/readyz"));
        sleep(Duration::from_millis(10));
    }
    let answer = get(to, &format!("/api/v1/search?q={words}"));
    let total = answer.split("\"total\":").nth(1).and_then(|rest| rest.split(',').next());
    total.unwrap_or_else(|| panic!("no total in {answer}")).to_owned()
}

#[test]
fn an_index_whose_writer_is_killed_at_any_moment_is_right_again() {
    let (root, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let editions = [seminar(&root.path().join("one"), "first"), seminar(&root.path().join("two"), "second")];
    plenary(&["import", "--data", path(data.path()), path(&editions[0])]).well();
    let began = Instant::now();
    let (serving, address) = serve(data.path());
    assert_eq!(found(address, "first"), "40");
    let takes = began.elapsed();
    drop(serving);

    for moment in 0..MOMENTS {
        // Another edition each time, so that there is something to write; from time to time an index from nothing.
        let edition = usize::try_from((moment + 1) % 2).unwrap_or_default();
        plenary(&["import", "--data", path(data.path()), path(&editions[edition])]).well();
        if moment % 10 == 9 {
            std::fs::remove_dir_all(data.path().join("index")).expect("it is there");
        }
        let mut serving = start(&["serve", "--data", path(data.path()), "--addr", "127.0.0.1:0"]);
        sleep(takes.mul_f64(chance(moment)));
        serving.0.kill().expect("killed");
        serving.0.wait().expect("over");
        if moment % 10 == 4 {
            let (_serving, address) = serve(data.path());
            let (is, was) = [("first", "second"), ("second", "first")][edition];
            assert_eq!((found(address, is).as_str(), found(address, was).as_str()), ("40", "0"), "moment {moment}");
        }
    }
    let (_serving, address) = serve(data.path());
    assert_eq!((found(address, "first").as_str(), found(address, "word17%20").as_str()), ("40", "1"));
}
