//! The invitations that wait, and how one is withdrawn.

use super::{moment, not_theirs, part, platform};
use crate::{
    asked::Asked,
    forms::{self, Typed},
    ui::{Narrow, Narrows, back},
    words::{Words, sort_by_key},
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
    #[serde(default)]
    list: String,
}

/// Withdraws an invitation to the platform.
pub(super) async fn of_platform(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let done = accounts::withdraw(&asked.store, &asked.viewer, None, &sent.withdraw, Timestamp::now()).await;
    after(asked, &back("/admin/invitations", &sent.list), done).await
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
    after(asked, &back(&format!("/seminars/{slug}/invitations"), &sent.list), done).await
}

async fn after(asked: Asked, to: &str, done: accounts::Outcome<()>) -> Response {
    match done {
        Ok(Ok(())) => forms::to(to),
        Ok(Err(refusal)) => not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// In which order: who was invited last first, or by what they are called.
pub(super) const ORDERS: &[&str] = &["latest", "name"];

/// What waits, each with a button.
pub(super) fn list(words: Words, path: &str, open: Vec<Open>, narrow: &Narrow) -> Option<impl IntoView + use<>> {
    let action = format!("{path}/withdraw");
    let all = open.len();
    let mut open: Vec<(String, Open)> = open.into_iter().map(|one| (called(words, &one), one)).collect();
    open.retain(|(to, _)| narrow.finds(&[to]));
    if narrow.order().is_some() {
        sort_by_key(words.0, &mut open, |(to, _)| to.as_str());
    }
    let found = open.len();
    let items = narrow.part(open).into_iter().map(|(to, one)| {
        let is = one.platform.map(|is| platform(words, is)).or(one.part.map(|is| part(words, is)));
        let until = words.can_be_used_until(moment(words, one.until));
        let said = format!("{}: {to}, {until}", words.withdraw());
        view! {
            <li class="ledger__item">
                <p class="ledger__title">{to}</p>
                <p class="ledger__meta"><span>{is}</span><span>{until}</span></p>
                <form method="post" action=action.clone()>{narrow.kept()}<p class="actions"><button class="button button--second button--small" name="withdraw" value=one.key aria-label=said>{words.withdraw()}</button></p></form>
            </li>
        }
    });
    let items = items.collect_view();
    let orders = vec![words.order_time(), words.order_name()];
    let asks = Narrows { path, label: words.name_or_address(), picks: Vec::new(), orders };
    (all > 0).then(|| {
        view! {
            <section class="section section--near flow" aria-labelledby="waiting">
                <h2 id="waiting">{words.invitations_that_wait()}</h2>
                <p class="quiet">{words.invitations_that_wait_help()}</p>
                {narrow.form(words, asks, (found, all))}
                <ul class="ledger">{items}</ul>
                {narrow.pager(words, path, found)}
            </section>
        }
    })
}

/// For whom an invitation is, as far as it is known.
fn called(words: Words, one: &Open) -> String {
    match (one.name.as_str(), &one.address) {
        ("", Some(address)) => address.clone(),
        ("", None) => words.whoever_has_the_link().to_owned(),
        (name, Some(address)) => format!("{name} <{address}>"),
        (name, None) => name.to_owned(),
    }
}
