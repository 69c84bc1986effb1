//! `/admin/people/{account}`

use super::{above, invite::made, moment, not_theirs, platform};
use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
    ui::{Head, choice, crumbs, document, fact, facts, leaf},
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    accounts::{self, Account, Refusal},
    roles::Platform,
};
use jiff::Timestamp;
use leptos::prelude::*;

pub(crate) fn account() -> impl IntoView {
    render::secret();
    let id = render::parameter("account").parse::<i64>();
    let refusal = use_context::<Refusal>();
    render::answer(
        move |asked| async move {
            let Ok(id) = id else { return Ok(None) };
            let account = accounts::account(&asked.store, &asked.viewer, id).await?;
            Ok(account.map(|account| draw(&asked, account, refusal)))
        },
        render::nowhere_else,
    )
}

/// After a change: the page of the account, again with the reason where it will not do.
async fn done(asked: Asked, id: i64, outcome: accounts::Outcome<()>) -> Response {
    let to = format!("/admin/people/{id}");
    match outcome {
        Ok(Ok(())) => forms::to(&to),
        Ok(Err(refusal)) => not_theirs(Asked { address: to.into(), ..asked }, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Role {
    #[serde(default)]
    role: String,
}

/// Says what somebody is on the platform.
pub(super) async fn role(
    Extension(asked): Extension<Asked>,
    Path(id): Path<i64>,
    Typed(sent): Typed<Role>,
) -> Response {
    let Ok(role) = sent.role.parse::<Platform>() else {
        return render::error(asked, Error::Unreadable).await.into_response();
    };
    let outcome = accounts::set_platform(&asked.store, &asked.viewer, id, role, Timestamp::now()).await;
    done(asked, id, outcome).await
}

#[derive(serde::Deserialize)]
pub(super) struct Access {
    #[serde(default)]
    access: String,
}

/// Ends somebody's access, or gives it back.
pub(super) async fn access(
    Extension(asked): Extension<Asked>,
    Path(id): Path<i64>,
    Typed(sent): Typed<Access>,
) -> Response {
    let now = Timestamp::now();
    let outcome = match sent.access.as_str() {
        "end" => accounts::disable(&asked.store, &asked.viewer, id, now).await,
        "give" => accounts::enable(&asked.store, &asked.viewer, id, now).await,
        _ => return render::error(asked, Error::Unreadable).await.into_response(),
    };
    done(asked, id, outcome).await
}

/// Makes a link with which they sign in, and shows it.
pub(super) async fn link(Extension(asked): Extension<Asked>, Path(id): Path<i64>) -> Response {
    let now = Timestamp::now();
    let outcome = accounts::to_sign_in(&asked.store, &asked.viewer, id, now).await;
    let name = match accounts::account(&asked.store, &asked.viewer, id).await {
        Ok(account) => account.map(|account| account.name).unwrap_or_default(),
        Err(failure) => return forms::failed(asked, failure).await,
    };
    match outcome {
        Ok(Ok(token)) => {
            let path = format!("/sign-in/{}", token.reveal());
            made(asked, (path, name, None), accounts::Purpose::SignIn.until(now)).await
        }
        Ok(Err(refusal)) => not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, account: Account, refusal: Option<Refusal>) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(account.name.clone(), words.accounts()) };
    let path = format!("/admin/people/{}", account.id);
    let choices = Platform::ALL
        .iter()
        .map(|role| (role.code().to_owned(), platform(words, *role).to_owned(), *role == account.platform))
        .collect();
    let access = if account.disabled {
        view! {
            <form method="post" action=format!("{path}/access")><p class="actions"><button class="button" name="access" value="give">{words.give_access_back()}</button></p></form>
        }
        .into_any()
    } else {
        view! {
            <form class="flow" method="post" action=format!("{path}/access")>
                <p>{words.end_access_lead()}</p>
                <p class="actions"><button class="button button--second" name="access" value="end">{words.end_access()}</button></p>
            </form>
        }
        .into_any()
    };
    let link = (!account.disabled).then(|| {
        view! {
            <form method="post" action=format!("{path}/link")><p class="actions"><button class="button">{words.give_link()}</button></p></form>
        }
    });
    let margin = facts(vec![
        fact(words.e_mail(), Some(account.address.clone().unwrap_or_else(|| words.without_address().to_owned()))),
        fact(words.password(), (!account.has_password).then(|| words.without_password())),
        fact(words.no_access(), account.disabled.then(|| words.end_access_lead())),
    ]);
    let way = vec![(words.accounts().to_owned(), None, Some("/admin/people".to_owned()))];
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{account.name.clone()}</h1><p class="lead">{words.account_since(moment(words, account.since))}</p></div>
        <div class="spread">
            <div class="flow flow--loose">
                {above(words, refusal)}
                {link}
                <form class="flow" method="post" action=format!("{path}/role")>
                    {choice("role", words.their_role(), choices)}
                    <p class="actions"><button class="button">{words.change_role()}</button></p>
                </form>
                {access}
            </div>
            <aside class="marginalia" aria-label=words.accounts()>{margin}</aside>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
