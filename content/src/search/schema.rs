//! The fields of the index.

use super::analyser;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever a document of the same thing would look different: an index of another version is made anew.
pub(crate) const VERSION: u32 = 5;

/// A place where words stand, twice: as they are folded, and as the keys of their language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Worded {
    pub(crate) exact: Field,
    pub(crate) keys: Field,
}

/// The fields by name.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// The thing's id: what is deleted before it is written again, and what hits are gathered by.
    pub(crate) thing: Field,
    /// Who may see it.
    pub(crate) audience: Field,
    /// The day it is of: days since 1970.
    pub(crate) day: Field,
    pub(crate) kind: Field,
    pub(crate) country: Field,
    pub(crate) theme: Field,
    pub(crate) language: Field,
    pub(crate) seminar: Field,
    pub(crate) year: Field,
    /// Titles, headings, names, text: in the order of [`super::weights::FIELDS`].
    pub(crate) worded: [Worded; 4],
    /// Title and passages as they stand, as JSON: what snippets are cut from.
    pub(crate) stored: Field,
    /// Marks for the words of the passages: which of them are worth looking at.
    pub(crate) prints: Field,
}

impl Fields {
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let words = |tokenizer: &str| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions),
            )
        };
        let facet = || STRING | FAST;
        let fields = Self {
            thing: schema.add_u64_field("thing", INDEXED | FAST),
            audience: schema.add_text_field("audience", facet()),
            day: schema.add_i64_field("day", FAST),
            kind: schema.add_text_field("kind", facet()),
            country: schema.add_text_field("country", facet()),
            theme: schema.add_text_field("theme", facet()),
            language: schema.add_text_field("language", facet()),
            seminar: schema.add_text_field("seminar", facet()),
            year: schema.add_text_field("year", facet()),
            worded: ["title", "headings", "names", "text"].map(|name| Worded {
                exact: schema.add_text_field(name, words(analyser::EXACT)),
                keys: schema.add_text_field(&format!("{name}_keys"), words(analyser::KEYS)),
            }),
            stored: schema.add_text_field("stored", STORED),
            prints: schema.add_bytes_field("prints", STORED),
        };
        (schema.build(), fields)
    }
}
