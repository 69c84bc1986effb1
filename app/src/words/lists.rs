//! Lists and their order.

use super::{each, icu, of};
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_list::{ListFormatter, options::ListFormatterOptions};
use language::Locale;
use std::sync::LazyLock;

static AND: LazyLock<Vec<(Locale, Option<ListFormatter>)>> = LazyLock::new(|| {
    each(|locale| ListFormatter::try_new_and(icu(locale).into(), ListFormatterOptions::default()).ok())
});
static COLLATORS: LazyLock<Vec<(Locale, Option<CollatorBorrowed<'static>>)>> =
    LazyLock::new(|| each(|locale| Collator::try_new(icu(locale).into(), CollatorOptions::default()).ok()));

/// Albania, Bosnia & Herzegovina and Moldova
pub fn join(locale: Locale, parts: &[String]) -> String {
    match of(&AND, locale).and_then(Option::as_ref) {
        Some(format) => format.format(parts.iter()).to_string(),
        None => parts.join(", "),
    }
}

/// Sorts as the language does.
pub fn sort_by_key<T>(locale: Locale, list: &mut [T], key: impl Fn(&T) -> &str) {
    match of(&COLLATORS, locale).and_then(Option::as_ref) {
        Some(collator) => list.sort_by(|this, that| collator.compare(key(this), key(that))),
        None => list.sort_by(|this, that| key(this).cmp(key(that))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_follows_the_language() {
        let mut words = ["Zoo", "Čaj", "Cilj", "Ćup", "Dan"];
        sort_by_key(Locale::Croatian, &mut words, |word| word);
        assert_eq!(words, ["Cilj", "Čaj", "Ćup", "Dan", "Zoo"]);
        let mut words = ["Џак", "Ана", "Љубав", "Лав", "Ћуп"];
        sort_by_key(Locale::SerbianCyrillic, &mut words, |word| word);
        assert_eq!(words, ["Ана", "Лав", "Љубав", "Ћуп", "Џак"]);
    }

    #[test]
    fn a_list_ends_as_the_language_ends_it() {
        let three = ["A", "B", "C"].map(str::to_owned);
        assert_eq!(join(Locale::English, &three), "A, B and C");
        assert_eq!(join(Locale::SerbianCyrillic, &three), "A, B и C");
        assert_eq!(join(Locale::English, &three[..1]), "A");
    }
}
