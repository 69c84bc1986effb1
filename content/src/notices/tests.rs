//! Who is told what, until when; and what the mark of a room says.

use super::*;
use crate::{
    accounts::{Outcome, Refusal},
    changes,
    gate::{Somebody, Viewer, Visibility, Who},
    protection,
    roles::{Part, Platform},
    seats,
    sessions::tests::{Room as Trial, with},
    store::trial::each,
    things::{Kind, Listed},
};

fn now() -> Timestamp {
    "2026-11-30T10:00:00Z".parse().expect("a time")
}

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

fn typed(text: &str, delegation: &str, lasts: Lasts) -> Typed {
    Typed { text: text.to_owned(), language: Language::English, delegation: delegation.to_owned(), lasts }
}

/// Whoever takes part for a country.
fn of(seminar: &Listed, part: Part, country: &str) -> Viewer {
    Somebody {
        who: Who::Seat(9),
        name: "Ion".into(),
        platform: None,
        parts: vec![(seminar.id.id(), part)],
        delegations: vec![(seminar.id.id(), country.to_owned())],
        writes: None,
    }
    .into()
}

fn tirana() -> TimeZone {
    TimeZone::get("Europe/Tirane").expect("a zone")
}

/// A seminar, its organiser, and the rooms of one process.
struct Seminar<'a> {
    trial: Trial<'a>,
    seminar: Listed,
    rooms: Rooms,
}

impl Seminar<'_> {
    async fn says(&self, viewer: &Viewer, typed: &Typed, at: Timestamp) -> Outcome<()> {
        post(&self.trial.test.store, viewer, &self.seminar, (typed, &tirana()), at).await
    }

    async fn room(&self, viewer: &Viewer, at: Timestamp) -> Option<Room> {
        self.rooms.look(&self.trial.test.store).await.expect("the store answers");
        self.rooms.room(&self.trial.test.store, viewer, "one", at).await.expect("the store answers")
    }

    async fn read(&self, viewer: &Viewer, at: Timestamp) -> Vec<String> {
        let room = self.room(viewer, at).await.expect("a room");
        room.notices.into_iter().map(|notice| notice.text).collect()
    }

    async fn mark(&self, viewer: &Viewer) -> String {
        self.room(viewer, later(600)).await.expect("a room").mark
    }
}

async fn with_a_seminar(test: impl AsyncFn(Seminar<'_>)) {
    each(async |store| {
        let trial = Trial::new(store).await;
        let seminar = trial.contents().await.seminar;
        test(Seminar { trial, seminar, rooms: Rooms::default() }).await;
    })
    .await;
}

#[tokio::test]
async fn a_notice_is_read_by_those_it_is_for_until_it_ends() {
    with_a_seminar(async |held| {
        let organiser = held.trial.organiser.clone();
        let (albania, moldova) = (of(&held.seminar, Part::Participant, "AL"), of(&held.seminar, Part::Observer, "MD"));
        let says = async |text, to, lasts| held.says(&organiser, &typed(text, to, lasts), now()).await;
        assert_eq!(held.read(&albania, now()).await, [""; 0]);
        assert_eq!(says("  Lunch is\r\n served ", "", Lasts::Hour).await.expect("answered"), Ok(()));
        assert_eq!(says("Your bus waits", "MD", Lasts::Open).await.expect("answered"), Ok(()));
        assert_eq!(held.read(&albania, now()).await, ["Lunch is served"]);
        assert_eq!(held.read(&moldova, now()).await, ["Your bus waits", "Lunch is served"], "the latest first");
        assert_eq!(held.read(&organiser, now()).await.len(), 2, "who says it sees what stands");

        let room = held.room(&moldova, now()).await.expect("a room");
        assert_eq!((room.until, room.zone.as_str()), (Some(later(60)), "Europe/Tirane"));
        assert_eq!(held.read(&moldova, later(59)).await.len(), 2);
        assert_eq!(held.read(&moldova, later(60)).await, ["Your bus waits"], "an hour is over");
        assert_eq!(held.room(&moldova, later(60)).await.expect("a room").until, None);

        let listed = notices(&held.trial.test.store, &organiser, &held.seminar, now()).await.expect("answered");
        let [bus, lunch] = &listed[..] else { panic!("{listed:?}") };
        assert!(bus.stands(later(60)) && lunch.stands(later(59)) && !lunch.stands(later(60)));
        let ends = async |viewer, id| end(&held.trial.test.store, viewer, &held.seminar, id, later(5)).await;
        assert_eq!(ends(&moldova, bus.id).await.expect("answered"), Err(Refusal::Forbidden));
        assert_eq!(ends(&organiser, bus.id + 100).await.expect("answered"), Err(Refusal::Forbidden), "no such notice");
        for _ in 0..2 {
            assert_eq!(ends(&organiser, bus.id).await.expect("answered"), Ok(()), "once more does no harm");
        }
        assert_eq!(held.read(&moldova, later(6)).await, ["Lunch is served"]);
        let listed = notices(&held.trial.test.store, &organiser, &held.seminar, now()).await.expect("answered");
        let ended = listed.iter().find(|notice| notice.id == bus.id).expect("listed after those that stand");
        assert_eq!(ended.ended, Some(later(5)));
        assert_eq!(listed[0].text, "Lunch is served");
        assert_eq!(notices(&held.trial.test.store, &albania, &held.seminar, now()).await.expect("answered"), []);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_is_told_and_nobody_else_says_anything() {
    with_a_seminar(async |held| {
        let organiser = held.trial.organiser.clone();
        let notice = typed("For the room", "", Lasts::Open);
        for part in [Part::Participant, Part::Observer, Part::Expert] {
            let viewer = of(&held.seminar, part, "AL");
            assert_eq!(held.says(&viewer, &notice, now()).await.expect("answered"), Err(Refusal::Forbidden));
        }
        let facilitator = of(&held.seminar, Part::Facilitator, "AL");
        assert_eq!(held.says(&facilitator, &notice, now()).await.expect("answered"), Ok(()));
        assert_eq!(held.room(&Viewer::anonymous(), now()).await, None);
        let member = Somebody {
            who: Who::Account(3),
            name: "Eve".into(),
            platform: Some(Platform::Editor),
            parts: vec![(held.seminar.id.id() + 1, Part::Organiser)],
            delegations: Vec::new(),
            writes: None,
        };
        assert_eq!(held.room(&member.into(), now()).await, None, "who sees the seminar and has no part in it");
        let nowhere = held.rooms.room(&held.trial.test.store, &organiser, "none", now()).await.expect("answered");
        assert_eq!(nowhere, None);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_what_is_sent_twice_stands_once() {
    with_a_seminar(async |held| {
        let organiser = held.trial.organiser.clone();
        let says = async |text: &str, to, at| {
            held.says(&organiser, &typed(text, to, Lasts::Open), at).await.expect("answered")
        };
        for nothing in ["", " \n ", "…", "\u{202e}"] {
            assert_eq!(says(nothing, "", now()).await, Err(Refusal::NoticeEmpty), "{nothing:?}");
        }
        assert_eq!(says("a\u{0}b", "", now()).await, Err(Refusal::NoticeOdd));
        assert_eq!(says(&"ж".repeat(LETTERS_MOST + 1), "", now()).await, Err(Refusal::NoticeLong));
        assert_eq!(says(&"a".repeat(1 << 20), "", now()).await, Err(Refusal::NoticeLong));
        assert_eq!(says("To nobody's delegation", "XK", now()).await, Err(Refusal::Forbidden));
        assert_eq!(says(&"ж".repeat(LETTERS_MOST), "", now()).await, Ok(()));
        assert_eq!(says("Turned \u{202e}round", "", now()).await, Ok(()));
        assert_eq!(says("Turned round", "", later(1)).await, Ok(()), "the same, by a second tap");
        let longer = typed("Turned round", "", Lasts::Hour);
        let said = held.says(&organiser, &longer, later(1)).await.expect("answered");
        assert_eq!((said, held.read(&organiser, now()).await.len()), (Ok(()), 3), "for another time");
        let hour = notices(&held.trial.test.store, &organiser, &held.seminar, now()).await.expect("answered")[0].id;
        delete(&held.trial.test.store, &organiser, &held.seminar, hour, now()).await.expect("answered").expect("gone");
        assert_eq!(says("Turned round", "MD", later(1)).await, Ok(()), "to others");
        assert_eq!(held.read(&organiser, now()).await.len(), 3);
        for number in 3..STANDING_MOST {
            assert_eq!(says(&format!("Number {number}"), "", now()).await, Ok(()));
        }
        assert_eq!(says("One too many", "", now()).await, Err(Refusal::NoticesMany));
        let first = notices(&held.trial.test.store, &organiser, &held.seminar, now()).await.expect("answered")[0].id;
        end(&held.trial.test.store, &organiser, &held.seminar, first, now()).await.expect("answered").expect("ended");
        assert_eq!(says("One fewer", "", now()).await, Ok(()));
        assert!(changes::verify(&held.trial.test.store).await.expect("answered").is_ok());
    })
    .await;
}

#[test]
fn the_day_ends_where_the_seminar_is() {
    // The clocks go back in the night to 25 October 2026.
    for (now, ends) in [
        ("2026-11-30T10:00:00Z", "2026-11-30T23:00:00Z"),
        ("2026-11-30T23:30:00Z", "2026-12-01T23:00:00Z"),
        ("2026-10-24T21:00:00Z", "2026-10-24T22:00:00Z"),
        ("2026-10-25T00:30:00Z", "2026-10-25T23:00:00Z"),
    ] {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        assert_eq!(Lasts::Today.until(&tirana(), at(now)), Some(at(ends)), "{now}");
    }
    assert_eq!(Lasts::Open.until(&tirana(), now()), None);
}

#[tokio::test]
async fn the_mark_of_a_room_is_another_one_when_what_is_seen_there_has_changed_and_only_then() {
    with_a_seminar(async |held| {
        let store = &held.trial.test.store;
        let organiser = held.trial.organiser.clone();
        let albania = of(&held.seminar, Part::Participant, "AL");
        let moldova = of(&held.seminar, Part::Participant, "MD");
        let marks = async || (held.mark(&organiser).await, held.mark(&albania).await, held.mark(&moldova).await);
        let set = async |slug, was: Option<Visibility>, to: Option<Visibility>| {
            let of = (Kind::Material, slug);
            let set = protection::set_visibility(store, &organiser, &held.seminar, of, (was.into(), to.into()), now());
            set.await.expect("answered").expect("set");
        };
        let first = marks().await;
        assert_eq!(first, marks().await);
        assert_eq!(first.1, first.2, "who sees the same has the same mark");

        set("slides", None, Some(Visibility::Team)).await;
        let hidden = marks().await;
        assert!(hidden.0 != first.0 && hidden.1 != first.1, "what was seen is gone");
        set("slides", Some(Visibility::Team), Some(Visibility::Early)).await;
        let still = marks().await;
        assert!(still.0 != hidden.0, "the team sees that it is for more people");
        assert_eq!((still.1, still.2), (hidden.1.clone(), hidden.2.clone()), "who does not see it learns nothing");

        protection::set_chatham_house(store, &organiser, &held.seminar, "said", true, now())
            .await
            .expect("answered")
            .expect("set");
        let ruled = marks().await;
        assert!(ruled.1 != hidden.1, "who spoke is not said any more");

        held.says(&organiser, &typed("To one", "MD", Lasts::Open), later(599)).await.expect("answered").expect("said");
        let said = marks().await;
        assert!(said.2 != ruled.2 && said.0 != ruled.0);
        assert_eq!(said.1, ruled.1, "it was said to others");

        seats::add(store, &organiser, &held.seminar, ("Ana", Part::Participant, ""), now())
            .await
            .expect("answered")
            .expect("added");
        let seated = marks().await;
        assert!(seated.0 != said.0, "who gives parts sees who is in");
        assert_eq!((&seated.1, &seated.2), (&said.1, &said.2));
        seats::open(store, &organiser, &held.seminar, now()).await.expect("answered").expect("open");
        let opened = marks().await;
        assert!(opened.0 != seated.0 && opened.1 == seated.1, "its code is on the door's page");
        let expert = held.mark(&with(&held.trial.contents().await, Part::Expert)).await;
        assert!(expert != opened.0, "who sees the same things and not the seats has another mark");
    })
    .await;
}

#[tokio::test]
async fn a_notice_stays_when_its_seminar_is_edited_and_goes_a_while_after_it_has_stood() {
    with_a_seminar(async |held| {
        let store = &held.trial.test.store;
        let organiser = held.trial.organiser.clone();
        held.says(&organiser, &typed("It stays", "", Lasts::Open), now()).await.expect("answered").expect("said");
        held.says(&organiser, &typed("It goes", "", Lasts::Hour), now()).await.expect("answered").expect("said");
        // What a seminar has of its own is written anew.
        held.trial.import(|_, text| text.replace("place = \"Tirana\"", "place = \"Durrës\""), false).await;
        assert_eq!(held.read(&organiser, now()).await, ["It goes", "It stays"]);

        let days = |days: i64| later(days * 24 * 60);
        assert_eq!(prune(store, days(30)).await.expect("answered"), 0);
        assert_eq!(prune(store, days(31)).await.expect("answered"), 1);
        let says = async || {
            let entries = changes::said_of(store.read(), &["notice/2".to_owned()]).await.expect("read");
            entries.iter().any(|entry| entry.says.to_string().contains("It goes"))
        };
        assert!(!says().await, "nor does the audit say it any more");
        assert_eq!(held.read(&organiser, days(31)).await, ["It stays"]);

        // One that names somebody is deleted at once.
        let participant = of(&held.seminar, Part::Participant, "AL");
        let gone = async |viewer, id| delete(store, viewer, &held.seminar, id, now()).await.expect("answered");
        assert_eq!(gone(&participant, 1).await, Err(Refusal::Forbidden));
        assert_eq!(gone(&organiser, 1).await, Ok(()));
        assert_eq!(gone(&organiser, 1).await, Err(Refusal::Forbidden), "there is none any more");
        assert_eq!(held.read(&organiser, now()).await, [""; 0]);
        assert!(changes::verify(store).await.expect("answered").is_ok());
    })
    .await;
}
