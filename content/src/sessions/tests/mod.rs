//! Programmes that are changed in the browser, and files that come after.

mod merged;

use super::*;
use crate::{
    changes,
    edits::{self, Kept, Why},
    folder::{self, Import, Imported},
    gate::{Somebody, Viewer, Who, drifted, tests::marked::imported},
    people::Voice,
    roles::{Part, Platform},
    seminars::{self, Contents},
    store::trial::{TestStore, each},
    texts::Reading,
    things::Kind,
};
use jiff::Timestamp;
use language::Locale;
use std::{fs, path::PathBuf};

pub(crate) fn now() -> Timestamp {
    "2026-11-29T10:00:00Z".parse().expect("a time")
}

pub(crate) fn english() -> Reading {
    Reading { locale: Locale::English, text: None }
}

const SEMINAR: &str = "+++\ntitle = \"One\"\nstarts = 2016-12-06\nends = 2016-12-07\ntime_zone = \"Europe/Tirane\"\nplace = \"Tirana\"\nhost = \"AL\"\ncountries = [\"AL\", \"MD\"]\nstatus = \"open\"\n+++\n\nText.\n";
const PEOPLE: &str = "[[person]]\nslug = \"swati-pande\"\nname = \"Swati Pande\"\nrole = \"Expert\"\n\n[[person]]\nslug = \"sahiba-srna\"\nname = \"Sahiba Srna\"\nrole = \"Expert\"\n";

fn session(title: &str, more: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nkind = \"plenary\"\n{more}\n+++\n\n{text}\n")
}

/// A seminar of three sessions, of which two have no time.
pub(crate) fn files() -> Vec<(String, String)> {
    let said = "starts = 2016-12-06T09:00:00\nends = 2016-12-06T10:00:00\nroom = \"Blue hall\"\n\n[[contributors]]\nperson = \"swati-pande\"\nrole = \"speaker\"";
    [
        ("seminar.md", SEMINAR.to_owned()),
        ("people.toml", PEOPLE.to_owned()),
        ("sessions/01-said.md", session("What was said", said, "As it was [said](02-asked.md).")),
        ("sessions/01-said.sr.md", "+++\ntitle = \"Шта је речено\"\nstatus = \"human\"\n+++\n\nРечено.\n".to_owned()),
        ("sessions/02-asked.md", session("What was asked", "", "Asked.")),
        ("sessions/03-left.md", session("What was left", "", "Left.")),
        ("materials/slides.md", "+++\ntitle = \"Slides\"\nsession = \"said\"\n+++\n\nRead.\n".to_owned()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

pub(crate) fn with(seminar: &Contents, part: Part) -> Viewer {
    let parts = vec![(seminar.seminar.id.id(), part)];
    Somebody {
        who: Who::Account(7),
        name: "Ana".into(),
        platform: Some(Platform::Member),
        parts,
        delegations: Vec::new(),
        writes: None,
    }
    .into()
}

/// A store with the seminar, and its organiser.
pub(crate) struct Room<'a> {
    pub(crate) test: &'a TestStore,
    pub(crate) organiser: Viewer,
}

impl<'a> Room<'a> {
    pub(crate) async fn new(test: &'a TestStore) -> Self {
        imported(test, "one", &files()).await;
        let nobody = Viewer::anonymous();
        let found = seminars::contents(&test.store, &nobody, english(), "one").await.expect("the store answers");
        Self { test, organiser: with(&found.expect("public"), Part::Organiser) }
    }

    pub(crate) async fn contents(&self) -> Contents {
        let store = &self.test.store;
        let found = seminars::contents(store, &self.organiser, english(), "one").await.expect("the store answers");
        found.expect("theirs")
    }

    pub(crate) async fn draft(&self, slug: Option<&str>) -> Draft {
        let contents = self.contents().await;
        let found = editing(&self.test.store, &self.organiser, english(), &contents, slug).await;
        found.expect("the store answers").expect("theirs").draft
    }

    async fn edit(&self, slug: Option<&str>, was: &Draft, is: &Draft) -> Result<String, Refused> {
        let contents = self.contents().await;
        let told = (edits::version(was), is);
        let done = edit(&self.test.store, &self.organiser, &contents, slug, (&told.0, told.1), now()).await;
        done.expect("the store answers")
    }

    /// Changes a session as whoever looks at it now.
    pub(crate) async fn change(&self, slug: &str, change: impl FnOnce(&mut Draft)) -> Result<String, Refused> {
        let was = self.draft(Some(slug)).await;
        let mut is = was.clone();
        change(&mut is);
        self.edit(Some(slug), &was, &is).await
    }

    pub(crate) async fn order(&self) -> Vec<String> {
        self.contents().await.of(Kind::Session).map(|session| session.place.slug.clone()).collect()
    }

    /// An import of the files, some of them changed.
    pub(crate) async fn import(&self, change: impl Fn(&str, &str) -> String, discard_edits: bool) -> Imported {
        self.tried(change, discard_edits, false).await
    }

    /// The same, perhaps only as a trial.
    async fn tried(&self, change: impl Fn(&str, &str) -> String, discard_edits: bool, dry_run: bool) -> Imported {
        let around = tempfile::tempdir().expect("a folder for the test");
        let root = around.path().join("one");
        for (name, text) in files() {
            let path = root.join(&name);
            fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
            fs::write(path, change(&name, &text)).expect("a file");
        }
        self.of(root, discard_edits, dry_run).await
    }

    /// An import of a folder.
    pub(crate) async fn of(&self, root: PathBuf, discard_edits: bool, dry_run: bool) -> Imported {
        let folders = [root];
        let import = Import { folders: &folders, prune: true, discard_edits, dry_run, progress: &|_, _| () };
        let done = folder::import(&self.test.store, &Viewer::command_line(), &import).await;
        done.expect("the store answers").expect("nothing is wrong with the files")
    }
}

pub(crate) fn as_they_are(_: &str, text: &str) -> String {
    text.to_owned()
}

#[tokio::test]
async fn a_session_says_what_was_typed_and_the_rest_stays() {
    each(async |test| {
        let room = Room::new(test).await;
        let before = room.draft(Some("said")).await;
        assert_eq!((before.slot.starts.as_str(), before.slot.ends.as_str()), ("09:00", "10:00"));
        let done = room
            .change("said", |draft| {
                draft.title = "  What was said aloud ".into();
                draft.text = "New & [asked](02-asked.md).\r\n\r\nMore.".into();
                draft.slot.starts = "14:00".into();
                draft.slot.ends = "15:30".into();
                draft.themes = vec!["referral".into(), "begging".into(), "referral".into()];
                draft.contributors.push(Voice {
                    person: "sahiba-srna".into(),
                    role: "chair".into(),
                    title: String::new(),
                });
                draft.contributors.push(Voice::default());
            })
            .await;
        assert_eq!(done, Ok("said".to_owned()));
        let nobody = Viewer::anonymous();
        let page = super::session(&test.store, &nobody, english(), "one", "said").await.expect("read").expect("public");
        assert_eq!(page.text.title, "What was said aloud");
        assert!(
            page.text.html.as_str().contains("href=\"/seminars/one/sessions/asked\""),
            "{}",
            page.text.html.as_str()
        );
        assert_eq!(page.details.starts.map(|at| at.to_string()).as_deref(), Some("2016-12-06T13:00:00Z"));
        assert_eq!(page.details.room.as_deref(), Some("Blue hall"));
        assert_eq!(page.session.themes, ["referral", "begging"]);
        assert_eq!(page.contributors.len(), 2);
        assert_eq!(page.materials.len(), 1);
        let serbian = Reading { locale: Locale::SerbianCyrillic, text: None };
        let page = super::session(&test.store, &nobody, serbian, "one", "said").await.expect("read").expect("public");
        assert!(page.text.title == "Шта је речено" && page.text.outdated);
        assert_eq!(drifted(&test.store).await.expect("read"), []);
        let sought = changes::Sought { subject: "seminar/one/session/said".into(), ..changes::Sought::default() };
        let entries = changes::entries(&test.store, &Viewer::command_line(), &sought, (10, 0)).await.expect("read");
        let says = &entries.first().expect("an entry").says;
        assert_eq!(says["before"]["title"], "What was said");
        assert_eq!(says["after"]["title"], "What was said aloud");
        assert!(says["after"].get("room").is_none(), "{says}");
        // Nothing changes, nothing is noted.
        let last = changes::last(&test.store).await.expect("read");
        assert_eq!(room.change("said", |_| ()).await, Ok("said".to_owned()));
        assert_eq!(changes::last(&test.store).await.expect("read"), last);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_edit_one_session_the_second_is_told_what_it_says_now() {
    each(async |test| {
        let room = Room::new(test).await;
        let seen = room.draft(Some("said")).await;
        let mine = Draft { title: "Mine".into(), ..seen.clone() };
        assert_eq!(room.edit(Some("said"), &seen, &mine).await, Ok("said".to_owned()));
        let theirs = Draft { summary: "Theirs".into(), ..seen.clone() };
        assert_eq!(room.edit(Some("said"), &seen, &theirs).await, Err(Refused::Changed(Box::new(mine.clone()))));
        assert_eq!(room.draft(Some("said")).await, mine);
        // Having seen it, they may.
        assert_eq!(room.edit(Some("said"), &mine, &theirs).await, Ok("said".to_owned()));
        assert_eq!(room.draft(Some("said")).await, theirs);

        let at = |starts: &str| Slot { day: "2016-12-06".into(), starts: starts.into(), ..Slot::default() };
        let moved = |was: &Slot, is: &Slot| Moved { slug: "asked".into(), was: was.clone(), is: is.clone() };
        let contents = room.contents().await;
        let store = &test.store;
        let first = [moved(&Slot::default(), &at("08:00"))];
        assert_eq!(rearrange(store, &room.organiser, &contents, &first, now()).await.expect("done"), Ok(()));
        let second = [moved(&Slot::default(), &at("11:00"))];
        let refused = rearrange(store, &room.organiser, &contents, &second, now()).await.expect("done");
        let refused = refused.expect_err("somebody was quicker");
        let [(slug, Refused::Changed(now_is))] = &refused[..] else { panic!("{refused:?}") };
        assert_eq!((slug.as_str(), &now_is.slot), ("asked", &at("08:00")));
    })
    .await;
}

#[tokio::test]
async fn a_session_is_made_under_a_name_of_its_own() {
    each(async |test| {
        let room = Room::new(test).await;
        let blank = room.draft(None).await;
        let typed = Draft { title: "Said".into(), slot: Slot { day: "2016-12-07".into(), ..Slot::default() }, ..blank };
        assert_eq!(room.edit(None, &Draft::default(), &typed).await, Ok("said-2".to_owned()));
        // Sent twice it is one, and another of its name is another.
        assert_eq!(room.edit(None, &Draft::default(), &typed).await, Ok("said-2".to_owned()));
        let other = Draft { summary: "Another.".into(), ..typed.clone() };
        assert_eq!(room.edit(None, &Draft::default(), &other).await, Ok("said-3".to_owned()));
        let swati = Voice { person: "swati-pande".into(), role: "speaker".into(), title: String::new() };
        let spoken = Draft { contributors: vec![swati], ..typed.clone() };
        assert_eq!(room.edit(None, &Draft::default(), &spoken).await, Ok("said-4".to_owned()));
        assert_eq!(room.edit(None, &Draft::default(), &spoken).await, Ok("said-4".to_owned()));
        // What has a day comes before what has none.
        assert_eq!(room.order().await, ["said", "said-2", "said-3", "said-4", "asked", "left"]);
        let empty = Draft { title: " ".into(), ..typed.clone() };
        let missing = Fault { field: Field::Title, why: Why::Missing };
        assert_eq!(room.edit(None, &Draft::default(), &empty).await, Err(Refused::Faults(vec![missing])));

        // No file takes it away, and none says that it is missing.
        let done = room.import(as_they_are, false).await;
        assert_eq!((done.deleted, done.missing, done.edited), (0, vec![], vec![]));
        assert!(room.order().await.contains(&"said-2".to_owned()));
        let done = room.import(as_they_are, true).await;
        assert_eq!(done.deleted, 3);
    })
    .await;
}

#[tokio::test]
async fn what_will_not_do_is_told_by_field_and_changes_nothing() {
    each(async |test| {
        let room = Room::new(test).await;
        let before = room.draft(Some("said")).await;
        let refused = room
            .change("said", |draft| {
                draft.title = String::new();
                draft.summary = "x".repeat(2001);
                draft.text = "a\u{0}b".into();
                draft.kind = "party".into();
                draft.slot.ends = "08:00".into();
                draft.slot.room = "two\nlines".into();
                draft.countries = vec!["XX".into()];
                draft.themes = vec!["No theme".into()];
                draft.contributors =
                    vec![Voice { person: "nobody".into(), role: "chair".into(), title: String::new() }];
            })
            .await;
        let Err(Refused::Faults(faults)) = refused else { panic!("{refused:?}") };
        use Field::{Contributor, Countries, Ends, Kind, Room as Place, Summary, Text, Themes, Title};
        assert_eq!(
            faults.iter().map(|fault| fault.field).collect::<Vec<_>>(),
            [Title, Summary, Text, Kind, Place, Ends, Countries, Themes, Contributor(0)]
        );
        assert_eq!(room.draft(Some("said")).await, before);
        let deep = "> ".repeat(200);
        let refused = room.change("said", |draft| draft.text = format!("{deep}x")).await;
        assert_eq!(refused, Err(Refused::Faults(vec![Fault { field: Text, why: Why::Heavy }])));

        // Some of several that will not do: none of them is written.
        let contents = room.contents().await;
        let moved = |slug: &str, day: &str| Moved {
            slug: slug.into(),
            was: Slot::default(),
            is: Slot { day: day.into(), ..Slot::default() },
        };
        let both = [moved("asked", "2016-12-06"), moved("left", "2017-12-06"), moved("nowhere", "2016-12-06")];
        let refused = rearrange(&test.store, &room.organiser, &contents, &both, now()).await.expect("read");
        let refused: Vec<String> = refused.expect_err("two will not do").into_iter().map(|(slug, _)| slug).collect();
        assert_eq!(refused, ["left", "nowhere"]);
        assert_eq!(room.draft(Some("asked")).await.slot, Slot::default());
    })
    .await;
}

#[tokio::test]
async fn nobody_but_organisers_changes_a_programme() {
    each(async |test| {
        let room = Room::new(test).await;
        let contents = room.contents().await;
        let draft = room.draft(Some("said")).await;
        let version = edits::version(&draft);
        let other = Draft { title: "Other".into(), ..draft.clone() };
        let moved = [Moved { slug: "asked".into(), was: Slot::default(), is: other.slot.clone() }];
        let mut others = vec![Viewer::anonymous()];
        others.extend(Part::ALL.iter().filter(|part| **part != Part::Organiser).map(|part| with(&contents, *part)));
        for viewer in &others {
            let store = &test.store;
            assert!(editing(store, viewer, english(), &contents, None).await.expect("read").is_none());
            let done = edit(store, viewer, &contents, Some("said"), (&version, &other), now()).await;
            assert_eq!(done.expect("read"), Err(Refused::Forbidden));
            let done = edit(store, viewer, &contents, None, ("", &other), now()).await;
            assert_eq!(done.expect("read"), Err(Refused::Forbidden));
            assert!(rearrange(store, viewer, &contents, &moved, now()).await.expect("read").is_err());
            let done = swap(store, viewer, &contents, ("left", "asked"), now()).await;
            assert_eq!(done.expect("read"), Err(Refused::Forbidden));
        }
        assert_eq!(room.draft(Some("said")).await, draft);
        assert_eq!(room.order().await, ["said", "asked", "left"]);
    })
    .await;
}

#[tokio::test]
async fn sessions_stand_by_their_times_and_the_rest_as_somebody_puts_them() {
    each(async |test| {
        let room = Room::new(test).await;
        let change_places = async |slug: &str, with: &str| {
            let contents = room.contents().await;
            swap(&test.store, &room.organiser, &contents, (slug, with), now()).await.expect("read")
        };
        assert_eq!(change_places("asked", "left").await, Ok(()));
        assert_eq!(room.order().await, ["said", "left", "asked"]);
        // Sent twice, by one or by two: it is told and not taken back.
        assert!(matches!(change_places("asked", "left").await, Err(Refused::Changed(_))));
        assert_eq!(change_places("left", "asked").await, Ok(()));
        assert_eq!(room.order().await, ["said", "asked", "left"]);
        // It has a day and the other has none; they are not neighbours; it is none of its own.
        for (slug, with) in [("said", "asked"), ("said", "left"), ("left", "left")] {
            assert!(matches!(change_places(slug, with).await, Err(Refused::Changed(_))), "{slug} {with}");
        }
        assert_eq!(change_places("left", "nothing").await, Err(Refused::Forbidden));
        assert_eq!(room.order().await, ["said", "asked", "left"]);
        let at = |starts: &str| Slot { day: "2016-12-06".into(), starts: starts.into(), ..Slot::default() };
        assert_eq!(room.change("left", |draft| draft.slot = at("08:00")).await, Ok("left".to_owned()));
        assert_eq!(room.order().await, ["left", "said", "asked"]);
        // The files put it last, and say nothing of a time.
        let done = room
            .import(
                |name, text| if name.contains("left") { text.replace("Left.", "Gone.") } else { text.to_owned() },
                false,
            )
            .await;
        assert_eq!(room.order().await, ["left", "said", "asked"]);
        assert_eq!(done.edited.iter().map(|kept| &*kept.field).collect::<Vec<_>>(), ["when"]);
        assert_eq!(room.draft(Some("left")).await.text, "Gone.");
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_made_is_for_whom_its_seminar_is() {
    each(async |test| {
        use crate::{gate::Visibility, protection};
        let room = Room::new(test).await;
        let (store, organiser, contents) = (&test.store, &room.organiser, room.contents().await);
        let own = (Default::default(), Some(Visibility::Participants).into());
        let of = (Kind::Seminar, "one");
        let set = protection::set_visibility(store, organiser, &contents.seminar, of, own, now()).await;
        assert_eq!(set.expect("read"), Ok(()));
        let typed = Draft { title: "New".into(), ..room.draft(None).await };
        assert_eq!(room.edit(None, &Draft::default(), &typed).await, Ok("new".to_owned()));
        let sees = async |viewer: &Viewer| {
            super::session(store, viewer, english(), "one", "new").await.expect("the store answers").is_some()
        };
        assert!(sees(&with(&contents, Part::Participant)).await);
        assert!(!sees(&Viewer::anonymous()).await);
        assert_eq!(drifted(store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn what_was_made_is_taken_away_by_organisers_alone_and_what_came_with_files_is_not() {
    each(async |test| {
        let room = Room::new(test).await;
        let (store, organiser) = (&test.store, &room.organiser);
        let typed = Draft { title: "New".into(), ..room.draft(None).await };
        assert_eq!(room.edit(None, &Draft::default(), &typed).await, Ok("new".to_owned()));
        let contents = room.contents().await;
        let (new, said) =
            (edits::version(&room.draft(Some("new")).await), edits::version(&room.draft(Some("said")).await));
        let take = async |viewer: &Viewer, slug: &str, was: &str| {
            remove(store, viewer, &contents, slug, was, now()).await.expect("the store answers")
        };
        for part in Part::ALL.iter().filter(|part| **part != Part::Organiser) {
            assert_eq!(take(&with(&contents, *part), "new", &new).await, Err(Refused::Forbidden));
        }
        assert_eq!(take(organiser, "said", &said).await, Err(Refused::Forbidden));
        assert!(matches!(take(organiser, "new", &said).await, Err(Refused::Changed(_))));
        let before = changes::last(store).await.expect("read");
        assert_eq!(take(organiser, "new", &new).await, Ok(()));
        assert_eq!(take(organiser, "new", &new).await, Err(Refused::Forbidden));
        let log = changes::after(store, before, 10).await.expect("read");
        assert_eq!(log.iter().map(|change| change.act).collect::<Vec<_>>(), [changes::Act::Deleted]);
        assert_eq!(room.order().await, ["said", "asked", "left"]);
        // Once files hold it too, it is theirs.
        assert_eq!(room.edit(None, &Draft::default(), &typed).await, Ok("new".to_owned()));
        let mut more = files();
        more.push(("sessions/04-new.md".to_owned(), session("New", "", "")));
        imported(test, "one", &more).await;
        let version = edits::version(&room.draft(Some("new")).await);
        let contents = room.contents().await;
        let taken = remove(store, organiser, &contents, "new", &version, now()).await;
        assert_eq!(taken.expect("the store answers"), Err(Refused::Forbidden));
    })
    .await;
}
