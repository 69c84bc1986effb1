//! Addresses as they stand in `href` and `src`, read the way a browser reads them.
//!
//! Source: the URL standard, <https://url.spec.whatwg.org/#concept-basic-url-parser>: control
//! characters and spaces around an address are taken off, tabs and line ends within it removed,
//! and `\` counts as `/`.

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leads {
    /// Into the same page: `#…`.
    Within,
    /// To a place relative to the page or to its server: `../x`, `/x`, `?x`, the empty address.
    Near,
    /// To another server by the page's own scheme: `//host/x`.
    Elsewhere,
    /// Wherever the scheme (in lower case) says.
    By(String),
}

/// The schemes that links may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

impl Leads {
    /// Reads an address without character references in it.
    pub(crate) fn of(address: &str) -> Self {
        let mut seen = address
            .trim_start_matches(|c: char| c <= ' ')
            .chars()
            .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
            .peekable();
        let is_slash = |c: Option<char>| matches!(c, Some('/' | '\\'));
        match seen.peek() {
            Some('#') => return Self::Within,
            Some('/' | '\\') => {
                seen.next();
                return if is_slash(seen.next()) { Self::Elsewhere } else { Self::Near };
            }
            Some(c) if c.is_ascii_alphabetic() => {}
            _ => return Self::Near,
        }
        let mut scheme = String::new();
        for c in seen {
            match c {
                ':' => return Self::By(scheme),
                _ if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => scheme.push(c.to_ascii_lowercase()),
                _ => return Self::Near,
            }
        }
        Self::Near
    }

    /// Whether a reader may be sent there.
    pub(crate) fn may_be_followed(&self) -> bool {
        match self {
            Self::Within | Self::Near | Self::Elsewhere => true,
            Self::By(scheme) => SCHEMES.contains(&scheme.as_str()),
        }
    }

    /// Whether it leads to another server, which need not learn where the reader comes from.
    pub(crate) fn leaves(&self) -> bool {
        match self {
            Self::Within | Self::Near => false,
            Self::Elsewhere => true,
            Self::By(scheme) => matches!(scheme.as_str(), "http" | "https"),
        }
    }
}

/// Every scheme that links may have.
pub(crate) fn schemes() -> impl Iterator<Item = &'static str> {
    SCHEMES.into_iter()
}

#[cfg(test)]
mod tests {
    use super::Leads;

    #[test]
    fn addresses_are_read_as_a_browser_reads_them() {
        let by = |scheme: &str| Leads::By(scheme.to_owned());
        for (address, leads) in [
            ("", Leads::Near),
            ("#a:b", Leads::Within),
            (" \u{1}#a", Leads::Within),
            ("a/b:c", Leads::Near),
            ("?a:b", Leads::Near),
            ("1a:b", Leads::Near),
            ("/a", Leads::Near),
            ("//a", Leads::Elsewhere),
            ("/\t\\a", Leads::Elsewhere),
            ("\\\\a", Leads::Elsewhere),
            ("HTTPS://a", by("https")),
            ("\u{0}java\nscript\t:alert(1)", by("javascript")),
            ("javascript", Leads::Near),
        ] {
            assert_eq!(Leads::of(address), leads, "{address:?}");
        }
        assert!(!Leads::of("data:text/html,x").may_be_followed());
        assert!(!Leads::of("mailto:a@b").leaves());
    }
}
