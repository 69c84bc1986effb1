//! What was edited and set in the browser, over what files say: it holds, and where the files say something else, that is
//! told.

use super::{
    check::Folder,
    export,
    publish::Publishing,
    written::{Details, Written},
};
use crate::{
    boards,
    changes::Act,
    edits::{Kept, PLACE, entity as edit, merged, moves},
    gate::Viewer,
    protection::entity as setting,
    seminars, sessions,
    store::{Failure, Store},
    things::{self, Kind, Look, entity::thing},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

/// What was edited in the browser, with the things as they are.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Edits(BTreeMap<i64, (edit::Model, thing::Model, Written)>);

impl Edits {
    /// Those of the seminars that folders are of.
    pub(super) async fn of(store: &Store, viewer: &Viewer, folders: &[Folder]) -> Result<Self, Failure> {
        let mut edits = BTreeMap::new();
        for (row, found) in edited_in(store.read(), folders).await? {
            let look = Look { ids: Some(vec![row.thing_id].into()), ..Look::default() };
            let Some(found) = things::rows(store, viewer, &look).await?.pop().filter(|(_, again)| *again == found)
            else {
                continue;
            };
            let home = found.1.seminar_id.unwrap_or(row.thing_id);
            let Some(seminar) = thing::Entity::find_by_id(home).one(store.read()).await? else { continue };
            if let Some(says) = export::one(store, viewer, &seminar.slug, &found).await? {
                edits.insert(row.thing_id, (row, found.1, says));
            }
        }
        Ok(Self(edits))
    }

    /// Whether they are still so.
    pub(super) async fn hold<C: ConnectionTrait>(&self, db: &C, folders: &[Folder]) -> Result<bool, Failure> {
        let now = edited_in(db, folders).await?;
        Ok(now.iter().map(|(row, thing)| (row, thing)).eq(self.0.values().map(|(row, thing, _)| (row, thing))))
    }

    /// What was made in the browser in the seminar of a folder, of which `found` is what the store holds.
    pub(super) fn beside(&self, found: &[Option<thing::Model>]) -> Vec<Written> {
        let home = found.iter().flatten().find(|row| row.kind == Kind::Seminar.code()).map(|row| row.id);
        let here = |row: &thing::Model| row.seminar_id.is_some() && row.seminar_id == home;
        let there = |row: &thing::Model| found.iter().flatten().any(|found| found.id == row.id);
        let made = self.0.values().filter(|(edit, row, _)| edit.made && here(row) && !there(row));
        made.map(|(_, _, says)| says.clone()).collect()
    }

    /// Whether something that was edited lies in a thing.
    pub(super) fn hold_within(&self, thing: i64) -> bool {
        self.0.values().any(|(_, row, _)| row.parent_id == Some(thing))
    }

    /// What was edited of a thing.
    pub(super) fn of_thing(&self, thing: i64) -> Option<&edit::Model> {
        self.0.get(&thing).map(|(row, ..)| row)
    }

    /// Whether a thing was made in the browser.
    pub(super) fn made(&self, thing: i64) -> bool {
        self.of_thing(thing).is_some_and(|row| row.made)
    }

    /// Whether a thing that was edited says this. Which original a translation was made from need not be written: then
    /// it stays as it is.
    pub(super) fn say(&self, thing: i64, what: &Written) -> bool {
        let Some((_, _, says)) = self.0.get(&thing) else { return false };
        let mut says = says.clone();
        for (text, written) in says.texts.iter_mut().zip(&what.texts) {
            if written.translated_from.is_none() {
                text.translated_from = None;
            }
        }
        says == *what
    }
}

/// What was edited in the seminars that folders are of, by the ids of things.
async fn edited_in<C: ConnectionTrait>(
    db: &C,
    folders: &[Folder],
) -> Result<Vec<(edit::Model, thing::Model)>, Failure> {
    let slugs = folders.iter().filter_map(|folder| folder.things.first()).filter(|first| first.kind == Kind::Seminar);
    let slugs: Vec<&str> =
        slugs.flat_map(|first| [Some(first.slug.as_str()), first.formerly.as_deref()]).flatten().collect();
    let homes: Vec<i64> = thing::Entity::find()
        .select_only()
        .column(thing::Column::Id)
        .filter(thing::Column::Kind.eq(Kind::Seminar.code()))
        .filter(thing::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(db)
        .await?;
    let within = thing::Entity::find()
        .select_only()
        .column(thing::Column::Id)
        .filter(thing::Column::Id.is_in(homes.iter().copied()).or(thing::Column::SeminarId.is_in(homes)))
        .into_query();
    let rows = edit::Entity::find().filter(edit::Column::ThingId.in_subquery(within));
    let rows = rows.order_by_asc(edit::Column::ThingId).all(db).await?;
    let mut things: HashMap<i64, thing::Model> = HashMap::new();
    for part in rows.chunks(500) {
        let ids = part.iter().map(|row| row.thing_id);
        let found = thing::Entity::find().filter(thing::Column::Id.is_in(ids)).all(db).await?;
        things.extend(found.into_iter().map(|thing| (thing.id, thing)));
    }
    Ok(rows.into_iter().filter_map(|row| things.remove(&row.thing_id).map(|thing| (row, thing))).collect())
}

impl<C: ConnectionTrait> Publishing<'_, C> {
    /// The things of a folder with what was edited in the browser.
    pub(super) async fn edited<'b>(
        &mut self,
        things: &'b [Written],
        found: &[Option<thing::Model>],
    ) -> Result<Vec<Cow<'b, Written>>, Failure> {
        let mut all = Vec::with_capacity(things.len());
        let renamed: HashMap<(Kind, &str), &str> = things
            .iter()
            .filter_map(|thing| Some(((thing.kind, thing.formerly.as_deref()?), thing.slug.as_str())))
            .collect();
        for (thing, found) in things.iter().zip(found) {
            let edits = found.as_ref().and_then(|found| self.edits.0.get(&found.id));
            let Some((row, _, here)) = edits else {
                all.push(Cow::Borrowed(thing));
                continue;
            };
            let mut here = here.clone();
            for contributor in &mut here.contributors {
                if let Some(now) = renamed.get(&(Kind::Person, contributor.person.as_str())) {
                    contributor.person = (*now).to_owned();
                }
            }
            for related in here.parent.iter_mut().chain(&mut here.relations) {
                if let Some(now) = renamed.get(&(related.kind, related.slug.as_str())) {
                    related.slug = (*now).to_owned();
                }
            }
            let before = row.filed()?;
            let mut filed = before.clone();
            let (holds, kept) = merged(thing, &here, &mut filed, self.discard);
            if row.made || filed != before {
                edit::Model { made: false, ..row.clone() }.save(self.db, &filed).await?;
            }
            self.edited.extend(kept);
            all.push(Cow::Owned(holds));
        }
        Ok(all)
    }

    /// Has boards with which somebody has begun work as they do, whatever the files say and whatever is discarded: who wrote
    /// on them was told how.
    pub(super) async fn as_begun(
        &mut self,
        things: &mut [Cow<'_, Written>],
        found: &[Option<thing::Model>],
    ) -> Result<(), Failure> {
        let stored = found.iter().flatten().filter(|row| row.kind == Kind::Board.code());
        let begun = boards::begun_of(self.db, &stored.map(|row| row.id).collect::<Vec<_>>()).await?;
        for (thing, found) in things.iter_mut().zip(found) {
            let Some(id) = found.as_ref().map(|row| row.id).filter(|id| begun.contains(id)) else { continue };
            let Some(row) = boards::entity::Entity::find_by_id(id).one(self.db).await? else { continue };
            let here = boards::Details::try_from(row)?;
            let Details::Board(files) = thing.details else { continue };
            let fields = [
                ("names", here.names.code(), files.names.code()),
                ("shown", here.shown.code(), files.shown.code()),
                ("ballots", here.ballots.code(), files.ballots.code()),
            ];
            for (field, here, files) in fields.into_iter().filter(|(_, here, files)| here != files) {
                self.edited.retain(|kept| (kept.kind, &*kept.slug, &*kept.field) != (thing.kind, &*thing.slug, field));
                self.edited.push(Kept {
                    kind: thing.kind,
                    slug: thing.slug.clone(),
                    field: field.into(),
                    here: here.to_owned(),
                    files: files.to_owned(),
                    since: false,
                    goes: false,
                    fixed: true,
                });
            }
            if here != files {
                thing.to_mut().details = Details::Board(here);
            }
        }
        Ok(())
    }

    /// Where it was edited in which order sessions are, they stay so, and what is new comes after what it follows in the
    /// folder; where it was edited when they are, they stand in the order of their times. `before`: the sessions there
    /// were, in their order.
    pub(super) async fn in_order(&mut self, seminar: Option<i64>, before: &[i64]) -> Result<(), Failure> {
        let Some(seminar) = seminar else { return Ok(()) };
        let moved = |row: &edit::Model| row.filed().is_ok_and(|filed| moves(filed.keys().map(String::as_str)));
        if !self.edits.0.values().any(|(row, thing, _)| thing.seminar_id == Some(seminar) && moved(row)) {
            return Ok(());
        }
        let clock = seminars::clock(self.db, seminar).await?;
        let placed = |row: &edit::Model| !row.made && row.filed().is_ok_and(|filed| filed.contains_key(PLACE));
        let mut moved = Vec::new();
        if !self.discard
            && self.edits.0.values().any(|(row, thing, _)| thing.seminar_id == Some(seminar) && placed(row))
        {
            moved = sessions::stay_in_order(self.db, seminar, before).await?;
        }
        moved.extend(sessions::in_time(self.db, seminar, &clock).await?);
        for moved in moved {
            if !self.changes.iter().any(|(id, ..)| *id == moved) {
                self.changes.push((moved, Kind::Session, Act::Updated));
            }
        }
        Ok(())
    }

    /// The things of a folder as they are to be written: with what organisers set in the browser. Where that is something
    /// else than the files say, it is told.
    pub(super) async fn set<'b>(
        &mut self,
        things: &'b [Cow<'b, Written>],
        found: &[Option<thing::Model>],
    ) -> Result<Vec<Cow<'b, Written>>, Failure> {
        let ids: Vec<i64> = found.iter().flatten().map(|row| row.id).collect();
        let mut rows: HashMap<i64, setting::Model> = HashMap::new();
        for part in ids.chunks(500) {
            let asked = setting::Entity::find().filter(setting::Column::ThingId.is_in(part.iter().copied()));
            rows.extend(asked.all(self.db).await?.into_iter().map(|row| (row.thing_id, row)));
        }
        let mut set = Vec::with_capacity(things.len());
        for (thing, found) in things.iter().zip(found) {
            let Some(mut row) = found.as_ref().and_then(|found| rows.remove(&found.id)) else {
                set.push(Cow::Borrowed(&**thing));
                continue;
            };
            let mut own = Written::clone(thing);
            if let Some(visibility) = row.visibility() {
                own.visibility = visibility;
                row.filed_visibility = thing.visibility.map(|visibility| visibility.code().to_owned());
            }
            if let (Some(rule), Details::Session(details)) = (row.chatham_house, &mut own.details) {
                row.filed_chatham_house = Some(details.chatham_house);
                details.chatham_house = rule;
            }
            if own.visibility != thing.visibility || own.details != thing.details {
                self.kept.push((thing.kind, thing.slug.clone()));
            }
            row.save(self.db).await?;
            set.push(Cow::Owned(own));
        }
        Ok(set)
    }
}
