//! `/seminars/{seminar}/protection/{kind}/{thing}`: who may see one thing, and the Chatham House rule of a session.

use super::{INHERITED, planned, release, rule::rule, visibility};
use crate::{
    accounts::{named as named_field, sentence},
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
    seminars::way,
    ui::{Head, PhraseView, choice, crumbs, document, leaf, settle},
};
use axum::{
    Extension,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    accounts::Refusal,
    edits::Fault,
    gate::Visibility,
    protection::{self, Held, Named, Protection, When},
    seminars,
    store::Failure,
    things::{Kind, Listed},
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What will not do of what was sent.
#[derive(Clone, Debug, Default)]
struct Again {
    sent: Option<Sent>,
    refusal: Option<Refusal>,
    faults: Vec<Fault<When>>,
}

pub(crate) fn one() -> impl IntoView {
    render::secret();
    let seminar = render::parameter("seminar");
    let (kind, thing) = (render::parameter("kind").parse::<Kind>(), render::parameter("thing"));
    let again = use_context::<Again>().unwrap_or_default();
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
            Ok(Some(draw(&asked, &seminar, one, named, again)))
        },
        render::nowhere_else,
    )
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct Sent {
    /// What is done: `visibility`, `release`, `give-up`, `materials`, `rule` or `files`.
    #[serde(default)]
    pub(super) act: String,
    /// What whoever asks took it for.
    #[serde(default)]
    was: String,
    #[serde(default)]
    visibility: String,
    /// `after` or `at`.
    #[serde(default)]
    pub(super) when: String,
    #[serde(default)]
    pub(super) day: String,
    #[serde(default)]
    pub(super) time: String,
    /// Who may see it from then on.
    #[serde(default)]
    pub(super) then: String,
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
    match set(&asked, &seminar, &kind, &thing, &sent).await {
        Ok(Ok(())) => forms::to(asked.path()),
        Ok(Err(Again { refusal: Some(Refusal::Forbidden), .. })) => {
            render::error(asked, Error::NotFound).await.into_response()
        }
        Ok(Err(Again { refusal: None, faults, .. })) if faults.is_empty() => {
            render::error(asked, Error::Unreadable).await.into_response()
        }
        Ok(Err(again)) => {
            forms::drawn_again(asked, StatusCode::UNPROCESSABLE_ENTITY, Again { sent: Some(sent), ..again }).await
        }
        Err(failure) => forms::failed(asked, failure).await,
    }
}

async fn set(asked: &Asked, seminar: &str, kind: &str, thing: &str, sent: &Sent) -> Result<Result<(), Again>, Failure> {
    let refused = |refusal| Again { refusal: Some(refusal), ..Again::default() };
    let (store, viewer, now) = (&asked.store, &asked.viewer, Timestamp::now());
    let found = seminars::listed(store, viewer, asked.reading, seminar).await?;
    let (Some(found), Ok(kind)) = (found, kind.parse::<Kind>()) else { return Ok(Err(refused(Refusal::Forbidden))) };
    let of = (kind, thing);
    let (was, to) = (sent.was.parse::<Held>(), sent.visibility.parse::<Held>());
    let done = match (sent.act.as_str(), was, to, sent.rule.as_str()) {
        ("visibility", Ok(was), Ok(to @ Held { release: None, .. }), _) => {
            // What is saved as it is shown keeps its plan.
            let to = if to.own == was.own { was } else { to };
            protection::set_visibility(store, viewer, &found, of, (was, to), now).await?
        }
        ("give-up", Ok(was), ..) => {
            let to = Held { release: None, ..was };
            protection::set_visibility(store, viewer, &found, of, (was, to), now).await?
        }
        ("release", Ok(was), ..) => {
            let one = protection::protection(store, viewer, asked.reading, &found, of).await?;
            let Some(one) = one else { return Ok(Err(refused(Refusal::Forbidden))) };
            match release::read(sent, &one) {
                Ok(release) => {
                    protection::set_visibility(store, viewer, &found, of, (was, was.until(release)), now).await?
                }
                Err(faults) => return Ok(Err(Again { faults, ..Again::default() })),
            }
        }
        ("rule", _, _, on @ ("on" | "off")) if kind == Kind::Session => {
            protection::set_chatham_house(store, viewer, &found, thing, on == "on", now).await?
        }
        ("materials", ..) if kind == Kind::Session => {
            protection::have_materials_wait(store, viewer, &found, thing, now).await?.map(drop)
        }
        ("files", Ok(was), ..) => protection::as_filed(store, viewer, &found, of, was, now).await?,
        _ => return Ok(Err(Again::default())),
    };
    Ok(done.map_err(refused))
}

fn draw(asked: &Asked, seminar: &Listed, one: Protection, named: Option<Named>, again: Again) -> impl IntoView + use<> {
    let words = asked.words();
    let listed = &one.listed;
    let head = Head { known: false, ..Head::new(words.protection(), listed.title.text.clone()) };
    let list = format!("{}/protection", seminar.place.path());
    let way = way(words, seminar, vec![(words.protection().to_owned(), None, Some(list))]);
    let is_seminar = listed.place.kind == Kind::Seminar;
    let inherits = (!is_seminar || one.held.own.is_none()).then(|| {
        let around = if is_seminar { Visibility::Public } else { one.around };
        let word = if is_seminar {
            visibility(words, around).to_owned()
        } else {
            words.visibility_inherited(visibility(words, around))
        };
        (INHERITED.to_owned(), word, one.held.own.is_none())
    });
    let rest = Visibility::ALL
        .iter()
        // A seminar lies in nothing: nothing set is for everybody.
        .filter(|level| !(is_seminar && one.held.own.is_none() && **level == Visibility::Public))
        .map(|level| (level.code().to_owned(), visibility(words, *level).to_owned(), one.held.own == Some(*level)));
    let choices = inherits.into_iter().chain(rest).collect();
    let narrower = (!is_seminar && !one.draft && one.around != Visibility::Public)
        .then(|| view! { <p class="quiet">{words.visibility_narrower(visibility(words, one.around))}</p> });
    let draft = one.draft.then(|| view! { <div class="note"><p>{words.draft_for_team()}</p></div> });
    let set = one.filed.map(|filed| {
        let filed = filed.map_or(one.around, |filed| Visibility::within(Some(filed), one.around));
        view! {
            <form class="flow" method="post">
                <p>{words.set_here()}</p>
                <input type="hidden" name="was" value=one.held.to_string()/>
                <p class="actions"><button class="button button--second" name="act" value="files">{words.as_files_say()}" ("{visibility(words, filed)}")"</button></p>
            </form>
        }
    });
    let set_here = one.filed_chatham_house.is_some();
    let rule = one.chatham_house.zip(named).map(|(on, named)| rule(words, (on, set_here), named).into_any());
    let Again { sent, refusal, faults } = again;
    let waits = sent.as_ref().is_some_and(|sent| sent.when != release::AT);
    let told = refusal.map(|refusal| (named_field(refusal).filter(|_| !waits), sentence(words, refusal)));
    let of_moment = faults.iter().map(|fault| {
        let (name, label) = match fault.field {
            When::Day => ("day", words.on_day()),
            When::Time => ("time", words.release_time()),
        };
        (Some(name), format!("{label}: {}", release::sentence(words, *fault)))
    });
    let told = told.into_iter().chain(of_moment).collect();
    // Erased: the type of all of it at once is more than the compiler follows in good time.
    let later = release::form(words, &one, (sent.as_ref(), &faults, refusal)).into_any();
    let materials = release::materials(words, &one).map(IntoAny::into_any);
    let comes = planned(words, &one).map(|planned| view! { <p class="lead">{planned}</p> });
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{listed.title.clone().view()}</h1><p class="kicker">{words.kind(listed.place.kind)}</p><p class="lead">{words.visibility()}": "{visibility(words, one.holds)}</p>{comes}</div>
        <div class="flow flow--loose">
            {settle(words, told)}
            {draft}
            <form class="flow" method="post">
                <input type="hidden" name="was" value=one.held.to_string()/>
                {choice("visibility", words.visibility(), choices)}
                {narrower}
                <p class="actions"><button class="button" name="act" value="visibility">{words.save()}</button></p>
            </form>
            {set}
            {later}
            {materials}
            {rule}
            <p><a href=listed.place.path()>{listed.title.clone().view()}</a></p>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
