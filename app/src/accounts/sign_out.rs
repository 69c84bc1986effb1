//! `/sign-out`

use crate::{
    asked::asked,
    forms::{self, Session},
    ui::{Head, document, from_home, leaf},
};
use axum::response::Response;
use leptos::prelude::*;

pub(crate) fn sign_out() -> impl IntoView {
    let asked = asked();
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.sign_out(), words.sign_out_lead()) };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.sign_out()}</h1><p class="lead">{words.sign_out_lead()}</p></div>
        <form class="flow" method="post"><p class="actions"><button class="button">{words.sign_out()}</button></p></form>
    };
    document(&asked, head, leaf(&[], "leaf", inside))
}

/// Ends the session of this browser; twice is as well as once.
pub(super) async fn post() -> Response {
    forms::with(Session::Left, "/")
}
