//! What short texts have in common: the words that they share and others have seldom, and across languages what the glossary
//! calls the same.

use super::{analyser::key, index::Index};
use crate::gate::Viewer;
use language::{Analyser, Language};
use std::collections::HashMap;

/// From how much in common two texts are taken to say nearly the same: the cosine of what they have.
const LEAST: f32 = 0.34;
/// The same for two that share no language, and have in common what the glossary knows alone.
const LEAST_ABROAD: f32 = 0.6;

/// Some texts, to be compared with each other.
pub(crate) struct Texts {
    has: Vec<Has>,
    /// What each feature is worth: the square of an inverse document frequency (Spärck Jones 1972). What all have says
    /// nothing.
    worth: Vec<f32>,
}

/// What a text has that another may have, too: features by their numbers, in order.
struct Has {
    analyser: Analyser,
    /// Keys of its words.
    words: Vec<u32>,
    /// Terms of the glossary.
    terms: Vec<u32>,
    /// What its words, and its terms, are worth together.
    sums: (f32, f32),
}

/// A feature.
#[derive(PartialEq, Eq, Hash)]
enum Feature {
    /// The key of a word.
    Word(String),
    /// A term of the glossary.
    Term(u64),
}

impl Texts {
    /// Texts in their languages; of the glossary, the terms that everybody sees.
    pub(crate) fn of(index: &Index, texts: &[(Language, &str)]) -> Self {
        let (generation, anybody) = (index.generation(), Viewer::anonymous());
        let known = generation.as_ref().map(|generation| {
            let seen: Vec<_> = generation.parts.iter().map(|part| part.facts.seen_by(&anybody)).collect();
            (&generation.terms, seen)
        });
        let (mut numbers, mut counts) = (HashMap::new(), Vec::new());
        let mut counted = |features: Vec<Feature>| {
            let mut found: Vec<u32> = Vec::new();
            for feature in features {
                let next = counts.len();
                let at = *numbers.entry(feature).or_insert(next);
                if at == next {
                    counts.push(0.0_f32);
                }
                let number = u32::try_from(at).unwrap_or(u32::MAX);
                if !found.contains(&number) {
                    counts[at] += 1.0;
                    found.push(number);
                }
            }
            found.sort_unstable();
            found
        };
        let mut has: Vec<Has> = Vec::with_capacity(texts.len());
        for (language, text) in texts {
            let analyser = Analyser::of(*language);
            let (mut keys, mut words) = (Vec::new(), Vec::new());
            for word in language::words(text) {
                let key = key(analyser, &word.folded);
                let says = word.folded.chars().count() > 2 && word.folded.chars().all(char::is_alphabetic);
                if says && !analyser.is_function_word(&word.folded) {
                    words.push(Feature::Word(key.clone()));
                }
                keys.push(key);
            }
            let terms = known.as_ref().map(|(terms, seen)| terms.spoken(seen, &keys)).unwrap_or_default();
            let (words, terms) = (counted(words), counted(terms.into_iter().map(Feature::Term).collect()));
            has.push(Has { analyser, words, terms, sums: (0.0, 0.0) });
        }
        let all = 1.0 + texts.len() as f32;
        let worth: Vec<f32> = counts.iter().map(|count| (all / count).ln().powi(2)).collect();
        let sum = |features: &[u32]| features.iter().map(|feature| worth[*feature as usize]).sum();
        has.iter_mut().for_each(|has| has.sums = (sum(&has.words), sum(&has.terms)));
        Self { has, worth }
    }

    /// How much two of them have in common, by their places, if it is enough to say nearly the same.
    pub(crate) fn alike(&self, one: usize, other: usize) -> Option<f32> {
        let (one, other) = (self.has.get(one)?, self.has.get(other)?);
        let terms = self.shared(&one.terms, &other.terms);
        let (common, least, of) = if one.analyser == other.analyser {
            let of = (one.sums.0 + one.sums.1) * (other.sums.0 + other.sums.1);
            (terms + self.shared(&one.words, &other.words), LEAST, of)
        } else {
            (terms, LEAST_ABROAD, one.sums.1 * other.sums.1)
        };
        let cosine = common / of.sqrt();
        (cosine >= least).then_some(cosine)
    }

    /// What two have in common is worth.
    fn shared(&self, one: &[u32], other: &[u32]) -> f32 {
        let (mut at, mut sum) = (0, 0.0);
        for feature in one {
            while other.get(at).is_some_and(|next| next < feature) {
                at += 1;
            }
            if other.get(at) == Some(feature) {
                sum += self.worth[*feature as usize];
            }
        }
        sum
    }
}
