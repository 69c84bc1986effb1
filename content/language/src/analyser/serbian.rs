//! Keys of folded Serbian, Croatian, Bosnian and Montenegrin words, by suffixes.
//!
//! After Snowball's Serbian stemmer (3.1.1), for words that have lost their diacritics and in which an
//! ijekavian form must meet its ekavian one. Changed:
//!
//! - Snowball's 2,000 suffixes are products of stem suffixes and endings. Here they are cut one after another,
//!   until none is left: `trgov|anj|ima`. That gives the same key to what has been cut already.
//! - A fleeting `a` is taken away in all forms (`momak`, `junaka`: `momk`, `junk`) instead of being told from a
//!   steady one, and `c` is `k`, `g` is `z`, `h` is `s` at the end (`momci`, `knjizi`, `uspjesi`).
//! - `ije`, `je` between consonants is `e` only once the ending is cut, so that `prijateljem` is spared. Folded
//!   `đe` and `dje` are the same, both `de`: `djeca` is `deca`, and `vođen` is as `voden`.
//! - The `n` of adjectives goes: `radni`, `prisilan` meet `rad`, `prisila`. Nouns and verbs of one root meet
//!   often (`prijava`, `prijaviti`); so do `-irati`, `-ovati`, `-isati`, `-acija`, `-ator`.
//! - Child and children are one key, as are the trades: `trgovina`, `trgovanje`, `trgovac`.
//!
//! Known to meet: `trgovi` (squares) with trade, `dijeta` with `dijete`.
//!
//! The design of Snowball's and many of its suffixes are here, under the BSD-3-Clause licence:
//!
//! > Copyright (c) 2001, Dr Martin Porter. Copyright (c) 2004, 2005, Richard Boulton. Copyright (c) 2013, Yoshiki
//! > Shibukawa. Copyright (c) 2006-2025, Olly Betts. Serbian: copyright (c) Stefan Petkovic and Dragan Ivanovic. All
//! > rights reserved.
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

/// What the beginnings of words are spelt as in the other standard.
const SPELLINGS: &[(&str, &str)] = &[
    ("trguj", "trgov"),
    ("financ", "finans"),
    ("europ", "evrop"),
    ("opc", "opst"),
    ("uopc", "uopst"),
    ("saopc", "saopst"),
    ("iskorisc", "iskorist"),
    ("korisc", "korist"),
];

/// Stems with keys that no rule gives.
const WHOLE: &[(&str, &str)] = &[
    ("dec", "det"),
    ("decij", "det"),
    ("decj", "det"),
    ("detet", "det"),
    ("otac", "oc"),
    ("posao", "posl"),
    ("trgovack", "trgov"),
    ("trgovk", "trgov"),
];

/// Stems that look as if they had suffixes.
const KEPT: &[&str] =
    &["kanal", "kazn", "kredit", "nalog", "organ", "prednost", "profit", "radost", "roman", "savet", "trgov", "zastit"];

/// What follows a stem of those.
const ENDINGS: &[&str] = &[
    "a", "e", "i", "o", "u", "om", "em", "og", "oj", "im", "ih", "io", "ima", "ama", "oga", "omu", "ome", "iti", "ila",
    "ilo", "ili", "ite", "imo",
];

/// Verbs in `-jeti`, `-eti`.
const VERBS: &[&str] = &["vid", "ziv", "zel", "vol", "trp", "usp", "dosp", "razum", "sed", "gor", "let", "vred"];

/// By the last letter: suffixes to cut where three letters and a syllable stay, and suffixes to change first.
fn table(last: u8) -> (&'static [&'static str], &'static [Change]) {
    match last {
        b'a' => (&["ala", "ila", "a"], &[("nula", "n", 2)]),
        b'c' => (&[], &[("ioc", "ilc", 2), ("aoc", "alc", 1)]),
        b'e' => (
            &["ajte", "ujte", "ijte", "jete", "ite", "ale", "ile", "e"],
            &[("nete", "n", 3), ("zete", "z", 2), ("ate", "", 4)],
        ),
        b'g' => (&["og", "eg"], &[]),
        b'h' => (&["ih"], &[]),
        b'i' => (
            &["ajuci", "ujuci", "avsi", "ivsi", "ati", "iti", "ali", "ili", "i"],
            &[("nuti", "n", 2), ("lozi", "log", 1)],
        ),
        b'j' => (
            &["acij", "anj", "enj", "oj", "uj", "aj"],
            &[("vlj", "v", 2), ("blj", "b", 2), ("mlj", "m", 2), ("plj", "p", 2)],
        ),
        b'k' => (&[], &[("ijsk", "ij", 3), ("tk", "k", 3), ("dk", "k", 3), ("zk", "sk", 2)]),
        b'l' => (&[], &[("nul", "n", 3), ("al", "", 5), ("il", "", 4)]),
        b'm' => (&["om", "em", "im", "am"], &[("izam", "izm", 2)]),
        b'n' => (
            &["en"],
            &[
                ("vlen", "v", 2),
                ("blen", "b", 2),
                ("mlen", "m", 2),
                ("plen", "p", 2),
                ("anin", "an", 3),
                ("ovin", "ov", 2),
            ],
        ),
        b'o' => (&["ajmo", "ujmo", "alo", "ilo", "o"], &[("nuo", "n", 2)]),
        b'r' => (&[], &[("ator", "", 4), ("ir", "", 5)]),
        b's' => (&["ujes", "ajes"], &[("is", "", 5)]),
        b't' => (
            &[],
            &[
                ("ost", "", 5),
                ("anat", "ant", 2),
                ("enat", "ent", 2),
                ("ekat", "ekt", 1),
                ("nut", "n", 3),
                ("at", "", 4),
            ],
        ),
        b'u' => (&["u"], &[("oscu", "", 5)]),
        b'v' => (&["ov", "ev"], &[("iv", "", 4)]),
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

fn is_consonant(letter: u8) -> bool {
    letter.is_ascii_lowercase() && !is_vowel(letter)
}

/// Whether there is a vowel, or an `r` inside that may stand for one: `zrtv`.
fn has_syllable(letters: &[u8]) -> bool {
    letters.iter().any(|letter| is_vowel(*letter)) || letters.windows(3).any(|three| three.get(1) == Some(&b'r'))
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
    for (from, to) in SPELLINGS {
        if letters.starts_with(from.as_bytes()) {
            stem.replace(0, from.len(), to);
            return true;
        }
    }
    letters.len() > 3
        && (ekavian(stem) || suffix(stem) || of_verb(stem) || of_adjective(stem) || fleeting(stem) || sibilant(stem))
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

/// `mjest`, `vrijem`: `mest`, `vrem`.
fn ekavian(stem: &mut Stem) -> bool {
    if is_vowel(stem.back(0)) {
        return false;
    }
    for (start, three) in stem.letters().windows(3).enumerate() {
        let [before, b'j', b'e'] = *three else { continue };
        let Some(after) = stem.letters().get(start + 3).copied().filter(|after| is_consonant(*after)) else { continue };
        if before == b'i' {
            let first = start.checked_sub(1).and_then(|at| stem.letters().get(at)).copied().unwrap_or(0);
            if is_consonant(first) {
                stem.replace(start, 2, "");
                return true;
            }
            continue;
        }
        // -em is an ending, and after lj, nj -ev, -eg too.
        let last = start + 4 == stem.length;
        let ending = last && (after == b'm' || matches!(after, b'v' | b'g') && matches!(before, b'l' | b'n'));
        if is_consonant(before) && !ending {
            stem.replace(start + 1, 1, "");
            return true;
        }
    }
    false
}

/// `videt`, `razumel`: `vid`, `razum`.
fn of_verb(stem: &mut Stem) -> bool {
    let letters = stem.letters();
    let Some(root) = letters.strip_suffix(b"et").or_else(|| letters.strip_suffix(b"el")) else { return false };
    let known = VERBS.iter().any(|verb| root.ends_with(verb.as_bytes()));
    if known {
        stem.length = root.len();
    }
    known
}

/// `radn`, `vaznij`: `rad`, `vaz`.
fn of_adjective(stem: &mut Stem) -> bool {
    let letters = stem.letters();
    let root = match letters {
        [root @ .., b'n', b'i', b'j'] if root.len() > 2 && root.last().copied().is_some_and(is_consonant) => root,
        [root @ .., b'n'] if root.last().copied().is_some_and(is_consonant) => root,
        _ => return false,
    };
    let cut = has_syllable(root);
    if cut {
        stem.length = root.len();
    }
    cut
}

/// `momak`, `zemalj`: `momk`, `zemlj`.
fn fleeting(stem: &mut Stem) -> bool {
    let two = stem.back(0) == b'j' && matches!(stem.back(1), b'l' | b'n');
    let place = if two { 2 } else { 1 };
    let around = is_consonant(stem.back(0)) && is_consonant(stem.back(place + 1));
    if stem.back(place) != b'a' || !around {
        return false;
    }
    let at = stem.length - place - 1;
    let head = stem.letters().get(..at).unwrap_or_default();
    let flees = head.iter().any(|letter| is_vowel(*letter)) || stem.length > 4 && head.contains(&b'r');
    if flees {
        stem.replace(at, 1, "");
    }
    flees
}

/// `momc`, `uspeh`: `momk`, `uspes`.
fn sibilant(stem: &mut Stem) -> bool {
    let text = match stem.back(0) {
        b'c' => "k",
        b'g' => "z",
        b'h' => "s",
        _ => return false,
    };
    stem.replace(stem.length - 1, 1, text);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of folded forms that meet.
    const TOGETHER: &str = "\
        zrtva zrtve zrtvi zrtvu zrtvom zrtava zrtvama | dijete dete djeteta deteta djetetu djetetom detetom djeca deca \
        djece djeci djecu djecom djecji decji djecije | trgovina trgovine trgovini trgovinu trgovinom trgovanje \
        trgovanja trgovanju trgovanjem trgovati trguje trgovac trgovci trgovaca trgovacki | prosjacenje prosjacenja \
        prosjacenju prosjacenjem prosjaciti prosjaci prosjak prosjaka | eksploatacija eksploatacije eksploataciji \
        eksploataciju eksploatacijom eksploatisati eksploatirati eksploatator eksploatisanje | rad rada radu radom \
        radna radne radnu radnoj radni radnog radim raditi radila radio | prisilni prisilnog prisilna prisilno \
        prisilnom prisilnih prisilan prisilnim prisila prisile prisilu | identifikacija identifikacije identifikaciji \
        identifikaciju identifikacijom identifikovati identificirati identifikovane identificirane identifikovanje \
        identificiranje | policija policije policiji policiju policijom policijski policijska policijskog | drzava \
        drzave drzavi drzavu drzavom drzavama | upucivanje upucivanja upucivanju upucivanjem upucivati upucuje | \
        zastita zastite zastiti zastitu zastitom zastititi zastitni zastitne | zakon zakona zakonu zakonom zakoni \
        zakonima | ljudi ljudima ljude | preporuka preporuke preporuci preporuku preporukom preporukama preporuciti | \
        udomitelj udomitelja udomitelju udomiteljem udomitelji udomiteljima | socijalni socijalna socijalnog socijalne \
        socijalnu socijalnoj socijalnom | maloljetnik maloletnik maloljetnika maloljetnici maloletnici maloletnicima \
        maloljetnike | maloljetan maloletan maloljetna maloletni maloletnih | ulica ulici ulicu ulice ulicom ulicama | \
        skola skole skoli skolu skolom skolama | granica granice granici granicu granicom granicama | migrant migranti \
        migranata migrantima migranta migrante | migracija migracije migraciji migraciju migracijom migracijama | \
        financiranje finansiranje financiranja finansirati financirati | financijski finansijski | bosna bosne bosni \
        bosnu bosnom | hercegovina hercegovine hercegovini hercegovinu hercegovinom | albanija albanije albaniji \
        albaniju albanijom | moldavija moldavije moldaviji moldaviju | srbija srbije srbiji srbiju srbijom | hrvatska \
        hrvatske hrvatskoj hrvatsku hrvatskom | mjesto mesto mjesta mestu mjestom mestima | vrijeme vreme vremena \
        vremenu vremenom | vijest vest vijesti vesti vijestima | zahtjev zahtev zahtjeva zahtevi zahtjevima | ocjena \
        ocena ocjene oceni | sljedeci sledeci sljedeceg sledecih | rjesenje resenje rjesenja resenjem rijesiti resiti \
        | mjera mera mjere merama mjerama | uspjeh uspeh uspjesi uspesi uspjeha uspehom | primjer primer primjeri \
        primerima | bezbjednost bezbednost bezbjednosti bezbednoscu bezbjedan bezbedna | razumijevanje razumevanje \
        razumijevanja | zlonamjeran zlonameran zlonamjerna zlonamerni | prijevoz prevoz prijevoza | objekat objekt \
        objekta objekti objekata | projekat projekt projekta projekti projekata | sigurnost sigurnosti sigurnoscu | \
        organizovati organizirati organizacija organizovanje organiziranje organizator organizacije organiziran \
        organizovan | regrutovanje regrutiranje regrutacija regrut | opsti opci opceg opsteg opsta | opcina opstina | \
        vlast vlasti vlastima | sestra sestara sestre sestrama | momak momci momka momcima | jezik jezici jezika \
        jezicima | prijedlog prijedlozi prijedloga predlog predlozi | porodica porodice porodici porodicom | dokument \
        dokumenti dokumenata dokumentima | drustvo drustva drustava drustvom | ministarstvo ministarstva ministarstava \
        | djevojka devojka djevojke djevojci djevojaka | centar centra centri centrima centara | ministar ministra \
        ministri | savjet savet savjeti savetom savjetovanje savetovati | vjera vera | europa evropa europe evropi | \
        europski evropski | obavijest obavest | gradjanin gradjanina | gradjani gradjana gradjanima | dogadjaj \
        dogadjaji dogadjaja dogadjajem | slucaj slucaja slucaju slucajevi slucajeva | izvjestaj izvestaj izvjestaju \
        izvestaji | podatak podatka podaci podatke podataka | postupak postupka postupci postupku postupaka | tuzilac \
        tuzioca tuzioci | sudija sudije sudiju | sud suda sudu sudovi sudova | djelo delo djela delima | krivicni \
        krivicnog krivicna | prijaviti prijava prijave prijavu prijavite | pomoc pomoci | telefon telefona telefonom | \
        broj broja brojevi brojeva | radnik radnici radnika radnice radnica | nasilje nasilja nasilju nasiljem | brak \
        braka braku brakovi | ugovoren ugovoreni | granicni granicnog granicna | zlostavljanje zlostavljanja \
        zlostavljati | osoba osobe osobi osobama | lice lica licu licima | lijep lep lijepa lepo | covjek covek \
        covjeka coveku | djecak decak djecaci decaka | nedjelja nedelja nedjelje | ljekar lekar ljekara lekari | \
        prijatelj prijatelja prijateljem prijatelji | zena zene zeni zenama zenu | muskarac muskarca muskarci \
        muskaraca | kuca kuce kuci kucom | noc noci | program programa programi programima | problem problema problemi \
        problemima | kriminal kriminala kriminalom | telo tijelo tijela telu tela tijelima | voda vode vodi vodu vodom \
        | grad grada gradu gradom gradovi gradova gradovima | radnja radnje radnji radnju radnjom | pravo prava pravu \
        pravom pravima | pravni pravna pravnog pravne pravnoj | pravda pravde pravdi pravdu | majka majke majci majku \
        majkom | brat brata bratu bratom | knjiga knjige knjizi knjigu knjigom | usluga usluge usluzi uslugu uslugama \
        | podrska podrske podrsci podrsku podrskom | pomocnik pomocnika pomocnici | ustanova ustanove ustanovi \
        ustanovu ustanovama | odluka odluke odluci odluku odlukom | postupanje postupanja postupanju | izvor izvora \
        izvori izvorima | istraga istrage istrazi istragu istragom | tuzba tuzbe tuzbi tuzbu | krivica krivice krivici \
        | kazna kazne kazni kaznu kaznom kaznama | zatvor zatvora zatvoru zatvorom | novac novca novcu novcem | posao \
        posla poslu poslom poslovi poslova | ugovor ugovora ugovoru ugovorom ugovori | poslodavac poslodavca \
        poslodavci poslodavaca | stranac stranca stranci stranaca | izbjeglica izbeglica izbjeglice izbeglice | \
        granicni granicna granicnih | sloboda slobode slobodi slobodu | opasnost opasnosti opasnoscu opasan opasna \
        opasno | primijeniti primeniti primijenjen primenjen | savjetnik savetnik savjetnici savetnika | sjever sever \
        sjevera | djecji decji djecjeg decje djecja | djecije decije | prijetnja pretnja prijetnje pretnje | ropstvo \
        ropstva ropstvu ropstvom | skloniste sklonista sklonistu | crna crne crnoj crnu | kosovo kosova kosovu | \
        romski romska romske romskih | voditelj voditelja voditeljem | uvjet uvjeta uvjeti uvjetima | lijecnik lecnik \
        lijecnici | obrazovanje obrazovanja obrazovanju obrazovni | skolski skolska skolskog | citati citam citao \
        citala citanje | vidjeti videti vidjela videla vidio video vidim | zivjeti ziveti zivjela zivela zivio zivim | \
        razumjeti razumeti razumio razumjela | traziti trazio trazila trazim trazenje \
        ";

    /// Pairs of words that stay apart.
    const APART: &str = "\
        rad radost | kazna kaze | trg trgovina | rom roman | romi romani | organ organizacija | policija politika | \
        drzava drzati | granica grana | sud sudar | skola skala | zrtva zetva | pravo prvi | uspjeh uspon | osoba \
        osobina | ulica ulaz | kuca kuka | rijec rijeka | migrant migracija | majka majstor | dijete djed | zakon \
        zakasnjenje | vrijeme vjera | jezik jezero | zastita zastava | zdravlje zdravica | sestra sest | dokument \
        dokumentarni | prijava pravo | novac novi | radnik radnja | socijalni socijalizam | prosjak prosjek | brak \
        brat | voda vodja | lice lijek | nasilje nas | momak moc \
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
        for word in ["", "a", "žrtvama", "2024a", "жртвама", "한국", "e\u{301}", "-", "rad"] {
            assert_eq!(stem(word), word);
        }
        assert_eq!(stem(&"ovati".repeat(9)).len(), 45, "too long for a word");
    }

    #[test]
    fn cutting_allocates_nothing() {
        assert!(matches!(stem("zakonima"), Cow::Borrowed("zakon")));
    }
}
