//! Files that cannot be read, or whose names say nothing.

use super::{Folder, PAGE, SEMINAR, SESSION, each, files_refused, refused, take, take_as, taken};
use std::fs;

const FILE: &str = "sessions/01-opening.md";

#[tokio::test]
async fn what_is_not_utf8_is_named_with_its_line() {
    let latin = [SESSION.as_bytes(), b"\nWelcome\nto Tiran\xeb, in December\n"].concat();
    let utf16: Vec<u8> = "\u{feff}+++\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cut = "[[person]]\nslug = \"a\"\nname = \"Ç".as_bytes();
    let of = |file: &str, bytes: &[u8]| {
        let folder = Folder::seminar([]);
        folder.put(file, bytes);
        folder
    };
    refused(&[
        (
            of(FILE, &latin),
            &["sessions/01-opening.md:7:9: the file is not UTF-8 from here on | Save it with the encoding UTF-8."],
        ),
        (
            of(FILE, &utf16),
            &["sessions/01-opening.md:1:1: the file is not UTF-8 from here on | Save it with the encoding UTF-8."],
        ),
        (
            of("people.toml", &cut[..cut.len() - 1]),
            &["people.toml:3:9: the file is not UTF-8 from here on | Save it with the encoding UTF-8."],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_byte_order_mark_and_crlf_make_no_difference() {
    let files = [
        (FILE, "+++\ntitle = \"Opening\"\nkind = \"plenary\"\n+++\n\n# Welcome\n\n- one\n- two\n"),
        ("sessions/01-opening.sq.md", "+++\ntitle = \"Hapja\"\nstatus = \"machine\"\n+++\n\nMirë se vini.\n"),
        ("people.toml", "[[person]]\nslug = \"ana\"\nname = \"Ana\"\nrole = '''\nOf one line'''\n"),
    ];
    let unix = Folder::seminar(files);
    let windows = Folder::seminar([]);
    for (file, text) in files.into_iter().chain([("seminar.md", SEMINAR)]) {
        windows.put(file, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    each(async |test| {
        assert_eq!(taken(test, &[&unix]).await.created, 3);
        let again = taken(test, &[&windows]).await;
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 3));
    })
    .await;
}

#[tokio::test]
async fn a_place_is_counted_alike_with_crlf_and_a_byte_order_mark() {
    let text = "\u{feff}+++\r\ntitle = \"Opening\"\r\nkind = 1\r\n+++\r\n";
    files_refused(&[(FILE, text, "3:8: kind: this must be text in quotes")]).await;
}

#[tokio::test]
async fn front_matter_is_needed_and_ends() {
    let none = "1:1: the file does not begin with front matter \
        | Begin it with a line of +++, the fields, and another line of +++.";
    let open = "1:1: the front matter is not closed | End the fields with a line of +++.";
    files_refused(&[
        (FILE, "", none),
        (FILE, "# Opening\n\nWelcome.\n", none),
        (FILE, "---\ntitle: Opening\n---\n", none),
        (FILE, "\n+++\ntitle = \"Opening\"\n+++\n", none),
        (FILE, "+++\ntitle = \"Opening\"\nkind = \"plenary\"\n\nWelcome.\n", open),
        (FILE, "+++", open),
    ])
    .await;
}

#[tokio::test]
async fn a_nul_byte_is_refused_where_it_stands() {
    files_refused(&[(FILE, &format!("{SESSION}\nWel\0come.\n"), "6:4: there is a NUL byte here")]).await;
}

#[tokio::test]
async fn a_file_of_another_name_is_refused_with_the_name_that_was_meant() {
    let words = |help: &str| format!(" no part of a seminar is written in a file of this name | {help}");
    let meant = |name: &str| words(&format!("Did you mean `{name}`?"));
    let listed = words("docs/format.md lists the files. Attachments lie in `files/`.");
    files_refused(&[
        ("sesions/01-opening.md", SESSION, &meant("sessions")),
        ("practice/handover.md", PAGE, &meant("practices")),
        ("file/handout.pdf", "", &meant("files")),
        ("peple.toml", "", &meant("people.toml")),
        ("comparision.toml", "", &meant("comparison.toml")),
        ("Seminar.md", SEMINAR, &meant("seminar.md")),
        ("notes.txt", "", &listed),
        ("sessions/opening.txt", "", &listed),
        ("sessions/day-1/01-opening.md", SESSION, &listed),
        ("files/day-1/handout.pdf", "", &listed),
    ])
    .await;
}

#[tokio::test]
async fn hidden_files_and_a_readme_are_none_of_our_business() {
    let files = [("README.md", "no front matter"), (".git/config", "\0"), (".DS_Store", "\0"), ("files/.keep", "")];
    each(async |test| assert_eq!(taken(test, &[&Folder::seminar(files)]).await.created, 1)).await;
}

#[tokio::test]
async fn a_sessions_file_begins_with_its_place_in_the_order() {
    let what = " a session's file begins with its place in the order: `01-opening.md`";
    files_refused(&[("sessions/opening.md", SESSION, what), ("sessions/99999-opening.md", SESSION, what)]).await;
}

#[tokio::test]
async fn a_files_name_is_a_slug() {
    let words = |name: &str| {
        format!(" `{name}` is not a slug: small letters a to z, digits and single hyphens | Rename the file.")
    };
    let long = "a".repeat(81);
    files_refused(&[
        ("practices/Night Handover.md", PAGE, &words("Night Handover")),
        ("challenges/a--b.md", PAGE, &words("a--b")),
        ("challenges/tiranë.md", PAGE, &words("tiranë")),
        ("sessions/01-.md", SESSION, &words("")),
        (&format!("materials/{long}.md"), PAGE, &words(&long)),
    ])
    .await;
}

#[tokio::test]
async fn a_translation_has_an_original_in_another_language() {
    let text = "+++\ntitle = \"Hapja\"\nstatus = \"human\"\n+++\n";
    let albanian = SESSION.replace("kind", "language = \"sq\"\nkind");
    refused(&[
        (
            Folder::seminar([("sessions/01-opening.sq.md", text)]),
            &["sessions/01-opening.sq.md: there is no original `sessions/01-opening.md` beside this translation"],
        ),
        (
            Folder::seminar([(FILE, SESSION), ("sessions/01-opening.en.md", text)]),
            &["sessions/01-opening.en.md: the original is in en already"],
        ),
        (
            Folder::seminar([(FILE, &*albanian), ("sessions/01-opening.sq.md", text)]),
            &["sessions/01-opening.sq.md: the original is in sq already"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_language_in_a_files_name_is_one_of_ours() {
    let text = "+++\ntitle = \"Eröffnung\"\nstatus = \"human\"\n+++\n";
    let words = |code: &str| format!(" `{code}` is none of our languages: en, sq, bs, hr, sr, ro, mk");
    files_refused(&[
        ("sessions/01-opening.de.md", text, &words("de")),
        ("sessions/01-opening.SQ.md", text, &words("SQ")),
        ("sessions/01-opening.sr-Latn.md", text, &words("sr-Latn")),
        ("sessions/01-opening.sq.sq.md", text, &words("sq.sq")),
        ("seminar.de.md", text, &words("de")),
    ])
    .await;
}

#[tokio::test]
async fn a_translation_says_how_it_came_to_be() {
    let text = |status: &str| format!("+++\ntitle = \"Hapja\"\n{status}+++\n");
    files_refused(&[
        ("seminar.sq.md", &text(""), "1:1: status: `status` is needed and is missing"),
        (
            "seminar.sq.md",
            &text("status = \"machin\"\n"),
            "3:10: status: `machin` is none of machine, human; did you mean `machine`?",
        ),
        ("seminar.sq.md", &text("status = \"original\"\n"), "3:10: status: a translation is `machine` or `human`"),
        (
            "seminar.sq.md",
            &text("status = \"human\"\nplace = \"Tiranë\"\n"),
            "4:1: place: there is no field `place` here \
             | Known are: objectives, status, summary, title, translated_from.",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_folder_is_a_seminar_or_a_glossary() {
    let neither = ".: this folder holds neither a seminar (`seminar.md`) nor a glossary (TOML files with `[[term]]`)";
    refused(&[
        (Folder::named("empty"), &[neither]),
        (
            Folder::named("pages").with([("about.md", PAGE)]),
            &[neither, "about.md: a glossary is made of TOML files, and this is none"],
        ),
        (
            Folder::named("people").with([("people.toml", "[[person]]\nslug = \"ana\"\nname = \"Ana\"\n")]),
            &["people.toml:1:3: person: there is no field `person` here | Known are: term."],
        ),
        (
            Folder::seminar([]).renamed("Tirana 2016"),
            &[".: the folder's name `Tirana 2016` is the seminar's slug: small letters, digits, single hyphens \
               | Rename the folder."],
        ),
        (
            Folder::seminar([]).renamed("new"),
            &[".: a seminar cannot be called `new`: the form of a new one has that address | Rename the folder."],
        ),
        (
            Folder::seminar([("boards/new.md", PAGE)]),
            &["boards/new.md: a board cannot be called `new`: the form of a new one has that address | Rename the file."],
        ),
        (
            Folder::seminar([("materials/new.md", PAGE)]),
            &["materials/new.md: a material cannot be called `new`: the form of a new one has that address \
               | Rename the file."],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_a_failure_of_the_disk() {
    each(async |test| {
        let folder = Folder::seminar([]);
        fs::remove_dir_all(folder.path()).expect("removed");
        assert!(take_as(test, &[&folder], false, false).await.is_err());
        // Nothing is left behind that would stand in the way of the next.
        assert!(take(test, &[&Folder::seminar([])]).await.is_ok());
    })
    .await;
}
