//! `/seminars/{seminar}/protection`: everything of a seminar, and who may see it.

use super::{planned, visibility};
use crate::{
    render,
    seminars::{chapters, way},
    ui::{Head, PhraseView, crumbs, document, leaf},
    words::Words,
};
use content::{
    protection::{self, Protection},
    roles::Act,
    seminars,
    things::Kind,
};
use leptos::prelude::*;

pub(crate) fn list() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    render::answer(
        move |asked| async move {
            let contents = seminars::contents(&asked.store, &asked.viewer, asked.reading, &slug).await?;
            let may = |contents: &seminars::Contents| asked.viewer.may_in(Act::SetVisibility, &contents.seminar);
            let Some(contents) = contents.filter(may) else { return Ok(None) };
            let seminar = &contents.seminar;
            let all = protection::protections(&asked.store, &asked.viewer, asked.reading, seminar).await?;
            let words = asked.words();
            let path = seminar.place.path();
            let draft = all.first().is_some_and(|first| first.draft);
            let draft = draft.then(|| view! { <div class="note"><p>{words.draft_for_team()}</p></div> });
            let kinds = Kind::ALL.iter().filter_map(|kind| of_kind(words, &path, *kind, &all));
            let kinds = kinds.collect::<Vec<_>>();
            let head = Head { known: false, ..Head::new(words.protection(), words.protection_lead()) };
            let inside = view! {
                <div class="title">{crumbs(words.you_are_in(), way(words, seminar, Vec::new()))}<h1>{words.protection()}</h1><p class="kicker">{seminar.title.clone().view()}</p><p class="lead">{words.protection_lead()}</p></div>
                {chapters(&asked, &contents)}
                <div class="section section--near flow flow--loose">{draft}{kinds}</div>
            };
            Ok(Some(document(&asked, head, leaf(&[], "leaf", inside))))
        },
        render::nowhere_else,
    )
}

fn of_kind(words: Words, path: &str, kind: Kind, all: &[Protection]) -> Option<impl IntoView + use<>> {
    let items: Vec<_> =
        all.iter().filter(|one| one.listed.place.kind == kind).map(|one| item(words, path, one)).collect();
    (!items.is_empty()).then(|| {
        let id = format!("of-{}", kind.code());
        let labelled = id.clone();
        view! {
            <section class="flow" aria-labelledby=labelled><h2 id=id>{words.kinds(kind)}</h2><ul class="ledger">{items}</ul></section>
        }
    })
}

fn item(words: Words, path: &str, one: &Protection) -> impl IntoView + use<> {
    let place = &one.listed.place;
    let to = format!("{path}/protection/{}/{}", place.kind.code(), place.slug);
    let rule = (one.chatham_house == Some(true)).then(|| view! { <span>{words.rule_title()}</span> });
    let planned = planned(words, one).map(|planned| view! { <span>{planned}</span> });
    let set = one.filed.is_some() || one.filed_chatham_house.is_some();
    let set = set.then(|| view! { <span>{words.set_here()}</span> });
    view! {
        <li class="ledger__item">
            <p class="ledger__title"><a href=to>{one.listed.title.clone().view()}</a></p>
            <p class="ledger__meta"><span>{visibility(words, one.holds)}</span>{planned}{rule}{set}</p>
        </li>
    }
}
