//! Who may see the things of a folder: what each sets, within what it lies in.

use super::written::{Details, Written};
use crate::{gate::Visibility, seminars::Stage, things::Kind};
use std::{borrow::Borrow, collections::HashMap};

/// What holds for each thing of a folder, in their order. The seminar, if there is one, is among them; a glossary has
/// none and is public.
pub(crate) fn resolve<T: Borrow<Written>>(things: &[T]) -> Vec<Visibility> {
    resolve_beside(things, &[])
}

/// The same where things may lie in others that are beside them in the store.
pub(crate) fn resolve_beside<T: Borrow<Written>>(things: &[T], beside: &[Written]) -> Vec<Visibility> {
    let things = || things.iter().map(Borrow::borrow);
    let seminar = things().find_map(|thing| match &thing.details {
        Details::Seminar(details) if details.stage == Stage::Draft => Some(Visibility::Team),
        Details::Seminar(_) => Some(thing.visibility.unwrap_or(Visibility::Public)),
        _ => None,
    });
    let whole = seminar.unwrap_or(Visibility::Public);
    let parents: HashMap<(Kind, &str), Visibility> = beside
        .iter()
        .chain(things())
        .map(|thing| ((thing.kind, thing.slug.as_str()), Visibility::within(thing.visibility, whole)))
        .collect();
    things()
        .map(|thing| {
            let parent = thing.parent.as_ref().and_then(|parent| parents.get(&(parent.kind, parent.slug.as_str())));
            match thing.kind {
                Kind::Seminar => whole,
                _ => Visibility::within(thing.visibility, parent.copied().unwrap_or(whole)),
            }
        })
        .collect()
}

/// Who may see a thing that lies in nothing, such as a seminar.
pub(crate) fn for_whom(thing: &Written) -> Visibility {
    resolve(std::slice::from_ref(thing)).pop().unwrap_or(Visibility::Team)
}

/// Who may know who contributed to a thing: under the Chatham House rule its team alone.
pub(crate) fn of_contributions(thing: &Written, holds: Visibility) -> Visibility {
    match &thing.details {
        Details::Session(details) if details.chatham_house => holds.max(Visibility::Team),
        _ => holds,
    }
}
