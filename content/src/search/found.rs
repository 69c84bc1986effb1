//! What things say to search, and to whom.

use crate::{
    comparisons,
    gate::{Reason, Viewer},
    glossary, materials, people, recommendations, seminars, sessions,
    store::{Failure, Store},
    texts::{self, Passage},
    things::{self, Kind, Look, Seen, Shown, entity::thing, rows},
};
use jiff::{civil::Date, tz::TimeZone};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What is called alike in every language.
pub(crate) const NAMED: [Kind; 2] = [Kind::Person, Kind::Organisation];

/// One document: one text of one thing.
#[derive(Clone, Debug)]
pub(crate) struct Says {
    pub(crate) thing: i64,
    pub(crate) kind: Kind,
    pub(crate) audience: String,
    pub(crate) countries: Vec<String>,
    pub(crate) themes: Vec<String>,
    pub(crate) language: String,
    pub(crate) seminar: Option<String>,
    /// The day it is of, in days since 1970, with its year.
    pub(crate) day: Option<(i64, i16)>,
    pub(crate) headings: Vec<String>,
    /// Names of people and organisations, other forms of a term.
    pub(crate) names: Vec<String>,
    pub(crate) stored: Stored,
}

/// What snippets are cut from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) title: String,
    pub(crate) passages: Vec<Passage>,
    /// Of a term of the glossary: its slug and what it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) term: Option<(String, Vec<String>)>,
}

/// The same, with marks for its words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub(crate) stored: Stored,
    /// As [`super::passage::prints`] writes them.
    pub(crate) prints: Vec<u8>,
}

/// The documents of some things. Those that are gone have none.
pub(crate) async fn documents(store: &Store, things: Vec<i64>) -> Result<Vec<Says>, Failure> {
    let everything = Viewer::everything(Reason::Indexing);
    let look = Look { ids: Some(things.into()), ..Look::default() };
    let found = rows(store, &everything, &look).await?;
    let ids: Vec<i64> = found.iter().map(|(seen, _)| seen.id()).collect();
    let texts = texts::entity::Entity::find()
        .filter(texts::entity::Column::ThingId.is_in(ids.iter().copied()))
        .order_by_asc(texts::entity::Column::Id)
        .all(store.read())
        .await?;
    let names = people::names(store, &found).await?;
    let homes: Vec<i64> = found.iter().map(|(seen, row)| row.seminar_id.unwrap_or(seen.id())).collect();
    let homes = Look { ids: Some(homes.into()), ..Look::default() };
    let days = days(store, &things::shown(&everything, &homes), &things::shown(&everything, &look)).await?;
    let homes: HashMap<i64, String> =
        rows(store, &everything, &homes).await?.into_iter().map(|(seen, row)| (seen.id(), row.slug)).collect();
    let day = |row: &thing::Model| {
        let day = days.get(&row.id).or_else(|| days.get(&row.seminar_id?))?;
        Some((i64::from(day.since(Date::constant(1970, 1, 1)).ok()?.get_days()), day.year()))
    };
    let mut documents = Vec::with_capacity(texts.len());
    for (seen, row) in &found {
        let Ok(kind) = row.kind.parse::<Kind>() else { continue };
        let more = more(store, *seen, kind).await?;
        let first = documents.len();
        for text in texts.iter().filter(|text| text.thing_id == row.id) {
            documents.push(Says { day: day(row), ..document(row, kind, text, &homes)? });
        }
        for document in &mut documents[first..] {
            document.names.extend(names.get(&row.id).into_iter().flatten().cloned());
        }
        // What hangs on a thing in the language of its original belongs to that text.
        if let Some(document) = documents[first..].iter_mut().find(|document| document.language == row.language) {
            document.headings.extend(more.headings);
            document.names.extend(more.names);
            document.stored.passages.extend(more.passages);
        }
        documents.extend(more.also.into_iter().map(|(language, title, names)| Says {
            thing: row.id,
            kind,
            audience: row.audience.clone(),
            countries: Vec::new(),
            themes: split(&row.themes),
            language,
            seminar: None,
            day: None,
            headings: Vec::new(),
            names,
            stored: Stored { title, passages: Vec::new(), term: None },
        }));
    }
    for says in documents.iter_mut().filter(|says| says.kind == Kind::Term) {
        let slug = found.iter().find(|(_, row)| row.id == says.thing).map(|(_, row)| row.slug.clone());
        let forms = [&says.stored.title].into_iter().chain(&says.names).cloned().collect();
        says.stored.term = slug.map(|slug| (slug, forms));
    }
    Ok(documents)
}

/// The days of seminars and of sessions.
async fn days(store: &Store, seminars: &Shown, sessions: &Shown) -> Result<HashMap<i64, Date>, Failure> {
    let (seminars, sessions) = store.ask((seminars::details(seminars), sessions::details(sessions))).await?;
    let days = seminars.into_iter().map(|(id, details)| (id, Some(details.starts)));
    let of_sessions = sessions.into_iter().map(|(id, details)| {
        let began = details.starts.map(|starts| TimeZone::UTC.to_datetime(starts).date());
        (id, details.day.or(began))
    });
    Ok(days.chain(of_sessions).filter_map(|(id, day)| Some((id, day?))).collect())
}

/// What hangs on a thing besides its texts.
#[derive(Debug, Default)]
pub(crate) struct More {
    pub(crate) headings: Vec<String>,
    pub(crate) names: Vec<String>,
    pub(crate) passages: Vec<Passage>,
    /// In other languages: a code, a title, further names.
    pub(crate) also: Vec<(String, String, Vec<String>)>,
}

async fn more(store: &Store, thing: Seen, kind: Kind) -> Result<More, Failure> {
    let here = thing.into();
    Ok(match kind {
        Kind::Seminar => seminars::found::more(own(store.ask(seminars::details(&here)).await?)),
        Kind::Material => materials::found::more(materials::details(store, thing).await?),
        Kind::Recommendation => recommendations::found::more(own(store.ask(recommendations::details(&here)).await?)),
        Kind::Comparison => comparisons::found::more(store.ask(comparisons::details(&here)).await?),
        Kind::Term => glossary::found::more(store.ask(glossary::details(&here)).await?),
        Kind::Session | Kind::Practice | Kind::Challenge | Kind::Board | Kind::Person | Kind::Organisation => {
            More::default()
        }
    })
}

/// Of one thing.
fn own<D>(mut details: Vec<(i64, D)>) -> Option<D> {
    details.pop().map(|(_, details)| details)
}

fn document(
    thing: &thing::Model,
    kind: Kind,
    text: &texts::entity::Model,
    homes: &HashMap<i64, String>,
) -> Result<Says, Failure> {
    let mut passages = Vec::new();
    if !text.summary.is_empty() {
        passages.push(Passage { place: None, text: text.summary.clone() });
    }
    let objectives: Vec<String> = serde_json::from_str(&text.objectives)?;
    passages.extend(objectives.into_iter().map(|text| Passage { place: None, text }));
    passages.extend(serde_json::from_str::<Vec<Passage>>(&text.passages)?);
    let outline: Vec<texts::Heading> = serde_json::from_str(&text.outline)?;
    let seminar = match kind {
        Kind::Seminar => Some(thing.slug.clone()),
        _ => thing.seminar_id.and_then(|id| homes.get(&id).cloned()),
    };
    Ok(Says {
        thing: thing.id,
        kind,
        audience: thing.audience.clone(),
        countries: split(&thing.countries),
        themes: split(&thing.themes),
        language: text.language.clone(),
        seminar,
        day: None,
        headings: outline.into_iter().map(|heading| heading.text).collect(),
        names: Vec::new(),
        stored: Stored { title: text.title.clone(), passages, term: None },
    })
}

fn split(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

/// The things whose documents hold something of these: what people contributed to, what lies in seminars.
pub(crate) async fn naming<C: ConnectionTrait>(db: &C, things: &[i64]) -> Result<Vec<(i64, Kind)>, Failure> {
    use people::contribution::{Column as Contribution, Entity as Contributions};
    let contributed = Contributions::find()
        .select_only()
        .column(Contribution::ThingId)
        .filter(Contribution::PersonId.is_in(things.iter().copied()))
        .into_query();
    let rows: Vec<(i64, String)> = thing::Entity::find()
        .select_only()
        .columns([thing::Column::Id, thing::Column::Kind])
        .filter(
            Condition::any()
                .add(thing::Column::Id.in_subquery(contributed))
                .add(thing::Column::SeminarId.is_in(things.iter().copied())),
        )
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, kind)| Some((id, kind.parse().ok()?))).collect())
}
