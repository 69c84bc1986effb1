//! The fixed parts of a practice's text: headings with ids, and what stands below each.

use super::PARTS;
use crate::edits::stripped;
use serde::Serialize;
use std::ops::Range;

/// The text of a practice, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// What stands before the first of them.
    pub opening: String,
    /// What stands below each, in the order of [`PARTS`]; empty where the text has no such part.
    pub parts: [String; PARTS.len()],
}

/// A piece of a text: which fixed part, its heading, and where what stands below it is.
struct Piece {
    part: usize,
    heading: Range<usize>,
    below: Range<usize>,
}

/// Where the fixed parts are in a text, in its order; a second of the same name belongs to what stands before it.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for divide in markup::divides(text) {
        let Some(part) = PARTS.iter().position(|id| *id == divide.id) else { continue };
        if found.iter().any(|piece| piece.part == part) {
            continue;
        }
        if let Some(before) = found.last_mut() {
            before.below.end = divide.at.start;
        }
        found.push(Piece { part, below: divide.at.end..text.len(), heading: divide.at });
    }
    found
}

impl Parts {
    /// The same, as they are read again.
    pub(crate) fn settled(&self) -> Self {
        let parts = self.parts.each_ref().map(|part| stripped(part).to_owned());
        Self { opening: stripped(&self.opening).to_owned(), parts }
    }

    /// The parts of a text.
    pub fn of(text: &str) -> Self {
        let pieces = pieces(text);
        let start = pieces.first().map_or(text.len(), |first| first.heading.start);
        let mut parts = Self { opening: stripped(&text[..start]).to_owned(), ..Self::default() };
        for piece in pieces {
            stripped(&text[piece.below]).clone_into(&mut parts.parts[piece.part]);
        }
        parts
    }

    /// A text in which those parts that are not as they were shown are as they are here; all else of it stays. A part that
    /// is new comes where it belongs, below its heading of `headings`; one that is empty goes.
    pub fn onto(&self, shown: &Self, text: &str, headings: &[&str; PARTS.len()]) -> String {
        let pieces = pieces(text);
        let start = pieces.first().map_or(text.len(), |first| first.heading.start);
        let opening = stripped(if self.opening == shown.opening { &text[..start] } else { &self.opening });
        let mut said: Vec<(usize, String)> = Vec::new();
        for Piece { part, heading, below } in pieces {
            let is = &self.parts[part];
            let is = stripped(if *is == shown.parts[part] { &text[below] } else { is });
            // An empty part that nobody touched stays, too.
            if !is.is_empty() || self.parts[part] == shown.parts[part] {
                said.push((part, format!("{}\n\n{is}", text[heading].trim_end())));
            }
        }
        for (part, is) in self.parts.iter().enumerate() {
            if is.trim().is_empty() || *is == shown.parts[part] || said.iter().any(|(other, _)| *other == part) {
                continue;
            }
            let at = said.iter().position(|(other, _)| *other > part).unwrap_or(said.len());
            said.insert(at, (part, format!("## {} {{#{}}}\n\n{}", headings[part], PARTS[part], stripped(is))));
        }
        let all = std::iter::once(opening).chain(said.iter().map(|(_, text)| text.trim_end()));
        all.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// Whether a part can stand before others: it begins none of them, and what it opens, it closes.
    pub fn stands_alone(text: &str) -> bool {
        let divides = markup::divides(&format!("{text}\n\n## End {{#plenary-end}}\n"));
        let fixed = divides.iter().any(|divide| PARTS.contains(&divide.id.as_str()));
        !fixed && divides.last().is_some_and(|divide| divide.id == "plenary-end")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEADINGS: [&str; PARTS.len()] = ["Context", "What was done", "Results", "Conditions", "Lessons", "Cost"];

    #[test]
    fn a_text_comes_apart_and_what_is_not_touched_stays() {
        let text = "Before.\n\n## Где {#context}\nOne.\n\n### More {#more}\n\nTwo.\n\n## Lessons, {#lessons}\n\nThree.\n\n\
                    ## Others\n\nFour.\n\n## Context again {#context}\n\nFive.\n";
        let shown = Parts::of(text);
        assert_eq!((shown.opening.as_str(), shown.parts[0].as_str()), ("Before.", "One.\n\n### More {#more}\n\nTwo."));
        assert_eq!(shown.parts[4], "Three.\n\n## Others\n\nFour.\n\n## Context again {#context}\n\nFive.");
        let mut typed = shown.clone();
        typed.parts[1] = "\n \nDone. ".into();
        typed.parts[5] = "Little.".into();
        typed.parts[0] = String::new();
        let after = typed.onto(&shown, text, &HEADINGS);
        assert_eq!(
            after,
            "Before.\n\n## What was done {#done}\n\nDone.\n\n## Lessons, {#lessons}\n\nThree.\n\n## Others\n\nFour.\n\n\
             ## Context again {#context}\n\nFive.\n\n## Cost {#cost}\n\nLittle."
        );
    }

    #[test]
    fn what_stands_before_the_first_words_of_a_part_stays() {
        let text = "## Context {#context}\n\n    code\n\n## Cost {#cost}\n\n  - one\n  - two\n";
        let shown = Parts::of(text);
        assert_eq!((shown.parts[0].as_str(), shown.parts[5].as_str()), ("    code", "  - one\n  - two"));
        let mut typed = shown.clone();
        typed.parts[4] = "Learnt.".into();
        let after = typed.onto(&shown, text, &HEADINGS);
        assert_eq!(Parts::of(&after), typed);
        assert!(after.starts_with("## Context {#context}\n\n    code\n\n## Lessons {#lessons}"), "{after}");
    }

    #[test]
    fn what_would_swallow_the_parts_after_it_does_not_stand_alone() {
        for odd in ["```\nopen", "<!-- open", "<pre>\n", "## Mine {#lessons}\n\nText", "~~~~\n~~~"] {
            assert!(!Parts::stands_alone(odd), "{odd}");
        }
        for well in
            ["", "Text", "```\nx\n```", "- list", "> quoted", "## Other {#other}\n\nText", "a\n---", "| a |\n|-|"]
        {
            assert!(Parts::stands_alone(well), "{well}");
        }
    }

    proptest! {
        #[test]
        fn what_is_typed_is_what_is_read_again(
            typed in proptest::array::uniform6("[a-zа-я #>*`~_{}|<!\\-\n ]{0,24}"),
            opening in "[a-z #>*`\n-]{0,12}",
        ) {
            let typed = Parts { opening, parts: typed }.settled();
            prop_assume!(std::iter::once(&typed.opening).chain(&typed.parts).all(|part| Parts::stands_alone(part)));
            let text = typed.onto(&Parts::default(), "", &HEADINGS);
            prop_assert_eq!(&Parts::of(&text), &typed);
            // And whatever is changed of it, the rest stays.
            let mut other = typed.clone();
            other.parts[2] = "Other.".to_owned();
            let changed = other.onto(&typed, &text, &HEADINGS);
            prop_assert_eq!(Parts::of(&changed), other.clone());
            prop_assert_eq!(typed.onto(&other, &changed, &HEADINGS), text);
        }
    }
}
