//! People.

pub(crate) mod list;
pub(crate) mod of_seminar;
pub(crate) mod person;
pub(crate) mod voices;

use crate::{
    ui::{PhraseView, written},
    words::Words,
};
use content::people::Contributor;
use language::Language;
use leptos::prelude::*;

/// Who took part, with what: in the language of what they took part in.
pub(crate) fn contributors(words: Words, language: Language, contributors: Vec<Contributor>) -> impl IntoView {
    let items = contributors.into_iter().map(|Contributor { title, person, .. }| {
        let about = if title.is_empty() { person.summary.clone() } else { written(words, language, &title) };
        view! { <li class="people__item"><a href=person.place.path()>{person.title.view()}</a><span class="people__role">{about.view()}</span></li> }
    });
    view! { <ul class="people">{items.collect_view()}</ul> }
}

/// The same in the margin, with their roles; nothing where there is nobody.
pub(crate) fn section(words: Words, language: Language, contributors: Vec<Contributor>) -> Option<impl IntoView> {
    (!contributors.is_empty()).then(|| {
        let items = contributors.into_iter().map(|Contributor { role, title, person }| {
            let title = (!title.is_empty()).then(|| view! { ": " {written(words, language, &title).view()} });
            view! { <li class="people__item"><a href=person.place.path()>{person.title.view()}</a><span class="people__role">{words.role(role)}{title}</span></li> }
        });
        let items = items.collect_view();
        view! { <section aria-labelledby="contributors"><h2 class="marginalia__heading" id="contributors">{words.contributors()}</h2><ul class="people">{items}</ul></section> }
    })
}
