//! What counts how much. Measured with `make relevance`; docs/search.md says what each is for.

/// Titles, headings, names, text.
pub(crate) const FIELDS: [f32; 4] = [3.0, 1.6, 2.0, 1.0];
/// How much the length of a field counts against its words (the `b` of BM25), field by field.
pub(crate) const LENGTHS: [f32; 4] = [0.3, 0.3, 0.3, 0.85];
/// After how many times a word's repeating counts little (the `k1` of BM25).
pub(crate) const SATURATION: f32 = 1.2;
/// What a word counts more in the form that was typed than in another form of its key.
pub(crate) const EXACT: f32 = 0.06;
/// What a function word counts beside other words.
pub(crate) const FUNCTION: f32 = 0.7;
/// What another form of a word counts in a language of which the word is none.
pub(crate) const FOREIGN: f32 = 0.3;
/// What a name counts for each analyser that takes two forms of it for one.
pub(crate) const NAME: f32 = 0.15;
/// What a word counts that only begins with what was typed.
pub(crate) const BEGINNING: f32 = 0.04;
/// What two words next to each other add, of what the lesser one is worth, field by field.
pub(crate) const NEAR: [f32; 4] = [0.0, 0.0, 0.0, 0.15];
/// What a word adds that stands in a field at all, whatever else there is.
pub(crate) const TITLED: [f32; 4] = [0.25, 0.1, 0.1, 0.0];
/// How much more a text in the reader's own language counts.
pub(crate) const OWN: f32 = 1.5;
/// What a text counts in a language of another analyser, where all the words stand in texts of the reader's own.
pub(crate) const OTHER: f32 = 0.3;
/// What a text counts more that has all of a few words.
pub(crate) const TOGETHER: f32 = 1.3;
/// What a title adds that is what was typed, no more and no less, of what the words are worth.
pub(crate) const WHOLE: f32 = 0.5;
/// How much of that a title adds that only begins with what was typed.
pub(crate) const BEGUN: f32 = 0.4;
/// What a word counts that the glossary added, beside one that was typed.
pub(crate) const ADDED: f32 = 0.5;
/// What a word counts that another may have been meant as, by how many of its letters are others.
pub(crate) const MEANT: [f32; 3] = [1.0, 0.4, 0.2];
