//! The passage of a text that fits a query best.

use super::{
    analyser::mark,
    found::Kept,
    hit::Piece,
    terms::{self, Added},
    wanted::{ANALYSERS, Word},
};
use crate::texts::Passage;
use language::Analyser;
use std::{
    cell::OnceCell,
    cmp::Reverse,
    collections::{HashMap, hash_map::DefaultHasher},
    hash::Hasher,
    ops::Range,
};

/// How long a passage is shown, in characters.
const SHOWN: usize = 220;
/// How much of a text is looked through, in words: what comes after is found, but not shown.
const LOOKED_AT: usize = 20_000;
/// What leads to a place in a page's text has so many words and bytes at the most: enough to be there once.
const QUOTED: (usize, usize) = (4, 60);
/// How much of a word's beginning is kept, in bytes.
const BEGINNING: usize = 8;

/// A stretch of text with its words.
#[derive(Debug)]
struct Line<'a> {
    text: &'a str,
    words: Vec<Place>,
}

/// Where a word stands, and what it is found by.
#[derive(Debug)]
struct Place {
    start: u32,
    end: u32,
    /// Stands for its key in its sentence's language.
    key: u32,
    beginning: [u8; BEGINNING],
}

/// What stands for the keys of words that have been met, for each analyser.
pub(crate) type Met = [HashMap<String, u32>; ANALYSERS];

/// Marks for the keys of the words of passages, two bytes for each word: where none is of a word that is looked for,
/// the passage need not be looked at. Each passage's begin with how many there are.
pub(crate) fn prints(passages: &[Passage], analyser: Analyser, met: &mut Met) -> Vec<u8> {
    let mut prints = Vec::new();
    let mut left = LOOKED_AT;
    for passage in passages {
        let line = Line::new(&passage.text, analyser, left, met);
        left -= line.words.len();
        prints.extend(u32::try_from(line.words.len()).unwrap_or(u32::MAX).to_le_bytes());
        prints.extend(line.words.iter().flat_map(|word| (word.key as u16).to_le_bytes()));
    }
    prints
}

/// What [`prints`] wrote, passage by passage.
fn read(mut prints: &[u8]) -> impl Iterator<Item = &[[u8; 2]]> {
    std::iter::from_fn(move || {
        let (count, rest) = prints.split_first_chunk()?;
        let (words, rest) = rest.split_at_checked(2 * u32::from_le_bytes(*count) as usize)?;
        prints = rest;
        Some(words.as_chunks().0)
    })
}

impl<'a> Line<'a> {
    fn new(text: &'a str, analyser: Analyser, most: usize, met: &mut Met) -> Self {
        let mut words = Vec::new();
        for (piece, analyser) in language::pieces(text, Some(analyser)) {
            for word in language::words(&text[piece.clone()]).take(most.saturating_sub(words.len())) {
                let at = |place: usize| u32::try_from(piece.start + place).unwrap_or(u32::MAX);
                let mut beginning = [0; BEGINNING];
                for (place, byte) in beginning.iter_mut().zip(word.folded.bytes()) {
                    *place = byte;
                }
                let met = &mut met[analyser as usize];
                let key = match met.get(&*word.folded) {
                    Some(key) => *key,
                    None => {
                        let key = number(mark(analyser), &analyser.stem(&word.folded));
                        met.insert(word.folded.into_owned(), key);
                        key
                    }
                };
                words.push(Place { start: at(word.start), end: at(word.end), key, beginning });
            }
        }
        Self { text, words }
    }

    fn range(&self, word: &Place) -> Range<usize> {
        word.start as usize..word.end as usize
    }
}

/// What stands for a key: two keys of a language share it as seldom as two files share a checksum.
fn number(mark: char, stem: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u32(mark.into());
    hasher.write(stem.as_bytes());
    hasher.finish() as u32
}

/// What is marked, whatever language it stands in.
#[derive(Debug)]
pub(crate) struct Sought<'a> {
    /// Which word it is that has a key.
    keys: HashMap<u32, usize>,
    /// Words that may be the beginnings of others.
    open: Vec<(usize, &'a str)>,
    /// The words that begin so, as far as they were looked for.
    begun: &'a [String],
    /// The words that a print may stand for, a bit for each, in texts of each language.
    prints: [OnceCell<HashMap<u16, u64>>; ANALYSERS],
}

impl<'a> Sought<'a> {
    /// The words of a query in all their forms, and what the glossary added, which counts as one more.
    pub(crate) fn of(words: &'a [Word], added: &[Added], begun: &'a [String]) -> Self {
        let mut keys = HashMap::new();
        let key_of = |key: &str| key.chars().next().map(|mark| number(mark, &key[mark.len_utf8()..]));
        for (analyser, _) in Analyser::ALL.into_iter().enumerate() {
            // A function word is none beside others.
            let all = words.iter().all(|word| word.function[analyser]);
            for (at, word) in words.iter().enumerate().filter(|(_, word)| all || !word.function[analyser]) {
                let meant = word.meant.iter().map(|meant| &meant.keys[analyser]);
                for key in [&word.keys[analyser]].into_iter().chain(meant).filter_map(|key| key_of(key)) {
                    keys.entry(key).or_insert(at);
                }
            }
        }
        for (analyser, stems) in Analyser::ALL.into_iter().zip(terms::marked(added)) {
            for stem in stems {
                keys.entry(number(mark(analyser), &stem)).or_insert(words.len());
            }
        }
        let open = words.iter().enumerate().filter(|(_, word)| word.open);
        let open = open.map(|(at, word)| (at, word.exact.as_str())).collect();
        Self { keys, open, begun, prints: Default::default() }
    }

    /// The words that a print may stand for in texts of a language.
    fn prints(&self, analyser: Analyser) -> &HashMap<u16, u64> {
        self.prints[analyser as usize].get_or_init(|| {
            let mut prints: HashMap<u16, u64> = HashMap::new();
            let bit = |at: usize| 1 << at.min(63);
            for (key, at) in &self.keys {
                *prints.entry(*key as u16).or_default() |= bit(*at);
            }
            for begun in self.begun {
                let print = number(mark(analyser), &analyser.stem(begun)) as u16;
                for (at, _) in self.open.iter().filter(|(_, open)| begun.starts_with(open)) {
                    *prints.entry(print).or_default() |= bit(*at);
                }
            }
            prints
        })
    }

    /// Which of the words one of a text is, if any.
    fn which(&self, line: &Line<'_>, word: &Place) -> Option<usize> {
        self.keys.get(&word.key).copied().or_else(|| {
            let begins = |(_, open): &&(usize, &str)| {
                let short = open.len().min(BEGINNING);
                word.beginning[..short] == open.as_bytes()[..short]
                    && (short == open.len() || language::fold(&line.text[line.range(word)]).starts_with(open))
            };
            self.open.iter().find(begins).map(|(at, _)| *at)
        })
    }
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

/// The title with its hits, and the words around the hits that are the most different within a passage.
pub(crate) fn snippet(text: &Kept, analyser: Analyser, sought: &Sought<'_>, met: &mut Met) -> Snippet {
    let title = Line::new(&text.stored.title, analyser, LOOKED_AT, met);
    let title = pieces(&title, 0..title.text.len(), sought);
    let wanted = sought.prints(analyser);
    let mut passages: Vec<(u32, &Passage)> = Vec::new();
    let mut prints = read(&text.prints);
    for passage in &text.stored.passages {
        let print = |print: &[u8; 2]| wanted.get(&u16::from_le_bytes(*print)).copied().unwrap_or_default();
        let has = prints.next().map_or(u64::MAX, |prints| prints.iter().fold(0, |has, word| has | print(word)));
        if has != 0 {
            passages.push((has.count_ones(), passage));
        }
    }
    passages.sort_by_key(|(most, _)| Reverse(*most));
    let mut best: Option<(u32, &Passage, Line<'_>, usize)> = None;
    for (most, passage) in passages {
        // No other has more of them.
        if best.as_ref().is_some_and(|(different, ..)| *different >= most) {
            break;
        }
        let line = Line::new(&passage.text, analyser, LOOKED_AT, met);
        if let Some((different, at)) = closest(&line, sought)
            && best.as_ref().is_none_or(|(before, ..)| different > *before)
        {
            best = Some((different, passage, line, at));
        }
    }
    match best {
        Some((_, passage, line, at)) => Snippet {
            title,
            passage: window(&line, line.range(&line.words[at]), sought),
            place: passage.place.clone(),
            quote: Some(quote(&line, at).to_owned()),
        },
        None => {
            let first = text.stored.passages.iter().find(|passage| !passage.text.is_empty());
            let first = first.map(|passage| Line::new(&passage.text, analyser, SHOWN, met));
            let passage = first.map(|line| window(&line, 0..0, sought)).unwrap_or_default();
            Snippet { title, passage, ..Snippet::default() }
        }
    }
}

/// The hit from which on the most different ones fit into what is shown: how many they are, and its place among the
/// words.
fn closest(line: &Line<'_>, sought: &Sought<'_>) -> Option<(u32, usize)> {
    let words = line.words.iter().enumerate();
    let hits: Vec<(usize, usize)> = words.filter_map(|(at, word)| Some((at, sought.which(line, word)?))).collect();
    let mut best: Option<(u32, usize)> = None;
    for (first, (at, _)) in hits.iter().enumerate() {
        let start = line.words[*at].start;
        let near = hits[first..].iter().take_while(|(other, _)| (line.words[*other].start - start) as usize <= SHOWN);
        let different = near.fold(0_u64, |different, (_, which)| different | 1 << (*which).min(63)).count_ones();
        if best.is_none_or(|(most, _)| different > most) {
            best = Some((different, *at));
        }
    }
    best
}

/// Marks the hits in a short text.
pub(crate) fn marked(text: &str, analyser: Analyser, sought: &Sought<'_>) -> Vec<Piece> {
    let line = Line::new(text, analyser, LOOKED_AT, &mut Met::default());
    pieces(&line, 0..line.text.len(), sought)
}

/// A few words from one of them on, as they stand within a paragraph.
fn quote<'a>(line: &Line<'a>, at: usize) -> &'a str {
    let (words, bytes) = QUOTED;
    let first = line.range(&line.words[at]);
    let ends = line.words[at..].iter().take(words).map(|word| line.range(word).end);
    let fits = |end: &usize| end - first.start <= bytes && !line.text[first.start..*end].contains('\n');
    &line.text[first.start..ends.take_while(fits).last().unwrap_or(first.end)]
}

/// What stands around a hit, from space to space; where there is no space for long, from word to word.
fn window(line: &Line<'_>, Range { start, end }: Range<usize>, sought: &Sought<'_>) -> Vec<Piece> {
    let text = line.text;
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
    let mut pieces = pieces(line, from..to, sought);
    let cut = |text: &str| Piece { text: text.to_owned(), hit: false };
    if from > 0 && !text[..from].trim_end().ends_with(['.', '\n', '!', '?']) {
        pieces.insert(0, cut("… "));
    }
    if to < text.trim_end().len() {
        pieces.push(cut(" …"));
    }
    pieces
}

/// A part of a text, divided at the hits.
fn pieces(line: &Line<'_>, part: Range<usize>, sought: &Sought<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: &str, hit| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.replace('\n', " "), hit });
        }
    };
    let mut at = part.start;
    let inside = |word: &&Place| word.start as usize >= part.start && word.end as usize <= part.end;
    for word in line.words.iter().filter(inside).filter(|word| sought.which(line, word).is_some()) {
        let word = line.range(word);
        push(&line.text[at..word.start], false);
        push(&line.text[word.clone()], true);
        at = word.end;
    }
    push(&line.text[at..part.end], false);
    pieces
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// For tests: what is shown of some passages.
#[cfg(test)]
pub(crate) fn cut(passages: &[Passage], language: Analyser, query: &str) -> Snippet {
    let (words, mut met) = (super::wanted::words(query), Met::default());
    let text = passages.iter().flat_map(|passage| language::words(&passage.text).map(|word| word.folded.into_owned()));
    let begun: Vec<String> = text.collect();
    let prints = prints(passages, language, &mut met);
    let stored = super::found::Stored { passages: passages.to_vec(), ..Default::default() };
    snippet(&Kept { stored, prints }, language, &Sought::of(&words, &[], &begun), &mut met)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::wanted::words;
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
            let words = words(&query);
            let sought = Sought::of(&words, &[], &[]);
            for piece in pieces.iter().filter(|piece| piece.hit) {
                let again = marked(&piece.text, Analyser::English, &sought);
                prop_assert!(again.iter().all(|piece| piece.hit), "{piece:?}");
            }
        }
    }
}
