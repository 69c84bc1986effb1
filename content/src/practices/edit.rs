//! Writing practices in the browser, and changing what they say.

use super::{
    Details, PARTS,
    draft::{Around, Draft, Field},
};
use crate::{
    authors, challenges,
    edits::{self, Which},
    folder::{self, Written},
    gate::Viewer,
    people,
    store::{Failure, Store},
    texts::Reading,
    things::{Kind, Listed},
};
use jiff::Timestamp;
use language::Language;

/// Why a practice was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// A practice that is written, with what there is to choose from.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What its form shows.
    pub draft: Draft,
    /// Whether it was made in the browser and nothing lies in it: then it can be taken away there.
    pub removable: bool,
    /// Who may contribute: those who came with the seminar first.
    pub people: Vec<Listed>,
    /// The challenges that it may answer.
    pub challenges: Vec<Listed>,
}

/// What the form of a practice of a seminar shows those who may change it; none: of a new one, those who may write it.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &Listed,
    practice: Option<&Listed>,
) -> Result<Option<Editing>, Failure> {
    if !authors::may(viewer, seminar, practice) {
        return Ok(None);
    }
    let people = people::to_choose_from(store, viewer, reading, Some(seminar.id)).await?;
    let challenges = challenges::to_choose_from(store, viewer, reading).await?;
    let Some(practice) = practice else {
        return Ok(Some(Editing { draft: Draft::default(), removable: false, people, challenges }));
    };
    let none = Around { people: &[], countries: &[], challenges: &[], headings: [""; PARTS.len()], language: None };
    let shown = edits::shown(store, viewer, seminar, &authors::look(seminar, practice), &none).await?;
    Ok(shown.map(|(draft, removable)| Editing { draft, removable, people, challenges }))
}

/// Has a practice of a seminar say what somebody typed, or begins one, as a draft: its slug. `was` is the version of what
/// whoever asks was shown; `headings` what the fixed parts are called in a language.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    practice: Option<&Listed>,
    (was, typed): (&str, &Draft),
    headings: fn(Language) -> [&'static str; PARTS.len()],
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    if !authors::may(viewer, seminar, practice) {
        return Ok(Err(Refused::Forbidden));
    }
    let reading = Reading::in_locale(language::Locale::English);
    let slugs = |all: Vec<Listed>| all.into_iter().map(|one| one.place.slug).collect::<Vec<_>>();
    let people = slugs(people::to_choose_from(store, viewer, reading, Some(seminar.id)).await?);
    let challenges = slugs(challenges::to_choose_from(store, viewer, reading).await?);
    let language = typed.language(seminar.language);
    let (which, language) = match practice {
        Some(practice) if practice.draft => (Which::This(authors::look(seminar, practice).into()), Some(language)),
        Some(practice) => (Which::This(authors::look(seminar, practice).into()), None),
        None => (Which::New(blank(language).into()), Some(language)),
    };
    let headings = headings(language.or(practice.map(|practice| practice.language)).unwrap_or(seminar.language));
    let (countries, challenges) = (&seminar.countries[..], &challenges[..]);
    let around = Around { people: &people, countries, challenges, headings, language };
    edits::save(store, viewer, seminar, which, (was, typed), &around, now).await
}

/// Takes a practice away that was written in the browser. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    practice: &Listed,
    was: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    if !authors::may(viewer, seminar, Some(practice)) {
        return Ok(Err(Refused::Forbidden));
    }
    let none = Around { people: &[], countries: &[], challenges: &[], headings: [""; PARTS.len()], language: None };
    edits::remove(store, viewer, seminar, &authors::look(seminar, practice), was, &none, now).await
}

/// A practice that says nothing yet.
fn blank(language: Language) -> Written {
    let details = Details { maturity: None, valid_until: None, evidence: None };
    Written::blank(Kind::Practice, Kind::Practice.code().to_owned(), language, folder::Details::Practice(details))
}
