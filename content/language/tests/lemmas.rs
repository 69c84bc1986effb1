//! How many forms of a word reach its key, and how many different words share one: on UniMorph's Albanian and Romanian
//! and on a Macedonian list of our own. Printed with `--nocapture`; held above what was reached.

use language::{Analyser, fold};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
    path::{Path, PathBuf},
};

/// Lemmas with their forms, folded.
type Lemmas = BTreeMap<String, BTreeSet<String>>;

/// The share of forms (other than their lemma) that reach its key, and of lemmas that share a key with another.
fn measured(name: &str, analyser: Analyser, lemmas: &Lemmas) -> (f64, f64) {
    let (mut reached, mut forms) = (0_u32, 0_u32);
    let mut keys: BTreeMap<String, u32> = BTreeMap::new();
    for (lemma, of_lemma) in lemmas {
        let key = analyser.stem(lemma);
        for form in of_lemma.iter().filter(|form| *form != lemma) {
            forms += 1;
            reached += u32::from(analyser.stem(form) == key);
        }
        *keys.entry(key.into_owned()).or_default() += 1;
    }
    let collide: u32 = keys.values().filter(|count| **count > 1).sum();
    let shares = (f64::from(reached) / f64::from(forms), f64::from(collide) / lemmas.len() as f64);
    eprintln!(
        "{name}: {forms} forms of {} lemmas: {:.1} % reach their lemma's key, {:.1} % of the lemmas collide",
        lemmas.len(),
        100.0 * shares.0,
        100.0 * shares.1
    );
    shares
}

/// The lemmas of a file of UniMorph: lemma, form, features. Of a form of several words the last is the one that inflects.
fn unimorph(language: &str) -> Option<Lemmas> {
    let root = std::env::var_os("PLENARY_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = root.join(format!("lemma-unimorph/{language}.tsv.gz"));
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzipped UTF-8");
    let mut lemmas = Lemmas::new();
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(lemma), Some(form)) = (columns.next(), columns.next()) else { continue };
        if !lemma.contains([' ', '-']) {
            let form = form.split_whitespace().next_back().unwrap_or_default();
            lemmas.entry(fold(lemma)).or_default().insert(fold(form));
        }
    }
    Some(lemmas)
}

#[test]
fn forms_of_albanian_reach_their_lemma() {
    let Some(lemmas) = unimorph("sqi") else { return };
    let (reached, collide) = measured("Albanian", Analyser::Albanian, &lemmas);
    assert!(reached > 0.83 && collide < 0.17, "{reached} {collide}");
}

#[test]
fn forms_of_romanian_reach_their_lemma() {
    let Some(lemmas) = unimorph("ron") else { return };
    let (reached, collide) = measured("Romanian", Analyser::Romanian, &lemmas);
    assert!(reached > 0.80 && collide < 0.24, "{reached} {collide}");
}

#[test]
fn forms_of_macedonian_reach_their_lemma() {
    let mut lemmas = Lemmas::new();
    for line in include_str!("macedonian-forms.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((head, forms)) = line.split_once(": ") else { continue };
        let lemma = head.split_whitespace().next_back().unwrap_or_default();
        lemmas.entry(fold(lemma)).or_default().extend(forms.split_whitespace().map(fold));
    }
    let (reached, collide) = measured("Macedonian", Analyser::Macedonian, &lemmas);
    assert!(lemmas.len() > 550 && reached > 0.85 && collide < 0.19, "{reached} {collide}");
}
