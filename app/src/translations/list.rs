//! `/seminars/{seminar}/translations`: what of a seminar is there in which language.

use super::{anchor, standing};
use crate::{
    render,
    seminars::{chapters, way},
    ui::{Head, PhraseView, crumbs, document, leaf},
    words::{Words, sort_by_key},
};
use content::{
    seminars,
    things::Listed,
    translations::{self, KINDS, Standing},
};
use language::Language;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A thing, and how it stands in each language but its own.
type Entry = (Listed, BTreeMap<Language, Standing>);

pub(crate) fn list() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let (store, viewer) = (&asked.store, &asked.viewer);
            let Some(contents) = seminars::contents(store, viewer, asked.reading, &slug).await? else {
                return Ok(None);
            };
            let all = translations::all(store, viewer, &contents).await?;
            if all.is_empty() {
                return Ok(None);
            }
            let words = asked.words();
            let seminar = &contents.seminar;
            let kinds: Vec<_> = KINDS
                .iter()
                .filter_map(|kind| {
                    let items: Vec<_> =
                        all.iter().filter(|(one, _)| one.place.kind == *kind).map(|one| item(words, one)).collect();
                    (!items.is_empty()).then(|| {
                        let id = format!("of-{}", kind.code());
                        let labelled = id.clone();
                        view! { <section class="flow" aria-labelledby=labelled><h2 id=id>{words.kinds(*kind)}</h2><ul class="ledger">{items}</ul></section> }
                    })
                })
                .collect();
            let head = Head { known: false, ..Head::new(words.translations(), words.translations_lead()) };
            let inside = view! {
                <div class="title">{crumbs(words.you_are_in(), way(words, seminar, Vec::new()))}<h1>{words.translations()}</h1><p class="kicker">{seminar.title.clone().view()}</p><p class="lead">{words.translations_lead()}</p></div>
                {chapters(&asked, &contents)}
                <div class="section section--near flow flow--loose">{kinds}</div>
            };
            Ok(Some(document(&asked, head, leaf(&[], "leaf", inside))))
        },
        render::nowhere_else,
    )
}

fn item(words: Words, (one, all): &Entry) -> impl IntoView + use<> {
    let (place, path) = (&one.place, one.place.path());
    let mut all: Vec<_> = all.iter().map(|(language, is)| (*language, *is)).collect();
    sort_by_key(words.0, &mut all, |(language, _)| words.language_name(*language));
    let ways = all.into_iter().map(|(language, is)| {
        let to = format!("{path}/translations/{}", language.code());
        let says = standing(words, is);
        view! { <span><a href=to>{words.language_name(language)}</a>": " {says}</span> }
    });
    view! {
        <li class="ledger__item" id=anchor(place.kind, &place.slug)>
            <p class="ledger__title">{one.title.clone().view()}</p>
            <p class="ledger__meta">{ways.collect_view()}</p>
        </li>
    }
}
