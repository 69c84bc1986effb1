//! What the index holds at one moment, with all that is worked out of it once and not for each search.

use super::{
    alike::Alike,
    facts::Facts,
    found::{Kept, Stored},
    schema::Fields,
    terms::{Said, Terms},
    wanted::ANALYSERS,
    weights,
};
use crate::store::Failure;
use std::{collections::HashMap, sync::Arc};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TantivyDocument, index::SegmentId, schema::Value};

/// The index at one moment.
pub(crate) struct Generation {
    pub(crate) fields: Fields,
    pub(crate) searcher: Searcher,
    pub(crate) parts: Vec<Part>,
    /// How many things have a document.
    pub(crate) things: usize,
    /// How many words the fields have on average.
    pub(crate) lengths: [f32; weights::FIELDS.len()],
    /// How many documents there are in the languages of each analyser.
    documents: [u32; ANALYSERS],
    pub(crate) terms: Terms,
    /// What is like what, as far as somebody asked.
    pub(crate) alike: Alike,
}

/// A segment of it.
pub(crate) struct Part {
    pub(crate) segment: SegmentReader,
    pub(crate) facts: Arc<Facts>,
    /// The number of the thing of each document, the same in all segments, without gaps.
    pub(crate) things: Vec<u32>,
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Generation")
    }
}

impl Generation {
    /// What a searcher sees. What is known of segments that `last` had is taken from there.
    pub(crate) fn of(fields: Fields, searcher: Searcher, last: Option<&Self>) -> tantivy::Result<Self> {
        let known: HashMap<SegmentId, &Arc<Facts>> =
            last.iter().flat_map(|last| &last.parts).map(|part| (part.segment.segment_id(), &part.facts)).collect();
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut documents = [0; ANALYSERS];
        let mut parts = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let facts = match known.get(&segment.segment_id()) {
                Some(facts) => Arc::clone(facts),
                None => Arc::new(Facts::read(segment, fields.stored)?),
            };
            let mut things = Vec::with_capacity(segment.max_doc() as usize);
            for document in 0..segment.max_doc() {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                things.push(*numbers.entry(facts.thing(document)).or_insert(next));
                documents[facts.analyser(document).min(ANALYSERS - 1)] += 1;
            }
            parts.push(Part { segment: segment.clone(), facts, things });
        }
        let mut lengths = [1.0; weights::FIELDS.len()];
        for (length, field) in lengths.iter_mut().zip(&fields.worded) {
            let mut words = 0;
            for part in &parts {
                words += part.segment.inverted_index(field.exact)?.total_num_tokens();
            }
            // Of those that were deleted too, as long as their words are there.
            let documents: u32 = parts.iter().map(|part: &Part| part.segment.max_doc()).sum();
            *length = words as f32 / f32::max(documents as f32, 1.0);
        }
        let mut said = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let alive = part.facts.terms().iter().filter(|(document, ..)| !part.segment.is_deleted(*document));
            said.extend(alive.map(|(document, slug, forms)| Said {
                thing: part.facts.thing(*document),
                slug: slug.clone(),
                forms: forms.clone(),
                part: at,
                document: *document,
            }));
        }
        let terms = Terms::of(said);
        Ok(Self { fields, searcher, parts, things: numbers.len(), lengths, documents, terms, alike: Alike::default() })
    }

    /// What a document keeps of its text.
    pub(crate) fn stored(&self, part: usize, document: DocId) -> Result<Stored, Failure> {
        Ok(self.kept(part, document)?.stored)
    }

    /// The same, with what snippets are found by.
    pub(crate) fn kept(&self, part: usize, document: DocId) -> Result<Kept, Failure> {
        let at = DocAddress::new(u32::try_from(part).unwrap_or(u32::MAX), document);
        let document: TantivyDocument = self.searcher.doc(at)?;
        let stored = document.get_first(self.fields.stored).and_then(|value| value.as_str());
        let prints = document.get_first(self.fields.prints).and_then(|value| value.as_bytes());
        Ok(Kept {
            stored: serde_json::from_str(stored.unwrap_or_default())?,
            prints: prints.unwrap_or_default().to_vec(),
        })
    }

    /// The share of the documents that are in the languages of an analyser, by its place.
    pub(crate) fn share(&self, analyser: usize) -> f32 {
        let all: u32 = self.documents.iter().sum();
        self.documents.get(analyser).copied().unwrap_or_default() as f32 / f32::max(all as f32, 1.0)
    }

    /// What a word is worth in each language that stands in so many documents of it: its inverse document frequency.
    pub(crate) fn worth(&self, frequencies: [u32; ANALYSERS], function: &[bool; ANALYSERS]) -> [f32; ANALYSERS] {
        let mut worth = [0.0; ANALYSERS];
        for (analyser, worth) in worth.iter_mut().enumerate() {
            let documents = self.documents[analyser] as f32;
            let frequency = f32::min(f32::max(frequencies[analyser] as f32, 1.0), documents);
            *worth = (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln();
            if function[analyser] {
                *worth *= weights::FUNCTION;
            }
        }
        worth
    }
}
