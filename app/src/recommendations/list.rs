//! `/recommendations`

use super::item;
use crate::{
    asked::Asked,
    render,
    ui::{Head, Paging, document, from_home, leaf, pager},
};
use content::{
    recommendations::{self, RecommendationListed},
    things::{self, Kind},
};
use leptos::prelude::*;

pub(crate) fn recommendations() -> impl IntoView {
    let paging = Paging::asked();
    render::answer(
        move |asked| async move {
            let (store, viewer) = (&asked.store, &asked.viewer);
            let total = things::count(store, viewer, Kind::Recommendation, paging.counted()).await?;
            let list = recommendations::list(store, viewer, asked.reading, paging.most(), paging.after()).await?;
            Ok(Some(draw(&asked, list, paging, total)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, list: Vec<RecommendationListed>, paging: Paging, total: u64) -> impl IntoView + use<> {
    let words = asked.words();
    let none = list.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let items = list.into_iter().map(|recommendation| item(words, recommendation, true)).collect_view();
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.recommendations()}</h1><p class="lead">{words.recommendations_lead()}</p></div>
        {none}
        <ul class="ledger ledger--paired">{items}</ul>
        {pager(words, paging, total, |page| format!("/recommendations?page={page}"))}
    };
    document(asked, Head::new(words.recommendations(), words.recommendations_lead()), leaf(&[], "leaf", inside))
}
