//! Fields that are not what they must be.

use super::{Folder, SEMINAR, SESSION, each, files_refused, refused, take, taken, told};

const FILE: &str = "sessions/01-opening.md";

/// A session's file with these lines in its front matter; they begin on line 4.
fn session(lines: &str) -> String {
    format!("+++\ntitle = \"Opening\"\nkind = \"plenary\"\n{lines}\n+++\n")
}

/// Such files, each refused with these words, which begin with line and column.
async fn lines_refused(cases: &[(&str, &str)]) {
    let cases: Vec<_> = cases.iter().map(|(lines, words)| (session(lines), *words)).collect();
    files_refused(&cases.iter().map(|(text, words)| (FILE, &**text, *words)).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn an_unknown_field_is_refused_with_the_one_that_was_meant() {
    lines_refused(&[
        ("sumary = \"About\"", "4:1: sumary: there is no field `sumary` here | Did you mean `summary`?"),
        (
            "chatham-house = true",
            "4:1: chatham-house: there is no field `chatham-house` here | Did you mean `chatham_house`?",
        ),
        (
            "colour = \"red\"",
            "4:1: colour: there is no field `colour` here | Known are: chatham_house, contributors, countries, day, \
             ends, formerly, kind, language, objective, room, starts, summary, themes, title, visibility.",
        ),
        ("\"room \" = \"Blue\"", "4:1: room : there is no field `room ` here | Did you mean `room`?"),
    ])
    .await;
}

#[tokio::test]
async fn so_is_one_in_every_nested_table() {
    let seminar = SEMINAR.trim_end_matches("+++\n");
    let topic = "title = \"x\"\n[[topic]]\nslug = \"a\"\ntitle = \"A\"\n";
    files_refused(&[
        (
            "seminar.md",
            &format!("{seminar}[[sources]]\ntitle = \"x\"\nurl = \"https://a.org\"\ntitel = \"y\"\n+++\n"),
            "10:1: sources.titel: there is no field `titel` here | Did you mean `title`?",
        ),
        (
            "people.toml",
            "[[person]]\nslug = \"ana\"\nname = \"Ana\"\nroles = \"Head\"\n",
            "4:1: person.roles: there is no field `roles` here | Did you mean `role`?",
        ),
        (
            "organisations.toml",
            "[[organisation]]\nslug = \"arsis\"\nname = \"ARSIS\"\nwebsite = \"x\"\n",
            "4:1: organisation.website: there is no field `website` here | Known are: \
             abbreviation, about, country, formerly, language, name, slug, url, visibility.",
        ),
        (
            "comparison.toml",
            &format!("{topic}titel = \"B\"\n"),
            "5:1: topic.titel: there is no field `titel` here | Did you mean `title`?",
        ),
        (
            "comparison.toml",
            &format!(
                "{topic}[[topic.cell]]\ncountries = [\"AL\"]\ntext = \"x\"\nconfidence = \"stated\"\nsauce = \"x\"\n"
            ),
            "9:1: cell.sauce: there is no field `sauce` here | Did you mean `source`?",
        ),
        (
            "recommendations/tir-1.md",
            "+++\ntitle = \"x\"\n[[progress]]\ndate = 2017-03-14\nby = \"MD\"\ntext = \"x\"\ntexts = \"y\"\n+++\n",
            "7:1: progress.texts: there is no field `texts` here | Did you mean `text`?",
        ),
    ])
    .await;
}

#[tokio::test]
async fn so_is_one_of_a_glossary() {
    let term = "[[term]]\nslug = \"nrm\"\ndefinition = \"x\"\n";
    let terms = |lines: &str| Folder::named("glossary").with([("terms.toml", &*format!("{term}{lines}"))]);
    refused(&[
        (
            terms("definitions = \"y\"\n[term.forms]\nen = [\"NRM\"]\n"),
            &["terms.toml:4:1: term.definitions: there is no field `definitions` here | Did you mean `definition`?"],
        ),
        (
            terms("[term.forms]\nen = [\"NRM\"]\nde = [\"NRM\"]\n"),
            &["terms.toml:6:1: forms.de: there is no field `de` here | Known are: bs, en, hr, mk, ro, sq, sr."],
        ),
        (terms(""), &["terms.toml:1:1: term.forms: `[term.forms]` is needed and is missing"]),
        (
            terms("[term.forms]\nsq = [\"MKR\"]\n"),
            &["terms.toml:4:1: forms.en: a term needs its English form: every other language may follow"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_table_that_is_none_is_not_missing_too() {
    let term = "[[term]]\nslug = \"nrm\"\ndefinition = \"x\"\nforms = [\"NRM\"]\n";
    let folder = Folder::named("glossary").with([("terms.toml", term)]);
    refused(&[(folder, &["terms.toml:4:9: term.forms: this must be a table"])]).await;
}

#[tokio::test]
async fn a_field_stands_once() {
    lines_refused(&[
        ("title = \"Again\"", "4:1: title: this field stands here twice"),
        ("room = \"A\"\nroom = \"B\"", "5:1: room: this field stands here twice"),
    ])
    .await;
}

#[tokio::test]
async fn what_does_not_parse_hides_nothing_else_in_its_file() {
    let lines = "day = 2016-02-30\nroom = \"A\"\nroom = \"B\"\nobjective = yes\nrooom = \"C\"\nthemes = [\"No Slug\"]\n\
        [[contributors]]\nperson = \"ana\"\nperson = \"zini\"";
    each(async |test| {
        let problems = take(test, &[&Folder::seminar([(FILE, &*session(lines))])]).await.expect_err("it is none");
        let mut places: Vec<_> =
            problems.iter().map(|problem| (problem.at.as_ref().map(|at| at.line), problem.field.as_deref())).collect();
        places.sort_unstable();
        let expected = [
            (4, "day"),
            (6, "room"),
            (7, "objective"),
            (8, "rooom"),
            (9, "themes"),
            (10, "contributors.role"),
            (12, "person"),
        ];
        assert_eq!(places, expected.map(|(line, field)| (Some(line), Some(field))), "{:?}", told(&problems));
    })
    .await;
}

#[tokio::test]
async fn toml_that_is_none_is_refused_where_it_breaks_off() {
    each(async |test| {
        for (lines, column) in [
            ("room = Blue hall", 8),
            ("room = \"Blue hall", 18),
            ("room: \"Blue hall\"", 7),
            ("themes = [\"a\" \"b\"]", 15),
            ("[[contributors]\nperson = \"ana\"", 16),
            ("room = \"\\x\"", 11),
            // What follows is well formed and must not be taken for the mistake.
            ("room = \"Blue hall\nthemes = [\"a\"]\nobjective = \"x\"", 18),
        ] {
            let problems = take(test, &[&Folder::seminar([(FILE, &*session(lines))])]).await.expect_err("it is none");
            // The words are those of the parser; the place and the line are what helps.
            assert_eq!(problems.len(), 1, "{:?}", told(&problems));
            let at = problems[0].at.as_ref().expect("a place");
            assert_eq!((at.line, at.column), (4, column), "{lines}: {}", problems[0]);
            assert_eq!(Some(&*at.shown), lines.lines().next());
        }
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_field_says_what_it_wants() {
    let date = "this must be a date without quotes: 2016-12-06";
    let moment = "this must be a date and time without quotes: 2016-12-06T09:00:00";
    lines_refused(&[
        ("summary = 1", "4:11: summary: this must be text in quotes"),
        ("room = [\"Blue hall\"]", "4:8: room: this must be text in quotes"),
        ("[room]\nname = \"Blue hall\"", "4:1: room: this must be text in quotes"),
        ("themes = \"begging\"", "4:10: themes: this must be a list of texts: [\"…\", \"…\"]"),
        ("countries = [1]", "4:13: countries: this must be a list of texts: [\"…\", \"…\"]"),
        ("day = \"2016-12-06\"", &format!("4:7: day: {date}")),
        ("day = 09:00:00", &format!("4:7: day: {date}")),
        ("starts = 2016-12-06", &format!("4:10: starts: {moment}")),
        ("starts = 2016-12-06T09:00:00Z", &format!("4:10: starts: {moment}")),
        ("starts = \"9:00\"", &format!("4:10: starts: {moment}")),
        ("chatham_house = \"yes\"", "4:17: chatham_house: this must be true or false"),
        ("contributors = \"ana\"", "4:16: contributors: this must be a table: [[contributors]]"),
        ("[contributors]\nperson = \"ana\"", "4:1: contributors: this must be a table: [[contributors]]"),
    ])
    .await;
}

#[tokio::test]
async fn a_date_with_a_time_is_no_date() {
    let words = "4:7: day: this must be a date without quotes: 2016-12-06";
    lines_refused(&[("day = 2016-12-06T09:00:00", words), ("day = 2016-12-06T09:00:00Z", words)]).await;
}

#[tokio::test]
async fn words_that_are_chosen_from_a_list_are_on_it() {
    let visible = "is none of public, members, participants, early, team; did you mean `public`?";
    let country = "is not a country's code of two capital letters (ISO 3166-1)";
    let slug = "is not a slug: small letters a to z, digits and single hyphens";
    lines_refused(&[
        ("visibility = \"publik\"", &format!("4:14: visibility: `publik` {visible}")),
        ("language = \"de\"", "4:12: language: `de` is none of en, sq, bs, hr, sr, ro, mk"),
        ("countries = [\"AL\", \"Moldova\"]", &format!("4:13: countries: `Moldova` {country}")),
        ("countries = [\"al\"]", &format!("4:13: countries: `al` {country}")),
        ("countries = [\"AL\", \"AL\"]", "4:13: countries: `AL` stands here twice"),
        ("themes = [\"Forced begging\"]", &format!("4:10: themes: `Forced begging` {slug}")),
        ("formerly = \"../x\"", &format!("4:12: formerly: `../x` {slug}")),
        (
            "[[contributors]]\nperson = \"ana\"\nrole = \"boss\"",
            "6:8: contributors.role: `boss` is none of organiser, chair, speaker, moderator, facilitator, expert, author",
        ),
    ])
    .await;
    let kinds = "plenary, presentation, panel, group-work, break; did you mean `plenary`?";
    let text = SESSION.replace("plenary", "plenery");
    files_refused(&[(FILE, &text, &format!("3:8: kind: `plenery` is none of {kinds}"))]).await;
}

#[tokio::test]
async fn texts_are_neither_empty_nor_endless_nor_more_than_text() {
    let empty = "this is empty; leave the field out or fill it in";
    let control = "this holds a control character";
    let many = vec!["\"a\""; 201].join(", ");
    lines_refused(&[
        ("room = \"\"", &format!("4:8: room: {empty}")),
        ("summary = \" \\n\\t \"", &format!("4:11: summary: {empty}")),
        ("themes = [\"a\", \"\"]", &format!("4:10: themes: {empty}")),
        (&format!("room = \"{}\"", "a".repeat(301)), "4:8: room: this has 301 characters, and the most is 300"),
        (
            &format!("summary = \"{}\"", "ш".repeat(2001)),
            "4:11: summary: this has 2001 characters, and the most is 2000",
        ),
        (&format!("themes = [{many}]"), "4:10: themes: this lists 201, and the most is 200"),
        ("room = \"Blue\\nhall\"", "4:8: room: this must be one line"),
        ("room = \"Blue\\u0007hall\"", &format!("4:8: room: {control}")),
        ("room = \"Blue\\u0000hall\"", &format!("4:8: room: {control}")),
        ("summary = \"a\\rb\"", &format!("4:11: summary: {control}")),
        ("summary = \"\\u001b[31mred\"", &format!("4:11: summary: {control}")),
    ])
    .await;
}

#[tokio::test]
async fn addresses_are_of_the_web() {
    let odd =
        ["javascript:alert(1)", "//atina.org.rs", "atina.org.rs", "https://", "https:///x", "https://a b", "ftp://x"];
    let texts = odd.map(|url| format!("+++\ntitle = \"Link\"\nurl = \"{url}\"\n+++\n"));
    let words = "3:7: url: this must be an address that begins with https:// or http://";
    files_refused(&texts.each_ref().map(|text| ("materials/link.md", &**text, words))).await;
    let both = "+++\ntitle = \"x\"\nurl = \"https://a.org\"\nfile = \"files/x.txt\"\n+++\n";
    let words = "materials/x.md:3:7: url: a material is either a link or a file, not both";
    refused(&[(Folder::seminar([("materials/x.md", both), ("files/x.txt", "x")]), &[words])]).await;
}

#[tokio::test]
async fn days_and_times_are_possible_ones() {
    let no_day = "is no day of the seminar, which is held from 2016-12-06 to 2016-12-07";
    let skipped = "there is no 2017-03-26T02:30:00 on that day: the clocks are put forward";
    lines_refused(&[
        ("starts = 2017-03-26T02:30:00", &format!("4:10: starts: {skipped}")),
        ("ends = 2016-12-06T09:00:00", "4:8: ends: a session that ends must say when it starts: add `starts`"),
        ("starts = 2016-12-06T10:00:00\nends = 2016-12-06T09:00:00", "5:8: ends: the session ends before it starts"),
        ("starts = 2016-12-06T10:00:00\nday = 2016-12-06", "5:7: day: give either the day or the start, not both"),
        (
            "starts = 2016-12-07T22:00:00\nends = 2016-12-09T01:00:00",
            "5:8: ends: the session ends more than a day after it starts",
        ),
        ("day = 2016-12-08", &format!("4:7: day: 2016-12-08 {no_day}")),
        ("starts = 1999-12-06T10:00:00", &format!("4:10: starts: 1999-12-06 {no_day}")),
        // What is wrong with the start is told once.
        ("starts = 2017-03-26T02:30:00\nends = 2016-12-06T09:00:00", &format!("4:10: starts: {skipped}")),
    ])
    .await;
    files_refused(&[
        (
            "seminar.md",
            &SEMINAR.replace("12-07", "12-05"),
            "4:8: ends: the seminar ends on 2016-12-05, before it starts on 2016-12-06",
        ),
        (
            "seminar.md",
            &SEMINAR.replace("Tirane", "Tiranë"),
            "5:13: time_zone: `Europe/Tiranë` is not a time zone of the IANA database, such as Europe/Tirane",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_day_that_is_in_no_calendar_is_refused_under_its_field() {
    each(async |test| {
        for day in ["2016-02-30", "2015-02-29", "2016-13-01", "2016-00-01", "2016-04-31"] {
            let folder = Folder::seminar([(FILE, &*session(&format!("day = {day}")))]);
            let problems = take(test, &[&folder]).await.expect_err("no such day");
            assert_eq!(problems.len(), 1, "{:?}", told(&problems));
            assert_eq!(problems[0].at.as_ref().map(|at| at.line), Some(4), "{}", problems[0]);
            assert_eq!(problems[0].field.as_deref(), Some("day"), "{}", problems[0]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_that_is_not_closed_is_one_mistake_whatever_follows() {
    each(async |test| {
        for after in
            ["room = \"Blue\"\nday = 2016-12-06", "day = 2016-12-06\nroom = \"Blue\"", "chatham_house = true", ""]
        {
            let lines = format!("themes = [\"a\",\n\"b\"\n{after}");
            let problems = take(test, &[&Folder::seminar([(FILE, &*session(&lines))])]).await.expect_err("it is none");
            assert_eq!(problems.len(), 1, "{after}: {:?}", told(&problems));
        }
    })
    .await;
}

#[tokio::test]
async fn a_comment_behind_a_value_is_a_comment() {
    let folder = Folder::seminar([(FILE, &*session("day = 2016-12-06 # the first\nroom = \"Blue\" # hall"))]);
    each(async |test| assert_eq!(taken(test, &[&folder]).await.created, 2)).await;
}

#[tokio::test]
async fn what_is_needed_is_asked_for() {
    refused(&[(
        Folder::seminar([("seminar.md", "+++\nplace = \"Tirana\"\n+++\n")]),
        &[
            "seminar.md:1:1: title: `title` is needed and is missing",
            "seminar.md:1:1: starts: `starts` is needed and is missing",
            "seminar.md:1:1: ends: `ends` is needed and is missing",
            "seminar.md:1:1: time_zone: `time_zone` is needed and is missing",
        ],
    )])
    .await;
    files_refused(&[
        (FILE, "+++\ntitle = \"x\"\n+++\n", "1:1: kind: `kind` is needed and is missing"),
        (
            "people.toml",
            "[[person]]\nslug = \"ana\"\nname = \"Ana\"\n\n[[person]]\nslug = \"zini\"\n",
            "5:1: person.name: `name` is needed and is missing",
        ),
    ])
    .await;
}
