//! What else is like what a page shows.

use crate::{asked::Asked, authors::marked, render::Answer, ui::PhraseView, words::Words};
use content::{search, things::Listed};
use leptos::prelude::*;

/// Things like one, without those that its page shows anyway. A page is not worse for a search that is out of order.
pub(crate) async fn alike(asked: &Asked, answer: &Answer, of: &Listed, without: &[&Listed]) -> Vec<Listed> {
    let found = search::alike(&asked.store, &asked.index, &asked.viewer, asked.reading, of, without).await;
    answer.set_index(found.is_ok());
    found.unwrap_or_else(|failure| {
        tracing::warn!(request = %asked.request, %failure, "what is like a thing could not be found");
        Vec::new()
    })
}

/// The end of a page: what to read next.
pub(crate) fn more_like_this(words: Words, things: Vec<Listed>) -> Option<impl IntoView> {
    (!things.is_empty()).then(|| {
        let items = things.into_iter().map(|listed| {
            view! {
                <li class="ledger__item">
                    <p class="ledger__meta"><span>{words.kind(listed.place.kind)}</span>{marked(words, &listed)}</p>
                    <h3 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h3>
                </li>
            }
        });
        let items = items.collect_view();
        view! {
            <section class="section no-print" aria-labelledby="alike">
                <div class="section__head"><h2 class="section__heading" id="alike">{words.more_like_this()}</h2></div>
                <ul class="ledger ledger--paired">{items}</ul>
            </section>
        }
    })
}
