//! What holds of a thing of which the files say one thing and somebody in the browser another.

use super::{
    entity::Filed,
    field::{Part, in_order, is_of_text},
};
use crate::{
    folder::{Written, WrittenText},
    texts,
    things::Kind,
};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// A field that was edited in the browser and of which the files say something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What the thing is.
    pub kind: Kind,
    /// Its slug.
    pub slug: String,
    /// The field.
    pub field: Cow<'static, str>,
    /// What it says here.
    pub here: String,
    /// What the files would make of it.
    pub files: String,
    /// The files have changed there since it was edited.
    pub since: bool,
    /// It goes all the same: the files say themselves what it said in their language.
    pub goes: bool,
    /// It stays whatever is discarded: others have relied on it.
    pub fixed: bool,
}

/// A thing as the files say, but for the fields that were edited; and which of these say something else than the files.
/// `filed` is what the files were taken for, and says afterwards what they are. `discard`: what the files say holds all
/// the same.
pub(crate) fn merged(files: &Written, here: &Written, filed: &mut Filed, discard: bool) -> (Written, Vec<Kept>) {
    let mut holds = files.clone();
    let mut kept = Vec::new();
    let parts = Part::all([files, here]);
    // A row that neither has any more.
    filed.retain(|name, _| parts.iter().any(|part| part.name() == *name));
    let mut rows = false;
    for part in parts {
        let name = part.name();
        let Some(before) = filed.remove(name.as_ref()) else { continue };
        let now = part.digest(files);
        if now == part.digest(here) {
            continue;
        }
        let (says, filed_says) = part.differ(here, files);
        kept.push(Kept {
            kind: files.kind,
            slug: files.slug.clone(),
            field: name.clone(),
            here: shown(&says),
            files: shown(&filed_says),
            since: now != before,
            goes: !part.fits(files),
            fixed: false,
        });
        if !discard && part.fits(files) {
            part.take(&mut holds, here);
            filed.insert(name.into_owned(), now);
            rows |= part.is_row();
        }
    }
    if rows {
        in_order(&mut holds, files, here);
    }
    // A translation that is new was made from what the files say, not from what was edited.
    if let Some(original) = files.texts.first().filter(|_| filed.keys().any(|field| is_of_text(field))) {
        let from = texts::origin(original);
        for text in holds.texts.iter_mut().skip(1).filter(|text| text.translated_from.is_none()) {
            let there = |other: &WrittenText| WrittenText { translated_from: None, ..other.clone() } == *text;
            if !here.texts.iter().any(there) {
                text.translated_from = Some(from.clone());
            }
        }
    }
    (holds, kept)
}

/// The most of a field that is told, in letters.
const MOST: usize = 120;

/// As it is told on a console: one line.
fn shown(says: &Value) -> String {
    let text = match says {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(list) if list.iter().all(|one| matches!(one, Value::String(_) | Value::Null)) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(MOST) {
        line.truncate(at);
        line.push('…');
    }
    line
}
