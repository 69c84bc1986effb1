//! The language of a text that states none.

use language::{Analyser, Language};

/// How much of a text it takes to know its language against what its seminar says, in words.
const PLAIN: usize = 20;
/// And of a sentence, against the language in which its writer reads.
const SENTENCE: usize = 4;

/// The language of a text that states none: its seminar's, unless it is plainly in another one of ours.
pub(crate) fn written_in(body: &str, seminar: Language) -> Language {
    plain(body, PLAIN, seminar)
}

/// The language of a sentence: that in which its writer reads, unless it is plainly in another one of ours.
pub(crate) fn said_in(sentence: &str, reader: Language) -> Language {
    plain(sentence, SENTENCE, reader)
}

fn plain(body: &str, words: usize, otherwise: Language) -> Language {
    let plain = language::words(body).nth(words).and_then(|_| language::detect(body));
    match plain {
        Some(analyser) if analyser != Analyser::of(otherwise) => match analyser {
            Analyser::English => Language::English,
            Analyser::Albanian => Language::Albanian,
            Analyser::Romanian => Language::Romanian,
            Analyser::Macedonian => Language::Macedonian,
            // Serbian is written in Cyrillic here; in Latin letters nobody can tell which of the three it is.
            Analyser::SerboCroatian if body.contains(|letter| ('а'..='ш').contains(&letter)) => Language::Serbian,
            Analyser::SerboCroatian => Language::Bosnian,
        },
        _ => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plainly_in_another_language_is() {
        let albanian = "Fëmijët që lypin në rrugë duhet të identifikohen sa më shpejt, dhe kush i gjen duhet të dijë \
                        se ku t'i referojë dhe kë të thërrasë.";
        let serbian = "Деца која просе на улици морају бити заштићена, јер су жртве, а ко их нађе мора да зна кога да \
                       зове и где да их упути.";
        assert_eq!(written_in(albanian, Language::English), Language::Albanian);
        assert_eq!(written_in(serbian, Language::English), Language::Serbian);
        assert_eq!(written_in(&language::latin(serbian), Language::English), Language::Bosnian);
        // Which of the three it is nobody can tell from the words.
        assert_eq!(written_in(&language::latin(serbian), Language::Croatian), Language::Croatian);
        assert_eq!(written_in("Fëmijët që lypin në rrugë.", Language::English), Language::English);
        assert_eq!(written_in("", Language::Romanian), Language::Romanian);
        let names = "Swati Pande, Liliana Sorrentino, ".repeat(20);
        assert_eq!(written_in(&names, Language::Macedonian), Language::Macedonian);
    }
}
