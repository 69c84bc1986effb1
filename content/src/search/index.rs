//! The index on the disk: opened, written, thrown away and made anew.

use super::{
    analyser::{self, Folded},
    directory::Folder,
    found::Says,
    schema::{self, Fields},
};
use crate::store::Failure;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What the writer may use before it puts a segment on the disk, in bytes: the least that tantivy takes.
const MEMORY: usize = 15_000_000;

/// Whether the index holds all there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds what the store held within the last second.
    Ready,
    /// It is being made anew and holds a part.
    Building,
    /// It can be neither used nor made: another process has it, or the disk is full. That is tried again.
    Unavailable,
}

/// The index as others ask it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Index(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    /// For searches that are under way: more than there are cores would only wait, each with its own buffers.
    places: Arc<Semaphore>,
    now: RwLock<(State, Option<Arc<Open>>)>,
}

/// One generation of the index.
pub(crate) struct Open {
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Open")
    }
}

impl Index {
    /// An index in a folder. Nothing is opened before [`super::follow`] does.
    pub fn new(data: &Path) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self(Arc::new(Inner {
            folder: data.join("index"),
            places: Arc::new(Semaphore::new(cores)),
            now: RwLock::new((State::Building, None)),
        }))
    }

    /// Whether it holds all there is.
    pub fn state(&self) -> State {
        self.0.now.read().map_or(State::Building, |now| now.0)
    }

    /// What can be searched just now, if anything.
    pub(crate) fn searcher(&self) -> Option<(Arc<Open>, Searcher)> {
        let open = self.0.now.read().ok()?.1.clone()?;
        let searcher = open.reader.searcher();
        Some((open, searcher))
    }

    /// A place among the searches that are under way, once there is one.
    pub(crate) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        self.0.places.clone().acquire_owned().await.ok()
    }

    pub(crate) fn set(&self, state: State) {
        if let Ok(mut now) = self.0.now.write() {
            now.0 = state;
        }
    }

    /// Opens what is on the disk, or makes it anew where there is nothing that can be used.
    pub(crate) fn open(&self) -> Result<Writing, Failure> {
        match self.try_open() {
            Ok(writing) => Ok(writing),
            // Another process works on it: it is not ours to throw away.
            Err(Failure::Index(tantivy::TantivyError::LockFailure(..))) => Err(Failure::Taken),
            Err(failure) => {
                tracing::warn!(%failure, "the search index cannot be used and is made anew");
                self.anew()
            }
        }
    }

    /// Throws away what is on the disk.
    pub(crate) fn anew(&self) -> Result<Writing, Failure> {
        if self.0.folder.exists() {
            fs::remove_dir_all(&self.0.folder)?;
        }
        self.try_open()
    }

    fn try_open(&self) -> Result<Writing, Failure> {
        fs::create_dir_all(&self.0.folder)?;
        let (schema, fields) = Fields::schema();
        let directory = Folder::open(&self.0.folder).map_err(tantivy::TantivyError::from)?;
        let index = tantivy::Index::open_or_create(directory, schema)?;
        index.tokenizers().register(analyser::NAME, Folded);
        let number = match index.load_metas()?.payload {
            None => None,
            Some(payload) => Some(number(&payload).ok_or_else(|| {
                tantivy::TantivyError::SchemaError(format!("it is of another version than {}", schema::VERSION))
            })?),
        };
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        // Reads every segment once: one that is cut short or overwritten shows here and not to a reader.
        index
            .validate_checksum()?
            .into_iter()
            .next()
            .map_or(Ok(()), |file| Err(tantivy::TantivyError::SchemaError(format!("{} is damaged", file.display()))))?;
        let writer = index.writer_with_num_threads(1, MEMORY)?;
        let open = Arc::new(Open { fields, reader });
        if let Ok(mut now) = self.0.now.write() {
            *now = (State::Building, Some(open.clone()));
        }
        Ok(Writing { open, writer, number, folder: self.0.folder.clone() })
    }
}

/// The writer's side of a generation.
pub(crate) struct Writing {
    open: Arc<Open>,
    writer: IndexWriter,
    /// The last change it holds; none: it is new and holds nothing.
    pub(crate) number: Option<i64>,
    folder: PathBuf,
}

impl Writing {
    /// Whether it is still on the disk.
    pub(crate) fn is_there(&self) -> bool {
        self.folder.join("meta.json").exists()
    }

    /// Writes the documents of some things in place of those they had.
    pub(crate) fn put(&mut self, things: &[i64], documents: Vec<Says>) -> Result<(), Failure> {
        let fields = &self.open.fields;
        for thing in things {
            self.writer.delete_term(Term::from_field_u64(fields.thing, thing.unsigned_abs()));
        }
        for says in documents {
            let mut document = TantivyDocument::new();
            document.add_u64(fields.thing, says.thing.unsigned_abs());
            document.add_text(fields.audience, &says.audience);
            document.add_text(fields.kind, says.kind.code());
            document.add_text(fields.language, &says.language);
            document.add_text(fields.title, &says.stored.title);
            for (field, values) in [
                (fields.country, &says.countries),
                (fields.theme, &says.themes),
                (fields.headings, &says.headings),
                (fields.names, &says.names),
            ] {
                for value in values {
                    document.add_text(field, value);
                }
            }
            if let Some(seminar) = &says.seminar {
                document.add_text(fields.seminar, seminar);
            }
            for passage in &says.stored.passages {
                document.add_text(fields.text, &passage.text);
            }
            document.add_text(fields.stored, serde_json::to_string(&says.stored)?);
            self.writer.add_document(document)?;
        }
        Ok(())
    }

    /// Makes what was written findable, together with the number of the last change it holds.
    pub(crate) fn commit(&mut self, number: i64) -> Result<(), Failure> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload(number));
        commit.commit()?;
        self.open.reader.reload()?;
        self.number = Some(number);
        Ok(())
    }
}

fn payload(number: i64) -> String {
    format!("{}:{number}", schema::VERSION)
}

fn number(payload: &str) -> Option<i64> {
    let (version, number) = payload.split_once(':')?;
    if version.parse() == Ok(schema::VERSION) { number.parse().ok() } else { None }
}
