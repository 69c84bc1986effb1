//! Seminars.

pub(crate) mod copy;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod seminar;

use crate::{
    asked::Asked,
    forms,
    ui::{Crumb, PhraseView, Strands, keyed, written},
    words::Words,
};
use axum::{Router, routing::post};
use content::{
    roles::Act,
    seminars::{Contents, Details, Seminar, Stage},
    things::{Kind, Listed},
};
use language::Language;
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/seminars/new", post(edit::post_new).layer(forms::whole()))
        .route("/seminars/{seminar}/edit", post(edit::post).layer(forms::whole()))
        .route("/seminars/{seminar}/copy", post(copy::post))
}

/// A seminar in a list.
pub(crate) fn item(words: Words, seminar: Seminar) -> impl IntoView {
    let Seminar { listed, details } = seminar;
    let strands = Strands::of(&listed.countries);
    let place = place_of(words, listed.language, &details).map(|place| view! { <span>{place}</span> });
    let example = details.example.then(|| view! { <strong>{words.example_title()}</strong> });
    view! {
        <li class="ledger__item">
            <p class="ledger__meta">{example}<span>{words.dates(details.starts, details.ends)}</span>{place}</p>
            <h3 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h3>
            <p>{listed.summary.view()}</p>
            <p class="ledger__meta">{keyed(words, &strands, &listed.countries)}</p>
        </li>
    }
}

/// Where a seminar is held: the town as it was written, the country in the reader's language.
pub(crate) fn place(words: Words, contents: &Contents) -> Option<AnyView> {
    place_of(words, contents.seminar.language, &contents.details)
}

fn place_of(words: Words, language: Language, details: &Details) -> Option<AnyView> {
    let place = details.place.as_deref().map(|place| written(words, language, place).view());
    let host = details.host.as_deref().map(|host| words.country_name(host));
    match (place, host) {
        (Some(place), Some(host)) => Some(view! { {place} ", " {host} }.into_any()),
        (place, host) => place.or_else(|| host.map(IntoAny::into_any)),
    }
}

/// The ways within a seminar, for every page below it.
pub(crate) fn chapters(asked: &Asked, contents: &Contents) -> impl IntoView + use<> {
    let words = asked.words();
    let path = contents.seminar.place.path();
    let runs = asked.viewer.may_in(Act::GiveParts, &contents.seminar);
    let edits = asked.viewer.may_in(Act::EditProgramme, &contents.seminar);
    let says = asked.viewer.may_in(Act::EditSeminar, &contents.seminar);
    let compares = asked.viewer.may_in(Act::EditComparison, &contents.seminar);
    let holds = asked.viewer.may_in(Act::EditMaterials, &contents.seminar);
    let leads = asked.viewer.may_in(Act::RunBoards, &contents.seminar);
    let posts = asked.viewer.may_in(Act::PostNotices, &contents.seminar);
    let has = |kind| contents.of(kind).next().is_some();
    let chapters = [
        ("", words.overview(), true),
        ("/programme", words.programme(), true),
        ("/people", words.people(), true),
        ("/materials", words.materials(), true),
        ("/comparison", words.comparison(), has(Kind::Comparison)),
        ("/boards", words.boards(), true),
        ("/recommendations", words.recommendations(), true),
    ];
    let runs = [
        ("/edit", words.edit_seminar(), says),
        ("/programme/edit", words.edit_programme(), edits),
        ("/comparison/edit", words.begin_comparison(), compares && !has(Kind::Comparison)),
        ("/translations", words.translations(), says || (holds && has(Kind::Material)) || (leads && has(Kind::Board))),
        ("/notices", words.notices(), posts),
        ("/door", words.door(), runs),
        ("/invitations", words.invite(), runs),
        ("/protection", words.protection(), runs),
    ];
    let here = asked.path().to_owned();
    let links = move |label: &'static str, chapters: Vec<(&'static str, &'static str, bool)>| {
        let links = chapters.into_iter().filter(|(_, _, there)| *there).map(|(end, word, _)| {
            let to = format!("{path}{end}");
            let current = (to == here).then_some("page");
            view! { <li><a class="chapters__link" href=to aria-current=current>{word}</a></li> }
        });
        let links: Vec<_> = links.collect();
        (!links.is_empty())
            .then(|| view! { <nav class="chapters" aria-label=label><ul class="chapters__list">{links}</ul></nav> })
    };
    (links(words.this_seminar(), chapters.into()), links(words.organising(), runs.into()))
}

/// The way to a page below a seminar.
pub(crate) fn way(words: Words, seminar: &Listed, mut more: Vec<Crumb>) -> Vec<Crumb> {
    let mut way = vec![
        (words.seminars().to_owned(), None, Some("/seminars".to_owned())),
        (seminar.title.text.clone(), seminar.title.lang, Some(seminar.place.path())),
    ];
    way.append(&mut more);
    way
}

/// Says of a seminar that it is made up, or still being prepared.
pub(crate) fn standing(words: Words, contents: &Contents) -> impl IntoView + use<> {
    let note = |title: &'static str, text: &'static str| {
        view! { <div class="note"><p class="note__title">{title}</p><p>{text}</p></div> }
    };
    let details = &contents.details;
    let draft = (details.stage == Stage::Draft).then(|| note(words.stage_draft(), words.stage_hint()));
    (draft, details.example.then(|| note(words.example_title(), words.example_note())))
}
