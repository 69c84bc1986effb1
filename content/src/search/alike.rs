//! More like this: what says much of the same.
//!
//! The words that say most of what a thing is about, those that it has often and others seldom, are a query: "More like
//! this" as Lucene has it, in each of the languages in which the thing has a text.

use super::{
    generation::Generation,
    index::Index,
    lists::look_up,
    rank::EVERY,
    scan::{Scratch, scan},
    schema::Worded,
    wanted::{ANALYSERS, Word},
    weights,
};
use crate::{
    gate::Viewer,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Kind, Listed, Look},
};
use language::{Analyser, Language};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tantivy::{DocSet, TERMINATED, Term, schema::IndexRecordOption};

/// How many are shown.
const SHOWN: usize = 4;
/// How many are known of each thing: some of them its page shows anyway.
const KNOWN: usize = 24;
/// Words of a text that are looked at.
const LOOKED_AT: usize = 4_000;
/// Words that say what a thing is about, in all its languages: a scan tells so many apart.
const WORDS: usize = 60;
/// The same in one language: more say less.
const IN_ONE_LANGUAGE: usize = 30;
/// What has less in common, as a share of what the thing has in common with itself, is like everything else.
const LEAST: f32 = 0.12;
/// What each theme that both have is worth.
const THEME: f32 = 0.15;
/// Things of which it is known at once.
const KEPT: usize = 4_096;

/// What is like what, worked out once for everybody who may see the same.
#[derive(Default)]
pub(crate) struct Alike(Mutex<HashMap<Key, Arc<[u64]>>>);

/// A thing, and who looks at it.
type Key = (u64, Viewer);

/// Kinds that are worth reading after one of them.
fn is_read(kind: &str) -> bool {
    let kind = kind.parse();
    kind.is_ok_and(|kind| !matches!(kind, Kind::Seminar | Kind::Person | Kind::Organisation | Kind::Term))
}

/// Things that say much of the same as one, the likest first, but for those that its page shows anyway.
///
/// # Errors
/// When the store does not answer or the index cannot be read.
pub async fn alike(
    store: &Store,
    index: &Index,
    viewer: &Viewer,
    reading: Reading,
    of: &Listed,
    without: &[&Listed],
) -> Result<Vec<Listed>, Failure> {
    let Some(generation) = index.generation() else { return Ok(Vec::new()) };
    let key = (of.id.id().unsigned_abs(), viewer.clone());
    let known = generation.alike.0.lock().ok().and_then(|kept| kept.get(&key).cloned());
    let known = match known {
        Some(known) => known,
        None => index.work(move |scratch| worked_out(&generation, key, scratch)).await?,
    };
    let without: Vec<u64> = without.iter().map(|listed| listed.id.id().unsigned_abs()).collect();
    let wanted: Vec<i64> =
        known.iter().filter(|id| !without.contains(id)).filter_map(|id| i64::try_from(*id).ok()).collect();
    let mut alike = Vec::new();
    // Mostly the first few are enough, and each costs the store something.
    for part in wanted.chunks(2 * SHOWN) {
        let look = Look { ids: Some(part.to_vec().into()), ..Look::default() };
        let mut found = store.ask(things::listing(viewer, reading, &look)).await?;
        // What belongs to it stands on its page; and nobody who reads of something real wants what is made up.
        found.retain(|listed| listed.parent != Some(of.id.id()) && (of.example || !listed.example));
        found.sort_by_key(|listed| part.iter().position(|id| *id == listed.id.id()));
        alike.extend(found);
        if alike.len() >= SHOWN {
            break;
        }
    }
    alike.truncate(SHOWN);
    Ok(alike)
}

fn worked_out(generation: &Generation, key: Key, scratch: &mut Scratch) -> Result<Arc<[u64]>, Failure> {
    let found: Arc<[u64]> = like(generation, key.0, &key.1, scratch)?.into();
    if let Ok(mut kept) = generation.alike.0.lock() {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, found.clone());
    }
    Ok(found)
}

fn like(generation: &Generation, thing: u64, viewer: &Viewer, scratch: &mut Scratch) -> Result<Vec<u64>, Failure> {
    let seen: Vec<_> = generation.parts.iter().map(|part| part.facts.seen_by(viewer)).collect();
    let mut counts: [HashMap<String, f32>; ANALYSERS] = Default::default();
    let mut themes: Vec<&str> = Vec::new();
    let term = Term::from_field_u64(generation.fields.thing, thing);
    for (at, (part, seen)) in generation.parts.iter().zip(&seen).enumerate() {
        let reader = part.segment.inverted_index(generation.fields.thing)?;
        let Some(mut postings) = reader.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            let document = postings.doc();
            postings.advance();
            if !seen.has(document) || part.segment.is_deleted(document) {
                continue;
            }
            themes.extend(part.facts.named("theme", document));
            let language = part.facts.named("language", document).next().and_then(|code| code.parse().ok());
            let analyser = Analyser::of(language.unwrap_or(Language::English));
            let says = generation.stored(at, document)?;
            let texts = [(says.title.as_str(), weights::FIELDS[0])].into_iter();
            let texts = texts.chain(says.passages.iter().map(|passage| (passage.text.as_str(), 1.0)));
            let words = texts.flat_map(|(text, counts)| language::words(text).map(move |word| (word, counts)));
            for (word, weight) in words.take(LOOKED_AT) {
                let says_something = word.folded.chars().count() > 2 && word.folded.chars().all(char::is_alphabetic);
                if says_something && !analyser.is_function_word(&word.folded) {
                    let key = super::analyser::key(analyser, &word.folded);
                    *counts[analyser as usize].entry(key).or_default() += weight;
                }
            }
        }
    }
    let languages = counts.iter().filter(|counts| !counts.is_empty()).count().max(1);
    let mut words = Vec::new();
    for (analyser, counts) in counts.into_iter().enumerate() {
        let mut worth = Vec::with_capacity(counts.len());
        for (key, count) in counts {
            let frequency = frequency(generation, &key)?;
            // What nothing else has is like nothing else.
            if frequency > 1 {
                let mut frequencies = [0; ANALYSERS];
                frequencies[analyser] = frequency;
                let rare = generation.worth(frequencies, &[false; ANALYSERS])[analyser];
                worth.push((rare * count / (weights::SATURATION + count), key));
            }
        }
        worth.sort_unstable_by(|(this, one), (that, other)| that.total_cmp(this).then_with(|| one.cmp(other)));
        let best = worth.into_iter().take((WORDS / languages).min(IN_ONE_LANGUAGE));
        words.extend(best.map(|(_, key)| Word::of_key(analyser, key)));
    }
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut best: HashMap<u64, f32> = HashMap::new();
    let looked_up = words.iter().map(|word| look_up(generation, &seen, word, &EVERY, Analyser::English, false));
    let lists = looked_up.collect::<tantivy::Result<Vec<_>>>()?;
    for found in scan(generation, &seen, &words, &lists, &[], scratch)?.matches {
        let facts = &generation.parts[found.part].facts;
        let other = facts.thing(found.document);
        let reads = facts.named("kind", found.document).any(is_read);
        // One word that two things share is chance.
        if (reads && found.has.count_ones() > 1) || other == thing {
            let shared = facts.named("theme", found.document).filter(|theme| themes.contains(theme)).count();
            let score = found.score * (1.0 + if other == thing { 0.0 } else { THEME * shared.min(3) as f32 });
            best.entry(other).and_modify(|best| *best = best.max(score)).or_insert(score);
        }
    }
    let least = best.remove(&thing).unwrap_or_default() * LEAST;
    let mut best: Vec<(u64, f32)> = best.into_iter().filter(|(_, score)| *score >= least).collect();
    best.sort_unstable_by(|(one, this), (other, that)| that.total_cmp(this).then_with(|| one.cmp(other)));
    best.truncate(KNOWN);
    Ok(best.into_iter().map(|(thing, _)| thing).collect())
}

/// In how many documents a key stands, in the field where it stands in the most.
fn frequency(generation: &Generation, key: &str) -> tantivy::Result<u32> {
    let mut most = 0;
    for Worded { keys, .. } in generation.fields.worded {
        let mut documents = 0;
        for part in &generation.parts {
            documents += part.segment.inverted_index(keys)?.doc_freq(&Term::from_field_text(keys, key))?;
        }
        most = most.max(documents);
    }
    Ok(most)
}
