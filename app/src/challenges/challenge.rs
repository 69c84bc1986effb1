//! `/challenges/{challenge}`

use crate::{
    asked::Asked,
    authors::{Standing, marked, standing},
    render::{self, Answer},
    search,
    ui::{Head, PhraseView, Strands, crumbs, document, fact, facts, leaf, other_languages, prose, provenance, voice},
    words::Words,
};
use content::{
    challenges::{self, ChallengePage},
    things::{self, Kind, Listed},
};
use leptos::prelude::*;

pub(crate) fn challenge() -> impl IntoView {
    let slug = render::parameter("challenge");
    let former = slug.clone();
    let answer = expect_context::<Answer>();
    render::answer(
        move |asked| async move {
            let found = challenges::challenge(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let Some(page) = found else { return Ok(None) };
            let ChallengePage { challenge, session, practices, recommendations, .. } = &page;
            let shown: Vec<&Listed> = session.iter().chain(practices).chain(recommendations).collect();
            let alike = search::alike(&asked, &answer, &challenge.listed, &shown).await;
            let stands = Standing::of(&asked, page.challenge.seminar.as_ref(), &page.challenge.listed).await?;
            Ok(Some(draw(&asked, page, alike, stands)))
        },
        move |asked| async move {
            let place = things::former(&asked.store, &asked.viewer, Kind::Challenge, None, &former).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: ChallengePage, alike: Vec<Listed>, draft: Standing) -> impl IntoView + use<> {
    let words = asked.words();
    let ChallengePage { challenge, text, session, practices, recommendations } = page;
    let strands =
        Strands::of(challenge.seminar.as_ref().map_or(&challenge.listed.countries, |seminar| &seminar.countries));
    let lang = (!text.own).then_some(text.tag);
    let countries = challenge.listed.countries.clone();
    let voices = (!countries.is_empty()).then(|| {
        let voices =
            countries.iter().map(|country| view! { <li>{voice(words, &strands, country)}</li> }).collect_view();
        view! { <ul class="voices" aria-label=words.countries()>{voices}</ul> }
    });
    let emerging = challenge.details.emerging.then(|| {
        let word = if countries.is_empty() { words.emerging_somewhere() } else { words.emerging() };
        view! { <p><strong>{word}</strong></p> }
    });
    let link = |listed: &Listed| view! { <a href=listed.place.path()>{listed.title.view()}</a> };
    let themes = challenge.listed.themes.clone();
    let margin = facts(vec![
        fact(words.named_in(), session.as_ref().map(link)),
        fact(words.from_seminar(), challenge.seminar.as_ref().map(link)),
        fact(words.themes(), (!themes.is_empty()).then(|| search::themes(words, themes))),
    ]);
    let head = Head {
        lang,
        kind: "article",
        lines: strands.countries().len().max(1),
        ..Head::new(text.title.clone(), text.summary.clone())
    };
    let inside = view! {
        <article>
            <div class="title">
                {crumbs(words.you_are_in(), vec![(words.challenges().to_owned(), None, Some("/challenges".to_owned()))])}
                <h1 lang=lang>{text.title.clone()}</h1>
                <p class="lead" lang=lang>{text.summary.clone()}</p>
                {voices}
                {emerging}
                {standing(words, draft, challenge.seminar.as_ref(), &challenge.listed)}
            </div>
            <div class="spread">
                <div class="read">
                    {provenance(asked, &text)}
                    {prose(&text)}
                    {list(words, words.practices_answer(), &practices, Some(words.no_practice_yet()))}
                    {list(words, words.recommendations_answer(), &recommendations, None)}
                </div>
                <aside class="marginalia" aria-label=words.about_challenge()>{margin}{other_languages(asked, &text)}</aside>
            </div>
        </article>
        {search::more_like_this(words, alike)}
    };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}

/// What answers a challenge; where nothing does, that is said or the list left out.
fn list(
    words: Words,
    heading: &'static str,
    things: &[Listed],
    none: Option<&'static str>,
) -> Option<impl IntoView + use<>> {
    let none = none.filter(|_| things.is_empty());
    if things.is_empty() && none.is_none() {
        return None;
    }
    let items = things.iter().map(|listed| {
        let reference = (listed.place.kind == Kind::Recommendation)
            .then(|| view! { <p class="ledger__meta"><span class="ledger__ref">{crate::recommendations::reference(listed)}</span></p> });
        let draft = listed.draft.then(|| view! { <p class="ledger__meta">{marked(words, listed)}</p> });
        view! { <li class="ledger__item">{reference}{draft}<h3 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h3></li> }
    });
    let items = items.collect_view();
    let items = (!things.is_empty()).then(|| view! { <ul class="ledger">{items}</ul> });
    Some(
        view! { <section class="read__section flow flow--snug"><h2 class="read__heading">{heading}</h2>{items}{none.map(|none| view! { <p class="ledger__empty">{none}"."</p> })}</section> },
    )
}
