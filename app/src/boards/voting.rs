//! Where a vote begins, where everybody votes, and where a vote is entered for somebody.

use super::{
    cards::Shown,
    send::{Form, Marks},
    sentence,
};
use crate::{
    ui::{PhraseView, cell, choice, select, written},
    words::Words,
};
use content::{
    boards::{
        Ballot, Ballots, Board, Choice, Hand, How, Id, Method, OPTIONS_MOST, POINTS_MOST, Phase, Refusal, Stance,
        Voting,
    },
    texts::Phrase,
};
use leptos::prelude::*;

/// The id of the form in which whoever looks votes.
const FORM: &str = "vote";

/// Where whoever leads the work has everybody vote.
pub(super) fn opening(shown: &Shown<'_>, board: &Board) -> impl IntoView + use<> {
    let words = shown.words;
    let again = shown.again.filter(|again| again.form == Form::Open);
    let how = board.vote.unwrap_or_default();
    let refused = again.filter(|again| again.refusal == Refusal::Dots).map(|again| sentence(words, again.refusal));
    let typed = again.filter(|again| !again.text.is_empty()).map(|again| again.text.clone());
    let methods = Method::ALL.iter().map(|&method| {
        let says = match method {
            Method::Dots => words.method_dots().to_owned(),
            Method::Score => words.method_score(POINTS_MOST.to_string()),
            Method::Ranked => words.method_ranked().to_owned(),
            Method::Consent => words.method_consent().to_owned(),
        };
        (method.code().to_owned(), says, method == how.method)
    });
    let goes_on = board.vote.map(|_| view! { <p class="small">{words.vote_goes_on()}</p> });
    view! {
        <details class="no-print" id="opening" open=again.is_some() || board.phase == Phase::Cluster>
            <summary>{words.vote_on_it()}</summary>
            <form class="flow" method="post" action=format!("{}/vote/open", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {goes_on}
                {choice("method", words.vote_how(), methods.collect())}
                {cell("dots".to_owned(), words.vote_dots(), "number", typed.unwrap_or_else(|| how.dots.to_string()), refused)}
                <p class="actions"><button class="button">{words.vote_begin()}</button></p>
            </form>
        </details>
    }
}

/// How there is a vote, and who sees what of it.
pub(super) fn told(words: Words, board: &Board) -> Vec<String> {
    let how = board.vote.unwrap_or_default();
    let does = match how.method {
        Method::Dots => words.vote_lead_dots(how.dots.to_string()),
        Method::Score => words.vote_lead_score(POINTS_MOST.to_string()),
        Method::Ranked => words.vote_lead_ranked().to_owned(),
        Method::Consent => words.vote_lead_consent().to_owned(),
    };
    let seen = match board.details.ballots() {
        Ballots::Secret => words.vote_secret_now(),
        Ballots::Open => words.vote_open_now(),
    };
    vec![does, seen.to_owned()]
}

/// What there is a vote on, in words.
pub(super) fn named(shown: &Shown<'_>, board: &Board, choice: Choice) -> Phrase {
    match choice {
        Choice::Cluster(id) => {
            let called = shown.called.iter().find(|(other, _)| *other == id);
            called.map_or_else(|| Phrase::plain(shown.words.result_gone()), |(_, called)| called.clone())
        }
        Choice::Card(id) => {
            let card = board.cards.get(&id).filter(|card| card.stands() || shown.leads);
            let says = card.map(|card| written(shown.words, card.says.language, &card.says.text));
            says.unwrap_or_else(|| Phrase::plain(shown.words.result_gone()))
        }
    }
}

/// The ballot of whoever looks.
pub(super) fn ballot(shown: &Shown<'_>, board: &Board, voting: &Voting) -> Option<impl IntoView + use<>> {
    let (words, how) = (shown.words, board.vote?);
    let again = shown.again.filter(|again| again.form == Form::Vote).and_then(|again| again.marks.clone());
    let own = voting.own.as_ref().map(|cast| (cast.hand, cast.ballot.clone()));
    let status = own.as_ref().map(|(hand, _)| match hand {
        Hand::Own => words.vote_is_in(),
        Hand::Paper | Hand::Proxy => words.vote_in_for_you(),
    });
    let status = status.map(|says| view! { <p><strong>{says}</strong></p> });
    let back = own.as_ref().filter(|(hand, _)| *hand == Hand::Own).map(|_| {
        view! {
            <form class="no-print" method="post" action=format!("{}/vote", shown.path)>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                <input type="hidden" name="method" value=how.method.code()/>
                <p class="actions"><button class="button button--second button--small">{words.vote_take_back()}</button></p>
            </form>
        }
    });
    let marks = again.unwrap_or_else(|| own.map_or_else(Marks::default, |(_, ballot)| Marks::of(&ballot)));
    let marks = fields(shown, board, how, ("mark", "why"), &marks);
    Some(view! {
        <section class="flow" aria-labelledby="your-vote">
            <h2 id="your-vote">{words.your_vote()}</h2>
            {status}
            <form class="ballot" id=FORM method="post" action=format!("{}/vote", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                <input type="hidden" name="method" value=how.method.code()/>
                {marks}
            </form>
            {back}
        </section>
    })
}

/// Where it is handed in: under the thumb.
pub(super) fn handing_in(words: Words, board: &Board, voting: &Voting) -> impl IntoView + use<> {
    let word = if voting.own.is_some() { words.vote_change() } else { words.vote_hand_in() };
    let dots = board.vote.filter(|how| how.method == Method::Dots).map(|how| how.dots.to_string());
    // A script counts them.
    let left = dots.map(|dots| {
        view! { <p class="small" data-dots=dots hidden role="status">{words.dots_left()}" "<strong></strong></p> }
    });
    view! {
        <div class="reach no-print">
            {left}
            <button class="button reach__button" form=FORM>{word}</button>
        </div>
    }
}

/// What is marked for each of that on which there is a vote.
fn fields(
    shown: &Shown<'_>,
    board: &Board,
    how: How,
    (mark, why): (&str, &str),
    marks: &Marks,
) -> impl IntoView + use<> {
    let words = shown.words;
    let choices = board.choices();
    let places = choices.len();
    let one = |choice: Choice| {
        let (id, named) = (choice.id(), named(shown, board, choice));
        let (name, is) = (format!("{mark}-{id}"), marks.mark(id));
        let to = match choice {
            Choice::Cluster(id) => {
                let cards = board.cards.values().filter(|card| card.stands() && card.cluster == Some(id)).count();
                Some(view! { <a href=format!("#cluster-{id}")>{words.count_cards(cards as u64)}</a> })
            }
            Choice::Card(_) => None,
        };
        let numbers = |most: u8| {
            radios(&name, (0..=most).map(|number| (number.to_string(), number.to_string())), is.unwrap_or("0"))
        };
        let fields = match how.method {
            Method::Dots => numbers(how.dots).into_any(),
            Method::Score => numbers(POINTS_MOST).into_any(),
            Method::Ranked => {
                let none = (String::new(), Phrase::plain(words.mark_none()), is.is_none());
                let place = |place: usize| {
                    let place = place.to_string();
                    (place.clone(), Phrase::plain(place.clone()), is == Some(&*place))
                };
                let choices = std::iter::once(none).chain((1..=places.min(OPTIONS_MOST)).map(place));
                select(name.clone(), words.vote_place(), choices.collect(), None).into_any()
            }
            Method::Consent => {
                let says =
                    [("agree", words.mark_agree()), ("aside", words.mark_aside()), ("object", words.mark_object())];
                let says = says.map(|(code, word)| (code.to_owned(), word.to_owned()));
                let refused = (is == Some("object") && marks.lacks(id)).then(|| match marks.reason(id).trim() {
                    "" => sentence(words, Refusal::NoReason),
                    _ => sentence(words, Refusal::ReasonLong),
                });
                let reason =
                    cell(format!("{why}-{id}"), words.vote_why(), "text", marks.reason(id).to_owned(), refused);
                view! {
                    {radios(&name, says.into_iter(), is.unwrap_or_default())}
                    <div class="ballot__why">{reason}</div>
                }
                .into_any()
            }
        };
        view! {
            <fieldset class="ballot__one">
                <legend class="ballot__name">{named.view()}</legend>
                {to}
                {fields}
            </fieldset>
        }
    };
    choices.into_iter().map(one).collect_view()
}

fn radios<I: Iterator<Item = (String, String)>>(name: &str, choices: I, taken: &str) -> impl IntoView + use<I> {
    let radios = choices.map(|(value, word)| {
        let checked = value == taken;
        view! { <label class="marks__one"><input class="marks__input" type="radio" name=name.to_owned() value=value checked=checked/><span>{word}</span></label> }
    });
    let radios: Vec<_> = radios.collect();
    view! { <div class="marks">{radios}</div> }
}

/// Where whoever leads the work enters what came on paper, or for somebody, and takes that back.
pub(super) fn entering(shown: &Shown<'_>, board: &Board, voting: &Voting) -> Option<impl IntoView + use<>> {
    let (words, how) = (shown.words, board.vote?);
    let again = shown.again.filter(|again| again.form == Form::Enter);
    let marks = again.and_then(|again| again.marks.clone()).unwrap_or_default();
    let hands = [(Hand::Paper, words.hand_paper()), (Hand::Proxy, words.hand_proxy())];
    let is = |hand: Hand| marks.hand.as_deref().unwrap_or(Hand::Paper.code()) == hand.code();
    let hands = hands.map(|(hand, word)| (hand.code().to_owned(), word.to_owned(), is(hand)));
    let countries = shown.strands.countries().iter().map(|country| {
        (country.clone(), Phrase::plain(words.country_name(country)), marks.group.as_deref() == Some(country))
    });
    let first = |chosen: bool| std::iter::once((String::new(), Phrase::plain(words.vote_choose()), !chosen));
    let countries = first(marks.group.is_some()).chain(countries).collect();
    let seats = voting.seats.iter().map(|(id, name)| {
        let id = id.to_string();
        (id.clone(), Phrase::plain(name.clone()), marks.seat.as_deref() == Some(&*id))
    });
    let seats = first(marks.seat.is_some()).chain(seats).collect();
    let fields = fields(shown, board, how, ("entered", "entered-why"), &marks);
    let entered = voting.entered.iter().map(|one| {
        let hand = if one.hand == Hand::Paper { words.hand_paper() } else { words.hand_proxy() };
        let group = one.group.as_deref().map(|country| format!(", {}", words.country_name(country)));
        let label = format!("{}: {hand}{}", words.vote_discard(), group.clone().unwrap_or_default());
        view! {
            <li class="entered__one">
                <span>{hand}{group}</span>
                <form method="post" action=format!("{}/vote/discard", shown.path)>
                    <input type="hidden" name="id" value=Id::fresh().to_string()/>
                    <button class="button button--second button--small" name="ballot" value=one.command.clone() aria-label=label>{words.vote_discard()}</button>
                </form>
            </li>
        }
    });
    let entered: Vec<_> = entered.collect();
    let entered = (!entered.is_empty()).then(|| {
        view! { <p id="entered"><strong>{words.vote_entered()}</strong></p><ul class="entered" aria-labelledby="entered">{entered}</ul> }
    });
    Some(view! {
        <details class="no-print" id="entering" open=again.is_some()>
            <summary>{words.vote_enter()}</summary>
            <form class="flow" method="post" action=format!("{}/vote/enter", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                <input type="hidden" name="method" value=how.method.code()/>
                {choice("hand", words.vote_hand(), hands.to_vec())}
                {select("group".to_owned(), words.hand_delegation(), countries, None)}
                {select("seat".to_owned(), words.hand_seat(), seats, None)}
                {fields}
                <p class="actions"><button class="button button--second">{words.vote_enter()}</button></p>
            </form>
            {entered}
        </details>
    })
}

impl Marks {
    /// Those of a ballot.
    fn of(ballot: &Ballot) -> Self {
        let mut marks = Self::default();
        match ballot {
            Ballot::Dots(of) | Ballot::Score(of) | Ballot::Ranked(of) => {
                marks.marks = of.iter().map(|(id, number)| (*id, number.to_string())).collect();
            }
            Ballot::Consent(of) => {
                for (id, stance) in of {
                    let code = match stance {
                        Stance::Agree => "agree",
                        Stance::Aside => "aside",
                        Stance::Object { .. } => "object",
                    };
                    marks.marks.insert(*id, code.to_owned());
                    if let Stance::Object { reason } = stance {
                        marks.reasons.insert(*id, reason.text.clone());
                    }
                }
            }
        }
        marks
    }
}
