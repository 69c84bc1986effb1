//! What the files of a folder say, before anything is stored.

use crate::{
    boards, challenges, comparisons,
    gate::Visibility,
    glossary, materials, organisations, people, practices, recommendations, seminars, sessions,
    texts::{self, Status},
    things::Kind,
};
use language::Language;
use serde::Serialize;
use std::{fmt, ops::Range, path::PathBuf};

/// Where something was written. Two of them are always equal: where a thing stands is not part of what it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spot {
    pub(crate) file: PathBuf,
    pub(crate) field: Option<&'static str>,
    pub(crate) span: Range<usize>,
}

impl PartialEq for Spot {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// One thing, as it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Written {
    pub(crate) kind: Kind,
    pub(crate) slug: String,
    /// A session or a practice that it belongs to.
    pub(crate) parent: Option<Related>,
    pub(crate) position: i32,
    pub(crate) language: Language,
    pub(crate) visibility: Option<Visibility>,
    pub(crate) countries: Vec<String>,
    pub(crate) themes: Vec<String>,
    /// A name it had: not a part of what it says.
    #[serde(skip)]
    pub(crate) formerly: Option<String>,
    /// The original first.
    pub(crate) texts: Vec<WrittenText>,
    pub(crate) contributors: Vec<Contributor>,
    pub(crate) relations: Vec<Related>,
    pub(crate) details: Details,
    #[serde(skip)]
    pub(crate) spot: Spot,
}

/// What a thing says in one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct WrittenText {
    pub(crate) language: Language,
    pub(crate) status: Status,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) objectives: Vec<String>,
    pub(crate) body: String,
    /// For a translation whose original has changed since: the digest of the original it was made from.
    pub(crate) translated_from: Option<String>,
    #[serde(skip)]
    pub(crate) spot: Spot,
}

/// Who took part, and as what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Contributor {
    pub(crate) person: String,
    pub(crate) role: people::Role,
    pub(crate) title: String,
    #[serde(skip)]
    pub(crate) spot: Spot,
}

/// Another thing that is named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Related {
    pub(crate) ring: Ring,
    pub(crate) kind: Kind,
    pub(crate) slug: String,
    #[serde(skip)]
    pub(crate) spot: Spot,
}

/// What one thing says about another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Ring {
    /// It belongs to it.
    Of,
    /// It answers it.
    Answers,
    /// It is to be read beside it.
    See,
    /// Somebody works for it.
    WorksFor,
    /// It was worded on it.
    From,
}

impl Ring {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Of => "of",
            Self::Answers => "answers",
            Self::See => "see",
            Self::WorksFor => "works-for",
            Self::From => "from",
        }
    }
}

/// What each kind has of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) enum Details {
    Seminar(seminars::Details),
    Session(sessions::Details),
    Material(materials::Details),
    Practice(practices::Details),
    Board(boards::Details),
    Challenge(challenges::Details),
    Recommendation(recommendations::Details),
    Person(people::Details),
    Organisation(organisations::Details),
    Comparison(comparisons::Details),
    Term(glossary::Details),
}

impl Details {
    /// Whether who contributed is for the team alone.
    pub(crate) fn is_quiet(&self) -> bool {
        matches!(self, Self::Session(details) if details.chatham_house)
    }
}

impl WrittenText {
    /// One that says nothing yet.
    pub(crate) fn blank(language: Language, status: Status) -> Self {
        Self {
            language,
            status,
            title: String::new(),
            summary: String::new(),
            objectives: Vec::new(),
            body: String::new(),
            translated_from: None,
            spot: Spot::default(),
        }
    }
}

impl Written {
    /// What it says in a language in which it was not written.
    pub(crate) fn translation(&self, language: Language) -> Option<&WrittenText> {
        self.texts.iter().skip(1).find(|text| text.language == language)
    }

    /// Has it say this in a language in which it was not written; none: nothing. In the order of files.
    pub(crate) fn translate(&mut self, language: Language, text: Option<WrittenText>) {
        if self.texts.first().is_none_or(|original| original.language == language) {
            return;
        }
        self.texts.retain(|text| text.status == Status::Original || text.language != language);
        let at = 1 + self.texts.iter().skip(1).take_while(|text| text.language.code() < language.code()).count();
        self.texts.splice(at..at, text);
    }

    /// Whether a translation was made from the original as it is.
    pub(crate) fn is_current(&self, text: &WrittenText) -> bool {
        let from = text.translated_from.as_ref();
        from.is_none_or(|from| self.texts.first().is_some_and(|original| *from == texts::origin(original)))
    }

    /// A thing that says nothing yet.
    pub(crate) fn blank(kind: Kind, slug: String, language: Language, details: Details) -> Self {
        Self {
            kind,
            slug,
            parent: None,
            position: 0,
            language,
            visibility: None,
            countries: Vec::new(),
            themes: Vec::new(),
            formerly: None,
            texts: vec![WrittenText::blank(language, Status::Original)],
            contributors: Vec::new(),
            relations: Vec::new(),
            details,
            spot: Spot::default(),
        }
    }

    /// Whether a material holds this file, under this name.
    pub(crate) fn holds(&self, file: &materials::Attachment) -> bool {
        let held = match &self.details {
            Details::Material(details) => details.file.as_ref(),
            _ => None,
        };
        held.is_some_and(|held| held.mark() == file.mark())
    }

    /// The slug of the organisation that a person works for.
    pub(crate) fn works_for(&self) -> Option<&str> {
        self.relations.iter().find(|related| related.ring == Ring::WorksFor).map(|related| related.slug.as_str())
    }

    /// Has a person work for an organisation, or for none.
    pub(crate) fn work_for(&mut self, organisation: Option<&str>) {
        self.relations.retain(|related| related.ring != Ring::WorksFor);
        self.relations.extend(organisation.map(|slug| Related {
            ring: Ring::WorksFor,
            kind: Kind::Organisation,
            slug: slug.to_owned(),
            spot: Spot::default(),
        }));
    }

    /// Has its original text be in a language.
    pub(crate) fn speak(&mut self, language: Language) {
        self.language = language;
        if let Some(text) = self.texts.first_mut() {
            text.language = language;
        }
    }

    /// The slugs of the challenges that it answers.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &String> {
        self.relations.iter().filter(|related| related.ring == Ring::Answers).map(|related| &related.slug)
    }

    /// Has it answer these challenges.
    pub(crate) fn answer(&mut self, challenges: &[String]) {
        self.relations.retain(|related| related.ring != Ring::Answers);
        self.relations.extend(challenges.iter().map(|slug| Related {
            ring: Ring::Answers,
            kind: Kind::Challenge,
            slug: slug.clone(),
            spot: Spot::default(),
        }));
    }

    /// Has a person or an organisation be from a country, or from none.
    pub(crate) fn come_from(&mut self, country: Option<String>) {
        self.countries = country.clone().into_iter().collect();
        match &mut self.details {
            Details::Person(details) => details.country = country,
            Details::Organisation(details) => details.country = country,
            _ => {}
        }
    }

    /// The organisations that it names as those who did something.
    pub(crate) fn organisations(&self) -> impl Iterator<Item = &String> {
        let progress = match &self.details {
            Details::Recommendation(details) => &details.progress[..],
            _ => &[],
        };
        progress.iter().filter(|entry| entry.organisation().is_some()).map(|entry| &entry.by)
    }
}

impl fmt::Display for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} `{}`", self.kind.code(), self.slug)
    }
}
