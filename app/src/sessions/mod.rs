//! Sessions and the programme they make.

pub(crate) mod arrange;
pub(crate) mod edit;
pub(crate) mod programme;
pub(crate) mod session;

use crate::{
    forms,
    ui::{PhraseView, written},
    words::Words,
};
use axum::{Router, extract::DefaultBodyLimit, routing::post};
use content::{
    seminars::Contents,
    sessions::{Details, Form, InProgramme, On},
    things::Kind,
};
use jiff::{civil::Date, tz::TimeZone};
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/seminars/{seminar}/programme/edit", post(arrange::post).layer(DefaultBodyLimit::max(1024 * 1024)))
        .route("/seminars/{seminar}/programme/new", post(edit::post_new).layer(forms::whole()))
        .route("/seminars/{seminar}/sessions/{session}/remove", post(edit::remove))
        .route("/seminars/{seminar}/sessions/{session}/edit", post(edit::post).layer(forms::whole()))
}

/// The seminar's time zone.
pub(crate) fn zone(contents: &Contents) -> TimeZone {
    TimeZone::get(&contents.details.time_zone).unwrap_or(TimeZone::UTC)
}

/// The day of a session, where it is known.
pub(crate) fn day(details: &Details, zone: &TimeZone) -> Option<Date> {
    details.starts.map(|at| zone.to_datetime(at).date()).or(details.day)
}

/// When a session is, in words, as far as it is known.
pub(crate) fn when(words: Words, details: &Details, zone: &TimeZone) -> Option<String> {
    let day = words.day_of_year(day(details, zone)?);
    Some(match (details.starts, details.ends) {
        (Some(starts), Some(ends)) => format!("{day}, {}–{}", words.time(starts, zone), words.time(ends, zone)),
        (Some(starts), None) => format!("{day}, {}", words.time(starts, zone)),
        _ => day,
    })
}

/// The sessions of a programme by their days; those of no known day together, in their order.
pub(crate) fn by_day<'a>(
    contents: &Contents,
    programme: &'a [InProgramme],
) -> Vec<(Option<Date>, Vec<&'a InProgramme>)> {
    let zone = zone(contents);
    let mut days: Vec<(Option<Date>, Vec<&InProgramme>)> = Vec::new();
    for session in programme {
        let day = day(&session.details, &zone);
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, sessions)) => sessions.push(session),
            None => days.push((day, vec![session])),
        }
    }
    days
}

/// A programme for a page that has more to show.
pub(crate) fn short(words: Words, contents: &Contents, programme: &[InProgramme]) -> impl IntoView + use<> {
    let working = programme.iter().filter(|session| session.details.form != Form::Break);
    let zone = zone(contents);
    let items = working.map(|session| {
        let InProgramme { listed, details } = session;
        let when = day(details, &zone).map(|day| words.day(day));
        let at = details.starts.map(|at| words.time(at, &zone));
        let when = when.into_iter().chain(at).collect::<Vec<_>>().join(", ");
        let when = if when.is_empty() { words.form(details.form).to_owned() } else { when };
        view! {
            <li class="ledger__item">
                <p class="ledger__meta"><span>{when}</span></p>
                <h3 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h3>
            </li>
        }
    });
    view! { <ol class="ledger ledger--paired">{items.collect_view()}</ol> }
}

/// What is on, and what comes next; nothing where that is far away.
pub(crate) fn now_and_next(
    words: Words,
    contents: &Contents,
    programme: &[InProgramme],
    on: &On,
) -> Option<impl IntoView + use<>> {
    let zone = zone(contents);
    let list = |id: &'static str, heading: &'static str, places: &[usize], at: &dyn Fn(&Details) -> Option<String>| {
        let items = places.iter().filter_map(|place| programme.get(*place)).map(|InProgramme { listed, details }| {
            let room =
                details.room.as_ref().map(|room| view! { <span>{written(words, listed.language, room).view()}</span> });
            view! {
                <li class="ledger__item">
                    <p class="ledger__meta"><span>{at(details)}</span>{room}</p>
                    <h3 class="ledger__title"><a href=listed.place.path()>{listed.title.clone().view()}</a></h3>
                </li>
            }
        });
        let items: Vec<_> = items.collect();
        (!items.is_empty()).then(|| {
            view! { <section class="flow" aria-labelledby=id><h2 id=id>{heading}</h2><ul class="ledger">{items}</ul></section> }
        })
    };
    let now = list("now", words.on_now(), &on.now, &|details| {
        details.ends.map(|ends| words.until_then(words.time(ends, &zone)))
    });
    let next = list("next", words.on_next(), &on.next, &|details| when(words, details, &zone));
    // A page that is open looks again then.
    let until = on.until.map(|until| until.as_millisecond().to_string());
    let hidden = now.is_none() && next.is_none();
    (!hidden || until.is_some())
        .then(|| view! { <div class="columns" hidden=hidden data-until=until>{now}{next}</div> })
}

/// What there is to a session, in a line.
pub(crate) fn counts(words: Words, contents: &Contents, session: &InProgramme) -> Option<String> {
    let count = |kind| u64::try_from(contents.under(&session.listed, kind).count()).unwrap_or_default();
    let (materials, recommendations) = (count(Kind::Material), count(Kind::Recommendation));
    let parts = [
        (materials > 0).then(|| words.count_materials(materials)),
        (recommendations > 0).then(|| words.count_recommendations(recommendations)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
