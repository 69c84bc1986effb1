//! Seminars that are made, edited and copied in the browser, and files that come after.

use super::*;
use crate::{
    changes,
    edits::{self, Why},
    gate::{Audience, Somebody, Viewer, Who, drifted},
    people::Voice,
    roles::{Part, Platform},
    sessions::tests::{Room, as_they_are, english, now, with},
    store::trial::{TestStore, each},
    things::Kind,
};
use jiff::tz::TimeZone;

fn administrator() -> Viewer {
    Somebody {
        who: Who::Account(1),
        name: "Vera".into(),
        platform: Some(Platform::Administrator),
        parts: vec![],
        delegations: Vec::new(),
        writes: None,
    }
    .into()
}

async fn contents(test: &TestStore, viewer: &Viewer, slug: &str) -> Option<Contents> {
    super::contents(&test.store, viewer, english(), slug).await.expect("the store answers")
}

async fn draft(test: &TestStore, viewer: &Viewer, slug: &str) -> Draft {
    let contents = contents(test, viewer, slug).await.expect("theirs");
    editing(&test.store, viewer, english(), &contents).await.expect("read").expect("theirs").draft
}

/// Changes a seminar as whoever looks at it now.
async fn change(
    test: &TestStore,
    viewer: &Viewer,
    slug: &str,
    along: bool,
    change: impl FnOnce(&mut Draft),
) -> Result<(), Refused> {
    let was = draft(test, viewer, slug).await;
    let mut is = was.clone();
    change(&mut is);
    let contents = contents(test, viewer, slug).await.expect("theirs");
    edit(&test.store, viewer, &contents, (&edits::version(&was), &is), along, now()).await.expect("the store answers")
}

fn typed() -> Draft {
    Draft {
        title: "Semo i ri në Durrës".into(),
        summary: "Who meets, and why.".into(),
        language: "en".into(),
        starts: "2027-03-01".into(),
        ends: "2027-03-02".into(),
        time_zone: "Europe/Tirane".into(),
        place: "Durrës".into(),
        host: "AL".into(),
        stage: "draft".into(),
        countries: vec!["AL".into(), "MD".into(), "AL".into()],
        languages: vec!["sq".into(), "ro".into()],
        organisers: "One office\n\n Another office ".into(),
        objectives: "See.\nHear.".into(),
        themes: vec!["referral".into()],
        reference: "DUR".into(),
        text: "# Text".into(),
        ..Draft::default()
    }
}

#[tokio::test]
async fn a_seminar_is_made_as_a_draft_and_opened_to_everybody() {
    each(async |test| {
        let vera = administrator();
        let store = &test.store;
        let made = make(store, &vera, &typed(), now()).await.expect("the store answers");
        assert_eq!(made, Ok("semo-i-ri-ne-durres".to_owned()));
        // Sent twice it is one; another of its name is another.
        assert_eq!(make(store, &vera, &typed(), now()).await.expect("the store answers"), made);
        let other = Draft { summary: String::new(), ..typed() };
        let other = make(store, &vera, &other, now()).await.expect("the store answers");
        assert_eq!(other, Ok("semo-i-ri-ne-durres-2".to_owned()));
        let slug = made.expect("made");
        let nobody = Viewer::anonymous();
        assert!(contents(test, &nobody, &slug).await.is_none());
        assert!(contents(test, &Viewer::of([Audience::Members]), &slug).await.is_none());
        let shown = draft(test, &vera, &slug).await;
        let countries = vec!["AL".to_owned(), "MD".to_owned()];
        let organisers = "One office\nAnother office".to_owned();
        assert_eq!(shown, Draft { countries, organisers, ..typed() });

        // What is made in it is for its team, too, and both are for everybody from one moment on.
        let organiser = with(&contents(test, &vera, &slug).await.expect("theirs"), Part::Organiser);
        let within = contents(test, &organiser, &slug).await.expect("theirs");
        let session = crate::sessions::Draft { title: "Opening".into(), kind: "plenary".into(), ..Default::default() };
        let opening = crate::sessions::edit(store, &organiser, &within, None, ("", &session), now()).await;
        assert_eq!(opening.expect("the store answers"), Ok("opening".to_owned()));
        assert_eq!(change(test, &organiser, &slug, false, |draft| draft.stage = "open".into()).await, Ok(()));
        let seen = contents(test, &nobody, &slug).await.expect("for everybody");
        assert_eq!(seen.of(Kind::Session).count(), 1);
        assert_eq!(drifted(store).await.expect("read"), []);
        // And back.
        assert_eq!(change(test, &organiser, &slug, false, |draft| draft.stage = "draft".into()).await, Ok(()));
        assert!(contents(test, &nobody, &slug).await.is_none());
        assert_eq!(drifted(store).await.expect("read"), []);
        let sought = changes::Sought { subject: format!("seminar/{slug}"), ..changes::Sought::default() };
        let entries = changes::entries(store, &Viewer::command_line(), &sought, (10, 0)).await.expect("read");
        let acts: Vec<&str> = entries.iter().map(|entry| entry.act.as_str()).collect();
        assert!(acts.contains(&"make seminar") && acts.contains(&"edit seminar"), "{acts:?}");
    })
    .await;
}

#[tokio::test]
async fn what_will_not_do_is_told_by_field() {
    each(async |test| {
        let vera = administrator();
        let odd = Draft {
            title: "  ".into(),
            starts: "1.3.2027".into(),
            ends: String::new(),
            time_zone: "Tirana".into(),
            host: "Albania".into(),
            stage: "soon".into(),
            countries: vec!["AL".into(), "moon".into()],
            languages: vec!["xx".into()],
            organisers: "a\u{0}".into(),
            objectives: "x".repeat(2001),
            themes: vec!["Not a slug".into()],
            reference: "dur".into(),
            text: "> ".repeat(200) + "x",
            contributors: vec![Voice { person: "nobody".into(), role: "expert".into(), title: String::new() }],
            ..typed()
        };
        let refused = make(&test.store, &vera, &odd, now()).await.expect("the store answers");
        let Err(Refused::Faults(faults)) = refused else { panic!("{refused:?}") };
        use Field::{
            Contributor, Country, Ends, Host, Languages, Objectives, Organisers, Reference, Stage, Starts, Text,
            Themes, TimeZone, Title,
        };
        let fields: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
        let all = [
            Title,
            Objectives,
            Text,
            Starts,
            Ends,
            TimeZone,
            Host,
            Stage,
            Reference,
            Organisers,
            Languages,
            Country(1),
            Themes,
            Contributor(0),
        ];
        assert_eq!(fields, all);
        let tongue = Draft { language: "de".into(), ..typed() };
        let fault = Fault { field: Field::Language, why: Why::Odd };
        let refused = make(&test.store, &vera, &tongue, now()).await.expect("the store answers");
        assert_eq!(refused, Err(Refused::Faults(vec![fault])));
        let backwards = Draft { ends: "2027-02-28".into(), ..typed() };
        let fault = Fault { field: Ends, why: Why::Backwards };
        let refused = make(&test.store, &vera, &backwards, now()).await.expect("the store answers");
        assert_eq!(refused, Err(Refused::Faults(vec![fault])));
        for odd in ["-000001-01-01", "0000-01-01", "9999-01-01", "20270301", "2027-03-01T09:00", "2027-02-30"] {
            let refused = make(&test.store, &vera, &Draft { starts: odd.into(), ..typed() }, now()).await;
            assert!(matches!(refused.expect("the store answers"), Err(Refused::Faults(_))), "{odd}");
        }
        // There is the form of a new one.
        let new = Draft { title: "New".into(), ..typed() };
        assert_eq!(make(&test.store, &vera, &new, now()).await.expect("the store answers"), Ok("new-2".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_seminars_but_administrators_and_none_but_organisers_edits_theirs() {
    each(async |test| {
        let room = Room::new(test).await;
        let here = room.contents().await;
        let seen = draft(test, &room.organiser, "one").await;
        let other = Draft { title: "Other".into(), ..seen.clone() };
        let store = &test.store;
        let copy = Copy { title: "Again".into(), starts: "2027-03-01".into() };
        let mut others = vec![Viewer::anonymous()];
        others.extend(Part::ALL.iter().filter(|part| **part != Part::Organiser).map(|part| with(&here, *part)));
        for viewer in &others {
            assert!(editing(store, viewer, english(), &here).await.expect("read").is_none());
            let done = edit(store, viewer, &here, (&edits::version(&seen), &other), false, now()).await.expect("read");
            assert_eq!(done, Err(Refused::Forbidden));
        }
        others.push(room.organiser.clone());
        for viewer in &others {
            assert!(making(store, viewer, english()).await.expect("read").is_none());
            assert_eq!(make(store, viewer, &typed(), now()).await.expect("read"), Err(Refused::Forbidden));
            let done = super::copy(store, viewer, &here, &copy, now()).await.expect("read");
            assert_eq!(done, Err(Refused::Forbidden));
        }
        assert_eq!(draft(test, &room.organiser, "one").await, seen);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_edit_one_seminar_the_second_is_told_what_it_says_now() {
    each(async |test| {
        let room = Room::new(test).await;
        let seen = draft(test, &room.organiser, "one").await;
        let here = room.contents().await;
        let save = async |typed: &Draft| {
            let told = (edits::version(&seen), typed);
            edit(&test.store, &room.organiser, &here, (&told.0, told.1), false, now()).await.expect("read")
        };
        let mine = Draft { place: "Durrës".into(), ..seen.clone() };
        assert_eq!(save(&mine).await, Ok(()));
        assert_eq!(save(&mine).await, Ok(()));
        let theirs = Draft { summary: "Theirs".into(), ..seen.clone() };
        assert_eq!(save(&theirs).await, Err(Refused::Changed(Box::new(mine.clone()))));
        assert_eq!(draft(test, &room.organiser, "one").await, mine);
    })
    .await;
}

#[tokio::test]
async fn sessions_go_with_the_days_and_the_clock_of_their_seminar_or_hold_it_where_it_is() {
    each(async |test| {
        let room = Room::new(test).await;
        let moved = |along| {
            change(test, &room.organiser, "one", along, |draft| {
                (draft.starts, draft.ends) = ("2017-07-04".into(), "2017-07-05".into());
            })
        };
        let stranded = Fault { field: Field::Starts, why: Why::Strands(1) };
        assert_eq!(moved(false).await, Err(Refused::Faults(vec![stranded])));
        assert_eq!(moved(true).await, Ok(()));
        // In winter the clock of Tirana is an hour before UTC, in summer two.
        let said = room.draft(Some("said")).await.slot;
        assert_eq!((said.day.as_str(), said.starts.as_str(), said.ends.as_str()), ("2017-07-04", "09:00", "10:00"));
        let slot = change(test, &room.organiser, "one", false, |draft| draft.time_zone = "Europe/Chisinau".into());
        assert_eq!(slot.await, Ok(()));
        assert_eq!(room.draft(Some("said")).await.slot, said);
        let nobody = Viewer::anonymous();
        let page = crate::sessions::session(&test.store, &nobody, english(), "one", "said").await;
        let starts = page.expect("read").expect("public").details.starts;
        assert_eq!(starts.map(|at| at.to_string()).as_deref(), Some("2017-07-04T06:00:00Z"));
        // A day more at its end moves nothing.
        let last = changes::last(&test.store).await.expect("read");
        let longer = change(test, &room.organiser, "one", true, |draft| draft.ends = "2017-07-06".into());
        assert_eq!(longer.await, Ok(()));
        assert_eq!(changes::last(&test.store).await.expect("read"), last + 1);

        // The files come again: what was edited here holds, and each difference is told.
        let done = room.import(as_they_are, false).await;
        let mut fields: Vec<(Kind, &str)> = done.edited.iter().map(|kept| (kept.kind, &*kept.field)).collect();
        fields.sort_unstable();
        assert_eq!(fields, [(Kind::Seminar, "days"), (Kind::Seminar, "time zone"), (Kind::Session, "when")]);
        assert_eq!(room.draft(Some("said")).await.slot, said);
        let done = room.import(as_they_are, true).await;
        assert_eq!(done.edited.len(), 3);
        let shown = draft(test, &room.organiser, "one").await;
        assert_eq!((shown.starts.as_str(), shown.time_zone.as_str()), ("2016-12-06", "Europe/Tirane"));
        assert_eq!(room.draft(Some("said")).await.slot.day, "2016-12-06");
    })
    .await;
}

#[tokio::test]
async fn a_copy_is_a_draft_with_the_programme_and_without_the_people() {
    each(async |test| {
        let room = Room::new(test).await;
        let vera = administrator();
        let typed = Copy { title: "The second one".into(), starts: "2027-03-30".into() };
        let here = room.contents().await;
        let made = copy(&test.store, &vera, &here, &typed, now()).await.expect("the store answers");
        assert_eq!(made, Ok("the-second-one".to_owned()));
        assert_eq!(copy(&test.store, &vera, &here, &typed, now()).await.expect("the store answers"), made);
        assert!(contents(test, &Viewer::anonymous(), "the-second-one").await.is_none());
        let copied = contents(test, &vera, "the-second-one").await.expect("theirs");
        let sessions: Vec<&str> = copied.of(Kind::Session).map(|session| session.place.slug.as_str()).collect();
        assert_eq!(sessions, ["said", "asked", "left"]);
        assert_eq!(copied.of(Kind::Material).count(), 0);
        assert_eq!(copied.details.stage, Stage::Draft);
        assert_eq!(copied.details.ends.to_string(), "2027-03-31");
        // Their clocks are put forward in between, and nine o'clock is nine o'clock.
        let page = crate::sessions::session(&test.store, &vera, english(), "the-second-one", "said").await;
        let page = page.expect("read").expect("theirs");
        let clock = TimeZone::get("Europe/Tirane").expect("in the database");
        let starts = page.details.starts.map(|at| clock.to_datetime(at).to_string());
        assert_eq!(starts.as_deref(), Some("2027-03-30T09:00:00"));
        assert_eq!(page.contributors.len(), 0);
        assert_eq!(room.order().await, ["said", "asked", "left"]);
        assert_eq!(drifted(&test.store).await.expect("read"), []);

        let odd = Copy { title: " ".into(), starts: "soon".into() };
        let refused = copy(&test.store, &vera, &here, &odd, now()).await.expect("the store answers");
        let faults = [(Field::Title, Why::Missing), (Field::Starts, Why::Odd)].map(|(field, why)| Fault { field, why });
        assert_eq!(refused, Err(Refused::Faults(faults.into())));
    })
    .await;
}
