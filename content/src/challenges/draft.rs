//! A challenge as a form has it. A field that comes back as it was shown is left as it is stored.

use crate::{
    edits::{self, settle},
    folder::{self, Details, Written},
    things::Slug,
};
use language::Language;
use serde::Serialize;

/// The fields of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// A sentence or two.
    Summary,
    /// Its text, in Markdown.
    Text,
    /// The session that named it.
    Session,
    /// Whether it is only beginning to show.
    Emerging,
    /// Where it is met.
    Countries,
    /// What it is about.
    Themes,
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A challenge as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// A sentence or two; may be empty.
    pub summary: String,
    /// Its text, in Markdown; may be empty.
    pub text: String,
    /// The slug of the session that named it; may be empty.
    pub session: String,
    /// It is only beginning to show.
    pub emerging: bool,
    /// Codes of countries.
    pub countries: Vec<String>,
    /// Slugs of themes.
    pub themes: Vec<String>,
}

/// What a draft is read by.
pub(crate) struct Around<'a> {
    /// Slugs of sessions.
    pub(crate) sessions: &'a [String],
    /// Codes of countries that took part.
    pub(crate) countries: &'a [String],
    /// Whether another session may be said to have named it: who sees a challenge follows from where it lies.
    pub(crate) moves: bool,
    /// The language of a draft: it is found anew as long as it is one.
    pub(crate) language: Option<Language>,
}

impl Draft {
    /// The language in which it is plainly written, else that of its seminar.
    pub fn language(&self, seminar: Language) -> Language {
        folder::written_in(&format!("{}\n\n{}\n\n{}", self.title, self.summary, self.text), seminar)
    }
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, _: &Around<'_>) -> Self {
        let Details::Challenge(details) = &thing.details else { return Self::default() };
        let [title, summary, text] = edits::says(thing);
        Self {
            title,
            summary,
            text,
            session: thing.parent.as_ref().map(|parent| parent.slug.clone()).unwrap_or_default(),
            emerging: details.emerging,
            countries: thing.countries.clone(),
            themes: thing.themes.clone(),
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        thing.speak(around.language.unwrap_or(thing.language));
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(thing.texts.first_mut(), typed, before, [Field::Title, Field::Summary], &mut faults);
        edits::tell(thing.texts.first_mut(), &self.text, &shown.text, Field::Text, &mut faults);
        if self.session != shown.session {
            let session = edits::session(&self.session, around.sessions, around.moves);
            settle(&mut faults, Field::Session, session, |session| thing.parent = session);
        }
        if let Details::Challenge(details) = &mut thing.details {
            details.emerging = self.emerging;
        }
        let offered = |code: &str| around.countries.iter().any(|country| country == code);
        if let Some(countries) = edits::chosen(&self.countries, &shown.countries, offered) {
            settle(&mut faults, Field::Countries, countries, |countries| thing.countries = countries);
        }
        if let Some(themes) = edits::chosen(&self.themes, &shown.themes, Slug::is) {
            settle(&mut faults, Field::Themes, themes, |themes| thing.themes = themes);
        }
        faults
    }
}
