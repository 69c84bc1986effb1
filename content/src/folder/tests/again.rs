//! Folders that are imported again after something in them has changed.

use super::{Census, Folder, PAGE, SEMINAR, SESSION, TestStore, each, take_as, taken, told};
use crate::{
    changes::{self, Act},
    folder::{Imported, export::written},
    gate::{Reason, Viewer},
    seminars,
    texts::Reading,
    things::{self, Kind, Look, Place, rows},
};
use language::Locale;
use std::collections::BTreeMap;

/// What is in the store: the id of each thing under its kind and slug.
async fn ids(test: &TestStore) -> BTreeMap<(Kind, String), i64> {
    let all = rows(&test.store, &Viewer::everything(Reason::Test), &Look::default()).await.expect("the store answers");
    all.into_iter().map(|(seen, row)| ((row.kind.parse().expect("a kind"), row.slug), seen.id())).collect()
}

async fn id(test: &TestStore, kind: Kind, slug: &str) -> Option<i64> {
    ids(test).await.get(&(kind, slug.to_owned())).copied()
}

/// Where a thing is now that had this slug before, as anybody sees it.
async fn former(test: &TestStore, kind: Kind, seminar: Option<&str>, slug: &str) -> Option<String> {
    let place = things::former(&test.store, &Viewer::anonymous(), kind, seminar, slug).await;
    place.expect("the store answers").map(|place: Place| place.path())
}

async fn pruned(test: &TestStore, folder: &Folder) -> Imported {
    let import = take_as(test, &[folder], true, false).await.expect("the store answers");
    import.unwrap_or_else(|problems| panic!("{:#?}", told(&problems)))
}

fn done(import: &Imported) -> (usize, usize, usize, usize) {
    (import.created, import.updated, import.deleted, import.unchanged)
}

fn formerly(text: &str, slug: &str) -> String {
    text.replacen("+++\n", &format!("+++\nformerly = \"{slug}\"\n"), 1)
}

#[tokio::test]
async fn what_a_folder_holds_no_more_is_listed_and_stays() {
    let files = [("sessions/01-opening.md", SESSION), ("practices/pairs.md", PAGE), ("challenges/staff.md", PAGE)];
    let less = Folder::seminar([("challenges/staff.md", PAGE)]);
    each(async |test| {
        taken(test, &[&Folder::seminar(files)]).await;
        let before = Census::of(test).await;
        let import = taken(test, &[&less]).await;
        assert_eq!(done(&import), (0, 0, 0, 2));
        let missing = [(Kind::Session, "opening".to_owned()), (Kind::Practice, "pairs".to_owned())];
        assert_eq!(import.missing, missing);
        assert_eq!(Census::of(test).await, before);

        let number = changes::last(&test.store).await.expect("the store answers");
        let import = pruned(test, &less).await;
        assert_eq!((done(&import), &import.missing[..]), ((0, 0, 2, 2), &missing[..]));
        let log = changes::after(&test.store, number, 10).await.expect("the store answers");
        assert_eq!(
            log.iter().map(|change| (change.kind, change.act)).collect::<Vec<_>>(),
            [(Kind::Session, Act::Deleted), (Kind::Practice, Act::Deleted)]
        );
        assert_eq!(id(test, Kind::Session, "opening").await, None);
        assert_eq!(done(&pruned(test, &less).await), (0, 0, 0, 2));
    })
    .await;
}

#[tokio::test]
async fn what_is_pruned_leaves_no_rows_behind() {
    let people = "[[person]]\nslug = \"ana\"\nname = \"Ana\"\n";
    let session =
        format!("{}[[contributors]]\nperson = \"ana\"\nrole = \"chair\"\n+++\n", SESSION.trim_end_matches("+++\n"));
    let recommendation = "+++\ntitle = \"x\"\nanswers = [\"staff\"]\nsession = \"opening\"\n[[progress]]\ndate = 2017-01-01\nby = \"AL\"\ntext = \"x\"\n+++\n";
    let comparison = "title = \"x\"\n[[topic]]\nslug = \"a\"\ntitle = \"A\"\n[[topic.cell]]\ncountries = [\"AL\"]\ntext = \"x\"\nconfidence = \"stated\"\n";
    let file = "+++\ntitle = \"Handout\"\nfile = \"files/handout.txt\"\nsession = \"opening\"\n+++\n";
    let whole = Folder::seminar([
        ("people.toml", people),
        ("sessions/01-opening.md", &*session),
        ("challenges/staff.md", PAGE),
        ("recommendations/tir-1.md", recommendation),
        ("comparison.toml", comparison),
        ("materials/handout.md", file),
        ("files/handout.txt", "bytes"),
    ]);
    each(async |test| {
        taken(test, &[&Folder::seminar([])]).await;
        let of_content = |census: Census| {
            let kept = |(table, _): &(&str, i64)| !["change", "audit"].contains(table);
            (census.things, census.rows.into_iter().filter(kept).collect::<Vec<_>>())
        };
        let before = of_content(Census::of(test).await);
        assert_eq!(taken(test, &[&whole]).await.created, 6);
        assert_eq!(pruned(test, &Folder::seminar([])).await.deleted, 6);
        assert_eq!(of_content(Census::of(test).await), before);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_does_nothing() {
    let file = "+++\ntitle = \"Handout\"\nfile = \"files/handout.txt\"\n+++\n";
    let first = Folder::seminar([("sessions/01-opening.md", SESSION), ("practices/pairs.md", PAGE)]);
    let second = Folder::seminar([("practices/pairs.md", "+++\ntitle = \"In pairs\"\n+++\n")])
        .with([("materials/handout.md", file), ("files/handout.txt", "bytes")]);
    each(async |test| {
        taken(test, &[&first]).await;
        let before = Census::of(test).await;
        let dry = take_as(test, &[&second], true, true).await.expect("the store answers").expect("nothing is wrong");
        assert_eq!(Census::of(test).await, before);
        let wet = pruned(test, &second).await;
        assert_eq!(dry, wet);
        assert_eq!(done(&wet), (1, 1, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_thing_that_is_renamed_keeps_its_id_and_is_found_under_its_old_slug() {
    let first = Folder::seminar([("sessions/01-opening.md", SESSION), ("practices/pairs.md", PAGE)]);
    let second = Folder::seminar([
        ("sessions/01-welcome.md", &*formerly(SESSION, "opening")),
        ("practices/tandems.md", &*formerly(PAGE, "pairs")),
    ]);
    each(async |test| {
        taken(test, &[&first]).await;
        let (session, practice) = (id(test, Kind::Session, "opening").await, id(test, Kind::Practice, "pairs").await);
        let import = pruned(test, &second).await;
        assert_eq!(done(&import), (0, 2, 0, 1));
        assert_eq!(id(test, Kind::Session, "welcome").await, session);
        assert_eq!(id(test, Kind::Practice, "tandems").await, practice);
        assert_eq!(former(test, Kind::Practice, None, "pairs").await.as_deref(), Some("/practices/tandems"));
        let session = former(test, Kind::Session, Some("tirana-2016"), "opening").await;
        assert_eq!(session.as_deref(), Some("/seminars/tirana-2016/sessions/welcome"));
        for (kind, seminar, slug) in [
            (Kind::Challenge, None, "pairs"),
            (Kind::Session, Some("sarajevo-2017"), "opening"),
            (Kind::Session, None, "opening"),
            (Kind::Practice, None, "tandems"),
        ] {
            assert_eq!(former(test, kind, seminar, slug).await, None, "{kind:?} {seminar:?} {slug}");
        }
        assert_eq!(done(&pruned(test, &second).await), (0, 0, 0, 3), "a second time nothing is new");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_see_a_thing_does_not_learn_that_it_was_renamed() {
    let team = PAGE.replace("title", "visibility = \"team\"\ntitle");
    each(async |test| {
        taken(test, &[&Folder::seminar([("practices/pairs.md", &*team)])]).await;
        taken(test, &[&Folder::seminar([("practices/tandems.md", &*formerly(&team, "pairs"))])]).await;
        assert_eq!(former(test, Kind::Practice, None, "pairs").await, None);
        let everything = Viewer::everything(Reason::Test);
        let place = things::former(&test.store, &everything, Kind::Practice, None, "pairs").await;
        assert!(place.expect("the store answers").is_some());
    })
    .await;
}

#[tokio::test]
async fn a_name_that_a_thing_had_can_be_said_later() {
    each(async |test| {
        let said = formerly(PAGE, "old");
        taken(test, &[&Folder::seminar([("practices/later.md", PAGE)])]).await;
        for _ in 0..2 {
            assert_eq!(done(&taken(test, &[&Folder::seminar([("practices/later.md", &*said)])]).await), (0, 0, 0, 2));
            assert_eq!(former(test, Kind::Practice, None, "old").await.as_deref(), Some("/practices/later"));
        }
    })
    .await;
}

#[tokio::test]
async fn who_was_pruned_and_comes_back_is_where_they_were() {
    let people = "[[person]]\nslug = \"ana\"\nname = \"Ana\"\n\n[[person]]\nslug = \"zini\"\nname = \"Zini\"\n";
    let chair = |person: &str| format!("\n[[contributors]]\nperson = \"{person}\"\nrole = \"chair\"");
    let session = SESSION.replace("plenary\"", &format!("plenary\"{}{}", chair("ana"), chair("zini")));
    let home = Folder::seminar([("people.toml", people), ("challenges/staff.md", PAGE)]);
    let answers = PAGE.replacen("title", "answers = [\"staff\"]\ntitle", 1);
    let guests = [("seminar.md", SEMINAR), ("sessions/01-opening.md", &*session), ("practices/pairs.md", &*answers)];
    let guests = Folder::named("sarajevo-2017").with(guests);
    each(async |test| {
        taken(test, &[&home, &guests]).await;
        let whole = Census::of(test).await;
        let import = pruned(test, &Folder::seminar([])).await;
        // The session that names both has changed once, and so has the practice.
        assert_eq!((import.deleted, import.updated), (3, 2));
        taken(test, &[&home, &guests]).await;
        let log = |(table, _): &(&str, i64)| ["change", "audit"].contains(table);
        let without = |census: Census| census.rows.into_iter().filter(|row| !log(row)).collect::<Vec<_>>();
        assert_eq!(without(Census::of(test).await), without(whole));
    })
    .await;
}

#[tokio::test]
async fn a_seminar_that_is_renamed_takes_everything_along() {
    let files = [("sessions/01-opening.md", SESSION), ("practices/pairs.md", PAGE)];
    let renamed = Folder::seminar(files).with([("seminar.md", &*formerly(SEMINAR, "tirana-2016"))]).renamed("tirana");
    each(async |test| {
        taken(test, &[&Folder::seminar(files)]).await;
        let before = ids(test).await;
        let import = pruned(test, &renamed).await;
        assert_eq!((import.created, import.deleted, import.missing.len()), (0, 0, 0));
        let after = ids(test).await;
        assert_eq!(after.values().collect::<Vec<_>>(), before.values().collect::<Vec<_>>());
        assert_eq!(former(test, Kind::Seminar, None, "tirana-2016").await.as_deref(), Some("/seminars/tirana"));
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_a_seminar_has_left_is_free_for_another() {
    let renamed = Folder::seminar([("seminar.md", &*formerly(SEMINAR, "tirana-2016"))]).renamed("zagreb");
    each(async |test| {
        taken(test, &[&Folder::seminar([])]).await;
        taken(test, &[&renamed]).await;
        assert_eq!(done(&taken(test, &[&Folder::seminar([])]).await), (1, 0, 0, 0));
        // Both are imported again, and each is itself.
        assert_eq!(done(&taken(test, &[&renamed, &Folder::seminar([])]).await), (0, 0, 0, 2));
    })
    .await;
}

const ALBANIAN: &str = "+++\ntitle = \"Hapja\"\nobjective = \"Njihemi.\"\nstatus = \"human\"\n+++\n\nMirë se vini.\n";

/// A session, which each time says something else, and its translation.
fn translated(body: &str, albanian: &str) -> Folder {
    let text = format!("{SESSION}\n{body}\n");
    Folder::seminar([("sessions/01-opening.md", &*text), ("sessions/01-opening.sq.md", albanian)])
}

/// Whether the Albanian text is shown as one whose original has changed; and what an export would say of it.
async fn outdated(test: &TestStore) -> (bool, bool) {
    let reading = Reading::in_locale(Locale::Albanian);
    let page = crate::sessions::session(&test.store, &Viewer::anonymous(), reading, "tirana-2016", "opening").await;
    let shown = page.expect("the store answers").expect("it is public").text;
    assert_eq!(shown.tag, "sq");
    let things = written(&test.store, &Viewer::anonymous(), Some("tirana-2016")).await.expect("the store answers");
    let session = things.iter().find(|thing| thing.kind == Kind::Session).expect("it is public");
    (shown.outdated, session.texts[1].translated_from.is_some())
}

#[tokio::test]
async fn an_original_that_changes_leaves_its_translation_outdated_until_it_changes_too() {
    each(async |test| {
        taken(test, &[&translated("Welcome.", ALBANIAN)]).await;
        assert_eq!(outdated(test).await, (false, false));
        taken(test, &[&translated("Welcome to Tirana.", ALBANIAN)]).await;
        assert_eq!(outdated(test).await, (true, true));
        // Something else about the session changes: it is outdated as before.
        let moved = translated("Welcome to Tirana.", ALBANIAN);
        let text = format!("{}\nWelcome to Tirana.\n", SESSION.replace("plenary\"\n", "plenary\"\nroom = \"Blue\"\n"));
        taken(test, &[&moved.with([("sessions/01-opening.md", &*text)])]).await;
        assert_eq!(outdated(test).await, (true, true));
        taken(test, &[&translated("Welcome to Tirana.", &ALBANIAN.replace("vini", "vini në Tiranë"))]).await;
        assert_eq!(outdated(test).await, (false, false));
    })
    .await;
}

#[tokio::test]
async fn an_original_that_changes_back_is_what_its_translation_was_made_from() {
    each(async |test| {
        taken(test, &[&translated("Welcome.", ALBANIAN)]).await;
        taken(test, &[&translated("Welcome to Tirana.", ALBANIAN)]).await;
        taken(test, &[&translated("Welcome.", ALBANIAN)]).await;
        assert_eq!(outdated(test).await, (false, false));
    })
    .await;
}

#[tokio::test]
async fn a_translation_of_which_only_the_objective_changed_has_changed() {
    each(async |test| {
        taken(test, &[&translated("Welcome.", ALBANIAN)]).await;
        taken(test, &[&translated("Welcome to Tirana.", ALBANIAN)]).await;
        taken(test, &[&translated("Welcome to Tirana.", &ALBANIAN.replace("Njihemi.", "Njihemi më mirë."))]).await;
        assert_eq!(outdated(test).await, (false, false));
    })
    .await;
}

#[tokio::test]
async fn an_export_says_which_translations_are_outdated_and_that_alone_is_news_to_its_own_store() {
    use crate::folder::{As, export};
    each(async |test| {
        taken(test, &[&translated("Welcome.", ALBANIAN)]).await;
        taken(test, &[&translated("Welcome to Tirana.", ALBANIAN)]).await;
        let out = Folder::named("tirana-2016");
        export(&test.store, As::Team, Some("tirana-2016"), &out.path()).await.expect("the store answers");
        let there = crate::store::trial::sqlite().await;
        taken(&there, &[&out]).await;
        assert_eq!(outdated(&there).await, (true, true));

        assert_eq!(done(&taken(test, &[&out]).await), (0, 1, 0, 1), "the session's files say more than before");
        assert_eq!(outdated(test).await, (true, true));
        assert_eq!(done(&taken(test, &[&out]).await), (0, 0, 0, 2));
    })
    .await;
}

#[tokio::test]
async fn a_page_counts_what_is_in_its_seminar_and_not_what_was() {
    let files = [("sessions/01-opening.md", SESSION), ("sessions/02-closing.md", SESSION)];
    each(async |test| {
        taken(test, &[&Folder::seminar(files)]).await;
        pruned(test, &Folder::seminar([files[0]])).await;
        let reading = Reading::in_locale(Locale::English);
        let contents = seminars::contents(&test.store, &Viewer::anonymous(), reading, "tirana-2016").await;
        let contents = contents.expect("the store answers").expect("it is public");
        assert_eq!(contents.of(Kind::Session).count(), 1);
    })
    .await;
}
