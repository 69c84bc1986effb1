//! Words that stand near each other count more than the same words far apart, and the most where they are a whole title.

use super::{
    generation::{Generation, Part},
    scan::Match,
    terms::Called,
    wanted::{ANALYSERS, Word},
    weights,
};
use tantivy::{
    DocId, DocSet, InvertedIndexReader, Term,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

/// Words of a query of which nearness is looked at: those of a long one are near each other in any text.
const WORDS_MOST: usize = 12;

/// What the nearness of words adds to each of some documents of one segment, which are in order.
///
/// Of each two words that follow each other in the query, the nearest two places in a text; what it
/// counts falls with their distance, beyond the one they have in the query.
pub(crate) fn near(
    generation: &Generation,
    part: &Part,
    words: &[Word],
    worth: &[[f32; ANALYSERS]],
    documents: &[Match],
) -> tantivy::Result<Vec<f32>> {
    let mut added = vec![0.0; documents.len()];
    if words.len() < 2 {
        return Ok(added);
    }
    let words = words.get(..WORDS_MOST).unwrap_or(words);
    for (field, counts) in generation.fields.worded.iter().zip(weights::NEAR) {
        if counts == 0.0 {
            continue;
        }
        let reader = part.segment.inverted_index(field.keys)?;
        let mut postings: Vec<[Option<SegmentPostings>; ANALYSERS]> = Vec::new();
        for word in words {
            let mut of_word = [const { None }; ANALYSERS];
            for (place, key) in of_word.iter_mut().zip(&word.keys) {
                let term = Term::from_field_text(field.keys, key);
                *place = reader.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?;
            }
            postings.push(of_word);
        }
        for (found, added) in documents.iter().zip(&mut added) {
            let analyser = part.facts.analyser(found.document).min(ANALYSERS - 1);
            let mut last: Option<(usize, Vec<u32>)> = None;
            for (at, (word, of_word)) in words.iter().zip(&mut postings).enumerate() {
                if word.function[analyser] {
                    continue;
                }
                let places = of_word[analyser].as_mut().map(|postings| places(postings, found.document));
                let Some(places) = places.filter(|places| !places.is_empty()) else { continue };
                if let Some((before, earlier)) = last.take() {
                    let apart = u32::try_from(at - before).unwrap_or(1);
                    let distance = distance(&earlier, &places, apart);
                    let both = f32::min(worth[at][analyser], worth[before][analyser]);
                    *added += counts * both / (1.0 + distance as f32);
                }
                last = Some((at, places));
            }
        }
    }
    Ok(added)
}

/// What is added to each of some documents of one segment, which are in order, that are called what was typed, no more
/// and no less: who types `begging` means that, and not `Forced begging`. Half where it was typed in another form, since
/// `trafficking` is not `trafficker`, and less where the title goes on. `length`: how many words that is, with those that
/// are repeated; `called`: terms of the glossary that are, and whether in this form.
pub(crate) fn whole(
    generation: &Generation,
    part: &Part,
    words: &[Word],
    worth: &[[f32; ANALYSERS]],
    length: usize,
    called: &[Called],
    documents: &[Match],
) -> tantivy::Result<Vec<f32>> {
    let mut added = vec![0.0; documents.len()];
    let [title, ..] = &generation.fields.worded;
    let Ok(lengths) = part.segment.get_fieldnorms_reader(title.exact) else { return Ok(added) };
    let longer = |found: &Match| (lengths.fieldnorm(found.document) as usize).checked_sub(length);
    let is_long = |found: &Match| longer(found).is_some();
    let called = |found: &Match| {
        let called = called.iter().filter(|called| (called.part, called.document) == (found.part, found.document));
        called.map(|called| if called.exact { 1.0 } else { 0.5 }).fold(0.0, f32::max)
    };
    let (keys, exact) = (part.segment.inverted_index(title.keys)?, part.segment.inverted_index(title.exact)?);
    let mut titled = vec![1.0_f32; if documents.iter().any(is_long) { documents.len() } else { 0 }];
    for word in if titled.is_empty() { &[] } else { words } {
        let open = |reader: &InvertedIndexReader, field, term: &str| {
            reader.read_postings(&Term::from_field_text(field, term), IndexRecordOption::Basic)
        };
        let mut typed = open(&exact, title.exact, &word.exact)?;
        let mut forms = Vec::new();
        for (analyser, key) in word.keys.iter().enumerate().filter(|(analyser, _)| word.home[*analyser]) {
            forms.extend(open(&keys, title.keys, key)?.map(|postings| (Some(analyser), postings)));
        }
        for (name, _) in &word.names {
            forms.extend(open(&keys, title.keys, name)?.map(|postings| (None, postings)));
        }
        for (found, titled) in documents.iter().zip(&mut titled).filter(|(found, _)| is_long(found)) {
            let own = part.facts.analyser(found.document);
            let mut of_own = forms.iter_mut().filter(|(analyser, _)| analyser.is_none_or(|analyser| analyser == own));
            if typed.as_mut().is_some_and(|postings| has(postings, found.document)) {
                continue;
            }
            *titled = if of_own.any(|(_, form)| has(form, found.document)) { titled.min(0.5) } else { 0.0 };
        }
    }
    let mut first = match words.first().filter(|_| !titled.is_empty()) {
        Some(first) => {
            let term = Term::from_field_text(title.exact, &first.exact);
            exact.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?
        }
        None => None,
    };
    for (at, (found, added)) in documents.iter().zip(&mut added).enumerate() {
        let titled = match (titled.get(at), longer(found)) {
            (Some(titled), Some(0)) => *titled,
            (Some(titled), Some(_)) if *titled > 0.0 => {
                let begins = first.as_mut().is_some_and(|first| places(first, found.document).first() == Some(&0));
                if begins { weights::BEGUN * titled } else { 0.0 }
            }
            _ => 0.0,
        };
        let analyser = part.facts.analyser(found.document).min(ANALYSERS - 1);
        *added =
            weights::WHOLE * f32::max(titled, called(found)) * worth.iter().map(|worth| worth[analyser]).sum::<f32>();
    }
    Ok(added)
}

/// Whether a list that is gone through in order has a document.
pub(crate) fn has(postings: &mut SegmentPostings, document: DocId) -> bool {
    let at = postings.doc();
    at == document || at < document && postings.seek(document) == document
}

fn places(postings: &mut SegmentPostings, document: DocId) -> Vec<u32> {
    let mut places = Vec::new();
    if has(postings, document) {
        postings.positions(&mut places);
    }
    places
}

/// How much farther the nearest two places are from each other than `apart`, both in order; those in the wrong order
/// are one farther.
fn distance(earlier: &[u32], later: &[u32], apart: u32) -> u32 {
    let mut nearest = u32::MAX;
    let mut from = 0;
    for place in later {
        while earlier.get(from + 1).is_some_and(|next| next < place) {
            from += 1;
        }
        for other in earlier.get(from..).unwrap_or_default().iter().take(2) {
            let far = if other < place { (place - other).abs_diff(apart) } else { other - place + apart };
            nearest = nearest.min(far);
        }
    }
    nearest.min(1 << 20)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_nearest_two_places_are_taken_and_order_matters() {
        assert_eq!(distance(&[0], &[1], 1), 0, "next to each other");
        assert_eq!(distance(&[1], &[0], 1), 2, "the other way round");
        assert_eq!(distance(&[0, 50, 90], &[20, 53], 1), 2);
        assert_eq!(distance(&[0], &[2], 2), 0, "with a word between them, as in the query");
        assert_eq!(distance(&[0], &[9_000_000], 1), 1 << 20);
    }
}
