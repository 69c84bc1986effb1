//! Asking the index, and the store once more about what it found.

use super::{
    asked::{Asked, OFFERED},
    hit::{Added, Found, Hit, Piece, Suggestion},
    index::{Index, State},
    passage::{self, Sought},
    rank::{Best, Extent, Ranked, rank},
    scan::Scratch,
    terms,
};
use crate::{
    gate::Viewer,
    store::{Failure, Store},
    texts::{Phrase, Reading},
    things::{self, Kind, Listed, Look},
};
use language::{Analyser, Language, Locale};
use std::{
    cell::LazyCell,
    collections::{BTreeSet, HashMap},
};

/// How many things are suggested: what a phone shows beside its keyboard.
const SUGGESTED: usize = 6;

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
    let Some(generation) = index.generation() else { return Ok(Found::default()) };
    let (ranked, snippets) = {
        let (viewer, asked) = (viewer.clone(), asked.clone());
        let work = move |scratch: &mut Scratch| {
            let ranked = rank(&generation, &viewer, reading, &asked, Extent::Any, scratch)?;
            let sought = Sought::of(&ranked.words, &ranked.added, &ranked.begun);
            let snippet = |best: &Best| {
                let (part, document) = best.at;
                Ok(passage::snippet(&generation.kept(part, document)?, &sought))
            };
            let snippets = ranked.page.iter().map(snippet).collect::<Result<Vec<_>, Failure>>()?;
            Ok((ranked, snippets))
        };
        index.work(work).await?
    };
    let ids: Vec<i64> = ranked.page.iter().filter_map(|best| i64::try_from(best.thing).ok()).collect();
    let found = Look { ids: Some(ids.into()), ..Look::default() };
    let named = Look { kinds: &[Kind::Seminar], slugs: Some(named(&ranked, asked)), ..Look::default() };
    let questions = (things::listing(viewer, reading, &found), things::listing(viewer, reading, &named));
    let (listed, seminars) = store.ask(questions).await?;
    let seminars: Vec<(String, Phrase)> =
        seminars.into_iter().map(|seminar| (seminar.place.slug, seminar.title)).collect();
    // Hardly ever asked for: of a thing whose text is its title alone.
    let sought = LazyCell::new(|| Sought::of(&ranked.words, &ranked.added, &ranked.begun));
    let hits = ranked.page.iter().zip(snippets).filter_map(|(best, snippet)| {
        let listed = listed.iter().find(|listed| listed.id.id().unsigned_abs() == best.thing)?;
        let language: Language = best.language.parse().ok()?;
        let script = |pieces| in_script(pieces, reading, language);
        let (passage, passage_lang) = if snippet.passage.is_empty() {
            let Phrase { text, lang } = &listed.summary;
            (passage::marked(text, Analyser::of(listed.shown), &sought), lang.map(str::to_owned))
        } else {
            (script(snippet.passage), (!reading.is_own(language)).then(|| reading.tag(language).to_owned()))
        };
        let seminar = seminars.iter().find(|(slug, _)| listed.seminar.as_ref() == Some(slug));
        let seminar = seminar.map(|(_, title)| title.clone());
        let quote = snippet.quote.map(|quote| reading.phrase(&quote, language).text);
        // A recommendation's page does not say its summary, and a comparison's says it in the cells of a table.
        let unsaid = |quote: &String| match listed.place.kind {
            Kind::Recommendation => listed.summary.text.contains(quote),
            kind => kind == Kind::Comparison,
        };
        let quote = quote.filter(|quote| !unsaid(quote));
        Some(Hit {
            address: address(listed, reading, language) + &fragment(snippet.place, quote),
            kind: listed.place.kind.code().to_owned(),
            title: script(snippet.title),
            passage,
            lang: title_lang(listed, reading, language),
            passage_lang,
            countries: listed.countries.clone(),
            seminar_lang: seminar.as_ref().and_then(|seminar| seminar.lang).map(str::to_owned),
            seminar: seminar.map(|seminar| seminar.text),
        })
    });
    let hits = hits.collect();
    let on = ranked.added.iter().map(|term| added(term, reading, true));
    let added = on.chain(ranked.plain.iter().map(|term| added(term, reading, false))).collect();
    Ok(Found {
        hits,
        total: ranked.total,
        all: ranked.all,
        // What is not there yet is not lacking, nor is it on a second page.
        missed: if index.state() == State::Ready && asked.page <= 1 { ranked.missed } else { Vec::new() },
        facets: ranked.facets,
        seminars,
        added,
        instead: ranked.instead.filter(|_| index.state() == State::Ready),
        apart: ranked.apart && ranked.total > 0,
        some_words: ranked.all == 0 && ranked.total > 0,
    })
}

/// What is called like what somebody types, the likeliest first: what fits by its title, then who is
/// named there, and where that is little, what has all the words somewhere.
///
/// # Errors
/// When the store does not answer or the index cannot be read.
pub async fn suggest(
    store: &Store,
    index: &Index,
    viewer: &Viewer,
    reading: Reading,
    asked: &Asked,
) -> Result<Vec<Suggestion>, Failure> {
    let (Some(generation), false) = (index.generation(), asked.q.trim().is_empty()) else { return Ok(Vec::new()) };
    let best = {
        let (viewer, asked) = (viewer.clone(), Asked { page: 1, by_date: false, ..asked.clone() });
        let work = move |scratch: &mut Scratch| {
            let mut best: Vec<Best> = Vec::new();
            for extent in [Extent::Titled, Extent::Called, Extent::All] {
                if best.len() < SUGGESTED {
                    let more = rank(&generation, &viewer, reading, &asked, extent, scratch)?.page;
                    let known: Vec<u64> = best.iter().map(|best| best.thing).collect();
                    best.extend(more.into_iter().filter(|best| !known.contains(&best.thing)));
                }
            }
            let titled = mixed(best).into_iter().map(|best| {
                let title = generation.stored(best.at.0, best.at.1)?.title;
                Ok((best, title))
            });
            titled.collect::<Result<Vec<_>, Failure>>()
        };
        index.work(work).await?
    };
    let ids: Vec<i64> = best.iter().filter_map(|(best, _)| i64::try_from(best.thing).ok()).collect();
    let look = Look { ids: Some(ids.into()), ..Look::default() };
    let listed = store.ask(things::listing(viewer, reading, &look)).await?;
    let suggestion = |(best, title): (Best, String)| {
        let listed = listed.iter().find(|listed| listed.id.id().unsigned_abs() == best.thing)?;
        let language: Language = best.language.parse().ok()?;
        Some(Suggestion {
            address: address(listed, reading, language),
            kind: listed.place.kind.code().to_owned(),
            title: reading.phrase(&title, language).text,
            lang: title_lang(listed, reading, language),
        })
    };
    Ok(best.into_iter().filter_map(suggestion).collect())
}

/// The first of all, of each kind no more than half, as long as there are others.
fn mixed(best: Vec<Best>) -> Vec<Best> {
    let mut kinds: HashMap<String, usize> = HashMap::new();
    let (mut first, more): (Vec<_>, Vec<_>) = best.into_iter().enumerate().partition(|(_, best)| {
        let of_kind = kinds.entry(best.kind.clone()).or_default();
        *of_kind += 1;
        *of_kind <= SUGGESTED / 2
    });
    first.truncate(SUGGESTED);
    first.extend(more.into_iter().take(SUGGESTED - first.len()));
    first.sort_by_key(|(at, _)| *at);
    first.into_iter().map(|(_, best)| best).collect()
}

/// What a page says of a term that widened a query, or would have.
fn added(term: &terms::Added, reading: Reading, on: bool) -> Added {
    let form =
        |(language, text): (Language, String)| (reading.tag(language).to_owned(), reading.phrase(&text, language).text);
    let forms = terms::named(term, reading.locale.language()).into_iter().map(form).collect();
    Added { term: term.slug.clone(), typed: term.typed.clone(), forms, on }
}

/// The seminars of which a page of hits says what they are called: those of its hits, those that were chosen, and those
/// to choose.
fn named(ranked: &Ranked, asked: &Asked) -> Vec<String> {
    let offered = ranked.facets.iter().filter(|facet| facet.name == "seminar").flat_map(|facet| &facet.values);
    let offered = offered.take(OFFERED).map(|(slug, _)| slug);
    let of_hits = ranked.page.iter().filter_map(|best| best.seminar.as_ref());
    let all: BTreeSet<&String> = offered.chain(&asked.seminar).chain(of_hits).collect();
    all.into_iter().cloned().collect()
}

/// Where a text is read. The one that was found may not be the one that its page would choose.
fn address(listed: &Listed, reading: Reading, language: Language) -> String {
    // A name is a name in every language, and a term's page shows all of them.
    let one_page = matches!(listed.place.kind, Kind::Person | Kind::Organisation | Kind::Term | Kind::Comparison);
    let path = listed.place.path();
    if reading.is_own(language) || one_page { path } else { format!("{path}?text={}", language.code()) }
}

/// What leads to a passage: the heading it stands under, and in browsers that know text fragments (WICG, "URL Fragment
/// Text Directives") what stands there. Where its words are not found, as across the cells of a table, the heading is.
/// Older browsers take all of it for the heading's name and begin at the top of the page.
fn fragment(place: Option<String>, quote: Option<String>) -> String {
    if place.is_none() && quote.is_none() {
        return String::new();
    }
    let mut fragment = format!("#{}", place.unwrap_or_default());
    if let Some(quote) = quote {
        // Hyphens, commas and ampersands mean something there.
        let quote = percent_encoding::utf8_percent_encode(&quote, percent_encoding::NON_ALPHANUMERIC);
        fragment.push_str(&format!(":~:text={quote}"));
    }
    fragment
}

/// The language of a title, where it is not the reader's.
fn title_lang(listed: &Listed, reading: Reading, language: Language) -> Option<String> {
    match listed.place.kind {
        Kind::Person => listed.title.lang.map(str::to_owned),
        _ => (!reading.is_own(language)).then(|| reading.tag(language).to_owned()),
    }
}

fn in_script(pieces: Vec<Piece>, reading: Reading, language: Language) -> Vec<Piece> {
    if language != Language::Serbian || reading.locale != Locale::SerbianLatin {
        return pieces;
    }
    pieces.into_iter().map(|piece| Piece { text: language::latin(&piece.text), ..piece }).collect()
}
