//! What an organiser prints: `/seminars/{seminar}/cards`, `/attendance` and `/poster`.

use super::{
    door::{called, held},
    picture::picture,
};
use crate::{
    accounts::part,
    asked::Asked,
    render,
    seminars::way,
    ui::{Head, PhraseView, crumbs, document, leaf},
    words::{Words, sort_by_key},
};
use content::{
    seats::{self, Door, Seat},
    seminars::Contents,
};
use jiff::Timestamp;
use language::Locale;
use leptos::prelude::*;

pub(crate) fn cards() -> impl IntoView {
    listed(|asked, contents, seats| draw_cards(asked, contents, seats).into_any())
}

pub(crate) fn attendance() -> impl IntoView {
    listed(|asked, contents, seats| draw_attendance(asked, contents, seats).into_any())
}

/// A page of all who have a seat, by name.
fn listed(draw: fn(&Asked, &Contents, Vec<Seat>) -> AnyView) -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let Some(contents) = held(&asked, &slug).await? else { return Ok(None) };
            let mut seats = seats::seats(&asked.store, &asked.viewer, &contents.seminar).await?;
            sort_by_key(asked.reading.locale, &mut seats, |seat| seat.name.as_str());
            Ok(Some(draw(&asked, &contents, seats)))
        },
        render::nowhere_else,
    )
}

pub(crate) fn poster() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let Some(contents) = held(&asked, &slug).await? else { return Ok(None) };
            let door = seats::door(&asked.store, &asked.viewer, &contents.seminar, Timestamp::now()).await?;
            Ok(Some(draw_poster(&asked, &contents, door)))
        },
        render::nowhere_else,
    )
}

fn below(asked: &Asked, contents: &Contents) -> impl IntoView + use<> {
    let words = asked.words();
    let door = format!("{}/door", contents.seminar.place.path());
    crumbs(words.you_are_in(), way(words, &contents.seminar, vec![(words.door().to_owned(), None, Some(door))]))
}

fn draw_cards(asked: &Asked, contents: &Contents, seats: Vec<Seat>) -> impl IntoView + use<> {
    let words = asked.words();
    let none = seats.is_empty().then(|| view! { <p class="ledger__empty">{words.cards_none()}</p> });
    let items = seats.into_iter().map(|seat| {
        let country = seat.delegation.map(|country| words.country_name(&country));
        let code = seat.code.map(|code| {
            view! { <p class="cards__code">{code.to_string()}</p> }
        });
        view! {
            <li class="cards__card">
                <p class="cards__seminar">{contents.seminar.title.clone().view()}</p>
                <p class="cards__name">{called(words, seat.name)}</p>
                <p class="cards__part">{[Some(part(words, seat.part).to_owned()), country].into_iter().flatten().collect::<Vec<_>>().join(" · ")}</p>
                {code}
            </li>
        }
    });
    let items = items.collect_view();
    let inside = view! {
        <div class="title">{below(asked, contents)}<h1>{words.cards()}</h1><p class="lead">{words.cards_lead()}</p></div>
        {none}
        <ul class="cards">{items}</ul>
    };
    document(asked, unknown(words.cards()), leaf(&[], "leaf", inside))
}

fn draw_attendance(asked: &Asked, contents: &Contents, seats: Vec<Seat>) -> impl IntoView + use<> {
    let words = asked.words();
    let rows = seats.into_iter().map(|seat| {
        let country = seat.delegation.map(|country| words.country_name(&country));
        view! { <tr><th scope="row">{called(words, seat.name)}</th><td>{part(words, seat.part)}</td><td>{country}</td><td></td></tr> }
    });
    let rows = rows.collect_view();
    let dates = words.dates(contents.details.starts, contents.details.ends);
    let inside = view! {
        <div class="title">{below(asked, contents)}<h1>{words.attendance()}</h1><p class="kicker">{contents.seminar.title.clone().view()}</p><p class="lead">{dates}" · "{words.attendance_lead()}</p></div>
        <div class="prose"><div class="prose__table" role="region" aria-label=words.attendance() tabindex="0"><table class="signing">
            <thead><tr><th scope="col">{words.their_name()}</th><th scope="col">{words.their_role()}</th><th scope="col">{words.their_delegation()}</th><th scope="col">{words.signature()}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div></div>
    };
    document(asked, unknown(words.attendance()), leaf(&[], "leaf", inside))
}

/// In the languages of the room, one below the other.
fn draw_poster(asked: &Asked, contents: &Contents, door: Option<Door>) -> impl IntoView + use<> {
    let words = asked.words();
    let of_the_room =
        Locale::ALL.into_iter().filter(|locale| contents.details.working_languages.contains(&locale.language()));
    let mut of_the_room: Vec<Locale> = of_the_room.collect();
    if of_the_room.is_empty() {
        of_the_room.push(asked.reading.locale);
    }
    let said = of_the_room.into_iter().map(|locale| {
        let words = Words(locale);
        view! { <li lang=locale.tag()><p class="poster__title">{words.join_title()}</p><p>{words.join_lead()}</p></li> }
    });
    let said = said.collect_view();
    let entrance = match door {
        Some(door) => {
            let address = format!("{}/join/{}", asked.public_url, door.code.as_str());
            let short =
                format!("{}/join", asked.public_url.split_once("://").map_or(&*asked.public_url, |(_, host)| host));
            view! {
                <div class="door">
                    {picture(&address, words.door_picture())}
                    <div class="flow"><p class="door__code">{door.code.to_string()}</p><p class="poster__address">{short}</p></div>
                </div>
            }
            .into_any()
        }
        None => view! { <p class="ledger__empty">{words.door_closed()}</p> }.into_any(),
    };
    let inside = view! {
        <div class="title">{below(asked, contents)}<h1>{contents.seminar.title.clone().view()}</h1></div>
        {entrance}
        <ul class="poster">{said}</ul>
    };
    document(asked, unknown(words.poster()), leaf(&[], "leaf", inside))
}

fn unknown(title: &'static str) -> Head {
    Head { known: false, ..Head::new(title, "") }
}
