//! `/glossary`

use crate::{
    asked::Asked,
    render,
    ui::{Head, PhraseView, document, from_home, leaf},
    words::sort_by_key,
};
use content::glossary::{self, TermListed};
use leptos::prelude::*;

pub(crate) fn glossary() -> impl IntoView {
    render::answer(
        |asked| async move {
            let terms = glossary::list(&asked.store, &asked.viewer, asked.reading).await?;
            Ok(Some(draw(&asked, terms)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, mut terms: Vec<TermListed>) -> impl IntoView + use<> {
    let words = asked.words();
    sort_by_key(words.0, &mut terms, |term| term.term.text.as_str());
    let none = terms.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let letters = letters(&terms);
    let jump = letters.iter().enumerate().map(|(at, (letter, _))| {
        view! { <li><a class="letters__link" href=format!("#letter-{at}")>{letter.clone()}</a></li> }
    });
    let jump = (letters.len() > 1).then(|| {
        view! { <nav class="no-print" aria-label=words.by_letter()><ul class="letters">{jump.collect_view()}</ul></nav> }
    });
    let items = terms.into_iter().enumerate().map(|(at, TermListed { listed, term, others })| {
        let letter = letters.iter().position(|(_, first)| *first == at);
        let letter = letter.map(|letter| view! { <span id=format!("letter-{letter}")></span> });
        let others: Vec<String> = others.into_iter().map(|other| other.text).collect();
        let others = (!others.is_empty())
            .then(|| view! { <p class="ledger__meta"><span lang=term.lang>{others.join(", ")}</span></p> });
        let id = listed.place.slug.clone();
        view! {
            <li class="ledger__item" id=id>
                {letter}
                <h2 class="ledger__title"><a href=listed.place.path()>{term.view()}</a></h2>
                {others}
                <p>{listed.summary.view()}</p>
            </li>
        }
    });
    let items = items.collect_view();
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.glossary()}</h1><p class="lead">{words.glossary_lead()}</p></div>
        {none}
        {jump}
        <ul class="ledger">{items}</ul>
    };
    document(asked, Head::new(words.glossary(), words.glossary_lead()), leaf(&[], "leaf", inside))
}

/// The letters with which terms begin, each with the place of the first of them. The terms are in order.
fn letters(terms: &[TermListed]) -> Vec<(String, usize)> {
    let mut letters: Vec<(String, usize)> = Vec::new();
    for (at, listed) in terms.iter().enumerate() {
        let letter: String = listed.term.text.chars().take(1).flat_map(char::to_uppercase).collect();
        if !letters.iter().any(|(known, _)| *known == letter) {
            letters.push((letter, at));
        }
    }
    letters
}
