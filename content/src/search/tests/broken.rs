//! An index that is lost, damaged or old comes back by itself, and searching goes on meanwhile.

use super::{AGAIN, Looking, seminar, session};
use crate::{
    gate::tests::indexed,
    search::{Index, State},
    store::trial::{TestStore, each, sqlite},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A seminar with one session that says this.
async fn said(test: &TestStore, word: &str) {
    seminar(test, "tirana-2016", "", &[("sessions/01-opening.md", session("Opening", "", word))]).await;
}

/// The index's files of one kind.
fn files(test: &TestStore, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(test.folder.path().join("index")).expect("the index");
    let files = entries.map(|entry| entry.expect("an entry").path());
    files.filter(|file| file.extension().is_some_and(|of| of == extension)).collect()
}

fn meta(test: &TestStore) -> PathBuf {
    test.folder.path().join("index/meta.json")
}

/// Makes an index of a store that holds a word, stops it, damages it, and looks for the word again.
async fn comes_back(test: &TestStore, damage: impl Fn(&TestStore)) {
    drop(Looking::into(test).await);
    damage(test);
    Looking::into(test).await.until("lanterns", 1, AGAIN).await;
}

#[tokio::test]
async fn an_index_that_was_damaged_while_nobody_looked_is_made_anew() {
    each(async |test| {
        said(test, "lanterns").await;
        comes_back(test, |test| fs::remove_dir_all(test.folder.path().join("index")).expect("deleted")).await;
        comes_back(test, |test| fs::remove_file(meta(test)).expect("deleted")).await;
        for bytes in [&b""[..], b"{", b"{}", b"\0\0\0\0", b"[1, 2, 3]"] {
            comes_back(test, |test| fs::write(meta(test), bytes).expect("overwritten")).await;
        }
    })
    .await;
}

#[tokio::test]
async fn so_is_one_with_a_segment_that_is_cut_short_overwritten_or_gone() {
    let test = sqlite().await;
    said(&test, "lanterns").await;
    for extension in ["idx", "store"] {
        comes_back(&test, |test| {
            for file in files(test, extension) {
                let length = fs::metadata(&file).expect("its size").len();
                fs::File::options().write(true).open(file).expect("a file").set_len(length / 2).expect("cut short");
            }
        })
        .await;
    }
    for extension in ["term", "fast"] {
        comes_back(&test, |test| {
            for file in files(test, extension) {
                let mut bytes = fs::read(&file).expect("a file");
                let middle = bytes.len() / 2;
                bytes[middle] ^= 0xff;
                fs::write(file, bytes).expect("overwritten");
            }
        })
        .await;
    }
    comes_back(&test, |test| files(test, "pos").iter().for_each(|file| fs::remove_file(file).expect("deleted"))).await;
}

/// Writes another payload into an index: the version of its schema and the number of the last change it holds.
fn pretends(test: &TestStore, payload: &str) {
    let text = fs::read_to_string(meta(test)).expect("a text");
    let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert!(json["payload"].is_string(), "{text}");
    json["payload"] = payload.into();
    fs::write(meta(test), json.to_string()).expect("overwritten");
}

#[tokio::test]
async fn one_of_another_version_or_of_another_store_is_made_anew() {
    let test = sqlite().await;
    said(&test, "lanterns").await;
    for payload in ["0:2", "999:2", "", "x", "1", "1:", "1:999999"] {
        comes_back(&test, |test| pretends(test, payload)).await;
    }
}

#[tokio::test]
async fn one_that_is_sound_is_opened_as_it_is() {
    let test = sqlite().await;
    said(&test, "lanterns").await;
    drop(Looking::into(&test).await);
    let before = files(&test, "store");
    let looking = Looking::into(&test).await;
    assert_eq!(looking.find("lanterns").await.total, 1);
    assert_eq!(files(&test, "store"), before);
}

#[tokio::test]
async fn what_was_written_while_nobody_followed_is_caught_up_with() {
    each(async |test| {
        said(test, "lanterns").await;
        drop(Looking::into(test).await);
        said(test, "candles").await;
        let looking = Looking::into(test).await;
        assert_eq!((looking.find("candles").await.total, looking.find("lanterns").await.total), (1, 0));
    })
    .await;
}

/// Damages the index under a reader who looks all the while, and then says something new.
async fn comes_back_meanwhile(test: &TestStore, damage: impl Fn(&Path)) {
    said(test, "lanterns").await;
    let looking = Looking::into(test).await;
    looking.until("lanterns", 1, AGAIN).await;
    damage(&test.folder.path().join("index"));
    looking.find("lanterns").await;
    said(test, "lanterns and candles").await;
    looking.until("candles", 1, AGAIN).await;
    assert_eq!(looking.find("lanterns").await.total, 1);
    drop(looking);
    // And what is on the disk now is sound.
    let (index, following) = indexed(test).await;
    assert_eq!(index.state(), State::Ready);
    following.abort();
}

#[tokio::test]
async fn one_that_is_deleted_under_a_reader_comes_back_without_being_asked() {
    each(async |test| {
        said(test, "lanterns").await;
        let looking = Looking::into(test).await;
        fs::remove_dir_all(test.folder.path().join("index")).expect("deleted");
        let since = std::time::Instant::now();
        while !meta(test).exists() || looking.index.state() != State::Ready {
            looking.find("lanterns").await;
            assert!(since.elapsed() < AGAIN);
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        looking.until("lanterns", 1, AGAIN).await;
    })
    .await;
}

#[tokio::test]
async fn so_does_one_that_is_damaged_under_a_reader() {
    let test = sqlite().await;
    comes_back_meanwhile(&test, |index| fs::remove_dir_all(index).expect("deleted")).await;
    comes_back_meanwhile(&test, |index| fs::write(index.join("meta.json"), "{").expect("overwritten")).await;
    comes_back_meanwhile(&test, |index| {
        written(index).for_each(|file| fs::remove_file(file).expect("deleted"));
    })
    .await;
}

/// The files of the index that hold what was written, meta.json and locks apart.
fn written(index: &Path) -> impl Iterator<Item = PathBuf> {
    let files = fs::read_dir(index).expect("the index").map(|entry| entry.expect("an entry").path());
    files.filter(|file| file.extension().is_some_and(|of| of != "json" && of != "lock"))
}

#[tokio::test]
async fn whatever_is_done_to_its_files_under_a_reader_what_was_found_is_found() {
    let truncated = |file: &Path| fs::File::options().write(true).open(file).expect("a file").set_len(0);
    let overwritten = |file: &Path| {
        let length = fs::metadata(file).expect("its size").len();
        fs::write(file, vec![0xa5; usize::try_from(length).expect("a length")])
    };
    let grown = |file: &Path| fs::write(file, vec![0; 1 << 20]);
    let damages: [fn(&Path) -> std::io::Result<()>; 3] = [truncated, overwritten, grown];
    for damage in damages {
        let test = sqlite().await;
        said(&test, "lanterns").await;
        let looking = Looking::into(&test).await;
        for file in written(&test.folder.path().join("index")) {
            damage(&file).expect("damaged");
        }
        for _ in 0..3 {
            assert_eq!(looking.find("lanterns").await.total, 1);
        }
        said(&test, "lanterns and candles").await;
        looking.until("candles", 1, AGAIN).await;
        // Whoever starts next finds it damaged or mended, and all that was said in it.
        drop(looking);
        let looking = Looking::into(&test).await;
        assert_eq!((looking.find("lanterns").await.total, looking.find("candles").await.total), (1, 1));
    }
}

#[tokio::test]
async fn before_there_is_an_index_nothing_is_found_and_nothing_fails() {
    let test = sqlite().await;
    said(&test, "lanterns").await;
    let index = Index::new(test.folder.path());
    let looking = Looking {
        test: &test,
        index,
        following: tokio::spawn(async {}),
        reading: crate::texts::Reading::in_locale(language::Locale::English),
    };
    assert_eq!(looking.index.state(), State::Building);
    assert_eq!(looking.find("lanterns").await.total, 0);
}

#[tokio::test]
async fn what_a_writer_that_was_killed_left_behind_is_written_over() {
    let test = sqlite().await;
    said(&test, "lanterns").await;
    drop(Looking::into(&test).await);
    // The deletes of a commit that never came, under the number that the next one has.
    let segment = files(&test, "store").remove(0);
    for number in 0..200 {
        fs::write(segment.with_extension(format!("{number}.del")), "half").expect("written");
    }
    said(&test, "candles").await;
    let looking = Looking::into(&test).await;
    looking.until("candles", 1, AGAIN).await;
    assert_eq!(looking.find("lanterns ").await.total, 0);
}
