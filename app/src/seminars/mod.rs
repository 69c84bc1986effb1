//! Seminars.

pub(crate) mod list;
pub(crate) mod seminar;

use crate::{
    asked::Asked,
    ui::{Crumb, PhraseView, Strands, keyed, written},
    words::Words,
};
use content::{
    seminars::{Contents, Seminar},
    things::{Kind, Listed},
};
use leptos::prelude::*;

/// A seminar in a list.
pub(crate) fn item(words: Words, seminar: Seminar) -> impl IntoView {
    let Seminar { listed, details } = seminar;
    let strands = Strands::of(&listed.countries);
    let place = details.place.map(|place| view! { <span>{written(words, listed.language, &place).view()}</span> });
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

/// The ways within a seminar, for every page below it.
pub(crate) fn chapters(asked: &Asked, contents: &Contents) -> impl IntoView + use<> {
    let words = asked.words();
    let path = contents.seminar.place.path();
    let has = |kind| contents.of(kind).next().is_some();
    let chapters = [
        (String::new(), words.overview(), true),
        ("/programme".to_owned(), words.programme(), true),
        ("/people".to_owned(), words.people(), true),
        ("/materials".to_owned(), words.materials(), true),
        ("/comparison".to_owned(), words.comparison(), has(Kind::Comparison)),
        ("/recommendations".to_owned(), words.recommendations(), true),
    ];
    let here = asked.path().to_owned();
    let links = chapters.into_iter().filter(|(_, _, there)| *there).map(|(end, word, _)| {
        let to = format!("{path}{end}");
        let current = (to == here).then_some("page");
        view! { <li><a class="chapters__link" href=to aria-current=current>{word}</a></li> }
    });
    view! { <nav class="chapters" aria-label=words.this_seminar()><ul class="chapters__list">{links.collect_view()}</ul></nav> }
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

/// Says that a seminar is made up, if it is.
pub(crate) fn example(words: Words, contents: &Contents) -> Option<impl IntoView + use<>> {
    contents.details.example.then(|| {
        view! { <div class="note"><p class="note__title">{words.example_title()}</p><p>{words.example_note()}</p></div> }
    })
}
