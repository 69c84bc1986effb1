//! Adding materials to a seminar, and changing what they say and hold.

use super::{
    Attachment, Details,
    draft::{Around, Draft, Field},
};
use crate::{
    edits::{self, Which},
    folder::{self, Written},
    gate::Viewer,
    roles::Act,
    seminars::Contents,
    store::{Failure, Store},
    things::{Kind, Look},
};
use jiff::Timestamp;

/// Why a material was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// A material that is edited.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What its form shows.
    pub draft: Draft,
    /// Whether it was added in the browser: then it can be taken away there.
    pub removable: bool,
}

/// What the form of a material shows those who may edit it; none: of a new one.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    material: Option<&str>,
) -> Result<Option<Editing>, Failure> {
    if !viewer.may_in(Act::EditMaterials, &contents.seminar) {
        return Ok(None);
    }
    let Some(slug) = material else { return Ok(Some(Editing { draft: Draft::default(), removable: false })) };
    let around = Around { sessions: &[], sent: None, moves: false };
    let shown = edits::shown(store, viewer, &contents.seminar, &itself(contents, slug), &around).await?;
    Ok(shown.map(|(draft, removable)| Editing { draft, removable }))
}

/// Has a material say and hold what somebody typed and sent, or adds one: its slug. `was` is the version of what whoever
/// asks was shown; `sent` a file that came with it.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    material: Option<&str>,
    (was, typed, sent): (&str, &Draft, Option<&Attachment>),
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    let seminar = &contents.seminar;
    if !viewer.may_in(Act::EditMaterials, seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let sessions: Vec<String> = contents.of(Kind::Session).map(|session| session.place.slug.clone()).collect();
    let which = match material {
        Some(slug) => Which::This(itself(contents, slug).into()),
        None => Which::New(blank(contents, typed).into()),
    };
    let moves = viewer.may_in(Act::SetVisibility, seminar);
    let around = Around { sessions: &sessions, sent, moves };
    edits::save(store, viewer, seminar, which, (was, typed), &around, now).await
}

/// Takes a material away that was added in the browser. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    material: &str,
    was: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    if !viewer.may_in(Act::EditMaterials, &contents.seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let around = Around { sessions: &[], sent: None, moves: false };
    edits::remove(store, viewer, &contents.seminar, &itself(contents, material), was, &around, now).await
}

fn itself<'a>(contents: &Contents, slug: &'a str) -> Look<'a> {
    let home = [contents.seminar.id].into_iter().collect();
    Look { kinds: &[Kind::Material], slug: Some(slug), seminar: Some(home), ..Look::default() }
}

/// A material that says nothing yet, after all others.
fn blank(contents: &Contents, typed: &Draft) -> Written {
    let language = folder::written_in(&typed.text, contents.seminar.language);
    let last = contents.of(Kind::Material).map(|material| material.position).max();
    let slug = edits::slug(&typed.title, Kind::Material.code());
    let blank = Written::blank(Kind::Material, slug, language, folder::Details::Material(Details::default()));
    Written { position: last.unwrap_or_default().saturating_add(1), ..blank }
}
