//! The fields of the index.

use super::analyser;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever a document of the same thing would look different: an index of another version is made anew.
pub(crate) const VERSION: u32 = 1;

/// The fields by name.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// The thing's id: what is deleted before it is written again, and what hits are gathered by.
    pub(crate) thing: Field,
    /// Who may see it.
    pub(crate) audience: Field,
    pub(crate) kind: Field,
    pub(crate) country: Field,
    pub(crate) theme: Field,
    pub(crate) language: Field,
    pub(crate) seminar: Field,
    pub(crate) title: Field,
    pub(crate) headings: Field,
    pub(crate) names: Field,
    pub(crate) text: Field,
    /// Title and passages as they stand, as JSON: what snippets are cut from.
    pub(crate) stored: Field,
}

impl Fields {
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let words = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(analyser::NAME)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        );
        let facet = || STRING | FAST;
        let fields = Self {
            thing: schema.add_u64_field("thing", INDEXED | FAST),
            audience: schema.add_text_field("audience", STRING),
            kind: schema.add_text_field("kind", facet()),
            country: schema.add_text_field("country", facet()),
            theme: schema.add_text_field("theme", facet()),
            language: schema.add_text_field("language", facet()),
            seminar: schema.add_text_field("seminar", facet()),
            title: schema.add_text_field("title", words.clone()),
            headings: schema.add_text_field("headings", words.clone()),
            names: schema.add_text_field("names", words.clone()),
            text: schema.add_text_field("text", words),
            stored: schema.add_text_field("stored", STORED),
        };
        (schema.build(), fields)
    }

    /// The field of a facet.
    pub(crate) fn facet(&self, name: &str) -> Option<Field> {
        match name {
            "kind" => Some(self.kind),
            "country" => Some(self.country),
            "theme" => Some(self.theme),
            "language" => Some(self.language),
            "seminar" => Some(self.seminar),
            _ => None,
        }
    }
}
