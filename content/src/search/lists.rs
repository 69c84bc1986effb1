//! What the index has of each word of a query.

use super::{
    facts::Seen,
    generation::Generation,
    wanted::{ANALYSERS, Word},
    weights,
};
use std::sync::Arc;
use tantivy::{
    InvertedIndexReader, Term,
    postings::TermInfo,
    schema::{Field, IndexRecordOption},
};

/// Words that begin with what was typed and are looked for, in each field: the most frequent.
const BEGIN_MOST: usize = 64;
/// Documents that are asked in which language a word is at home, in each field of a segment.
const ASKED_MOST: usize = 4096;

/// Where the documents stand that have a term in a field, and what it counts there.
pub(crate) struct List {
    pub(crate) info: TermInfo,
    pub(crate) reader: Arc<InvertedIndexReader>,
    pub(crate) field: usize,
    pub(crate) weight: f32,
    pub(crate) direct: bool,
    /// The place of the analyser whose key of the word as it was typed it is.
    analyser: Option<usize>,
}

/// What the index has of one word.
pub(crate) struct Lists {
    pub(crate) parts: Vec<Vec<List>>,
    /// In how many documents it stands, analyser by analyser.
    pub(crate) frequencies: [u32; ANALYSERS],
    /// Words that begin with it.
    pub(crate) begun: Vec<String>,
    /// Whether it may be a word of the languages of each analyser. See [`at_home`].
    pub(crate) home: [bool; ANALYSERS],
}

/// Looks a word up in some of the fields. `own` is the place of the reader's own analyser.
pub(crate) fn look_up(
    generation: &Generation,
    seen: &[Seen<'_>],
    word: &Word,
    fields: &[usize],
    own: usize,
) -> tantivy::Result<Lists> {
    let mut lists = Lists {
        parts: Vec::with_capacity(generation.parts.len()),
        frequencies: [0; ANALYSERS],
        begun: Vec::new(),
        home: [true; ANALYSERS],
    };
    let mut frequencies = [[0_u32; ANALYSERS]; weights::FIELDS.len()];
    let mut beginnings = [0_u32; weights::FIELDS.len()];
    let mut meant_at = [[0_u32; ANALYSERS]; weights::FIELDS.len()];
    let mut written = Vec::new();
    for part in &generation.parts {
        let mut of_part = Vec::new();
        let places = generation.fields.worded.iter().enumerate();
        for (field, worded) in places.filter(|(field, _)| fields.contains(field)) {
            let keys = part.segment.inverted_index(worded.keys)?;
            let exact = part.segment.inverted_index(worded.exact)?;
            let mut add = |reader: &Arc<InvertedIndexReader>, info, weight, direct, analyser| {
                of_part.push(List { info, reader: reader.clone(), field, weight, direct, analyser });
            };
            for (analyser, key) in word.keys.iter().enumerate() {
                if let Some(info) = term(&keys, worded.keys, key)? {
                    frequencies[field][analyser] += info.doc_freq;
                    add(&keys, info, 1.0, true, Some(analyser));
                }
            }
            if let Some(info) = term(&exact, worded.exact, &word.exact)? {
                written.push((lists.parts.len(), exact.clone(), info.clone()));
                add(&exact, info, weights::EXACT, true, None);
            }
            if word.open {
                for (term, info) in beginning(&exact, &word.exact)? {
                    if !lists.begun.contains(&term) {
                        lists.begun.push(term);
                    }
                    beginnings[field] = beginnings[field].saturating_add(info.doc_freq);
                    add(&exact, info, weights::BEGINNING, true, None);
                }
            }
            for meant in &word.meant {
                let counts = weights::MEANT.get(usize::from(meant.distance)).copied().unwrap_or_default();
                // Forms of one word have one key, and what counts is the likeliest.
                let first = |key: &&String| {
                    let before = word.meant.iter().take_while(|other| other.word != meant.word);
                    !word.keys.contains(key) && !before.into_iter().any(|other| other.keys.contains(key))
                };
                for (analyser, key) in meant.keys.iter().enumerate().filter(|(_, key)| first(key)) {
                    if let Some(info) = term(&keys, worded.keys, key)? {
                        meant_at[field][analyser] = meant_at[field][analyser].saturating_add(info.doc_freq);
                        add(&keys, info, counts, false, None);
                    }
                }
            }
        }
        lists.parts.push(of_part);
    }
    for (analyser, frequency) in lists.frequencies.iter_mut().enumerate() {
        *frequency = frequencies.iter().map(|field| field[analyser]).max().unwrap_or_default();
        if *frequency == 0 {
            // Nobody knows in which language a beginning goes on.
            let begin = beginnings.iter().copied().max().unwrap_or_default() as f32 * generation.share(analyser);
            let meant = meant_at.iter().map(|field| field[analyser]).max().unwrap_or_default();
            *frequency = meant.max(begin as u32);
        }
    }
    if lists.frequencies.iter().filter(|frequency| **frequency > 0).count() > 1 && !word.function.contains(&true) {
        lists.home = at_home(generation, seen, &written, own)?;
        for list in lists.parts.iter_mut().flatten() {
            if list.analyser.is_some_and(|analyser| !lists.home[analyser]) {
                list.weight = weights::FOREIGN;
                list.direct = false;
            }
        }
    }
    Ok(lists)
}

/// Whether a word may be one of the languages of each analyser: `policies` is English wherever English texts have it
/// and Albanian ones do not, though by Albanian endings it would be a form of `policia`, and `leg` is not `lege`, a law,
/// in Romanian. Readers may always mean their own language, and of a word that nothing has as it was typed nobody knows.
/// Asked are documents that the viewer may see.
fn at_home(
    generation: &Generation,
    seen: &[Seen<'_>],
    written: &[(usize, Arc<InvertedIndexReader>, TermInfo)],
    own: usize,
) -> tantivy::Result<[bool; ANALYSERS]> {
    let mut home = [false; ANALYSERS];
    for (at, reader, info) in written {
        let (Some(part), Some(seen)) = (generation.parts.get(*at), seen.get(*at)) else { continue };
        let mut postings = reader.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut asked = 0;
        while postings.block_len() > 0 && asked < ASKED_MOST && home.contains(&false) {
            for document in postings.docs() {
                if seen.has(*document) && !part.segment.is_deleted(*document) {
                    home[part.facts.analyser(*document).min(ANALYSERS - 1)] = true;
                }
            }
            asked += postings.block_len();
            postings.advance();
        }
    }
    if !home.contains(&true) {
        return Ok([true; ANALYSERS]);
    }
    if let Some(own) = home.get_mut(own) {
        *own = true;
    }
    Ok(home)
}

fn term(reader: &InvertedIndexReader, field: Field, term: &str) -> tantivy::Result<Option<TermInfo>> {
    Ok(reader.get_term_info(&Term::from_field_text(field, term))?)
}

/// The most frequent words that begin with `word` and go on.
fn beginning(reader: &InvertedIndexReader, word: &str) -> tantivy::Result<Vec<(String, TermInfo)>> {
    let after = format!("{word}{}", char::MAX);
    let mut stream = reader.terms().range().gt(word.as_bytes()).lt(after.as_bytes()).into_stream()?;
    let mut found = Vec::new();
    while let Some((term, info)) = stream.next() {
        found.push((String::from_utf8_lossy(term).into_owned(), info.clone()));
    }
    if found.len() > BEGIN_MOST {
        found.select_nth_unstable_by_key(BEGIN_MOST, |(_, info)| std::cmp::Reverse(info.doc_freq));
        found.truncate(BEGIN_MOST);
    }
    Ok(found)
}
