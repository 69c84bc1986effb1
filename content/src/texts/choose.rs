//! Which of a thing's texts a reader is shown.

use super::{Phrase, Status};
use language::{Language, Locale};

/// What somebody reads in: the language of the interface and, if they asked for it, another for the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The language, and for Serbian the script.
    pub locale: Locale,
    /// The content in this language, where it can be had (`?text=en`).
    pub text: Option<Language>,
}

impl Reading {
    /// In one language throughout.
    pub fn in_locale(locale: Locale) -> Self {
        Self { locale, text: None }
    }

    /// The languages that could be chosen besides the original.
    pub(crate) fn languages(self) -> Vec<Language> {
        self.text.into_iter().chain([self.locale.language()]).chain(self.locale.fallbacks().iter().copied()).collect()
    }

    /// The tag under which a text in this language is shown to this reader. Serbian follows the reader's script.
    pub(crate) fn tag(self, language: Language) -> &'static str {
        match (language, self.locale) {
            (Language::Serbian, Locale::SerbianLatin) => Locale::SerbianLatin.tag(),
            (Language::Serbian, _) => Locale::SerbianCyrillic.tag(),
            (language, _) => language.code(),
        }
    }

    /// Words in a language as this reader is shown them: Serbian in their script.
    pub fn phrase(self, text: &str, language: Language) -> Phrase {
        let latin = self.locale == Locale::SerbianLatin && language == Language::Serbian;
        let text = if latin { language::latin(text) } else { text.to_owned() };
        Phrase { text, lang: (!self.is_own(language)).then(|| self.tag(language)) }
    }

    /// Whether a text in this language needs no `lang` of its own on this reader's page.
    pub(crate) fn is_own(self, language: Language) -> bool {
        self.locale.language() == language
    }
}

/// A text that could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Variant {
    pub(crate) language: Language,
    pub(crate) status: Status,
}

/// The place in `variants` of the text to show: the one asked for; the reader's own language; a neighbouring
/// language that they read, unless only a machine has written it; the original.
pub(crate) fn choose(reading: Reading, variants: &[Variant]) -> Option<usize> {
    let place = |wanted: Language| variants.iter().position(|variant| variant.language == wanted);
    let neighbour = || {
        reading
            .locale
            .fallbacks()
            .iter()
            .find_map(|&language| place(language).filter(|&at| variants[at].status != Status::Machine))
    };
    reading
        .text
        .and_then(place)
        .or_else(|| place(reading.locale.language()))
        .or_else(neighbour)
        .or_else(|| variants.iter().position(|variant| variant.status == Status::Original))
        .or(if variants.is_empty() { None } else { Some(0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::*;
    use Status::*;

    fn chosen(locale: Locale, text: Option<Language>, variants: &[(Language, Status)]) -> Option<Language> {
        let variants: Vec<_> = variants.iter().map(|&(language, status)| Variant { language, status }).collect();
        choose(Reading { locale, text }, &variants).map(|at| variants[at].language)
    }

    #[test]
    fn the_readers_own_language_comes_first_even_if_a_machine_wrote_it() {
        assert_eq!(chosen(Locale::Albanian, None, &[(English, Original), (Albanian, Machine)]), Some(Albanian));
    }

    #[test]
    fn what_was_asked_for_comes_before_it() {
        let variants = [(English, Original), (Albanian, Machine)];
        assert_eq!(chosen(Locale::Albanian, Some(English), &variants), Some(English));
        assert_eq!(chosen(Locale::Albanian, Some(Romanian), &variants), Some(Albanian));
    }

    #[test]
    fn a_neighbouring_language_serves_only_where_a_person_wrote_it() {
        assert_eq!(chosen(Locale::Croatian, None, &[(English, Original), (Bosnian, Human)]), Some(Bosnian));
        assert_eq!(chosen(Locale::Croatian, None, &[(English, Original), (Bosnian, Machine)]), Some(English));
    }

    #[test]
    fn else_the_original() {
        assert_eq!(chosen(Locale::Romanian, None, &[(Macedonian, Human), (Albanian, Original)]), Some(Albanian));
        assert_eq!(chosen(Locale::Romanian, None, &[]), None);
    }
}
