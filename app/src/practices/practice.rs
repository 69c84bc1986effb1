//! `/practices/{practice}`

use crate::{
    asked::Asked,
    authors::{Standing, marked, standing},
    materials, people,
    render::{self, Answer},
    search,
    ui::{
        Head, PhraseView, Strands, contents as outline, crumbs, document, fact, facts, leaf, maturity, other_languages,
        prose, provenance, voice, written,
    },
    words::Words,
};
use content::{
    practices::{self, PracticePage},
    things::{self, Kind, Listed},
};
use leptos::prelude::*;
use serde_json::json;

pub(crate) fn practice() -> impl IntoView {
    let slug = render::parameter("practice");
    let former = slug.clone();
    let answer = expect_context::<Answer>();
    render::answer(
        move |asked| async move {
            let found = practices::practice(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let Some(page) = found else { return Ok(None) };
            let alike =
                search::alike(&asked, &answer, &page.practice.listed, &page.answers.iter().collect::<Vec<_>>()).await;
            let stands = Standing::of(&asked, page.practice.seminar.as_ref(), &page.practice.listed).await?;
            Ok(Some(draw(&asked, page, alike, stands)))
        },
        move |asked| async move {
            let place = things::former(&asked.store, &asked.viewer, Kind::Practice, None, &former).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: PracticePage, alike: Vec<Listed>, draft: Standing) -> impl IntoView + use<> {
    let words = asked.words();
    let PracticePage { practice, text, contributors, answers, materials } = page;
    let strands =
        Strands::of(practice.seminar.as_ref().map_or(&practice.listed.countries, |seminar| &seminar.countries));
    let lang = (!text.own).then_some(text.tag);
    let head = Head {
        lang,
        kind: "article",
        lines: strands.countries().len().max(1),
        data: Some(json!({
            "@context": "https://schema.org", "@type": "LearningResource", "name": text.title, "description": text.summary,
            "inLanguage": text.tag, "learningResourceType": "case study", "isAccessibleForFree": true,
            "url": format!("{}{}", asked.public_url, practice.listed.place.path()),
            "author": contributors.iter()
                .map(|contributor| json!({ "@type": "Person", "name": contributor.person.title.text }))
                .collect::<Vec<_>>(),
        })),
        ..Head::new(text.title.clone(), text.summary.clone())
    };
    let stands = practice.details.maturity.map_or(words.maturity_none(), |at| words.maturity_word(at));
    let valid = practice.details.valid_until.map(|date| format!(" {}.", words.valid_until(words.date(date))));
    let evidence = practice.details.evidence.clone().map(|evidence| {
        view! { <div class="note"><p class="note__title">{words.evidence_question()}</p><p>{written(words, practice.listed.language, &evidence).view()}</p></div> }
    });
    let inside = view! {
        <article>
            <div class="title">
                {crumbs(words.you_are_in(), vec![(words.practices().to_owned(), None, Some("/practices".to_owned()))])}
                <h1 lang=lang>{text.title.clone()}</h1>
                <p class="lead" lang=lang>{text.summary.clone()}</p>
                <p><strong>{stands}"."</strong>{valid}</p>
                {answered(words, answers)}
                {standing(words, draft, practice.seminar.as_ref(), &practice.listed)}
            </div>
            <div class="spread">
                <div class="read">{provenance(asked, &text)}{prose(&text)}{evidence}</div>
                <aside class="marginalia" aria-label=words.about_practice()>
                    <section aria-labelledby="maturity"><h2 class="marginalia__heading" id="maturity">{words.maturity()}</h2>{maturity(words, practice.details.maturity)}</section>
                    {tried(words, &strands, &practice.listed)}
                    {facts(vec![fact(words.from_seminar(), practice.seminar.as_ref().map(|seminar| view! { <a href=seminar.place.path()>{seminar.title.view()}</a> }))])}
                    {people::section(words, practice.listed.language, contributors)}
                    {materials::section(words, materials)}
                    {other_languages(asked, &text)}
                    {outline(words, &text)}
                </aside>
            </div>
        </article>
        {search::more_like_this(words, alike)}
    };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}

fn answered(words: Words, answers: Vec<Listed>) -> Option<impl IntoView> {
    (!answers.is_empty()).then(|| {
        let last = answers.len() - 1;
        let links = answers.into_iter().enumerate().map(|(at, challenge)| {
            view! { <a href=challenge.place.path()>{challenge.title.clone().view()}</a>{marked(words, &challenge)}{(at < last).then_some("; ")} }
        });
        let links = links.collect_view();
        view! { <p class="small"><strong>{words.answers()} ":"</strong> " " {links}</p> }
    })
}

fn tried(words: Words, strands: &Strands, listed: &Listed) -> Option<impl IntoView + use<>> {
    (!listed.countries.is_empty()).then(|| {
        let voices = listed.countries.iter().map(|country| view! { <li>{voice(words, strands, country)}</li> }).collect_view();
        view! { <section aria-labelledby="tried"><h2 class="marginalia__heading" id="tried">{words.tried_in()}</h2><ul class="marginalia__list">{voices}</ul></section> }
    })
}
