//! The invitations that wait, and how one is withdrawn.

use super::{moment, not_theirs, part, platform};
use crate::{
    asked::Asked,
    forms::{self, Typed},
    words::Words,
};
use axum::{Extension, extract::Path, response::Response};
use content::{
    accounts::{self, Open, Refusal},
    seminars,
};
use jiff::Timestamp;
use leptos::prelude::*;

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    withdraw: String,
}

/// Withdraws an invitation to the platform.
pub(super) async fn of_platform(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let done = accounts::withdraw(&asked.store, &asked.viewer, None, &sent.withdraw, Timestamp::now()).await;
    after(asked, "/admin/invitations", done).await
}

/// Withdraws one to a seminar.
pub(super) async fn of_seminar(
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let done = async {
        let seminar = seminars::listed(&asked.store, &asked.viewer, asked.reading, &slug).await?;
        let Some(seminar) = seminar else { return Ok(Err(Refusal::Forbidden)) };
        accounts::withdraw(&asked.store, &asked.viewer, Some(&seminar), &sent.withdraw, Timestamp::now()).await
    };
    let done = done.await;
    after(asked, &format!("/seminars/{slug}/invitations"), done).await
}

async fn after(asked: Asked, to: &str, done: accounts::Outcome<()>) -> Response {
    match done {
        Ok(Ok(())) => forms::to(to),
        Ok(Err(refusal)) => not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// What waits, each with a button.
pub(super) fn list(words: Words, path: &str, open: Vec<Open>) -> Option<impl IntoView + use<>> {
    let action = format!("{path}/withdraw");
    let items = open.into_iter().map(|one| {
        let to = match (one.name.is_empty(), one.address) {
            (false, Some(address)) => format!("{} <{address}>", one.name),
            (false, None) => one.name,
            (true, Some(address)) => address,
            (true, None) => words.whoever_has_the_link().to_owned(),
        };
        let is = one.platform.map(|is| platform(words, is)).or(one.part.map(|is| part(words, is)));
        let until = words.can_be_used_until(moment(words, one.until));
        let said = format!("{}: {to}, {until}", words.withdraw());
        view! {
            <li class="ledger__item">
                <p class="ledger__title">{to}</p>
                <p class="ledger__meta"><span>{is}</span><span>{until}</span></p>
                <form method="post" action=action.clone()><p class="actions"><button class="button button--second button--small" name="withdraw" value=one.key aria-label=said>{words.withdraw()}</button></p></form>
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="section section--near flow" aria-labelledby="waiting">
                <h2 id="waiting">{words.invitations_that_wait()}</h2>
                <p class="quiet">{words.invitations_that_wait_help()}</p>
                <ul class="ledger">{items}</ul>
            </section>
        }
    })
}
