//! Naming people and organisations in a seminar, and changing what is said of them.

mod draft;
#[cfg(test)]
mod tests;

pub use draft::{Draft, Fault, Field};

use crate::{
    coded::coded,
    edits::{self, Which},
    folder::{Details, Written},
    gate::Viewer,
    organisations, people,
    roles::Act,
    seminars,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Kind, Listed, Look},
};
use draft::Around;
use jiff::Timestamp;
use language::Locale;

coded! {
    /// Who is named.
    Who {
        /// A person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
    }
}

/// Why nothing was changed.
pub type Refused = edits::Refused<Draft, Field>;

/// Somebody who is edited, with what there is to choose from.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What their form shows.
    pub draft: Draft,
    /// Whether they were named in the browser and nothing names them elsewhere: then they can be taken away there.
    pub removable: bool,
    /// For whom a person may work.
    pub organisations: Vec<Listed>,
}

/// The most organisations to choose from.
const TO_CHOOSE_FROM: u64 = 500;

impl Who {
    fn kind(self) -> Kind {
        match self {
            Self::Person => Kind::Person,
            Self::Organisation => Kind::Organisation,
        }
    }

    fn look(self, slug: &str) -> Look<'_> {
        let kinds: &[Kind] = match self {
            Self::Person => &[Kind::Person],
            Self::Organisation => &[Kind::Organisation],
        };
        Look { kinds, slug: Some(slug), ..Look::default() }
    }

    fn blank(self, seminar: &Listed, name: &str) -> Written {
        let details = match self {
            Self::Person => Details::Person(people::Details { country: None }),
            Self::Organisation => {
                Details::Organisation(organisations::Details { abbreviation: None, url: None, country: None })
            }
        };
        Written::blank(self.kind(), edits::slug(name, self.kind().code()), seminar.language, details)
    }
}

/// The seminar that somebody came with, for those who may edit it.
///
/// # Errors
/// When the store does not answer.
pub async fn home(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    (who, slug): (Who, &str),
) -> Result<Option<Listed>, Failure> {
    let Some(thing) = things::list(store, viewer, reading, &who.look(slug)).await?.pop() else { return Ok(None) };
    let Some(seminar) = thing.seminar else { return Ok(None) };
    let seminar = seminars::listed(store, viewer, reading, &seminar).await?;
    Ok(seminar.filter(|seminar| viewer.may_in(Act::EditSeminar, seminar)))
}

/// What the form of somebody of a seminar shows those who may edit it; none: of somebody new.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &Listed,
    (who, slug): (Who, Option<&str>),
) -> Result<Option<Editing>, Failure> {
    if !viewer.may_in(Act::EditSeminar, seminar) {
        return Ok(None);
    }
    let organisations = match who {
        Who::Person => organisations(store, viewer, reading).await?,
        Who::Organisation => Vec::new(),
    };
    let Some(slug) = slug else {
        return Ok(Some(Editing { draft: Draft::default(), removable: false, organisations }));
    };
    let shown = edits::shown(store, viewer, seminar, &within(who, seminar, slug), &Around(&[])).await?;
    Ok(shown.map(|(draft, removable)| Editing { draft, removable, organisations }))
}

/// Has somebody of a seminar be as was typed, or names them: their slug. `was` is the version of what whoever asks was
/// shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (who, slug): (Who, Option<&str>),
    (was, typed): (&str, &Draft),
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    if !viewer.may_in(Act::EditSeminar, seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let organisations = organisations(store, viewer, Reading::in_locale(Locale::English)).await?;
    let organisations: Vec<String> = organisations.into_iter().map(|one| one.place.slug).collect();
    let which = match slug {
        Some(slug) => Which::This(within(who, seminar, slug).into()),
        None => Which::New(who.blank(seminar, &typed.name).into()),
    };
    edits::save(store, viewer, seminar, which, (was, typed), &Around(&organisations), now).await
}

/// Takes somebody away who was named in the browser and whom nothing names elsewhere. `was` is the version of what whoever
/// asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (who, slug): (Who, &str),
    was: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    if !viewer.may_in(Act::EditSeminar, seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    edits::remove(store, viewer, seminar, &within(who, seminar, slug), was, &Around(&[]), now).await
}

fn within<'a>(who: Who, seminar: &Listed, slug: &'a str) -> Look<'a> {
    Look { seminar: Some([seminar.id].into_iter().collect()), ..who.look(slug) }
}

async fn organisations(store: &Store, viewer: &Viewer, reading: Reading) -> Result<Vec<Listed>, Failure> {
    let look = Look { kinds: &[Kind::Organisation], page: Some((TO_CHOOSE_FROM, 0)), ..Look::default() };
    things::list(store, viewer, reading, &look).await
}
