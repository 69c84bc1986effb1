//! `/seminars/{seminar}/notices`: what is said to those who take part, and what was said before.

use super::{at_its_hour, meta, said};
use crate::{
    accounts::{above, not_theirs, refused},
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
    seminars::{chapters, way},
    ui::{Area, Head, PhraseView, area, choice, crumbs, document, leaf, select},
    words::{Words, sort_by_key},
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    accounts::{Outcome, Refusal},
    notices::{self, Lasts, Notice},
    roles::Act,
    seminars::{self, Contents},
    store::Failure,
    texts::Phrase,
    things::Listed,
};
use jiff::{Timestamp, tz::TimeZone};
use language::Language;
use leptos::prelude::*;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    sent: Sent,
    refusal: Refusal,
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    text: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    delegation: String,
    #[serde(default)]
    lasts: String,
}

impl Sent {
    /// None: no form of ours sent it.
    fn read(&self) -> Option<notices::Typed> {
        Some(notices::Typed {
            text: self.text.clone(),
            language: self.language.parse().ok()?,
            delegation: self.delegation.clone(),
            lasts: self.lasts.parse().ok()?,
        })
    }
}

pub(crate) fn notices() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    let (again, refusal) = (use_context::<Again>(), use_context::<Refusal>());
    render::answer(
        move |asked| async move {
            let Some(contents) = theirs(&asked, &slug).await? else { return Ok(None) };
            let notices = notices::notices(&asked.store, &asked.viewer, &contents.seminar, Timestamp::now()).await?;
            Ok(Some(draw(&asked, &contents, notices, (again, refusal))))
        },
        render::nowhere_else,
    )
}

/// The seminar, for those who say something there.
async fn theirs(asked: &Asked, slug: &str) -> Result<Option<Contents>, Failure> {
    let contents = seminars::contents(&asked.store, &asked.viewer, asked.reading, slug).await?;
    Ok(contents.filter(|contents| asked.viewer.may_in(Act::PostNotices, &contents.seminar)))
}

/// Says something.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let posted = async {
        let Some(contents) = theirs(&asked, &slug).await? else { return Ok(Some(Err(Refusal::Forbidden))) };
        let Some(typed) = sent.read() else { return Ok(None) };
        let zone = TimeZone::get(&contents.details.time_zone).unwrap_or(TimeZone::UTC);
        let what = (&typed, &zone);
        notices::post(&asked.store, &asked.viewer, &contents.seminar, what, Timestamp::now()).await.map(Some)
    };
    match posted.await {
        Ok(Some(Ok(()))) => forms::to(&format!("/seminars/{slug}/notices")),
        Ok(Some(Err(Refusal::Forbidden))) => render::error(asked, Error::NotFound).await.into_response(),
        Ok(Some(Err(refusal))) => forms::again(asked, refusal, Again { sent, refusal }).await,
        Ok(None) => render::error(asked, Error::Unreadable).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// Takes a notice down.
pub(super) async fn end(Extension(asked): Extension<Asked>, Path((slug, notice)): Path<(String, i64)>) -> Response {
    at(asked, &slug, async |asked, seminar, now| notices::end(&asked.store, &asked.viewer, seminar, notice, now).await)
        .await
}

/// Deletes one that does not stand any more.
pub(super) async fn delete(Extension(asked): Extension<Asked>, Path((slug, notice)): Path<(String, i64)>) -> Response {
    at(asked, &slug, async |asked, seminar, now| {
        notices::delete(&asked.store, &asked.viewer, seminar, notice, now).await
    })
    .await
}

async fn at(asked: Asked, slug: &str, act: impl AsyncFnOnce(&Asked, &Listed, Timestamp) -> Outcome<()>) -> Response {
    let done = async {
        match theirs(&asked, slug).await? {
            Some(contents) => act(&asked, &contents.seminar, Timestamp::now()).await,
            None => Ok(Err(Refusal::Forbidden)),
        }
    };
    match done.await {
        Ok(Ok(())) => forms::to(&format!("/seminars/{slug}/notices")),
        Ok(Err(refusal)) => not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(
    asked: &Asked,
    contents: &Contents,
    notices: Vec<Notice>,
    (again, refusal): (Option<Again>, Option<Refusal>),
) -> impl IntoView + use<> {
    let words = asked.words();
    let zone = contents.details.time_zone.as_str();
    let refusal = refusal.or(again.as_ref().map(|again| again.refusal));
    let now = Timestamp::now();
    let (stand, over): (Vec<_>, Vec<_>) = notices.into_iter().partition(|notice| notice.stands(now));
    let head = Head { known: false, ..Head::new(words.notices(), words.notices_lead()) };
    let stand =
        list(words, zone, (words.notices_stand(), "stand"), stand, |notice| ends(words, contents, notice).into_any());
    let over =
        list(words, zone, (words.notices_over(), "over"), over, |notice| ended(words, contents, notice).into_any());
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way(words, &contents.seminar, Vec::new()))}<h1>{words.notices()}</h1><p class="kicker">{contents.seminar.title.clone().view()}</p><p class="lead">{words.notices_lead()}</p></div>
        {chapters(asked, contents)}
        <div class="section section--near flow flow--loose">
            {above(words, refusal)}
            {form(words, contents, again)}
            {stand}
            {over}
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn form(words: Words, contents: &Contents, again: Option<Again>) -> impl IntoView + use<> {
    let refusal = again.as_ref().map(|again| again.refusal);
    let sent = again.map(|again| again.sent).unwrap_or_default();
    // Whoever writes reads the site in the language they write in, more often than not.
    let chosen = sent.language.parse().unwrap_or_else(|_| words.0.language());
    let mut languages = Language::ALL.to_vec();
    sort_by_key(words.0, &mut languages, |language| words.language_name(*language));
    let named = |language: Language| Phrase::plain(words.language_name(language));
    let languages = languages.into_iter().map(|is| (is.code().to_owned(), named(is), is == chosen)).collect();
    let all = (String::new(), words.notice_to_all().to_owned(), sent.delegation.is_empty());
    let countries = &contents.seminar.countries;
    let countries = countries
        .iter()
        .map(|code| (code.clone(), words.delegation_of(words.country_name(code)), *code == sent.delegation));
    let to: Vec<_> = [all].into_iter().chain(countries).collect();
    let stands = sent.lasts.parse().unwrap_or(Lasts::Hour);
    let lasts =
        Lasts::ALL.iter().map(|is| (is.code().to_owned(), long(words, *is).to_owned(), *is == stands)).collect();
    let text = Area {
        name: "text",
        label: words.notice_text().to_owned(),
        hint: Some(words.notice_text_hint()),
        value: sent.text,
        refused: refused(words, refusal, "text"),
        lang: Some(words.0.tag()),
        ..Area::default()
    };
    view! {
        <form class="flow" method="post" action=format!("{}/notices", contents.seminar.place.path()) novalidate>
            {area(text)}
            {select("language".to_owned(), words.notice_language(), languages, None)}
            {choice("delegation", words.notice_to(), to)}
            {choice("lasts", words.notice_lasts(), lasts)}
            <p class="actions"><button class="button">{words.notice_post()}</button></p>
        </form>
    }
}

fn long(words: Words, lasts: Lasts) -> &'static str {
    match lasts {
        Lasts::Quarter => words.lasts_quarter(),
        Lasts::Hour => words.lasts_hour(),
        Lasts::Today => words.lasts_today(),
        Lasts::Open => words.lasts_open(),
    }
}

fn list(
    words: Words,
    zone: &str,
    (title, id): (&'static str, &'static str),
    notices: Vec<Notice>,
    more: impl Fn(&Notice) -> AnyView,
) -> Option<AnyView> {
    let items = notices.iter().map(|notice| {
        view! {
            <li class="ledger__item" id=format!("notice-{}", notice.id)>
                <p id=format!("says-{}", notice.id)>{said(words, notice)}</p>
                <p class="ledger__meta">{meta(words, zone, notice)}{until(words, zone, notice)}</p>
                {more(notice)}
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! { <section class="flow" aria-labelledby=id><h2 id=id>{title}</h2><ul class="ledger">{items}</ul></section> }
            .into_any()
    })
}

/// Until when it stands by itself, or would have.
fn until(words: Words, zone: &str, notice: &Notice) -> Option<impl IntoView + use<>> {
    let until = notice.until.filter(|_| notice.ended.is_none())?;
    Some(view! { <span>{words.until_then(at_its_hour(words, zone, until))}</span> })
}

/// The form that takes it down.
fn ends(words: Words, contents: &Contents, notice: &Notice) -> impl IntoView + use<> {
    act(contents, notice, "end", words.notice_end())
}

/// When it was taken down, and the form that deletes it.
fn ended(words: Words, contents: &Contents, notice: &Notice) -> impl IntoView + use<> {
    let zone = &contents.details.time_zone;
    let when = notice.ended.map(|ended| {
        view! { <p class="ledger__meta"><span>{words.notice_ended(at_its_hour(words, zone, ended))}</span></p> }
    });
    view! { {when}{act(contents, notice, "delete", words.notice_delete())} }
}

/// A button beside what a notice says.
fn act(contents: &Contents, notice: &Notice, act: &'static str, word: &'static str) -> impl IntoView + use<> {
    let to = format!("{}/notices/{}/{act}", contents.seminar.place.path(), notice.id);
    let of = format!("says-{}", notice.id);
    view! { <form method="post" action=to><p class="actions"><button class="button button--second button--small" aria-describedby=of>{word}</button></p></form> }
}
