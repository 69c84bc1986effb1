//! The index follows the change log.

use super::{
    found,
    index::{Index, State, Writing},
};
use crate::{
    changes,
    gate::{Reason, Viewer},
    store::{Failure, Store},
    things::{Look, rows},
};
use std::time::Duration;

/// How long a change of another process waits to be seen.
const POLL: Duration = Duration::from_millis(400);
/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(2);
/// After so many failures that only the index can be at fault for it is made anew.
const TRIES: u32 = 3;
/// Changes, and things, dealt with at once.
const BATCH: usize = 100;

/// Keeps the index as the store is, until the future is dropped. Whatever happens to the index, the site stays up:
/// it is made anew.
pub async fn follow(store: Store, index: Index) {
    let mut failed = 0;
    loop {
        let result = run(&store, &index, failed >= TRIES).await;
        // It worked for a while.
        failed = if index.state() == State::Ready { 1 } else { failed + 1 };
        if let Err(failure) = result {
            tracing::warn!(%failure, "the search index could not be brought up to date and is tried again");
            index.set(State::Unavailable);
            // A disk that is full is no fault of the index, which is better old than gone.
            if !failure.is_of_the_index() {
                failed = 0;
            }
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn run(store: &Store, index: &Index, anew: bool) -> Result<(), Failure> {
    let opening = index.clone();
    let mut writing = blocking(move || if anew { opening.anew() } else { opening.open() }).await?;
    let mut announced = store.announcements();
    loop {
        if !writing.is_there() {
            tracing::warn!("the search index was deleted and is made anew");
            // Its writer still holds the lock of a folder that is gone.
            drop(writing);
            let opening = index.clone();
            writing = blocking(move || opening.anew()).await?;
        }
        let Some(number) = writing.number else {
            writing = build(store, writing).await?;
            continue;
        };
        let last = changes::last(store).await?;
        if last < number {
            // Another store than the one this index was made from.
            drop(writing);
            let opening = index.clone();
            writing = blocking(move || opening.anew()).await?;
            continue;
        }
        let changed = changes::after(store, number, BATCH as u64).await?;
        if let Some(newest) = changed.last().map(|change| change.number) {
            let mut things: Vec<i64> = changed.iter().map(|change| change.thing).collect();
            let around = found::naming(store.read(), &things).await?;
            things.extend(around.into_iter().map(|(thing, _)| thing));
            things.sort_unstable();
            things.dedup();
            writing = put(store, writing, things).await?;
            writing = blocking(move || writing.commit(newest).map(|()| writing)).await?;
            continue;
        }
        index.set(State::Ready);
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            changed = announced.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
            }
        }
    }
}

/// Everything there is, into a new index. Changes that come meanwhile have higher numbers and are followed after.
async fn build(store: &Store, mut writing: Writing) -> Result<Writing, Failure> {
    let number = changes::last(store).await?;
    let everything = Viewer::everything(Reason::Indexing);
    let all: Vec<i64> =
        rows(store, &everything, &Look::default()).await?.into_iter().map(|(seen, _)| seen.id()).collect();
    writing.merge_later();
    writing = put(store, writing, all).await?;
    blocking(move || writing.commit(number).and_then(|()| writing.merge()).map(|()| writing)).await
}

/// What some things say, in place of what they said: not all of it at once, since one seminar may hold a great many.
async fn put(store: &Store, mut writing: Writing, things: Vec<i64>) -> Result<Writing, Failure> {
    for part in things.chunks(BATCH) {
        let things = part.to_vec();
        let documents = found::documents(store, things.clone()).await?;
        writing = blocking(move || writing.put(&things, documents).map(|()| writing)).await?;
    }
    Ok(writing)
}

/// Work that waits for a disk, off the threads that answer requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(std::io::Error::other(error).into()),
    }
}
