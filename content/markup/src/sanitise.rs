//! The sanitiser: what it lets through may be shown.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::address::{self, Leads};
use crate::elements::{ELEMENTS, EVERYWHERE};
use crate::raw::{AWAY, CELL_CENTER, CELL_LEFT, CELL_RIGHT};

/// HTML that came out of the sanitiser: the only HTML that pages may show without escaping it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// HTML that [`render`](crate::render) made earlier and that was kept in a store to which
    /// nothing else writes.
    #[must_use]
    pub fn stored(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML, to be stored.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The class of a heading's link to itself.
pub(crate) const HEADING_LINK: &str = "prose__anchor";
/// The class of the part of a page in which a wide table scrolls.
pub(crate) const TABLE: &str = "prose__table";
/// The class of the mark of a task.
pub(crate) const TASK: &str = "prose__task";
/// A further class of the mark of a task that is done.
pub(crate) const DONE: &str = "prose__task--done";
/// The class of a mention of a footnote.
pub(crate) const MENTION: &str = "prose__mention";
/// The class of the list of footnotes.
pub(crate) const FOOTNOTES: &str = "prose__footnotes";
/// The class of links from a footnote back to the text.
pub(crate) const BACK: &str = "prose__back";
/// What the class of code in a known language begins with.
pub(crate) const LANGUAGE: &str = "language-";

/// The attributes that elements have from us, beside those that authors may give them.
const OURS: [(&str, &[&str]); 13] = [
    ("a", &["class", "id", "rel", "role"]),
    ("div", &["aria-labelledby", "class", "role", "tabindex"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["loading"]),
    ("li", &["id"]),
    ("ol", &["class"]),
    ("span", &["class"]),
    ("sup", &["class"]),
    ("td", &["class"]),
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for element in &ELEMENTS {
        attributes.insert(element.name, element.attributes.iter().copied().filter(|name| *name != "align").collect());
    }
    for (element, names) in OURS {
        attributes.entry(element).or_default().extend(names);
    }
    attributes.entry("th").or_default().insert("class");
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().map(|element| element.name).collect())
        .tag_attributes(attributes)
        .generic_attributes(EVERYWHERE.into())
        .url_schemes(address::schemes().collect())
        .url_relative(UrlRelative::PassThrough)
        // Added by the renderer, and to links to other servers only.
        .link_rel(None)
        .attribute_filter(allowed_value);
    builder
});

/// Keeps what is on our lists of the HTML and drops the rest.
pub(crate) fn sanitise(html: &str) -> Html {
    Html(SANITISER.clean(html).to_string())
}

/// The value as far as the attribute may have it, for attributes that the element may have.
fn allowed_value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let digits = |most: usize| value.len() <= most && !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    let allowed = match attribute {
        "href" => Leads::of(value).may_be_followed(),
        "src" => Leads::of(value) == Leads::Near,
        "class" => return allowed_classes(element, value),
        "rel" => value == AWAY,
        "role" => matches!(value, "doc-backlink" | "doc-noteref" | "group"),
        "tabindex" => value == "0",
        "loading" => value == "lazy",
        "open" | "reversed" => value.is_empty(),
        // A browser reserves room for as many columns and rows as a cell claims.
        "colspan" | "rowspan" => digits(3),
        "height" | "width" => digits(5),
        "start" | "value" => digits(9),
        "scope" => matches!(value, "col" | "colgroup" | "row" | "rowgroup"),
        "dir" => matches!(value, "auto" | "ltr" | "rtl"),
        "translate" => matches!(value, "no" | "yes"),
        "lang" => value.len() <= 35 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
        _ => true,
    };
    allowed.then_some(Cow::Borrowed(value))
}

fn allowed_classes<'v>(element: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let ours = [HEADING_LINK, TABLE, TASK, DONE, MENTION, FOOTNOTES, BACK, CELL_LEFT, CELL_CENTER, CELL_RIGHT];
    let allowed = |class: &&str| match element {
        "code" => class.starts_with(LANGUAGE),
        _ => ours.contains(class),
    };
    let kept: Vec<&str> = value.split_ascii_whitespace().filter(allowed).collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}
