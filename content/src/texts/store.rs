//! A thing's text, whole.

use super::{Heading, Other, Reading, Status, Text, Variant, choose, entity, links};
use crate::{
    gate::Viewer,
    store::{Ask, Failure, Question, Store, constant},
    things::{Kind, Listed, Shown},
};
use language::{Language, Locale};
use markup::Html;
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Query},
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
    // Of all languages, that they are there; of those that may be chosen, what they say.
    let there = Query::select().from(entity::Entity).and_where(thing.hold(entity::Column::ThingId)).to_owned();
    let wanted = reading.languages().into_iter().map(Language::code);
    let wanted = Condition::any()
        .add(entity::Column::Language.is_in(wanted))
        .add(Expr::col(entity::Column::Status).eq(constant(Status::Original.code())));
    let said = there.clone().cond_where(wanted).to_owned();
    let questions = (Question::new(there, "\"language\", \"status\", \"origin\""), Question::new(said, ROW));
    questions.then(move |(mut there, rows): (Vec<There>, Vec<Row>)| {
        there.sort_by(|one, other| one.language.cmp(&other.language));
        let variants: Vec<_> = there.iter().filter_map(There::variant).collect();
        let Some(shown) = choose(reading, &variants).map(|at| variants[at]) else { return Ok(None) };
        let origin = there.into_iter().find(|there| there.status == Status::Original.code()).map(|there| there.origin);
        let row = rows.into_iter().find(|row| row.language == shown.language.code());
        Ok(row.map(|row| Said { row, shown, variants, origin, reading }))
    })
}

/// The same with its links as they are for this viewer.
pub(crate) async fn resolved(store: &Store, viewer: &Viewer, said: Said, thing: &Listed) -> Result<Text, Failure> {
    let Said { row, shown, variants, origin, reading } = said;
    let links: Vec<String> = serde_json::from_str(&row.links)?;
    let seminar = match thing.place.kind {
        Kind::Seminar => Some(thing.place.slug.as_str()),
        _ => thing.seminar.as_deref(),
    };
    let html = links::resolved(store, viewer, row.html, &links, thing.place.kind, seminar).await?;
    text(Row { html, ..row }, &variants, shown, reading, origin.as_ref())
}

/// A text, that it is there.
#[derive(Deserialize)]
struct There {
    language: String,
    status: String,
    origin: String,
}

impl There {
    fn variant(&self) -> Option<Variant> {
        Some(Variant { language: self.language.parse().ok()?, status: self.status.parse().ok()? })
    }
}

/// A text, what it says.
#[derive(Deserialize)]
struct Row {
    language: String,
    origin: String,
    title: String,
    summary: String,
    objectives: String,
    links: String,
    outline: String,
    html: String,
}

/// Its fields, in their order.
const ROW: &str = r#""language", "origin", "title", "summary", "objectives", "links", "outline", "html""#;

fn text(
    row: Row,
    variants: &[Variant],
    shown: Variant,
    reading: Reading,
    original: Option<&String>,
) -> Result<Text, Failure> {
    let latin = reading.locale == Locale::SerbianLatin && shown.language == Language::Serbian;
    let words = |text: String| if latin { language::latin(&text) } else { text };
    let objectives: Vec<String> = serde_json::from_str(&row.objectives)?;
    let outline: Vec<Heading> = serde_json::from_str(&row.outline)?;
    let html = row.html;
    Ok(Text {
        tag: reading.tag(shown.language),
        own: reading.is_own(shown.language),
        status: shown.status,
        outdated: original.is_some_and(|original| *original != row.origin),
        title: words(row.title),
        summary: words(row.summary),
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
