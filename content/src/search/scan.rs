//! Going through what the index has of each word, and adding up what every document is worth.
//!
//! BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): how often a word stands in each field
//! is weighted and added before it saturates. Word by word over the whole list of documents that have it, into one
//! place for each document: a page says how many things there are and how they divide, so every one must be seen
//! anyway, and nothing is gained by skipping those that rank low.

use super::{
    facts::Seen,
    generation::{Generation, Part},
    terms::Added,
    wanted::{ANALYSERS, Word},
    weights,
};
use std::sync::Arc;
use tantivy::{
    DocId, InvertedIndexReader, Term,
    fieldnorm::FieldNormReader,
    postings::TermInfo,
    query::{EnableScoring, PhraseQuery, Query},
    schema::{Field, IndexRecordOption},
};

/// Words that begin with what was typed and are looked for, in each field: the most frequent.
const BEGIN_MOST: usize = 64;

/// A document that has at least one of the words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// Its segment.
    pub(crate) part: usize,
    pub(crate) document: DocId,
    pub(crate) score: f32,
    /// Which of the words it has in any form, a bit for each.
    pub(crate) has: u64,
    /// Which of them it has as they were typed, or in another form of theirs.
    pub(crate) direct: u64,
}

/// What a scan finds.
pub(crate) struct Scanned {
    pub(crate) matches: Vec<Match>,
    /// What each word is worth in each language.
    pub(crate) worth: Vec<[f32; ANALYSERS]>,
    /// Words that begin with one that may be a beginning.
    pub(crate) begun: Vec<String>,
}

/// Where the documents stand that have a term in a field, and what it counts there.
struct List {
    info: TermInfo,
    reader: Arc<InvertedIndexReader>,
    field: usize,
    weight: f32,
    direct: bool,
}

/// What the index has of one word.
struct Lists {
    parts: Vec<Vec<List>>,
    /// In how many documents it stands, analyser by analyser.
    frequencies: [u32; ANALYSERS],
    begun: Vec<String>,
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

/// Every document that a viewer may see and that has at least one of the words in some of the fields.
pub(crate) fn scan(
    generation: &Generation,
    seen: &[Seen<'_>],
    words: &[Word],
    added: &[Added],
    fields: &[usize],
    scratch: &mut Scratch,
) -> tantivy::Result<Scanned> {
    let lists = words.iter().map(|word| lists(generation, word, fields)).collect::<tantivy::Result<Vec<_>>>()?;
    let worth: Vec<[f32; ANALYSERS]> =
        words.iter().zip(&lists).map(|(word, lists)| generation.worth(lists.frequencies, &word.function)).collect();
    let also = added.iter().map(|added| also(generation, added)).collect::<tantivy::Result<Vec<_>>>()?;
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
        for also in &also {
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
    let begun = lists.into_iter().flat_map(|lists| lists.begun).collect();
    Ok(Scanned { matches, worth, begun })
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

fn lists(generation: &Generation, word: &Word, fields: &[usize]) -> tantivy::Result<Lists> {
    let mut lists =
        Lists { parts: Vec::with_capacity(generation.parts.len()), frequencies: [0; ANALYSERS], begun: Vec::new() };
    let mut frequencies = [[0_u32; ANALYSERS]; weights::FIELDS.len()];
    let mut beginnings = [0_u32; weights::FIELDS.len()];
    let mut meant_at = [[0_u32; ANALYSERS]; weights::FIELDS.len()];
    for part in &generation.parts {
        let mut of_part = Vec::new();
        let places = generation.fields.worded.iter().enumerate();
        for (field, worded) in places.filter(|(field, _)| fields.contains(field)) {
            let keys = part.segment.inverted_index(worded.keys)?;
            let exact = part.segment.inverted_index(worded.exact)?;
            let mut add = |reader: &Arc<InvertedIndexReader>, info, weight, direct| {
                of_part.push(List { info, reader: reader.clone(), field, weight, direct });
            };
            for (analyser, key) in word.keys.iter().enumerate() {
                if let Some(info) = term(&keys, worded.keys, key)? {
                    frequencies[field][analyser] += info.doc_freq;
                    add(&keys, info, 1.0, true);
                }
            }
            if let Some(info) = term(&exact, worded.exact, &word.exact)? {
                add(&exact, info, weights::EXACT, true);
            }
            if word.open {
                for (term, info) in beginning(&exact, &word.exact)? {
                    if !lists.begun.contains(&term) {
                        lists.begun.push(term);
                    }
                    beginnings[field] = beginnings[field].saturating_add(info.doc_freq);
                    add(&exact, info, weights::BEGINNING, true);
                }
            }
            for meant in &word.meant {
                let counts = weights::MEANT.get(usize::from(meant.distance)).copied().unwrap_or_default();
                // Forms of one word have one key, and what counts is the likeliest.
                let first = |key: &&String| {
                    let before = word.meant.iter().take_while(|other| other.word != meant.word);
                    !word.keys.contains(key) && !before.into_iter().any(|other| other.keys.contains(key))
                };
                for (analyser, key) in meant.keys.iter().enumerate().filter(|(_, key)| first(key)) {
                    if let Some(info) = term(&keys, worded.keys, key)? {
                        meant_at[field][analyser] = meant_at[field][analyser].saturating_add(info.doc_freq);
                        add(&keys, info, counts, false);
                    }
                }
            }
        }
        lists.parts.push(of_part);
    }
    for (analyser, frequency) in lists.frequencies.iter_mut().enumerate() {
        *frequency = frequencies.iter().map(|field| field[analyser]).max().unwrap_or_default();
        if *frequency == 0 {
            // Nobody knows in which language a beginning goes on.
            let begin = beginnings.iter().copied().max().unwrap_or_default() as f32 * generation.share(analyser);
            let meant = meant_at.iter().map(|field| field[analyser]).max().unwrap_or_default();
            *frequency = meant.max(begin as u32);
        }
    }
    Ok(lists)
}

/// What a term of the glossary adds to a query.
struct Also {
    words: u64,
    worth: [f32; ANALYSERS],
    /// The documents that have one of its forms, each once, in order, with how much they have of them.
    parts: Vec<Vec<(DocId, f32)>>,
}

fn also(generation: &Generation, added: &Added) -> tantivy::Result<Also> {
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

fn term(reader: &InvertedIndexReader, field: Field, term: &str) -> tantivy::Result<Option<TermInfo>> {
    Ok(reader.get_term_info(&Term::from_field_text(field, term))?)
}

/// The most frequent words that begin with `word` and go on.
fn beginning(reader: &InvertedIndexReader, word: &str) -> tantivy::Result<Vec<(String, TermInfo)>> {
    let after = format!("{word}{}", char::MAX);
    let mut stream = reader.terms().range().gt(word.as_bytes()).lt(after.as_bytes()).into_stream()?;
    let mut found = Vec::new();
    while let Some((term, info)) = stream.next() {
        found.push((String::from_utf8_lossy(term).into_owned(), info.clone()));
    }
    if found.len() > BEGIN_MOST {
        found.select_nth_unstable_by_key(BEGIN_MOST, |(_, info)| std::cmp::Reverse(info.doc_freq));
        found.truncate(BEGIN_MOST);
    }
    Ok(found)
}
