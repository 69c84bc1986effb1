//! `/sign-in/{token}`: a link that signs in once.

use super::{of_link, sentence};
use crate::{
    asked::Asked,
    forms::{self, Session},
    render::Answer,
    ui::{Head, document, from_home, leaf},
};
use axum::{Extension, extract::Path, http::StatusCode, response::Response};
use content::accounts::{self, Link, Purpose, Refusal, Token};
use jiff::Timestamp;
use leptos::prelude::*;

pub(crate) fn link() -> impl IntoView {
    of_link(Purpose::SignIn, draw)
}

/// Spends the link.
pub(super) async fn post(Extension(asked): Extension<Asked>, Path(token): Path<String>) -> Response {
    let Some(token) = Token::read(&token) else { return forms::again(asked, Refusal::Spent, Refusal::Spent).await };
    match accounts::by_link(&asked.store, &token, Timestamp::now()).await {
        Ok(Ok(entered)) => forms::with(Session::Entered(entered), "/account"),
        Ok(Err(refusal)) => forms::again(asked, refusal, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, link: Option<Link>, refusal: Option<Refusal>) -> AnyView {
    let words = asked.words();
    let Some(link) = link else { return spent(asked, refusal.unwrap_or(Refusal::Spent)) };
    let head = Head { known: false, ..Head::new(words.sign_in_by_link(), words.sign_in_lead()) };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.sign_in_by_link()}</h1><p class="lead">{words.sign_in_by_link_lead(link.name)}</p></div>
        <form class="flow" method="post">
            {super::above(words, refusal)}
            <p class="actions"><button class="button">{words.sign_in()}</button></p>
        </form>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// The page of a link that is none any more: the same for what was spent, has ended and never was.
pub(super) fn spent(asked: &Asked, refusal: Refusal) -> AnyView {
    expect_context::<Answer>().set_status(StatusCode::NOT_FOUND);
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.link_spent(), sentence(words, refusal)) };
    let inside = view! {
        <div class="title"><h1>{words.link_spent()}</h1><p class="lead">{sentence(words, refusal)}</p></div>
        <p><a href="/sign-in">{words.sign_in()}</a></p>
    };
    document(asked, head, leaf(&[], "leaf leaf--ends", inside))
}
