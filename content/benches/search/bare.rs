//! Bare tantivy on the same index: BM25 over the words of the text, the ten best documents read, and all counted.

use crate::Failed;
use std::{path::Path, time::Instant};
use tantivy::{
    Index, IndexReader, TantivyDocument, Term,
    collector::{Count, TopDocs},
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, Schema, TEXT, Value},
};

pub(crate) struct Bare {
    reader: IndexReader,
    text: Field,
    stored: Field,
}

impl Bare {
    pub(crate) fn open(folder: &Path) -> Result<Self, Failed> {
        let index = Index::open_in_dir(folder)?;
        let schema = index.schema();
        Ok(Self { reader: index.reader()?, text: schema.get_field("text")?, stored: schema.get_field("stored")? })
    }

    pub(crate) fn search(&self, query: &str) -> Result<usize, Failed> {
        let words = language::words(query).map(|word| {
            let term = Term::from_field_text(self.text, &word.folded);
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Should, query)
        });
        let query = BooleanQuery::new(words.collect());
        let searcher = self.reader.searcher();
        let (best, count) = searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
        let mut read = 0;
        for (_, at) in best {
            let document: TantivyDocument = searcher.doc(at)?;
            read += document.get_first(self.stored).and_then(|value| value.as_str()).map_or(0, str::len);
        }
        std::hint::black_box(read);
        Ok(count)
    }

    /// How long it takes to write what is stored as one field of an index, in seconds.
    pub(crate) fn written_anew(&self) -> Result<f64, Failed> {
        let searcher = self.reader.searcher();
        let mut texts = Vec::new();
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(8)?;
            for document in segment.doc_ids_alive() {
                let document: TantivyDocument = store.get(document)?;
                texts.extend(document.get_first(self.stored).and_then(|value| value.as_str().map(str::to_owned)));
            }
        }
        let folder = tempfile::tempdir()?;
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT | STORED);
        let index = Index::create_in_dir(folder.path(), schema.build())?;
        let began = Instant::now();
        let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
        for said in texts {
            let mut document = TantivyDocument::new();
            document.add_text(text, said);
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(began.elapsed().as_secs_f64())
    }
}
