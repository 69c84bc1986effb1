//! Translations, as they are written in the browser: what there is of a seminar in which language, and the form of one.

mod edit;
mod list;

pub(crate) use edit::{of_board, of_challenge, of_material, of_practice, of_seminar, of_session};
pub(crate) use list::list;

use crate::{forms, words::Words};
use axum::{
    Router,
    routing::{MethodRouter, post},
};
use content::{
    things::{Kind, Listed},
    translations::Standing,
};
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let whole = |form: MethodRouter<S>| form.layer(forms::whole());
    Router::new()
        .route("/seminars/{seminar}/translations/{language}", whole(post(edit::seminar)))
        .route("/seminars/{seminar}/translations/{language}/remove", post(edit::remove_seminar))
        .route("/seminars/{seminar}/sessions/{session}/translations/{language}", whole(post(edit::session)))
        .route("/seminars/{seminar}/sessions/{session}/translations/{language}/remove", post(edit::remove_session))
        .route("/seminars/{seminar}/materials/{material}/translations/{language}", whole(post(edit::material)))
        .route("/seminars/{seminar}/materials/{material}/translations/{language}/remove", post(edit::remove_material))
        .route("/seminars/{seminar}/boards/{board}/translations/{language}", whole(post(edit::board)))
        .route("/seminars/{seminar}/boards/{board}/translations/{language}/remove", post(edit::remove_board))
        .route("/practices/{practice}/translations/{language}", whole(post(edit::practice)))
        .route("/practices/{practice}/translations/{language}/remove", post(edit::remove_practice))
        .route("/challenges/{challenge}/translations/{language}", whole(post(edit::challenge)))
        .route("/challenges/{challenge}/translations/{language}/remove", post(edit::remove_challenge))
}

/// How a thing stands in a language.
fn standing(words: Words, is: Standing) -> &'static str {
    match is {
        Standing::Missing => words.translation_missing(),
        Standing::Machine => words.machine_short(),
        Standing::Outdated => words.translation_stale(),
        Standing::Read => words.translation_there(),
    }
}

/// The id of a thing in the list of all translations.
fn anchor(kind: Kind, slug: &str) -> String {
    format!("{}-{slug}", kind.code())
}

/// In the form of a thing: in which language it is written there, and the way to the others.
pub(crate) fn note(words: Words, seminar: &Listed, itself: &Listed) -> impl IntoView + use<> {
    let text = words.room_for_text(words.language_name(itself.language));
    let to = format!("{}/translations#{}", seminar.place.path(), anchor(itself.place.kind, &itself.place.slug));
    let way = (!itself.draft).then(|| view! { " " <a href=to>{words.translations()}</a> });
    view! { <p class="small quiet">{text}{way}</p> }
}
