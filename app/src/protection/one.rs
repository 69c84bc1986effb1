//! `/seminars/{seminar}/protection/{kind}/{thing}`: who may see one thing, and the Chatham House rule of a session.

use super::{rule::rule, visibility};
use crate::{
    accounts::{above, not_theirs},
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
    seminars::way,
    ui::{Head, PhraseView, choice, crumbs, document, leaf},
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    accounts::Refusal,
    gate::Visibility,
    protection::{self, Named, Protection},
    seminars,
    things::{Kind, Listed},
};
use jiff::Timestamp;
use leptos::prelude::*;

/// In a form, for what is not set.
const INHERITED: &str = "inherited";

pub(crate) fn one() -> impl IntoView {
    render::secret();
    let seminar = render::parameter("seminar");
    let (kind, thing) = (render::parameter("kind").parse::<Kind>(), render::parameter("thing"));
    let refusal = use_context::<Refusal>();
    render::answer(
        move |asked| async move {
            let Ok(kind) = kind else { return Ok(None) };
            let seminar = seminars::listed(&asked.store, &asked.viewer, asked.reading, &seminar).await?;
            let Some(seminar) = seminar else { return Ok(None) };
            let of = (kind, thing.as_str());
            let one = protection::protection(&asked.store, &asked.viewer, asked.reading, &seminar, of).await?;
            let Some(one) = one else { return Ok(None) };
            let named = match one.chatham_house {
                Some(_) => protection::named(&asked.store, &asked.viewer, asked.reading, &seminar, &one.listed).await?,
                None => None,
            };
            Ok(Some(draw(&asked, &seminar, one, named, refusal)))
        },
        render::nowhere_else,
    )
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    /// What is done: `visibility`, `rule` or `files`.
    #[serde(default)]
    act: String,
    /// What whoever asks took it for.
    #[serde(default)]
    was: String,
    #[serde(default)]
    visibility: String,
    /// `on` or `off`.
    #[serde(default)]
    rule: String,
}

/// Sets it.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path((seminar, kind, thing)): Path<(String, String, String)>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let read = |code: &str| match code {
        INHERITED => Some(None),
        code => code.parse::<Visibility>().ok().map(Some),
    };
    let (was, own, now) = (read(&sent.was), read(&sent.visibility), Timestamp::now());
    let set = async {
        let found = seminars::listed(&asked.store, &asked.viewer, asked.reading, &seminar).await?;
        let (Some(found), Ok(kind)) = (found, kind.parse::<Kind>()) else { return Ok(Err(Refusal::Forbidden)) };
        let of = (kind, thing.as_str());
        let (store, viewer) = (&asked.store, &asked.viewer);
        match (sent.act.as_str(), was, own, sent.rule.as_str()) {
            ("visibility", Some(was), Some(own), _) => {
                protection::set_visibility(store, viewer, &found, of, (was, own), now).await
            }
            ("rule", _, _, on @ ("on" | "off")) if kind == Kind::Session => {
                protection::set_chatham_house(store, viewer, &found, &thing, on == "on", now).await
            }
            ("files", Some(was), ..) => protection::as_filed(store, viewer, &found, of, was, now).await,
            _ => Ok(Err(Refusal::Unknown)),
        }
    };
    match set.await {
        Ok(Ok(())) => forms::to(asked.path()),
        Ok(Err(Refusal::Unknown)) => render::error(asked, Error::Unreadable).await.into_response(),
        Ok(Err(refusal)) => not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(
    asked: &Asked,
    seminar: &Listed,
    one: Protection,
    named: Option<Named>,
    refusal: Option<Refusal>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let listed = &one.listed;
    let head = Head { known: false, ..Head::new(words.protection(), listed.title.text.clone()) };
    let list = format!("{}/protection", seminar.place.path());
    let way = way(words, seminar, vec![(words.protection().to_owned(), None, Some(list))]);
    let code = |own: Option<Visibility>| own.map_or(INHERITED, Visibility::code);
    let is_seminar = listed.place.kind == Kind::Seminar;
    let inherits = (!is_seminar || one.own.is_none()).then(|| {
        let around = if is_seminar { Visibility::Public } else { one.around };
        let word = if is_seminar {
            visibility(words, around).to_owned()
        } else {
            words.visibility_inherited(visibility(words, around))
        };
        (INHERITED.to_owned(), word, one.own.is_none())
    });
    let rest = Visibility::ALL
        .iter()
        // A seminar lies in nothing: nothing set is for everybody.
        .filter(|level| !(is_seminar && one.own.is_none() && **level == Visibility::Public))
        .map(|level| (level.code().to_owned(), visibility(words, *level).to_owned(), one.own == Some(*level)));
    let choices = inherits.into_iter().chain(rest).collect();
    let narrower = (!is_seminar && !one.draft && one.around != Visibility::Public)
        .then(|| view! { <p class="quiet">{words.visibility_narrower(visibility(words, one.around))}</p> });
    let draft = one.draft.then(|| view! { <div class="note"><p>{words.draft_for_team()}</p></div> });
    let set = one.filed.map(|filed| {
        let filed = filed.map_or(one.around, |filed| Visibility::within(Some(filed), one.around));
        view! {
            <form class="flow" method="post">
                <p>{words.set_here()}</p>
                <input type="hidden" name="was" value=code(one.own)/>
                <p class="actions"><button class="button button--second" name="act" value="files">{words.as_files_say()}" ("{visibility(words, filed)}")"</button></p>
            </form>
        }
    });
    let set_here = one.filed_chatham_house.is_some();
    let rule = one.chatham_house.zip(named).map(|(on, named)| rule(words, (on, set_here), named));
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{listed.title.clone().view()}</h1><p class="kicker">{words.kind(listed.place.kind)}</p><p class="lead">{words.visibility()}": "{visibility(words, one.holds)}</p></div>
        <div class="flow flow--loose">
            {above(words, refusal)}
            {draft}
            <form class="flow" method="post">
                <input type="hidden" name="was" value=code(one.own)/>
                {choice("visibility", words.visibility(), choices)}
                {narrower}
                <p class="actions"><button class="button" name="act" value="visibility">{words.save()}</button></p>
            </form>
            {set}
            {rule}
            <p><a href=listed.place.path()>{listed.title.clone().view()}</a></p>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
