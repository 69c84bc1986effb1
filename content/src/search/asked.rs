//! What somebody looks for.

use super::parsed::{Stretch, stretches};
use crate::things::{Kind, Slug};
use language::Language;

/// Hits on a page.
pub const PAGE: usize = 10;
/// The longest query that is looked at, in characters; what comes after is left out.
pub const QUERY_MOST: usize = 1000;
/// The values of a facet that are offered.
pub const OFFERED: usize = 12;
/// The most values of one facet.
const CHOSEN_MOST: usize = 20;

/// A query with its filters. The whole state of a search page, and all of its address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What was typed.
    pub q: String,
    /// Kinds of things.
    pub kind: Vec<String>,
    /// Countries' codes.
    pub country: Vec<String>,
    /// Themes' slugs.
    pub theme: Vec<String>,
    /// Languages' codes.
    pub language: Vec<String>,
    /// Seminars' slugs.
    pub seminar: Vec<String>,
    /// Years, in four digits.
    pub year: Vec<String>,
    /// Terms of the glossary, by their slugs, that are to add nothing.
    pub plain: Vec<String>,
    /// The newest first, and not what fits best.
    pub by_date: bool,
    /// From 1.
    pub page: usize,
}

impl Asked {
    /// Reads the parameters of an address. Whatever cannot be read is left out: a search page never refuses.
    pub fn of<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in parameters {
            match name {
                "q" => asked.q = value.chars().filter(|c| *c != '\0').take(QUERY_MOST).collect(),
                "sort" => asked.by_date = value == "date",
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, 1000),
                _ => {
                    let list = if name == "plain" { Some(&mut asked.plain) } else { asked.facet_mut(name) };
                    if let Some(list) = list {
                        let mut value: String = value.chars().take(80).collect();
                        if name == "country" {
                            value.make_ascii_uppercase();
                        }
                        if !value.is_empty() && list.len() < CHOSEN_MOST && !list.contains(&value) {
                            list.push(value);
                        }
                    }
                }
            }
        }
        asked.take_fields();
        asked
    }

    /// Takes `field:value` out of what was typed, where it names a facet and may be a value of it.
    fn take_fields(&mut self) {
        let typed = std::mem::take(&mut self.q);
        for (stretch, whole) in stretches(&typed) {
            match stretch {
                Stretch::Field(name, value) if self.take(name, value) => {}
                _ => self.q.push_str(whole),
            }
        }
        if self.is_narrowed() {
            self.q.drain(..self.q.len() - self.q.trim_start().len());
        }
    }

    fn take(&mut self, name: &str, value: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let value = if name == "country" { value.to_ascii_uppercase() } else { value.to_ascii_lowercase() };
        let may_be = match name.as_str() {
            "country" => value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic()),
            "language" => value.parse::<Language>().is_ok(),
            "year" => value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit()),
            "kind" => value.parse::<Kind>().is_ok(),
            _ => Slug::is(&value),
        };
        match self.facet_mut(&name) {
            Some(list) if may_be && list.len() < CHOSEN_MOST => {
                if !list.contains(&value) {
                    list.push(value);
                }
                true
            }
            _ => false,
        }
    }

    /// The names of the facets, in the order in which they are offered.
    pub const FACETS: [&'static str; 6] = ["kind", "country", "theme", "language", "seminar", "year"];

    /// The chosen values of a facet.
    pub fn facet(&self, name: &str) -> &[String] {
        match name {
            "kind" => &self.kind,
            "country" => &self.country,
            "theme" => &self.theme,
            "language" => &self.language,
            "seminar" => &self.seminar,
            "year" => &self.year,
            _ => &[],
        }
    }

    fn facet_mut(&mut self, name: &str) -> Option<&mut Vec<String>> {
        match name {
            "kind" => Some(&mut self.kind),
            "country" => Some(&mut self.country),
            "theme" => Some(&mut self.theme),
            "language" => Some(&mut self.language),
            "seminar" => Some(&mut self.seminar),
            "year" => Some(&mut self.year),
            _ => None,
        }
    }

    /// The same without one of the values that a facet has.
    #[must_use]
    pub fn without(&self, facet: &str, value: &str) -> Self {
        let mut asked = Self { page: 1, ..self.clone() };
        if let Some(list) = asked.facet_mut(facet) {
            list.retain(|other| other != value);
        }
        asked
    }

    /// The same, with a term of the glossary that adds nothing, or adds again.
    #[must_use]
    pub fn plainly(&self, term: &str, plain: bool) -> Self {
        let mut asked = Self { page: 1, ..self.clone() };
        asked.plain.retain(|slug| slug != term);
        if plain {
            asked.plain.push(term.to_owned());
        }
        asked
    }

    /// The same in another order.
    #[must_use]
    pub fn sorted(&self, by_date: bool) -> Self {
        Self { by_date, page: 1, ..self.clone() }
    }

    /// The same, in one language alone.
    #[must_use]
    pub fn only_in(&self, language: &str) -> Self {
        Self { language: vec![language.to_owned()], page: 1, ..self.clone() }
    }

    /// Whether anything is filtered.
    pub fn is_narrowed(&self) -> bool {
        Self::FACETS.iter().any(|name| !self.facet(name).is_empty())
    }

    /// The address of this search.
    pub fn address(&self) -> String {
        let mut address = format!("/search?q={}", encoded(&self.q));
        for name in Self::FACETS {
            for value in self.facet(name) {
                address.push_str(&format!("&{name}={}", encoded(value)));
            }
        }
        if self.by_date {
            address.push_str("&sort=date");
        }
        for slug in &self.plain {
            address.push_str(&format!("&plain={}", encoded(slug)));
        }
        if self.page > 1 {
            address.push_str(&format!("&page={}", self.page));
        }
        address
    }

    /// The same search, another page.
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }
}

/// A value in a query (WHATWG URL, application/x-www-form-urlencoded).
fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_parameters_are_left_out_and_the_rest_is_kept() {
        let asked = Asked::of([
            ("q", "a\0b"),
            ("page", "-1"),
            ("kind", ""),
            ("kind", "session"),
            ("kind", "session"),
            ("colour", "red"),
        ]);
        assert_eq!((asked.q.as_str(), asked.page, asked.kind.len()), ("ab", 1, 1));
        assert_eq!(Asked::of([("page", &*"9".repeat(30))]).page, 1);
        assert_eq!(Asked::of([("page", "0")]).page, 1);
        assert_eq!(Asked::of([("country", "al"), ("country", "AL")]).country, ["AL"]);
        let many = vec![("country", "XX"); 10_000];
        assert_eq!(Asked::of(many).country.len(), 1);
        assert_eq!(Asked::of([("q", &*"x".repeat(70_000))]).q.len(), QUERY_MOST);
    }

    #[test]
    fn an_address_says_it_all() {
        let asked = Asked::of([("q", "просјачење & more"), ("kind", "session"), ("page", "2")]);
        assert_eq!(
            asked.address(),
            "/search?q=%D0%BF%D1%80%D0%BE%D1%81%D1%98%D0%B0%D1%87%D0%B5%D1%9A%D0%B5+%26+more&kind=session&page=2"
        );
    }
}
