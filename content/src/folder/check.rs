//! What can only be seen with all folders side by side: slugs used twice, references to nothing.

use super::{
    problem::{Problem, nearest},
    written::{Related, Spot, Written},
};
use crate::{
    store::{Failure, Store},
    things::{Kind, entity::thing},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    iter::repeat,
    path::PathBuf,
};

/// A folder that has been read.
#[derive(Debug)]
pub(crate) struct Folder {
    /// What problems call it.
    pub(crate) name: PathBuf,
    /// The seminar first, if there is one.
    pub(crate) things: Vec<Written>,
    /// What is there and could not be read: its problems are told already.
    pub(crate) unread: Vec<(Kind, String)>,
}

impl Folder {
    /// The slug of the seminar.
    pub(crate) fn seminar(&self) -> Option<&str> {
        self.written().map(|seminar| seminar.slug.as_str())
    }

    /// What is written of the seminar itself.
    fn written(&self) -> Option<&Written> {
        self.things.first().filter(|thing| thing.kind == Kind::Seminar)
    }

    /// Whether a seminar is this folder's, under its name or the one it had.
    fn is_home(&self, slug: Option<&str>) -> bool {
        let formerly = || self.written().and_then(|seminar| seminar.formerly.as_deref());
        slug == self.seminar() || (slug.is_some() && slug == formerly())
    }
}

/// What is already in the store: kind and slug, and the seminar it came with.
type Known = HashMap<(String, String), Option<String>>;

/// What does not fit together. `prune`: what the folders hold no more goes, so that nothing may name it.
pub(crate) async fn check(store: &Store, folders: &[Folder], prune: bool) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    let known = known(store, folders).await?;
    let mut here: BTreeMap<(Kind, Option<&str>, &str), (&Folder, &Written)> = BTreeMap::new();
    for folder in folders {
        for thing in &folder.things {
            let seminar = if thing.kind.is_local() { folder.seminar() } else { None };
            if let Some((there, other)) = here.insert((thing.kind, seminar, &thing.slug), (folder, thing)) {
                let what = if std::ptr::eq(there, folder) && other.spot.file == thing.spot.file {
                    format!("another {} of this file has the slug `{}`", thing.kind.code(), thing.slug)
                } else {
                    format!("{thing} is in {} too: a slug is used once", other.spot.file.display())
                };
                problems.push(at(folder, &thing.spot, what));
            }
            let elsewhere = known.get(&(thing.kind.code().to_owned(), thing.slug.clone()));
            // A seminar that could not be read names no home: what is wrong with it is told already.
            let homeless = folder.seminar().is_none() && thing.kind != Kind::Term;
            if let Some(home) = elsewhere.filter(|home| !thing.kind.is_local() && !folder.is_home(home.as_deref()))
                && thing.kind != Kind::Seminar
                && !homeless
            {
                let home = home.as_deref().map_or_else(|| "another folder".to_owned(), |slug| format!("`{slug}`"));
                let what = format!("there is another {thing} already; it came with {home}");
                let problem = at(folder, &thing.spot, what);
                problems
                    .push(problem.help("Give this one another slug, or refer to that one without writing it again."));
            }
        }
    }
    for folder in folders {
        for thing in &folder.things {
            let people =
                thing.contributors.iter().map(|contributor| (Kind::Person, &contributor.person, &contributor.spot));
            let things = thing.relations.iter().map(|Related { kind, slug, spot, .. }| (*kind, slug, spot));
            let by = Spot { field: Some("progress.by"), ..thing.spot.clone() };
            let organisations = thing.organisations().map(|slug| (Kind::Organisation, slug, &by));
            let parent = thing.parent.iter().map(|Related { kind, slug, spot, .. }| (*kind, slug, spot));
            let named = people.chain(things).chain(organisations).zip(repeat(false)).chain(parent.zip(repeat(true)));
            for ((kind, slug, spot), is_parent) in named {
                let seminar = if kind.is_local() { folder.seminar() } else { None };
                let unread = folder.unread.iter().any(|(other, name)| *other == kind && name == slug);
                // What belongs to a thing is seen by no more than that: both lie in one folder.
                let fits = |there: &Folder| !is_parent || std::ptr::eq(there, folder);
                let written = here.get(&(kind, seminar, slug)).is_some_and(|(there, _)| fits(there));
                let stays =
                    |home: &Option<String>| !prune || !folders.iter().any(|folder| folder.is_home(home.as_deref()));
                let stored = || known.get(&(kind.code().to_owned(), slug.clone())).is_some_and(stays);
                if unread || written || (!is_parent && !kind.is_local() && stored()) {
                    continue;
                }
                let here = here.iter().filter(|(key, (there, _))| key.0 == kind && fits(there));
                let names: BTreeSet<&str> = here.map(|(key, _)| key.2).filter(|name| name != slug).collect();
                let code = kind.code();
                let problem = at(folder, spot, format!("there is no {code} `{slug}`"));
                problems.push(match nearest(slug, names) {
                    Some(near) => problem.help(format!("Did you mean `{near}`?")),
                    None if is_parent => problem.help(format!("What belongs to a {code} lies in its folder.")),
                    None => problem.help(format!("Write it into this folder, or import the {code} first.")),
                });
            }
        }
    }
    Ok(problems)
}

fn at(folder: &Folder, spot: &Spot, what: String) -> Problem {
    let mut problem = Problem::of_file(&spot.file, what);
    problem.field = spot.field.map(str::to_owned);
    // The place is found again from the file, which is in the folder's own memory no more.
    problem.at = super::read::place(&folder.name, spot).map(Box::new);
    problem
}

/// The things in the store that have the slugs which the folders write or name.
async fn known(store: &Store, folders: &[Folder]) -> Result<Known, Failure> {
    let mut slugs = BTreeSet::new();
    for thing in folders.iter().flat_map(|folder| &folder.things) {
        slugs.insert(thing.slug.clone());
        slugs.extend(thing.organisations().cloned());
        slugs.extend(thing.relations.iter().map(|related| related.slug.clone()));
        slugs.extend(thing.contributors.iter().map(|contributor| contributor.person.clone()));
    }
    let slugs: Vec<String> = slugs.into_iter().collect();
    let mut rows: Vec<(String, String, Option<i64>)> = Vec::new();
    for part in slugs.chunks(500) {
        let query = thing::Entity::find().select_only().columns([
            thing::Column::Kind,
            thing::Column::Slug,
            thing::Column::SeminarId,
        ]);
        rows.extend(
            query
                .filter(thing::Column::Slug.is_in(part))
                .filter(
                    thing::Column::Kind
                        .is_not_in(Kind::ALL.iter().filter(|kind| kind.is_local()).map(|kind| kind.code())),
                )
                .into_tuple::<(String, String, Option<i64>)>()
                .all(store.read())
                .await?,
        );
    }
    let homes: BTreeSet<i64> = rows.iter().filter_map(|(_, _, home)| *home).collect();
    let homes: HashMap<i64, String> = thing::Entity::find()
        .select_only()
        .columns([thing::Column::Id, thing::Column::Slug])
        .filter(thing::Column::Id.is_in(homes))
        .into_tuple()
        .all(store.read())
        .await?
        .into_iter()
        .collect();
    Ok(rows
        .into_iter()
        .map(|(kind, slug, home)| ((kind, slug), home.and_then(|home| homes.get(&home).cloned())))
        .collect())
}
