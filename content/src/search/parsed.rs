//! The operators of a query: `"quotes"`, `-minus`, `field:value`. Whatever is none of them is words.

/// Phrases and words that are left out, of each kind: more are words.
const MOST: usize = 16;

/// A query taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// The words that are looked for, those in quotes among them.
    pub(crate) words: String,
    /// What must stand there as it is typed, its words next to each other.
    pub(crate) phrases: Vec<String>,
    /// What must not: words and phrases.
    pub(crate) not: Vec<String>,
}

/// A stretch of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stretch<'a> {
    Words(&'a str),
    Quoted(&'a str),
    Not(&'a str),
    /// A field's name and a value.
    Field(&'a str, &'a str),
}

impl Parsed {
    /// `narrowed`: there are filters, so that what is left out may be all that is said.
    pub(crate) fn of(query: &str, narrowed: bool) -> Self {
        let mut parsed = Self::default();
        let mut words = String::new();
        for (stretch, _) in stretches(query) {
            match stretch {
                Stretch::Quoted(text) if parsed.phrases.len() < MOST && has_words(text) => {
                    parsed.phrases.push(text.to_owned());
                    words.push(' ');
                    words.push_str(text);
                    // Quotes close a word.
                    words.push(' ');
                }
                Stretch::Not(text) if parsed.not.len() < MOST && has_words(text) => parsed.not.push(text.to_owned()),
                Stretch::Words(text) | Stretch::Quoted(text) | Stretch::Not(text) => words.push_str(text),
                Stretch::Field(name, value) => words.push_str(&format!(" {name} {value} ")),
            }
        }
        // What only says what it is not looks for these words.
        if !narrowed && !has_words(&words) && !parsed.not.is_empty() {
            words = std::mem::take(&mut parsed.not).join(" ");
        }
        parsed.words = words;
        parsed
    }

    /// Whether it has words alone.
    pub(crate) fn is_plain(&self) -> bool {
        self.phrases.is_empty() && self.not.is_empty()
    }
}

fn has_words(text: &str) -> bool {
    language::words(text).next().is_some()
}

/// Quotes that open, with those that close them.
const QUOTES: [(char, &[char]); 5] =
    [('"', &['"']), ('“', &['”', '“']), ('„', &['“', '”', '"', '„']), ('«', &['»']), ('»', &['«'])];

/// A query in its stretches, each with what of the query it is, in order and without gaps.
pub(crate) fn stretches(query: &str) -> Vec<(Stretch<'_>, &str)> {
    let mut found = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(letter) = query[at..].chars().next() {
        let begins = query[..at].chars().next_back().is_none_or(|before| before.is_whitespace() || before == '(');
        let stretch = if begins { operator(&query[at..]) } else { None };
        if let Some((stretch, length)) = stretch {
            if plain < at {
                found.push((Stretch::Words(&query[plain..at]), &query[plain..at]));
            }
            found.push((stretch, &query[at..at + length]));
            at += length;
            plain = at;
        } else {
            at += letter.len_utf8();
        }
    }
    if plain < query.len() {
        found.push((Stretch::Words(&query[plain..]), &query[plain..]));
    }
    found
}

/// The operator that a text begins with, and how long it is.
fn operator(text: &str) -> Option<(Stretch<'_>, usize)> {
    if let Some((inside, length)) = quoted(text) {
        return Some((Stretch::Quoted(inside), length));
    }
    if let Some(after) = text.strip_prefix('-') {
        if let Some((inside, length)) = quoted(after) {
            return Some((Stretch::Not(inside), 1 + length));
        }
        let word = word(after);
        return word.starts_with(char::is_alphanumeric).then_some((Stretch::Not(word), 1 + word.len()));
    }
    let (name, after) = text.split_once(':')?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let (value, length) = quoted(after).unwrap_or_else(|| (word(after), word(after).len()));
    (!value.is_empty()).then_some((Stretch::Field(name, value), name.len() + 1 + length))
}

/// What stands in the quotes that a text begins with, and how long it is with them. Quotes that never close are none.
fn quoted(text: &str) -> Option<(&str, usize)> {
    let open = text.chars().next()?;
    let closing = QUOTES.iter().find(|(opening, _)| *opening == open)?.1;
    let inside = &text[open.len_utf8()..];
    let end = inside.find(closing)?;
    let close = inside[end..].chars().next()?;
    Some((&inside[..end], open.len_utf8() + end + close.len_utf8()))
}

fn word(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(query: &str) -> (String, Vec<String>, Vec<String>) {
        let Parsed { words, phrases, not } = Parsed::of(query, false);
        (words.split_whitespace().collect::<Vec<_>>().join(" "), phrases, not)
    }

    #[test]
    fn operators_are_read() {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        for (query, words, phrases, not) in [
            ("child victims", "child victims", &[][..], &[][..]),
            ("\"child victims\" begging", "child victims begging", &["child victims"], &[]),
            ("„дете жртва“", "дете жртва", &["дете жртва"], &[]),
            ("«a b» „c d” “e f”", "a b c d e f", &["a b", "c d", "e f"], &[]),
            ("begging -street -\"social work\"", "begging", &[], &["street", "social work"]),
            ("co-operation cross-border", "co-operation cross-border", &[], &[]),
            ("-street", "street", &[], &[]),
            ("- street --street -- -", "- street --street -- -", &[], &[]),
            ("\"never closed", "\"never closed", &[], &[]),
        ] {
            assert_eq!(parsed(query), (words.to_owned(), owned(phrases), owned(not)), "{query}");
        }
        assert_eq!(parsed("\"\" \"…\" x").1, Vec::<String>::new());
        let stretches = |query| stretches(query).into_iter().map(|(stretch, _)| stretch).collect::<Vec<_>>();
        assert_eq!(stretches("kind:session a"), [Stretch::Field("kind", "session"), Stretch::Words(" a")]);
        assert_eq!(stretches("x kind:\"a b\""), [Stretch::Words("x "), Stretch::Field("kind", "a b")]);
        assert_eq!(stretches("http: a:"), [Stretch::Words("http: a:")]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_panics(query in "[a-c \"„“«»\\-:(\u{301}ж]{0,40}") {
            let whole: String = stretches(&query).into_iter().map(|(_, whole)| whole).collect();
            prop_assert_eq!(&whole, &query);
            let parsed = Parsed::of(&query, false);
            let letters = |text: &str| language::words(text).count();
            let kept = letters(&parsed.words) + parsed.not.iter().map(|not| letters(not)).sum::<usize>();
            prop_assert!((kept == 0) == (letters(&query) == 0), "{parsed:?}");
        }
    }
}
