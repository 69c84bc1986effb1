//! One folding of case, diacritics and script, so that spellings of a word meet in search.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::letters;

/// The folded form of one word, for comparing with other folded words.
///
/// By Unicode compatibility decomposition (NFKD) and full case folding, without accents,
/// invisible characters, and anything that is neither a letter nor a digit:
///
/// - Cyrillic is transliterated as Serbian is, then stripped like Latin: `просјачење`, `prosjačenje` and
///   `PROSJACENJE` are all `prosjacenje`; `đ`, `ђ` and `dj` are `dj`; `dž`, `џ`, `ǆ`, `ѕ` are `dz`;
///   Macedonian `ѓ`, `ǵ` are `gj`, `ќ`, `ḱ` are `kj`.
/// - Romanian `ș` and `ş` are `s`, `ă`, `â` are `a`, `î` is `i`; Albanian `ë` is `e`, `ç` is `c`.
/// - `ß` is `ss`, `æ` `ae`, `ø` `o`, `ł` `l`, `þ` `th`, `ﬁ` `fi`, `ı` `i`; digits of all scripts are ASCII.
/// - In a word that mixes Latin and Cyrillic, letters that look alike (`а е о с р х ј і ѕ В Н`)
///   are first taken for those of the script that the word was meant in: the one that its other
///   letters belong to, or else the one with more letters.
/// - Other scripts keep their letters, in lower case (Greek `ς` as `σ`), recomposed (NFC).
///
/// Folding what is folded changes nothing. A word of signs alone folds to the empty string.
/// The word is not divided; [`words`](crate::words) divides texts.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Appends the folded form of `word`.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let kept = word.bytes().filter(u8::is_ascii_alphanumeric);
        out.extend(kept.map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    let start = out.len();
    if !fold_common(word, out) {
        out.truncate(start);
        fold_any(word, out);
    }
}

/// A common letter's folded form, for a word in one script without combining marks.
#[derive(Clone, Copy)]
struct Common {
    text: [u8; 3],
    length: u8,
    cyrillic: bool,
}

/// Latin-1 to Cyrillic Supplement: the letters of every language of ours.
const COMMON: std::ops::Range<u32> = 0xc0..0x530;

/// Computed from [`fold_any`], so that the two cannot differ.
static TABLE: LazyLock<Vec<Option<Common>>> = LazyLock::new(|| COMMON.map(common).collect());

fn common(code: u32) -> Option<Common> {
    let letter = char::from_u32(code)?;
    let cyrillic = code >= 0x400;
    if !letter.is_alphabetic() || (0x250..0x400).contains(&code) {
        return None;
    }
    let mut folded = String::new();
    fold_any(letter.encode_utf8(&mut [0; 4]), &mut folded);
    let mut text = [0; 3];
    text.get_mut(..folded.len())?.copy_from_slice(folded.as_bytes());
    folded.is_ascii().then_some(Common { text, length: u8::try_from(folded.len()).ok()?, cyrillic })
}

/// Whether a letter is plain to leave something of a word when it is folded; of others it may.
pub(crate) fn is_kept(letter: char) -> bool {
    let at = u32::from(letter).wrapping_sub(COMMON.start) as usize;
    letter.is_ascii_alphanumeric() || matches!(TABLE.get(at), Some(Some(common)) if common.length > 0)
}

/// Folds by the table; `false` where the word needs [`fold_any`], with `out` in disorder.
fn fold_common(word: &str, out: &mut String) -> bool {
    let table = &*TABLE;
    let (mut latin, mut cyrillic) = (false, false);
    for letter in word.chars() {
        if letter.is_ascii() {
            if letter.is_ascii_alphanumeric() {
                latin |= letter.is_ascii_alphabetic();
                out.push(letter.to_ascii_lowercase());
            }
            continue;
        }
        let at = u32::from(letter).wrapping_sub(COMMON.start) as usize;
        let Some(Some(common)) = table.get(at) else { return false };
        latin |= !common.cyrillic;
        cyrillic |= common.cyrillic;
        out.extend(common.text[..usize::from(common.length)].iter().map(|byte| char::from(*byte)));
    }
    !(latin && cyrillic)
}

/// A base letter that waits for the marks on it.
#[derive(Clone, Copy)]
struct Base {
    letter: char,
    capital: bool,
    acute: bool,
    breve: bool,
    marked: bool,
}

/// Which script's letters look-alikes are taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mixed {
    No,
    MeantLatin,
    MeantCyrillic,
}

fn lower(letter: char) -> char {
    // After NFKD every lower case is one character: İ, the exception, has lost its dot.
    match letter.to_lowercase().next().unwrap_or(letter) {
        'ς' => 'σ',
        lower => lower,
    }
}

/// Which script a word of two was meant in: that of the letters which cannot be the other's, and
/// failing these that of the more letters. Equal numbers are Cyrillic: in real texts such words
/// (`сe`) come from Cyrillic keyboards and converters. A word with letters that cannot be the
/// other's on both sides is truly of both (`PDFова`), and its letters are what they are.
fn mixed(word: &str) -> Mixed {
    let (mut latin, mut only_latin, mut cyrillic, mut only_cyrillic) = (0_usize, 0_usize, 0_usize, 0_usize);
    for letter in word.nfkd() {
        let small = lower(letter);
        let alone = usize::from(!letters::has_twin(small, small != letter));
        if letters::is_latin(small) {
            latin += 1;
            only_latin += alone;
        } else if letters::is_cyrillic(small) {
            cyrillic += 1;
            only_cyrillic += alone;
        }
    }
    match (only_latin, only_cyrillic) {
        _ if latin == 0 || cyrillic == 0 => Mixed::No,
        (1.., 1..) => Mixed::No,
        (1.., 0) => Mixed::MeantLatin,
        (0, 1..) => Mixed::MeantCyrillic,
        _ if latin > cyrillic => Mixed::MeantLatin,
        _ => Mixed::MeantCyrillic,
    }
}

/// Folds any word.
fn fold_any(word: &str, out: &mut String) {
    let mixed = mixed(word);
    let start = out.len();
    let mut waiting: Option<Base> = None;
    for letter in word.nfkd() {
        if letters::is_accent(letter) {
            if let Some(base) = &mut waiting {
                base.marked = true;
                base.acute |= letter == '\u{301}';
                base.breve |= letter == '\u{306}';
            }
        } else if !letters::is_invisible(letter) {
            if let Some(base) = waiting.take() {
                push(base, mixed, out);
            }
            let small = lower(letter);
            waiting = Some(Base { letter: small, capital: small != letter, acute: false, breve: false, marked: false });
        }
    }
    if let Some(base) = waiting {
        push(base, mixed, out);
    }
    if !out[start..].is_ascii() {
        let composed: String = out[start..].nfc().collect();
        out.truncate(start);
        out.push_str(&composed);
    }
}

fn push(base: Base, mixed: Mixed, out: &mut String) {
    let letter = match mixed {
        Mixed::MeantLatin if !base.marked => letters::latin_twin(base.letter, base.capital),
        Mixed::MeantCyrillic if !base.marked => letters::cyrillic_twin(base.letter, base.capital),
        _ => base.letter,
    };
    if let Some(text) = letters::accented(letter, base.acute, base.breve).or_else(|| letters::romanised(letter)) {
        out.push_str(text);
    } else if let Some(digit) = letters::digit(letter) {
        out.push(digit);
    } else if !letters::is_silent(letter)
        && (letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter))
    {
        out.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_meet() {
        for (folded, spellings) in [
            ("prosjacenje", &["prosjačenje", "просјачење", "PROSJACENJE", "Просјачење", "prosjac\u{30c}enje"][..]),
            ("cersetori", &["cerșetori", "cerşetori", "CERȘETORI", "cersetori", "cers\u{326}etori"]),
            ("srna", &["Srna", "Šrna", "Срна", "срна"]),
            ("djak", &["đak", "ђак", "djak", "Đak", "ĐAK", "Ɖak", "дјак"]),
            ("femije", &["fëmijë", "FËMIJË"]),
            ("celes", &["çelës", "čeleš"]),
            ("dzep", &["džep", "џеп", "ǆep", "ǅep", "Ǆep", "ѕеп"]),
            ("ljubav", &["ljubav", "љубав", "ǉubav", "ЉУБАВ", "ǈubav"]),
            ("njegos", &["Njegoš", "Његош", "ǋegoš", "ЊЕГОШ"]),
            ("gjorgjija", &["Ѓорѓија", "Ǵorǵija", "Gjorgjija", "г\u{301}орг\u{301}ија"]),
            ("kjerka", &["ќерка", "ḱerka", "kjerka"]),
            ("strasse", &["Straße", "STRASSE", "STRAẞE"]),
            ("first", &["ﬁrst", "ｆｉｒｓｔ", "𝐟𝐢𝐫𝐬𝐭", "first"]),
            ("istanbul", &["İstanbul", "Istanbul", "ıstanbul"]),
            ("lodz", &["Łódź"]),
            ("oe", &["œ", "ø\u{65}"]),
            ("thaed", &["Þæð"]),
            ("invisible", &["in\u{ad}vi\u{200b}si\u{200d}b\u{202e}le\u{feff}"]),
            ("2026", &["٢٠٢٦", "２０２６", "२०२६", "²⁰²⁶", "𝟚𝟘𝟚𝟞"]),
            ("rossija", &["Россия", "россія\u{301}"]),
            ("tolstoj", &["Толстой", "Толсто\u{438}\u{306}"]),
            ("σοφος", &[]),
            ("σοφοσ", &["σοφός", "ΣΟΦΌΣ"]),
            ("ﺳﻼم", &[]),
            ("سلام", &["سَلام", "ﺳﻼم"]),
            ("हिन्दी", &["हिन्दी"]),
            ("が", &["が", "か\u{3099}", "ｶﾞ\u{200b}"]),
            ("", &["", "ь", "\u{3164}", "…", "🙂"]),
        ] {
            for spelling in spellings.iter().filter(|spelling| **spelling != "ｶﾞ\u{200b}") {
                assert_eq!(fold(spelling), folded, "{spelling}");
            }
        }
        assert_eq!(fold("ｶﾞ"), "ガ");
        assert_eq!(fold("한국"), "한국");
        assert_ne!(fold("mîine"), fold("mâine"), "old and new Romanian spelling stay two words");
    }

    #[test]
    fn look_alikes_are_taken_for_the_script_meant() {
        // The stray letters: Cyrillic о, с, р; Latin a, o, e, p, c, s.
        for (folded, spelling) in [
            ("police", "p\u{43e}li\u{441}e"),
            ("paypal", "\u{440}aypal"),
            ("xerox", "\u{445}er\u{43e}x"),
            ("beograd", "\u{412}eograd"),
            ("sarajevo", "Сарајев\u{6f}"),
            ("rakija", "\u{70}акија"),
            ("srpska", "\u{63}рпска"),
            ("svezda", "\u{73}везда"),
            ("shop", "\u{455}hop"),
            ("novi", "\u{48}ови"),
            ("smsu", "SMSу"),
            ("pdfova", "PDFова"),
            ("rekao", "\u{70}екao"),
            ("kao", "к\u{61}\u{6f}"),
            ("se", "с\u{65}"),
            ("peace", "pea\u{441}e"),
        ] {
            assert_eq!(fold(spelling), folded, "{spelling}");
        }
    }

    #[test]
    fn the_table_agrees_with_the_rule() {
        for letter in COMMON.filter_map(char::from_u32) {
            let (mut slow, mut quick) = (String::new(), String::new());
            fold_any(&letter.to_string(), &mut slow);
            if fold_common(&letter.to_string(), &mut quick) {
                assert_eq!(quick, slow, "{letter}");
            }
        }
        for letter in "čćžšđČĆŽŠĐëçËÇăâîșțşţĂÂÎȘȚљњџђћжшчЉЊЏЂЋѓќѕЃЌЅйё".chars()
        {
            assert!(fold_common(&letter.to_string(), &mut String::new()), "{letter} is slow");
        }
    }

    #[test]
    fn every_character_folds_once() {
        for letter in '\0'..=char::MAX {
            let once = fold(letter.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{letter:?} {:x}", u32::from(letter));
            assert!(once.bytes().all(|byte| !byte.is_ascii_uppercase()), "{letter:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(word in any::<String>()) {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_twice_is_folding_once_in_ours(word in "[a-eA-Zčšžđćǆǵḱ\u{300}-\u{310}\u{338}\u{345}а-шА-Шђјљњћџѓќѕйёқҧԥꙁ\u{1c80}-\u{1c88}αςοΐ0-9٠-٩\u{200b}\u{ad}'.\u{93f}\u{94d}\u{915}\u{1100}\u{1161}\u{11a8}か\u{3099}]{0,12}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
