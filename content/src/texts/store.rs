//! A thing's text, whole.

use super::{Heading, Other, Reading, Status, Text, Variant, choose, entity, links};
use crate::{
    gate::Viewer,
    store::{Ask, Failure, Question, Store},
    things::{Kind, Listed, Shown},
};
use language::{Language, Locale};
use markup::Html;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IdenStatic, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, Keyword, SimpleExpr},
};
use serde::Deserialize;

/// The text of a thing that this reader is shown, its links not yet resolved.
pub(crate) struct Said {
    row: Row,
    shown: Variant,
    variants: Vec<Variant>,
    /// Of the original.
    origin: Option<String>,
    reading: Reading,
}

/// The text of a thing that this reader is shown.
pub(crate) fn said(reading: Reading, thing: &Shown) -> impl Ask<Answer = Option<Said>> + use<> {
    let wanted = reading.languages().into_iter().map(Language::code);
    let wanted = Condition::any()
        .add(entity::Column::Language.is_in(wanted))
        .add(entity::Column::Status.eq(Status::Original.code()));
    let variant = [entity::Column::Language, entity::Column::Status, entity::Column::Origin];
    let mut select = entity::Entity::find().select_only().columns(variant).filter(thing.hold(entity::Column::ThingId));
    // Of all languages, that they are there; of those that may be chosen, what they say.
    for column in SAID {
        let said = Expr::case(wanted.clone(), Expr::col(column)).finally(Keyword::Null);
        select = select.column_as(SimpleExpr::Case(Box::new(said)), column.as_str());
    }
    Question::new(select.into_query(), variant.into_iter().chain(SAID)).then(move |rows: Vec<Row>| {
        let variants: Vec<_> = rows.iter().filter_map(Row::variant).collect();
        let Some(shown) = choose(reading, &variants).map(|at| variants[at]) else { return Ok(None) };
        let origin = rows.iter().find(|row| row.status == Status::Original.code()).map(|row| row.origin.clone());
        let row = rows.into_iter().find(|row| row.language == shown.language.code());
        Ok(row.map(|row| Said { row, shown, variants, origin, reading }))
    })
}

/// The same with its links as they are for this viewer.
pub(crate) async fn resolved(store: &Store, viewer: &Viewer, said: Said, thing: &Listed) -> Result<Text, Failure> {
    let Said { row, shown, variants, origin, reading } = said;
    let links: Vec<String> = serde_json::from_str(&row.links.clone().unwrap_or_default())?;
    let seminar = match thing.place.kind {
        Kind::Seminar => Some(thing.place.slug.as_str()),
        _ => thing.seminar.as_deref(),
    };
    let html = row.html.clone().unwrap_or_default();
    let html = links::resolved(store, viewer, html, &links, thing.place.kind, seminar).await?;
    text(Row { html: Some(html), ..row }, &variants, shown, reading, origin.as_ref())
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

#[derive(Deserialize)]
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

impl Row {
    fn variant(&self) -> Option<Variant> {
        Some(Variant { language: self.language.parse().ok()?, status: self.status.parse().ok()? })
    }
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
