//! What pages follow that are open (`GET /seminars/{seminar}/live`): server-sent events (HTML, 9.2) that say that something has changed which
//! is seen there, and nothing of it. The page asks for itself again, and passes the gate like any other request.

use crate::{router, serving::Ending, sessions, site::Site};
use app::{asked::Asked, notices::on_board};
use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use content::{
    boards::{self, Boards},
    gate::Viewer,
    store::{Failure, Store},
    texts::Reading,
};
use futures::stream;
use jiff::Timestamp;
use language::Locale;
use std::{
    collections::{BTreeMap, HashMap},
    convert::Infallible,
    future,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{sync::watch, time::Instant};
use tokio_util::sync::CancellationToken;

/// How often a line says that it is open, and whoever holds it is asked for anew.
const BEAT: Duration = Duration::from_secs(15);
/// How often the log of a board is read for what other processes did.
const LOOK: Duration = Duration::from_secs(1);
/// What is done at once is looked at once.
const TOGETHER: Duration = Duration::from_millis(50);
/// When a browser comes again that was cut off.
const AGAIN: Duration = Duration::from_secs(2);
/// The most lines of one session: pages that are looked at, and some that are forgotten.
const OF_ONE_MOST: usize = 8;
/// The most lines of all.
const MOST: usize = 5000;

/// The lines that are open: of each session by their numbers, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(Arc<Mutex<Open>>);

#[derive(Debug, Default)]
struct Open {
    next: u64,
    all: usize,
    of: HashMap<Arc<str>, BTreeMap<u64, CancellationToken>>,
}

/// One of them.
struct Line {
    lines: Lines,
    session: Arc<str>,
    number: u64,
    /// Cancelled when one that is opened later takes its place.
    replaced: CancellationToken,
}

impl Lines {
    /// Opens one, if there may be another. Where a session has as many as it may, its first gives way: it may be one that
    /// nobody holds any more.
    fn open(&self, session: &Arc<str>) -> Option<Line> {
        let mut open = self.0.lock().ok()?;
        if open.all >= MOST {
            return None;
        }
        let (number, replaced) = (open.next, CancellationToken::new());
        open.next += 1;
        open.all += 1;
        let own = open.of.entry(session.clone()).or_default();
        own.insert(number, replaced.clone());
        let standing = own.values().filter(|line| !line.is_cancelled());
        if standing.clone().count() > OF_ONE_MOST
            && let Some(first) = standing.clone().next()
        {
            first.cancel();
        }
        Some(Line { lines: self.clone(), session: session.clone(), number, replaced })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Ok(mut open) = self.lines.0.lock() else { return };
        open.all = open.all.saturating_sub(1);
        if let Some(own) = open.of.get_mut(&self.session) {
            own.remove(&self.number);
            if own.is_empty() {
                open.of.remove(&self.session);
            }
        }
    }
}

/// What a page says when it comes: what it has seen.
#[derive(serde::Deserialize)]
pub(crate) struct Came {
    #[serde(default)]
    seen: String,
    /// The board that it shows, if it shows one.
    #[serde(default)]
    board: String,
}

/// A board that is followed.
struct Board {
    slug: String,
    open: boards::Open,
    number: watch::Receiver<i64>,
}

/// Somebody who follows a seminar.
struct Following {
    site: Site,
    seminar: String,
    board: Option<Board>,
    line: Line,
    viewer: Viewer,
    /// What their page shows.
    seen: String,
    /// The mark of the room when the board was last asked for.
    marked: String,
    done: watch::Receiver<i64>,
    ending: CancellationToken,
    beat: Instant,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing has been said.
    Begun,
    Going,
    /// All has been said.
    Over,
}

/// `GET /seminars/{seminar}/live`
pub(crate) async fn live(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    ending: Option<Extension<Ending>>,
    Path(seminar): Path<String>,
    Query(came): Query<Came>,
    headers: HeaderMap,
) -> Response {
    // What is done from here on is looked at.
    let done = asked.rooms.follow();
    let room = asked.rooms.room(&asked.store, &asked.viewer, &seminar, Timestamp::now()).await;
    let session = match (room, asked.session.clone()) {
        (Ok(Some(_)), Some(session)) => session,
        (Ok(_), _) => return router::not_found(asked).await,
        (Err(failure), _) => return router::failed(asked, failure).await,
    };
    let board = match followed(&asked.store, &asked.boards, &asked.viewer, (&seminar, &came.board)).await {
        Ok(board) if board.is_some() || came.board.is_empty() => board,
        Ok(_) => return router::not_found(asked).await,
        Err(failure) => return router::failed(asked, failure).await,
    };
    let Some(line) = site.lines.open(&session) else {
        let again = [(header::RETRY_AFTER, "30"), (header::CONTENT_TYPE, "text/event-stream")];
        return (StatusCode::SERVICE_UNAVAILABLE, again).into_response();
    };
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let following = Following {
        seen: last.unwrap_or(came.seen),
        viewer: asked.viewer,
        ending: ending.map(|Extension(Ending(token))| token).unwrap_or_default(),
        beat: Instant::now() + BEAT,
        stage: Stage::Begun,
        site,
        seminar,
        board,
        marked: String::new(),
        line,
        done,
    };
    let events = stream::unfold(following, |mut following| async {
        let event = following.next().await?;
        Some((Ok::<_, Infallible>(event), following))
    });
    // A proxy that keeps answers until they are whole would keep this one for ever.
    ([(HeaderName::from_static("x-accel-buffering"), "no"), (header::CACHE_CONTROL, "no-store")], Sse::new(events))
        .into_response()
}

/// The board of a seminar that somebody follows; none: there is none, or not for them.
async fn followed(
    store: &Store,
    kept: &Boards,
    viewer: &Viewer,
    (seminar, slug): (&str, &str),
) -> Result<Option<Board>, Failure> {
    if slug.is_empty() {
        return Ok(None);
    }
    let reading = Reading::in_locale(Locale::English);
    let Some(page) = boards::board(store, viewer, reading, seminar, slug).await? else { return Ok(None) };
    let open = kept.open(store, viewer, &page).await?;
    Ok(Some(Board { slug: slug.to_owned(), number: open.follow(), open }))
}

impl Following {
    /// What is to be said next; none: nothing more.
    async fn next(&mut self) -> Option<Event> {
        match self.stage {
            Stage::Begun => {
                self.stage = Stage::Going;
                // By which a page knows how far the clock of its device goes wrong.
                let now = Timestamp::now().as_millisecond().to_string();
                return Some(Event::default().event("clock").retry(AGAIN).data(now));
            }
            Stage::Going => {}
            Stage::Over => return None,
        }
        match self.changed().await {
            Ok(event) => event,
            Err(failure) => {
                tracing::warn!(%failure, "a page that follows a seminar was cut off");
                None
            }
        }
    }

    /// Asks for the board anew: whether it is there for them.
    async fn marks(&mut self, mark: &str) -> Result<bool, Failure> {
        mark.clone_into(&mut self.marked);
        if let Some(board) = &self.board {
            let (site, which) = (&self.site, (self.seminar.as_str(), board.slug.as_str()));
            self.board = followed(&site.store, &site.boards, &self.viewer, which).await?;
        }
        Ok(self.board.is_some())
    }

    async fn changed(&mut self) -> Result<Option<Event>, Failure> {
        loop {
            let now = Timestamp::now();
            let room = self.site.rooms.room(&self.site.store, &self.viewer, &self.seminar, now).await?;
            let Some(room) = room else {
                // The page finds out for itself what it may show.
                self.stage = Stage::Over;
                return Ok(Some(Event::default().event("over").data("over")));
            };
            // Who may see the board, and as what, is on the pages of the room, too.
            if self.board.is_some() && room.mark != self.marked && !self.marks(&room.mark).await? {
                self.stage = Stage::Over;
                return Ok(Some(Event::default().event("over").data("over")));
            }
            let mark = match &self.board {
                Some(board) => on_board(&room.mark, board.open.seen_number()),
                None => room.mark,
            };
            if mark != self.seen {
                self.seen.clone_from(&mark);
                return Ok(Some(Event::default().id(&mark).data(mark)));
            }
            let ends = async {
                match room.until {
                    Some(until) => {
                        let left = until.duration_since(now).try_into().unwrap_or(Duration::ZERO);
                        tokio::time::sleep(left + Duration::from_millis(1)).await;
                    }
                    None => future::pending().await,
                }
            };
            let happens = async {
                match &mut self.board {
                    // What another process did is read before long.
                    Some(board) => {
                        let _ = tokio::time::timeout(LOOK, board.number.changed()).await;
                        board.number.mark_unchanged();
                        board.open.catch_up(&self.site.store).await
                    }
                    None => future::pending().await,
                }
            };
            let mut beat = false;
            tokio::select! {
                changed = self.done.changed() => {
                    if changed.is_err() {
                        return Ok(None);
                    }
                    tokio::time::sleep(TOGETHER).await;
                    self.done.mark_unchanged();
                }
                caught_up = happens => {
                    caught_up?;
                    tokio::time::sleep(TOGETHER).await;
                    continue;
                }
                () = ends => {}
                () = tokio::time::sleep_until(self.beat) => beat = true,
                () = self.ending.cancelled() => return Ok(None),
                // The page waits before it comes again: another of the same session is looked at.
                () = self.line.replaced.cancelled() => {
                    self.stage = Stage::Over;
                    return Ok(Some(Event::default().event("replaced").data("replaced")));
                }
            }
            // Whatever was done may have been done to them.
            match sessions::viewer(&self.site.store, &self.line.session).await? {
                Some(viewer) => self.viewer = viewer,
                None => self.viewer = Viewer::anonymous(),
            }
            if beat {
                // Whoever has written since is known on the board.
                self.marked.clear();
                self.beat = Instant::now() + BEAT;
                return Ok(Some(Event::default().comment("")));
            }
        }
    }
}
