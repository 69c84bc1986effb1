//! `/seminars/{seminar}/sessions/{session}`

use super::{when, zone};
use crate::{
    asked::Asked,
    materials, people,
    render::{self, Answer},
    search,
    seminars::{standing, way},
    ui::{
        Head, PhraseView, Strands, contents as outline, crumbs, document, fact, facts, leaf, other_languages, prose,
        provenance, voice, written,
    },
    words::{Words, sort_by_key},
};
use content::{
    roles::Act,
    sessions::{self, SessionPage},
    things::{self, Kind, Listed},
};
use leptos::prelude::*;
use serde_json::{Value, json};

pub(crate) fn session() -> impl IntoView {
    let (seminar, slug) = (render::parameter("seminar"), render::parameter("session"));
    let former = (seminar.clone(), slug.clone());
    let answer = expect_context::<Answer>();
    render::answer(
        move |asked| async move {
            let found = sessions::session(&asked.store, &asked.viewer, asked.reading, &seminar, &slug).await?;
            let Some(page) = found else { return Ok(None) };
            let (before, after) = neighbours(&page);
            let shown: Vec<&Listed> = before.into_iter().chain(after).collect();
            let alike = search::alike(&asked, &answer, &page.session, &shown).await;
            Ok(Some(draw(&asked, page, alike)))
        },
        move |asked| async move {
            let (seminar, slug) = former;
            let place = things::former(&asked.store, &asked.viewer, Kind::Session, Some(&seminar), &slug).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: SessionPage, alike: Vec<Listed>) -> impl IntoView + use<> {
    let words = asked.words();
    let strands = Strands::of(&page.contents.seminar.countries);
    let lang = (!page.text.own).then_some(page.text.tag);
    let countries = page.session.countries.clone();
    let voices = (!countries.is_empty()).then(|| {
        let voices =
            countries.iter().map(|country| view! { <li>{voice(words, &strands, country)}</li> }).collect_view();
        view! { <ul class="voices" aria-label=words.countries()>{voices}</ul> }
    });
    let said = page.text.outline.iter().any(|heading| heading.id == "objective");
    let objective = page.text.objectives.first().filter(|_| !said).cloned().map(|objective| {
        view! { <div class="said" lang=lang><p>{objective}</p></div> }
    });
    let mut challenges: Vec<&Listed> = page.contents.under(&page.session, Kind::Challenge).collect();
    sort_by_key(words.0, &mut challenges, |challenge| challenge.title.text.as_str());
    let boards: Vec<&Listed> = page.contents.under(&page.session, Kind::Board).collect();
    let recommendations: Vec<&Listed> = page.contents.under(&page.session, Kind::Recommendation).collect();
    let edit = asked.viewer.may_in(Act::EditProgramme, &page.contents.seminar).then(|| {
        view! { <p class="actions no-print"><a href=format!("{}/edit", page.session.place.path())>{words.edit_session()}</a></p> }
    });
    let head = Head {
        lang,
        kind: "article",
        lines: strands.countries().len(),
        data: Some(data(asked, &page)),
        ..Head::new(titled(words, &page), page.text.summary.clone())
    };
    let inside = view! {
        <article>
            <div class="title">
                {crumbs(words.you_are_in(), way(words, &page.contents.seminar, vec![
                    (words.programme().to_owned(), None, Some(format!("{}/programme", page.contents.seminar.place.path()))),
                ]))}
                <h1 lang=lang>{page.text.title.clone()}</h1>
                <p class="lead" lang=lang>{page.text.summary.clone()}</p>
                {voices}
                {edit}
            </div>
            <div class="spread">
                <div class="read">
                    {standing(words, &page.contents)}
                    {provenance(asked, &page.text)}
                    {objective}
                    {prose(&page.text)}
                    {came_of_it(words, &recommendations)}
                    {named(words.boards(), &boards)}
                    {named(words.session_challenges(), &challenges)}
                </div>
                <aside class="marginalia" aria-label=words.about_session()>
                    {margin(words, &page)}
                    {people::section(words, page.session.language, page.contributors.clone())}
                    {materials::section(words, page.materials.clone())}
                    {other_languages(asked, &page.text)}
                    {outline(words, &page.text)}
                </aside>
            </div>
        </article>
        {search::more_like_this(words, alike)}
        {around(words, &page)}
    };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}

/// Sessions of one name, such as breaks, are told apart by when they are, and all by their seminar.
fn titled(words: Words, page: &SessionPage) -> String {
    let when = when(words, &page.details, &zone(&page.contents));
    let end = when.unwrap_or_else(|| page.contents.seminar.title.text.clone());
    format!("{}, {end}", page.text.title)
}

fn margin(words: Words, page: &SessionPage) -> impl IntoView + use<> {
    let zone = zone(&page.contents);
    let rule = page.details.chatham_house.then(|| words.chatham_house());
    let themes = page.session.themes.clone();
    facts(vec![
        fact(
            words.when(),
            when(words, &page.details, &zone)
                .or_else(|| Some(words.dates(page.contents.details.starts, page.contents.details.ends))),
        ),
        fact(words.room(), page.details.room.as_deref().map(|room| written(words, page.session.language, room).view())),
        fact(words.kind_of_session(), Some(words.form(page.details.form))),
        fact(words.themes(), (!themes.is_empty()).then(|| search::themes(words, themes))),
        rule.map(|rule| {
            view! { <div><dt class="unseen">"Chatham House"</dt><dd class="marginalia__value">{rule}</dd></div> }
                .into_any()
        }),
    ])
}

fn came_of_it(words: Words, recommendations: &[&Listed]) -> Option<impl IntoView + use<>> {
    (!recommendations.is_empty()).then(|| {
        let items = recommendations.iter().map(|listed| {
            view! {
                <li class="ledger__item"><span class="ledger__ref">{crate::recommendations::reference(listed)}</span>
                <p><a href=listed.place.path()>{listed.title.view()}</a></p></li>
            }
        });
        let items = items.collect_view();
        view! { <section class="read__section"><h2 class="read__heading">{words.session_recommendations()}</h2><ul class="ledger ledger--refs">{items}</ul></section> }
    })
}

/// Things of this session, below a heading.
fn named(heading: &'static str, things: &[&Listed]) -> Option<impl IntoView + use<>> {
    (!things.is_empty()).then(|| {
        let items = things.iter().map(|listed| view! { <li class="ledger__item"><h3 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h3></li> });
        let items = items.collect_view();
        view! { <section class="read__section"><h2 class="read__heading">{heading}</h2><ul class="ledger">{items}</ul></section> }
    })
}

/// The sessions before and after this one.
fn neighbours(page: &SessionPage) -> (Option<&Listed>, Option<&Listed>) {
    let sessions: Vec<&Listed> = page.contents.of(Kind::Session).collect();
    let at = sessions.iter().position(|session| session.place == page.session.place);
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| sessions.get(at));
    (before.copied(), at.and_then(|at| sessions.get(at + 1)).copied())
}

/// The ways to them.
fn around(words: Words, page: &SessionPage) -> impl IntoView + use<> {
    let link = |session: Option<&Listed>, word: &'static str| {
        session.map(|session| view! { <p><span class="quiet small">{word}</span><br/><a href=session.place.path()>{session.title.view()}</a></p> })
    };
    let (before, after) = neighbours(page);
    view! {
        <nav class="columns section no-print" aria-label=words.in_programme()>
            {link(before, words.previous())}
            {link(after, words.next())}
        </nav>
    }
}

fn data(asked: &Asked, page: &SessionPage) -> Value {
    json!({
        "@context": "https://schema.org", "@type": "Event",
        "name": page.text.title, "description": page.text.summary, "inLanguage": page.text.tag,
        "url": format!("{}{}", asked.public_url, page.session.place.path()),
        "startDate": page.details.starts.map(|at| super::programme::with_offset(at, &zone(&page.contents)))
            .or_else(|| page.details.day.map(|day| day.to_string())),
        "endDate": page.details.ends.map(|at| super::programme::with_offset(at, &zone(&page.contents))),
        "superEvent": crate::seminars::seminar::data(asked, &page.contents, &page.contents.seminar.summary.text),
        "performer": page.contributors.iter()
            .map(|contributor| json!({ "@type": "Person", "name": contributor.person.title.text }))
            .collect::<Vec<_>>(),
    })
}
