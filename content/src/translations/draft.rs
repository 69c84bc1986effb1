//! The form of a translation: what somebody types, and what that makes of what a thing says in a language.

use crate::{
    edits::{self, Fault, lines, markdown, needed, sentences, settle, stripped},
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
    pub of: String,
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

impl Draft {
    /// What the original says.
    pub(super) fn original(thing: &Written) -> Self {
        thing.texts.first().map(|text| Self::says(thing, text)).unwrap_or_default()
    }

    fn says(thing: &Written, text: &WrittenText) -> Self {
        Self {
            of: thing.texts.first().map(origin).unwrap_or_default(),
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
            None => Self { of: thing.texts.first().map(origin).unwrap_or_default(), ..Self::default() },
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, language: &Language) -> Vec<Fault<Field>> {
        let mut faults = Vec::new();
        let Some(original) = thing.texts.first() else { return faults };
        let from = Some(origin(original));
        let blank = || WrittenText::blank(*language, Status::Human);
        let mut text = thing.translation(*language).cloned().unwrap_or_else(blank);
        (text.status, text.translated_from) = (Status::Human, from);
        // What is as it was shown stays as it was written.
        if self.title != shown.title || shown.title.is_empty() {
            settle(&mut faults, Field::Title, needed(&self.title), |title| text.title = title);
        }
        if self.summary != shown.summary {
            settle(&mut faults, Field::Summary, sentences(&self.summary), |summary| text.summary = summary);
        }
        if self.objective != shown.objective {
            let objectives = match thing.kind {
                Kind::Seminar => lines(&self.objective, SENTENCES_MOST),
                _ => {
                    sentences(&self.objective).map(|one| Some(one).filter(|one| !one.is_empty()).into_iter().collect())
                }
            };
            settle(&mut faults, Field::Objective, objectives, |objectives| text.objectives = objectives);
        }
        if self.text != shown.text {
            settle(&mut faults, Field::Text, markdown(&self.text), |body| text.body = body);
        }
        thing.translate(*language, Some(text));
        faults
    }
}
