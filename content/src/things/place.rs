//! What a thing is and where it is read.

use crate::coded::coded;
use std::{fmt, str::FromStr};

coded! {
    /// What a thing is, in the order in which search offers the kinds.
    Kind {
        /// A training seminar.
        Seminar = "seminar",
        /// A part of a seminar's programme.
        Session = "session",
        /// A page, a file or a link that belongs to a session, a practice or a seminar.
        Material = "material",
        /// A good-practice case study.
        Practice = "practice",
        /// Something that does not work yet.
        Challenge = "challenge",
        /// What a seminar says should be done.
        Recommendation = "recommendation",
        /// What a room writes together about a question.
        Board = "board",
        /// Topics and countries side by side.
        Comparison = "comparison",
        /// Somebody who contributed.
        Person = "person",
        /// An institution, an organisation, a project.
        Organisation = "organisation",
        /// An entry of the glossary.
        Term = "term",
    }
}

impl Kind {
    /// Whether its slug is its own within its seminar only.
    pub fn is_local(self) -> bool {
        matches!(self, Self::Session | Self::Material | Self::Board | Self::Comparison)
    }

    /// The folder of a seminar in which it is a Markdown file, for what is one.
    pub(crate) fn room(self) -> Option<&'static str> {
        match self {
            Self::Session => Some("sessions"),
            Self::Material => Some("materials"),
            Self::Practice => Some("practices"),
            Self::Challenge => Some("challenges"),
            Self::Recommendation => Some("recommendations"),
            Self::Board => Some("boards"),
            Self::Seminar | Self::Comparison | Self::Person | Self::Organisation | Self::Term => None,
        }
    }

    /// What the Markdown files of a folder are.
    pub(crate) fn in_room(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.room() == Some(name))
    }
}

/// The name of a thing in its address: `a` to `z`, `0` to `9` and single hyphens, 1 to 80 of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The longest, in bytes (all are ASCII).
    pub const MOST: usize = 80;

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is one.
    pub fn is(text: &str) -> bool {
        (1..=Self::MOST).contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && text.split('-').all(|part| !part.is_empty())
    }
}

impl FromStr for Slug {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if Self::is(text) { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Where a thing is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// Its slug.
    pub slug: String,
    /// The slug of its seminar, for what has its address there.
    pub seminar: Option<String>,
}

impl Place {
    /// Of something that has its address on the platform, not in a seminar.
    pub fn of(kind: Kind, slug: &str) -> Self {
        Self { kind, slug: slug.to_owned(), seminar: None }
    }

    /// The path of its page.
    pub fn path(&self) -> String {
        let slug = &self.slug;
        let seminar = self.seminar.as_deref().unwrap_or_default();
        match self.kind {
            Kind::Seminar => format!("/seminars/{slug}"),
            Kind::Session => format!("/seminars/{seminar}/sessions/{slug}"),
            Kind::Material => format!("/seminars/{seminar}/materials/{slug}"),
            Kind::Board => format!("/seminars/{seminar}/boards/{slug}"),
            Kind::Comparison => format!("/seminars/{seminar}/comparison"),
            Kind::Practice => format!("/practices/{slug}"),
            Kind::Challenge => format!("/challenges/{slug}"),
            Kind::Recommendation => format!("/recommendations/{slug}"),
            Kind::Person => format!("/people/{slug}"),
            Kind::Organisation => format!("/organisations/{slug}"),
            Kind::Term => format!("/glossary/{slug}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_small_letters_digits_and_single_hyphens() {
        for good in ["a", "tirana-2016", "01", &"a".repeat(80)] {
            assert!(Slug::is(good), "{good}");
        }
        for bad in ["", "-", "a--b", "-a", "a-", "Tirana", "tiranë", "a b", "a/b", "..", "a\0", &"a".repeat(81)] {
            assert!(!Slug::is(bad), "{bad}");
        }
    }

    #[test]
    fn every_kind_is_read_back_from_its_code() {
        for kind in Kind::ALL {
            assert_eq!(kind.code().parse(), Ok(*kind));
        }
    }
}
