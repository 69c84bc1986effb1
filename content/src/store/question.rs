//! Questions, any number of which are one statement.
//!
//! A statement costs more than most of what is asked, and every row on its way out of SQLite wakes the thread that
//! waits for it. So a question's rows come as one JSON text, and the questions of a page come together, each a scalar
//! subquery of one `SELECT`. What one asks may hang on what another finds only as a subquery ([`crate::things::Shown`]).

use super::{Failure, Store};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Iterable, QueryTrait, Select,
    sea_query::{Alias, DynIden, Expr, ExprTrait, Func, IntoIden, Query, SelectStatement, SubQueryStatement},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use std::vec;

/// What can be asked of the store in one statement, with others or alone: a [`Question`], what is made of its answer
/// ([`Ask::then`]), or a tuple of both.
pub(crate) trait Ask: Sized + Send {
    /// What is known afterwards.
    type Answer;

    /// Adds its part of the statement.
    fn ask(&self, backend: DbBackend, statement: &mut SelectStatement) -> usize;

    /// Takes its part of the row.
    fn hear(self, told: &mut vec::IntoIter<Option<String>>) -> Result<Self::Answer, Failure>;

    /// Makes something of the answer.
    fn then<T, F>(self, make: F) -> Then<Self, F>
    where
        F: FnOnce(Self::Answer) -> Result<T, Failure> + Send,
    {
        Then { asked: self, make }
    }
}

/// The rows of a `SELECT`.
pub(crate) struct Question<R> {
    /// None where nothing can be found: that is asked of no database.
    select: Option<SelectStatement>,
    columns: Vec<DynIden>,
    rows: std::marker::PhantomData<fn() -> R>,
}

impl<R: DeserializeOwned> Question<R> {
    /// `columns` are the names of what is selected, in the order of the fields of `R`.
    pub(crate) fn new(select: SelectStatement, columns: impl IntoIterator<Item = impl IntoIden>) -> Self {
        let columns = columns.into_iter().map(IntoIden::into_iden).collect();
        Self { select: Some(select), columns, rows: std::marker::PhantomData }
    }

    /// Finds nothing.
    pub(crate) fn nothing() -> Self {
        Self { select: None, columns: Vec::new(), rows: std::marker::PhantomData }
    }
}

/// Rows of a table, whole.
impl<E> From<Select<E>> for Question<E::Model>
where
    E: EntityTrait,
    E::Model: DeserializeOwned,
    E::Column: Iterable,
{
    fn from(select: Select<E>) -> Self {
        Self::new(select.into_query(), E::Column::iter())
    }
}

impl<R: DeserializeOwned> Ask for Question<R> {
    type Answer = Vec<R>;

    fn ask(&self, backend: DbBackend, statement: &mut SelectStatement) -> usize {
        let Some(select) = &self.select else { return 0 };
        let of = Alias::new("q");
        let columns = self.columns.iter().map(|column| Expr::col((of.clone(), column.clone())));
        let (row, rows) = match backend {
            DbBackend::Postgres => ("json_build_array", "json_agg"),
            _ => ("json_array", "json_group_array"),
        };
        let row = Func::cust(Alias::new(row)).args(columns);
        let rows = Expr::from(Func::cust(Alias::new(rows)).arg(row)).cast_as(Alias::new("text"));
        let rows = Query::select().expr(rows).from_subquery(select.clone(), of).to_owned();
        statement.expr(Expr::SubQuery(None, Box::new(SubQueryStatement::from(rows))));
        1
    }

    fn hear(self, told: &mut vec::IntoIter<Option<String>>) -> Result<Vec<R>, Failure> {
        match self.select.and_then(|_| told.next().flatten()) {
            Some(rows) => Ok(serde_json::from_str(&rows)?),
            None => Ok(Vec::new()),
        }
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

    fn ask(&self, backend: DbBackend, statement: &mut SelectStatement) -> usize {
        self.asked.ask(backend, statement)
    }

    fn hear(self, told: &mut vec::IntoIter<Option<String>>) -> Result<T, Failure> {
        (self.make)(self.asked.hear(told)?)
    }
}

macro_rules! together {
    ($($part:ident)*) => {
        impl<$($part: Ask),*> Ask for ($($part,)*) {
            type Answer = ($($part::Answer,)*);

            fn ask(&self, backend: DbBackend, statement: &mut SelectStatement) -> usize {
                #[allow(non_snake_case)]
                let ($($part,)*) = self;
                0 $(+ $part.ask(backend, statement))*
            }

            fn hear(self, told: &mut vec::IntoIter<Option<String>>) -> Result<Self::Answer, Failure> {
                #[allow(non_snake_case)]
                let ($($part,)*) = self;
                Ok(($($part.hear(told)?,)*))
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
        let mut statement = Query::select();
        let parts = asked.ask(self.read().get_database_backend(), &mut statement);
        let row = if parts == 0 { None } else { self.read().query_one(&statement).await? };
        let told = (0..parts)
            .map(|part| row.as_ref().map_or(Ok(None), |row| row.try_get_by_index::<Option<String>>(part)))
            .collect::<Result<Vec<_>, _>>()?;
        asked.hear(&mut told.into_iter())
    }
}

/// A truth value, which SQLite tells as a number.
pub(crate) fn truth<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Told {
        Truth(bool),
        Number(i64),
    }
    Ok(match Told::deserialize(value)? {
        Told::Truth(truth) => truth,
        Told::Number(number) => number != 0,
    })
}
