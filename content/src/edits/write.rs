//! Writing what was edited.

use super::{
    entity,
    field::{Part, moves},
};
use crate::{
    changes::Act,
    folder::{self, Publishing, Written},
    gate::settled::Settled,
    store::Failure,
    things::{Kind, entity::thing},
};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Map, Value, json};

/// A thing that is edited.
#[derive(Clone, Debug)]
pub(crate) struct Edited {
    /// As it is stored, and what it says; none: it is made now.
    pub(crate) before: Option<(thing::Model, Written)>,
    /// What it is to say.
    pub(crate) after: Written,
    /// The same two as whoever edits it may see them, where that may be less.
    pub(crate) seen: Option<(Written, Written)>,
    /// Whether what its authors alone have seen is for others from now on.
    pub(crate) publishes: bool,
}

impl Edited {
    /// Whether it changes what says where it stands in its programme.
    pub(crate) fn moves(&self) -> bool {
        let before = self.before.as_ref().map(|(_, before)| before);
        let differs = |part: &Part| before.is_none_or(|before| part.says(before) != part.says(&self.after));
        let parts = Part::all(before.into_iter().chain([&self.after]));
        moves(parts.iter().filter(|part| differs(part)).map(Part::name).collect::<Vec<_>>().iter().map(AsRef::as_ref))
    }

    /// Whether it changes anything.
    pub(crate) fn differs(&self) -> bool {
        self.before.as_ref().is_none_or(|(_, before)| *before != self.after)
    }

    /// All that it says from now on, for the audit.
    pub(super) fn whole(&self) -> Value {
        let after = self.seen.as_ref().map_or(&self.after, |(_, after)| after);
        json!({ "after": all(after) })
    }

    /// What is before and after, of the fields in which it changes, for the audit; none where it does not.
    pub(crate) fn says(&self) -> Option<Value> {
        let mut sides = [Map::new(), Map::new()];
        let before = self.before.as_ref().map(|(_, before)| before);
        let (before, after) = match &self.seen {
            Some((before, after)) => (Some(before), after),
            None => (before, &self.after),
        };
        for part in Part::all(before.into_iter().chain([after])) {
            let (before, after) =
                before.map_or_else(|| (Value::Null, part.says(after)), |before| part.differ(before, after));
            if before != after {
                for (side, says) in sides.iter_mut().zip([before, after]) {
                    side.insert(part.name().into_owned(), says);
                }
            }
        }
        let [before, after] = sides;
        (!after.is_empty()).then(|| json!({ "before": before, "after": after }))
    }
}

/// What a thing says that is taken away, for the audit.
pub(super) fn said(thing: &Written) -> Value {
    json!({ "before": all(thing) })
}

fn all(thing: &Written) -> Map<String, Value> {
    Part::all([thing]).iter().map(|part| (part.name().into_owned(), part.says(thing))).collect()
}

/// Writes a thing of a seminar, or the seminar, and which of its fields are edited from now on: its id, and what changed.
/// For whom it is stays. `home`: the seminar, none where it is made.
pub(super) async fn write<C: ConnectionTrait>(
    db: &C,
    at: Timestamp,
    home: Option<(&thing::Model, &Settled)>,
    edited: &Edited,
) -> Result<(i64, Vec<(i64, Kind, Act)>), Failure> {
    let Edited { before, after, .. } = edited;
    let row = before.as_ref().map(|(row, _)| row);
    let holds = match (home.filter(|_| after.kind != Kind::Seminar), row) {
        (Some((_, settled)), Some(row)) => settled.holds(row),
        (Some((seminar, settled)), None) => settled.within(seminar, after.visibility),
        (None, _) => folder::for_whom(after),
    };
    let mut publishing = Publishing::new(db, at, false, &|_| ());
    let id = publishing.one(home.map(|(seminar, _)| seminar), row.cloned(), after, holds).await?;
    let changes = publishing.changes;
    let Some((_, before)) = before else {
        let made = entity::Model::made(id, after)?;
        let filed = made.filed()?;
        made.save(db, &filed).await?;
        return Ok((id, changes));
    };
    let edit = entity::Entity::find_by_id(id).one(db).await?.unwrap_or_else(|| entity::Model::of(id));
    let mut filed = edit.filed()?;
    for part in Part::all([before, after]) {
        let (was, is) = (part.digest(before), part.digest(after));
        if was == is {
            continue;
        }
        let name = part.name();
        // Whoever edits it back says what the files say.
        if *filed.entry(name.clone().into_owned()).or_insert(was) == is {
            filed.remove(name.as_ref());
        }
    }
    edit.save(db, &filed).await?;
    Ok((id, changes))
}
