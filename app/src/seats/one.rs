//! `/seminars/{seminar}/seats/{seat}`: what one person is there.

use super::door::{called, held, on_its_clock};
use crate::{
    accounts::{above, not_theirs, part},
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
    seminars::way,
    ui::{Head, choice, crumbs, document, fact, facts, leaf},
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    accounts::Refusal,
    roles::Part,
    seats::{self, Seat},
    seminars::Contents,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was chosen, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    sent: Sent,
    refusal: Refusal,
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct Sent {
    role: String,
    #[serde(default)]
    delegation: String,
    /// What whoever asks took them for.
    was: String,
    #[serde(default)]
    was_for: String,
}

pub(crate) fn one() -> impl IntoView {
    render::secret();
    let (slug, seat) = (render::parameter("seminar"), render::parameter("seat"));
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let (Some(contents), Ok(seat)) = (held(&asked, &slug).await?, seat.parse()) else { return Ok(None) };
            let seat = seats::seat(&asked.store, &asked.viewer, &contents.seminar, seat).await?;
            Ok(seat.map(|seat| draw(&asked, &contents, seat, again)))
        },
        render::nowhere_else,
    )
}

/// Says what they are.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path((slug, seat)): Path<(String, i64)>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let (Ok(was), Ok(is)) = (sent.was.parse::<Part>(), sent.role.parse::<Part>()) else {
        return render::error(asked, Error::Unreadable).await.into_response();
    };
    let set = async {
        let Some(contents) = held(&asked, &slug).await? else { return Ok(Err(Refusal::Forbidden)) };
        let change = ((was, sent.was_for.as_str()), (is, sent.delegation.as_str()));
        seats::set_part(&asked.store, &asked.viewer, &contents.seminar, seat, change, Timestamp::now()).await
    };
    match set.await {
        Ok(Ok(true)) => forms::to(&format!("/seminars/{slug}/door#seat-{seat}")),
        Ok(Ok(false)) => forms::to(&format!("/seminars/{slug}")),
        Ok(Err(Refusal::Forbidden)) => not_theirs(asked, Refusal::Forbidden).await,
        Ok(Err(refusal)) => forms::again(asked, refusal, Again { sent, refusal }).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, contents: &Contents, seat: Seat, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let seminar = &contents.seminar;
    let path = seminar.place.path();
    let refusal = again.as_ref().map(|again| again.refusal);
    let holds = seat.delegation.clone().unwrap_or_default();
    let (role, delegation) = match again {
        Some(again) => (again.sent.role.parse().unwrap_or(seat.part), again.sent.delegation),
        None => (seat.part, holds.clone()),
    };
    let roles = Part::ALL.iter().map(|is| (is.code().to_owned(), part(words, *is).to_owned(), *is == role)).collect();
    let none = (String::new(), words.no_delegation().to_owned(), delegation.is_empty());
    let mut countries = seminar.countries.clone();
    if !holds.is_empty() && !countries.contains(&holds) {
        countries.push(holds.clone());
    }
    let countries = countries.into_iter().map(|code| (code.clone(), words.country_name(&code), code == delegation));
    let delegations: Vec<_> = [none].into_iter().chain(countries).collect();
    let name = called(words, seat.name);
    let head = Head { known: false, ..Head::new(name.clone(), words.seat_lead()) };
    let door = (words.door().to_owned(), None, Some(format!("{path}/door")));
    let account = seat.has_account.then(|| words.with_account());
    let margin = facts(vec![
        fact(words.their_role(), Some(part(words, seat.part))),
        fact(words.their_delegation(), seat.delegation.map(|country| words.country_name(&country))),
        fact(words.seat_since(), Some(on_its_clock(words, &contents.details.time_zone, seat.since))),
        fact(words.own_code(), seat.code.map(|code| code.to_string())),
        fact(words.comes_in(), account),
    ]);
    let said = format!("{}: {name}", words.remove_seat());
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way(words, seminar, vec![door]))}<h1>{name}</h1><p class="lead">{words.seat_lead()}</p></div>
        <div class="spread">
            <div class="flow flow--loose">
                {above(words, refusal)}
                <form class="flow" method="post">
                    <input type="hidden" name="was" value=seat.part.code()/>
                    <input type="hidden" name="was_for" value=holds/>
                    {choice("role", words.their_role(), roles)}
                    {choice("delegation", words.their_delegation(), delegations)}
                    <p class="actions"><button class="button">{words.save()}</button></p>
                </form>
                <form class="flow" method="post" action=format!("{path}/seats/{}/remove", seat.id)>
                    <p>{words.remove_seat_lead()}</p>
                    <p class="actions"><button class="button button--second" aria-label=said>{words.remove_seat()}</button></p>
                </form>
            </div>
            <aside class="marginalia" aria-label=words.seat_now()>{margin}<p><a href="/help/roles">{words.roles_title()}</a></p></aside>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
