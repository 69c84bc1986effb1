//! People.

pub(crate) mod list;
pub(crate) mod of_seminar;
pub(crate) mod person;

use crate::{ui::PhraseView, words::Words};
use content::people::Contributor;
use leptos::prelude::*;

/// Who took part, with what.
pub(crate) fn contributors(contributors: Vec<Contributor>) -> impl IntoView {
    let items = contributors.into_iter().map(|Contributor { title, person, .. }| {
        let about = if title.is_empty() { person.summary.text.clone() } else { title };
        view! { <li class="people__item"><a href=person.place.path()>{person.title.text.clone()}</a><span class="people__role" lang="en">{about}</span></li> }
    });
    view! { <ul class="people">{items.collect_view()}</ul> }
}

/// The same in the margin, with their roles; nothing where there is nobody.
pub(crate) fn section(words: Words, contributors: Vec<Contributor>) -> Option<impl IntoView> {
    (!contributors.is_empty()).then(|| {
        let items = contributors.into_iter().map(|Contributor { role, title, person }| {
            let title = (!title.is_empty()).then(|| view! { ": " <span lang="en">{title}</span> });
            view! { <li class="people__item"><a href=person.place.path()>{person.title.view()}</a><span class="people__role">{words.role(role)}{title}</span></li> }
        });
        let items = items.collect_view();
        view! { <section aria-labelledby="contributors"><h2 class="marginalia__heading" id="contributors">{words.contributors()}</h2><ul class="people">{items}</ul></section> }
    })
}
