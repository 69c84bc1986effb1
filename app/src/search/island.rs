//! The search box: answers as one types. Without a script it is a form like any other.
//!
//! The combobox pattern of the ARIA Authoring Practices, with a list that is never chosen from on its own: Enter
//! searches unless a suggestion was picked with the arrow keys.

#![expect(missing_docs, reason = "the macro makes types of its own for the properties")]

use super::stale::Newest;
use content::search::Suggestion;
use gloo_net::http::Request;
use leptos::{ev::KeyboardEvent, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};
use web_sys::AbortController;

/// How long nothing must be typed before the question is sent. A slow line carries few questions a second, and one that
/// is taken back may cost it a new connection.
const PAUSE: Duration = Duration::from_millis(120);

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
}

/// The box with its suggestions.
#[island]
pub fn SearchBox(words: Words, query: String) -> impl IntoView {
    let hits = RwSignal::new(Vec::<Suggestion>::new());
    let picked = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let told = RwSignal::new(None::<usize>);
    let newest = StoredValue::new(Newest::default());
    // What was answered, and the question that is under way.
    let known = StoredValue::new(HashMap::<String, Vec<Suggestion>>::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let under_way = StoredValue::new_local(None::<AbortController>);
    let show = move |found: Vec<Suggestion>| {
        // What was picked stood in the list that goes now.
        picked.set(None);
        told.set(Some(found.len()));
        open.set(!found.is_empty());
        hits.set(found);
    };
    let send = move |typed: String, mine: u32| {
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map(AbortController::signal);
        waiting.set_value(None);
        under_way.set_value(controller);
        spawn_local(async move {
            let found = ask(&typed, signal.as_ref()).await;
            // An answer that comes after a newer question is dropped.
            if newest.with_value(|newest| newest.is(mine)) {
                under_way.set_value(None);
                match found {
                    Ok(Answer { suggestions }) => {
                        known.update_value(|known| drop(known.insert(typed, suggestions.clone())));
                        show(suggestions);
                    }
                    // Nothing is known of what there is, and nothing is said of it.
                    Err(_) => {
                        show(Vec::new());
                        told.set(None);
                    }
                }
            }
        });
    };
    // Whatever is under way comes too late from now on: the number of the next question, and whether anything was.
    let stop = move || {
        let (mut next, mut stopped) = (0, false);
        waiting.update_value(|waiting| {
            if let Some(waiting) = waiting.take() {
                waiting.clear();
                stopped = true;
            }
        });
        under_way.update_value(|under_way| {
            if let Some(controller) = under_way.take() {
                controller.abort();
                stopped = true;
            }
        });
        newest.update_value(|newest| next = newest.ask());
        (next, stopped)
    };
    let close = move || {
        // A list that was to be replaced fits what was typed no more.
        if stop().1 {
            hits.set(Vec::new());
        }
        open.set(false);
        picked.set(None);
    };
    let look = move |typed: String| {
        let (mine, _) = stop();
        picked.set(None);
        if typed.trim().is_empty() {
            told.set(None);
            hits.set(Vec::new());
            return open.set(false);
        }
        if let Some(found) = known.with_value(|known| known.get(&typed).cloned()) {
            return show(found);
        }
        waiting.set_value(set_timeout_with_handle(move || send(typed.clone(), mine), PAUSE).ok());
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" if hits.with(|hits| !hits.is_empty()) => {
            event.prevent_default();
            open.set(true);
            let count = hits.with(Vec::len);
            let down = event.key() == "ArrowDown";
            picked.update(|picked| *picked = super::stale::step(*picked, count, down));
        }
        "ArrowDown" => look(event_target_value(&event)),
        "Enter" => {
            let to = picked.get().and_then(|at| hits.with(|hits| hits.get(at).map(|hit| hit.address.clone())));
            if let Some(to) = to.filter(|_| open.get()) {
                event.prevent_default();
                let _ = window().location().assign(&to);
            }
        }
        "Escape" => {
            // With an open list it closes the list, else it does what it does in such a field.
            if open.get() {
                event.prevent_default();
            }
            close();
        }
        _ => {}
    };
    let Words { label, button, suggestions, kinds } = words;
    let called = suggestions.clone();
    let status = move || told.get().map(|count| format!("{called}: {count}"));
    let kinds = StoredValue::new(kinds);
    let option = move |(at, hit): (usize, Suggestion)| {
        let chosen = move || (picked.get() == Some(at)).to_string();
        let kind = kinds.with_value(|kinds| kinds.get(&hit.kind).cloned()).unwrap_or_default();
        let to = hit.address;
        view! {
            <li class="suggestions__option" role="option" id=format!("suggestion-{at}") aria-selected=chosen
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| { let _ = window().location().assign(&to); }>
                <span class="suggestions__word" lang=hit.lang>{hit.title}</span>
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
                    on:blur=move |_| close()/>
                <ul class="suggestions" role="listbox" id="suggestions" aria-label=suggestions hidden=move || !open.get()>
                    {move || hits.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
            </div>
            <button class="button">{button}</button>
            <p class="unseen" role="status">{status}</p>
        </form>
    }
}

/// What the API answers.
#[derive(Debug, Deserialize)]
struct Answer {
    suggestions: Vec<Suggestion>,
}

/// Suggestions in the language of the page, which its address may have chosen.
async fn ask(typed: &str, signal: Option<&web_sys::AbortSignal>) -> Result<Answer, gloo_net::Error> {
    let language = document().document_element().and_then(|page| page.get_attribute("lang")).unwrap_or_default();
    let question = Request::get("/api/v1/suggestions").query([("q", typed), ("lang", &language)]);
    question.abort_signal(signal).send().await?.json().await
}
