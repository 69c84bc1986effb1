//! Lists of people, as whoever runs the site asks for them: narrowed, in an order, page by page. All of it is in the
//! address, so that it goes without JavaScript, can be kept as a bookmark, and is there again after a change.

use super::{Line, Paging, line, select};
use crate::words::Words;
use content::texts::Phrase;
use form_urlencoded::Serializer;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The most that is looked for, in letters.
const MOST: usize = 200;

/// The most that a form sends of what is asked for, in bytes: a letter of three bytes takes nine in an address.
const LIST_MOST: usize = 12 * MOST;
/// So many entries need nothing to find one by.
const FEW: usize = 5;

/// What the address asks of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Narrow {
    text: String,
    picks: Vec<(&'static str, String)>,
    orders: &'static [&'static str],
    /// One of these; none: the first.
    order: Option<&'static str>,
    paging: Paging,
}

/// A choice by which a list is narrowed: its name in the address, what it says, and what there is to choose from.
pub(crate) type Pick = (&'static str, &'static str, Vec<(String, String)>);

/// Where a list is, and what its form says.
pub(crate) struct Narrows<'a> {
    /// The address of the first page without anything that is asked for.
    pub(crate) path: &'a str,
    /// What may be looked for.
    pub(crate) label: &'static str,
    pub(crate) picks: Vec<Pick>,
    /// Words for the orders, in the order of their codes.
    pub(crate) orders: Vec<&'static str>,
}

impl Narrow {
    /// `q`, `order`, `page` and some choices. The first of the orders is taken where none is asked for.
    pub(crate) fn asked(picks: &[&'static str], orders: &'static [&'static str]) -> Self {
        let value = |name: &str| use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default();
        let picks = picks.iter().map(|name| (*name, value(name)));
        Self {
            text: value("q").trim().chars().filter(|c| !c.is_control()).take(MOST).collect(),
            // What is longer than any code is none.
            picks: picks.filter(|(_, picked)| (1..MOST).contains(&picked.len())).collect(),
            orders,
            order: orders.iter().skip(1).find(|order| **order == value("order")).copied(),
            paging: Paging::asked(),
        }
    }

    /// Whether an entry that says this is among what is asked for: each word is part of one of its words, in whatever
    /// script and with or without accents.
    pub(crate) fn finds(&self, says: &[&str]) -> bool {
        let says: Vec<_> = says.iter().flat_map(|text| language::words(text)).map(|word| word.folded).collect();
        language::words(&self.text).all(|word| says.iter().any(|says| says.contains(&*word.folded)))
    }

    /// Whether this is what is picked, or nothing is.
    pub(crate) fn takes(&self, pick: &str, code: &str) -> bool {
        self.picks.iter().all(|(name, picked)| *name != pick || picked == code)
    }

    /// In which order, unless it is the first.
    pub(crate) fn order(&self) -> Option<&'static str> {
        self.order
    }

    /// The entries of the page that is asked for; of the last, where the list ends before it.
    pub(crate) fn part<T>(&self, list: Vec<T>) -> Vec<T> {
        let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let paging = self.paging.within(list.len());
        list.into_iter().skip(size(paging.after())).take(size(paging.most())).collect()
    }

    /// What is asked for, for an address; empty where nothing is.
    pub(crate) fn query(&self, page: u64) -> String {
        let mut query = Serializer::new(String::new());
        let texts = [("q", self.text.as_str()), ("order", self.order.unwrap_or_default())];
        let picks = self.picks.iter().map(|(name, picked)| (*name, picked.as_str()));
        query.extend_pairs(texts.into_iter().chain(picks).filter(|(_, value)| !value.is_empty()));
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        query.finish()
    }

    /// The page on which a list stands as it is asked for.
    pub(crate) fn address(&self, path: &str, page: u64) -> String {
        let query = self.query(page);
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// What forms on the page send along, so that it is there again when they are done ([`back`]).
    pub(crate) fn kept(&self) -> impl IntoView + use<> {
        view! { <input type="hidden" name="list" value=self.query(self.paging.page())/> }
    }

    /// The form that asks for it, where there are more than a few or something is asked for; and how many were found of
    /// all.
    pub(crate) fn form(&self, words: Words, list: Narrows<'_>, (found, all): (usize, usize)) -> Option<AnyView> {
        let narrowed = !self.text.is_empty() || !self.picks.is_empty();
        if all <= FEW && !narrowed {
            return None;
        }
        let Narrows { path, label, picks, orders } = list;
        let text =
            Line { name: "q", label: label.to_owned(), fill: "off", value: self.text.clone(), ..Line::default() };
        let picks = picks.into_iter().map(|(name, label, choices)| {
            let any = (String::new(), Phrase::plain(words.any_of_them()), false);
            let choices = choices.into_iter().map(|(code, says)| {
                let taken = self.picks.iter().any(|(of, picked)| *of == name && *picked == code);
                (code, Phrase::plain(says), taken)
            });
            select(name.to_owned(), label, [any].into_iter().chain(choices).collect(), None)
        });
        let picks = picks.collect_view();
        let orders = self.orders.iter().zip(orders);
        let orders = orders.map(|(code, says)| ((*code).to_owned(), Phrase::plain(says), Some(*code) == self.order));
        let orders = select("order".to_owned(), words.sorted_by(), orders.collect(), None);
        let count = |of: usize| words.number(u64::try_from(of).unwrap_or_default());
        let found = narrowed.then(|| {
            view! { <p role="status">{words.found_of(count(found), count(all))}" "<a href=path.to_owned()>{words.show_all()}</a></p> }
        });
        let form = view! {
            <form class="flow no-print" action=path.to_owned() role="search">
                <div class="abreast">{line(text)}{picks}{orders}</div>
                <p class="actions"><button class="button button--second">{words.show_these()}</button></p>
            </form>
            {found}
        };
        Some(form.into_any())
    }

    /// The way to its other pages.
    pub(crate) fn pager(&self, words: Words, path: &str, total: usize) -> Option<AnyView> {
        let (paging, total) = (self.paging.within(total), u64::try_from(total).unwrap_or(u64::MAX));
        super::pager(words, paging, total, |page| self.address(path, page))
    }
}

/// A page with its list as it was when something was done there: `list` is what the form sent, and counts for nothing
/// where it cannot be that.
pub(crate) fn back(path: &str, list: &str) -> String {
    let is_query = |c: char| c.is_ascii_alphanumeric() || "%&=+-_.*".contains(c);
    if list.is_empty() || list.len() > LIST_MOST || !list.chars().all(is_query) {
        return path.to_owned();
    }
    format!("{path}?{list}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_found_in_any_script_and_without_accents() {
        let asked = |text: &str| Narrow { text: text.to_owned(), ..Narrow::default() };
        let zoran = ["Zoran Đorđević", "zoran@example.org"];
        for found in ["", "đorđ", "Djordjevic", "Ђорђевић зоран", "example ZORAN", "đorđević zoran"] {
            assert!(asked(found).finds(&zoran), "{found}");
        }
        for other in ["Ana", "zoran ana", "zoranx", "zorandjordjevic", "q zoran"] {
            assert!(!asked(other).finds(&zoran), "{other}");
        }
        // A name in one script beside an address in another.
        for found in ["Вера", "vera", "office"] {
            assert!(asked(found).finds(&["Вера", "office@example.org"]), "{found}");
        }
        assert!(!asked("ana").finds(&["Petran Ali"]), "no word has it");
    }

    #[test]
    fn what_is_asked_for_is_in_the_address_and_comes_back_from_a_form() {
        let asked = Narrow {
            text: "Ђ & 100%".into(),
            picks: vec![("role", "expert".into())],
            order: Some("name"),
            ..Narrow::default()
        };
        let address = asked.address("/a", 3);
        assert_eq!(address, "/a?q=%D0%82+%26+100%25&order=name&role=expert&page=3");
        assert_eq!(back("/a", &asked.query(3)), address);
        assert_eq!(Narrow::default().address("/a", 1), "/a");
        assert!(asked.takes("role", "expert") && !asked.takes("role", "observer") && asked.takes("other", "x"));
    }

    #[test]
    fn what_no_list_asks_for_leads_nowhere_else() {
        for odd in ["", "//evil.example", "q=a\r\nLocation: x", "q=\u{2028}", "q=a#b", &"a".repeat(5000)] {
            assert_eq!(back("/a", odd), "/a", "{odd}");
        }
    }

    #[test]
    fn a_page_shows_its_part() {
        let narrow = |page| Narrow { paging: Paging::at(page), ..Narrow::default() };
        let all: Vec<u32> = (0..120).collect();
        assert_eq!(narrow(1).part(all.clone()), (0..50).collect::<Vec<_>>());
        assert_eq!(narrow(3).part(all.clone()), (100..120).collect::<Vec<_>>());
        assert_eq!(narrow(9).part(all), (100..120).collect::<Vec<_>>(), "the last there is");
        assert_eq!(narrow(2).part(Vec::<u32>::new()), Vec::<u32>::new());
    }
}
