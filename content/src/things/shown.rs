//! Ids to ask by: known already, or found by the same statement.

use super::{
    entity::{relation, thing},
    list::{Look, Seen},
};
use crate::{
    gate::Viewer,
    store::{Ask, Given, constant},
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, IntoColumnRef, Query, SelectStatement};

/// Ids to look for. That something has one of them says nothing of who may see it.
#[derive(Clone, Debug)]
pub(crate) enum Ids {
    /// These.
    Known(Vec<i64>),
    /// Those that a subquery finds.
    Asked(Box<SelectStatement>),
    /// Those that the statement has found already ([`Given`]).
    Given {
        name: &'static str,
        /// There is at most one.
        one: bool,
    },
}

impl Ids {
    /// That a column holds one of them.
    pub(crate) fn hold(&self, column: impl IntoColumnRef) -> Expr {
        let column = Expr::col(column);
        match self {
            Self::Known(ids) => match ids[..] {
                [id] => column.eq(id),
                _ => column.is_in(ids.iter().copied()),
            },
            Self::Asked(select) => column.in_subquery((**select).clone()),
            Self::Given { name, one } => {
                let given = Query::select().column("id").from(*name).to_owned();
                // To be one of a set, the set is made into a table first.
                if *one { column.eq(given) } else { column.in_subquery(given) }
            }
        }
    }
}

impl From<SelectStatement> for Ids {
    fn from(select: SelectStatement) -> Self {
        Self::Asked(Box::new(select))
    }
}

impl From<Vec<i64>> for Ids {
    fn from(ids: Vec<i64>) -> Self {
        Self::Known(ids)
    }
}

/// Things that the viewer may see: what hangs on them may be asked for. Only the functions here make one.
#[derive(Clone, Debug)]
pub(crate) struct Shown(Ids);

impl Shown {
    /// That a column holds the id of one of them.
    pub(crate) fn hold(&self, column: impl IntoColumnRef) -> Expr {
        self.0.hold(column)
    }

    pub(super) fn ids(&self) -> &Ids {
        &self.0
    }

    /// Selects their ids. None: there are none.
    pub(super) fn select(self) -> Option<SelectStatement> {
        match self.0 {
            Ids::Asked(select) => Some(*select),
            Ids::Given { name, .. } => Some(Query::select().column("id").from(name).to_owned()),
            Ids::Known(ids) if ids.is_empty() => None,
            known @ Ids::Known(_) => {
                let id = thing::Column::Id;
                Some(Query::select().column(id).from(thing::Entity).and_where(known.hold(id)).to_owned())
            }
        }
    }

    /// Looks for just them.
    pub(crate) fn look<'a>(&self) -> Look<'a> {
        Look { just: Some(self.clone()), ..Look::default() }
    }

    /// What they are related to, or what is related to them.
    pub(crate) fn related(&self, kind: &'static str, along: Along) -> Ids {
        use relation::Column as Relation;
        let (here, there) = match along {
            Along::To => (Relation::FromId, Relation::ToId),
            Along::From => (Relation::ToId, Relation::FromId),
        };
        let mut select = Query::select();
        select
            .column(there)
            .from(relation::Entity)
            .and_where(self.hold(here))
            .and_where(Expr::col(Relation::Kind).eq(constant(kind)));
        select.into()
    }
}

/// Which way a relation is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Along {
    /// From the thing to what it speaks of.
    To,
    /// From what is spoken of to who speaks.
    From,
}

impl From<Seen> for Shown {
    fn from(seen: Seen) -> Self {
        Self(vec![seen.id()].into())
    }
}

impl FromIterator<Seen> for Shown {
    fn from_iter<I: IntoIterator<Item = Seen>>(seen: I) -> Self {
        Self(seen.into_iter().map(Seen::id).collect::<Vec<_>>().into())
    }
}

/// The things that are looked for and may be seen, not yet found.
pub(crate) fn shown(viewer: &Viewer, look: &Look<'_>) -> Shown {
    match &look.just {
        Some(just) => just.clone(),
        None => Shown(found(viewer, look, thing::Column::Id)),
    }
}

/// The things that are looked for and may be seen, found once for all that is asked about them. `ask` gets them, and how
/// to look for just them; `name` is one that no other question of the statement uses.
pub(crate) fn given<'a, A: Ask>(
    viewer: &Viewer,
    name: &'static str,
    look: &Look<'a>,
    ask: impl FnOnce(&Shown, &Look<'a>) -> A,
) -> Given<A> {
    let (ids, here) = match shown(viewer, look).0 {
        Ids::Asked(select) => (Some((name, *select)), Shown(Ids::Given { name, one: look.is_one() })),
        known => (None, Shown(known)),
    };
    let just = Look { newest_first: look.newest_first, examples_last: look.examples_last, ..here.look() };
    Given { asked: ask(&here, &just), ids }
}

/// The seminars that they came with.
pub(crate) fn homes(viewer: &Viewer, look: &Look<'_>) -> Ids {
    found(viewer, look, thing::Column::SeminarId)
}

/// What they belong to.
pub(crate) fn parents(viewer: &Viewer, look: &Look<'_>) -> Ids {
    found(viewer, look, thing::Column::ParentId)
}

fn found(viewer: &Viewer, look: &Look<'_>, column: thing::Column) -> Ids {
    if !look.can_be() {
        return Ids::Known(Vec::new());
    }
    let mut select = Query::select();
    select.column((thing::Entity, column)).from(thing::Entity).cond_where(look.condition(viewer));
    if look.page.is_none() {
        return select.into();
    }
    look.order(&mut select);
    // Derived table: some databases do not take LIMIT directly inside IN.
    Query::select().column(column).from_subquery(select, Alias::new("page")).to_owned().into()
}
