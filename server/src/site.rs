//! What every handler shares.

use crate::{
    assets,
    kept::{Kept, Key, Ready},
    live::Lines,
    mail::Mail,
    metrics::Metrics,
    sessions::Sessions,
};
use app::{
    asked::{Asked, Assets},
    letters::Post,
};
use content::{
    accounts::{self, Tries},
    boards::Boards,
    changes, materials,
    notices::{self, Rooms},
    protection, retention,
    search::{self, Index, Missed},
    store::Store,
    texts,
};
use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// How often the change log is looked at for what other processes did.
const LOOK: Duration = Duration::from_millis(250);
/// How long whoever changed something waits for search to know it.
const FOLLOWED: Duration = Duration::from_secs(3);
/// How often what has ended is taken away.
const PRUNE: Duration = Duration::from_secs(60 * 60);
/// How far the clock may go from what has passed in that time, before nothing goes by it.
const DRIFT: Duration = Duration::from_secs(5 * 60);
/// How often it is looked whether something was waiting for this moment.
const RELEASE: Duration = Duration::from_secs(1);
/// How often what was counted is written.
const SAVE: Duration = Duration::from_secs(30);
/// Requests at once. A page takes a millisecond: more than this is a queue, not readers.
const AT_ONCE: usize = 1024;

/// How a site presents itself.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it is for whoever is elsewhere, without a stroke at the end.
    pub public_url: String,
    /// Who answers for what it keeps of people, as they can be reached; empty where nobody is named.
    pub contact: String,
    /// Where a browser goes on that leaves quickly.
    pub leave_to: String,
    /// By what letters are sent; none: links are passed on by hand.
    pub mail: Option<Mail>,
    /// What pages kept ready may weigh in all, in bytes.
    pub kept_bytes: u64,
}

/// The store, the index, the built files, the pages kept ready. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Site(Arc<Inner>);

/// What a site is made of.
#[derive(Debug)]
pub struct Inner {
    pub(crate) public_url: Arc<str>,
    pub(crate) contact: Arc<str>,
    pub(crate) leave_to: Arc<str>,
    pub(crate) assets: Arc<Assets>,
    pub(crate) store: Store,
    pub(crate) index: Index,
    pub(crate) kept: Kept,
    pub(crate) metrics: Metrics,
    pub(crate) missed: Missed,
    pub(crate) sessions: Sessions,
    pub(crate) tries: Arc<Tries>,
    pub(crate) post: Post,
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) boards: Arc<Boards>,
    /// That pages hold open.
    pub(crate) lines: Lines,
    /// For requests that are being answered.
    pub(crate) places: Semaphore,
    change: AtomicI64,
}

impl Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Why a site does not come up.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The browser's half was not built into this binary.
    #[error("{0}")]
    Assets(&'static str),
    /// Its list of files cannot be read.
    #[error("the list of built files cannot be read: {0}")]
    Manifest(#[from] serde_json::Error),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] content::store::Failure),
}

impl Site {
    /// A site over a store, and what has to run as long as it is there.
    ///
    /// # Errors
    /// When the browser's half was not built, or the store does not answer.
    pub async fn new(config: Config, store: Store, index: Index) -> Result<(Self, JoinSet<()>), Failed> {
        // Before anybody sees them who came back with a backup.
        erased_again(retention::settle(&store, jiff::Timestamp::now()).await?);
        let assets: Assets = serde_json::from_slice(&assets::manifest().map_err(Failed::Assets)?)?;
        let (post, letters) = match config.mail {
            Some(mail) => {
                let (post, letters) = Post::new();
                (post, Some((mail, letters)))
            }
            None => (Post::default(), None),
        };
        let site = Self(Arc::new(Inner {
            post,
            sessions: Sessions::new(store.clone(), config.public_url.starts_with("https:")),
            tries: Arc::default(),
            rooms: Arc::default(),
            boards: Arc::default(),
            lines: Lines::default(),
            public_url: config.public_url.into(),
            contact: config.contact.trim().into(),
            leave_to: config.leave_to.into(),
            assets: Arc::new(assets),
            kept: Kept::holding(config.kept_bytes),
            metrics: Metrics::new(),
            missed: Missed::default(),
            places: Semaphore::new(AT_ONCE),
            change: AtomicI64::new(changes::last(&store).await?),
            store,
            index,
        }));
        let mut running = JoinSet::new();
        running.spawn(search::follow(site.store.clone(), site.index.clone()));
        running.spawn(site.clone().look());
        running.spawn(site.clone().save());
        running.spawn(renew(site.store.clone()));
        running.spawn(prune(site.store.clone()));
        running.spawn(release(site.store.clone()));
        if let Some((mail, letters)) = letters {
            running.spawn(mail.deliver(site.post.clone(), letters));
        }
        Ok((site, running))
    }

    /// Under what a page is kept, if it may be. `change` is the last that this process knows of: what was kept before
    /// it is kept no more.
    pub(crate) fn key(&self, asked: &Asked) -> Option<Key> {
        // What search finds follows the index, which has no number that readers share; how long things are kept and who answers for them has none,
        // nor has what happens on a board.
        // Who is signed in may look as nobody: the page says so, and is theirs.
        let keep = asked.viewer.is_anonymous()
            && asked.session.is_none()
            && !matches!(asked.path(), "/search" | "/privacy")
            && !asked.path().contains("/boards");
        keep.then(|| Key {
            viewer: asked.viewer.clone(),
            reading: asked.reading,
            address: asked.address.clone(),
            change: self.change.load(Ordering::Acquire),
        })
    }

    /// The page that is asked for, if it is kept ready.
    pub(crate) fn ready(&self, asked: &Asked) -> Option<Arc<Ready>> {
        self.kept.get(&self.key(asked)?)
    }

    /// Writes what was counted: when the site ends, too.
    pub async fn save_counts(&self) {
        if let Err(failure) = self.missed.save(&self.store, jiff::Timestamp::now()).await {
            tracing::warn!(%failure, "what was looked for in vain could not be written and is tried again");
        }
    }

    async fn save(self) {
        loop {
            tokio::time::sleep(SAVE).await;
            self.save_counts().await;
        }
    }

    async fn look(self) {
        loop {
            self.look_once().await;
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Reads how far the change log has come, and whether anything was done at all.
    async fn look_once(&self) {
        match changes::last(&self.store).await {
            // Of two who look at once the slower has read less.
            Ok(last) => drop(self.change.fetch_max(last, Ordering::AcqRel)),
            Err(failure) => tracing::warn!(%failure, "the change log could not be read"),
        }
        self.look_around().await;
    }

    /// Has pages that are open know of what was done.
    pub(crate) async fn look_around(&self) {
        if let Err(failure) = self.rooms.look(&self.store).await {
            tracing::warn!(%failure, "the audit could not be read");
        }
    }

    /// Before whoever changed something is told so: no page that was kept before is shown any more, and search follows.
    pub(crate) async fn catch_up(&self) {
        self.look_once().await;
        let change = self.change.load(Ordering::Acquire);
        let followed = async {
            while !self.index.holds(change) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        if tokio::time::timeout(FOLLOWED, followed).await.is_err() {
            tracing::warn!(change, "search does not follow what was changed");
        }
    }
}

/// HTML that an earlier version stored is made anew, once, behind the readers' backs.
async fn renew(store: Store) {
    match texts::renew(&store).await {
        Ok(0) => {}
        Ok(texts) => tracing::info!(texts, "texts were rendered anew"),
        Err(failure) => tracing::warn!(%failure, "stored texts could not be rendered anew"),
    }
}

/// Sessions and links that have ended do not stay in the store, nor what has outlived its period, nor files that nothing
/// holds.
async fn prune(store: Store) {
    loop {
        if let Err(failure) = accounts::prune(&store, jiff::Timestamp::now()).await {
            tracing::warn!(%failure, "what has ended could not be taken away and is tried again");
        }
        let (before, began) = (jiff::Timestamp::now(), Instant::now());
        tokio::time::sleep(PRUNE).await;
        let moved = drifted(jiff::Timestamp::now().duration_since(before), began.elapsed());
        match retention::settle(&store, jiff::Timestamp::now()).await {
            Ok(people) => erased_again(people),
            Err(failure) => {
                tracing::warn!(%failure, "who came back with a backup could not be erased and is tried again")
            }
        }
        // What goes by a clock that was just set wrong, or is about to be set right, is gone for good.
        if moved {
            tracing::warn!("the clock was set, or the machine slept: what has outlived its period goes an hour later");
        } else {
            match notices::prune(&store, jiff::Timestamp::now()).await {
                Ok(0) => {}
                Ok(notices) => tracing::info!(notices, "notices that had not stood for a month were deleted"),
                Err(failure) => tracing::warn!(%failure, "old notices could not be deleted and it is tried again"),
            }
            match retention::keep(&store, jiff::Timestamp::now()).await {
                Ok(0) => {}
                Ok(gone) => tracing::info!(gone, "what had outlived its period was taken away"),
                Err(failure) => {
                    tracing::warn!(%failure, "what has outlived its period could not go and is tried again")
                }
            }
        }
        match materials::sweep(&store, SystemTime::now()).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "files that nothing held any more were taken away"),
            Err(failure) => tracing::warn!(%failure, "the folder of files could not be swept and is tried again"),
        }
    }
}

/// Whether the clock says something else than what has passed.
fn drifted(by_clock: jiff::SignedDuration, passed: Duration) -> bool {
    (by_clock.as_secs_f64() - passed.as_secs_f64()).abs() > DRIFT.as_secs_f64()
}

fn erased_again(people: usize) {
    if people > 0 {
        tracing::info!(people, "who had been erased and came back with a backup was erased again");
    }
}

/// What waits for its moment is shown to more people when that comes.
async fn release(store: Store) {
    loop {
        match protection::release(&store, jiff::Timestamp::now()).await {
            Ok(0) => {}
            Ok(things) => tracing::info!(things, "what waited for its moment is shown"),
            Err(failure) => tracing::warn!(%failure, "what waits for its moment could not be shown and is tried again"),
        }
        tokio::time::sleep(RELEASE).await;
    }
}

impl Site {
    /// Whether it is reached by https: then its cookies go no other way.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.starts_with("https:")
    }

    /// Its counters.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }
}

#[cfg(test)]
mod tests {
    use super::{PRUNE, drifted};
    use jiff::SignedDuration;

    #[test]
    fn a_clock_that_was_set_is_told_from_one_that_goes() {
        for (by_clock, moved) in
            [(3600, false), (3590, false), (3899, false), (3901, true), (0, true), (-3600, true), (86_400 * 365, true)]
        {
            assert_eq!(drifted(SignedDuration::from_secs(by_clock), PRUNE), moved, "{by_clock}");
        }
    }
}
