//! Cards in their clusters, and where they are sorted.

use super::{
    cards::{Shown, one},
    send::{Form, LOOSE, NEW},
    sentence,
};
use crate::{
    ui::{PhraseView, small_line, small_select, written},
    words::Words,
};
use content::{
    boards::{Alike, Board, Card, Cluster, Id},
    texts::Phrase,
};
use leptos::prelude::*;

/// The id of the form to which the cards that are chosen belong.
pub(super) const FORM: &str = "sort";

/// Those that are loose, and each cluster with what lies in it.
pub(super) fn table(shown: &Shown<'_>, board: &Board, cards: &[(Id, &Card)]) -> impl IntoView + use<> {
    let words = shown.words;
    let lies = |cluster: Option<Id>| {
        let lies = cards.iter().filter(|(_, card)| card.cluster == cluster);
        lies.map(|(id, card)| one(shown, *id, card)).collect::<Vec<_>>()
    };
    let loose = lies(None);
    let none = loose.is_empty().then(|| view! { <p class="quiet">{words.no_loose()}</p> });
    let clusters = shown.called.iter().filter_map(|(id, called)| {
        let (id, cluster) = (*id, board.clusters.get(id)?);
        let (band, cards_of) = (band(shown, cards, id), lies(Some(id)));
        let none = cards_of.is_empty().then(|| view! { <p class="quiet">{words.cluster_empty()}</p> });
        let naming = shown.sorts.then(|| naming(shown, (id, cluster), called));
        Some(view! {
            <section class="cluster" id=format!("cluster-{id}") aria-labelledby=format!("called-{id}")>
                <div class="cluster__head">
                    {band}
                    <h3 class="cluster__name" id=format!("called-{id}")>{called.view()}</h3>
                </div>
                {none}
                <ul class="cluster__cards">{cards_of}</ul>
                {naming}
            </section>
        })
    });
    let clusters: Vec<_> = clusters.collect();
    let clusters = (!clusters.is_empty()).then(|| view! { <div class="clusters">{clusters}</div> });
    let alike: Vec<_> = shown.alike.iter().filter_map(|alike| suggested(shown, board, alike)).collect();
    let alike = (!alike.is_empty()).then(|| view! { <div class="suggested no-print">{alike}</div> });
    let tools = shown.sorts.then(|| tools(shown));
    view! {
        {tools}
        <div class="sorted">
            <section class="cluster cluster--loose" aria-labelledby="loose">
                <h3 class="cluster__name" id="loose">{words.loose_cards()}</h3>
                {none}
                {alike}
                <ul class="cluster__cards">{loose}</ul>
            </section>
            {clusters}
        </div>
    }
}

/// Which delegations have a card there: they run as one band, and a voice that is missing leaves a hairline.
fn band(shown: &Shown<'_>, cards: &[(Id, &Card)], cluster: Id) -> Option<impl IntoView + use<>> {
    let (words, all) = (shown.words, shown.strands.countries());
    let lie = cards.iter().filter(|(_, card)| card.stands() && card.cluster == Some(cluster));
    let here: Vec<&str> = lie.filter_map(|(_, card)| card.says.group.as_deref()).collect();
    let some = all.iter().filter(|country| here.contains(&country.as_str())).count();
    let lines = all.iter().map(|country| {
        let absent = if here.contains(&country.as_str()) { "" } else { " band__line--absent" };
        view! { <i class=format!("band__line {}{absent}", shown.strands.class(country))></i> }
    });
    let says = if some == all.len() {
        words.cluster_all().to_owned()
    } else {
        words.cluster_some(some.to_string(), all.len().to_string())
    };
    (some > 0 && all.len() > 1).then(|| {
        view! {
            <div class="band" aria-hidden="true">{lines.collect_view()}</div>
            <p class="band__caption">{says}</p>
        }
    })
}

/// Cards that may belong together, for a person to say so; none: one of them is not there any more.
fn suggested(shown: &Shown<'_>, board: &Board, alike: &Alike) -> Option<impl IntoView + use<>> {
    let words = shown.words;
    let first = alike.cards.first()?.to_string();
    // Somebody may have moved one since.
    let lies = |id: &Id| board.cards.get(id).filter(|card| card.stands() && card.cluster.is_none());
    let cards = alike.cards.iter().map(|id| lies(id).map(|card| (*id, card)));
    let cards = cards.collect::<Option<Vec<_>>>()?.into_iter();
    let cards = cards.map(|(id, card)| {
        let text = written(words, card.says.language, &card.says.text).view();
        view! { <li class="alike__card">{text}<input type="hidden" name="card" value=id.to_string()/></li> }
    });
    let (lead, name, to, word) = match alike.cluster {
        Some(id) => {
            let (_, called) = shown.called.iter().find(|(other, _)| *other == id)?;
            let name = view! { <p><strong>{called.view()}</strong></p> };
            (words.alike_belongs(), Some(name), id.to_string(), words.alike_put())
        }
        None => (words.alike_cards(), None, NEW.to_owned(), words.alike_one_cluster()),
    };
    Some(view! {
        <form class="alike" method="post" action=format!("{}/sort", shown.path)>
            <input type="hidden" name="id" value=Id::fresh().to_string()/>
            {name}
            <p>{lead}":"</p>
            <ul class="alike__cards">{cards.collect_view()}</ul>
            <p class="actions"><button class="button button--second button--small" id=format!("alike-{first}") name="to" value=to>{word}</button></p>
        </form>
    })
}

/// As clusters are called: one without a name by its number.
pub(super) fn called(words: Words, board: &Board) -> Vec<(Id, Phrase)> {
    let clusters = (1..).zip(board.clusters_in_order());
    let called = clusters.map(|(number, (id, cluster)): (u64, _)| {
        let named = cluster.name.as_ref().map(|name| written(words, name.language, &name.text));
        (id, named.unwrap_or_else(|| Phrase::plain(words.cluster_unnamed(number.to_string()))))
    });
    called.collect()
}

/// Where a cluster is named.
fn naming(shown: &Shown<'_>, (id, cluster): (Id, &Cluster), called: &Phrase) -> impl IntoView + use<> {
    let words = shown.words;
    let again = shown.again.filter(|again| again.form == Form::Name(id));
    let name = cluster.name.as_ref().map(|name| name.text.clone());
    let word = if name.is_some() { words.rename_cluster() } else { words.name_cluster() };
    let open = again.is_some() || name.is_none();
    let value = again.map(|again| again.text.clone()).or(name).unwrap_or_default();
    let refused = again.map(|again| sentence(words, again.refusal));
    let (word_of, save_of) = (format!("{word}: {}", called.text), format!("{}: {}", words.save(), called.text));
    view! {
        <details class="card__change no-print" id=format!("naming-{id}") open=open>
            <summary aria-label=word_of>{word}</summary>
            <form class="flow flow--snug" method="post" action=format!("{}/clusters/{id}", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {small_line(("text", format!("name-{id}")), words.cluster_name().to_owned(), value, refused)}
                <p class="actions"><button class="button button--second button--small" aria-label=save_of>{words.save()}</button></p>
            </form>
        </details>
    }
}

/// Where a cluster is begun with a name, and where two are put together.
fn tools(shown: &Shown<'_>) -> impl IntoView + use<> {
    let words = shown.words;
    let again = shown.again.filter(|again| again.form == Form::New);
    let refused = again.map(|again| sentence(words, again.refusal));
    let typed = again.map(|again| again.text.clone()).unwrap_or_default();
    let begun = view! {
        <details class="no-print" id="naming-new" open=again.is_some()>
            <summary>{words.begin_cluster()}</summary>
            <form class="flow flow--snug" method="post" action=format!("{}/clusters", shown.path) novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {small_line(("text", "name-new".to_owned()), words.cluster_name().to_owned(), typed, refused)}
                <p class="actions"><button class="button button--second button--small">{words.new_cluster()}</button></p>
            </form>
        </details>
    };
    // Nothing is chosen at first: putting together cannot be taken back.
    let of = |last: Option<(String, Phrase, bool)>| {
        let all = shown.called.iter().map(|(id, called)| (id.to_string(), called.clone(), false));
        [(String::new(), Phrase::plain(words.merge_choose()), false)].into_iter().chain(all).chain(last).collect()
    };
    let merging = (!shown.called.is_empty()).then(|| {
        let apart = (LOOSE.to_owned(), Phrase::plain(words.merge_none()), false);
        view! {
            <details class="no-print" id="merging">
                <summary>{words.merge_clusters()}</summary>
                <form class="flow flow--snug" method="post" action=format!("{}/merge", shown.path)>
                    <input type="hidden" name="id" value=Id::fresh().to_string()/>
                    {small_select(("cluster", "merge-which".to_owned()), words.merge_which().to_owned(), of(None))}
                    {small_select(("to", "merge-into".to_owned()), words.merge_into().to_owned(), of(Some(apart)))}
                    <p class="actions"><button class="button button--second button--small">{words.merge_clusters()}</button></p>
                </form>
            </details>
        }
    });
    view! { <div class="actions">{begun}{merging}</div> }
}

/// Where the cards that are chosen go: under the thumb, once one is.
pub(super) fn choices(shown: &Shown<'_>, board: &Board) -> Option<impl IntoView + use<>> {
    let words = shown.words;
    board.cards.values().any(Card::stands).then(|| {
        let clusters = shown.called.iter().map(|(id, called)| {
            view! { <button class="choices__one" id=format!("to-{id}") name="to" value=id.to_string()>{called.view()}</button> }
        });
        let some = board.cards.values().any(|card| card.cluster.is_some());
        let loose = some.then(|| {
            view! { <button class="choices__one" id="to-loose" name="to" value=LOOSE>{words.loose_cards()}</button> }
        });
        view! {
            <form class="reach reach--choices no-print" id=FORM method="post" action=format!("{}/sort", shown.path)>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                <p class="small" id="chosen-to" tabindex="-1"><strong>{words.chosen_to()}</strong></p>
                <div class="choices" role="group" aria-labelledby="chosen-to">
                    {clusters.collect_view()}
                    <button class="choices__one" id="to-new" name="to" value=NEW>{words.new_cluster()}</button>
                    {loose}
                </div>
            </form>
        }
    })
}
