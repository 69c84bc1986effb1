//! Every question there is, asked as somebody.

use super::{Markers, Reader};
use crate::{
    boards, challenges, comparisons,
    gate::{Reason, Viewer},
    glossary, home, materials, organisations, people, practices, recommendations,
    search::{Asked, Found, Index, search},
    seminars, sessions,
    store::trial::TestStore,
    texts::Reading,
    things::{self, Kind, Place},
};
use language::Locale;
use std::{collections::BTreeMap, fmt::Debug};

const MOST: u64 = 10_000;

/// Everything that a viewer is told, in two languages.
pub(super) async fn answers(test: &TestStore, viewer: &Viewer) -> String {
    let mut told = String::new();
    for locale in [Locale::English, Locale::Albanian] {
        let asking = Asking::as_viewer(test, viewer, locale).await;
        told.push_str(&asking.lists().await);
        for place in places_of(test, &Viewer::everything(Reason::Test)).await {
            told.push_str(&asking.page(&place).await);
        }
        told.push_str(&asking.attachments().await);
    }
    told
}

struct Asking<'a> {
    test: &'a TestStore,
    viewer: &'a Viewer,
    reading: Reading,
    /// Where this viewer finds something.
    places: Vec<Place>,
}

async fn places_of(test: &TestStore, viewer: &Viewer) -> Vec<Place> {
    let places = things::places(&test.store, viewer, MOST, 0).await.expect("the store answers");
    places.into_iter().map(|(place, _)| place).collect()
}

fn shown(answer: Result<impl Debug, crate::store::Failure>) -> String {
    format!("{:?}\n", answer.expect("the store answers"))
}

impl<'a> Asking<'a> {
    async fn as_viewer(test: &'a TestStore, viewer: &'a Viewer, locale: Locale) -> Self {
        Self { test, viewer, reading: Reading::in_locale(locale), places: places_of(test, viewer).await }
    }

    /// What is asked without naming anything. The counts are those of what is there to be seen.
    async fn lists(&self) -> String {
        let (store, viewer, reading) = (&self.test.store, self.viewer, self.reading);
        let places = &self.places;
        let of = |kind| places.iter().filter(|place| place.kind == kind).count() as u64;
        let seminars = seminars::list(store, viewer, reading, MOST, 0).await.expect("the store answers");
        let people = people::list(store, viewer, reading, MOST, 0).await.expect("the store answers");
        let practices = practices::list(store, viewer, reading, MOST, 0).await.expect("the store answers");
        let challenges = challenges::list(store, viewer, reading, MOST, 0).await.expect("the store answers");
        let recommendations = recommendations::list(store, viewer, reading, MOST, 0).await.expect("the store answers");
        let counts = [
            (Kind::Seminar, seminars.len(), things::count(store, viewer, Kind::Seminar, None).await),
            (Kind::Person, people.len(), things::count(store, viewer, Kind::Person, None).await),
            (Kind::Practice, practices.len(), things::count(store, viewer, Kind::Practice, None).await),
            (Kind::Challenge, challenges.len(), things::count(store, viewer, Kind::Challenge, None).await),
            (
                Kind::Recommendation,
                recommendations.len(),
                things::count(store, viewer, Kind::Recommendation, None).await,
            ),
        ];
        for (kind, listed, count) in counts {
            assert_eq!((listed as u64, count.expect("the store answers")), (of(kind), of(kind)), "{kind:?}");
        }
        assert_eq!(things::total(store, viewer).await.expect("the store answers"), places.len() as u64);
        let latest = things::latest(store, viewer, reading, Kind::ALL, MOST).await.expect("the store answers");
        assert_eq!(latest.len(), places.len());
        let terms = glossary::list(store, viewer, reading).await.expect("the store answers");
        let home = home::home(store, viewer, reading).await.expect("the store answers");
        assert_eq!(home.latest.is_some(), !seminars.is_empty());
        format!(
            "{seminars:?}{people:?}{practices:?}{challenges:?}{recommendations:?}{places:?}{latest:?}{terms:?}{home:?}"
        )
    }

    /// The page of a thing: there for whoever finds its place among the others, and for nobody else.
    async fn page(&self, place: &Place) -> String {
        let (store, viewer, reading) = (&self.test.store, self.viewer, self.reading);
        let slug = place.slug.as_str();
        let seminar = place.seminar.as_deref().unwrap_or_default();
        let page = match place.kind {
            Kind::Seminar => self.seminar(slug).await,
            Kind::Session => shown(sessions::session(store, viewer, reading, seminar, slug).await),
            Kind::Material => shown(materials::material(store, viewer, reading, seminar, slug).await),
            Kind::Practice => shown(practices::practice(store, viewer, reading, slug).await),
            Kind::Challenge => shown(challenges::challenge(store, viewer, reading, slug).await),
            Kind::Recommendation => shown(recommendations::recommendation(store, viewer, reading, slug).await),
            Kind::Board => shown(boards::board(store, viewer, reading, seminar, slug).await),
            Kind::Comparison => shown(comparisons::comparison(store, viewer, reading, seminar).await),
            Kind::Person => shown(people::person(store, viewer, reading, slug).await),
            Kind::Organisation => shown(organisations::organisation(store, viewer, reading, slug).await),
            Kind::Term => shown(glossary::term(store, viewer, reading, slug).await),
        };
        let seen = self.places.contains(place);
        assert_eq!(page != "None\n", seen, "{place:?}: {page}");
        page
    }

    /// A seminar's page, and what is asked about what lies in it.
    async fn seminar(&self, slug: &str) -> String {
        let (store, viewer, reading) = (&self.test.store, self.viewer, self.reading);
        let page = seminars::seminar(store, viewer, reading, slug).await.expect("the store answers");
        let Some(contents) = seminars::contents(store, viewer, reading, slug).await.expect("the store answers") else {
            assert!(page.is_none());
            return "None\n".to_owned();
        };
        let mut told = format!("{page:?}");
        told.push_str(&shown(sessions::programme(store, &contents).await));
        told.push_str(&shown(materials::materials(store, &contents.things).await));
        told.push_str(&shown(recommendations::of_seminar(store, viewer, reading, &contents).await));
        told.push_str(&shown(people::of_seminar(store, viewer, reading, slug).await));
        told
    }

    /// All files, by their keys: bytes for whoever sees the material, and for nobody else.
    async fn attachments(&self) -> String {
        let (store, viewer, reading) = (&self.test.store, self.viewer, self.reading);
        let everything = Viewer::everything(Reason::Test);
        let mut told = String::new();
        for seminar in seminars::list(store, &everything, reading, MOST, 0).await.expect("the store answers") {
            let slug = &seminar.listed.place.slug;
            let contents = seminars::contents(store, &everything, reading, slug).await.expect("the store answers");
            let listed = contents.expect("it is there").things;
            for material in materials::materials(store, &listed).await.expect("the store answers") {
                let materials::Form::File(file) = material.form else { continue };
                let opened = materials::attachment(store, viewer, &file.key).await.expect("the store answers");
                let seen = self.places.contains(&material.listed.place);
                assert_eq!(opened.is_some(), seen);
                told.push_str(&format!("{opened:?}"));
            }
        }
        told
    }
}

/// Asks for everything that has a slug under one that nothing has.
pub(super) async fn nothing(test: &TestStore, slug: &str) {
    let viewer = Viewer::anonymous();
    let asking = Asking::as_viewer(test, &viewer, Locale::English).await;
    let open = asking.places.iter().find(|place| place.kind == Kind::Seminar).expect("there is one for everybody");
    for &kind in Kind::ALL {
        for seminar in [slug, &open.slug] {
            if kind == Kind::Comparison && seminar == open.slug {
                continue;
            }
            let seminar = kind.is_local().then(|| seminar.to_owned());
            asking.page(&Place { kind, slug: slug.to_owned(), seminar: seminar.clone() }).await;
            let former = things::former(&test.store, &viewer, kind, seminar.as_deref(), slug).await;
            assert_eq!(former.expect("the store answers"), None);
        }
    }
    assert!(materials::attachment(&test.store, &viewer, slug).await.expect("the store answers").is_none());
}

pub(super) async fn found(test: &TestStore, index: &Index, viewer: &Viewer, parameters: &[(&str, &str)]) -> Found {
    let asked = Asked::of(parameters.iter().copied());
    let reading = Reading::in_locale(Locale::English);
    search(&test.store, index, viewer, reading, &asked).await.expect("the index answers")
}

/// Searches as somebody: for every word there is, and for a word that stands everywhere.
pub(super) async fn findings(test: &TestStore, index: &Index, somebody: &Reader, markers: &Markers) {
    let viewer = &somebody.viewer;
    let (may, may_not): (Vec<_>, Vec<_>) = markers.0.iter().partition(|marker| somebody.may_read(marker));
    // Things that have any of the words are found where none has all of them.
    for markers in may_not.chunks(20) {
        let words = markers.iter().map(|marker| marker.word.as_str()).collect::<Vec<_>>().join(" ");
        let found = found(test, index, viewer, &[("q", &words)]).await;
        assert!(
            found.total == 0 && found.hits.is_empty(),
            "{} looks for {markers:?} and finds {found:?}",
            somebody.name
        );
        assert!(found.facets.iter().all(|facet| facet.values.is_empty()), "{}: {found:?}", somebody.name);
    }
    for marker in may.into_iter().filter(|marker| WORDS.contains(&marker.place)) {
        let found = found(test, index, viewer, &[("q", &marker.word)]).await;
        assert!(found.total > 0, "{} does not find {marker:?}", somebody.name);
        let told = format!("{found:?}");
        let leaked: Vec<_> = markers.found(&told).into_iter().filter(|other| !somebody.may_read(other)).collect();
        assert!(leaked.is_empty(), "{} looks for {marker:?} and reads {leaked:#?}", somebody.name);
    }
    let everywhere = found(test, index, viewer, &[("q", "everywhere")]).await;
    let asking = Asking::as_viewer(test, viewer, Locale::English).await;
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for place in asking.places.iter().filter(|place| place.slug != "links") {
        *kinds.entry(place.kind.code().to_owned()).or_default() += 1;
    }
    assert_eq!(everywhere.total, kinds.values().sum::<usize>(), "{}", somebody.name);
    let facet = everywhere.facets.iter().find(|facet| facet.name == "kind").expect("it is offered");
    assert_eq!(facet.values.iter().cloned().collect::<BTreeMap<_, _>>(), kinds, "{}", somebody.name);
}

/// Places of markers that are found by their word.
const WORDS: [&str; 12] = [
    "a seminar's own words",
    "an objective",
    "an organiser",
    "a session",
    "a practice",
    "a heading",
    "a text",
    "a title",
    "a cell",
    "a topic",
    "a person's name",
    "what was done",
];
