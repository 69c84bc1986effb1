//! The glossary widens a query: what is looked for in one language is looked for in all.

use super::{
    analyser::key,
    facts::Seen,
    wanted::{ANALYSERS, Word},
};
use language::{Analyser, Language};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ops::Range,
};

/// Terms that widen one query.
const TERMS_MOST: usize = 6;
/// Forms of one term that are looked for.
const FORMS_MOST: usize = 48;

/// What a term is called, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) language: Language,
    pub(crate) text: String,
    /// The place of its analyser among all.
    pub(crate) analyser: usize,
    /// The keys of its words.
    pub(crate) keys: Vec<String>,
    /// All its words are function words: it is looked for, and widens nothing.
    function: bool,
    /// Its first letters stand for it.
    short: bool,
}

impl Form {
    pub(crate) fn new(language: Language, text: &str) -> Self {
        let analyser = Analyser::of(language);
        let words: Vec<_> = language::words(text).collect();
        Self {
            language,
            text: text.to_owned(),
            analyser: analyser as usize,
            keys: words.iter().map(|word| key(analyser, &word.folded)).collect(),
            function: words.iter().all(|word| analyser.is_function_word(&word.folded)),
            short: text.chars().filter(|letter| letter.is_uppercase()).count() >= 2 && words.len() == 1,
        }
    }

    /// Whether words of a query say it: in another form too, but of a word that is at home in its language.
    fn is_said(&self, words: &[&Word]) -> bool {
        let keyed = words.iter().zip(&self.keys).all(|(word, key)| word.keys.get(self.analyser) == Some(key));
        let home = |word: &&Word| word.home.get(self.analyser) == Some(&true);
        keyed && (words.iter().all(home) || self.is_written(words))
    }

    /// Whether they say it in this very form.
    fn is_written(&self, words: &[&Word]) -> bool {
        words.iter().zip(language::words(&self.text)).all(|(word, form)| word.exact == form.folded)
    }
}

/// A term of the glossary, in one of its languages, as one document of the index.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) thing: u64,
    pub(crate) slug: String,
    pub(crate) forms: Vec<Form>,
    pub(crate) part: usize,
    pub(crate) document: u32,
}

/// All terms, to be found by what they are called.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    said: Vec<Said>,
    /// The places of forms, as document and form, by the key of their first word.
    first: HashMap<String, Vec<(usize, usize)>>,
    /// The documents of each term.
    of: HashMap<u64, Vec<usize>>,
}

/// A text of a term, one of whose forms a query is, no more and no less.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called {
    pub(crate) part: usize,
    pub(crate) document: u32,
    /// It is so written.
    pub(crate) exact: bool,
}

/// What a term adds to a query.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    pub(crate) slug: String,
    /// The words of the query that are the term, a bit for each.
    pub(crate) words: u64,
    /// The words as they were typed.
    pub(crate) typed: String,
    /// The languages in which that is what it is called, and not short for it.
    called: Vec<Language>,
    /// Its other forms.
    pub(crate) forms: Vec<Form>,
}

impl Terms {
    pub(crate) fn of(said: Vec<Said>) -> Self {
        let mut terms = Self { said, ..Self::default() };
        for (at, said) in terms.said.iter().enumerate() {
            terms.of.entry(said.thing).or_default().push(at);
            for (place, form) in said.forms.iter().enumerate().filter(|(_, form)| !form.function) {
                if let Some(first) = form.keys.first() {
                    terms.first.entry(first.clone()).or_default().push((at, place));
                }
            }
        }
        terms
    }

    /// What the terms that a viewer may see add to words that follow each other: the longest that fit.
    pub(crate) fn widen(&self, seen: &[Seen<'_>], words: &[Word], order: &[usize]) -> Vec<Added> {
        let spoken: Vec<&Word> = order.iter().filter_map(|at| words.get(*at)).collect();
        let mut found: Vec<(u64, u64, Range<usize>, bool)> = Vec::new();
        for start in 0..spoken.len() {
            let forms = spoken[start].keys.iter().filter_map(|key| self.first.get(key)).flatten();
            for (at, place) in forms {
                let said = &self.said[*at];
                let form = &said.forms[*place];
                let range = start..start + form.keys.len();
                let fits = spoken.get(range.clone()).is_some_and(|span| form.is_said(span));
                let sees = seen.get(said.part).is_some_and(|seen| seen.has(said.document));
                if fits && sees {
                    let bits = order[range.clone()].iter().fold(0, |bits, at| bits | 1_u64 << at);
                    let written = form.is_written(&spoken[range.clone()]);
                    found.push((bits, said.thing, range, written));
                }
            }
        }
        // What is a part of a longer term is not meant by itself.
        // Nor is what has another form of it, where one is called just so: `trafficker` by `trafficking`.
        let all: Vec<(u64, bool)> = found.iter().map(|(bits, _, _, written)| (*bits, *written)).collect();
        found.retain(|(bits, _, _, written)| {
            !all.iter()
                .any(|(other, exact)| (other != bits && other & bits == *bits) || (other == bits && *exact && !written))
        });
        found.sort_unstable_by_key(|(bits, thing, range, _)| (*bits, *thing, range.start));
        found.dedup_by_key(|(bits, thing, ..)| (*bits, *thing));
        found.truncate(TERMS_MOST);
        found.into_iter().filter_map(|(bits, thing, range, _)| self.added(bits, thing, &spoken[range])).collect()
    }

    /// The terms that a text says, by the keys of its words, in one language: the longest that fit.
    pub(crate) fn spoken(&self, seen: &[Seen<'_>], keys: &[String]) -> BTreeSet<u64> {
        let mut found: Vec<(Range<usize>, u64)> = Vec::new();
        for (start, first) in keys.iter().enumerate() {
            for (at, place) in self.first.get(first).into_iter().flatten() {
                let said = &self.said[*at];
                let range = start..start + said.forms[*place].keys.len();
                let fits = keys.get(range.clone()).is_some_and(|keys| *keys == said.forms[*place].keys);
                if fits && seen.get(said.part).is_some_and(|seen| seen.has(said.document)) {
                    found.push((range, said.thing));
                }
            }
        }
        let within = |one: &Range<usize>, other: &Range<usize>| other.start <= one.start && one.end <= other.end;
        let longest = |one: &Range<usize>| found.iter().all(|(other, _)| one == other || !within(one, other));
        found.iter().filter(|(range, _)| longest(range)).map(|(_, thing)| *thing).collect()
    }

    /// What a query is called, if it is a term.
    pub(crate) fn called(&self, words: &[Word], order: &[usize]) -> Vec<Called> {
        let words: Vec<&Word> = order.iter().filter_map(|at| words.get(*at)).collect();
        let forms =
            words.first().into_iter().flat_map(|word| &word.keys).filter_map(|key| self.first.get(key)).flatten();
        let called = forms.filter_map(|(at, place)| {
            let said = &self.said[*at];
            let form = &said.forms[*place];
            let is = form.keys.len() == words.len() && form.is_said(&words);
            is.then(|| Called { part: said.part, document: said.document, exact: form.is_written(&words) })
        });
        called.collect()
    }

    fn added(&self, bits: u64, thing: u64, span: &[&Word]) -> Option<Added> {
        let documents = self.of.get(&thing)?;
        let slug = documents.first().map(|at| self.said[*at].slug.clone())?;
        let typed = |form: &Form| form.keys.len() == span.len() && form.is_said(span);
        let mut keys = HashSet::new();
        let all = documents.iter().flat_map(|at| &self.said[*at].forms);
        let called = all.clone().filter(|form| typed(form) && !form.short).map(|form| form.language).collect();
        let forms = all.filter(|form| !form.function && !typed(form) && keys.insert(&form.keys));
        let forms: Vec<Form> = forms.take(FORMS_MOST).cloned().collect();
        let typed: Vec<&str> = span.iter().map(|word| word.typed.as_str()).collect();
        (!forms.is_empty()).then(|| Added { slug, words: bits, typed: typed.join(" "), called, forms })
    }
}

/// The keys of the words of forms that are worth marking, language by language. Where a term is one word, what it is
/// called in more words says nothing else: `begging`, `begging by children`.
pub(crate) fn marked(added: &[Added]) -> [HashSet<String>; ANALYSERS] {
    let mut marked: [HashSet<String>; ANALYSERS] = Default::default();
    let worth = |added: &Added, form: &Form| {
        let is_word = |other: &Form| other.keys.len() == 1 && !other.short;
        let one_word = |other: &Form| other.analyser == form.analyser && is_word(other);
        let called = added.called.iter().any(|language| Analyser::of(*language) as usize == form.analyser);
        form.keys.len() == 1 || !(added.forms.iter().any(one_word) || called && added.words.count_ones() == 1)
    };
    let forms = added.iter().flat_map(|added| added.forms.iter().filter(move |form| worth(added, form)));
    for form in forms {
        for word in language::words(&form.text) {
            let analyser = Analyser::ALL[form.analyser];
            if !analyser.is_function_word(&word.folded) {
                marked[form.analyser].insert(analyser.stem(&word.folded).into_owned());
            }
        }
    }
    marked
}

/// What a page says of a term that widened a query: one form of each language, the reader's first, but
/// not another one of theirs for what they called it.
pub(crate) fn named(added: &Added, reader: Language) -> Vec<(Language, String)> {
    let mut named: Vec<(Language, String)> = Vec::new();
    for form in added.forms.iter().filter(|form| form.language != reader || !added.called.contains(&reader)) {
        if !named
            .iter()
            .any(|(language, text)| *language == form.language || language::fold(text) == language::fold(&form.text))
        {
            named.push((form.language, form.text.clone()));
        }
    }
    // A term that is known in the reader's language alone is said by what else it is called there.
    if named.is_empty() {
        named.extend(added.forms.first().map(|form| (form.language, form.text.clone())));
    }
    named.sort_by_key(|(language, _)| (*language != reader, *language));
    named
}
