//! How many statements a question takes: as many with three rows as with one.

use super::{Viewer, imported};
use crate::{
    challenges, comparisons,
    gate::tests::indexed,
    glossary, home, materials, organisations, people, practices, recommendations,
    search::{Asked, search},
    seminars, sessions,
    store::{
        Failure, Store,
        trial::{TestStore, sqlite},
    },
    texts::Reading,
    things::{self, Kind},
};
use language::Locale;
use std::{collections::BTreeMap, future::Future, sync::Mutex};
use tracing::{Event, Instrument, Metadata, Subscriber, info_span};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    registry::LookupSpan,
};

/// Counts the statements that sqlx reports, for each span in which they were asked: the threads on which SQLite works
/// enter the span of whoever asks.
struct Counter;

static COUNTS: Mutex<BTreeMap<u64, usize>> = Mutex::new(BTreeMap::new());

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Counter {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" || metadata.name() == "counted"
    }

    fn on_event(&self, _: &Event<'_>, context: Context<'_, S>) {
        if let Some(span) = context.lookup_current() {
            *COUNTS.lock().expect("nobody panics here").entry(span.id().into_u64()).or_default() += 1;
        }
    }
}

/// How many statements a question takes.
async fn statements<T>(question: impl Future<Output = Result<T, Failure>>) -> usize {
    let span = info_span!("counted");
    let id = span.id().expect("somebody counts").into_u64();
    question.instrument(span.clone()).await.expect("the store answers");
    COUNTS.lock().expect("nobody panics here").remove(&id).unwrap_or_default()
}

/// A store with so many of everything, and so many of everything below each.
async fn filled(many: usize) -> TestStore {
    let test = sqlite().await;
    for seminar in 0..many {
        imported(&test, &format!("seminar-{seminar}"), &files(seminar, many)).await;
    }
    let see = (0..many).map(|term| format!("\"term-{term}\"")).collect::<Vec<_>>().join(", ");
    let term = |term| {
        format!("[[term]]\nslug = \"term-{term}\"\ndefinition = \"x\"\nsee = [{see}]\n[term.forms]\nen = [\"x\"]\n")
    };
    imported(&test, "glossary", &[("terms.toml".to_owned(), (0..many).map(term).collect())]).await;
    test
}

fn files(seminar: usize, many: usize) -> Vec<(String, String)> {
    let each = |what: &dyn Fn(usize) -> String| (0..many).map(what).collect::<String>();
    let by = each(&|who| format!("[[contributors]]\nperson = \"person-{seminar}-{who}\"\nrole = \"author\"\n"));
    let answers = each(&|what| format!("\"challenge-{seminar}-{what}\", "));
    let progress =
        each(&|what| format!("[[progress]]\ndate = 2017-01-01\nby = \"org-{seminar}-{what}\"\ntext = \"x\"\n"));
    let page = |lines: &str| {
        format!("+++\ntitle = \"A page\"\n{lines}+++\n\n{}", each(&|at| format!("[x](/glossary/term-{at})\n")))
    };
    let dates = "starts = 2016-12-06\nends = 2016-12-07\ntime_zone = \"UTC\"\nplace = \"x\"\n";
    let cells = each(&|at| {
        format!("[[topic.cell]]\ncountries = [\"A{}\"]\ntext = \"x\"\nconfidence = \"stated\"\n", ["A", "B", "C"][at])
    });
    let topics = each(&|at| format!("[[topic]]\nslug = \"t-{at}\"\ntitle = \"x\"\n{cells}"));
    let mut files = vec![
        ("seminar.md".to_owned(), page(&format!("{dates}{by}"))),
        ("comparison.toml".to_owned(), format!("title = \"x\"\n{topics}")),
        (
            "organisations.toml".to_owned(),
            each(&|at| format!("[[organisation]]\nslug = \"org-{seminar}-{at}\"\nname = \"x\"\n")),
        ),
        (
            "people.toml".to_owned(),
            // All of them work for one.
            each(&|at| {
                format!(
                    "[[person]]\nslug = \"person-{seminar}-{at}\"\nname = \"x\"\norganisation = \"org-{seminar}-0\"\n"
                )
            }),
        ),
    ];
    for at in 0..many {
        files.extend([
            (format!("sessions/{at:02}-session-{at}.md"), page(&format!("kind = \"panel\"\n{by}"))),
            (format!("challenges/challenge-{seminar}-{at}.md"), page("session = \"session-0\"\n")),
            (format!("practices/practice-{seminar}-{at}.md"), page(&format!("answers = [{answers}]\n{by}"))),
            (
                format!("recommendations/rec-{seminar}-{at}.md"),
                page(&format!("answers = [{answers}]\nsession = \"session-0\"\n{progress}")),
            ),
            (format!("materials/page-{at}.md"), page("session = \"session-0\"\n")),
            (
                format!("materials/link-{at}.md"),
                page(&format!("practice = \"practice-{seminar}-0\"\nurl = \"https://a.org\"\n")),
            ),
            (format!("materials/file-{at}.md"), page(&format!("file = \"files/{at}.txt\"\n"))),
            (format!("files/{at}.txt"), "x".to_owned()),
        ]);
    }
    files
}

/// Every question with how many statements it took.
async fn counts(test: &TestStore) -> Vec<(&'static str, usize)> {
    let store: &Store = &test.store;
    let (viewer, reading) = (Viewer::anonymous(), Reading::in_locale(Locale::English));
    let viewer = &viewer;
    let contents = seminars::contents(store, viewer, reading, "seminar-0").await.expect("the store answers");
    let contents = contents.expect("it is public");
    let asked = |words: &'static str| Asked::of([("q", words)]);
    let (index, following) = indexed(test).await;
    let counts = vec![
        ("home::home", statements(home::home(store, viewer, reading)).await),
        ("seminars::list", statements(seminars::list(store, viewer, reading, 50, 0)).await),
        ("seminars::contents", statements(seminars::contents(store, viewer, reading, "seminar-0")).await),
        ("seminars::seminar", statements(seminars::seminar(store, viewer, reading, "seminar-0")).await),
        ("sessions::programme", statements(sessions::programme(store, &contents)).await),
        ("sessions::session", statements(sessions::session(store, viewer, reading, "seminar-0", "session-0")).await),
        ("people::of_seminar", statements(people::of_seminar(store, viewer, reading, "seminar-0")).await),
        ("people::list", statements(people::list(store, viewer, reading, 50, 0)).await),
        ("people::person", statements(people::person(store, viewer, reading, "person-0-0")).await),
        (
            "organisations::organisation",
            statements(organisations::organisation(store, viewer, reading, "org-0-0")).await,
        ),
        ("materials::materials", statements(materials::materials(store, &contents.things)).await),
        ("materials::material", statements(materials::material(store, viewer, reading, "seminar-0", "file-0")).await),
        ("practices::list", statements(practices::list(store, viewer, reading, 50, 0)).await),
        ("practices::practice", statements(practices::practice(store, viewer, reading, "practice-0-0")).await),
        ("challenges::list", statements(challenges::list(store, viewer, reading, 50, 0)).await),
        ("challenges::challenge", statements(challenges::challenge(store, viewer, reading, "challenge-0-0")).await),
        ("recommendations::list", statements(recommendations::list(store, viewer, reading, 50, 0)).await),
        (
            "recommendations::of_seminar",
            statements(recommendations::of_seminar(store, viewer, reading, &contents)).await,
        ),
        (
            "recommendations::recommendation",
            statements(recommendations::recommendation(store, viewer, reading, "rec-0-0")).await,
        ),
        ("comparisons::comparison", statements(comparisons::comparison(store, viewer, reading, "seminar-0")).await),
        ("glossary::list", statements(glossary::list(store, viewer, reading)).await),
        ("glossary::term", statements(glossary::term(store, viewer, reading, "term-0")).await),
        ("things::latest", statements(things::latest(store, viewer, reading, Kind::ALL, 50)).await),
        ("things::places", statements(things::places(store, viewer, 50, 0)).await),
        ("search", statements(search(store, &index, viewer, reading, &asked("page"))).await),
    ];
    following.abort();
    counts
}

#[tokio::test]
async fn a_question_about_three_takes_no_more_statements_than_about_one() {
    let counting = tracing_subscriber::registry().with(Counter);
    tracing::subscriber::set_global_default(counting).expect("nobody else listens");
    let (one, three) = (filled(1).await, filled(3).await);
    // The first time, connections are opened, which takes statements too.
    let _ = (counts(&one).await, counts(&three).await);
    let (one, three) = (counts(&one).await, counts(&three).await);
    assert!(one.iter().all(|(_, count)| *count > 0), "they are counted: {one:?}");
    let more: BTreeMap<_, _> = one
        .iter()
        .zip(&three)
        .filter(|(one, three)| one != three)
        .map(|((name, one), (_, three))| (name, (one, three)))
        .collect();
    assert!(more.is_empty(), "with one and with three: {more:?}");
}
