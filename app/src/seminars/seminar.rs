//! `/seminars/{seminar}`

use super::{chapters, place, standing};
use crate::{
    asked::Asked,
    people,
    render::{self, Answer},
    sessions,
    ui::{
        Head, PhraseView, Strands, contents as outline, covered, crumbs, document, fact, facts, other_languages, prose,
        provenance, section_heading, voice, written,
    },
    words::{Words, join},
};
use content::{
    seminars::{self, SeminarPage},
    sessions::{On, on},
    things::{self, Kind},
};
use jiff::Timestamp;
use leptos::prelude::*;
use serde_json::{Value, json};

pub(crate) fn seminar() -> impl IntoView {
    let slug = render::parameter("seminar");
    let former = slug.clone();
    let answer = expect_context::<Answer>();
    render::answer(
        move |asked| async move {
            let found = seminars::seminar(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let Some(page) = found else { return Ok(None) };
            let times: Vec<_> = page.programme.iter().map(|one| (one.details.starts, one.details.ends)).collect();
            let on = on(&times, Timestamp::now());
            answer.set_until(on.until);
            Ok(Some(draw(&asked, page, &on)))
        },
        move |asked| async move {
            let place = things::former(&asked.store, &asked.viewer, Kind::Seminar, None, &former).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: SeminarPage, on: &On) -> impl IntoView + use<> {
    let words = asked.words();
    let SeminarPage { contents, text, contributors, programme } = page;
    let details = &contents.details;
    let strands = Strands::of(&contents.seminar.countries);
    let lang = (!text.own).then_some(text.tag);
    let long = if text.title.chars().count() > 60 { "cover__title cover__title--long" } else { "cover__title" };
    let voices =
        strands.countries().iter().map(|country| view! { <li>{voice(words, &strands, country)}</li> }).collect_view();
    let cover = view! {
        <div class="cover__text">
            {crumbs(words.you_are_in(), vec![(words.seminars().to_owned(), None, Some("/seminars".to_owned()))])}
            <p class="cover__where">{place(words, &contents)} <br/> {words.dates(details.starts, details.ends)}</p>
            <h1 class=long lang=lang>{text.title.clone()}</h1>
            <p class="cover__lead" lang=lang>{text.summary.clone()}</p>
        </div>
        <section class="cover__beside" aria-labelledby="delegations">
            <h2 class="cover__heading" id="delegations">{words.delegations()}</h2>
            <ul class="cover__list">{voices}</ul>
        </section>
    };
    let objectives = text
        .objectives
        .clone()
        .into_iter()
        .map(|objective| view! { <li class="ledger__item">{objective}</li> })
        .collect_view();
    let objectives = (!text.objectives.is_empty()).then(|| {
        view! {
            <section class="flow" aria-labelledby="objectives">
                <h2 id="objectives">{words.why_we_met()}</h2>
                <ol class="ledger" lang=lang>{objectives}</ol>
            </section>
        }
    });
    let experts = (!contributors.is_empty()).then(|| {
        view! {
            <section class="flow" aria-labelledby="experts">
                <h2 id="experts">{words.experts()}</h2>
                {people::contributors(words, contents.seminar.language, contributors)}
            </section>
        }
    });
    let head = Head {
        lang,
        kind: "article",
        covered: true,
        lines: strands.countries().len(),
        data: Some(data(asked, &contents, &text.summary)),
        ..Head::new(text.title.clone(), text.summary.clone())
    };
    let below = (on.now.len() + on.next.len() > 0).then_some("section section--near");
    let inside = view! {
        {sessions::now_and_next(words, &contents, &programme, on)}
        <div class=below>{chapters(asked, &contents)}</div>
        {standing(words, &contents)}
        {provenance(asked, &text)}
        <section class="section section--near" aria-labelledby="programme">
            {section_heading("programme", words.programme(), Some((format!("{}/programme.ics", contents.seminar.place.path()), words.add_to_calendar())))}
            {programme.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> })}
            {sessions::short(words, &contents, &programme)}
        </section>
        <div class="columns section">{objectives}{experts}</div>
        <div class="section spread">
            <div class="read">{prose(&text)}</div>
            <aside class="marginalia" aria-label=words.this_seminar()>
                {margin(words, &contents)}
                {other_languages(asked, &text)}
                {outline(words, &text)}
            </aside>
        </div>
    };
    document(asked, head, covered(&strands.numbers(), cover, inside))
}

fn margin(words: Words, contents: &seminars::Contents) -> impl IntoView + use<> {
    let details = &contents.details;
    let countries: Vec<String> = contents.seminar.countries.iter().map(|code| words.country_name(code)).collect();
    let languages: Vec<String> =
        details.working_languages.iter().map(|language| words.language_name(*language).to_owned()).collect();
    let language = contents.seminar.language;
    let organisers: Vec<_> = details
        .organisers
        .iter()
        .map(|organiser| view! { <p>{written(words, language, organiser).view()}</p> })
        .collect();
    let sources: Vec<_> = details
        .sources
        .iter()
        .map(|source| {
            let title = written(words, language, &source.title);
            view! { <p><a href=source.url.clone() rel="noopener noreferrer">{title.view()}</a></p> }
        })
        .collect();
    let themes: Vec<_> = contents.seminar.themes.clone();
    let themes = (!themes.is_empty()).then(|| crate::search::themes(words, themes));
    facts(vec![
        fact(words.when(), Some(words.dates(details.starts, details.ends))),
        fact(words.place(), place(words, contents)),
        fact(words.countries(), (!countries.is_empty()).then(|| join(words.0, &countries))),
        fact(words.working_languages(), (!languages.is_empty()).then(|| join(words.0, &languages))),
        fact(words.organised_by(), (!organisers.is_empty()).then_some(organisers)),
        fact(words.themes(), themes),
        fact(words.sources(), (!sources.is_empty()).then_some(sources)),
    ])
}

/// schema.org's words for a seminar.
pub(crate) fn data(asked: &Asked, contents: &seminars::Contents, about: &str) -> Value {
    let details = &contents.details;
    json!({
        "@context": "https://schema.org", "@type": "EducationEvent",
        "name": contents.seminar.title.text, "description": about,
        "url": format!("{}{}", asked.public_url, contents.seminar.place.path()),
        "startDate": details.starts.to_string(), "endDate": details.ends.to_string(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": details.place.as_ref().map(|place| json!({
            "@type": "Place", "name": place,
            "address": { "@type": "PostalAddress", "addressLocality": place, "addressCountry": details.host },
        })),
    })
}
