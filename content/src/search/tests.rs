//! Searching what has been imported, as a reader does.

mod broken;
mod meant;
mod odd;
mod ranked;
mod stale;

use super::{Asked, Found, Hit, Index, PAGE, Piece, search};
use crate::{
    gate::{
        Viewer,
        tests::{indexed, marked::imported},
    },
    store::trial::{TestStore, each},
    texts::Reading,
};
use language::{Language, Locale};
use std::time::{Duration, Instant};

/// Longer than anything takes on a machine that does much else; how fresh the index is, `make bench` says.
const AGAIN: Duration = Duration::from_secs(60);

/// A store and an index that follows it, until the value is gone.
struct Looking<'a> {
    test: &'a TestStore,
    index: Index,
    following: tokio::task::JoinHandle<()>,
    reading: Reading,
}

impl<'a> Looking<'a> {
    async fn into(test: &'a TestStore) -> Self {
        let (index, following) = indexed(test).await;
        Self { test, index, following, reading: Reading::in_locale(Locale::English) }
    }

    /// As somebody who reads in another language.
    fn reading(&self, locale: Locale) -> Looking<'a> {
        let following = tokio::spawn(async {});
        Looking { test: self.test, index: self.index.clone(), following, reading: Reading::in_locale(locale) }
    }

    async fn ask(&self, asked: &Asked) -> Found {
        let viewer = Viewer::anonymous();
        search(&self.test.store, &self.index, &viewer, self.reading, asked).await.expect("the index answers")
    }

    async fn with(&self, parameters: &[(&str, &str)]) -> Found {
        self.ask(&Asked::of(parameters.iter().copied())).await
    }

    async fn find(&self, words: &str) -> Found {
        self.with(&[("q", words)]).await
    }

    /// The pages of the things that have these words, the best first.
    async fn addresses(&self, words: &str) -> Vec<String> {
        self.find(words).await.hits.iter().map(|hit| page_of(hit).to_owned()).collect()
    }

    /// Their slugs alone.
    async fn slugs(&self, words: &str) -> Vec<String> {
        let last = |address: String| Some(address.split('?').next()?.rsplit('/').next()?.to_owned());
        self.addresses(words).await.into_iter().filter_map(last).collect()
    }

    /// Asks until so many things are found; the answers in between are answers too.
    async fn until(&self, words: &str, total: usize, within: Duration) -> Found {
        let since = Instant::now();
        loop {
            let found = self.find(words).await;
            if found.total == total {
                return found;
            }
            assert!(since.elapsed() < within, "{words}: {} of {total} after {:?}", found.total, since.elapsed());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        self.following.abort();
    }
}

/// Its page, wherever on it the hit stands.
fn page_of(hit: &Hit) -> &str {
    hit.address.split('#').next().unwrap_or_default()
}

/// A text with its hits in brackets.
fn shown(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

/// A Markdown file: its title, more fields, its text.
fn page(title: &str, lines: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{lines}\n+++\n\n{body}\n")
}

fn session(title: &str, lines: &str, body: &str) -> String {
    page(title, &format!("kind = \"panel\"\n{lines}"), body)
}

/// Imports a seminar that holds these files and nothing else.
async fn seminar(test: &TestStore, name: &str, lines: &str, files: &[(&str, String)]) {
    let dates = "starts = 2016-12-06\nends = 2016-12-07\ntime_zone = \"Europe/Tirane\"\nplace = \"x\"\n";
    let own = page("A seminar", &format!("{dates}{lines}"), "");
    let files = files.iter().map(|(file, text)| ((*file).to_owned(), text.clone()));
    imported(test, name, &files.chain([("seminar.md".to_owned(), own)]).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn what_is_imported_is_found_and_what_is_gone_is_not() {
    each(async |test| {
        let looking = Looking::into(test).await;
        assert_eq!(looking.find("lanterns").await.total, 0);
        seminar(test, "tirana-2016", "", &[("sessions/01-opening.md", session("Opening", "", "Paper lanterns."))])
            .await;
        let found = looking.until("lanterns", 1, AGAIN).await;
        assert_eq!(page_of(&found.hits[0]), "/seminars/tirana-2016/sessions/opening");
        assert_eq!(shown(&found.hits[0].passage), "Paper [lanterns].");

        seminar(test, "tirana-2016", "", &[("sessions/01-opening.md", session("Opening", "", "Paper candles."))]).await;
        looking.until("candles", 1, AGAIN).await;
        assert_eq!(looking.find("lanterns").await.total, 0);
        seminar(test, "tirana-2016", "", &[]).await;
        looking.until("candles", 0, AGAIN).await;
    })
    .await;
}

#[tokio::test]
async fn case_diacritics_and_script_make_no_difference() {
    each(async |test| {
        let files = [
            ("challenges/romanian.md", page("x", "language = \"ro\"", "Copii cerșetori și țigani.")),
            ("challenges/serbian.md", page("x", "language = \"sr\"", "Дечје просјачење и њихова породица.")),
            ("challenges/albanian.md", page("x", "language = \"sq\"", "Fëmijët në situatë rruge, çështje.")),
            ("challenges/macedonian.md", page("x", "language = \"mk\"", "Ќе учествува и ѓаконот.")),
            ("challenges/bosnian.md", page("x", "language = \"bs\"", "Prošnja i đaci.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        for (words, slug) in [
            ("cersetori", "romanian"),
            ("CERŞETORI", "romanian"),
            ("cerșetori", "romanian"),
            ("tigani", "romanian"),
            ("просјачење", "serbian"),
            ("prosjačenje", "serbian"),
            ("prosjacenje", "serbian"),
            ("njihova porodica", "serbian"),
            ("femijet", "albanian"),
            ("FËMIJËT çeshtje", "albanian"),
            ("прошња", "bosnian"),
            ("prosnja", "bosnian"),
        ] {
            let found = looking.find(words).await;
            let addresses: Vec<_> =
                found.hits.iter().map(|hit| hit.address.split('?').next().unwrap_or_default()).collect();
            assert_eq!(addresses, [format!("/challenges/{slug}")], "{words}");
        }
        // Serbian is shown in the reader's script.
        let hit = |found: Found| found.hits.into_iter().next().expect("a hit");
        let latin = hit(looking.reading(Locale::SerbianLatin).find("просјачење").await);
        assert_eq!(shown(&latin.passage), "Dečje [prosjačenje] i njihova porodica.");
        let cyrillic = hit(looking.reading(Locale::SerbianCyrillic).find("prosjacenje").await);
        assert_eq!(shown(&cyrillic.passage), "Дечје [просјачење] и њихова породица.");
        assert_eq!(hit(looking.find("prosjacenje").await).lang.as_deref(), Some("sr-Cyrl"));
    })
    .await;
}

#[tokio::test]
async fn a_title_weighs_more_than_a_heading_and_a_heading_more_than_the_text() {
    each(async |test| {
        let rest = "We spoke of this and that at some length, and then went home.";
        let files = [
            ("practices/a-text.md", page("Meeting", "", &format!("## Notes\n\nHandover. {rest}"))),
            ("practices/b-heading.md", page("Meeting", "", &format!("## Handover\n\nNotes. {rest}"))),
            ("practices/c-title.md", page("Handover", "", &format!("## Notes\n\nMeeting. {rest}"))),
            ("practices/d-often.md", page("Meeting", "", &format!("## Notes\n\n{}", "Handover, handover. ".repeat(4)))),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let addresses = Looking::into(test).await.addresses("handover").await;
        let at = |slug: &str| addresses.iter().position(|address| address.contains(slug)).expect("it is found");
        assert_eq!(addresses.len(), 4);
        assert_eq!(at("c-title"), 0, "{addresses:?}");
        assert!(at("b-heading") < at("a-text"), "{addresses:?}");
    })
    .await;
}

#[tokio::test]
async fn the_text_in_the_readers_language_is_shown_even_where_another_fits_better() {
    each(async |test| {
        let files = [
            ("practices/pairs.md", page("Guardians", "", "Swati spoke of many things at some length that day.")),
            ("practices/pairs.sq.md", page("Swati", "status = \"human\"", "Swati, Swati.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        for words in ["swati", "swat"] {
            let hit = looking.find(words).await.hits.remove(0);
            assert_eq!((page_of(&hit), &hit.lang), ("/practices/pairs", &None), "{words}");
        }
        let hit = looking.reading(Locale::Albanian).find("swati").await.hits.remove(0);
        assert_eq!((shown(&hit.title).as_str(), hit.lang), ("[Swati]", None));
    })
    .await;
}

#[tokio::test]
async fn a_term_found_by_its_name_in_one_language_says_what_it_means_in_another() {
    each(async |test| {
        let term = "[[term]]\nslug = \"begging\"\ndefinition = \"Asking for money.\"\n\
            [term.forms]\nen = [\"begging\"]\nro = [\"cerșetori\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let mut found = Looking::into(test).await.find("cersetori").await;
        let hit = found.hits.remove(0);
        assert_eq!((hit.lang.as_deref(), hit.passage_lang), (Some("ro"), None));
        assert_eq!(shown(&hit.passage), "Asking for money.");
        let added = found.added.remove(0);
        assert_eq!(added.forms, [("en".to_owned(), "begging".to_owned())]);
        assert_eq!((added.term.as_str(), added.typed.as_str(), added.on), ("begging", "cersetori", true));
    })
    .await;
}

#[tokio::test]
async fn the_last_word_may_be_the_beginning_of_one() {
    each(async |test| {
        let files = [("practices/pairs.md", page("Guardians", "", "Identification of children."))];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        for (words, total) in [
            ("ident", 1),
            ("children ident", 1),
            ("guard", 1),
            ("ident ", 0),
            ("identification ", 1),
            ("fication", 0),
            ("i", 0),
        ] {
            assert_eq!(looking.find(words).await.total, total, "{words:?}");
        }
        assert_eq!(shown(&looking.find("ident").await.hits[0].passage), "[Identification] of children.");
        // Where nothing has all the words, things that have some of them are better than nothing, and it is said.
        let some = looking.find("children elephants ").await;
        assert!(some.total == 1 && some.some_words);
        assert!(!looking.find("children ").await.some_words);
    })
    .await;
}

fn values<'a>(found: &'a Found, facet: &str) -> Vec<(&'a str, usize)> {
    let facet = found.facets.iter().find(|of| of.name == facet).expect("it is offered");
    facet.values.iter().map(|(value, count)| (value.as_str(), *count)).collect()
}

#[tokio::test]
async fn filters_narrow_and_each_counts_what_the_others_leave() {
    each(async |test| {
        let albanian = page("Hapja", "status = \"human\"", "Fjalë shelter.");
        let files = [
            ("sessions/01-one.md", session("One", "countries = [\"AL\", \"BA\"]\nthemes = [\"begging\"]", "shelter")),
            ("sessions/01-one.sq.md", albanian),
            ("sessions/02-two.md", session("Two", "countries = [\"BA\"]", "shelter")),
            (
                "practices/three.md",
                page("Three", "countries = [\"AL\"]\nthemes = [\"begging\", \"children\"]", "shelter"),
            ),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        seminar(test, "sarajevo-2017", "", &[("challenges/four.md", page("Four", "countries = [\"MD\"]", "shelter"))])
            .await;
        let looking = Looking::into(test).await;
        let all = looking.find("shelter").await;
        assert_eq!(all.total, 4);
        assert_eq!(values(&all, "kind"), [("session", 2), ("challenge", 1), ("practice", 1)]);
        assert_eq!(values(&all, "country"), [("AL", 2), ("BA", 2), ("MD", 1)]);
        assert_eq!(values(&all, "theme"), [("begging", 2), ("children", 1)]);
        // A thing counts once in each language in which it says so.
        assert_eq!(values(&all, "language"), [("en", 4), ("sq", 1)]);
        assert_eq!(values(&all, "seminar"), [("tirana-2016", 3), ("sarajevo-2017", 1)]);

        let sessions = looking.with(&[("q", "shelter"), ("kind", "session")]).await;
        assert_eq!(sessions.total, 2);
        assert!(sessions.hits.iter().all(|hit| hit.kind == "session"));
        assert_eq!(
            values(&sessions, "kind"),
            [("session", 2), ("challenge", 1), ("practice", 1)],
            "its own choice is left out"
        );
        assert_eq!(values(&sessions, "country"), [("BA", 2), ("AL", 1)]);
        assert_eq!(values(&sessions, "seminar"), [("tirana-2016", 2)]);

        let both = looking.with(&[
            ("q", "shelter"),
            ("kind", "session"),
            ("kind", "challenge"),
            ("country", "AL"),
            ("country", "MD"),
        ]);
        let both = both.await;
        assert_eq!(both.total, 2);
        assert_eq!(values(&both, "kind"), [("challenge", 1), ("practice", 1), ("session", 1)]);
        assert_eq!(values(&both, "country"), [("BA", 2), ("AL", 1), ("MD", 1)]);

        assert_eq!(looking.with(&[("q", "shelter"), ("language", "sq")]).await.total, 1);
        assert_eq!(looking.with(&[("q", "shelter"), ("seminar", "sarajevo-2017")]).await.total, 1);
        assert_eq!(looking.with(&[("q", "shelter"), ("kind", "nothing")]).await.total, 0);
        // Without words a filter lists what there is; without either there is nothing to list.
        assert_eq!(looking.with(&[("kind", "session")]).await.total, 2);
        assert_eq!(looking.with(&[]).await.total, 0);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    each(async |test| {
        let files: Vec<_> =
            (0..25).map(|at| (format!("sessions/{at:02}-s{at}.md"), session("x", "", "lantern"))).collect();
        let files: Vec<_> = files.iter().map(|(file, text)| (file.as_str(), text.clone())).collect();
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let mut all = Vec::new();
        for (page, hits) in [("1", PAGE), ("2", PAGE), ("3", 25 - 2 * PAGE), ("4", 0), ("1000", 0)] {
            let found = looking.with(&[("q", "lantern"), ("page", page)]).await;
            assert_eq!((found.total, found.hits.len()), (25, hits), "page {page}");
            all.extend(found.hits.into_iter().map(|hit| hit.address));
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 25);
    })
    .await;
}

async fn first(looking: &Looking<'_>, words: &str) -> Hit {
    looking.find(words).await.hits.into_iter().next().unwrap_or_else(|| panic!("{words} is found"))
}

#[tokio::test]
async fn a_hit_leads_to_its_place_on_the_page() {
    each(async |test| {
        let body =
            "Before all.\n\n## What was said {#said}\n\nThat lanterns help.\n\n### Next steps\n\nBuying candles.";
        let albanian = page("Hapja", "status = \"human\"", "Llambat.\n\n## Përfundime {#conclusions}\n\nQirinj.");
        let comparison = "title = \"x\"\n[[topic]]\nslug = \"lights\"\ntitle = \"Lights\"\n[[topic.cell]]\n\
            countries = [\"AL\"]\ntext = \"Torches\"\nconfidence = \"stated\"\n";
        let files = [
            ("sessions/01-opening.md", session("Opening", "summary = \"All of it.\"", body)),
            ("sessions/01-opening.sq.md", albanian),
            ("comparison.toml", comparison.to_owned()),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let opening = "/seminars/tirana-2016/sessions/opening";
        for (words, address) in [
            ("before", format!("{opening}#:~:text=Before%20all")),
            ("lanterns", format!("{opening}#said:~:text=That%20lanterns%20help")),
            // Two words may well stand elsewhere, too.
            ("candles", format!("{opening}#next-steps")),
            ("torches", "/seminars/tirana-2016/comparison#lights".to_owned()),
            // What stands in another language is read in that language.
            ("qirinj", format!("{opening}?text=sq#conclusions")),
            ("llambat", format!("{opening}?text=sq#:~:text=Llambat")),
        ] {
            assert_eq!(first(&looking, words).await.address, address, "{words}");
        }
        let albanian = looking.reading(Locale::Albanian);
        let conclusions = format!("{opening}#conclusions");
        assert_eq!(first(&albanian, "qirinj").await.address, conclusions);
        let said = format!("{opening}?text={}#said:~:text=That%20lanterns%20help", Language::English.code());
        assert_eq!(first(&albanian, "lanterns").await.address, said);
    })
    .await;
}

#[tokio::test]
async fn a_hit_is_led_to_in_the_script_in_which_it_is_read_and_a_quotation_is_marked() {
    each(async |test| {
        let quoted =
            "She said it to all of us in the room. Fëmijët që lypin në rrugë duhet të identifikohen. That was it.";
        let files = [
            ("challenges/serbian.md", page("x", "language = \"sr\"", "Дечје просјачење, и њихова — породица.")),
            ("challenges/quoted.md", page("Said", "", quoted)),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let latin = first(&looking.reading(Locale::SerbianLatin), "prosjacenje").await;
        assert_eq!(
            latin.address,
            "/challenges/serbian#:~:text=prosja%C4%8Denje%2C%20i%20njihova%20%E2%80%94%20porodica"
        );
        // Another form of a word, in a sentence of another language than the text's.
        let hit = first(&looking, "rrugës lypën ").await;
        assert!(shown(&hit.passage).contains("Fëmijët që [lypin] në [rrugë] duhet"), "{}", shown(&hit.passage));
        let hit = first(&looking, "identifik").await;
        assert!(shown(&hit.passage).contains("të [identifikohen]"), "{}", shown(&hit.passage));
    })
    .await;
}
