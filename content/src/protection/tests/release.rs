//! What waits for its moment is for the team and its observers until then, and for those whom it is for from then on.

use super::*;
use crate::{
    changes::{Sought, entries},
    edits,
    folder::{As, export},
};
use jiff::civil::date;
use serde_json::json;

const SLIDES: (Kind, &str) = (Kind::Material, "slides");

fn at(time: &str) -> Timestamp {
    format!("2026-12-{time}:00+01:00").parse().expect("a time")
}

fn after(own: Option<Visibility>) -> Release {
    Release::new(Moment::After, own).expect("for more people")
}

/// A room whose slides can be set.
struct Room<'a> {
    test: &'a TestStore,
    seminar: Listed,
    organiser: Viewer,
}

impl<'a> Room<'a> {
    async fn of(test: &'a TestStore, of_session: &str) -> Self {
        import(test, of_session).await;
        let seminar = one(test, &Viewer::anonymous()).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        Self { test, seminar, organiser }
    }

    async fn set(&self, of: (Kind, &str), was: Held, to: Held) -> Result<(), Refusal> {
        done(set_visibility(&self.test.store, &self.organiser, &self.seminar, of, (was, to), now()).await)
    }

    async fn told(&self, of: (Kind, &str)) -> Protection {
        let told = protection(&self.test.store, &self.organiser, english(), &self.seminar, of).await;
        told.expect("the store answers").expect("theirs")
    }

    async fn released(&self, now: Timestamp) -> usize {
        release(&self.test.store, now).await.expect("the store answers")
    }

    /// Whether nobody, a participant and an observer see the slides.
    async fn seen(&self) -> [bool; 3] {
        let id = self.seminar.id.id();
        let mut seen = [false; 3];
        let viewers = [Viewer::anonymous(), with(id, Part::Participant), with(id, Part::Observer)];
        for (seen, viewer) in seen.iter_mut().zip(viewers) {
            *seen = sees(self.test, &viewer, SLIDES.0, SLIDES.1).await;
        }
        seen
    }

    async fn sound(&self) {
        assert_eq!(drifted(&self.test.store).await.expect("read"), []);
        assert!(changes::verify(&self.test.store).await.expect("read").is_ok());
    }
}

const MORNING: &str = "starts = 2026-12-01T09:00:00\nends = 2026-12-01T10:30:00";

#[tokio::test]
async fn what_waits_is_shown_when_its_session_is_over_whenever_that_is() {
    each(async |test| {
        let room = Room::of(test, MORNING).await;
        let public = Held::default();
        let waiting = public.until(after(Some(Visibility::Participants)));
        assert_eq!(waiting.own, Some(Visibility::Early));
        assert_eq!(room.set(SLIDES, public, waiting).await, Ok(()));
        assert_eq!(room.seen().await, [false, false, true]);
        let told = room.told(SLIDES).await;
        assert_eq!((told.held, told.holds), (waiting, Visibility::Early));
        let comes = Some((at("01T10:30"), Visibility::Participants));
        assert_eq!((told.comes, told.over, told.of_session), (comes, Some(at("01T10:30")), true));

        // The session goes on for longer, by its files: what was planned here stays, and comes later.
        let longer = import(test, "starts = 2026-12-01T09:00:00\nends = 2026-12-01T11:00:00").await;
        assert_eq!(longer.kept, [(Kind::Material, "slides".to_owned())]);
        assert_eq!(room.told(SLIDES).await.comes, Some((at("01T11:00"), Visibility::Participants)));
        assert_eq!(room.released(at("01T10:59")).await, 0);
        assert_eq!(room.seen().await, [false, false, true]);
        let before = changes::last(&test.store).await.expect("read");
        assert_eq!(room.released(at("01T11:00")).await, 1);
        assert_eq!(room.seen().await, [false, true, true]);
        let log = changes::after(&test.store, before, 100).await.expect("read");
        assert_eq!(log.iter().map(|change| change.kind).collect::<Vec<_>>(), [Kind::Material]);
        // Once, and for good: a clock that is put back takes nothing back.
        assert_eq!(room.released(at("01T11:01")).await, 0);
        assert_eq!(room.released(at("01T09:00")).await, 0);
        assert_eq!(room.seen().await, [false, true, true]);
        let told = room.told(SLIDES).await;
        assert_eq!((told.held, told.comes), (Some(Visibility::Participants).into(), None));
        // Whoever planned it stands in the audit, and that it came.
        let sought = Sought { actor: "clock".to_owned(), ..Sought::default() };
        let all = entries(&test.store, &Viewer::command_line(), &sought, (10, 0)).await.expect("read");
        let [entry] = &all[..] else { panic!("{all:?}") };
        assert_eq!((entry.act.as_str(), entry.subject.as_str()), ("release", "seminar/one/material/slides"));
        let participants = json!({ "visibility": "participants" });
        let early = json!({ "visibility": "early", "release": { "moment": "after", "visibility": "participants" } });
        assert_eq!(entry.says, json!({ "before": early, "after": participants }));
        let planned = Sought { subject: entry.subject.clone(), ..Sought::default() };
        let all = entries(&test.store, &Viewer::command_line(), &planned, (10, 0)).await.expect("read");
        assert_eq!(all[1].says, json!({ "before": { "visibility": null }, "after": early }));
        room.sound().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_set_takes_the_place_of_a_plan_and_nobody_overlooks_one() {
    each(async |test| {
        let room = Room::of(test, MORNING).await;
        let public = Held::default();
        let waiting = public.until(after(None));
        assert_eq!(room.set(SLIDES, public, waiting).await, Ok(()));
        // Who looked before it was planned, or saw another plan, is told.
        let other = public.until(after(Some(Visibility::Members)));
        for was in [public, Some(Visibility::Early).into(), other] {
            assert_eq!(room.set(SLIDES, was, Some(Visibility::Members).into()).await, Err(Refusal::Changed));
            let filed = as_filed(&test.store, &room.organiser, &room.seminar, SLIDES, was, now()).await;
            assert_eq!(done(filed), Err(Refusal::Changed));
        }
        assert_eq!(room.set(SLIDES, waiting, waiting).await, Ok(()), "sent twice");
        assert_eq!(room.set(SLIDES, waiting, Some(Visibility::Team).into()).await, Ok(()));
        assert_eq!(room.released(at("09T00:00")).await, 0);
        assert_eq!(room.seen().await, [false; 3]);

        // What is for the team alone stays so until it is released; what the files say holds where all is taken back.
        let waiting = Held::from(Some(Visibility::Team)).until(after(None));
        assert_eq!(waiting.own, Some(Visibility::Team));
        assert_eq!(room.set(SLIDES, Some(Visibility::Team).into(), waiting).await, Ok(()));
        assert_eq!(room.seen().await, [false; 3]);
        let filed = as_filed(&test.store, &room.organiser, &room.seminar, SLIDES, waiting, now()).await;
        assert_eq!(done(filed), Ok(()));
        assert_eq!(room.seen().await, [true; 3]);
        let told = room.told(SLIDES).await;
        assert_eq!((told.held, told.filed, told.comes), (public, None, None));
        room.sound().await;
    })
    .await;
}

#[tokio::test]
async fn a_moment_that_has_passed_is_refused_and_a_plan_for_another_hour_holds() {
    each(async |test| {
        let room = Room::of(test, MORNING).await;
        let on = |day: i8, hour: i8| Moment::At(date(2026, 11, day).at(hour, 0, 0, 0));
        let release = |moment| Release::new(moment, Some(Visibility::Public)).expect("for more people");
        let public = Held::default();
        // 10:00 in UTC is 11:00 in Tirana.
        for passed in [on(29, 11), on(28, 23), Moment::At(date(1, 1, 1).at(0, 0, 0, 0))] {
            assert_eq!(room.set(SLIDES, public, public.until(release(passed))).await, Err(Refusal::Passed));
            assert_eq!(room.seen().await, [true; 3], "nothing of it is written");
        }
        assert_eq!(room.set(SLIDES, public, public.until(release(on(29, 12)))).await, Ok(()));
        assert_eq!(room.released(now()).await, 0);
        // No import takes it back; it tells that something is set here.
        let again = import(test, MORNING).await;
        assert_eq!((again.updated, again.kept), (0, vec![(Kind::Material, "slides".to_owned())]));
        assert_eq!(room.seen().await, [false, false, true]);
        assert_eq!(room.released(now() + jiff::SignedDuration::from_hours(1)).await, 1);
        assert_eq!(room.seen().await, [true; 3]);
        room.sound().await;
    })
    .await;
}

#[tokio::test]
async fn what_has_no_end_is_over_with_its_day_and_what_has_no_session_with_the_seminar() {
    each(async |test| {
        let over = async |of_session: &str, of: (Kind, &str)| {
            let room = Room::of(test, of_session).await;
            room.told(of).await.over
        };
        let session = (Kind::Session, "said");
        for of in [SLIDES, session] {
            assert_eq!(over(MORNING, of).await, Some(at("01T10:30")));
            assert_eq!(over("starts = 2026-12-01T22:30:00", of).await, Some(at("02T00:00")));
            assert_eq!(over("day = 2026-12-01", of).await, Some(at("02T00:00")));
            assert_eq!(over("", of).await, Some(at("03T00:00")));
        }
        assert_eq!(over("", (Kind::Seminar, "one")).await, Some(at("03T00:00")));
        assert_eq!(over("", (Kind::Person, "swati-pande")).await, Some(at("03T00:00")));
    })
    .await;
}

#[tokio::test]
async fn a_material_that_is_moved_waits_for_the_session_in_which_it_lies_and_an_export_says_what_holds() {
    each(async |test| {
        let room = Room::of(test, MORNING).await;
        let public = Held::default();
        assert_eq!(room.set(SLIDES, public, public.until(after(None))).await, Ok(()));
        let mut all = files(MORNING);
        let evening = "starts = 2026-12-02T18:00:00\nends = 2026-12-02T19:00:00";
        let later = format!("+++\ntitle = \"Later\"\nkind = \"plenary\"\n{evening}\n+++\n\nText.\n");
        all.push(("sessions/02-later.md".to_owned(), later));
        for (_, text) in all.iter_mut().filter(|(name, _)| name == "materials/slides.md") {
            *text = text.replace("session = \"said\"", "session = \"later\"");
        }
        imported(test, "one", &all).await;
        assert_eq!(room.told(SLIDES).await.comes, Some((at("02T19:00"), Visibility::Public)));
        assert_eq!(room.released(at("01T10:30")).await, 0);
        let out = tempfile::tempdir().expect("a folder");
        let folder = out.path().join("one");
        export(&test.store, As::Team, Some("one"), &folder).await.expect("written").expect("there");
        let slides = std::fs::read_to_string(folder.join("materials/slides.md")).expect("a file");
        assert!(slides.contains("visibility = \"early\""), "{slides}");
        assert_eq!(room.released(at("02T19:00")).await, 1);
        assert_eq!(room.seen().await, [true; 3]);
        room.sound().await;
    })
    .await;
}

#[tokio::test]
async fn a_session_that_waits_hides_what_lies_in_it_and_who_spoke() {
    each(async |test| {
        let room = Room::of(test, &format!("{MORNING}\nchatham_house = true")).await;
        let said = (Kind::Session, "said");
        let public = Held::default();
        assert_eq!(room.set(said, public, public.until(after(Some(Visibility::Public)))).await, Ok(()));
        assert_eq!(room.seen().await, [false, false, true]);
        let id = room.seminar.id.id();
        let named = async |part| named_to(test, &with(id, part)).await;
        assert_eq!((named(Part::Observer).await, named(Part::Expert).await), (0, 2), "the rule holds besides");
        // Something of it is to be shown earlier: it lies in what is not shown yet.
        let noon = Moment::At(date(2026, 12, 1).at(8, 0, 0, 0));
        let earlier = Release::new(noon, None).expect("for more people");
        assert_eq!(room.set(SLIDES, public, public.until(earlier)).await, Ok(()));
        assert_eq!(room.released(at("01T08:00")).await, 1);
        assert_eq!(room.seen().await, [false, false, true]);
        assert_eq!(room.released(at("01T10:30")).await, 1);
        assert_eq!(room.seen().await, [true; 3]);
        assert_eq!(named(Part::Observer).await, 0);
        room.sound().await;
    })
    .await;
}

#[tokio::test]
async fn all_materials_of_a_session_wait_at_once_but_those_for_which_something_is_set() {
    each(async |test| {
        let mut all = files(MORNING);
        let text = |title: &str, of: &str| format!("+++\ntitle = \"{title}\"\n{of}\n+++\n\nRead.\n");
        for (name, of) in [
            ("handout", "session = \"said\""),
            ("closed", "session = \"said\"\nvisibility = \"team\""),
            ("elsewhere", ""),
        ] {
            all.push((format!("materials/{name}.md"), text(name, of)));
        }
        imported(test, "one", &all).await;
        let seminar = one(test, &Viewer::anonymous()).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        let room = Room { test, seminar, organiser };
        let said = (Kind::Session, "said");
        let wait = async |viewer: &Viewer, session: &str, now: Timestamp| {
            let done = have_materials_wait(&test.store, viewer, &room.seminar, session, now).await;
            done.expect("the store answers")
        };
        assert_eq!(room.told(said).await.open_materials, 2);
        let expert = with(room.seminar.id.id(), Part::Expert);
        assert_eq!(wait(&expert, "said", now()).await, Err(Refusal::Forbidden));
        assert_eq!(wait(&room.organiser, "slides", now()).await, Err(Refusal::Forbidden));
        assert_eq!(wait(&room.organiser, "said", at("01T10:30")).await, Err(Refusal::Passed));
        assert_eq!(room.seen().await, [true; 3], "nothing has changed");
        assert_eq!(wait(&room.organiser, "said", now()).await, Ok(2));
        assert_eq!(wait(&room.organiser, "said", now()).await, Ok(0), "sent twice");
        assert_eq!(room.told(said).await.open_materials, 0);
        let public = async |slug: &str| sees(test, &Viewer::anonymous(), Kind::Material, slug).await;
        assert_eq!(room.seen().await, [false, false, true]);
        assert!(!public("handout").await && public("elsewhere").await);
        assert_eq!(room.released(at("01T10:30")).await, 2);
        assert!(public("slides").await && public("handout").await && !public("closed").await);
        room.sound().await;
    })
    .await;
}

#[tokio::test]
async fn what_comes_together_is_released_together_and_a_draft_stays_one() {
    each(async |test| {
        let room = Room::of(test, MORNING).await;
        let public = Held::default();
        for of in [SLIDES, (Kind::Session, "said"), (Kind::Person, "sahiba-srna")] {
            assert_eq!(room.set(of, public, public.until(after(None))).await, Ok(()));
        }
        // Sessions are over before the seminar is.
        assert_eq!(room.released(at("01T12:00")).await, 2);
        assert!(!sees(test, &Viewer::anonymous(), Kind::Person, "sahiba-srna").await);
        let mut all = files(MORNING);
        all[0].1 = all[0].1.replace("status = \"open\"", "status = \"draft\"");
        imported(test, "one", &all).await;
        assert_eq!(room.released(at("05T00:00")).await, 1);
        assert!(!sees(test, &Viewer::anonymous(), Kind::Person, "sahiba-srna").await);
        imported(test, "one", &files(MORNING)).await;
        assert!(sees(test, &Viewer::anonymous(), Kind::Person, "sahiba-srna").await);
        // What is gone is waited for no more.
        let released = room.told(SLIDES).await.held;
        assert_eq!(room.set(SLIDES, released, released.until(after(None))).await, Ok(()));
        let mut rest = files(MORNING);
        rest.retain(|(name, _)| !name.starts_with("materials/") && !name.starts_with("files/"));
        imported(test, "one", &rest).await;
        assert_eq!(room.released(at("09T00:00")).await, 0);
        room.sound().await;
    })
    .await;
}

#[tokio::test]
async fn who_may_see_it_then_is_said_with_what_is_planned_around_it() {
    each(async |test| {
        let room = Room::of(test, MORNING).await;
        let public = Held::default();
        let said = (Kind::Session, "said");
        let participants = after(Some(Visibility::Participants));
        assert_eq!(room.set(said, public, public.until(participants)).await, Ok(()));
        assert_eq!(room.set(SLIDES, public, public.until(after(None))).await, Ok(()));
        let told = room.told(SLIDES).await;
        assert_eq!((told.around, told.comes), (Visibility::Early, Some((at("01T10:30"), Visibility::Participants))));
        // Before the session is shown, it is for whom the session is.
        let early = Release::new(Moment::At(date(2026, 12, 1).at(8, 0, 0, 0)), None).expect("for more people");
        assert_eq!(room.set(SLIDES, told.held, public.until(early)).await, Ok(()));
        assert_eq!(room.told(SLIDES).await.comes, Some((at("01T08:00"), Visibility::Early)));
        assert_eq!(room.released(at("01T10:30")).await, 2);
        assert_eq!(room.seen().await, [false, true, true]);
    })
    .await;
}

#[tokio::test]
async fn plans_move_along_with_their_seminar_and_a_copy_waits_for_nothing() {
    each(async |test| {
        let room = Room::of(test, MORNING).await;
        let public = Held::default();
        let noon = Moment::At(date(2026, 12, 1).at(12, 0, 0, 0));
        let release = Release::new(noon, None).expect("for more people");
        assert_eq!(room.set(SLIDES, public, public.until(release)).await, Ok(()));
        let said = (Kind::Session, "said");
        assert_eq!(room.set(said, public, public.until(after(Some(Visibility::Members)))).await, Ok(()));
        let contents = async || {
            let found = seminars::contents(&test.store, &room.organiser, english(), "one").await;
            found.expect("the store answers").expect("theirs")
        };
        // A month later, with its sessions.
        let editing = seminars::editing(&test.store, &room.organiser, english(), &contents().await).await;
        let editing = editing.expect("the store answers").expect("theirs");
        let mut typed = editing.draft.clone();
        (typed.starts, typed.ends) = ("2027-01-01".to_owned(), "2027-01-02".to_owned());
        let was = edits::version(&editing.draft);
        let moved = seminars::edit(&test.store, &room.organiser, &contents().await, (&was, &typed), true, now()).await;
        assert_eq!(moved.expect("the store answers"), Ok(()));
        let told = room.told(SLIDES).await;
        let comes = "2027-01-01T12:00:00+01:00".parse().expect("a time");
        assert_eq!(told.comes.map(|(comes, _)| comes), Some(comes));
        let over = "2027-01-01T10:30:00+01:00".parse().expect("a time");
        assert_eq!(room.told(said).await.comes, Some((over, Visibility::Members)));
        assert_eq!(room.released(at("09T00:00")).await, 0, "of before");

        // Another like it: there the session is for whom it was to be.
        let administrator: Viewer = Somebody {
            who: Who::Account(9),
            name: "Ana".into(),
            platform: Some(Platform::Administrator),
            parts: Vec::new(),
            delegations: Vec::new(),
            writes: None,
        }
        .into();
        let like = seminars::Copy { title: "Two".to_owned(), starts: "2028-01-01".to_owned() };
        let made = seminars::copy(&test.store, &administrator, &contents().await, &like, now()).await;
        assert_eq!(made.expect("the store answers"), Ok("two".to_owned()));
        let two =
            seminars::listed(&test.store, &administrator, english(), "two").await.expect("answered").expect("made");
        let told = protection(&test.store, &administrator, english(), &two, said).await.expect("answered");
        assert_eq!(told.expect("copied").held, Some(Visibility::Members).into());
        room.sound().await;
    })
    .await;
}
