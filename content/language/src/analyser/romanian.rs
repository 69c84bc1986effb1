//! Keys of folded Romanian words: Snowball's Romanian stemmer (3.1.1), made for words without diacritics and moderate.
//!
//! Its regions and its steps, with the tables folded: articles, participles, verbs, vowels. Changed:
//!
//! - Suffixes that derive words stay: `-itate`, `-ic`, `-abil`, `-ist`, `-iv`, `-os`, `-ant`, `-ator` (`autoritate` met
//!   `autor`, `politic` met `politie`). So there is no step for compound ones.
//! - Step 0 has `-uri` and its articles, `-elui`, `-abile`, and `-oase`; `u` goes at the end as other vowels do.
//! - `-are`, of infinitives and of nouns made of them, goes after five letters, and so do `-ari` and `-ar`; `-ere`
//!   and `-ire` stay. The rare `-asi`, `-isi`, `-usi`, `-ati`, `-eti`, `-iti`, `-se` of verbs are not cut, for plurals
//!   of nouns look like that.
//! - Afterwards `oa`, `ea` before the last consonants are `o`, `e` (`scoala`, `scoli`), `z` is `d` at the end
//!   (`strazi`), `-ien` is `-ian`. Some irregular words have keys of their own (`KEYS`).
//! - All is repeated until nothing changes, so that a key is its own key. Three letters stay.
//!
//! Measured on `UniMorph`, its words folded, and on forms of another dictionary that occur in 123 articles: so many
//! forms have the key of their lemma, and so many lemmas share a key with another, mostly of their root.
//!
//! | | nouns | verbs | adjectives | all | share, of all | in the articles | share |
//! | --- | --- | --- | --- | --- | --- | --- | --- |
//! | Snowball | 69 % | 42 % | 77 % | 55 % | 22 % | 77 % | 37 % |
//! | this | 95 % | 74 % | 97 % | 84 % | 22 % | 91 % | 36 % |
//!
//! Known to meet: `fata` (girl) with `fata` (face), `contract` with `contracta`.
//!
//! Snowball's licence is in the file of the Serbian stemmer.

use super::suffixes::{LONGEST, Stem, Suffixes, is_vowel};
use std::borrow::Cow;
use std::sync::LazyLock;

/// So many letters stay at least.
const LEAST: usize = 3;

/// Snowball's step 0: articles and plurals, before each colon what stands in their place.
const ARTICLES: &str = "
    e: ea ele elor elui, abil: abile, ibil: ibile, os: oase oasa oasei oasele oaselor, ati: atia atie, a: aua, i: iua
    iile iei ii ilor iilor ile, at: atei, : ului ul uri urile urilor
";

/// Participles.
const STANDARD: &str = ": ata ita uta ate ite ute ati iti uti at it ut";

/// Suffixes of verbs, where none of those was cut.
const VERBAL: &str = "
    : ea ia esc asc ind and ase ise use este aste eze ai eai iai esti asti ui ezi asesi isesi usesi eati iati arati
    aserati iserati userati irati urati eam iam asem isem usem aram aseram iseram useram iram uram au eau iau indu andu
    ez easca ara asera isera usera ira ura eaza, after consonant or u: sesesi serati seserati am em sesem im seram
    seseram sera sesera, after five letters: are ari ar, never: oare oar
";

/// Keys, and the words and stems that go to each of them.
const KEYS: &str = "
    copil: copii copiii copile copiilor copilasi, fat: fet fete fetei fetele fetelor, om: oamen oameni oamenii
    oamenilor omen, numar: numer, tanar: tiner, viat: viet, deschid: deschis, inchid: inchis, recomand: recom, cersit:
    cers, masur: masura masuri masurii masurile masurilor, victim: vict, stati: statie statia statiei statii statiile
    statiilor, tare: tarele, limit: limita limite limitei limitele limitelor
";

struct Tables {
    articles: Suffixes,
    standard: Suffixes,
    verbal: Suffixes,
    keys: Suffixes,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let fill = |table: &'static str| {
        let mut suffixes = Suffixes::new();
        for (text, listed) in table.split(',').filter_map(|line| line.split_once(':')) {
            listed.split_whitespace().for_each(|suffix| suffixes.add("", suffix, text.trim()));
        }
        suffixes
    };
    let mut keys = fill(KEYS);
    for (key, _) in KEYS.split(',').filter_map(|line| line.split_once(':')) {
        keys.add("", key.trim(), key.trim());
    }
    Tables { articles: fill(ARTICLES), standard: fill(STANDARD), verbal: fill(VERBAL), keys }
});

/// The key under which the forms of a folded word meet. What is not all of `a` to `z` stays as it is.
///
/// A key has at least two letters where the word had, and is its own key.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if !(3..=LONGEST).contains(&word.len()) || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let tables = &*TABLES;
    let mut stem = Stem::of(word);
    loop {
        if let Some((0, key)) = tables.keys.longest(stem.letters(), 0) {
            return Cow::Borrowed(key);
        }
        if !(steps(&mut stem, tables) || sound(&mut stem)) {
            break;
        }
    }
    match word.get(..stem.length) {
        Some(part) if part == stem.text() => Cow::Borrowed(part),
        _ => Cow::Owned(stem.text().to_owned()),
    }
}
/// Snowball's steps, once. Whether they changed anything.
fn steps(stem: &mut Stem, tables: &Tables) -> bool {
    let before = stem.length;
    mark(stem);
    let [rv, r1, r2] = regions(stem.letters());
    let alter = |stem: &mut Stem, suffixes: &Suffixes, from: usize| {
        let Some((at, text)) = suffixes.longest(stem.letters(), from) else { return false };
        stem.replace(at, stem.length - at, text);
        true
    };
    alter(stem, &tables.articles, r1);
    if !alter(stem, &tables.standard, r2)
        && let Some((at, condition)) = tables.verbal.longest(stem.letters(), rv)
    {
        let last = stem.letters().get(rv..at).and_then(|rest| rest.last()).copied();
        let cut = match condition {
            "" => true,
            "after five letters" => at >= 5,
            "after consonant or u" => last.is_some_and(|last| !is_vowel(last) || last == b'u'),
            _ => false,
        };
        if cut {
            stem.length = at;
        }
    }
    if let [.., b'i', b'e' | b'u'] = stem.letters()
        && stem.length > rv + 1
    {
        stem.length -= 2;
    } else if let [.., b'a' | b'e' | b'i' | b'u'] = stem.letters()
        && stem.length > rv
    {
        stem.length -= 1;
    }
    stem.letters.make_ascii_lowercase();
    stem.length < before
}

/// Makes `u` and `i` between vowels capitals, as which they are no vowels.
fn mark(stem: &mut Stem) {
    let letters = stem.letters.get_mut(..stem.length).unwrap_or_default();
    let mut before = false;
    for at in 0..letters.len() {
        let after = letters.get(at + 1).copied().is_some_and(is_vowel);
        let Some(letter) = letters.get_mut(at) else { break };
        if before && after && matches!(letter, b'u' | b'i') {
            letter.make_ascii_uppercase();
        }
        before = is_vowel(*letter);
    }
}

/// Snowball's regions RV, R1 and R2.
fn regions(letters: &[u8]) -> [usize; 3] {
    let end = letters.len();
    let after = |from: usize, vowel: bool| {
        let rest = letters.get(from..).unwrap_or_default();
        rest.iter().position(|letter| is_vowel(*letter) == vowel).map(|at| from + at + 1)
    };
    let rv = match letters {
        [one, two, ..] if is_vowel(*one) || !is_vowel(*two) => after(2, !is_vowel(*two)),
        [_, _, _, ..] => Some(3),
        _ => None,
    };
    let next = |from: usize| after(from, true).and_then(|vowel| after(vowel, false));
    let r1 = next(0);
    let r2 = r1.and_then(next);
    [rv, r1, r2].map(|region| region.unwrap_or(end).max(LEAST))
}

/// `straz`, `scoal`, `pedeaps`: `strad`, `scol`, `pedeps`.
fn sound(stem: &mut Stem) -> bool {
    let letters = stem.letters();
    if let [_, _, .., b'z'] = letters {
        stem.replace(stem.length - 1, 1, "d");
        return true;
    }
    if letters.ends_with(b"ien") {
        stem.replace(stem.length - 2, 1, "a");
        return true;
    }
    let consonants = letters.iter().rev().take_while(|letter| !is_vowel(**letter)).count();
    let Some(a) = letters.len().checked_sub(consonants + 1).filter(|a| *a > 1 && (1..3).contains(&consonants)) else {
        return false;
    };
    let splits = matches!(letters.get(a - 1..=a), Some(b"oa" | b"ea"));
    if splits {
        stem.replace(a, 1, "");
    }
    splits
}

#[cfg(test)]
mod tests {
    use super::super::suffixes::checks;
    use super::*;

    /// Groups of folded forms that meet.
    const TOGETHER: &str = "\
        cersetorie cersetoriei cersetoria cersetori cersetor cersetorul cersetorilor cersetoare | cersi cersesc \
        cerseste cersit cersitul | victima victime victimei victimelor victimele | copil copii copilul copiii \
        copiilor copilului copile | trafic traficul traficului traficarea traficate traficat | traficanti traficant \
        traficantul traficantilor | persoana persoane persoanelor persoanei persoanele | munca muncii munci muncile | \
        exploatare exploatarii exploatarea exploatari exploatarilor exploatat exploatata | exploatator exploatatori | \
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
        frontiera frunte | consiliu consecinta | social soc | sexual sex | centru cent | stat statie | tara tare | \
        masa masura | politic politie | recomanda comun \
        ";

    #[test]
    fn forms_meet_and_other_words_stay_apart() {
        checks::meet(stem, TOGETHER);
        checks::stay_apart(stem, APART);
    }

    #[test]
    fn any_string_has_a_key_that_is_its_own_key() {
        let starts =
            ["", "k", "r", "ie", "oaz", "a", "tzci", "ulul", "ui", "ien", "aaaa", "abil", "cop", "ost", "recom"];
        let ends = ["", "a", "ele", "ilor", "oas", "z", "uri"];
        checks::own_keys(stem, &starts, &ends, &[TOGETHER, APART]);
        for word in ["", "a", "țară", "2024a", "жртвама", "한국", "e\u{301}", "-", "cal"] {
            assert_eq!(stem(word), word);
        }
        assert_eq!(stem(&"ovati".repeat(9)).len(), 45, "too long for a word");
    }

    #[test]
    fn cutting_allocates_nothing() {
        assert!(matches!(stem("statelor"), Cow::Borrowed("stat")));
    }
}
