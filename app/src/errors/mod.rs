//! Pages for what is not there and for what went wrong.

use crate::{
    asked::{Asked, asked},
    render::Answer,
    ui::{Head, asking, document, leaf},
    words::Words,
};
use axum::http::StatusCode;
use language::Locale;
use leptos::prelude::*;

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Something of ours.
    Ours,
    /// Nothing at this address, or nothing for this viewer: the same words for both.
    NotFound,
    /// The address or the body is too long.
    TooLong,
    /// What was sent cannot be read.
    Unreadable,
    /// The method is none that this address knows.
    Method,
    /// Another site made the browser send this.
    Forged,
    /// It took too long.
    Late,
}

impl Error {
    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Ours => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::Late => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// The page of the fallback.
pub(crate) fn not_here() -> impl IntoView {
    expect_context::<Answer>().set_status(StatusCode::NOT_FOUND);
    not_found(&asked())
}

/// The page that says what went wrong, for the request in context.
pub(crate) fn page(error: Error) -> AnyView {
    let asked = asked();
    if error == Error::NotFound { not_found(&asked).into_any() } else { draw(&asked, error).into_any() }
}

/// Nothing here, in every language: the same words for what is not there and what may not be seen.
pub(crate) fn not_found(asked: &Asked) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.not_found_title(), words.not_found_lead()) };
    let others = Locale::ALL.into_iter().filter(|locale| locale.language() != asked.reading.locale.language());
    let others = others.filter(|locale| *locale != Locale::SerbianLatin);
    // Two languages may have the same words for it.
    let mut said: Vec<(Locale, &str)> = Vec::new();
    for locale in others {
        let sentence = Words(locale).not_found_short();
        if said.iter().all(|(_, other)| *other != sentence) {
            said.push((locale, sentence));
        }
    }
    let inside = view! {
        <div class="title">
            <h1>{words.not_found_title()}</h1>
            <p class="lead">{words.not_found_lead()}</p>
        </div>
        <ul class="flow flow--close lead" aria-label=words.same_in_other_languages()>
            {said.into_iter().map(|(locale, sentence)| view! { <li lang=locale.tag()>{sentence}</li> }).collect_view()}
        </ul>
        <div class="section section--near flow">
            {asking(words.what_looking_for(), words.search(), "", false)}
            <p>{words.or_go_to()} " " <a href="/seminars">{words.seminars()}</a></p>
        </div>
    };
    document(asked, head, leaf(&[1, 2, 3], "leaf leaf--ends", inside))
}

/// What went wrong, and what to do.
pub(crate) fn draw(asked: &Asked, error: Error) -> impl IntoView + use<> {
    let words = asked.words();
    let (title, lead) = match error {
        Error::TooLong => (words.too_long_title(), words.too_long_lead()),
        Error::Unreadable | Error::Forged => (words.bad_request_title(), words.bad_request_lead()),
        Error::Method => (words.method_title(), words.method_lead()),
        Error::Ours | Error::NotFound | Error::Late => (words.error_title(), words.error_lead()),
    };
    let head = Head { known: false, ..Head::new(title, lead) };
    let number = asked.request.to_string();
    let inside = view! {
        <div class="title">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            <p class="quiet">{words.request_number(number)}</p>
        </div>
        <p><a href="/">{words.home()}</a></p>
    };
    document(asked, head, leaf(&[], "leaf leaf--ends", inside))
}
