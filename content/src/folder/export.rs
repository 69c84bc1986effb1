//! `plenary export`: what a viewer may see, as a folder that can be imported again.

use super::{
    write,
    written::{Contributor, Details, Related, Ring, Spot, Written, WrittenText},
};
use crate::{
    boards, challenges,
    coded::coded,
    comparisons,
    gate::{Audience, Reason, Viewer},
    glossary, materials, organisations, people, practices, recommendations, seminars, sessions,
    store::{Failure, Store},
    texts::{self, Status},
    things::{
        Kind, Look, Seen, Shown,
        entity::{relation, thing},
        rows,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

coded! {
    /// As whom to export.
    As {
        /// As somebody of whom nothing is known.
        Public = "public",
        /// As a participant of the seminar.
        Participants = "participants",
        /// As its team: everything.
        Team = "team",
    }
}

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Exported {
    /// Things.
    pub things: usize,
    /// Files.
    pub files: usize,
}

/// Writes a seminar, or the glossary where `seminar` is none, into a folder that is not there yet.
/// Nothing where there is no such seminar.
///
/// # Errors
/// When the store does not answer, or the folder is there or cannot be written.
pub async fn export(store: &Store, who: As, seminar: Option<&str>, out: &Path) -> Result<Option<Exported>, Failure> {
    let everything = Viewer::everything(Reason::CommandLine);
    let viewer = match (who, seminar) {
        (As::Public, _) | (_, None) => Viewer::anonymous(),
        (_, Some(slug)) => {
            let look = Look { kinds: &[Kind::Seminar], slug: Some(slug), ..Look::default() };
            let Some((seminar, _)) = rows(store, &everything, &look).await?.pop() else { return Ok(None) };
            let id = seminar.id();
            let team = (who == As::Team).then_some([Audience::Team(id), Audience::Early(id)]);
            Viewer::of(team.into_iter().flatten().chain([Audience::Members, Audience::Participants(id)]))
        }
    };
    let things = written(store, &viewer, seminar).await?;
    if things.is_empty() {
        return Ok(None);
    }
    fs::create_dir_all(out)?;
    if fs::read_dir(out)?.next().is_some() {
        return Err(std::io::Error::other(format!("the folder {} is not empty", out.display())).into());
    }
    let files = write::files(&things);
    let mut exported = Exported { things: things.len(), files: files.len() };
    for (path, text) in files {
        put(&out.join(path), text.as_bytes())?;
    }
    for thing in &things {
        if let Details::Material(materials::Details { file: Some(file), .. }) = &thing.details {
            put(&out.join("files").join(&file.name), &fs::read(&file.path)?)?;
            exported.files += 1;
        }
    }
    Ok(Some(exported))
}

fn put(path: &PathBuf, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Everything of a seminar, or of the glossary, that a viewer may see, as it would be written.
pub(crate) async fn written(store: &Store, viewer: &Viewer, seminar: Option<&str>) -> Result<Vec<Written>, Failure> {
    let things = match seminar {
        Some(slug) => {
            let mut things = rows(store, viewer, &seminars::itself(slug)).await?;
            let seminar: Shown = things.iter().map(|(seen, _)| *seen).collect();
            things.extend(rows(store, viewer, &seminars::within(&seminar, &[])).await?);
            things
        }
        None => rows(store, viewer, &Look { kinds: &[Kind::Term], ..Look::default() }).await?,
    };
    let around = Around::of(store, viewer, &things).await?;
    let mut all = Vec::with_capacity(things.len());
    for (seen, row) in &things {
        if let Some(thing) = around.thing(store, viewer, seminar, *seen, row).await? {
            all.push(thing);
        }
    }
    Ok(all)
}

/// One thing of a seminar, as it would be written for a viewer who may see it.
pub(crate) async fn one(
    store: &Store,
    viewer: &Viewer,
    seminar: &str,
    thing: &(Seen, thing::Model),
) -> Result<Option<Written>, Failure> {
    let around = Around::of(store, viewer, std::slice::from_ref(thing)).await?;
    around.thing(store, viewer, Some(seminar), thing.0, &thing.1).await
}

/// What hangs on the things of an export, fetched at once.
struct Around {
    names: HashMap<i64, (Kind, String)>,
    texts: Vec<texts::entity::Model>,
    contributions: Vec<people::contribution::Model>,
    relations: Vec<relation::Model>,
}

impl Around {
    async fn of(store: &Store, viewer: &Viewer, things: &[(Seen, thing::Model)]) -> Result<Self, Failure> {
        use people::contribution::{Column as Contribution, Entity as Contributions};
        let mut around =
            Self { names: HashMap::new(), texts: Vec::new(), contributions: Vec::new(), relations: Vec::new() };
        for part in things.chunks(500) {
            let ids: Vec<i64> = part.iter().map(|(seen, _)| seen.id()).collect();
            let texts = texts::entity::Entity::find().filter(texts::entity::Column::ThingId.is_in(ids.iter().copied()));
            around.texts.extend(texts.order_by_asc(texts::entity::Column::Id).all(store.read()).await?);
            let contributions = Contributions::find()
                .filter(Contribution::ThingId.is_in(ids.iter().copied()))
                .filter(viewer.condition((Contributions, Contribution::Audience)));
            around.contributions.extend(contributions.order_by_asc(Contribution::Position).all(store.read()).await?);
            let relations = relation::Entity::find().filter(relation::Column::FromId.is_in(ids));
            around.relations.extend(relations.order_by_asc(relation::Column::Position).all(store.read()).await?);
        }
        let mut named: Vec<i64> = things.iter().filter_map(|(_, row)| row.parent_id).collect();
        named.extend(around.contributions.iter().map(|row| row.person_id));
        named.extend(around.relations.iter().map(|row| row.to_id));
        named.sort_unstable();
        named.dedup();
        for part in named.chunks(500) {
            let look = Look { ids: Some(part.to_vec().into()), ..Look::default() };
            for (seen, row) in rows(store, viewer, &look).await? {
                if let Ok(kind) = row.kind.parse() {
                    around.names.insert(seen.id(), (kind, row.slug));
                }
            }
        }
        Ok(around)
    }

    async fn thing(
        &self,
        store: &Store,
        viewer: &Viewer,
        seminar: Option<&str>,
        seen: Seen,
        row: &thing::Model,
    ) -> Result<Option<Written>, Failure> {
        let Ok(kind) = row.kind.parse::<Kind>() else { return Ok(None) };
        let Some(mut details) = details(store, seen, kind).await? else { return Ok(None) };
        if let Details::Recommendation(details) = &mut details {
            let names = details.progress.iter_mut().map(|entry| &mut entry.by).collect();
            recommendations::unnamed(store, viewer, names).await?;
        }
        let name = |ring, id: i64| {
            let (kind, slug) = self.names.get(&id)?.clone();
            Some(Related { ring, kind, slug, spot: Spot::default() })
        };
        let mut texts = self.texts(row)?;
        texts.sort_by_key(|text| (text.status != Status::Original, text.language.code()));
        for text in &mut texts {
            text.body = texts::links::source(store, viewer, &text.body, kind, seminar).await?;
        }
        let split = |list: &str| list.split_whitespace().map(str::to_owned).collect();
        Ok(Some(Written {
            kind,
            slug: row.slug.clone(),
            parent: row.parent_id.and_then(|id| name(Ring::Of, id)),
            position: row.position,
            language: row.language.parse().map_err(|_| Failure::odd("thing.language"))?,
            visibility: row.visibility.as_deref().and_then(|code| code.parse().ok()),
            countries: split(&row.countries),
            themes: split(&row.themes),
            formerly: None,
            texts,
            contributors: self.contributors(row.id),
            relations: self
                .relations
                .iter()
                .filter(|relation| relation.from_id == row.id)
                .filter_map(|relation| name(ring(&relation.kind)?, relation.to_id))
                .collect(),
            details,
            spot: Spot::default(),
        }))
    }

    fn contributors(&self, thing: i64) -> Vec<Contributor> {
        let contributor = |row: &people::contribution::Model| {
            let (_, person) = self.names.get(&row.person_id)?.clone();
            Some(Contributor { person, role: row.role.parse().ok()?, title: row.title.clone(), spot: Spot::default() })
        };
        self.contributions.iter().filter(|row| row.thing_id == thing).filter_map(contributor).collect()
    }

    fn texts(&self, thing: &thing::Model) -> Result<Vec<WrittenText>, Failure> {
        let of: Vec<_> = self.texts.iter().filter(|row| row.thing_id == thing.id).collect();
        let original = of.iter().find(|row| row.status == Status::Original.code()).map(|row| &row.origin);
        of.iter()
            .map(|row| {
                Ok(WrittenText {
                    language: row.language.parse().map_err(|_| Failure::odd("text.language"))?,
                    status: row.status.parse().map_err(|()| Failure::odd("text.status"))?,
                    title: row.title.clone(),
                    summary: row.summary.clone(),
                    objectives: serde_json::from_str(&row.objectives)?,
                    body: row.source.clone(),
                    translated_from: (Some(&row.origin) != original).then(|| row.origin.clone()),
                    spot: Spot::default(),
                })
            })
            .collect()
    }
}

fn ring(code: &str) -> Option<Ring> {
    [Ring::Answers, Ring::See, Ring::WorksFor, Ring::From].into_iter().find(|ring| ring.code() == code)
}

async fn details(store: &Store, thing: Seen, kind: Kind) -> Result<Option<Details>, Failure> {
    let here = thing.into();
    Ok(match kind {
        Kind::Seminar => own(store.ask(seminars::details(&here)).await?, Details::Seminar),
        Kind::Session => own(store.ask(sessions::details(&here)).await?, Details::Session),
        Kind::Material => Some(Details::Material(materials::details(store, thing).await?)),
        Kind::Practice => own(store.ask(practices::details(&here)).await?, Details::Practice),
        Kind::Challenge => own(store.ask(challenges::details(&here)).await?, Details::Challenge),
        Kind::Recommendation => own(store.ask(recommendations::details(&here)).await?, Details::Recommendation),
        Kind::Board => own(store.ask(boards::details(&here)).await?, Details::Board),
        Kind::Person => people::details(store, thing).await?.map(Details::Person),
        Kind::Organisation => own(store.ask(organisations::details(&here)).await?, Details::Organisation),
        Kind::Comparison => Some(Details::Comparison(store.ask(comparisons::details(&here)).await?)),
        Kind::Term => Some(Details::Term(store.ask(glossary::details(&here)).await?)),
    })
}

/// Of one thing.
fn own<D>(mut details: Vec<(i64, D)>, of: impl Fn(D) -> Details) -> Option<Details> {
    details.pop().map(|(_, details)| of(details))
}
