//! Notices, and how a page that is open follows what changes.

pub(crate) mod page;

use crate::{
    asked::Asked,
    render::Answer,
    seats::door::on_its_clock,
    ui::{PhraseView, written},
    words::Words,
};
use axum::{Router, routing::post};
use content::notices::{Notice, Room};
use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/seminars/{seminar}/notices", post(page::post))
        .route("/seminars/{seminar}/notices/{notice}/end", post(page::end))
        .route("/seminars/{seminar}/notices/{notice}/delete", post(page::delete))
}

/// What stands on a page of a seminar, for somebody who takes part in it.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    seminar: String,
    /// None: it could not be read, and is asked for again by the page.
    room: Option<Room>,
    /// The page answers what was sent: its address gives another one, or none.
    answers: bool,
}

/// Asks for it; none where the page is of no seminar, or whoever asks takes no part in it. `answers`: the page is the answer
/// to a form.
pub(crate) async fn standing(asked: &Asked, answers: bool) -> Option<Standing> {
    let seminar = asked.path().strip_prefix("/seminars/")?.split('/').next().filter(|slug| !slug.is_empty())?;
    let room = match asked.rooms.room(&asked.store, &asked.viewer, seminar, Timestamp::now()).await {
        Ok(room) => Some(room?),
        Err(failure) => {
            tracing::error!(request = %asked.request, %failure, "the notices of a page could not be read");
            asked.viewer.who().map(|_| None)?
        }
    };
    Some(Standing { seminar: seminar.to_owned(), room, answers })
}

/// The mark of a page that shows a board: another one, too, when something has happened on it that they see.
pub fn on_board(room: &str, number: i64) -> String {
    format!("{room}-{number}")
}

/// What such a mark is made of.
pub fn of_board(mark: &str) -> Option<(&str, i64)> {
    let (room, number) = mark.split_once('-')?;
    Some((room, number.parse().ok()?))
}

/// The notices at the head of a page, and the script by which it follows what changes. A page that follows has this part
/// also when nothing stands in it: what comes is told to whoever does not look at it.
pub(crate) fn stand(asked: &Asked, board: Option<&(String, i64)>) -> Option<impl IntoView + use<>> {
    let Standing { seminar, room, answers } = use_context::<Standing>()?;
    let words = asked.words();
    let zone = room.as_ref().map(|room| room.zone.clone()).unwrap_or_default();
    let items = room.iter().flat_map(|room| &room.notices).map(|notice| {
        view! {
            <li class="notices__one" id=format!("stands-{}", notice.id)>
                <p class="notices__text">{said(words, notice)}</p>
                <p class="notices__meta">{meta(words, &zone, notice)}</p>
            </li>
        }
    });
    let rehearsed = room.as_ref().is_some_and(|room| room.rehearsed);
    let rehearsed = rehearsed.then(|| {
        view! { <li class="notices__one" id="stands-rehearsal"><p class="notices__text">{words.rehearsal_stands()}</p></li> }.into_any()
    });
    let items: Vec<_> = rehearsed.into_iter().chain(items.map(IntoAny::into_any)).collect();
    let list = view! { <ul class="notices__list">{items}</ul> };
    let mark = room.map(|room| room.mark).unwrap_or_default();
    let (mark, board) = match board {
        Some((slug, number)) => (on_board(&mark, *number), format!("&board={slug}")),
        None => (mark, String::new()),
    };
    // A page that is not there, or answers what was sent, is not asked for again; its notices come from the seminar's own.
    let other = answers || use_context::<Answer>().is_some_and(|answer| answer.is_other());
    let from = other.then(|| format!("/seminars/{seminar}"));
    Some(view! {
        <section class="notices" id="notices" aria-label=words.notices() aria-live="polite"
            data-follows=format!("/seminars/{seminar}/live?seen={mark}{board}") data-from=from>
            <p class="notices__changed" id="changed" data-says=words.page_changed() data-show=words.page_show()></p>
            {list}
        </section>
        <script r#type="module" src=asked.assets.follow.clone()></script>
    })
}

/// What a notice says, in its language.
fn said(words: Words, notice: &Notice) -> AnyView {
    written(words, notice.language, &notice.text).view()
}

/// For whom a notice is, and since when it stands: of today, by the hour.
fn meta(words: Words, zone: &str, notice: &Notice) -> impl IntoView + use<> {
    let delegation = notice
        .delegation
        .as_deref()
        .map(|country| view! { <span>{words.delegation_of(words.country_name(country))}</span> });
    view! { {delegation}<span>{at_its_hour(words, zone, notice.posted)}</span> }
}

/// A moment on the clock of the seminar, without the day where that is today.
fn at_its_hour(words: Words, zone: &str, at: Timestamp) -> String {
    let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = clock.to_datetime(at).date() == clock.to_datetime(Timestamp::now()).date();
    if today { words.time(at, &clock) } else { on_its_clock(words, zone, at) }
}
