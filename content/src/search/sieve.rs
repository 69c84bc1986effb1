//! What a document must hold besides words, or must not: phrases as they were typed.

use super::{
    facts::Seen,
    generation::Generation,
    lists::{is_any, look_up},
    parsed::Parsed,
    rank::EVERY,
    scan::Match,
    wanted::{ANALYSERS, Word, words},
};
use language::Analyser;
use tantivy::{
    BitSet, DocId, Term,
    query::{BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery},
    schema::IndexRecordOption,
};

/// Words of a phrase that are looked for next to each other: a longer one is known by its first.
const PHRASE_MOST: usize = 32;

/// The documents that a query's operators leave.
pub(crate) struct Sieve {
    /// Each of these must have the document, segment by segment.
    must: Vec<Vec<BitSet>>,
    /// The things that must not be there, since a text of theirs has what must not stand in it: what is left out in one
    /// language is not there in another.
    not: Vec<bool>,
}

impl Sieve {
    /// `strict`: phrases are meant. A headline that somebody pastes has quotes that never were.
    pub(crate) fn of(
        generation: &Generation,
        seen: &[Seen<'_>],
        parsed: &Parsed,
        strict: bool,
        own: Analyser,
    ) -> tantivy::Result<Self> {
        let phrases: &[String] = if strict { &parsed.phrases } else { &[] };
        let mut must = Vec::with_capacity(phrases.len());
        for phrase in phrases {
            let mut sets: Vec<BitSet> =
                generation.parts.iter().map(|part| BitSet::with_max_value(part.segment.max_doc())).collect();
            each(generation, &*holding(generation, phrase, None), |part, document| {
                sets[part].insert(document);
            })?;
            must.push(sets);
        }
        let mut not = vec![false; generation.things];
        for phrase in &parsed.not {
            // In those forms that it has as a word that is looked for.
            let words = words(phrase, own);
            let forms = match words.as_slice() {
                [word] => Some((word, word.trusted(look_up(generation, seen, word, &EVERY, own, false)?.stands, own))),
                _ => None,
            };
            each(generation, &*holding(generation, phrase, forms), |part, document| {
                let part = &generation.parts[part];
                if !part.segment.is_deleted(document) {
                    not[part.things[document as usize] as usize] = true;
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
        matches.retain(|found| (!strict || phrased(found)) && !self.not[thing(found) as usize]);
        !strict
    }
}

/// Asks for words next to each other in any field; for one word alone in other forms too, where it is given with the
/// languages whose forms it may have.
fn holding(generation: &Generation, phrase: &str, forms: Option<(&Word, [bool; ANALYSERS])>) -> Box<dyn Query> {
    let words: Vec<String> = language::words(phrase).take(PHRASE_MOST).map(|word| word.folded.into_owned()).collect();
    let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for field in &generation.fields.worded {
        let term = |word: &String| Term::from_field_text(field.exact, word);
        let alone = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        if let [word] = words.as_slice() {
            any.push((Occur::Should, alone(term(word))));
            let keys = forms.iter().flat_map(|(word, trusted)| word.keys.iter().zip(trusted));
            let keys = keys.filter(|(_, trusted)| **trusted).map(|(key, _)| key);
            let names = forms.iter().flat_map(|(word, trusted)| word.names.iter().map(move |name| (name, trusted)));
            let names =
                names.filter(|((_, analysers), trusted)| is_any(*analysers, trusted)).map(|((name, _), _)| name);
            for key in keys.chain(names) {
                any.push((Occur::Should, alone(Term::from_field_text(field.keys, key))));
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
