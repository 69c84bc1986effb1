//! The index on the disk: opened, written, thrown away and made anew.

use super::{
    analyser::{self, Exact, Keys, NAME, mark},
    directory::Folder,
    found::{NAMED, Says},
    generation::Generation,
    passage::{self, Met},
    scan::Scratch,
    schema::{self, Fields},
};
use crate::{store::Failure, things::Kind};
use language::{Analyser, Language};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, SegmentReader, TantivyDocument, Term,
    merge_policy::{LogMergePolicy, NoMergePolicy},
};
use tokio::sync::Semaphore;

/// What the writer may use before it puts a segment on the disk, in bytes: the least that tantivy takes.
const MEMORY: usize = 15_000_000;
/// Words whose keys the writer remembers.
const MET_MOST: usize = 100_000;

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
    now: RwLock<(State, Option<Arc<Generation>>)>,
    /// The last change that it holds.
    holds: AtomicI64,
    /// What searches count in, when none is under way.
    scratches: Mutex<Vec<Scratch>>,
}

impl Index {
    /// An index in a folder. Nothing is opened before [`super::follow`] does.
    pub fn new(data: &Path) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self(Arc::new(Inner {
            folder: data.join("index"),
            places: Arc::new(Semaphore::new(cores)),
            now: RwLock::new((State::Building, None)),
            holds: AtomicI64::new(i64::MIN),
            scratches: Mutex::default(),
        }))
    }

    /// Whether it holds all there is.
    pub fn state(&self) -> State {
        self.0.now.read().map_or(State::Building, |now| now.0)
    }

    /// Whether it holds all up to a change: what is drawn from it from now on is as new.
    pub fn holds(&self, change: i64) -> bool {
        self.0.holds.load(Ordering::Acquire) >= change
    }

    /// What can be searched just now, if anything.
    pub(crate) fn generation(&self) -> Option<Arc<Generation>> {
        self.0.now.read().ok()?.1.clone()
    }

    /// Works through the index on a thread that may be busy, with numbers for every document that the next search uses
    /// again.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Scratch) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.0.places.clone().acquire_owned().await;
        let index = self.clone();
        let work = move || {
            let kept = index.0.scratches.lock().ok().and_then(|mut scratches| scratches.pop());
            let mut scratch = kept.unwrap_or_default();
            let done = work(&mut scratch);
            // After a failure its numbers are in disorder, and it goes.
            if let (true, Ok(mut scratches)) = (done.is_ok(), index.0.scratches.lock()) {
                scratches.push(scratch);
            }
            drop(place);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
    }

    fn show(&self, generation: Generation) {
        if let Ok(mut now) = self.0.now.write() {
            now.1 = Some(Arc::new(generation));
        }
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
        index.tokenizers().register(analyser::EXACT, Exact);
        index.tokenizers().register(analyser::KEYS, Keys);
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
        let generation = Generation::of(fields.clone(), reader.searcher(), None)?;
        // Before it is shown: it may hold less than the last one.
        self.0.holds.store(i64::MIN, Ordering::Release);
        self.show(generation);
        self.set(State::Building);
        self.0.holds.store(number.unwrap_or(i64::MIN), Ordering::Release);
        Ok(Writing { index: self.clone(), fields, reader, writer, met: Met::default(), number })
    }
}

/// The writer's side of a generation.
pub(crate) struct Writing {
    index: Index,
    fields: Fields,
    reader: IndexReader,
    writer: IndexWriter,
    met: Met,
    /// The last change it holds; none: it is new and holds nothing.
    pub(crate) number: Option<i64>,
}

impl Writing {
    /// Whether it is still on the disk.
    pub(crate) fn is_there(&self) -> bool {
        self.index.0.folder.join("meta.json").exists()
    }

    /// Writes the documents of some things in place of those they had.
    pub(crate) fn put(&mut self, things: &[i64], documents: Vec<Says>) -> Result<(), Failure> {
        for thing in things {
            self.writer.delete_term(Term::from_field_u64(self.fields.thing, thing.unsigned_abs()));
        }
        for says in documents {
            self.writer.add_document(document(&self.fields, says, &mut self.met)?)?;
        }
        if self.met.iter().map(HashMap::len).sum::<usize>() > MET_MOST {
            self.met = Met::default();
        }
        Ok(())
    }

    /// Segments stay as they are written until [`Self::merge`]: while everything is written, all would be merged twice.
    pub(crate) fn merge_later(&mut self) {
        self.writer.set_merge_policy(Box::new(NoMergePolicy));
    }

    /// Makes one segment of all there are: each is looked through by itself.
    pub(crate) fn merge(&mut self) -> Result<(), Failure> {
        self.writer.set_merge_policy(Box::new(LogMergePolicy::default()));
        let segments =
            self.reader.searcher().segment_readers().iter().map(SegmentReader::segment_id).collect::<Vec<_>>();
        if segments.len() > 1 {
            // Some may be merging already, which is as well.
            match self.writer.merge(&segments).wait() {
                Ok(_) => {
                    self.renew()?;
                    // The segments that were merged would stay until the next commit.
                    self.writer.garbage_collect_files().wait()?;
                }
                Err(failure) => tracing::debug!(%failure, "segments of the search index are merged otherwise"),
            }
        }
        Ok(())
    }

    fn renew(&self) -> Result<(), Failure> {
        self.reader.reload()?;
        let last = self.index.generation();
        self.index.show(Generation::of(self.fields.clone(), self.reader.searcher(), last.as_deref())?);
        Ok(())
    }

    /// Makes what was written findable, together with the number of the last change it holds.
    pub(crate) fn commit(&mut self, number: i64) -> Result<(), Failure> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload(number));
        commit.commit()?;
        self.renew()?;
        self.index.0.holds.store(number, Ordering::Release);
        self.number = Some(number);
        Ok(())
    }
}

fn document(fields: &Fields, says: Says, met: &mut Met) -> Result<TantivyDocument, Failure> {
    let mut document = TantivyDocument::new();
    document.add_u64(fields.thing, says.thing.unsigned_abs());
    document.add_text(fields.audience, &says.audience);
    document.add_text(fields.kind, says.kind.code());
    document.add_text(fields.language, &says.language);
    for (field, values) in [(fields.country, &says.countries), (fields.theme, &says.themes)] {
        for value in values {
            document.add_text(field, value);
        }
    }
    if let Some(seminar) = &says.seminar {
        document.add_text(fields.seminar, seminar);
    }
    if let Some(day) = says.day {
        document.add_i64(fields.day, day.0);
        document.add_text(fields.year, day.1.to_string());
    }
    let stored = serde_json::to_string(&says.stored)?;
    let analyser = says.language.parse().map_or(Analyser::English, |language: Language| Analyser::of(language));
    document.add_bytes(fields.prints, &passage::prints(&says.stored, analyser, NAMED.contains(&says.kind), met));
    let passages = says.stored.passages.into_iter().map(|passage| passage.text).collect();
    // What is called alike in every language is inflected in every one; what else a term is called is no name.
    let named = [NAMED.contains(&says.kind), false, says.kind != Kind::Term, false];
    let texts = [vec![says.stored.title], says.headings, says.names, passages];
    for ((field, texts), named) in fields.worded.iter().zip(texts).zip(named) {
        for text in texts {
            for analyser in Analyser::ALL.into_iter().filter(|_| named) {
                document.add_text(field.keys, format!("{NAME}{}{text}", mark(analyser)));
            }
            for (piece, analyser) in language::pieces(&text, Some(analyser)) {
                document.add_text(field.keys, format!("{}{}", mark(analyser), &text[piece]));
            }
            document.add_text(field.exact, text);
        }
    }
    document.add_text(fields.stored, stored);
    Ok(document)
}

fn payload(number: i64) -> String {
    format!("{}:{number}", schema::VERSION)
}

fn number(payload: &str) -> Option<i64> {
    let (version, number) = payload.split_once(':')?;
    if version.parse() == Ok(schema::VERSION) { number.parse().ok() } else { None }
}
