//! `/account/password`

use super::{above, of_account, refused};
use crate::{
    asked::Asked,
    forms::{self, Session, Typed},
    letters,
    ui::{Head, Line, crumbs, document, leaf, line},
};
use axum::{Extension, response::Response};
use content::accounts::{self, Account, Refusal};
use jiff::Timestamp;
use leptos::prelude::*;
use secrecy::SecretString;

pub(crate) fn password() -> AnyView {
    of_account(|asked, account, refusal| Some(draw(asked, account, refusal)))
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    current: SecretString,
    #[serde(default)]
    password: SecretString,
}

/// Sets it; this browser stays signed in and no other does.
pub(super) async fn post(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let pair = (&sent.current, &sent.password);
    match accounts::set_password(&asked.store, &asked.tries, &asked.viewer, pair, asked.by_link, Timestamp::now()).await
    {
        Ok(Ok((entered, address))) => {
            if let Some(address) = address {
                asked.post.send(letters::password_changed(&asked, &address));
            }
            forms::with(Session::Entered(entered), "/account")
        }
        Ok(Err(Refusal::Forbidden)) => forms::to("/sign-in?next=/account/password"),
        Ok(Err(refusal)) => forms::again(asked, refusal, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, account: &Account, refusal: Option<Refusal>) -> impl IntoView + use<> {
    let words = asked.words();
    let title = if account.has_password { words.change_password() } else { words.set_password() };
    let head = Head { known: false, ..Head::new(title, words.change_password_lead()) };
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
        name: "password",
        label: words.new_password().to_owned(),
        hint: Some(words.password_hint()),
        kind: "password",
        fill: "new-password",
        refused: refused(words, refusal, "password"),
        ..Line::default()
    };
    let way = vec![(words.your_account().to_owned(), None, Some("/account".to_owned()))];
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{title}</h1><p class="lead">{words.change_password_lead()}</p></div>
        <form class="flow" method="post" novalidate>
            {above(words, refusal)}
            {(account.address.clone()).map(|address| view! { <input type="hidden" autocomplete="username" value=address/> })}
            {current}
            {line(new)}
            <p class="actions"><button class="button">{title}</button></p>
        </form>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
