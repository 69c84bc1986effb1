//! What single characters are to the folding: their base letters, marks, digits, look-alikes.
//!
//! Everything here is about characters after NFKD, so precomposed letters never occur.

/// The ASCII letters for a lower-case Latin or Cyrillic letter that Unicode does not decompose.
///
/// Latin letters go to the letters they are typed as without their keyboard: `đ` to `dj` (as
/// Serbian, Bosnian and Croatian write it), `ß` to `ss` (Unicode full case folding). Cyrillic goes
/// by the Serbian Latin alphabet (Gaj's) without its diacritics; letters that Serbian lacks go by
/// the Macedonian romanisation (`ѕ` to `dz`) and otherwise by scholarly transliteration, where the hard
/// and soft signs fall away. See Wikipedia, "Romanization of Serbian", "Romanization of Macedonian",
/// "Scientific transliteration of Cyrillic".
pub(crate) fn romanised(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' | 'ƚ' | 'ɫ' => "l",
        // U+0256 is the lower case of the African Đ, often typed for the Serbian one.
        'đ' | 'ɖ' => "dj",
        'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ȷ' => "j",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ƒ' => "f",
        'ƶ' => "z",
        'ƀ' => "b",
        'ǥ' => "g",
        'ə' => "e",
        'а' | 'ӑ' | 'ә' | 'ӕ' => "a",
        'б' => "b",
        'в' | 'ᲀ' | 'ѵ' => "v",
        'г' | 'ґ' | 'ғ' | 'ҕ' | 'ӷ' | 'ӻ' => "g",
        'д' | 'ᲁ' | 'ԁ' => "d",
        'ђ' => "dj",
        'е' | 'э' | 'є' | 'ѣ' | 'ᲇ' | 'ѧ' | 'ҽ' => "e",
        'ж' | 'җ' => "z",
        'з' | 'ҙ' | 'ӡ' => "z",
        'и' | 'і' | 'ы' | 'ꙑ' => "i",
        'ј' | 'ҋ' => "j",
        'к' | 'қ' | 'ҝ' | 'ҟ' | 'ҡ' | 'ӄ' => "k",
        'л' | 'ӆ' | 'ԓ' | 'ӏ' => "l",
        'љ' => "lj",
        'м' | 'ӎ' => "m",
        'н' | 'ң' | 'ҥ' | 'ӈ' | 'ӊ' => "n",
        'њ' => "nj",
        'о' | 'ө' | 'ѡ' | 'ᲂ' | 'ѻ' => "o",
        'п' | 'ҧ' => "p",
        'р' | 'ҏ' => "r",
        'с' | 'ҫ' | 'ᲃ' => "s",
        'т' | 'ҭ' | 'ᲄ' | 'ᲅ' => "t",
        'ћ' => "c",
        'у' | 'ү' | 'ұ' | 'ѫ' | 'ѹ' | 'ꙋ' | 'ᲈ' => "u",
        'ф' | 'ѳ' => "f",
        'х' | 'ҳ' | 'һ' | 'ӽ' | 'ӿ' => "h",
        'ц' => "c",
        'ч' | 'ҷ' | 'ҹ' | 'ӌ' => "c",
        'џ' | 'ѕ' => "dz",
        'ш' => "s",
        'щ' => "sc",
        'ъ' | 'ь' | 'ᲆ' => "",
        'ю' => "ju",
        'я' => "ja",
        'ѥ' => "je",
        'ѯ' => "ks",
        'ѱ' => "ps",
        'ԛ' => "q",
        'ԝ' => "w",
        _ => return None,
    })
}

/// The letters for a base letter with an acute accent or a breve, where these make another letter:
/// Macedonian `ѓ` and `ќ` with their Latin forms, and `й`.
pub(crate) fn accented(letter: char, acute: bool, breve: bool) -> Option<&'static str> {
    match letter {
        'г' | 'g' if acute => Some("gj"),
        'к' | 'k' if acute => Some("kj"),
        'и' if breve => Some("j"),
        _ => None,
    }
}

/// Whether a lower-case letter is one of the Cyrillic ones that [`romanised`] knows.
pub(crate) fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}')
        && romanised(letter).is_some()
}

/// Whether a lower-case letter is a Latin one.
pub(crate) fn is_latin(letter: char) -> bool {
    letter.is_ascii_lowercase() || (letter < '\u{2b0}' && romanised(letter).is_some())
}

/// Whether a Latin or Cyrillic letter looks like one of the other script, so that it tells nothing
/// of the script its writer meant (Unicode TR39 confusables). Latin `s` does tell: only Macedonian has `ѕ`.
pub(crate) fn has_twin(letter: char, capital: bool) -> bool {
    match letter {
        'a' | 'c' | 'e' | 'i' | 'j' | 'o' | 'p' | 'x' | 'y' => true,
        'а' | 'с' | 'е' | 'і' | 'ј' | 'о' | 'р' | 'х' | 'у' | 'ѕ' => true,
        'b' | 'h' | 'k' | 'm' | 't' | 'в' | 'н' | 'к' | 'м' | 'т' => capital,
        _ => false,
    }
}

/// The Latin letter that a Cyrillic one cannot be told from by eye, where they differ in sound.
///
/// Cyrillic `у` is left out: it ends Serbian inflections of Latin abbreviations (`SMSу`).
pub(crate) fn latin_twin(letter: char, capital: bool) -> char {
    match letter {
        'с' => 'c',
        'р' => 'p',
        'х' => 'x',
        'ѕ' => 's',
        'ѵ' => 'v',
        'в' if capital => 'b',
        'н' if capital => 'h',
        other => other,
    }
}

/// The Cyrillic letter that a Latin one cannot be told from by eye, where they differ in sound.
pub(crate) fn cyrillic_twin(letter: char, capital: bool) -> char {
    match letter {
        'c' => 'с',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        'b' if capital => 'в',
        'h' if capital => 'н',
        other => other,
    }
}

/// Marks that folding strips: accents, Hebrew points, Arabic vowel signs, enclosing marks.
///
/// Vowel signs of Indic and South-East Asian scripts and Japanese voicing marks are letters to
/// their readers and stay.
pub(crate) fn is_accent(mark: char) -> bool {
    match mark {
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' => true,
        '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' => true,
        mark if mark < '\u{300}' => false,
        mark => matches!(unicode_normalization::char::canonical_combining_class(mark), 10..=35 | 200..),
    }
}

/// Characters that show nothing: zero-width, bidi controls, soft hyphen, fillers, variation
/// selectors, tags (Unicode `Default_Ignorable_Code_Point`).
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Modifier letters that stand for an apostrophe or for a letter without a sound of its own
/// (Ukrainian `ʼ`, `ʹ` for a soft sign, `ʾ` and `ʿ` in Arabic names).
pub(crate) fn is_silent(letter: char) -> bool {
    matches!(letter, '\u{2b9}'..='\u{2bf}')
}

/// The ASCII digit for a decimal digit of any script (general category Nd, Unicode 16).
pub(crate) fn digit(letter: char) -> Option<char> {
    /// The zeros of the runs of ten; those that NFKD turns into ASCII are not among them.
    const ZEROS: [u32; 68] = [
        0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
        0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
        0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0,
        0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950,
        0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1E140, 0x1E2F0,
        0x1E4F0, 0x1E5F1, 0x1E950,
    ];
    let code = u32::from(letter);
    let at = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    char::from_digit(code - ZEROS[at], 10)
}
