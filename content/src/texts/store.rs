//! A thing's text, whole.

use super::{Heading, Other, Reading, Status, Text, Variant, choose, entity, links};
use crate::{
    gate::Viewer,
    store::{Failure, Store},
    things::{Kind, Listed},
};
use language::{Language, Locale};
use markup::Html;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

/// The text of a thing that this reader is shown, with its other languages.
pub(crate) async fn one(
    store: &Store,
    viewer: &Viewer,
    thing: &Listed,
    reading: Reading,
) -> Result<Option<Text>, Failure> {
    let rows: Vec<(String, String, String)> = entity::Entity::find()
        .select_only()
        .columns([entity::Column::Language, entity::Column::Status, entity::Column::Origin])
        .filter(entity::Column::ThingId.eq(thing.id.id()))
        .into_tuple()
        .all(store.read())
        .await?;
    let variants: Vec<_> = rows.iter().filter_map(|(language, status, _)| variant(language, status)).collect();
    let Some(at) = choose(reading, &variants) else { return Ok(None) };
    let original = rows.iter().find(|(_, status, _)| status == Status::Original.code()).map(|(_, _, origin)| origin);
    let row = entity::Entity::find()
        .filter(entity::Column::ThingId.eq(thing.id.id()))
        .filter(entity::Column::Language.eq(variants[at].language.code()))
        .one(store.read())
        .await?;
    let Some(mut row) = row else { return Ok(None) };
    let links: Vec<String> = serde_json::from_str(&row.links)?;
    let seminar = match thing.place.kind {
        Kind::Seminar => Some(thing.place.slug.as_str()),
        _ => thing.seminar.as_deref(),
    };
    row.html = links::resolved(store, viewer, row.html, &links, thing.place.kind, seminar).await?;
    text(row, &variants, variants[at], reading, original).map(Some)
}

fn variant(language: &str, status: &str) -> Option<Variant> {
    Some(Variant { language: language.parse().ok()?, status: status.parse().ok()? })
}

fn text(
    row: entity::Model,
    variants: &[Variant],
    shown: Variant,
    reading: Reading,
    original: Option<&String>,
) -> Result<Text, Failure> {
    let latin = reading.locale == Locale::SerbianLatin && shown.language == Language::Serbian;
    let words = |text: String| if latin { language::latin(&text) } else { text };
    let objectives: Vec<String> = serde_json::from_str(&row.objectives)?;
    let outline: Vec<Heading> = serde_json::from_str(&row.outline)?;
    Ok(Text {
        tag: reading.tag(shown.language),
        own: reading.is_own(shown.language),
        status: shown.status,
        outdated: original.is_some_and(|original| *original != row.origin),
        title: words(row.title),
        summary: words(row.summary),
        objectives: objectives.into_iter().map(words).collect(),
        html: Html::stored(if latin { language::latin_html(&row.html) } else { row.html }),
        outline: outline.into_iter().map(|heading| Heading { text: words(heading.text), ..heading }).collect(),
        also: variants
            .iter()
            .filter(|other| other.language != shown.language)
            .map(|other| Other { language: other.language, status: other.status })
            .collect(),
    })
}
