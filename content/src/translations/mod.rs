//! Translations that are written in the browser: of what seminars say, and what lies in them.

mod draft;
#[cfg(test)]
mod tests;

pub use draft::{Draft, Field};

use crate::{
    authors,
    edits::{self, Draft as _, Edited, Held, Which, publish},
    gate::Viewer,
    roles::Act,
    seminars::Contents,
    store::{Failure, Store},
    texts::{Status, entity as text},
    things::{Kind, Listed, Look},
};
use jiff::Timestamp;
use language::Language;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// Of what kinds of things.
pub const KINDS: [Kind; 6] =
    [Kind::Seminar, Kind::Session, Kind::Material, Kind::Practice, Kind::Challenge, Kind::Board];

/// Why a translation was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// How a thing stands in a language in which it was not written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It says nothing in it.
    #[default]
    Missing,
    /// A machine translated it and no speaker has read it.
    Machine,
    /// The original has changed since it was translated.
    Outdated,
    /// It says what the original says, and a person wrote or read it.
    Read,
}

impl Standing {
    fn of(status: Status, outdated: bool) -> Self {
        match (status, outdated) {
            (_, true) => Self::Outdated,
            (Status::Machine, false) => Self::Machine,
            (Status::Original | Status::Human, false) => Self::Read,
        }
    }
}

/// A translation that is written, beside what it is made from.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What its form shows.
    pub draft: Draft,
    /// What the original says.
    pub original: Draft,
    /// How it stands.
    pub standing: Standing,
}

/// Whether they may write translations of a thing of a seminar: those who may change what it says. What is not published
/// yet may still come to be in another language.
pub fn may(viewer: &Viewer, seminar: &Listed, itself: &Listed) -> bool {
    match itself.place.kind {
        Kind::Seminar => viewer.may_in(Act::EditSeminar, seminar),
        Kind::Session => viewer.may_in(Act::EditProgramme, seminar),
        Kind::Material => viewer.may_in(Act::EditMaterials, seminar),
        Kind::Board => viewer.may_in(Act::RunBoards, seminar),
        Kind::Practice | Kind::Challenge => !itself.draft && authors::may_edit(viewer, seminar, itself),
        _ => false,
    }
}

/// Whether something can be translated into a language: into each but the one in which it was written.
fn fits(viewer: &Viewer, seminar: &Listed, itself: &Listed, language: Language) -> bool {
    language != itself.language && may(viewer, seminar, itself)
}

fn look(itself: &Listed) -> Look<'static> {
    Look { ids: Some(vec![itself.id.id()].into()), ..Look::default() }
}

/// What the form of a translation shows those who may write it.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    itself: &Listed,
    language: Language,
) -> Result<Option<Editing>, Failure> {
    if !fits(viewer, seminar, itself, language) {
        return Ok(None);
    }
    let Some(held) = edits::held(store, viewer, &seminar.place.slug, &look(itself)).await? else { return Ok(None) };
    let there = held.seen.translation(language);
    let standing = there.map(|text| Standing::of(text.status, !held.seen.is_current(text)));
    Ok(Some(Editing {
        draft: Draft::of(&held.seen, &language),
        original: Draft::original(&held.seen),
        standing: standing.unwrap_or_default(),
    }))
}

/// Has a thing say in a language what somebody typed: a person has read it then. `was` is the version of what they were
/// shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    itself: &Listed,
    language: Language,
    (was, typed): (&str, &Draft),
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    if !fits(viewer, seminar, itself, language) {
        return Ok(Err(Refused::Forbidden));
    }
    edits::save(store, viewer, seminar, Which::This(look(itself).into()), (was, typed), &language, now).await
}

/// Takes a translation away. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    itself: &Listed,
    language: Language,
    was: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    if !fits(viewer, seminar, itself, language) {
        return Ok(Err(Refused::Forbidden));
    }
    let held = edits::held(store, viewer, &seminar.place.slug, &look(itself)).await?;
    let Some(Held { row, stored, seen }) = held else { return Ok(Err(Refused::Forbidden)) };
    let shown = Draft::of(&seen, &language);
    let changed = Err(Refused::Changed(Box::new(shown.clone())));
    if edits::version(&shown) != was || seen.translation(language).is_none() {
        return Ok(changed);
    }
    let (mut after, mut seen_after) = (stored.clone(), seen.clone());
    for says in [&mut after, &mut seen_after] {
        says.translate(language, None);
    }
    let edited = Edited { before: Some((row, stored)), after, seen: Some((seen, seen_after)), publishes: false };
    let written = publish(store, viewer, Some(seminar.id.id()), vec![edited], now).await?;
    Ok(if written.is_some() { Ok(()) } else { changed })
}

/// What of a seminar somebody may translate, in its order, and how each stands in every language.
///
/// # Errors
/// When the store does not answer.
pub async fn all(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
) -> Result<Vec<(Listed, BTreeMap<Language, Standing>)>, Failure> {
    let seminar = &contents.seminar;
    let inside = KINDS.iter().flat_map(|kind| contents.of(*kind));
    let things: Vec<&Listed> = std::iter::once(seminar).chain(inside).filter(|one| may(viewer, seminar, one)).collect();
    let mut rows: BTreeMap<i64, Vec<(String, String, String)>> = BTreeMap::new();
    for part in things.chunks(500) {
        let says = text::Entity::find()
            .select_only()
            .columns([text::Column::ThingId, text::Column::Language, text::Column::Status, text::Column::Origin])
            .filter(text::Column::ThingId.is_in(part.iter().map(|one| one.id.id())))
            .order_by_asc(text::Column::Id);
        for (thing, language, status, origin) in says.into_tuple().all(store.read()).await? {
            rows.entry(thing).or_default().push((language, status, origin));
        }
    }
    let standings = |thing: &Listed| -> Result<_, Failure> {
        let says = rows.remove(&thing.id.id()).unwrap_or_default();
        let original = says.iter().find(|(_, status, _)| status == Status::Original.code()).map(|(.., origin)| origin);
        let mut all: BTreeMap<Language, Standing> = Language::ALL
            .iter()
            .filter(|language| **language != thing.language)
            .map(|language| (*language, Standing::Missing))
            .collect();
        for (language, status, origin) in &says {
            let language = language.parse().map_err(|_| Failure::odd("text.language"))?;
            let status = status.parse().map_err(|()| Failure::odd("text.status"))?;
            if let Some(standing) = all.get_mut(&language) {
                *standing = Standing::of(status, Some(origin) != original);
            }
        }
        Ok((thing.clone(), all))
    };
    things.into_iter().map(standings).collect()
}
