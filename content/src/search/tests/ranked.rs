//! What comes before what, on texts that a person can read.

use super::{AGAIN, Looking, page, page_of, seminar, session};
use crate::{
    gate::{Audience, Viewer, tests::marked::imported},
    practices,
    search::{Asked, Found, alike, search, suggest},
    store::trial::{TestStore, each, sqlite},
    texts::Reading,
};
use language::Locale;
use std::{fmt::Write as _, path::Path};

#[tokio::test]
async fn operators_do_what_they_say_and_what_is_none_is_words() {
    each(async |test| {
        let files = [
            ("practices/near.md", page("One", "countries = [\"AL\"]", "Child victims beg on the street.")),
            ("practices/far.md", page("Two", "countries = [\"BA\"]", "Victims, of whom one was a child.")),
            ("challenges/third.md", page("Three", "", "A street.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        for (query, expected) in [
            ("child victims", &["near", "far"][..]),
            ("\"child victims\"", &["near"]),
            ("„child victims“ ", &["near"]),
            ("\"victims child\" ", &["near", "far"]),
            ("victims -street", &["far"]),
            ("victims -\"child victims\"", &["far"]),
            ("victim country:ba", &["far"]),
            ("victim COUNTRY:BA", &["far"]),
            ("street kind:challenge", &["third"]),
            ("kind:challenge", &["third"]),
            ("-street", &["third", "near"]),
            ("\"", &[]),
            ("- -- \"\" :", &[]),
            ("kind: street", &["third", "near"]),
            ("kind:nonsense street", &["third", "near"]),
        ] {
            assert_eq!(looking.slugs(query).await, expected, "{query}");
        }
        // That nothing has a phrase is said.
        assert!(looking.find("\"victims child\" ").await.apart && !looking.find("\"child victims\" ").await.apart);
        assert!(!looking.find("\"elephants there\" ").await.apart && !looking.find("victims -street").await.apart);
    })
    .await;
}

#[tokio::test]
async fn as_typed_before_other_forms_before_what_was_added_before_what_was_meant() {
    each(async |test| {
        let term = "[[term]]\nslug = \"shelter\"\ndefinition = \"A place.\"\n[term.forms]\nen = [\"shelter\"]\nsq = [\"strehëz\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let files = [
            ("practices/a-meant.md", page("A", "", "Of a sheltar and more.")),
            ("practices/b-added.md", page("B", "language = \"sq\"", "Një strehëz e vogël.")),
            ("practices/c-form.md", page("C", "", "Of some shelters and more.")),
            ("practices/d-typed.md", page("D", "", "Of one shelter and more.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.slugs("kind:practice shelter").await, ["d-typed", "c-form", "b-added"]);
        let plain = looking.with(&[("q", "shelter"), ("kind", "practice"), ("plain", "shelter")]).await;
        assert_eq!(plain.total, 2);
        assert!(plain.added.iter().all(|added| !added.on), "it says what it leaves out: {:?}", plain.added);
        // What nothing has is found by what it was meant as, and that is said.
        let meant = looking.find("kind:practice sheltr").await;
        assert_eq!(meant.instead.as_deref(), Some("shelter"));
        assert_eq!(meant.total, 3);
        assert_eq!(looking.find("elephants").await.instead, None);
    })
    .await;
}

#[tokio::test]
async fn a_word_is_one_of_the_languages_that_have_it_and_of_the_readers_own() {
    each(async |test| {
        let term = "[[term]]\nslug = \"police\"\ndefinition = \"A force.\"\n[term.forms]\nen = [\"police\"]\nsq = [\"policia\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let files = [
            ("practices/force.md", page("Oficeri", "language = \"sq\"", "Oficeri i policisë, policia, policia.")),
            ("practices/hidden.md", page("Hidden", "visibility = \"members\"", "Policies of an office.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let widened = async |looking: &Looking<'_>, words: &str| looking.find(words).await.added.len();
        // As far as an anonymous reader may know, it is a form of what Albanian texts have.
        assert_eq!(looking.slugs("kind:practice policies ").await, ["force"]);
        assert_eq!(widened(&looking, "policies ").await, 1);
        let files = [
            ("practices/force.md", page("Oficeri", "language = \"sq\"", "Oficeri i policisë, policia, policia.")),
            ("practices/office.md", page("Offices", "", "There are many policies, of this and that.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        looking.until("office", 1, AGAIN).await;
        assert_eq!(looking.slugs("kind:practice policies ").await, ["office", "force"], "the word before a guess");
        assert_eq!(widened(&looking, "policies ").await, 0, "nobody means the police");
        let albanian = looking.reading(Locale::Albanian);
        assert_eq!(albanian.slugs("kind:practice policies ").await, ["force", "office"]);
        assert_eq!(widened(&albanian, "policies ").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_called_just_so_comes_first() {
    each(async |test| {
        let much = "Begging, begging children and forced begging, on begging and those who beg. ".repeat(4);
        let files = [
            ("practices/longer.md", page("Forced begging and begging", "", &much)),
            ("practices/whole.md", page("Begging", "", "Of something.")),
            ("practices/other.md", page("Training of trainers", "", "Of something else.")),
            ("practices/others.md", page("Trainers in training for the training of trainers", "", &much)),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.slugs("begging").await.first().map(String::as_str), Some("whole"));
        assert_eq!(looking.slugs("beg ").await.first().map(String::as_str), Some("whole"));
        assert_eq!(looking.slugs("training of trainers").await.first().map(String::as_str), Some("other"));
        assert_eq!(looking.slugs("forced begging").await.first().map(String::as_str), Some("longer"));
        // A title that begins with it is about it before one that only names it.
        let files = [
            ("practices/names.md", page("Action on begging by children", "", "Of something.")),
            ("practices/begins.md", page("Begging by children on the street", "", "Of something.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        looking.until("action", 1, AGAIN).await;
        assert_eq!(looking.slugs("begging").await, ["begins", "names"]);
        assert_eq!(looking.slugs("begging by children").await, ["begins", "names"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_called_so_is_suggested_before_what_only_says_it() {
    each(async |test| {
        let term = "[[term]]\nslug = \"guardian\"\ndefinition = \"Somebody.\"\n[term.forms]\nen = [\"guardian\"]\nsr = [\"старатељ\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let files = [
            ("practices/a-says.md", page("A", "", "A guardian for each child, guardian, guardian.")),
            ("practices/b-called.md", page("Pairs of guardians", "", "Of something else.")),
            ("practices/b-called.sq.md", page("Kujdestarë në çift", "status = \"human\"", "x")),
            ("practices/hidden.md", page("Guardian of the safehouse", "visibility = \"members\"", "x")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let offered = async |looking: &Looking<'_>, typed: &str| {
            let asked = Asked::of([("q", typed)]);
            let found = suggest(&test.store, &looking.index, &Viewer::anonymous(), looking.reading, &asked).await;
            found.expect("the index answers").into_iter().map(|suggestion| suggestion.address).collect::<Vec<_>>()
        };
        let guardians = offered(&looking, "guardian").await;
        assert_eq!(guardians.last().map(String::as_str), Some("/practices/a-says"), "{guardians:?}");
        assert_eq!(guardians.len(), 3, "{guardians:?}");
        assert_eq!(offered(&looking, "pairs gua").await, ["/practices/b-called"]);
        assert_eq!(offered(&looking, "pairs g").await, ["/practices/b-called"]);
        assert_eq!(offered(&looking, "staratelj").await, ["/glossary/guardian"]);
        assert_eq!(offered(&looking, "kujdest").await, ["/practices/b-called?text=sq"]);
        assert_eq!(offered(&looking.reading(Locale::Albanian), "kujdest").await, ["/practices/b-called"]);
        // All the words, or nothing; where nothing has them, what was meant.
        assert_eq!(offered(&looking, "guardian elephants ").await, [""; 0]);
        assert!(offered(&looking, "guarduan").await.contains(&"/practices/b-called".to_owned()));
        assert_eq!(offered(&looking, "safehouse").await, [""; 0]);
        assert_eq!(offered(&looking, "").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_says_much_of_the_same_is_like_it() {
    each(async |test| {
        let begging = "Children beg at the crossings, and outreach workers meet the begging children there.";
        let files = [
            ("practices/of.md", page("Outreach to children who beg", "themes = [\"begging\"]", begging)),
            ("practices/like.md", page("Crossings", "", "Outreach workers know the crossings where children beg.")),
            ("practices/like.sq.md", page("Kryqëzimet", "status = \"human\"", "Fëmijët lypin.")),
            ("challenges/hidden.md", page("Begging", "visibility = \"members\"", begging)),
            ("challenges/other.md", page("Budgets", "", "Money for shelters runs out each autumn.")),
            ("practices/one-word.md", page("Sailing", "", "Of boats, harbours and children.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let everyone = Viewer::anonymous();
        let members = Viewer::of([Audience::Members]);
        let like = async |looking: &Looking<'_>, viewer: &Viewer, slug: &str| {
            let page = practices::practice(&test.store, viewer, looking.reading, slug).await.expect("it answers");
            let of = page.expect("it is there").practice.listed;
            let found = alike(&test.store, &looking.index, viewer, looking.reading, &of, &[]).await;
            found.expect("the index answers").into_iter().map(|listed| listed.title.text).collect::<Vec<_>>()
        };
        assert_eq!(like(&looking, &everyone, "of").await, ["Crossings"]);
        assert_eq!(like(&looking, &members, "of").await, ["Begging", "Crossings"]);
        assert_eq!(like(&looking, &everyone, "of").await, ["Crossings"], "once more, from what is known");
        assert_eq!(like(&looking.reading(Locale::Albanian), &everyone, "of").await, ["Kryqëzimet"]);
        assert_eq!(like(&looking, &everyone, "like").await, ["Outreach to children who beg"]);
        assert_eq!(like(&looking, &everyone, "one-word").await, [""; 0]);
        // What its page shows anyway is left out, and what changed is as it is now.
        let page = practices::practice(&test.store, &everyone, looking.reading, "of").await.expect("it answers");
        let of = page.expect("it is there").practice.listed;
        let other = practices::practice(&test.store, &everyone, looking.reading, "like").await.expect("it answers");
        let shown = other.expect("it is there").practice.listed;
        let left = alike(&test.store, &looking.index, &everyone, looking.reading, &of, &[&shown]).await;
        assert!(left.expect("the index answers").is_empty());
        let [(kept, text), ..] = &files;
        seminar(test, "tirana-2016", "", &[(kept, text.clone())]).await;
        looking.until("crossings", 1, AGAIN).await;
        assert_eq!(like(&looking, &everyone, "of").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn facets_leave_out_their_own_choice_and_dates_put_in_order() {
    each(async |test| {
        let day = |day: &str| format!("day = {day}\ncountries = [\"AL\"]");
        let files = [
            ("sessions/01-first.md", session("First", &day("2016-12-06"), "Victims, victims.")),
            ("sessions/02-second.md", session("Second", &day("2016-12-07"), "Of victims there was much said here.")),
            ("practices/one.md", page("One", "countries = [\"BA\"]", "Victims.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let found = looking.with(&[("q", "victims"), ("country", "AL")]).await;
        let values = |found: &Found, name: &str| {
            found.facets.iter().find(|facet| facet.name == name).expect("it is offered").values.clone()
        };
        assert_eq!(values(&found, "country"), [("AL".to_owned(), 2), ("BA".to_owned(), 1)]);
        assert_eq!(values(&found, "kind"), [("session".to_owned(), 2)]);
        assert_eq!(values(&found, "year"), [("2016".to_owned(), 2)]);
        let both = looking.with(&[("q", "victims"), ("country", "AL"), ("country", "BA"), ("year", "2016")]).await;
        assert_eq!((both.total, values(&both, "kind").len()), (3, 2));
        let newest = looking.with(&[("q", "victims"), ("sort", "date")]).await;
        let first = newest.hits.first().map(page_of);
        assert_eq!(first, Some("/seminars/tirana-2016/sessions/second"));
        assert_eq!(looking.with(&[("q", "victims"), ("year", "1999")]).await.total, 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_led_to_a_word_they_may_not_see() {
    each(async |test| {
        let files = [
            ("practices/open.md", page("Open", "", "Nothing but a lamp.")),
            ("practices/closed.md", page("Closed", "visibility = \"members\"", "The safehouse of Zvezdara, fenerin.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        looking.until("lamp", 1, AGAIN).await;
        let asked = |words: &str| Asked::of([("q", words)]);
        let reading = Reading::in_locale(Locale::English);
        let member = Viewer::of([Audience::Members]);
        for (words, for_members) in
            [("safehouze", 1), ("Zvezdra", 1), ("fennerin", 1), ("safeh", 1), ("\"safehouse\"", 1)]
        {
            let found = looking.ask(&asked(words)).await;
            // What is not there and what must not be seen are lacking alike.
            let missed = vec![words.trim_matches('"').to_owned()];
            assert_eq!(found, Found { facets: found.facets.clone(), missed, ..Found::default() }, "{words}");
            assert!(found.facets.iter().all(|facet| facet.values.is_empty()), "{words}: {found:?}");
            let seen = search(&test.store, &looking.index, &member, reading, &asked(words)).await;
            assert_eq!(seen.expect("the index answers").total, for_members, "{words} for members");
        }
    })
    .await;
}

/// The bundled seminar and the glossary, in an index.
async fn tirana(test: &TestStore) -> Looking<'_> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [content.join("glossary"), content.join("seminars/tirana-2016")];
    let import = crate::folder::Import {
        folders: &folders,
        prune: false,
        dry_run: false,
        discard_edits: false,
        progress: &|_, _| (),
    };
    let done = crate::folder::import(&test.store, &Viewer::command_line(), &import).await.expect("it is imported");
    assert!(done.is_ok(), "{done:?}");
    Looking::into(test).await
}

/// What somebody reads who looks for these words, as a few lines.
fn told(query: &str, found: &Found) -> String {
    let mut told = format!("{query}: {} finds, {} with all the words\n", found.total, found.all);
    for added in &found.added {
        let forms: Vec<&str> = added.forms.iter().map(|(_, form)| form.as_str()).collect();
        let _ = writeln!(told, "  {} is also {}", added.typed, forms.join(", "));
    }
    for hit in found.hits.iter().take(5) {
        let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
        let _ = writeln!(told, "  {} | {title}", hit.kind);
    }
    told
}

#[tokio::test]
async fn the_tirana_seminar_is_ranked_as_a_person_would() {
    let test = sqlite().await;
    let looking = tirana(&test).await;
    let mut all = String::new();
    for (locale, query) in [
        (Locale::English, "who works with children on the street"),
        (Locale::English, "Swati"),
        (Locale::English, "THB"),
        (Locale::English, "traffiking"),
        (Locale::English, "begging"),
        (Locale::English, "policies"),
        (Locale::Albanian, "neni"),
        (Locale::Albanian, "lypja"),
        (Locale::Romanian, "cerșit"),
        (Locale::Bosnian, "prosjačenje"),
        (Locale::SerbianCyrillic, "просјачење деца"),
        (Locale::SerbianLatin, "radna eksploatacija"),
        (Locale::Croatian, "financiranje"),
        (Locale::Macedonian, "жртвите"),
    ] {
        all.push_str(&told(query, &looking.reading(locale).find(query).await));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/search/tests/tirana.txt");
    if std::env::var_os("PLENARY_SNAPSHOTS").is_some() {
        std::fs::write(&path, &all).expect("written");
    }
    let expected = std::fs::read_to_string(&path).expect("the snapshot");
    assert_eq!(all, expected, "if this is better, PLENARY_SNAPSHOTS=1 writes it anew");
}
