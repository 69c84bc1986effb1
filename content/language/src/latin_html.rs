//! Serbian Cyrillic in HTML, shown in Latin letters.

use crate::latin::latin_into;

/// The HTML with Serbian Cyrillic in Latin letters, as [`latin`](crate::latin) gives them.
///
/// Changes text and the attributes `title`, `alt` and `aria-label`, and nothing else: tags, other
/// attributes (`id`, `href`), entities and comments come out byte for byte. Left alone is
/// everything in an element whose `lang` is not Serbian, that has `translate="no"`, or that is
/// `code`, `pre`, `kbd`, `samp`, `script` or `style`; a `lang="sr"` within another language is Serbian again.
///
/// Meant for what a sanitiser writes, where every element is closed. On other input it neither
/// fails nor changes a tag; an element left open counts until the one around it ends, and after a tag
/// or comment that never ends nothing is changed. Time is linear.
#[must_use]
pub fn latin_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<Element<'_>> = Vec::new();
    let (mut at, mut seek) = (0, 0);
    while let Some(less) = html[seek..].find('<').map(|found| seek + found) {
        let Some(markup) = Markup::at(html, less) else {
            // A lone `<` is text.
            seek = less + 1;
            continue;
        };
        let leave = open.last().map_or(Leave::default(), |element| element.leave);
        text(&html[at..less], leave, &mut out);
        let end = match markup {
            Markup::Verbatim(end) => {
                out.push_str(&html[less..end]);
                end
            }
            Markup::Close(name, end) => {
                // No deeper than browsers nest, so that stray end tags cost little.
                let known = open.iter().rev().take(DEEPEST).position(|element| element.name.eq_ignore_ascii_case(name));
                if let Some(up) = known {
                    open.truncate(open.len() - 1 - up);
                }
                out.push_str(&html[less..end]);
                end
            }
            Markup::Open(tag) => {
                let leave = leave.within(html, &tag);
                tag.write(html, less, leave, &mut out);
                if is(tag.name, &["script", "style"]) {
                    let end = raw_end(html, tag.end, tag.name);
                    out.push_str(&html[tag.end..end]);
                    end
                } else {
                    if !is(tag.name, VOID) {
                        open.push(Element { name: tag.name, leave });
                    }
                    tag.end
                }
            }
        };
        (at, seek) = (end, end);
    }
    let leave = open.last().map_or(Leave::default(), |element| element.leave);
    text(&html[at..], leave, &mut out);
    out
}

/// How far up an end tag looks for its element.
const DEEPEST: usize = 256;

/// Elements without content (HTML Living Standard, "Void elements").
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose text is not prose.
const VERBATIM: &[&str] = &["code", "pre", "kbd", "samp", "script", "style"];

/// Attributes that a reader reads.
const READ: &[&str] = &["title", "alt", "aria-label"];

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn text(text: &str, leave: Leave, out: &mut String) {
    if leave.any() {
        out.push_str(text);
    } else {
        latin_into(text, out);
    }
}

/// An element not yet closed.
struct Element<'a> {
    name: &'a str,
    leave: Leave,
}

/// Why an element's text is left alone.
#[derive(Clone, Copy, Default)]
struct Leave {
    /// It is in another language.
    foreign: bool,
    /// Its author forbids translation.
    fixed: bool,
    /// It is code.
    code: bool,
}

impl Leave {
    fn any(self) -> bool {
        self.foreign || self.fixed || self.code
    }

    /// What holds in an element with this start tag inside one where `self` holds.
    fn within(mut self, html: &str, tag: &Tag<'_>) -> Self {
        if let Some(lang) = tag.value(html, "lang") {
            let primary = lang.trim().split(['-', '_']).next().unwrap_or_default();
            self.foreign = !primary.eq_ignore_ascii_case("sr");
        }
        match tag.value(html, "translate") {
            Some(value) if value.eq_ignore_ascii_case("no") => self.fixed = true,
            Some(value) if value.is_empty() || value.eq_ignore_ascii_case("yes") => self.fixed = false,
            _ => {}
        }
        self.code |= is(tag.name, VERBATIM);
        self
    }
}

/// What begins at a `<`, with where it ends.
enum Markup<'a> {
    /// A comment, a declaration, or what a browser takes for one; or something without end.
    Verbatim(usize),
    Close(&'a str, usize),
    Open(Tag<'a>),
}

impl<'a> Markup<'a> {
    /// The markup at the `<` at `at`; `None` where it is only a character.
    fn at(html: &'a str, at: usize) -> Option<Self> {
        let rest = &html[at + 1..];
        let until = |end: &str| html[at + 2..].find(end).map_or(html.len(), |found| at + 2 + found + end.len());
        Some(match rest.as_bytes() {
            [b'a'..=b'z' | b'A'..=b'Z', ..] => Tag::at(html, at + 1).map_or(Self::Verbatim(html.len()), Self::Open),
            [b'/', b'a'..=b'z' | b'A'..=b'Z', ..] => {
                Tag::at(html, at + 2).map_or(Self::Verbatim(html.len()), |tag| Self::Close(tag.name, tag.end))
            }
            // `<!-->` is a whole comment, so the end may overlap the start.
            [b'!', b'-', b'-', ..] => Self::Verbatim(until("-->")),
            [b'!' | b'?', ..] => Self::Verbatim(until(">")),
            [b'/', next, ..] if next.is_ascii() => Self::Verbatim(until(">")),
            _ => return None,
        })
    }
}

/// A tag: its name, its attributes as places of name and value, and where it ends.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, usize, usize)>,
    end: usize,
}

impl<'a> Tag<'a> {
    /// The tag whose name begins at `at`; `None` where it never ends. By the HTML tokeniser.
    fn at(html: &'a str, mut at: usize) -> Option<Self> {
        let bytes = html.as_bytes();
        let skip =
            |from: usize, what: fn(u8) -> bool| from + bytes[from..].iter().take_while(|byte| what(**byte)).count();
        let start = at;
        at = skip(at, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'));
        let name = &html[start..at];
        let mut attributes = Vec::new();
        loop {
            at = skip(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
            if *bytes.get(at)? == b'>' {
                return Some(Self { name, attributes, end: at + 1 });
            }
            let start = at;
            // A `=` in first place belongs to the name.
            at = skip(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
            let attribute = &html[start..at];
            let equals = skip(at, |byte| byte.is_ascii_whitespace());
            if bytes.get(equals) != Some(&b'=') {
                attributes.push((attribute, at, at));
                continue;
            }
            at = skip(equals + 1, |byte| byte.is_ascii_whitespace());
            let quote = *bytes.get(at)?;
            if matches!(quote, b'"' | b'\'') {
                let end = at + 1 + html[at + 1..].find(char::from(quote))?;
                attributes.push((attribute, at + 1, end));
                at = end + 1;
            } else {
                let start = at;
                at = skip(at, |byte| !byte.is_ascii_whitespace() && byte != b'>');
                attributes.push((attribute, start, at));
            }
        }
    }

    /// The value of an attribute; of two by one name the first, as in browsers.
    fn value<'b>(&self, html: &'b str, name: &str) -> Option<&'b str> {
        let found = self.attributes.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        found.map(|(_, start, end)| &html[*start..*end])
    }

    /// Appends the start tag from its `<` at `at` on, with what a reader reads in Latin letters.
    fn write(&self, html: &str, mut at: usize, leave: Leave, out: &mut String) {
        let read = self.attributes.iter().filter(|(name, ..)| !leave.any() && is(name, READ));
        for (_, start, end) in read {
            out.push_str(&html[at..*start]);
            latin_into(&html[*start..*end], out);
            at = *end;
        }
        out.push_str(&html[at..self.end]);
    }
}

/// Where the text of a `script` or `style` ends: at its end tag, or with the input.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let ends = |at: &usize| {
        let rest = &bytes[*at..];
        rest.starts_with(b"</")
            && rest.get(2..2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    (from..html.len()).find(ends).unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_and_readable_attributes_only() {
        for (html, expected) in [
            ("<p>Љубав &amp; <b>мир</b></p>", "<p>Ljubav &amp; <b>mir</b></p>"),
            (
                r##"<h2 id="увод" title="Увод"><a href="#увод" data-x="да">Увод</a></h2>"##,
                r##"<h2 id="увод" title="Uvod"><a href="#увод" data-x="да">Uvod</a></h2>"##,
            ),
            (
                r#"<img src="/слика.png" alt="Слика Љ" ARIA-LABEL='опис'>после"#,
                r#"<img src="/слика.png" alt="Slika Lj" ARIA-LABEL='opis'>posle"#,
            ),
            (r#"<p lang="mk">Мајка <b>и</b></p>и"#, r#"<p lang="mk">Мајка <b>и</b></p>i"#),
            (
                r#"<p lang="mk" title="Мајка">а<i lang="sr-Cyrl">и</i>а</p>"#,
                r#"<p lang="mk" title="Мајка">а<i lang="sr-Cyrl">i</i>а</p>"#,
            ),
            (
                r#"<p lang="srn">и</p><p lang="SR">и</p><p lang>и</p>"#,
                r#"<p lang="srn">и</p><p lang="SR">i</p><p lang>и</p>"#,
            ),
            (
                r#"<p translate="no">и<i translate="yes">и</i>и</p>и"#,
                r#"<p translate="no">и<i translate="yes">i</i>и</p>i"#,
            ),
            ("<pre><code>и</code>и</pre>и<kbd>и</kbd>", "<pre><code>и</code>и</pre>i<kbd>и</kbd>"),
            ("<code><i lang=sr translate=yes>и</i></code>", "<code><i lang=sr translate=yes>и</i></code>"),
            ("и<br>и<hr/>и<wbr lang=en>и", "i<br>i<hr/>i<wbr lang=en>i"),
            ("<!-- и > и -->и<!-->и<?и>и<!doctype и>и</>и", "<!-- и > и -->i<!-->i<?и>i<!doctype и>i</>i"),
            ("1 < 2 и <3 и < и <", "1 < 2 i <3 i < i <"),
            ("<script>'и</p>'</script>и<style>и", "<script>'и</p>'</script>i<style>и"),
            ("и<p title=\"и", "i<p title=\"и"),
            ("и<p", "i<p"),
            ("и<!-- и", "i<!-- и"),
            ("</p>и</b></p>", "</p>i</b></p>"),
            ("<p lang=en>и<b>и</p>и", "<p lang=en>и<b>и</p>i"),
            ("<p title=и alt = 'и\"и' = x>и", "<p title=i alt = 'i\"i' = x>i"),
            ("<a title=\"<и>\">и</a>", "<a title=\"<i>\">i</a>"),
            ("&#1113;и", "&#1113;i"),
            ("", ""),
        ] {
            assert_eq!(latin_html(html), expected);
        }
    }

    #[test]
    fn hostile_input_is_read() {
        for piece in
            ["<", "<a>", "</b>", "<!--", "<a ", "<a b='", "<script>", "</script", "<a =", "<и", "<a><b></c>", "\"", "&"]
        {
            let html = piece.repeat(500_000 / piece.len());
            assert_eq!(latin_html(&html).len(), if piece == "<и" { html.len() / 3 * 2 } else { html.len() });
        }
    }

    /// The tags, found without the parser: the pieces put no `>` in an attribute.
    fn tags(html: &str) -> Vec<&str> {
        html.split('<').skip(1).map(|rest| rest.split_inclusive('>').next().unwrap_or_default()).collect()
    }

    proptest! {
        #[test]
        fn never_panics(html in any::<String>()) {
            let _ = latin_html(&html);
        }

        #[test]
        fn tags_stay(pieces in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<b lang=\"en\">", "</b>", "<a href=\"#увод\" id='увод'>", "</a>", "<br>", "<img alt=\"\" src=\"и\">",
            "<code>", "</code>", "<!-- и -->", "<p translate=no>", "<i lang=sr>", "</i>", "Љубав", "мир", " ", "&lt;", "ЊЕГОШ", "text",
        ]), 0..30)) {
            let html = pieces.concat();
            let latin = latin_html(&html);
            prop_assert_eq!(tags(&latin), tags(&html));
            prop_assert_eq!(latin_html(&latin), latin);
        }

        #[test]
        fn broken_markup_stays_in_place(pieces in prop::collection::vec(prop::sample::select(vec![
            "<", ">", "/", "p", "!", "--", "\"", "'", "=", " ", "title", "lang", "sr", "и", "Љ", "script", "?", "&",
        ]), 0..30)) {
            let html = pieces.concat();
            let marks = |html: &str| html.chars().filter(char::is_ascii_punctuation).collect::<String>();
            prop_assert_eq!(marks(&latin_html(&html)), marks(&html));
        }
    }
}
