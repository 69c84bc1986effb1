//! `/glossary/{term}`

use crate::{
    asked::Asked,
    render,
    ui::{Head, PhraseView, crumbs, document, fact, facts, leaf},
    words::sort_by_key,
};
use content::{
    glossary::{self, TermPage},
    things::{self, Kind},
};
use language::{Language, Locale};
use leptos::prelude::*;
use serde_json::json;

pub(crate) fn term() -> impl IntoView {
    let slug = render::parameter("term");
    let former = slug.clone();
    render::answer(
        move |asked| async move {
            let found = glossary::term(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            Ok(found.map(|page| draw(&asked, page)))
        },
        move |asked| async move {
            let place = things::former(&asked.store, &asked.viewer, Kind::Term, None, &former).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: TermPage) -> impl IntoView + use<> {
    let words = asked.words();
    let TermPage { term, details, mut see } = page;
    sort_by_key(words.0, &mut see, |term| term.term.text.as_str());
    let head = Head {
        data: Some(json!({
            "@context": "https://schema.org", "@type": "DefinedTerm", "name": term.listed.title.text,
            "description": term.listed.summary.text, "url": format!("{}{}", asked.public_url, term.listed.place.path()),
            "inDefinedTermSet": format!("{}/glossary", asked.public_url),
        })),
        ..Head::new(term.term.text.clone(), term.listed.summary.text.clone())
    };
    let forms = details.forms.iter().flat_map(|forms| {
        // Serbian is read in either script: the reader sees both.
        let tags = match forms.language {
            Language::Serbian => vec![Locale::SerbianCyrillic.tag(), Locale::SerbianLatin.tag()],
            language => vec![language.code()],
        };
        tags.into_iter().map(move |tag| {
            let latin = tag == Locale::SerbianLatin.tag();
            let written = forms.forms.iter().map(|form| if latin { language::latin(form) } else { form.clone() });
            let written = written.collect::<Vec<_>>().join(", ");
            let name = match forms.language {
                Language::Serbian if latin => words.serbian_latin(),
                Language::Serbian => words.serbian_cyrillic(),
                language => words.language_name(language),
            };
            view! { <div class="terms__item"><dt class="terms__language">{name}</dt><dd class="terms__word" lang=tag>{written}</dd></div> }
        })
    });
    let forms = forms.collect_view();
    let see = (!see.is_empty()).then(|| {
        let items = see.into_iter().map(|term| view! { <li><a href=term.listed.place.path()>{term.term.view()}</a></li> }).collect_view();
        view! { <section class="flow flow--snug"><h2 class="read__heading">{words.see_also()}</h2><ul class="voices">{items}</ul></section> }
    });
    let others: Vec<String> = term.others.iter().map(|other| other.text.clone()).collect();
    let also = (!others.is_empty()).then(|| view! { <p class="quiet">{words.other_forms()} " " <span lang=term.term.lang>{others.join(", ")}</span></p> });
    let source = details.source.map(|source| view! { <a href=source.clone() rel="noopener noreferrer">{source.split('/').nth(2).unwrap_or_default().to_owned()}</a> });
    let themes = term.listed.themes.clone();
    let margin = facts(vec![
        fact(words.themes(), (!themes.is_empty()).then(|| crate::search::themes(words, themes))),
        fact(words.definition_source(), source),
    ]);
    // A word that would not fit on a line of a phone.
    let long =
        term.term.text.split_whitespace().any(|word| word.chars().count() > 14).then_some("title__heading--long");
    let english = term
        .listed
        .summary
        .lang
        .is_some()
        .then(|| view! { <p class="small quiet">{words.definition_in_english()}</p> });
    let inside = view! {
        <article>
            <div class="title">
                {crumbs(words.you_are_in(), vec![(words.glossary().to_owned(), None, Some("/glossary".to_owned()))])}
                <h1 class=long>{term.term.view()}</h1>
                {also}
                <p class="lead">{term.listed.summary.view()}</p>
                {english}
            </div>
            <div class="spread">
                <div class="read">
                    <section class="flow flow--snug"><h2 class="read__heading">{words.in_our_languages()}</h2><dl class="terms">{forms}</dl></section>
                    {see}
                </div>
                <aside class="marginalia" aria-label=words.term()>{margin}</aside>
            </div>
        </article>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
