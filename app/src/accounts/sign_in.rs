//! `/sign-in`

use super::{above, refused, sentence};
use crate::{
    asked::{Asked, asked},
    errors::Error,
    forms::{self, Session, Typed},
    letters, render,
    ui::{Head, Line, document, from_home, leaf, line},
};
use axum::{
    Extension,
    response::{IntoResponse, Response},
};
use content::accounts::{self, Purpose, Refusal};
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
    let wanted = use_context::<Wanted>();
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    draw(&asked, again, wanted, next)
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

/// A letter that was asked for, and why it is not sent.
#[derive(Clone, Debug)]
struct Wanted {
    address: String,
    refusal: Refusal,
}

#[derive(serde::Deserialize)]
pub(super) struct To {
    #[serde(default)]
    to: String,
}

/// Sends a link by which one signs in, to an address that an account has. Whether one has it is not said, in words or in
/// time: what is to be found out is found out when this is answered.
pub(super) async fn letter(Extension(asked): Extension<Asked>, Typed(To { to }): Typed<To>) -> Response {
    if !asked.post.is_there() {
        return render::error(asked, Error::NotFound).await.into_response();
    }
    let now = Timestamp::now();
    let address = match accounts::may_write(asked.trying(), &to, now) {
        Ok(address) => address,
        Err(refusal) => {
            let address: String = to.chars().take(300).collect();
            let asked = Asked { address: "/sign-in".into(), ..asked };
            return forms::again(asked, refusal, Wanted { address, refusal }).await;
        }
    };
    let posting = asked.clone();
    tokio::spawn(async move {
        match accounts::asked_to_sign_in(&posting.store, &address, now).await {
            Ok(Some(token)) => {
                let until = Purpose::SignIn.until(now);
                let path = format!("/sign-in/{}", token.reveal());
                posting.post.send(letters::to_sign_in(&posting, address.as_str(), &path, until));
            }
            Ok(None) => {}
            Err(failure) => tracing::error!(request = %posting.request, %failure, "a sign-in link could not be made"),
        }
    });
    render::drawn(asked.clone(), move || sent(&asked)).await.into_response()
}

fn sent(asked: &Asked) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.letter_sent(), words.letter_sent_lead()) };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.letter_sent()}</h1><p class="lead">{words.letter_sent_lead()}</p></div>
        <p><a href="/sign-in">{words.sign_in()}</a></p>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn draw(asked: &Asked, again: Option<Again>, wanted: Option<Wanted>, next: String) -> impl IntoView + use<> {
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
    // With a letter, or from whoever runs the site.
    let otherwise = if asked.post.is_there() {
        let typed = Line {
            name: "to",
            label: words.e_mail().to_owned(),
            kind: "email",
            fill: "username",
            value: wanted.as_ref().map(|wanted| wanted.address.clone()).unwrap_or_default(),
            refused: wanted.map(|wanted| sentence(words, wanted.refusal)),
            ..Line::default()
        };
        view! {
            <p>{words.letter_help()}</p>
            <form class="flow" method="post" action="/sign-in/letter" novalidate>
                {line(typed)}
                <p class="actions"><button class="button button--second">{words.send_letter()}</button></p>
            </form>
        }
        .into_any()
    } else {
        view! { <p>{words.no_password_help()}</p> }.into_any()
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
            {otherwise}
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
