//! `/search`

use super::island::{SearchBox, Words as BoxWords};
use crate::{
    asked::Asked,
    render::{self, Answer},
    ui::{Head, PhraseView, alive, document, from_home, leaf},
    words::Words,
};
use content::{
    search::{self, Added, Asked as Query, Found, Hit, OFFERED, PAGE, Piece, State},
    texts::Phrase,
    things::Kind,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub(crate) fn search() -> impl IntoView {
    let answer = expect_context::<Answer>();
    let query = use_query_map().with_untracked(|query| {
        // Values of one name may stand there more than once.
        let values: Vec<_> = query.clone().into_iter().collect();
        Query::of(values.iter().map(|(name, value)| (name.as_ref(), value.as_str())))
    });
    render::answer(
        move |asked| async move {
            let mut found = search::search(&asked.store, &asked.index, &asked.viewer, asked.reading, &query).await?;
            answer.set_missed(std::mem::take(&mut found.missed));
            // Who found nothing is told what there is.
            if found.total == 0 {
                let all = if query.q.trim().is_empty() && !query.is_narrowed() {
                    found.clone()
                } else {
                    let all = Query { page: 1, ..Query::default() };
                    search::search(&asked.store, &asked.index, &asked.viewer, asked.reading, &all).await?
                };
                return Ok(Some(draw(&asked, &answer, &query, found, Some(all))));
            }
            Ok(Some(draw(&asked, &answer, &query, found, None)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, answer: &Answer, query: &Query, found: Found, all: Option<Found>) -> impl IntoView + use<> {
    let words = asked.words();
    let typed = query.q.trim().to_owned();
    let chosen = chosen(words, query, &found.seminars);
    let title = match (typed.is_empty(), chosen.is_empty()) {
        (false, _) => words.search_for(&typed),
        (true, false) => {
            words.search_for(chosen.iter().map(|(name, _)| name.text.as_str()).collect::<Vec<_>>().join(", "))
        }
        (true, true) => words.search_title().to_owned(),
    };
    let head = Head { known: !query.is_narrowed() && query.page <= 1, ..Head::new(title, words.search_all()) };
    let looked = !typed.is_empty() || query.is_narrowed();
    let facets = (looked && (found.total > 0 || query.is_narrowed())).then(|| facets(words, query, &found));
    let class =
        if facets.is_some() { "finds section section--near" } else { "finds finds--whole section section--near" };
    let building = (asked.index.state() != State::Ready)
        .then(|| view! { <p class="note" role="status">{words.index_building()}</p> });
    let list = if looked {
        finds(words, query, &typed, chosen, found).into_any()
    } else {
        view! { <p class="lead">{words.ask_something()}</p> }.into_any()
    };
    let box_words = BoxWords {
        label: words.search_everything().to_owned(),
        button: words.search().to_owned(),
        suggestions: words.suggestions().to_owned(),
        kinds: Kind::ALL.iter().map(|kind| (kind.code().to_owned(), words.kind(*kind).to_owned())).collect(),
    };
    let inside = view! {
        <div class="title title--near">{from_home(words.you_are_in())}<h1 class="unseen">{words.search_title()}</h1></div>
        <SearchBox words=box_words query=query.q.clone()/>
        {alive(answer, &asked.assets)}
        {building}
        <div class=class>{facets}<div class="finds__list">{list}{all.map(|all| ways_on(words, &all))}</div></div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// What the search was narrowed to, each with the search without it.
type Chosen = Vec<(Phrase, String)>;

fn chosen(words: Words, query: &Query, seminars: &[(String, Phrase)]) -> Chosen {
    let of = |facet: &&'static str| {
        let facet = *facet;
        query
            .facet(facet)
            .iter()
            .map(move |value| (value_name(words, facet, value, seminars), query.without(facet, value).address()))
    };
    Query::FACETS.iter().flat_map(of).collect()
}

fn finds(words: Words, query: &Query, typed: &str, chosen: Chosen, found: Found) -> impl IntoView + use<> {
    let count = words.finds(u64::try_from(found.total).unwrap_or_default());
    let typed = typed.to_owned();
    if found.total == 0 {
        let without = query.is_narrowed().then(|| {
            let Query { q, plain, by_date, .. } = query.clone();
            let all = Query { q, plain, by_date, page: 1, ..Query::default() };
            view! { <p><a href=all.address()>{words.without_filters()}</a></p> }
        });
        let heading = if typed.is_empty() {
            words.none_here().into_any()
        } else {
            view! { {words.nothing_found()} " " <q>{typed}</q> }.into_any()
        };
        return view! {
            <h2>{heading}</h2>
            {narrowed(words, chosen)}
            {instead(words, query, &found)}
            {found.added.iter().map(|term| added(words, query, term)).collect_view()}
            <p>{words.nothing_found_help()}</p>
            {without}
        }
        .into_any();
    }
    let heading = if typed.is_empty() {
        view! { {count} }.into_any()
    } else {
        view! { {count} " " {words.finds_for()} " " <q>{typed}</q> }.into_any()
    };
    let some = found.some_words.then(|| view! { <p class="hint-line">{words.some_words()}</p> });
    let apart = found.apart.then(|| view! { <p class="hint-line">{words.words_apart()}</p> });
    let added = found.added.iter().map(|term| added(words, query, term)).collect_view();
    let instead = instead(words, query, &found);
    let also_in = also_in(words, query, &found);
    let order = (found.total > 1).then(|| order(words, query));
    let hits = found.hits.into_iter().map(|hit| item(words, hit)).collect_view();
    view! {
        <h2>{heading}</h2>
        {narrowed(words, chosen)}
        {instead}
        {added}
        {apart}
        {some}
        {also_in}
        {order}
        <ol class="ledger ledger--bare">{hits}</ol>
        {pager(words, query, found.total)}
    }
    .into_any()
}

/// What there is, by kind and by theme: for who found nothing, or has not asked yet.
fn ways_on(words: Words, all: &Found) -> impl IntoView + use<> {
    let lists = ["kind", "theme"].map(|name| {
        let facet = all.facets.iter().find(|facet| facet.name == name).filter(|facet| !facet.values.is_empty())?;
        let links = facet.values.iter().take(OFFERED).map(|(value, count)| {
            let to = Query::of([(name, value.as_str())]).address();
            let count = words.number(u64::try_from(*count).unwrap_or_default());
            view! { <li><a href=to>{value_name(words, name, value, &all.seminars).view()}</a> " " <span class="quiet">{count}</span></li> }
        });
        let links = links.collect_view();
        Some(view! { <nav class="hits-in" aria-label=words.facet(name)><span>{words.facet(name)}":"</span><ul class="hits-in__list">{links}</ul></nav> })
    });
    lists.into_iter().flatten().collect_view()
}

/// What may have been meant, where nothing has what was typed.
fn instead(words: Words, query: &Query, found: &Found) -> Option<impl IntoView + use<>> {
    let instead = found.instead.clone()?;
    let to = Query { q: instead.clone(), page: 1, ..query.clone() }.address();
    Some(view! { <p>{words.did_you_mean()} " " <strong><a href=to>{instead}</a></strong>"?"</p> })
}

/// What the glossary added to the words, and how to look without it; or how to look with it again.
fn added(words: Words, query: &Query, term: &Added) -> impl IntoView + use<> {
    if !term.on {
        return view! {
            <p class="hint-line">{words.glossary_left_out(&term.typed)} " "
                <a href=query.plainly(&term.term, false).address()>{words.add_again()}</a></p>
        }
        .into_any();
    }
    let last = term.forms.len().saturating_sub(1);
    let forms = term.forms.iter().enumerate().map(|(at, (tag, form))| {
        view! { <span lang=tag.clone()>{form.clone()}</span>{if at < last { ", " } else { "." }} }
    });
    let forms = forms.collect_view();
    view! {
        <p class="hint-line"><a href=format!("/glossary/{}", term.term)>{words.glossary_added(&term.typed)}</a> " " {forms} " "
            <a href=query.plainly(&term.term, true).address()>{words.only_my_word()}</a></p>
    }
    .into_any()
}

/// The languages in which there is something, where they are more than one: each alone.
fn also_in(words: Words, query: &Query, found: &Found) -> Option<impl IntoView + use<>> {
    let facet = found.facets.iter().find(|facet| facet.name == "language").filter(|facet| facet.values.len() > 1)?;
    let links = facet.values.iter().filter(|(code, _)| !query.language.contains(code)).filter_map(|(code, count)| {
        let name = words.language_name(code.parse().ok()?);
        let count = words.number(u64::try_from(*count).unwrap_or_default());
        Some(view! { <li><a href=query.only_in(code).address()>{name}</a> " " <span class="quiet">{count}</span></li> })
    });
    let links = links.collect_view();
    Some(
        view! { <nav class="hits-in" aria-label=words.facet("language")><span>{words.hits_in()}</span><ul class="hits-in__list">{links}</ul></nav> },
    )
}

/// In which order the finds stand, and the other one.
fn order(words: Words, query: &Query) -> impl IntoView + use<> {
    let choice = |by_date: bool, name: &'static str| {
        if query.by_date == by_date {
            view! { <span aria-current="true">{name}</span> }.into_any()
        } else {
            view! { <a href=query.sorted(by_date).address()>{name}</a> }.into_any()
        }
    };
    view! { <p class="small">{words.sorted_by()} " " {choice(false, words.sort_fit())} " · " {choice(true, words.sort_date())}</p> }
}

/// What was chosen, each to be taken back.
fn narrowed(words: Words, chosen: Chosen) -> Option<impl IntoView> {
    (!chosen.is_empty()).then(|| {
        let items = chosen.into_iter().map(|(name, without)| {
            let label = words.take_back(&name.text);
            view! { <li><a class="narrowed__value" href=without aria-label=label>{name.view()} <span class="narrowed__away" aria-hidden="true">"×"</span></a></li> }
        });
        view! { <ul class="narrowed" aria-label=words.narrow_down()>{items.collect_view()}</ul> }
    })
}

fn item(words: Words, hit: Hit) -> impl IntoView {
    let kind = hit.kind.parse::<Kind>().map(|kind| words.kind(kind)).unwrap_or_default();
    let countries: Vec<String> = hit.countries.iter().map(|country| words.country_name(country)).collect();
    let countries = (!countries.is_empty()).then(|| view! { <span>{countries.join(", ")}</span> });
    let language = hit.lang.as_deref().and_then(|tag| tag.split('-').next()).and_then(|code| code.parse().ok());
    let language = language.map(|language| view! { <span>{words.language_name(language)}</span> });
    let seminar = hit.seminar.map(|seminar| view! { <span lang=hit.seminar_lang>{seminar}</span> });
    view! {
        <li class="ledger__item">
            <p class="ledger__meta"><span>{kind}</span>{seminar}{countries}{language}</p>
            <h3 class="ledger__title"><a href=hit.address lang=hit.lang>{pieces(hit.title)}</a></h3>
            <p lang=hit.passage_lang>{pieces(hit.passage)}</p>
        </li>
    }
}

fn pieces(pieces: Vec<Piece>) -> impl IntoView {
    let piece =
        |piece: Piece| if piece.hit { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() };
    pieces.into_iter().map(piece).collect_view()
}

fn facets(words: Words, query: &Query, found: &Found) -> impl IntoView + use<> {
    let fieldsets = found.facets.iter().filter_map(|facet| {
        let chosen = query.facet(&facet.name);
        // What is chosen is shown even where nothing has it any more, so that it can be taken back.
        let gone = chosen.iter().filter(|value| !facet.values.iter().any(|(other, _)| other == *value)).map(|value| (value.clone(), 0));
        let values: Vec<(String, usize)> = facet.values.iter().take(OFFERED).cloned().chain(gone).collect();
        if values.len() < 2 && chosen.is_empty() {
            return None;
        }
        let checks = values.into_iter().map(|(value, count)| {
            let name = value_name(words, &facet.name, &value, &found.seminars);
            let checked = chosen.contains(&value);
            view! {
                <label class="check">
                    <input class="check__input" type="checkbox" name=facet.name.clone() value=value checked=checked/>
                    <span>{name.view()}</span>
                    <span class="check__count">{words.number(u64::try_from(count).unwrap_or_default())}</span>
                </label>
            }
        });
        let checks = checks.collect_view();
        Some(view! { <fieldset class="fieldset"><legend class="fieldset__legend">{words.facet(&facet.name)}</legend>{checks}</fieldset> })
    });
    let fieldsets = fieldsets.collect_view();
    view! {
        <div class="facets">
            <details class="facets__fold"><summary class="facets__summary">{words.narrow_down()}</summary></details>
            <form class="facets__form" aria-label=words.narrow_down() action="/search">
                <input type="hidden" name="q" value=query.q.clone()/>
                {query.by_date.then(|| view! { <input type="hidden" name="sort" value="date"/> })}
                {query.plain.iter().map(|slug| view! { <input type="hidden" name="plain" value=slug.clone()/> }).collect_view()}
                {fieldsets}
                <button class="button button--second button--small">{words.show_these()}</button>
            </form>
        </div>
    }
}

fn value_name(words: Words, facet: &str, value: &str, seminars: &[(String, Phrase)]) -> Phrase {
    let text = match facet {
        "kind" => value.parse().map_or_else(|()| value.to_owned(), |kind| words.kinds(kind).to_owned()),
        "country" => words.country_name(value),
        "theme" => words.theme_name(value),
        "language" => {
            value.parse().map_or_else(|_| value.to_owned(), |language| words.language_name(language).to_owned())
        }
        _ => match seminars.iter().find(|(slug, _)| slug == value) {
            Some((_, title)) => return title.clone(),
            None => value.to_owned(),
        },
    };
    Phrase::plain(text)
}

fn pager(words: Words, query: &Query, total: usize) -> Option<AnyView> {
    if total <= PAGE {
        return None;
    }
    let number = |number: usize| words.number(u64::try_from(number).unwrap_or_default());
    let to = (query.page * PAGE).min(total);
    let from = (query.page - 1) * PAGE + 1;
    if from > to {
        return Some(view! { <nav class="pages" aria-label=words.pages()><a class="pages__link" href=query.on_page(1).address()>{words.first_page()}</a></nav> }.into_any());
    }
    let link = |page: usize, word| view! { <a class="pages__link" href=query.on_page(page).address()>{word}</a> };
    let previous = (query.page > 1).then(|| link(query.page - 1, words.previous_page()));
    let next = (to < total).then(|| link(query.page + 1, words.next_page()));
    let here = words.from_to_of(number(from), number(to), number(total));
    Some(view! { <nav class="pages" aria-label=words.pages()>{previous}<span aria-current="page">{here}</span>{next}</nav> }.into_any())
}
