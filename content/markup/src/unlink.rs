//! Markdown without some of its links.

use crate::syntax;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The Markdown with those links reduced to their words whose address is among those to be dropped; definitions of such
/// addresses are taken out.
pub fn unlink(markdown: &str, drop: impl Fn(&str) -> bool) -> String {
    let events = syntax::events(markdown);
    let mut cuts: Vec<(Range<usize>, String)> = Vec::new();
    for (_, definition) in events.reference_definitions().iter() {
        if drop(&definition.dest) {
            cuts.push((definition.span.clone(), String::new()));
        }
    }
    let mut open: Option<(Range<usize>, Option<Range<usize>>)> = None;
    for (event, at) in events {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if drop(&dest_url) => open = Some((at, None)),
            Event::End(TagEnd::Link) => {
                if let Some((whole, words)) = open.take() {
                    let words = words.and_then(|words| markdown.get(words)).unwrap_or_default();
                    cuts.push((whole, words.to_owned()));
                }
            }
            _ => {
                if let Some((_, words)) = &mut open {
                    let start = words.as_ref().map_or(at.start, |words| words.start.min(at.start));
                    let end = words.as_ref().map_or(at.end, |words| words.end.max(at.end));
                    *words = Some(start..end);
                }
            }
        }
    }
    cuts.sort_by_key(|(whole, _)| whole.start);
    let mut out = String::with_capacity(markdown.len());
    let mut at = 0;
    for (whole, words) in cuts {
        if let Some(before) = markdown.get(at..whole.start) {
            out.push_str(before);
            out.push_str(&words);
            at = whole.end;
        }
    }
    out.push_str(markdown.get(at..).unwrap_or_default());
    out
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
}
