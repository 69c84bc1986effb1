//! Questions, any number of which are one statement.
//!
//! A statement costs more than most of what is asked, and every row on its way out of SQLite wakes the thread that
//! waits for it. So a question's rows come as one JSON text, and the questions of a page come together, each a scalar
//! subquery of one `SELECT`. What one asks may hang on what another finds only as a subquery ([`crate::things::Shown`]);
//! ids on which several of them hang are found once, under a name ([`Given`]). Rows of one kind that several of them
//! want are looked up together ([`Lookup`]).

use super::{Failure, Store};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, QueryResult,
    sea_query::{
        CommonTableExpression, Expr, IntoCondition, Query, SelectStatement, SubQueryStatement, UnionType, WithClause,
    },
};
use serde::{
    Deserializer,
    de::{DeserializeOwned, Visitor},
};
use std::{any::Any, borrow::Cow, fmt, iter, marker::PhantomData, mem};

/// What can be asked of the store in one statement, with others or alone: a [`Question`], what is made of its answer
/// ([`Ask::then`]), or a tuple of both.
pub(crate) trait Ask: Sized + Send {
    /// What is known afterwards.
    type Answer;

    /// Adds its part to the statement, and says how to read its part of the answer.
    fn ask(
        self,
        statement: &mut Statement,
    ) -> impl FnOnce(&mut Told) -> Result<Self::Answer, Failure> + Send + use<Self>;

    /// Makes something of the answer.
    fn then<T, F>(self, make: F) -> Then<Self, F>
    where
        F: FnOnce(Self::Answer) -> Result<T, Failure> + Send,
    {
        Then { asked: self, make }
    }
}

/// A statement that is being put together.
pub(crate) struct Statement {
    select: SelectStatement,
    given: Option<WithClause>,
    lookups: Vec<Box<dyn Pending>>,
    parts: usize,
    backend: DbBackend,
}

impl Statement {
    fn new(backend: DbBackend) -> Self {
        Self { select: Query::select(), given: None, lookups: Vec::new(), parts: 0, backend }
    }

    /// None: nothing is asked.
    fn built(mut self) -> Option<sea_orm::Statement> {
        if let Some(given) = self.given {
            self.select.with_cte(given);
        }
        (self.parts > 0).then(|| self.backend.build(&self.select))
    }
}

/// What it was answered, part by part.
pub(crate) struct Told {
    row: Option<QueryResult>,
    /// For each [`Lookup`], its rows list by list.
    looked_up: Vec<Box<dyn Any + Send>>,
}

/// The rows of a table, or of some that are joined, in no order.
pub(crate) struct Question<R> {
    /// Without columns.
    from: SelectStatement,
    /// As SQL, in the order of the fields of `R`.
    columns: Cow<'static, str>,
    rows: PhantomData<fn() -> R>,
}

impl<R: DeserializeOwned> Question<R> {
    /// `from` says where to look and for what, and selects nothing; `columns` names what is wanted as SQL, in the order
    /// of the fields of `R`.
    pub(crate) fn new(from: SelectStatement, columns: impl Into<Cow<'static, str>>) -> Self {
        Self { from, columns: columns.into(), rows: PhantomData }
    }

    /// Rows of one table, whole.
    pub(crate) fn whole<E>(table: E, which: impl IntoCondition) -> Self
    where
        E: EntityTrait<Model = R>,
    {
        let mut columns = String::new();
        for column in E::Column::iter() {
            let comma = if columns.is_empty() { "" } else { ", " };
            columns.extend([comma, "\"", column.as_str(), "\""]);
        }
        let mut from = Query::select();
        from.from(table).cond_where(which);
        Self::new(from, columns)
    }
}

impl<R: DeserializeOwned> Ask for Question<R> {
    type Answer = Vec<R>;

    fn ask(self, statement: &mut Statement) -> impl FnOnce(&mut Told) -> Result<Vec<R>, Failure> + Send + use<R> {
        let (rows, row) = match statement.backend {
            DbBackend::Postgres => ("json_agg", "json_build_array"),
            _ => ("json_group_array", "json_array"),
        };
        let mut from = self.from;
        from.expr(Expr::cust(format!("CAST({rows}({row}({})) AS text)", self.columns)));
        statement.select.expr(Expr::SubQuery(None, Box::new(SubQueryStatement::from(from))));
        let part = statement.parts;
        statement.parts += 1;
        move |told| match told.part(part)? {
            Some(rows) => Ok(serde_json::from_str(&rows)?),
            None => Ok(Vec::new()),
        }
    }
}

impl Told {
    /// None: no row was found.
    fn part(&self, part: usize) -> Result<Option<String>, Failure> {
        Ok(self.row.as_ref().map_or(Ok(None), |row| row.try_get_by_index(part))?)
    }
}

/// What is known of things by their ids, and joined from several tables: that is asked once in a statement, for all of
/// its lists of ids.
pub(crate) trait Lookup: PartialEq + Send + 'static {
    /// What is known of one of them.
    type Row: DeserializeOwned + Send + 'static;

    /// The question, where `ids` selects the columns `id` and `list`, the number of the list that the id is on.
    fn question(&self, ids: SelectStatement) -> Question<Self::Row>;

    /// The number of the list that the row is for.
    fn list(row: &Self::Row) -> usize;
}

/// A list of ids to look up. None: nothing can be on it.
pub(crate) struct Wanted<L> {
    pub(crate) lookup: L,
    /// Selects one column, `id`.
    pub(crate) ids: Option<SelectStatement>,
}

/// A lookup whose lists are being put together.
struct Lists<L> {
    lookup: L,
    ids: SelectStatement,
    lists: usize,
}

/// A lookup, whatever it is of.
trait Pending: Any + Send {
    /// Asks, and says how to read the answer, for [`Told::looked_up`].
    fn put(self: Box<Self>, statement: &mut Statement) -> Hear;
}

type Hear = Box<dyn FnOnce(&mut Told) -> Result<Box<dyn Any + Send>, Failure> + Send>;

impl<L: Lookup> Ask for Wanted<L> {
    type Answer = Vec<L::Row>;

    fn ask(self, statement: &mut Statement) -> impl FnOnce(&mut Told) -> Result<Vec<L::Row>, Failure> + Send + use<L> {
        let place = self.ids.map(|ids| statement.look_up(self.lookup, ids));
        move |told| {
            let Some((lookup, list)) = place else { return Ok(Vec::new()) };
            let lists = told.looked_up.get_mut(lookup).and_then(|lists| lists.downcast_mut::<Vec<Vec<L::Row>>>());
            let rows = lists.and_then(|lists| lists.get_mut(list));
            rows.map(mem::take).ok_or_else(|| Failure::odd("a list that was looked up"))
        }
    }
}

impl Statement {
    /// The place of the lookup, and the number of the list in it.
    fn look_up<L: Lookup>(&mut self, lookup: L, mut ids: SelectStatement) -> (usize, usize) {
        let all = self.lookups.iter_mut().map(|pending| (&mut **pending as &mut dyn Any).downcast_mut::<Lists<L>>());
        let same = all.enumerate().find_map(|(at, lists)| Some((at, lists.filter(|lists| lists.lookup == lookup)?)));
        let list = same.as_ref().map_or(0, |(_, lists)| lists.lists);
        ids.expr_as(Expr::cust(list.to_string()), "list");
        match same {
            Some((at, lists)) => {
                lists.lists += 1;
                lists.ids.union(UnionType::All, ids);
                (at, list)
            }
            None => {
                self.lookups.push(Box::new(Lists { lookup, ids, lists: 1 }));
                (self.lookups.len() - 1, list)
            }
        }
    }
}

impl<L: Lookup> Pending for Lists<L> {
    fn put(self: Box<Self>, statement: &mut Statement) -> Hear {
        let Self { lookup, ids, lists } = *self;
        let hear = lookup.question(ids).ask(statement);
        Box::new(move |told| {
            let mut lists: Vec<Vec<L::Row>> = iter::repeat_with(Vec::new).take(lists).collect();
            for row in hear(told)? {
                if let Some(list) = lists.get_mut(L::list(&row)) {
                    list.push(row);
                }
            }
            Ok(Box::new(lists))
        })
    }
}

/// A question about ids that the statement finds once, under a name.
pub(crate) struct Given<A> {
    /// A select of one column, which is called `id` under that name. None: the question does not name it.
    pub(crate) ids: Option<(&'static str, SelectStatement)>,
    pub(crate) asked: A,
}

impl<A: Ask> Ask for Given<A> {
    type Answer = A::Answer;

    fn ask(self, statement: &mut Statement) -> impl FnOnce(&mut Told) -> Result<A::Answer, Failure> + Send + use<A> {
        if let Some((name, ids)) = self.ids {
            let mut named = CommonTableExpression::new();
            named.table_name(name).column("id").query(ids);
            statement.given.get_or_insert_with(WithClause::new).cte(named);
        }
        self.asked.ask(statement)
    }
}

/// A question with what is made of its answer.
pub(crate) struct Then<A, F> {
    asked: A,
    make: F,
}

impl<A, F, T> Ask for Then<A, F>
where
    A: Ask,
    F: FnOnce(A::Answer) -> Result<T, Failure> + Send,
{
    type Answer = T;

    fn ask(self, statement: &mut Statement) -> impl FnOnce(&mut Told) -> Result<T, Failure> + Send + use<A, F, T> {
        let hear = self.asked.ask(statement);
        move |told| (self.make)(hear(told)?)
    }
}

macro_rules! together {
    ($($part:ident)*) => {
        impl<$($part: Ask),*> Ask for ($($part,)*) {
            type Answer = ($($part::Answer,)*);

            #[expect(non_snake_case, reason = "one name for a type and for its value")]
            fn ask(
                self,
                statement: &mut Statement,
            ) -> impl FnOnce(&mut Told) -> Result<Self::Answer, Failure> + Send + use<$($part),*> {
                let ($($part,)*) = self;
                let ($($part,)*) = ($($part.ask(statement),)*);
                move |told| Ok(($($part(told)?,)*))
            }
        }
    };
}

together!(A B);
together!(A B C);
together!(A B C D);
together!(A B C D E);

impl Store {
    /// Asks, in one statement.
    pub(crate) async fn ask<A: Ask>(&self, asked: A) -> Result<A::Answer, Failure> {
        let db = self.read();
        let (hear, lookups, built) = {
            let mut statement = Statement::new(db.get_database_backend());
            let hear = asked.ask(&mut statement);
            let lookups = mem::take(&mut statement.lookups);
            let lookups: Vec<Hear> = lookups.into_iter().map(|lookup| lookup.put(&mut statement)).collect();
            // What it is built of goes before the answer is waited for, which may come to another thread: memory is
            // given back fastest where it was taken.
            (hear, lookups, statement.built())
        };
        let row = match built {
            Some(built) => db.query_one_raw(built).await?,
            None => None,
        };
        let mut told = Told { row, looked_up: Vec::with_capacity(lookups.len()) };
        for lookup in lookups {
            let lists = lookup(&mut told)?;
            told.looked_up.push(lists);
        }
        hear(&mut told)
    }
}

/// A word of ours that a statement always says: written into it, where what varies is bound to it.
pub(crate) fn constant(word: &'static str) -> Expr {
    Expr::Constant(word.into())
}

/// A truth value, which SQLite tells as a number.
pub(crate) fn truth<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    struct Truth;

    impl Visitor<'_> for Truth {
        type Value = bool;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a truth value")
        }

        fn visit_bool<E>(self, truth: bool) -> Result<bool, E> {
            Ok(truth)
        }

        fn visit_u64<E>(self, number: u64) -> Result<bool, E> {
            Ok(number != 0)
        }
    }

    value.deserialize_any(Truth)
}
