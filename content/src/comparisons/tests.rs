//! Comparisons that are changed in the browser, what is remembered of that, and files that come after.

use super::*;
use crate::{
    changes,
    edits::{self, Fault, Why},
    folder::Imported,
    gate::{Viewer, tests::marked::imported},
    roles::Part,
    sessions::tests::{Room, english, files, now, with},
    store::trial::{TestStore, each},
    things::{self, Kind, Look},
};

const ROWS: &str = r#"title = "Side by side"

[[topic]]
slug = "shelters"
title = "Shelters"

[[topic.cell]]
countries = ["AL"]
text = "Four"
confidence = "stated"
source = "The ministry"
date = 2016-12-07

[[topic]]
slug = "hotlines"
title = "Hotlines"

[[topic.cell]]
countries = ["AL", "MD"]
text = "One each"
confidence = "partly"
"#;

async fn import(test: &TestStore, rows: &str) -> Imported {
    let mut files = files();
    files.push(("comparison.toml".to_owned(), rows.to_owned()));
    imported(test, "one", &files).await
}

/// The rows as anybody reads them.
async fn rows(test: &TestStore) -> Vec<Topic> {
    let page = comparison(&test.store, &Viewer::anonymous(), english(), "one").await.expect("the store answers");
    page.map(|page| page.details.topics).unwrap_or_default()
}

fn said(topics: &[Topic]) -> Vec<String> {
    let cell = |cell: &Cell| format!("{} {}", cell.countries.join("+"), cell.text);
    let row =
        |topic: &Topic| format!("{}: {}", topic.title, topic.cells.iter().map(cell).collect::<Vec<_>>().join(", "));
    topics.iter().map(row).collect()
}

/// The number of the comparison.
async fn id(test: &TestStore) -> i64 {
    let look = Look { kinds: &[Kind::Comparison], ..Look::default() };
    things::rows(&test.store, &Viewer::anonymous(), &look).await.expect("answered").pop().expect("there").0.id()
}

/// A seminar with a comparison, and somebody who changes it.
struct Comparing<'a> {
    room: Room<'a>,
    expert: Viewer,
}

impl<'a> Comparing<'a> {
    async fn new(test: &'a TestStore) -> Self {
        let room = Room::new(test).await;
        import(test, ROWS).await;
        let expert = with(&room.contents().await, Part::Expert);
        Self { room, expert }
    }

    async fn draft(&self, topic: Option<&str>) -> Draft {
        let seminar = self.room.contents().await.seminar;
        let found = editing(&self.room.test.store, &self.expert, &seminar, topic).await.expect("the store answers");
        found.expect("theirs").0
    }

    async fn save(&self, topic: Option<&str>, was: &Draft, is: &Draft) -> Result<String, Refused> {
        let seminar = self.room.contents().await.seminar;
        let was = edits::version(was);
        edit(&self.room.test.store, &self.expert, &seminar, topic, (&was, is), now()).await.expect("the store answers")
    }

    async fn change(&self, topic: Option<&str>, change: impl FnOnce(&mut Draft)) -> Result<String, Refused> {
        let was = self.draft(topic).await;
        let mut is = was.clone();
        change(&mut is);
        self.save(topic, &was, &is).await
    }
}

#[tokio::test]
async fn a_cell_is_changed_and_what_it_said_before_is_remembered() {
    each(async |test| {
        let here = Comparing::new(test).await;
        let shown = here.draft(Some("shelters")).await;
        assert_eq!((shown.cells.len(), shown.cells[1].countries.as_slice()), (2, &["MD".to_owned()][..]));
        here.change(Some("shelters"), |draft| {
            draft.cells[0].text = "Five".into();
            draft.cells[0].date = "2017-01-31".into();
        })
        .await
        .expect("saved");
        here.change(Some("shelters"), |draft| draft.cells[1].text = "None yet".into()).await.expect("saved");
        assert_eq!(said(&rows(test).await), ["Shelters: AL Five, MD None yet", "Hotlines: AL+MD One each"]);
        assert_eq!(rows(test).await[0].cells[0].source.as_deref(), Some("The ministry"), "what was left stays");

        let seminar = here.room.contents().await.seminar;
        let told = history(&test.store, &here.expert, &seminar, "shelters").await.expect("the store answers");
        let [second, first] = &told[..] else { panic!("two: {told:?}") };
        let text = |row: &Topic| said(std::slice::from_ref(row)).concat();
        let before = first.before.as_ref().expect("it was there");
        assert_eq!((text(before), text(&first.after)), ("Shelters: AL Four".into(), "Shelters: AL Five".into()));
        assert_eq!(before.cells[0].date, "2016-12-07".parse().ok());
        assert_eq!(text(&second.after), "Shelters: AL Five, MD None yet");
        assert_eq!((first.at, &first.by), (now(), &None), "no account has this number");
        assert_eq!(history(&test.store, &here.expert, &seminar, "hotlines").await.expect("answered"), []);

        // What the audit does not say any more is not told, and nobody else is told anything.
        let subjects = edits::subjects(&test.store, seminar.id.id(), (Kind::Comparison, id(test).await)).await;
        let entries = changes::said_about(&test.store, &subjects.expect("answered")).await.expect("answered");
        changes::erase_these(test.store.write(), vec![entries[0].id]).await.expect("erased");
        assert_eq!(history(&test.store, &here.expert, &seminar, "shelters").await.expect("answered"), told[1..]);
        let participant = with(&here.room.contents().await, Part::Participant);
        for viewer in [&participant, &Viewer::anonymous()] {
            assert_eq!(history(&test.store, viewer, &seminar, "shelters").await.expect("answered"), []);
            assert_eq!(editing(&test.store, viewer, &seminar, None).await.expect("answered"), None);
            assert_eq!(heading(&test.store, viewer, &seminar).await.expect("answered"), None);
            let draft = Draft::default();
            let done = edit(&test.store, viewer, &seminar, Some("shelters"), ("", &draft), now()).await;
            assert_eq!(done.expect("answered"), Err(Refused::Forbidden));
            let done = remove(&test.store, viewer, &seminar, "shelters", "", now()).await;
            assert_eq!(done.expect("answered"), Err(Refused::Forbidden));
            let done = set_heading(&test.store, viewer, &seminar, ("", &Heading::default()), now()).await;
            assert_eq!(done.expect("answered"), Err(HeadingRefused::Forbidden));
        }
        assert!(changes::verify(&test.store).await.expect("answered").is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_will_not_do_is_told_beside_its_field_and_nothing_is_written() {
    each(async |test| {
        let here = Comparing::new(test).await;
        let faults = async |change: fn(&mut Draft)| match here.change(Some("shelters"), change).await {
            Err(Refused::Faults(faults)) => faults,
            other => panic!("{other:?}"),
        };
        let fault = |field, why| vec![Fault { field, why }];
        assert_eq!(faults(|draft| draft.title = " ".into()).await, fault(Field::Title, Why::Missing));
        assert_eq!(
            faults(|draft| draft.cells[1].source = "Somebody".into()).await,
            fault(Field::Text(1), Why::Missing),
            "a source of nothing"
        );
        assert_eq!(faults(|draft| draft.cells[0].date = "2016-02-30".into()).await, fault(Field::Date(0), Why::Odd));
        assert_eq!(
            faults(|draft| draft.cells[0].confidence = "sure".into()).await,
            fault(Field::Confidence(0), Why::Odd)
        );
        assert_eq!(faults(|draft| draft.cells[0].countries.clear()).await, fault(Field::Countries(0), Why::Missing));
        assert_eq!(
            faults(|draft| draft.cells[0].countries = vec!["XK".into()]).await,
            fault(Field::Countries(0), Why::Odd),
            "it took no part"
        );
        let twice = |draft: &mut Draft| {
            draft.cells[0].countries.push("MD".into());
            draft.cells[1].text = "Two".into();
        };
        assert_eq!(faults(twice).await, fault(Field::Countries(1), Why::Odd));
        let long = faults(|draft| draft.cells[1].text = "a".repeat(100_000)).await;
        assert!(matches!(long[..], [Fault { field: Field::Text(1), why: Why::Long(_) }]), "{long:?}");
        let many = faults(|draft| draft.cells = vec![draft.cells[0].clone(); 1000]).await;
        assert!(many.contains(&Fault { field: Field::Title, why: Why::Many(200) }), "{many:?}");
        assert_eq!(said(&rows(test).await), ["Shelters: AL Four", "Hotlines: AL+MD One each"]);
    })
    .await;
}

#[tokio::test]
async fn a_row_is_added_once_and_the_second_of_two_is_told() {
    each(async |test| {
        let here = Comparing::new(test).await;
        let blank = here.draft(None).await;
        let nothing = here.save(None, &blank, &blank).await;
        assert_eq!(nothing, Err(Refused::Faults(vec![Fault { field: Field::Title, why: Why::Missing }])));
        let mut new = blank.clone();
        new.title = "Hotlines".into();
        new.cells[0].countries = vec!["AL".into(), "MD".into()];
        new.cells[0].text = "Free of charge".into();
        for _ in 0..2 {
            here.save(None, &blank, &new).await.expect("saved");
        }
        let all = rows(test).await;
        assert_eq!(said(&all)[2..], ["Hotlines: AL+MD Free of charge"]);
        assert_eq!(all[2].slug, "hotlines-2", "each row has an address of its own");

        let was = here.draft(Some("hotlines-2")).await;
        here.change(Some("hotlines-2"), |draft| draft.title = "Telephone".into()).await.expect("saved");
        let mut is = was.clone();
        is.title = "Phones".into();
        let Err(Refused::Changed(holds)) = here.save(Some("hotlines-2"), &was, &is).await else { panic!("told") };
        assert_eq!(holds.title, "Telephone");
        let seminar = here.room.contents().await.seminar;
        let gone = async |was: &Draft| {
            let was = edits::version(was);
            remove(&test.store, &here.expert, &seminar, "hotlines-2", &was, now()).await.expect("answered")
        };
        assert!(matches!(gone(&was).await, Err(Refused::Changed(_))), "it says something else by now");
        assert_eq!(gone(&holds).await, Ok(()));
        assert_eq!(gone(&holds).await, Err(Refused::Forbidden));
        assert_eq!(rows(test).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn files_that_come_after_change_the_rows_that_nobody_edited() {
    each(async |test| {
        let here = Comparing::new(test).await;
        here.change(Some("shelters"), |draft| draft.cells[0].text = "Five".into()).await.expect("saved");
        here.change(None, |draft| {
            draft.title = "Courts".into();
            draft.cells[0].text = "Two".into();
        })
        .await
        .expect("saved");
        let files = ROWS.replace("One each", "Two each").replace("Four", "Six");
        let done = import(test, &files).await;
        assert_eq!(
            said(&rows(test).await),
            ["Shelters: AL Five", "Hotlines: AL+MD Two each", "Courts: AL Two"],
            "each row by itself"
        );
        let kept: Vec<_> = done.edited.iter().map(|kept| (kept.field.as_ref(), kept.since)).collect();
        assert_eq!(kept, [("row courts", false), ("row shelters", true)]);

        // One that was taken away stays away; one that the files say too is theirs again.
        let seminar = here.room.contents().await.seminar;
        let was = edits::version(&here.draft(Some("hotlines")).await);
        let gone = remove(&test.store, &here.expert, &seminar, "hotlines", &was, now()).await;
        assert_eq!(gone.expect("answered"), Ok(()));
        import(test, &files.replace("Six", "Five")).await;
        assert_eq!(said(&rows(test).await), ["Shelters: AL Five", "Courts: AL Two"]);
        import(test, &files.replace("Six", "Seven")).await;
        assert_eq!(said(&rows(test).await), ["Shelters: AL Seven", "Courts: AL Two"]);
        let without = &ROWS[..ROWS.find("[[topic]]\nslug = \"hotlines\"").expect("the second")];
        import(test, without).await;
        import(test, ROWS).await;
        assert_eq!(said(&rows(test).await).len(), 3, "gone from both, it comes as something new");
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_added_stay_where_they_stand_however_often_files_come() {
    each(async |test| {
        let here = Comparing::new(test).await;
        let row = |slug: &str| format!("[[topic]]\nslug = \"{slug}\"\ntitle = \"{slug}\"\n\n");
        let files = format!("title = \"Side by side\"\n\n{}{}{}", row("z"), row("m"), row("n"));
        import(test, &files).await;
        let slugs = async || rows(test).await.into_iter().map(|row| row.slug).collect::<Vec<_>>();
        for title in ["X3", "X2", "X1"] {
            here.change(None, |draft| draft.title = title.into()).await.expect("added");
        }
        let seminar = here.room.contents().await.seminar;
        let was = edits::version(&here.draft(Some("z")).await);
        let gone = remove(&test.store, &here.expert, &seminar, "z", &was, now()).await.expect("answered");
        assert_eq!(gone, Ok(()));
        for _ in 0..3 {
            assert_eq!(slugs().await, ["m", "n", "x3", "x2", "x1"]);
            import(test, &files).await;
        }
        // What is new in the files stands where they say, and what was added behind what it stood behind.
        import(test, &format!("title = \"Side by side\"\n\n{}{}{}{}", row("a"), row("n"), row("m"), row("q"))).await;
        assert_eq!(slugs().await, ["a", "n", "x3", "x2", "x1", "m", "q"]);
    })
    .await;
}

#[tokio::test]
async fn countries_in_another_order_are_the_same_countries() {
    each(async |test| {
        let here = Comparing::new(test).await;
        import(test, &ROWS.replace("[\"AL\", \"MD\"]", "[\"MD\", \"AL\"]")).await;
        here.change(Some("hotlines"), |draft| {
            draft.title = "Telephones".into();
            draft.cells[0].countries.reverse();
        })
        .await
        .expect("saved");
        let rows = rows(test).await;
        assert_eq!((rows[1].title.as_str(), rows[1].cells[0].countries.join(" ")), ("Telephones", "MD AL".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_comparison_is_begun_where_there_is_none_and_there_is_one_of_a_seminar() {
    each(async |test| {
        let room = Room::new(test).await;
        let seminar = room.contents().await.seminar;
        let expert = with(&room.contents().await, Part::Expert);
        assert_eq!(
            editing(&test.store, &expert, &seminar, None).await.expect("answered"),
            None,
            "not before its title"
        );
        assert_eq!(heading(&test.store, &expert, &seminar).await.expect("answered"), Some(Heading::default()));
        let called = async |was: &Heading, title: &str| {
            let is = Heading { title: title.into(), summary: "What is known.".into() };
            set_heading(&test.store, &expert, &seminar, (&edits::version(was), &is), now()).await.expect("answered")
        };
        let empty = Heading::default();
        assert!(matches!(called(&empty, "").await, Err(HeadingRefused::Faults(_))));
        for _ in 0..2 {
            called(&empty, "Side by side").await.expect("once, however often it is sent");
        }
        assert!(matches!(called(&empty, "Another").await, Err(HeadingRefused::Changed(_))), "there is one by now");
        let now_called = heading(&test.store, &expert, &seminar).await.expect("answered").expect("theirs");
        called(&now_called, "Compared").await.expect("saved");
        let page = comparison(&test.store, &Viewer::anonymous(), english(), "one").await.expect("answered");
        let page = page.expect("it is as open as its seminar");
        assert_eq!((page.comparison.title.text.as_str(), page.details.topics.len()), ("Compared", 0));
        // An import of files that say nothing of it leaves it.
        imported(test, "one", &files()).await;
        let page = comparison(&test.store, &Viewer::anonymous(), english(), "one").await.expect("answered");
        assert!(page.is_some());
    })
    .await;
}
