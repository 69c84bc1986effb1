//! `/account/address` and `/account/address/{token}`: another e-mail address, once who reads what is sent there says so.

use super::{above, link::spent, of_account, of_link, refused};
use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    letters, render,
    ui::{Head, Line, crumbs, document, from_home, leaf, line},
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::accounts::{self, Account, Link, Purpose, Refusal, Token};
use jiff::Timestamp;
use leptos::prelude::*;
use secrecy::SecretString;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    address: String,
    refusal: Refusal,
}

pub(crate) fn address() -> AnyView {
    of_account(|asked, account, again| asked.post.is_there().then(|| draw(asked, account, again)))
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    current: SecretString,
    #[serde(default)]
    address: String,
}

/// Has a letter sent to the address that is to be taken.
pub(super) async fn post(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    if !asked.post.is_there() {
        return render::error(asked, Error::NotFound).await.into_response();
    }
    let now = Timestamp::now();
    let (tries, said) = ((&*asked.tries, asked.trying()), (&sent.current, sent.address.as_str()));
    let made = accounts::to_change_address(&asked.store, tries, &asked.viewer, said, asked.by_link, now).await;
    match made {
        Ok(Ok(made)) => {
            if let Some((address, token)) = made {
                let until = Purpose::Address.until(now);
                let path = format!("/account/address/{}", token.reveal());
                asked.post.send(letters::to_change_address(&asked, address.as_str(), &path, until));
            }
            render::drawn(asked.clone(), move || on_its_way(&asked)).await.into_response()
        }
        Ok(Err(Refusal::Forbidden)) => forms::to("/sign-in?next=/account/address"),
        Ok(Err(refusal)) => {
            let address = sent.address.chars().take(300).collect();
            forms::again(asked, refusal, Again { address, refusal }).await
        }
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn on_its_way(asked: &Asked) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.letter_sent(), words.address_sent_lead()) };
    let way = vec![(words.your_account().to_owned(), None, Some("/account".to_owned()))];
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{words.letter_sent()}</h1><p class="lead">{words.address_sent_lead()}</p></div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn draw(asked: &Asked, account: &Account, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let refusal = again.as_ref().map(|again| again.refusal);
    let head = Head { known: false, ..Head::new(words.change_address(), words.change_address_lead()) };
    let current = (account.has_password && !asked.by_link).then(|| {
        line(Line {
            name: "current",
            label: words.current_password().to_owned(),
            kind: "password",
            fill: "current-password",
            refused: refused(words, refusal, "current"),
            ..Line::default()
        })
    });
    let new = Line {
        name: "address",
        label: words.new_address().to_owned(),
        kind: "email",
        fill: "email",
        value: again.map(|again| again.address).unwrap_or_default(),
        refused: refused(words, refusal, "address"),
        ..Line::default()
    };
    let way = vec![(words.your_account().to_owned(), None, Some("/account".to_owned()))];
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{words.change_address()}</h1><p class="lead">{words.change_address_lead()}</p></div>
        <form class="flow" method="post" novalidate>
            {above(words, refusal)}
            {line(new)}
            {current}
            <p class="actions"><button class="button">{words.send_letter()}</button></p>
        </form>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

pub(crate) fn link() -> impl IntoView {
    of_link(Purpose::Address, draw_link)
}

/// Spends the link, and tells the address of before.
pub(super) async fn confirm(Extension(asked): Extension<Asked>, Path(token): Path<String>) -> Response {
    let Some(token) = Token::read(&token) else { return forms::again(asked, Refusal::Spent, Refusal::Spent).await };
    let here = asked.session.clone().unwrap_or_default();
    match accounts::change_address(&asked.store, &asked.viewer, &token, &here, Timestamp::now()).await {
        Ok(Ok(before)) => {
            if let Some(before) = before {
                asked.post.send(letters::address_changed(&asked, &before));
            }
            forms::to("/account")
        }
        Ok(Err(refusal)) => forms::again(asked, refusal, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw_link(asked: &Asked, link: Option<Link>, refusal: Option<Refusal>) -> AnyView {
    let words = asked.words();
    let Some((address, own)) = link.and_then(|link| Some((link.address.clone()?, link.is_of(&asked.viewer)))) else {
        return spent(asked, refusal.unwrap_or(Refusal::Spent));
    };
    // Nobody has another's account take their address by a button.
    let form = if own {
        view! {
            <form class="flow" method="post">
                {above(words, refusal)}
                <p class="actions"><button class="button">{words.confirm_address()}</button></p>
            </form>
        }
        .into_any()
    } else {
        view! { <p>{words.confirm_address_sign_in()}</p><p><a href="/sign-in">{words.sign_in()}</a></p> }.into_any()
    };
    let head = Head { known: false, ..Head::new(words.confirm_address(), "") };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.confirm_address()}</h1><p class="lead">{words.confirm_address_lead(address)}</p></div>
        {form}
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
