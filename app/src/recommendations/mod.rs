//! Recommendations.

pub(crate) mod list;
pub(crate) mod of_seminar;
pub(crate) mod recommendation;

use crate::{
    ui::{PhraseView, status},
    words::Words,
};
use content::{recommendations::RecommendationListed, things::Listed};
use leptos::prelude::*;

/// A recommendation in a list.
pub(crate) fn item(words: Words, recommendation: RecommendationListed, name_seminar: bool) -> impl IntoView {
    let RecommendationListed { listed, details, seminar } = recommendation;
    let seminar =
        seminar.filter(|_| name_seminar).map(|seminar| view! { <p class="small quiet">{seminar.title.view()}</p> });
    view! {
        <li class="ledger__item">
            <p class="ledger__meta"><span class="ledger__ref">{details.reference}</span>{status(words, details.status, false)}</p>
            <h2 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h2>
            <p>{listed.summary.view()}</p>
            {seminar}
        </li>
    }
}

/// How a recommendation is cited, from its slug: `tir-2` is TIR/2.
pub(crate) fn reference(listed: &Listed) -> String {
    match listed.place.slug.rsplit_once('-') {
        Some((prefix, number)) => format!("{}/{number}", prefix.to_uppercase()),
        None => listed.place.slug.to_uppercase(),
    }
}
