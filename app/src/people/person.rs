//! `/people/{person}`

use crate::{
    asked::Asked,
    render,
    ui::{Head, PhraseView, crumbs, document, fact, facts, leaf, written},
};
use content::{
    named::{self, Who},
    people::{self, Contribution, PersonPage},
    roles::Act,
    things::{self, Kind},
};
use leptos::prelude::*;
use serde_json::json;

pub(crate) fn person() -> impl IntoView {
    let slug = render::parameter("person");
    let former = slug.clone();
    render::answer(
        move |asked| async move {
            let found = people::person(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let edits = asked.viewer.may_somewhere(Act::EditSeminar)
                && named::home(&asked.store, &asked.viewer, asked.reading, (Who::Person, &slug)).await?.is_some();
            Ok(found.map(|page| draw(&asked, page, edits)))
        },
        move |asked| async move {
            let place = things::former(&asked.store, &asked.viewer, Kind::Person, None, &former).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: PersonPage, edits: bool) -> impl IntoView + use<> {
    let words = asked.words();
    let PersonPage { person, organisations, contributions } = page;
    let about = if person.summary.text.is_empty() { words.person().to_owned() } else { person.summary.text.clone() };
    let head = Head {
        lang: person.title.lang,
        kind: "profile",
        data: Some(json!({
            "@context": "https://schema.org", "@type": "Person", "name": person.title.text, "jobTitle": person.summary.text,
            "url": format!("{}{}", asked.public_url, person.place.path()),
            "worksFor": organisations.iter().map(|organisation| json!({ "@type": "Organization", "name": organisation.title.text })).collect::<Vec<_>>(),
        })),
        ..Head::new(person.title.text.clone(), about)
    };
    let none = contributions.is_empty().then(|| view! { <p class="ledger__empty">{words.nothing_public()}</p> });
    let items = contributions.into_iter().map(|Contribution { role, title, thing }| {
        let title = (!title.is_empty()).then(|| view! { <span>{written(words, thing.language, &title).view()}</span> });
        view! {
            <li class="ledger__item">
                <p class="ledger__meta"><span>{words.kind(thing.place.kind)}</span><span>{words.role(role)}</span>{title}</p>
                <h3 class="ledger__title"><a href=thing.place.path()>{thing.title.view()}</a></h3>
            </li>
        }
    });
    let items = items.collect_view();
    let works_for = organisations
        .into_iter()
        .map(|organisation| view! { <p><a href=organisation.place.path()>{organisation.title.view()}</a></p> });
    let works_for: Vec<_> = works_for.collect();
    let countries: Vec<String> = person.countries.iter().map(|country| words.country_name(country)).collect();
    let margin = facts(vec![
        fact(words.works_for(), (!works_for.is_empty()).then_some(works_for)),
        fact(words.country(), (!countries.is_empty()).then(|| countries.join(", "))),
    ]);
    let edit = edits.then(|| {
        let to = format!("{}/edit", person.place.path());
        view! { <p class="actions no-print"><a class="button button--second" href=to>{words.edit_person()}</a></p> }
    });
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), vec![(words.people().to_owned(), None, Some("/people".to_owned()))])}
            <h1>{person.title.view()}</h1>
            <p class="lead">{person.summary.view()}</p>
            {edit}
        </div>
        <div class="spread">
            <section class="flow" aria-labelledby="contributions">
                <h2 id="contributions">{words.contributed_to()}</h2>
                {none}
                <ul class="ledger">{items}</ul>
            </section>
            <aside class="marginalia" aria-label=words.about_person()>{margin}</aside>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
