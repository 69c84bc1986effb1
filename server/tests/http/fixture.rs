//! What nobody may see until people can sign in, written as folders: a seminar that is half open, one that is a draft,
//! one that is its team's. Every field of what is hidden holds a word that begins with [`MARK`], and nothing else does.

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// Begins every word that must not be seen.
pub(crate) const MARK: &str = "xqvelm";
/// As long as the mark, and in no file.
pub(crate) const NEVER: &str = "qzvelm";
/// A seminar that everybody may see, with things in it that they may not.
pub(crate) const HALF: &str = "half-open-2026";
/// A seminar that says it is public and is a draft.
pub(crate) const DRAFT: &str = "xqvelm-draft";
/// A seminar for its team.
pub(crate) const TEAM: &str = "xqvelm-team";
/// A seminar for its participants.
pub(crate) const ROOM: &str = "xqvelm-room";
/// The country of all that is hidden, and of nothing else.
pub(crate) const COUNTRY: &str = "FJ";
/// Whose part in a session under the Chatham House rule is for the team.
pub(crate) const SPEAKER: &str = "orsolya-speakwell";
/// An organisation for the team that a public recommendation names as its reporter.
pub(crate) const REPORTER: &str = "zwydor-institute";
/// A practice for the team that public texts link to.
pub(crate) const LINKED: &str = "zwydor-practice";
/// What a hidden practice was called before.
pub(crate) const FORMER: &str = "xqvelm-practice-before";
/// What it is called now.
pub(crate) const LATTER: &str = "xqvelm-practice-after";

/// The words that hidden things of a seminar end with.
pub(crate) fn words(seminar: &str) -> &'static [&'static str] {
    match seminar {
        HALF => &["members", "participants", "team"],
        DRAFT => &["draft"],
        ROOM => &["room"],
        _ => &["whole"],
    }
}

/// Writes the four folders.
pub(crate) fn write(root: &Path) -> Vec<PathBuf> {
    for (slug, fields) in [
        (HALF, "title = \"Half open\"\nsummary = \"A seminar with closed doors in it.\""),
        (
            DRAFT,
            "title = \"xqvelmseminartitle\"\nsummary = \"xqvelmseminarsummary\"\nstatus = \"draft\"\nvisibility = \"public\"",
        ),
        (TEAM, "title = \"xqvelmseminartitle\"\nsummary = \"xqvelmseminarsummary\"\nvisibility = \"team\""),
        (ROOM, "title = \"xqvelmseminartitle\"\nsummary = \"xqvelmseminarsummary\"\nvisibility = \"participants\""),
    ] {
        let folder = root.join(slug);
        let mut people = String::new();
        let mut organisations = String::new();
        for (number, word) in (10..).zip(words(slug)) {
            let visibility = if slug == HALF { format!("visibility = \"{word}\"\n") } else { String::new() };
            things(&folder, number, word, &visibility);
            let _ = write!(
                people,
                "[[person]]\nslug = \"{MARK}-person-{word}\"\nname = \"{MARK}name{word}\"\nrole = \"{MARK}role{word}\"\norganisation = \"{MARK}-organisation-{word}\"\ncountry = \"{COUNTRY}\"\n{visibility}\n"
            );
            let _ = write!(
                organisations,
                "[[organisation]]\nslug = \"{MARK}-organisation-{word}\"\nname = \"{MARK}organisation{word}\"\nabbreviation = \"{MARK}abbreviation{word}\"\nabout = \"{MARK}about{word}\"\nurl = \"https://{MARK}site{word}.example/\"\ncountry = \"{COUNTRY}\"\n{visibility}\n"
            );
        }
        let hidden = if slug == HALF {
            half(&folder, &mut people, &mut organisations);
            "visibility = \"team\"\n"
        } else {
            ""
        };
        put(&folder, "people.toml", &people);
        put(&folder, "organisations.toml", &organisations);
        put(
            &folder,
            "comparison.toml",
            &format!(
                "title = \"{MARK}comparisontitle\"\nsummary = \"{MARK}comparisonsummary\"\n{hidden}\n[[topic]]\nslug = \"{MARK}-topic\"\ntitle = \"{MARK}topic\"\n\n[[topic.cell]]\ncountries = [\"{COUNTRY}\"]\ntext = \"{MARK}cell\"\nconfidence = \"stated\"\nsource = \"{MARK}cellsource\"\n"
            ),
        );
        let (own, contributor) = match slug {
            HALF => ("countries = [\"AL\", \"MD\"]\nplace = \"Durrës\"", "team"),
            DRAFT => (
                "countries = [\"FJ\"]\nplace = \"xqvelmplace\"\norganisers = [\"xqvelmorganiser\"]\nobjectives = [\"xqvelmaim\"]\nreference = \"XQVELMREF\"",
                "draft",
            ),
            _ => (
                "countries = [\"FJ\"]\nplace = \"xqvelmplace\"\norganisers = [\"xqvelmorganiser\"]\nobjectives = [\"xqvelmaim\"]",
                words(slug)[0],
            ),
        };
        let body = if slug == HALF { "What is open." } else { "## xqvelmseminarheading\n\nxqvelmseminartext" };
        put(
            &folder,
            "seminar.md",
            &format!(
                "+++\n{fields}\n{own}\nstarts = 2026-05-04\nends = 2026-05-05\ntime_zone = \"Europe/Tirane\"\n\n[[contributors]]\nperson = \"{MARK}-person-{contributor}\"\nrole = \"expert\"\ntitle = \"{MARK}seminarpart\"\n+++\n\n{body}\n"
            ),
        );
    }
    folders(root)
}

/// The smallest seminar there is, with these files besides; anew where it is there already.
pub(crate) fn small(root: &Path, slug: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = root.join(slug);
    // It may not be there yet.
    let _ = fs::remove_dir_all(&folder);
    put(
        &folder,
        "seminar.md",
        "+++\ntitle = \"A small seminar\"\nstarts = 2026-05-04\nends = 2026-05-05\ntime_zone = \"Europe/Tirane\"\nplace = \"Tirana\"\n+++\n",
    );
    for (file, text) in files {
        put(&folder, file, text);
    }
    folder
}

/// Gives a hidden practice another name.
pub(crate) fn rename(root: &Path) -> Vec<PathBuf> {
    let practices = root.join(HALF).join("practices");
    let (before, after) = (practices.join(format!("{FORMER}.md")), practices.join(format!("{LATTER}.md")));
    let text = fs::read_to_string(&before).expect("a practice");
    fs::write(after, text.replacen("+++\n", &format!("+++\nformerly = \"{FORMER}\"\n"), 1))
        .expect("under another name");
    fs::remove_file(before).expect("its old file is gone");
    folders(root)
}

/// Every word that begins with the mark in files and their names.
pub(crate) fn marked() -> BTreeSet<String> {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path());
    let mut text = String::new();
    gather(root.path(), &mut text);
    let letters = |c: char| !c.is_ascii_alphabetic();
    text.to_lowercase().split(letters).filter(|word| word.starts_with(MARK)).map(str::to_owned).collect()
}

fn gather(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        text.push_str(&format!("{} ", entry.file_name().to_string_lossy()));
        match entry.path().is_dir() {
            true => gather(&entry.path(), text),
            false => text.push_str(&fs::read_to_string(entry.path()).expect("text")),
        }
    }
}

/// One of each, hidden.
fn things(folder: &Path, number: u32, word: &str, visibility: &str) {
    let common = |kind: &str| {
        format!(
            "title = \"{MARK}{kind}title{word}\"\nsummary = \"{MARK}{kind}summary{word}\"\ncountries = [\"{COUNTRY}\"]\nthemes = [\"{MARK}theme\"]\n{visibility}"
        )
    };
    let body = |kind: &str| format!("## {MARK}{kind}heading{word} {{#{MARK}-heading}}\n\n{MARK}{kind}text{word}\n");
    let part = |kind: &str| {
        format!(
            "\n[[contributors]]\nperson = \"{MARK}-person-{word}\"\nrole = \"speaker\"\ntitle = \"{MARK}{kind}part{word}\"\n"
        )
    };
    let text = |room: &str, slug: &str, kind: &str, more: &str, parts: &str| {
        put(folder, &format!("{room}/{slug}.md"), &format!("+++\n{}{more}{parts}+++\n\n{}", common(kind), body(kind)));
    };
    let session = format!("{number}-{MARK}-session-{word}");
    let times = format!(
        "kind = \"panel\"\nstarts = 2026-05-04T{number}:00:00\nends = 2026-05-04T{number}:45:00\nroom = \"{MARK}room{word}\"\nobjective = \"{MARK}objective{word}\"\n"
    );
    text("sessions", &session, "session", &times, &part("session"));
    text("materials", &format!("{MARK}-page-{word}"), "page", &format!("session = \"{MARK}-session-{word}\"\n"), "");
    text(
        "materials",
        &format!("{MARK}-link-{word}"),
        "link",
        &format!("url = \"https://{MARK}link{word}.example/\"\n"),
        "",
    );
    text(
        "materials",
        &format!("{MARK}-file-{word}"),
        "file",
        &format!("practice = \"{MARK}-practice-{word}\"\nfile = \"files/{MARK}-{word}.txt\"\n"),
        "",
    );
    let practice =
        format!("maturity = \"good\"\nevidence = \"{MARK}evidence{word}\"\nanswers = [\"{MARK}-challenge-{word}\"]\n");
    text("practices", &format!("{MARK}-practice-{word}"), "practice", &practice, &part("practice"));
    text(
        "challenges",
        &format!("{MARK}-challenge-{word}"),
        "challenge",
        &format!("session = \"{MARK}-session-{word}\"\n"),
        "",
    );
    text("boards", &format!("{MARK}-board-{word}"), "board", &format!("session = \"{MARK}-session-{word}\"\n"), "");
    let recommendation = format!(
        "status = \"ongoing\"\naddressees = [\"{MARK}addressee{word}\"]\nlead = \"{MARK}lead{word}\"\nindicator = \"{MARK}indicator{word}\"\nresponse = \"{MARK}response{word}\"\nanswers = [\"{MARK}-challenge-{word}\"]\n"
    );
    let progress = format!("\n[[progress]]\ndate = 2026-06-01\nby = \"{COUNTRY}\"\ntext = \"{MARK}progress{word}\"\n");
    text("recommendations", &format!("{MARK}-recommendation-{word}"), "recommendation", &recommendation, &progress);
    put(folder, &format!("files/{MARK}-{word}.txt"), &format!("{MARK}bytes{word}\n"));
    let translated = format!(
        "+++\ntitle = \"{MARK}titulli{word}\"\nsummary = \"{MARK}permbledhje{word}\"\nobjective = \"{MARK}synimi{word}\"\nstatus = \"human\"\n+++\n\n{MARK}teksti{word}\n"
    );
    put(folder, &format!("sessions/{session}.sq.md"), &translated);
}

/// What everybody may see in the seminar that is half open; all of it touches something hidden.
fn half(folder: &Path, people: &mut String, organisations: &mut String) {
    let person = |slug: &str, name: &str, organisation: &str| {
        format!(
            "[[person]]\nslug = \"{slug}\"\nname = \"{name}\"\nrole = \"Speaker\"\norganisation = \"{organisation}\"\n\n"
        )
    };
    people.push_str(&person(SPEAKER, "Orsolya Speakwell", "xqvelm-organisation-team"));
    people.push_str(&person("open-person", "Olivia Openhand", "open-organisation"));
    organisations.push_str("[[organisation]]\nslug = \"open-organisation\"\nname = \"Open Hands\"\n\n");
    let _ = write!(
        organisations,
        "[[organisation]]\nslug = \"{REPORTER}\"\nname = \"Zwydor Institute\"\nvisibility = \"team\"\n\n"
    );
    for (file, fields, rest) in [
        (
            "sessions/01-open-session.md",
            "kind = \"plenary\"\nday = 2026-05-04",
            "\n[[contributors]]\nperson = \"open-person\"\nrole = \"chair\"\n\n[[contributors]]\nperson = \"xqvelm-person-members\"\nrole = \"speaker\"\ntitle = \"xqvelmpartinopen\"\n",
        ),
        (
            "sessions/02-behind-closed-doors.md",
            "kind = \"panel\"\nday = 2026-05-05\nchatham_house = true",
            "\n[[contributors]]\nperson = \"orsolya-speakwell\"\nrole = \"speaker\"\ntitle = \"xqvelmchathampart\"\n",
        ),
        ("materials/open-material.md", "session = \"open-session\"", ""),
        (
            "practices/open-practice.md",
            "answers = [\"xqvelm-challenge-members\", \"open-challenge\"]",
            "\n[[contributors]]\nperson = \"xqvelm-person-participants\"\nrole = \"author\"\ntitle = \"xqvelmpartinpractice\"\n",
        ),
        ("challenges/open-challenge.md", "session = \"open-session\"", ""),
        ("boards/open-board.md", "session = \"open-session\"\nvisibility = \"public\"", ""),
        (
            "recommendations/hal-1.md",
            "session = \"open-session\"\nanswers = [\"xqvelm-challenge-team\"]",
            "\n[[progress]]\ndate = 2026-06-01\nby = \"zwydor-institute\"\ntext = \"Something was done.\"\n",
        ),
    ] {
        let slug = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        put(
            folder,
            file,
            &format!(
                "+++\ntitle = \"Title of {slug}\"\nsummary = \"Something open, {slug}.\"\n{fields}\n{rest}+++\n\nOpen words, [linked by file](../practices/zwydor-practice.md), [by page](/practices/zwydor-practice), [by both](../challenges/open-challenge.md#why).\n\n## Why {{#why}}\n\nBecause.\n"
            ),
        );
    }
    put(folder, &format!("practices/{LINKED}.md"), "+++\ntitle = \"Zwydor practice\"\nvisibility = \"team\"\n+++\n");
    put(folder, &format!("practices/{FORMER}.md"), "+++\ntitle = \"xqvelmrenamed\"\nvisibility = \"team\"\n+++\n");
    // Says nothing of its own and lies in something hidden.
    for (room, slug, within) in [
        ("materials", "session", "session = \"xqvelm-session-team\""),
        ("materials", "practice", "practice = \"xqvelm-practice-team\""),
        ("challenges", "challenge", "session = \"xqvelm-session-team\""),
        ("boards", "board", "session = \"xqvelm-session-team\"\nvisibility = \"public\""),
        ("recommendations", "recommendation", "session = \"xqvelm-session-members\""),
    ] {
        put(
            folder,
            &format!("{room}/{MARK}-inherits-{slug}.md"),
            &format!(
                "+++\ntitle = \"{MARK}inheritstitle\"\nsummary = \"{MARK}inheritssummary\"\n{within}\n+++\n\n{MARK}inheritstext\n"
            ),
        );
    }
}

fn folders(root: &Path) -> Vec<PathBuf> {
    [HALF, DRAFT, TEAM, ROOM].map(|slug| root.join(slug)).into()
}

fn put(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
