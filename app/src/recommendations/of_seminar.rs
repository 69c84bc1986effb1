//! `/seminars/{seminar}/recommendations`

use super::item;
use crate::{
    asked::Asked,
    render,
    seminars::{chapters, standing, way},
    ui::{Head, PhraseView, Strands, crumbs, document, leaf},
};
use content::{
    recommendations::{self, RecommendationListed},
    seminars::{self, Contents},
};
use leptos::prelude::*;

pub(crate) fn of_seminar() -> impl IntoView {
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let found = seminars::contents(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let Some(contents) = found else { return Ok(None) };
            let list = recommendations::of_seminar(&asked.store, &asked.viewer, asked.reading, &contents).await?;
            Ok(Some(draw(&asked, contents, list)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, contents: Contents, list: Vec<RecommendationListed>) -> impl IntoView + use<> {
    let words = asked.words();
    let strands = Strands::of(&contents.seminar.countries);
    let seminar = &contents.seminar;
    let none = list.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let items = list.into_iter().map(|recommendation| item(words, recommendation, false)).collect_view();
    let title = words.recommendations_of(&seminar.title.text);
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), way(words, seminar, vec![(words.recommendations().to_owned(), None, None)]))}
            <h1>{words.recommendations()}</h1>
            <p class="lead">{seminar.title.view()}</p>
        </div>
        {chapters(asked, &contents)}
        {standing(words, &contents)}
        {none}
        <div class="section section--near"><ul class="ledger ledger--paired">{items}</ul></div>
    };
    let head = Head { lines: strands.countries().len(), ..Head::new(title, seminar.summary.text.clone()) };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}
