//! `/seminars/{seminar}/boards`

use super::phase;
use crate::{
    asked::Asked,
    render,
    seminars::{chapters, standing, way},
    ui::{Head, PhraseView, Strands, crumbs, document, leaf},
};
use content::{
    boards::{self, Phase},
    roles::Act,
    seminars::{self, Contents},
    things::{Kind, Listed},
};
use leptos::prelude::*;

pub(crate) fn boards() -> impl IntoView {
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let found = seminars::contents(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let Some(contents) = found else { return Ok(None) };
            let phases = boards::phases(&asked.store, contents.of(Kind::Board)).await?;
            Ok(Some(draw(&asked, contents, phases)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, contents: Contents, phases: Vec<(Listed, Phase)>) -> impl IntoView + use<> {
    let words = asked.words();
    let strands = Strands::of(&contents.seminar.countries);
    let seminar = &contents.seminar;
    let none = phases.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let items = phases.into_iter().map(|(board, stands)| {
        let session =
            contents.parent(&board).map(|session| view! { <a href=session.place.path()>{session.title.view()}</a> });
        view! {
            <li class="ledger__item">
                <h2 class="ledger__title"><a href=board.place.path()>{board.title.view()}</a></h2>
                <p>{board.summary.view()}</p>
                <p class="ledger__meta"><strong>{phase(words, stands)}</strong>{session}</p>
            </li>
        }
    });
    let items = items.collect_view();
    let new = asked.viewer.may_in(Act::RunBoards, seminar).then(|| {
        let to = format!("{}/boards/new", seminar.place.path());
        view! { <p class="actions section section--near no-print"><a class="button button--second" href=to>{words.new_board()}</a></p> }
    });
    let inside = view! {
        <div class="title">
            {crumbs(words.you_are_in(), way(words, seminar, vec![(words.boards().to_owned(), None, None)]))}
            <h1>{words.boards()}</h1>
            <p class="lead">{words.boards_lead()}</p>
        </div>
        {chapters(asked, &contents)}
        {standing(words, &contents)}
        {new}
        {none}
        <ul class="ledger">{items}</ul>
    };
    let title = words.boards_of(&seminar.title.text);
    let head = Head { lines: strands.countries().len(), ..Head::new(title, words.boards_lead()) };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}
