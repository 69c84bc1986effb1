//! Questions about people and what they contributed.

use super::{Details, Role, entity};
use crate::{
    gate::{Reason, Viewer},
    seminars::{self, Contents},
    store::{Ask, Failure, Question, Store},
    texts::Reading,
    things::{self, Along, Kind, Listed, Look, Seen, Shown},
};
use language::Locale;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Query};
use std::collections::HashMap;

/// Somebody's part in a session, a practice or a seminar.
#[derive(Clone, Debug)]
pub struct Contributor {
    /// As what.
    pub role: Role,
    /// With what; may be empty.
    pub title: String,
    /// Who: their name is the title, what they do the summary.
    pub person: Listed,
}

/// Something a person contributed to.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// As what.
    pub role: Role,
    /// With what; may be empty.
    pub title: String,
    /// To what.
    pub thing: Listed,
}

/// The people of a seminar.
#[derive(Clone, Debug)]
pub struct PeopleOfSeminar {
    /// The seminar and what lies in it.
    pub contents: Contents,
    /// Who took part, as far as the viewer may know.
    pub people: Vec<Contributor>,
    /// The organisations that came with it.
    pub organisations: Vec<Listed>,
    /// Who came with it and contributed to nothing in it of which the viewer may know.
    pub others: Vec<Listed>,
}

/// A person's page.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// The person.
    pub person: Listed,
    /// For whom they work.
    pub organisations: Vec<Listed>,
    /// What they contributed to, as far as the viewer may know.
    pub contributions: Vec<Contribution>,
}

/// The people of a seminar, with what its other pages are.
///
/// # Errors
/// When the store does not answer.
pub async fn of_seminar(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &str,
) -> Result<Option<PeopleOfSeminar>, Failure> {
    let questions = seminars::holding(viewer, reading, seminar, |seminar| {
        let inside = |kinds| things::listing(viewer, reading, &seminars::within(seminar, kinds));
        let named = (inside(&[Kind::Organisation]), inside(&[Kind::Person]));
        (inside(&seminars::INSIDE), (contributing(viewer, reading, seminar), named))
    });
    let found = store.ask(questions).await?;
    Ok(found.map(|(contents, (people, (organisations, mut others)))| {
        others.retain(|other| !people.iter().any(|person| person.person.id == other.id));
        PeopleOfSeminar { contents, people, organisations, others }
    }))
}

/// The most people to choose from.
const TO_CHOOSE_FROM: u64 = 500;

/// People who may be named as contributing, those who came with a seminar first.
pub(crate) async fn to_choose_from(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: Option<Seen>,
) -> Result<Vec<Listed>, Failure> {
    let look = Look { kinds: &[Kind::Person], page: Some((TO_CHOOSE_FROM, 0)), ..Look::default() };
    let mut people = Vec::new();
    if let Some(seminar) = seminar {
        let home = Some([seminar].into_iter().collect());
        people = things::list(store, viewer, reading, &Look { seminar: home, ..look.clone() }).await?;
    }
    let others = things::list(store, viewer, reading, &look).await?;
    let ours = seminar.map(Seen::id);
    people.extend(others.into_iter().filter(|person| ours.is_none() || person.seminar_id != ours));
    Ok(people)
}

/// Who contributed to a thing, as far as the viewer may know.
pub(crate) fn contributing(
    viewer: &Viewer,
    reading: Reading,
    thing: &Shown,
) -> impl Ask<Answer = Vec<Contributor>> + use<> {
    use entity::contribution::{Column, Entity};
    let which = || viewer.condition((Entity, Column::Audience)).add(thing.hold(Column::ThingId));
    let ids = Query::select().column(Column::PersonId).from(Entity).cond_where(which()).to_owned();
    let look = Look { kinds: &[Kind::Person], ids: Some(ids.into()), ..Look::default() };
    let rows = Question::whole(Entity, which());
    (rows, things::listing(viewer, reading, &look)).then(|(mut rows, people)| {
        rows.sort_by_key(|row| row.position);
        let contributor = |row: entity::contribution::Model| {
            let person = people.iter().find(|person| person.id.id() == row.person_id)?.clone();
            Some(Contributor { role: row.role.parse().ok()?, title: row.title, person })
        };
        Ok(rows.into_iter().filter_map(contributor).collect())
    })
}

/// Those who contributed to things, as far as the viewer may know, wherever they came from.
pub(crate) fn named_in(viewer: &Viewer, things: &Shown) -> Shown {
    use entity::contribution::{Column, Entity};
    let which = viewer.condition((Entity, Column::Audience)).add(things.hold(Column::ThingId));
    let ids = Query::select().column(Column::PersonId).from(Entity).cond_where(which).to_owned();
    things::shown(viewer, &Look { kinds: &[Kind::Person], ids: Some(ids.into()), ..Look::default() })
}

/// People, in the order of their slugs, those of made-up seminars last: at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> Result<Vec<Listed>, Failure> {
    let look = Look { kinds: &[Kind::Person], examples_last: true, page: Some((most, after)), ..Look::default() };
    things::list(store, viewer, reading, &look).await
}

/// A person's page.
///
/// # Errors
/// When the store does not answer.
pub async fn person(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<PersonPage>, Failure> {
    use entity::contribution::{Column, Entity};
    let look = Look { kinds: &[Kind::Person], slug: Some(slug), ..Look::default() };
    let questions = things::given(viewer, "here", &look, |here, look| {
        let which = || viewer.condition((Entity, Column::Audience)).add(here.hold(Column::PersonId));
        let ids = Query::select().column(Column::ThingId).from(Entity).cond_where(which()).to_owned();
        let organisations = Some(here.related("works-for", Along::To));
        let organisations = Look { kinds: &[Kind::Organisation], ids: organisations, ..Look::default() };
        (
            things::listing(viewer, reading, look),
            Question::whole(Entity, which()),
            things::listing(viewer, reading, &Look { ids: Some(ids.into()), ..Look::default() }),
            things::listing(viewer, reading, &organisations),
        )
    });
    let (mut person, mut rows, things, organisations) = store.ask(questions).await?;
    rows.sort_by_key(|row| (row.thing_id, row.position));
    let Some(person) = person.pop() else { return Ok(None) };
    let contribution = |row: entity::contribution::Model| {
        let thing = things.iter().find(|thing| thing.id.id() == row.thing_id)?.clone();
        Some(Contribution { role: row.role.parse().ok()?, title: row.title, thing })
    };
    let contributions = rows.into_iter().filter_map(contribution).collect();
    Ok(Some(PersonPage { person, organisations, contributions }))
}

pub(crate) async fn details(store: &Store, person: Seen) -> Result<Option<Details>, Failure> {
    let row = entity::Entity::find_by_id(person.id()).one(store.read()).await?;
    Ok(row.map(|row| Details { country: row.country }))
}

/// The names of those who contributed to things, as far as whoever may see a thing may see who contributed to it: a
/// thing is not found by a name that is narrower than itself.
pub(crate) async fn names(
    store: &Store,
    things: &[(Seen, things::entity::thing::Model)],
) -> Result<HashMap<i64, Vec<String>>, Failure> {
    use entity::contribution::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::ThingId.is_in(things.iter().map(|(seen, _)| seen.id())))
        .all(store.read())
        .await?;
    let open = |row: &entity::contribution::Model| {
        things.iter().any(|(seen, thing)| seen.id() == row.thing_id && thing.audience == row.audience)
    };
    let rows: Vec<_> = rows.into_iter().filter(open).collect();
    let everything = Viewer::everything(Reason::Indexing);
    let ids: Vec<i64> = rows.iter().map(|row| row.person_id).collect();
    let look = Look { kinds: &[Kind::Person], ids: Some(ids.into()), ..Look::default() };
    let people = things::list(store, &everything, Reading::in_locale(Locale::English), &look).await?;
    let audiences: HashMap<i64, String> = things::rows(store, &everything, &look)
        .await?
        .into_iter()
        .map(|(seen, row)| (seen.id(), row.audience))
        .collect();
    let mut names: HashMap<i64, Vec<String>> = HashMap::new();
    for row in rows {
        let Some(person) = people.iter().find(|person| person.id.id() == row.person_id) else { continue };
        let public =
            audiences.get(&row.person_id).is_some_and(|audience| *audience == row.audience || audience == "public");
        if public {
            let name = person.title.text.clone();
            names
                .entry(row.thing_id)
                .or_default()
                .extend([name, row.title].into_iter().filter(|name| !name.is_empty()));
        }
    }
    Ok(names)
}
