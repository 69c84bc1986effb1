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
    Condition,
    sea_query::{Expr, ExprTrait, JoinType, Query},
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
    let wanted = reading.languages().into_iter().map(Language::code);
    let wanted = Condition::any()
        .add(Expr::cust(r#""said"."status""#).eq(constant(Status::Original.code())))
        .add(Expr::cust(r#""said"."language""#).is_in(wanted));
    let wanted = Condition::all().add(Expr::cust(r#""said"."id" = "text"."id""#)).add(wanted);
    let mut from = Query::select();
    from.from(entity::Entity)
        .join_as(JoinType::LeftJoin, entity::Entity, "said", wanted)
        .and_where(thing.hold((entity::Entity, entity::Column::ThingId)));
    Question::new(from, ROW).then(move |mut rows: Vec<Row>| {
        rows.sort_by(|one, other| one.language.cmp(&other.language));
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
    let links: Vec<String> = serde_json::from_str(&row.links)?;
    let seminar = match thing.place.kind {
        Kind::Seminar => Some(thing.place.slug.as_str()),
        _ => thing.seminar.as_deref(),
    };
    let html = links::resolved(store, viewer, row.html, &links, thing.place.kind, seminar).await?;
    text(Row { html, ..row }, &variants, shown, reading, origin.as_ref())
}

/// A text. One that may not be chosen says nothing here.
#[derive(Deserialize)]
struct Row {
    language: String,
    status: String,
    origin: String,
    title: String,
    summary: String,
    objectives: String,
    links: String,
    outline: String,
    html: String,
}

/// Where its fields come from, in their order.
const ROW: &str = r#""text"."language", "text"."status", "text"."origin", COALESCE("said"."title", ''),
    COALESCE("said"."summary", ''), COALESCE("said"."objectives", ''), COALESCE("said"."links", ''),
    COALESCE("said"."outline", ''), COALESCE("said"."html", '')"#;

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
