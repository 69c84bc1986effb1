//! The command line, as people and scripts use it.

use crate::{
    fixture::{self, DRAFT, HALF, MARK, ROOM, SPEAKER, TEAM},
    harness::bundled,
    harness::story,
    program::{Ran, different, get, path, plenary, start, tree},
};
use std::{collections::BTreeMap, fs, net::SocketAddr, path::PathBuf};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Imports folders into a data folder.
fn import(data: &TempDir, folders: &[PathBuf], more: &[&str]) -> Ran {
    let mut arguments = vec!["import", "--data", path(data.path())];
    arguments.extend(more);
    arguments.extend(folders.iter().map(|folder| path(folder)));
    plenary(&arguments)
}

/// What a seminar is exported to; the glossary where it is empty.
pub(crate) fn export(data: &TempDir, seminar: &str, who: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = folder();
    let to = out.path().join("out");
    let mut arguments = vec!["export", "--data", path(data.path()), "--out", path(&to), "--as", who];
    arguments.extend((!seminar.is_empty()).then_some(seminar));
    plenary(&arguments).well();
    tree(&to)
}

fn numbers(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn an_import_says_what_it_did_and_does_it_once() {
    let data = folder();
    let all = ["glossary", "seminars/tirana-2016", "seminars/example"].map(bundled);
    let first = import(&data, &all, &[]).well();
    let [new, changed, before] = numbers(&first)[..] else { panic!("{first}") };
    assert!(new > 150 && changed == 0 && before == 0, "{first}");
    assert_eq!(first.lines().count(), 1, "{first}");
    let tirana = export(&data, "tirana-2016", "team");
    let again = import(&data, &all, &[]).well();
    assert_eq!(numbers(&again), [0, 0, new], "{again}");
    assert!(export(&data, "tirana-2016", "team") == tirana);
    let json: serde_json::Value = serde_json::from_str(&import(&data, &all, &["--json"]).well()).expect("JSON");
    assert_eq!((&json["created"], &json["updated"], &json["unchanged"]), (&0.into(), &0.into(), &new.into()), "{json}");
}

#[test]
fn a_dry_run_says_it_and_does_nothing() {
    let data = folder();
    let said = import(&data, &[bundled("seminars/tirana-2016")], &["--dry-run"]).well();
    assert!(said.starts_with("Would be") && numbers(&said)[0] > 20, "{said}");
    let missing =
        plenary(&["export", "tirana-2016", "--data", path(data.path()), "--out", path(&data.path().join("out"))]);
    assert!(missing.failed().contains("tirana-2016"));
    assert!(fs::read_dir(data.path().join("files")).expect("the folder of files").next().is_none(), "a file was kept");
}

#[test]
fn a_folder_that_is_wrong_is_refused_whole_and_every_place_named() {
    let (data, root) = (folder(), folder());
    import(&data, &[bundled("seminars/tirana-2016")], &[]).well();
    let before = export(&data, "tirana-2016", "team");
    let broken = root.path().join("tirana-2016");
    crate::harness::copy(&bundled("seminars/tirana-2016"), &broken);
    let session = broken.join("sessions/01-nrm-compared.md");
    let text = fs::read_to_string(&session).expect("a session");
    fs::write(&session, text.replacen("kind = ", "titel = \"x\"\nkind = ", 1).replacen("+++\n", "+++\nroom = 7\n", 1))
        .expect("broken");
    fs::write(broken.join("challenges/staff-turnover.md"), "no front matter").expect("broken");
    let err = import(&data, &[broken], &[]).failed();
    let place = |file: &str, field: &str| {
        err.lines().any(|line| {
            let numbered = line
                .strip_prefix(file)
                .and_then(|rest| rest.strip_prefix(':'))
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            numbered && line.contains(field)
        })
    };
    assert!(place("sessions/01-nrm-compared.md", "titel") && place("sessions/01-nrm-compared.md", "room"), "{err}");
    assert!(err.contains("title") && err.contains("challenges/staff-turnover.md"), "{err}");
    assert!(err.starts_with("plenary: nothing was imported"), "{err}");
    let ran = import(&data, &[root.path().join("tirana-2016")], &["--json"]);
    assert!(!ran.status.success() && ran.err.lines().count() == 1, "{ran:?}");
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let fields: Vec<_> = json["problems"].as_array().expect("problems").iter().map(|one| &one["field"]).collect();
    assert!(fields.contains(&&"titel".into()) && fields.contains(&&"room".into()), "{json}");
    assert_eq!(json["problems"][1]["at"]["shown"], "room = 7", "{json}");
    let after = export(&data, "tirana-2016", "team");
    assert!(after == before, "something was written: {:?}", different(&after, &before));
}

#[test]
fn a_seminar_needs_no_more_than_its_four_fields() {
    let (data, root) = (folder(), folder());
    let seminar = fixture::small(
        root.path(),
        "small-2026",
        &[(
            "seminar.md",
            "+++\ntitle = \"Small\"\nstarts = 2026-05-04\nends = 2026-05-04\ntime_zone = \"Europe/Tirane\"\n+++\n",
        )],
    );
    import(&data, &[seminar], &[]).well();
}

#[test]
fn what_is_exported_can_be_imported_and_is_the_same() {
    let (data, root) = (folder(), folder());
    let mut all: Vec<PathBuf> = ["glossary", "seminars/tirana-2016", "seminars/example"].map(bundled).into();
    all.extend(fixture::write(root.path()));
    import(&data, &all, &[]).well();
    let seminars = ["tirana-2016", "example", HALF, DRAFT, TEAM, ROOM];
    let out = folder();
    let mut folders = Vec::new();
    for seminar in seminars.into_iter().chain([""]) {
        let to = out.path().join(if seminar.is_empty() { "glossary" } else { seminar });
        let mut arguments = vec!["export", "--json", "--data", path(data.path()), "--out", path(&to)];
        arguments.extend((!seminar.is_empty()).then_some(seminar));
        let json: serde_json::Value = serde_json::from_str(&plenary(&arguments).well()).expect("JSON");
        assert_eq!(json["files"], tree(&to).len(), "{seminar}");
        folders.push(to);
    }
    let other = folder();
    let said = import(&other, &folders, &[]).well();
    assert_eq!(numbers(&said)[1..], [0, 0], "{said}");
    for seminar in seminars.into_iter().chain([""]) {
        let (this, that) = (export(&data, seminar, "team"), export(&other, seminar, "team"));
        let first = different(&this, &that).first().map(|name| {
            let text = |files: &BTreeMap<PathBuf, Vec<u8>>| {
                String::from_utf8_lossy(files.get(name).map_or(b"", Vec::as_slice)).into_owned()
            };
            format!("{}\n{}\nbecame\n{}", name.display(), text(&this), text(&that))
        });
        assert!(
            this == that,
            "{seminar}: {:?} are not the same; {}",
            different(&this, &that),
            first.unwrap_or_default()
        );
    }
}

#[test]
fn an_export_as_somebody_holds_what_they_may_see() {
    let (data, root) = (folder(), folder());
    import(&data, &fixture::write(root.path()), &[]).well();
    let text = |who: &str| {
        let files = export(&data, HALF, who);
        let texts =
            files.iter().map(|(name, bytes)| format!("{} {}\n", name.display(), String::from_utf8_lossy(bytes)));
        texts.collect::<String>()
    };
    let public = text("public");
    assert!(public.contains("Title of open-practice"), "{public}");
    assert!(public.contains(SPEAKER), "{public}");
    assert!(
        !public.to_lowercase().contains(MARK),
        "{}",
        public.lines().filter(|line| line.to_lowercase().contains(MARK)).collect::<Vec<_>>().join("\n")
    );
    // What public texts link to and is hidden is not named either; the words of the link stay.
    assert!(public.contains("linked by file") && !public.contains("zwydor"), "{public}");
    let participants = text("participants");
    assert!(
        participants.contains("xqvelmsessiontitleparticipants") && participants.contains("xqvelmsessiontitlemembers")
    );
    assert!(!participants.contains("titleteam") && !participants.contains("xqvelmchathampart"));
    let team = text("team");
    assert!(team.contains("xqvelmsessiontitleteam") && team.contains("xqvelmchathampart"));
    for hidden in [DRAFT, TEAM, ROOM] {
        let to = data.path().join(format!("out-{hidden}"));
        let arguments = |seminar: &'static str| {
            plenary(&["export", seminar, "--as", "public", "--data", path(data.path()), "--out", path(&to)])
        };
        let (hidden, never) = (arguments(hidden).failed(), arguments("never-there").failed());
        assert_eq!(hidden.replace(DRAFT, "X").replace(TEAM, "X").replace(ROOM, "X"), never.replace("never-there", "X"));
        assert!(!to.exists());
    }
}

#[test]
fn what_goes_wrong_is_said_in_one_sentence() {
    let (data, root) = (folder(), folder());
    let at = path(data.path());
    import(&data, &[bundled("seminars/tirana-2016")], &[]).well();
    fs::write(root.path().join("file"), "x").expect("a file");
    let (file, full) = (root.path().join("file"), path(root.path()).to_owned());
    let out = root.path().join("out");
    let mut unclear = Vec::new();
    for (arguments, words) in [
        (vec!["export", "no-such", "--data", at, "--out", path(&out)], vec!["no seminar `no-such`"]),
        (vec!["export", "--data", at, "--out", path(&out)], vec!["no glossary"]),
        (vec!["export", "tirana-2016", "--data", at, "--out", &full], vec!["not empty"]),
        (vec!["export", "tirana-2016", "--data", at, "--out", path(&file)], vec!["file"]),
        (vec!["import", "/no/such/folder", "--data", at], vec!["/no/such/folder", "not a folder"]),
        (vec!["import", path(&file), "--data", at], vec!["not a folder"]),
        (vec!["import", path(&file), "--data", path(&file)], vec!["not a folder"]),
        (vec!["export", "tirana-2016", "--data", path(&file), "--out", path(&out)], vec!["cannot be opened"]),
        (
            vec!["serve", "--data", at, "--addr", "127.0.0.1:0", "--public-url", "ftp://x"],
            vec!["--public-url", "ftp://x"],
        ),
        (vec!["serve", "--data", at, "--addr", "127.0.0.1:0", "--public-url", "https://x/path"], vec!["--public-url"]),
    ] {
        let err = plenary(&arguments).failed();
        let clear =
            err.starts_with("plenary: ") && err.lines().count() == 1 && words.iter().all(|word| err.contains(word));
        if !clear || err.contains("Error {") || err.contains("panicked") {
            unclear.push(format!("{arguments:?}: {err}"));
        }
    }
    assert!(unclear.is_empty(), "{}", unclear.join(""));
    for arguments in [
        &["no-such"][..],
        &["import"],
        &["export", "x"],
        &["serve", "--addr", "x"],
        &["export", "x", "--out", "y", "--as", "king"],
        &["import", "--no-such", "x"],
    ] {
        let err = plenary(arguments).failed();
        assert!(err.starts_with("error: ") && err.contains("--help"), "{arguments:?}: {err}");
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    fn commands(help: &str) -> Vec<String> {
        help.lines()
            .skip_while(|line| *line != "Commands:")
            .skip(1)
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .filter(|command| command != "help")
            .collect()
    }
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut seen = Vec::new();
    while let Some(command) = waiting.pop() {
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.push("--help");
        let help = plenary(&arguments).well();
        let below = commands(&help);
        if !command.is_empty() {
            let name = command.join(" ");
            assert!(help.contains(&format!("Example: plenary {name}")), "{help}");
            assert!(help.contains("PLENARY_DATA") || !below.is_empty(), "{help}");
            seen.push(name);
        }
        waiting.extend(below.into_iter().map(|next| command.iter().cloned().chain([next]).collect()));
    }
    for command in ["serve", "import", "export", "reindex", "missed", "user add", "user list", "user reset"] {
        assert!(seen.iter().any(|other| other == command), "{command}: {seen:?}");
    }
    assert!(plenary(&["--version"]).well().starts_with("plenary "));
}

#[test]
fn it_serves_until_it_is_told_to_end() {
    let data = folder();
    import(&data, &[bundled("seminars/tirana-2016")], &[]).well();
    for (arguments, signal) in [(&["serve"][..], "TERM"), (&[], "INT")] {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--data", path(data.path()), "--addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0"]);
        let mut serving = start(&arguments);
        let lines = serving.line("Plenary ");
        let address: SocketAddr =
            lines.rsplit("http://").next().and_then(|at| at.parse().ok()).unwrap_or_else(|| panic!("{lines}"));
        assert!(get(address, "/healthz").starts_with("HTTP/1.1 200"));
        assert!(get(address, "/seminars/tirana-2016").contains(&format!("http://{address}/seminars/tirana-2016")));
        assert!(get(address, "/metrics").starts_with("HTTP/1.1 404"));
        let taken = plenary(&["serve", "--data", path(data.path()), "--addr", &address.to_string()]).failed();
        assert!(
            taken.starts_with("plenary: ") && taken.contains(&address.to_string()) && taken.contains("--addr"),
            "{taken}"
        );
        assert_eq!(taken.lines().count(), 1, "{taken}");
        serving.signal(signal);
        let status = serving.ended();
        assert_eq!(status.code(), Some(0), "{status}");
    }
}

#[test]
fn a_site_that_runs_shows_what_another_process_imports_and_survives_reindexing() {
    let data = folder();
    let mut serving = start(&["serve", "--data", path(data.path()), "--addr", "127.0.0.1:0"]);
    let line = serving.line("Plenary ");
    let address: SocketAddr = line.rsplit("http://").next().and_then(|at| at.parse().ok()).expect("an address");
    import(&data, &[bundled("seminars/tirana-2016")], &[]).well();
    let shown = |path: &str, word: &str| {
        let end = std::time::Instant::now() + crate::harness::PATIENCE;
        while !get(address, path).contains(word) {
            assert!(std::time::Instant::now() < end, "{path} never had {word}");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    };
    shown("/seminars", "tirana-2016");
    shown("/api/v1/search?q=begging", "\"hits\":[{");
    plenary(&["reindex", "--data", path(data.path())]).well();
    assert!(get(address, "/search?q=begging").starts_with("HTTP/1.1 200"));
    shown("/readyz", "\"search\":\"ready\"");
    shown("/api/v1/search?q=begging", "\"hits\":[{");
}

#[test]
fn accounts_are_looked_after_from_a_shell() {
    let data = folder();
    let user = |arguments: &[&str]| {
        let mut all = vec!["user"];
        all.extend(arguments);
        all.extend(["--data", path(data.path())]);
        plenary(&all)
    };
    assert!(user(&["list"]).well().contains("Nobody has an account yet"));
    let made =
        user(&["add", "Ana Hoxha", "Ana@Example.org", "--role", "administrator", "--public-url", "https://s.example/"]);
    let made = made.well();
    assert!(made.contains("https://s.example/sign-in/"), "{made}");
    assert!(user(&["list"]).well().starts_with("ana@example.org\tAna Hoxha\tadministrator"));
    let listed: serde_json::Value = serde_json::from_str(&user(&["list", "--json"]).well()).expect("JSON");
    assert_eq!(listed[0]["address"], "ana@example.org");
    assert_eq!(listed[0]["password"], false, "that there is one, and never which");
    for (arguments, told) in [
        (&["add", "Ion", "ana@example.org"][..], "another account has this e-mail address"),
        (&["add", "Ion", "no address"], "this is no e-mail address"),
        (&["add", " ", "ion@example.org"], "a name is missing"),
        (&["add", "Ion", "ion@example.org", "--public-url", "ftp://x"], "--public-url"),
        (&["disable", "ana@example.org"], "this is the last administrator"),
        (&["reset", "ion@example.org"], "no account has the address ion@example.org"),
    ] {
        let err = user(arguments).failed();
        assert!(err.contains(told), "{arguments:?}: {err}");
        assert_eq!(err.trim().lines().count(), 1, "{err}");
    }
    user(&["add", "Ion", "ion@example.org"]).well();
    user(&["disable", "ion@example.org"]).well();
    assert!(user(&["list"]).well().contains("ion@example.org\tIon\tmember\tno access"));
    assert!(user(&["reset", "ion@example.org"]).failed().contains("there is no such account"));
    user(&["enable", "ion@example.org"]).well();
    assert!(user(&["reset", "ion@example.org"]).well().contains("http://127.0.0.1:3000/sign-in/"));
}

#[test]
fn a_check_says_what_is_well_and_names_what_is_not() {
    let data = folder();
    import(&data, &[bundled("seminars/tirana-2016"), bundled("seminars/example"), bundled("glossary")], &[]).well();
    let check = || plenary(&["check", "--data", path(data.path())]);
    let well = check().well();
    assert!(
        well.contains("The audit holds together: 3 entries.") && well.contains("Everything is for those"),
        "{well}"
    );
    story(async {
        let store = sea_orm::Database::connect(format!("sqlite://{}/plenary.sqlite3", path(data.path()))).await;
        let store = store.expect("the store");
        for statement in [
            "DROP TRIGGER audit_says",
            "UPDATE audit SET actor = 'account/1' WHERE id = 2",
            "UPDATE thing SET audience = 'members' WHERE slug = 'tir-1'",
        ] {
            sea_orm::ConnectionTrait::execute_unprepared(&store, statement).await.expect("changed");
        }
    });
    let err = check().failed();
    assert!(err.contains("audit entry 2: it does not hang together with the one before"), "{err}");
    assert!(err.contains("recommendation `tir-1` is for `members` and should be for `public`"), "{err}");
}

#[test]
fn a_backup_of_a_site_that_is_served_comes_back_and_can_be_served() {
    let (data, places) = (folder(), folder());
    import(&data, &[bundled("seminars/tirana-2016")], &[]).well();
    plenary(&["user", "add", "--data", path(data.path()), "Mira", "mira@example.org"]).well();
    let mut since = 0;
    story(async {
        let store = sea_orm::Database::connect(format!("sqlite://{}/plenary.sqlite3", path(data.path()))).await;
        let asked = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, "SELECT created_at FROM account");
        let row = sea_orm::ConnectionTrait::query_one_raw(&store.expect("the store"), asked).await.expect("answered");
        since = row.expect("one").try_get_by_index::<i64>(0).expect("a number");
    });
    let mut serving = start(&["serve", "--data", path(data.path()), "--addr", "127.0.0.1:0"]);
    serving.line("Plenary");
    let (file, to) = (places.path().join("backup"), places.path().join("data"));
    let said = plenary(&["backup", "--data", path(data.path()), path(&file)]).well();
    assert!(said.contains("attachments"), "{said}");
    drop(serving);
    let again = plenary(&["backup", "--data", path(data.path()), path(&file)]).failed();
    assert!(again.contains("is there already"), "{again}");
    let said = plenary(&["restore", "--data", path(&to), path(&file)]).well();
    assert!(said.contains("put it into this one"), "{said}");
    plenary(&["check", "--data", path(&to)]).well();
    let twice = plenary(&["restore", "--data", path(&to), path(&file)]).failed();
    assert!(twice.contains("is not empty"), "{twice}");
    let left = places.path().join("left");
    fs::create_dir(&left).expect("made");
    fs::write(left.join("erased"), format!("account/1 {since} 5\naccount/1 6 5\n")).expect("written");
    let said = plenary(&["restore", "--data", path(&left), path(&file)]).well();
    assert!(said.contains(": 1 came back with the backup"), "{said}");
    assert!(!plenary(&["user", "list", "--data", path(&left)]).well().contains("mira@example.org"));
    for command in ["backup", "restore"] {
        let url = ["--database-url", "postgres://nobody@127.0.0.1/none"];
        let said =
            plenary(&[command, "--data", path(&to), url[0], url[1], path(&places.path().join("other"))]).failed();
        assert!(said.contains("pg_"), "{said}");
    }
}
