//! Changing a programme: what a session says, when and where it is, and in which order sessions without a time are.

use super::{
    Details, Form, Slot,
    draft::{Around, Draft, Field},
    file::When,
    order::known,
    rules::{Known, may_swap},
};
use crate::{
    edits::{self, Draft as _, Edited, Which, publish},
    folder::{self, Written},
    gate::Viewer,
    people,
    roles::Act,
    seminars::{self, Contents},
    store::{Failure, Store},
    texts::Reading,
    things::{self, Kind, Listed, Look, entity::thing},
};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::BTreeSet;

/// Why a programme was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// What comes of a change.
pub type Outcome<T> = Result<Result<T, Refused>, Failure>;

/// A session that is edited, with what there is to choose from.
#[derive(Clone, Debug)]
pub struct Editing {
    /// The session; none: a new one.
    pub session: Option<Listed>,
    /// What its form shows.
    pub draft: Draft,
    /// Whether it was made in the browser and nothing lies in it: then it can be taken away there.
    pub removable: bool,
    /// Who may contribute: those who came with the seminar first.
    pub people: Vec<Listed>,
}

/// A session of a programme that is to be at another time or place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its slug.
    pub slug: String,
    /// What whoever asks took it for.
    pub was: Slot,
    /// What it is to be.
    pub is: Slot,
}

/// What the form of a session shows, or that of a new one, for those who may edit the programme.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    contents: &Contents,
    session: Option<&str>,
) -> Result<Option<Editing>, Failure> {
    if !viewer.may_in(Act::EditProgramme, &contents.seminar) {
        return Ok(None);
    }
    let people = people::to_choose_from(store, viewer, reading, Some(contents.seminar.id)).await?;
    let Some(slug) = session else {
        let draft = Draft { kind: Form::Plenary.code().to_owned(), ..Draft::default() };
        return Ok(Some(Editing { session: None, draft, removable: false, people }));
    };
    let Some(listed) = contents.find(Kind::Session, slug).cloned() else { return Ok(None) };
    let Some(held) = held(store, viewer, contents, slug).await? else { return Ok(None) };
    let removable = edits::is_removable(store.read(), &held.row).await?;
    Ok(Some(Editing { session: Some(listed), draft: held.shown, removable, people }))
}

/// Has a session say what somebody typed, or makes a new one: its slug. `was` is the version of what they were shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    session: Option<&str>,
    (was, typed): (&str, &Draft),
    now: Timestamp,
) -> Outcome<String> {
    let seminar = &contents.seminar;
    if !viewer.may_in(Act::EditProgramme, seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let reading = Reading { locale: language::Locale::English, text: None };
    let people = people::to_choose_from(store, viewer, reading, Some(seminar.id)).await?;
    let people: Vec<String> = people.into_iter().map(|person| person.place.slug).collect();
    let when = When::of(&contents.details);
    let around = Around { when: &when, people: &people, countries: &seminar.countries };
    let home: things::Shown = [seminar.id].into_iter().collect();
    let which = match session {
        None => Which::New(blank(contents, typed).into()),
        Some(slug) => Which::This(look(&home, slug).into()),
    };
    edits::save(store, viewer, seminar, which, (was, typed), &around, now).await
}

fn look<'a>(home: &things::Shown, slug: &'a str) -> Look<'a> {
    Look { kinds: &[Kind::Session], slug: Some(slug), seminar: Some(home.clone()), ..Look::default() }
}

/// Takes away a session that was made in the browser, and in which nothing lies. `was` is the version of what whoever
/// asks was shown.
///
/// # Errors
/// When the store fails; [`Refused::Forbidden`], also where it came with files or something lies in it;
/// [`Refused::Changed`].
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    slug: &str,
    was: &str,
    now: Timestamp,
) -> Outcome<()> {
    if !viewer.may_in(Act::EditProgramme, &contents.seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let when = When::of(&contents.details);
    let around = Around { when: &when, people: &[], countries: &[] };
    let home: things::Shown = [contents.seminar.id].into_iter().collect();
    edits::remove(store, viewer, &contents.seminar, &look(&home, slug), was, &around, now).await
}

/// Has sessions be at other times and places, all or none. What stays as it was taken for is left as it is, whoever
/// changed it meanwhile.
///
/// # Errors
/// When the store fails; inner: what is refused of which session, and nothing was changed.
pub async fn rearrange(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    sessions: &[Moved],
    now: Timestamp,
) -> Result<Result<(), Vec<(String, Refused)>>, Failure> {
    if !viewer.may_in(Act::EditProgramme, &contents.seminar) {
        return Ok(Err(sessions.iter().map(|moved| (moved.slug.clone(), Refused::Forbidden)).collect()));
    }
    let when = When::of(&contents.details);
    let (mut edited, mut refused) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    for Moved { slug, was, is } in sessions.iter().filter(|moved| moved.was != moved.is) {
        let held = if known.insert(slug) { held(store, viewer, contents, slug).await? } else { None };
        let Some(Held { row, stored, shown, .. }) = held else {
            refused.push((slug.clone(), Refused::Forbidden));
            continue;
        };
        if shown.slot != *was {
            refused.push((slug.clone(), Refused::Changed(Box::new(shown))));
            continue;
        }
        let mut after = stored.clone();
        let faults = match &mut after.details {
            folder::Details::Session(details) => is.onto(&shown.slot, details, &when),
            _ => Vec::new(),
        };
        if faults.is_empty() {
            edited.push(Edited { before: Some((row, stored)), after, seen: None, publishes: false });
        } else {
            refused.push((slug.clone(), Refused::Faults(faults)));
        }
    }
    if !refused.is_empty() || edited.is_empty() {
        return Ok(if refused.is_empty() { Ok(()) } else { Err(refused) });
    }
    if publish(store, viewer, Some(contents.seminar.id.id()), edited, now).await?.is_some() {
        return Ok(Ok(()));
    }
    let mut refused = Vec::new();
    for Moved { slug, .. } in sessions.iter().filter(|moved| moved.was != moved.is) {
        if let Some(held) = held(store, viewer, contents, slug).await? {
            refused.push((slug.clone(), Refused::Changed(Box::new(held.shown))));
        }
    }
    Ok(Err(refused))
}

/// Has two sessions change places of which the second stands after the first.
///
/// # Errors
/// When the store fails; [`Refused::Forbidden`]; [`Refused::Changed`] where they do not stand so any more, or what is
/// known of when they are does not let them.
pub async fn swap(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    (first, second): (&str, &str),
    now: Timestamp,
) -> Outcome<()> {
    if !viewer.may_in(Act::EditProgramme, &contents.seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let place = |slug: &str| contents.of(Kind::Session).position(|session| session.place.slug == slug);
    let follows = place(first).map(|first| first + 1) == place(second);
    let one = held(store, viewer, contents, first).await?;
    let (Some(one), Some(other)) = (one, held(store, viewer, contents, second).await?) else {
        return Ok(Err(Refused::Forbidden));
    };
    let clock = When::of(&contents.details).clock;
    let changed = Refused::Changed(Box::new(one.shown.clone()));
    if !follows || !may_swap(one.known(&clock), other.known(&clock)) {
        return Ok(Err(changed));
    }
    // Of two at one place that which was there first comes first.
    let (to, from) = (one.row.position, other.row.position.max(one.row.position.saturating_add(1)));
    let moved = |held: Held, position| {
        let after = Written { position, ..held.stored.clone() };
        Edited { before: Some((held.row, held.stored)), after, seen: None, publishes: false }
    };
    let both = vec![moved(one, from), moved(other, to)];
    let written = publish(store, viewer, Some(contents.seminar.id.id()), both, now).await?;
    Ok(written.map(|_| ()).ok_or(changed))
}

/// A session as it is stored, and as its form shows it to a viewer.
struct Held {
    row: thing::Model,
    stored: Written,
    shown: Draft,
}

impl Held {
    fn known(&self, clock: &TimeZone) -> Known {
        match &self.stored.details {
            folder::Details::Session(details) => known(details, clock),
            _ => Known { day: None, starts: None },
        }
    }
}

async fn found(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    slug: &str,
) -> Result<Option<edits::Held>, Failure> {
    let home: things::Shown = [contents.seminar.id].into_iter().collect();
    edits::held(store, viewer, &contents.seminar.place.slug, &look(&home, slug)).await
}

async fn held(store: &Store, viewer: &Viewer, contents: &Contents, slug: &str) -> Result<Option<Held>, Failure> {
    let when = When::of(&contents.details);
    let around = Around { when: &when, people: &[], countries: &[] };
    let found = found(store, viewer, contents, slug).await?;
    Ok(found.map(|edits::Held { row, stored, seen }| Held { shown: Draft::of(&seen, &around), row, stored }))
}

/// A session that says nothing yet, after all others.
fn blank(contents: &Contents, typed: &Draft) -> Written {
    let language = folder::written_in(&typed.text, contents.seminar.language);
    let last = contents.of(Kind::Session).map(|session| session.position).max();
    let details = folder::Details::Session(Details::untimed());
    let blank = Written::blank(Kind::Session, edits::slug(&typed.title, Kind::Session.code()), language, details);
    Written { position: last.unwrap_or_default().saturating_add(1), ..blank }
}

/// The sessions of a seminar for one that is held at other days or by another clock, `days` later: each at the time of day
/// at which it was. Inner: how many would be on none of its days.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn carried(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    to: &seminars::Details,
    days: i64,
) -> Result<Result<Vec<Edited>, usize>, Failure> {
    let (from, to) = (When::of(&contents.details), When::of(to));
    let (mut carried, mut stranded) = (Vec::new(), 0);
    for session in contents.of(Kind::Session) {
        let Some(held) = found(store, viewer, contents, &session.place.slug).await? else { continue };
        let mut after = held.stored.clone();
        if let folder::Details::Session(details) = &mut after.details {
            details.carry((&from.clock, &to.clock), days);
            if known(details, &to.clock).day.is_some_and(|day| !to.days.contains(&day)) {
                stranded += 1;
            }
        }
        carried.push(Edited { before: Some((held.row, held.stored)), after, seen: None, publishes: false });
    }
    Ok(if stranded == 0 { Ok(carried) } else { Err(stranded) })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// What is read of a session before it is written.
    pub(in crate::sessions) async fn held(store: &Store, viewer: &Viewer, contents: &Contents, slug: &str) -> Edited {
        let held = super::held(store, viewer, contents, slug).await.expect("the store answers").expect("it is there");
        let mut after = held.stored.clone();
        after.texts.iter_mut().take(1).for_each(|text| text.title = "Edited".to_owned());
        Edited { before: Some((held.row, held.stored)), after, seen: None, publishes: false }
    }

    /// Whether it is written.
    pub(in crate::sessions) async fn written(
        store: &Store,
        viewer: &Viewer,
        contents: &Contents,
        edited: Edited,
        now: Timestamp,
    ) -> bool {
        publish(store, viewer, Some(contents.seminar.id.id()), vec![edited], now)
            .await
            .expect("the store answers")
            .is_some()
    }
}
