//! From documents that have some of the words to things in order, with how they divide.

use super::{
    asked::{Asked, PAGE},
    division::Division,
    facts::Seen,
    found::NAMED,
    generation::Generation,
    hit::Facet,
    lists, missed,
    near::{near, whole},
    parsed::Parsed,
    scan::{Match, Scanned, Scratch, also, scan},
    sieve::Sieve,
    spelling::{self, guess},
    terms::Added,
    wanted::{ANALYSERS, SENTENCE, Word, order, words},
    weights,
};
use crate::{gate::Viewer, store::Failure, texts::Reading};
use language::Analyser;
use std::cmp::Ordering;
use tantivy::DocId;

/// So many words are all meant; of more, each says a little.
const FEW: u32 = 4;

/// How many things there are to choose suggestions from.
const CHOICE: usize = 40;

/// How many documents the nearness of words is worked out for.
const LOOKED_AT: usize = 200;

/// What the index knows of a page of hits.
pub(crate) struct Ranked {
    pub(crate) page: Vec<Best>,
    pub(crate) total: usize,
    /// How many of them have all the words.
    pub(crate) all: usize,
    pub(crate) facets: Vec<Facet>,
    /// What the glossary added.
    pub(crate) added: Vec<Added>,
    /// What it would have added, had it not been told not to.
    pub(crate) plain: Vec<Added>,
    /// The query with other words in place of those that nothing has.
    pub(crate) instead: Option<String>,
    /// The words, with what they may have been meant as.
    pub(crate) words: Vec<Word>,
    /// Words that begin with the last one.
    pub(crate) begun: Vec<String>,
    /// Words that nothing has, as they were typed.
    pub(crate) missed: Vec<String>,
    /// Nothing has what stands in quotes as it stands there.
    pub(crate) apart: bool,
}

/// The text of a thing that fits best.
pub(crate) struct Best {
    pub(crate) thing: u64,
    /// Its segment, and its number there.
    pub(crate) at: (usize, DocId),
    pub(crate) language: String,
    pub(crate) kind: String,
    pub(crate) seminar: Option<String>,
}

/// A document that is a candidate for its thing.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Its place among all that was found.
    at: u32,
    /// The thing has one of the words as it was typed, or in another form of it, and not only what was added.
    direct: bool,
    /// It has all the words.
    all: bool,
    score: f32,
    /// The text that is shown is in the reader's language.
    own: bool,
    /// It has what was typed.
    says: bool,
    /// What it scores by itself.
    fits: f32,
}

impl Candidate {
    /// What is compared of two things: the greater comes first.
    fn rank(&self) -> (bool, f32) {
        (self.direct, self.score)
    }

    /// What is compared of two texts of a thing: the greater is shown.
    fn shown(&self) -> (bool, bool, bool, f32) {
        (self.own && self.says, self.says, self.own, self.fits)
    }
}

/// Where words are looked for, and which of them a document must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Anywhere, and one is enough: with what the glossary adds and what may have been meant.
    Any,
    /// Anywhere, and it must have all.
    All,
    /// What a thing is called, and there all.
    Titled,
    /// What a thing is called and who it names, and there all.
    Called,
}

/// All fields, by their places among [`weights::FIELDS`].
pub(crate) const EVERY: [usize; weights::FIELDS.len()] = [0, 1, 2, 3];

impl Extent {
    /// The fields, by their places among [`weights::FIELDS`].
    fn fields(self) -> &'static [usize] {
        match self {
            Self::Any | Self::All => &EVERY,
            Self::Titled => &[0],
            Self::Called => &[0, 2],
        }
    }
}

pub(crate) fn rank(
    generation: &Generation,
    viewer: &Viewer,
    reading: Reading,
    asked: &Asked,
    extent: Extent,
    scratch: &mut Scratch,
) -> Result<Ranked, Failure> {
    let parsed = Parsed::of(&asked.q, asked.is_narrowed());
    let own_analyser = Analyser::of(reading.locale.language());
    let mut words = words(&parsed.words, own_analyser);
    let fields = extent.fields();
    // The first letter of the next word says nothing yet.
    if extent != Extent::Any && words.len() > 1 && words.last().is_some_and(|word| word.exact.chars().count() < 2) {
        words.pop();
    }
    let order = order(&parsed.words, &words);
    let seen: Vec<Seen<'_>> = generation.parts.iter().map(|part| part.facts.seen_by(viewer)).collect();
    let language = reading.locale.language().code();
    // A name is a name in every language.
    let is_own = |facet: &str, name: &str| match facet {
        "language" => name == language,
        "kind" => NAMED.iter().any(|named| named.code() == name),
        _ => false,
    };
    let mut division = Division::of(generation, asked, is_own);
    let (mut added, mut plain, mut instead, mut begun) = (Vec::new(), Vec::new(), None, Vec::new());
    let (mut missed, mut apart) = (Vec::new(), false);
    let found = if words.is_empty() {
        // Without words, filters list what there is; what is typed and holds no word finds nothing.
        let mut all = Vec::new();
        if extent == Extent::Any && (asked.q.trim().is_empty() || !parsed.not.is_empty()) {
            all = everything(generation, &seen);
            Sieve::of(generation, &seen, &parsed, true, own_analyser)?.sieve(generation, &mut all);
        }
        all
    } else {
        let typing = extent != Extent::Any;
        let look_up = |word: &Word| lists::look_up(generation, &seen, word, fields, own_analyser, typing);
        let mut lists = words.iter().map(look_up).collect::<tantivy::Result<Vec<_>>>()?;
        for (word, lists) in words.iter_mut().zip(&lists) {
            word.settle(lists.stands, own_analyser);
            word.open = lists.open;
        }
        if extent == Extent::Any {
            added = generation.terms.widen(&seen, &words, &order);
        }
        let (kept, off) = added.into_iter().partition(|added: &Added| !asked.plain.contains(&added.slug));
        (added, plain) = (kept, off);
        let also = added.iter().map(|added| also(generation, added)).collect::<tantivy::Result<Vec<_>>>()?;
        let mut scanned = scan(generation, &seen, &words, &lists, &also, scratch)?;
        let counts = counts(&words, &scanned.matches);
        let known = added.iter().chain(&plain).fold(0, |known, added| known | added.words);
        missed = nowhere(&words, known, &counts);
        if matches!(extent, Extent::Any | Extent::All)
            && guess(generation, &seen, &mut words, known, &counts, own_analyser)?
        {
            if extent == Extent::Any {
                instead = spelling::instead(generation, &asked.q, &words, &counts)?;
            }
            for (word, lists) in words.iter().zip(&mut lists).filter(|(word, _)| !word.meant.is_empty()) {
                *lists = look_up(word)?;
            }
            scanned = scan(generation, &seen, &words, &lists, &also, scratch)?;
        }
        if !parsed.is_plain() {
            let sieve = Sieve::of(generation, &seen, &parsed, words.len() <= SENTENCE, own_analyser)?;
            apart = sieve.sieve(generation, &mut scanned.matches);
        }
        let fits = |found: &Match| division.fits(found);
        nearness(generation, &words, &order, &fits, &mut scanned)?;
        begun = lists.into_iter().flat_map(|lists| lists.begun).collect();
        scanned.matches
    };
    // Without words and filters nothing is listed, and it is counted what there is to choose from.
    let lists = !words.is_empty() || asked.is_narrowed();
    let needed = needed(&words);
    // Where all the words are the reader's own, nobody means those of another language that look like them.
    let meant = !words.is_empty() && words.iter().all(|word| word.own);
    let mut ranked: Vec<Candidate> = Vec::new();
    // Where the candidate of each thing is, from 1.
    let mut places = vec![0_u32; generation.things];
    for (at, found) in found.iter().enumerate() {
        let part = &generation.parts[found.part];
        let needed = needed[part.facts.analyser(found.document).min(ANALYSERS - 1)];
        // Function words find nothing beside others, but where there are so many words that some may be meant.
        let lacks = match extent {
            Extent::Any => !words.is_empty() && words.len() <= SENTENCE && found.has & needed == 0,
            Extent::All | Extent::Titled | Extent::Called => found.has & needed != needed,
        };
        if lacks {
            continue;
        }
        let thing = part.things[found.document as usize];
        let (fits, own) = division.take(found, thing, extent == Extent::Any);
        if !fits || !lists {
            continue;
        }
        let direct = found.direct & needed != 0;
        let all = found.has & needed == needed;
        let together = all && (2..=FEW).contains(&needed.count_ones());
        let foreign = meant && part.facts.analyser(found.document) != own_analyser as usize;
        let reads = if own {
            weights::OWN
        } else if foreign {
            weights::OTHER
        } else {
            1.0
        };
        let score = found.score * reads * if together { weights::TOGETHER } else { 1.0 };
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let next = Candidate { at, direct, all, score, own, says: direct, fits: score };
        let place = &mut places[thing as usize];
        match place.checked_sub(1).and_then(|at| ranked.get_mut(at as usize)) {
            Some(last) => *last = better(*last, next),
            None => {
                ranked.push(next);
                *place = u32::try_from(ranked.len()).unwrap_or_default();
            }
        }
    }
    let total = ranked.len();
    let all = ranked.iter().filter(|candidate| candidate.all).count();
    let facts = |candidate: &Candidate| {
        let found = &found[candidate.at as usize];
        (&generation.parts[found.part].facts, found.document)
    };
    let id = |candidate: &Candidate| {
        let (facts, document) = facts(candidate);
        facts.thing(document)
    };
    let day = |candidate: &Candidate| {
        let (facts, document) = facts(candidate);
        facts.day(document)
    };
    let order = |this: &Candidate, that: &Candidate| {
        let ((this_direct, this_score), (that_direct, that_score)) = (this.rank(), that.rank());
        // Who types a few letters means a word of their own language.
        let own = if extent == Extent::Any { Ordering::Equal } else { that.shown().0.cmp(&this.shown().0) };
        let newest = if asked.by_date { day(that).cmp(&day(this)) } else { Ordering::Equal };
        newest
            .then(own)
            .then(that_direct.cmp(&this_direct))
            .then(that_score.total_cmp(&this_score))
            .then_with(|| id(this).cmp(&id(that)))
    };
    let most = if extent == Extent::Any { PAGE } else { CHOICE };
    let from = asked.page.saturating_sub(1).saturating_mul(most).min(total);
    let to = from.saturating_add(most).min(total);
    // What comes after the page needs no order.
    if to < total {
        ranked.select_nth_unstable_by(to, order);
    }
    ranked[..to].sort_unstable_by(order);
    let page = ranked[from..to].iter();
    Ok(Ranked {
        page: page.map(|candidate| best(generation, &found[candidate.at as usize])).collect(),
        total,
        all,
        facets: division.facets(),
        added,
        plain,
        instead,
        words,
        begun,
        missed,
        apart,
    })
}

/// Adds what nearness and whole titles are worth to those that score best without.
fn nearness(
    generation: &Generation,
    words: &[Word],
    order: &[usize],
    fits: &impl Fn(&Match) -> bool,
    scanned: &mut Scanned,
) -> tantivy::Result<()> {
    let called = generation.terms.called(words, order);
    // What is not shown needs none.
    let mut shown = 0;
    for at in 0..scanned.matches.len() {
        if fits(&scanned.matches[at]) {
            scanned.matches.swap(at, shown);
            shown += 1;
        }
    }
    let matches = &mut scanned.matches[..shown];
    if matches.len() > LOOKED_AT {
        matches.select_nth_unstable_by(LOOKED_AT, |this, that| that.score.total_cmp(&this.score));
    }
    let best = matches.len().min(LOOKED_AT);
    let best = &mut matches[..best];
    best.sort_unstable_by_key(|found| (found.part, found.document));
    for of_part in best.chunk_by_mut(|this, that| this.part == that.part) {
        let Some(part) = of_part.first().and_then(|found| generation.parts.get(found.part)) else { continue };
        let near = near(generation, part, words, &scanned.worth, of_part)?;
        let whole = whole(generation, part, words, &scanned.worth, order.len(), &called, of_part)?;
        for ((found, near), whole) in of_part.iter_mut().zip(near).zip(whole) {
            found.score += near + whole;
        }
    }
    Ok(())
}

/// How many documents have each word, in whatever form.
fn counts(words: &[Word], matches: &[Match]) -> Vec<usize> {
    let mut counts = vec![0; words.len()];
    for found in matches {
        let mut bits = found.has;
        while bits != 0 {
            if let Some(count) = counts.get_mut(bits.trailing_zeros() as usize) {
                *count += 1;
            }
            bits &= bits - 1;
        }
    }
    counts
}

/// Words that nothing has and the glossary does not know, as they were typed. A sentence that somebody pastes says
/// nothing of what is lacking.
fn nowhere(words: &[Word], known: u64, counts: &[usize]) -> Vec<String> {
    let nowhere = words.iter().zip(counts).enumerate().filter(|(at, (word, count))| {
        **count == 0 && known & (1 << at) == 0 && !word.function.contains(&true) && missed::may_count(&word.exact)
    });
    let sentence = words.len() > SENTENCE;
    nowhere.filter(|_| !sentence).map(|(_, (word, _))| word.typed.clone()).collect()
}

/// Which words a document must have, by its language: all that are no function words there, or all if they all are.
fn needed(words: &[Word]) -> [u64; ANALYSERS] {
    std::array::from_fn(|analyser| {
        let bits = |wanted: &dyn Fn(&Word) -> bool| {
            words.iter().enumerate().filter(|(_, word)| wanted(word)).fold(0_u64, |bits, (at, _)| bits | 1 << at)
        };
        let needed = bits(&|word| !word.function[analyser]);
        if needed == 0 { bits(&|_| true) } else { needed }
    })
}

/// All that somebody may see.
fn everything(generation: &Generation, seen: &[Seen<'_>]) -> Vec<Match> {
    let mut all = Vec::new();
    for (at, (part, seen)) in generation.parts.iter().zip(seen).enumerate() {
        let visible = part.segment.doc_ids_alive().filter(|document| seen.has(*document));
        all.extend(visible.map(|document| Match { part: at, document, score: 0.0, has: 0, direct: 0 }));
    }
    all
}

/// The text to show of a thing, with the score of the one that fits best. A text in the reader's own language that has
/// any of the words as they were typed is the one to show, however another scores.
fn better(this: Candidate, that: Candidate) -> Candidate {
    let shown = if that.shown() > this.shown() { that } else { this };
    let best = if that.rank() > this.rank() { that } else { this };
    Candidate { direct: best.direct, score: best.score, all: this.all || that.all, ..shown }
}

fn best(generation: &Generation, found: &Match) -> Best {
    let facts = &generation.parts[found.part].facts;
    let named = |facet| facts.named(facet, found.document).next().map(str::to_owned);
    Best {
        thing: facts.thing(found.document),
        at: (found.part, found.document),
        language: named("language").unwrap_or_default(),
        kind: named("kind").unwrap_or_default(),
        seminar: named("seminar"),
    }
}
