//! Rehearsals: the room is tried with real phones, and emptied again in one act.

use super::{
    entity::{self, door, rehearsal},
    list::{subject, take_away},
};
use crate::{
    accounts::{Outcome, Refusal},
    boards, changes,
    gate::Viewer,
    notices, retention,
    roles::{Act, Part},
    store::{Failure, Question, Store},
    things::{Listed, Shown},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{ExprTrait, OnConflict},
};
use serde_json::{Value, json};

/// Since when a seminar is rehearsed, for those who hold its door.
///
/// # Errors
/// When the store does not answer.
pub async fn rehearsal(store: &Store, viewer: &Viewer, seminar: &Listed) -> Result<Option<Timestamp>, Failure> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(None);
    }
    let found = rehearsal::Entity::find_by_id(seminar.id.id()).one(store.read()).await?;
    let since = |row: rehearsal::Model| Timestamp::from_millisecond(row.since);
    found.map(since).transpose().map_err(|_| Failure::odd("rehearsal.since"))
}

/// Whether seminars are rehearsed.
pub(crate) fn rehearsals(seminars: &Shown) -> Question<rehearsal::Model> {
    Question::whole(rehearsal::Entity, seminars.hold(rehearsal::Column::SeminarId))
}

/// A rehearsal that nobody ends marks nobody any more after so many hours: the day on which it is meant comes after it.
const LASTS: SignedDuration = SignedDuration::from_hours(12);

/// Whether who comes in now goes with a rehearsal.
pub(crate) async fn goes_on<C: ConnectionTrait>(db: &C, seminar: i64, now: Timestamp) -> Result<bool, Failure> {
    let found = rehearsal::Entity::find_by_id(seminar).one(db).await?;
    let limit = now.saturating_sub(LASTS).unwrap_or(now).as_millisecond();
    Ok(found.is_some_and(|rehearsed| rehearsed.since > limit))
}

/// Begins a rehearsal; one that goes on goes on.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn rehearse(store: &Store, viewer: &Viewer, seminar: &Listed, now: Timestamp) -> Outcome<()> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let row = rehearsal::ActiveModel { seminar_id: Set(seminar.id.id()), since: Set(now.as_millisecond()) };
    let once = OnConflict::column(rehearsal::Column::SeminarId).do_nothing().to_owned();
    let transaction = changes::begin(store).await?;
    let begun = rehearsal::Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await?;
    if begun == 0 {
        return Ok(Ok(()));
    }
    changes::audit(&transaction, now, &viewer.actor(), "begin rehearsal", &subject(seminar), Value::Null).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Ends a rehearsal, and with it what came of it: whoever came in by the door or was given a seat, as a participant or an
/// observer, is out; what was said, and what happened on boards, is deleted; the
/// door is closed. The team stays, and who took an invitation. How many seats
/// are gone; none where nothing is rehearsed.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn end_rehearsal(store: &Store, viewer: &Viewer, seminar: &Listed, now: Timestamp) -> Outcome<usize> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let id = seminar.id.id();
    let transaction = changes::begin(store).await?;
    // Ended by a second tap.
    let Some(rehearsed) = rehearsal::Entity::find_by_id(id).one(&transaction).await? else { return Ok(Ok(0)) };
    let theirs = entity::Column::SeminarId.eq(id).and(entity::Column::Rehearsed.eq(true));
    let guests = Part::ALL.iter().filter(|part| !part.may(Act::ReadTeam)).map(|part| part.code());
    let guests = entity::Entity::find().filter(theirs.clone()).filter(entity::Column::Part.is_in(guests));
    let seats = guests.all(&transaction).await?;
    for seat in &seats {
        take_away(&transaction, viewer, seminar, seat, now).await?;
    }
    let team = entity::ActiveModel { rehearsed: Set(false), ..Default::default() };
    entity::Entity::update_many().set(team).filter(theirs).exec(&transaction).await?;
    let said = notices::forget_since(&transaction, seminar, rehearsed.since).await?;
    let written = boards::forget_since(&transaction, id, rehearsed.since).await?;
    door::Entity::delete_by_id(id).exec(&transaction).await?;
    rehearsal::Entity::delete_by_id(id).exec(&transaction).await?;
    let says = json!({ "before": { "seats": seats.len(), "notices": said, "on boards": written } });
    changes::audit(&transaction, now, &viewer.actor(), "end rehearsal", &subject(seminar), says).await?;
    transaction.commit().await?;
    retention::settled(store).await;
    Ok(Ok(seats.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::{Introduced, Invitation, Tries, accept, invite},
        notices::{Lasts, Typed, notices, post},
        seats::{add, join, open, seated, seats},
        sessions::tests::{Room, now, with},
        store::trial::each,
    };
    use jiff::{SignedDuration, tz::TimeZone};
    use language::Language;

    fn later(minutes: i64) -> Timestamp {
        now() + SignedDuration::from_mins(minutes)
    }

    #[tokio::test]
    async fn a_rehearsal_leaves_the_seminar_as_it_was() {
        each(async |test| {
            let room = Room::new(test).await;
            let (store, organiser) = (&test.store, &room.organiser);
            let seminar = room.contents().await.seminar;
            let says = async |text: &str, at| {
                let lasts = Lasts::Open;
                let typed = Typed { text: text.into(), language: Language::English, delegation: String::new(), lasts };
                post(store, organiser, &seminar, (&typed, &TimeZone::UTC), at).await.expect("answered").expect("said");
            };
            let gives = async |name, part, at| {
                add(store, organiser, &seminar, (name, part, ""), at).await.expect("answered").expect("given")
            };
            gives("Early", Part::Participant, now()).await;
            says("Before", now()).await;
            let ends = async |at| end_rehearsal(store, organiser, &seminar, at).await.expect("answered");
            assert_eq!(ends(later(1)).await, Ok(0), "nothing is rehearsed");
            for minutes in [1, 2] {
                rehearse(store, organiser, &seminar, later(minutes)).await.expect("answered").expect("begun");
            }
            assert_eq!(rehearsal(store, organiser, &seminar).await.expect("answered"), Some(later(1)), "once");

            let door = open(store, organiser, &seminar, later(3)).await.expect("answered").expect("open");
            let tries = Tries::default();
            let came = (door.code.as_str(), "Ion");
            let joined = join(store, tries.of(None), &Viewer::anonymous(), came, None, later(4)).await;
            let (entered, _) = joined.expect("answered").expect("in");
            let crate::gate::Who::Seat(seat) = entered.expect("a session").who else { panic!("an account") };
            gives("Vera", Part::Expert, later(5)).await;
            gives("Observer", Part::Observer, later(5)).await;
            // Somebody takes an invitation that was sent long before.
            let invitation = Invitation { seminar: Some(("one", Part::Participant, None)), ..Invitation::default() };
            let link = invite(store, organiser, &invitation, now()).await.expect("answered").expect("made");
            let said = Introduced {
                name: "Mira".into(),
                address: "mira@example.org".into(),
                password: "kali i bardhe mbi ure".to_owned().into(),
            };
            accept(store, tries.of(None), &Viewer::anonymous(), &link, &said, later(5))
                .await
                .expect("answered")
                .expect("in");
            // A rehearsal that was forgotten marks nobody on the day after.
            gives("Late", Part::Participant, later(13 * 60)).await;
            says("Tried", later(6)).await;

            let participant = with(&room.contents().await, Part::Participant);
            for viewer in [&participant, &Viewer::anonymous()] {
                assert_eq!(rehearsal(store, viewer, &seminar).await.expect("answered"), None);
                let done = rehearse(store, viewer, &seminar, later(7)).await.expect("answered");
                assert_eq!(done, Err(Refusal::Forbidden));
                let done = end_rehearsal(store, viewer, &seminar, later(7)).await.expect("answered");
                assert_eq!(done, Err(Refusal::Forbidden));
            }
            assert_eq!(ends(later(14 * 60)).await, Ok(2));
            assert_eq!(ends(later(8)).await, Ok(0), "it has ended");
            let left: Vec<_> = seats(store, organiser, &seminar).await.expect("answered");
            let left: Vec<&str> = left.iter().map(|seat| seat.name.as_str()).collect();
            assert_eq!(left, ["Late", "Mira", "Vera", "Early"], "the team, and who did not come by it");
            assert!(seated(store, seat).await.expect("answered").is_none(), "who came in is out");
            let said = notices(store, organiser, &seminar, later(9)).await.expect("answered");
            assert_eq!(said.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>(), ["Before"]);
            let again = join(store, tries.of(None), &Viewer::anonymous(), came, None, later(9)).await;
            assert_eq!(again.expect("answered"), Err(Refusal::Closed), "the door is closed");
            assert!(changes::verify(store).await.expect("answered").is_ok());
        })
        .await;
    }
}
