//! In which language a text is written, by its small words and its letters.

use crate::{Analyser, words};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How much is read of a text before it is plain what it is, in words.
const READ: usize = 400;
/// What a letter says that only some of the languages have, beside a function word that only one has.
const LETTER: f32 = 0.7;
/// How far the first language must be before the second: what less than two small words say is not trusted.
const LEAD: f32 = 1.5;
/// The same as a share of all that speaks for any.
const SHARE: f32 = 0.15;

/// The language that a text is written in, where that is plain: by the function words it has, those that several
/// languages have counting less, and by letters that only some of them write.
///
/// It tells apart what search tells apart: Bosnian, Croatian and Serbian are one. A sentence is enough; a heading of
/// three names is not. A text in two languages is in neither, unless one of them has by far the more of it.
#[must_use]
pub fn detect(text: &str) -> Option<Analyser> {
    let mut scores = [0.0_f32; Analyser::ALL.len()];
    for word in words(text).take(READ) {
        let written = &text[word.start..word.end];
        let is_cyrillic = written.chars().any(|letter| ('\u{400}'..='\u{4ff}').contains(&letter));
        let can = |analyser: Analyser| match analyser {
            Analyser::SerboCroatian => true,
            Analyser::Macedonian => is_cyrillic,
            _ => !is_cyrillic,
        };
        let mut those: Vec<usize> = Vec::with_capacity(scores.len());
        let mut speaks = |analysers: &mut dyn FnMut(Analyser) -> bool, counts: f32| {
            those.clear();
            let all = Analyser::ALL.into_iter().enumerate();
            those.extend(all.filter(|(_, analyser)| can(*analyser) && analysers(*analyser)).map(|(at, _)| at));
            for at in &those {
                scores[*at] += counts / those.len() as f32;
            }
        };
        speaks(&mut |analyser| analyser.is_function_word(&word.folded), 1.0);
        for letter in written.chars().filter(|letter| !letter.is_ascii()) {
            if let Some(languages) = writes(letter) {
                speaks(&mut |analyser| languages.contains(&analyser), LETTER);
            }
        }
        if !is_cyrillic && word.folded.contains(['w', 'y', 'q', 'x']) {
            speaks(&mut |analyser| matches!(analyser, Analyser::English | Analyser::Albanian), LETTER / 2.0);
        }
    }
    let mut order: Vec<(f32, Analyser)> = scores.into_iter().zip(Analyser::ALL).collect();
    order.sort_by(|(this, _), (that, _)| that.total_cmp(this));
    let (first, second) = (order.first()?, order.get(1)?);
    let all: f32 = scores.iter().sum();
    (first.0 - second.0 >= LEAD.max(SHARE * all)).then_some(first.1)
}

/// The languages that have a letter with a mark, where not all do.
fn writes(letter: char) -> Option<&'static [Analyser]> {
    use Analyser::{Albanian, Macedonian, Romanian, SerboCroatian};
    Some(match letter.to_lowercase().next()? {
        'ë' | 'ç' => &[Albanian],
        'ă' | 'â' | 'î' | 'ș' | 'ț' | 'ş' | 'ţ' => &[Romanian],
        'č' | 'ć' | 'š' | 'ž' | 'đ' => &[SerboCroatian],
        'ѓ' | 'ќ' | 'ѕ' => &[Macedonian],
        'ђ' | 'ћ' => &[SerboCroatian],
        _ => return None,
    })
}

/// A text in pieces of one language each, in order and without gaps: sentences that are plainly in another language
/// than `stated` are that, all others are `stated`; where nothing is stated, they are what the whole text is.
#[must_use]
pub fn pieces(text: &str, stated: Option<Analyser>) -> Vec<(Range<usize>, Analyser)> {
    let whole = stated.or_else(|| detect(text)).unwrap_or(Analyser::English);
    let mut pieces: Vec<(Range<usize>, Analyser)> = Vec::new();
    for (start, sentence) in text.split_sentence_bound_indices() {
        let end = start + sentence.len();
        let is = detect(sentence).unwrap_or(whole);
        match pieces.last_mut() {
            Some((range, last)) if *last == is => range.end = end,
            _ => pieces.push((start..end, is)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::latin;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_is_enough() {
        use Analyser::{Albanian, English, Macedonian, Romanian, SerboCroatian};
        for (language, sentences) in [
            (
                English,
                [
                    "Those who work against trafficking met in Tirana for three days.",
                    "What do we do when a child begs?",
                ],
            ),
            (
                Albanian,
                [
                    "Fëmijët që lypin në rrugë duhet të identifikohen sa më shpejt.",
                    "Si punojme me viktimat dhe me femijet qe lypin?",
                ],
            ),
            (
                Romanian,
                [
                    "Copiii care cerșesc în stradă trebuie identificați.",
                    "Cine lucreaza cu victimele traficului de persoane?",
                ],
            ),
            (
                SerboCroatian,
                [
                    "Djeca koja prose na ulici moraju biti prepoznata.",
                    "Деца која просе на улици морају бити заштићена, јер су жртве.",
                ],
            ),
            (
                Macedonian,
                [
                    "Децата што питачат на улица треба да бидат препознаени, и тие се жртви.",
                    "Кој работи со жртвите на трговијата?",
                ],
            ),
        ] {
            for sentence in sentences {
                assert_eq!(detect(sentence), Some(language), "{sentence}");
            }
        }
    }

    #[test]
    fn what_says_too_little_is_in_no_language() {
        for text in ["", "Tirana 2016", "Swati Pande", "NRM, THB, OSCE", "12.05.2026", "日本語", "🙂🙂🙂"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn a_quotation_is_a_piece_of_its_own() {
        let text = "She said it to all of us in the room. Fëmijët që lypin në rrugë duhet të identifikohen. That was the end of it.";
        let pieces = pieces(text, Some(Analyser::English));
        let said: Vec<_> = pieces.iter().map(|(range, analyser)| (text[range.clone()].trim(), *analyser)).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert_eq!(said[1], ("Fëmijët që lypin në rrugë duhet të identifikohen.", Analyser::Albanian));
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole_text_in_order(text in "(\\PC{0,12}[ .\n]){0,30}") {
            for stated in [None, Some(Analyser::Romanian)] {
                let whole: String = pieces(&text, stated).into_iter().map(|(range, _)| &text[range]).collect();
                prop_assert_eq!(&whole, &text);
            }
        }

        #[test]
        fn script_makes_no_difference_to_serbian(text in "((дете|које|на|улици|се|и|није|био|жртва|да|у|Београд)[ .]){0,40}") {
            for spelt in [text.clone(), latin(&text)] {
                prop_assert!(detect(&spelt).is_none_or(|analyser| analyser == Analyser::SerboCroatian), "{spelt}");
            }
        }
    }
}
