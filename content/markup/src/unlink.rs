//! Markdown without some of its links.

use crate::{
    plain::unescaped,
    syntax,
    tokens::{Token, tokens},
};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::{cmp::Reverse, ops::Range};

/// The Markdown with those links reduced to their words whose address is among those to be dropped, tags of raw HTML
/// included; lines that define such addresses are taken out, whether a link uses them or not. `drop` is asked about every
/// address there is.
pub fn unlink(markdown: &str, mut drop: impl FnMut(&str) -> bool) -> String {
    // Once more for what stood within the words of a link.
    let left = cut(markdown, &mut drop);
    cut(&left, &mut drop)
}

fn cut(markdown: &str, drop: &mut impl FnMut(&str) -> bool) -> String {
    let mut cuts: Vec<(Range<usize>, &str)> = Vec::new();
    let events = syntax::events(markdown);
    for (_, definition) in events.reference_definitions().iter() {
        if drop(&definition.dest) {
            cuts.push((definition.span.clone(), ""));
        }
    }
    // Of two definitions of a label Markdown forgets the second.
    let mut start = 0;
    for line in markdown.split_inclusive('\n') {
        if defined(line).is_some_and(&mut *drop) {
            cuts.push((start..start + line.len(), ""));
        }
        start += line.len();
    }
    let mut open: Option<(Range<usize>, Option<usize>)> = None;
    // Tags of raw HTML that are cut and whose end is still to come.
    let mut tags = 0;
    for (event, at) in events {
        match &event {
            Event::Start(Tag::Link { dest_url, .. }) if drop(dest_url) => {
                open = Some((at, None));
                continue;
            }
            Event::End(TagEnd::Link) => {
                if let Some((whole, end)) = open.take() {
                    // A sign with a backslash before it begins behind that: what is kept begins behind the bracket.
                    let words = end.and_then(|end| markdown.get(whole.start + 1..end)).unwrap_or_default();
                    cuts.push((whole, words));
                }
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let mut tokens = tokens(&markdown[at.clone()]);
                loop {
                    let before = tokens.left();
                    let Some(token) = tokens.next() else { break };
                    match token {
                        Token::Start { name, attributes } if name == "a" => {
                            let to = attributes.iter().find(|(name, _)| name == "href");
                            if !to.is_some_and(|(_, to)| drop(&unescaped(to))) {
                                continue;
                            }
                            tags += 1;
                        }
                        Token::End(name) if name == "a" && tags > 0 => tags -= 1,
                        _ => continue,
                    }
                    cuts.push((at.end - before..at.end - tokens.left(), ""));
                }
            }
            _ => {}
        }
        if let Some((_, end)) = &mut open {
            *end = Some(end.unwrap_or(at.end).max(at.end));
        }
    }
    cuts.sort_by_key(|(whole, _)| (whole.start, Reverse(whole.end)));
    let mut out = String::with_capacity(markdown.len());
    let mut at = 0;
    for (whole, words) in cuts {
        if let Some(before) = markdown.get(at..whole.start) {
            out.push_str(before);
            out.push_str(words);
            at = whole.end;
        }
    }
    out.push_str(markdown.get(at..).unwrap_or_default());
    out
}

/// The address that a line seems to define for a label: `[label]: address`, in lists and quotations too.
fn defined(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
    let (label, after) = line.strip_prefix('[')?.split_once("]:")?;
    let address = after.split_whitespace().next()?;
    (!label.starts_with('^')).then(|| address.trim_matches(['<', '>']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_where_a_link_goes() {
        let hidden = |address: &str| address.contains("hidden");
        let text =
            "A [*b* c](../practices/hidden.md \"t\"), [d](/open) and [e][ref], <https://x.org>.\n\n[ref]: /hidden\n";
        let left = unlink(text, hidden);
        assert_eq!(left.trim_end(), "A *b* c, [d](/open) and e, <https://x.org>.");
        assert_eq!(unlink(text, |_| false), text);
    }

    #[test]
    fn no_form_of_an_address_stays() {
        for (text, left) in [
            ("<a href=\"/hidden\">x</a> y", "x y"),
            (
                "<div>\n<A class=b\nHREF='../practices/hidden.md'>x</a>, <a href=/open>z</a>\n</div>",
                "<div>\nx, <a href=/open>z</a>\n</div>",
            ),
            ("Nothing uses it.\n\n[r]: ../practices/hidden.md\n", "Nothing uses it.\n\n"),
            ("[x][r]\n\n[r]: /open\n[r]: /hidden\n", "[x][r]\n\n[r]: /open\n"),
            ("[x][r]\n\n[r]: /hidden\n[r]: /hidden2\n> - [s]: </hidden>\n", "x\n\n"),
            ("[\\*note](hidden.md) and *x*", "\\*note and *x*"),
            ("[<a href=/hidden>x</a>](/hidden) ![i](i.png)", "x ![i](i.png)"),
            ("[^1]\n\n[^1]: /hidden is a word here\n", "[^1]\n\n[^1]: /hidden is a word here\n"),
            ("[](/hidden)", ""),
        ] {
            assert_eq!(unlink(text, |address| address.contains("hidden")), left, "{text}");
        }
    }

    #[test]
    fn every_address_is_asked_about() {
        let mut asked = Vec::new();
        let text = "[a](/1) <a href=\"/2&amp;3\">b</a>\n\n[c]: /4\n[c]: /5\n";
        let left = unlink(text, |address| {
            asked.push(address.to_owned());
            false
        });
        asked.sort();
        asked.dedup();
        assert_eq!((left.as_str(), asked), (text, ["/1", "/2&3", "/4", "/5"].map(str::to_owned).to_vec()));
    }
}
