//! Questions about things, each through the gate.

use super::{
    Kind, Place, Slug,
    entity::{former as old, relation, thing},
    shown::{Ids, Shown, shown},
};
use crate::{
    gate::{Audience, Viewer},
    store::{Ask, Failure, Lookup, Question, Store, Wanted, constant, truth},
    texts::{Phrase, Reading, Status, Variant, choose, entity as text},
};
use language::Language;
use sea_orm::{
    ConnectionTrait, FromQueryResult, Iterable,
    sea_query::{Alias, Condition, Expr, ExprTrait, Func, IntoColumnRef, JoinType, Order, Query, SelectStatement},
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The id of a thing that a question through the gate has given out: what hangs on the thing may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Seen(i64);

impl Seen {
    pub(crate) fn id(self) -> i64 {
        self.0
    }
}

/// A thing as lists and links show it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub(crate) id: Seen,
    pub(crate) parent: Option<i64>,
    pub(crate) seminar_id: Option<i64>,
    /// The slug of the seminar it came with.
    pub(crate) seminar: Option<String>,
    /// Where it is read.
    pub place: Place,
    /// Its place in the order of its seminar.
    pub position: i32,
    /// What it is called.
    pub title: Phrase,
    /// A sentence or two.
    pub summary: Phrase,
    /// ISO 3166-1 codes.
    pub countries: Vec<String>,
    /// Slugs.
    pub themes: Vec<String>,
    /// The language of its original text.
    pub language: Language,
    /// The language in which its title and summary stand here.
    pub shown: Language,
    /// It came with a seminar that is made up.
    pub example: bool,
    /// Its authors have not published it yet.
    pub draft: bool,
    /// When it last changed: milliseconds since 1970, UTC.
    pub changed_at: i64,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look<'a> {
    /// Of these kinds; none: of all.
    pub(crate) kinds: &'a [Kind],
    /// Under this slug.
    pub(crate) slug: Option<&'a str>,
    /// Under one of these.
    pub(crate) slugs: Option<Vec<String>>,
    /// What lies in this seminar.
    pub(crate) seminar: Option<Shown>,
    /// What belongs to this.
    pub(crate) parent: Option<Shown>,
    /// These and no others.
    pub(crate) ids: Option<Ids>,
    /// Just these, which may be seen: all else that is asked of them was asked before.
    pub(crate) just: Option<Shown>,
    /// What changed last comes first; else in the order of the seminar.
    pub(crate) newest_first: bool,
    /// What came with a seminar that is made up comes after everything else.
    pub(crate) examples_last: bool,
    /// At most so many, after so many.
    pub(crate) page: Option<(u64, u64)>,
}

#[derive(Deserialize)]
struct Row {
    list: usize,
    id: i64,
    kind: String,
    slug: String,
    seminar_id: Option<i64>,
    parent_id: Option<i64>,
    audience: String,
    seminar_slug: Option<String>,
    #[serde(deserialize_with = "truth")]
    example: bool,
    position: i32,
    language: String,
    countries: String,
    themes: String,
    changed_at: i64,
    text_language: String,
    status: String,
    title: String,
    summary: String,
}

/// Where its fields come from, in their order.
const ROW: &str = r#""found"."list", "thing"."id", "thing"."kind", "thing"."slug", "thing"."seminar_id",
    "thing"."parent_id", "thing"."audience", "seminar"."slug", "thing"."example", "thing"."position", "thing"."language",
    "thing"."countries", "thing"."themes", "thing"."changed_at", "text"."language", "text"."status", "text"."title", "text"."summary""#;

const THING: thing::Entity = thing::Entity;

/// The things that are looked for and may be seen.
pub(crate) async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    look: &Look<'_>,
) -> Result<Vec<Listed>, Failure> {
    store.ask(listing(viewer, reading, look)).await
}

/// The same, to be asked with more.
pub(crate) fn listing(viewer: &Viewer, reading: Reading, look: &Look<'_>) -> impl Ask<Answer = Vec<Listed>> + use<> {
    let rows = Wanted { lookup: Listing(reading), ids: shown(viewer, look).select() };
    let (examples_last, newest_first) = (look.examples_last, look.newest_first);
    rows.then(move |mut rows| {
        // As `Look::order` says.
        rows.sort_by_key(|row| {
            let newest = if newest_first { -row.changed_at } else { 0 };
            let (position, id) = if newest_first { (0, -row.id) } else { (row.position, row.id) };
            (examples_last && row.example, newest, position, id)
        });
        Ok(rows.chunk_by(|this, next| this.id == next.id).filter_map(|rows| listed(rows, reading)).collect())
    })
}

/// Things with those of their texts that this reader could be shown.
#[derive(PartialEq)]
struct Listing(Reading);

impl Lookup for Listing {
    type Row = Row;

    fn question(&self, ids: SelectStatement) -> Question<Row> {
        let languages = self.0.languages().into_iter().map(Language::code);
        let mut from = Query::select();
        from.from_subquery(ids, "found")
            .join(JoinType::InnerJoin, THING, Expr::cust(r#""thing"."id" = "found"."id""#))
            .join_as(JoinType::LeftJoin, THING, "seminar", Expr::cust(r#""seminar"."id" = "thing"."seminar_id""#))
            .join(
                JoinType::InnerJoin,
                text::Entity,
                Condition::all().add(Expr::cust(r#""text"."thing_id" = "thing"."id""#)).add(
                    Condition::any()
                        .add(Expr::col((text::Entity, text::Column::Status)).eq(constant(Status::Original.code())))
                        .add(Expr::col((text::Entity, text::Column::Language)).is_in(languages)),
                ),
            );
        Question::new(from, ROW)
    }

    fn list(row: &Row) -> usize {
        row.list
    }
}

/// That the thing which a column names is of a kind and may be seen: for a question about a table that hangs on things.
pub(crate) fn seen(viewer: &Viewer, kind: Kind, column: impl IntoColumnRef) -> Expr {
    let there = Query::select()
        .expr(Expr::val(1))
        .from(THING)
        .and_where(Expr::col((THING, thing::Column::Id)).eq(Expr::col(column)))
        .cond_where(Look { kinds: &[kind], ..Look::default() }.condition(viewer))
        .to_owned();
    Expr::exists(there)
}

/// Whether a viewer who is not the one that asks would see it.
pub(crate) async fn is_seen(store: &Store, viewer: &Viewer, thing: i64) -> Result<bool, Failure> {
    let look = Look { ids: Some(vec![thing].into()), ..Look::default() };
    Ok(!rows(store, viewer, &look).await?.is_empty())
}

/// The rows themselves, for what writes or indexes things whole.
pub(crate) async fn rows(
    store: &Store,
    viewer: &Viewer,
    look: &Look<'_>,
) -> Result<Vec<(Seen, thing::Model)>, Failure> {
    let mut select = Query::select();
    select.columns(thing::Column::iter().map(|column| (THING, column))).from(THING).cond_where(look.condition(viewer));
    look.order(&mut select);
    let rows = store.read().query_all(&select).await?;
    rows.iter()
        .map(|row| thing::Model::from_query_result(row, "").map(|row| (Seen(row.id), row)).map_err(Failure::from))
        .collect()
}

/// Those of some places where there is something that may be seen.
pub(crate) async fn among(store: &Store, viewer: &Viewer, places: &[Place]) -> Result<Vec<Place>, Failure> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let kinds: BTreeSet<Kind> = places.iter().map(|place| place.kind).collect();
    let kinds: Vec<Kind> = kinds.into_iter().collect();
    let slugs = places.iter().map(|place| place.slug.clone()).collect();
    let look = Look { kinds: &kinds, slugs: Some(slugs), ..Look::default() };
    let found = places_where(store, look.condition(viewer), None).await?;
    Ok(found.into_iter().map(|(place, _)| place).filter(|place| places.contains(place)).collect())
}

/// What changed last, for a feed.
///
/// # Errors
/// When the store does not answer.
pub async fn latest(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    kinds: &[Kind],
    most: u64,
) -> Result<Vec<Listed>, Failure> {
    let look = Look { kinds, newest_first: true, page: Some((most, 0)), ..Look::default() };
    list(store, viewer, reading, &look).await
}

/// How many things there are in all.
///
/// # Errors
/// When the store does not answer.
pub async fn total(store: &Store, viewer: &Viewer) -> Result<u64, Failure> {
    counted(store, viewer, &Look::default(), None).await
}

/// Where everything is and when it last changed (milliseconds since 1970, UTC): at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn places(store: &Store, viewer: &Viewer, most: u64, after: u64) -> Result<Vec<(Place, i64)>, Failure> {
    places_where(store, Look::default().condition(viewer), Some((most, after))).await
}

/// `condition` is one that a viewer's is part of.
async fn places_where(
    store: &Store,
    condition: Condition,
    page: Option<(u64, u64)>,
) -> Result<Vec<(Place, i64)>, Failure> {
    use thing::Column as Thing;
    let seminar = Alias::new("seminar");
    let mut select = Query::select();
    select
        .columns([Thing::Kind, Thing::Slug, Thing::ChangedAt].map(|column| (THING, column)))
        .expr_as(Expr::col((seminar.clone(), Thing::Slug)), Alias::new("seminar_slug"))
        .from(THING)
        .join_as(
            JoinType::LeftJoin,
            THING,
            seminar.clone(),
            Expr::col((seminar, Thing::Id)).equals((THING, Thing::SeminarId)),
        )
        .cond_where(condition)
        .order_by((THING, Thing::Id), Order::Asc);
    if let Some((most, after)) = page {
        select.limit(most).offset(after);
    }
    let rows = store.read().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let kind: Kind = row.try_get::<String>("", "kind")?.parse().map_err(|()| Failure::odd("thing.kind"))?;
            let seminar: Option<String> = row.try_get("", "seminar_slug")?;
            let place = Place { kind, slug: row.try_get("", "slug")?, seminar: seminar.filter(|_| kind.is_local()) };
            Ok((place, row.try_get("", "changed_at")?))
        })
        .collect()
}

/// How many there are of a kind, counted no further than `most`: counting everything costs more the more there is.
///
/// # Errors
/// When the store does not answer.
pub async fn count(store: &Store, viewer: &Viewer, kind: Kind, most: Option<u64>) -> Result<u64, Failure> {
    counted(store, viewer, &Look { kinds: &[kind], ..Look::default() }, most).await
}

async fn counted(store: &Store, viewer: &Viewer, look: &Look<'_>, most: Option<u64>) -> Result<u64, Failure> {
    let mut there = Query::select();
    there.column((THING, thing::Column::Id)).from(THING).cond_where(look.condition(viewer));
    if let Some(most) = most {
        there.limit(most);
    }
    let there_name = Alias::new("there");
    let id = Expr::col((there_name.clone(), thing::Column::Id));
    let mut select = Query::select();
    select.expr_as(Func::count(id), Alias::new("count")).from_subquery(there, there_name);
    let row = store.read().query_one(&select).await?;
    let count = row.map(|row| row.try_get::<i64>("", "count")).transpose()?.unwrap_or_default();
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The ids of things, each with the number of the last line that the change log has of it, and its digest.
pub(crate) fn lately(things: &Shown) -> Question<(i64, i64, String)> {
    let mut from = Query::select();
    from.from(THING).and_where(things.hold((THING, thing::Column::Id)));
    let last = r#"SELECT COALESCE(MAX("number"), 0) FROM "change" WHERE "change"."thing_id" = "thing"."id""#;
    Question::new(from, format!(r#""thing"."id", ({last}), "thing"."digest""#))
}

/// Of things that may be spoken of by others of one kind: each as often as it is, by those that may be seen.
pub(crate) fn spoken_of(viewer: &Viewer, things: &Shown, relation: &'static str, by: Kind) -> Question<(i64,)> {
    use relation::Column as Relation;
    let mut select = Query::select();
    select
        .from(relation::Entity)
        .and_where(things.hold(Relation::ToId))
        .and_where(Expr::col(Relation::Kind).eq(constant(relation)))
        .and_where(seen(viewer, by, (relation::Entity, Relation::FromId)));
    Question::new(select, "\"to_id\"")
}

/// Where something is now that had this slug before.
///
/// # Errors
/// When the store does not answer.
pub async fn former(
    store: &Store,
    viewer: &Viewer,
    kind: Kind,
    seminar: Option<&str>,
    slug: &str,
) -> Result<Option<Place>, Failure> {
    if !Slug::is(slug) {
        return Ok(None);
    }
    let mut select = Query::select();
    select.column(old::Column::ThingId).from(old::Entity).and_where(Expr::col(old::Column::Slug).eq(slug));
    let rows = store.read().query_all(&select).await?;
    let ids = rows.iter().map(|row| row.try_get_by_index::<i64>(0)).collect::<Result<Vec<_>, _>>()?;
    if ids.is_empty() {
        return Ok(None);
    }
    let look = Look { kinds: &[kind], ids: Some(ids.into()), ..Look::default() };
    let found = list(store, viewer, Reading::in_locale(language::Locale::English), &look).await?;
    Ok(found.into_iter().map(|listed| listed.place).find(|place| place.seminar.as_deref() == seminar))
}

impl Look<'_> {
    /// Whether there can only be one: a slug is used once for a kind, or once in a seminar.
    pub(super) fn is_one(&self) -> bool {
        let [kind] = self.kinds else { return false };
        self.slug.is_some() && (self.seminar.is_some() || !kind.is_local())
    }

    /// Whether anything can be found: what is no slug is put to no database.
    pub(super) fn can_be(&self) -> bool {
        let empty = |ids: &Ids| matches!(ids, Ids::Known(ids) if ids.is_empty());
        let none = self.ids.as_ref().is_some_and(empty) || self.just.as_ref().is_some_and(|just| empty(just.ids()));
        let none = none || self.seminar.as_ref().is_some_and(|seminar| empty(seminar.ids()));
        let none = none || self.slugs.as_ref().is_some_and(|slugs| !slugs.iter().any(|slug| Slug::is(slug)));
        !none && self.slug.is_none_or(Slug::is)
    }

    pub(super) fn condition(&self, viewer: &Viewer) -> Condition {
        use thing::Column as Thing;
        if let Some(just) = &self.just {
            return Condition::all().add(just.hold((THING, Thing::Id)));
        }
        let mut all = viewer.condition((THING, Thing::Audience));
        if !self.kinds.is_empty() {
            all = all.add(Expr::col((THING, Thing::Kind)).is_in(self.kinds.iter().map(|kind| constant(kind.code()))));
        }
        if let Some(slug) = self.slug {
            all = all.add(Expr::col((THING, Thing::Slug)).eq(slug));
        }
        if let Some(slugs) = &self.slugs {
            let slugs = slugs.iter().map(String::as_str).filter(|slug| Slug::is(slug));
            all = all.add(Expr::col((THING, Thing::Slug)).is_in(slugs));
        }
        if let Some(seminar) = &self.seminar {
            all = all.add(seminar.hold((THING, Thing::SeminarId)));
        }
        if let Some(parent) = &self.parent {
            all = all.add(parent.hold((THING, Thing::ParentId)));
        }
        if let Some(ids) = &self.ids {
            all = all.add(ids.hold((THING, Thing::Id)));
        }
        all
    }

    pub(super) fn order(&self, select: &mut SelectStatement) {
        use thing::Column as Thing;
        if self.examples_last {
            select.order_by((THING, Thing::Example), Order::Asc);
        }
        if self.newest_first {
            select.order_by((THING, Thing::ChangedAt), Order::Desc).order_by((THING, Thing::Id), Order::Desc);
        } else {
            select.order_by((THING, Thing::Position), Order::Asc).order_by((THING, Thing::Id), Order::Asc);
        }
        if let Some((most, after)) = self.page {
            select.limit(most).offset(after);
        }
    }
}

/// One thing out of the rows that hold its texts.
fn listed(rows: &[Row], reading: Reading) -> Option<Listed> {
    let texts: Vec<(Variant, &Row)> = rows
        .iter()
        .filter_map(|row| {
            let variant = Variant { language: row.text_language.parse().ok()?, status: row.status.parse().ok()? };
            Some((variant, row))
        })
        .collect();
    let variants: Vec<Variant> = texts.iter().map(|(variant, _)| *variant).collect();
    let (variant, text) = texts.get(choose(reading, &variants)?)?;
    let row = rows.first()?;
    let kind: Kind = row.kind.parse().ok()?;
    let mut title = reading.phrase(&text.title, variant.language);
    // A name is a name in every language; its letters are not.
    if kind == Kind::Person && !title.text.contains(|c| matches!(c, '\u{400}'..='\u{4ff}')) {
        title.lang = None;
    }
    let split = |list: &str| list.split_whitespace().map(str::to_owned).collect();
    Some(Listed {
        id: Seen(row.id),
        parent: row.parent_id,
        seminar_id: row.seminar_id,
        seminar: row.seminar_slug.clone(),
        place: Place {
            kind,
            slug: row.slug.clone(),
            seminar: if kind.is_local() { row.seminar_slug.clone() } else { None },
        },
        position: row.position,
        title,
        summary: reading.phrase(&text.summary, variant.language),
        countries: split(&row.countries),
        themes: split(&row.themes),
        language: row.language.parse().ok()?,
        shown: variant.language,
        example: row.example,
        draft: matches!(row.audience.parse(), Ok(Audience::Authors(_))),
        changed_at: row.changed_at,
    })
}
