//! What is set can only narrow what is inherited, in every tree.

use super::{Reason, Viewer, Visibility, id_of, imported};
use crate::{
    gate::Audience,
    people,
    store::trial::{TestStore, each, sqlite},
    texts::Reading,
    things::{self, Kind, Look, Place, rows},
};
use language::Locale;
use proptest::{
    option,
    prelude::*,
    sample::select,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use std::collections::{BTreeMap, BTreeSet};

/// What each thing of a seminar sets.
#[derive(Clone, Debug)]
struct Tree {
    draft: bool,
    seminar: Option<Visibility>,
    sessions: Vec<(Option<Visibility>, bool)>,
    practice: Option<Visibility>,
    /// Each lies in a session (by number), in the practice, or in the seminar alone.
    materials: Vec<(Option<Visibility>, usize)>,
    person: Option<Visibility>,
    comparison: Option<Visibility>,
}

fn trees() -> impl Strategy<Value = Tree> {
    let own = || option::of(select(Visibility::ALL));
    let sessions = proptest::collection::vec((own(), any::<bool>()), 0..3);
    let materials = proptest::collection::vec((own(), 0usize..4), 0..5);
    (prop::bool::weighted(0.2), own(), sessions, own(), materials, own(), own()).prop_map(
        |(draft, seminar, sessions, practice, materials, person, comparison)| Tree {
            draft,
            seminar,
            sessions,
            practice,
            materials,
            person,
            comparison,
        },
    )
}

fn set(own: Option<Visibility>) -> String {
    own.map(|own| format!("visibility = \"{}\"\n", own.code())).unwrap_or_default()
}

impl Tree {
    fn files(&self) -> Vec<(String, String)> {
        let status = if self.draft { "status = \"draft\"\n" } else { "" };
        let dates = "starts = 2016-12-06\nends = 2016-12-07\ntime_zone = \"UTC\"\nplace = \"x\"\n";
        let seminar = format!("+++\ntitle = \"x\"\n{dates}{status}{}+++\n", set(self.seminar));
        let mut files = vec![("seminar.md".to_owned(), seminar)];
        for (at, (own, chatham)) in self.sessions.iter().enumerate() {
            let by = "[[contributors]]\nperson = \"ana\"\nrole = \"chair\"\n";
            let text =
                format!("+++\ntitle = \"x\"\nkind = \"panel\"\nchatham_house = {chatham}\n{}{by}+++\n", set(*own));
            files.push((format!("sessions/{at:02}-s{at}.md"), text));
        }
        files.push(("practices/p.md".to_owned(), format!("+++\ntitle = \"x\"\n{}+++\n", set(self.practice))));
        for (at, (own, home)) in self.materials.iter().enumerate() {
            let home = match home {
                3 => "practice = \"p\"\n".to_owned(),
                home if *home < self.sessions.len() => format!("session = \"s{home}\"\n"),
                _ => String::new(),
            };
            files.push((format!("materials/m{at}.md"), format!("+++\ntitle = \"x\"\n{home}{}+++\n", set(*own))));
        }
        files.push((
            "people.toml".to_owned(),
            format!("[[person]]\nslug = \"ana\"\nname = \"x\"\n{}", set(self.person)),
        ));
        files.push(("comparison.toml".to_owned(), format!("title = \"x\"\n{}", set(self.comparison))));
        files
    }

    /// Who may see each thing: the narrowest of all that is set from it up to the seminar.
    fn holds(&self) -> BTreeMap<(Kind, String), Visibility> {
        let narrowest = |set: &[Option<Visibility>]| set.iter().flatten().max().copied().unwrap_or(Visibility::Public);
        let seminar = if self.draft { Some(Visibility::Team) } else { self.seminar };
        let mut all = BTreeMap::new();
        let mut put = |kind, slug: &str, set: &[Option<Visibility>]| {
            all.insert((kind, slug.to_owned()), narrowest(set).max(narrowest(&[seminar])));
        };
        put(Kind::Seminar, "generated", &[]);
        put(Kind::Practice, "p", &[self.practice]);
        put(Kind::Person, "ana", &[self.person]);
        put(Kind::Comparison, "comparison", &[self.comparison]);
        for (at, (own, _)) in self.sessions.iter().enumerate() {
            put(Kind::Session, &format!("s{at}"), &[*own]);
        }
        for (at, (own, home)) in self.materials.iter().enumerate() {
            let above = match home {
                3 => self.practice,
                home => self.sessions.get(*home).and_then(|(own, _)| *own),
            };
            put(Kind::Material, &format!("m{at}"), &[*own, above]);
        }
        all
    }
}

fn key(place: Place) -> (Kind, String) {
    (place.kind, place.slug)
}

/// Each of five viewers sees the things that are at their level or wider, and those who contributed, likewise.
async fn holds(test: &TestStore, tree: &Tree) {
    imported(test, "generated", &tree.files()).await;
    let id = id_of(test, "generated").await;
    let audiences =
        [Audience::Public, Audience::Members, Audience::Participants(id), Audience::Early(id), Audience::Team(id)];
    let holds = tree.holds();
    for (at, &level) in Visibility::ALL.iter().enumerate() {
        let viewer = Viewer::of(audiences[..=at].iter().copied());
        let seen = things::places(&test.store, &viewer, 100, 0).await.expect("the store answers");
        let seen: BTreeSet<_> = seen.into_iter().map(|(place, _)| key(place)).collect();
        let expected: BTreeSet<_> = holds.iter().filter(|(_, of)| **of <= level).map(|(key, _)| key.clone()).collect();
        assert_eq!(seen, expected, "{level:?}");
        let page = people::person(&test.store, &viewer, Reading::in_locale(Locale::English), "ana").await;
        let page = page.expect("the store answers");
        assert_eq!(page.is_some(), holds[&(Kind::Person, "ana".to_owned())] <= level);
        if let Some(page) = page {
            let spoke: BTreeSet<_> = page.contributions.into_iter().map(|part| part.thing.place.slug).collect();
            let may = |at: usize, chatham: bool| {
                let session = holds[&(Kind::Session, format!("s{at}"))];
                session.max(if chatham { Visibility::Team } else { session }) <= level
            };
            let sessions = tree.sessions.iter().enumerate();
            let expected = sessions.filter(|(at, (_, chatham))| may(*at, *chatham)).map(|(at, _)| format!("s{at}"));
            assert_eq!(spoke, expected.collect(), "{level:?}");
        }
    }
}

#[test]
fn the_narrower_of_own_and_inherited_holds() {
    let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    // One store for all: each tree takes the place of the one before, which changes what holds for what stays.
    let test = runtime.block_on(sqlite());
    TestRunner::new(config)
        .run(&trees(), |tree| {
            runtime.block_on(holds(&test, &tree));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

#[tokio::test]
async fn so_it_does_on_every_database() {
    each(async |test| {
        let mut runner = TestRunner::deterministic();
        for _ in 0..4 {
            holds(test, &trees().new_tree(&mut runner).expect("a tree").current()).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_seminar_that_is_narrowed_narrows_everything_in_it_at_once() {
    each(async |test| {
        let open = Tree {
            draft: false,
            seminar: None,
            sessions: vec![(None, false), (Some(Visibility::Public), true)],
            practice: None,
            materials: vec![(None, 0), (None, 3), (Some(Visibility::Public), 1)],
            person: None,
            comparison: None,
        };
        holds(test, &open).await;
        for draft in [false, true] {
            holds(test, &Tree { draft, seminar: Some(Visibility::Team), ..open.clone() }).await;
            let seen = things::total(&test.store, &Viewer::anonymous()).await.expect("the store answers");
            assert_eq!(seen, 0);
        }
        let everything = Viewer::everything(Reason::Test);
        let all = rows(&test.store, &everything, &Look::default()).await.expect("the store answers");
        assert!(all.iter().all(|(_, row)| row.audience.ends_with("/team")));
        holds(test, &open).await;
    })
    .await;
}
