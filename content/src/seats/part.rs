//! What somebody is at a seminar, said anew.

use super::{
    entity,
    list::{Seat, is_last_organiser, read},
};
use crate::{
    accounts::{Outcome, Refusal},
    changes,
    gate::{Viewer, Who},
    roles::{Act, Part},
    store::{Failure, Store},
    things::{self, Listed},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

/// What somebody is at a seminar, and for which country; empty: for none.
pub type Is<'a> = (Part, &'a str);

/// One seat, for those who give parts there.
///
/// # Errors
/// When the store does not answer.
pub async fn seat(store: &Store, viewer: &Viewer, seminar: &Listed, seat: i64) -> Result<Option<Seat>, Failure> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(None);
    }
    let here = entity::Entity::find_by_id(seat).filter(entity::Column::SeminarId.eq(seminar.id.id()));
    here.one(store.read()).await?.map(read).transpose()
}

/// Says what somebody is at a seminar. `was` is what whoever asks took them for: of two who change it at once, the second
/// is told. Returns whether who asks may still give parts there.
///
/// Who runs it no longer takes the links with them that they made.
///
/// # Errors
/// [`Refusal::Forbidden`], also where the seat is none of this seminar, or the country none of its;
/// [`Refusal::Changed`]; [`Refusal::Hidden`]; [`Refusal::LastOrganiser`].
pub async fn set_part(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    seat: i64,
    (was, is): (Is<'_>, Is<'_>),
    now: Timestamp,
) -> Outcome<bool> {
    let (part, delegation) = is;
    let id = seminar.id.id();
    // Asked over other connections than the one that holds the audit's turn.
    let seated = things::is_seen(store, &Viewer::seated(id, part), id).await?;
    let taking_part = things::is_seen(store, &Viewer::taking_part(id, part), id).await?;
    let transaction = changes::begin(store).await?;
    let here = entity::Entity::find_by_id(seat).filter(entity::Column::SeminarId.eq(id));
    let Some(row) = here.one(&transaction).await?.filter(|_| viewer.may_in(Act::GiveParts, seminar)) else {
        return Ok(Err(Refusal::Forbidden));
    };
    let before = (row.part.as_str(), row.delegation.as_deref().unwrap_or_default());
    // What they are for already may be a country that the seminar has no more.
    if !delegation.is_empty() && delegation != before.1 && !seminar.countries.iter().any(|of| of == delegation) {
        return Ok(Err(Refusal::Forbidden));
    }
    let who = row.account_id.map_or(Who::Seat(seat), Who::Account);
    let may = part.may(Act::GiveParts);
    let themselves = viewer.who().is_some_and(|somebody| somebody.who == who);
    let stays = may || !themselves || viewer.may(Act::GiveParts);
    // A form that is sent twice finds it done.
    if before == (part.code(), delegation) {
        return Ok(Ok(stays));
    }
    if before != (was.0.code(), was.1) {
        return Ok(Err(Refusal::Changed));
    }
    let sees = if row.account_id.is_some() { taking_part } else { seated };
    if !sees {
        return Ok(Err(Refusal::Hidden));
    }
    let change = entity::ActiveModel {
        part: Set(part.code().to_owned()),
        delegation: Set(Some(delegation.to_owned()).filter(|country| !country.is_empty())),
        ..Default::default()
    };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(seat)).exec(&transaction).await?;
    if is_last_organiser(&transaction, viewer, &row).await? {
        return Ok(Err(Refusal::LastOrganiser));
    }
    if !may {
        crate::accounts::part_lost(&transaction, &row).await?;
    }
    let told = |(part, delegation): (&str, &str)| json!({ "part": part, "delegation": delegation });
    let says =
        json!({ "seminar": seminar.place.slug, "before": told(before), "after": told((part.code(), delegation)) });
    let subject = Who::Seat(seat).to_string();
    changes::audit(&transaction, now, &viewer.actor(), "change part", &subject, says).await?;
    transaction.commit().await?;
    Ok(Ok(stays))
}
