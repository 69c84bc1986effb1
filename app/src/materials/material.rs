//! `/seminars/{seminar}/materials/{material}`

use super::extension;
use crate::{
    asked::Asked,
    render,
    seminars::{standing, way},
    ui::{
        Head, PhraseView, Strands, contents as outline, crumbs, document, fact, facts, leaf, other_languages, prose,
        provenance,
    },
};
use content::{
    materials::{self, Form, MaterialPage},
    roles::Act,
    things::{self, Kind},
};
use leptos::prelude::*;
use serde_json::json;

pub(crate) fn material() -> impl IntoView {
    let (seminar, slug) = (render::parameter("seminar"), render::parameter("material"));
    let former = (seminar.clone(), slug.clone());
    render::answer(
        move |asked| async move {
            let found = materials::material(&asked.store, &asked.viewer, asked.reading, &seminar, &slug).await?;
            Ok(found.map(|page| draw(&asked, page)))
        },
        move |asked| async move {
            let (seminar, slug) = former;
            let place = things::former(&asked.store, &asked.viewer, Kind::Material, Some(&seminar), &slug).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(asked: &Asked, page: MaterialPage) -> impl IntoView + use<> {
    let words = asked.words();
    let MaterialPage { contents, material, text } = page;
    let strands = Strands::of(&contents.seminar.countries);
    let lang = (!text.own).then_some(text.tag);
    let seminar = &contents.seminar;
    let url = format!("{}{}", asked.public_url, material.listed.place.path());
    let about = if text.summary.is_empty() { super::about(words, &material) } else { text.summary.clone() };
    let head = Head {
        lang,
        kind: "article",
        lines: strands.countries().len(),
        data: Some(json!({
            "@context": "https://schema.org", "@type": "LearningResource", "name": text.title, "description": about,
            "inLanguage": text.tag, "url": url, "learningResourceType": "handout", "isAccessibleForFree": true,
        })),
        ..Head::new(text.title.clone(), about)
    };
    let parent = contents
        .parent(&material.listed)
        .map(|parent| view! { <a href=parent.place.path()>{parent.title.view()}</a> }.into_any());
    let parent = parent.unwrap_or_else(|| view! { <a href=seminar.place.path()>{seminar.title.view()}</a> }.into_any());
    let (form, size, take) = match material.form.clone() {
        Form::Page => (words.page().to_owned(), None, None),
        Form::Link(to) => {
            let host = to.split('/').nth(2).unwrap_or_default().to_owned();
            let take = view! { <p class="actions"><a class="button" href=to rel="noopener noreferrer">{words.open_link()}</a> <span class="quiet">{host}</span></p> };
            (words.link().to_owned(), None, Some(take.into_any()))
        }
        Form::File(file) => {
            let size = words.bytes(file.size);
            let name = file.name.clone();
            let take = view! { <p class="actions"><a class="button" href=file.path() download=name.clone()>{words.get_file()}</a> <span class="quiet">{name} ", " {size.clone()}</span></p> };
            (extension(&file.name), Some(size), Some(take.into_any()))
        }
    };
    let edit = asked.viewer.may_in(Act::EditMaterials, seminar).then(|| {
        let to = format!("{}/edit", material.listed.place.path());
        view! { <p class="actions no-print"><a class="button button--second" href=to>{words.edit_material()}</a></p> }
    });
    let margin = facts(vec![
        fact(words.form_of_material(), Some(form)),
        fact(words.size(), size),
        fact(words.language(), Some(super::language(words, &material))),
        fact(words.belongs_to(), Some(parent)),
    ]);
    let inside = view! {
        <article>
            <div class="title">
                {crumbs(words.you_are_in(), way(words, seminar, vec![
                    (words.materials().to_owned(), None, Some(format!("{}/materials", seminar.place.path()))),
                ]))}
                <h1 lang=lang>{text.title.clone()}</h1>
                <p class="lead" lang=lang>{text.summary.clone()}</p>
                {edit}
            </div>
            <div class="spread">
                <div class="read">
                    {standing(words, &contents)}
                    {provenance(asked, &text)}
                    {take}
                    {prose(&text)}
                </div>
                <aside class="marginalia" aria-label=words.about_material()>{margin}{other_languages(asked, &text)}{outline(words, &text)}</aside>
            </div>
        </article>
    };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}
