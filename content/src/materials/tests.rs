//! Materials that are added and changed in the browser, their files, and folders that come after.

use super::*;
use crate::{
    edits::{self, Why},
    gate::{Viewer, Visibility, drifted},
    protection::{self, Held},
    roles::Part,
    sessions::tests::{Room, as_they_are, english, now, with},
    store::{Store, trial::each},
    things::Kind,
};
use std::{fs, time::SystemTime};

async fn sent(store: &Store, name: &str, bytes: &[u8]) -> Result<Attachment, Unfit> {
    let mut upload = Upload::begin(store).await.expect("the folder can be written");
    for part in bytes.chunks(7) {
        upload.more(part).await.expect("the folder can be written")?;
    }
    upload.end(name).await.expect("the folder can be written")
}

async fn draft(room: &Room<'_>, slug: Option<&str>) -> Draft {
    let contents = room.contents().await;
    let found = editing(&room.test.store, &room.organiser, &contents, slug).await;
    found.expect("the store answers").expect("theirs").draft
}

async fn save(
    room: &Room<'_>,
    slug: Option<&str>,
    (was, is): (&Draft, &Draft),
    file: Option<&Attachment>,
) -> Result<String, Refused> {
    let contents = room.contents().await;
    let typed = (edits::version(was), is);
    let told = (typed.0.as_str(), typed.1, file);
    edit(&room.test.store, &room.organiser, &contents, slug, told, now()).await.expect("the store answers")
}

fn files(store: &Store) -> Vec<String> {
    let entries = fs::read_dir(store.files()).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn a_file_is_added_replaced_and_taken_away() {
    each(async |test| {
        let room = Room::new(test).await;
        let none = Draft::default();
        let first = sent(&test.store, "Handout.csv", "one,ë\n".as_bytes()).await.expect("a list");
        let typed = Draft {
            title: "Handout".into(),
            session: "said".into(),
            file: first.mark(),
            text: "To take along.".into(),
            ..Draft::default()
        };
        assert_eq!(save(&room, None, (&none, &typed), Some(&first)).await, Ok("handout".to_owned()));
        // Sent twice it is one.
        assert_eq!(save(&room, None, (&none, &typed), Some(&first)).await, Ok("handout".to_owned()));
        let page = async || {
            let nobody = Viewer::anonymous();
            let found = material(&test.store, &nobody, english(), "one", "handout").await.expect("read");
            found.expect("public, as the seminar is")
        };
        let shown = page().await;
        let Form::File(file) = &shown.material.form else { panic!("{:?}", shown.material.form) };
        assert_eq!((file.name.as_str(), file.media_type.as_str(), file.size), ("Handout.csv", "text/csv", 7));
        assert_eq!(shown.contents.parent(&shown.material.listed).map(|of| of.place.slug.as_str()), Some("said"));
        let opened = attachment(&test.store, &Viewer::anonymous(), &file.key).await.expect("read").expect("public");
        assert_eq!(fs::read(opened.bytes).expect("there"), "one,ë\n".as_bytes());

        let was = draft(&room, Some("handout")).await;
        assert_eq!(was, typed);
        let second = sent(&test.store, "Handout.csv", b"two\n").await.expect("a list");
        let replaced = Draft { file: second.mark(), ..was.clone() };
        assert_eq!(save(&room, Some("handout"), (&was, &replaced), Some(&second)).await, Ok("handout".to_owned()));
        let Form::File(other) = page().await.material.form else { panic!("a file") };
        assert_ne!(other.key, file.key, "other bytes have another address");
        // Of two who look at the same file the second is told.
        let late = Draft { summary: "Late.".into(), ..was.clone() };
        let refused = save(&room, Some("handout"), (&was, &late), None).await;
        assert_eq!(refused, Err(Refused::Changed(Box::new(replaced.clone()))));
        let link = Draft { file: String::new(), link: "https://example.org/a".into(), ..replaced.clone() };
        assert_eq!(save(&room, Some("handout"), (&replaced, &link), None).await, Ok("handout".to_owned()));
        assert_eq!(page().await.material.form, Form::Link("https://example.org/a".into()));

        // What nothing holds lies for a day.
        assert_eq!(files(&test.store).len(), 2);
        assert_eq!(sweep(&test.store, SystemTime::now()).await.expect("swept"), 0);
        let later = SystemTime::now() + std::time::Duration::from_secs(25 * 60 * 60);
        assert_eq!(sweep(&test.store, later).await.expect("swept"), 0, "a store without files is another's");
        let third = sent(&test.store, "Third.txt", b"three").await.expect("a text");
        let kept = Draft { title: "Third".into(), file: third.mark(), ..Draft::default() };
        assert_eq!(save(&room, None, (&none, &kept), Some(&third)).await, Ok("third".to_owned()));
        assert_eq!(sweep(&test.store, later).await.expect("swept"), 2);
        assert_eq!(files(&test.store), [third.digest]);
        let contents = room.contents().await;
        let removed = remove(&test.store, &room.organiser, &contents, "handout", &edits::version(&link), now()).await;
        assert_eq!(removed.expect("the store answers"), Ok(()));
    })
    .await;
}

#[tokio::test]
async fn a_material_is_for_no_more_people_than_its_session() {
    each(async |test| {
        let room = Room::new(test).await;
        let (store, seminar) = (&test.store, room.contents().await.seminar);
        let (said, team) = ((Kind::Session, "said"), Some(Visibility::Team));
        let set =
            protection::set_visibility(store, &room.organiser, &seminar, said, (Held::default(), team.into()), now())
                .await;
        assert_eq!(set.expect("the store answers"), Ok(()));
        let seen = async || {
            let nobody = Viewer::anonymous();
            material(store, &nobody, english(), "one", "notes").await.expect("read").is_some()
        };
        let within = Draft { title: "Notes".into(), session: "said".into(), ..Draft::default() };
        assert_eq!(save(&room, None, (&Draft::default(), &within), None).await, Ok("notes".to_owned()));
        assert!(!seen().await);
        let loose = Draft { session: String::new(), ..within.clone() };
        assert_eq!(save(&room, Some("notes"), (&within, &loose), None).await, Ok("notes".to_owned()));
        assert!(seen().await);
        assert_eq!(save(&room, Some("notes"), (&loose, &within), None).await, Ok("notes".to_owned()));
        assert!(!seen().await);
        assert_eq!(drifted(store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_file_of_theirs_is_not_taken() {
    each(async |test| {
        let room = Room::new(test).await;
        let store = &test.store;
        for (name, bytes, why) in [
            ("a.csv", &b""[..], Unfit::Empty),
            ("", b"a", Unfit::Nameless),
            ("a.pdf", b"no pdf", Unfit::Other),
            ("a.exe", b"MZ\x90\0", Unfit::Program),
        ] {
            assert_eq!(sent(store, name, bytes).await, Err(why), "{name}");
        }
        let mut long = Upload::begin(store).await.expect("the folder can be written");
        let part = vec![b'a'; 1024 * 1024];
        let mut told = Ok(());
        for _ in 0..=50 {
            told = long.more(&part).await.expect("the folder can be written");
        }
        assert_eq!(told, Err(Unfit::Long(crate::folder::FILE_MOST)));
        drop(long);
        assert_eq!(files(store), Vec::<String>::new(), "what will not do leaves nothing behind");

        // A mark that nobody sent a file for, also that of another's file, is none.
        let theirs = sent(store, "theirs.txt", b"theirs").await.expect("a text");
        let typed = Draft { title: "Mine".into(), file: theirs.mark(), ..Draft::default() };
        let odd = Fault { field: Field::File, why: Why::Odd };
        let refused = save(&room, None, (&Draft::default(), &typed), None).await;
        assert_eq!(refused, Err(Refused::Faults(vec![odd])));
        let seminar = room.contents().await.seminar;
        let sealed = theirs.sealed(&room.organiser, &seminar);
        let unsealed = |viewer: &Viewer, text: &str| Attachment::unsealed(store, viewer, &seminar, text);
        assert_eq!(unsealed(&room.organiser, &sealed), Some(theirs.clone()));
        assert_eq!(unsealed(&Viewer::anonymous(), &sealed), None);
        assert_eq!(unsealed(&room.organiser, &sealed.replace("theirs.txt", "other.txt")), None);
        for odd in ["", "a", "\n", "abc\n1\n2\n3\n4"] {
            assert_eq!(unsealed(&room.organiser, odd), None);
        }
    })
    .await;
}

#[tokio::test]
async fn two_files_of_one_name_lie_side_by_side_and_a_folder_merges_by_field() {
    each(async |test| {
        let room = Room::new(test).await;
        for (title, bytes) in [("First", &b"one"[..]), ("Second", b"two")] {
            let file = sent(&test.store, "Notes.TXT", bytes).await.expect("a text");
            let typed = Draft { title: title.into(), file: file.mark(), ..Draft::default() };
            assert!(save(&room, None, (&Draft::default(), &typed), Some(&file)).await.is_ok());
        }
        let contents = room.contents().await;
        let all = materials(&test.store, contents.of(Kind::Material)).await.expect("read");
        let names = all.iter().filter_map(|material| match &material.form {
            Form::File(file) => Some(file.name.as_str()),
            _ => None,
        });
        assert_eq!(names.collect::<Vec<_>>(), ["Notes.TXT", "Notes-2.TXT"]);

        // One that came with a folder gets a file here: the folder takes it away no more, and says so.
        let was = draft(&room, Some("slides")).await;
        let file = sent(&test.store, "slides.txt", b"slides").await.expect("a text");
        let typed = Draft { file: file.mark(), session: String::new(), ..was.clone() };
        assert_eq!(save(&room, Some("slides"), (&was, &typed), Some(&file)).await, Ok("slides".to_owned()));
        let done = room.import(as_they_are, false).await;
        let kept: Vec<(&str, &str)> = done.edited.iter().map(|kept| (kept.slug.as_str(), &*kept.field)).collect();
        assert_eq!(kept, [("slides", "belongs to"), ("slides", "file")]);
        assert_eq!((done.deleted, draft(&room, Some("slides")).await), (0, typed));
        room.import(as_they_are, true).await;
        assert_eq!(draft(&room, Some("slides")).await, was);
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn the_team_alone_changes_materials_and_what_will_not_do_is_told() {
    each(async |test| {
        let room = Room::new(test).await;
        let contents = room.contents().await;
        let was = draft(&room, Some("slides")).await;
        let version = edits::version(&was);
        let odd = Draft {
            title: " ".into(),
            session: "nowhere".into(),
            link: "javascript:alert(1)".into(),
            text: "> ".repeat(200) + "x",
            ..was.clone()
        };
        let refused = save(&room, Some("slides"), (&was, &odd), None).await;
        let why = [
            (Field::Title, Why::Missing),
            (Field::Text, Why::Heavy),
            (Field::Session, Why::Odd),
            (Field::Link, Why::Odd),
        ];
        assert_eq!(refused, Err(Refused::Faults(why.map(|(field, why)| Fault { field, why }).into())));
        let other = Draft { title: "Other".into(), ..was.clone() };
        let store = &test.store;
        for part in Part::ALL {
            let viewer = with(&contents, *part);
            let may = [Part::Organiser, Part::Facilitator, Part::Expert].contains(part);
            assert_eq!(editing(store, &viewer, &contents, None).await.expect("read").is_some(), may, "{part:?}");
            if !may {
                let told = (version.as_str(), &other, None);
                for slug in [None, Some("slides")] {
                    let done = edit(store, &viewer, &contents, slug, told, now()).await.expect("read");
                    assert_eq!(done, Err(Refused::Forbidden));
                }
                let done = remove(store, &viewer, &contents, "slides", &version, now()).await.expect("read");
                assert_eq!(done, Err(Refused::Forbidden));
            }
        }
        let nobody = Viewer::anonymous();
        assert!(editing(store, &nobody, &contents, Some("slides")).await.expect("read").is_none());
        assert_eq!(draft(&room, Some("slides")).await, was);
    })
    .await;
}

#[tokio::test]
async fn an_import_leaves_a_material_for_no_more_people_than_what_it_lies_in() {
    each(async |test| {
        let room = Room::new(test).await;
        let (store, seminar) = (&test.store, room.contents().await.seminar);
        let contents = room.contents().await;
        let typed =
            crate::sessions::Draft { title: "Inner circle".into(), kind: "plenary".into(), ..Default::default() };
        let made = crate::sessions::edit(store, &room.organiser, &contents, None, ("", &typed), now()).await;
        assert_eq!(made.expect("the store answers"), Ok("inner-circle".to_owned()));
        let (inner, team) = ((Kind::Session, "inner-circle"), Some(Visibility::Team));
        let set =
            protection::set_visibility(store, &room.organiser, &seminar, inner, (Held::default(), team.into()), now())
                .await;
        assert_eq!(set.expect("the store answers"), Ok(()));
        // One that came with the folder is moved into what was made here, another is made in what came with it.
        let was = draft(&room, Some("slides")).await;
        let typed = Draft { session: "inner-circle".into(), ..was.clone() };
        assert_eq!(save(&room, Some("slides"), (&was, &typed), None).await, Ok("slides".to_owned()));
        let notes = Draft { title: "Notes".into(), session: "asked".into(), ..Draft::default() };
        assert_eq!(save(&room, None, (&Draft::default(), &notes), None).await, Ok("notes".to_owned()));
        let seen = async |slug: &str| {
            let nobody = Viewer::anonymous();
            material(store, &nobody, english(), "one", slug).await.expect("read").is_some()
        };
        let narrower = |name: &str, text: &str| match name {
            "sessions/02-asked.md" => text.replace("kind = \"plenary\"", "kind = \"plenary\"\nvisibility = \"team\""),
            _ => text.to_owned(),
        };
        for _ in 0..2 {
            room.import(narrower, false).await;
            assert!(!seen("slides").await && !seen("notes").await);
            assert_eq!(drifted(store).await.expect("read"), []);
        }
        // What holds something that was made here stays, whatever the folder says.
        let without: Vec<_> = crate::sessions::tests::files();
        let without: Vec<_> = without.into_iter().filter(|(name, _)| name != "sessions/02-asked.md").collect();
        let without: Vec<_> =
            without.into_iter().map(|(name, text)| (name, text.replace("[said](02-asked.md)", "said"))).collect();
        let done = crate::gate::tests::marked::imported(test, "one", &without).await;
        assert_eq!((done.deleted, done.stayed.len()), (0, 1), "{done:?}");
        assert!(!seen("notes").await);
        assert_eq!(drifted(store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_say_who_sees_what_moves_nothing_to_where_others_see_it() {
    each(async |test| {
        let room = Room::new(test).await;
        let contents = room.contents().await;
        let was = draft(&room, Some("slides")).await;
        let expert = with(&contents, Part::Expert);
        let moved = Draft { session: String::new(), ..was.clone() };
        let version = edits::version(&was);
        let told = (version.as_str(), &moved, None);
        let done = edit(&test.store, &expert, &contents, Some("slides"), told, now()).await.expect("read");
        assert_eq!(done, Err(Refused::Faults(vec![Fault { field: Field::Session, why: Why::Reserved }])));
        let said = Draft { summary: "More.".into(), ..was.clone() };
        let told = (version.as_str(), &said, None);
        let done = edit(&test.store, &expert, &contents, Some("slides"), told, now()).await.expect("read");
        assert_eq!(done, Ok("slides".to_owned()));
    })
    .await;
}
