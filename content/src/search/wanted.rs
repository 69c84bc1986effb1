//! The words that are looked for, in every form in which they may stand.

use super::analyser::{key, names};
use language::Analyser;

/// Words of a query that are looked for; a query of more is a text, and its first words say what it is about.
pub(crate) const WORDS_MOST: usize = 64;
/// So many words are what somebody types; more are a sentence that somebody pastes.
pub(crate) const SENTENCE: usize = 7;
/// A word that stands nowhere as it was typed, and is shorter, is a form of none but the reader's own.
const UNKNOWN_LEAST: usize = 4;
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
    /// Its keys as a name, as terms of the index, each with the analysers that give it, a bit for each.
    pub(crate) names: Vec<(String, u8)>,
    /// Whether it is a function word, language by language.
    pub(crate) function: [bool; ANALYSERS],
    /// Whether its keys are to be trusted, language by language. [`Word::trusted`] says when.
    pub(crate) home: [bool; ANALYSERS],
    /// It stands in texts of the reader's language, or one that is analysed alike, as it was typed.
    pub(crate) own: bool,
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
    /// Whether any of them is in the reader's language.
    pub(crate) own: bool,
    /// The first of them, in the reader's language if there is one: its segment, and its number there.
    pub(crate) first: (usize, u32),
}

impl Word {
    fn new(typed: &str, exact: &str, open: bool, own: Analyser) -> Self {
        Self {
            typed: typed.to_owned(),
            exact: exact.to_owned(),
            keys: keys(exact),
            names: names(exact),
            function: Analyser::ALL.map(|analyser| analyser.is_function_word(exact)),
            home: [true; ANALYSERS],
            own: false,
            // A word that is whole begins no other that is meant.
            open: open && exact.chars().count() >= BEGINNING_LEAST && !own.is_function_word(exact),
            meant: Vec::new(),
        }
    }

    /// In which languages its other forms are those of the word, if it stands in texts of these as it was typed: in
    /// these, and in the reader's own. Of a short word that stands nowhere nobody knows: `leg` is no form of `lege`, a
    /// law, for those who do not read Romanian.
    pub(crate) fn trusted(&self, stands: Option<[bool; ANALYSERS]>, own: Analyser) -> [bool; ANALYSERS] {
        // Of a key that a text has it is known whose it is.
        let long = self.exact.is_empty() || self.exact.chars().count() >= UNKNOWN_LEAST;
        std::array::from_fn(|analyser| analyser == own as usize || stands.map_or(long, |stands| stands[analyser]))
    }

    /// Takes from the index in which languages the word stands as it was typed. It says as little as it does there: `the`
    /// is one of many words to readers of English, whatever language has it for a name.
    pub(crate) fn settle(&mut self, stands: Option<[bool; ANALYSERS]>, own: Analyser) {
        self.home = self.trusted(stands, own);
        self.own = stands.is_some_and(|stands| stands[own as usize]);
        let function = self.function;
        let somewhere =
            stands.is_some_and(|stands| stands.iter().zip(function).any(|(stands, function)| *stands && function));
        for (analyser, says_little) in self.function.iter_mut().enumerate() {
            let elsewhere = somewhere && stands.is_some_and(|stands| !stands[analyser]);
            *says_little |= function[own as usize] || elsewhere;
        }
    }

    /// A word that a text of one language has, by its key there.
    pub(crate) fn of_key(analyser: usize, key: String) -> Self {
        let mut keys: [String; ANALYSERS] = Default::default();
        if let Some(place) = keys.get_mut(analyser) {
            *place = key;
        }
        Self {
            typed: String::new(),
            exact: String::new(),
            keys,
            names: Vec::new(),
            function: [false; ANALYSERS],
            home: [true; ANALYSERS],
            own: false,
            open: false,
            meant: Vec::new(),
        }
    }
}

/// The key of a folded word in each language, as terms of the index.
pub(crate) fn keys(folded: &str) -> [String; ANALYSERS] {
    Analyser::ALL.map(|analyser| key(analyser, folded))
}

/// A query's words, each once. The last one may be the beginning of a word, unless a space follows it or it is a
/// function word of the reader's own language.
pub(crate) fn words(query: &str, own: Analyser) -> Vec<Word> {
    let mut wanted: Vec<Word> = Vec::new();
    // A word that is repeated without end is read so far and no further.
    for word in language::words(query).take(4 * WORDS_MOST) {
        let open = word.end == query.len();
        let word = Word::new(&query[word.start..word.end], &word.folded, open, own);
        if let Some(same) = wanted.iter_mut().find(|other| other.exact == word.exact) {
            same.open |= word.open;
        } else if wanted.len() < WORDS_MOST {
            wanted.push(word);
        }
    }
    wanted
}

/// The places of a query's words, one after the other as they were typed: a word that is repeated stands there again.
pub(crate) fn order(query: &str, words: &[Word]) -> Vec<usize> {
    let place = |word: language::Word<'_>| words.iter().position(|other| other.exact == word.folded);
    language::words(query).take(4 * WORDS_MOST).filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(query: &str) -> Vec<String> {
        words(query, Analyser::English).into_iter().map(|word| word.exact).collect()
    }

    #[test]
    fn the_last_word_is_open_until_a_space_closes_it() {
        assert_eq!(exact("Просјачење dec"), ["prosjacenje", "dec"]);
        let open = |query, own| words(query, own).last().is_some_and(|word| word.open);
        assert!(!open("dec ", Analyser::English) && !open("x", Analyser::English) && open("dec", Analyser::English));
        // What says nothing in one language may begin a victim in another.
        assert!(open("the vi", Analyser::English) && !open("sa vi", Analyser::Romanian));
        assert_eq!(exact("*** \"\" (("), [""; 0]);
        assert_eq!(exact("one One ONE"), ["one"]);
    }

    #[test]
    fn forms_are_trusted_where_a_word_stands_and_the_readers_own_always() {
        let (english, albanian) = (Analyser::English as usize, Analyser::Albanian as usize);
        let mut stands = [false; ANALYSERS];
        stands[english] = true;
        let trusted =
            |word: &str, stands, own| words(word, own).pop().map(|word| word.trusted(stands, own)).expect("a word");
        assert_eq!(trusted("policies ", Some(stands), Analyser::English), stands);
        assert!(trusted("policies ", Some(stands), Analyser::Albanian)[albanian]);
        assert_eq!(trusted("policies ", None, Analyser::English), [true; ANALYSERS]);
        assert_eq!(trusted("leg ", None, Analyser::English), stands);
        assert_eq!(Word::of_key(albanian, "akey".to_owned()).trusted(None, Analyser::English), [true; ANALYSERS]);
    }

    #[test]
    fn a_function_word_of_the_reader_or_of_where_it_stands_is_one_everywhere() {
        let settled = |word: &str, stands, own| {
            let mut word = words(word, own).pop().expect("a word");
            word.settle(stands, own);
            word.function
        };
        assert_eq!(settled("the ", None, Analyser::English), [true; ANALYSERS]);
        let mut stands = [false; ANALYSERS];
        stands[Analyser::SerboCroatian as usize] = true;
        assert_eq!(settled("sve ", Some(stands), Analyser::English), [true; ANALYSERS]);
        // `care` says nothing in Romanian, and much in English.
        stands[Analyser::English as usize] = true;
        stands[Analyser::Romanian as usize] = true;
        let care = settled("care ", Some(stands), Analyser::English);
        assert!(!care[Analyser::English as usize] && care[Analyser::Romanian as usize]);
    }

    #[test]
    fn a_long_query_is_cut() {
        let long = (0..2000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(words(&long, Analyser::English).len(), WORDS_MOST);
    }
}
