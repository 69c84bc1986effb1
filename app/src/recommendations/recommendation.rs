//! `/recommendations/{recommendation}`

use crate::{
    asked::Asked,
    render,
    ui::{
        Head, PhraseView, Strands, crumbs, document, fact, facts, leaf, other_languages, prose, provenance, status,
        voice, written,
    },
    words::Words,
};
use content::{
    recommendations::{self, Progress, RecommendationPage},
    things::{self, Kind, Listed},
};
use leptos::prelude::*;
use serde_json::json;

pub(crate) fn recommendation() -> impl IntoView {
    let slug = render::parameter("recommendation");
    let former = slug.clone();
    render::answer(
        move |asked| async move {
            let found = recommendations::recommendation(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            Ok(found.map(|page| draw(&asked, page)))
        },
        move |asked| async move {
            let place = things::former(&asked.store, &asked.viewer, Kind::Recommendation, None, &former).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: RecommendationPage) -> impl IntoView + use<> {
    let words = asked.words();
    let details = page.recommendation.details.clone();
    let seminar = page.recommendation.seminar.clone();
    let strands = Strands::of(seminar.as_ref().map_or(&[], |seminar| &seminar.countries));
    let text = &page.text;
    let lang = (!text.own).then_some(text.tag);
    let number = words.recommendation_number(&details.reference);
    let head = Head {
        lang,
        kind: "article",
        lines: strands.countries().len().max(1),
        data: Some(json!({
            "@context": "https://schema.org", "@type": "CreativeWork", "name": text.title, "identifier": details.reference,
            "description": text.summary, "inLanguage": text.tag,
            "url": format!("{}{}", asked.public_url, page.recommendation.listed.place.path()),
        })),
        ..Head::new(format!("{}: {}", details.reference, text.title), text.summary.clone())
    };
    let way = seminar.as_ref().map_or_else(
        || vec![(words.recommendations().to_owned(), None, Some("/recommendations".to_owned()))],
        |seminar| {
            let more = vec![(
                words.recommendations().to_owned(),
                None,
                Some(format!("{}/recommendations", seminar.place.path())),
            )];
            crate::seminars::way(words, seminar, more)
        },
    );
    let none = details.progress.is_empty().then(|| view! { <p>{words.no_follow_up()}</p> });
    let progress = details.progress.iter().rev().map(|entry| progress(words, &strands, &page, entry)).collect_view();
    let progress = (!details.progress.is_empty()).then(|| view! { <ol class="ledger">{progress}</ol> });
    let inside = view! {
        <article>
            <div class="title">
                {crumbs(words.you_are_in(), way)}
                <p class="kicker">{number}</p>
                <h1 class="title__heading--long" lang=lang>{text.title.clone()}</h1>
            </div>
            <div class="spread">
                <div class="flow flow--loose">
                    <div class="read">{provenance(asked, text)}{prose(text)}</div>
                    <section class="flow" aria-labelledby="stands">
                        <div class="section__head"><h2 class="section__heading" id="stands">{words.where_it_stands()}</h2>
                            {details.status.map(|at| view! { <p>{status(words, Some(at), true)}</p> })}</div>
                        {none}
                        {progress}
                    </section>
                </div>
                <aside class="marginalia" aria-label=words.about_recommendation()>{margin(words, &page)}{other_languages(asked, text)}</aside>
            </div>
        </article>
    };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}

fn progress(words: Words, strands: &Strands, page: &RecommendationPage, entry: &Progress) -> impl IntoView + use<> {
    let organisation =
        entry.organisation().and_then(|slug| page.organisations.iter().find(|there| there.place.slug == slug));
    let organisation =
        organisation.map(|organisation| view! { <a href=organisation.place.path()>{organisation.title.view()}</a> });
    let country = entry.country().map(|country| {
        let name = words.delegation_of(words.country_name(country));
        view! { <span class=format!("voice {}", strands.class(country))>{name}</span> }
    });
    let language = page.recommendation.listed.language;
    let evidence =
        entry.evidence.clone().map(|to| view! { " " <a href=to rel="noopener noreferrer">{words.evidence()}</a> });
    view! {
        <li class="ledger__item">
            <p class="ledger__meta"><time datetime=entry.date.to_string()>{words.date(entry.date)}</time>{organisation}{country}</p>
            <p>{written(words, language, &entry.text).view()}{evidence}</p>
        </li>
    }
}

fn margin(words: Words, page: &RecommendationPage) -> impl IntoView + use<> {
    let details = page.recommendation.details.clone();
    let link = |listed: &Listed| view! { <p><a href=listed.place.path()>{listed.title.view()}</a></p> };
    let said = |text: &str| written(words, page.recommendation.listed.language, text).view();
    let addressees = details.addressees.iter().map(|addressee| view! { <p>{said(addressee)}</p> }).collect::<Vec<_>>();
    let answers = page.answers.iter().map(link).collect::<Vec<_>>();
    let strands = Strands::of(page.recommendation.seminar.as_ref().map_or(&[], |seminar| &seminar.countries));
    let countries = page.recommendation.listed.countries.clone();
    let countries = (!countries.is_empty()).then(|| {
        countries.iter().map(|country| view! { <p>{voice(words, &strands, country)}</p> }).collect::<Vec<_>>()
    });
    facts(vec![
        fact(words.addressed_to(), (!addressees.is_empty()).then_some(addressees)),
        fact(words.lead(), details.lead.as_deref().map(said)),
        fact(words.due(), details.due.map(|due| words.date(due))),
        fact(words.indicator(), details.indicator.as_deref().map(said)),
        fact(words.urgency(), details.urgency.map(|urgency| words.urgency_word(urgency))),
        fact(words.response(), details.response.as_deref().map(said)),
        fact(words.countries(), countries),
        fact(words.made_in(), page.session.as_ref().map(link)),
        fact(words.draft_from(), page.board.as_ref().map(|board| from(board, &page.recommendation.listed.place.slug))),
        fact(words.takes_up(), (!answers.is_empty()).then_some(answers)),
    ])
}

/// The board on which it was worded: there it says out of which cards, by how many votes.
fn from(board: &Listed, slug: &str) -> impl IntoView + use<> {
    let to = format!("{}#published-{slug}", board.place.path());
    view! { <p><a href=to>{board.title.view()}</a></p> }
}
