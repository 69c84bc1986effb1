//! The search box: answers as one types. Without a script it is a form like any other.
//!
//! The combobox pattern of the ARIA Authoring Practices, with a list that is never chosen from on its own: Enter
//! searches unless a suggestion was picked with the arrow keys.

#![expect(missing_docs, reason = "the macro makes types of its own for the properties")]

use super::stale::Newest;
use content::search::{Found, Hit};
use gloo_net::http::Request;
use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The words that the box needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// What is to be typed.
    pub label: String,
    /// On the button.
    pub button: String,
    /// What the list is called.
    pub suggestions: String,
    /// What things are called, by the code of their kind.
    pub kinds: BTreeMap<String, String>,
    /// For a list that is empty.
    pub none: String,
}

/// The box with its suggestions.
#[island]
pub fn SearchBox(words: Words, query: String) -> impl IntoView {
    let hits = RwSignal::new(Vec::<Hit>::new());
    let picked = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let nothing = RwSignal::new(String::new());
    let newest = StoredValue::new(Newest::default());
    let look = move |typed: String| {
        let mut mine = 0;
        newest.update_value(|newest| mine = newest.ask());
        picked.set(None);
        nothing.set(String::new());
        if typed.trim().is_empty() {
            hits.set(Vec::new());
            return open.set(false);
        }
        spawn_local(async move {
            let found = ask(&typed).await;
            // An answer that comes after a newer question is dropped.
            if newest.with_value(|newest| newest.is(mine)) {
                // What was picked stood in the list that goes now.
                picked.set(None);
                hits.set(found.map(|found| found.hits).unwrap_or_default());
                open.set(hits.with(|hits| !hits.is_empty()));
                if hits.with(Vec::is_empty) {
                    nothing.set(typed);
                }
            }
        });
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" if hits.with(|hits| !hits.is_empty()) => {
            event.prevent_default();
            open.set(true);
            let count = hits.with(Vec::len);
            let down = event.key() == "ArrowDown";
            picked.update(|picked| *picked = super::stale::step(*picked, count, down));
        }
        "Enter" => {
            let to = picked.get().and_then(|at| hits.with(|hits| hits.get(at).map(|hit| hit.address.clone())));
            if let Some(to) = to.filter(|_| open.get()) {
                event.prevent_default();
                let _ = window().location().assign(&to);
            }
        }
        "Escape" if open.get() => {
            event.prevent_default();
            open.set(false);
            picked.set(None);
        }
        _ => {}
    };
    let Words { label, button, suggestions, kinds, none } = words;
    let none = move || nothing.with(|typed| (!typed.is_empty()).then(|| format!("{none} {typed}")));
    let kinds = StoredValue::new(kinds);
    let option = move |(at, hit): (usize, Hit)| {
        let chosen = move || (picked.get() == Some(at)).to_string();
        let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
        let kind = kinds.with_value(|kinds| kinds.get(&hit.kind).cloned()).unwrap_or_default();
        let to = hit.address;
        view! {
            <li class="suggestions__option" role="option" id=format!("suggestion-{at}") aria-selected=chosen
                on:mousedown=move |event| { event.prevent_default(); let _ = window().location().assign(&to); }>
                <span class="suggestions__word" lang=hit.lang>{title}</span>
                <span class="suggestions__kind">{kind}</span>
            </li>
        }
    };
    view! {
        <form class="asking" role="search" action="/search">
            <label class="asking__label unseen" for="q">{label}</label>
            <div class="asking__box">
                <input class="asking__input" id="q" name="q" type="search" value=query autocomplete="off" maxlength="400"
                    role="combobox" aria-autocomplete="list" aria-controls="suggestions"
                    aria-expanded=move || open.get().to_string()
                    aria-activedescendant=move || picked.get().filter(|_| open.get()).map(|at| format!("suggestion-{at}"))
                    on:input=move |event| look(event_target_value(&event))
                    on:keydown=key
                    on:blur=move |_| open.set(false)/>
                <ul class="suggestions" role="listbox" id="suggestions" aria-label=suggestions hidden=move || !open.get()>
                    {move || hits.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
            </div>
            <button class="button">{button}</button>
            <p class="unseen" role="status">{none}</p>
        </form>
    }
}

async fn ask(query: &str) -> Result<Found, gloo_net::Error> {
    Request::get("/api/v1/search").query([("q", query), ("most", "6")]).send().await?.json().await
}
