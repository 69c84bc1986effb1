//! What short texts have in common: the words that they share and others have seldom, and across languages what the glossary
//! calls the same.

use super::{analyser::key, generation::Generation, index::Index};
use crate::gate::Viewer;
use language::{Analyser, Language};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// From how much in common two texts are taken to say nearly the same: the cosine of what they have.
const LEAST: f32 = 0.34;
/// The same for two that share no language, and have in common what the glossary knows alone.
const LEAST_ABROAD: f32 = 0.6;

/// The terms that everybody sees.
#[derive(Clone)]
pub(crate) struct Glossary(Option<Arc<Generation>>);

/// What a text has that another may have, too.
#[derive(Clone, Debug)]
pub(crate) struct Has {
    analyser: Analyser,
    /// Keys of its words.
    words: BTreeSet<String>,
    /// Terms of the glossary.
    terms: BTreeSet<u64>,
}

impl Index {
    /// The terms that everybody sees: none, while nothing is indexed.
    pub(crate) fn glossary(&self) -> Glossary {
        Glossary(self.generation())
    }
}

impl Glossary {
    /// None.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// What each of some texts has, written in a language.
    pub(crate) fn has(&self, texts: &[(Language, &str)]) -> Vec<Has> {
        let anybody = Viewer::anonymous();
        let known = self.0.as_ref().map(|generation| {
            let seen: Vec<_> = generation.parts.iter().map(|part| part.facts.seen_by(&anybody)).collect();
            (&generation.terms, seen)
        });
        let says = |word: &str| word.chars().count() > 2 && word.chars().all(char::is_alphabetic);
        let has = |&(language, text): &(Language, &str)| {
            let analyser = Analyser::of(language);
            let (mut keys, mut words) = (Vec::new(), BTreeSet::new());
            for word in language::words(text) {
                let key = key(analyser, &word.folded);
                if says(&word.folded) && !analyser.is_function_word(&word.folded) {
                    words.insert(key.clone());
                }
                keys.push(key);
            }
            let terms = known.as_ref().map(|(terms, seen)| terms.spoken(seen, &keys));
            Has { analyser, words, terms: terms.unwrap_or_default() }
        };
        texts.iter().map(has).collect()
    }
}

/// How seldom what some texts have is: what all have says nothing.
pub(crate) struct Rarity {
    all: f32,
    words: HashMap<String, f32>,
    terms: HashMap<u64, f32>,
}

impl Rarity {
    pub(crate) fn of<'a>(all: impl Iterator<Item = &'a Has>) -> Self {
        let mut rarity = Self { all: 0.0, words: HashMap::new(), terms: HashMap::new() };
        for has in all {
            rarity.all += 1.0;
            has.words.iter().for_each(|word| *rarity.words.entry(word.clone()).or_default() += 1.0);
            has.terms.iter().for_each(|term| *rarity.terms.entry(*term).or_default() += 1.0);
        }
        rarity
    }

    /// The square of an inverse document frequency (Spärck Jones 1972).
    fn weight(&self, frequency: Option<&f32>) -> f32 {
        ((1.0 + self.all) / frequency.copied().unwrap_or(1.0)).ln().powi(2)
    }

    fn words<'a>(&self, words: impl Iterator<Item = &'a String>) -> f32 {
        words.map(|word| self.weight(self.words.get(word))).sum()
    }

    fn terms<'a>(&self, terms: impl Iterator<Item = &'a u64>) -> f32 {
        terms.map(|term| self.weight(self.terms.get(term))).sum()
    }

    /// How much two have in common, if it is enough.
    pub(crate) fn alike(&self, one: &Has, other: &Has) -> Option<f32> {
        let terms = self.terms(one.terms.intersection(&other.terms));
        let of_terms = |has: &Has| self.terms(has.terms.iter());
        let (common, least, of): (f32, f32, &dyn Fn(&Has) -> f32) = if one.analyser == other.analyser {
            let words = self.words(one.words.intersection(&other.words));
            (terms + words, LEAST, &|has| of_terms(has) + self.words(has.words.iter()))
        } else {
            (terms, LEAST_ABROAD, &of_terms)
        };
        let cosine = common / (of(one) * of(other)).sqrt();
        (cosine >= least).then_some(cosine)
    }
}
