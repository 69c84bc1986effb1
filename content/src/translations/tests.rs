//! Translations that are written in the browser, and files that come after.

use super::*;
use crate::{
    changes,
    edits::{Fault, Why, version},
    folder::{self, Imported},
    gate::drifted,
    roles::Part,
    sessions::{
        self,
        tests::{Room, as_they_are, files, now, with},
    },
    store::trial::each,
    texts::Reading,
};
use language::Locale;

impl Room<'_> {
    async fn itself(&self, slug: &str) -> Listed {
        self.contents().await.find(Kind::Session, slug).expect("it is there").clone()
    }

    async fn form(&self, slug: &str, language: Language) -> Editing {
        let (seminar, itself) = (self.contents().await.seminar, self.itself(slug).await);
        let found = editing(&self.test.store, &self.organiser, &seminar, &itself, language).await;
        found.expect("the store answers").expect("theirs")
    }

    /// Sends the form that somebody was shown, as they change it.
    async fn send(&self, slug: &str, language: Language, shown: &Draft, is: &Draft) -> Result<String, Refused> {
        let (seminar, itself) = (self.contents().await.seminar, self.itself(slug).await);
        let told = (version(shown), Draft { read: true, ..is.clone() });
        let (store, viewer) = (&self.test.store, &self.organiser);
        let done = edit(store, viewer, &seminar, &itself, language, (&told.0, &told.1), now()).await;
        done.expect("the store answers")
    }

    /// Changes a translation as whoever looks at it now.
    async fn translate(&self, slug: &str, language: Language, title: &str) -> Result<String, Refused> {
        let shown = self.form(slug, language).await.draft;
        let is = Draft { title: title.into(), text: format!("{title}, [întrebat](02-asked.md)."), ..shown.clone() };
        self.send(slug, language, &shown, &is).await
    }

    async fn without(&self, slug: &str, language: Language, was: &str) -> Result<(), Refused> {
        let (seminar, itself) = (self.contents().await.seminar, self.itself(slug).await);
        let done = remove(&self.test.store, &self.organiser, &seminar, &itself, language, was, now()).await;
        done.expect("the store answers")
    }

    /// A session as somebody reads it in a language: its title, how it came to be in it, and whether that is outdated.
    async fn read(&self, slug: &str, locale: Locale) -> (String, Status, bool) {
        let nobody = Viewer::anonymous();
        let page = sessions::session(&self.test.store, &nobody, Reading { locale, text: None }, "one", slug).await;
        let text = page.expect("the store answers").expect("public").text;
        (text.title, text.status, text.outdated)
    }
}

/// What an import tells of what was edited.
fn kept(imported: &Imported) -> Vec<(&str, bool)> {
    imported.edited.iter().map(|kept| (kept.field.as_ref(), kept.since)).collect()
}

const SAID: &str = "What was said";

#[tokio::test]
async fn a_translation_is_written_beside_its_original_and_read_in_its_language() {
    each(async |test| {
        let room = Room::new(test).await;
        let form = room.form("said", Language::Romanian).await;
        assert_eq!((form.standing, form.original.title.as_str()), (Standing::Missing, SAID));
        assert!(form.draft.title.is_empty() && form.original.text.starts_with("As it was"));
        assert_eq!(room.translate("said", Language::Romanian, "Ce s-a spus").await, Ok("said".to_owned()));
        assert_eq!(room.form("said", Language::Romanian).await.standing, Standing::Read);
        assert_eq!(room.read("said", Locale::Romanian).await, ("Ce s-a spus".to_owned(), Status::Human, false));
        assert_eq!(room.read("said", Locale::English).await, (SAID.to_owned(), Status::Original, false));
        // The other one stays as it was.
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await.0, "Шта је речено");
        assert_eq!(drifted(&test.store).await.expect("read"), []);
        let sought = changes::Sought { subject: "seminar/one/session/said".into(), ..changes::Sought::default() };
        let entries = changes::entries(&test.store, &Viewer::command_line(), &sought, (10, 0)).await.expect("read");
        let says = &entries.first().expect("an entry").says;
        assert_eq!(says["after"]["translation ro"]["title"], "Ce s-a spus");
        assert!(says["before"]["translation ro"].is_null() && says["after"].get("title").is_none(), "{says}");
        // Sent twice.
        let last = changes::last(&test.store).await.expect("read");
        assert_eq!(room.translate("said", Language::Romanian, "Ce s-a spus").await, Ok("said".to_owned()));
        assert_eq!(changes::last(&test.store).await.expect("read"), last);
    })
    .await;
}

#[tokio::test]
async fn whose_original_changes_is_told_and_saving_says_that_it_was_read_again() {
    each(async |test| {
        let room = Room::new(test).await;
        assert_eq!(room.translate("said", Language::Romanian, "Ce s-a spus").await, Ok("said".to_owned()));
        let before = room.form("said", Language::Romanian).await.draft;
        let changed = room.change("said", |draft| draft.summary = "In a few words".into()).await;
        assert_eq!(changed, Ok("said".to_owned()));
        assert!(room.read("said", Locale::Romanian).await.2);
        let form = room.form("said", Language::Romanian).await;
        assert_eq!(form.standing, Standing::Outdated);
        // Whoever had begun before that is told, though the translation is as it was.
        let late = Draft { summary: "Pe scurt".into(), ..before.clone() };
        let told = room.send("said", Language::Romanian, &before, &late).await;
        assert_eq!(told, Err(Refused::Changed(Box::new(form.draft.clone()))));
        // Nothing has to be typed to say that it is right.
        assert_eq!(room.send("said", Language::Romanian, &form.draft, &form.draft).await, Ok("said".to_owned()));
        assert_eq!(room.read("said", Locale::Romanian).await, ("Ce s-a spus".to_owned(), Status::Human, false));
        // The Serbian one, which nobody has read again, stays as it was.
        assert!(room.read("said", Locale::SerbianCyrillic).await.2);
        // What somebody else has translated meanwhile is shown.
        assert_eq!(room.translate("said", Language::Romanian, "Cele spuse").await, Ok("said".to_owned()));
        let told = room.send("said", Language::Romanian, &form.draft, &late).await;
        let Err(Refused::Changed(now)) = told else { panic!("{told:?}") };
        assert_eq!(now.title, "Cele spuse");
    })
    .await;
}

#[tokio::test]
async fn the_one_translation_of_a_thing_is_read_again_as_it_is_and_stays_so() {
    each(async |test| {
        let room = Room::new(test).await;
        assert_eq!(room.translate("asked", Language::Romanian, "Ce s-a întrebat").await, Ok("asked".to_owned()));
        let out = tempfile::tempdir().expect("a folder for the test");
        let changed = room.change("asked", |draft| draft.summary = "Short".into()).await;
        assert_eq!(changed, Ok("asked".to_owned()));
        let root = out.path().join("one");
        folder::export(&test.store, folder::As::Team, Some("one"), &root).await.expect("written").expect("there");
        let form = room.form("asked", Language::Romanian).await;
        assert_eq!(form.standing, Standing::Outdated);
        assert_eq!(room.send("asked", Language::Romanian, &form.draft, &form.draft).await, Ok("asked".to_owned()));
        let read = ("Ce s-a întrebat".to_owned(), Status::Human, false);
        assert_eq!(room.read("asked", Locale::Romanian).await, read);
        // A folder that was written before says that it is outdated.
        let done = room.of(root, false, false).await;
        assert_eq!(kept(&done), []);
        assert_eq!(room.read("asked", Locale::Romanian).await, read);
        // The audit says what was changed of it and nothing else.
        assert_eq!(room.translate("asked", Language::Romanian, "Întrebat").await, Ok("asked".to_owned()));
        let sought = changes::Sought { subject: "seminar/one/session/asked".into(), ..changes::Sought::default() };
        let entries = changes::entries(&test.store, &Viewer::command_line(), &sought, (1, 0)).await.expect("read");
        let after = entries[0].says["after"]["translation ro"].as_object().expect("what is new of it").clone();
        assert_eq!(after.keys().collect::<Vec<_>>(), ["text", "title"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_machine_has_translated_is_read_by_a_person_who_saves_it() {
    each(async |test| {
        let room = Room::new(test).await;
        let machine = |_: &str, text: &str| text.replace("status = \"human\"", "status = \"machine\"");
        room.import(machine, false).await;
        let form = room.form("said", Language::Serbian).await;
        assert_eq!((form.standing, form.draft.title.as_str()), (Standing::Machine, "Шта је речено"));
        assert_eq!(room.send("said", Language::Serbian, &form.draft, &form.draft).await, Ok("said".to_owned()));
        let read = ("Шта је речено".to_owned(), Status::Human, false);
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await, read);
        let done = room.import(machine, false).await;
        assert_eq!(kept(&done), [("translation sr", false)]);
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await, read);
    })
    .await;
}

#[tokio::test]
async fn neither_files_nor_translations_overwrite_the_other_silently() {
    each(async |test| {
        let room = Room::new(test).await;
        assert_eq!(room.translate("said", Language::Romanian, "Ce s-a spus").await, Ok("said".to_owned()));
        assert_eq!(room.translate("said", Language::Serbian, "Речено је").await, Ok("said".to_owned()));
        let both = [("translation sr", false), ("translation ro", false)];
        let last = changes::last(&test.store).await.expect("read");
        let done = room.import(as_they_are, false).await;
        let mut told = kept(&done);
        told.sort_by_key(|(field, _)| *field == "translation ro");
        assert_eq!((told, done.updated), (both.to_vec(), 0));
        assert_eq!(changes::last(&test.store).await.expect("read"), last);
        // What is not a translation comes from the files; then they are outdated.
        let done = room.import(|_, text| text.replace("As it was", "As we heard"), false).await;
        assert_eq!((done.edited.len(), done.updated), (2, 1));
        assert_eq!(room.read("said", Locale::Romanian).await, ("Ce s-a spus".to_owned(), Status::Human, true));
        // Files that say something else by now are told once.
        let since = |_: &str, text: &str| text.replace("Шта је речено", "О чему је реч");
        let done = room.import(since, false).await;
        assert!(kept(&done).contains(&("translation sr", true)), "{:?}", done.edited);
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await.0, "Речено је");
        let done = room.import(since, true).await;
        assert_eq!(done.edited.len(), 2);
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await.0, "О чему је реч");
        assert_eq!(room.read("said", Locale::Romanian).await.1, Status::Original, "no file has one");
        assert_eq!(kept(&room.import(since, false).await), []);
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn a_translation_is_taken_away_and_stays_away() {
    each(async |test| {
        let room = Room::new(test).await;
        let shown = room.form("said", Language::Serbian).await.draft;
        assert!(matches!(room.without("said", Language::Serbian, "another").await, Err(Refused::Changed(_))));
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await.0, "Шта је речено");
        assert_eq!(room.without("said", Language::Serbian, &version(&shown)).await, Ok(()));
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await.0, SAID);
        let again = room.without("said", Language::Serbian, &version(&shown)).await;
        assert!(matches!(again, Err(Refused::Changed(_))), "{again:?}");
        let done = room.import(as_they_are, false).await;
        assert_eq!((kept(&done), done.updated), (vec![("translation sr", false)], 0));
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await.0, SAID);
        room.import(as_they_are, true).await;
        assert_eq!(room.read("said", Locale::SerbianCyrillic).await.0, "Шта је речено");
    })
    .await;
}

#[tokio::test]
async fn what_will_not_do_is_told_and_who_may_not_changes_nothing() {
    each(async |test| {
        let room = Room::new(test).await;
        let shown = room.form("said", Language::Romanian).await.draft;
        let long = Draft { summary: "a".repeat(100_000), text: "Text".into(), ..shown.clone() };
        let refused = room.send("said", Language::Romanian, &shown, &long).await;
        let Err(Refused::Faults(faults)) = refused else { panic!("{refused:?}") };
        assert!(faults.contains(&Fault { field: Field::Title, why: Why::Missing }), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.field == Field::Summary && matches!(fault.why, Why::Long(_))));
        let contents = room.contents().await;
        let itself = room.itself("said").await;
        let (store, seminar) = (&test.store, &contents.seminar);
        // Into the language in which it was written there is nothing to translate.
        let own = editing(store, &room.organiser, seminar, &itself, Language::English).await.expect("answered");
        assert!(own.is_none());
        let typed = Draft { title: "Ce".into(), read: true, ..shown.clone() };
        for viewer in [
            Viewer::anonymous(),
            with(&contents, Part::Participant),
            with(&contents, Part::Observer),
            with(&contents, Part::Expert),
        ] {
            let form = editing(store, &viewer, seminar, &itself, Language::Romanian).await.expect("answered");
            assert!(form.is_none());
            let was = version(&shown);
            let done = edit(store, &viewer, seminar, &itself, Language::Romanian, (&was, &typed), now()).await;
            assert_eq!(done.expect("answered"), Err(Refused::Forbidden));
            let done = remove(store, &viewer, seminar, &itself, Language::Serbian, &was, now()).await;
            assert_eq!(done.expect("answered"), Err(Refused::Forbidden));
        }
        assert!(all(store, &with(&contents, Part::Participant), &contents).await.expect("answered").is_empty());
        let all = all(store, &room.organiser, &contents).await.expect("answered");
        let of = |kind: Kind, slug: &str| {
            all.iter().find(|(one, _)| one.place.kind == kind && one.place.slug == slug).map(|(_, all)| all.clone())
        };
        let said = of(Kind::Session, "said").expect("theirs");
        assert_eq!((said[&Language::Serbian], said[&Language::Romanian]), (Standing::Read, Standing::Missing));
        assert!(!said.contains_key(&Language::English) && said.len() == Language::ALL.len() - 1);
        let things = files().iter().filter(|(name, _)| name.ends_with(".md") && !name.contains(".sr.")).count();
        assert_eq!(all.len(), things, "the seminar, its sessions and its material");
    })
    .await;
}

#[tokio::test]
async fn what_only_an_original_did_makes_no_translation_an_edited_one() {
    each(async |test| {
        let room = Room::new(test).await;
        for title in ["Edited", SAID] {
            assert_eq!(room.change("said", |draft| draft.title = title.into()).await, Ok("said".to_owned()));
        }
        let anew = |_: &str, text: &str| text.replace("Речено.", "Речено је.");
        let done = room.import(anew, false).await;
        assert_eq!((kept(&done), done.updated), (vec![], 1), "the Serbian one is the files'");
        // One that is renewed after its original was edited here is another than the files', which stayed.
        assert_eq!(room.change("said", |draft| draft.title = "Edited".into()).await, Ok("said".to_owned()));
        assert_eq!(room.form("said", Language::Serbian).await.standing, Standing::Outdated);
        assert_eq!(room.translate("said", Language::Serbian, "Уређено").await, Ok("said".to_owned()));
        let done = room.import(anew, false).await;
        assert_eq!(kept(&done), [("title", false), ("translation sr", false)]);
        let told = &done.edited[1];
        assert!(told.here.contains("Уређено") && told.files.contains("Шта је речено"), "{told:?}");
        assert!(!told.here.contains("status"), "they have that in common: {told:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_and_brought_in_again_is_no_news() {
    each(async |test| {
        let room = Room::new(test).await;
        assert_eq!(room.translate("said", Language::Romanian, "Ce s-a spus").await, Ok("said".to_owned()));
        // Saved again as it is, after its original was another.
        assert_eq!(room.change("said", |draft| draft.summary = "Short".into()).await, Ok("said".to_owned()));
        let form = room.form("said", Language::Romanian).await.draft;
        assert_eq!(room.send("said", Language::Romanian, &form, &form).await, Ok("said".to_owned()));
        let out = tempfile::tempdir().expect("a folder for the test");
        for again in 0..3 {
            let root = out.path().join(format!("{again}/one"));
            folder::export(&test.store, folder::As::Team, Some("one"), &root).await.expect("written").expect("there");
            let done = room.of(root, false, false).await;
            assert_eq!((kept(&done), done.updated, done.deleted), (vec![], 0, 0), "time {again}");
        }
        assert_eq!(room.read("said", Locale::Romanian).await, ("Ce s-a spus".to_owned(), Status::Human, false));
        assert!(room.read("said", Locale::SerbianCyrillic).await.2, "that nobody has read again");
    })
    .await;
}

#[tokio::test]
async fn files_that_write_the_original_in_another_language_come_in() {
    each(async |test| {
        let room = Room::new(test).await;
        assert_eq!(room.translate("said", Language::Romanian, "Ce s-a spus").await, Ok("said".to_owned()));
        let anew = |name: &str, text: &str| match name {
            "sessions/01-said.md" => text.replace(SAID, "Cele spuse").replace("kind =", "language = \"ro\"\nkind ="),
            _ => text.to_owned(),
        };
        for first in [true, false] {
            let done = room.import(anew, false).await;
            // What goes is told.
            let goes: Vec<_> = done.edited.iter().map(|kept| (kept.here.contains("Ce s-a spus"), kept.goes)).collect();
            assert_eq!(goes, if first { vec![(true, true)] } else { vec![] });
            assert_eq!(room.read("said", Locale::Romanian).await, ("Cele spuse".to_owned(), Status::Original, false));
        }
        let (seminar, itself) = (room.contents().await.seminar, room.itself("said").await);
        let form = editing(&test.store, &room.organiser, &seminar, &itself, Language::Romanian).await;
        assert!(form.expect("answered").is_none(), "it was written in it");
        assert_eq!(room.form("said", Language::English).await.standing, Standing::Missing);
    })
    .await;
}

#[tokio::test]
async fn each_thing_has_the_objectives_of_its_kind_and_is_translated_by_those_who_edit_it() {
    each(async |test| {
        let room = Room::new(test).await;
        let contents = room.contents().await;
        let (store, seminar) = (&test.store, &contents.seminar);
        let facilitator = with(&contents, Part::Facilitator);
        let slides = contents.find(Kind::Material, "slides").expect("there").clone();
        let of = async |viewer: &Viewer, itself: &Listed, objective: &str| {
            let form = editing(store, viewer, seminar, itself, Language::Albanian).await.expect("answered");
            let Editing { draft, .. } = form?;
            let is = Draft { title: "Titulli".into(), objective: objective.into(), read: true, ..draft.clone() };
            let done = edit(store, viewer, seminar, itself, Language::Albanian, (&version(&draft), &is), now()).await;
            done.expect("answered").expect("saved");
            let form = editing(store, viewer, seminar, itself, Language::Albanian).await.expect("answered");
            Some(form.expect("theirs").draft.objective)
        };
        assert_eq!(of(&facilitator, &slides, "Odd").await.as_deref(), Some(""), "a material has none");
        assert_eq!(of(&facilitator, seminar, "One").await, None);
        assert_eq!(of(&room.organiser, seminar, "Një\n\n  Dy \nTre").await.as_deref(), Some("Një\nDy\nTre"));
        let said = contents.find(Kind::Session, "said").expect("there").clone();
        assert_eq!(of(&facilitator, &said, "One").await, None);
        assert_eq!(of(&room.organiser, &said, "Një\ndhe dy").await.as_deref(), Some("Një\ndhe dy"));
        let theirs = all(store, &facilitator, &contents).await.expect("answered");
        assert_eq!(theirs.iter().map(|(one, _)| one.place.slug.as_str()).collect::<Vec<_>>(), ["slides"]);
        // What is exported can be brought in again.
        let out = tempfile::tempdir().expect("a folder for the test");
        let root = out.path().join("one");
        folder::export(store, folder::As::Team, Some("one"), &root).await.expect("written").expect("there");
        assert_eq!(kept(&room.of(root, false, false).await), []);
    })
    .await;
}
