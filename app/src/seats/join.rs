//! `/join`: the code from the screen, or one's own.

use crate::{
    accounts::{above, refused},
    asked::{Asked, asked},
    forms::{self, Session, Typed},
    ui::{Head, Line, document, from_home, leaf, line},
};
use axum::{Extension, response::Response};
use content::{
    accounts::Refusal,
    seats::{self, Code},
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    code: String,
    refusal: Refusal,
}

pub(crate) fn join() -> impl IntoView {
    draw(&asked(), use_context::<Again>())
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    code: String,
}

/// With the code of a door one says next how one is called, whether there is such a door or not. One's own code is
/// taken at once.
pub(super) async fn post(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let refusal = match Code::read(&sent.code) {
        Some(code) if code.is_of_a_seat() => {
            match seats::again(&asked.store, asked.trying(), code.as_str(), Timestamp::now()).await {
                Ok(Ok((entered, path))) => return forms::with(Session::Entered(entered), &path),
                Ok(Err(refusal)) => refusal,
                Err(failure) => return forms::failed(asked, failure).await,
            }
        }
        Some(code) => return forms::to(&format!("/join/{}", code.as_str())),
        None => Refusal::Closed,
    };
    let code = sent.code.chars().take(60).collect();
    forms::again(asked, refusal, Again { code, refusal }).await
}

fn draw(asked: &Asked, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let refusal = again.as_ref().map(|again| again.refusal);
    let code = Line {
        name: "code",
        label: words.code().to_owned(),
        fill: "off",
        value: again.map(|again| again.code).unwrap_or_default(),
        refused: refused(words, refusal, "code"),
        ..Line::default()
    };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.join_title()}</h1><p class="lead">{words.join_lead()}</p></div>
        <form class="flow" method="post" action="/join" novalidate>
            {above(words, refusal)}
            {line(code)}
            <p class="actions"><button class="button">{words.join()}</button></p>
        </form>
    };
    document(asked, Head::new(words.join_title(), words.join_lead()), leaf(&[], "leaf", inside))
}
