//! What a document must hold besides words, or must not: phrases as they were typed.

use super::{analyser::key, generation::Generation, parsed::Parsed, scan::Match};
use language::Analyser;
use tantivy::{
    BitSet, Term,
    query::{BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery},
    schema::IndexRecordOption,
};

/// Words of a phrase that are looked for next to each other: a longer one is known by its first.
const PHRASE_MOST: usize = 32;

/// The documents that a query's operators leave, segment by segment.
pub(crate) struct Sieve {
    /// Each of these must have the document.
    must: Vec<Vec<BitSet>>,
    /// None of these may.
    not: Vec<Vec<BitSet>>,
}

impl Sieve {
    /// `strict`: phrases are meant. A headline that somebody pastes has quotes that never were.
    pub(crate) fn of(generation: &Generation, parsed: &Parsed, strict: bool) -> tantivy::Result<Self> {
        let sets = |phrases: &[String], in_any_form| {
            let queries = phrases.iter().map(|phrase| holding(generation, phrase, in_any_form));
            let sets = queries.map(|query| documents(generation, &*query));
            sets.collect::<tantivy::Result<Vec<_>>>()
        };
        let phrases: &[String] = if strict { &parsed.phrases } else { &[] };
        Ok(Self { must: sets(phrases, false)?, not: sets(&parsed.not, true)? })
    }

    /// Leaves those that have all phrases, and of them those that have nothing that they must not. Where none has all
    /// phrases, their words are looked for.
    pub(crate) fn sieve(&self, matches: &mut Vec<Match>) {
        let has =
            |sets: &Vec<BitSet>, found: &Match| sets.get(found.part).is_some_and(|set| set.contains(found.document));
        let phrased = |found: &Match| self.must.iter().all(|sets| has(sets, found));
        let strict = matches.iter().any(phrased);
        matches.retain(|found| (!strict || phrased(found)) && !self.not.iter().any(|sets| has(sets, found)));
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

fn documents(generation: &Generation, query: &dyn Query) -> tantivy::Result<Vec<BitSet>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&generation.searcher))?;
    let sets = generation.parts.iter().map(|part| {
        let mut set = BitSet::with_max_value(part.segment.max_doc());
        weight.for_each_no_score(&part.segment, &mut |documents| {
            for document in documents {
                set.insert(*document);
            }
        })?;
        Ok(set)
    });
    sets.collect()
}
