//! Files that are well formed and do not fit together, or are too many, too large, or elsewhere.

use super::{Census, Folder, PAGE, SEMINAR, SESSION, each, files_refused, refused, take, take_as, taken, told};
use crate::{
    folder::{Disk, FILES_MOST, Import, Problem, import},
    gate::{Audience, Reason, Viewer},
    store::Failure,
};
use std::{fs, os::unix::fs::symlink, path::Path};

const PEOPLE: &str =
    "[[person]]\nslug = \"ana\"\nname = \"Ana\"\n\n[[person]]\nslug = \"zini-kore\"\nname = \"Zini\"\n";

/// A page with one line more, which is its second.
fn page(line: &str) -> String {
    PAGE.replacen("title", &format!("{line}\ntitle"), 1)
}

/// A session that somebody chairs, named on its fifth line.
fn chaired_by(person: &str) -> String {
    SESSION.replace("plenary\"\n", &format!("plenary\"\n[[contributors]]\nperson = \"{person}\"\nrole = \"chair\"\n"))
}

#[tokio::test]
async fn a_slug_is_used_once() {
    let topics = "title = \"x\"\n[[topic]]\nslug = \"a\"\ntitle = \"A\"\n[[topic]]\nslug = \"a\"\ntitle = \"B\"\n";
    refused(&[
        (
            Folder::seminar([("sessions/01-opening.md", SESSION), ("sessions/02-opening.md", SESSION)]),
            &["sessions/02-opening.md: session `opening` is in sessions/01-opening.md too: a slug is used once"],
        ),
        (
            Folder::seminar([("comparison.toml", topics)]),
            &["comparison.toml:6:8: topic.slug: another topic has the slug `a`"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn somebody_who_is_there_twice_is_one_problem() {
    let twice = format!("{PEOPLE}\n[[person]]\nslug = \"ana\"\nname = \"Another Ana\"\n");
    files_refused(&[("people.toml", &twice, "10:8: slug: another person of this file has the slug `ana`")]).await;
}

#[tokio::test]
async fn a_practice_of_another_seminar_has_its_slug() {
    each(async |test| {
        let other = Folder::named("sarajevo-2017").with([("seminar.md", SEMINAR), ("practices/handover.md", PAGE)]);
        taken(test, &[&other]).await;
        let before = Census::of(test).await;
        let folder = Folder::seminar([("practices/handover.md", PAGE), ("sessions/01-opening.md", SESSION)]);
        let problems = take(test, &[&folder]).await.expect_err("the slug is taken");
        let words = "practices/handover.md: there is another practice `handover` already; it came with `sarajevo-2017` \
            | Give this one another slug, or refer to that one without writing it again.";
        assert_eq!(told(&problems), [words]);
        assert_eq!(Census::of(test).await, before);
        // Sessions have their address within their seminar: both may have one.
        let other = other.with([("sessions/01-opening.md", SESSION)]);
        taken(test, &[&other, &folder.without("practices/handover.md")]).await;
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_does_not_import() {
    each(async |test| {
        let nothing = Import { folders: &[], prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
        for viewer in [Viewer::anonymous(), Viewer::of([Audience::Team(1)]), Viewer::everything(Reason::Test)] {
            let refused = import(&test.store, &viewer, &nothing).await;
            assert!(matches!(refused, Err(Failure::Refused)), "{viewer:?}: {refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn two_folders_of_one_run_have_slugs_of_their_own() {
    each(async |test| {
        let one = Folder::seminar([("challenges/staff.md", PAGE)]);
        let other = Folder::named("sarajevo-2017").with([("seminar.md", SEMINAR), ("challenges/staff.md", PAGE)]);
        let problems = take(test, &[&one, &other]).await.expect_err("one slug, two challenges");
        let words = "challenges/staff.md: challenge `staff` is in challenges/staff.md too: a slug is used once";
        assert_eq!(told(&problems), [words]);
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_a_practice_lies_in_its_folder() {
    each(async |test| {
        let hidden = page("visibility = \"team\"");
        let one = Folder::seminar([("practices/pairs.md", &*hidden)]);
        let material = page("practice = \"pairs\"");
        let other = Folder::named("sarajevo-2017").with([("seminar.md", SEMINAR), ("materials/page.md", &*material)]);
        let words = "materials/page.md:2:12: practice: there is no practice `pairs` \
            | What belongs to a practice lies in its folder.";
        let problems = take(test, &[&one, &other]).await.expect_err("it would be seen by more than its practice");
        assert_eq!(told(&problems), [words]);
        taken(test, &[&one]).await;
        let problems = take(test, &[&other]).await.expect_err("so it would");
        assert_eq!(told(&problems), [words]);
    })
    .await;
}

#[tokio::test]
async fn what_is_pruned_is_named_by_nothing_that_stays() {
    each(async |test| {
        let chaired = chaired_by("ana");
        let files = [("people.toml", PEOPLE), ("sessions/01-opening.md", &*chaired)];
        taken(test, &[&Folder::seminar(files)]).await;
        let before = Census::of(test).await;
        let problems = take_as(test, &[&Folder::seminar(files).without("people.toml")], true, false).await;
        let problems = problems.expect("the store answers").expect_err("the session names her");
        let words = "sessions/01-opening.md:5:10: person: there is no person `ana` \
            | Write it into this folder, or import the person first.";
        assert_eq!(told(&problems), [words]);
        assert_eq!(Census::of(test).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_one_problem_whoever_names_it() {
    refused(&[(
        Folder::seminar([
            ("practices/pairs.md", "+++\nsummary = \"x\"\n+++\n"),
            ("practices/pairs.sq.md", "+++\ntitle = \"x\"\nstatus = \"human\"\n+++\n"),
            ("materials/page.md", &*page("practice = \"pairs\"")),
        ]),
        &["practices/pairs.md:1:1: title: `title` is needed and is missing"],
    )])
    .await;
}

#[tokio::test]
async fn who_did_something_is_a_country_or_an_organisation() {
    let by =
        |by: &str| format!("+++\ntitle = \"x\"\n[[progress]]\ndate = 2017-03-14\nby = \"{by}\"\ntext = \"x\"\n+++\n");
    refused(&[
        (
            Folder::seminar([("recommendations/tir-1.md", &*by("Ministry of Interior"))]),
            &["recommendations/tir-1.md:5:6: progress.by: `Ministry of Interior` is neither a country's code \
               (two capital letters) nor an organisation's slug"],
        ),
        (
            Folder::seminar([("recommendations/tir-1.md", &*by("arsis"))]),
            &["recommendations/tir-1.md: progress.by: there is no organisation `arsis` \
               | Write it into this folder, or import the organisation first."],
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_is_named_is_there() {
    let works = PEOPLE.replacen("name", "organisation = \"arsis\"\nname", 1);
    refused(&[
        (
            Folder::seminar([("people.toml", PEOPLE), ("sessions/01-opening.md", &*chaired_by("zini-kor"))]),
            &["sessions/01-opening.md:5:10: person: there is no person `zini-kor` | Did you mean `zini-kore`?"],
        ),
        (
            Folder::seminar([
                ("sessions/01-opening.md", SESSION),
                ("materials/page.md", &*page("session = \"openning\"")),
            ]),
            &["materials/page.md:2:11: session: there is no session `openning` | Did you mean `opening`?"],
        ),
        (
            Folder::seminar([("challenges/staff.md", &*page("session = \"closing\""))]),
            &["challenges/staff.md:2:11: session: there is no session `closing` \
               | What belongs to a session lies in its folder."],
        ),
        (
            Folder::seminar([("challenges/staff.md", PAGE), ("practices/pairs.md", &*page("answers = [\"stafff\"]"))]),
            &["practices/pairs.md:2:11: answers: there is no challenge `stafff` | Did you mean `staff`?"],
        ),
        (
            Folder::seminar([("recommendations/tir-1.md", &*page("answers = [\"funding\"]"))]),
            &["recommendations/tir-1.md:2:11: answers: there is no challenge `funding` \
               | Write it into this folder, or import the challenge first."],
        ),
        (
            Folder::seminar([("materials/page.md", &*page("practice = \"pairs\""))]),
            &["materials/page.md:2:12: practice: there is no practice `pairs` \
               | What belongs to a practice lies in its folder."],
        ),
        (
            Folder::seminar([("people.toml", &*works)]),
            &["people.toml:3:16: organisation: there is no organisation `arsis` \
               | Write it into this folder, or import the organisation first."],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_file_outside_the_folder_is_not_taken() {
    let leads = |named: &str| match named {
        "files/.." => format!("`{named}` leads out of the folder"),
        _ => format!("`{named}` leads out of the folder of attachments; they lie in `files/`"),
    };
    let secret = |named: &str| {
        let folder = Folder::seminar([("materials/page.md", &*page(&format!("file = \"{named}\"")))]);
        fs::write(folder.around.path().join("secret.txt"), "not yours").expect("a file beside the folder");
        folder
    };
    let outside = [
        "../secret.txt",
        "files/../../secret.txt",
        "/etc/hostname",
        "secret.txt",
        "seminar.md",
        "files/a/b.txt",
        "files/..",
    ];
    let words = outside.map(|named| [format!("materials/page.md:2:8: file: {}", leads(named))]);
    let words = words.each_ref().map(|words| words.each_ref().map(|words| &**words));
    refused(
        &outside.map(secret).into_iter().zip(&words).map(|(folder, words)| (folder, &words[..])).collect::<Vec<_>>(),
    )
    .await;
    let words = "2:8: file: there is no file `files/handout.pdf` in the folder";
    files_refused(&[("materials/page.md", &page("file = \"files/handout.pdf\""), words)]).await;
}

#[tokio::test]
async fn links_are_not_followed() {
    let linked = |link: &str, to: &str| {
        let folder = Folder::seminar([]);
        let elsewhere = folder.around.path().join("elsewhere");
        fs::create_dir(&elsewhere).expect("a folder beside it");
        fs::write(elsewhere.join("01-secret.md"), SESSION).expect("a file in it");
        let link = folder.path().join(link);
        fs::create_dir_all(link.parent().expect("below the folder")).expect("a folder");
        symlink(to, link).expect("a link");
        folder
    };
    refused(&[
        (
            linked("sessions", "../elsewhere"),
            &["sessions: this is a link, and links are not followed | Put the file itself here."],
        ),
        (
            linked("sessions/01-secret.md", "../../elsewhere/01-secret.md"),
            &["sessions/01-secret.md: this is a link, and links are not followed | Put the file itself here."],
        ),
        (
            linked("people.toml", "/etc/hostname"),
            &["people.toml: this is a link, and links are not followed | Put the file itself here."],
        ),
        (
            linked("files/handout.pdf", "nowhere"),
            &["files/handout.pdf: this is a link, and links are not followed | Put the file itself here."],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_pipe_is_no_file() {
    let folder = Folder::seminar([("files/handout.txt", "")]);
    let pipe = folder.path().join("files/handout.pdf");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    // Not by an import, which would wait for somebody to write into the pipe.
    let mut problems = Vec::new();
    let disk = Disk::open(&folder.path(), &mut problems).expect("the folder can be looked at");
    assert!(disk.files.contains_key(Path::new("files/handout.txt")));
    assert!(!disk.files.contains_key(Path::new("files/handout.pdf")), "it would be opened, and nothing ever comes");
    assert_eq!(problems.len(), 1);
}

#[tokio::test]
async fn folders_lie_four_deep_at_the_most() {
    refused(&[(
        Folder::seminar([("files/1/2/3/4/x.txt", "deep")]),
        &["files/1/2/3/4: this lies deeper than 4 folders"],
    )])
    .await;
}

/// A file with a hole in it: large, and nowhere on the disk.
fn with_hole(folder: Folder, file: &str, bytes: u64) -> Folder {
    folder.put(file, "");
    let open = fs::File::options().write(true).open(folder.path().join(file)).expect("a file");
    open.set_len(bytes).expect("a hole");
    folder
}

#[tokio::test]
async fn a_file_of_100_mb_is_refused_without_being_read() {
    let film = || Folder::seminar([("materials/film.md", &*page("file = \"files/film.mp4\""))]);
    refused(&[
        (
            with_hole(Folder::seminar([]), "practices/handover.md", 100 << 20),
            &["practices/handover.md: the file has 100 MiB and the most is 1 MiB \
               | Divide it, or attach it as a file of a material."],
        ),
        (
            with_hole(Folder::seminar([]), "people.toml", (1 << 20) + 1),
            &["people.toml: the file has 2 MiB and the most is 1 MiB \
               | Divide it, or attach it as a file of a material."],
        ),
        (
            with_hole(film(), "files/film.mp4", 100 << 20),
            &["materials/film.md:2:8: file: `files/film.mp4` has 100 MiB and the most is 50 MiB"],
        ),
        (
            with_hole(film(), "files/film.mp4", (50 << 20) + 1),
            &["materials/film.md:2:8: file: `files/film.mp4` has 51 MiB and the most is 50 MiB"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn more_than_ten_thousand_files_are_refused() {
    let folder = Folder::seminar([]);
    // With the seminar's own file one too many.
    for file in 0..FILES_MOST {
        folder.put(format!("files/{file}.txt"), "");
    }
    refused(&[(
        folder,
        &[".: the folder holds more than 10000 files \
           | Import it in parts, or remove what does not belong to it."],
    )])
    .await;
}

#[tokio::test]
async fn an_attachment_that_no_material_names_would_be_lost() {
    let words = " no material names this file: add one with `file = \"files/handout.pdf\"`";
    files_refused(&[("files/handout.pdf", "%PDF", words)]).await;
}

#[tokio::test]
async fn a_text_is_neither_longer_nor_deeper_than_can_be_shown() {
    let levels = markup::MOST_LEVELS;
    files_refused(&[
        (
            "materials/page.md",
            &format!("{PAGE}\n{}deep\n", ">".repeat(5000)),
            &format!("5:1: the text: the text is nested more than {levels} levels deep"),
        ),
        (
            "materials/page.md",
            &format!("{PAGE}{}", "a".repeat(1 << 20)),
            " the file has 2 MiB and the most is 1 MiB | Divide it, or attach it as a file of a material.",
        ),
    ])
    .await;
}

/// Where a problem is.
fn place(problem: &Problem) -> String {
    let line = problem.at.as_ref().map(|at| format!(":{}", at.line)).unwrap_or_default();
    format!("{}{line} {}", problem.file.display(), problem.field.as_deref().unwrap_or_default())
}

#[tokio::test]
async fn all_that_is_wrong_is_said_in_one_run() {
    let folder = Folder::seminar([
        ("seminar.md", &*SEMINAR.replace("place", "plce")),
        ("sessions/01-opening.md", "# No front matter\n"),
        ("sessions/02-work.md", "+++\ntitle = \"\"\nkind = \"worksop\"\nday = 2016-12-06T00:00:00Z\n+++\n"),
        ("challenges/staff.md", "+++\ntitle = \"x\"\nsession = \"evening\"\nemerging = 1\n+++\n"),
        ("people.toml", "[[person]]\nslug = \"Ana\"\n"),
        ("notes.txt", ""),
    ]);
    let glossary = Folder::named("glossary").with([("terms.toml", "[[term]]\nslug = \"nrm\"\n")]);
    each(async |test| {
        let before = Census::of(test).await;
        let problems = take(test, &[&folder, &glossary]).await.expect_err("much is wrong");
        let expected = [
            "challenges/staff.md:3 session",
            "challenges/staff.md:4 emerging",
            "notes.txt ",
            "people.toml:1 person.name",
            "people.toml:2 person.slug",
            "seminar.md:6 plce",
            "sessions/01-opening.md:1 ",
            "sessions/02-work.md:2 title",
            "sessions/02-work.md:3 kind",
            "sessions/02-work.md:4 day",
            "terms.toml:1 term.definition",
            "terms.toml:1 term.forms",
        ];
        assert_eq!(problems.iter().map(place).collect::<Vec<_>>(), expected);
        assert_eq!(Census::of(test).await, before);
    })
    .await;
}

#[tokio::test]
async fn while_a_seminars_own_file_is_wrong_what_lies_in_it_is_still_its_own() {
    let folder = Folder::seminar([("people.toml", PEOPLE), ("practices/pairs.md", PAGE)]);
    let broken = Folder::seminar([("people.toml", PEOPLE), ("practices/pairs.md", PAGE)])
        .with([("seminar.md", &*SEMINAR.replace("Europe/Tirane", ""))]);
    each(async |test| {
        taken(test, &[&folder]).await;
        let problems = take(test, &[&broken]).await.expect_err("a time zone is needed");
        let words = "seminar.md:5:13: time_zone: this is empty; leave the field out or fill it in";
        assert_eq!(told(&problems), [words]);
    })
    .await;
}

#[tokio::test]
async fn somebody_who_is_there_with_a_mistake_is_not_missing() {
    let people = PEOPLE.replace("\"Ana\"", "\"\"");
    let words = "people.toml:3:8: person.name: this is empty; leave the field out or fill it in";
    let folder = Folder::seminar([("people.toml", &*people), ("sessions/01-opening.md", &*chaired_by("ana"))]);
    refused(&[(folder, &[words])]).await;
}

#[tokio::test]
async fn a_problem_shows_its_line_and_points_at_its_place() {
    let text = "+++\ntitle = \"Opening\"\nkind = \"plenery\"\n+++\n";
    each(async |test| {
        let problems = take(test, &[&Folder::seminar([("sessions/01-opening.md", text)])]).await;
        assert_eq!(
            problems.expect_err("a word is wrong")[0].to_string(),
            "sessions/01-opening.md:3:8: kind: `plenery` is none of plenary, presentation, panel, group-work, break; \
             did you mean `plenary`?\n  3 | kind = \"plenery\"\n    |        ^"
        );
    })
    .await;
}
