//! What pages follow that are open (`GET /seminars/{seminar}/live`): server-sent events (HTML, 9.2) that say that something
//! has changed which is seen there, and nothing of it. The page asks for itself again, and passes the gate like any other
//! request. A page that draws a board by itself, and says after which event, gets what happens on it ([`boards::News`]).

use crate::{router, serving::Ending, sessions, site::Site};
use app::{
    asked::Asked,
    notices::{of_board, on_board},
};
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
    /// The number of the last event that it has of it, if it draws it by itself.
    after: Option<i64>,
    /// What it heard last on another line: like the header that a browser sends when it comes again by itself.
    last: Option<String>,
}

/// A board that is followed.
struct Board {
    slug: String,
    open: boards::Open,
    number: watch::Receiver<i64>,
    /// What the page has of it; none: it asks for itself anew.
    told: Option<Told>,
}

/// What was told of a board to a page that draws it by itself.
#[derive(Clone, Copy)]
struct Told {
    /// The last event of which it has anything.
    number: i64,
    /// The last event.
    last: i64,
    /// How many cards there were.
    count: Option<usize>,
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
    /// The mark of the room, when it was last asked for.
    mark: String,
    /// Until when that holds by itself.
    until: Option<Timestamp>,
    /// Whether the room is asked for anew.
    asks: bool,
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
    // A browser that comes again by itself says what it heard last.
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned).or(came.last);
    let (mut board, mut seen) = (board, last.unwrap_or(came.seen));
    if let Some((board, after)) = board.as_mut().zip(came.after) {
        let (mark, number) = of_board(&seen).unzip();
        seen = mark.unwrap_or(&seen).to_owned();
        let number = number.unwrap_or(after);
        board.told = Some(Told { number, last: number, count: None });
    }
    let following = Following {
        seen,
        viewer: asked.viewer,
        ending: ending.map(|Extension(Ending(token))| token).unwrap_or_default(),
        beat: Instant::now() + BEAT,
        stage: Stage::Begun,
        site,
        seminar,
        board,
        mark: String::new(),
        until: None,
        asks: true,
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
    Ok(Some(Board { slug: slug.to_owned(), number: open.follow(), open, told: None }))
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
    async fn marks(&mut self) -> Result<bool, Failure> {
        self.marked.clone_from(&self.mark);
        if let Some(board) = &self.board {
            let (site, which) = (&self.site, (self.seminar.as_str(), board.slug.as_str()));
            let found = followed(&site.store, &site.boards, &self.viewer, which).await?;
            self.board = found.map(|found| Board { told: board.told, ..found });
        }
        Ok(self.board.is_some())
    }

    /// Asks for the room anew: whether it, and the board, are there for them.
    async fn asked(&mut self) -> Result<bool, Failure> {
        let room = self.site.rooms.room(&self.site.store, &self.viewer, &self.seminar, Timestamp::now()).await?;
        let Some(room) = room else { return Ok(false) };
        (self.mark, self.until, self.asks) = (room.mark, room.until, false);
        // Who may see the board, and as what, is on the pages of the room, too.
        Ok(self.board.is_none() || self.mark == self.marked || self.marks().await?)
    }

    /// What is to be said of how things are now, if the page does not know it.
    async fn says(&mut self) -> Result<Option<Event>, Failure> {
        let Some(Board { open, told: Some(told), .. }) = &mut self.board else {
            let mark = match &self.board {
                Some(board) => on_board(&self.mark, board.open.seen_number()),
                None => self.mark.clone(),
            };
            let differs = mark != self.seen;
            self.seen.clone_from(&mark);
            return Ok(differs.then(|| Event::default().id(&mark).data(mark)));
        };
        if self.mark != self.seen {
            self.seen.clone_from(&self.mark);
            return Ok(Some(Event::default().id(on_board(&self.mark, told.number)).data(&self.mark)));
        }
        let done = *self.done.borrow();
        let news = open.news(&self.site.store, told.last, done).await?;
        if news.last < told.last {
            // Its log has begun anew.
            self.stage = Stage::Over;
            return Ok(Some(Event::default().event("anew").data("anew")));
        }
        told.last = news.last;
        let other = told.count.replace(news.count) != Some(news.count);
        if news.events.is_empty() && !other {
            return Ok(None);
        }
        told.number = news.events.last().map_or(told.number, |event| event.number);
        let news = serde_json::to_string(&news)?;
        Ok(Some(Event::default().event("board").id(on_board(&self.mark, told.number)).data(news)))
    }

    async fn changed(&mut self) -> Result<Option<Event>, Failure> {
        loop {
            if self.asks && !self.asked().await? {
                // The page finds out for itself what it may show.
                self.stage = Stage::Over;
                return Ok(Some(Event::default().event("over").data("over")));
            }
            if let Some(event) = self.says().await? {
                return Ok(Some(event));
            }
            let until = self.until;
            let ends = async {
                match until {
                    Some(until) => {
                        let left = until.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO);
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
                        board.open.catch_up(&self.site.store).await?;
                        // A page that asks for itself again does so once for what is done at once.
                        let wait = if board.told.is_none() { TOGETHER } else { Duration::ZERO };
                        tokio::time::sleep(wait).await;
                        Ok::<_, Failure>(())
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
                happened = happens => {
                    happened?;
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
            self.viewer = match sessions::viewer(&self.site.store, &self.line.session).await? {
                Some(viewer) => viewer,
                None => Viewer::anonymous(),
            };
            self.asks = true;
            if beat {
                self.marked.clear();
                self.beat = Instant::now() + BEAT;
                return Ok(Some(Event::default().comment("")));
            }
        }
    }
}
