//! Cards in their clusters, and where they are sorted.

use super::{
    cards::{Shown, one},
    send::{Form, LOOSE, NEW},
    sentence,
};
use crate::ui::{PhraseView, small_line, small_select, written};
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
    let clusters = board.clusters_in_order().into_iter().map(|(id, cluster)| {
        let band = band(shown, cards, id);
        let cards_of = lies(Some(id));
        let none = cards_of.is_empty().then(|| view! { <p class="quiet">{words.cluster_empty()}</p> });
        let tools = shown.sorts.then(|| tools(shown, board, (id, cluster)));
        let name = cluster.name.as_ref().map(|name| written(words, name.language, &name.text).view());
        let name = name.unwrap_or_else(|| words.cluster_unnamed().into_any());
        view! {
            <section class="cluster" id=format!("cluster-{id}") aria-labelledby=format!("called-{id}")>
                <div class="cluster__head">
                    {band}
                    <h3 class="cluster__name" id=format!("called-{id}")>{name}</h3>
                </div>
                {none}
                <ul class="cluster__cards">{cards_of}</ul>
                {tools}
            </section>
        }
    });
    let clusters = clusters.collect_view();
    let alike: Vec<_> = shown.alike.iter().filter_map(|alike| suggested(shown, board, alike)).collect();
    let alike = (!alike.is_empty()).then(|| view! { <div class="suggested no-print">{alike}</div> });
    view! {
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
    let cards = alike.cards.iter().map(|id| board.cards.get(id).map(|card| (*id, card)));
    let cards = cards.collect::<Option<Vec<_>>>()?.into_iter();
    let cards = cards.map(|(id, card)| {
        let text = written(words, card.says.language, &card.says.text).view();
        view! { <li class="alike__card">{text}<input type="hidden" name="card" value=id.to_string()/></li> }
    });
    let cluster = alike.cluster.map(|id| board.clusters.get(&id).map(|cluster| (id, cluster)));
    let (lead, name, to, word) = match cluster {
        Some(None) => return None,
        Some(Some(cluster)) => {
            let name = called(shown, board, cluster).view();
            (
                words.alike_belongs(),
                Some(view! { <p><strong>{name}</strong></p> }),
                cluster.0.to_string(),
                words.alike_put(),
            )
        }
        None => (words.alike_cards(), None, NEW.to_owned(), words.alike_one_cluster()),
    };
    Some(view! {
        <form class="alike" method="post" action=format!("{}/sort", shown.path)>
            <input type="hidden" name="id" value=Id::fresh().to_string()/>
            {name}
            <p>{lead}":"</p>
            <ul class="alike">{cards.collect_view()}</ul>
            <p class="actions"><button class="button button--second button--small" name="to" value=to>{word}</button></p>
        </form>
    })
}

/// As a cluster is called where one is chosen: one without a name by what its first card says.
fn called(shown: &Shown<'_>, board: &Board, (id, cluster): (Id, &Cluster)) -> Phrase {
    let words = shown.words;
    if let Some(name) = &cluster.name {
        return written(words, name.language, &name.text);
    }
    let cards = board.in_order();
    let first = cards.iter().find(|(_, card)| card.stands() && card.cluster == Some(id));
    first.map_or_else(
        || Phrase::plain(words.cluster_unnamed()),
        |(_, card)| written(words, card.says.language, &card.says.text),
    )
}

/// Where a cluster is named, and put into another.
fn tools(shown: &Shown<'_>, board: &Board, (id, cluster): (Id, &Cluster)) -> impl IntoView + use<> {
    let words = shown.words;
    let again = shown.again.filter(|again| again.form == Form::Name(id));
    let name = cluster.name.as_ref().map(|name| name.text.clone());
    let word = if name.is_some() { words.rename_cluster() } else { words.name_cluster() };
    let open = again.is_some() || name.is_none();
    let value = again.map(|again| again.text.clone()).or(name).unwrap_or_default();
    let refused = again.map(|again| sentence(words, again.refusal));
    let path = format!("{}/clusters/{id}", shown.path);
    let others = board.clusters_in_order().into_iter().filter(|(other, _)| *other != id);
    let others = others.map(|other| (other.0.to_string(), called(shown, board, other)));
    let into = others.chain([(LOOSE.to_owned(), Phrase::plain(words.merge_none()))]).collect();
    view! {
        <details class="card__change no-print" id=format!("naming-{id}") open=open>
            <summary>{word}</summary>
            <form class="flow flow--snug" method="post" action=format!("{path}/name") novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {small_line(("text", format!("name-{id}")), words.cluster_name().to_owned(), value, refused)}
                <p class="actions"><button class="button button--second button--small">{words.save()}</button></p>
            </form>
        </details>
        <details class="card__change no-print" id=format!("merging-{id}")>
            <summary>{words.merge_cluster()}</summary>
            <form class="flow flow--snug" method="post" action=format!("{path}/merge")>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {small_select(("to", format!("into-{id}")), words.merge_into().to_owned(), into)}
                <p class="actions"><button class="button button--second button--small">{words.save()}</button></p>
            </form>
        </details>
    }
}

/// Where the cards that are chosen go: under the thumb, once one is.
pub(super) fn choices(shown: &Shown<'_>, board: &Board) -> Option<impl IntoView + use<>> {
    let words = shown.words;
    board.cards.values().any(Card::stands).then(|| {
        let clusters = board.clusters_in_order().into_iter().map(|cluster| {
            let called = called(shown, board, cluster);
            view! { <button class="choices__one" name="to" value=cluster.0.to_string()>{called.view()}</button> }
        });
        let some = board.cards.values().any(|card| card.cluster.is_some());
        let loose =
            some.then(|| view! { <button class="choices__one" name="to" value=LOOSE>{words.loose_cards()}</button> });
        view! {
            <form class="reach reach--choices no-print" id=FORM method="post" action=format!("{}/sort", shown.path)>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                <p class="small" id="chosen-to"><strong>{words.chosen_to()}</strong></p>
                <div class="choices" role="group" aria-labelledby="chosen-to">
                    {clusters.collect_view()}
                    <button class="choices__one" name="to" value=NEW>{words.new_cluster()}</button>
                    {loose}
                </div>
            </form>
        }
    })
}
