//! A reader of HTML, piece by piece, in one pass and in linear time.
//!
//! It need not agree with a browser on hostile input: whatever it finds is written anew, tag by
//! tag, so that nothing of the source reaches a page but names from our lists and escaped text.
//! A browser's own tokeniser would compare every attribute of a tag with every other, which is
//! quadratic in a tag with many.

/// A piece of HTML. Text and values are as in the source, with their character references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    Text(&'a str),
    Start { name: String, attributes: Vec<(String, &'a str)> },
    End(String),
}

/// The pieces of some HTML, without its comments, declarations and instructions.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose content is text up to its end tag, while in one.
    verbatim: Option<&'static str>,
}

/// More attributes than any element has; further ones are read and left out.
const MOST_ATTRIBUTES: usize = 32;

/// Elements whose content is not markup.
const VERBATIM: [&str; 8] = ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

pub(crate) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { rest: html, verbatim: None }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(name) = self.verbatim.take() {
                let end = end_of_verbatim(self.rest, name);
                if end > 0 {
                    return Some(Token::Text(self.take(end)));
                }
            }
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(end)));
            }
            match self.rest.as_bytes().get(1) {
                Some(b'a'..=b'z' | b'A'..=b'Z') => return self.tag(1),
                Some(b'/') if self.rest[2..].starts_with(|c: char| c.is_ascii_alphabetic()) => return self.tag(2),
                Some(b'!' | b'/' | b'?') => self.skip_comment(),
                _ => return Some(Token::Text(self.take(1))),
            }
        }
    }
}

impl<'a> Tokens<'a> {
    /// How many bytes are still to be read.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        self.take(self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len()))
    }

    fn skip_comment(&mut self) {
        let end = match self.rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            Some(inside) if inside.starts_with('>') => 5,
            Some(inside) if inside.starts_with("->") => 6,
            Some(inside) => inside.find("-->").map_or(self.rest.len(), |at| at + 7),
            None => self.rest.find('>').map_or(self.rest.len(), |at| at + 1),
        };
        self.take(end);
    }

    /// A tag whose name begins at the byte; none where the text ends within it.
    fn tag(&mut self, name_at: usize) -> Option<Token<'a>> {
        self.take(name_at);
        let mut name = self.take_while(|c| !ends_name(c)).to_owned();
        name.make_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.take_while(|c| c.is_ascii_whitespace() || c == '/');
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with('>') {
                self.take(1);
                break;
            }
            let attribute = self.attribute();
            if attributes.len() < MOST_ATTRIBUTES {
                attributes.push(attribute);
            }
        }
        if name_at == 2 {
            return Some(Token::End(name));
        }
        self.verbatim = VERBATIM.into_iter().find(|verbatim| *verbatim == name);
        Some(Token::Start { name, attributes })
    }

    fn attribute(&mut self) -> (String, &'a str) {
        // An equals sign in the first place belongs to the name.
        let first = self.rest.starts_with('=').into();
        let end = self.rest[first..].find(|c| ends_name(c) || c == '=').map_or(self.rest.len(), |at| at + first);
        let mut name = self.take(end).to_owned();
        name.make_ascii_lowercase();
        let before = self.rest;
        self.take_while(|c| c.is_ascii_whitespace());
        if !self.rest.starts_with('=') {
            self.rest = before;
            return (name, "");
        }
        self.take(1);
        self.take_while(|c| c.is_ascii_whitespace());
        let value = match self.rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                self.take(1);
                let value = self.take_while(|c| c != quote);
                self.take(self.rest.len().min(1));
                value
            }
            _ => self.take_while(|c| !c.is_ascii_whitespace() && c != '>'),
        };
        (name, value)
    }
}

fn ends_name(c: char) -> bool {
    c.is_ascii_whitespace() || c == '/' || c == '>'
}

/// Where the end tag of the element begins, or the end of the text.
fn end_of_verbatim(text: &str, name: &str) -> usize {
    text.match_indices("</")
        .map(|(at, _)| at)
        .find(|at| {
            let after = &text.as_bytes()[at + 2..];
            after.len() > name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && ends_name(char::from(after[name.len()]))
        })
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn start<'a>(name: &str, attributes: &[(&str, &'a str)]) -> Token<'a> {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        Token::Start { name: name.to_owned(), attributes }
    }

    #[test]
    fn tags_attributes_and_text_are_told_apart() {
        let found: Vec<_> = tokens("a < b<A HREF = 'x>y' b=\"c\"d e=f/>x</A ><!-- <b> --><!--><i/>").collect();
        assert_eq!(
            found,
            [
                Token::Text("a "),
                Token::Text("<"),
                Token::Text(" b"),
                start("a", &[("href", "x>y"), ("b", "c"), ("d", ""), ("e", "f/")]),
                Token::Text("x"),
                Token::End("a".to_owned()),
                start("i", &[]),
            ]
        );
    }

    #[test]
    fn what_is_not_markup_stays_text_up_to_its_end_tag() {
        let found: Vec<_> = tokens("<script>a<b>c</scripty></SCRIPT>d<style></style>").collect();
        assert_eq!(
            found,
            [
                start("script", &[]),
                Token::Text("a<b>c</scripty>"),
                Token::End("script".to_owned()),
                Token::Text("d"),
                start("style", &[]),
                Token::End("style".to_owned()),
            ]
        );
    }

    #[test]
    fn whatever_is_cut_off_is_read_to_its_end() {
        for cut in [
            "<", "</", "<!", "<!--", "<a", "<a b", "<a b=", "<a b='", "<a b=\"c", "<?", "</a", "<script>", "<a =",
            "<a / =",
        ] {
            assert!(tokens(cut).count() <= 1, "{cut}");
        }
    }
}
