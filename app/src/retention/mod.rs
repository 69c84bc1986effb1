//! `/admin/retention`: how long what is personal is kept, and what goes by it.

use crate::{
    accounts::{above, moment},
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
    ui::{Head, PhraseView, document, from_home, leaf, select_of},
    words::Words,
};
use axum::{
    Extension, Router,
    response::{IntoResponse, Response},
    routing::post,
};
use content::{
    accounts::Refusal,
    retention::{self, Due, Guests, Kind, MONTHS, Periods, Unused},
    roles::Act,
    texts::Phrase,
};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::collections::HashMap;

/// Of what goes, so many are named.
const NAMED: usize = 100;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/admin/retention", post(post_periods))
}

/// The fields in which periods are sent: those that are chosen, and those that held when they were.
fn read(before: &str, field: impl Fn(&str) -> Option<String>) -> Option<Periods> {
    Kind::ALL
        .iter()
        .try_fold(Periods::default(), |periods, kind| periods.with(*kind, &field(&format!("{before}{}", kind.code()))?))
}

const CHOSEN: &str = "";
const WAS: &str = "was-";

pub(crate) fn retention() -> impl IntoView {
    render::secret();
    // What is chosen is looked at first, and then kept to.
    let chosen = read(CHOSEN, |name| use_query_map().with_untracked(|query| query.get(name)));
    let again = use_context::<(Periods, Refusal)>();
    let (chosen, refusal) = again.map_or((chosen, None), |(chosen, refusal)| (Some(chosen), Some(refusal)));
    render::answer(
        move |asked| async move {
            if !asked.viewer.may(Act::SetRetention) {
                return Ok(None);
            }
            let holds = retention::periods(&asked.store).await?;
            let chosen = chosen.unwrap_or_else(|| holds.clone());
            let now = Timestamp::now();
            let due = retention::preview(&asked.store, &asked.viewer, asked.reading, &chosen, now).await?;
            Ok(due.map(|due| draw(&asked, (holds, chosen), due, refusal)))
        },
        render::nowhere_else,
    )
}

/// Keeps to what was looked at.
async fn post_periods(Extension(asked): Extension<Asked>, Typed(sent): Typed<HashMap<String, String>>) -> Response {
    let of = |before| read(before, |name| sent.get(name).cloned());
    let (Some(was), Some(to)) = (of(WAS), of(CHOSEN)) else {
        return render::error(asked, Error::Unreadable).await.into_response();
    };
    match retention::set_periods(&asked.store, &asked.viewer, (&was, &to), Timestamp::now()).await {
        Ok(Ok(())) => forms::to("/admin/retention"),
        Ok(Err(Refusal::Forbidden)) => render::error(asked, Error::NotFound).await.into_response(),
        Ok(Err(refusal)) => forms::again(asked, refusal, (to, refusal)).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(
    asked: &Asked,
    (holds, chosen): (Periods, Periods),
    due: Due,
    refusal: Option<Refusal>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let long =
        |months: Option<u16>| months.map_or_else(|| words.retention_never().to_owned(), |months| lasts(words, months));
    let fields = Kind::ALL.iter().map(|kind| {
        let (label, hint) = of(words, *kind);
        let choices = std::iter::once(None)
            .chain(MONTHS.map(Some))
            .map(|months| (value(months), Phrase::plain(long(months)), months == chosen.months(*kind)));
        let held = holds.months(*kind);
        let now = (held != chosen.months(*kind)).then(|| words.retention_now(long(held)));
        let hint = [Some(hint.to_owned()), now].into_iter().flatten().collect::<Vec<_>>().join(" ");
        select_of(kind.code().to_owned(), label, Some(hint), choices.collect(), None)
    });
    let fields = fields.collect_view();
    // What holds already needs no keeping to.
    let keep = (holds != chosen).then(|| {
        let hidden = |before: &'static str, periods: &Periods| {
            let one = |kind: &Kind| (format!("{before}{}", kind.code()), value(periods.months(*kind)));
            let fields =
                Kind::ALL.iter().map(one).map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
            fields.collect_view()
        };
        view! {
            <form method="post" action="/admin/retention">
                {hidden(WAS, &holds)}
                {hidden(CHOSEN, &chosen)}
                <p class="actions"><button class="button">{words.retention_keep()}</button></p>
            </form>
        }
    });
    let title = if holds == chosen { words.retention_goes() } else { words.retention_would_go() };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.retention()}</h1><p class="lead">{words.retention_lead()}</p></div>
        {above(words, refusal)}
        <form class="flow" action="/admin/retention">
            {fields}
            <p class="actions"><button class="button button--second">{words.retention_look()}</button></p>
        </form>
        <section class="section flow" aria-labelledby="goes">
            <h2 id="goes">{title}</h2>
            {goes(words, due).into_any()}
            {keep}
        </section>
    };
    let head = Head { known: false, ..Head::new(words.retention(), words.retention_lead()) };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// A period in a form.
fn value(months: Option<u16>) -> String {
    months.map(|months| months.to_string()).unwrap_or_default()
}

/// How long so many months are.
pub(crate) fn lasts(words: Words, months: u16) -> String {
    words.count_months(u64::from(months))
}

/// What is kept, and since when its time counts.
fn of(words: Words, kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Accounts => (words.retention_accounts(), words.retention_accounts_hint()),
        Kind::Guests => (words.retention_guests(), words.retention_guests_hint()),
        Kind::Notes => (words.retention_notes(), words.retention_notes_hint()),
    }
}

fn goes(words: Words, due: Due) -> impl IntoView {
    if due.is_empty() {
        return view! { <p>{words.retention_nothing()}</p> }.into_any();
    }
    let number = |count: usize| u64::try_from(count).unwrap_or_default();
    let accounts = number(due.accounts.len());
    let more = accounts.saturating_sub(number(NAMED));
    let more = (more > 0).then(|| view! { <p>{words.retention_more(words.number(more))}</p> });
    let named = due.accounts.into_iter().take(NAMED).map(|account| unused(words, account)).collect_view();
    let accounts = (accounts > 0).then(|| {
        view! { <h3>{words.count_accounts(accounts)}</h3><ul class="ledger">{named}</ul>{more} }
    });
    let names: u64 = due.guests.iter().map(|guests| guests.names).sum();
    let guests = due.guests.into_iter().map(|guests| names_of(words, guests)).collect_view();
    let guests = (names > 0).then(|| view! { <h3>{words.count_names(names)}</h3><ul class="ledger">{guests}</ul> });
    let notes = (due.notes > 0).then(|| view! { <h3>{words.count_notes(due.notes)}</h3> });
    view! { <p>{words.retention_goes_lead()}</p>{accounts}{guests}{notes} }.into_any()
}

fn unused(words: Words, account: Unused) -> impl IntoView {
    let address = account.address.unwrap_or_else(|| words.without_address().to_owned());
    let drafts = (account.drafts > 0).then(|| view! { <span>{words.count_drafts(account.drafts)}</span> });
    view! {
        <li class="ledger__item">
            <p class="ledger__title"><a href=format!("/admin/people/{}", account.id)>{account.name}</a></p>
            <p class="ledger__meta"><span>{address}</span><span>{words.retention_used(moment(words, account.used))}</span>{drafts}</p>
        </li>
    }
}

fn names_of(words: Words, guests: Guests) -> impl IntoView {
    view! {
        <li class="ledger__item">
            <p class="ledger__title"><a href=guests.seminar.place.path()>{guests.seminar.title.view()}</a></p>
            <p class="ledger__meta"><span>{words.count_names(guests.names)}</span></p>
        </li>
    }
}
