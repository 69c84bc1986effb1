//! A thing as a form has it: what it shows, what somebody makes of that, and what that makes of what is stored.

use super::{
    Fault,
    publish::{is_removable, publish, take_away},
    write::Edited,
};
use crate::{
    folder::{self, Written},
    gate::{Reason, Viewer},
    store::{Failure, Store},
    things::{self, Listed, Look, entity::thing},
};
use jiff::Timestamp;
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
pub fn version(draft: &impl Serialize) -> String {
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
    Ok(Some(Edited { before: Some((row, stored)), after, seen: Some((before, seen)), publishes: false }))
}

/// What is made of what somebody typed, and of what is blank.
pub(crate) fn made<D: Draft>(
    mut blank: Written,
    typed: &D,
    around: &D::Around<'_>,
) -> Result<Edited, Refused<D, D::Field>> {
    let faults = typed.onto(&D::default(), &mut blank, around);
    if faults.is_empty() {
        Ok(Edited { before: None, after: blank, seen: None, publishes: false })
    } else {
        Err(Refused::Faults(faults))
    }
}

/// What is edited of a seminar.
pub(crate) enum Which<'a> {
    /// The one thing that is looked for.
    This(Box<Look<'a>>),
    /// Something that is made, of what is blank.
    New(Box<Written>),
}

/// Has a thing of a seminar say what somebody typed who was shown the version `was`, or makes it: its slug.
pub(crate) async fn save<D: Draft>(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    which: Which<'_>,
    (was, typed): (&str, &D),
    around: &D::Around<'_>,
    now: Timestamp,
) -> Result<Result<String, Refused<D, D::Field>>, Failure> {
    let home = seminar.place.slug.as_str();
    let look = match which {
        Which::This(look) => look,
        Which::New(blank) => {
            let made = match made(*blank, typed, around) {
                Ok(made) => made,
                Err(refused) => return Ok(Err(refused)),
            };
            let slugs = publish(store, viewer, Some(seminar.id.id()), vec![made], now).await?;
            return Ok(slugs.and_then(|mut slugs| slugs.pop()).ok_or(Refused::Forbidden));
        }
    };
    let Some(found) = held(store, viewer, home, &look).await? else { return Ok(Err(Refused::Forbidden)) };
    let slug = found.row.slug.clone();
    let edited = match decide(found, (was, typed), around) {
        Ok(Some(edited)) => edited,
        Ok(None) => return Ok(Ok(slug)),
        Err(refused) => return Ok(Err(refused)),
    };
    if publish(store, viewer, Some(seminar.id.id()), vec![edited], now).await?.is_some() {
        return Ok(Ok(slug));
    }
    // Between reading and writing.
    let again = held(store, viewer, home, &look).await?;
    Ok(Err(again.map_or(Refused::Forbidden, |found| Refused::Changed(Box::new(D::of(&found.seen, around))))))
}

/// Takes a thing of a seminar away that was made in the browser, where that can be. `was` is the version of what whoever
/// asks was shown.
pub(crate) async fn remove<D: Draft>(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    look: &Look<'_>,
    was: &str,
    around: &D::Around<'_>,
    now: Timestamp,
) -> Result<Result<(), Refused<D, D::Field>>, Failure> {
    let found = held(store, viewer, &seminar.place.slug, look).await?;
    let Some(found) = found else { return Ok(Err(Refused::Forbidden)) };
    let shown = D::of(&found.seen, around);
    if version(&shown) != was {
        return Ok(Err(Refused::Changed(Box::new(shown))));
    }
    let removed = take_away(store, viewer, seminar.id.id(), (&found.row, &found.seen), now).await?;
    Ok(if removed { Ok(()) } else { Err(Refused::Forbidden) })
}

/// What the form of a thing of a seminar shows, and whether the thing can be taken away.
pub(crate) async fn shown<D: Draft>(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    look: &Look<'_>,
    around: &D::Around<'_>,
) -> Result<Option<(D, bool)>, Failure> {
    let Some(found) = held(store, viewer, &seminar.place.slug, look).await? else { return Ok(None) };
    Ok(Some((D::of(&found.seen, around), is_removable(store.read(), &found.row).await?)))
}
