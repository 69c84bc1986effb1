//! The cards of a board.

use super::{
    send::{Again, Form},
    sentence, sorting,
};
use crate::{
    ui::{PhraseView, Strands, small_area, voice, written},
    words::Words,
};
use content::{
    boards::{Alike, Board, By, Card, Id, Phase},
    texts::Phrase,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// With what cards are shown.
pub(super) struct Shown<'a> {
    pub(super) words: Words,
    /// The board's address.
    pub(super) path: &'a str,
    pub(super) strands: &'a Strands,
    /// Who wrote what, where that is told.
    pub(super) names: &'a BTreeMap<i64, String>,
    pub(super) leads: bool,
    /// They sort the cards now.
    pub(super) sorts: bool,
    /// They word drafts of recommendations now.
    pub(super) drafts: bool,
    /// As its clusters are called, in order.
    pub(super) called: &'a [(Id, Phrase)],
    /// What may belong together, for those who sort.
    pub(super) alike: &'a [Alike],
    pub(super) again: Option<&'a Again>,
}

/// Those of whoever looks, the last first, with what they can do with them.
pub(super) fn own(shown: &Shown<'_>, board: &Board) -> Option<impl IntoView + use<>> {
    let words = shown.words;
    let writes = board.phase == Phase::Gather;
    // Later theirs lie among the others, but for one that was taken away.
    let is = |card: &Card| card.by == By::You && (writes || card.hidden);
    let mut own: Vec<_> = board.cards.iter().filter(|(_, card)| is(card)).collect();
    own.sort_by_key(|(_, card)| std::cmp::Reverse(card.number));
    let cards = own.into_iter().map(|(id, card)| {
        let status = match card {
            Card { hidden: true, .. } => words.card_hidden_yours(),
            Card { shown: false, .. } => words.card_silent(),
            _ => words.card_on_board(),
        };
        let change = is_changed(card, board).then(|| change(shown, *id, card));
        let back = writes.then(|| act(shown, (*id, card), "withdraw", words.withdraw_card()));
        view! {
            <li class=class(shown, card, !card.shown || card.hidden)>
                <p class="card__text">{written(words, card.says.language, &card.says.text).view()}</p>
                <div class="card__foot"><span>{status}</span>{back}</div>
                {change}
            </li>
        }
    });
    let cards: Vec<_> = cards.collect();
    (!cards.is_empty()).then(|| {
        view! {
            <section class="flow" aria-labelledby="your-cards">
                <h2 id="your-cards">{words.your_cards()}</h2>
                <ul class="wall wall--own">{cards}</ul>
            </section>
        }
    })
}

/// Whether whoever looks can have a card say something else.
pub(super) fn is_changed(card: &Card, board: &Board) -> bool {
    card.by == By::You && !card.hidden && board.phase == Phase::Gather
}

/// All that stand before the room: sorted, as far as they are.
pub(super) fn all(shown: &Shown<'_>, board: &Board, count: usize) -> impl IntoView + use<> {
    let words = shown.words;
    let cards = board.in_order().into_iter().filter(|(_, card)| card.shown && (!card.hidden || shown.leads));
    let cards: Vec<_> = cards.collect();
    let none = if count > 0 { words.cards_silent() } else { words.no_cards() };
    let none = cards.is_empty().then(|| view! { <p class="quiet">{none}</p> });
    let sorted = board.phase == Phase::Cluster || !board.clusters.is_empty();
    let loose = cards.iter().filter(|(_, card)| card.stands() && card.cluster.is_none()).count();
    let loose = (sorted && loose > 0).then(|| format!(", {}", words.count_loose(loose as u64)));
    let count = (count > 0).then(|| view! { <p class="quiet">{words.count_cards(count as u64)}{loose}</p> });
    let cards = if sorted {
        sorting::table(shown, board, &cards).into_any()
    } else {
        let cards: Vec<_> = cards.into_iter().map(|(id, card)| one(shown, id, card)).collect();
        view! { <ul class="wall">{cards}</ul> }.into_any()
    };
    view! {
        <section class="section section--near flow" aria-labelledby="all-cards">
            <h2 class="section__heading" id="all-cards">{words.all_cards()}</h2>
            {count}
            {none}
            {cards}
        </section>
    }
}

pub(super) fn one(shown: &Shown<'_>, id: Id, card: &Card) -> impl IntoView + use<> {
    let words = shown.words;
    let name = match card.by {
        By::Author(key) => shown.names.get(&key).cloned(),
        By::You | By::Nobody => None,
    };
    let group = card.says.group.as_deref().map(|country| voice(words, shown.strands, country));
    let hidden = card.hidden.then(|| view! { <strong>{words.card_hidden()}</strong> });
    let hide = shown.leads.then(|| match card.hidden {
        false => act(shown, (id, card), "hide", words.hide_card()),
        true => act(shown, (id, card), "show", words.show_card()),
    });
    let back = (shown.sorts && card.by == By::You).then(|| act(shown, (id, card), "withdraw", words.withdraw_card()));
    let on = (shown.sorts && card.stands())
        .then(|| view! { <a class="card__on no-print" href="#chosen-to">{words.card_to()}</a> });
    let text = written(words, card.says.language, &card.says.text).view();
    let text = if shown.sorts && card.stands() {
        let pick = format!("pick-{id}");
        let chosen = shown.again.is_some_and(|again| again.chosen.contains(&id));
        view! {
            <label class="card__text card__pick">
                <input class="check__input" id=pick type="checkbox" form=sorting::FORM name="card" value=id.to_string() checked=chosen/>
                <span>{text}</span>
            </label>
        }
        .into_any()
    } else {
        view! { <p class="card__text">{text}</p> }.into_any()
    };
    view! {
        <li class=class(shown, card, card.hidden)>
            {text}
            <div class="card__foot">{group}{name.map(|name| view! { <span>{name}</span> })}{hidden}{on}{back}{hide}</div>
        </li>
    }
}

fn class(shown: &Shown<'_>, card: &Card, apart: bool) -> String {
    let strand = card.says.group.as_deref().map_or("strand-0", |country| shown.strands.class(country));
    if apart { format!("card card--apart {strand}") } else { format!("card {strand}") }
}

/// A button that does something with a card.
fn act(shown: &Shown<'_>, (id, card): (Id, &Card), act: &str, word: &'static str) -> impl IntoView + use<> {
    let label = format!("{word}: {}", card.says.text);
    view! {
        <form class="no-print" method="post" action=format!("{}/cards/{id}/{act}", shown.path)>
            <input type="hidden" name="id" value=Id::fresh().to_string()/>
            <button class="button button--second button--small" aria-label=label>{word}</button>
        </form>
    }
}

/// Where a card is changed; open where what was typed would not do.
fn change(shown: &Shown<'_>, id: Id, card: &Card) -> impl IntoView + use<> {
    let words = shown.words;
    let again = shown.again.filter(|again| again.form == Form::Change(id));
    let text = again.map_or_else(|| card.says.text.clone(), |again| again.text.clone());
    let refused = again.map(|again| sentence(words, again.refusal));
    let label = format!("{}: {}", words.change_card(), card.says.text);
    view! {
        <details class="card__change no-print" id=format!("card-{id}") open=again.is_some()>
            <summary aria-label=label.clone()>{words.change_card()}</summary>
            <form class="flow flow--snug" method="post" action=format!("{}/cards/{id}", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {small_area(("text", format!("text-{id}")), label, (text, card.says.language.code()), refused)}
                <p class="actions"><button class="button button--second">{words.save()}</button></p>
            </form>
        </details>
    }
}
