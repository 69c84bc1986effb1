//! The words of a text, folded for search, with their places in it.

use std::borrow::Cow;
use std::iter::Peekable;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

use crate::fold::{fold_into, is_kept};
use crate::letters;

/// How many characters a folded word has at most; the rest of a longer word is dropped.
pub const LONGEST: usize = 64;

/// How many characters of a word are folded at all, so that no word costs more than its reading.
const READ: usize = 4 * LONGEST;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its [folded](crate::fold) form: never empty, at most [`LONGEST`] characters.
    pub folded: Cow<'a, str>,
    /// Where the word begins in the text, in bytes.
    pub start: usize,
    /// Where the word ends in the text, in bytes, the whole of it even where `folded` is less.
    pub end: usize,
}

/// The words of `text` in order: whatever has letters or digits, by the word boundaries of
/// Unicode (UAX #29), which also divide at hyphens and spaces, and further:
///
/// - Words divide at apostrophes, as Albanian elides (`t'i` is `t`, `i`) and Serbian inflects foreign
///   names; but an English possessive `'s` counts to its word and is dropped from its folded form
///   (`victim's` is `victim`). The apostrophes are `'`, `’`, `‘`, `ʼ` and their full-width form.
/// - Words divide at full stops (`example.org`), colons and underscores; but single letters with
///   full stops are one word (`d.o.o.` is `doo`, `U.S.A.` `usa`).
/// - Numbers divide at points and commas (dates, sections); but digits in groups of three are one number
///   (`1.000` and `1,000` are `1000`).
/// - Soft hyphens, zero-width characters and bidi controls within a word are ignored.
///
/// Time is linear in the text, memory constant but for the words themselves.
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words(Stretches { text, at: 0, chunk: None })
}

/// The iterator that [`words`] returns.
#[derive(Debug)]
pub struct Words<'a>(Stretches<'a>);

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let Stretch { read, start, end } = self.0.next()?;
            if let Some(folded) = folded(read) {
                return Some(Word { folded, start, end });
            }
        }
    }
}

impl std::iter::FusedIterator for Words<'_> {}

/// Where a word of a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// What of it is folded.
    read: &'a str,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends in the text, in bytes.
    pub end: usize,
}

impl<'a> Stretch<'a> {
    /// The [folded](crate::fold) form of the word, as [`words`] gives it.
    #[must_use]
    pub fn folded(&self) -> Cow<'a, str> {
        folded(self.read).unwrap_or_default()
    }
}

/// Where the [`words`] of `text` stand, for those who need the folded forms of few of them.
pub fn stretches(text: &str) -> impl Iterator<Item = Stretch<'_>> {
    let all = Stretches { text, at: 0, chunk: None };
    all.filter(|word| word.read.starts_with(is_kept) || folded(word.read).is_some())
}

/// What words are made of; what is folded to nothing is among them.
#[derive(Debug)]
struct Stretches<'a> {
    text: &'a str,
    at: usize,
    chunk: Option<Chunk<'a>>,
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        loop {
            if let Some(chunk) = &mut self.chunk {
                if let Some((start, stop, end)) = chunk.next(self.text) {
                    return Some(Stretch { read: &self.text[start..stop], start, end });
                }
                self.chunk = None;
            }
            let rest = &self.text[self.at..];
            let start = self.at + rest.find(|letter| !is_separator(letter))?;
            if let Some(end) = plain(self.text, start) {
                self.at = end;
                return Some(Stretch { read: &self.text[start..end], start, end });
            } else {
                // White space in ASCII divides words whatever surrounds it, so the boundaries in
                // the chunk before it are those in the whole text.
                let rest = &self.text[start..];
                let end = start + rest.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(rest.len());
                self.at = end;
                self.chunk = Some(Chunk::new(&self.text[start..end], start));
            }
        }
    }
}

/// The folded form of a word, without a copy where it is folded already.
fn folded(word: &str) -> Option<Cow<'_, str>> {
    if word.len() <= LONGEST && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Some(Cow::Borrowed(word));
    }
    let read =
        if word.len() <= READ { word } else { &word[..word.char_indices().nth(READ).map_or(word.len(), |(at, _)| at)] };
    let mut folded = String::with_capacity(read.len());
    fold_into(read, &mut folded);
    if folded.len() > LONGEST
        && let Some((at, _)) = folded.char_indices().nth(LONGEST)
    {
        folded.truncate(at);
    }
    (!folded.is_empty()).then_some(Cow::Owned(folded))
}

/// Characters that are in no word and join none: most of what stands between words.
fn is_separator(letter: char) -> bool {
    match letter {
        letter if letter.is_ascii() => !letter.is_ascii_alphanumeric(),
        '\u{a0}' | '«' | '»' | '\u{2010}'..='\u{2015}' | '\u{201a}'..='\u{201f}' | '…' => true,
        _ => false,
    }
}

/// Letters of ours, between which UAX #29 never divides.
fn is_plain(letter: char) -> bool {
    match letter {
        letter if letter.is_ascii() => letter.is_ascii_alphanumeric(),
        '×' | '÷' => false,
        '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        _ => false,
    }
}

/// The end of the word at `start` where it is plain to see: letters of ours up to something that
/// cannot join them to what follows.
fn plain(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let length = rest.find(|letter| !is_plain(letter)).unwrap_or(rest.len());
    let mut after = rest[length..].chars();
    let joins = match after.next() {
        Some('_') => true,
        Some('.' | ',' | ':' | ';' | '\'') => !after.next().is_none_or(is_separator),
        Some(letter) => !is_separator(letter),
        None => false,
    };
    (length > 0 && !joins).then_some(start + length)
}

/// A stretch of text without white space, divided by UAX #29.
#[derive(Debug)]
struct Chunk<'a> {
    bounds: Peekable<UWordBoundIndices<'a>>,
    base: usize,
    /// What is left of a segment that divides further.
    rest: Option<(usize, usize)>,
}

impl<'a> Chunk<'a> {
    fn new(chunk: &'a str, base: usize) -> Self {
        Self { bounds: chunk.split_word_bound_indices().peekable(), base, rest: None }
    }

    /// The next word: its start, the end of what is folded, and its end.
    fn next(&mut self, text: &str) -> Option<(usize, usize, usize)> {
        loop {
            if let Some((start, end)) = self.rest.take()
                && let Some((piece, rest)) = piece(text, start, end)
            {
                self.rest = rest.map(|rest| (rest, end));
                return Some(piece);
            }
            let (start, end) = self.segment(text)?;
            let start = start + text[start..end].find(begins)?;
            if is_whole(&text[start..end]) {
                return Some((start, end, end));
            }
            self.rest = Some((start, end));
        }
    }

    /// The next segment with letters or digits.
    fn segment(&mut self, text: &str) -> Option<(usize, usize)> {
        let (start, mut segment) = self.bounds.find(|(_, segment)| segment.contains(begins))?;
        let start = self.base + start;
        let mut end = start + segment.len();
        // UAX #29 divides at a zero-width space, as Thai and Khmer want; in our scripts it only hides words.
        while segment.ends_with(is_plain)
            && self.bounds.next_if(|(_, gap)| gap.chars().all(|gap| gap == '\u{200b}')).is_some()
        {
            while self.bounds.next_if(|(_, gap)| gap.chars().all(|gap| gap == '\u{200b}')).is_some() {}
            let Some((at, next)) = self.bounds.next_if(|(_, next)| next.starts_with(is_plain)) else { break };
            segment = next;
            end = self.base + at + next.len();
        }
        debug_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
        Some((start, end))
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

/// Whether a word can begin with a character: not with a mark that has lost its letter.
fn begins(letter: char) -> bool {
    letter.is_alphanumeric() && !is_apostrophe(letter) && !is_combining_mark(letter)
}

/// Whether a character is part of a word rather than between words.
fn is_inner(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    begins(letter) || letters::is_invisible(letter) || is_combining_mark(letter)
}

/// The first piece in a segment from `start` on, as [`Chunk::next`] gives it, and where the rest starts.
fn piece(text: &str, start: usize, end: usize) -> Option<((usize, usize, usize), Option<usize>)> {
    let start = start + text[start..end].find(begins)?;
    let stop = text[start..end].find(|letter| !is_inner(letter)).map_or(end, |length| start + length);
    let mut after = text[stop..end].chars();
    let possessive = after.next().is_some_and(is_apostrophe) && matches!(after.as_str(), "s" | "S");
    if possessive || stop == end {
        return Some(((start, stop, end), None));
    }
    Some(((start, stop, stop), Some(stop)))
}

/// Whether a segment is one word in spite of what divides it: `d.o.o`, `1.000.000`.
fn is_whole(segment: &str) -> bool {
    let Some(divider) = segment.chars().find(|letter| !is_inner(*letter)) else { return true };
    if segment.len() > READ {
        return false;
    }
    let mut pieces = segment.split(divider);
    match divider {
        '.' if segment.starts_with(char::is_alphabetic) => pieces.all(|piece| {
            let mut letters =
                piece.chars().filter(|letter| !letters::is_accent(*letter) && !letters::is_invisible(*letter));
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        }),
        '.' | ',' | '\'' | '\u{2019}' | '\u{202f}' => {
            let digits =
                |piece: &str| piece.chars().try_fold(0, |count, digit| letters::digit(digit).map(|_| count + 1));
            pieces.next().and_then(digits).is_some_and(|lead| (1..=3).contains(&lead))
                && pieces.all(|piece| digits(piece) == Some(3))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn division() {
        for (text, expected) in [
            ("", ""),
            ("… – 🙂 !", ""),
            ("Žrtve trgovine ljudima", "zrtve trgovine ljudima"),
            ("„Жртве“, и деца.", "zrtve i deca"),
            ("victim's victim’s VICTIM'S victims'", "victim victim victim victims"),
            ("it's O'Brien’s", "it o brien"),
            ("t'i s’ka ç'është", "t i s ka c eshte"),
            ("s-a dus într-un 13-годишњака", "s a dus intr un 13 godisnjaka"),
            ("don't", "don t"),
            ("d.o.o. Д.О.О. U.S.A. e.g. т.ј.", "doo doo usa eg tj"),
            ("www.example.org ime_prezime a:b", "www example org ime prezime a b"),
            ("1.000.000 1,000 1’000 1\u{202f}000 12.5 3,14 10.000,50", "1000000 1000 1000 1000 12 5 3 14 10 000 50"),
            ("12.05.2026. 1.2.3 čl.5 ISO27001", "12 05 2026 1 2 3 cl 5 iso27001"),
            ("end.Next", "end next"),
            ("in\u{ad}vis\u{200b}i\u{200b}\u{200b}ble\u{feff} za\u{202e}mka", "invisible zamka"),
            ("word\u{200b} \u{200b}word", "word word"),
            ("п'ять п\u{2bc}ять", "p jat p jat"),
            ("e\u{301}le\u{300}ve", "eleve"),
            ("日本 カタカナ", "日 本 カタカナ"),
            ("سلام ΣΟΦΌΣ", "سلام σοφοσ"),
            ("½ ①", "12 1"),
            ("ь a", "a"),
        ] {
            assert_eq!(folded(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_whole_word() {
        let text = "  „Жртве“ victim's d.o.o. in\u{ad}visible";
        let places: Vec<&str> = words(text).map(|word| &text[word.start..word.end]).collect();
        assert_eq!(places, ["Жртве", "victim's", "d.o.o", "in\u{ad}visible"]);
        let text = "ž".repeat(1000);
        let word = words(&text).next().expect("a word");
        assert_eq!((word.folded.len(), word.start, word.end), (LONGEST, 0, text.len()));
    }

    #[test]
    fn plain_words_are_not_copied() {
        assert!(words("plain words, and 2026.").all(|word| matches!(word.folded, Cow::Borrowed(_))));
    }

    #[test]
    fn hostile_texts_are_read() {
        for piece in [
            "a.",
            "a'",
            "1.",
            "a\u{200b}",
            "\u{301}",
            "a\u{301}",
            ".\u{301}",
            "a\u{202e}",
            "🇦",
            "日",
            "'",
            "’s",
            "a\u{200d}",
            "\u{200b}",
            "1,000",
            "_",
        ] {
            let text = piece.repeat(500_000 / piece.len());
            for text in [format!("a{text}"), format!("a.{text}b"), text] {
                words(&text).for_each(drop);
            }
        }
    }

    /// The words as UAX #29 alone finds them in the whole text, to hold the short cuts against.
    fn slowly(text: &str) -> Vec<(usize, usize)> {
        let mut chunk = Chunk::new(text, 0);
        let places = std::iter::from_fn(|| chunk.next(text));
        places
            .filter(|(start, stop, _)| super::folded(&text[*start..*stop]).is_some())
            .map(|(start, _, end)| (start, end))
            .collect()
    }

    fn holds(text: &str) -> Result<(), TestCaseError> {
        let stretched: Vec<Word<'_>> =
            stretches(text).map(|word| Word { folded: word.folded(), start: word.start, end: word.end }).collect();
        prop_assert_eq!(stretched, words(text).collect::<Vec<_>>());
        let mut last = 0;
        for word in words(text) {
            prop_assert!(word.start >= last && word.start < word.end);
            last = word.end;
            let place = text.get(word.start..word.end);
            prop_assert!(place.is_some_and(|place| place.contains(char::is_alphanumeric)));
            prop_assert!(!word.folded.is_empty() && word.folded.chars().count() <= LONGEST);
            prop_assert_eq!(crate::fold(&word.folded), word.folded.as_ref());
        }
        let quick: Vec<_> = words(text).map(|word| (word.start, word.end)).collect();
        prop_assert_eq!(quick, slowly(text));
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text(text in any::<String>()) {
            holds(&text)?;
        }

        #[test]
        fn likely_texts(text in "[a-cA-CšđЉа-гьsS0-9 .,'’\u{2bc}:;_\\-\n\u{ad}\u{200b}\u{200d}\u{202f}\u{301}“«日カאא\"\u{915}\u{94d}🙂🇦\u{3164}]{0,40}") {
            holds(&text)?;
        }

        #[test]
        fn long_words(text in "[a-cžЖ日\u{301}.]{50,400}") {
            holds(&text)?;
        }
    }
}
