//! A thing as a form has it: what it shows, what somebody makes of that, and what that makes of what is stored.

use super::{Fault, write::Edited};
use crate::{
    folder::{self, Written},
    gate::{Reason, Viewer},
    store::{Failure, Store},
    things::{self, Look, entity::thing},
};
use serde::Serialize;

/// Why a thing was not changed: `D` is what its form has, `F` the fields of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused<D, F> {
    /// The table of roles does not let them, or there is no such thing for them: the same for both.
    Forbidden,
    /// Something will not do.
    Faults(Vec<Fault<F>>),
    /// Somebody else changed it meanwhile: it is like this now.
    Changed(Box<D>),
}

/// What a form has of a thing.
pub(crate) trait Draft: Clone + Default + PartialEq + Serialize {
    /// Its fields.
    type Field;
    /// What it is read by.
    type Around<'a>;

    /// What the form shows.
    fn of(thing: &Written, around: &Self::Around<'_>) -> Self;

    /// Has a thing say what this says, where it says something else than what was shown; what will not do is left, and
    /// told.
    fn onto(&self, shown: &Self, thing: &mut Written, around: &Self::Around<'_>) -> Vec<Fault<Self::Field>>;
}

/// A mark of all that a form has: of two who edit a thing at once, the second brings another than there is.
pub(crate) fn version(draft: &impl Serialize) -> String {
    let all = serde_json::to_vec(draft).unwrap_or_default();
    blake3::hash(&all).to_hex()[..16].to_owned()
}

/// A thing as it is stored, and as far as somebody may see it.
pub(crate) struct Held {
    pub(crate) row: thing::Model,
    pub(crate) stored: Written,
    pub(crate) seen: Written,
}

/// The one thing that is looked for in a seminar, or that seminar.
pub(crate) async fn held(
    store: &Store,
    viewer: &Viewer,
    seminar: &str,
    look: &Look<'_>,
) -> Result<Option<Held>, Failure> {
    let Some(found) = things::rows(store, viewer, look).await?.pop() else { return Ok(None) };
    // What they may not see of it has to stay when they change the rest.
    let all = Viewer::everything(Reason::Keeping);
    let stored = folder::written(store, &all, seminar, &found).await?;
    let seen = folder::written(store, viewer, seminar, &found).await?;
    Ok(stored.zip(seen).map(|(stored, seen)| Held { row: found.1, stored, seen }))
}

/// What comes of what somebody typed who was shown the version `was` of a thing: none where it is so already.
pub(crate) fn decide<D: Draft>(
    Held { row, stored, mut seen }: Held,
    (was, typed): (&str, &D),
    around: &D::Around<'_>,
) -> Result<Option<Edited>, Refused<D, D::Field>> {
    let shown = D::of(&seen, around);
    // Sent twice.
    if shown == *typed {
        return Ok(None);
    }
    if version(&shown) != was {
        return Err(Refused::Changed(Box::new(shown)));
    }
    let mut after = stored.clone();
    let faults = typed.onto(&shown, &mut after, around);
    if !faults.is_empty() {
        return Err(Refused::Faults(faults));
    }
    let before = seen.clone();
    typed.onto(&shown, &mut seen, around);
    Ok(Some(Edited { before: Some((row, stored)), after, seen: Some((before, seen)) }))
}

/// What is made of what somebody typed, and of what is blank.
pub(crate) fn made<D: Draft>(
    mut blank: Written,
    typed: &D,
    around: &D::Around<'_>,
) -> Result<Edited, Refused<D, D::Field>> {
    let faults = typed.onto(&D::default(), &mut blank, around);
    if faults.is_empty() { Ok(Edited { before: None, after: blank, seen: None }) } else { Err(Refused::Faults(faults)) }
}
