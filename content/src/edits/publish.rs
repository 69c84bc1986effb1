//! Writing what somebody edited or made in the browser: all of it or nothing.

use super::{
    entity,
    twice::sent_before,
    write::{Edited, said, write},
};
use crate::{
    accounts::Token,
    authors, boards,
    changes::{self, Act as Happened},
    folder::{self, Publishing, Written},
    gate::{
        Viewer,
        settled::{Settled, settle},
    },
    materials,
    people::contribution,
    protection,
    recommendations::progress,
    seminars::{self, NEW},
    sessions,
    store::{Failure, Store},
    things::{
        Kind,
        entity::{former, relation, thing},
    },
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// A seminar in which something is written, and for whom everything in it is.
struct Home {
    seminar: thing::Model,
    settled: Settled,
}

impl Home {
    async fn of<C: ConnectionTrait>(db: &C, seminar: i64) -> Result<Option<Self>, Failure> {
        let Some(row) = thing::Entity::find_by_id(seminar).one(db).await? else { return Ok(None) };
        Ok(Some(Self { seminar: row, settled: Settled::of(db, Some(seminar)).await? }))
    }
}

/// Writes things of a seminar, and puts its programme in order: their slugs. `seminar`: its id; none where the first of
/// them is the seminar, which is made. None where one of them is not as it was when it was read; then nothing is written.
pub(crate) async fn publish(
    store: &Store,
    viewer: &Viewer,
    seminar: Option<i64>,
    edited: Vec<Edited>,
    now: Timestamp,
) -> Result<Option<Vec<String>>, Failure> {
    publish_along(store, viewer, seminar, edited, 0, now).await
}

/// The same; what waits for a time of its own moves along by so many days.
pub(crate) async fn publish_along(
    store: &Store,
    viewer: &Viewer,
    seminar: Option<i64>,
    edited: Vec<Edited>,
    days: i64,
    now: Timestamp,
) -> Result<Option<Vec<String>>, Failure> {
    let transaction = changes::begin_publishing(store).await?;
    let published = publish_in(&transaction, viewer, seminar, edited, days, now).await?;
    let Some((slugs, changed)) = published else { return Ok(None) };
    if changed {
        transaction.commit().await?;
        store.announce();
    }
    Ok(Some(slugs))
}

/// The same in a transaction that has its turn to publish, and whether anything of it is to be kept.
pub(crate) async fn publish_in(
    transaction: &DatabaseTransaction,
    viewer: &Viewer,
    seminar: Option<i64>,
    edited: Vec<Edited>,
    days: i64,
    now: Timestamp,
) -> Result<Option<(Vec<String>, bool)>, Failure> {
    let mut home = match seminar {
        Some(seminar) => match Home::of(transaction, seminar).await? {
            Some(home) => Some(home),
            None => return Ok(None),
        },
        None => None,
    };
    let (mut slugs, mut changed, mut moved, mut reset) = (Vec::new(), Vec::new(), false, false);
    for mut edited in edited {
        let kind = edited.after.kind;
        match (&edited.before, &home) {
            (Some((row, before)), Some(home)) => {
                // The Chatham House rule is set elsewhere, perhaps since it was read.
                let quiet = before.details.is_quiet() != home.settled.is_quiet(row.id);
                if quiet || home.settled.thing(row.id) != Some(row) {
                    return Ok(None);
                }
                // Somebody may have begun with a board since.
                if kind == Kind::Board
                    && before.details != edited.after.details
                    && boards::begun(transaction, row.id).await?
                {
                    return Ok(None);
                }
            }
            (Some(_), None) => return Ok(None),
            (None, _) => {
                let within = home.as_ref().map(|home| home.seminar.id);
                // Somebody else has begun the one that a seminar has.
                if kind == Kind::Comparison && has(transaction, within, kind).await? {
                    return Ok(None);
                }
                // What a new seminar is made of comes with it.
                let alone = seminar.is_some() || home.is_none();
                let before =
                    if alone { sent_before(transaction, viewer, within, &edited.after, now).await? } else { None };
                if let Some(slug) = before {
                    return Ok(Some((vec![slug], false)));
                }
            }
        }
        let draft = match &edited.before {
            Some((row, _)) => authors::is_draft(transaction, row.id).await?,
            None => authors::KINDS.contains(&kind),
        };
        // Somebody else may have taken them from those who write it.
        if let Some((row, _)) = &edited.before
            && draft
            && !authors::is_author(transaction, row.id, viewer.writer()).await?
        {
            return Ok(None);
        }
        if edited.publishes && !draft {
            return Ok(None);
        }
        called(transaction, home.as_ref(), &mut edited).await?;
        slugs.push(edited.after.slug.clone());
        if let (Some(home), folder::Details::Material(details)) = (&home, &mut edited.after.details)
            && let Some(file) = details
                .file
                .as_mut()
                .filter(|file| edited.before.as_ref().is_none_or(|(_, before)| !before.holds(file)))
        {
            let own = edited.before.as_ref().map(|(row, _)| row.id);
            materials::apart(transaction, home.seminar.id, own, file).await?;
            // The audit says under which name it lies.
            if let Some((_, seen)) = &mut edited.seen
                && let folder::Details::Material(seen) = &mut seen.details
            {
                seen.file = Some(file.clone());
            }
        }
        let says = match (edited.says(), edited.publishes) {
            (_, true) => edited.whole(),
            (None, false) => continue,
            // The audit is read by others than its authors.
            (Some(_), false) if draft => Value::Null,
            (Some(says), false) => says,
        };
        reset |= draft;
        reset |= edited
            .before
            .as_ref()
            .map_or(edited.after.parent.is_some(), |(_, before)| before.parent != edited.after.parent);
        moved |= kind == Kind::Session && edited.moves();
        let around = home.as_ref().map(|home| (&home.seminar, &home.settled));
        let (id, written) = write(transaction, now, around, &edited).await?;
        // What it names may have gone since it was read.
        let row = thing::Entity::find_by_id(id).one(transaction).await?;
        let lies = row.is_some_and(|row| row.parent_id.is_some() == edited.after.parent.is_some());
        let speak =
            contribution::Entity::find().filter(contribution::Column::ThingId.eq(id)).count(transaction).await?;
        if !lies || usize::try_from(speak) != Ok(edited.after.contributors.len()) {
            return Ok(None);
        }
        changed.extend(written);
        match (&edited.before, edited.publishes) {
            (_, true) => authors::published(transaction, id).await?,
            (None, false) if draft => {
                let Some(account) = viewer.writer() else { return Ok(None) };
                authors::begin(transaction, id, account).await?;
            }
            _ => {}
        }
        if kind == Kind::Seminar {
            reset = true;
            home = Home::of(transaction, id).await?;
        }
        let verb = match (&edited.before, edited.publishes) {
            (_, true) => "publish",
            (Some(_), false) => "edit",
            (None, false) => "make",
        };
        let subject = subject(home.as_ref().map(|home| &home.seminar), kind, &edited.after.slug, id);
        let act = format!("{verb} {}", kind.code());
        changes::audit(transaction, now, &viewer.actor(), &act, &subject, says).await?;
    }
    let Some(home) = home.filter(|_| !changed.is_empty()) else { return Ok(Some((slugs, false))) };
    let home = home.seminar.id;
    let mut others = Vec::new();
    if moved {
        let clock = seminars::clock(transaction, home).await?;
        let placed = sessions::in_time(transaction, home, &clock).await?;
        others.extend(placed.into_iter().map(|id| (id, Kind::Session, Happened::Updated)));
    }
    protection::carry(transaction, home, days).await?;
    if reset {
        others.extend(settle(transaction, home).await?);
    }
    for other in others {
        if !changed.iter().any(|(id, ..)| *id == other.0) {
            changed.push(other);
        }
    }
    changes::write(transaction, now, &changed).await?;
    Ok(Some((slugs, true)))
}

/// Whether there is something of a kind in a seminar.
async fn has<C: ConnectionTrait>(db: &C, seminar: Option<i64>, kind: Kind) -> Result<bool, Failure> {
    let there = thing::Entity::find().filter(thing::Column::Kind.eq(kind.code()));
    Ok(there.filter(thing::Column::SeminarId.eq(seminar)).one(db).await?.is_some())
}

/// Gives what is made or published its name: of its title, and one that is free.
async fn called<C: ConnectionTrait>(db: &C, home: Option<&Home>, edited: &mut Edited) -> Result<(), Failure> {
    let (kind, within) = (edited.after.kind, home.map(|home| home.seminar.id));
    if edited.before.is_none() && authors::KINDS.contains(&kind) {
        // Nobody learns from a name that is taken what somebody is writing about.
        edited.after.slug = format!("draft-{}", &Token::new().reveal()[..12]);
    } else if edited.before.is_none() {
        edited.after.slug = free(db, kind, within, &edited.after.slug).await?;
    } else if edited.publishes {
        let title = edited.after.texts.first().map(|text| slug(&text.title, kind.code())).unwrap_or_default();
        let new = free(db, kind, within, &title).await?;
        edited.after.formerly = Some(std::mem::replace(&mut edited.after.slug, new));
    }
    Ok(())
}

/// What the audit calls a thing. The name of a person is not to stay there for ever: they are a number.
fn subject(seminar: Option<&thing::Model>, kind: Kind, slug: &str, id: i64) -> String {
    let home = seminar.map(|seminar| seminar.slug.as_str()).unwrap_or_default();
    match kind {
        Kind::Seminar => format!("seminar/{slug}"),
        // A file that is called after somebody gives its name to its material, and drafts get another.
        // A comparison has a history, which stays its own when seminars get other names.
        Kind::Person | Kind::Material | Kind::Practice | Kind::Challenge | Kind::Comparison | Kind::Board => {
            format!("seminar/{home}/{}/{id}", kind.code())
        }
        _ => format!("seminar/{home}/{}/{slug}", kind.code()),
    }
}

/// What the audit has called a thing of a seminar, under all names that the seminar had.
pub(crate) async fn subjects(store: &Store, seminar: i64, (kind, id): (Kind, i64)) -> Result<Vec<String>, Failure> {
    let home = thing::Entity::find_by_id(seminar).one(store.read()).await?;
    let had = former::Entity::find().filter(former::Column::ThingId.eq(seminar)).all(store.read()).await?;
    let names = home.map(|home| home.slug).into_iter().chain(had.into_iter().map(|former| former.slug));
    Ok(names.map(|name| format!("seminar/{name}/{}/{id}", kind.code())).collect())
}

/// Whether a thing was made in the browser, and nothing lies in it; nor does anything name it, if it is a person or an
/// organisation; nor has anybody begun with it, if it is a board.
pub(crate) async fn is_removable<C: ConnectionTrait>(db: &C, row: &thing::Model) -> Result<bool, Failure> {
    let made = entity::Entity::find_by_id(row.id).one(db).await?.is_some_and(|edit| edit.made);
    let inside = thing::Entity::find().filter(thing::Column::ParentId.eq(row.id)).one(db).await?;
    let needed = match row.kind()? {
        Kind::Board => boards::begun(db, row.id).await?,
        Kind::Person => {
            let named = contribution::Entity::find().filter(contribution::Column::PersonId.eq(row.id));
            named.one(db).await?.is_some()
        }
        Kind::Organisation => {
            let by = progress::Entity::find().filter(progress::Column::By.eq(&row.slug));
            relation::Entity::find().filter(relation::Column::ToId.eq(row.id)).one(db).await?.is_some()
                || by.one(db).await?.is_some()
        }
        _ => false,
    };
    Ok(made && inside.is_none() && !needed)
}

/// Takes away what can be: whether it is still as it was read, and was. `seen`: as whoever takes it away may see it.
pub(crate) async fn take_away(
    store: &Store,
    viewer: &Viewer,
    seminar: i64,
    (row, seen): (&thing::Model, &Written),
    now: Timestamp,
) -> Result<bool, Failure> {
    let transaction = changes::begin_publishing(store).await?;
    let still = thing::Entity::find_by_id(row.id).one(&transaction).await?;
    let home = thing::Entity::find_by_id(seminar).one(&transaction).await?;
    if still.as_ref() != Some(row) || !is_removable(&transaction, row).await? {
        return Ok(false);
    }
    let draft = authors::is_draft(&transaction, row.id).await?;
    let mut publishing = Publishing::new(&transaction, now, false, &|_| ());
    publishing.delete(&[row.id]).await?;
    let mut changed = publishing.changes;
    let kind = row.kind()?;
    changed.push((row.id, kind, Happened::Deleted));
    let subject = subject(home.as_ref(), kind, &row.slug, row.id);
    let act = format!("take {} away", kind.code());
    let says = if draft { Value::Null } else { said(seen) };
    changes::audit(&transaction, now, &viewer.actor(), &act, &subject, says).await?;
    changes::write(&transaction, now, &changed).await?;
    transaction.commit().await?;
    store.announce();
    Ok(true)
}

/// A slug that nothing of a kind has or had: in its seminar, where it is the seminar's own.
async fn free<C: ConnectionTrait>(db: &C, kind: Kind, seminar: Option<i64>, wish: &str) -> Result<String, Failure> {
    let ours = || {
        let ours = thing::Entity::find().select_only().filter(thing::Column::Kind.eq(kind.code()));
        match seminar.filter(|_| kind.is_local()) {
            Some(seminar) => ours.filter(thing::Column::SeminarId.eq(seminar)),
            None => ours,
        }
    };
    let mut taken: BTreeSet<String> =
        ours().column(thing::Column::Slug).into_tuple::<String>().all(db).await?.into_iter().collect();
    let ids: Vec<i64> = ours().column(thing::Column::Id).into_tuple().all(db).await?;
    for part in ids.chunks(500) {
        let had = former::Entity::find().filter(former::Column::ThingId.is_in(part.iter().copied())).all(db).await?;
        taken.extend(had.into_iter().map(|former| former.slug));
    }
    // There is the form of a new one.
    if matches!(kind, Kind::Seminar | Kind::Material | Kind::Practice | Kind::Challenge | Kind::Board) {
        taken.insert(NEW.to_owned());
    }
    let mut wishes = (1..).map(|number| if number == 1 { wish.to_owned() } else { format!("{wish}-{number}") });
    Ok(wishes.find(|wish| !taken.contains(wish)).unwrap_or_default())
}

/// The name in its address that a title gives: the beginning of its words, in Latin letters; `or` where it has none.
pub(crate) fn slug(title: &str, or: &str) -> String {
    let mut slug = String::new();
    for word in language::words(title) {
        let word: String = word.folded.chars().filter(char::is_ascii_alphanumeric).collect();
        if !word.is_empty() && slug.len() + word.len() < 60 {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&word);
        }
    }
    if crate::things::Slug::is(&slug) { slug } else { or.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_title_gives_a_name_in_latin_letters() {
        assert_eq!(slug("Kush i mbron fëmijët?", "session"), "kush-i-mbron-femijet");
        assert_eq!(slug("Шта је речено", "session"), "sta-je-receno");
        assert_eq!(slug("  ?! ", "session"), "session");
        assert_eq!(slug("日本", "seminar"), "seminar");
        assert!(slug(&"word ".repeat(100), "session").len() <= 60);
    }
}
