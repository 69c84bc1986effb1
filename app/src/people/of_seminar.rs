//! `/seminars/{seminar}/people`

use crate::{
    asked::Asked,
    render,
    seminars::{chapters, standing, way},
    ui::{Head, PhraseView, Strands, crumbs, document, keyed, leaf, written},
    words::sort_by_key,
};
use content::{
    people::{self, Contributor, PeopleOfSeminar, Role},
    roles::Act,
    things::Kind,
};
use leptos::prelude::*;

pub(crate) fn people_of_seminar() -> impl IntoView {
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let found = people::of_seminar(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            Ok(found.map(|found| draw(&asked, found)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, found: PeopleOfSeminar) -> impl IntoView + use<> {
    let PeopleOfSeminar { contents, people, mut organisations, mut others } = found;
    let words = asked.words();
    let strands = Strands::of(&contents.seminar.countries);
    let seminar = &contents.seminar;
    let none = people.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let groups = Role::ALL.iter().filter_map(|role| {
        let of: Vec<&Contributor> = people.iter().filter(|person| person.role == *role).collect();
        (!of.is_empty()).then(|| {
            let items = of.into_iter().map(|Contributor { title, person, .. }| {
                let title = (!title.is_empty() && *title != person.summary.text).then(|| view! { {written(words, seminar.language, title).view()} ". " });
                let countries = (!person.countries.is_empty()).then(|| view! { <span class="people__role">{keyed(words, &strands, &person.countries)}</span> });
                view! { <li class="people__item"><a href=person.place.path()>{person.title.view()}</a><span class="people__role">{title}{person.summary.view()}</span>{countries}</li> }
            });
            let items = items.collect_view();
            let id = format!("role-{}", role.code());
            view! { <section class="flow" aria-labelledby=id.clone()><h2 id=id.clone()>{words.role(*role)}</h2><ul class="people">{items}</ul></section> }
        })
    });
    let groups = groups.collect_view();
    sort_by_key(words.0, &mut organisations, |organisation| organisation.title.text.as_str());
    let organisations = (!organisations.is_empty()).then(|| {
        let items = organisations.into_iter().map(|organisation| {
            view! { <li class="people__item"><a href=organisation.place.path()>{organisation.title.view()}</a><span class="people__role">{organisation.summary.view()}</span></li> }
        });
        let items = items.collect_view();
        view! { <section class="flow" aria-labelledby="organisations"><h2 id="organisations">{words.kinds(Kind::Organisation)}</h2><ul class="people">{items}</ul></section> }
    });
    let edits = asked.viewer.may_in(Act::EditSeminar, seminar);
    sort_by_key(words.0, &mut others, |person| person.title.text.as_str());
    let others = (edits && !others.is_empty()).then(|| {
        let items = others.into_iter().map(|person| {
            view! { <li class="people__item"><a href=person.place.path()>{person.title.view()}</a><span class="people__role">{person.summary.view()}</span></li> }
        });
        let items = items.collect_view();
        view! { <section class="flow" aria-labelledby="others"><h2 id="others">{words.named_only()}</h2><p class="small quiet">{words.named_only_hint()}</p><ul class="people">{items}</ul></section> }
    });
    let new = edits.then(|| {
        let path = seminar.place.path();
        view! {
            <p class="actions no-print"><a class="button button--second" href=format!("{path}/people/new")>{words.new_person()}</a><a class="button button--second" href=format!("{path}/organisations/new")>{words.new_organisation()}</a></p>
        }
    });
    let title = words.people_of_seminar(&seminar.title.text);
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), way(words, seminar, vec![(words.people().to_owned(), None, None)]))}
            <h1>{words.people()}</h1>
            <p class="lead">{seminar.title.view()}</p>
        </div>
        {chapters(asked, &contents)}
        {standing(words, &contents)}
        {none}
        <div class="section section--near flow flow--loose">{new}{groups}{others}{organisations}</div>
    };
    let head = Head { lines: strands.countries().len(), ..Head::new(title, seminar.summary.text.clone()) };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}
