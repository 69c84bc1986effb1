//! What a folder holds no more, and what becomes of that which names it.

use super::{publish::Publishing, written::Ring};
use crate::{
    authors::draft,
    boards,
    changes::Act,
    edits::entity as edit,
    people::contribution,
    search,
    store::Failure,
    things::{
        Kind,
        entity::{relation, thing},
    },
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

impl<C: ConnectionTrait> Publishing<'_, C> {
    /// What the folder holds no more: listed, and deleted where that was asked for.
    pub(super) async fn gone(&mut self, stored: HashMap<(Kind, String), thing::Model>) -> Result<(), Failure> {
        // What was made in the browser was in no folder, and whoever is named by what was edited stays with it.
        let discard = self.discard && self.prune;
        let mut gone: Vec<_> = stored.into_iter().filter(|(_, row)| discard || !self.edits.made(row.id)).collect();
        gone.sort_by(|(this, _), (that, _)| this.cmp(that));
        // What somebody is still writing is theirs, with all that it names and in which it lies, whatever is asked for.
        let ids: Vec<i64> = gone.iter().map(|(_, row)| row.id).collect();
        let (drafts, within) = self.drafts(&ids).await?;
        gone.retain(|(_, row)| !drafts.contains(&row.id));
        let drafts = draft::Entity::find().select_only().column(draft::Column::ThingId).into_query();
        let edited = edit::Entity::find().select_only().column(edit::Column::ThingId).into_query();
        let named = self.named_by(&ids, if discard { drafts } else { edited }).await?;
        // What was written on a board is in no folder either.
        let begun = boards::begun_of(self.db, &ids).await?;
        let begun_in: HashSet<i64> =
            gone.iter().filter(|(_, row)| begun.contains(&row.id)).filter_map(|(_, row)| row.parent_id).collect();
        let stays = |row: &thing::Model| {
            let begun = begun.contains(&row.id) || begun_in.contains(&row.id);
            let edited = begun || self.edits.of_thing(row.id).is_some() || self.edits.hold_within(row.id);
            within.contains(&row.id) || named.contains(&row.id) || (!discard && edited)
        };
        let (stay, go): (Vec<_>, Vec<_>) = gone.into_iter().partition(|(_, row)| stays(row));
        self.stayed.extend(stay.into_iter().map(|(key, _)| key));
        gone = go;
        if self.prune {
            let ids: Vec<i64> = gone.iter().map(|(_, row)| row.id).collect();
            self.delete(&ids).await?;
            self.changes.extend(gone.iter().map(|((kind, _), row)| (row.id, *kind, Act::Deleted)));
        }
        self.missing.extend(gone.into_iter().map(|(key, _)| key));
        Ok(())
    }

    /// Those of some things that are drafts, and those in which drafts lie.
    async fn drafts(&self, ids: &[i64]) -> Result<(HashSet<i64>, HashSet<i64>), Failure> {
        let drafts = || draft::Entity::find().select_only().column(draft::Column::ThingId).into_query();
        let (mut themselves, mut within) = (HashSet::new(), HashSet::new());
        for part in ids.chunks(500) {
            let found = draft::Entity::find().filter(draft::Column::ThingId.is_in(part.iter().copied()));
            themselves.extend(found.all(self.db).await?.into_iter().map(|draft| draft.thing_id));
            let lying = thing::Entity::find()
                .filter(thing::Column::ParentId.is_in(part.iter().copied()))
                .filter(thing::Column::Id.in_subquery(drafts()));
            within.extend(lying.all(self.db).await?.into_iter().filter_map(|lying| lying.parent_id));
        }
        Ok((themselves, within))
    }

    /// Who and what of some is named by others, of this seminar or of another.
    async fn named_by(&self, ids: &[i64], others: SelectStatement) -> Result<BTreeSet<i64>, Failure> {
        let mut named = BTreeSet::new();
        for part in ids.chunks(500) {
            let contribute = contribution::Entity::find()
                .select_only()
                .column(contribution::Column::PersonId)
                .filter(contribution::Column::PersonId.is_in(part.iter().copied()))
                .filter(contribution::Column::ThingId.in_subquery(others.clone()));
            named.extend(contribute.into_tuple::<i64>().all(self.db).await?);
            let related = relation::Entity::find()
                .select_only()
                .column(relation::Column::ToId)
                .filter(relation::Column::ToId.is_in(part.iter().copied()))
                .filter(relation::Column::Kind.is_in([Ring::WorksFor, Ring::Answers].map(Ring::code)))
                .filter(relation::Column::FromId.in_subquery(others.clone()));
            named.extend(related.into_tuple::<i64>().all(self.db).await?);
        }
        Ok(named)
    }

    /// Deletes things.
    pub(crate) async fn delete(&mut self, ids: &[i64]) -> Result<(), Failure> {
        for part in ids.chunks(500) {
            self.unnamed(part, ids).await?;
            thing::Entity::delete_many().filter(thing::Column::Id.is_in(part.iter().copied())).exec(self.db).await?;
        }
        Ok(())
    }

    /// What names things that go says something else now, and is written anew by its next import, whatever that says.
    async fn unnamed(&mut self, going: &[i64], gone: &[i64]) -> Result<(), Failure> {
        let related = relation::Entity::find()
            .select_only()
            .column(relation::Column::FromId)
            .filter(relation::Column::ToId.is_in(going.iter().copied()))
            .into_query();
        let named_by: Vec<(i64, String)> = thing::Entity::find()
            .select_only()
            .columns([thing::Column::Id, thing::Column::Kind])
            .filter(thing::Column::Id.in_subquery(related))
            .into_tuple()
            .all(self.db)
            .await?;
        let named_by = named_by.into_iter().filter_map(|(id, kind)| Some((id, kind.parse().ok()?)));
        let around = search::found::naming(self.db, going).await?.into_iter().chain(named_by);
        let changed: HashSet<i64> = self.changes.iter().map(|(id, ..)| *id).chain(gone.iter().copied()).collect();
        let around: BTreeMap<i64, Kind> = around.filter(|(id, _)| !changed.contains(id)).collect();
        thing::Entity::update_many()
            .col_expr(thing::Column::Digest, Expr::value(""))
            .filter(thing::Column::Id.is_in(around.keys().copied()))
            .exec(self.db)
            .await?;
        self.changes.extend(around.into_iter().map(|(id, kind)| (id, kind, Act::Updated)));
        Ok(())
    }
}
