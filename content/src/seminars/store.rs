//! Questions about seminars.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    people::{self, Contributor},
    sessions::{self, InProgramme},
    store::{Ask, Failure, Question, Store},
    texts::{self, Reading, Text},
    things::{self, Ids, Kind, Listed, Look, Shown},
};
use sea_orm::{
    EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Alias, Query},
};
use std::collections::HashMap;

/// A seminar as lists show it.
#[derive(Clone, Debug)]
pub struct Seminar {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: Details,
}

/// A seminar and what lies in it, as far as the viewer may see it and the page needs it.
#[derive(Clone, Debug)]
pub struct Contents {
    /// The seminar.
    pub seminar: Listed,
    /// What it has of its own.
    pub details: Details,
    /// Of its sessions, materials and all else but people, in order.
    pub things: Vec<Listed>,
}

impl Contents {
    /// What lies in it of one kind, in order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Listed> {
        self.things.iter().filter(move |thing| thing.place.kind == kind)
    }

    /// What belongs to one of its sessions or practices.
    pub fn under<'a>(&'a self, thing: &'a Listed, kind: Kind) -> impl Iterator<Item = &'a Listed> {
        self.of(kind).filter(|other| other.parent == Some(thing.id.id()))
    }

    /// What belongs to no session and no practice.
    pub fn loose(&self, kind: Kind) -> impl Iterator<Item = &Listed> {
        self.of(kind).filter(|thing| thing.parent.is_none())
    }

    /// One thing in it.
    pub fn find(&self, kind: Kind, slug: &str) -> Option<&Listed> {
        self.of(kind).find(|thing| thing.place.slug == slug)
    }

    /// What a thing in it belongs to.
    pub fn parent(&self, thing: &Listed) -> Option<&Listed> {
        self.things.iter().find(|other| thing.parent == Some(other.id.id()))
    }
}

/// A thing as lists show it that can stand by itself, away from its seminar.
#[derive(Clone, Debug)]
pub struct AtHome<D> {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: D,
    /// The seminar it came with.
    pub seminar: Option<Listed>,
}

/// A seminar's own page.
#[derive(Clone, Debug)]
pub struct SeminarPage {
    /// It and what lies in it.
    pub contents: Contents,
    /// What it says.
    pub text: Text,
    /// Who took part, as far as the viewer may know.
    pub contributors: Vec<Contributor>,
    /// Its sessions in order.
    pub programme: Vec<InProgramme>,
}

pub(crate) const INSIDE: [Kind; 7] = [
    Kind::Session,
    Kind::Material,
    Kind::Practice,
    Kind::Challenge,
    Kind::Recommendation,
    Kind::Board,
    Kind::Comparison,
];

/// A seminar and what lies in it.
///
/// # Errors
/// When the store does not answer.
pub async fn contents(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<Contents>, Failure> {
    let inside = holding(viewer, reading, slug, |seminar| {
        things::listing(viewer, reading, &within(seminar, &INSIDE)).then(|things| Ok((things, ())))
    });
    Ok(store.ask(inside).await?.map(|(contents, ())| contents))
}

/// A seminar with some of what lies in it, and with what else is asked about it.
pub(crate) fn holding<A, T>(
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
    ask: impl FnOnce(&Shown) -> A,
) -> impl Ask<Answer = Option<(Contents, T)>>
where
    A: Ask<Answer = (Vec<Listed>, T)>,
{
    things::given(viewer, "seminar_itself", &itself(slug), |seminar, look| {
        let questions = (things::listing(viewer, reading, look), details(seminar), ask(seminar));
        questions.then(|(mut seminar, mut details, (things, rest))| {
            let (Some(seminar), Some((_, details))) = (seminar.pop(), details.pop()) else { return Ok(None) };
            Ok(Some((Contents { seminar, details, things }, rest)))
        })
    })
}

/// A seminar as lists show it.
///
/// # Errors
/// When the store does not answer.
pub async fn listed(store: &Store, viewer: &Viewer, reading: Reading, slug: &str) -> Result<Option<Listed>, Failure> {
    Ok(things::list(store, viewer, reading, &itself(slug)).await?.pop())
}

/// What lies in a seminar.
pub(crate) fn within<'a>(seminar: &Shown, kinds: &'a [Kind]) -> Look<'a> {
    Look { kinds, seminar: Some(seminar.clone()), ..Look::default() }
}

/// A seminar.
pub(crate) fn itself(slug: &str) -> Look<'_> {
    Look { kinds: &[Kind::Seminar], slug: Some(slug), ..Look::default() }
}

/// A seminar's own page.
///
/// # Errors
/// When the store does not answer.
pub async fn seminar(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<SeminarPage>, Failure> {
    let questions = holding(viewer, reading, slug, |seminar| {
        let sessions = things::shown(viewer, &within(seminar, &[Kind::Session]));
        let rest = (
            texts::said(reading, seminar),
            people::contributing(viewer, reading, seminar),
            sessions::details(&sessions),
        );
        (things::listing(viewer, reading, &within(seminar, &INSIDE)), rest)
    });
    let Some((contents, (Some(said), contributors, details))) = store.ask(questions).await? else { return Ok(None) };
    let text = texts::resolved(store, viewer, said, &contents.seminar).await?;
    let programme = sessions::in_order(&contents, &details);
    Ok(Some(SeminarPage { contents, text, contributors, programme }))
}

/// Seminars, the latest first: at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> Result<Vec<Seminar>, Failure> {
    store.ask(listing(viewer, reading, most, after)).await
}

/// The same, to be asked with more.
pub(crate) fn listing(
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> impl Ask<Answer = Vec<Seminar>> + use<> {
    let seen = things::seen(viewer, Kind::Seminar, (entity::Entity, entity::Column::ThingId));
    let page = entity::Entity::find().filter(seen).order_by_asc(entity::Column::Example);
    let page = page.order_by_desc(entity::Column::Starts).order_by_desc(entity::Column::ThingId);
    let ids = page.limit(most).offset(after).select_only().column(entity::Column::ThingId).into_query();
    // Derived table: some databases do not take LIMIT directly inside IN.
    let ids = Query::select().column(entity::Column::ThingId).from_subquery(ids, Alias::new("page")).to_owned();
    let look = Look { kinds: &[Kind::Seminar], ids: Some(ids.into()), ..Look::default() };
    let questions = things::given(viewer, "seminars", &look, |these, look| {
        (Question::whole(entity::Entity, these.hold(entity::Column::ThingId)), things::listing(viewer, reading, look))
    });
    questions.then(|(mut rows, listed)| {
        rows.sort_by(|one, other| {
            let order = |row: &entity::Model| (!row.example, row.starts.clone(), row.thing_id);
            order(other).cmp(&order(one))
        });
        rows.into_iter()
            .filter_map(|row| {
                let listed = listed.iter().find(|listed| listed.id.id() == row.thing_id)?.clone();
                Some(row.try_into().map(|details| Seminar { listed, details }))
            })
            .collect()
    })
}

/// The seminars that things came with ([`things::homes`]), for lists that name them.
fn homes(viewer: &Viewer, reading: Reading, ids: Ids) -> impl Ask<Answer = Vec<Listed>> + use<> {
    things::listing(viewer, reading, &Look { kinds: &[Kind::Seminar], ids: Some(ids), ..Look::default() })
}

/// The one that a thing came with, out of [`homes`].
fn home(homes: &[Listed], thing: &Listed) -> Option<Listed> {
    homes.iter().find(|home| Some(home.id.id()) == thing.seminar_id).cloned()
}

/// Things with what they have of their own, out of `details`, and the seminars they came with.
pub(crate) fn at_home<D, A>(
    viewer: &Viewer,
    reading: Reading,
    look: &Look<'_>,
    details: A,
) -> impl Ask<Answer = Vec<AtHome<D>>> + use<D, A>
where
    A: Ask<Answer = Vec<(i64, D)>>,
{
    let homes = homes(viewer, reading, things::homes(viewer, look));
    (things::listing(viewer, reading, look), details, homes).then(|(listed, details, homes)| {
        let mut details: HashMap<i64, D> = details.into_iter().collect();
        let whole = |listed: Listed| {
            let (details, seminar) = (details.remove(&listed.id.id())?, home(&homes, &listed));
            Some(AtHome { listed, details, seminar })
        };
        Ok(listed.into_iter().filter_map(whole).collect())
    })
}

/// What some seminars have of their own.
pub(crate) fn details(seminars: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    Question::whole(entity::Entity, seminars.hold(entity::Column::ThingId))
        .then(|rows| rows.into_iter().map(|row| Ok((row.thing_id, row.try_into()?))).collect())
}
