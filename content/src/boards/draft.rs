//! A board as a form has it. A field that comes back as it was shown is left as it is stored.

use super::{Ballots, Names, Shown};
use crate::{
    edits::{self, Why, settle},
    folder::{self, Details, Written},
};
use language::Language;
use serde::Serialize;

/// The fields of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The question.
    Title,
    /// A sentence or two.
    Summary,
    /// The instructions, in Markdown.
    Text,
    /// The session of which it is.
    Session,
    /// Whether cards say who wrote them.
    Names,
    /// When others see a card.
    Shown,
    /// Whether others see who votes for what.
    Ballots,
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A board as a form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The question.
    pub title: String,
    /// A sentence or two; may be empty.
    pub summary: String,
    /// The instructions, in Markdown; may be empty.
    pub text: String,
    /// The slug of the session of which it is; empty where that is the seminar.
    pub session: String,
    /// A code of [`Names`].
    pub names: String,
    /// A code of [`Shown`].
    pub shown: String,
    /// A code of [`Ballots`].
    pub ballots: String,
}

impl Default for Draft {
    fn default() -> Self {
        let [title, summary, text, session] = Default::default();
        let (names, shown) = (Names::default().code().to_owned(), Shown::default().code().to_owned());
        let ballots = Ballots::default().code().to_owned();
        Self { title, summary, text, session, names, shown, ballots }
    }
}

impl Draft {
    /// A new one of a session.
    pub fn of_session(slug: &str) -> Self {
        Self { session: slug.to_owned(), ..Self::default() }
    }

    /// The language in which it is plainly written, else that of its seminar.
    pub fn language(&self, seminar: Language) -> Language {
        folder::written_in(&format!("{}\n\n{}\n\n{}", self.title, self.summary, self.text), seminar)
    }
}

/// What a draft is read by.
#[derive(Default)]
pub(crate) struct Around<'a> {
    /// Slugs of sessions.
    pub(crate) sessions: &'a [String],
    /// Whether it may be put into another session: who sees it follows from where it lies.
    pub(crate) moves: bool,
    /// Whether somebody has begun with it: what was told to those who wrote on it holds.
    pub(crate) begun: bool,
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, _: &Around<'_>) -> Self {
        let Details::Board(details) = &thing.details else { return Self::default() };
        let [title, summary, text] = edits::says(thing);
        Self {
            title,
            summary,
            text,
            session: thing.parent.as_ref().map(|parent| parent.slug.clone()).unwrap_or_default(),
            names: details.names.code().to_owned(),
            shown: details.shown.code().to_owned(),
            ballots: details.ballots.code().to_owned(),
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(thing.texts.first_mut(), typed, before, [Field::Title, Field::Summary], &mut faults);
        edits::tell(thing.texts.first_mut(), &self.text, &shown.text, Field::Text, &mut faults);
        if self.session != shown.session {
            let session = edits::session(&self.session, around.sessions, around.moves);
            settle(&mut faults, Field::Session, session, |session| thing.parent = session);
        }
        let Details::Board(details) = &mut thing.details else { return faults };
        if self.names != shown.names {
            settle(&mut faults, Field::Names, around.open(&self.names), |names| details.names = names);
        }
        if self.shown != shown.shown {
            settle(&mut faults, Field::Shown, around.open(&self.shown), |shown| details.shown = shown);
        }
        if self.ballots != shown.ballots {
            settle(&mut faults, Field::Ballots, around.open(&self.ballots), |ballots| details.ballots = ballots);
        }
        // Votes have the names that cards have.
        let alone = details.ballots == Ballots::Open && details.names == Names::Anonymous;
        if alone && (self.ballots != shown.ballots || self.names != shown.names) {
            faults.push(Fault { field: Field::Ballots, why: Why::Odd });
        }
        faults
    }
}

impl Around<'_> {
    /// A code of what is fixed once somebody has begun.
    fn open<T: std::str::FromStr<Err = ()>>(&self, code: &str) -> Result<T, Why> {
        if self.begun { Err(Why::Reserved) } else { code.parse().map_err(|()| Why::Odd) }
    }
}
