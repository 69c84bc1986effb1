//! Writing what was changed of a programme: all of it or nothing.

use super::{Details, entity, file::When, order::in_time};
use crate::{
    changes::{self, Act as Happened},
    edits::{self, Edited},
    folder::{self, Contributor, Publishing, Spot, Written},
    gate::{Viewer, settled::Settled},
    people::contribution,
    seminars::Contents,
    store::{Failure, Store},
    texts::entity as text,
    things::{
        Kind,
        entity::{former, thing},
    },
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, TransactionTrait};
use std::collections::BTreeSet;

/// Writes sessions, and puts the programme in order: their slugs. None where one of them is not as it was when it was
/// read; then nothing is written.
pub(super) async fn write(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    edited: Vec<Edited>,
    now: Timestamp,
) -> Result<Option<Vec<String>>, Failure> {
    let home = contents.seminar.id.id();
    let transaction = store.write().begin().await?;
    changes::publishing(&transaction).await?;
    changes::turn(&transaction).await?;
    let Some(seminar) = thing::Entity::find_by_id(home).one(&transaction).await? else { return Ok(None) };
    let settled = Settled::of(&transaction, Some(home)).await?;
    let (mut slugs, mut changed, mut moved) = (Vec::new(), Vec::new(), false);
    for mut edited in edited {
        match &edited.before {
            Some((row, _)) if settled.thing(row.id) != Some(row) => return Ok(None),
            // The Chatham House rule is set elsewhere, perhaps since it was read.
            Some((row, before)) if before.details.is_quiet() != settled.is_quiet(row.id) => return Ok(None),
            Some(_) => {}
            None => match sent_before(&transaction, home, &edited.after, now).await? {
                Some(slug) => return Ok(Some(vec![slug])),
                None => edited.after.slug = free(&transaction, home, &edited.after.slug).await?,
            },
        }
        moved |= edited.moves();
        slugs.push(edited.after.slug.clone());
        let Some(says) = edited.says() else { continue };
        changed.extend(edits::write(&transaction, now, (&seminar, &settled), &edited).await?);
        let act = if edited.before.is_some() { "edit session" } else { "make session" };
        let subject = format!("seminar/{}/session/{}", seminar.slug, edited.after.slug);
        changes::audit(&transaction, now, &viewer.actor(), act, &subject, says).await?;
    }
    if changed.is_empty() {
        return Ok(Some(slugs));
    }
    let clock = When::of(&contents.details).clock;
    let others = if moved { in_time(&transaction, home, &clock).await? } else { Vec::new() };
    for other in others {
        if !changed.iter().any(|(id, ..)| *id == other) {
            changed.push((other, Kind::Session, Happened::Updated));
        }
    }
    changes::write(&transaction, now, &changed).await?;
    transaction.commit().await?;
    store.announce();
    Ok(Some(slugs))
}

/// Whether a session was made in the browser and nothing lies in it.
pub(super) async fn is_removable<C: ConnectionTrait>(db: &C, session: i64) -> Result<bool, Failure> {
    let made = edits::entity::Entity::find_by_id(session).one(db).await?.is_some_and(|edit| edit.made);
    let inside = thing::Entity::find().filter(thing::Column::ParentId.eq(session)).one(db).await?;
    Ok(made && inside.is_none())
}

/// Takes away what can be: whether it is still as it was read, and was. `seen`: as whoever takes it away may see it.
pub(super) async fn taken_away(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    (row, seen): (&thing::Model, &Written),
    now: Timestamp,
) -> Result<bool, Failure> {
    let transaction = store.write().begin().await?;
    changes::publishing(&transaction).await?;
    changes::turn(&transaction).await?;
    let still = thing::Entity::find_by_id(row.id).one(&transaction).await?;
    if still.as_ref() != Some(row) || !is_removable(&transaction, row.id).await? {
        return Ok(false);
    }
    let mut publishing = Publishing::new(&transaction, now, false, &|_| ());
    publishing.delete(&[row.id]).await?;
    let mut changed = publishing.changes;
    changed.push((row.id, Kind::Session, Happened::Deleted));
    let subject = format!("seminar/{}/session/{}", contents.seminar.place.slug, row.slug);
    changes::audit(&transaction, now, &viewer.actor(), "take session away", &subject, edits::said(seen)).await?;
    changes::write(&transaction, now, &changed).await?;
    transaction.commit().await?;
    store.announce();
    Ok(true)
}

/// How long a form that makes a session may be on its way twice.
const TWICE: SignedDuration = SignedDuration::from_mins(2);

/// The session that the same form has made already.
async fn sent_before<C: ConnectionTrait>(
    db: &C,
    seminar: i64,
    made: &Written,
    now: Timestamp,
) -> Result<Option<String>, Failure> {
    let since = now.saturating_sub(TWICE).unwrap_or(now).as_millisecond();
    let recent = thing::Entity::find()
        .filter(thing::Column::SeminarId.eq(seminar))
        .filter(thing::Column::Kind.eq(Kind::Session.code()))
        .filter(thing::Column::ChangedAt.gte(since));
    for row in recent.all(db).await? {
        let text = text::Entity::find().filter(text::Column::ThingId.eq(row.id)).one(db).await?;
        let details = entity::Entity::find_by_id(row.id).one(db).await?.map(Details::try_from).transpose()?;
        let is_made = edits::entity::Entity::find_by_id(row.id).one(db).await?.is_some_and(|edit| edit.made);
        let says = text.zip(made.texts.first()).is_some_and(|(text, made)| {
            let objectives = serde_json::from_str::<Vec<String>>(&text.objectives).unwrap_or_default();
            (&text.title, &text.summary, &text.source) == (&made.title, &made.summary, &made.body)
                && objectives == made.objectives
        });
        let same = says && row.countries == made.countries.join(" ") && is_made;
        if same
            && details.map(folder::Details::Session).as_ref() == Some(&made.details)
            && contributors(db, row.id).await? == made.contributors
        {
            return Ok(Some(row.slug));
        }
    }
    Ok(None)
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

/// A slug that no session of a seminar has or had.
async fn free<C: ConnectionTrait>(db: &C, seminar: i64, wish: &str) -> Result<String, Failure> {
    let ours = || {
        thing::Entity::find()
            .select_only()
            .filter(thing::Column::SeminarId.eq(seminar))
            .filter(thing::Column::Kind.eq(Kind::Session.code()))
    };
    let mut taken: BTreeSet<String> =
        ours().column(thing::Column::Slug).into_tuple::<String>().all(db).await?.into_iter().collect();
    let ids: Vec<i64> = ours().column(thing::Column::Id).into_tuple().all(db).await?;
    for part in ids.chunks(500) {
        let had = former::Entity::find().filter(former::Column::ThingId.is_in(part.iter().copied())).all(db).await?;
        taken.extend(had.into_iter().map(|former| former.slug));
    }
    let wishes = (1..).map(|number| if number == 1 { wish.to_owned() } else { format!("{wish}-{number}") });
    Ok(wishes.into_iter().find(|wish| !taken.contains(wish)).unwrap_or_default())
}
