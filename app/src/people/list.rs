//! `/people`

use crate::{
    asked::Asked,
    render,
    ui::{Head, Paging, PhraseView, document, from_home, leaf, pager},
    words::sort_by_key,
};
use content::{
    people,
    things::{self, Kind, Listed},
};
use leptos::prelude::*;

pub(crate) fn people() -> impl IntoView {
    let paging = Paging::asked();
    render::answer(
        move |asked| async move {
            let total = things::count(&asked.store, &asked.viewer, Kind::Person, paging.counted()).await?;
            let list = people::list(&asked.store, &asked.viewer, asked.reading, paging.most(), paging.after()).await?;
            Ok(Some(draw(&asked, list, paging, total)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, mut people: Vec<Listed>, paging: Paging, total: u64) -> impl IntoView + use<> {
    let words = asked.words();
    sort_by_key(words.0, &mut people, |person| person.title.text.as_str());
    people.sort_by_key(|person| person.example);
    let none = people.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let items = people.into_iter().map(|person| {
        view! { <li class="people__item"><a href=person.place.path()>{person.title.view()}</a><span class="people__role">{person.summary.view()}</span></li> }
    });
    let items = items.collect_view();
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.people()}</h1><p class="lead">{words.people_lead()}</p></div>
        {none}
        <ul class="people">{items}</ul>
        {pager(words, paging, total, |page| format!("/people?page={page}"))}
    };
    document(asked, Head::new(words.people(), words.people_lead()), leaf(&[], "leaf", inside))
}
