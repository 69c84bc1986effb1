//! What practices and challenges have in common that are written in the browser: where one begins one, and how it is
//! published.

use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render::{self, Answer},
    ui::{Crumb, Head, PhraseView, crumbs, document, leaf, select},
    words::Words,
};
use axum::{
    Extension, Router,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use content::{
    accounts::Refusal,
    authors::{self, Writer},
    roles::Act,
    seminars,
    store::Failure,
    texts::Phrase,
    things::{self, Kind, Listed},
};
use jiff::Timestamp;
use language::{Language, Locale};
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/practices/{practice}", post(practice)).route("/challenges/{challenge}", post(challenge))
}

/// Where the list of all of a kind is.
fn list(kind: Kind) -> &'static str {
    if kind == Kind::Practice { "/practices" } else { "/challenges" }
}

/// The way to a page below it.
pub(crate) fn above(words: Words, kind: Kind) -> Crumb {
    (words.kinds(kind).to_owned(), None, Some(list(kind).to_owned()))
}

fn write(words: Words, kind: Kind) -> &'static str {
    if kind == Kind::Practice { words.write_practice() } else { words.write_challenge() }
}

/// Words in the language of a text: for what is written into it.
pub(crate) fn in_language(language: Language) -> Words {
    Words(Locale::from_tag(language.code()).unwrap_or(Locale::English))
}

pub(crate) fn new_practice() -> impl IntoView {
    choose(Kind::Practice)
}

pub(crate) fn new_challenge() -> impl IntoView {
    choose(Kind::Challenge)
}

/// For which seminar something is to be written; where there is but one, that.
fn choose(kind: Kind) -> impl IntoView {
    render::secret();
    let answer = expect_context::<Answer>();
    render::answer(
        move |asked| async move {
            if !asked.viewer.may_somewhere(Act::WriteNotes) {
                return Ok(None);
            }
            let homes = authors::homes(&asked.store, &asked.viewer, asked.reading).await?;
            let end = format!("{}/new", list(kind));
            if let [one] = &homes[..] {
                answer.set_onward(format!("{}{end}", one.place.path()));
            }
            let words = asked.words();
            let title = write(words, kind);
            let items = homes.into_iter().map(|seminar| {
                let to = format!("{}{end}", seminar.place.path());
                view! { <li class="ledger__item"><p class="ledger__title"><a href=to>{seminar.title.view()}</a></p></li> }
            });
            let items: Vec<_> = items.collect();
            let seated = asked.viewer.who().is_some_and(|somebody| somebody.platform.is_none());
            let none = (items.is_empty() && seated).then(|| {
                view! { <p>{words.write_needs_account()}</p><p class="actions"><a class="button" href="/account">{words.your_account()}</a></p> }
            });
            let nowhere =
                (items.is_empty() && !seated).then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
            let lead = (!items.is_empty()).then(|| view! { <p class="lead">{words.write_for()}</p> });
            let inside = view! {
                <div class="title">{crumbs(words.you_are_in(), vec![above(words, kind)])}<h1>{title}</h1>{lead}</div>
                {none}
                {nowhere}
                <ul class="ledger">{items}</ul>
            };
            Ok(Some(document(&asked, Head { known: false, ..Head::new(title, "") }, leaf(&[], "leaf", inside))))
        },
        render::nowhere_else,
    )
}

/// On the list of a kind, for those who may write: the way there.
pub(crate) fn begin(asked: &Asked, kind: Kind) -> Option<impl IntoView + use<>> {
    let words = asked.words();
    asked.viewer.may_somewhere(Act::WriteNotes).then(|| {
        let to = format!("{}/new", list(kind));
        view! { <p class="actions no-print"><a class="button button--second" href=to>{write(words, kind)}</a></p> }
    })
}

/// How what is written stands, for those who may change it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    edits: bool,
    publishes: bool,
    writers: Vec<Writer>,
}

impl Standing {
    pub(crate) async fn of(asked: &Asked, seminar: Option<&Listed>, itself: &Listed) -> Result<Self, Failure> {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let Some(seminar) = seminar else {
            if !itself.draft {
                return Ok(Self::default());
            }
            // One that its author does not see any more.
            let found = authors::written(store, viewer, asked.reading, (itself.place.kind, &itself.place.slug)).await?;
            return Ok(Self { edits: found.is_some(), ..Self::default() });
        };
        let writers = authors::writers(store, viewer, seminar, itself).await?;
        let edits = authors::may_edit(viewer, seminar, itself);
        Ok(Self { edits, publishes: authors::may_write(viewer, seminar), writers })
    }
}

/// On the page of what is written, for those who may change it: whether it is a draft, who writes it, how it is published,
/// and the way to its form.
pub(crate) fn standing(
    words: Words,
    Standing { edits, publishes, writers }: Standing,
    seminar: Option<&Listed>,
    itself: &Listed,
) -> Option<impl IntoView + use<>> {
    let path = itself.place.path();
    let word = if itself.place.kind == Kind::Practice { words.edit_practice() } else { words.edit_challenge() };
    let edit = || view! { <a class="button button--second" href=format!("{path}/edit")>{word}</a> };
    if !itself.draft {
        return edits.then(|| view! { <p class="actions no-print">{edit()}</p> }.into_any());
    }
    let stale = use_context::<Stale>()
        .map(|Stale| view! { <p role="alert"><strong>{words.look_before_publishing()}</strong></p> });
    let lead = seminar.map(|seminar| words.publish_lead(&seminar.title.text));
    let publish = edits.then(|| {
        view! {
            {stale}
            <form class="flow flow--snug" method="post" action=path.clone()>
                <input type="hidden" name="was" value=itself.changed_at/>
                {publishes.then(|| view! { <p>{lead}</p> })}
                <p class="actions">{publishes.then(|| view! { <button class="button" name="act" value="publish">{words.publish()}</button> })}{edit()}</p>
            </form>
        }
    });
    Some(
        view! {
            <div class="note flow no-print">
                <p class="note__title">{words.your_draft()}</p><p>{words.your_draft_lead()}</p>{publish}{together(words, &path, writers)}
            </div>
        }
        .into_any(),
    )
}

/// Who writes it, and who else could.
fn together(words: Words, path: &str, writers: Vec<Writer>) -> Option<impl IntoView + use<>> {
    let (writes, others): (Vec<_>, Vec<_>) = writers.into_iter().partition(|one| one.writes);
    let alone = writes.len() == 1;
    let to = path.to_owned();
    let form = |account: i64, act: &'static str, word: &'static str, name: String| {
        view! {
            <form method="post" action=to.clone()>
                <input type="hidden" name="account" value=account/>
                <button class="button button--second button--small" name="act" value=act aria-label=format!("{word}: {name}")>{word}</button>
            </form>
        }
    };
    let writes: Vec<_> = writes
        .into_iter()
        .map(|one| {
            let goes = (!alone).then(|| form(one.account, "remove", words.writes_no_longer(), one.name.clone()));
            view! { <li class="ledger__item"><p>{one.name}</p>{goes}</li> }
        })
        .collect();
    let others = others.into_iter().enumerate();
    let others: Vec<_> = others.map(|(at, one)| (one.account.to_string(), Phrase::plain(one.name), at == 0)).collect();
    let add = (!others.is_empty()).then(|| {
        view! {
            <form class="flow flow--snug" method="post" action=to.clone()>
                {select("account".to_owned(), words.write_with(), others, None)}
                <p class="actions"><button class="button button--second button--small" name="act" value="add">{words.let_write()}</button></p>
            </form>
        }
    });
    (!writes.is_empty() && (!alone || add.is_some())).then(|| {
        view! { <details><summary>{words.who_writes()}</summary><div class="flow"><ul class="ledger">{writes}</ul>{add}</div></details> }
    })
}

/// In a list: that it is a draft.
pub(crate) fn marked(words: Words, itself: &Listed) -> Option<impl IntoView + use<>> {
    itself.draft.then(|| view! { " " <strong>{words.your_draft()}</strong> })
}

/// What is published says something else by now.
#[derive(Clone, Copy, Debug)]
struct Stale;

/// What is done with a draft on its page.
#[derive(serde::Deserialize)]
struct Sent {
    /// `publish`, `add` or `remove`.
    act: String,
    /// When what they were shown had last changed.
    #[serde(default)]
    was: i64,
    /// Whose account is let write, or no longer.
    #[serde(default)]
    account: i64,
}

async fn practice(asked: Extension<Asked>, Path(slug): Path<String>, sent: Typed<Sent>) -> Response {
    done(asked, Kind::Practice, &slug, sent).await
}

async fn challenge(asked: Extension<Asked>, Path(slug): Path<String>, sent: Typed<Sent>) -> Response {
    done(asked, Kind::Challenge, &slug, sent).await
}

async fn done(
    Extension(asked): Extension<Asked>,
    kind: Kind,
    slug: &str,
    Typed(Sent { act, was, account }): Typed<Sent>,
) -> Response {
    let (store, viewer, of, now) = (&asked.store, &asked.viewer, (kind, slug), Timestamp::now());
    let own = viewer.who().is_some_and(|somebody| somebody.is_account(account));
    let done = match act.as_str() {
        "publish" => authors::publish(store, viewer, asked.reading, of, was, now).await,
        "add" | "remove" => {
            let writes = act == "add";
            let set = authors::set_writer(store, viewer, asked.reading, of, (account, writes), now).await;
            set.map(|set| set.map(|()| slug.to_owned()))
        }
        _ => return render::error(asked, Error::Unreadable).await.into_response(),
    };
    match done {
        // Who writes it no longer does not see it any more.
        Ok(Ok(_)) if own && act == "remove" => forms::to(list(kind)),
        Ok(Ok(slug)) => forms::to(&format!("{}/{slug}", list(kind))),
        // Sent twice, or after somebody who writes it too: it is there.
        Ok(Err(refusal)) => match things::former(store, viewer, kind, None, slug).await {
            Ok(Some(place)) => forms::to(&place.path()),
            // Whoever publishes it looks at that first.
            Ok(None) if refusal == Refusal::Changed => {
                forms::drawn_again(asked, StatusCode::UNPROCESSABLE_ENTITY, Stale).await
            }
            Ok(None) => render::error(asked, Error::NotFound).await.into_response(),
            Err(failure) => forms::failed(asked, failure).await,
        },
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// The seminar for which something is written, and that, where it is there already: also under the name that it had as a
/// draft.
pub(crate) async fn home(
    asked: &Asked,
    kind: Kind,
    seminar: Option<&str>,
    slug: Option<&str>,
) -> Result<Option<(Listed, Option<Listed>)>, Failure> {
    let (store, viewer, reading) = (&asked.store, &asked.viewer, asked.reading);
    let Some(slug) = slug else {
        let found = seminars::listed(store, viewer, reading, seminar.unwrap_or_default()).await?;
        return Ok(found.map(|seminar| (seminar, None)));
    };
    let mut found = authors::written(store, viewer, reading, (kind, slug)).await?;
    if found.is_none()
        && let Some(place) = things::former(store, viewer, kind, None, slug).await?
    {
        found = authors::written(store, viewer, reading, (kind, &place.slug)).await?;
    }
    Ok(found.map(|(seminar, itself)| (seminar, Some(itself))))
}

/// Whether a form was sent to something under a name that it has no more: it was published since, and whoever sent it is
/// to see that before they change what is for others now.
pub(crate) fn is_former(itself: Option<&Listed>, slug: Option<&str>) -> bool {
    itself.is_some_and(|itself| slug != Some(itself.place.slug.as_str()))
}
