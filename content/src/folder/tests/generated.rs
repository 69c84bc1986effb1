//! Seminars that nobody wrote: whatever the format can say.

use super::{
    Folder,
    details::{Times, material_details, recommendation_details, seminar_details, session_details, timed, topics},
    words::{address, body, countries, country, date, line, one_of, sentences, slug},
};
use crate::{
    boards, challenges, comparisons,
    folder::{
        write,
        written::{Contributor, Details, Related, Ring, Spot, Written, WrittenText},
    },
    gate::Visibility,
    materials, organisations, people, practices, recommendations,
    sessions::{self, file::When},
    texts::Status,
    things::Kind,
};
use jiff::tz::TimeZone;
use language::Language;
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select, subsequence},
};

/// A seminar, and the bytes of its attachments.
#[derive(Clone, Debug)]
pub(super) struct Generated {
    pub(super) things: Vec<Written>,
    files: Vec<(String, Vec<u8>)>,
}

impl Generated {
    /// As a folder of the seminar's name, written by the crate's own writer.
    pub(super) fn folder(&self) -> Folder {
        let folder = Folder::named("generated");
        for (file, text) in write::files(&self.things) {
            folder.put(file, text);
        }
        for (name, bytes) in &self.files {
            folder.put(format!("files/{name}"), bytes);
        }
        folder
    }
}

/// What is said in one language: title, summary, objectives, body.
type Said = (String, String, Vec<String>, String);

fn said() -> impl Strategy<Value = Said> {
    (line(), prop_oneof![Just(String::new()), sentences()], vec(sentences(), 0..3), body())
}

/// A thing with what all kinds share, and nothing of its own yet.
fn shared(kind: Kind) -> impl Strategy<Value = Written> {
    let translations = subsequence(Language::ALL.to_vec(), 0..=3).prop_flat_map(|languages| {
        let from = option::weighted(0.2, Just("0123456789abcdef".to_owned()));
        let texts = vec((said(), select(vec![Status::Machine, Status::Human]), from), languages.len());
        (Just(languages), texts)
    });
    let visibility = option::of(one_of(Visibility::ALL));
    let themes = subsequence(vec!["begging", "children", "street-1"], 0..=3);
    (slug(), one_of(&Language::ALL), said(), translations, visibility, countries(), themes).prop_map(
        move |(slug, language, original, (languages, translated), visibility, countries, themes)| {
            let objectives = match kind {
                Kind::Seminar => 2,
                Kind::Session => 1,
                _ => 0,
            };
            let text = |language, status, said: Said, translated_from| WrittenText {
                language,
                status,
                title: said.0,
                summary: said.1,
                objectives: said.2.into_iter().take(objectives).collect(),
                body: said.3,
                translated_from,
                spot: Spot::default(),
            };
            let others = languages.into_iter().zip(translated).filter(|(other, _)| *other != language);
            let others = others.map(|(other, (said, status, from))| text(other, status, said, from));
            let mut texts: Vec<_> = others.collect();
            texts.sort_by_key(|text| text.language.code());
            texts.insert(0, text(language, Status::Original, original, None));
            let themes = themes.into_iter().map(str::to_owned).collect();
            let nothing = Details::Challenge(challenges::Details { emerging: false });
            let visibility = visibility.or(Visibility::by_itself(kind));
            Written { texts, visibility, countries, themes, ..bare(kind, slug, language, nothing) }
        },
    )
}

fn bare(kind: Kind, slug: String, language: Language, details: Details) -> Written {
    Written {
        kind,
        slug,
        parent: None,
        position: 0,
        language,
        visibility: None,
        countries: Vec::new(),
        themes: Vec::new(),
        formerly: None,
        texts: Vec::new(),
        contributors: Vec::new(),
        relations: Vec::new(),
        details,
        spot: Spot::default(),
    }
}

/// What somebody contributed: who of those there are, as what, with what.
type Contributed = Vec<(Index, people::Role, String)>;

/// Things of one kind with what each has of its own, who contributed, and which others it names.
fn things<D: std::fmt::Debug>(
    kind: Kind,
    details: impl Strategy<Value = D>,
) -> impl Strategy<Value = Vec<(Written, D, Contributed, Vec<Index>)>> {
    let title = prop_oneof![Just(String::new()), line()];
    let contributed = vec((any::<Index>(), one_of(people::Role::ALL), title), 0..3);
    vec((shared(kind), details, contributed, vec(any::<Index>(), 0..3)), 0..4)
}

/// A seminar with all kinds of things in it.
pub(super) fn seminar() -> impl Strategy<Value = Generated> {
    let organisation = (option::of(line()), option::of(address()), option::of(country()))
        .prop_map(|(abbreviation, url, country)| organisations::Details { abbreviation, url, country });
    let maturity = option::of(one_of(practices::Maturity::ALL));
    let practice = (maturity, option::of(date()), option::of(sentences()))
        .prop_map(|(maturity, valid_until, evidence)| practices::Details { maturity, valid_until, evidence });
    let board = (one_of(boards::Names::ALL), one_of(boards::Shown::ALL), one_of(boards::Ballots::ALL))
        .prop_map(|(names, shown, ballots)| boards::Details { names, shown, ballots })
        // Votes have the names that cards have.
        .prop_map(|details| boards::Details { ballots: details.ballots(), ..details });
    let people = (
        things(Kind::Organisation, organisation),
        things(Kind::Person, option::of(country()).prop_map(|country| people::Details { country })),
    );
    let inside = (
        things(Kind::Session, session_details()),
        things(Kind::Board, board),
        things(Kind::Challenge, any::<bool>().prop_map(|emerging| challenges::Details { emerging })),
        things(Kind::Practice, practice),
        things(Kind::Recommendation, recommendation_details()),
        things(Kind::Material, material_details()),
        option::of((shared(Kind::Comparison), topics())),
    );
    (
        shared(Kind::Seminar),
        seminar_details(),
        vec((any::<Index>(), one_of(people::Role::ALL), line()), 0..3),
        people,
        inside,
    )
        .prop_map(|(seminar, details, contributed, (organisations, people), inside)| {
            let mut all = Assembling {
                when: When {
                    clock: TimeZone::get(&details.time_zone).expect("a zone"),
                    days: details.starts..=details.ends,
                },
                things: Vec::new(),
            };
            for (thing, details, _, _) in organisations {
                all.listed(thing, Details::Organisation(details));
            }
            for (thing, details, _, named) in people {
                let mut person = all.listed(thing, Details::Person(details));
                person.relations = all.named(Ring::WorksFor, Kind::Organisation, &named[..named.len().min(1)]);
                person.texts[0].summary = person.texts[0].summary.lines().next().unwrap_or_default().trim().to_owned();
                all.replace(person);
            }
            let mut seminar = Written { slug: "generated".to_owned(), details: Details::Seminar(details), ..seminar };
            seminar.contributors = all.contributors(&contributed);
            all.things.insert(0, seminar);
            let files = all.inside(inside);
            Generated { things: all.things, files }
        })
}

type Many<D> = Vec<(Written, D, Contributed, Vec<Index>)>;
type Inside = (
    Many<(sessions::Details, Times)>,
    Many<boards::Details>,
    Many<challenges::Details>,
    Many<practices::Details>,
    Many<recommendations::Details>,
    Many<(materials::Details, Vec<u8>)>,
    Option<(Written, Vec<comparisons::Topic>)>,
);

/// A seminar on its way: each thing may name those that are there already.
struct Assembling {
    when: When,
    things: Vec<Written>,
}

impl Assembling {
    fn slugs(&self, kind: Kind) -> Vec<String> {
        self.things.iter().filter(|thing| thing.kind == kind).map(|thing| thing.slug.clone()).collect()
    }

    /// Puts a thing among the others, under a slug of its own.
    fn put(&mut self, thing: Written, details: Details) -> Written {
        let slug = format!("{}-{}", thing.slug, self.slugs(thing.kind).len());
        let thing = Written { slug, details, ..thing };
        self.things.push(thing.clone());
        thing
    }

    /// What is an entry of a list has no text but a name and a sentence.
    fn listed(&mut self, mut thing: Written, details: Details) -> Written {
        thing.texts.truncate(1);
        thing.texts[0].body.clear();
        thing.position = i32::try_from(self.slugs(thing.kind).len()).expect("few");
        let country = match &details {
            Details::Person(details) => details.country.clone(),
            Details::Organisation(details) => details.country.clone(),
            _ => None,
        };
        (thing.countries, thing.themes) = (country.into_iter().collect(), Vec::new());
        self.put(thing, details)
    }

    fn replace(&mut self, thing: Written) {
        *self.things.last_mut().expect("one was put") = thing;
    }

    fn named(&self, ring: Ring, kind: Kind, named: &[Index]) -> Vec<Related> {
        let mut slugs: Vec<String> = Vec::new();
        for index in named {
            let slug = index.get(&self.slugs(kind).into_iter().chain([String::new()]).collect::<Vec<_>>()).clone();
            if !slug.is_empty() && !slugs.contains(&slug) {
                slugs.push(slug);
            }
        }
        slugs.into_iter().map(|slug| Related { ring, kind, slug, spot: Spot::default() }).collect()
    }

    fn contributors(&self, contributed: &Contributed) -> Vec<Contributor> {
        let people = self.slugs(Kind::Person);
        let contributor = |(who, role, title): &(Index, people::Role, String)| Contributor {
            person: who.get(&people).clone(),
            role: *role,
            title: title.clone(),
            spot: Spot::default(),
        };
        if people.is_empty() { Vec::new() } else { contributed.iter().map(contributor).collect() }
    }

    /// Everything that lies in the seminar; the bytes of the attachments.
    fn inside(
        &mut self,
        (sessions, boards, challenges, practices, recommendations, materials, comparison): Inside,
    ) -> Vec<(String, Vec<u8>)> {
        for (at, (mut thing, (details, times), contributed, named)) in (0..).zip(sessions) {
            thing.position = named.len() as i32 * 40 + at;
            thing.contributors = self.contributors(&contributed);
            let details = timed(details, times, &self.when);
            self.put(thing, Details::Session(details));
        }
        for (mut thing, details, _, named) in boards {
            thing.parent = self.named(Ring::Of, Kind::Session, &named).pop();
            self.put(thing, Details::Board(details));
        }
        for (mut thing, details, _, named) in challenges {
            thing.parent = self.named(Ring::Of, Kind::Session, &named).pop();
            self.put(thing, Details::Challenge(details));
        }
        for (mut thing, details, contributed, named) in practices {
            thing.contributors = self.contributors(&contributed);
            thing.relations = self.named(Ring::Answers, Kind::Challenge, &named);
            self.put(thing, Details::Practice(details));
        }
        for (mut thing, details, _, named) in recommendations {
            thing.relations = self.named(Ring::Answers, Kind::Challenge, &named);
            thing.relations.extend(self.named(Ring::From, Kind::Board, &named).pop());
            thing.parent = self.named(Ring::Of, Kind::Session, &named).pop();
            let thing = self.put(thing, Details::Recommendation(details.clone()));
            let (prefix, number) = thing.slug.rsplit_once('-').expect("a number is behind it");
            let reference = format!("{}/{number}", prefix.to_uppercase());
            let details = Details::Recommendation(recommendations::Details { reference, ..details });
            self.replace(Written { details, ..thing });
        }
        let mut files = Vec::new();
        for (at, (mut thing, (mut details, bytes), _, named)) in materials.into_iter().enumerate() {
            let kind = if named.len() == 1 { Kind::Practice } else { Kind::Session };
            thing.parent = self.named(Ring::Of, kind, &named).pop();
            if let Some(file) = &mut details.file {
                file.name = format!("{at} {}", file.name);
                files.push((file.name.clone(), bytes));
            }
            self.put(thing, Details::Material(details));
        }
        if let Some((mut thing, topics)) = comparison {
            thing.texts.truncate(1);
            thing.texts[0].body.clear();
            let details = Details::Comparison(comparisons::Details { topics });
            self.things.push(Written { slug: "comparison".to_owned(), details, ..thing });
        }
        files
    }
}
