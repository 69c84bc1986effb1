//! `/admin/missed`: words that people looked for and did not find.

use crate::{
    asked::Asked,
    render,
    ui::{Head, document, from_home, leaf},
};
use content::{
    roles::Act,
    search::{self, Lacking},
};
use jiff::Timestamp;
use leptos::prelude::*;

pub(crate) fn missed() -> impl IntoView {
    render::secret();
    render::answer(
        move |asked| async move {
            if !asked.viewer.may_somewhere(Act::ReadMissed) {
                return Ok(None);
            }
            let words = search::lacking(&asked.store, &asked.viewer, Timestamp::now()).await?;
            Ok(Some(draw(&asked, words)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, lacking: Vec<Lacking>) -> impl IntoView + use<> {
    let words = asked.words();
    let none = lacking.is_empty().then(|| view! { <p class="ledger__empty">{words.missed_none()}</p> });
    let number = |count: i64| u64::try_from(count).unwrap_or_default();
    let items = lacking.into_iter().map(|lacking| {
        let to = search::Asked { q: lacking.word.clone(), page: 1, ..search::Asked::default() }.address();
        view! {
            <li class="ledger__item">
                <h2 class="ledger__title"><a href=to>{lacking.word}</a></h2>
                <p class="ledger__meta"><span>{words.missed_sessions(number(lacking.sessions))}</span><span>{words.missed_days(number(lacking.days))}</span></p>
            </li>
        }
    });
    let items = items.collect_view();
    let head = Head { known: false, ..Head::new(words.missed_title(), words.missed_lead()) };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.missed_title()}</h1><p class="lead">{words.missed_lead()}</p></div>
        {none}
        <ul class="ledger">{items}</ul>
        <p class="section section--near">{words.missed_help()}</p>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
