//! Long lists, page by page.

use crate::words::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Entries on a page of a list.
const PAGE: u64 = 50;
/// How far beyond a page is counted.
const AHEAD: u64 = 1000;

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    /// From 1.
    page: u64,
}

impl Default for Paging {
    fn default() -> Self {
        Self::at(1)
    }
}

impl Paging {
    /// What `?page=` asks for; the first where it says nothing that can be used.
    pub(crate) fn asked() -> Self {
        let page = use_query_map().with_untracked(|query| query.get("page")).and_then(|page| page.parse().ok());
        Self::at(page.unwrap_or(1))
    }

    /// That part, from 1.
    pub(crate) fn at(page: u64) -> Self {
        Self { page: page.clamp(1, 10_000) }
    }

    /// Which part, from 1.
    pub(crate) fn page(self) -> u64 {
        self.page
    }

    /// The last part of a list of so many, where this one comes after it.
    pub(crate) fn within(self, total: usize) -> Self {
        let last = u64::try_from(total).unwrap_or(u64::MAX).div_ceil(PAGE);
        Self::at(self.page.min(last))
    }

    /// How many entries.
    pub(crate) fn most(self) -> u64 {
        PAGE
    }

    /// How many come before.
    pub(crate) fn after(self) -> u64 {
        (self.page - 1) * PAGE
    }

    /// How far to count.
    pub(crate) fn counted(self) -> Option<u64> {
        Some(self.after() + AHEAD + 1)
    }
}

/// The way to the pages before and after; nothing where there is one page only. `total` is counted as far as `paging`
/// says; `address` is that of another page.
pub(crate) fn pager(words: Words, paging: Paging, total: u64, address: impl Fn(u64) -> String) -> Option<AnyView> {
    if total <= PAGE && paging.page == 1 {
        return None;
    }
    let link = |to: String, word| view! { <a class="pages__link" href=to>{word}</a> };
    let to = (paging.after() + PAGE).min(total);
    let from = paging.after() + 1;
    if from > to {
        let first = link(address(1), words.first_page());
        return Some(view! { <nav class="pages" aria-label=words.pages()>{first}</nav> }.into_any());
    }
    let previous = (paging.page > 1).then(|| address(paging.page - 1));
    let next = (to < total).then(|| address(paging.page + 1));
    let known = paging.after() + AHEAD;
    let of = if total > known { format!("{}+", words.number(known)) } else { words.number(total) };
    let here = words.from_to_of(words.number(from), words.number(to), of);
    let pages = view! {
        <nav class="pages" aria-label=words.pages()>
            {previous.map(|to| link(to, words.previous_page()))}
            <span aria-current="page">{here}</span>
            {next.map(|to| link(to, words.next_page()))}
        </nav>
    };
    Some(pages.into_any())
}
