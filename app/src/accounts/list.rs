//! `/admin/people`

use super::{moment, platform};
use crate::{
    asked::Asked,
    render,
    ui::{Head, Narrow, Narrows, document, from_home, leaf},
    words::sort_by_key,
};
use content::{
    accounts::{self, Account},
    roles::{Act, Platform},
};
use leptos::prelude::*;
use std::cmp::Reverse;

/// In which order: by name, or who came last first.
const ORDERS: &[&str] = &["name", "latest"];

pub(crate) fn accounts() -> impl IntoView {
    render::secret();
    let narrow = Narrow::asked(&["role", "access"], ORDERS);
    render::answer(
        move |asked| async move {
            if !asked.viewer.may(Act::ManageAccounts) {
                return Ok(None);
            }
            let all = accounts::accounts(&asked.store, &asked.viewer).await?;
            Ok(Some(draw(&asked, all, &narrow)))
        },
        render::nowhere_else,
    )
}

/// Whether somebody may come in, as an address says it.
fn access(account: &Account) -> &'static str {
    if account.disabled { "ended" } else { "given" }
}

fn draw(asked: &Asked, mut all: Vec<Account>, narrow: &Narrow) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.accounts(), words.accounts_lead()) };
    let of_all = all.len();
    let count = words.count_accounts(u64::try_from(of_all).unwrap_or_default());
    all.retain(|account| {
        narrow.finds(&[&account.name, account.address.as_deref().unwrap_or_default()])
            && narrow.takes("role", account.platform.code())
            && narrow.takes("access", access(account))
    });
    match narrow.order() {
        Some(_) => all.sort_by_key(|account| Reverse((account.since, account.id))),
        None => sort_by_key(words.0, &mut all, |account| account.name.as_str()),
    }
    let found = all.len();
    let items = narrow.part(all).into_iter().map(|account| {
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
    let path = "/admin/people";
    let roles = Platform::ALL.iter().map(|role| (role.code().to_owned(), platform(words, *role).to_owned())).collect();
    let accesses = [("given", words.access_given()), ("ended", words.no_access())];
    let accesses = accesses.map(|(code, word)| (code.to_owned(), word.to_owned())).into();
    let list = Narrows {
        path,
        label: words.name_or_address(),
        picks: vec![("role", words.their_role(), roles), ("access", words.access(), accesses)],
        orders: vec![words.order_name(), words.order_time()],
    };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.accounts()}</h1><p class="lead">{words.accounts_lead()}</p></div>
        <p class="actions"><a class="button" href="/admin/invitations">{words.invite()}</a></p>
        <div class="section section--near flow">
            <p class="quiet">{count}</p>
            {narrow.form(words, list, (found, of_all))}
            <ul class="ledger">{items}</ul>
            {narrow.pager(words, path, found)}
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
