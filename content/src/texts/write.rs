//! Texts into rows: rendered once, when they are written.

use super::{Heading, Passage, Status, entity};
use crate::{folder::WrittenText, store::Failure};
use sea_orm::{ActiveValue::Set, NotSet};

/// How texts of things are rendered: `##` is the highest heading in them, since the page has its own `#`.
pub(crate) fn markup_options() -> markup::Options {
    markup::Options::default()
}

/// The rows of a thing's texts, the original first. `stored` are those it has so far: a translation that stayed as it
/// was while its original changed goes on saying which original it was made from.
pub(crate) fn rows(
    thing: i64,
    texts: &[WrittenText],
    stored: &[entity::Model],
) -> Result<Vec<entity::ActiveModel>, Failure> {
    let current = texts.first().map(origin).unwrap_or_default();
    texts
        .iter()
        .map(|text| {
            let before = stored.iter().find(|row| row.language == text.language.code() && says(row, text));
            let from = match (&text.translated_from, before) {
                _ if text.status == Status::Original => current.clone(),
                // Somebody has read it again since that was written.
                (Some(_), Some(row)) if row.origin == current => current.clone(),
                (Some(from), _) => from.clone(),
                (None, Some(row)) => row.origin.clone(),
                (None, None) => current.clone(),
            };
            row(thing, text, from)
        })
        .collect()
}

fn row(thing: i64, text: &WrittenText, origin: String) -> Result<entity::ActiveModel, Failure> {
    let rendered = rendered(&text.body, &markup_options())?;
    Ok(entity::ActiveModel {
        id: NotSet,
        thing_id: Set(thing),
        language: Set(text.language.code().to_owned()),
        status: Set(text.status.code().to_owned()),
        title: Set(text.title.clone()),
        summary: Set(text.summary.clone()),
        objectives: Set(serde_json::to_string(&text.objectives)?),
        source: Set(text.body.clone()),
        html: Set(rendered.html),
        outline: Set(rendered.outline),
        passages: Set(rendered.passages),
        links: Set(rendered.links),
        renderer: Set(markup::VERSION),
        origin: Set(origin),
    })
}

/// What the renderer makes of a text, as columns.
pub(super) struct Rendered {
    pub(super) html: String,
    pub(super) outline: String,
    pub(super) passages: String,
    pub(super) links: String,
}

/// Renders what has been rendered before, when it was read, and was not refused.
pub(super) fn rendered(source: &str, options: &markup::Options) -> Result<Rendered, Failure> {
    let rendered = markup::render(source, options).map_err(|_| Failure::odd("text.source"))?;
    let passages: Vec<Passage> = rendered
        .passages
        .into_iter()
        .map(|passage| Passage {
            place: passage.heading.and_then(|at| rendered.headings.get(at)).map(|heading| heading.id.clone()),
            text: passage.text,
        })
        .collect();
    let outline: Vec<Heading> = rendered
        .headings
        .into_iter()
        .map(|heading| Heading { level: heading.level, id: heading.id, text: heading.text })
        .collect();
    Ok(Rendered {
        html: rendered.html.as_str().to_owned(),
        outline: serde_json::to_string(&outline)?,
        passages: serde_json::to_string(&passages)?,
        links: serde_json::to_string(&rendered.links)?,
    })
}

/// The digest of a text: what a translation is made from.
pub(crate) fn origin(text: &WrittenText) -> String {
    let mut hasher = blake3::Hasher::new();
    let parts = [&text.title, &text.summary, &text.body];
    for part in parts.into_iter().chain(&text.objectives) {
        hasher.update(&part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

fn says(row: &entity::Model, text: &WrittenText) -> bool {
    let objectives = serde_json::from_str::<Vec<String>>(&row.objectives).unwrap_or_default();
    row.title == text.title && row.summary == text.summary && row.source == text.body && objectives == text.objectives
}
