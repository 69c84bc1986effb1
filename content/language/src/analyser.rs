//! What search does to a word besides folding it: one analyser for each language that inflects its own way.

use crate::Language;
use std::borrow::Cow;

mod albanian;
mod english;
mod function_words;
mod macedonian;
mod romanian;
mod serbian;

/// How the words of a language are brought to one key. Bosnian, Croatian and Serbian share one: their words are
/// inflected alike, and ijekavian and ekavian forms meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Analyser {
    /// English.
    English,
    /// Albanian.
    Albanian,
    /// Bosnian, Croatian, Serbian and Montenegrin, in either script.
    SerboCroatian,
    /// Romanian.
    Romanian,
    /// Macedonian.
    Macedonian,
}

impl Analyser {
    /// Every analyser.
    pub const ALL: [Self; 5] =
        [Self::English, Self::Albanian, Self::SerboCroatian, Self::Romanian, Self::Macedonian];

    /// The analyser of a language.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        match language {
            Language::English => Self::English,
            Language::Albanian => Self::Albanian,
            Language::Bosnian | Language::Croatian | Language::Serbian => Self::SerboCroatian,
            Language::Romanian => Self::Romanian,
            Language::Macedonian => Self::Macedonian,
        }
    }

    /// The key that the inflected forms of a word share: what is left of a [folded](crate::fold) word without its
    /// endings. The key of a key is itself; it is never empty where the word is not.
    #[must_use]
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        match self {
            Self::English => english::stem(folded),
            Self::Albanian => albanian::stem(folded),
            Self::SerboCroatian => serbian::stem(folded),
            Self::Romanian => romanian::stem(folded),
            Self::Macedonian => macedonian::stem(folded),
        }
    }

    /// Whether a [folded](crate::fold) word says how others belong together rather than what is meant: an article, a
    /// preposition, a pronoun, an auxiliary.
    #[must_use]
    pub fn is_function_word(self, folded: &str) -> bool {
        function_words::has(self, folded)
    }
}
