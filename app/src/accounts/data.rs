//! `/account/data`: what is kept about somebody, to take along or to delete.

use super::{above, of_account, refused};
use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Session, Typed},
    render,
    ui::{Head, Line, crumbs, document, leaf, line},
};
use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Response},
};
use content::accounts::{self, Account, Refusal};
use jiff::Timestamp;
use leptos::prelude::*;
use secrecy::SecretString;

pub(crate) fn data() -> AnyView {
    of_account(|asked, account, refusal| Some(draw(asked, account, refusal)))
}

/// All of it, as JSON.
pub(super) async fn download(Extension(asked): Extension<Asked>) -> Response {
    match accounts::your_data(&asked.store, &asked.viewer).await {
        Ok(Some(data)) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"plenary-account.json\""),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, format!("{data:#}")).into_response()
        }
        Ok(None) => render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    current: SecretString,
}

/// Deletes the account.
pub(super) async fn delete(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let now = Timestamp::now();
    match accounts::delete_yours(&asked.store, &asked.tries, &asked.viewer, &sent.current, now).await {
        Ok(Ok(())) => forms::with(Session::Left, "/"),
        Ok(Err(Refusal::Forbidden)) => forms::to("/sign-in?next=/account/data"),
        Ok(Err(refusal)) => forms::again(asked, refusal, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, account: &Account, refusal: Option<Refusal>) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.your_data(), words.your_data_lead()) };
    let way = vec![(words.your_account().to_owned(), None, Some("/account".to_owned()))];
    let current = account.has_password.then(|| {
        line(Line {
            name: "current",
            label: words.current_password().to_owned(),
            kind: "password",
            fill: "current-password",
            refused: refused(words, refusal, "current"),
            ..Line::default()
        })
    });
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{words.your_data()}</h1><p class="lead">{words.your_data_lead()}</p></div>
        <div class="flow flow--loose">
            {above(words, refusal)}
            <p><a href="/account/data.json" download="plenary-account.json">{words.download_data()}</a></p>
            <section class="flow" aria-labelledby="delete">
                <h2 id="delete">{words.delete_account()}</h2>
                <p>{words.delete_account_lead()}</p>
                <form class="flow" method="post" action="/account/data" novalidate>
                    {current}
                    <p class="actions"><button class="button button--second">{words.delete_account_now()}</button></p>
                </form>
            </section>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
