//! Going through what the index has of each word, and adding up what every document is worth.
//!
//! BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): how often a word stands in each field
//! is weighted and added before it saturates. Word by word over the whole list of documents that have it, into one
//! place for each document: a page says how many things there are and how they divide, so every one must be seen
//! anyway, and nothing is gained by skipping those that rank low.

use super::{
    facts::Seen,
    generation::{Generation, Part},
    lists::{List, Lists},
    terms::Added,
    wanted::{ANALYSERS, Word},
    weights,
};
use tantivy::{
    DocId, InvertedIndexReader, Term,
    fieldnorm::FieldNormReader,
    query::{EnableScoring, PhraseQuery, Query},
    schema::IndexRecordOption,
};

/// A document that has at least one of the words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// Its segment.
    pub(crate) part: usize,
    pub(crate) document: DocId,
    pub(crate) score: f32,
    /// Which of the words it has in any form, a bit for each.
    pub(crate) has: u64,
    /// Which of them it has as they were typed, or in another form that they have in a language of theirs.
    pub(crate) direct: u64,
}

/// What a scan finds.
pub(crate) struct Scanned {
    pub(crate) matches: Vec<Match>,
    /// What each word is worth in each language.
    pub(crate) worth: Vec<[f32; ANALYSERS]>,
}

/// Numbers for every document of the largest segment, used again by the next search.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    scores: Vec<f32>,
    counts: Vec<f32>,
    titled: Vec<f32>,
    has: Vec<u64>,
    direct: Vec<u64>,
    /// Documents that have the word at hand.
    touched: Vec<DocId>,
    /// Documents that have any.
    all: Vec<DocId>,
}

impl Scratch {
    fn fit(&mut self, documents: usize) {
        if self.scores.len() < documents {
            self.scores.resize(documents, 0.0);
            self.counts.resize(documents, 0.0);
            self.titled.resize(documents, 0.0);
            self.has.resize(documents, 0);
            self.direct.resize(documents, 0);
        }
    }
}

/// Every document that a viewer may see and that has at least one of the words, or what was added for them.
pub(crate) fn scan(
    generation: &Generation,
    seen: &[Seen<'_>],
    words: &[Word],
    lists: &[Lists],
    also: &[Also],
    scratch: &mut Scratch,
) -> tantivy::Result<Scanned> {
    let worth: Vec<[f32; ANALYSERS]> =
        words.iter().zip(lists).map(|(word, lists)| generation.worth(lists.frequencies, &word.function)).collect();
    let mut matches = Vec::new();
    for (at, (part, seen)) in generation.parts.iter().zip(seen).enumerate() {
        scratch.fit(part.segment.max_doc() as usize);
        let norms = norms(generation, part)?;
        for (bit, (lists, worth)) in lists.iter().zip(&worth).enumerate() {
            for list in lists.parts.get(at).into_iter().flatten() {
                count(list, norms.get(list.field).and_then(Option::as_ref), 1 << bit, scratch)?;
            }
            for document in scratch.touched.drain(..) {
                let place = document as usize;
                let count = std::mem::take(&mut scratch.counts[place]);
                let titled = std::mem::take(&mut scratch.titled[place]);
                if scratch.has[place] == 0 {
                    scratch.all.push(document);
                }
                scratch.has[place] |= 1 << bit;
                let worth = worth[part.facts.analyser(document).min(ANALYSERS - 1)];
                scratch.scores[place] += worth * (count / (weights::SATURATION + count) + titled);
            }
        }
        for also in also {
            for (document, count) in also.parts.get(at).into_iter().flatten() {
                let place = *document as usize;
                let has = scratch.has[place];
                if has & also.words != also.words {
                    if has == 0 {
                        scratch.all.push(*document);
                    }
                    scratch.has[place] |= also.words;
                    let worth = also.worth[part.facts.analyser(*document).min(ANALYSERS - 1)];
                    scratch.scores[place] += weights::ADDED * worth * count / (weights::SATURATION + count);
                }
            }
        }
        for document in scratch.all.drain(..) {
            let place = document as usize;
            let score = std::mem::take(&mut scratch.scores[place]);
            let has = std::mem::take(&mut scratch.has[place]);
            let direct = std::mem::take(&mut scratch.direct[place]);
            if seen.has(document) && !part.segment.is_deleted(document) {
                matches.push(Match { part: at, document, score, has, direct });
            }
        }
    }
    Ok(Scanned { matches, worth })
}

/// Adds how often one term stands in one field of each document.
fn count(list: &List, norms: Option<&Norms>, bit: u64, scratch: &mut Scratch) -> tantivy::Result<()> {
    let mut postings = list.reader.read_block_postings_from_terminfo(&list.info, IndexRecordOption::WithFreqs)?;
    while postings.block_len() > 0 {
        for (document, often) in postings.docs().iter().zip(postings.freqs()) {
            let place = *document as usize;
            let length = norms.map_or(1.0, |norms| norms.of(*document));
            if scratch.counts[place] == 0.0 {
                scratch.touched.push(*document);
            }
            scratch.counts[place] += weights::FIELDS[list.field] * list.weight * *often as f32 * length;
            scratch.titled[place] = scratch.titled[place].max(weights::TITLED[list.field] * list.weight.min(1.0));
            if list.direct {
                scratch.direct[place] |= bit;
            }
        }
        postings.advance();
    }
    Ok(())
}

/// What the length of a field takes from its words, document by document.
struct Norms {
    reader: FieldNormReader,
    by_length: [f32; 256],
}

impl Norms {
    fn of(&self, document: DocId) -> f32 {
        self.by_length[usize::from(self.reader.fieldnorm_id(document))]
    }
}

fn norms(generation: &Generation, part: &Part) -> tantivy::Result<Vec<Option<Norms>>> {
    let fields = generation.fields.worded.iter().zip(weights::LENGTHS).zip(generation.lengths);
    let norms = fields.map(|((field, counts), average)| {
        let Ok(reader) = part.segment.get_fieldnorms_reader(field.exact) else { return Ok(None) };
        let mut by_length = [1.0; 256];
        for (id, norm) in (0..=u8::MAX).zip(&mut by_length) {
            let length = FieldNormReader::id_to_fieldnorm(id) as f32 / f32::max(average, 1.0);
            *norm = 1.0 / (1.0 - counts + counts * length);
        }
        Ok(Some(Norms { reader, by_length }))
    });
    norms.collect()
}

/// What a term of the glossary adds to a query.
pub(crate) struct Also {
    words: u64,
    worth: [f32; ANALYSERS],
    /// The documents that have one of its forms, each once, in order, with how much they have of them.
    parts: Vec<Vec<(DocId, f32)>>,
}

pub(crate) fn also(generation: &Generation, added: &Added) -> tantivy::Result<Also> {
    let mut frequencies = [0; ANALYSERS];
    let mut parts = Vec::with_capacity(generation.parts.len());
    for part in &generation.parts {
        let mut documents: Vec<(DocId, f32)> = Vec::new();
        for form in &added.forms {
            for (field, weight) in generation.fields.worded.iter().zip(weights::FIELDS) {
                let reader = part.segment.inverted_index(field.keys)?;
                let terms: Vec<Term> = form.keys.iter().map(|key| Term::from_field_text(field.keys, key)).collect();
                let mut found = Vec::new();
                if let [only] = terms.as_slice() {
                    if let Some(mut postings) = reader.read_block_postings(only, IndexRecordOption::WithFreqs)? {
                        while postings.block_len() > 0 {
                            let often = postings.docs().iter().zip(postings.freqs());
                            found.extend(often.map(|(document, often)| (*document, weight * *often as f32)));
                            postings.advance();
                        }
                    }
                } else if holds_all(&reader, &terms)? {
                    let phrase = PhraseQuery::new(terms);
                    let weigh = phrase.weight(EnableScoring::disabled_from_searcher(&generation.searcher))?;
                    weigh.for_each_no_score(&part.segment, &mut |documents| {
                        found.extend(documents.iter().map(|document| (*document, weight)));
                    })?;
                }
                documents.extend(found);
            }
        }
        documents.sort_unstable_by_key(|(document, _)| *document);
        documents.dedup_by(|next, last| {
            let same = next.0 == last.0;
            if same {
                last.1 += next.1;
            }
            same
        });
        for (document, _) in &documents {
            frequencies[part.facts.analyser(*document).min(ANALYSERS - 1)] += 1;
        }
        parts.push(documents);
    }
    Ok(Also { words: added.words, worth: generation.worth(frequencies, &[false; ANALYSERS]), parts })
}

/// Whether a segment has all of some terms, which says that it lacks a phrase sooner than looking for it does.
fn holds_all(reader: &InvertedIndexReader, terms: &[Term]) -> tantivy::Result<bool> {
    for term in terms {
        if reader.get_term_info(term)?.is_none() {
            return Ok(false);
        }
    }
    Ok(!terms.is_empty())
}
