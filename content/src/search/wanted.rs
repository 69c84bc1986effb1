//! The words that are looked for, in every form in which they may stand.

use super::analyser::key;
use language::Analyser;

/// Words of a query that are looked for; a query of more is a text, and its first words say what it is about.
pub(crate) const WORDS_MOST: usize = 64;
/// So many words are what somebody types; more are a sentence that somebody pastes.
pub(crate) const SENTENCE: usize = 7;
/// The shortest beginning of a word that is looked for as one, in letters.
const BEGINNING_LEAST: usize = 2;

/// How many analysers there are.
pub(crate) const ANALYSERS: usize = Analyser::ALL.len();

/// A word that is looked for. Nobody says in which language, so it is looked for as a word of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it was typed.
    pub(crate) typed: String,
    /// As it is folded.
    pub(crate) exact: String,
    /// Its key in each language, as terms of the index.
    pub(crate) keys: [String; ANALYSERS],
    /// Whether it is a function word, language by language.
    pub(crate) function: [bool; ANALYSERS],
    /// Whether it may be a word of each language at all, as far as the index has said.
    pub(crate) home: [bool; ANALYSERS],
    /// It may be the beginning of a word.
    pub(crate) open: bool,
    /// What it may have been meant as, the likeliest first.
    pub(crate) meant: Vec<Meant>,
}

/// A word of the index that another may have been meant as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meant {
    /// As it is folded.
    pub(crate) word: String,
    /// Its key in each language, as terms of the index.
    pub(crate) keys: [String; ANALYSERS],
    /// How many of its letters are others.
    pub(crate) distance: u8,
    /// In how many documents that may be seen it stands.
    pub(crate) documents: usize,
    /// The first of them: its segment, and its number there.
    pub(crate) first: (usize, u32),
}

impl Word {
    fn new(typed: &str, exact: &str, open: bool) -> Self {
        Self {
            typed: typed.to_owned(),
            exact: exact.to_owned(),
            keys: keys(exact),
            function: Analyser::ALL.map(|analyser| analyser.is_function_word(exact)),
            home: [true; ANALYSERS],
            // A word that is whole begins no other that is meant.
            open: open && exact.chars().count() >= BEGINNING_LEAST && !is_function(exact),
            meant: Vec::new(),
        }
    }

    /// A word that a text of one language has, by its key there.
    pub(crate) fn of_key(analyser: usize, key: String) -> Self {
        let mut keys: [String; ANALYSERS] = Default::default();
        if let Some(place) = keys.get_mut(analyser) {
            *place = key;
        }
        let function = [false; ANALYSERS];
        let home = [true; ANALYSERS];
        Self { typed: String::new(), exact: String::new(), keys, function, home, open: false, meant: Vec::new() }
    }
}

/// The key of a folded word in each language, as terms of the index.
pub(crate) fn keys(folded: &str) -> [String; ANALYSERS] {
    Analyser::ALL.map(|analyser| key(analyser, folded))
}

fn is_function(folded: &str) -> bool {
    Analyser::ALL.iter().any(|analyser| analyser.is_function_word(folded))
}

/// A query's words, each once. The last one may be the beginning of a word, unless a space follows it.
pub(crate) fn words(query: &str) -> Vec<Word> {
    let mut wanted: Vec<Word> = Vec::new();
    // A word that is repeated without end is read so far and no further.
    for word in language::words(query).take(4 * WORDS_MOST) {
        let open = word.end == query.len();
        let word = Word::new(&query[word.start..word.end], &word.folded, open);
        if let Some(same) = wanted.iter_mut().find(|other| other.exact == word.exact) {
            same.open |= word.open;
        } else if wanted.len() < WORDS_MOST {
            wanted.push(word);
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(query: &str) -> Vec<String> {
        words(query).into_iter().map(|word| word.exact).collect()
    }

    #[test]
    fn the_last_word_is_open_until_a_space_closes_it() {
        assert_eq!(exact("Просјачење dec"), ["prosjacenje", "dec"]);
        assert!(!words("dec ")[0].open && !words("x")[0].open && words("dec")[0].open);
        assert_eq!(exact("*** \"\" (("), [""; 0]);
        assert_eq!(exact("one One ONE"), ["one"]);
    }

    #[test]
    fn a_long_query_is_cut() {
        let long = (0..2000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(words(&long).len(), WORDS_MOST);
    }
}
