//! `/`

use crate::{
    asked::Asked,
    render,
    seminars::place,
    ui::{Head, PhraseView, Strands, asking, covered, document, keyed, section_heading, status, voice},
    words::Words,
};
use content::{
    challenges::ChallengeListed,
    home::{self, Home},
    practices::PracticeListed,
    recommendations::RecommendationListed,
    seminars::{Contents, Seminar},
    things::Kind,
};
use leptos::prelude::*;
use serde_json::json;

pub(crate) fn home() -> impl IntoView {
    render::answer(
        |asked| async move {
            let shown = home::home(&asked.store, &asked.viewer, asked.reading).await?;
            Ok(Some(draw(&asked, shown)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, shown: Home) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head {
        covered: true,
        data: Some(json!({
            "@context": "https://schema.org", "@type": "WebSite", "name": "Plenary", "url": format!("{}/", asked.public_url),
            "potentialAction": {
                "@type": "SearchAction",
                "target": format!("{}/search?q={{search_term_string}}", asked.public_url),
                "query-input": "required name=search_term_string"
            }
        })),
        ..Head::new(words.home_title(), words.home_lead())
    };
    let cover = view! {
        <div class="cover__text cover__text--loose">
            <h1 class="cover__title">{words.home_title()}</h1>
            <p class="cover__lead">{words.home_lead()}</p>
            {asking(words.search_all(), words.search(), "", true)}
        </div>
        {room(words)}
    };
    let first = shown.latest;
    let strands = first.as_ref().map(|contents| Strands::of(&contents.seminar.countries)).unwrap_or_default();
    let others: Vec<Seminar> = shown.seminars.into_iter().skip(1).collect();
    let nothing = first.is_none().then(|| {
        view! { <section class="flow"><h2>{words.nothing_imported()}</h2><p>{words.nothing_imported_help()}</p></section> }
    });
    let inside = view! {
        {nothing}
        {first.map(|contents| latest(words, &strands, &contents))}
        {challenges_section(words, shown.challenges)}
        {recommendations_section(words, shown.recommendations)}
        {practices_section(words, shown.practices)}
        {others_section(words, others)}
    };
    document(
        asked,
        Head { lines: strands.countries().len().max(1), ..head },
        covered(&strands.numbers(), cover, inside),
    )
}

/// For those who sit in it: the code from the screen.
fn room(words: Words) -> impl IntoView {
    view! {
        <form class="cover__beside" method="post" action="/join">
            <h2 class="cover__heading">{words.join_title()}</h2>
            <p class="cover__small" id="code-hint">{words.join_lead()}</p>
            <div class="asking asking--cover">
                <label class="asking__label" for="code">{words.code()}</label>
                <div class="asking__box"><input class="asking__input" id="code" name="code" aria-describedby="code-hint" autocapitalize="characters" autocomplete="off" spellcheck="false" maxlength="60"/></div>
                <button class="button button--marker">{words.join()}</button>
            </div>
        </form>
    }
}

fn latest(words: Words, strands: &Strands, contents: &Contents) -> impl IntoView + use<> {
    let Contents { seminar: listed, details, .. } = contents;
    let path = listed.place.path();
    let voices =
        strands.countries().iter().map(|country| view! { <li>{voice(words, strands, country)}</li> }).collect_view();
    let place = place(words, contents).map(|place| view! { {place} ", " });
    let link = |end: &str, word: AnyView| view! { <li><a href=format!("{path}{end}")>{word}</a></li> };
    let count = |kind| u64::try_from(contents.of(kind).count()).unwrap_or_default();
    // Called what it is called, or what it is, where its name is in another language.
    let comparison = contents.of(Kind::Comparison).next().map(|comparison| match comparison.title.lang {
        None => comparison.title.view(),
        Some(_) => words.comparison().into_any(),
    });
    let comparison = comparison.map(|name| link("/comparison", name));
    view! {
        <section class="spread" aria-labelledby="latest">
            <div class="flow flow--snug">
                <p class="quiet">{place} {words.dates(details.starts, details.ends)}</p>
                <h2 class="title__heading--feature" id="latest"><a href=path.clone() lang=listed.title.lang>{listed.title.text.clone()}</a></h2>
                <p class="lead" lang=listed.summary.lang>{listed.summary.text.clone()}</p>
            </div>
            <div class="marginalia">
                <ul class="marginalia__list marginalia__list--body" aria-label=words.delegations()>{voices}</ul>
                <ul class="marginalia__list">
                    {link("/programme", words.programme_and_experts().into_any())}
                    {comparison}
                    {link("/materials", words.count_materials(count(Kind::Material)).into_any())}
                    {link("/recommendations", words.count_recommendations(count(Kind::Recommendation)).into_any())}
                </ul>
            </div>
        </section>
    }
}

fn challenges_section(words: Words, challenges: Vec<ChallengeListed>) -> Option<impl IntoView> {
    (!challenges.is_empty()).then(|| {
        let items =
            challenges.into_iter().map(|challenge| crate::challenges::item(words, challenge, false)).collect_view();
        view! {
            <section class="section" aria-labelledby="hard">
                {section_heading("hard", words.still_hard(), Some(("/challenges".into(), words.all_challenges())))}
                <ul class="ledger">{items}</ul>
            </section>
        }
    })
}

fn recommendations_section(words: Words, recommendations: Vec<RecommendationListed>) -> Option<impl IntoView> {
    (!recommendations.is_empty()).then(|| {
        let items = recommendations.into_iter().map(|RecommendationListed { listed, details, .. }| {
            view! {
                <li class="ledger__item">
                    <p class="ledger__meta"><span class="ledger__ref">{details.reference}</span>{details.status.map(|at| status(words, Some(at), false))}</p>
                    <h3 class="ledger__title"><a href=listed.place.path()>{listed.title.view()}</a></h3>
                </li>
            }
        });
        let items = items.collect_view();
        view! {
            <section class="section" aria-labelledby="recommended">
                {section_heading("recommended", words.recommended(), Some(("/recommendations".into(), words.all_recommendations())))}
                <ul class="ledger ledger--paired">{items}</ul>
            </section>
        }
    })
}

fn practices_section(words: Words, practices: Vec<PracticeListed>) -> Option<impl IntoView> {
    (!practices.is_empty()).then(|| {
        let items = practices.into_iter().map(|PracticeListed { listed, details, seminar }| {
            let strands = Strands::of(seminar.as_ref().map_or(&listed.countries, |seminar| &seminar.countries));
            let maturity = details.maturity.map_or(words.maturity_none(), |maturity| words.maturity_word(maturity));
            view! {
                <article class="columns">
                    <div class="flow flow--tight">
                        <h3><a href=listed.place.path()>{listed.title.view()}</a></h3>
                        <p>{listed.summary.view()}</p>
                    </div>
                    <div class="marginalia"><dl class="marginalia__facts">
                        <div><dt class="marginalia__term">{words.maturity()}</dt><dd class="marginalia__value">{maturity}</dd></div>
                        <div><dt class="marginalia__term">{words.tried_in()}</dt><dd class="marginalia__value">{keyed(words, &strands, &listed.countries)}</dd></div>
                    </dl></div>
                </article>
            }
        });
        let items = items.collect_view();
        view! {
            <section class="section flow flow--loose" aria-labelledby="working">
                {section_heading("working", words.good_practice(), Some(("/practices".into(), words.all_practices())))}
                {items}
            </section>
        }
    })
}

fn others_section(words: Words, seminars: Vec<Seminar>) -> Option<impl IntoView> {
    (!seminars.is_empty()).then(|| {
        let items = seminars.into_iter().map(|seminar| crate::seminars::item(words, seminar)).collect_view();
        view! {
            <section class="section" aria-labelledby="others">
                {section_heading("others", words.other_seminars(), Some(("/seminars".into(), words.all_seminars())))}
                <ul class="ledger">{items}</ul>
            </section>
        }
    })
}
