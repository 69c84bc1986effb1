//! `/practices`

use crate::{
    asked::Asked,
    authors, render,
    ui::{Head, Paging, PhraseView, Strands, document, from_home, keyed, leaf, pager},
    words::Words,
};
use content::{
    practices::{self, PracticeListed},
    things::{self, Kind},
};
use leptos::prelude::*;

pub(crate) fn practices() -> impl IntoView {
    let paging = Paging::asked();
    render::answer(
        move |asked| async move {
            let (store, viewer) = (&asked.store, &asked.viewer);
            let total = things::count(store, viewer, Kind::Practice, paging.counted()).await?;
            let list = practices::list(store, viewer, asked.reading, paging.most(), paging.after()).await?;
            Ok(Some(draw(&asked, list, paging, total)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, list: Vec<PracticeListed>, paging: Paging, total: u64) -> impl IntoView + use<> {
    let words = asked.words();
    let none = list.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let items = list.into_iter().map(|practice| item(words, practice)).collect_view();
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.practices()}</h1><p class="lead">{words.practices_lead()}</p>{authors::begin(asked, Kind::Practice)}</div>
        {none}
        <ul class="ledger">{items}</ul>
        {pager(words, paging, total, |page| format!("/practices?page={page}"))}
    };
    document(asked, Head::new(words.practices(), words.practices_lead()), leaf(&[], "leaf", inside))
}

fn item(words: Words, practice: PracticeListed) -> impl IntoView {
    let PracticeListed { listed, details, seminar } = practice;
    let strands = Strands::of(seminar.as_ref().map_or(&listed.countries, |seminar| &seminar.countries));
    let maturity = details.maturity.map_or(words.maturity_none(), |maturity| words.maturity_word(maturity));
    view! {
        <li class="ledger__item">
            <h2 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h2>
            <p>{listed.summary.view()}</p>
            <p class="ledger__meta">{authors::marked(words, &listed)}{keyed(words, &strands, &listed.countries)}<span>{words.maturity()} ": " {maturity}</span></p>
        </li>
    }
}
