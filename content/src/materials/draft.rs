//! A material as a form has it. A field that comes back as it was shown is left as it is stored.

use super::Attachment;
use crate::{
    edits::{self, Why, settle},
    folder::{Details, Written, is_address},
    things::Kind,
};
use serde::Serialize;

/// The fields of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// A sentence or two.
    Summary,
    /// The session that it belongs to.
    Session,
    /// Where it is, for a link.
    Link,
    /// Its file.
    File,
    /// Its text, in Markdown.
    Text,
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A material as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// A sentence or two; may be empty.
    pub summary: String,
    /// What it belongs to: the slug of a session; empty where that is the seminar. A practice is `practice/slug`.
    pub session: String,
    /// Where it is, for a link; may be empty.
    pub link: String,
    /// The digest and the name of its file ([`Attachment::mark`]); empty where it has none.
    pub file: String,
    /// Its text, in Markdown; may be empty.
    pub text: String,
}

/// What a draft is read by.
pub(crate) struct Around<'a> {
    /// Slugs of sessions.
    pub(crate) sessions: &'a [String],
    /// A file that was sent.
    pub(crate) sent: Option<&'a Attachment>,
    /// Whether they may say who sees what, which a material that lies elsewhere changes.
    pub(crate) moves: bool,
}

impl Attachment {
    /// What tells this file under this name from others.
    pub fn mark(&self) -> String {
        format!("{}/{}", self.digest, self.name)
    }
}

/// How a form names what a material belongs to.
fn belongs(thing: &Written) -> String {
    match &thing.parent {
        None => String::new(),
        Some(parent) if parent.kind == Kind::Session => parent.slug.clone(),
        Some(parent) => format!("{}/{}", parent.kind.code(), parent.slug),
    }
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, _: &Around<'_>) -> Self {
        let Details::Material(details) = &thing.details else { return Self::default() };
        let [title, summary, text] = edits::says(thing);
        Self {
            title,
            summary,
            text,
            session: belongs(thing),
            link: details.url.clone().unwrap_or_default(),
            file: details.file.as_ref().map(Attachment::mark).unwrap_or_default(),
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(thing.texts.first_mut(), typed, before, [Field::Title, Field::Summary], &mut faults);
        edits::tell(thing.texts.first_mut(), &self.text, &shown.text, Field::Text, &mut faults);
        if self.session != shown.session {
            let is_new = shown.title.is_empty();
            let session = edits::session(&self.session, around.sessions, is_new || around.moves);
            settle(&mut faults, Field::Session, session, |session| thing.parent = session);
        }
        let Details::Material(details) = &mut thing.details else { return faults };
        if self.file != shown.file {
            let file = match (self.file.as_str(), around.sent) {
                ("", _) => Ok(None),
                (mark, Some(sent)) if sent.mark() == mark => Ok(Some(sent.clone())),
                _ => Err(Why::Odd),
            };
            settle(&mut faults, Field::File, file, |file| details.file = file);
        }
        let link = match self.link.trim() {
            "" => Ok(None),
            // A material is either a link or a file.
            _ if details.file.is_some() => Err(Why::Odd),
            link if link.chars().count() <= crate::folder::SENTENCES_MOST && is_address(link) => {
                Ok(Some(link.to_owned()))
            }
            _ => Err(Why::Odd),
        };
        settle(&mut faults, Field::Link, link, |link| details.url = link);
        faults
    }
}
