//! Boards as a process has them before it: read from the log once, and then kept up with what is done.

use super::{
    Board, Names,
    alike::{Alike, alike},
    audit::{entry, noted},
    ballots,
    command::{Command, Id, Phase},
    entity::event,
    keep::{author, forget, key, lock, row_of, there},
    log::{By, Event, Eye, Happened, To, What},
    page::BoardPage,
    rules::{Actor, LETTERS_MOST, Refusal, decide},
    state::Live,
    vote::{Ballots, Cast, Hand},
    voting::on_seat,
};
use crate::{
    changes, folder,
    gate::{Viewer, Who},
    retention,
    roles::Act,
    search::Index,
    store::{Failure, Store},
    things::Listed,
};
use jiff::Timestamp;
use language::Language;
use sea_orm::{EntityTrait, TransactionTrait};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::watch;

/// How many of a delegation have to be at a seminar for an anonymous card to say that it is of it.
const TOGETHER_LEAST: u64 = 3;
/// The most boards that are kept while nobody follows them.
const KEPT_MOST: usize = 100;

/// The boards of a process.
#[derive(Debug, Default)]
pub struct Boards(Mutex<HashMap<i64, Arc<Live>>>);

/// A board as somebody sees it, at one moment.
#[derive(Clone, Debug)]
pub struct Looked {
    /// What they see.
    pub board: Board,
    /// How many cards were written, by whomever: what of a board that is written in silence everybody may know.
    pub count: usize,
    /// The number of the last event of which they have anything.
    pub number: i64,
}

/// A board before somebody: what they may see and do.
#[derive(Clone, Debug)]
pub struct Open {
    pub(super) live: Arc<Live>,
    /// As which author is worked out anew each time ([`State::eye`]).
    pub(super) actor: Actor,
    pub(super) who: Option<Who>,
}

impl Boards {
    /// A board as it is before somebody whom the gate has shown it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn open(&self, store: &Store, viewer: &Viewer, page: &BoardPage) -> Result<Open, Failure> {
        let (seminar, board) = (&page.contents.seminar, page.board.id.id());
        let live = self.live(board);
        {
            let _turn = live.turn.lock().await;
            live.catch_up(store.read()).await?;
        }
        // With other eyes nobody writes.
        let who = viewer.who().and_then(|somebody| match somebody.who {
            Who::Account(_) => viewer.writer().map(Who::Account),
            seat @ Who::Seat(_) => Some(seat),
        });
        if let Some(who) = who
            && let Some(key) = key(store.read(), board, who).await?
        {
            live.knows(who, key);
        }
        let leads = viewer.may_in(Act::RunBoards, seminar);
        let quiet = page.quiet || live.state().board.quiet;
        let team = leads || viewer.may_in(Act::ReadTeam, seminar);
        let eye = Eye {
            by: By::Nobody,
            leads,
            knows_names: team || (viewer.may_in(Act::ReadParticipants, seminar) && !quiet),
        };
        let group = viewer.who().and_then(|somebody| somebody.delegation(seminar.id.id())).map(str::to_owned);
        let writes = who.is_some() && viewer.may_in(Act::WriteCards, seminar);
        Ok(Open { live, actor: Actor { eye, group, writes, quiet: page.quiet }, who })
    }

    fn live(&self, id: i64) -> Arc<Live> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MOST && !kept.contains_key(&id) {
            kept.retain(|_, live| Arc::strong_count(live) > 1);
        }
        kept.entry(id).or_insert_with(|| Arc::new(Live::new(id))).clone()
    }
}

impl Open {
    /// As much of it as they may see.
    pub fn look(&self) -> Looked {
        let state = self.live.state();
        let (count, eye) = (state.count, state.eye(self));
        Looked { board: state.board.seen_by(eye), count, number: state.seen_number(eye) }
    }

    /// Whether they write on it.
    pub fn writes(&self) -> bool {
        self.actor.writes
    }

    /// Whether they lead the work on it.
    pub fn leads(&self) -> bool {
        self.actor.eye.leads
    }

    /// What they may have now of the events after a number.
    pub fn after(&self, number: i64) -> Vec<Event> {
        let state = self.live.state();
        let (from, eye) = (state.log.partition_point(|event| event.number <= number), state.eye(self));
        state.log[from..].iter().filter_map(|event| state.board.still(event, eye)).collect()
    }

    /// Loose cards that may belong together: worked out once for all who sort them. While somebody does, others have what it
    /// was before.
    pub async fn alike(&self, index: &Index) -> Arc<[Alike]> {
        let kept = || self.live.alike.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (number, before) = kept();
        if number == self.live.state().board.number {
            return before;
        }
        let Ok(_turn) = self.live.compares.try_lock() else { return before };
        let (board, index) = (self.live.state().board.clone(), index.clone());
        let found = tokio::task::spawn_blocking(move || (board.number, Arc::from(alike(&board, &index))));
        if let Ok(found) = found.await {
            *self.live.alike.lock().unwrap_or_else(PoisonError::into_inner) = found;
        }
        kept().1
    }

    /// The whole log, as far as they may have it. On an anonymous board it says nothing of when a card was written but in
    /// which phase: who wrote at a time may have been seen.
    pub fn log(&self) -> Vec<Event> {
        let (mut events, mut moved) = (self.after(0), 0);
        if self.live.state().board.details.names == Names::Anonymous {
            for event in &mut events {
                if matches!(event.what.happened, Happened::Moved { .. } | Happened::Timed { .. }) {
                    moved = event.at;
                }
                event.at = moved;
            }
        }
        events
    }

    /// The number of the last event of which they have anything.
    pub fn seen_number(&self) -> i64 {
        let state = self.live.state();
        state.seen_number(state.eye(self))
    }

    /// The number of the last event, from now on.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.live.number.subscribe()
    }

    /// Reads what other processes did, unless somebody has just done so: many follow one board.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn catch_up(&self, store: &Store) -> Result<(), Failure> {
        self.live.look(store).await
    }

    /// Does something on the board: what is acknowledged is in the store. The number of the last event then.
    ///
    /// # Errors
    /// When the store fails; inner: why it is not done.
    pub async fn send(
        &self,
        store: &Store,
        viewer: &Viewer,
        seminar: &Listed,
        (id, command): (Id, &Command),
        now: Timestamp,
    ) -> Result<Result<i64, Refusal>, Failure> {
        let (leads, board) = (command.leads(), self.live.id);
        if !(if leads { self.actor.eye.leads } else { self.actor.writes }) {
            return Ok(Err(Refusal::Forbidden));
        }
        if let Command::Publish { proposal } = command {
            return self.publish(store, viewer, seminar, (id, *proposal), now).await;
        }
        // What is done by who leads stands in the audit, but for the clock; what is written, in the log of the board alone.
        let audited = leads && !matches!(command, Command::Time { .. });
        let transaction = if audited { changes::begin(store).await? } else { store.write().begin().await? };
        if !lock(&transaction, board).await? {
            return Ok(Err(Refusal::NotThere));
        }
        // Only now: whoever reads meanwhile waits for no writer.
        let turn = self.live.turn.lock().await;
        self.live.catch_up(&transaction).await?;
        let mut actor = self.actor.clone();
        let details = self.live.state().board.details;
        // A secret ballot is no event: nothing says that somebody is an author here because they vote.
        let votes = matches!(command, Command::Vote { .. } | Command::Enter { .. } | Command::Discard { .. });
        let secret = details.ballots() == Ballots::Secret;
        let mut who = self.who.filter(|_| !leads && actor.writes);
        if let Command::Enter { hand, group, seat, .. } = command {
            let on = match seat.filter(|_| *hand == Hand::Proxy) {
                Some(seat) => on_seat(&transaction, seminar, seat).await?,
                None => None,
            };
            let known = group.as_ref().is_none_or(|group| seminar.countries.contains(group));
            if (*hand == Hand::Proxy && on.is_none()) || !known {
                return Ok(Err(Refusal::Nobody));
            }
            (who, actor.group) = on.map_or((None, group.clone()), |(who, group)| (Some(who), group));
            actor.eye.by = By::Nobody;
        }
        if let Some(who) = who.filter(|_| !(votes && secret)) {
            actor.eye.by = By::Author(author(&transaction, board, who).await?);
        }
        // Of very few the delegation would be the name.
        if let Some(country) = actor.group.clone()
            && (details.names == Names::Anonymous || (votes && secret))
            && there(&transaction, seminar.id.id(), &country).await? < TOGETHER_LEAST
        {
            actor.group = None;
        }
        let at = now.as_millisecond();
        if votes && secret {
            let number = self.live.state().board.number;
            let done = self.vote(&transaction, (id, command), (who, actor.group), at).await?;
            if done == Ok(true) {
                if let Some(says) = entry(command, id) {
                    noted(&transaction, viewer, (seminar, board), says, now).await?;
                }
                transaction.commit().await?;
            }
            return Ok(done.map(|_| number));
        }
        let closes = matches!(command, Command::Move { to: Phase::Closed });
        let casts: Vec<Cast> = match (command.counts(), secret) {
            (true, true) => ballots::all(&transaction, board).await?,
            (true, false) => self.live.state().board.ballots.values().cloned().collect(),
            (false, _) => Vec::new(),
        };
        let (came, last, before, tally, other_vote) = {
            let state = self.live.state();
            let came = decide(&state.board, (id, command), &actor, at);
            let tally = command.counts().then(|| state.board.counts(&casts)).flatten();
            let other = matches!(command, Command::Open { how } if state.board.vote != Some(*how));
            (came, state.board.number, state.board.phase, tally, other)
        };
        let forgets = closes && details.names == Names::Anonymous;
        let came = match came {
            Ok(came) if came.is_empty() => return Ok(Ok(last)),
            Ok(came) => came,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let counted = tally.is_some();
        let tallied = |tally| (By::Nobody, What { to: To::Room, happened: Happened::Tallied { tally } });
        let came = tally.map(tallied).into_iter().chain(came);
        let events: Vec<Event> = (last + 1..)
            .zip(came)
            .map(|(number, (by, what))| {
                let command = (number == last + 1).then_some(id);
                Event { number, at, by, command, what }
            })
            .collect();
        let rows = events.iter().map(|event| row_of(board, event)).collect::<Result<Vec<_>, _>>()?;
        for rows in rows.chunks(100) {
            event::Entity::insert_many(rows.to_vec()).exec_without_returning(&transaction).await?;
        }
        if let Command::Move { to } = command {
            if forgets {
                forget(&transaction, board).await?;
            }
            if counted {
                ballots::destroy(&transaction, board).await?;
            }
            let says = json!({ "before": { "phase": before.code() }, "after": { "phase": to.code() } });
            noted(&transaction, viewer, (seminar, board), ("move board", says), now).await?;
        } else if let Command::Hide { card } | Command::Show { card } = command {
            let act = if matches!(command, Command::Hide { .. }) { "hide card" } else { "show card" };
            noted(&transaction, viewer, (seminar, board), (act, json!({ "after": { "card": card } })), now).await?;
        } else if let Command::Open { how } = command {
            if other_vote && secret {
                ballots::destroy(&transaction, board).await?;
            }
            let says = json!({ "before": { "phase": before.code() }, "after": how });
            noted(&transaction, viewer, (seminar, board), ("open vote", says), now).await?;
        } else if let Some(says) = entry(command, id) {
            noted(&transaction, viewer, (seminar, board), says, now).await?;
        }
        transaction.commit().await?;
        if let (Some(who), By::Author(key)) = (who, actor.eye.by) {
            self.live.knows(who, key);
        }
        let last = self.live.push(events);
        drop(turn);
        if forgets || ((counted || other_vote) && secret) {
            // From the file's free pages and its journal, too.
            retention::settled(store).await;
        }
        Ok(Ok(last))
    }
}

/// The language in which a card is plainly written, else that of whoever writes it.
pub fn written_in(text: &str, reader: Language) -> Language {
    // Nothing walks through what is far too long for a card.
    if text.len() > 64 * LETTERS_MOST { reader } else { folder::said_in(text, reader) }
}

impl Command {
    /// The same with a card in the language in which it is plainly written, else in that which it says.
    #[must_use]
    pub fn as_written(self) -> Self {
        match self {
            Self::Write { language, text } => Self::Write { language: written_in(&text, language), text },
            Self::Edit { card, language, text } => Self::Edit { card, language: written_in(&text, language), text },
            other => other,
        }
    }
}

impl Id {
    /// One that nobody can guess.
    ///
    /// # Panics
    /// When the operating system gives no randomness, and nothing else can go on either.
    #[expect(clippy::expect_used, reason = "without randomness there is no service")]
    pub fn fresh() -> Self {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).expect("the operating system gives randomness");
        Self::new(u64::from_le_bytes(bytes))
    }

    /// That of what is sent by a form which has this one: sent again as it is, it is the same, and with something else in it,
    /// by whoever went back to the page, it is another.
    #[must_use]
    pub fn of_form(self, command: &Command) -> Self {
        let sent = json!([self, command]).to_string();
        let hash = blake3::hash(sent.as_bytes());
        let (bytes, _) = hash.as_bytes().split_first_chunk().unwrap_or((&[0; 8], &[]));
        Self::new(u64::from_le_bytes(*bytes))
    }
}
