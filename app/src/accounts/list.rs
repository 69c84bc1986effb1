//! `/admin/people`

use super::{moment, platform};
use crate::{
    asked::Asked,
    render,
    ui::{Head, document, from_home, leaf},
};
use content::{
    accounts::{self, Account},
    roles::Act,
};
use leptos::prelude::*;

pub(crate) fn accounts() -> impl IntoView {
    render::secret();
    render::answer(
        move |asked| async move {
            if !asked.viewer.may(Act::ManageAccounts) {
                return Ok(None);
            }
            let all = accounts::accounts(&asked.store, &asked.viewer).await?;
            Ok(Some(draw(&asked, all)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, all: Vec<Account>) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.accounts(), words.accounts_lead()) };
    let count = words.count_accounts(u64::try_from(all.len()).unwrap_or_default());
    let items = all.into_iter().map(|account| {
        let to = format!("/admin/people/{}", account.id);
        let disabled = account.disabled.then(|| view! { <strong>{words.no_access()}</strong> });
        let without = (!account.has_password).then(|| view! { <span>{words.without_password()}</span> });
        let address = account.address.unwrap_or_else(|| words.without_address().to_owned());
        view! {
            <li class="ledger__item">
                <h2 class="ledger__title"><a href=to>{account.name}</a></h2>
                <p class="ledger__meta">
                    {disabled}<span>{platform(words, account.platform)}</span><span>{address}</span>{without}
                    <span>{words.account_since(moment(words, account.since))}</span>
                </p>
            </li>
        }
    });
    let items = items.collect_view();
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.accounts()}</h1><p class="lead">{words.accounts_lead()}</p></div>
        <p class="actions"><a class="button" href="/admin/invitations">{words.invite()}</a></p>
        <div class="section section--near flow"><p class="quiet">{count}</p><ul class="ledger">{items}</ul></div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
