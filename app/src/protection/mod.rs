//! Who may see what of a seminar, for those who organise it.

pub(crate) mod list;
pub(crate) mod one;
mod rule;

use crate::words::Words;
use axum::{Router, routing::post};
use content::gate::Visibility;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/seminars/{seminar}/protection/{kind}/{thing}", post(one::post))
}

/// For whom something is.
fn visibility(words: Words, visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => words.visibility_public(),
        Visibility::Members => words.visibility_members(),
        Visibility::Participants => words.visibility_participants(),
        Visibility::Team => words.visibility_team(),
    }
}
