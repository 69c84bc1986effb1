//! The elements and attributes that a text may hold: the one list that both the writer, which
//! keeps the tree in order, and the sanitiser, which has the last word, go by.
//!
//! Sources: the HTML standard, <https://html.spec.whatwg.org/multipage/>, for what may stand
//! where, and its parsing section for what a browser makes of it otherwise.

/// Where an element may stand and what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Within a line of text, or anywhere else.
    Inline,
    /// On its own, never within a [`Place::Line`].
    Block,
    /// As a block, and holding inline elements only: paragraphs and headings.
    Line,
    /// Only directly in one of the named elements.
    PartOf(&'static [&'static str]),
}

/// An element that a text may hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    /// Whether it has neither content nor an end tag.
    pub(crate) void: bool,
    /// The attributes that authors may give it, beside [`EVERYWHERE`].
    pub(crate) attributes: &'static [&'static str],
}

const fn element(name: &'static str, place: Place, attributes: &'static [&'static str]) -> Element {
    Element { name, place, void: false, attributes }
}

const fn void(name: &'static str, place: Place, attributes: &'static [&'static str]) -> Element {
    Element { name, place, void: true, attributes }
}

use Place::{Block, Inline, Line, PartOf};

/// The attributes that authors may give to every element.
pub(crate) const EVERYWHERE: [&str; 3] = ["dir", "lang", "translate"];

const CELL: &[&str] = &["align", "colspan", "rowspan"];

/// What a text may hold, by name.
pub(crate) static ELEMENTS: [Element; 59] = [
    element("a", Inline, &["href", "title"]),
    element("abbr", Inline, &["title"]),
    element("b", Inline, &[]),
    element("bdi", Inline, &[]),
    element("bdo", Inline, &[]),
    element("blockquote", Block, &[]),
    void("br", Inline, &[]),
    element("caption", PartOf(&["table"]), &[]),
    element("cite", Inline, &[]),
    element("code", Inline, &["class"]),
    element("dd", PartOf(&["dl"]), &[]),
    element("del", Inline, &["datetime"]),
    element("details", Block, &["open"]),
    element("dfn", Inline, &["title"]),
    element("div", Block, &[]),
    element("dl", Block, &[]),
    element("dt", PartOf(&["dl"]), &[]),
    element("em", Inline, &[]),
    element("figcaption", PartOf(&["figure"]), &[]),
    element("figure", Block, &[]),
    element("h2", Line, &[]),
    element("h3", Line, &[]),
    element("h4", Line, &[]),
    element("h5", Line, &[]),
    element("h6", Line, &[]),
    void("hr", Block, &[]),
    element("i", Inline, &[]),
    void("img", Inline, &["alt", "height", "src", "title", "width"]),
    element("ins", Inline, &["datetime"]),
    element("kbd", Inline, &[]),
    element("li", PartOf(&["ol", "ul"]), &["value"]),
    element("mark", Inline, &[]),
    element("ol", Block, &["reversed", "start"]),
    element("p", Line, &[]),
    element("pre", Block, &[]),
    element("q", Inline, &[]),
    element("rp", PartOf(&["ruby"]), &[]),
    element("rt", PartOf(&["ruby"]), &[]),
    element("ruby", Inline, &[]),
    element("s", Inline, &[]),
    element("samp", Inline, &[]),
    element("small", Inline, &[]),
    element("span", Inline, &[]),
    element("strong", Inline, &[]),
    element("sub", Inline, &[]),
    element("summary", PartOf(&["details"]), &[]),
    element("sup", Inline, &[]),
    element("table", Block, &[]),
    element("tbody", PartOf(&["table"]), &[]),
    element("td", PartOf(&["tr"]), CELL),
    element("tfoot", PartOf(&["table"]), &[]),
    element("th", PartOf(&["tr"]), &["align", "colspan", "rowspan", "scope"]),
    element("thead", PartOf(&["table"]), &[]),
    element("time", Inline, &["datetime"]),
    element("tr", PartOf(&["tbody", "thead", "tfoot", "table"]), &[]),
    element("u", Inline, &[]),
    element("ul", Block, &[]),
    element("var", Inline, &[]),
    void("wbr", Inline, &[]),
];

/// Elements whose content is not for readers; it goes with them.
const HIDING: [&str; 16] = [
    "applet", "audio", "canvas", "head", "iframe", "math", "noembed", "noframes", "object", "script", "select",
    "style", "svg", "template", "textarea", "video",
];

/// The element of this name (in lower case), where a text may hold one.
pub(crate) fn find(name: &str) -> Option<&'static Element> {
    let at = ELEMENTS.binary_search_by(|element| element.name.cmp(name)).ok()?;
    Some(&ELEMENTS[at])
}

/// The name, where it is one of an element whose content is not shown either.
pub(crate) fn hiding(name: &str) -> Option<&'static str> {
    HIDING.into_iter().find(|hiding| *hiding == name)
}

/// Whether the element may hold parts of a table only, so that a browser moves anything else
/// that it finds in it to before the table.
pub(crate) fn is_frame_of_table(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "tfoot" | "thead" | "tr")
}

#[cfg(test)]
mod tests {
    use super::ELEMENTS;

    #[test]
    fn the_list_is_in_order_so_that_it_can_be_searched() {
        assert!(ELEMENTS.is_sorted_by(|one, other| one.name < other.name));
    }
}
