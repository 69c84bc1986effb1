//! The Chatham House rule of a session: what it does, what it does not, and the button.

use crate::{ui::PhraseView, words::Words};
use content::protection::{Named, Occurrence, Spot};
use leptos::prelude::*;

pub(super) fn rule(words: Words, (on, set_here): (bool, bool), named: Named) -> impl IntoView {
    let (word, value) = if on { (words.rule_turn_off(), "off") } else { (words.rule_turn_on(), "on") };
    let class = if on { "button button--second" } else { "button" };
    let few = named.few.then(|| view! { <div class="note note--care"><p>{words.rule_few()}</p></div> });
    let people: Vec<_> = named.contributors.into_iter().map(|(name, _)| view! { <li>{name}</li> }).collect();
    let people = (!people.is_empty()).then(|| {
        view! { <h3>{words.rule_people()}</h3><ul>{people}</ul> }
    });
    let unread =
        (!named.unread.is_empty()).then(|| view! { <p class="quiet">{words.rule_unread(named.unread.join(", "))}</p> });
    let places: Vec<_> = named.occurrences.into_iter().map(|one| place(words, one)).collect();
    let places = if places.is_empty() {
        view! { <p>{words.rule_no_places()}</p> }.into_any()
    } else {
        view! { <p>{words.rule_places_lead()}</p><ul class="ledger">{places}</ul> }.into_any()
    };
    let more = named.more.then(|| view! { <p class="quiet">{words.rule_more()}</p> });
    let set_here = set_here.then(|| view! { <p class="quiet">{words.set_here()}</p> });
    let holds = on.then(|| view! { <p><strong>{words.chatham_house()}</strong></p> });
    view! {
        <section class="flow" aria-labelledby="rule">
            <h2 id="rule">{words.rule_title()}</h2>
            {holds}
            {set_here}
            <p>{words.rule_lead()}</p>
            <p>{words.rule_left()}</p>
            {people}
            {few}
            <h3>{words.rule_places()}</h3>
            {places}
            {more}
            {unread}
            <form method="post">
                <input type="hidden" name="rule" value=value/>
                <p class="actions"><button class=class name="act" value="rule">{word}</button></p>
            </form>
        </section>
    }
}

fn place(words: Words, one: Occurrence) -> impl IntoView {
    let spot = match one.spot {
        Spot::Title => words.spot_title().to_owned(),
        Spot::Summary => words.spot_summary().to_owned(),
        Spot::Text => words.spot_text().to_owned(),
        Spot::FileName(name) => words.spot_file_name(name),
        Spot::File(name) => words.spot_file(name),
    };
    view! {
        <li class="ledger__item">
            <p lang=one.language.code()>{one.before}<mark>{one.word}</mark>{one.after}</p>
            <p class="ledger__meta"><a href=one.listed.place.path()>{one.listed.title.view()}</a><span>{spot}</span><span>{words.language_name(one.language)}</span></p>
        </li>
    }
}
