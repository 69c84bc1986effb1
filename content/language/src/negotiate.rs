//! From an `Accept-Language` header to what the reader reads.

use crate::Locale;

/// The locale that an `Accept-Language` header (RFC 9110, section 12.5.4) asks for.
///
/// The part with the highest weight that names one of ours wins, the earlier among equals, by
/// the lookup of RFC 4647, section 3.4 (`sq-XK` is Albanian; see [`Locale::from_tag`]). `*` is
/// English, or the first locale not refused where English is refused with `q=0`. A part with
/// `q=0` is never chosen; a part that breaks the grammar is ignored. English where nothing is
/// left. One pass, no allocation: a header of any length costs no more than reading it.
#[must_use]
pub fn negotiate(accept_language: &str) -> Locale {
    let mut best: Option<(u16, Option<Locale>)> = None;
    let mut refused = [false; Locale::ALL.len()];
    for part in accept_language.split(',') {
        let Some((range, weight)) = weighted(part) else { continue };
        let wanted = if range == "*" {
            None
        } else {
            let Some(locale) = tag(range) else { continue };
            Some(locale)
        };
        if weight == 0 {
            // Only the wildcard heeds this: en-US;q=0 beside en leaves English acceptable.
            if let Some(at) = Locale::ALL.iter().position(|locale| Some(*locale) == wanted) {
                refused[at] = true;
            }
        } else if best.is_none_or(|(highest, _)| weight > highest) {
            best = Some((weight, wanted));
        }
    }
    match best {
        Some((_, Some(locale))) => locale,
        Some((_, None)) => {
            let mut free = Locale::ALL.into_iter().zip(refused).filter(|(_, refused)| !refused);
            free.next().map_or(Locale::English, |(locale, _)| locale)
        }
        None => Locale::English,
    }
}

/// The locale of a language range; a header has no POSIX names.
fn tag(range: &str) -> Option<Locale> {
    // Far longer than any tag in use, and keeps a hostile header from being read twice.
    if range.len() > 64 || range.contains(['@', '.']) { None } else { Locale::from_tag(range) }
}

/// A part's language range and its weight in thousandths; `None` where it breaks the grammar.
fn weighted(part: &str) -> Option<(&str, u16)> {
    let mut fields = part.split(';').map(|field| field.trim_matches([' ', '\t']));
    let range = fields.next().filter(|range| !range.is_empty())?;
    let weight = match fields.next() {
        None => 1000,
        Some(field) => {
            let (name, value) = field.split_once('=')?;
            if !name.trim_end_matches([' ', '\t']).eq_ignore_ascii_case("q") {
                return None;
            }
            thousandths(value.trim_start_matches([' ', '\t']))?
        }
    };
    fields.next().is_none().then_some((range, weight))
}

/// A `qvalue` of RFC 9110: 0 to 1 with at most three decimals.
fn thousandths(value: &str) -> Option<u16> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = decimals.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    match (whole, decimals) {
        ("0", decimals) => Some(decimals),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headers() {
        use Locale::*;
        for (header, locale) in [
            ("", English),
            ("sr-Latn-RS,sr;q=0.9,en;q=0.8", SerbianLatin),
            ("sr-RS,sr;q=0.9,en-US;q=0.8", SerbianCyrillic),
            ("de-AT, de;q=0.9, hr;q=0.5, en;q=0.4", Croatian),
            ("en;q=0.4, sq;q=0.5", Albanian),
            ("mk, bs", Macedonian),
            ("bs;q=0.7, mk;q=0.7", Bosnian),
            ("ro;q=0, en;q=0.1", English),
            ("ro;q=0", English),
            ("*", English),
            ("*;q=0.5, ro;q=0.4", English),
            ("sq, *;q=0.5", Albanian),
            ("en;q=0, *", Bosnian),
            ("en;q=0.000, bs;q=0, *;q=0.1", Croatian),
            ("en-US;q=0, en, sq;q=0.5", English),
            ("*;q=0", English),
            ("sq;q=1.1, ro;q=0.2", Romanian),
            ("sq;q=nope, ro;q=0.2", Romanian),
            ("sq;q=0.9999, ro;q=0.2", Romanian),
            ("sq;q=0.8;x=1, ro;q=0.2", Romanian),
            ("sq;v=1, ro;q=0.2", Romanian),
            (";;,,=,q=1, ro", Romanian),
            ("\tsq ; Q=0.3 ,mk\t;\tq=0.300", Albanian),
            ("sq;q=1., mk", Albanian),
            ("zh, ja, ar", English),
            ("bs_BA", Bosnian),
        ] {
            assert_eq!(negotiate(header), locale, "{header}");
        }
    }

    #[test]
    fn a_long_header_is_read() {
        for piece in ["sq;q=0,", ",", ";", "-", "a-", "*;", "q=0.1;"] {
            let header = piece.repeat(65_536 / piece.len());
            assert_eq!(negotiate(&header), Locale::English, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(header in any::<String>()) {
            let _ = negotiate(&header);
        }

        #[test]
        fn never_panics_on_likely_pieces(pieces in prop::collection::vec(
            prop::sample::select(vec!["sr", "-", "_", "Latn", "*", ",", ";", "q", "=", "0", ".", "1", "5", " ", "en", "č", "@", "ME"]), 0..40,
        )) {
            let _ = negotiate(&pieces.concat());
        }
    }
}
