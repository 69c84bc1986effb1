//! Drafts of recommendations: what a room makes of what came first, each with where it comes from.

use super::{
    cards::Shown,
    drafted::Said,
    result::total,
    send::{Again, Form},
    sentence,
    voting::named,
};
use crate::{
    edits::{listed, themes},
    ui::{PhraseView, choice, choices, small_area, small_select, voice, written},
};
use content::{
    boards::{Board, Card, Choice, Id, PROPOSALS_MOST, Phase, Proposal, Refusal},
    recommendations::{Urgency, reference},
    texts::Phrase,
    things::{Kind, Place},
};
use leptos::prelude::*;

/// The drafts that there are, and where one is made and changed.
pub(super) fn drafts(shown: &Shown<'_>, board: &Board, writes: bool) -> Option<impl IntoView + use<>> {
    let words = shown.words;
    let now = board.phase == Phase::Agree;
    if !now && (board.phase != Phase::Closed || board.proposals.is_empty()) {
        return None;
    }
    let writes = writes && now;
    let items = board.proposals_in_order().into_iter().map(|(id, proposal)| one(shown, board, (id, proposal), writes));
    let items: Vec<_> = items.collect();
    let none = items.is_empty().then(|| view! { <p class="quiet">{words.no_drafts()}</p> });
    let publishing = (shown.leads && board.proposals.values().any(|proposal| proposal.published.is_none()))
        .then(|| view! { <p class="small quiet no-print">{words.draft_publish_says()}</p> });
    let items = (!items.is_empty()).then(|| view! { <ol class="results">{items}</ol> });
    let begun = (writes && board.proposals.len() < PROPOSALS_MOST).then(|| begin(shown, board));
    Some(view! {
        <section class="section section--near flow" aria-labelledby="drafts">
            <h2 class="section__heading" id="drafts" tabindex="-1">{words.drafts()}</h2>
            {none}
            {publishing}
            {items}
            {begun}
        </section>
    })
}

/// Where whoever writes makes a draft of something on which there was a vote, or goes to the one that there is.
pub(super) fn of_this(shown: &Shown<'_>, board: &Board, of: Id) -> Option<AnyView> {
    let words = shown.words;
    if !shown.drafts {
        return None;
    }
    let name = choice_of(board, of).map(|choice| named(shown, board, choice))?;
    let there = board.proposals_in_order().into_iter().find(|(_, proposal)| proposal.of == Some(of));
    if let Some((id, _)) = there {
        let label = format!("{}: {}", words.draft_to(), name.text);
        return Some(view! { <p class="small no-print"><a href=format!("#draft-{id}") aria-label=label>{words.draft_to()}</a></p> }.into_any());
    }
    let says = match choice_of(board, of)? {
        Choice::Cluster(id) => board.clusters.get(&id)?.name.as_ref().map(|name| (name.language, name.text.clone())),
        Choice::Card(id) => board.cards.get(&id).map(|card| (card.says.language, card.says.text.clone())),
    };
    // What is called nothing has no words of its own yet.
    let Some((language, text)) = says else {
        let label = format!("{}: {}", words.draft_begin(), name.text);
        return Some(
            view! { <p class="small no-print"><a href="#drafting" aria-label=label>{words.draft_begin()}</a></p> }
                .into_any(),
        );
    };
    let label = format!("{}: {}", words.draft_of_this(), name.text);
    let form = view! {
        <form class="no-print" method="post" action=format!("{}/drafts", shown.path)>
            <input type="hidden" name="id" value=Id::fresh().to_string()/>
            <input type="hidden" name="of" value=of.to_string()/>
            <input type="hidden" name="language" value=language.code()/>
            <input type="hidden" name="text" value=text/>
            <p class="actions"><button class="button button--second button--small" aria-label=label>{words.draft_of_this()}</button></p>
        </form>
    };
    Some(form.into_any())
}

fn choice_of(board: &Board, id: Id) -> Option<Choice> {
    board.choices().into_iter().find(|choice| choice.id() == id)
}

fn one(shown: &Shown<'_>, board: &Board, (id, proposal): (Id, &Proposal), writes: bool) -> impl IntoView + use<> {
    let words = shown.words;
    let place = proposal.of.and_then(|of| board.tally.as_ref()?.weighed.iter().find(|one| one.choice == of));
    let place = place.map(|one| one.place.to_string()).unwrap_or_default();
    let says = |text: &String| written(words, proposal.text.language, text).view();
    let addressees: Vec<_> = proposal.addressees.iter().map(|addressee| view! { <li>{says(addressee)}</li> }).collect();
    let addressees = (!addressees.is_empty()).then(|| {
        view! { <div class="small"><p><strong>{words.addressed_to()}</strong></p><ul class="result__reasons">{addressees}</ul></div> }
    });
    let facts = [
        proposal.urgency.map(|urgency| format!("{}: {}", words.urgency(), words.urgency_word(urgency))),
        (!proposal.themes.is_empty())
            .then(|| format!("{}: {}", words.themes(), listed(&proposal.themes, |theme| words.theme_name(theme)))),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().map(|fact| view! { <p class="small quiet">{fact}</p> }).collect();
    let open = proposal.published.is_none();
    let change = (writes && open).then(|| change(shown, id, proposal));
    let act = |act: &str, word: &'static str| {
        let label = format!("{word}: {}", proposal.text.text);
        view! {
            <form method="post" action=format!("{}/drafts/{id}/{act}", shown.path)>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                <button class="button button--second button--small" aria-label=label>{word}</button>
            </form>
        }
    };
    let leads = (shown.leads && open).then(|| {
        let drop = (board.phase == Phase::Agree).then(|| act("drop", words.draft_drop()));
        view! { <div class="actions no-print">{act("publish", words.draft_publish())}{drop}</div> }
    });
    let published = proposal.published.as_ref().map(|slug| {
        let place = Place::of(Kind::Recommendation, slug);
        let says = words.draft_published(reference(slug));
        view! { <p id=format!("published-{slug}")><a href=place.path()>{says}</a></p> }
    });
    view! {
        <li class="result" id=format!("draft-{id}")>
            <span class="result__place">{place}</span>
            <div class="result__what">
                <h3 class="result__name">{says(&proposal.text.text)}</h3>
                {published}
                {facts}
                {addressees}
                {proposal.of.map(|of| thread(shown, board, id, of))}
                {change}
                {leads}
            </div>
        </li>
    }
}

/// Out of which cluster it came, with how many votes, and of which cards.
fn thread(shown: &Shown<'_>, board: &Board, draft: Id, of: Id) -> impl IntoView + use<> {
    let words = shown.words;
    let choice = if board.clusters.contains_key(&of) { Choice::Cluster(of) } else { Choice::Card(of) };
    let is = |(id, card): &(Id, &Card)| card.stands() && (card.cluster == Some(of) || *id == of);
    let cards = board.in_order().into_iter().filter(is).map(|(_, card)| {
        let group = card.says.group.as_deref().map(|country| voice(words, shown.strands, country));
        view! { <li>{written(words, card.says.language, &card.says.text).view()}" "{group}</li> }
    });
    let cards: Vec<_> = cards.collect();
    let votes = board.tally.as_ref().and_then(|tally| {
        let one = tally.weighed.iter().find(|one| one.choice == of)?;
        Some(view! { <p>{words.vote_place()}" "{one.place.to_string()}". "{total(words, tally, one)}</p> })
    });
    let name = matches!(choice, Choice::Cluster(_))
        .then(|| view! { <p><strong>{named(shown, board, choice).view()}</strong></p> });
    let gone = cards.is_empty().then(|| view! { <p>{words.result_gone()}</p> });
    view! {
        <details class="small" id=format!("thread-{draft}")>
            <summary>{words.draft_from()}</summary>
            <div class="flow flow--snug">
                {name}
                {votes}
                <ul class="result__reasons">{cards}</ul>
                {gone}
            </div>
        </details>
    }
}

/// Where a draft is made out of something on the board, or of nothing.
fn begin(shown: &Shown<'_>, board: &Board) -> impl IntoView + use<> {
    let words = shown.words;
    let again = shown.again.filter(|again| again.form == Form::Propose);
    let typed = again.and_then(|again| again.drafted.as_ref());
    let of = typed.map(|typed| typed.of.clone()).unwrap_or_default();
    let place = |choice: &Choice| {
        let weighed = board.tally.iter().flat_map(|tally| &tally.weighed);
        weighed.filter(|one| one.choice == choice.id()).map(|one| one.place).min()
    };
    let mut all = board.choices();
    all.sort_by_key(|choice| place(choice).unwrap_or(usize::MAX));
    let all = all.into_iter().map(|choice| {
        let id = choice.id().to_string();
        let taken = id == of;
        (id, named(shown, board, choice), taken)
    });
    let none = (String::new(), Phrase::plain(words.draft_of_none()), of.is_empty());
    let value = again.map(|again| again.text.clone()).unwrap_or_default();
    let refused = again.map(|again| sentence(words, again.refusal));
    view! {
        <details class="no-print" id="drafting" open=again.is_some() || board.proposals.is_empty()>
            <summary>{words.draft_begin()}</summary>
            <form class="flow" method="post" action=format!("{}/drafts", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {small_select(("of", "draft-of".to_owned()), words.draft_of().to_owned(), [none].into_iter().chain(all).collect())}
                {small_area(("text", "draft-text".to_owned()), words.draft_text().to_owned(), (value, words.0.tag()), refused)}
                <p class="actions"><button class="button">{words.draft_put()}</button></p>
            </form>
        </details>
    }
}

/// Where a draft is changed: with what it said when whoever changes it saw it, so that two can change it at once.
fn change(shown: &Shown<'_>, id: Id, proposal: &Proposal) -> impl IntoView + use<> {
    let words = shown.words;
    let again = shown.again.filter(|again| again.form == Form::Amend(id));
    let (typed, before) = typed(again, Said::of(proposal));
    let of_addressees =
        |refusal| matches!(refusal, Refusal::AddresseeEmpty | Refusal::AddresseeLong | Refusal::ManyAddressees);
    let why = |ours: bool| {
        let refused = again.map(|again| again.refusal).filter(|refusal| of_addressees(*refusal) == ours);
        refused.map(|refusal| sentence(words, refusal))
    };
    let urgencies = Urgency::ALL.iter().map(|&urgency| {
        (urgency.code().to_owned(), words.urgency_word(urgency).to_owned(), typed.urgency == urgency.code())
    });
    let unsaid = (String::new(), words.draft_urgency_none().to_owned(), typed.urgency.is_empty());
    let label = format!("{}: {}", words.draft_change(), proposal.text.text);
    let save = format!("{}: {}", words.save(), proposal.text.text);
    view! {
        <details class="card__change no-print" id=format!("change-{id}") open=again.is_some()>
            <summary aria-label=label>{words.draft_change()}</summary>
            <form class="flow" method="post" action=format!("{}/drafts/{id}", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                <input type="hidden" name="before" value=before.json()/>
                {small_area(("text", format!("draft-text-{id}")), words.draft_text().to_owned(), (typed.text.clone(), proposal.text.language.code()), why(false))}
                {choice("urgency", words.urgency(), [unsaid].into_iter().chain(urgencies).collect())}
                {small_area(("addressees", format!("draft-to-{id}")), words.draft_addressees().to_owned(), (typed.addressees.join("\n"), proposal.text.language.code()), why(true))}
                {choices("theme", words.themes(), themes(words, &typed.themes))}
                <p class="actions"><button class="button button--second" aria-label=save>{words.save()}</button></p>
            </form>
        </details>
    }
}

/// What stands in its fields, and what that is compared with when it is sent. Whoever was told that somebody else changed the
/// same has seen what it says now.
fn typed(again: Option<&Again>, now: Said) -> (Said, Said) {
    let Some((again, typed)) = again.and_then(|again| Some((again, again.drafted.clone()?))) else {
        return (now.clone(), now);
    };
    if again.refusal == Refusal::Changed { (typed.over(&now), now) } else { (typed.said, typed.before) }
}
