//! A thing's text, whole.

use super::{Heading, Other, Reading, Status, Text, Variant, choose, entity, links};
use crate::{
    gate::Viewer,
    store::{Failure, Store},
    things::{Kind, Listed},
};
use language::{Language, Locale};
use markup::Html;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QuerySelect,
    sea_query::{Expr, Keyword, SimpleExpr},
};

/// The text of a thing that this reader is shown, with its other languages.
pub(crate) async fn one(
    store: &Store,
    viewer: &Viewer,
    thing: &Listed,
    reading: Reading,
) -> Result<Option<Text>, Failure> {
    let wanted = reading.languages().into_iter().map(Language::code);
    let wanted = Condition::any()
        .add(entity::Column::Language.is_in(wanted))
        .add(entity::Column::Status.eq(Status::Original.code()));
    let mut select = entity::Entity::find()
        .select_only()
        .columns([entity::Column::Language, entity::Column::Status, entity::Column::Origin])
        .filter(entity::Column::ThingId.eq(thing.id.id()));
    // Of all languages, that they are there; of those that may be chosen, what they say.
    for column in SAID {
        let said = Expr::case(wanted.clone(), Expr::col(column)).finally(Keyword::Null);
        select = select.column_as(SimpleExpr::Case(Box::new(said)), column.as_str());
    }
    let rows: Vec<Row> = select.into_model().all(store.read()).await?;
    let variants: Vec<_> = rows.iter().filter_map(|row| variant(&row.language, &row.status)).collect();
    let Some(at) = choose(reading, &variants) else { return Ok(None) };
    let original = rows.iter().find(|row| row.status == Status::Original.code()).map(|row| row.origin.clone());
    let chosen = variants[at];
    let Some(row) = rows.into_iter().find(|row| row.language == chosen.language.code()) else { return Ok(None) };
    let links: Vec<String> = serde_json::from_str(&row.links.clone().unwrap_or_default())?;
    let seminar = match thing.place.kind {
        Kind::Seminar => Some(thing.place.slug.as_str()),
        _ => thing.seminar.as_deref(),
    };
    let html = links::resolved(store, viewer, row.html.unwrap_or_default(), &links, thing.place.kind, seminar).await?;
    text(Row { html: Some(html), ..row }, &variants, chosen, reading, original.as_ref()).map(Some)
}

/// What a text says, as columns.
const SAID: [entity::Column; 6] = [
    entity::Column::Title,
    entity::Column::Summary,
    entity::Column::Objectives,
    entity::Column::Links,
    entity::Column::Outline,
    entity::Column::Html,
];

#[derive(FromQueryResult)]
struct Row {
    language: String,
    status: String,
    origin: String,
    title: Option<String>,
    summary: Option<String>,
    objectives: Option<String>,
    links: Option<String>,
    outline: Option<String>,
    html: Option<String>,
}

fn variant(language: &str, status: &str) -> Option<Variant> {
    Some(Variant { language: language.parse().ok()?, status: status.parse().ok()? })
}

fn text(
    row: Row,
    variants: &[Variant],
    shown: Variant,
    reading: Reading,
    original: Option<&String>,
) -> Result<Text, Failure> {
    let latin = reading.locale == Locale::SerbianLatin && shown.language == Language::Serbian;
    let words = |text: String| if latin { language::latin(&text) } else { text };
    let objectives: Vec<String> = serde_json::from_str(&row.objectives.unwrap_or_default())?;
    let outline: Vec<Heading> = serde_json::from_str(&row.outline.unwrap_or_default())?;
    let html = row.html.unwrap_or_default();
    Ok(Text {
        tag: reading.tag(shown.language),
        own: reading.is_own(shown.language),
        status: shown.status,
        outdated: original.is_some_and(|original| *original != row.origin),
        title: words(row.title.unwrap_or_default()),
        summary: words(row.summary.unwrap_or_default()),
        objectives: objectives.into_iter().map(words).collect(),
        html: Html::stored(if latin { language::latin_html(&html) } else { html }),
        outline: outline.into_iter().map(|heading| Heading { text: words(heading.text), ..heading }).collect(),
        also: variants
            .iter()
            .filter(|other| other.language != shown.language)
            .map(|other| Other { language: other.language, status: other.status })
            .collect(),
    })
}
