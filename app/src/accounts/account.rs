//! `/account`

use super::{above, moment, part, platform, refused};
use crate::{
    asked::{Asked, asked},
    forms::{self, Typed},
    render,
    seats::seat,
    ui::{Head, Line, PhraseView, document, fact, facts, from_home, leaf, line},
};
use axum::{Extension, response::Response};
use content::{
    accounts::{self, Account, Refusal, SignIn},
    roles::{Act, Part},
    seats,
    things::Listed,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    name: String,
    address: String,
    refusal: Refusal,
}

pub(crate) fn account() -> AnyView {
    render::secret();
    if asked().viewer.who().is_none() {
        return render::sign_in_first();
    }
    let (again, refusal) = (use_context::<Again>(), use_context::<Refusal>());
    render::answer(
        move |asked| async move {
            let here = asked.session.as_deref().unwrap_or_default();
            if let Some(seat) = seats::your_seat(&asked.store, &asked.viewer).await? {
                let seminars = accounts::your_seminars(&asked.store, &asked.viewer, asked.reading).await?;
                return Ok(Some(seat::draw(&asked, seat, seminars, refusal).into_any()));
            }
            let Some(account) = accounts::your_account(&asked.store, &asked.viewer).await? else { return Ok(None) };
            let sign_ins = accounts::sign_ins(&asked.store, &asked.viewer, here, Timestamp::now()).await?;
            let seminars = accounts::your_seminars(&asked.store, &asked.viewer, asked.reading).await?;
            Ok(Some(draw(&asked, account, sign_ins, seminars, again).into_any()))
        },
        render::nowhere_else,
    )
    .into_any()
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
}

/// Changes the name, and gives an address where there is none.
pub(super) async fn post(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let now = Timestamp::now();
    let changed = async {
        if !sent.address.trim().is_empty()
            && let Err(refusal) = accounts::set_address(&asked.store, &asked.viewer, &sent.address, now).await?
        {
            return Ok(Err(refusal));
        }
        accounts::rename(&asked.store, &asked.viewer, &sent.name, now).await
    };
    match changed.await {
        Ok(Ok(())) => forms::to("/account"),
        Ok(Err(refusal)) => {
            let short = |typed: &str| typed.chars().take(300).collect();
            let again = Again { name: short(&sent.name), address: short(&sent.address), refusal };
            forms::again(asked, refusal, again).await
        }
        Err(failure) => forms::failed(asked, failure).await,
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Ending {
    /// A number, or `others`.
    #[serde(default)]
    end: String,
}

/// Signs out elsewhere.
pub(super) async fn end_session(Extension(asked): Extension<Asked>, Typed(sent): Typed<Ending>) -> Response {
    let now = Timestamp::now();
    let here = asked.session.as_deref().unwrap_or_default();
    let ended = match sent.end.parse() {
        Ok(id) => accounts::end_sign_in(&asked.store, &asked.viewer, id, now).await,
        Err(_) if sent.end == "others" => accounts::end_others(&asked.store, &asked.viewer, here, now).await,
        Err(_) => Ok(Err(Refusal::Forbidden)),
    };
    match ended {
        // What is gone already is gone: the list says what is left.
        Ok(_) => forms::to("/account"),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(
    asked: &Asked,
    account: Account,
    sign_ins: Vec<SignIn>,
    seminars: Vec<(Listed, Part)>,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.your_account(), account.name.clone()) };
    let away = (account.address.is_none() || !account.has_password).then(|| {
        view! {
            <div class="note note--care">
                <p class="note__title">{words.cannot_come_back()}</p>
                <p>{words.cannot_come_back_help()}</p>
            </div>
        }
    });
    let change = if account.has_password { words.change_password() } else { words.set_password() };
    let of_seminars: Vec<_> = seminars
        .into_iter()
        .map(|(seminar, is)| {
            view! { <p><a href=seminar.place.path()>{seminar.title.view()}</a>": "{part(words, is)}</p> }
        })
        .collect();
    let margin = facts(vec![
        fact(words.your_role(), Some(platform(words, account.platform))),
        fact(words.your_seminars(), (!of_seminars.is_empty()).then_some(of_seminars)),
    ]);
    let administers = asked.viewer.may(Act::ManageAccounts);
    let missed = asked.viewer.may_somewhere(Act::ReadMissed);
    let missed = missed.then(|| view! { <p><a href="/admin/missed">{words.missed_title()}</a></p> });
    let administration = administers
        .then(|| view! { <p><a href="/admin/people">{words.administration()}": "{words.accounts()}</a></p><p><a href="/admin/audit">{words.audit()}</a></p><p><a href="/admin/health">{words.health()}</a></p><p><a href="/admin/retention">{words.retention()}</a></p><p><a href="/admin/settings">{words.settings()}</a></p> });
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.your_account()}</h1><p class="lead">{account.name.clone()}</p></div>
        <div class="spread">
            <div class="flow flow--loose">
                {away}
                {own(asked, &account, again)}
                <p><a href="/account/password">{change}</a></p>
                <p><a href="/account/data">{words.your_data()}</a></p>
                {signed_in(asked, sign_ins)}
                <form method="post" action="/sign-out"><p class="actions"><button class="button button--second">{words.sign_out()}</button></p></form>
            </div>
            <aside class="marginalia" aria-label=words.your_account()>{margin}{administration}{missed}<p><a href="/help/roles">{words.roles_title()}</a></p></aside>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// Name and address.
fn own(asked: &Asked, account: &Account, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let refusal = again.as_ref().map(|again| again.refusal);
    let (name, address) = again.map_or((account.name.clone(), String::new()), |again| (again.name, again.address));
    let name = Line {
        name: "name",
        label: words.your_name().to_owned(),
        hint: Some(words.your_name_hint()),
        fill: "name",
        value: name,
        refused: refused(words, refusal, "name"),
        ..Line::default()
    };
    let address = match &account.address {
        Some(address) => {
            let change =
                asked.post.is_there().then(|| view! { " · "<a href="/account/address">{words.change_address()}</a> });
            view! { <p>{words.e_mail()}": "{address.clone()}{change}</p> }.into_any()
        }
        None => line(Line {
            name: "address",
            label: words.e_mail().to_owned(),
            kind: "email",
            fill: "email",
            value: address,
            refused: refused(words, refusal, "address"),
            ..Line::default()
        })
        .into_any(),
    };
    view! {
        <form class="flow" method="post" novalidate>
            {above(words, refusal)}
            {line(name)}
            {address}
            <p class="actions"><button class="button">{words.save()}</button></p>
        </form>
    }
}

/// Where they are signed in, and how to end that.
fn signed_in(asked: &Asked, sign_ins: Vec<SignIn>) -> impl IntoView + use<> {
    let words = asked.words();
    let others = sign_ins.iter().any(|one| !one.here);
    let items = sign_ins.into_iter().map(|one| {
        let device = if one.device.is_empty() { words.some_browser().to_owned() } else { one.device };
        let end = match one.here {
            true => view! { <p><strong>{words.this_browser()}</strong></p> }.into_any(),
            false => {
                let since = words.signed_in_since(moment(words, one.since));
                let said = format!("{}: {device}, {since}", words.end_session());
                view! {
                    <form method="post" action="/account/sessions"><p class="actions"><button class="button button--second button--small" name="end" value=one.id.to_string() aria-label=said>{words.end_session()}</button></p></form>
                }
                .into_any()
            }
        };
        view! {
            <li class="ledger__item">
                <p>{device.clone()}</p>
                <p class="ledger__meta"><span>{words.signed_in_since(moment(words, one.since))}</span><span>{words.seen_last(moment(words, one.seen))}</span></p>
                {end}
            </li>
        }
    });
    let items = items.collect_view();
    let all = others.then(|| {
        view! {
            <form method="post" action="/account/sessions"><p class="actions"><button class="button button--second" name="end" value="others">{words.end_other_sessions()}</button></p></form>
        }
    });
    view! {
        <section class="flow" aria-labelledby="sessions">
            <h2 id="sessions">{words.where_signed_in()}</h2>
            <ul class="ledger">{items}</ul>
            {all}
        </section>
    }
}
