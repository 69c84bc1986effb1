//! Where what is said of a session names who contributed to it: what the Chatham House rule does not take out.

use crate::{
    gate::Viewer,
    materials::entity::file,
    people::contribution,
    roles::Act,
    store::{Failure, Store},
    texts::{Reading, entity as text},
    things::{self, Kind, Listed, Look},
};
use language::{Analyser, Language, words};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a word of a name that is looked for: shorter ones are in every text.
const LEAST: usize = 3;
/// Bytes around a find.
const AROUND: usize = 60;
/// Finds that are told: whoever has so many has read enough.
const MOST: usize = 200;
/// Bytes of a file that are looked into.
const FILE_MOST: u64 = 4 * 1024 * 1024;
/// Fewer people than these are known by what was said.
const FEW: usize = 3;

/// Where in a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In its title.
    Title,
    /// In its summary.
    Summary,
    /// In its text.
    Text,
    /// In the name of its file.
    FileName(String),
    /// In its file.
    File(String),
}

/// A place in which somebody is named, or seems to be.
#[derive(Clone, Debug)]
pub struct Occurrence {
    /// The session, or what belongs to it.
    pub listed: Listed,
    /// Where in it.
    pub spot: Spot,
    /// In which language that is.
    pub language: Language,
    /// The words around it.
    pub before: String,
    /// The word that names somebody.
    pub word: String,
    /// What follows.
    pub after: String,
}

/// Who is named where.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Who contributed, and as what.
    pub contributors: Vec<(String, String)>,
    /// The places, in the order of their things.
    pub occurrences: Vec<Occurrence>,
    /// There are more places than are told.
    pub more: bool,
    /// Files that could not be looked into.
    pub unread: Vec<String>,
    /// So few contributed that what was said tells who said it.
    pub few: bool,
}

/// Looks for the names of a session's contributors in its texts, titles and files and in those of what belongs to it, in
/// whatever script and case; none for those who may not set the rule.
///
/// # Errors
/// When the store does not answer.
pub async fn named(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &Listed,
    session: &Listed,
) -> Result<Option<Named>, Failure> {
    let is_its = session.place.kind == Kind::Session && session.seminar_id == Some(seminar.id.id());
    if !is_its || !viewer.may_in(Act::SetVisibility, seminar) {
        return Ok(None);
    }
    let belongs = Look { parent: Some([session.id].into_iter().collect()), ..Look::default() };
    let belongs = things::list(store, viewer, reading, &belongs).await?;
    let about: Vec<Listed> = std::iter::once(session.clone()).chain(belongs).collect();
    let (contributors, sought) = contributors(store, session.id.id()).await?;
    let people: BTreeSet<&String> = contributors.iter().map(|(name, _)| name).collect();
    let few = (1..FEW).contains(&people.len());
    let mut named = Named { few, ..Named::default() };
    for thing in &about {
        let texts = text::Entity::find().filter(text::Column::ThingId.eq(thing.id.id()));
        for row in texts.order_by_asc(text::Column::Id).all(store.read()).await? {
            let language = row.language.parse().map_err(|_| Failure::odd("text.language"))?;
            let body = format!("{}\n{}", row.objectives, row.source);
            for (spot, text) in [(Spot::Title, &row.title), (Spot::Summary, &row.summary), (Spot::Text, &body)] {
                sought.within(text, |before, word, after| {
                    told(&mut named, thing, &spot, language, (before, word, after))
                });
            }
        }
        let files = file::Entity::find().filter(file::Column::ThingId.eq(thing.id.id()));
        for row in files.all(store.read()).await? {
            let spot = Spot::FileName(row.name.clone());
            sought.within(&row.name, |before, word, after| {
                told(&mut named, thing, &spot, thing.language, (before, word, after));
            });
            let readable =
                row.media_type.starts_with("text/") && u64::try_from(row.size).is_ok_and(|size| size <= FILE_MOST);
            let bytes = if readable { std::fs::read(store.files().join(&row.digest)).ok() } else { None };
            match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
                Some(text) => {
                    let spot = Spot::File(row.name);
                    sought.within(&text, |before, word, after| {
                        told(&mut named, thing, &spot, thing.language, (before, word, after));
                    });
                }
                None => named.unread.push(row.name),
            }
        }
    }
    named.contributors = contributors;
    Ok(Some(named))
}

fn told(named: &mut Named, thing: &Listed, spot: &Spot, language: Language, (before, word, after): (&str, &str, &str)) {
    if named.occurrences.len() >= MOST {
        named.more = true;
    } else {
        named.occurrences.push(Occurrence {
            listed: thing.clone(),
            spot: spot.clone(),
            language,
            before: before.to_owned(),
            word: word.to_owned(),
            after: after.to_owned(),
        });
    }
}

/// Who contributed to a session, and the words by which they are known.
async fn contributors(store: &Store, session: i64) -> Result<(Vec<(String, String)>, Sought), Failure> {
    let rows = contribution::Entity::find()
        .filter(contribution::Column::ThingId.eq(session))
        .order_by_asc(contribution::Column::Position)
        .all(store.read())
        .await?;
    let people: Vec<i64> = rows.iter().map(|row| row.person_id).collect();
    let names = text::Entity::find().filter(text::Column::ThingId.is_in(people)).order_by_asc(text::Column::Id);
    let mut of: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in names.all(store.read()).await? {
        of.entry(row.thing_id).or_default().push(row.title);
    }
    let first = |person: &i64| of.get(person).and_then(|names| names.first()).cloned().unwrap_or_default();
    let contributors = rows.iter().map(|row| (first(&row.person_id), row.role.clone())).collect();
    Ok((contributors, Sought::of(of.values().flatten().map(String::as_str))))
}

/// The words of names, as they are compared: folded, and as each language would inflect them.
#[derive(Debug, Default)]
struct Sought {
    folded: BTreeSet<String>,
    stems: BTreeSet<(Analyser, String)>,
    /// Names with a word that is too short to be looked for alone: all of their words, one after the other.
    whole: Vec<Vec<String>>,
}

impl Sought {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut sought = Self::default();
        for name in names {
            let all: Vec<String> = words(name).map(|word| word.folded.into_owned()).collect();
            if all.iter().any(|word| word.chars().count() < LEAST) {
                sought.whole.push(all);
            }
            for word in words(name) {
                if word.folded.chars().count() < LEAST {
                    continue;
                }
                for analyser in Analyser::ALL {
                    sought.stems.insert((analyser, analyser.stem(&word.folded).into_owned()));
                }
                sought.folded.insert(word.folded.into_owned());
            }
        }
        sought
    }

    fn has(&self, folded: &str) -> bool {
        let stem = |analyser: Analyser| (analyser, analyser.stem(folded).into_owned());
        self.folded.contains(folded) || Analyser::ALL.into_iter().any(|analyser| self.stems.contains(&stem(analyser)))
    }

    /// Each word of a text that is one of them, with what stands around it.
    fn within(&self, text: &str, mut tell: impl FnMut(&str, &str, &str)) {
        let all: Vec<_> = words(text).collect();
        for (at, word) in all.iter().enumerate() {
            let begins = |name: &&Vec<String>| {
                let here = all[at..].iter().map(|word| &*word.folded);
                !name.is_empty() && here.take(name.len()).eq(name.iter().map(String::as_str))
            };
            let whole = self.whole.iter().find(begins).and_then(|name| all.get(at + name.len() - 1));
            let Some(last) = whole.or_else(|| self.has(&word.folded).then_some(word)) else { continue };
            let (from, to) = (word.start, last.end);
            let begins = (from.saturating_sub(AROUND)..=from).find(|at| text.is_char_boundary(*at)).unwrap_or(from);
            let ends = (to..=text.len().min(to + AROUND)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(to);
            tell(&text[begins..from], &text[from..to], &text[to..ends]);
        }
    }
}
