//! `/seminars`

use crate::{
    asked::Asked,
    render,
    ui::{Head, Paging, document, from_home, leaf, pager},
};
use content::{
    roles::Act,
    seminars::{self, Seminar},
    things::{self, Kind},
};
use leptos::prelude::*;

pub(crate) fn seminars() -> impl IntoView {
    let paging = Paging::asked();
    render::answer(
        move |asked| async move {
            let (most, after) = (paging.most(), paging.after());
            let total = things::count(&asked.store, &asked.viewer, Kind::Seminar, paging.counted()).await?;
            let list = seminars::list(&asked.store, &asked.viewer, asked.reading, most, after).await?;
            Ok(Some(draw(&asked, list, paging, total)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, seminars: Vec<Seminar>, paging: Paging, total: u64) -> impl IntoView + use<> {
    let words = asked.words();
    let none = seminars.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let items = seminars.into_iter().map(|seminar| super::item(words, seminar)).collect_view();
    let new = asked.viewer.may(Act::MakeSeminars).then(|| {
        view! { <p class="actions"><a class="button" href="/seminars/new">{words.new_seminar()}</a></p> }
    });
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.seminars()}</h1><p class="lead">{words.seminars_lead()}</p></div>
        {new}
        {none}
        <h2 class="unseen">{words.all_seminars()}</h2>
        <ul class="ledger">{items}</ul>
        {pager(words, paging, total, |page| format!("/seminars?page={page}"))}
    };
    document(asked, Head::new(words.seminars(), words.seminars_lead()), leaf(&[], "leaf", inside))
}
