//! `/account` for somebody without an account: their seat.

use crate::{
    accounts::{above, not_theirs, part},
    asked::Asked,
    forms::{self, Typed},
    ui::{Head, PhraseView, choice, document, fact, facts, from_home, leaf},
};
use axum::{Extension, response::Response};
use content::{
    accounts::{self, Refusal},
    roles::Part,
    seats::{self, Seat},
    things::Listed,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// Makes the link by which they take the seat into an account, and goes there.
pub(super) async fn claim(Extension(asked): Extension<Asked>) -> Response {
    match seats::claim(&asked.store, &asked.viewer, Timestamp::now()).await {
        Ok(Ok(token)) => forms::to(&format!("/invitations/{}", token.reveal())),
        Ok(Err(refusal)) => not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    delegation: String,
}

/// Says for which country they are here.
pub(super) async fn delegation(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let set = async {
        let seminars = accounts::your_seminars(&asked.store, &asked.viewer, asked.reading).await?;
        let Some((seminar, _)) = seminars.first() else { return Ok(Err(Refusal::Forbidden)) };
        seats::set_delegation(&asked.store, &asked.viewer, seminar, &sent.delegation, Timestamp::now()).await
    };
    match set.await {
        Ok(Ok(())) => forms::to("/account"),
        Ok(Err(refusal)) => not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

pub(crate) fn draw(
    asked: &Asked,
    seat: Seat,
    seminars: Vec<(Listed, Part)>,
    refusal: Option<Refusal>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.your_seat(), seat.name.clone()) };
    let code = seat.code.map(|code| {
        view! {
            <section class="flow" aria-labelledby="own-code">
                <h2 id="own-code">{words.your_own_code()}</h2>
                <p class="passing">{code.to_string()}</p>
                <p>{words.your_own_code_hint()}</p>
            </section>
        }
    });
    let countries = seminars.first().map(|(seminar, _)| seminar.countries.clone()).unwrap_or_default();
    let delegation = (!countries.is_empty()).then(|| {
        let none = (String::new(), words.no_delegation().to_owned(), seat.delegation.is_none());
        let countries = countries.into_iter().map(|code| {
            let taken = seat.delegation.as_deref() == Some(&code);
            let name = words.country_name(&code);
            (code, name, taken)
        });
        view! {
            <form class="flow" method="post" action="/account/delegation">
                {choice("delegation", words.their_delegation(), [none].into_iter().chain(countries).collect())}
                <p class="actions"><button class="button button--second">{words.save()}</button></p>
            </form>
        }
    });
    let of_seminars: Vec<_> = seminars
        .into_iter()
        .map(|(seminar, is)| view! { <p><a href=seminar.place.path()>{seminar.title.view()}</a>": "{part(words, is)}</p> })
        .collect();
    let margin = facts(vec![fact(words.your_seminar(), (!of_seminars.is_empty()).then_some(of_seminars))]);
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.your_seat()}</h1><p class="lead">{seat.name}</p></div>
        <div class="spread">
            <div class="flow flow--loose">
                {above(words, refusal)}
                {code}
                {delegation}
                <form class="flow" method="post" action="/account/seat">
                    <p>{words.claim_seat_lead()}</p>
                    <p class="actions"><button class="button">{words.claim_seat()}</button></p>
                </form>
                <form method="post" action="/sign-out"><p class="actions"><button class="button button--second">{words.sign_out()}</button></p></form>
            </div>
            <aside class="marginalia" aria-label=words.your_seat()>{margin}<p><a href="/help/roles">{words.roles_title()}</a></p></aside>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
