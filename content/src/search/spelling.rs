//! What a word may have been meant as that hardly anything has as it was typed.

use super::{
    facts::Seen,
    generation::Generation,
    wanted::{Meant, SENTENCE, Word, keys},
};
use crate::store::Failure;
use language::Analyser;
use std::collections::HashMap;
use tantivy::{DocSet, TERMINATED, Term, query::FuzzyTermQuery, schema::IndexRecordOption};

/// A word that so many documents have is as it was meant.
const FEW: usize = 2;
/// Words of a query that are looked at.
const WORDS_MOST: usize = 4;
/// Words that one may have been meant as.
const MEANT_MOST: usize = 8;
/// Shorter words are near too many others.
const LEAST: usize = 4;
/// From so many letters on, two may be wrong.
const TWO: usize = 8;
/// No word that is meant is longer, and looking for those near it takes the longer the longer it is.
const MOST: usize = 32;
/// Documents that are counted of a word.
const COUNTED: usize = 50;
/// Documents in which it may be found to be of the reader's language.
const OWN_COUNTED: usize = 1000;

/// Gives words that few documents have, and the glossary does not know, what they may have been meant as: words that
/// the viewer may see, with one letter wrong, missing, too many or changed with the next, or else with two. Whether
/// there are any.
pub(crate) fn guess(
    generation: &Generation,
    seen: &[Seen<'_>],
    words: &mut [Word],
    known: u64,
    counts: &[usize],
    own: Analyser,
) -> tantivy::Result<bool> {
    let mut any = false;
    // In a sentence, what the others say tells a rare word from a wrong one.
    let few = if words.len() <= SENTENCE { FEW } else { 0 };
    let unsure = words.iter_mut().enumerate().filter(|(at, word)| {
        let letters = word.exact.chars().count();
        let count = counts.get(*at).copied().unwrap_or_default();
        // A rare word is more often right than wrong: the shorter, the more of its neighbours are others.
        let least = if count == 0 { LEAST } else { LEAST + 1 };
        known & (1 << at) == 0
            && count <= few
            && (least..=MOST).contains(&letters)
            && !word.function.contains(&true)
            // Of a number, a year or a reference, every other is another one.
            && word.exact.chars().all(char::is_alphabetic)
            // Nor of what stands for other words.
            && word.typed.chars().any(char::is_lowercase)
    });
    for (_, word) in unsure.take(WORDS_MOST) {
        let most = if word.exact.chars().count() >= TWO { 2 } else { 1 };
        for distance in 1..=most {
            word.meant = near(generation, seen, &word.exact, distance, own)?;
            if !word.meant.is_empty() {
                any = true;
                break;
            }
        }
    }
    Ok(any)
}

fn near(
    generation: &Generation,
    seen: &[Seen<'_>],
    word: &str,
    distance: u8,
    own: Analyser,
) -> tantivy::Result<Vec<Meant>> {
    let mut found: HashMap<String, Meant> = HashMap::new();
    // The same for every field: what is compared are the words.
    let first = generation.fields.worded.first().map(|field| Term::from_field_text(field.exact, word));
    let Some(automaton) = first.map(|term| FuzzyTermQuery::new(term, distance, true).automaton()).transpose()? else {
        return Ok(Vec::new());
    };
    for (at, (part, seen)) in generation.parts.iter().zip(seen).enumerate() {
        for field in &generation.fields.worded {
            let reader = part.segment.inverted_index(field.exact)?;
            let mut stream = reader.terms().search(&automaton).into_stream()?;
            while let Some((term, info)) = stream.next() {
                let Ok(term) = str::from_utf8(term) else { continue };
                // The first letter is hardly ever the wrong one, and a word that says nothing is not what was meant.
                if term == word || term.chars().next() != word.chars().next() || own.is_function_word(term) {
                    continue;
                }
                let mut postings = reader.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                let mut document = postings.doc();
                while document != TERMINATED {
                    if seen.has(document) && !part.segment.is_deleted(document) {
                        let meant = found.entry(term.to_owned()).or_insert_with(|| Meant {
                            word: term.to_owned(),
                            keys: keys(term),
                            distance,
                            documents: 0,
                            own: false,
                            first: (at, document),
                        });
                        meant.documents += 1;
                        if !meant.own && part.facts.analyser(document) == own as usize {
                            (meant.own, meant.first) = (true, (at, document));
                        }
                        if meant.documents >= COUNTED && (meant.own || meant.documents >= OWN_COUNTED) {
                            break;
                        }
                    }
                    document = postings.advance();
                }
            }
        }
    }
    let mut found: Vec<Meant> = found.into_values().collect();
    found.retain(|meant| meant.own || !Analyser::ALL.iter().any(|analyser| analyser.is_function_word(&meant.word)));
    // Readers mean their own language where it has such a word, and every short one is near some word of another.
    if found.iter().any(|meant| meant.own) || word.chars().count() <= LEAST {
        found.retain(|meant| meant.own);
    }
    found.sort_by(|this, that| that.documents.cmp(&this.documents).then_with(|| this.word.cmp(&that.word)));
    found.truncate(MEANT_MOST);
    Ok(found)
}

/// The query with other words in place of those that nothing has, as they stand in a text; none if there are none.
pub(crate) fn instead(
    generation: &Generation,
    query: &str,
    words: &[Word],
    counts: &[usize],
) -> Result<Option<String>, Failure> {
    let mut better: HashMap<&str, String> = HashMap::new();
    for (word, _) in words.iter().zip(counts).filter(|(_, count)| **count == 0) {
        if let Some(meant) = word.meant.first() {
            better.extend(as_written(generation, meant, &word.typed)?.map(|written| (word.exact.as_str(), written)));
        }
    }
    if better.is_empty() {
        return Ok(None);
    }
    let mut instead = String::new();
    let mut at = 0;
    for word in language::words(query) {
        if let Some(better) = better.get(&*word.folded) {
            instead.push_str(&query[at..word.start]);
            instead.push_str(better);
            at = word.end;
        }
    }
    instead.push_str(&query[at..]);
    Ok(Some(instead))
}

/// A word as the first text that has it writes it, in small letters where it does not say otherwise everywhere, and in
/// Latin letters for those who typed some; none where only a heading has it, and it cannot be said in the letters typed.
fn as_written(generation: &Generation, meant: &Meant, typed: &str) -> Result<Option<String>, Failure> {
    let (part, document) = meant.first;
    let stored = generation.stored(part, document)?;
    let texts = [stored.title.as_str()].into_iter().chain(stored.passages.iter().map(|passage| passage.text.as_str()));
    let written = texts.flat_map(|text| {
        language::words(text).filter(|word| word.folded == meant.word).map(|word| &text[word.start..word.end])
    });
    let written: Vec<&str> = written.collect();
    // A name has a capital wherever it stands; another word only where a sentence begins.
    let small = written.iter().find(|word| word.chars().all(|letter| !letter.is_uppercase()));
    let latin = typed.chars().any(|letter| letter.is_ascii_alphabetic());
    Ok(match small.or(written.first()) {
        Some(written) => Some(if latin { language::latin(written) } else { (*written).to_owned() }),
        None => latin.then(|| meant.word.clone()),
    })
}
