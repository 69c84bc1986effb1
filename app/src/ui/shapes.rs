//! A shape, then a word: statuses are circles, confidence is a square, maturity a ladder. Nothing by colour alone.

use crate::words::Words;
use content::{comparisons::Confidence, practices::Maturity, recommendations::Status};
use leptos::prelude::*;

/// How far a recommendation has come.
pub(crate) fn status(words: Words, status: Option<Status>, big: bool) -> impl IntoView {
    let ring = |dashes: Option<&'static str>| {
        view! { <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray=dashes></circle> }
    };
    let shape = match status {
        None | Some(Status::NotStarted) => ring(Some("2.2 2.2")).into_any(),
        Some(Status::Planned) => ring(None).into_any(),
        Some(Status::Ongoing) => {
            view! { {ring(None)}<path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"></path> }.into_any()
        }
        Some(Status::PartlyDone) => {
            view! { {ring(None)}<path d="M8 1.8A6.2 6.2 0 1 1 1.8 8H8z" fill="currentColor"></path> }.into_any()
        }
        Some(Status::Done) => view! {
            <circle cx="8" cy="8" r="7.2" fill="currentColor"></circle>
            <path class="status__tick" d="m4.6 8.3 2.3 2.4 4.5-5" fill="none" stroke-width="2"></path>
        }
        .into_any(),
        Some(Status::Blocked) => {
            view! { {ring(None)}<path d="M3.8 12.2 12.2 3.8" stroke="currentColor" stroke-width="2"></path> }.into_any()
        }
        Some(Status::Superseded) => {
            view! { {ring(None)}<path d="M1.5 8h13" stroke="currentColor" stroke-width="2"></path> }.into_any()
        }
    };
    let class = if big { "status status--big" } else { "status" };
    view! { <span class=class><svg class="status__shape" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>{words.status(status)}</span> }
}

/// How sure a cell is.
pub(crate) fn sure(words: Words, confidence: Confidence) -> impl IntoView {
    let edge =
        || view! { <path d="M1.75 1.75h8.5v8.5h-8.5z" fill="none" stroke="currentColor" stroke-width="1.5"></path> };
    let shape = match confidence {
        Confidence::Stated => view! { <path d="M1 1h10v10H1z" fill="currentColor"></path> }.into_any(),
        Confidence::Partly => view! { {edge()}<path d="M1 11V1h5v10z" fill="currentColor"></path> }.into_any(),
        Confidence::Unknown => edge().into_any(),
    };
    let word = certainty(words, confidence);
    view! { <span class="sure"><svg class="sure__shape" viewBox="0 0 12 12" aria-hidden="true">{shape}</svg>{word}</span> }
}

/// How sure, in a word.
pub(crate) fn certainty(words: Words, confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Stated => words.sure_stated(),
        Confidence::Partly => words.sure_partly(),
        Confidence::Unknown => words.sure_unknown(),
    }
}

/// The ladder of a practice.
pub(crate) fn maturity(words: Words, at: Option<Maturity>) -> impl IntoView {
    let Some(at) = at else { return view! { <p>{words.maturity_none()}</p> }.into_any() };
    let steps = Maturity::ALL.iter().map(|step| {
        let class = if *step < at { "maturity__step maturity__step--past" } else { "maturity__step" };
        let current = (*step == at).then_some("step");
        view! { <li class=class aria-current=current>{words.maturity_word(*step)}</li> }
    });
    view! { <ol class="maturity">{steps.collect_view()}</ol> }.into_any()
}
