//! Documents put together from real sentences, and queries from real queries.

use crate::Failed;
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

/// Sets, each with the language of its documents.
const SETS: [(&str, &str); 7] = [
    ("ir-cranfield", "en"),
    ("ir-medline", "en"),
    ("ir-usc-trafficking", "en"),
    ("ir-ntrex-ron", "ro"),
    ("ir-ntrex-sqi", "sq"),
    ("ir-ntrex-srpLatn", "bs"),
    ("ir-ntrex-srpCyrl", "sr"),
];
const COUNTRIES: [&str; 6] = ["AL", "BA", "MD", "RS", "MK", "XK"];
const THEMES: [&str; 8] =
    ["identification", "referral", "protection", "child-protection", "begging", "funding", "training", "indicators"];
/// Sentences of one document.
const SENTENCES: usize = 8;

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    text: String,
}

/// What documents and queries are made of.
pub(crate) struct Made {
    /// By language.
    sentences: Vec<(&'static str, Vec<String>)>,
    queries: Vec<String>,
}

/// One document.
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) language: &'static str,
    pub(crate) country: &'static str,
    pub(crate) theme: &'static str,
}

/// Numbers without a pattern, the same in every run (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap_or_default()
    }
}

impl Made {
    pub(crate) fn read(data: &Path) -> Result<Option<Self>, Failed> {
        let mut made = Self { sentences: Vec::new(), queries: Vec::new() };
        for (set, language) in SETS {
            let folder = data.join(set);
            if !folder.exists() {
                return Ok(None);
            }
            let mut text = String::new();
            let plain = folder.join("docs.jsonl");
            if plain.exists() {
                File::open(plain)?.read_to_string(&mut text)?;
            } else {
                GzDecoder::new(File::open(folder.join("docs.jsonl.gz"))?).read_to_string(&mut text)?;
            }
            let mut sentences = Vec::new();
            for line in text.lines() {
                let line: Line = serde_json::from_str(line)?;
                let ends = line.text.split_inclusive([' ', '\n']).fold(vec![String::new()], |mut all, word| {
                    let ended = all.last().is_some_and(|last| last.len() > 40 && last.trim_end().ends_with('.'));
                    if ended {
                        all.push(String::new());
                    }
                    if let Some(last) = all.last_mut() {
                        last.push_str(word);
                    }
                    all
                });
                sentences.extend(ends.into_iter().map(|sentence| sentence.trim().to_owned()));
            }
            sentences.retain(|sentence| sentence.len() > 20);
            made.sentences.push((language, sentences));
            for line in fs::read_to_string(folder.join("queries.jsonl"))?.lines() {
                made.queries.push(serde_json::from_str::<Line>(line)?.text);
            }
        }
        Ok(Some(made))
    }

    pub(crate) fn documents(&self, count: usize) -> Vec<Document> {
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        let mut documents = Vec::with_capacity(count);
        for _ in 0..count {
            let (language, sentences) = &self.sentences[chance.below(self.sentences.len())];
            let mut sentence = || sentences[chance.below(sentences.len())].clone();
            let title = sentence().split_whitespace().take(9).collect::<Vec<_>>().join(" ");
            let text = (0..SENTENCES).map(|_| sentence()).collect::<Vec<_>>().join(" ");
            documents.push(Document {
                title: title.chars().take(150).collect(),
                text,
                language,
                country: COUNTRIES[chance.below(COUNTRIES.len())],
                theme: THEMES[chance.below(THEMES.len())],
            });
        }
        documents
    }

    /// The first one to four words of real queries: what people type.
    pub(crate) fn queries(&self, count: usize) -> Vec<String> {
        let mut chance = Chance(0x2545_f491_4f6c_dd1d);
        let query = |_| {
            let query = &self.queries[chance.below(self.queries.len())];
            let words = language::words(query).map(|word| &query[word.start..word.end]);
            let words: Vec<&str> = words.filter(|word| word.chars().count() > 3).collect();
            let from = chance.below(words.len().saturating_sub(1));
            words[from.min(words.len())..].iter().take(1 + chance.below(4)).copied().collect::<Vec<_>>().join(" ")
        };
        (0..count).map(query).collect()
    }

    /// One that comes after all others.
    pub(crate) fn late(&self) -> Document {
        Document {
            title: "Late".to_owned(),
            text: "zzlatezz".to_owned(),
            language: "en",
            country: COUNTRIES[0],
            theme: THEMES[0],
        }
    }
}

/// Documents as the materials of a seminar, for everybody.
pub(crate) fn write(folder: &Path, number: usize, documents: &[Document]) -> Result<(), Failed> {
    write_for("public", folder, number, documents)
}

/// The same, for whom one says.
pub(crate) fn write_for(who: &str, folder: &Path, number: usize, documents: &[Document]) -> Result<(), Failed> {
    let materials = folder.join("materials");
    fs::create_dir_all(&materials)?;
    let year = 2001 + number % 20;
    fs::write(
        folder.join("seminar.md"),
        format!(
            "+++\ntitle = \"Made {number}\"\nstarts = {year}-12-05\nends = {year}-12-07\ntime_zone = \"Europe/Tirane\"\n\
             status = \"open\"\nvisibility = \"{who}\"\nlanguage = \"en\"\n+++\n"
        ),
    )?;
    for (at, document) in documents.iter().enumerate() {
        let Document { title, text, language, country, theme } = document;
        let title = serde_json::to_string(title)?;
        // Nothing in it is markup.
        let text: String = text
            .chars()
            .flat_map(|letter| letter.is_ascii_punctuation().then_some('\\').into_iter().chain([letter]))
            .collect();
        let front = format!(
            "+++\ntitle = {title}\nlanguage = \"{language}\"\ncountries = [\"{country}\"]\nthemes = [\"{theme}\"]\n+++\n"
        );
        fs::write(materials.join(format!("d{at}.md")), format!("{front}{text}\n"))?;
    }
    Ok(())
}

/// Bytes of the files in a folder.
pub(crate) fn size(folder: &Path) -> Result<u64, Failed> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}
