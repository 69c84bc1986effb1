//! Materials.

pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod material;

use crate::{ui::PhraseView, words::Words};
use axum::{Router, extract::DefaultBodyLimit, routing::post};
use content::{
    folder::{FILE_MOST, TEXT_MOST},
    materials::{Form, Material},
};
use leptos::prelude::*;

/// The forms with which files are sent: they take as long as that takes.
pub(crate) fn uploads<S: Clone + Send + Sync + 'static>() -> Router<S> {
    // A file that is too long is read and dropped, within bounds, so that a page can say so: a browser that is cut off
    // shows none.
    let most = usize::try_from(4 * FILE_MOST + 2 * TEXT_MOST).unwrap_or(usize::MAX);
    Router::new()
        .route("/seminars/{seminar}/materials/new", post(edit::post_new))
        .route("/seminars/{seminar}/materials/{material}/edit", post(edit::post))
        .layer(DefaultBodyLimit::max(most))
}

/// The other forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/seminars/{seminar}/materials/{material}/remove", post(edit::remove))
}

/// The language that is met with a material: a page has its translations, a file or a link is as it is.
pub(crate) fn language(words: Words, material: &Material) -> &'static str {
    words.language_name(match material.form {
        Form::Page => material.listed.shown,
        Form::Link(_) | Form::File(_) => material.listed.language,
    })
}

/// What a material is, in a few words: its form, its size and its language.
pub(crate) fn about(words: Words, material: &Material) -> String {
    let language = language(words, material);
    let form = match &material.form {
        Form::Page => words.page().to_owned(),
        Form::Link(_) => words.link().to_owned(),
        Form::File(file) => format!("{}, {}", extension(&file.name), words.bytes(file.size)),
    };
    format!("{form}, {language}")
}

/// The kind of a file, as people name it: the end of its name.
pub(crate) fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_uppercase())
}

/// A list of materials.
pub(crate) fn files(words: Words, materials: Vec<Material>) -> impl IntoView {
    let items = materials.into_iter().map(|material| {
        let about = about(words, &material);
        view! {
            <li class="files__item">
                <a class="files__link" href=material.listed.place.path()>{material.listed.title.view()}</a>
                <span class="files__about">{about}</span>
            </li>
        }
    });
    view! { <ul class="files">{items.collect_view()}</ul> }
}

/// The same in the margin; nothing where there are none.
pub(crate) fn section(words: Words, materials: Vec<Material>) -> Option<impl IntoView> {
    (!materials.is_empty()).then(|| {
        view! { <section aria-labelledby="materials"><h2 class="marginalia__heading" id="materials">{words.materials()}</h2>{files(words, materials)}</section> }
    })
}
