//! What search does to a word besides folding it: one analyser for each language that inflects its own way.

use crate::Language;
use std::borrow::Cow;

mod albanian;
mod english;
mod function_words;
mod macedonian;
mod romanian;
mod serbian;
mod suffixes;

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
    pub const ALL: [Self; 5] = [Self::English, Self::Albanian, Self::SerboCroatian, Self::Romanian, Self::Macedonian];

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
    /// endings. The key of a key is itself; it is never empty where the word is not. A function word keeps all of its.
    #[must_use]
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        match self {
            // `njene` (her) is not `neni` (an article of a law), and `thus` is not a form of `thu`.
            _ if self.is_function_word(folded) => Cow::Borrowed(folded),
            Self::English => english::stem(folded),
            Self::Albanian => albanian::stem(folded),
            Self::Romanian => romanian::stem(folded),
            // Who writes Свати for Swati, writes v for w, which these have in foreign names alone.
            Self::SerboCroatian | Self::Macedonian if folded.contains('w') => {
                Cow::Owned(self.stem(&folded.replace('w', "v")).into_owned())
            }
            Self::SerboCroatian => serbian::stem(folded),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fold, latin, words};
    use proptest::prelude::*;

    #[test]
    fn the_places_of_analysers_are_their_numbers() {
        for (at, analyser) in Analyser::ALL.into_iter().enumerate() {
            assert_eq!(analyser as usize, at);
        }
    }

    #[test]
    fn forms_meet_however_they_are_typed() {
        for (analyser, forms) in [
            (Analyser::SerboCroatian, &["просјачење", "prosjačenja", "PROSJACENJU", "просјачењем"][..]),
            (Analyser::SerboCroatian, &["dijete", "дете", "djeteta", "детета", "djeca", "деца"]),
            (Analyser::SerboCroatian, &["mjesto", "место", "mesta", "mjestima"]),
            (Analyser::SerboCroatian, &["financiranje", "финансирање", "finansiranja"]),
            (Analyser::Romanian, &["cerșetori", "cerşetorilor", "cersetor", "CERȘETORUL"]),
            (Analyser::Romanian, &["copil", "copii", "copiilor", "copilului"]),
            (Analyser::Albanian, &["fëmijë", "femijeve", "fëmijët", "FËMIJËS"]),
            (Analyser::Albanian, &["çështje", "ceshtjes", "çështjet"]),
            (Analyser::SerboCroatian, &["Swati", "Свати"]),
            (Analyser::Macedonian, &["жртва", "žrtvite", "жртвата"]),
            (Analyser::Macedonian, &["ќерка", "ќерката", "kjerki"]),
            (Analyser::English, &["trafficking", "trafficked", "Traffic"]),
        ] {
            let keys: Vec<String> = forms.iter().map(|form| analyser.stem(&fold(form)).into_owned()).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{analyser:?} {forms:?}: {keys:?}");
        }
    }

    proptest! {
        #[test]
        fn the_key_of_a_key_is_itself(word in any::<String>(), likely in "[a-z]{0,14}") {
            for analyser in Analyser::ALL {
                for folded in [fold(&word), likely.clone()] {
                    let key = analyser.stem(&folded).into_owned();
                    prop_assert_eq!(analyser.stem(&key), key.as_str(), "{:?} of {}", analyser, folded);
                    prop_assert_eq!(key.is_empty(), folded.is_empty(), "{:?} of {:?}", analyser, folded);
                }
            }
        }

        #[test]
        fn keys_do_not_depend_on_the_script(text in "[абвгдђежзијклљмнњопрстћуфхцчџш ]{0,40}") {
            let keys = |text: &str| -> Vec<String> {
                words(text).map(|word| Analyser::SerboCroatian.stem(&word.folded).into_owned()).collect()
            };
            prop_assert_eq!(keys(&text), keys(&latin(&text)));
            prop_assert_eq!(keys(&text), keys(&text.to_uppercase()));
        }
    }
}
