//! The words of a text, for tantivy: the folding of the crate `language`.

use language::Words;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// What the schema calls it.
pub(crate) const NAME: &str = "folded";

/// Words as UAX #29 has them, folded in case, diacritics and script.
#[derive(Clone, Default)]
pub(crate) struct Folded;

/// The words of one text.
pub(crate) struct FoldedStream<'a> {
    words: Words<'a>,
    token: Token,
}

impl Tokenizer for Folded {
    type TokenStream<'a> = FoldedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldedStream<'a> {
        FoldedStream { words: language::words(text), token: Token { position: usize::MAX, ..Token::default() } }
    }
}

impl TokenStream for FoldedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        self.token.text.clear();
        self.token.text.push_str(&word.folded);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
