//! `/challenges`

use super::item;
use crate::{
    asked::Asked,
    authors, render,
    ui::{Head, Paging, document, from_home, leaf, pager},
    words::sort_by_key,
};
use content::{
    challenges::{self, ChallengeListed},
    things::{self, Kind},
};
use leptos::prelude::*;

pub(crate) fn challenges() -> impl IntoView {
    let paging = Paging::asked();
    render::answer(
        move |asked| async move {
            let (store, viewer) = (&asked.store, &asked.viewer);
            let total = things::count(store, viewer, Kind::Challenge, paging.counted()).await?;
            let list = challenges::list(store, viewer, asked.reading, paging.most(), paging.after()).await?;
            Ok(Some(draw(&asked, list, paging, total)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, mut list: Vec<ChallengeListed>, paging: Paging, total: u64) -> impl IntoView + use<> {
    let words = asked.words();
    sort_by_key(words.0, &mut list, |challenge| challenge.listed.title.text.as_str());
    list.sort_by_key(|challenge| challenge.listed.example);
    let none = list.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let items = list.into_iter().map(|challenge| item(words, challenge, true)).collect_view();
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.challenges()}</h1><p class="lead">{words.challenges_lead()}</p>{authors::begin(asked, Kind::Challenge)}</div>
        {none}
        <ul class="ledger">{items}</ul>
        {pager(words, paging, total, |page| format!("/challenges?page={page}"))}
    };
    document(asked, Head::new(words.challenges(), words.challenges_lead()), leaf(&[], "leaf", inside))
}
