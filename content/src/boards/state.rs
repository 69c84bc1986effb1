//! What a process has of a board: its log, read once and then kept up with, and whoever waits for more.

use super::{
    Board, Details, Names,
    alike::Alike,
    command::Phase,
    entity,
    keep::{after, event_of, keys},
    live::Open,
    log::{By, Event, Eye, Happened, see},
};
use crate::{
    gate::Who,
    store::{Failure, Store},
};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tokio::sync::watch;

/// How often the log is read for what other processes did, at most: in milliseconds.
const LOOK_MOST: u64 = 900;

/// A board as a process has it.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) id: i64,
    /// Whoever changes it, or reads what others changed.
    pub(super) turn: tokio::sync::Mutex<()>,
    state: RwLock<State>,
    /// Of its last event.
    pub(super) number: watch::Sender<i64>,
    /// When the log was read last, as [`moment`] has it.
    looked: AtomicU64,
    /// Who wrote what, as it was after a number of the change log.
    names: Mutex<(i64, BTreeMap<i64, String>)>,
    /// What may be put together, after which event.
    pub(super) alike: Mutex<(i64, Arc<[Alike]>)>,
    /// Whoever works that out.
    pub(super) compares: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) board: Board,
    pub(super) log: Vec<Event>,
    /// How many cards were written.
    pub(super) count: usize,
    /// Whose the keys of its authors are, as far as that is known here: whoever follows a board writes on it, too.
    keys: HashMap<Who, i64>,
}

impl State {
    fn new(details: Details) -> Self {
        Self { board: Board::new(details), log: Vec::new(), count: 0, keys: HashMap::new() }
    }

    /// With which eyes somebody looks who may have become an author meanwhile.
    pub(super) fn eye(&self, open: &Open) -> Eye {
        let key = open.who.and_then(|who| self.keys.get(&who));
        Eye { by: key.map_or(By::Nobody, |key| By::Author(*key)), ..open.actor.eye }
    }

    pub(super) fn seen_number(&self, eye: Eye) -> i64 {
        let seen = self.log.iter().rev().find(|event| see(event, eye, self.board.details).is_some());
        seen.map_or(0, |event| event.number)
    }

    /// Has an event happen. One that was there before is passed over.
    fn push(&mut self, event: Event) {
        if event.number <= self.board.number {
            return;
        }
        self.board.apply(&event);
        let closed = matches!(event.what.happened, Happened::Moved { phase: Phase::Closed, .. });
        self.log.push(event);
        if closed && self.board.details.names == Names::Anonymous {
            self.log.iter_mut().for_each(|event| event.by = By::Nobody);
            self.keys.clear();
        }
    }
}

impl Live {
    pub(super) fn new(id: i64) -> Self {
        let state = RwLock::new(State::new(Details::default()));
        let looked = AtomicU64::new(0);
        let alike = Mutex::new((0, Arc::from([])));
        let (turn, compares, names) = Default::default();
        Self { id, turn, names, state, number: watch::Sender::new(0), looked, alike, compares }
    }

    pub(super) fn names(&self) -> MutexGuard<'_, (i64, BTreeMap<i64, String>)> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what other processes did, unless somebody has just done so: many follow one board.
    pub(super) async fn look(&self, store: &Store) -> Result<(), Failure> {
        if self.looked.load(Ordering::Relaxed) + LOOK_MOST > moment() {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        // Whoever had it before may have done so.
        if self.looked.load(Ordering::Relaxed) + LOOK_MOST > moment() {
            return Ok(());
        }
        self.catch_up(store.read()).await
    }

    /// Reads what came after the last event that is known. If that is not there any more, it was another log.
    pub(super) async fn catch_up<C: ConnectionTrait>(&self, db: &C) -> Result<(), Failure> {
        self.looked.store(moment(), Ordering::Relaxed);
        let last = self.state().log.last().cloned();
        let known = last.as_ref().map_or(0, |event| event.number);
        let mut rows = after(db, self.id, known - 1).await?;
        // A log that begins anew has the same numbers again.
        let goes_on = match (last, rows.first().cloned()) {
            (None, _) => true,
            (Some(last), Some(row)) => {
                let there = event_of(row)?;
                (there.number, there.at, there.command, &there.what) == (last.number, last.at, last.command, &last.what)
            }
            (Some(_), None) => false,
        };
        if known > 0 && goes_on {
            rows.remove(0);
        }
        if known == 0 || !goes_on {
            let row = entity::Entity::find_by_id(self.id).one(db).await?;
            let details = row.map(TryInto::try_into).transpose()?.unwrap_or_default();
            if !goes_on {
                rows = after(db, self.id, 0).await?;
            }
            let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
            *state = State::new(details);
        }
        if rows.is_empty() && goes_on {
            return Ok(());
        }
        let events: Vec<Event> = rows.into_iter().map(event_of).collect::<Result<_, _>>()?;
        let stranger = {
            let known: HashSet<i64> = self.state().keys.values().copied().collect();
            events.iter().any(|event| matches!(event.by, By::Author(key) if !known.contains(&key)))
        };
        if stranger {
            // Somebody who follows it here may have written there.
            for (who, key) in keys(db, self.id).await? {
                self.knows(who, key);
            }
        }
        self.push(events);
        Ok(())
    }

    /// Notes whose a key is.
    pub(super) fn knows(&self, who: Who, key: i64) {
        if self.state().keys.get(&who) != Some(&key) {
            self.state.write().unwrap_or_else(PoisonError::into_inner).keys.insert(who, key);
        }
    }

    /// Has these happen, and tells whoever follows: the number of the last.
    pub(super) fn push(&self, events: Vec<Event>) -> i64 {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        events.into_iter().for_each(|event| state.push(event));
        state.count = state.board.cards.values().filter(|card| !card.hidden).count();
        let number = state.board.number;
        drop(state);
        self.number.send_if_modified(|known| std::mem::replace(known, number) != number);
        number
    }
}

/// Milliseconds since this process first asked.
fn moment() -> u64 {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    // A minute on: what was never read was not read just now.
    u64::try_from(BEGAN.elapsed().as_millis()).unwrap_or_default() + 60_000
}
