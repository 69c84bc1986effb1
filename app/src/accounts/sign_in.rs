//! `/sign-in`

use super::{above, refused};
use crate::{
    asked::{Asked, asked},
    forms::{self, Session, Typed},
    render,
    ui::{Head, Line, document, from_home, leaf, line},
};
use axum::{Extension, response::Response};
use content::accounts::{self, Refusal};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use secrecy::SecretString;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    address: String,
    next: String,
    refusal: Refusal,
}

pub(crate) fn sign_in() -> impl IntoView {
    let asked = asked();
    // Where somebody wanted to go is theirs.
    if asked.address.contains("next=") {
        render::secret();
    }
    let again = use_context::<Again>();
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    draw(&asked, again, next)
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    address: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    next: String,
}

/// Begins a session.
pub(super) async fn post(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let pair = (sent.address.as_str(), &sent.password);
    let entered =
        accounts::by_password(&asked.store, asked.trying(), pair, asked.device.as_ref(), Timestamp::now()).await;
    match entered {
        Ok(Ok(entered)) => forms::with(Session::Entered(entered), forms::own(&sent.next)),
        Ok(Err(refusal)) => {
            let address: String = sent.address.chars().take(300).collect();
            forms::again(asked, refusal, Again { address, next: sent.next, refusal }).await
        }
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, again: Option<Again>, next: String) -> impl IntoView + use<> {
    let words = asked.words();
    let refusal = again.as_ref().map(|again| again.refusal);
    let (address, next) = again.map_or((String::new(), next), |again| (again.address, again.next));
    let head = Head { known: false, ..Head::new(words.sign_in(), words.sign_in_lead()) };
    let address = Line {
        name: "address",
        label: words.e_mail().to_owned(),
        kind: "email",
        fill: "username",
        value: address,
        refused: refused(words, refusal, "address"),
        ..Line::default()
    };
    let password = Line {
        name: "password",
        label: words.password().to_owned(),
        kind: "password",
        fill: "current-password",
        ..Line::default()
    };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.sign_in()}</h1><p class="lead">{words.sign_in_lead()}</p></div>
        <form class="flow" method="post" action="/sign-in" novalidate>
            {above(words, refusal)}
            <input type="hidden" name="next" value=forms::own(&next).to_owned()/>
            {line(address)}
            {line(password)}
            <p class="actions"><button class="button">{words.sign_in()}</button></p>
        </form>
        <div class="section section--near flow">
            <h2>{words.no_password()}</h2>
            <p>{words.no_password_help()}</p>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
