//! Looking at the site as somebody with another role sees it.

use super::door::held;
use crate::{
    accounts::part,
    asked::Asked,
    errors::Error,
    forms::{self, Session, Typed},
    render,
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{gate::Looking, roles::Part};
use leptos::prelude::*;

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    role: String,
}

/// Begins.
pub(super) async fn begin(
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let part = match sent.role.as_str() {
        "nobody" => None,
        role => match role.parse::<Part>() {
            Ok(part) => Some(part),
            Err(()) => return render::error(asked, Error::Unreadable).await.into_response(),
        },
    };
    let contents = match held(&asked, &slug).await {
        Ok(contents) => contents,
        Err(failure) => return forms::failed(asked, failure).await,
    };
    let looking = contents.and_then(|contents| {
        Some((Looking::at(&asked.viewer, &contents.seminar, part)?, contents.seminar.place.path()))
    });
    match looking {
        Some((looking, path)) => forms::with(Session::Looking(Some(looking)), &path),
        None => render::error(asked, Error::NotFound).await.into_response(),
    }
}

/// Ends: with one's own eyes again.
pub(super) async fn end() -> Response {
    forms::with(Session::Looking(None), "/account")
}

/// The form that begins it.
pub(super) fn begins(words: Words, path: &str) -> impl IntoView + use<> {
    let roles = Part::ALL.iter().map(|is| (is.code(), part(words, *is))).chain([("nobody", words.look_as_nobody())]);
    let buttons = roles
        .map(|(code, word)| view! { <button class="button button--second button--small" name="role" value=code>{word}</button> });
    view! {
        <section class="flow" aria-labelledby="looking">
            <h2 id="looking">{words.look_as()}</h2>
            <p>{words.look_as_lead()}</p>
            <form class="actions" method="post" action=format!("{path}/looking")>{buttons.collect_view()}</form>
        </section>
    }
}

/// What stands above every page meanwhile.
pub(crate) fn says(words: Words, looking: &Looking) -> impl IntoView + use<> {
    let role = looking.part().map_or(words.look_as_nobody(), |is| part(words, is));
    view! {
        <form class="looking" method="post" action="/account/looking">
            <span>{words.looking_as(role)}</span>
            <button class="button button--small">{words.look_no_more()}</button>
        </form>
    }
}
