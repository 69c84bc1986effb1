//! Asking the index, and the store once more about what it found.

use super::{
    asked::{Asked, OFFERED, PAGE},
    collect::{Match, Matches},
    found::Stored,
    hit::{Facet, Found, Hit, Piece},
    index::{Index, Open},
    passage,
    query::{Join, Words, query},
};
use crate::{
    gate::Viewer,
    store::{Failure, Store},
    texts::{Phrase, Reading},
    things::{self, Kind, Look},
};
use language::{Language, Locale};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};
use tantivy::{Searcher, TantivyDocument, columnar::StrColumn, schema::Value};

/// How much a text in the reader's own language counts more.
const OWN: f32 = 1.15;

/// A page of what a viewer finds.
///
/// # Errors
/// When the store does not answer or the index cannot be read.
pub async fn search(
    store: &Store,
    index: &Index,
    viewer: &Viewer,
    reading: Reading,
    asked: &Asked,
) -> Result<Found, Failure> {
    let Some((open, searcher)) = index.searcher() else { return Ok(Found::default()) };
    let words = Words::of(&asked.q);
    let ranked = {
        let (viewer, asked, words) = (viewer.clone(), asked.clone(), words.clone());
        let place = index.place().await;
        let work = move || {
            let ranked = rank(&open, &searcher, &viewer, reading, &asked, &words);
            drop(place);
            ranked
        };
        tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)??
    };
    let ids: Vec<i64> = ranked.page.iter().filter_map(|(thing, _)| i64::try_from(*thing).ok()).collect();
    let found = Look { ids: Some(ids.into()), ..Look::default() };
    let named = Look { kinds: &[Kind::Seminar], slugs: Some(named(&ranked, asked)), ..Look::default() };
    let questions = (things::listing(viewer, reading, &found), things::listing(viewer, reading, &named));
    let (listed, seminars) = store.ask(questions).await?;
    let seminars: Vec<(String, Phrase)> =
        seminars.into_iter().map(|seminar| (seminar.place.slug, seminar.title)).collect();
    let hits = ranked.page.into_iter().filter_map(|(thing, best)| {
        let listed = listed.iter().find(|listed| listed.id.id().unsigned_abs() == thing)?;
        let (mut passage, place) = passage::best(&best.stored.passages, &words);
        let language: Language = best.language.parse().ok()?;
        let script = |pieces| in_script(pieces, reading, language);
        let lang = (!reading.is_own(language)).then(|| reading.tag(language).to_owned());
        let mut passage_lang = lang.clone();
        let is_name = listed.place.kind == Kind::Person;
        if passage.is_empty() {
            passage = passage::mark(&listed.summary.text, &words);
            passage_lang = listed.summary.lang.map(str::to_owned);
        } else {
            passage = script(passage);
        }
        let seminar = seminars.iter().find(|(slug, _)| listed.seminar.as_ref() == Some(slug));
        let seminar = seminar.map(|(_, title)| title.clone());
        let path = listed.place.path();
        Some(Hit {
            address: format!(
                "{path}{}{}",
                text_parameter(reading, language, listed.place.kind),
                place.map(|place| format!("#{place}")).unwrap_or_default()
            ),
            kind: listed.place.kind.code().to_owned(),
            title: script(passage::mark(&best.stored.title, &words)),
            passage,
            lang: if is_name { listed.title.lang.map(str::to_owned) } else { lang },
            passage_lang,
            countries: listed.countries.clone(),
            seminar_lang: seminar.as_ref().and_then(|seminar| seminar.lang).map(str::to_owned),
            seminar: seminar.map(|seminar| seminar.text),
        })
    });
    let hits = hits.collect();
    Ok(Found { hits, total: ranked.total, facets: ranked.facets, seminars, some_words: ranked.some_words })
}

/// The seminars of which a page of hits says what they are called: those of its hits, those that were chosen, and those
/// to choose.
fn named(ranked: &Ranked, asked: &Asked) -> Vec<String> {
    let offered = ranked.facets.iter().filter(|facet| facet.name == "seminar").flat_map(|facet| &facet.values);
    let offered = offered.take(OFFERED).map(|(slug, _)| slug);
    let of_hits = ranked.page.iter().filter_map(|(_, best)| best.seminar.as_ref());
    let all: BTreeSet<&String> = offered.chain(&asked.seminar).chain(of_hits).collect();
    all.into_iter().cloned().collect()
}

/// The text a hit stands in may not be the one that its page would choose.
fn text_parameter(reading: Reading, language: Language, kind: Kind) -> String {
    // A name is a name in every language, and a term's page shows all of them.
    let one_page = matches!(kind, Kind::Person | Kind::Organisation | Kind::Term | Kind::Comparison);
    if reading.is_own(language) || one_page { String::new() } else { format!("?text={}", language.code()) }
}

fn in_script(pieces: Vec<Piece>, reading: Reading, language: Language) -> Vec<Piece> {
    if language != Language::Serbian || reading.locale != Locale::SerbianLatin {
        return pieces;
    }
    pieces.into_iter().map(|piece| Piece { text: language::latin(&piece.text), ..piece }).collect()
}

/// What the index knows of a page of hits.
struct Ranked {
    page: Vec<(u64, Best)>,
    total: usize,
    facets: Vec<Facet>,
    some_words: bool,
}

/// The text of a thing that fits best.
struct Best {
    stored: Stored,
    language: String,
    seminar: Option<String>,
}

fn rank(
    open: &Arc<Open>,
    searcher: &Searcher,
    viewer: &Viewer,
    reading: Reading,
    asked: &Asked,
    words: &Words,
) -> Result<Ranked, Failure> {
    let matches = |join, without, scored| {
        searcher.search(&*query(&open.fields, viewer, asked, words, join, without), &Matches { scored })
    };
    let mut join = Join::All;
    let mut all = matches(join, None, true)?;
    if all.is_empty() && words.whole.len() > 1 {
        join = Join::Any;
        all = matches(join, None, true)?;
    }
    let columns = Columns::of(searcher)?;
    let own = reading.locale.language().code();
    let mut things: HashMap<u64, (bool, Match)> = HashMap::new();
    for found in &all {
        let is_own = columns.has(found, "language", own);
        let found = Match { score: if is_own { found.score * OWN } else { found.score }, ..*found };
        // A text in the reader's own language that has all the words is the one to show, however another scores.
        let first = (is_own && join == Join::All, found);
        things.entry(found.thing).and_modify(|best| *best = better(*best, first)).or_insert(first);
    }
    let total = things.len();
    let mut things: Vec<Match> = things.into_values().map(|(_, best)| best).collect();
    things.sort_by(|this, that| that.score.total_cmp(&this.score).then(this.thing.cmp(&that.thing)));
    let mut facets = Vec::new();
    for name in Asked::FACETS {
        // What a facet counts is not narrowed by its own choice, or its other values would all be gone.
        let chosen = !asked.facet(name).is_empty();
        let counted = if chosen { matches(join, Some(name), false)? } else { all.clone() };
        facets.push(Facet { name: name.to_owned(), values: columns.count(name, &counted)? });
    }
    let page = things.iter().skip(asked.page.saturating_sub(1).saturating_mul(PAGE)).take(PAGE);
    let page = page.map(|found| Ok((found.thing, best(open, searcher, &columns, found)?)));
    Ok(Ranked {
        page: page.collect::<Result<_, Failure>>()?,
        total,
        facets,
        some_words: join == Join::Any && total > 0,
    })
}

/// The text to show of a thing, with the score of the one that fits best.
fn better(this: (bool, Match), that: (bool, Match)) -> (bool, Match) {
    let score = this.1.score.max(that.1.score);
    let (first, shown) = if (that.0, that.1.score) > (this.0, this.1.score) { that } else { this };
    (first, Match { score, ..shown })
}

fn best(open: &Open, searcher: &Searcher, columns: &Columns, found: &Match) -> Result<Best, Failure> {
    let document: TantivyDocument = searcher.doc(found.at)?;
    let stored = document.get_first(open.fields.stored).and_then(|value| value.as_str().map(str::to_owned));
    Ok(Best {
        stored: serde_json::from_str(&stored.unwrap_or_default())?,
        language: columns.values(found, "language").into_iter().next().unwrap_or_default(),
        seminar: columns.values(found, "seminar").into_iter().next(),
    })
}

/// The facets' values of every document, segment by segment.
struct Columns(Vec<BTreeMap<&'static str, StrColumn>>);

impl Columns {
    fn of(searcher: &Searcher) -> Result<Self, Failure> {
        let segments = searcher.segment_readers().iter().map(|segment| {
            let mut columns = BTreeMap::new();
            for name in Asked::FACETS {
                if let Some(column) = segment.fast_fields().str(name)? {
                    columns.insert(name, column);
                }
            }
            Ok(columns)
        });
        Ok(Self(segments.collect::<Result<_, Failure>>()?))
    }

    fn column(&self, found: &Match, name: &str) -> Option<&StrColumn> {
        self.0.get(found.at.segment_ord as usize)?.get(name)
    }

    fn values(&self, found: &Match, name: &str) -> Vec<String> {
        let Some(column) = self.column(found, name) else { return Vec::new() };
        let value = |ord| {
            let mut value = String::new();
            column.ord_to_str(ord, &mut value).ok().filter(|there| *there).map(|_| value)
        };
        column.term_ords(found.at.doc_id).filter_map(value).collect()
    }

    fn has(&self, found: &Match, name: &str, wanted: &str) -> bool {
        self.values(found, name).iter().any(|value| value == wanted)
    }

    /// How many things have each value, the most first.
    fn count(&self, name: &str, matches: &[Match]) -> Result<Vec<(String, usize)>, Failure> {
        // By number first: only the values that occur become text.
        let mut things: HashMap<(u32, u64), Vec<u64>> = HashMap::new();
        for found in matches {
            if let Some(column) = self.column(found, name) {
                for ord in column.term_ords(found.at.doc_id) {
                    things.entry((found.at.segment_ord, ord)).or_default().push(found.thing);
                }
            }
        }
        let mut values: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for ((segment, ord), of) in things {
            let mut value = String::new();
            let column = self.0.get(segment as usize).and_then(|columns| columns.get(name));
            if column.is_some_and(|column| column.ord_to_str(ord, &mut value).unwrap_or(false)) {
                values.entry(value).or_default().extend(of);
            }
        }
        let mut counted: Vec<(String, usize)> = values
            .into_iter()
            .map(|(value, mut things)| {
                things.sort_unstable();
                things.dedup();
                (value, things.len())
            })
            .collect();
        counted.sort_by(|(this, few), (that, many)| many.cmp(few).then_with(|| this.cmp(that)));
        Ok(counted)
    }
}
