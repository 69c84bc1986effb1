//! Practices.

pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod practice;

use crate::forms;
use axum::{Router, routing::post};

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/seminars/{seminar}/practices/new", post(edit::post_new).layer(forms::whole()))
        .route("/practices/{practice}/edit", post(edit::post).layer(forms::whole()))
        .route("/practices/{practice}/remove", post(edit::remove))
}
