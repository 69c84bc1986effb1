//! `/seminars/{seminar}/materials`

use super::files;
use crate::{
    asked::Asked,
    render,
    seminars::{chapters, standing, way},
    ui::{Head, PhraseView, Strands, crumbs, document, leaf},
};
use content::{
    materials::{self, Material},
    roles::Act,
    seminars::{self, Contents},
    things::{Kind, Listed},
};
use leptos::prelude::*;

pub(crate) fn materials() -> impl IntoView {
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let found = seminars::contents(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let Some(contents) = found else { return Ok(None) };
            let materials = materials::materials(&asked.store, contents.of(Kind::Material)).await?;
            Ok(Some(draw(&asked, contents, materials)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, contents: Contents, materials: Vec<Material>) -> impl IntoView + use<> {
    let words = asked.words();
    let strands = Strands::of(&contents.seminar.countries);
    let seminar = &contents.seminar;
    let none = materials.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let under = |thing: &Listed| {
        let of = contents.under(thing, Kind::Material).map(|listed| listed.place.clone()).collect::<Vec<_>>();
        materials.iter().filter(|material| of.contains(&material.listed.place)).cloned().collect::<Vec<_>>()
    };
    let loose: Vec<_> = contents.loose(Kind::Material).map(|listed| listed.place.clone()).collect();
    let loose: Vec<_> = materials.iter().filter(|material| loose.contains(&material.listed.place)).cloned().collect();
    let mut groups = Vec::new();
    if !loose.is_empty() {
        groups.push(view! { <section class="section section--near"><h2 class="section__heading">{words.of_the_seminar()}</h2>{files(words, loose)}</section> }.into_any());
    }
    for thing in contents.of(Kind::Session).chain(contents.of(Kind::Practice)) {
        let of = under(thing);
        if !of.is_empty() {
            groups.push(
                view! {
                    <section class="section section--near">
                        <h2 class="section__heading"><a href=thing.place.path()>{thing.title.view()}</a></h2>
                        {files(words, of)}
                    </section>
                }
                .into_any(),
            );
        }
    }
    let new = asked.viewer.may_in(Act::EditMaterials, seminar).then(|| {
        let to = format!("{}/materials/new", seminar.place.path());
        view! { <p class="actions section section--near no-print"><a class="button button--second" href=to>{words.new_material()}</a></p> }
    });
    let title = words.materials_of(&seminar.title.text);
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), way(words, seminar, vec![(words.materials().to_owned(), None, None)]))}
            <h1>{words.materials()}</h1>
            <p class="lead">{seminar.title.view()}</p>
        </div>
        {chapters(asked, &contents)}
        {standing(words, &contents)}
        {new}
        {none}
        {groups}
    };
    let head = Head { lines: strands.countries().len(), ..Head::new(title, seminar.summary.text.clone()) };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}
