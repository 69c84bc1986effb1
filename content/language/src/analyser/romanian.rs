//! Keys of folded Romanian words, by suffixes.
//!
//! After Snowball's Romanian stemmer (3.1.1), for words that have lost their diacritics. Changed:
//!
//! - Folding makes many of Snowball's suffixes equal (`ă`, `â`, `a`; `ț`, `t`), and the marking of `i` and `u`
//!   between vowels and the regions after them do not survive it. So suffixes are cut one after another, until
//!   none is left, where three letters and a vowel stay: `recomand|ar|ilor`. That gives the same key to what
//!   has been cut already.
//! - All vowels at the end go, and so articles need few rules: `legii`, `lege`, `legea`.
//! - `oa`, `ea` before the last consonants are `o`, `e` (`scoala`, `scoli`), `z` is `d` at the end (`strazi`).
//! - Derived nouns keep their `-ic`, `-ism`, `-ist`, `-iune`, `-abil`, which Snowball cuts.
//! - A few words that change within: `copii`, `oameni`, `tineri`, `fete`, `vieti`.
//!
//! Known to meet: `stat` with `statie`, `tara` with `tare`, `fata` (girl) with `fata` (face).
//!
//! The design of Snowball's and many of its suffixes are here, under the BSD-3-Clause licence:
//!
//! > Copyright (c) 2001, Dr Martin Porter. Copyright (c) 2004, 2005, Richard Boulton. Copyright (c) 2013, Yoshiki
//! > Shibukawa. Copyright (c) 2006-2025, Olly Betts. All rights reserved.
//! >
//! > Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
//! > following conditions are met: 1. Redistributions of source code must retain the above copyright notice, this list
//! > of conditions and the following disclaimer. 2. Redistributions in binary form must reproduce the above copyright
//! > notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided
//! > with the distribution. 3. Neither the name of the Snowball project nor the names of its contributors may be used
//! > to endorse or promote products derived from this software without specific prior written permission.
//! >
//! > THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED
//! > WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR
//! > PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT,
//! > INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
//! > SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
//! > THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING
//! > IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

use std::borrow::Cow;

/// Longer words are left as they are.
const LONGEST: usize = 40;

/// A suffix, what stands in its place, and how many letters must stay before it.
type Change = (&'static str, &'static str, usize);

/// Stems with keys that no rule gives.
const WHOLE: &[(&str, &str)] = &[
    ("copii", "copil"),
    ("copiii", "copil"),
    ("copiilor", "copil"),
    ("deschis", "deschid"),
    ("fet", "fat"),
    ("inchis", "inchid"),
    ("numer", "numar"),
    ("oamen", "om"),
    ("omen", "om"),
    ("tiner", "tanar"),
    ("viet", "viat"),
];

/// Stems that look as if they had suffixes.
const KEPT: &[&str] = &[
    "calitat", "cercet", "copil", "hotel", "internet", "invat", "invest", "invit", "legatur", "limit", "merit",
    "mobil", "model", "nivel", "numar", "profit", "program", "protest", "sanatat", "secret", "societat", "tanar",
    "victim",
];

/// What follows a stem of those.
const ENDINGS: &[&str] =
    &["a", "e", "i", "u", "ul", "ii", "ei", "ea", "ele", "ile", "lor", "uri", "ului", "elor", "ilor", "ator", "are"];

/// By the last letter: suffixes to cut where three letters and a vowel stay, and suffixes to change first.
fn table(last: u8) -> (&'static [&'static str], &'static [Change]) {
    match last {
        b'a' => (&["a"], &[]),
        b'c' => (&["esc"], &[]),
        b'd' => (&["and", "ind"], &[]),
        b'e' => (&["ele", "ile", "e"], &[]),
        b'i' => (&["i"], &[]),
        b'l' => (&["ul"], &[("il", "", 4), ("el", "", 4)]),
        b'm' => (&["am", "em"], &[("im", "", 4)]),
        b'n' => (&[], &[("ien", "ian", 2)]),
        b'r' => (
            &["elor", "ilor", "itor", "etor", "ur"],
            &[("oar", "or", 2), ("ator", "", 4), ("ar", "", 4), ("er", "", 5), ("ir", "", 5)],
        ),
        b's' => (&[], &[("oas", "os", 2), ("as", "", 4), ("is", "", 4), ("us", "", 5)]),
        b't' => (&["est", "at", "it"], &[("icant", "ic", 3), ("oast", "ost", 2), ("ut", "", 4), ("et", "", 4)]),
        b'u' => (&["u"], &[]),
        b'z' => (&["eaz", "ez"], &[("iaz", "i", 2)]),
        _ => (&[], &[]),
    }
}

/// A word in the making, with room for the letter or two that a spelling may add.
struct Stem {
    letters: [u8; LONGEST + 8],
    length: usize,
}

impl Stem {
    fn of(word: &str) -> Self {
        let mut stem = Self { letters: [0; LONGEST + 8], length: 0 };
        stem.replace(0, 0, word);
        stem
    }

    fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// The letter at this place from the end, or else 0.
    fn back(&self, place: usize) -> u8 {
        self.length.checked_sub(place + 1).and_then(|at| self.letters.get(at)).copied().unwrap_or(0)
    }

    /// Puts `text` in the place of the `old` letters from `at` on.
    fn replace(&mut self, at: usize, old: usize, text: &str) {
        let before = self.letters;
        let tail = before.get(at + old..self.length).unwrap_or_default();
        let places = self.letters.iter_mut().skip(at);
        let changed = places.zip(text.as_bytes().iter().chain(tail)).map(|(place, letter)| *place = *letter).count();
        self.length = at + changed;
    }

    /// The key: a part of `word` itself where nothing but its end was cut.
    fn key<'word>(&self, word: &'word str) -> Cow<'word, str> {
        match (word.get(..self.length), str::from_utf8(self.letters())) {
            (Some(part), _) if part.as_bytes() == self.letters() => Cow::Borrowed(part),
            (_, Ok(key)) => Cow::Owned(key.to_owned()),
            (_, Err(_)) => Cow::Borrowed(word),
        }
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn has_syllable(letters: &[u8]) -> bool {
    letters.iter().any(|letter| is_vowel(*letter))
}

/// The key under which the forms of a folded word meet. What is not all of `a` to `z` stays as it is.
///
/// A key has at least two letters where the word had, and is its own key.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if !(4..=LONGEST).contains(&word.len()) || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let mut stem = Stem::of(word);
    while step(&mut stem) {}
    stem.key(word)
}

/// One change, if there is one to make. Every change shortens the word or makes one that none makes undone,
/// so they come to an end; and a word to which none applies is its own key.
fn step(stem: &mut Stem) -> bool {
    let letters = stem.letters();
    if let Some((_, key)) = WHOLE.iter().find(|(from, _)| letters == from.as_bytes()) {
        stem.replace(0, letters.len(), key);
        return true;
    }
    for kept in KEPT {
        let Some(rest) = letters.strip_prefix(kept.as_bytes()) else { continue };
        if rest.is_empty() {
            return false;
        }
        if ENDINGS.iter().any(|ending| ending.as_bytes() == rest) {
            stem.length = kept.len();
            return true;
        }
    }
    letters.len() > 3 && (suffix(stem) || sound(stem))
}

fn suffix(stem: &mut Stem) -> bool {
    let letters = stem.letters();
    let (cuts, changes) = table(stem.back(0));
    for (suffix, text, least) in changes {
        let Some(rest) = letters.strip_suffix(suffix.as_bytes()) else { continue };
        if rest.len() >= *least && (!text.is_empty() || has_syllable(rest)) {
            stem.replace(rest.len(), suffix.len(), text);
            return true;
        }
    }
    for cut in cuts {
        let Some(rest) = letters.strip_suffix(cut.as_bytes()) else { continue };
        if rest.len() >= 3 && has_syllable(rest) {
            stem.length = rest.len();
            return true;
        }
    }
    false
}

/// `straz`, `scoal`, `pedeaps`: `strad`, `scol`, `pedeps`.
fn sound(stem: &mut Stem) -> bool {
    if stem.back(0) == b'z' {
        stem.replace(stem.length - 1, 1, "d");
        return true;
    }
    let place = (0..3).find(|place| is_vowel(stem.back(*place))).unwrap_or(0);
    let two = stem.back(place) == b'a' && matches!(stem.back(place + 1), b'e' | b'o');
    let splits = place > 0 && two && stem.length > place + 2;
    if splits {
        stem.replace(stem.length - place - 1, 1, "");
    }
    splits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of folded forms that meet.
    const TOGETHER: &str = "\
        cersetorie cersetoriei cersetoria cersetori cersetor cersetorul cersetorilor cersi cersit cersitul cersesc \
        cerseste cersetoare | victima victime victimei victimelor victimele | copil copii copilul copiii copiilor \
        copilului copile | trafic traficul traficului traficanti traficant traficantul traficantilor traficarea \
        traficate traficat | persoana persoane persoanelor persoanei persoanele | munca muncii munci muncile | \
        exploatare exploatarii exploatarea exploatari exploatarilor exploatat exploatata exploatator exploatatori | \
        identificare identificarea identificarii identifica identificat identificate | politie politia politiei | \
        politist politistul politisti politistilor | protectie protectia protectiei | stat state statul statelor \
        statului statele | lege legea legii legi legile legilor | recomandare recomandari recomandarilor recomandarea \
        recomanda recomandat | strada strazi strazii strazilor | familie familia familiei familii familiile familiilor \
        | tanar tineri tinerilor tanarul | scoala scoli scolii scolilor scolile | oameni oamenii oamenilor | tara tari \
        tarii tarilor | drept drepturi drepturile drepturilor dreptul dreptului | femeie femei femeia femeii femeilor \
        femeile | barbat barbati barbatul barbatilor barbatii | migrant migranti migrantul migrantilor | migratie \
        migratia migratiei | fata fete fetele fetelor fetei | viata vietii vieti | serviciu servicii serviciul \
        serviciilor serviciile serviciului | autoritate autoritati autoritatile autoritatilor autoritatea autoritatii \
        | minor minori minorii minorilor minorul minora | ajutor ajutorul ajutorului ajutoare | frontiera frontiere \
        frontierei frontierele frontierelor | fortat fortata fortate fortati fortatei | instanta instante instantei \
        instantelor | organizatie organizatii organizatia organizatiilor | educatie educatia educatiei | sclavie \
        sclavia sclaviei | vulnerabil vulnerabila vulnerabile vulnerabili vulnerabilii | sexual sexuala sexuale \
        sexuali | moldova moldovei | roman romani romanii romanilor romana | albania albaniei | sprijin sprijinul \
        sprijinului | prostitutie prostitutia prostitutiei | infractiune infractiuni infractiunea infractiunii \
        infractiunilor | pedeapsa pedepse pedepsei pedepselor | raport rapoarte raportul raportului rapoartele | numar \
        numere numarul numerele | judecator judecatori judecatorul judecatorilor judecatoare | lucru lucruri lucrurile \
        lucrul lucrurilor | lucrator lucratori lucratorii lucratoare | seara seri serii | noapte nopti noaptea noptii \
        noptilor | orfan orfani orfanii | asistenta asistentei | social sociala sociale sociali socialului | \
        consiliere consilierea consilierii | centru centre centrul centrele centrelor centrului | copilarie copilaria \
        copilariei | periculos periculoasa periculoase periculosi | oras orase orasul orasului oraselor | sat sate \
        satul satului satelor | adapost adaposturi adapostul | abuz abuzuri abuzul abuzului | violenta violentei \
        violente \
        ";

    /// Pairs of words that stay apart.
    const APART: &str = "\
        copil copac | copil copie | victima victorie | munca munte | politie politica | lege legatura | strada strat | \
        familie fama | casa camera | fata frate | om omida | cersetor cercetator | trafic traversare | minor minune | \
        protest protectie | migrant minor | sclav sclipi | viata vina | drept dreptunghi | persoana perna | oras ora | \
        sat sau | abuz abur | tanar tenta | forta forma | ajutor ajun | nume numar | persoana personaj | serviciu \
        servitor | orfan orfelinat | prieten primar | scoala scop | judecator judet | model mod | hotel hotar | \
        frontiera frunte | consiliu consecinta | social soc | sexual sex | centru cent \
        ";

    #[test]
    fn forms_meet() {
        for group in TOGETHER.split('|') {
            let mut keys: Vec<_> = group.split_whitespace().map(|word| (stem(word), word)).collect();
            keys.dedup_by(|one, other| one.0 == other.0);
            assert_eq!(keys.len(), 1, "{keys:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for pair in APART.split('|') {
            let mut keys = pair.split_whitespace().map(stem);
            assert_ne!(keys.next(), keys.next(), "{pair}");
        }
    }

    #[test]
    fn keys_are_their_own_keys_and_never_too_short() {
        for word in TOGETHER.split_whitespace().chain(APART.split_whitespace()) {
            let key = stem(word);
            assert_eq!(stem(&key), key, "{word}");
            assert!(key.len() >= word.len().min(2), "{word}");
        }
    }

    #[test]
    fn any_string_has_a_key() {
        let parts: Vec<String> =
            ["", "k", "r", "ije", "je", "a", "tzci", "ovati", "dj", "opc", "aaaa", "oas", "copi", "h"]
                .iter()
                .flat_map(|first| {
                    ["", "a", "ulul", "ijel", "ac", "ilor", "ok", "g"].map(|second| format!("{first}{second}"))
                })
                .collect();
        for (first, second) in parts.iter().flat_map(|first| parts.iter().map(move |second| (first, second))) {
            let word = format!("{first}{second}");
            let key = stem(&word);
            assert_eq!(stem(&key), key, "{word}");
            assert!(key.len() >= word.len().min(2), "{word}");
        }
        for word in ["", "a", "žrtvama", "2024a", "жртвама", "한국", "e\u{301}", "-", "cal"] {
            assert_eq!(stem(word), word);
        }
        assert_eq!(stem(&"ovati".repeat(9)).len(), 45, "too long for a word");
    }

    #[test]
    fn cutting_allocates_nothing() {
        assert!(matches!(stem("statelor"), Cow::Borrowed("stat")));
    }
}
