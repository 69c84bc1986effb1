//! What all things say of themselves to programs.

use app::asked::Asked;
use content::{
    people::Contributor,
    texts::{Phrase, Text},
    things::Listed,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A few words with their language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Said {
    text: String,
    /// BCP 47.
    language: String,
}

impl Said {
    pub(crate) fn of(asked: &Asked, phrase: &Phrase) -> Self {
        Self { text: phrase.text.clone(), language: phrase.lang.unwrap_or(asked.reading.locale.tag()).to_owned() }
    }
}

/// A thing in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entry {
    /// What it is.
    kind: &'static str,
    slug: String,
    /// The address of its page.
    url: String,
    title: Said,
    summary: Said,
    /// ISO 3166-1.
    countries: Vec<String>,
    themes: Vec<String>,
    /// RFC 3339, UTC.
    changed: String,
}

impl Entry {
    pub(crate) fn of(asked: &Asked, listed: &Listed) -> Self {
        Self {
            kind: listed.place.kind.code(),
            slug: listed.place.slug.clone(),
            url: format!("{}{}", asked.public_url, listed.place.path()),
            title: Said::of(asked, &listed.title),
            summary: Said::of(asked, &listed.summary),
            countries: listed.countries.clone(),
            themes: listed.themes.clone(),
            changed: jiff::Timestamp::from_millisecond(listed.changed_at).unwrap_or_default().to_string(),
        }
    }

    pub(crate) fn all<'a>(asked: &Asked, listed: impl IntoIterator<Item = &'a Listed>) -> Vec<Self> {
        listed.into_iter().map(|listed| Self::of(asked, listed)).collect()
    }
}

/// A text, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Whole {
    /// BCP 47.
    language: &'static str,
    /// `original`, `human` or `machine`.
    status: &'static str,
    /// The original has changed since it was translated.
    outdated: bool,
    objectives: Vec<String>,
    /// Sanitised.
    html: String,
    /// Other languages it can be had in, with `?text=`.
    also: Vec<String>,
}

impl Whole {
    pub(crate) fn of(text: &Text) -> Self {
        Self {
            language: text.tag,
            status: text.status.code(),
            outdated: text.outdated,
            objectives: text.objectives.clone(),
            html: text.html.as_str().to_owned(),
            also: text.also.iter().map(|other| other.language.code().to_owned()).collect(),
        }
    }
}

/// Somebody's part in something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Contributed {
    /// As what.
    role: &'static str,
    /// With what.
    title: String,
    person: Entry,
}

impl Contributed {
    pub(crate) fn all(asked: &Asked, contributors: &[Contributor]) -> Vec<Self> {
        let one = |contributor: &Contributor| Self {
            role: contributor.role.code(),
            title: contributor.title.clone(),
            person: Entry::of(asked, &contributor.person),
        };
        contributors.iter().map(one).collect()
    }
}
