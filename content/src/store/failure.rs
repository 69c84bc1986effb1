//! What can go wrong beneath a question: never the reader's doing.

use std::io;
use tantivy::{TantivyError, directory::error::OpenWriteError};

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
    Index(#[from] TantivyError),
}

impl Failure {
    /// For a column that holds something that is never written there.
    pub(crate) fn odd(column: &'static str) -> Self {
        Self::Odd(column)
    }

    /// Whether something was to be written that is there already and may be there once.
    pub(crate) fn is_twice(&self) -> bool {
        let Self::Database(error) = self else { return false };
        matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
    }

    /// Whether the search index itself is at fault: not that it is another's, that the disk is full, or that its writer
    /// ended for either.
    pub(crate) fn is_of_the_index(&self) -> bool {
        let Self::Index(error) = self else { return false };
        let io = match error {
            TantivyError::IoError(io) => Some(io),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => Some(io_error),
            TantivyError::LockFailure(..) | TantivyError::ErrorInThread(_) | TantivyError::SystemError(_) => {
                return false;
            }
            _ => None,
        };
        io.is_none_or(|io| io.kind() != io::ErrorKind::StorageFull)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{path::PathBuf, sync::Arc};

    #[test]
    fn a_full_disk_is_no_fault_of_the_index() {
        let full = || Arc::new(io::Error::from(io::ErrorKind::StorageFull));
        let writing = OpenWriteError::IoError { io_error: full(), filepath: PathBuf::from("x") };
        let odd = Arc::new(io::Error::from(io::ErrorKind::InvalidData));
        for (error, at_fault) in [
            (TantivyError::IoError(full()), false),
            (TantivyError::OpenWriteError(writing), false),
            (TantivyError::ErrorInThread("it panicked".to_owned()), false),
            (TantivyError::IoError(odd), true),
            (TantivyError::SchemaError("another".to_owned()), true),
        ] {
            assert_eq!(Failure::Index(error).is_of_the_index(), at_fault);
        }
        assert!(!Failure::Taken.is_of_the_index());
    }
}
