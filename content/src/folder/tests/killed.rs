//! Imports that come to no end. That a killed process leaves nothing behind is shown with the real one, beside it.

use super::{Census, Folder, PAGE, SESSION, TestStore, each, taken};
use crate::{
    folder::{check, disk::Disk, import, publish::Publishing, read},
    gate::Viewer,
    store::Failure,
};
use futures::FutureExt;
use jiff::Timestamp;
use sea_orm::TransactionTrait;
use std::{future::poll_fn, panic::AssertUnwindSafe, pin::pin, rc::Rc, task::Poll};

/// What is imported: a seminar that is there in part, changes in part and is new in part.
fn folders() -> [Folder; 2] {
    let file = "+++\ntitle = \"Handout\"\nfile = \"files/handout.txt\"\nsession = \"opening\"\n+++\n";
    let people = "[[person]]\nslug = \"ana\"\nname = \"Ana\"\n";
    let first = Folder::seminar([("sessions/01-opening.md", SESSION), ("practices/pairs.md", PAGE)]);
    let second = Folder::seminar([
        ("sessions/01-opening.md", &*format!("{SESSION}\nMore.\n")),
        ("people.toml", people),
    ])
    .with([("materials/handout.md", file), ("files/handout.txt", "bytes"), ("challenges/staff.md", PAGE)]);
    [first, second]
}

/// Reads a folder as an import does.
fn read_whole(folder: &Folder) -> check::Folder {
    let disk = Disk::open(&folder.path(), &mut Vec::new()).expect("a folder");
    let problems = Rc::default();
    let (things, unread) = read::read(&disk, "tirana-2016", &problems);
    assert!(problems.borrow().is_empty());
    check::Folder { name: folder.path(), things, unread }
}

/// Writes everything but the last word.
async fn written_and_dropped(test: &TestStore, folder: &check::Folder) -> Result<usize, Failure> {
    let transaction = test.store.write().begin().await?;
    let mut publishing = Publishing::new(&transaction, Timestamp::now(), true, &|_| ());
    publishing.folder(folder).await?;
    let changes = publishing.changes.len();
    crate::changes::write(&transaction, Timestamp::now(), &publishing.changes).await?;
    drop(transaction);
    Ok(changes)
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_the_store_as_it_was() {
    let [first, second] = folders();
    each(async |test| {
        taken(test, &[&first]).await;
        let before = Census::of(test).await;
        let changes = written_and_dropped(test, &read_whole(&second)).await.expect("the store answers");
        assert_eq!(changes, 5, "a session changed, a person, a material and a challenge new, a practice gone");
        assert_eq!(Census::of(test).await, before);
        // The one connection that writes is free for the next.
        assert_eq!(taken(test, &[&second]).await.created, 3);
    })
    .await;
}

/// Carries an import on for so many steps and then drops it. Whether it came to its end.
async fn dropped_after(test: &TestStore, folder: &Folder, steps: usize) -> bool {
    let folders = [folder.path()];
    let import =
        super::Import { folders: &folders, prune: true, dry_run: false, discard_edits: false, progress: &|_, _| () };
    let viewer = Viewer::command_line();
    let mut import = pin!(import::import(&test.store, &viewer, &import));
    let mut taken = 0;
    poll_fn(|context| {
        taken += 1;
        match import.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(done.expect("the store answers").is_ok()),
            Poll::Pending if taken == steps => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test]
async fn wherever_an_import_is_dropped_it_has_done_all_or_nothing() {
    let [first, second] = folders();
    each(async |test| {
        taken(test, &[&first]).await;
        let mut before = Census::of(test).await;
        // Bytes may be there before the transaction, under their digest: the next import finds them again.
        before.files = 1;
        let mut steps = 1;
        while !dropped_after(test, &second, steps).await {
            let mut after = Census::of(test).await;
            after.files = 1;
            if after.things == 5 {
                // It was dropped after its last word, before it heard that it had been understood.
                break;
            }
            assert_eq!(after, before, "after {steps} steps");
            steps += 1 + steps / 4;
        }
        let again = taken(test, &[&second]).await;
        assert_eq!((again.created, again.updated, again.unchanged, again.missing), (0, 0, 5, Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn a_panic_in_the_middle_leaves_the_store_as_it_was() {
    let [first, second] = folders();
    each(async |test| {
        taken(test, &[&first]).await;
        let mut before = Census::of(test).await;
        before.files = 1;
        for thing in 1..=5 {
            let folders = [second.path()];
            let progress = |done: usize, of: usize| assert!(done < thing, "thing {done} of {of} is the last straw");
            let import = super::Import {
                folders: &folders,
                prune: true,
                dry_run: false,
                discard_edits: false,
                progress: &progress,
            };
            let import =
                AssertUnwindSafe(import::import(&test.store, &Viewer::command_line(), &import)).catch_unwind().await;
            assert!(import.is_err(), "it panicked");
            assert_eq!(Census::of(test).await, before);
        }
        assert_eq!(taken(test, &[&second]).await.created, 3);
    })
    .await;
}
