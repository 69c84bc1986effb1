//! What the index has of each word of a query.

use super::{
    facts::Seen,
    generation::Generation,
    near::has,
    schema::Worded,
    wanted::{ANALYSERS, Word},
    weights,
};
use language::Analyser;
use std::sync::Arc;
use tantivy::{
    InvertedIndexReader, Term,
    postings::TermInfo,
    schema::{Field, IndexRecordOption},
};

/// Words that begin with what was typed and are looked for, in each field: the most frequent.
const BEGIN_MOST: usize = 64;
/// What is typed and no shorter may be the beginning of a word even if it is one.
const BEGINS_LEAST: usize = 4;
/// The fields that may have keys of names: titles and names.
const NAME_FIELDS: [usize; 2] = [0, 2];
/// Documents that are asked in which language a word is at home, in each field of a segment.
const ASKED_MOST: usize = 4096;

/// Where the documents stand that have a term in a field, and what it counts there.
pub(crate) struct List {
    pub(crate) info: TermInfo,
    pub(crate) reader: Arc<InvertedIndexReader>,
    pub(crate) field: usize,
    pub(crate) weight: f32,
    pub(crate) direct: bool,
    /// The analysers whose key of the word as it was typed it is, a bit for each; none: it is no key of it.
    analysers: u8,
}

/// What the index has of one word.
pub(crate) struct Lists {
    pub(crate) parts: Vec<Vec<List>>,
    /// In how many documents it stands, analyser by analyser.
    pub(crate) frequencies: [u32; ANALYSERS],
    /// Words that begin with it.
    pub(crate) begun: Vec<String>,
    /// In the languages of which analysers it stands as it was typed, where a viewer may see it; none: nowhere.
    pub(crate) stands: Option<[bool; ANALYSERS]>,
    /// It was looked for as a beginning too.
    pub(crate) open: bool,
}

/// Looks a word up in some of the fields. `typing`: it may not be finished yet.
pub(crate) fn look_up(
    generation: &Generation,
    seen: &[Seen<'_>],
    word: &Word,
    fields: &[usize],
    own: Analyser,
    typing: bool,
) -> tantivy::Result<Lists> {
    let mut lists = Lists {
        parts: Vec::with_capacity(generation.parts.len()),
        frequencies: [0; ANALYSERS],
        begun: Vec::new(),
        stands: None,
        open: false,
    };
    let mut written = Vec::new();
    for (at, part) in generation.parts.iter().enumerate() {
        for (field, worded) in worded(generation, fields) {
            let reader = part.segment.inverted_index(worded.exact)?;
            if let Some(info) = term(&reader, worded.exact, &word.exact)? {
                written.push(Written { at, field, reader, info });
            }
        }
    }
    lists.stands = at_home(generation, seen, word, &written)?;
    // What is short and stands somewhere is most often whole, and so is what stands for other words.
    let whole = lists.stands.is_some() || !word.typed.chars().any(char::is_lowercase);
    lists.open = word.open && (typing || !whole || word.exact.chars().count() >= BEGINS_LEAST);
    let mut frequencies = [[0_u32; ANALYSERS]; weights::FIELDS.len()];
    let mut beginnings = [0_u32; weights::FIELDS.len()];
    let mut meant_at = [[0_u32; ANALYSERS]; weights::FIELDS.len()];
    for part in &generation.parts {
        let mut of_part = Vec::new();
        for (field, worded) in worded(generation, fields) {
            let keys = part.segment.inverted_index(worded.keys)?;
            let exact = part.segment.inverted_index(worded.exact)?;
            let mut add = |reader: &Arc<InvertedIndexReader>, info, weight, direct, analysers| {
                of_part.push(List { info, reader: reader.clone(), field, weight, direct, analysers });
            };
            for (analyser, key) in word.keys.iter().enumerate() {
                if let Some(info) = term(&keys, worded.keys, key)? {
                    frequencies[field][analyser] += info.doc_freq;
                    add(&keys, info, 1.0, true, 1 << analyser);
                }
            }
            for (name, analysers) in word.names.iter().filter(|_| NAME_FIELDS.contains(&field)) {
                if let Some(info) = term(&keys, worded.keys, name)? {
                    // One that nothing has as it was typed may be a name in any language.
                    let analysers = if lists.stands.is_some() { *analysers } else { 0 };
                    add(&keys, info, weights::NAME, true, analysers);
                }
            }
            if lists.open {
                for (term, info) in beginning(&exact, &word.exact)? {
                    if !lists.begun.contains(&term) {
                        lists.begun.push(term);
                    }
                    beginnings[field] = beginnings[field].saturating_add(info.doc_freq);
                    add(&exact, info, weights::BEGINNING, true, 0);
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
                        add(&keys, info, counts, false, 0);
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
    for Written { at, field, reader, info } in written {
        if let Some(of_part) = lists.parts.get_mut(at) {
            of_part.push(List { info, reader, field, weight: weights::EXACT, direct: true, analysers: 0 });
        }
    }
    let trusted = word.trusted(lists.stands, own);
    for list in lists.parts.iter_mut().flatten() {
        if list.analysers != 0 && !is_any(list.analysers, &trusted) {
            list.weight = list.weight.min(weights::FOREIGN);
            list.direct = false;
        }
    }
    Ok(lists)
}

/// Whether any of some analysers, a bit for each, is one of those that are trusted.
pub(crate) fn is_any(analysers: u8, trusted: &[bool; ANALYSERS]) -> bool {
    trusted.iter().enumerate().any(|(analyser, trusted)| *trusted && analysers & 1 << analyser != 0)
}

/// Where a word stands as it was typed.
struct Written {
    at: usize,
    field: usize,
    reader: Arc<InvertedIndexReader>,
    info: TermInfo,
}

/// Some of the fields, with their places.
fn worded(generation: &Generation, fields: &[usize]) -> impl Iterator<Item = (usize, Worded)> {
    fields.iter().filter_map(|field| Some((*field, *generation.fields.worded.get(*field)?)))
}

/// In the languages of which analysers a word stands as it was typed: `policies` is English wherever English texts have
/// it and Albanian ones do not, though by Albanian endings it would be a form of `policia`. Asked are documents that the
/// viewer may see, and that have its key too: what stands in a quotation alone is none of the language around it.
fn at_home(
    generation: &Generation,
    seen: &[Seen<'_>],
    word: &Word,
    written: &[Written],
) -> tantivy::Result<Option<[bool; ANALYSERS]>> {
    let mut home = [false; ANALYSERS];
    for Written { at, field, reader, info } in written {
        let (Some(part), Some(seen)) = (generation.parts.get(*at), seen.get(*at)) else { continue };
        let Some(worded) = generation.fields.worded.get(*field) else { continue };
        let keys = part.segment.inverted_index(worded.keys)?;
        let mut keyed = [const { None }; ANALYSERS];
        for (keyed, key) in keyed.iter_mut().zip(&word.keys) {
            *keyed = keys.read_postings(&Term::from_field_text(worded.keys, key), IndexRecordOption::Basic)?;
        }
        let mut postings = reader.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut asked = 0;
        while postings.block_len() > 0 && asked < ASKED_MOST && home.contains(&false) {
            for document in postings.docs() {
                if seen.has(*document) && !part.segment.is_deleted(*document) {
                    asked += 1;
                    let analyser = part.facts.analyser(*document).min(ANALYSERS - 1);
                    home[analyser] =
                        home[analyser] || keyed[analyser].as_mut().is_some_and(|keys| has(keys, *document));
                }
            }
            postings.advance();
        }
    }
    Ok(home.contains(&true).then_some(home))
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
