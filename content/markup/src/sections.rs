//! Headings by which a text is divided.

use crate::{headings::take_id, syntax};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

/// Where a heading stands that divides a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divide {
    /// The id that its author gave it.
    pub id: String,
    /// Its bytes in the Markdown, with the line break at its end.
    pub at: Range<usize>,
}

/// The headings of the second level to which their author gave an id (`## What was done {#done}`), in their order; none
/// within a quotation or a list.
pub fn divides(markdown: &str) -> Vec<Divide> {
    let mut found = Vec::new();
    let (mut depth, mut heading) = (0_usize, None);
    for (event, at) in syntax::events(markdown) {
        match &event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) if depth == 0 => heading = Some(Vec::new()),
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition) => {
                depth = depth.saturating_sub(1);
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some(mut inside) = heading.take() else { continue };
                found.extend(take_id(&mut inside, markdown).map(|id| Divide { id, at }));
            }
            _ => {
                if let Some(inside) = &mut heading {
                    inside.push((event, at));
                }
            }
        }
    }
    found
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::divides;

    #[test]
    fn a_text_is_divided_by_its_own_headings_that_have_an_id() {
        let text = "Before.\n\n## One {#one}\nText.\n\n```\n## no {#code}\n```\n\n> ## no {#quoted}\n\n- ## no {#listed}\n\n\
                    ## Without\n\n### Third {#third}\n\nTwo {#two}\n---\n\n## **Three** {#three} ##\n";
        let found = divides(text);
        assert_eq!(found.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["one", "two", "three"]);
        let said: Vec<_> = found.iter().map(|one| text.get(one.at.clone()).unwrap()).collect();
        assert_eq!(said, ["## One {#one}\n", "Two {#two}\n---\n", "## **Three** {#three} ##\n"]);
        assert_eq!(divides(""), []);
    }
}
