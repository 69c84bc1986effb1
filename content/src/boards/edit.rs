//! Making boards of a seminar, and changing what they ask and how they work.

use super::{
    Details, begun,
    draft::{Around, Draft, Field},
};
use crate::{
    edits::{self, Which},
    folder::{self, Written},
    gate::{Viewer, Visibility},
    roles::Act,
    seminars::Contents,
    store::{Failure, Store},
    things::{Kind, Look},
};
use jiff::Timestamp;

/// Why a board was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// A board that is edited.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What its form shows.
    pub draft: Draft,
    /// Whether it was made in the browser and nothing has happened on it: then it can be taken away there.
    pub removable: bool,
    /// Whether somebody has begun with it: how it works is fixed.
    pub begun: bool,
}

/// What the form of a board shows those who may edit it; none: of a new one.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    board: Option<&str>,
) -> Result<Option<Editing>, Failure> {
    if !viewer.may_in(Act::RunBoards, &contents.seminar) {
        return Ok(None);
    }
    let Some(slug) = board else {
        return Ok(Some(Editing { draft: Draft::default(), removable: false, begun: false }));
    };
    let begun = has_begun(store, contents, slug).await?;
    let look = itself(contents, slug);
    let shown = edits::shown(store, viewer, &contents.seminar, &look, &Around::default()).await?;
    Ok(shown.map(|(draft, removable)| Editing { draft, removable, begun }))
}

/// Has a board say what somebody typed, or makes one: its slug. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    board: Option<&str>,
    (was, typed): (&str, &Draft),
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    let seminar = &contents.seminar;
    if !viewer.may_in(Act::RunBoards, seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let sessions: Vec<String> = contents.of(Kind::Session).map(|session| session.place.slug.clone()).collect();
    // Nobody sees a new one yet.
    let moves = board.is_none() || viewer.may_in(Act::SetVisibility, seminar);
    let (which, begun) = match board {
        Some(slug) => (Which::This(itself(contents, slug).into()), has_begun(store, contents, slug).await?),
        None => (Which::New(blank(contents, typed).into()), false),
    };
    let around = Around { sessions: &sessions, moves, begun };
    edits::save(store, viewer, seminar, which, (was, typed), &around, now).await
}

/// Takes a board away that was made in the browser and with which nobody has begun. `was` is the version of what whoever
/// asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    board: &str,
    was: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    if !viewer.may_in(Act::RunBoards, &contents.seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let look = itself(contents, board);
    edits::remove(store, viewer, &contents.seminar, &look, was, &Around::default(), now).await
}

/// Whether somebody has begun with a board, as far as whoever looks sees it.
async fn has_begun(store: &Store, contents: &Contents, slug: &str) -> Result<bool, Failure> {
    match contents.find(Kind::Board, slug) {
        Some(board) => begun(store.read(), board.id.id()).await,
        None => Ok(false),
    }
}

fn itself<'a>(contents: &Contents, slug: &'a str) -> Look<'a> {
    let home = [contents.seminar.id].into_iter().collect();
    Look { kinds: &[Kind::Board], slug: Some(slug), seminar: Some(home), ..Look::default() }
}

/// A board that says nothing yet, after all others.
fn blank(contents: &Contents, typed: &Draft) -> Written {
    let language = typed.language(contents.seminar.language);
    let last = contents.of(Kind::Board).map(|board| board.position).max();
    let slug = edits::slug(&typed.title, Kind::Board.code());
    let blank = Written::blank(Kind::Board, slug, language, folder::Details::Board(Details::default()));
    let visibility = Visibility::by_itself(Kind::Board);
    Written { position: last.unwrap_or_default().saturating_add(1), visibility, ..blank }
}
