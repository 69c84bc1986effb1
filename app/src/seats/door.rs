//! `/seminars/{seminar}/door`: the code for the screen, and who came in by it.

use super::{looking::begins, picture::picture};
use crate::{
    accounts::{above, not_theirs, part, refused},
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
    ui::{Head, Line, Narrow, Narrows, PhraseView, back, choice, crumbs, document, leaf, line},
    words::{Words, sort_by_key},
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    accounts::{Outcome, Refusal},
    roles::{Act, Part},
    seats::{self, Door, Seat},
    seminars::{self, Contents},
    store::Failure,
    things::Listed,
};
use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;
use std::mem;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    sent: Given,
    refusal: Refusal,
}

/// In which order who is in is listed: who came last first, or by name.
const ORDERS: &[&str] = &["latest", "name"];

pub(crate) fn door() -> impl IntoView {
    render::secret();
    let narrow = Narrow::asked(&["role", "delegation"], ORDERS);
    let slug = render::parameter("seminar");
    let (again, refusal) = (use_context::<Again>(), use_context::<Refusal>());
    render::answer(
        move |asked| async move {
            let Some(contents) = held(&asked, &slug).await? else { return Ok(None) };
            let door = seats::door(&asked.store, &asked.viewer, &contents.seminar, Timestamp::now()).await?;
            let seats = seats::seats(&asked.store, &asked.viewer, &contents.seminar).await?;
            let rehearsed = seats::rehearsal(&asked.store, &asked.viewer, &contents.seminar).await?;
            Ok(Some(draw(&asked, &contents, (door, rehearsed), (seats, &narrow), (again, refusal))))
        },
        render::nowhere_else,
    )
}

/// The seminar, for those who hold its door.
pub(super) async fn held(asked: &Asked, slug: &str) -> Result<Option<Contents>, Failure> {
    let contents = seminars::contents(&asked.store, &asked.viewer, asked.reading, slug).await?;
    Ok(contents.filter(|contents| asked.viewer.may_in(Act::GiveParts, &contents.seminar)))
}

/// Does something at the door, and shows it again.
async fn at<T>(asked: Asked, slug: &str, act: impl AsyncFnOnce(&Asked, &Listed, Timestamp) -> Outcome<T>) -> Response {
    at_list(asked, slug, "", act).await
}

/// The same, with who is in as they were asked for.
async fn at_list<T>(
    asked: Asked,
    slug: &str,
    list: &str,
    act: impl AsyncFnOnce(&Asked, &Listed, Timestamp) -> Outcome<T>,
) -> Response {
    let done = async {
        match held(&asked, slug).await? {
            Some(contents) => act(&asked, &contents.seminar, Timestamp::now()).await,
            None => Ok(Err(Refusal::Forbidden)),
        }
    };
    let door = back(&format!("/seminars/{slug}/door"), list);
    match done.await {
        Ok(Ok(_)) => forms::to(&door),
        Ok(Err(refusal)) => not_theirs(Asked { address: door.into(), ..asked }, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    door: String,
}

/// Opens the door, holds it open, closes it, or changes its code.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    match sent.door.as_str() {
        "open" => {
            at(asked, &slug, async |asked, seminar, now| seats::open(&asked.store, &asked.viewer, seminar, now).await)
                .await
        }
        "change" => {
            at(asked, &slug, async |asked, seminar, now| seats::change(&asked.store, &asked.viewer, seminar, now).await)
                .await
        }
        "close" => {
            at(asked, &slug, async |asked, seminar, now| seats::close(&asked.store, &asked.viewer, seminar, now).await)
                .await
        }
        _ => render::error(asked, Error::Unreadable).await.into_response(),
    }
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    delegation: String,
}

/// Gives somebody a seat who does not sign in.
pub(super) async fn add(
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    Typed(sent): Typed<Given>,
) -> Response {
    let Ok(role) = sent.role.parse::<Part>() else {
        return render::error(asked, Error::Unreadable).await.into_response();
    };
    let given = async {
        let Some(contents) = held(&asked, &slug).await? else { return Ok(Err(Refusal::Forbidden)) };
        let about = (sent.name.as_str(), role, sent.delegation.as_str());
        seats::add(&asked.store, &asked.viewer, &contents.seminar, about, Timestamp::now()).await
    };
    let door = format!("/seminars/{slug}/door");
    match given.await {
        Ok(Ok(_)) => forms::to(&door),
        Ok(Err(Refusal::Forbidden)) => render::error(asked, Error::NotFound).await.into_response(),
        Ok(Err(refusal)) => {
            forms::again(Asked { address: door.into(), ..asked }, refusal, Again { sent, refusal }).await
        }
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// Begins a rehearsal, or ends it and empties the seminar of what came of it.
pub(super) async fn rehearsal(
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    Typed(sent): Typed<Rehearsed>,
) -> Response {
    let (store, viewer) = (asked.store.clone(), asked.viewer.clone());
    match sent.rehearsal.as_str() {
        "begin" => at(asked, &slug, async |_, seminar, now| seats::rehearse(&store, &viewer, seminar, now).await).await,
        "end" => {
            at(asked, &slug, async |_, seminar, now| seats::end_rehearsal(&store, &viewer, seminar, now).await).await
        }
        _ => render::error(asked, Error::Unreadable).await.into_response(),
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Rehearsed {
    #[serde(default)]
    rehearsal: String,
}

#[derive(serde::Deserialize)]
pub(super) struct Removed {
    #[serde(default)]
    list: String,
}

/// Takes a seat away.
pub(super) async fn remove(
    Extension(asked): Extension<Asked>,
    Path((slug, seat)): Path<(String, i64)>,
    Typed(sent): Typed<Removed>,
) -> Response {
    at_list(asked, &slug, &sent.list, async move |asked, seminar, now| {
        seats::remove(&asked.store, &asked.viewer, seminar, seat, now).await
    })
    .await
}

fn draw(
    asked: &Asked,
    contents: &Contents,
    (door, rehearsed): (Option<Door>, Option<Timestamp>),
    (seats, narrow): (Vec<Seat>, &Narrow),
    (again, refusal): (Option<Again>, Option<Refusal>),
) -> impl IntoView + use<> {
    let words = asked.words();
    let seminar = &contents.seminar;
    let path = seminar.place.path();
    let head = Head { known: false, ..Head::new(words.door(), words.door_lead()) };
    let way = vec![(seminar.title.text.clone(), seminar.title.lang, Some(path.clone()))];
    let refusal = refusal.or(again.as_ref().map(|again| again.refusal));
    let entrance = match door {
        Some(door) => open(asked, contents, door).into_any(),
        None => view! {
            <section class="flow" aria-labelledby="entrance">
                <h2 id="entrance">{words.door_closed()}</h2>
                <form method="post"><p class="actions"><button class="button" name="door" value="open">{words.open_door()}</button></p></form>
            </section>
        }
        .into_any(),
    };
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{words.door()}</h1><p class="kicker">{seminar.title.clone().view()}</p><p class="lead">{words.door_lead()}</p></div>
        <div class="flow flow--loose">
            {above(words, refusal)}
            {entrance}
            {who(words, contents, seats, narrow)}
            {paper(words, &path)}
            {giving(words, seminar, again)}
            {begins(words, &path)}
            {rehearsing(words, contents, rehearsed)}
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn open(asked: &Asked, contents: &Contents, door: Door) -> impl IntoView + use<> {
    let words = asked.words();
    let until = on_its_clock(words, &contents.details.time_zone, door.until);
    let address = format!("{}/join/{}", asked.public_url, door.code.as_str());
    let short = format!("{}/join", asked.public_url.split_once("://").map_or(&*asked.public_url, |(_, host)| host));
    view! {
        <section class="flow" aria-labelledby="entrance">
            <h2 id="entrance">{words.door_open_until(until)}</h2>
            <div class="door">
                {picture(&address, words.door_picture())}
                <div class="flow">
                    <p class="door__code">{door.code.to_string()}</p>
                    <p>{words.type_code_at(short)}</p>
                    <form class="actions" method="post">
                        <button class="button" name="door" value="close">{words.close_door()}</button>
                        <button class="button button--second" name="door" value="open">{words.hold_door()}</button>
                        <button class="button button--second" name="door" value="change">{words.change_code()}</button>
                    </form>
                    <p class="quiet">{words.change_code_lead()}</p>
                </div>
            </div>
        </section>
    }
}

/// The form that begins a rehearsal, or ends one.
fn rehearsing(words: Words, contents: &Contents, since: Option<Timestamp>) -> impl IntoView + use<> {
    let to = format!("{}/rehearsal", contents.seminar.place.path());
    let (lead, act, word) = match since {
        Some(since) => {
            let since = on_its_clock(words, &contents.details.time_zone, since);
            (words.rehearsal_since(since), "end", words.end_rehearsal())
        }
        None => (words.rehearsal_lead().to_owned(), "begin", words.begin_rehearsal()),
    };
    view! {
        <section class="flow" aria-labelledby="rehearsal">
            <h2 id="rehearsal">{words.rehearsal()}</h2>
            <p>{lead}</p>
            <form method="post" action=to><p class="actions"><button class="button button--second" name="rehearsal" value=act>{word}</button></p></form>
        </section>
    }
}

fn who(words: Words, contents: &Contents, mut seats: Vec<Seat>, narrow: &Narrow) -> impl IntoView + use<> {
    let (seminar, zone) = (&contents.seminar, contents.details.time_zone.clone());
    let path = seminar.place.path();
    let all = seats.len();
    let count = u64::try_from(all).unwrap_or_default();
    let mut delegations = seminar.countries.clone();
    delegations.extend(seats.iter().filter_map(|seat| seat.delegation.clone()));
    delegations.sort_unstable();
    delegations.dedup();
    for seat in &mut seats {
        seat.name = called(words, mem::take(&mut seat.name));
    }
    seats.retain(|seat| {
        narrow.finds(&[&seat.name])
            && narrow.takes("role", seat.part.code())
            && narrow.takes("delegation", seat.delegation.as_deref().unwrap_or("-"))
    });
    if narrow.order().is_some() {
        sort_by_key(words.0, &mut seats, |seat| seat.name.as_str());
    }
    let found = seats.len();
    let none = (all == 0).then(|| view! { <p class="ledger__empty">{words.nobody_is_in()}</p> });
    let items = narrow.part(seats).into_iter().map(|seat| {
        let delegation = seat.delegation.map(|country| view! { <span>{words.country_name(&country)}</span> });
        let rehearsed = seat.rehearsed.then(|| view! { <span>{words.rehearsal()}</span> });
        let account = seat.has_account.then(|| view! { <span>{words.with_account()}</span> });
        let said = format!("{}: {}", words.remove_seat(), seat.name);
        view! {
            <li class="ledger__item" id=format!("seat-{}", seat.id)>
                <p class="ledger__title"><a href=format!("{path}/seats/{}", seat.id)>{seat.name}</a></p>
                <p class="ledger__meta"><span>{part(words, seat.part)}</span>{delegation}{account}{rehearsed}<span>{words.in_since(on_its_clock(words, &zone, seat.since))}</span></p>
                <form method="post" action=format!("{path}/seats/{}/remove", seat.id)>{narrow.kept()}<p class="actions"><button class="button button--second button--small" aria-label=said>{words.remove_seat()}</button></p></form>
            </li>
        }
    });
    let items = items.collect_view();
    let door = format!("{path}/door");
    let roles = Part::ALL.iter().map(|is| (is.code().to_owned(), part(words, *is).to_owned())).collect();
    let no_country = ("-".to_owned(), words.no_delegation().to_owned());
    let countries = delegations.into_iter().map(|code| (code.clone(), words.country_name(&code)));
    let delegations = [no_country].into_iter().chain(countries).collect();
    let asks = Narrows {
        path: &door,
        label: words.find_name(),
        picks: vec![("role", words.their_role(), roles), ("delegation", words.their_delegation(), delegations)],
        orders: vec![words.order_time(), words.order_name()],
    };
    view! {
        <section class="flow" aria-labelledby="who">
            <h2 id="who">{words.who_is_in()}</h2>
            <p class="quiet">{words.count_seats(count)}" · "<a href=narrow.address(&door, 1)>{words.look_again()}</a></p>
            {narrow.form(words, asks, (found, all))}
            {none}
            <ul class="ledger">{items}</ul>
            {narrow.pager(words, &door, found)}
        </section>
    }
}

/// How somebody is called; whoever deleted their account has no name any more.
pub(super) fn called(words: Words, name: String) -> String {
    if name.is_empty() { words.former_member().to_owned() } else { name }
}

/// What can be printed.
fn paper(words: Words, path: &str) -> impl IntoView + use<> {
    let links = [("poster", words.poster()), ("cards", words.cards()), ("attendance", words.attendance())];
    let links = links.map(|(end, word)| view! { <li><a href=format!("{path}/{end}")>{word}</a></li> });
    view! {
        <section class="flow" aria-labelledby="paper"><h2 id="paper">{words.on_paper()}</h2><ul class="flow flow--close">{links.collect_view()}</ul></section>
    }
}

/// A moment on the clock of the seminar.
pub(crate) fn on_its_clock(words: Words, zone: &str, at: Timestamp) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let date = zone.to_datetime(at).date();
    format!("{}, {}", words.date(date), words.time(at, &zone))
}

fn giving(words: Words, seminar: &Listed, again: Option<Again>) -> impl IntoView + use<> {
    let refusal = again.as_ref().map(|again| again.refusal);
    let sent = again.map(|again| again.sent).unwrap_or_default();
    let role = sent.role.parse().unwrap_or(Part::Participant);
    let roles = Part::ALL.iter().map(|is| (is.code().to_owned(), part(words, *is).to_owned(), *is == role)).collect();
    let none = (String::new(), words.no_delegation().to_owned(), sent.delegation.is_empty());
    let countries =
        seminar.countries.iter().map(|code| (code.clone(), words.country_name(code), *code == sent.delegation));
    let delegations: Vec<_> = [none].into_iter().chain(countries).collect();
    let name = Line {
        name: "name",
        label: words.their_name().to_owned(),
        fill: "off",
        value: sent.name,
        refused: refused(words, refusal, "name"),
        ..Line::default()
    };
    view! {
        <section class="flow" aria-labelledby="giving">
            <h2 id="giving">{words.add_seat()}</h2>
            <p>{words.add_seat_lead()}</p>
            <form class="flow" method="post" action=format!("{}/seats", seminar.place.path()) novalidate>
                {line(name)}
                {choice("role", words.their_role(), roles)}
                {choice("delegation", words.their_delegation(), delegations)}
                <p class="actions"><button class="button">{words.add_seat()}</button></p>
            </form>
        </section>
    }
}
