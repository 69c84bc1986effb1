//! What a document must hold besides words, or must not: phrases as they were typed.

use super::{analyser::key, generation::Generation, parsed::Parsed, scan::Match};
use language::Analyser;
use std::collections::HashSet;
use tantivy::{
    BitSet, DocId, Term,
    query::{BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery},
    schema::IndexRecordOption,
};

/// Words of a phrase that are looked for next to each other: a longer one is known by its first.
const PHRASE_MOST: usize = 32;

/// The documents that a query's operators leave, segment by segment.
pub(crate) struct Sieve {
    /// Each of these must have the document.
    must: Vec<Vec<BitSet>>,
    /// None of these may any text of its thing: what is left out in one language is not there in another.
    not: HashSet<u32>,
}

impl Sieve {
    /// `strict`: phrases are meant. A headline that somebody pastes has quotes that never were.
    pub(crate) fn of(generation: &Generation, parsed: &Parsed, strict: bool) -> tantivy::Result<Self> {
        let phrases: &[String] = if strict { &parsed.phrases } else { &[] };
        let mut must = Vec::with_capacity(phrases.len());
        for phrase in phrases {
            let mut sets: Vec<BitSet> =
                generation.parts.iter().map(|part| BitSet::with_max_value(part.segment.max_doc())).collect();
            each(generation, &*holding(generation, phrase, false), |part, document| {
                sets[part].insert(document);
            })?;
            must.push(sets);
        }
        let mut not = HashSet::new();
        for phrase in &parsed.not {
            each(generation, &*holding(generation, phrase, true), |part, document| {
                let part = &generation.parts[part];
                if !part.segment.is_deleted(document) {
                    not.insert(part.things[document as usize]);
                }
            })?;
        }
        Ok(Self { must, not })
    }

    /// Leaves those that have all phrases, and of them those that have nothing that they must not. Where none has all
    /// phrases, their words are looked for; whether that is so.
    pub(crate) fn sieve(&self, generation: &Generation, matches: &mut Vec<Match>) -> bool {
        let has =
            |sets: &Vec<BitSet>, found: &Match| sets.get(found.part).is_some_and(|set| set.contains(found.document));
        let phrased = |found: &Match| self.must.iter().all(|sets| has(sets, found));
        let strict = matches.iter().any(phrased);
        let thing = |found: &Match| generation.parts[found.part].things[found.document as usize];
        matches.retain(|found| (!strict || phrased(found)) && !self.not.contains(&thing(found)));
        !strict
    }
}

/// Asks for words next to each other in any field; one word alone, `in_any_form` where that is asked for.
fn holding(generation: &Generation, phrase: &str, in_any_form: bool) -> Box<dyn Query> {
    let words: Vec<String> = language::words(phrase).take(PHRASE_MOST).map(|word| word.folded.into_owned()).collect();
    let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for field in &generation.fields.worded {
        let term = |word: &String| Term::from_field_text(field.exact, word);
        let alone = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        if let [word] = words.as_slice() {
            any.push((Occur::Should, alone(term(word))));
            for analyser in Analyser::ALL.into_iter().filter(|_| in_any_form) {
                any.push((Occur::Should, alone(Term::from_field_text(field.keys, &key(analyser, word)))));
            }
        } else {
            any.push((Occur::Should, Box::new(PhraseQuery::new(words.iter().map(term).collect()))));
        }
    }
    Box::new(BooleanQuery::new(any))
}

/// Goes through what has been asked for, as segments and documents.
fn each(generation: &Generation, query: &dyn Query, mut with: impl FnMut(usize, DocId)) -> tantivy::Result<()> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&generation.searcher))?;
    for (at, part) in generation.parts.iter().enumerate() {
        weight.for_each_no_score(&part.segment, &mut |documents| {
            documents.iter().for_each(|document| with(at, *document));
        })?;
    }
    Ok(())
}
