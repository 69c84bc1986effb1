//! People and organisations that are named in the browser, and files that come after.

use super::*;
use crate::{
    edits::Why,
    gate::drifted,
    people::{Voice, person},
    roles::Part,
    sessions::tests::{Room, as_they_are, english, now, with},
    store::trial::each,
};

async fn draft(room: &Room<'_>, who: Who, slug: &str) -> Draft {
    let seminar = room.contents().await.seminar;
    let found = editing(&room.test.store, &room.organiser, english(), &seminar, (who, Some(slug))).await;
    found.expect("the store answers").expect("theirs").draft
}

async fn save(room: &Room<'_>, who: Who, slug: Option<&str>, (was, is): (&Draft, &Draft)) -> Result<String, Refused> {
    let seminar = room.contents().await.seminar;
    let typed = (edits::version(was), is);
    let done = edit(&room.test.store, &room.organiser, &seminar, (who, slug), (&typed.0, typed.1), now()).await;
    done.expect("the store answers")
}

#[tokio::test]
async fn somebody_is_named_works_somewhere_contributes_and_is_renamed_everywhere() {
    each(async |test| {
        let room = Room::new(test).await;
        let none = Draft::default();
        let office = Draft {
            name: "Zyra e Ndihmës".into(),
            about: "Helps.\n\nEverybody.".into(),
            abbreviation: "ZN".into(),
            site: "https://zyra.example/".into(),
            country: "AL".into(),
            ..Draft::default()
        };
        let made = save(&room, Who::Organisation, None, (&none, &office)).await;
        assert_eq!(made, Ok("zyra-e-ndihmes".to_owned()));
        assert_eq!(draft(&room, Who::Organisation, "zyra-e-ndihmes").await, office);
        let ana = Draft {
            name: " Ana Çela ".into(),
            about: "Social worker".into(),
            organisation: "zyra-e-ndihmes".into(),
            country: "AL".into(),
            ..Draft::default()
        };
        assert_eq!(save(&room, Who::Person, None, (&none, &ana)).await, Ok("ana-cela".to_owned()));
        // Sent twice it is one; one of the same name who works nowhere is another.
        assert_eq!(save(&room, Who::Person, None, (&none, &ana)).await, Ok("ana-cela".to_owned()));
        let free = Draft { organisation: String::new(), ..ana.clone() };
        assert_eq!(save(&room, Who::Person, None, (&none, &free)).await, Ok("ana-cela-2".to_owned()));
        let voice = Voice { person: "ana-cela".into(), role: "speaker".into(), title: String::new() };
        let spoken = room.change("said", |draft| draft.contributors.push(voice)).await;
        assert_eq!(spoken, Ok("said".to_owned()));
        let shown = draft(&room, Who::Person, "ana-cela").await;
        assert_eq!(shown, Draft { name: "Ana Çela".into(), ..ana.clone() });
        let other = Draft { name: "Ana Çela-Hoxha".into(), country: "MD".into(), ..shown.clone() };
        assert_eq!(save(&room, Who::Person, Some("ana-cela"), (&shown, &other)).await, Ok("ana-cela".to_owned()));
        let page = person(&test.store, &Viewer::anonymous(), english(), "ana-cela").await.expect("read");
        let page = page.expect("public, as the seminar is");
        assert_eq!((page.person.title.text.as_str(), page.contributions.len()), ("Ana Çela-Hoxha", 1));
        assert_eq!((page.person.countries, page.organisations.len()), (vec!["MD".to_owned()], 1));
        // The second of two who look at the same is told.
        let late = Draft { about: "Nurse".into(), ..shown.clone() };
        let refused = save(&room, Who::Person, Some("ana-cela"), (&shown, &late)).await;
        assert_eq!(refused, Err(Refused::Changed(Box::new(other))));
        assert_eq!(drifted(&test.store).await.expect("read"), []);

        // No import takes them away, whoever is named in a file is merged by field.
        let swati = draft(&room, Who::Person, "swati-pande").await;
        let known = Draft { about: "Writer".into(), organisation: "zyra-e-ndihmes".into(), ..swati.clone() };
        let done = save(&room, Who::Person, Some("swati-pande"), (&swati, &known)).await;
        assert_eq!(done, Ok("swati-pande".to_owned()));
        let done = room.import(as_they_are, false).await;
        let kept: Vec<(&str, &str)> =
            done.edited.iter().map(|kept| (kept.slug.as_str(), &*kept.field)).filter(|kept| kept.0 != "said").collect();
        assert_eq!(kept, [("swati-pande", "summary"), ("swati-pande", "organisation")]);
        assert_eq!(done.deleted, 0);
        assert_eq!(draft(&room, Who::Person, "swati-pande").await, known);
        room.import(as_they_are, true).await;
        assert_eq!(draft(&room, Who::Person, "swati-pande").await, swati);
    })
    .await;
}

#[tokio::test]
async fn who_is_named_nowhere_else_can_be_taken_away() {
    each(async |test| {
        let room = Room::new(test).await;
        let seminar = room.contents().await.seminar;
        let ana = Draft { name: "Ana".into(), ..Draft::default() };
        assert_eq!(save(&room, Who::Person, None, (&Draft::default(), &ana)).await, Ok("ana".to_owned()));
        let removed = async |slug: &str, was: &Draft| {
            let version = edits::version(was);
            let who = (Who::Person, slug);
            remove(&test.store, &room.organiser, &seminar, who, &version, now()).await.expect("read")
        };
        let swati = draft(&room, Who::Person, "swati-pande").await;
        assert_eq!(removed("swati-pande", &swati).await, Err(Refused::Forbidden), "came with files");
        assert!(matches!(removed("ana", &swati).await, Err(Refused::Changed(_))));
        let voice = Voice { person: "ana".into(), role: "speaker".into(), title: String::new() };
        let spoken = room.change("said", |draft| draft.contributors.push(voice.clone())).await;
        assert_eq!(spoken, Ok("said".to_owned()));
        assert_eq!(removed("ana", &ana).await, Err(Refused::Forbidden), "contributes");
        let silent = room.change("said", |draft| draft.contributors.retain(|one| *one != voice)).await;
        assert_eq!(silent, Ok("said".to_owned()));
        assert_eq!(removed("ana", &ana).await, Ok(()));
        assert_eq!(removed("ana", &ana).await, Err(Refused::Forbidden), "twice");
    })
    .await;
}

#[tokio::test]
async fn what_will_not_do_is_told_by_field_and_nobody_but_organisers_names_anybody() {
    each(async |test| {
        let room = Room::new(test).await;
        let contents = room.contents().await;
        let odd = Draft {
            name: " ".into(),
            about: "two\nlines".into(),
            organisation: "nowhere".into(),
            country: "Albania".into(),
            ..Draft::default()
        };
        let refused = save(&room, Who::Person, None, (&Draft::default(), &odd)).await;
        let why = [
            (Field::Name, Why::Missing),
            (Field::About, Why::Odd),
            (Field::Organisation, Why::Odd),
            (Field::Country, Why::Odd),
        ];
        assert_eq!(refused, Err(Refused::Faults(why.map(|(field, why)| Fault { field, why }).into())));
        let odd = Draft { name: "A".into(), site: "javascript:alert(1)".into(), ..Draft::default() };
        let refused = save(&room, Who::Organisation, None, (&Draft::default(), &odd)).await;
        assert_eq!(refused, Err(Refused::Faults(vec![Fault { field: Field::Site, why: Why::Odd }])));

        let seen = draft(&room, Who::Person, "swati-pande").await;
        let version = edits::version(&seen);
        let other = Draft { name: "Other".into(), ..seen.clone() };
        let mut others = vec![Viewer::anonymous()];
        others.extend(Part::ALL.iter().filter(|part| **part != Part::Organiser).map(|part| with(&contents, *part)));
        let (store, seminar) = (&test.store, &contents.seminar);
        for viewer in &others {
            for slug in [None, Some("swati-pande")] {
                let who = (Who::Person, slug);
                assert!(editing(store, viewer, english(), seminar, who).await.expect("read").is_none());
                let done = edit(store, viewer, seminar, who, (&version, &other), now()).await.expect("read");
                assert_eq!(done, Err(Refused::Forbidden));
            }
            let who = (Who::Person, "swati-pande");
            assert!(home(store, viewer, english(), who).await.expect("read").is_none());
            let done = remove(store, viewer, seminar, who, &version, now()).await.expect("read");
            assert_eq!(done, Err(Refused::Forbidden));
        }
        assert_eq!(draft(&room, Who::Person, "swati-pande").await, seen);
    })
    .await;
}
