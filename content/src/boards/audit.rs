//! What the audit says of what is done on a board by whoever leads the work.

use super::command::{Command, Id};
use crate::{
    changes,
    gate::{Viewer, Who},
    store::Failure,
    things::Listed,
};
use jiff::Timestamp;
use sea_orm::ConnectionTrait;
use serde_json::json;

/// What the audit says of a ballot that is entered, or taken back, by whoever leads the work: not what it says.
pub(super) fn entry(command: &Command, id: Id) -> Option<(&'static str, serde_json::Value)> {
    match command {
        Command::Enter { hand, group, seat, .. } => {
            let of = seat.map(|seat| Who::Seat(seat).to_string());
            let after = json!({ "ballot": id, "hand": hand.code(), "delegation": group, "for": of });
            Some(("enter ballot", json!({ "after": after })))
        }
        Command::Discard { ballot } => Some(("discard ballot", json!({ "before": { "ballot": ballot } }))),
        Command::Drop { proposal } => Some(("drop draft", json!({ "before": { "draft": proposal } }))),
        _ => None,
    }
}

/// By a number: boards get other names, and their question may be sensitive.
pub(super) async fn noted<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    (seminar, board): (&Listed, i64),
    (act, says): (&str, serde_json::Value),
    now: Timestamp,
) -> Result<(), Failure> {
    let subject = format!("seminar/{}/board/{board}", seminar.place.slug);
    changes::audit(db, now, &viewer.actor(), act, &subject, says).await
}
