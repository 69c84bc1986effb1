//! Who may see what of a seminar, for those who organise it.

pub(crate) mod list;
pub(crate) mod one;
mod release;
mod rule;

use crate::words::Words;
use axum::{Router, routing::post};
use content::{
    gate::Visibility,
    protection::{INHERITED, Protection},
};
use jiff::Timestamp;

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
        Visibility::Early => words.visibility_early(),
        Visibility::Team => words.visibility_team(),
    }
}

/// What is planned for a thing, and when it comes.
fn planned(words: Words, one: &Protection) -> Option<String> {
    let (comes, who) = one.comes?;
    Some(words.release_planned(visibility(words, who), moment(words, comes, one)))
}

/// A moment by the clock of the seminar.
fn moment(words: Words, at: Timestamp, one: &Protection) -> String {
    let day = words.day_of_year(one.clock.to_datetime(at).date());
    format!("{day}, {}", words.time(at, &one.clock))
}
