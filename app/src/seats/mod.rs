//! Coming in by a code, and the door that organisers hold.

pub(crate) mod door;
pub(crate) mod enter;
pub(crate) mod join;
pub(crate) mod looking;
pub(crate) mod one;
pub(crate) mod paper;
pub(crate) mod picture;
pub(crate) mod seat;

use axum::{Router, routing::post};

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/join", post(join::post))
        .route("/join/{code}", post(enter::post))
        .route("/account/seat", post(seat::claim))
        .route("/account/delegation", post(seat::delegation))
        .route("/account/looking", post(looking::end))
        .route("/seminars/{seminar}/looking", post(looking::begin))
        .route("/seminars/{seminar}/door", post(door::post))
        .route("/seminars/{seminar}/rehearsal", post(door::rehearsal))
        .route("/seminars/{seminar}/seats", post(door::add))
        .route("/seminars/{seminar}/seats/{seat}", post(one::post))
        .route("/seminars/{seminar}/seats/{seat}/remove", post(door::remove))
}
