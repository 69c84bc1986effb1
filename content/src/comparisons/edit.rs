//! Comparing in the browser: what is known of each country, who says so, and what was said before.

use super::{
    Cell, Details, Topic,
    draft::{Around, Draft, Field, Heading, HeadingField, topics},
};
use crate::{
    accounts, changes,
    edits::{self, Edited, Fault, Held, Which, Why},
    folder::{self, Written},
    gate::Viewer,
    roles::Act,
    store::{Failure, Store},
    things::{Kind, Listed, Look},
};
use jiff::Timestamp;
use language::Language;
use serde_json::Value;

/// Why a row was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// Why what a comparison is called was not changed.
pub type HeadingRefused = edits::Refused<Heading, HeadingField>;

/// How many changes of a row are told.
const TOLD: usize = 30;

fn look(seminar: &Listed) -> Look<'static> {
    let home = [seminar.id].into_iter().collect();
    Look { kinds: &[Kind::Comparison], seminar: Some(home), ..Look::default() }
}

fn may(viewer: &Viewer, seminar: &Listed) -> bool {
    viewer.may_in(Act::EditComparison, seminar)
}

/// What a comparison is called, for those who may change it, or begin one.
///
/// # Errors
/// When the store does not answer.
pub async fn heading(store: &Store, viewer: &Viewer, seminar: &Listed) -> Result<Option<Heading>, Failure> {
    if !may(viewer, seminar) {
        return Ok(None);
    }
    let shown = edits::shown(store, viewer, seminar, &look(seminar), &()).await?;
    Ok(Some(shown.map(|(heading, _)| heading).unwrap_or_default()))
}

/// Has the comparison of a seminar be called so, or begins it. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`HeadingRefused`], and nothing was changed.
pub async fn set_heading(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    (was, typed): (&str, &Heading),
    now: Timestamp,
) -> Result<Result<String, HeadingRefused>, Failure> {
    if !may(viewer, seminar) {
        return Ok(Err(HeadingRefused::Forbidden));
    }
    let there = async || edits::held(store, viewer, &seminar.place.slug, &look(seminar)).await;
    if there().await?.is_none() {
        let made =
            edits::save(store, viewer, seminar, Which::New(blank(seminar).into()), (was, typed), &(), now).await?;
        // Somebody else may have begun it meanwhile, or the same hand by a second tap.
        if !matches!(made, Err(HeadingRefused::Forbidden)) || there().await?.is_none() {
            return Ok(made);
        }
    }
    edits::save(store, viewer, seminar, Which::This(look(seminar).into()), (was, typed), &(), now).await
}

/// A comparison that says nothing yet.
fn blank(seminar: &Listed) -> Written {
    let details = folder::Details::Comparison(Details { topics: Vec::new() });
    Written::blank(Kind::Comparison, Kind::Comparison.code().to_owned(), seminar.language, details)
}

/// What the form of a row shows those who may change it, and the language in which the comparison is written; none: of a new
/// one.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    topic: Option<&str>,
) -> Result<Option<(Draft, Language)>, Failure> {
    Ok(found(store, viewer, seminar, topic).await?.map(|(held, draft)| (draft, held.stored.language)))
}

async fn found(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    topic: Option<&str>,
) -> Result<Option<(Held, Draft)>, Failure> {
    if !may(viewer, seminar) {
        return Ok(None);
    }
    let Some(held) = edits::held(store, viewer, &seminar.place.slug, &look(seminar)).await? else { return Ok(None) };
    if topic.is_some_and(|slug| topics(&held.seen).iter().all(|topic| topic.slug != slug)) {
        return Ok(None);
    }
    let draft = edits::Draft::of(&held.seen, &Around { topic, countries: &seminar.countries });
    Ok(Some((held, draft)))
}

/// Has a row say what somebody typed, or adds one. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    topic: Option<&str>,
    (was, typed): (&str, &Draft),
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    let Some((_, shown)) = found(store, viewer, seminar, topic).await? else { return Ok(Err(Refused::Forbidden)) };
    // Of a new one nobody was shown anything: it may have been another that is gone.
    let blank = edits::version(&shown);
    let was = if topic.is_some() { was } else { &blank };
    if topic.is_none() && *typed == shown {
        return Ok(Err(Refused::Faults(vec![Fault { field: Field::Title, why: Why::Missing }])));
    }
    let around = Around { topic, countries: &seminar.countries };
    edits::save(store, viewer, seminar, Which::This(look(seminar).into()), (was, typed), &around, now).await
}

/// Takes a row away. `was` is the version of what whoever asks was shown.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn remove(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    topic: &str,
    was: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    let Some((held, shown)) = found(store, viewer, seminar, Some(topic)).await? else {
        return Ok(Err(Refused::Forbidden));
    };
    if edits::version(&shown) != was {
        return Ok(Err(Refused::Changed(Box::new(shown))));
    }
    let without = |thing: &Written| {
        let mut thing = thing.clone();
        if let folder::Details::Comparison(Details { topics }) = &mut thing.details {
            topics.retain(|other| other.slug != topic);
        }
        thing
    };
    let Held { row, stored, seen } = held;
    let (after, seen) = (without(&stored), Some((seen.clone(), without(&seen))));
    let edited = Edited { before: Some((row, stored)), after, seen, publishes: false };
    let done = edits::publish(store, viewer, Some(seminar.id.id()), vec![edited], now).await?;
    // Between reading and writing.
    Ok(done.map(drop).ok_or(Refused::Changed(Box::new(shown))))
}

/// What a row said before somebody changed it, and afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// What whoever did it is called; none: they have no account any more.
    pub by: Option<String>,
    /// None: there was no such row.
    pub before: Option<Topic>,
    /// As it was from then on.
    pub after: Topic,
}

/// How a row was changed in the browser since there is one of this name, the latest first, for those who may change it: what the
/// audit still says of that.
///
/// # Errors
/// When the store does not answer.
pub async fn history(store: &Store, viewer: &Viewer, seminar: &Listed, topic: &str) -> Result<Vec<Said>, Failure> {
    let Some((held, _)) = found(store, viewer, seminar, Some(topic)).await? else { return Ok(Vec::new()) };
    let subjects = edits::subjects(store, seminar.id.id(), (Kind::Comparison, held.row.id)).await?;
    let field = edits::of_topic(topic);
    let entries = changes::said_about(store, &subjects).await?;
    let told = entries.into_iter().filter_map(|entry| {
        let side = |side: &str| entry.says.get(side).and_then(|says| says.get(&field));
        let (before, after) = (side("before"), side("after")?);
        Some((entry.at, entry.actor.clone(), before.and_then(read), read(after)))
    });
    // One that was taken away was another.
    let told = told.map_while(|(at, actor, before, after)| Some((at, actor, before, after?)));
    let told: Vec<_> = told.take(TOLD).collect();
    let names = accounts::called(store, told.iter().map(|(_, actor, ..)| actor.as_str())).await?;
    let said = |(at, actor, before, after)| Said { at, by: names.get::<String>(&actor).cloned(), before, after };
    Ok(told.into_iter().map(said).collect())
}

/// A row as the audit has it.
fn read(says: &Value) -> Option<Topic> {
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
    let cell = |says: &Value| {
        Some(Cell {
            countries: says.get("countries")?.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            text: text(says, "text")?,
            confidence: text(says, "confidence")?.parse().ok()?,
            source: text(says, "source"),
            date: text(says, "date").and_then(|date| date.parse().ok()),
        })
    };
    Some(Topic {
        slug: text(says, "slug")?,
        title: text(says, "title")?,
        cells: says.get("cells")?.as_array()?.iter().filter_map(cell).collect(),
    })
}
