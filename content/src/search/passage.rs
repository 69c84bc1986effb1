//! The passage of a text that fits a query best.

use super::{
    hit::Piece,
    wanted::{self, which},
};
use crate::texts::Passage;
use language::{Analyser, Word};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    ops::Range,
};

/// How long a passage is shown, in characters.
const SHOWN: usize = 220;
/// How much of a text is looked through, in words: what comes after is found, but not shown.
const LOOKED_AT: usize = 20_000;

/// What is marked in a text of some language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Looked<'a> {
    pub(crate) words: &'a [wanted::Word],
    /// Keys of what the glossary added in this language.
    pub(crate) added: Option<&'a HashSet<String>>,
    pub(crate) analyser: Analyser,
    pub(crate) seen: &'a Seen,
}

/// Which word the words of texts in one language are: a text repeats its words, and the texts of a page each other's.
#[derive(Debug, Default)]
pub(crate) struct Seen(RefCell<HashMap<String, Option<usize>>>);

impl Looked<'_> {
    /// Which of the words a folded word of a text is, if any: the first.
    fn which(&self, folded: &str) -> Option<usize> {
        if let Some(which) = self.seen.0.borrow().get(folded) {
            return *which;
        }
        let which = self.looked_up(folded);
        self.seen.0.borrow_mut().insert(folded.to_owned(), which);
        which
    }

    fn looked_up(&self, folded: &str) -> Option<usize> {
        which(self.words, folded, self.analyser).or_else(|| {
            let added = self.added.filter(|added| !added.is_empty())?;
            added.contains(&*self.analyser.stem(folded)).then_some(self.words.len())
        })
    }

    pub(crate) fn has(&self, folded: &str) -> bool {
        self.which(folded).is_some()
    }
}

/// The words around the hits, with the hits marked, and the heading it stands under.
pub(crate) fn best(passages: &[Passage], words: Looked<'_>) -> (Vec<Piece>, Option<String>) {
    let mut best: Option<(usize, &Passage, Range<usize>)> = None;
    let mut looked_at = 0;
    for passage in passages {
        // One that has all of them is as good as any.
        if best.as_ref().is_some_and(|(different, _, _)| *different >= words.words.len()) {
            break;
        }
        let hits: Vec<(Range<usize>, usize)> = language::words(&passage.text)
            .take(LOOKED_AT.saturating_sub(looked_at))
            .inspect(|_| looked_at += 1)
            .filter_map(|word| Some((word.start..word.end, words.which(&word.folded)?)))
            .collect();
        for (at, (hit, _)) in hits.iter().enumerate() {
            let mut different: Vec<usize> = Vec::new();
            for (other, which) in &hits[at..] {
                if other.start - hit.start > SHOWN {
                    break;
                }
                if !different.contains(which) {
                    different.push(*which);
                }
            }
            if best.as_ref().is_none_or(|(most, _, _)| different.len() > *most) {
                best = Some((different.len(), passage, hit.clone()));
            }
        }
    }
    match best {
        Some((_, passage, hit)) => (window(&passage.text, hit, words), passage.place.clone()),
        None => {
            let first = passages.iter().find(|passage| !passage.text.is_empty());
            (first.map(|passage| window(&passage.text, 0..0, words)).unwrap_or_default(), None)
        }
    }
}

/// Marks the hits in a short text.
pub(crate) fn mark(text: &str, words: Looked<'_>) -> Vec<Piece> {
    let hits: Vec<_> = language::words(text).filter(|word| words.has(&word.folded)).collect();
    pieces(text, 0, text.len(), &hits)
}

/// What stands around a hit, from space to space; where there is no space for long, from word to word.
fn window(text: &str, Range { start, end }: Range<usize>, words: Looked<'_>) -> Vec<Piece> {
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
    let hits: Vec<_> = language::words(&text[from..to]).filter(|word| words.has(&word.folded)).collect();
    let mut pieces = pieces(text, from, to, &hits);
    let cut = |text: &str| Piece { text: text.to_owned(), hit: false };
    if from > 0 && !text[..from].trim_end().ends_with(['.', '\n', '!', '?']) {
        pieces.insert(0, cut("… "));
    }
    if to < text.trim_end().len() {
        pieces.push(cut(" …"));
    }
    pieces
}

/// `text[from..to]` divided at the hits, which are counted from `from`.
fn pieces(text: &str, from: usize, to: usize, hits: &[Word<'_>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = from;
    let mut push = |text: &str, hit| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.replace('\n', " "), hit });
        }
    };
    for word in hits {
        push(&text[at..from + word.start], false);
        push(&text[from + word.start..from + word.end], true);
        at = from + word.end;
    }
    push(&text[at..to], false);
    pieces
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::wanted::words;
    use proptest::prelude::*;

    fn passage(text: &str) -> Passage {
        Passage { place: Some("here".into()), text: text.into() }
    }

    fn looked(words: &[wanted::Word]) -> Looked<'_> {
        Looked { words, added: None, analyser: Analyser::English, seen: Box::leak(Box::default()) }
    }

    fn slavic(words: &[wanted::Word]) -> Looked<'_> {
        Looked { words, added: None, analyser: Analyser::SerboCroatian, seen: Box::leak(Box::default()) }
    }

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn a_hit_is_marked_as_it_stands_in_the_text() {
        let text = "Уводна реченица. Дјеца у ситуацији просјачења и живота на улици.";
        let (pieces, place) = best(&[passage(text)], slavic(&words("prosjacenja")));
        assert_eq!(shown(&pieces), "Дјеца у ситуацији [просјачења] и живота на улици.");
        assert_eq!(place.as_deref(), Some("here"));
    }

    #[test]
    fn the_passage_with_the_most_different_words_is_shown() {
        let texts = [passage("Begging, begging, begging."), passage("Child victims in begging.")];
        let (pieces, _) = best(&texts, looked(&words("child begging ")));
        assert_eq!(shown(&pieces), "[Child] victims in [begging].");
    }

    #[test]
    fn without_a_hit_the_text_begins_at_its_beginning() {
        let (pieces, place) = best(&[passage(""), passage("Some words.")], looked(&words("other")));
        assert_eq!((shown(&pieces).as_str(), place), ("Some words.", None));
    }

    #[test]
    fn a_hit_among_long_words_that_no_space_divides_is_shown() {
        let long = |letter: &str| letter.repeat(60);
        let before = format!("Some words stand here, {}", "and more of them ".repeat(2));
        let text = format!("{before}{}-{}-{} end.", long("a"), long("b"), long("c"));
        let (pieces, _) = best(&[passage(&text)], looked(&words(&format!("{} ", long("a")))));
        assert_eq!(shown(&pieces), format!("{before}[{}]-{} …", long("a"), long("b")));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_a_part_of_the_text_and_cuts_no_word(
            text in "(\\PC{0,12}[ .\n]){0,80}",
            query in "\\PC{0,12}",
        ) {
            let words = words(&query);
            let (pieces, _) = best(&[passage(&text)], looked(&words));
            let all: String = pieces.iter().filter(|piece| piece.text != "… " && piece.text != " …").map(|piece| piece.text.as_str()).collect();
            prop_assert!(text.replace('\n', " ").contains(&all));
            for piece in pieces.iter().filter(|piece| piece.hit) {
                prop_assert!(language::words(&piece.text).all(|word| looked(&words).has(&word.folded)));
            }
        }
    }
}
