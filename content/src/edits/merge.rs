//! What holds of a thing of which the files say one thing and somebody in the browser another.

use super::{entity::Filed, field::Field};
use crate::{folder::Written, things::Kind};
use serde::Serialize;
use serde_json::Value;

/// A field that was edited in the browser and of which the files say something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What the thing is.
    pub kind: Kind,
    /// Its slug.
    pub slug: String,
    /// The field.
    pub field: &'static str,
    /// What it says here.
    pub here: String,
    /// What the files would make of it.
    pub files: String,
    /// The files have changed there since it was edited.
    pub since: bool,
}

/// A thing as the files say, but for the fields that were edited; and what is kept so. `filed` is what the files were
/// taken for, and says afterwards what they are. `discard`: what the files say holds, whatever was edited.
pub(crate) fn merged(files: &Written, here: &Written, filed: &mut Filed, discard: bool) -> (Written, Vec<Kept>) {
    let mut holds = files.clone();
    let mut kept = Vec::new();
    for field in Field::ALL {
        let Some(before) = filed.remove(field.name) else { continue };
        let now = field.digest(files);
        if discard || now == field.digest(here) {
            continue;
        }
        (field.take)(&mut holds, here);
        kept.push(Kept {
            kind: files.kind,
            slug: files.slug.clone(),
            field: field.name,
            here: shown(&(field.says)(here)),
            files: shown(&(field.says)(files)),
            since: now != before,
        });
        filed.insert(field.name.to_owned(), now);
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
