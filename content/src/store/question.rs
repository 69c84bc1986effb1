//! Questions, any number of which are one statement.
//!
//! A statement costs more than most of what is asked, and every row on its way out of SQLite wakes the thread that
//! waits for it. So a question's rows come as one JSON text, and the questions of a page come together, each a scalar
//! subquery of one `SELECT`. What one asks may hang on what another finds only as a subquery ([`crate::things::Shown`]);
//! ids on which several of them hang are found once, under a name ([`Given`]).

use super::{Failure, Store};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, QueryResult,
    sea_query::{CommonTableExpression, Expr, IntoCondition, Query, SelectStatement, SubQueryStatement, WithClause},
};
use serde::{
    Deserializer,
    de::{DeserializeOwned, Visitor},
};
use std::{borrow::Cow, fmt, marker::PhantomData};

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
    parts: usize,
    backend: DbBackend,
}

impl Statement {
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
    next: usize,
}

/// The rows of a table, or of some that are joined, in no order.
pub(crate) struct Question<R> {
    /// Without columns. None where nothing can be found: that is put to no database.
    from: Option<SelectStatement>,
    /// As SQL, in the order of the fields of `R`.
    columns: Cow<'static, str>,
    rows: PhantomData<fn() -> R>,
}

impl<R: DeserializeOwned> Question<R> {
    /// `from` says where to look and for what, and selects nothing; `columns` names what is wanted as SQL, in the order
    /// of the fields of `R`.
    pub(crate) fn new(from: SelectStatement, columns: impl Into<Cow<'static, str>>) -> Self {
        Self { from: Some(from), columns: columns.into(), rows: PhantomData }
    }

    /// Finds nothing.
    pub(crate) fn nothing() -> Self {
        Self { from: None, columns: Cow::Borrowed(""), rows: PhantomData }
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
        let asked = self.from.is_some();
        if let Some(mut from) = self.from {
            let (rows, row) = match statement.backend {
                DbBackend::Postgres => ("json_agg", "json_build_array"),
                _ => ("json_group_array", "json_array"),
            };
            from.expr(Expr::cust(format!("CAST({rows}({row}({})) AS text)", self.columns)));
            statement.select.expr(Expr::SubQuery(None, Box::new(SubQueryStatement::from(from))));
            statement.parts += 1;
        }
        move |told| match if asked { told.next()? } else { None } {
            Some(rows) => Ok(serde_json::from_str(&rows)?),
            None => Ok(Vec::new()),
        }
    }
}

impl Told {
    /// None: no row was found.
    fn next(&mut self) -> Result<Option<String>, Failure> {
        let part = self.next;
        self.next += 1;
        Ok(self.row.as_ref().map_or(Ok(None), |row| row.try_get_by_index(part))?)
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
        let (hear, built) = {
            let backend = db.get_database_backend();
            let mut statement = Statement { select: Query::select(), given: None, parts: 0, backend };
            let hear = asked.ask(&mut statement);
            // What it is built of goes before the answer is waited for, which may come to another thread: memory is
            // given back fastest where it was taken.
            (hear, statement.built())
        };
        let row = match built {
            Some(built) => db.query_one_raw(built).await?,
            None => None,
        };
        hear(&mut Told { row, next: 0 })
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
