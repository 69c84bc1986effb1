//! Every delegation keeps its line: a hue with a pattern, in the order in which its seminar lists the countries.

use crate::words::Words;
use leptos::prelude::*;

/// The countries of a seminar, and with that the strand of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strands(Vec<String>);

/// How many strands there are; after the last the first comes again.
const MOST: usize = 6;
const CLASSES: [&str; 7] = ["strand-0", "strand-1", "strand-2", "strand-3", "strand-4", "strand-5", "strand-6"];

impl Strands {
    /// Those of a seminar's countries.
    pub(crate) fn of(countries: &[String]) -> Self {
        Self(countries.to_vec())
    }

    /// The number of a country's strand; 0 for who belongs to no delegation.
    pub(crate) fn number(&self, country: &str) -> u8 {
        let at = self.0.iter().position(|other| other == country);
        at.and_then(|at| u8::try_from(at % MOST + 1).ok()).unwrap_or_default()
    }

    /// The class of a country's strand.
    pub(crate) fn class(&self, country: &str) -> &'static str {
        class(self.number(country))
    }

    /// All of them, for the margin.
    pub(crate) fn numbers(&self) -> Vec<u8> {
        self.0.iter().take(MOST).map(|country| self.number(country)).collect()
    }

    /// The countries in order.
    pub(crate) fn countries(&self) -> &[String] {
        &self.0
    }
}

/// The class of a strand.
pub(crate) fn class(strand: u8) -> &'static str {
    CLASSES.get(usize::from(strand)).copied().unwrap_or(CLASSES[0])
}

/// The lines in the margin.
pub(crate) fn lines(strands: &[u8]) -> impl IntoView + use<> {
    if strands.is_empty() {
        let line = || view! { <i class="lines__line"></i> };
        return view! { <div class="lines lines--plain" aria-hidden="true">{line()}{line()}{line()}</div> }.into_any();
    }
    let lines = strands.iter().map(|strand| view! { <i class=format!("lines__line {}", class(*strand))></i> });
    view! { <div class="lines" aria-hidden="true">{lines.collect_view()}</div> }.into_any()
}

/// A country's name with a sample of its line.
pub(crate) fn voice(words: Words, strands: &Strands, country: &str) -> impl IntoView + use<> {
    view! { <span class=format!("voice {}", strands.class(country))>{words.country_name(country)}</span> }
}

/// Some countries' names with their lines, as in the key of a map.
pub(crate) fn keyed(words: Words, strands: &Strands, countries: &[String]) -> impl IntoView + use<> {
    let keys = countries.iter().map(|country| view! { <i class=format!("keys__line {}", strands.class(country))></i> });
    let keys = keys.collect_view();
    let names: Vec<String> = countries.iter().map(|country| words.country_name(country)).collect();
    view! { <span class="keyed"><span class="keys" aria-hidden="true">{keys}</span>{names.join(", ")}</span> }
}
