//! The passage of a text that fits a query best.
//!
//! The index keeps a print of every word of a text beside the text. They say where the words of a query may stand, so
//! that a text is divided into words no further than to the end of what is shown, and little more than that is stemmed.

use super::{
    analyser::{key, mark},
    found::{Kept, Stored},
    hit::Piece,
    line::{Line, Quote},
    terms::{self, Added},
    wanted::{ANALYSERS, Word, keys},
};
use language::Analyser;
use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
    ops::Range,
};

/// Words that are shown together, more or less.
const TOGETHER: usize = 32;
/// How much of a text is looked through, in words: what comes after is found, but not shown.
const LOOKED_AT: usize = 20_000;
/// Fewer words may well stand elsewhere on the page before, and the heading is the better place to lead to.
const QUOTED_LEAST: usize = 3;
/// How often hits are looked at again that are not what their prints say: in texts that nobody made for it, hardly ever.
const ROUNDS: usize = 8;

/// The prints of words that have been met, for each analyser.
pub(crate) type Met = [HashMap<String, u16>; ANALYSERS];

/// What stands for the key of a word, of which there are many more: FNV-1a, folded to half.
fn print(key: &str) -> u16 {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in key.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    (hash >> 16 ^ hash) as u16
}

/// The prints of the words of a text, each by the language of its sentence.
fn printed(text: &str, stated: Analyser, most: usize, met: &mut Met) -> Vec<u16> {
    let mut pieces = language::pieces(text, Some(stated)).into_iter().peekable();
    let of_word = |word: language::Word<'_>| {
        while pieces.next_if(|(piece, _)| piece.end <= word.start).is_some() {}
        let analyser = pieces.peek().map_or(stated, |(_, analyser)| *analyser);
        let met = &mut met[analyser as usize];
        met.get(&*word.folded).copied().unwrap_or_else(|| {
            let print = print(&key(analyser, &word.folded));
            met.insert(word.folded.into_owned(), print);
            print
        })
    };
    language::words(text).take(most).map(of_word).collect()
}

/// The prints of a title and of passages: of each how many there are, and then themselves. A title that is `named`, and
/// is no word of one language, has none: each of its words may be a hit.
pub(crate) fn prints(stored: &Stored, analyser: Analyser, named: bool, met: &mut Met) -> Vec<u8> {
    let mut prints = Vec::new();
    let mut left = LOOKED_AT;
    let title = if named { "" } else { &stored.title };
    for text in [title].into_iter().chain(stored.passages.iter().map(|passage| passage.text.as_str())) {
        let line = printed(text, analyser, left, met);
        left -= line.len();
        prints.extend(u32::try_from(line.len()).unwrap_or(u32::MAX).to_le_bytes());
        prints.extend(line.into_iter().flat_map(u16::to_le_bytes));
    }
    prints
}

/// What [`prints`] wrote, text by text.
fn read(mut prints: &[u8]) -> impl Iterator<Item = impl Iterator<Item = u16>> {
    std::iter::from_fn(move || {
        let (count, rest) = prints.split_first_chunk()?;
        let (words, rest) = rest.split_at_checked(2 * u32::from_le_bytes(*count) as usize)?;
        prints = rest;
        Some(words.as_chunks().0.iter().map(|print| u16::from_le_bytes(*print)))
    })
}

/// What is marked, whatever language it stands in.
#[derive(Debug)]
pub(crate) struct Sought<'a> {
    words: &'a [Word],
    /// The keys of each word, and last those that the glossary added, as terms of the index.
    keys: Vec<HashSet<String>>,
    /// The words that begin with one that may be a beginning, as far as they were looked for.
    begun: &'a [String],
    /// The words that a print may stand for, a bit for each.
    prints: OnceCell<HashMap<u16, u64>>,
}

impl<'a> Sought<'a> {
    /// The words of a query in all their forms, and what the glossary added, which counts as one more.
    pub(crate) fn of(words: &'a [Word], added: &[Added], begun: &'a [String]) -> Self {
        let mut keys: Vec<HashSet<String>> = vec![HashSet::new(); words.len()];
        for analyser in 0..ANALYSERS {
            // A function word is none beside others.
            let all = words.iter().all(|word| word.function[analyser]);
            for (word, keys) in words.iter().zip(&mut keys).filter(|(word, _)| all || !word.function[analyser]) {
                keys.extend(
                    [&word.keys]
                        .into_iter()
                        .chain(word.meant.iter().map(|meant| &meant.keys))
                        .map(|keys| keys[analyser].clone()),
                );
            }
        }
        let stems = Analyser::ALL.into_iter().zip(terms::marked(added));
        let added =
            stems.flat_map(|(analyser, stems)| stems.into_iter().map(move |stem| format!("{}{stem}", mark(analyser))));
        keys.push(added.collect());
        Self { words, keys, begun, prints: OnceCell::new() }
    }

    /// The words that prints may stand for.
    fn prints(&self) -> &HashMap<u16, u64> {
        self.prints.get_or_init(|| {
            let mut prints: HashMap<u16, u64> = HashMap::new();
            for (at, key) in (0..).zip(&self.keys).flat_map(|(at, keys)| keys.iter().map(move |key| (at, key))) {
                *prints.entry(print(key)).or_default() |= bit(at);
            }
            for begun in self.begun {
                let of = self.open().filter(|(_, open)| begun.starts_with(&open.exact));
                let of = of.fold(0, |all, (at, _)| all | bit(at));
                for key in keys(begun) {
                    *prints.entry(print(&key)).or_default() |= of;
                }
            }
            prints
        })
    }

    fn open(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate().filter(|(_, word)| word.open)
    }

    /// Which of them a word is, a bit for each.
    pub(crate) fn which(&self, folded: &str) -> u64 {
        let open = self.open().filter(|(_, word)| folded.starts_with(&word.exact)).map(|(at, _)| at);
        let open = open.fold(0, |is, at| is | bit(at));
        let is = |keys: &HashSet<String>, of: &[String; ANALYSERS]| of.iter().any(|key| keys.contains(key));
        let of = keys(folded);
        (0..).zip(&self.keys).filter(|(_, keys)| is(keys, &of)).fold(open, |all, (at, _)| all | bit(at))
    }
}

/// Stands for a word by its place; what the glossary added comes last.
fn bit(at: usize) -> u64 {
    1 << at.min(63)
}

/// What a page of hits shows of a text.
#[derive(Debug, Default)]
pub(crate) struct Snippet {
    pub(crate) title: Vec<Piece>,
    /// The words around the hits; none: the text has no words.
    pub(crate) passage: Vec<Piece>,
    /// The heading it stands under.
    pub(crate) place: Option<String>,
    /// What stands at the hit, to lead there.
    pub(crate) quote: Option<String>,
}

/// Where words of a query may stand.
struct Hit {
    /// The passage, and the place among its words.
    at: (usize, usize),
    /// Which they may be, a bit for each.
    words: u64,
    /// They are.
    sure: bool,
}

/// The title with its hits, and the words around the hits that are the most different within a passage.
pub(crate) fn snippet(text: &Kept, sought: &Sought<'_>) -> Snippet {
    let Kept { stored, prints } = text;
    let wanted = sought.prints();
    let mut lines = read(prints);
    let of_title: Vec<bool> = lines.next().into_iter().flatten().map(|print| wanted.contains_key(&print)).collect();
    let title = Line::around(&stored.title, 0, |at| of_title.get(at).copied().unwrap_or(true), sought);
    let title = title.pieces(0..stored.title.len());
    let hits = lines.enumerate().flat_map(|(passage, line)| {
        let hit =
            move |(at, print): (usize, u16)| Some(Hit { at: (passage, at), words: *wanted.get(&print)?, sure: false });
        line.enumerate().filter_map(hit)
    });
    let mut hits: Vec<Hit> = hits.collect();
    let mut known: Option<((usize, usize), Line<'_>)> = None;
    for round in 0.. {
        if round == ROUNDS {
            hits.retain(|hit| hit.sure);
        }
        let Some(together) = closest(&hits) else { break };
        let place = hits[together.start].at;
        let (passage, at) = place;
        let Some(text) = stored.passages.get(passage) else { break };
        if known.as_ref().is_none_or(|(last, _)| *last != place) {
            let of_passage: Vec<usize> = hits.iter().filter(|hit| hit.at.0 == passage).map(|hit| hit.at.1).collect();
            known = Some((place, Line::around(&text.text, at, |at| of_passage.binary_search(&at).is_ok(), sought)));
        }
        let Some((_, line)) = &known else { break };
        let word = |at: usize| line.words.binary_search_by_key(&at, |word| word.at).ok();
        if let (true, Some(word)) = (hits[together.clone()].iter().all(|hit| hit.sure), word(at)) {
            return Snippet {
                title,
                passage: line.window(line.words[word].range.clone()),
                place: text.place.clone(),
                quote: line
                    .quote(word)
                    .filter(|quote| leads(stored, passage, quote))
                    .map(|quote| quote.text.to_owned()),
            };
        }
        // Two words may have one print: now that they are at hand, what they are.
        for hit in &mut hits[together] {
            hit.sure = true;
            hit.words = match word(hit.at.1) {
                Some(word) => line.words[word].is,
                // Prints and text do not fit each other.
                None if hit.at.1 == at => 0,
                None => hit.words,
            };
        }
        hits.retain(|hit| hit.words != 0);
    }
    // A term that is found by what else it is called says so.
    if let Some((_, forms)) = stored.term.as_ref().filter(|_| title.iter().all(|piece| !piece.hit)) {
        let also = forms.join(", ");
        let line = Line::around(&also, 0, |_| true, sought);
        if let Some(hit) = line.words.iter().find(|word| word.is != 0) {
            return Snippet { title, passage: line.window(hit.range.clone()), ..Snippet::default() };
        }
    }
    let first = stored.passages.iter().find(|passage| !passage.text.is_empty());
    let passage = first.map(|passage| Line::around(&passage.text, 0, |_| false, sought).window(0..0));
    Snippet { title, passage: passage.unwrap_or_default(), ..Snippet::default() }
}

/// Whether words lead to where they stand, and not to where they stood before: else the heading is the better place, if
/// there is one.
fn leads(stored: &Stored, passage: usize, quote: &Quote<'_>) -> bool {
    let (before, here) = stored.passages.split_at(passage);
    let before = before.iter().map(|passage| passage.text.as_str());
    let mut before = before.chain([stored.title.as_str(), quote.before]);
    let is_first = quote.words >= QUOTED_LEAST && !before.any(|text| text.contains(quote.text));
    is_first || here.first().is_none_or(|passage| passage.place.is_none())
}

/// The hits that stand together and are the most different words.
fn closest(hits: &[Hit]) -> Option<Range<usize>> {
    let mut best: Option<(u32, Range<usize>)> = None;
    for (first, hit) in hits.iter().enumerate() {
        let (passage, at) = hit.at;
        let together = hits[first..].iter().take_while(|other| other.at.0 == passage && other.at.1 - at <= TOGETHER);
        let (count, words) = together.fold((0, 0), |(count, words), other| (count + 1, words | other.words));
        let different = words.count_ones();
        if best.as_ref().is_none_or(|(most, _)| different > *most) {
            best = Some((different, first..first + count));
        }
    }
    best.map(|(_, together)| together)
}

/// Marks the hits in a short text.
pub(crate) fn marked(text: &str, analyser: Analyser, sought: &Sought<'_>) -> Vec<Piece> {
    let wanted = sought.prints();
    let prints = printed(text, analyser, LOOKED_AT, &mut Met::default());
    let may_be = |at: usize| prints.get(at).is_some_and(|print| wanted.contains_key(print));
    Line::around(text, 0, may_be, sought).pieces(0..text.len())
}

/// For tests: what is shown of some passages.
#[cfg(test)]
pub(crate) fn cut(passages: &[crate::texts::Passage], language: Analyser, query: &str) -> Snippet {
    let (words, mut met) = (super::wanted::words(query, Analyser::English), Met::default());
    let text = passages.iter().flat_map(|passage| language::words(&passage.text).map(|word| word.folded.into_owned()));
    let begun: Vec<String> = text.collect();
    let stored = Stored { passages: passages.to_vec(), ..Stored::default() };
    let prints = prints(&stored, language, false, &mut met);
    snippet(&Kept { stored, prints }, &Sought::of(&words, &[], &begun))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{search::wanted::words, texts::Passage};
    use proptest::prelude::*;

    fn passage(text: &str) -> Passage {
        Passage { place: Some("here".into()), text: text.into() }
    }

    /// What is shown of some passages in a language, and where it stands.
    fn best(passages: &[Passage], language: Analyser, query: &str) -> (Vec<Piece>, Option<String>) {
        let Snippet { passage, place, .. } = cut(passages, language, query);
        (passage, place)
    }

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn a_hit_is_marked_as_it_stands_in_the_text() {
        let text = "Уводна реченица. Дјеца у ситуацији просјачења и живота на улици.";
        let (pieces, place) = best(&[passage(text)], Analyser::SerboCroatian, "prosjacenja");
        assert_eq!(shown(&pieces), "Дјеца у ситуацији [просјачења] и живота на улици.");
        assert_eq!(place.as_deref(), Some("here"));
    }

    #[test]
    fn the_passage_with_the_most_different_words_is_shown() {
        let texts = [passage("Begging, begging, begging."), passage("Child victims in begging.")];
        let (pieces, _) = best(&texts, Analyser::English, "child begging ");
        assert_eq!(shown(&pieces), "[Child] victims in [begging].");
    }

    #[test]
    fn without_a_hit_the_text_begins_at_its_beginning() {
        let (pieces, place) = best(&[passage(""), passage("Some words.")], Analyser::English, "other");
        assert_eq!((shown(&pieces).as_str(), place), ("Some words.", None));
    }

    #[test]
    fn a_hit_among_long_words_that_no_space_divides_is_shown() {
        let long = |letter: &str| letter.repeat(60);
        let before = format!("Some words stand here, {}", "and more of them ".repeat(2));
        let text = format!("{before}{}-{}-{} end.", long("a"), long("b"), long("c"));
        let (pieces, _) = best(&[passage(&text)], Analyser::English, &format!("{} ", long("a")));
        assert_eq!(shown(&pieces), format!("{before}[{}]-{} …", long("a"), long("b")));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_a_part_of_the_text_and_cuts_no_word(
            text in "(\\PC{0,12}[ .\n]){0,80}",
            query in "\\PC{0,12}",
        ) {
            let (pieces, _) = best(&[passage(&text)], Analyser::English, &query);
            let all: String = pieces.iter().filter(|piece| piece.text != "… " && piece.text != " …").map(|piece| piece.text.as_str()).collect();
            prop_assert!(text.replace('\n', " ").contains(&all));
            let words = words(&query, Analyser::English);
            let sought = Sought::of(&words, &[], &[]);
            for piece in pieces.iter().filter(|piece| piece.hit) {
                prop_assert!(language::words(&piece.text).all(|word| sought.which(&word.folded) != 0), "{piece:?}");
            }
        }
    }
}
