//! What a search finds.

use serde::{Deserialize, Serialize};

/// A page of hits with what there is around them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// How many things there are in all.
    pub total: usize,
    /// Those of this page, the best first.
    pub hits: Vec<Hit>,
    /// How the things divide.
    pub facets: Vec<Facet>,
    /// What the seminars are called that can be chosen or are, by their slugs.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub seminars: Vec<(String, crate::texts::Phrase)>,
    /// What the glossary added to the words, and what it was told not to.
    #[serde(default)]
    pub added: Vec<Added>,
    /// The query with other words in place of those that nothing has.
    pub instead: Option<String>,
    /// Words that nothing has, as they were typed.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub missed: Vec<String>,
    /// How many of the things have all the words.
    #[serde(default)]
    pub all: usize,
    /// No thing has all the words, and these have some of them.
    pub some_words: bool,
    /// No thing has what stands in quotes as it stands there, and these have its words.
    #[serde(default)]
    pub apart: bool,
}

/// A thing that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Where it is read, at the passage where there is one.
    pub address: String,
    /// What it is.
    pub kind: String,
    /// What it is called, hits marked.
    pub title: Vec<Piece>,
    /// The passage that fits best, hits marked.
    pub passage: Vec<Piece>,
    /// The language of the title, where it is not the reader's: a BCP 47 tag.
    pub lang: Option<String>,
    /// The same of the passage: a thing found by its name in one language may say more in another.
    pub passage_lang: Option<String>,
    /// Its countries' codes.
    pub countries: Vec<String>,
    /// Its seminar: what it is called.
    pub seminar: Option<String>,
    /// The language of that, where it is not the reader's.
    pub seminar_lang: Option<String>,
}

/// A thing that is offered while somebody types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Where it is read.
    pub address: String,
    /// What it is.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// The language of that, where it is not the reader's: a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// What the glossary adds to a query: what a term is called elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The term's slug.
    pub term: String,
    /// The words of the query that are the term.
    pub typed: String,
    /// What it is called, a language's tag and a form for each.
    pub forms: Vec<(String, String)>,
    /// Whether these were looked for too.
    pub on: bool,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// One way to divide what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Its parameter's name.
    pub name: String,
    /// Its values with how many things have them, the most first.
    pub values: Vec<(String, usize)>,
}
