//! For whom things are: worked out from what was set for each, over the rows of the store.

use super::{Audience, Visibility};
use crate::{
    authors::draft,
    changes::Act,
    people::contribution,
    seminars::{Stage, entity as seminar},
    sessions::entity as session,
    store::Failure,
    things::{Kind, entity::thing},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What was set for things, and what follows from it.
#[derive(Debug)]
pub(crate) struct Settled {
    things: HashMap<i64, thing::Model>,
    /// Seminars that are drafts: for their team, whatever was set.
    drafts: HashSet<i64>,
    /// Sessions under the Chatham House rule.
    quiet: HashSet<i64>,
    /// What its authors have not published yet: for them, whatever was set.
    unpublished: HashSet<i64>,
}

impl Settled {
    /// Of a seminar and what lies in it; none: of everything.
    pub(crate) async fn of<C: ConnectionTrait>(db: &C, seminar: Option<i64>) -> Result<Self, Failure> {
        let within = |seminar: i64| {
            Condition::any().add(thing::Column::Id.eq(seminar)).add(thing::Column::SeminarId.eq(seminar))
        };
        let mut things = thing::Entity::find();
        let mut drafts = seminar::Entity::find().filter(seminar::Column::Status.eq(Stage::Draft.code()));
        let mut quiet = session::Entity::find().filter(session::Column::ChathamHouse.eq(true));
        let mut unpublished = draft::Entity::find();
        if let Some(seminar) = seminar {
            let ids =
                thing::Entity::find().select_only().column(thing::Column::Id).filter(within(seminar)).into_query();
            things = things.filter(within(seminar));
            drafts = drafts.filter(seminar::Column::ThingId.eq(seminar));
            quiet = quiet.filter(session::Column::ThingId.in_subquery(ids.clone()));
            unpublished = unpublished.filter(draft::Column::ThingId.in_subquery(ids));
        }
        Ok(Self {
            things: things.all(db).await?.into_iter().map(|thing| (thing.id, thing)).collect(),
            drafts: drafts.all(db).await?.into_iter().map(|seminar| seminar.thing_id).collect(),
            quiet: quiet.all(db).await?.into_iter().map(|session| session.thing_id).collect(),
            unpublished: unpublished.all(db).await?.into_iter().map(|draft| draft.thing_id).collect(),
        })
    }

    pub(crate) fn things(&self) -> impl Iterator<Item = &thing::Model> {
        self.things.values()
    }

    pub(crate) fn thing(&self, id: i64) -> Option<&thing::Model> {
        self.things.get(&id)
    }

    /// Whether a seminar is for its team until it is published, whatever was set.
    pub(crate) fn is_draft(&self, seminar: i64) -> bool {
        self.drafts.contains(&seminar)
    }

    /// Whether who contributed to it is for its team alone.
    pub(crate) fn is_quiet(&self, thing: i64) -> bool {
        self.quiet.contains(&thing)
    }

    /// What holds for a thing of itself.
    pub(crate) fn own(&self, thing: &thing::Model) -> Option<Visibility> {
        if self.is_draft(thing.id) { Some(Visibility::Team) } else { thing.set() }
    }

    fn whole(&self, thing: &thing::Model) -> Visibility {
        let seminar = thing.seminar_id.and_then(|id| self.things.get(&id));
        seminar.and_then(|seminar| self.own(seminar)).unwrap_or(Visibility::Public)
    }

    /// What holds for that in which a thing lies: it is never for more people.
    pub(crate) fn around(&self, thing: &thing::Model) -> Visibility {
        let parent = thing.parent_id.and_then(|id| self.things.get(&id));
        parent.map_or_else(|| self.whole(thing), |parent| Visibility::within(self.own(parent), self.whole(parent)))
    }

    /// What holds for a thing.
    pub(crate) fn holds(&self, thing: &thing::Model) -> Visibility {
        Visibility::within(self.own(thing), self.around(thing))
    }

    /// What would hold for a thing in a seminar that lies in nothing else there.
    pub(crate) fn within(&self, seminar: &thing::Model, own: Option<Visibility>) -> Visibility {
        Visibility::within(own, self.own(seminar).unwrap_or(Visibility::Public))
    }

    /// Whether its authors have not published it yet, or that in which it lies.
    pub(crate) fn is_unpublished(&self, thing: &thing::Model) -> bool {
        self.written(thing).is_some()
    }

    fn written(&self, thing: &thing::Model) -> Option<i64> {
        [Some(thing.id), thing.parent_id].into_iter().flatten().find(|id| self.unpublished.contains(id))
    }

    fn for_them(&self, thing: &thing::Model, holds: Visibility) -> String {
        let authors = self.written(thing).map(Audience::Authors);
        authors.unwrap_or_else(|| holds.audience(home(thing))).to_string()
    }

    /// Who should see a thing.
    pub(super) fn audience(&self, thing: &thing::Model) -> String {
        self.for_them(thing, self.holds(thing))
    }

    /// Who should know who contributed to it.
    pub(super) fn of_contributions(&self, thing: &thing::Model) -> String {
        let team = self.is_quiet(thing.id).then_some(Visibility::Team);
        self.for_them(thing, Visibility::within(team, self.holds(thing)))
    }
}

fn home(thing: &thing::Model) -> i64 {
    thing.seminar_id.unwrap_or(thing.id)
}

/// Has everything of a seminar be for those for whom it should be, after something else was set: what changed, for the
/// change log.
pub(crate) async fn settle<C: ConnectionTrait>(db: &C, seminar: i64) -> Result<Vec<(i64, Kind, Act)>, Failure> {
    let settled = Settled::of(db, Some(seminar)).await?;
    let off =
        settled.things().map(|thing| (thing, settled.audience(thing))).filter(|(one, should)| one.audience != *should);
    let off: Vec<(i64, String)> = off.map(|(thing, should)| (thing.id, should)).collect();
    let mut changed: BTreeSet<i64> = off.iter().map(|(id, _)| *id).collect();
    write::<thing::Entity, C>(db, (thing::Column::Id, thing::Column::Audience), off).await?;
    let ids: Vec<i64> = settled.things().map(|thing| thing.id).collect();
    let mut off = Vec::new();
    for part in ids.chunks(500) {
        let rows = contribution::Entity::find().filter(contribution::Column::ThingId.is_in(part.iter().copied()));
        for row in rows.all(db).await? {
            let Some(thing) = settled.thing(row.thing_id) else { continue };
            let should = settled.of_contributions(thing);
            if row.audience != should {
                changed.insert(thing.id);
                off.push((row.id, should));
            }
        }
    }
    write::<contribution::Entity, C>(db, (contribution::Column::Id, contribution::Column::Audience), off).await?;
    let changed = changed.into_iter().filter_map(|id| settled.thing(id));
    changed.map(|thing| Ok((thing.id, thing.kind()?, Act::Updated))).collect()
}

/// Those of one audience at once.
async fn write<E: EntityTrait, C: ConnectionTrait>(
    db: &C,
    (id, audience): (E::Column, E::Column),
    off: Vec<(i64, String)>,
) -> Result<(), Failure> {
    let mut by_audience: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for (id, should) in off {
        by_audience.entry(should).or_default().push(id);
    }
    for (should, ids) in by_audience {
        for part in ids.chunks(500) {
            E::update_many()
                .col_expr(audience, Expr::value(should.clone()))
                .filter(id.is_in(part.iter().copied()))
                .exec(db)
                .await?;
        }
    }
    Ok(())
}
