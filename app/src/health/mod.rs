//! `/admin/health`: how the site is doing.

use crate::{
    accounts::moment,
    asked::Asked,
    render,
    ui::{Head, document, fact, facts, from_home, leaf},
};
use content::{
    health::{self, Health, LITTLE},
    search::State,
};
use leptos::prelude::*;

pub(crate) fn health() -> impl IntoView {
    render::secret();
    render::answer(
        move |asked| async move {
            let health = health::health(&asked.store, &asked.viewer, &asked.index).await?;
            Ok(health.map(|health| draw(&asked, health)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, health: Health) -> impl IntoView + use<> {
    let words = asked.words();
    let search = match health.search {
        State::Ready if health.follows => words.search_follows(),
        State::Ready => words.search_behind(),
        State::Building => words.index_building(),
        State::Unavailable => words.search_unavailable(),
    };
    let little = (health.free_bytes < LITTLE).then(|| {
        view! { <div class="note note--care" role="alert"><p>{words.little_space(words.bytes(health.free_bytes))}</p></div> }
    });
    let mail = match asked.post.failed() {
        _ if !asked.post.is_there() => words.no_mail().to_owned(),
        Some((when, why)) => words.mail_fails(moment(words, when), why),
        None => words.mail_works().to_owned(),
    };
    let files = words.count_files(health.files);
    let list = facts(vec![
        fact(words.version(), Some(format!("Plenary {}", health.version))),
        fact(words.database(), Some(format!("{}, {}", health.database, words.bytes(health.database_bytes)))),
        fact(words.search(), Some(format!("{search} {}", words.bytes(health.index_bytes)))),
        fact(words.changes(), Some(words.number(health.changes))),
        fact(words.files(), Some(format!("{files}, {}", words.bytes(health.files_bytes)))),
        fact(words.free_space(), Some(words.bytes(health.free_bytes))),
        fact(words.mail(), Some(mail)),
    ]);
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.health()}</h1><p class="lead">{words.health_lead()}</p></div>
        {little}
        {list}
    };
    let head = Head { known: false, ..Head::new(words.health(), "") };
    document(asked, head, leaf(&[], "leaf", inside))
}
