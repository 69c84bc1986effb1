//! The form of a translation: what somebody types, and what that makes of what a thing says in a language.

use crate::{
    edits::{self, Fault, lines, sentences, settle, stripped},
    folder::{SENTENCES_MOST, Written, WrittenText},
    texts::{Status, origin},
    things::Kind,
};
use language::Language;
use serde::Serialize;

/// What the form of a translation has, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The digest of the original that it was written beside.
    pub of: u64,
    /// What it is called.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// What it is to achieve; of a seminar an entry in each line.
    pub objective: String,
    /// In Markdown.
    pub text: String,
    /// Whether a person has read it beside that original: what is typed is.
    pub read: bool,
}

/// What a form of a translation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// [`Draft::title`].
    Title,
    /// [`Draft::summary`].
    Summary,
    /// [`Draft::objective`].
    Objective,
    /// [`Draft::text`].
    Text,
}

/// The digest of a thing's original, as a number: nobody takes it for something that they typed.
fn of(thing: &Written) -> u64 {
    let digest = thing.texts.first().map(origin).unwrap_or_default();
    u64::from_str_radix(&digest, 16).unwrap_or_default()
}

impl Draft {
    /// What the original says.
    pub(super) fn original(thing: &Written) -> Self {
        thing.texts.first().map(|text| Self::says(thing, text)).unwrap_or_default()
    }

    fn says(thing: &Written, text: &WrittenText) -> Self {
        Self {
            of: of(thing),
            title: text.title.clone(),
            summary: text.summary.clone(),
            objective: text.objectives.join("\n"),
            text: stripped(&text.body).to_owned(),
            read: text.status != Status::Machine && thing.is_current(text),
        }
    }
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Language;

    fn of(thing: &Written, language: &Language) -> Self {
        match thing.translation(*language) {
            Some(text) => Self::says(thing, text),
            None => Self { of: of(thing), ..Self::default() },
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, language: &Language) -> Vec<Fault<Field>> {
        let mut faults = Vec::new();
        let Some(original) = thing.texts.first() else { return faults };
        let from = Some(origin(original));
        let blank = || WrittenText::blank(*language, Status::Human);
        let mut text = thing.translation(*language).cloned().unwrap_or_else(blank);
        (text.status, text.translated_from) = (Status::Human, from);
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(Some(&mut text), typed, before, [Field::Title, Field::Summary], &mut faults);
        if self.objective != shown.objective {
            let objectives = match thing.kind {
                Kind::Seminar => lines(&self.objective, SENTENCES_MOST),
                Kind::Session => {
                    sentences(&self.objective).map(|one| Some(one).filter(|one| !one.is_empty()).into_iter().collect())
                }
                // Nothing else has any.
                _ => Ok(Vec::new()),
            };
            settle(&mut faults, Field::Objective, objectives, |objectives| text.objectives = objectives);
        }
        edits::tell(Some(&mut text), &self.text, &shown.text, Field::Text, &mut faults);
        thing.translate(*language, Some(text));
        faults
    }
}
