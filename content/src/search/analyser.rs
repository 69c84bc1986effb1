//! The words of a text, for tantivy: as they are folded, and their keys by the analysers of the crate `language`.

use language::{Analyser, Words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// What the schema calls the folded words.
pub(crate) const EXACT: &str = "exact";
/// What the schema calls their keys.
pub(crate) const KEYS: &str = "keys";

/// The letter that stands before every key of an analyser, so that equal keys of two languages are two terms.
pub(crate) const fn mark(analyser: Analyser) -> char {
    match analyser {
        Analyser::English => 'e',
        Analyser::Albanian => 'a',
        Analyser::SerboCroatian => 's',
        Analyser::Romanian => 'r',
        Analyser::Macedonian => 'm',
    }
}

/// What stands before the keys of names, which are inflected in every language that speaks of them: those of all
/// analysers, each with this letter alone before it, so that one is found by another.
pub(crate) const NAME: char = 'n';

/// The terms by which a name is found in any form, each with the analysers that say so, a bit for each.
pub(crate) fn names(folded: &str) -> Vec<(String, u8)> {
    let mut names: Vec<(String, u8)> = Vec::new();
    for analyser in Analyser::ALL {
        let (name, bit) = (format!("{NAME}{}", analyser.stem(folded)), 1 << analyser as u8);
        match names.iter_mut().find(|(other, _)| *other == name) {
            Some((_, analysers)) => *analysers |= bit,
            None => names.push((name, bit)),
        }
    }
    names
}

/// The term of a word's key.
pub(crate) fn key(analyser: Analyser, folded: &str) -> String {
    let stem = analyser.stem(folded);
    let mut key = String::with_capacity(1 + stem.len());
    key.push(mark(analyser));
    key.push_str(&stem);
    key
}

/// Words as UAX #29 has them, folded in case, diacritics and script.
#[derive(Clone, Default)]
pub(crate) struct Exact;

/// Keys of the words of a text that begins with the [`mark`] of its language, or with [`NAME`] and one.
#[derive(Clone, Default)]
pub(crate) struct Keys;

/// The words of one text.
pub(crate) struct Stream<'a> {
    words: Words<'a>,
    analyser: Option<(char, Analyser)>,
    token: Token,
}

fn stream(text: &str, analyser: Option<(char, Analyser)>) -> Stream<'_> {
    Stream { words: language::words(text), analyser, token: Token { position: usize::MAX, ..Token::default() } }
}

impl Tokenizer for Exact {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        stream(text, None)
    }
}

impl Tokenizer for Keys {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let (before, rest) = text.strip_prefix(NAME).map_or((None, text), |rest| (Some(NAME), rest));
        let analyser = Analyser::ALL.into_iter().find(|analyser| rest.starts_with(mark(*analyser)));
        match analyser {
            Some(analyser) => stream(&rest[1..], Some((before.unwrap_or(mark(analyser)), analyser))),
            None => stream(text, None),
        }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        self.token.text.clear();
        match self.analyser {
            Some((before, analyser)) => {
                self.token.text.push(before);
                self.token.text.push_str(&analyser.stem(&word.folded));
            }
            None => self.token.text.push_str(&word.folded),
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
