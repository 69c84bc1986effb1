//! Challenges.

pub(crate) mod challenge;
pub(crate) mod edit;
pub(crate) mod list;

use crate::{
    authors, forms,
    ui::{PhraseView, Strands, keyed},
    words::Words,
};
use axum::{Router, routing::post};
use content::challenges::ChallengeListed;
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/seminars/{seminar}/challenges/new", post(edit::post_new).layer(forms::whole()))
        .route("/challenges/{challenge}/edit", post(edit::post).layer(forms::whole()))
        .route("/challenges/{challenge}/remove", post(edit::remove))
}

/// A challenge in a list. `top`: the list is the page, and its titles stand right below the page's.
pub(crate) fn item(words: Words, challenge: ChallengeListed, top: bool) -> impl IntoView {
    let ChallengeListed { listed, details, seminar, answers } = challenge;
    let strands = Strands::of(seminar.as_ref().map_or(&listed.countries, |seminar| &seminar.countries));
    let countries = (!listed.countries.is_empty()).then(|| keyed(words, &strands, &listed.countries));
    let emerging = details.emerging.then(|| {
        let word = if listed.countries.is_empty() { words.emerging_somewhere() } else { words.emerging() };
        view! { <span>{word}</span> }
    });
    let answers = match u64::try_from(answers) {
        Ok(answers) if answers > 0 => words.count_practices(answers),
        _ => words.no_practice_yet().to_owned(),
    };
    let draft = authors::marked(words, &listed);
    let link = view! { <a href=listed.place.path()>{listed.title.view()}</a> };
    let title = if top {
        view! { <h2 class="ledger__title">{link}</h2> }.into_any()
    } else {
        view! { <h3 class="ledger__title">{link}</h3> }.into_any()
    };
    let summary = top.then(|| view! { <p>{listed.summary.view()}</p> });
    view! { <li class="ledger__item">{title}{summary}<p class="ledger__meta">{draft}{countries}{emerging}<span>{answers}</span></p></li> }
}
