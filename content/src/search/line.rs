//! A stretch of a text as a page of hits shows it: which of its words are hits, and where it is cut.

use super::{hit::Piece, passage::Sought};
use std::ops::Range;

/// How long a passage is shown, in characters.
const SHOWN: usize = 220;
/// What leads to a place in a page's text has so many words, and so many characters at the most.
const QUOTED: (usize, usize) = (4, 60);

/// Words of a passage, and what stands before them.
pub(crate) struct Quote<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: usize,
    pub(crate) before: &'a str,
}

/// A stretch of text with those of its words that may be shown.
pub(crate) struct Line<'a> {
    text: &'a str,
    pub(crate) words: Vec<Place>,
}

/// Where a word stands.
pub(crate) struct Place {
    /// Its place among all the words.
    pub(crate) at: usize,
    pub(crate) range: Range<usize>,
    /// Which of the words it is, a bit for each.
    pub(crate) is: u64,
}

impl<'a> Line<'a> {
    /// The words that can be shown around one of them; `may_be` says which may be hits.
    pub(crate) fn around(text: &'a str, one: usize, may_be: impl Fn(usize) -> bool, sought: &Sought<'_>) -> Self {
        let mut words: Vec<Place> = Vec::new();
        let mut last = usize::MAX;
        for (at, word) in language::stretches(text).enumerate().skip(one.saturating_sub(SHOWN / 3)) {
            if at == one {
                // A character takes four bytes at the most.
                last = word.end + 4 * SHOWN;
            }
            if word.start > last {
                break;
            }
            let is = if may_be(at) { sought.which(&word.folded()) } else { 0 };
            words.push(Place { at, range: word.start..word.end, is });
        }
        Self { text, words }
    }

    /// A few words from one of them on, or around it where the paragraph ends there.
    pub(crate) fn quote(&self, word: usize) -> Option<Quote<'a>> {
        let (most, characters) = QUOTED;
        let (mut first, mut last) = (word, word);
        let range = |first: usize, last: usize| {
            let range = self.words.get(first)?.range.start..self.words.get(last)?.range.end;
            let text = self.text.get(range.clone())?;
            (text.chars().count() <= characters && !text.contains('\n')).then_some(range)
        };
        while last - first + 1 < most && range(first, last + 1).is_some() {
            last += 1;
        }
        while last - first + 1 < most && first > 0 && range(first - 1, last).is_some() {
            first -= 1;
        }
        let range = range(first, last)?;
        Some(Quote { text: self.text.get(range.clone())?, words: last - first + 1, before: &self.text[..range.start] })
    }

    /// What stands around a hit, from space to space; where there is no space for long, from word to word.
    pub(crate) fn window(&self, Range { start, end }: Range<usize>) -> Vec<Piece> {
        let text = self.text;
        // A little before the hit, at the beginning of a sentence if one is near.
        let mut from = floor(text, start.saturating_sub(SHOWN / 3));
        // A stop that whitespace follows ends a sentence; others stand in numbers and abbreviations.
        let before = &text[from..start];
        let ends = |(at, stop): &(usize, char)| {
            let after = before[at + stop.len_utf8()..].chars().next();
            *stop == '\n' || (".!?;".contains(*stop) && after.is_some_and(char::is_whitespace))
        };
        if let Some((sentence, _)) = before.char_indices().rfind(ends) {
            from += sentence + 1;
        } else if from > 0 {
            from += before.find(char::is_whitespace).unwrap_or(start - from);
        }
        let to = match text[from..].char_indices().nth(SHOWN) {
            None => text.len(),
            Some((at, letter)) => {
                let most = from + at;
                let after = text.get(end..most + letter.len_utf8());
                let space = after.and_then(|after| after.rfind(char::is_whitespace)).map(|at| end + at);
                // Words without a space between them may go on for long: then the last that fits ends it.
                let word =
                    || language::words(&text[start..]).map(|word| start + word.end).take_while(|at| *at <= most).last();
                space.or_else(word).unwrap_or(most)
            }
        };
        let inside = &text[from..to];
        let from = from + (inside.len() - inside.trim_start().len());
        let to = from + text[from..to].trim_end().len();
        let mut pieces = self.pieces(from..to);
        let cut = |text: &str| Piece { text: text.to_owned(), hit: false };
        if from > 0 && !text[..from].trim_end().ends_with(['.', '\n', '!', '?']) {
            pieces.insert(0, cut("… "));
        }
        if to < text.trim_end().len() {
            pieces.push(cut(" …"));
        }
        pieces
    }

    /// A part of the text, divided at the hits.
    pub(crate) fn pieces(&self, part: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut push = |text: &str, hit| {
            if !text.is_empty() {
                pieces.push(Piece { text: text.replace('\n', " "), hit });
            }
        };
        let mut at = part.start;
        let hits = self
            .words
            .iter()
            .filter(|word| word.is != 0 && word.range.start >= part.start && word.range.end <= part.end);
        for Place { range, .. } in hits {
            push(&self.text[at..range.start], false);
            push(&self.text[range.clone()], true);
            at = range.end;
        }
        push(&self.text[at..part.end], false);
        pieces
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
