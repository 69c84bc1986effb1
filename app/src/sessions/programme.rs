//! `/seminars/{seminar}/programme`

use super::{by_day, counts, zone};
use crate::{
    asked::Asked,
    render,
    seminars::{chapters, standing, way},
    ui::{Head, PhraseView, Strands, crumbs, document, leaf, written},
    words::Words,
};
use content::{
    seminars::{self, Contents},
    sessions::{self, Form, InProgramme},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;

pub(crate) fn programme() -> impl IntoView {
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let found = seminars::contents(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let Some(contents) = found else { return Ok(None) };
            let programme = sessions::programme(&asked.store, &contents).await?;
            Ok(Some(draw(&asked, contents, programme)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, contents: Contents, programme: Vec<InProgramme>) -> impl IntoView + use<> {
    let words = asked.words();
    let strands = Strands::of(&contents.seminar.countries);
    let seminar = &contents.seminar;
    let days = by_day(&contents, &programme);
    let timeless = days.iter().all(|(day, _)| day.is_none());
    let note =
        (timeless && !programme.is_empty()).then(|| view! { <p class="quiet">{words.programme_order_only()}</p> });
    let sections = days.into_iter().enumerate().map(|(at, (day, sessions))| {
        let id = format!("day-{}", at + 1);
        let name = day.map_or_else(
            || if timeless { words.sessions().to_owned() } else { words.day_unknown().to_owned() },
            |day| words.day(day),
        );
        let slots = sessions.into_iter().map(|session| slot(words, &strands, &contents, session)).collect_view();
        view! {
            <section class="section section--near" aria-labelledby=id.clone()>
                <div class="section__head"><h2 class="section__heading section__heading--day" id=id.clone()>{name}</h2></div>
                <ol class="programme">{slots}</ol>
            </section>
        }
    });
    let sections = sections.collect_view();
    let title = words.programme_of(&seminar.title.text);
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), way(words, seminar, vec![(words.programme().to_owned(), None, None)]))}
            <h1>{words.programme()}</h1>
            <p class="lead">{seminar.title.view()} ", " {words.dates(contents.details.starts, contents.details.ends)}</p>
        </div>
        {chapters(asked, &contents)}
        {standing(words, &contents)}
        {note}
        {programme.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> })}
        {sections}
        <p class="actions section no-print"><a href=format!("{}/programme.ics", seminar.place.path())>{words.add_to_calendar()}</a></p>
    };
    let head = Head { lines: strands.countries().len(), ..Head::new(title, seminar.summary.text.clone()) };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}

fn slot(words: Words, strands: &Strands, contents: &Contents, session: &InProgramme) -> impl IntoView + use<> {
    let InProgramme { listed, details } = session;
    let zone = zone(contents);
    let time = details.starts.map_or_else(
        || view! { <span class="slot__time">{words.form(details.form)}</span> }.into_any(),
        |at| {
            let datetime = with_offset(at, &zone);
            view! { <time class="slot__time" datetime=datetime>{words.time(at, &zone)}</time> }.into_any()
        },
    );
    if details.form == Form::Break {
        return view! { <li class="slot slot--pause">{time}<h3 class="slot__title">{listed.title.view()}</h3></li> }
            .into_any();
    }
    let form = details.starts.is_some().then(|| words.form(details.form));
    let room = details.room.as_deref().map(|room| written(words, listed.language, room).view());
    let counts = counts(words, contents, session).map(IntoAny::into_any);
    let note = form.map(IntoAny::into_any).into_iter().chain(room).chain(counts).enumerate();
    let note: Vec<_> = note.map(|(at, part)| view! { {(at > 0).then_some(" · ")}{part} }).collect();
    let note = (!note.is_empty()).then(|| view! { <p class="slot__note">{note}</p> });
    let groups = (details.form == Form::GroupWork).then(|| parting(words, strands, &listed.countries));
    view! {
        <li class="slot">
            {time}
            <div class="slot__text">
                <h3 class="slot__title"><a href=listed.place.path()>{listed.title.view()}</a></h3>
                <p class="slot__words">{listed.summary.view()}</p>
                {note}
            </div>
            {groups}
        </li>
    }
    .into_any()
}

/// The lines part for group work and come back together.
fn parting(words: Words, strands: &Strands, countries: &[String]) -> Option<impl IntoView + use<>> {
    // Those of the session, or all of the seminar's where it names none.
    let all = strands.countries();
    let working: Vec<&String> =
        all.iter().filter(|country| countries.is_empty() || countries.contains(country)).take(6).collect();
    if working.is_empty() {
        return None;
    }
    let veils = working
        .iter()
        .map(|country| view! { <i class=format!("parting__veil {}", strands.class(country))></i> })
        .collect_view();
    let bends = working.iter().enumerate().skip(1).map(|(at, country)| {
        view! { <i class=format!("parting__bend parting__bend--{} {}", at + 1, strands.class(country))></i> }
    });
    let bends = bends.collect_view();
    let branches = working.iter().map(|country| {
        let name = words.country_name(country);
        let name = match words.short_name(country) {
            Some(short) => view! { <span class="only-wide">{name.clone()}</span><span class="only-narrow"><abbr title=name>{short}</abbr></span> }.into_any(),
            None => name.into_any(),
        };
        view! { <li class=format!("parting__branch {}", strands.class(country))><h4 class="parting__name">{name}</h4></li> }
    });
    let branches = branches.collect_view();
    Some(view! {
        <div class=format!("parting parting--{}", working.len())>
            <div class="parting__lines" aria-hidden="true">{veils}{bends}</div>
            <ul class="parting__branches" aria-label=words.in_delegations()>{branches}</ul>
        </div>
    })
}

/// A moment as HTML writes it, with the offset of the place.
pub(crate) fn with_offset(at: jiff::Timestamp, zone: &TimeZone) -> String {
    let offset = zone.to_offset(at);
    at.display_with_offset(offset).to_string()
}
