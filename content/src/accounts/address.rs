//! E-mail addresses, as they are kept.

use std::fmt;

/// An e-mail address (RFC 5321, 4.1.2): in ASCII and small letters, so that no two look alike. A domain in other letters
/// is written as `xn--…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(String);

/// The longest path of RFC 5321 (4.5.3.1.3) without its angle brackets, in bytes.
const MOST: usize = 254;
/// The longest part before the sign (4.5.3.1.1).
const LOCAL_MOST: usize = 64;

impl Address {
    /// What somebody typed, if a letter can be sent there.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let (local, domain) = typed.rsplit_once('@')?;
        let of_local = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
        let dots = |text: &str| !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let well = typed.len() <= MOST
            && (1..=LOCAL_MOST).contains(&local.len())
            && local.bytes().all(of_local)
            && dots(local)
            && domain.split('.').all(label);
        well.then(|| Self(typed.to_ascii_lowercase()))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_kept_in_one_form() {
        for (typed, kept) in [
            ("  Ana.Hoxha@Example.ORG ", "ana.hoxha@example.org"),
            ("a+b@localhost", "a+b@localhost"),
            ("x@xn--e1afmkfd.xn--p1ai", "x@xn--e1afmkfd.xn--p1ai"),
        ] {
            assert_eq!(Address::read(typed).expect(typed).as_str(), kept);
        }
    }

    #[test]
    fn what_no_letter_reaches_or_looks_like_another_is_none() {
        let long = format!("{}@example.org", "a".repeat(65));
        let longer = format!("a@{}org", "example.".repeat(40));
        for odd in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c.d",
            "a@b@c",
            "a..b@c.d",
            ".a@c.d",
            "a@c..d",
            "a@-c.d",
            "a@c.d\r\nBcc: x@y.z",
            "а@example.org",
            "a@ехample.org",
            "a@b.c\0",
            &long,
            &longer,
            &"a@b.".repeat(16_000),
        ] {
            assert!(Address::read(odd).is_none(), "{odd:.60}");
        }
    }
}
