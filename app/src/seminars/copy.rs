//! `/seminars/{seminar}/copy`: another seminar like one that was.

use super::way;
use crate::{
    asked::Asked,
    edits::Told,
    errors::Error,
    forms::{self, Typed},
    render,
    ui::{Head, Line, crumbs, document, leaf, line, settle},
};
use axum::{
    Extension,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    roles::Act,
    seminars::{self, Contents, Copy, Fault, Field, Refused},
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again(Copy, Vec<Fault>);

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    title: String,
    starts: String,
}

pub(crate) fn copy() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            if !asked.viewer.may(Act::MakeSeminars) {
                return Ok(None);
            }
            let found = seminars::contents(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            Ok(found.map(|contents| draw(&asked, &contents, again)))
        },
        render::nowhere_else,
    )
}

/// Makes it.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path(seminar): Path<String>,
    Typed(Sent { title, starts }): Typed<Sent>,
) -> Response {
    let typed = Copy { title, starts };
    let done = async {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let found = seminars::contents(store, viewer, asked.reading, &seminar).await?;
        let Some(contents) = found else { return Ok(Err(Refused::Forbidden)) };
        seminars::copy(store, viewer, &contents, &typed, Timestamp::now()).await
    };
    match done.await {
        Ok(Ok(slug)) => forms::to(&format!("/seminars/{slug}/edit")),
        Ok(Err(Refused::Faults(faults))) => {
            forms::drawn_again(asked, StatusCode::UNPROCESSABLE_ENTITY, Again(typed, faults)).await
        }
        Ok(Err(Refused::Forbidden | Refused::Changed(_))) => {
            render::error(asked, Error::NotFound).await.into_response()
        }
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, contents: &Contents, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let Again(typed, faults) = again.unwrap_or_else(|| {
        let title = contents.seminar.title.text.clone();
        Again(Copy { title, starts: String::new() }, Vec::new())
    });
    let told = |field| faults.iter().find(|fault| fault.field == field).map(|fault| Field::sentence(words, *fault));
    let summary = faults.iter().map(|fault| {
        let why = format!("{}: {}", fault.field.label(words, &()), Field::sentence(words, *fault));
        (Some(fault.field.name()), why)
    });
    let starts = told(Field::Starts);
    // A date that cannot be read could not be shown by a field that is for one.
    let kind = if starts.is_some() { "text" } else { "date" };
    let inside = view! {
        <div class="title title--near">
            {crumbs(words.you_are_in(), way(words, &contents.seminar, Vec::new()))}
            <h1>{words.copy_seminar()}</h1>
            <p class="lead">{words.copy_lead()}</p>
        </div>
        <form class="flow flow--loose" method="post" novalidate>
            {settle(words, summary.collect())}
            {line(Line { name: "title", label: words.spot_title().to_owned(), fill: "off", value: typed.title, refused: told(Field::Title), ..Line::default() })}
            {line(Line { name: "starts", label: words.first_day().to_owned(), kind, fill: "off", value: typed.starts, refused: starts, ..Line::default() })}
            <p class="actions"><button class="button">{words.copy_seminar()}</button></p>
        </form>
    };
    document(asked, Head { known: false, ..Head::new(words.copy_seminar(), "") }, leaf(&[], "leaf", inside))
}
