//! A form that makes something and is sent twice makes it once.

use super::entity;
use crate::{
    authors, boards, challenges,
    folder::{self, Contributor, Ring, Spot, Written},
    gate::Viewer,
    materials, organisations,
    people::{self, contribution},
    practices, seminars, sessions,
    store::Failure,
    texts::entity as text,
    things::{
        Kind,
        entity::{relation, thing},
    },
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// How long a form that makes something may be on its way twice.
const TWICE: SignedDuration = SignedDuration::from_mins(2);

/// What the same form has made already.
pub(super) async fn sent_before<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    seminar: Option<i64>,
    made: &Written,
    now: Timestamp,
) -> Result<Option<String>, Failure> {
    let since = now.saturating_sub(TWICE).unwrap_or(now).as_millisecond();
    let mut recent = thing::Entity::find()
        .filter(thing::Column::Kind.eq(made.kind.code()))
        .filter(thing::Column::ChangedAt.gte(since));
    if let Some(seminar) = seminar {
        recent = recent.filter(thing::Column::SeminarId.eq(seminar));
    }
    for row in recent.all(db).await? {
        // What another is writing is another's, and one's own may have been begun since it was asked who this is.
        if authors::KINDS.contains(&made.kind) && !authors::is_author(db, row.id, viewer.writer()).await? {
            continue;
        }
        let Some(original) = made.texts.first() else { continue };
        let text = text::Entity::find()
            .filter(text::Column::ThingId.eq(row.id))
            .filter(text::Column::Language.eq(original.language.code()));
        let is_made = entity::Entity::find_by_id(row.id).one(db).await?.is_some_and(|edit| edit.made);
        let says = text.one(db).await?.is_some_and(|text| {
            let objectives = serde_json::from_str::<Vec<String>>(&text.objectives).unwrap_or_default();
            (&text.title, &text.summary, &text.source) == (&original.title, &original.summary, &original.body)
                && objectives == original.objectives
        });
        let alike = says && is_made && row.countries == made.countries.join(" ") && row.themes == made.themes.join(" ");
        if alike
            && slug_of(db, row.parent_id).await?.as_deref() == made.parent.as_ref().map(|parent| parent.slug.as_str())
            && same(details(db, made.kind, row.id).await?, &made.details)
            && contributors(db, row.id).await? == made.contributors
            && related(db, row.id, Ring::WorksFor).await?.first().map(String::as_str) == made.works_for()
            && related(db, row.id, Ring::Answers).await? == made.answers().cloned().collect::<Vec<_>>()
        {
            return Ok(Some(row.slug));
        }
    }
    Ok(None)
}

/// Whether a thing has that of its own: a file is the same that holds the same.
fn same(one: Option<folder::Details>, other: &folder::Details) -> bool {
    match (one, other) {
        (Some(folder::Details::Material(one)), folder::Details::Material(other)) => {
            let digest = |details: &materials::Details| details.file.as_ref().map(|file| file.digest.clone());
            (&one.url, digest(&one)) == (&other.url, digest(other))
        }
        (Some(one), other) => one == *other,
        (None, _) => false,
    }
}

/// What a thing of a kind that is made in the browser has of its own.
async fn details<C: ConnectionTrait>(db: &C, kind: Kind, id: i64) -> Result<Option<folder::Details>, Failure> {
    Ok(match kind {
        Kind::Seminar => {
            let row = seminars::entity::Entity::find_by_id(id).one(db).await?;
            row.map(TryInto::try_into).transpose()?.map(folder::Details::Seminar)
        }
        Kind::Session => {
            let row = sessions::entity::Entity::find_by_id(id).one(db).await?;
            row.map(TryInto::try_into).transpose()?.map(folder::Details::Session)
        }
        Kind::Person => {
            let row = people::entity::Entity::find_by_id(id).one(db).await?;
            row.map(|row| folder::Details::Person(people::Details { country: row.country }))
        }
        Kind::Material => {
            let row = materials::entity::Entity::find_by_id(id).one(db).await?;
            let file = materials::entity::file::Entity::find();
            let file = file.filter(materials::entity::file::Column::ThingId.eq(id)).one(db).await?;
            let file = file.map(materials::Attachment::from);
            row.map(|row| folder::Details::Material(materials::Details { url: row.url, file }))
        }
        Kind::Practice => {
            let row = practices::entity::Entity::find_by_id(id).one(db).await?;
            row.map(|row| folder::Details::Practice(row.into()))
        }
        Kind::Challenge => {
            let row = challenges::entity::Entity::find_by_id(id).one(db).await?;
            row.map(|row| folder::Details::Challenge(row.into()))
        }
        Kind::Board => {
            let row = boards::entity::Entity::find_by_id(id).one(db).await?;
            row.map(TryInto::try_into).transpose()?.map(folder::Details::Board)
        }
        Kind::Organisation => {
            let row = organisations::entity::Entity::find_by_id(id).one(db).await?;
            row.map(|row| folder::Details::Organisation(row.into()))
        }
        // There is one of a seminar: it is found before another is made.
        _ => None,
    })
}

/// Who contributes to a thing, as it would be written.
async fn contributors<C: ConnectionTrait>(db: &C, thing: i64) -> Result<Vec<Contributor>, Failure> {
    let rows = contribution::Entity::find().filter(contribution::Column::ThingId.eq(thing));
    let rows = rows.order_by_asc(contribution::Column::Position).all(db).await?;
    let people = thing::Entity::find().filter(thing::Column::Id.is_in(rows.iter().map(|row| row.person_id)));
    let people = people.all(db).await?;
    let contributor = |row: contribution::Model| {
        let person = people.iter().find(|person| person.id == row.person_id)?.slug.clone();
        Some(Contributor { person, role: row.role.parse().ok()?, title: row.title, spot: Spot::default() })
    };
    Ok(rows.into_iter().filter_map(contributor).collect())
}

/// The slugs of what a thing names so, in its order.
async fn related<C: ConnectionTrait>(db: &C, thing: i64, ring: Ring) -> Result<Vec<String>, Failure> {
    let related = relation::Entity::find()
        .filter(relation::Column::FromId.eq(thing))
        .filter(relation::Column::Kind.eq(ring.code()))
        .order_by_asc(relation::Column::Position);
    let mut slugs = Vec::new();
    for row in related.all(db).await? {
        slugs.extend(slug_of(db, Some(row.to_id)).await?);
    }
    Ok(slugs)
}

async fn slug_of<C: ConnectionTrait>(db: &C, id: Option<i64>) -> Result<Option<String>, Failure> {
    let Some(id) = id else { return Ok(None) };
    Ok(thing::Entity::find_by_id(id).one(db).await?.map(|thing| thing.slug))
}
