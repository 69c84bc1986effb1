//! Boards that are made and changed in the browser, and files that come after.

use crate::boards::{Draft, Editing, Fault, Field, Refused, edit, editing, entity, remove};
use crate::{
    edits::{self, Why},
    gate::Viewer,
    roles::Part,
    seminars::{self, Contents},
    sessions::tests::{Room, english, files, now, with},
    store::trial::each,
    things::Kind,
    translations,
};
use language::Language;
use sea_orm::{ActiveValue::Set, EntityTrait, NotSet};
use std::{fs, path::Path};

const BOARD: &str =
    "+++\ntitle = \"What helps?\"\nsession = \"asked\"\nnames = \"anonymous\"\n+++\n\nOne thing a card.\n";

/// A room, and who is in it as something else than its organiser.
struct Boards<'a> {
    room: Room<'a>,
    facilitator: Viewer,
    participant: Viewer,
}

impl<'a> Boards<'a> {
    async fn new(room: Room<'a>) -> Self {
        let contents = room.contents().await;
        let [facilitator, participant] = [Part::Facilitator, Part::Participant].map(|part| with(&contents, part));
        Self { room, facilitator, participant }
    }

    async fn contents(&self, viewer: &Viewer) -> Contents {
        let found = seminars::contents(&self.room.test.store, viewer, english(), "one").await;
        found.expect("the store answers").expect("public")
    }

    async fn shown(&self, viewer: &Viewer, slug: Option<&str>) -> Option<Editing> {
        let contents = self.contents(viewer).await;
        editing(&self.room.test.store, viewer, &contents, slug).await.expect("the store answers")
    }

    async fn save(&self, viewer: &Viewer, slug: Option<&str>, was: &Draft, is: &Draft) -> Result<String, Refused> {
        let contents = self.contents(viewer).await;
        let was = edits::version(was);
        edit(&self.room.test.store, viewer, &contents, slug, (&was, is), now()).await.expect("the store answers")
    }

    async fn take_away(&self, viewer: &Viewer, slug: &str, was: &Draft) -> Result<(), Refused> {
        let (contents, was) = (self.contents(viewer).await, edits::version(was));
        remove(&self.room.test.store, viewer, &contents, slug, &was, now()).await.expect("the store answers")
    }

    /// Something happens on a board.
    async fn begin(&self, slug: &str) {
        let contents = self.room.contents().await;
        let board = contents.find(Kind::Board, slug).expect("it is there").id.id();
        let event = entity::event::ActiveModel {
            board_id: Set(board),
            number: Set(1),
            at: Set(now().as_millisecond()),
            author_id: Set(None),
            command: Set(None),
            body: Set("{}".to_owned()),
        };
        entity::event::Entity::insert(event).exec_without_returning(self.room.test.store.write()).await.expect("kept");
        let author =
            entity::author::ActiveModel { id: NotSet, board_id: Set(board), seat_id: Set(None), account_id: Set(None) };
        let kept = entity::author::Entity::insert(author).exec_without_returning(self.room.test.store.write()).await;
        kept.expect("kept");
    }

    async fn events(&self) -> usize {
        entity::event::Entity::find().all(self.room.test.store.read()).await.expect("the store answers").len()
    }

    /// The seminar's files with this board, or without one, where what they hold no more goes.
    async fn import(&self, board: Option<&str>, discard: bool) -> crate::folder::Imported {
        let around = tempfile::tempdir().expect("a folder for the test");
        let root = around.path().join("one");
        let put = |name: &str, text: &str| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        for (name, text) in files() {
            put(&name, &text);
        }
        if let Some(board) = board {
            put("boards/helps.md", board);
        }
        self.room.of(root, discard, false).await
    }
}

fn wrong(field: Field, why: Why) -> Refused {
    Refused::Faults(vec![Fault { field, why }])
}

#[tokio::test]
async fn who_leads_group_work_makes_boards_and_who_takes_part_does_not() {
    each(async |test| {
        let boards = Boards::new(Room::new(test).await).await;
        let blank = Draft::of_session("asked");
        let typed = Draft { title: "What helps?".into(), text: "One thing a card.".into(), ..blank.clone() };
        for viewer in [&boards.participant, &Viewer::anonymous()] {
            assert!(boards.shown(viewer, None).await.is_none());
            assert_eq!(boards.save(viewer, None, &blank, &typed).await, Err(Refused::Forbidden));
        }
        let is_new = boards.shown(&boards.facilitator, None).await.expect("theirs");
        assert_eq!(is_new.draft, Draft::default());
        for _ in 0..2 {
            // Sent twice it is one.
            assert_eq!(boards.save(&boards.facilitator, None, &blank, &typed).await, Ok("what-helps".to_owned()));
        }
        let contents = boards.contents(&boards.participant).await;
        let board = contents.find(Kind::Board, "what-helps").expect("it is for whom its session is");
        assert_eq!(contents.of(Kind::Board).count(), 1);
        assert_eq!(contents.parent(board).map(|session| session.place.slug.as_str()), Some("asked"));
        let found = boards.shown(&boards.facilitator, Some("what-helps")).await.expect("theirs");
        assert_eq!((&found.draft, found.removable, found.begun), (&typed, true, false));

        // A page has the address `new` already.
        let called_new = Draft { title: "New".into(), ..blank.clone() };
        assert_eq!(boards.save(&boards.facilitator, None, &blank, &called_new).await, Ok("new-2".to_owned()));

        let elsewhere = Draft { session: "said".into(), ..typed.clone() };
        let moved = |viewer| boards.save(viewer, Some("what-helps"), &typed, &elsewhere);
        assert_eq!(moved(&boards.participant).await, Err(Refused::Forbidden));
        assert_eq!(moved(&boards.facilitator).await, Err(wrong(Field::Session, Why::Reserved)));
        assert_eq!(moved(&boards.room.organiser).await, Ok("what-helps".to_owned()));
        let signed = Draft { names: "signed".into(), shown: "at-once".into(), ..elsewhere.clone() };
        let saved = boards.save(&boards.facilitator, Some("what-helps"), &elsewhere, &signed).await;
        assert_eq!(saved, Ok("what-helps".to_owned()));
        let odd = Draft { shown: "never".into(), ..signed.clone() };
        let saved = boards.save(&boards.facilitator, Some("what-helps"), &signed, &odd).await;
        assert_eq!(saved, Err(wrong(Field::Shown, Why::Odd)));
        assert_eq!(boards.take_away(&boards.participant, "what-helps", &signed).await, Err(Refused::Forbidden));
        assert_eq!(boards.take_away(&boards.facilitator, "what-helps", &signed).await, Ok(()));
        assert!(boards.contents(&boards.facilitator).await.find(Kind::Board, "what-helps").is_none());
    })
    .await;
}

#[tokio::test]
async fn once_somebody_has_begun_it_works_as_they_were_told() {
    each(async |test| {
        let boards = Boards::new(Room::new(test).await).await;
        let typed = Draft { title: "What helps?".into(), ..Draft::of_session("asked") };
        let lead = &boards.facilitator;
        assert_eq!(boards.save(lead, None, &Draft::default(), &typed).await, Ok("what-helps".to_owned()));
        boards.begin("what-helps").await;
        let slug = Some("what-helps");
        let found = boards.shown(lead, slug).await.expect("theirs");
        assert!(found.begun && !found.removable);
        let signed = Draft { names: "signed".into(), shown: "at-once".into(), ..typed.clone() };
        let both = [Field::Names, Field::Shown].map(|field| Fault { field, why: Why::Reserved });
        for viewer in [lead, &boards.room.organiser] {
            assert_eq!(boards.save(viewer, slug, &typed, &signed).await, Err(Refused::Faults(both.to_vec())));
        }
        assert_eq!(boards.take_away(lead, "what-helps", &typed).await, Err(Refused::Forbidden));
        // What it asks may still be put better, and what was written stays with it.
        let better = Draft { title: "What does help?".into(), text: "One thing a card.".into(), ..typed.clone() };
        assert_eq!(boards.save(lead, slug, &typed, &better).await, Ok("what-helps".to_owned()));
        assert_eq!(boards.events().await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_edited_holds_before_files_and_what_was_begun_before_all() {
    each(async |test| {
        let boards = Boards::new(Room::new(test).await).await;
        boards.import(Some(BOARD), false).await;
        let lead = &boards.facilitator;
        let was = boards.shown(lead, Some("helps")).await.expect("theirs").draft;
        let at_once = Draft { shown: "at-once".into(), ..was.clone() };
        assert_eq!(boards.save(lead, Some("helps"), &was, &at_once).await, Ok("helps".to_owned()));
        let text = BOARD.replace("One thing", "Some thing");
        let done = boards.import(Some(&text), false).await;
        let kept: Vec<_> = done.edited.iter().map(|kept| (&*kept.field, &*kept.here, &*kept.files)).collect();
        assert_eq!(kept, [("shown", "at-once", "at-end")]);
        let now = boards.shown(lead, Some("helps")).await.expect("theirs").draft;
        assert_eq!(now, Draft { text: "Some thing a card.".into(), ..at_once });

        boards.begin("helps").await;
        let signed = text.replace("anonymous", "signed").replace("What helps", "What does help");
        for discard in [false, true] {
            let done = boards.import(Some(&signed), discard).await;
            let kept =
                done.edited.iter().any(|kept| kept.fixed && (&*kept.field, &*kept.here) == ("names", "anonymous"));
            assert!(kept, "{:?}", done.edited);
            let is = boards.shown(lead, Some("helps")).await.expect("theirs").draft;
            assert_eq!(is, Draft { title: "What does help?".into(), ..now.clone() });
            assert_eq!(boards.events().await, 1);
        }
        // A folder without it takes nobody's cards away.
        let done = boards.import(None, false).await;
        assert!(done.stayed.contains(&(Kind::Board, "helps".to_owned())), "{:?}", done.stayed);
        assert_eq!(boards.events().await, 1);
        boards.import(None, true).await;
        assert_eq!(boards.events().await, 0, "whoever discards what was edited has said so");
    })
    .await;
}

#[tokio::test]
async fn whoever_makes_boards_translates_them() {
    each(async |test| {
        let boards = Boards::new(Room::new(test).await).await;
        boards.import(Some(BOARD), false).await;
        let store = &boards.room.test.store;
        let contents = boards.contents(&boards.facilitator).await;
        let board = contents.find(Kind::Board, "helps").expect("it is there");
        let typed = translations::Draft { title: "Çfarë ndihmon?".into(), read: true, ..Default::default() };
        let was = edits::version(&translations::Draft::default());
        for (viewer, may) in [(&boards.participant, false), (&boards.facilitator, true)] {
            assert_eq!(translations::may(viewer, &contents.seminar, board), may);
            let found = translations::editing(store, viewer, &contents.seminar, board, Language::Albanian).await;
            let found = found.expect("the store answers");
            assert_eq!(found.is_some(), may);
            let of = found.map(|found| (edits::version(&found.draft), found.draft.of));
            let (was, of) = of.unwrap_or((was.clone(), typed.of));
            let typed = translations::Draft { of, ..typed.clone() };
            let told = (was.as_str(), &typed);
            let done =
                translations::edit(store, viewer, &contents.seminar, board, Language::Albanian, told, now()).await;
            assert_eq!(done.expect("the store answers").is_ok(), may);
        }
    })
    .await;
}
