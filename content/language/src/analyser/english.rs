//! English: Snowball's Porter2, British and American spellings as one, and the plurals that no rule makes.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// Words whose forms no rule brings together, or not those that belong together, with their key; in order.
const IRREGULAR: [(&str, &str); 22] = [
    ("children", "child"),
    ("childrens", "child"),
    ("feet", "foot"),
    ("found", "find"),
    ("geese", "goos"),
    ("held", "hold"),
    ("knives", "knife"),
    ("left", "leav"),
    ("lives", "life"),
    ("men", "man"),
    ("mens", "man"),
    ("mice", "mous"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("taught", "teach"),
    ("teeth", "tooth"),
    ("trafficker", "trafficker"),
    ("traffickers", "trafficker"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
    ("womens", "woman"),
];

/// British endings with the American ones that stand for them, the longest first. They also meet where a word is
/// written alike everywhere (`exercise`), which changes its key and nothing else.
const BRITISH: [(&str, &str); 12] = [
    ("isations", "izations"),
    ("isation", "ization"),
    ("ouring", "oring"),
    ("oured", "ored"),
    ("ising", "izing"),
    ("iser", "izer"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ence", "ense"),
    ("ours", "ors"),
    ("ise", "ize"),
    ("our", "or"),
];

/// Before a British ending stands at least this much of a word: `hour`, `four`, `rise` and `hence` are no British
/// spellings.
const BEFORE: usize = 3;

pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if let Ok(at) = IRREGULAR.binary_search_by_key(&word, |(form, _)| form) {
        return Cow::Borrowed(IRREGULAR[at].1);
    }
    let stemmer = Stemmer::create(Algorithm::English);
    let mut stem = Cow::Borrowed(word);
    // Porter2 cuts what it has cut once more (`univers` to `univer`); a key is what nothing is left to cut of.
    loop {
        let mut next = match american(&stem) {
            Some(american) => stemmer.stem(&american).into_owned(),
            None => stemmer.stem(&stem).into_owned(),
        };
        // What ends in `c` takes a `k` before its endings: `traffic`, `trafficking`.
        if next.len() > "quick".len() && next.ends_with("ick") {
            next.pop();
        }
        if *next == *stem {
            return stem;
        }
        stem = Cow::Owned(next);
    }
}

/// A British spelling as Americans have it.
fn american(word: &str) -> Option<String> {
    BRITISH.iter().find_map(|(british, american)| {
        let before = word.strip_suffix(british).filter(|before| before.len() >= BEFORE)?;
        Some(format!("{before}{american}"))
    })
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_meet() {
        for forms in [
            &["trafficking", "trafficked", "traffic", "traffics"][..],
            &["victim", "victims"],
            &["child", "children", "childrens"],
            &["woman", "women"],
            &["man", "men"],
            &["labour", "labor", "labours"],
            &["exploit", "exploits", "exploited", "exploiting"],
            &["exploitation", "exploitations", "exploitative"],
            &["identify", "identified", "identifies", "identifying"],
            &["identification", "identifications"],
            &["referral", "referrals"],
            &["refer", "refers", "referred", "referring"],
            &["organise", "organize", "organised", "organizing"],
            &["organisation", "organizations", "organization"],
            &["recognise", "recognized", "recognising"],
            &["behaviour", "behavior", "behaviours"],
            &["neighbouring", "neighboring"],
            &["defence", "defense"],
            &["licence", "license"],
            &["agency", "agencies"],
            &["policy", "policies"],
            &["beg", "begging", "begged", "begs"],
            &["interview", "interviews", "interviewed", "interviewing"],
            &["recommend", "recommended", "recommending"],
            &["recommendation", "recommendations"],
            &["protect", "protected", "protection", "protecting"],
            &["shelter", "shelters", "sheltered"],
            &["migrate", "migrated", "migrating"],
            &["border", "borders"],
            &["guardian", "guardians"],
            &["found", "find", "finding"],
            &["teeth", "tooth"],
        ] {
            let keys: Vec<_> = forms.iter().map(|form| stem(form)).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{forms:?}: {keys:?}");
        }
    }

    #[test]
    fn other_words_do_not() {
        for pair in [
            ["police", "policy"],
            ["hour", "four"],
            ["our", "or"],
            ["rise", "rice"],
            ["state", "station"],
            ["border", "board"],
            ["right", "rite"],
            ["law", "lawn"],
            ["child", "chill"],
            ["hence", "hen"],
        ] {
            assert_ne!(stem(pair[0]), stem(pair[1]), "{pair:?}");
        }
        for word in ["", "covid19", "σοφια", "žrtva"] {
            assert_eq!(stem(word), word);
        }
    }
}
