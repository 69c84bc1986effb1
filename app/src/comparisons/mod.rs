//! Comparisons: `/seminars/{seminar}/comparison`

pub(crate) mod edit;

use crate::{
    asked::Asked,
    forms, render,
    seminars::{chapters, standing, way},
    ui::{Head, PhraseView, Strands, crumbs, document, in_its_language, leaf, sure, voice, written},
    words::{Words, join},
};
use axum::{Router, routing::post};
use content::{
    comparisons::{self, Cell, ComparisonPage, Confidence, Topic},
    roles::Act,
};
use language::Language;
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/seminars/{seminar}/comparison/edit", post(edit::post_heading))
        .route("/seminars/{seminar}/comparison/new", post(edit::post_new).layer(forms::whole()))
        .route("/seminars/{seminar}/comparison/{topic}/edit", post(edit::post).layer(forms::whole()))
        .route("/seminars/{seminar}/comparison/{topic}/remove", post(edit::remove))
}

pub(crate) fn comparison() -> impl IntoView {
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let found = comparisons::comparison(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            Ok(found.map(|page| draw(&asked, page)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, page: ComparisonPage) -> impl IntoView + use<> {
    let words = asked.words();
    let ComparisonPage { contents, comparison, details } = page;
    let strands = Strands::of(&contents.seminar.countries);
    let seminar = &contents.seminar;
    // Cells are written in one language.
    let language = comparison.language;
    let head = Head {
        lines: strands.countries().len(),
        ..Head::new(words.comparison_of(&seminar.title.text), comparison.summary.text.clone())
    };
    let (compares, page) = (asked.viewer.may_in(Act::EditComparison, seminar), comparison.place.path());
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), way(words, seminar, vec![(words.comparison().to_owned(), None, None)]))}
            <h1>{comparison.title.view()}</h1>
            <p class="lead">{comparison.summary.view()}</p>
            {in_its_language(words, language)}
        </div>
        {chapters(asked, &contents)}
        {standing(words, &contents)}
        {compares.then(|| edits(words, &page))}
        <div class="section section--near">{table(words, &strands, language, details.topics, compares.then_some(page))}</div>
    };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}

/// For those who compare.
fn edits(words: Words, page: &str) -> impl IntoView + use<> {
    view! {
        <p class="actions">
            <a href=format!("{page}/new")>{words.add_row()}</a>
            <a href=format!("{page}/edit")>{words.edit_comparison()}</a>
        </p>
    }
}

/// `edits`: where its rows are edited.
fn table(
    words: Words,
    strands: &Strands,
    language: Language,
    topics: Vec<Topic>,
    edits: Option<String>,
) -> impl IntoView + use<> {
    let countries = strands.countries();
    let count = |number: usize| u64::try_from(number).unwrap_or_default();
    let caption = words
        .comparison_caption(words.count_topics(count(topics.len())), words.count_countries(count(countries.len())));
    let class = if countries.len() > 3 { "comparison comparison--many" } else { "comparison" };
    let columns = countries.iter().map(|_| view! { <col/> }).collect_view();
    let heads = countries.iter().map(|country| {
        view! { <th class=format!("comparison__head {}", strands.class(country)) role="columnheader" scope="col"><span class="comparison__rule"></span>{words.country_name(country)}</th> }
    });
    let heads = heads.collect_view();
    let rows = topics.into_iter().map(|topic| {
        let cells = cells(words, strands, language, &topic);
        let edit = edits.as_ref().map(|page| {
            let label = format!("{}: {}", words.edit_row(), topic.title);
            view! { <br/><a class="small" href=format!("{page}/{}/edit", topic.slug) aria-label=label>{words.edit_row()}</a> }
        });
        view! {
            <tr class="comparison__row" role="row" id=topic.slug>
                <th class="comparison__topic" role="rowheader" scope="row">{written(words, language, &topic.title).view()}{edit}</th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class=class role="table">
            <caption class="comparison__caption">{caption}</caption>
            <colgroup><col class="comparison__topics"/>{columns}</colgroup>
            <thead class="comparison__heads" role="rowgroup"><tr class="comparison__row" role="row">
                <th class="comparison__head" role="columnheader" scope="col"><span class="comparison__rule comparison__rule--blank"></span>{words.topic()}</th>
                {heads}
            </tr></thead>
            <tbody class="comparison__body" role="rowgroup">{rows}</tbody>
        </table>
    }
}

/// The cells of a row: one for each country, or one that spans neighbours who say the same.
fn cells(words: Words, strands: &Strands, language: Language, topic: &Topic) -> Vec<AnyView> {
    let countries = strands.countries();
    let of = |country: &String| topic.cells.iter().find(|cell| cell.countries.contains(country));
    let mut cells = Vec::new();
    let mut at = 0;
    while let Some(country) = countries.get(at) {
        let Some(cell) = of(country) else {
            cells.push(gap(words, strands, country).into_any());
            at += 1;
            continue;
        };
        let span = countries[at..].iter().take_while(|country| of(country) == Some(cell)).count();
        let together = &countries[at..at + span];
        cells.push(if span > 1 {
            shared(words, strands, language, cell, together).into_any()
        } else {
            single(words, strands, language, cell, country).into_any()
        });
        at += span;
    }
    cells
}

fn single(words: Words, strands: &Strands, language: Language, cell: &Cell, country: &str) -> impl IntoView + use<> {
    view! {
        <td class="comparison__cell" role="cell">
            <span class=format!("voice comparison__key {}", strands.class(country))>{words.country_name(country)}</span>
            <div>{written(words, language, &cell.text).view()}</div>
            {source(words, language, cell)}
        </td>
    }
}

fn shared(
    words: Words,
    strands: &Strands,
    language: Language,
    cell: &Cell,
    together: &[String],
) -> impl IntoView + use<> {
    let lines = together
        .iter()
        .map(|country| view! { <i class=format!("band__line {}", strands.class(country))></i> })
        .collect_view();
    let who = if together.len() == strands.countries().len() {
        words.all_of_them().to_owned()
    } else {
        let names: Vec<String> = together.iter().map(|country| words.country_name(country)).collect();
        words.together(join(words.0, &names))
    };
    view! {
        <td class="comparison__cell comparison__cell--shared" role="cell" colspan=together.len().to_string()>
            <div class="band" aria-hidden="true">{lines}</div>
            <div><strong>{who}</strong> " " {written(words, language, &cell.text).view()}</div>
            {source(words, language, cell)}
        </td>
    }
}

fn gap(words: Words, strands: &Strands, country: &str) -> impl IntoView + use<> {
    view! {
        <td class="comparison__cell comparison__cell--gap" role="cell">
            <span class="comparison__key">{voice(words, strands, country)}</span>
            <div>{words.nothing_recorded(words.country_name(country))}</div>
            <span class="comparison__source">{sure(words, Confidence::Unknown)}</span>
        </td>
    }
}

/// How sure it is; then whence, and when it held.
fn source(words: Words, language: Language, cell: &Cell) -> impl IntoView + use<> {
    let source = cell.source.as_deref().map(|source| written(words, language, source).view());
    let date = cell.date.map(|date| words.date(date).into_any());
    let whence = source.into_iter().chain(date).enumerate();
    let whence: Vec<_> = whence
        .map(|(at, part)| view! { {if at == 0 { view! { <br/> }.into_any() } else { ", ".into_any() }} {part} })
        .collect();
    view! { <span class="comparison__source">{sure(words, cell.confidence)}{whence}</span> }
}
