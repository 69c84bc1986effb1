//! Files that come after something was edited.

use super::*;

#[tokio::test]
async fn an_order_that_was_edited_stays_when_files_are_numbered_anew() {
    each(async |test| {
        let room = Room::new(test).await;
        let contents = room.contents().await;
        let swapped = swap(&test.store, &room.organiser, &contents, ("asked", "left"), now()).await.expect("read");
        assert_eq!(swapped, Ok(()));
        // One more comes first in the files, and one between, so that all others get other numbers.
        let anew =
            |at: usize, name: &str, title: &str| (format!("sessions/{at:02}-{name}.md"), session(title, "", "Text."));
        let mut numbered: Vec<_> = files().into_iter().filter(|(name, _)| !name.starts_with("sessions/")).collect();
        numbered.extend(
            [
                (1, "first", "First"),
                (2, "said", "What was said"),
                (3, "asked", "What was asked"),
                (4, "between", "Between"),
                (5, "left", "What was left"),
            ]
            .map(|(at, name, title)| anew(at, name, title)),
        );
        for _ in 0..2 {
            let done = imported(test, "one", &numbered).await;
            assert!(done.edited.iter().all(|kept| kept.field == "place in the order"), "{:?}", done.edited);
            assert_eq!(room.order().await, ["first", "said", "left", "asked", "between"]);
        }
        room.import(as_they_are, true).await;
        assert_eq!(room.order().await, ["said", "asked", "left"]);
    })
    .await;
}

#[tokio::test]
async fn neither_files_nor_edits_overwrite_the_other_silently() {
    each(async |test| {
        let room = Room::new(test).await;
        let kept = |imported: &Imported| -> Vec<(String, String, String, bool)> {
            let tell = |kept: &Kept| (kept.field.to_string(), kept.here.clone(), kept.files.clone(), kept.since);
            imported.edited.iter().map(tell).collect()
        };
        let done = room.change("said", |draft| {
            draft.title = "Edited".into();
            draft.slot.room = "Red hall".into();
        });
        assert_eq!(done.await, Ok("said".to_owned()));
        let title = ("title".to_owned(), "Edited".to_owned(), "What was said".to_owned(), false);
        let hall = ("room".to_owned(), "Red hall".to_owned(), "Blue hall".to_owned(), false);

        // The files as they were: nothing is written, and what was edited is told.
        let last = changes::last(&test.store).await.expect("read");
        let done = room.import(as_they_are, false).await;
        assert_eq!((kept(&done), done.updated, done.missing), (vec![title.clone(), hall.clone()], 0, vec![]));
        assert_eq!(changes::last(&test.store).await.expect("read"), last);

        // What was not edited is taken from the files, also where something else of the same session was.
        let text = |name: &str, text: &str| {
            if name == "sessions/01-said.md" {
                text.replace("As it was", "As we heard").replace("What was said", "Filed")
            } else {
                text.to_owned()
            }
        };
        let done = room.import(text, false).await;
        let since = ("title".to_owned(), "Edited".to_owned(), "Filed".to_owned(), true);
        assert_eq!((kept(&done), done.updated), (vec![since, hall.clone()], 1));
        let draft = room.draft(Some("said")).await;
        assert_eq!((draft.title.as_str(), draft.slot.room.as_str()), ("Edited", "Red hall"));
        assert!(draft.text.starts_with("As we heard"));
        // It is told once that they changed.
        let done = room.import(text, false).await;
        assert_eq!((kept(&done).first().map(|kept| kept.3), done.updated), (Some(false), 0));

        // Files that say what was edited.
        let done =
            room.import(|name, file| text(name, file).replace("Filed", "Edited").replace("Blue", "Red"), false).await;
        assert_eq!(kept(&done), []);
        let done = room.import(text, false).await;
        assert_eq!((kept(&done), room.draft(Some("said")).await.title.as_str()), (vec![], "Filed"));

        // Edited back, and given back.
        assert!(room.change("said", |draft| draft.title = "Edited".into()).await.is_ok());
        assert!(room.change("said", |draft| draft.title = "Filed".into()).await.is_ok());
        assert_eq!(kept(&room.import(text, false).await), []);
        assert!(room.change("said", |draft| draft.title = "Edited".into()).await.is_ok());
        let done = room.import(text, true).await;
        let discarded = ("title".to_owned(), "Edited".to_owned(), "Filed".to_owned(), false);
        assert_eq!((kept(&done), room.draft(Some("said")).await.title.as_str()), (vec![discarded], "Filed"));
        assert_eq!(kept(&room.import(text, false).await), []);
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn what_was_edited_is_not_deleted_with_its_file_and_not_unless_somebody_says_so() {
    each(async |test| {
        let room = Room::new(test).await;
        assert!(room.change("left", |draft| draft.title = "Edited".into()).await.is_ok());
        let gone: Vec<_> = files().into_iter().filter(|(name, _)| !name.contains("03-left")).collect();
        let done = imported(test, "one", &gone).await;
        assert_eq!((done.deleted, done.stayed), (0, vec![(Kind::Session, "left".to_owned())]));
        assert_eq!(room.draft(Some("left")).await.title, "Edited");
    })
    .await;
}

#[tokio::test]
async fn what_is_set_of_a_session_stays_when_it_is_edited_and_is_the_same_for_all_that_lies_in_it() {
    each(async |test| {
        use crate::{gate::Visibility, protection};
        let room = Room::new(test).await;
        let contents = room.contents().await;
        let (store, organiser) = (&test.store, &room.organiser);
        let of = (Kind::Session, "said");
        let own = (Default::default(), Some(Visibility::Team).into());
        let set = protection::set_visibility(store, organiser, &contents.seminar, of, own, now()).await;
        assert_eq!(set.expect("read"), Ok(()));
        let set = protection::set_chatham_house(store, organiser, &contents.seminar, "said", true, now()).await;
        assert_eq!(set.expect("read"), Ok(()));
        assert!(room.change("said", |draft| draft.title = "Edited".into()).await.is_ok());
        let nobody = Viewer::anonymous();
        assert!(crate::sessions::session(store, &nobody, english(), "one", "said").await.expect("read").is_none());
        let page =
            crate::sessions::session(store, organiser, english(), "one", "said").await.expect("read").expect("theirs");
        assert!(page.details.chatham_house && page.contributors.len() == 1 && page.materials.len() == 1);
        let done = room.import(as_they_are, false).await;
        assert_eq!((done.edited.len(), done.kept.len(), done.updated), (1, 1, 0));
        assert_eq!(drifted(store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_was_edited_back_or_brought_in_by_files_is_edited_no_more() {
    each(async |test| {
        let room = Room::new(test).await;
        let before = room.draft(Some("said")).await.text;
        let fields = |done: Imported| done.edited.iter().map(|kept| kept.field.clone()).collect::<Vec<_>>();
        assert!(room.change("said", |draft| draft.text = "Edited.".into()).await.is_ok());
        assert_eq!(fields(room.import(as_they_are, false).await), ["text"]);
        assert!(room.change("said", |draft| draft.text = before.clone()).await.is_ok());
        assert_eq!(fields(room.import(as_they_are, false).await), [""; 0]);
        let serbian = Reading { locale: Locale::SerbianCyrillic, text: None };
        let nobody = Viewer::anonymous();
        let page = crate::sessions::session(&test.store, &nobody, serbian, "one", "said")
            .await
            .expect("read")
            .expect("public");
        assert!(!page.text.outdated, "the original is as it was");

        // What is exported and brought in again is what was edited.
        assert!(room.change("said", |draft| draft.text = "Edited.\n\nTwice.".into()).await.is_ok());
        let out = tempfile::tempdir().expect("a folder for the test");
        let root = out.path().join("one");
        folder::export(&test.store, folder::As::Team, Some("one"), &root).await.expect("written").expect("there");
        let done = room.of(root, false, false).await;
        assert_eq!((done.edited, done.deleted), (vec![], 0));
        assert_eq!(fields(room.import(as_they_are, false).await), [""; 0]);
        assert_eq!(room.draft(Some("said")).await.text, before);
    })
    .await;
}

#[tokio::test]
async fn a_translation_that_files_bring_was_not_made_from_what_was_edited() {
    each(async |test| {
        let room = Room::new(test).await;
        assert!(room.change("said", |draft| draft.title = "Edited".into()).await.is_ok());
        let anew = |name: &str, text: &str| {
            if name.ends_with(".sr.md") { text.replace("Речено.", "Речено је.") } else { text.to_owned() }
        };
        room.import(anew, false).await;
        let serbian = Reading { locale: Locale::SerbianCyrillic, text: None };
        let nobody = Viewer::anonymous();
        let page = crate::sessions::session(&test.store, &nobody, serbian, "one", "said")
            .await
            .expect("read")
            .expect("public");
        assert!(page.text.html.as_str().contains("Речено је.") && page.text.outdated);
    })
    .await;
}

#[tokio::test]
async fn who_was_named_in_the_browser_stays_named() {
    each(async |test| {
        let room = Room::new(test).await;
        let done = room.change("asked", |draft| {
            draft.contributors = ["swati-pande", "sahiba-srna"]
                .map(|person| Voice { person: person.into(), role: "chair".into(), title: String::new() })
                .into();
        });
        assert!(done.await.is_ok());
        // One gets another name in the files, and the other stands there no more.
        let files = |name: &str, text: &str| match name {
            "people.toml" => {
                "[[person]]\nslug = \"swati\"\nformerly = \"swati-pande\"\nname = \"Swati P.\"\nrole = \"Expert\"\n"
                    .to_owned()
            }
            _ => text.replace("swati-pande", "swati"),
        };
        let done = room.import(files, false).await;
        assert_eq!(done.stayed, [(Kind::Person, "sahiba-srna".to_owned())]);
        let named: Vec<String> =
            room.draft(Some("asked")).await.contributors.into_iter().map(|voice| voice.person).collect();
        assert_eq!(named, ["swati", "sahiba-srna"]);
    })
    .await;
}

#[tokio::test]
async fn discarding_says_what_it_discards_and_a_trial_discards_nothing() {
    each(async |test| {
        let room = Room::new(test).await;
        assert!(room.change("said", |draft| draft.title = "Edited".into()).await.is_ok());
        for dry_run in [true, false] {
            let done = room.tried(as_they_are, true, dry_run).await;
            let told: Vec<_> = done.edited.iter().map(|kept| (kept.here.as_str(), kept.files.as_str())).collect();
            assert_eq!((told, done.updated), (vec![("Edited", "What was said")], 1));
            let title = if dry_run { "Edited" } else { "What was said" };
            assert_eq!(room.draft(Some("said")).await.title, title);
        }
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_is_set_while_somebody_edits_is_not_taken_back() {
    each(async |test| {
        use crate::protection;
        let room = Room::new(test).await;
        let (store, organiser, contents) = (&test.store, &room.organiser, room.contents().await);
        let read = edit::tests::held(store, organiser, &contents, "said").await;
        let set = protection::set_chatham_house(store, organiser, &contents.seminar, "said", true, now()).await;
        assert_eq!(set.expect("read"), Ok(()));
        assert!(!edit::tests::written(store, organiser, &contents, read, now()).await, "it was read before");
        let nobody = Viewer::anonymous();
        let page =
            crate::sessions::session(store, &nobody, english(), "one", "said").await.expect("read").expect("public");
        assert!(page.details.chatham_house && page.contributors.is_empty());
        assert_eq!(drifted(store).await.expect("read"), []);
    })
    .await;
}
