//! Serbian Cyrillic shown in Latin letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` with Serbian Cyrillic in Serbian Latin letters (Gaj's alphabet; Wikipedia, "Romanization of Serbian").
///
/// The letters with two Latin ones follow the case around them: `Љубав` is `Ljubav`, `ЊЕГОШ` is
/// `NJEGOŠ`, `КРАЉ` is `KRALJ`, an initial `Њ.` is `Nj.`. Montenegrin `с́` and `з́` are `ś` and `ź`,
/// Macedonian `ѓ`, `ќ`, `ѕ` in names are `ǵ`, `ḱ`, `dz`.
///
/// Left as they are: everything not Cyrillic; words with letters that these languages lack
/// (`Толстой`), for half a Russian word in Latin letters is worse than none; and web and
/// e-mail addresses, which would lead elsewhere.
#[must_use]
pub fn latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    latin_into(text, &mut out);
    out
}

/// Appends `text` in Latin letters.
pub(crate) fn latin_into(text: &str, out: &mut String) {
    if !text.contains(is_cyrillic) {
        out.push_str(text);
        return;
    }
    for token in text.split_inclusive(char::is_whitespace) {
        let (before, address) = token.split_at(address(token));
        token_into(before, out);
        out.push_str(address);
    }
}

/// Where in a token without white space an address begins; the token's length where there is none.
fn address(token: &str) -> usize {
    if let Some(at) = token.find("://") {
        let scheme = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
        token[..at].trim_end_matches(scheme).len()
    } else if token.contains('@') {
        0
    } else {
        token.find("www.").unwrap_or(token.len())
    }
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

/// Whether a character continues a Cyrillic word: a letter, or an accent on one.
fn continues(letter: char) -> bool {
    is_cyrillic(letter) || ('\u{300}'..='\u{36f}').contains(&letter)
}

fn token_into(token: &str, out: &mut String) {
    let mut at = 0;
    while let Some(start) = token[at..].find(is_cyrillic).map(|found| at + found) {
        out.push_str(&token[at..start]);
        let end = token[start..].find(|letter| !continues(letter)).map_or(token.len(), |length| start + length);
        let before = token[..start].chars().next_back();
        let after = token[end..].chars().next();
        word_into(&token[start..end], before, after, out);
        at = end;
    }
    out.push_str(&token[at..]);
}

/// Appends one Cyrillic word, given the characters on either side of it.
fn word_into(word: &str, before: Option<char>, after: Option<char>, out: &mut String) {
    let marked = word.contains(is_combining_mark);
    let letters: Vec<char> = if marked { word.nfc().collect() } else { word.chars().collect() };
    if letters.iter().any(|letter| is_cyrillic(*letter) && roman(*letter).is_none()) {
        out.push_str(word);
        return;
    }
    let start = out.len();
    // The next letter tells the case; where there is none, the last one does.
    let is_letter = |letter: &&char| !is_combining_mark(**letter);
    for (at, letter) in letters.iter().enumerate() {
        let Some((first, second)) = roman(*letter) else {
            out.push(*letter);
            continue;
        };
        if !letter.is_uppercase() {
            out.push(first);
            out.extend(second);
            continue;
        }
        out.extend(first.to_uppercase());
        let Some(second) = second else { continue };
        let next = letters[at + 1..].iter().find(is_letter).copied().or(after);
        let last = letters[..at].iter().rev().find(is_letter).copied().or(before);
        let neighbour = next.filter(|next| next.is_alphabetic()).or(last);
        if neighbour.is_some_and(char::is_uppercase) {
            out.extend(second.to_uppercase());
        } else {
            out.push(second);
        }
    }
    if marked {
        let composed: String = out[start..].nfc().collect();
        out.truncate(start);
        out.push_str(&composed);
    }
}

/// The small Latin letter or two for a Cyrillic letter in either case.
fn roman(letter: char) -> Option<(char, Option<char>)> {
    let letter = letter.to_lowercase().next()?;
    let single = match letter {
        'а' => 'a',
        'б' => 'b',
        'в' => 'v',
        'г' => 'g',
        'д' => 'd',
        'ђ' => 'đ',
        'е' => 'e',
        'ж' => 'ž',
        'з' => 'z',
        'и' => 'i',
        'ј' => 'j',
        'к' => 'k',
        'л' => 'l',
        'м' => 'm',
        'н' => 'n',
        'о' => 'o',
        'п' => 'p',
        'р' => 'r',
        'с' => 's',
        'т' => 't',
        'ћ' => 'ć',
        'у' => 'u',
        'ф' => 'f',
        'х' => 'h',
        'ц' => 'c',
        'ч' => 'č',
        'ш' => 'š',
        'ѓ' => 'ǵ',
        'ќ' => 'ḱ',
        'ѐ' => 'è',
        'ѝ' => 'ì',
        'љ' => return Some(('l', Some('j'))),
        'њ' => return Some(('n', Some('j'))),
        'џ' => return Some(('d', Some('ž'))),
        'ѕ' => return Some(('d', Some('z'))),
        _ => return None,
    };
    Some((single, None))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_and_case() {
        for (cyrillic, expected) in [
            ("", ""),
            ("Plain text, ščćžđ", "Plain text, ščćžđ"),
            ("Љубав", "Ljubav"),
            ("љубав ЊЕГОШ Његош", "ljubav NJEGOŠ Njegoš"),
            ("КРАЉ, КОЊ И ЉУДИ", "KRALJ, KONJ I LJUDI"),
            ("Њ. Петровић", "Nj. Petrović"),
            ("П.Њ. Љ", "P.Nj. Lj"),
            ("Џеп ЏЕП џеп", "Džep DŽEP džep"),
            ("ИЗЊЕ БАЏИЋ", "IZNJE BADŽIĆ"),
            ("Љ\u{30f}УТ", "LJ\u{30f}UT"),
            ("НЉ-у (ЦЏ)", "NLJ-u (CDŽ)"),
            ("Шћепан Ђурђевић жали", "Šćepan Đurđević žali"),
            ("Инјекција", "Injekcija"),
            ("с\u{301}утра З\u{301}еница", "śutra Źenica"),
            ("гра\u{301}д", "grád"),
            ("Ѓорѓи Ќосев ѕвезда ЅВЕЗДА", "Ǵorǵi Ḱosev dzvezda DZVEZDA"),
            ("Толстой је рекао", "Толстой je rekao"),
            ("и\u{306}од", "и\u{306}од"),
            ("Ёлка Ѫ", "Ёлка Ѫ"),
            ("види https://сајт.срб/пут, (http://сајт.срб)", "vidi https://сајт.срб/пут, (http://сајт.срб)"),
            ("пиши на пера@сајт.срб или www.сајт.срб", "piši na пера@сајт.срб ili www.сајт.срб"),
            ("{{ name }} и <b>ово</b>", "{{ name }} i <b>ovo</b>"),
        ] {
            assert_eq!(latin(cyrillic), expected);
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_changes_once(text in any::<String>()) {
            let once = latin(&text);
            prop_assert_eq!(latin(&once), once);
        }

        #[test]
        fn finds_the_same(text in "[а-ик-шА-ИК-ШђјљњћџЂЈЉЊЋЏ]{1,10}") {
            let latin = latin(&text);
            prop_assert_eq!(crate::fold(&text), crate::fold(&latin));
            prop_assert!(!latin.contains(is_cyrillic));
        }
    }
}
