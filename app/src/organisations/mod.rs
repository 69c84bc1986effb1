//! Organisations: `/organisations/{organisation}`

use crate::{
    asked::Asked,
    render,
    ui::{Head, PhraseView, crumbs, document, fact, facts, leaf},
};
use content::{
    named::{self, Who},
    organisations::{self, OrganisationPage},
    roles::Act,
    things::{self, Kind},
};
use leptos::prelude::*;
use serde_json::json;

pub(crate) fn organisation() -> impl IntoView {
    let slug = render::parameter("organisation");
    let former = slug.clone();
    render::answer(
        move |asked| async move {
            let found = organisations::organisation(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let edits = asked.viewer.may_somewhere(Act::EditSeminar)
                && named::home(&asked.store, &asked.viewer, asked.reading, (Who::Organisation, &slug)).await?.is_some();
            Ok(found.map(|page| draw(&asked, page, edits)))
        },
        move |asked| async move {
            let place = things::former(&asked.store, &asked.viewer, Kind::Organisation, None, &former).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: OrganisationPage, edits: bool) -> impl IntoView + use<> {
    let words = asked.words();
    let OrganisationPage { organisation, details, people } = page;
    let about = if organisation.summary.text.is_empty() {
        words.organisation().to_owned()
    } else {
        organisation.summary.text.clone()
    };
    let head = Head {
        lang: organisation.title.lang,
        data: Some(json!({
            "@context": "https://schema.org", "@type": "Organization", "name": organisation.title.text,
            "alternateName": details.abbreviation, "sameAs": details.url, "description": organisation.summary.text,
            "url": format!("{}{}", asked.public_url, organisation.place.path()),
        })),
        ..Head::new(organisation.title.text.clone(), about)
    };
    let site = details.url.map(|url| view! { <a href=url.clone() rel="noopener noreferrer">{url.clone()}</a> });
    let margin = facts(vec![
        fact(words.abbreviation(), details.abbreviation),
        fact(words.country(), details.country.map(|country| words.country_name(&country))),
        fact(words.site(), site),
    ]);
    let none = people.is_empty().then(|| view! { <p class="ledger__empty">{words.nothing_public()}</p> });
    let items = people.into_iter().map(|person| {
        view! { <li class="people__item"><a href=person.place.path()>{person.title.view()}</a><span class="people__role">{person.summary.view()}</span></li> }
    });
    let items = items.collect_view();
    let edit = edits.then(|| {
        let to = format!("{}/edit", organisation.place.path());
        view! { <p class="actions no-print"><a class="button button--second" href=to>{words.edit_organisation()}</a></p> }
    });
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), vec![(words.people().to_owned(), None, Some("/people".to_owned()))])}
            <h1>{organisation.title.view()}</h1>
            <p class="lead">{organisation.summary.view()}</p>
            {edit}
        </div>
        <div class="spread">
            <section class="flow" aria-labelledby="people"><h2 id="people">{words.people_here()}</h2>{none}<ul class="people">{items}</ul></section>
            <aside class="marginalia" aria-label=words.about_organisation()>{margin}</aside>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
