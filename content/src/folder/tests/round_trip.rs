//! Out of one store and into another.

use super::{Folder, PAGE, SEMINAR, SESSION, each, generated, taken};
use crate::{
    changes,
    folder::{
        As, export,
        export::written,
        written::{Details, Written},
    },
    gate::{Audience, Reason, Viewer},
    seminars,
    sessions::tests::english,
    store::trial::{TestStore, sqlite},
    things::{Kind, Look, rows},
};
use proptest::test_runner::{Config, TestRunner};
use std::{collections::BTreeMap, fs, path::Path};

/// Exports a seminar, or the glossary, as a folder.
async fn exported(test: &TestStore, who: As, seminar: Option<&str>) -> Folder {
    let folder = Folder::named(seminar.unwrap_or("glossary"));
    export(&test.store, who, seminar, &folder.path()).await.expect("the store answers").expect("it is there");
    folder
}

/// The bytes of all files of a folder.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(bytes(&path).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, fs::read(path).expect("a file"));
        }
    }
    files
}

/// Everything of a seminar, in an order that says nothing, without where its bytes lie.
async fn all(test: &TestStore, viewer: &Viewer, seminar: &str) -> Vec<Written> {
    plain(written(&test.store, viewer, Some(seminar)).await.expect("the store answers"))
}

fn plain(mut things: Vec<Written>) -> Vec<Written> {
    for thing in &mut things {
        if let Details::Material(details) = &mut thing.details
            && let Some(file) = &mut details.file
        {
            file.path = Default::default();
        }
    }
    things.sort_by_key(|thing| (thing.kind, thing.slug.clone()));
    things
}

/// Fails with the first thing that is not the same.
fn same(these: &[Written], those: &[Written]) {
    for (this, that) in these.iter().zip(those) {
        assert_eq!(this, that);
    }
    let names = |things: &[Written]| things.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(these), names(those));
}

/// Anonymous, signed in, a participant, of the team, and past the gate.
async fn viewers(test: &TestStore, seminar: &str) -> [Viewer; 5] {
    let everything = Viewer::everything(Reason::Test);
    let look = Look { kinds: &[Kind::Seminar], slug: Some(seminar), ..Look::default() };
    let found = rows(&test.store, &everything, &look).await.expect("the store answers").pop();
    let id = found.expect("the seminar is there").0.id();
    [
        Viewer::anonymous(),
        Viewer::of([Audience::Members]),
        Viewer::of([Audience::Members, Audience::Participants(id)]),
        Viewer::of([Audience::Members, Audience::Participants(id), Audience::Early(id), Audience::Team(id)]),
        everything,
    ]
}

/// From files into a store: it says what the files say.
async fn goes(seminar: &generated::Generated, one: &TestStore) {
    let first = taken(one, &[&seminar.folder()]).await;
    assert_eq!((first.created, first.updated, first.unchanged), (seminar.things.len(), 0, 0));
    same(&all(one, &Viewer::everything(Reason::Test), "generated").await, &plain(seminar.things.clone()));
}

/// Out of `one` and into `other`: both say the same, to everybody.
async fn comes_back(one: &TestStore, other: &TestStore) {
    let out = exported(one, As::Team, Some("generated")).await;
    let count = taken(other, &[&out]).await.created;
    for (here, there) in viewers(one, "generated").await.iter().zip(&viewers(other, "generated").await) {
        same(&all(one, here, "generated").await, &all(other, there, "generated").await);
    }
    let again = exported(other, As::Team, Some("generated")).await;
    assert_eq!(bytes(&again.path()), bytes(&out.path()));

    // The first store learns nothing new from what it said itself.
    let again = taken(one, &[&out]).await;
    assert_eq!((again.created, again.updated, again.unchanged, again.missing), (0, 0, count, Vec::new()));
}

#[test]
fn any_seminar_comes_back_as_it_went_from_any_database_into_any_other() {
    let config = Config { cases: 24, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    TestRunner::new(config)
        .run(&generated::seminar(), |seminar| {
            runtime.block_on(each(async |one| {
                goes(&seminar, one).await;
                each(async |other| comes_back(one, other).await).await;
            }));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

#[tokio::test]
async fn a_board_comes_back_with_its_translation_and_is_a_thing_like_any_other() {
    each(async |test| {
        let board = "+++\ntitle = \"What stands in the way?\"\nsummary = \"One card, one obstacle.\"\ncountries = [\"AL\"]\nthemes = [\"begging\"]\nvisibility = \"participants\"\nsession = \"opening\"\nnames = \"signed\"\nshown = \"at-once\"\nballots = \"open\"\n+++\n\nWrite about services, not about children.\n";
        let translated = "+++\ntitle = \"Çfarë na pengon?\"\nstatus = \"human\"\nsummary = \"Një kartelë, një pengesë.\"\n+++\n\nShkruani për shërbimet.\n";
        let folder = Folder::seminar([
            ("sessions/01-opening.md", SESSION),
            ("boards/obstacles.md", board),
            ("boards/obstacles.sq.md", translated),
            ("boards/plain.md", PAGE),
        ]);
        taken(test, &[&folder]).await;
        let out = bytes(&exported(test, As::Team, Some("tirana-2016")).await.path());
        let file = |name: &str| String::from_utf8(out[&format!("boards/{name}")].clone()).expect("text");
        assert_eq!((&*file("obstacles.md"), &*file("obstacles.sq.md")), (board, translated));
        // How it works is said even where nobody chose it, and that it is for those who take part.
        assert!(file("plain.md").contains("visibility = \"participants\"\n"), "{}", file("plain.md"));
        assert!(file("plain.md").contains("names = \"anonymous\"\nshown = \"at-end\"\n"), "{}", file("plain.md"));

        let [nobody, _, participant, ..] = viewers(test, "tirana-2016").await;
        let seen = async |viewer: &Viewer| {
            let contents = seminars::contents(&test.store, viewer, english(), "tirana-2016").await;
            let contents = contents.expect("the store answers").expect("public");
            let boards = contents.of(Kind::Board);
            boards.map(|board| (board.place.path(), contents.parent(board).is_some())).collect::<Vec<_>>()
        };
        let [obstacles, plain] = ["obstacles", "plain"].map(|slug| format!("/seminars/tirana-2016/boards/{slug}"));
        assert_eq!(seen(&nobody).await, []);
        let mut both = seen(&participant).await;
        both.sort();
        assert_eq!(both, [(obstacles, true), (plain, false)]);
    })
    .await;
}

#[tokio::test]
async fn two_seminars_may_have_a_board_of_one_name() {
    each(async |test| {
        let one = Folder::seminar([("boards/plain.md", PAGE)]);
        let other = Folder::named("sarajevo-2017").with([("seminar.md", SEMINAR), ("boards/plain.md", PAGE)]);
        assert_eq!(taken(test, &[&one, &other]).await.created, 4);
    })
    .await;
}

/// Out of a store into another and over itself: the same things on both sides, and nothing new on this one.
async fn stays(test: &TestStore, seminar: Option<&str>) {
    let out = exported(test, As::Team, seminar).await;
    let viewer = Viewer::everything(Reason::Test);
    let there = sqlite().await;
    taken(&there, &[&out]).await;
    let here = plain(written(&test.store, &viewer, seminar).await.expect("the store answers"));
    same(&here, &plain(written(&there.store, &viewer, seminar).await.expect("the store answers")));
    let number = changes::last(&test.store).await.expect("the store answers");
    taken(test, &[&out]).await;
    let news = changes::after(&test.store, number, 10).await.expect("the store answers");
    assert_eq!(news, [], "it learned something from itself");
}

#[tokio::test]
async fn the_bundled_seminars_come_back() {
    each(async |test| {
        super::bundled::import_bundled(test).await;
        stays(test, Some("tirana-2016")).await;
        stays(test, Some("example")).await;
    })
    .await;
}

#[tokio::test]
async fn a_glossary_of_several_files_comes_back() {
    let term = |slug: &str, more: &str| {
        format!(
            "[[term]]\nslug = \"{slug}\"\ntheme = \"referral\"\ndefinition = \"A {slug}.\"\n{more}[term.forms]\nen = [\"{slug}\", \"X\"]\n"
        )
    };
    let folder = Folder::named("glossary").with([
        ("one.toml", &*[term("nrm", "see = [\"sop\"]\n"), term("thb", "source = \"https://osce.org\"\n")].join("\n")),
        ("two.toml", &*term("sop", "see = [\"thb\", \"nrm\"]\n")),
    ]);
    each(async |test| {
        assert_eq!(taken(test, &[&folder]).await.created, 3);
        stays(test, None).await;
    })
    .await;
}

/// A seminar with one session that has this summary and this text.
fn saying(summary: &str, body: &str) -> Folder {
    let text = format!("+++\ntitle = \"Opening\"\nkind = \"plenary\"\nsummary = {summary}\n+++\n\n{body}");
    Folder::seminar([("sessions/01-opening.md", &*text)])
}

#[tokio::test]
async fn a_line_of_pluses_in_a_field_does_not_end_the_front_matter_of_an_export() {
    each(async |test| {
        taken(test, &[&saying("\"one\\n+++\\ntwo\"", "+++\n\nthree\n")]).await;
        stays(test, Some("tirana-2016")).await;
    })
    .await;
}

#[tokio::test]
async fn lone_carriage_returns_come_back() {
    each(async |test| {
        taken(test, &[&saying("\"x\"", "one\rtwo\r\r\nthree\r\n")]).await;
        stays(test, Some("tirana-2016")).await;
    })
    .await;
}

#[tokio::test]
async fn a_seminar_need_not_say_where_it_is() {
    let folder = Folder::seminar([("seminar.md", &*SEMINAR.replace("place = \"Tirana\"\n", ""))]);
    each(async |test| {
        assert_eq!(taken(test, &[&folder]).await.created, 1);
        stays(test, Some("tirana-2016")).await;
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_second_comes_back() {
    let text = SESSION.replace("plenary\"\n", "plenary\"\nstarts = 2016-12-06T09:00:00.123456\n");
    each(async |test| {
        taken(test, &[&Folder::seminar([("sessions/01-opening.md", &*text)])]).await;
        stays(test, Some("tirana-2016")).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_written_over_and_nothing_is_made_of_nothing() {
    each(async |test| {
        taken(test, &[&Folder::seminar([])]).await;
        let full = Folder::named("full").with([("mine.txt", "mine")]);
        assert!(export(&test.store, As::Team, Some("tirana-2016"), &full.path()).await.is_err());
        assert_eq!(bytes(&full.path()).len(), 1);
        let none = full.path().join("none");
        for seminar in [Some("sarajevo-2017"), Some(""), None] {
            let exported = export(&test.store, As::Public, seminar, &none).await.expect("the store answers");
            assert_eq!(exported, None);
        }
        assert!(!none.exists());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_public_has_no_name_in_a_public_export() {
    let hidden = PAGE.replacen("title", "visibility = \"team\"\ntitle", 1);
    let links = "[a](xq-hidden.md), <a href=\"/practices/xq-hidden\">b</a>, [c][r], [d](old.md), [e](gone.md).\n\n\
        [r]: /practices/xq-hidden\n[r]: ../practices/xq-hidden.md\n[s]: </practices/xq-hidden>\n";
    let open = format!("{PAGE}\n{links}");
    let new = PAGE.replacen("title", "formerly = \"old\"\ntitle", 1);
    let organisations = "[[organisation]]\nslug = \"xq\"\nname = \"Xq\"\nvisibility = \"team\"\n";
    let done = "[[progress]]\ndate = 2017-03-14\nby = \"xq\"\ntext = \"Done.\"\n";
    let recommendation = PAGE.replacen("\n+++\n", &format!("\n{done}+++\n"), 1);
    let folder = Folder::seminar([
        ("practices/xq-hidden.md", &*hidden),
        ("practices/open.md", &*open),
        ("practices/later.md", &*new),
        ("organisations.toml", organisations),
        ("recommendations/tir-1.md", &*recommendation),
    ]);
    each(async |test| {
        taken(test, &[&folder]).await;
        let public = bytes(&exported(test, As::Public, Some("tirana-2016")).await.path());
        for (file, bytes) in &public {
            let text = String::from_utf8_lossy(bytes);
            assert!(!file.contains("xq") && !text.contains("xq"), "{file}: {text}");
        }
        let left = String::from_utf8_lossy(&public["practices/open.md"]);
        assert!(left.contains("\na, b, c, [d](old.md), [e](gone.md)."), "{left}");
        let team = bytes(&exported(test, As::Team, Some("tirana-2016")).await.path());
        assert!(String::from_utf8_lossy(&team["practices/open.md"]).contains(links.trim_end()));
        assert!(String::from_utf8_lossy(&team["recommendations/tir-1.md"]).contains("by = \"xq\""));
    })
    .await;
}
