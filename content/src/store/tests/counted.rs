//! Which statements a question takes: as many with three rows as with one, and none that reads a table from end to end.

use super::{Viewer, imported, rows};
use crate::{
    accounts, challenges, comparisons,
    gate::tests::indexed,
    glossary, home, materials, organisations, people, practices, recommendations,
    search::{Asked, search},
    seminars, sessions,
    store::{
        Failure, Store,
        trial::{TestStore, each, sqlite},
    },
    texts::Reading,
    things::{self, Kind},
};
use jiff::Timestamp;
use language::Locale;
use std::{collections::BTreeMap, fmt::Debug, future::Future, sync::Mutex};
use tracing::{
    Event, Instrument, Metadata, Subscriber,
    field::{Field, Visit},
    info_span,
};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    registry::LookupSpan,
};

/// Collects the statements that sqlx reports, for each span in which they were asked: the threads on which SQLite works
/// enter the span of whoever asks.
struct Collector;

static COLLECTED: Mutex<BTreeMap<u64, Vec<String>>> = Mutex::new(BTreeMap::new());

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collector {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" || metadata.name() == "collected"
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut said = Said::default();
        event.record(&mut said);
        if let Some(span) = context.lookup_current() {
            // A statement is reported whole where its summary does not say all of it.
            let statement = if said.statement.trim().is_empty() { said.summary } else { said.statement };
            COLLECTED.lock().expect("nobody panics here").entry(span.id().into_u64()).or_default().push(statement);
        }
    }
}

/// What sqlx says of a statement.
#[derive(Default)]
struct Said {
    summary: String,
    statement: String,
}

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

fn collecting() {
    // Both tests of this file: the second finds it set.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Collector));
}

/// The statements that a question takes.
async fn statements<T>(question: impl Future<Output = Result<T, Failure>>) -> Vec<String> {
    let span = info_span!("collected");
    let id = span.id().expect("somebody collects").into_u64();
    question.instrument(span.clone()).await.expect("the store answers");
    COLLECTED.lock().expect("nobody panics here").remove(&id).unwrap_or_default()
}

/// So many of everything, and so many of everything below each.
async fn fill(test: &TestStore, many: usize) {
    for seminar in 0..many {
        imported(test, &format!("seminar-{seminar}"), &files(seminar, many)).await;
    }
    let see = (0..many).map(|term| format!("\"term-{term}\"")).collect::<Vec<_>>().join(", ");
    let term = |term| {
        format!("[[term]]\nslug = \"term-{term}\"\ndefinition = \"x\"\nsee = [{see}]\n[term.forms]\nen = [\"x\"]\n")
    };
    imported(test, "glossary", &[("terms.toml".to_owned(), (0..many).map(term).collect())]).await;
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

/// Every question with the statements it took.
async fn asked(test: &TestStore) -> Vec<(&'static str, Vec<String>)> {
    let store: &Store = &test.store;
    let (viewer, reading) = (Viewer::anonymous(), Reading::in_locale(Locale::English));
    let viewer = &viewer;
    let contents = seminars::contents(store, viewer, reading, "seminar-0").await.expect("the store answers");
    let contents = contents.expect("it is public");
    let (index, following) = indexed(test).await;
    let asked = vec![
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
        ("accounts::sign_in_data", statements(accounts::sign_in_data(store, "key", Timestamp::now())).await),
        ("search", statements(search(store, &index, viewer, reading, &Asked::of([("q", "page")]))).await),
    ];
    following.abort();
    asked
}

#[tokio::test]
async fn a_question_about_three_takes_no_more_statements_than_about_one() {
    collecting();
    each(async |one| {
        fill(one, 1).await;
        each(async |three| {
            fill(three, 3).await;
            // The first time, connections are opened, which takes statements too.
            let _ = (asked(one).await, asked(three).await);
            let (one, three) = (asked(one).await, asked(three).await);
            let counts = one.iter().zip(&three).map(|((name, one), (_, three))| (name, one.len(), three.len()));
            let counts: Vec<_> = counts.collect();
            assert!(counts.iter().all(|(_, one, _)| *one > 0), "they are collected: {counts:?}");
            let more: Vec<_> = counts.into_iter().filter(|(_, one, three)| one != three).collect();
            assert!(more.is_empty(), "with one and with three: {more:?}");
        })
        .await;
    })
    .await;
}

/// What may be read from its end, in order, as far as a page goes.
const IN_ORDER: &str = "seminar USING COVERING INDEX seminar_latest";
/// Questions that read a table from end to end: the site map lists everything.
const WHOLE: [&str; 1] = ["things::places"];

#[tokio::test]
async fn no_question_reads_a_table_from_end_to_end() {
    collecting();
    let test = sqlite().await;
    fill(&test, 3).await;
    let tables = rows(test.store.read(), "SELECT name FROM sqlite_master WHERE type = 'table'", "").await;
    let tables: Vec<String> = tables.iter().map(|row| row.try_get_by_index(0).expect("a name")).collect();
    let mut read = Vec::new();
    for (name, statements) in asked(&test).await {
        for statement in statements.iter().filter(|statement| !statement.trim().starts_with("PRAGMA")) {
            let explained = format!("EXPLAIN QUERY PLAN {statement}");
            for step in rows(test.store.read(), &explained, "").await {
                let step: String = step.try_get_by_index(3).expect("a text");
                let Some(whole) = step.strip_prefix("SCAN ").filter(|step| *step != IN_ORDER) else { continue };
                let table = whole.split(' ').next().unwrap_or_default();
                if tables.iter().any(|known| known == table) && !WHOLE.contains(&name) {
                    read.push(format!("{name}: {step}"));
                }
            }
        }
    }
    assert_eq!(read, [""; 0]);
}
