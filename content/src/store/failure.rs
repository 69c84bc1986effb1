//! What can go wrong beneath a question: never the reader's doing.

use std::{error::Error, io, sync::Arc};

/// The store could not answer. The edge logs it and shows a sentence of its own.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database refused or did not answer.
    #[error("the database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The pool could not be opened.
    #[error("the database: {0}")]
    Pool(#[from] sea_orm::sqlx::Error),
    /// What is stored is not what was written there.
    #[error("a stored value cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// What is stored in a column is none of what is written there.
    #[error("a stored value cannot be read: {0}")]
    Odd(&'static str),
    /// A file of the data folder could not be read or written.
    #[error("the data folder: {0}")]
    Files(#[from] io::Error),
    /// Whoever asked for a change may not make it.
    #[error("only the command line may do this")]
    Refused,
    /// Another process writes to the search index of this data folder.
    #[error("another plenary is at work on the search index of this data folder; give each its own --data")]
    Taken,
    /// The search index.
    #[error("the search index: {0}")]
    Index(#[from] tantivy::TantivyError),
}

impl Failure {
    /// For a column that holds something that is never written there.
    pub(crate) fn odd(column: &'static str) -> Self {
        Self::Odd(column)
    }

    /// Whether the search index itself is at fault, and not that it is another's or the disk is full.
    pub(crate) fn is_of_the_index(&self) -> bool {
        let Self::Index(error) = self else { return false };
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(error) = cause {
            let io =
                error.downcast_ref::<io::Error>().or_else(|| error.downcast_ref::<Arc<io::Error>>().map(|io| &**io));
            if io.is_some_and(|io| io.kind() == io::ErrorKind::StorageFull) {
                return false;
            }
            cause = error.source();
        }
        true
    }
}
