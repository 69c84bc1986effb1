//! Words into a query.

use super::{asked::Asked, schema::Fields};
use crate::gate::Viewer;
use std::ops::Bound;
use tantivy::{
    Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, InvertedIndexRangeQuery,
        Occur, Query, TermQuery, TermSetQuery,
    },
    schema::{Field, IndexRecordOption},
};

/// Words of a query that are looked for; a query of more is a text, and its first words say what it is about.
const WORDS_MOST: usize = 24;
/// The shortest beginning of a word that is looked for as one, in letters.
const PREFIX_LEAST: usize = 2;

/// A query's words, folded, each once. The last one may be the beginning of a word, unless a space follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) whole: Vec<String>,
    pub(crate) beginning: Option<String>,
}

impl Words {
    pub(crate) fn of(query: &str) -> Self {
        let mut whole: Vec<String> = Vec::new();
        let mut last = None;
        for word in language::words(query).take(WORDS_MOST) {
            let open = word.end == query.len();
            let folded = word.folded.into_owned();
            last = (open && folded.chars().count() >= PREFIX_LEAST).then(|| folded.clone());
            if !whole.contains(&folded) {
                whole.push(folded);
            }
        }
        Self { whole, beginning: last }
    }

    /// Whether a folded word of a text is one that was looked for.
    pub(crate) fn has(&self, folded: &str) -> bool {
        self.whole.iter().any(|word| word == folded)
            || self.beginning.as_ref().is_some_and(|beginning| folded.starts_with(beginning.as_str()))
    }
}

/// All of the words, or any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Join {
    All,
    Any,
}

/// What the index is asked: the words, the chosen facets but `without`, and the viewer.
pub(crate) fn query(
    fields: &Fields,
    viewer: &Viewer,
    asked: &Asked,
    words: &Words,
    join: Join,
    without: Option<&str>,
) -> Box<dyn Query> {
    let mut parts: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, unscored(viewer.filter(fields.audience)))];
    for name in Asked::FACETS.iter().filter(|name| Some(**name) != without) {
        let chosen = asked.facet(name);
        if let Some(field) = fields.facet(name).filter(|_| !chosen.is_empty()) {
            let terms = chosen.iter().map(|value| Term::from_field_text(field, value));
            parts.push((Occur::Must, unscored(Box::new(TermSetQuery::new(terms)))));
        }
    }
    parts.push((Occur::Must, worded(fields, asked, words, join)));
    Box::new(BooleanQuery::new(parts))
}

fn worded(fields: &Fields, asked: &Asked, words: &Words, join: Join) -> Box<dyn Query> {
    if words.whole.is_empty() {
        // Without words, filters list what there is; what is typed and holds no word finds nothing.
        return if asked.q.trim().is_empty() && asked.is_narrowed() {
            Box::new(AllQuery)
        } else {
            Box::new(EmptyQuery)
        };
    }
    let occur = if join == Join::All { Occur::Must } else { Occur::Should };
    let parts = words.whole.iter().map(|word| {
        let open = words.beginning.as_ref() == Some(word);
        (occur, anywhere(fields, word, open))
    });
    Box::new(BooleanQuery::new(parts.collect()))
}

/// A word in whichever field it counts most.
fn anywhere(fields: &Fields, word: &str, open: bool) -> Box<dyn Query> {
    let weights = [(fields.title, 3.0), (fields.headings, 1.6), (fields.names, 2.0), (fields.text, 1.0)];
    let mut parts: Vec<Box<dyn Query>> = Vec::new();
    for (field, weight) in weights {
        parts.push(Box::new(BoostQuery::new(exactly(field, word), weight)));
        if open {
            let from = Bound::Included(Term::from_field_text(field, word));
            let to = Bound::Excluded(Term::from_field_text(field, &format!("{word}{}", char::MAX)));
            let beginning = InvertedIndexRangeQuery::new(from, to);
            // Every word with this beginning counts alike, and below the word itself.
            parts.push(Box::new(ConstScoreQuery::new(Box::new(beginning), 0.4 * weight)));
        }
    }
    Box::new(DisjunctionMaxQuery::with_tie_breaker(parts, 0.3))
}

fn exactly(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_open_until_a_space_closes_it() {
        let words = Words::of("Просјачење dec");
        assert_eq!(words.whole, ["prosjacenje", "dec"]);
        assert!(words.has("decembar") && words.has("prosjacenje") && !words.has("prosjacenjem"));
        assert_eq!(Words::of("dec ").beginning, None);
        assert_eq!(Words::of("x").beginning, None);
        assert_eq!(Words::of("*** \"\" ((").whole, [""; 0]);
    }

    #[test]
    fn a_long_query_is_cut() {
        let long = (0..2000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(Words::of(&long).whole.len(), WORDS_MOST);
    }
}
