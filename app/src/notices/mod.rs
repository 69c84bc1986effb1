//! Notices, and how a page that is open follows what changes.

pub(crate) mod page;

use crate::{
    asked::Asked,
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
}

/// What stands on a page of a seminar, for somebody who takes part in it.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    seminar: String,
    room: Room,
}

/// Asks for it; none where the page is of no seminar, or whoever asks takes no part in it.
pub(crate) async fn standing(asked: &Asked) -> Option<Standing> {
    let seminar = asked.path().strip_prefix("/seminars/")?.split('/').next().filter(|slug| !slug.is_empty())?;
    let room = asked.rooms.room(&asked.store, &asked.viewer, seminar, Timestamp::now()).await;
    let room = room.inspect_err(|failure| {
        tracing::error!(request = %asked.request, %failure, "the notices of a page could not be read");
    });
    Some(Standing { seminar: seminar.to_owned(), room: room.ok()?? })
}

/// The notices at the head of a page, and the script by which it follows what changes. A page that follows has this part
/// also when nothing stands in it: what comes is told to whoever does not look at it.
pub(crate) fn stand(asked: &Asked) -> Option<impl IntoView + use<>> {
    let Standing { seminar, room } = use_context::<Standing>()?;
    let words = asked.words();
    let items = room.notices.iter().map(|notice| {
        view! {
            <li class="notices__one">
                <p class="notices__text">{said(words, notice)}</p>
                <p class="notices__meta">{meta(words, &room.zone, notice)}</p>
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    let list = (!items.is_empty()).then(|| view! { <ul class="notices__list">{items}</ul> });
    let follows = format!("/seminars/{seminar}/live?seen={}", room.mark);
    Some(view! {
        <section class="notices" id="notices" aria-label=words.notices() aria-live="polite" data-follows=follows
            data-changed=words.page_changed() data-show=words.page_show()>{list}</section>
        <script src=asked.assets.follow.clone() defer></script>
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
    view! { {delegation}<span>{at(words, zone, notice.posted)}</span> }
}

/// A moment on the clock of the seminar, without the day where that is today.
fn at(words: Words, zone: &str, at: Timestamp) -> String {
    let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = clock.to_datetime(at).date() == clock.to_datetime(Timestamp::now()).date();
    if today { words.time(at, &clock) } else { on_its_clock(words, zone, at) }
}
