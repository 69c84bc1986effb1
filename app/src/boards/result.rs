//! What came of a vote: for each of that on which it was, one mark a vote along the line of its delegation.

use super::{cards::Shown, drafting, voting::named};
use crate::{
    ui::{PhraseView, Strands, voice, written},
    words::{Words, join},
};
use content::{
    boards::{Across, Ballot, Ballots, Board, By, Choice, Count, Id, Method, Phase, Stance, Tally, Weighed},
    texts::Phrase,
};
use leptos::prelude::*;

/// The most marks in a line.
const MARKS_MOST: usize = 40;

/// What came of the vote that is over; of an open one, as far as it has come.
pub(super) fn result(shown: &Shown<'_>, board: &Board) -> Option<impl IntoView + use<>> {
    let tally = match board.phase {
        Phase::Agree | Phase::Closed => board.tally.clone()?,
        Phase::Prioritise if board.details.ballots() == Ballots::Open => {
            board.counts(&board.ballots.values().cloned().collect::<Vec<_>>())?
        }
        _ => return None,
    };
    let words = shown.words;
    let entered = (tally.paper + tally.proxy > 0)
        .then(|| format!(" ({})", words.result_entered(tally.paper.to_string(), tally.proxy.to_string())));
    let few = (tally.weighed.is_empty() && tally.cast > 0).then(|| view! { <p>{words.result_few()}</p> });
    let most = tally.weighed.iter().map(|one| one.all.support).max().unwrap_or_default();
    let unit = most.div_ceil(MARKS_MOST).max(1);
    let drawn = tally.how.method != Method::Ranked;
    let unit_says =
        (unit > 1 && drawn).then(|| view! { <p class="small quiet">{words.result_unit(unit.to_string())}</p> });
    let key = drawn.then(|| key(shown, &tally));
    let rows: Vec<_> = tally.weighed.iter().map(|one| row(shown, board, &tally, one, unit)).collect();
    let rows = (!rows.is_empty()).then(|| view! { <ol class="results">{rows}</ol> });
    let table = (!tally.weighed.is_empty()).then(|| table(shown, board, &tally));
    Some(view! {
        <section class="section section--near flow" aria-labelledby="result">
            <h2 class="section__heading" id="result">{words.result()}</h2>
            <p class="quiet">{words.vote_turnout(tally.cast as u64)}{entered}</p>
            {few}
            {key}
            {rows}
            {unit_says}
            {table}
        </section>
    })
}

/// What it is, though it be something that is gone meanwhile.
fn called(shown: &Shown<'_>, board: &Board, id: Id) -> Phrase {
    let choice = if board.clusters.contains_key(&id) { Choice::Cluster(id) } else { Choice::Card(id) };
    named(shown, board, choice)
}

/// Each delegation of which it is told, and what is left of the total.
fn parts(shown: &Shown<'_>, one: &Weighed) -> Vec<(Option<String>, usize)> {
    let countries = shown.strands.countries().iter();
    let told = countries.filter_map(|country| Some((Some(country.clone()), one.groups.get(country)?.support)));
    let told: Vec<_> = told.collect();
    let rest = one.all.support.saturating_sub(told.iter().map(|(_, support)| support).sum());
    told.into_iter().chain((rest > 0).then_some((None, rest))).collect()
}

/// Whose marks are which.
fn key(shown: &Shown<'_>, tally: &Tally) -> Option<impl IntoView + use<>> {
    let words = shown.words;
    let parts: Vec<_> = tally.weighed.iter().flat_map(|one| parts(shown, one)).collect();
    let there =
        shown.strands.countries().iter().filter(|country| parts.iter().any(|(of, _)| of.as_ref() == Some(*country)));
    let voices: Vec<_> = there.map(|country| view! { <li>{voice(words, shown.strands, country)}</li> }).collect();
    let others = parts.iter().any(|(of, _)| of.is_none()) && !voices.is_empty();
    let others = others.then(|| view! { <li><span class="voice strand-0">{words.result_others()}</span></li> });
    (!voices.is_empty()).then(|| view! { <ul class="voices small" aria-hidden="true">{voices}{others}</ul> })
}

fn row(shown: &Shown<'_>, board: &Board, tally: &Tally, one: &Weighed, unit: usize) -> impl IntoView + use<> {
    let words = shown.words;
    let across = one.across.map(|across| match across {
        Across::Common => {
            view! { <p class="result__across result__across--common">{common(words, shown.strands, tally)}</p> }
        }
        Across::Divides => view! { <p class="result__across">{words.result_divides().to_owned()}</p> },
    });
    let reasons: Vec<_> = one
        .reasons
        .iter()
        .map(|reason| view! { <li>{written(words, reason.language, &reason.text).view()}</li> })
        .collect();
    let reasons = (!reasons.is_empty()).then(|| {
        view! { <div class="small"><p><strong>{words.result_reasons()}</strong></p><ul class="result__reasons">{reasons}</ul></div> }
    });
    let support = match tally.how.method {
        Method::Ranked => view! { <p class="small">{total(words, tally, one)}</p> }.into_any(),
        Method::Dots | Method::Score | Method::Consent => run(shown, tally, one, unit).into_any(),
    };
    view! {
        <li class="result">
            <span class="result__place">{one.place.to_string()}</span>
            <div class="result__what">
                <h3 class="result__name">{called(shown, board, one.choice).view()}</h3>
                {support}
                {across}
                {reasons}
                {who(shown, board, one.choice)}
                {drafting::of_this(shown, board, one.choice)}
            </div>
        </li>
    }
}

/// The marks, and what they are in numbers.
fn run(shown: &Shown<'_>, tally: &Tally, one: &Weighed, unit: usize) -> impl IntoView + use<> {
    let words = shown.words;
    let parts = parts(shown, one);
    let says: Vec<String> = parts
        .iter()
        .map(|(country, support)| format!("{} {support}", country_or_others(words, country.as_deref())))
        .collect();
    let sum: Vec<String> = parts.iter().map(|(_, support)| support.to_string()).collect();
    let sum = (parts.len() > 1 && one.all.support > 0)
        .then(|| view! { <span class="result__sum" aria-hidden="true">{sum.join(" + ")}</span> });
    let marks = parts.into_iter().flat_map(|(country, support)| {
        let class = country.as_deref().map_or("strand-0", |country| shown.strands.class(country));
        std::iter::repeat_n(class, support.div_ceil(unit))
    });
    let marks: Vec<_> = marks.map(|class| view! { <i class=format!("run__mark {class}")></i> }).collect();
    let run =
        (!marks.is_empty()).then(|| view! { <div class="run" role="img" aria-label=says.join(", ")>{marks}</div> });
    let total = total(words, tally, one);
    view! {
        <div class="result__run">
            {run}
            <p class="result__total">{sum}<strong>{total}</strong></p>
        </div>
    }
}

/// Who supports something together: each delegation, or those of which enough voted.
fn common(words: Words, strands: &Strands, tally: &Tally) -> String {
    let (counted, others): (Vec<_>, Vec<_>) =
        strands.countries().iter().partition(|country| tally.groups.contains_key(*country));
    if others.is_empty() {
        return words.result_common().to_owned();
    }
    let names: Vec<String> = counted.into_iter().map(|country| words.country_name(country)).collect();
    words.result_common_of(join(words.0, &names))
}

/// How much there is for something, in words.
pub(super) fn total(words: Words, tally: &Tally, one: &Weighed) -> String {
    let Count { support, aside, against, .. } = one.all;
    match tally.how.method {
        Method::Dots => format!("{}: {support}", words.result_dots()),
        Method::Score => format!("{}: {support}", words.result_points()),
        Method::Ranked => {
            let others = tally.weighed.len().saturating_sub(1);
            words.result_preferred_to(support.to_string(), others.to_string())
        }
        Method::Consent => {
            let says =
                [(words.result_agree(), support), (words.result_aside(), aside), (words.result_object(), against)];
            says.map(|(word, count)| format!("{word}: {count}")).join("; ")
        }
    }
}

fn country_or_others(words: Words, country: Option<&str>) -> String {
    country.map_or_else(|| words.result_others().to_owned(), |country| words.country_name(country))
}

/// Who voted for something, where that is told.
fn who(shown: &Shown<'_>, board: &Board, choice: Id) -> Option<impl IntoView + use<>> {
    let words = shown.words;
    let voters = board.ballots.values().filter_map(|cast| {
        let name = match cast.by {
            By::You => words.your_vote().to_owned(),
            By::Author(key) => shown.names.get(&key)?.clone(),
            By::Nobody => return None,
        };
        let says = match (&cast.ballot, cast.ballot.stance(choice)) {
            (_, Some(Stance::Agree)) => words.result_agree().to_owned(),
            (_, Some(Stance::Aside)) => words.result_aside().to_owned(),
            (_, Some(Stance::Object { .. })) => words.result_object().to_owned(),
            (Ballot::Consent(_), None) => return None,
            (ballot, None) => Some(ballot.number(choice)).filter(|number| *number > 0)?.to_string(),
        };
        Some(format!("{name}: {says}"))
    });
    let mut voters: Vec<String> = voters.collect();
    voters.sort();
    let voters: Vec<_> = voters.into_iter().map(|voter| view! { <li>{voter}</li> }).collect();
    (!voters.is_empty()).then(|| {
        view! { <details class="small" id=format!("who-{choice}")><summary>{words.result_who()}</summary><ul>{voters}</ul></details> }
    })
}

/// The same in numbers, for whoever reads them better.
fn table(shown: &Shown<'_>, board: &Board, tally: &Tally) -> impl IntoView + use<> {
    let words = shown.words;
    let consent = tally.how.method == Method::Consent;
    let countries: Vec<&String> = shown
        .strands
        .countries()
        .iter()
        .filter(|country| tally.weighed.iter().any(|one| one.groups.contains_key(*country)))
        .collect();
    let says = match tally.how.method {
        Method::Dots => words.result_dots(),
        Method::Score => words.result_points(),
        Method::Ranked => words.result_preferred(),
        Method::Consent => words.result_agree(),
    };
    let heads: Vec<_> =
        countries.iter().map(|country| view! { <th scope="col">{words.country_name(country)}</th> }).collect();
    let more = consent
        .then(|| view! { <th scope="col">{words.result_aside()}</th><th scope="col">{words.result_object()}</th> });
    let rows = tally.weighed.iter().map(|one| {
        let of = |country: &&String| one.groups.get(*country).map_or_else(|| "–".to_owned(), |count| count.support.to_string());
        let cells: Vec<_> = countries.iter().map(|country| view! { <td>{of(country)}</td> }).collect();
        let more = consent.then(|| view! { <td>{one.all.aside.to_string()}</td><td>{one.all.against.to_string()}</td> });
        view! {
            <tr><td>{one.place.to_string()}</td><th scope="row">{called(shown, board, one.choice).view()}</th>{cells}<td>{one.all.support.to_string()}</td>{more}</tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <details id="result-table">
            <summary>{words.result_table()}</summary>
            <div class="prose__table" tabindex="0" role="group" aria-labelledby="result">
                <table class="tally">
                    <caption>{says}</caption>
                    <thead><tr><th scope="col">{words.vote_place()}</th><td></td>{heads}<th scope="col">{words.result_all()}</th>{more}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::boards::How;
    use language::Locale;

    #[test]
    fn each_delegation_is_each_of_the_seminar() {
        let tally = |groups: &[&str]| Tally {
            how: How { method: Method::Dots, dots: 3 },
            cast: 9,
            paper: 0,
            proxy: 0,
            groups: groups.iter().map(|group| ((*group).to_owned(), 3)).collect(),
            weighed: Vec::new(),
        };
        let strands = Strands::of(&["AL", "BA", "MD"].map(str::to_owned));
        let says = |groups: &[&str]| common(Words(Locale::English), &strands, &tally(groups));
        assert_eq!(says(&["AL", "BA", "MD"]), "Each delegation supports it");
        assert_eq!(says(&["AL", "MD"]), "Each of these supports it: Albania and Moldova");
    }
}
