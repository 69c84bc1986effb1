//! Naming challenges in the browser, and changing what is said of them.

use super::{
    Details,
    draft::{Around, Draft, Field},
};
use crate::{
    authors,
    edits::{self, Which},
    folder::{self, Written},
    gate::Viewer,
    roles::Act,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Kind, Listed, Look},
};
use jiff::Timestamp;
use language::Language;

/// Why a challenge was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// A challenge that is written.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What its form shows.
    pub draft: Draft,
    /// Whether it was made in the browser and nothing lies in it: then it can be taken away there.
    pub removable: bool,
    /// The sessions that may have named it, in their order.
    pub sessions: Vec<Listed>,
}

/// The most challenges to choose from.
const TO_CHOOSE_FROM: u64 = 500;

/// Challenges to choose from, the last changed first.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn to_choose_from(store: &Store, viewer: &Viewer, reading: Reading) -> Result<Vec<Listed>, Failure> {
    let page = Some((TO_CHOOSE_FROM, 0));
    let look = Look { kinds: &[Kind::Challenge], newest_first: true, examples_last: true, page, ..Look::default() };
    things::list(store, viewer, reading, &look).await
}

async fn sessions(store: &Store, viewer: &Viewer, reading: Reading, seminar: &Listed) -> Result<Vec<Listed>, Failure> {
    let home = [seminar.id].into_iter().collect();
    let look = Look { kinds: &[Kind::Session], seminar: Some(home), ..Look::default() };
    things::list(store, viewer, reading, &look).await
}

/// What the form of a challenge of a seminar shows those who may change it; none: of a new one, those who may write it.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &Listed,
    challenge: Option<&Listed>,
) -> Result<Option<Editing>, Failure> {
    if !authors::may(viewer, seminar, challenge) {
        return Ok(None);
    }
    let sessions = sessions(store, viewer, reading, seminar).await?;
    let Some(challenge) = challenge else {
        return Ok(Some(Editing { draft: Draft::default(), removable: false, sessions }));
    };
    let none = Around { sessions: &[], countries: &[], moves: false, language: None };
    let shown = edits::shown(store, viewer, seminar, &authors::look(seminar, challenge), &none).await?;
    Ok(shown.map(|(draft, removable)| Editing { draft, removable, sessions }))
}

/// Has a challenge of a seminar say what somebody typed, or begins one, as a draft: its slug. `was` is the version of what
/// whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    challenge: Option<&Listed>,
    (was, typed): (&str, &Draft),
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    if !authors::may(viewer, seminar, challenge) {
        return Ok(Err(Refused::Forbidden));
    }
    let reading = Reading::in_locale(language::Locale::English);
    let sessions = sessions(store, viewer, reading, seminar).await?;
    let sessions: Vec<String> = sessions.into_iter().map(|session| session.place.slug).collect();
    // Of a draft nobody sees anything yet.
    let is_draft = challenge.is_none_or(|challenge| challenge.draft);
    let moves = is_draft || viewer.may_in(Act::SetVisibility, seminar);
    let language = is_draft.then(|| typed.language(seminar.language));
    let around = Around { sessions: &sessions, countries: &seminar.countries, moves, language };
    let which = match challenge {
        Some(challenge) => Which::This(authors::look(seminar, challenge).into()),
        None => Which::New(blank(typed.language(seminar.language)).into()),
    };
    edits::save(store, viewer, seminar, which, (was, typed), &around, now).await
}

/// Takes a challenge away that was written in the browser. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    challenge: &Listed,
    was: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    if !authors::may(viewer, seminar, Some(challenge)) {
        return Ok(Err(Refused::Forbidden));
    }
    let none = Around { sessions: &[], countries: &[], moves: false, language: None };
    edits::remove(store, viewer, seminar, &authors::look(seminar, challenge), was, &none, now).await
}

/// A challenge that says nothing yet.
fn blank(language: Language) -> Written {
    let details = folder::Details::Challenge(Details { emerging: false });
    Written::blank(Kind::Challenge, Kind::Challenge.code().to_owned(), language, details)
}
