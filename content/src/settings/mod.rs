//! What administrators set of the site as a whole. It holds before what the site was started with.

pub(crate) mod entity;
#[cfg(test)]
mod tests;

use crate::{
    changes,
    edits::{self, Why, line, settle, version},
    gate::Viewer,
    roles::Act,
    store::{Failure, Store},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde::Serialize;
use serde_json::json;

/// What is set; what is empty is as the site was started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Who answers for what the site keeps of people, and how they are reached: in one line.
    pub contact: String,
    /// Where a browser goes on that leaves quickly: a site on the web.
    pub leave_to: String,
}

/// The fields of [`Settings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// [`Settings::contact`].
    Contact,
    /// [`Settings::leave_to`].
    LeaveTo,
}

/// Why nothing was set.
pub type Refused = edits::Refused<Settings, Field>;

const CONTACT: &str = "contact";
const LEAVE_TO: &str = "leave to";

/// What is set.
///
/// # Errors
/// When the store does not answer.
pub async fn settings(store: &Store) -> Result<Settings, Failure> {
    read(store.read()).await
}

async fn read<C: ConnectionTrait>(db: &C) -> Result<Settings, Failure> {
    let mut settings = Settings::default();
    for row in entity::Entity::find().all(db).await? {
        match row.name.as_str() {
            CONTACT => settings.contact = row.value,
            LEAVE_TO => settings.leave_to = row.value,
            // Of another version.
            _ => {}
        }
    }
    Ok(settings)
}

/// Another site on the web: scheme and host, and no more. What a browser cannot go to leaves it where it is, and so does
/// this site, which is at `here`.
fn checked(site: &str, here: &str) -> Result<String, Why> {
    let site = site.trim_end_matches('/').to_ascii_lowercase();
    let rest = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://")).ok_or(Why::Odd)?;
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let named = host
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    let numbered = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let is_here = here.split_once("://").is_some_and(|(_, at)| at.split([':', '/']).next() == Some(host));
    if named && numbered && !is_here { Ok(site) } else { Err(Why::Odd) }
}

/// Whether somebody may see and change what is set.
pub fn may(viewer: &Viewer) -> bool {
    viewer.may(Act::SetUp)
}

/// Sets what was typed. `was` is the version of what whoever typed it was shown; `here` is where this site is.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was set.
pub async fn set(
    store: &Store,
    viewer: &Viewer,
    (here, was, typed): (&str, &str, &Settings),
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    if !may(viewer) {
        return Ok(Err(Refused::Forbidden));
    }
    let (mut faults, mut to) = (Vec::new(), Settings::default());
    settle(&mut faults, Field::Contact, line(&typed.contact), |contact| to.contact = contact.unwrap_or_default());
    let leave_to =
        line(&typed.leave_to).and_then(|address| address.map_or(Ok(String::new()), |site| checked(&site, here)));
    settle(&mut faults, Field::LeaveTo, leave_to, |address| to.leave_to = address);
    if !faults.is_empty() {
        return Ok(Err(Refused::Faults(faults)));
    }
    let transaction = changes::begin(store).await?;
    let before = read(&transaction).await?;
    // Sent twice.
    if before == to {
        return Ok(Ok(()));
    }
    if version(&before) != was {
        return Ok(Err(Refused::Changed(Box::new(before))));
    }
    entity::Entity::delete_many().exec(&transaction).await?;
    let rows = [(CONTACT, &to.contact), (LEAVE_TO, &to.leave_to)].into_iter().filter(|(_, value)| !value.is_empty());
    for (name, value) in rows {
        let row = entity::ActiveModel { name: Set(name.to_owned()), value: Set(value.clone()) };
        entity::Entity::insert(row).exec_without_returning(&transaction).await?;
    }
    let says = json!({ "before": before, "after": to });
    changes::audit(&transaction, now, &viewer.actor(), "set up", "settings", says).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}
