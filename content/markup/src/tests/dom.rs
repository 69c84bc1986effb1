//! HTML parsed as a browser parses it: the rules that all of it obeys, and a form in which two
//! pieces of HTML can be compared.

use std::rc::Rc;

use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, ParseOpts, QualName, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Written out here once more, so that a slip in the sanitiser's list shows.
const ELEMENTS: &str = " a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption \
    figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup \
    table tbody td tfoot th thead time tr u ul var wbr ";
const ATTRIBUTES: &str = " alt aria-labelledby class colspan datetime dir height href id lang loading open rel \
    reversed role rowspan scope src start tabindex title translate value width ";

/// The tree of some HTML. Its nodes lose their content once it is dropped.
pub(super) fn parse(html: &str) -> RcDom {
    let context = QualName::new(None, ns!(html), LocalName::from("div"));
    parse_fragment(RcDom::default(), ParseOpts::default(), context, Vec::new(), false).one(html)
}

/// The nodes at the top of a tree.
fn top(dom: &RcDom) -> Vec<Handle> {
    let root = Rc::clone(&dom.document.children.borrow()[0]);
    root.children.borrow().clone()
}

/// Every element, in the order of the text.
fn elements(dom: &RcDom) -> Vec<Handle> {
    let mut found = Vec::new();
    let mut waiting: Vec<Handle> = top(dom).into_iter().rev().collect();
    while let Some(node) = waiting.pop() {
        waiting.extend(node.children.borrow().iter().rev().cloned());
        match node.data {
            NodeData::Element { .. } => found.push(node),
            NodeData::Text { .. } => {}
            _ => panic!("neither an element nor text: {:?}", node.data),
        }
    }
    found
}

pub(super) fn attributes(node: &Handle) -> Vec<(String, String)> {
    let NodeData::Element { attrs, .. } = &node.data else { return Vec::new() };
    attrs.borrow().iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect()
}

/// Asserts that the HTML holds nothing that runs, frames, styles or fetches from elsewhere.
pub(super) fn assert_safe(html: &str, source: &str) {
    let mut ids = Vec::new();
    let dom = parse(html);
    for element in elements(&dom) {
        let NodeData::Element { name, .. } = &element.data else { continue };
        let context = || format!("in {html:?}\nof {source:?}");
        assert!(name.ns == ns!(html) && ELEMENTS.contains(&format!(" {} ", name.local)), "{name:?} {}", context());
        for (attribute, value) in attributes(&element) {
            assert!(ATTRIBUTES.contains(&format!(" {attribute} ")), "{attribute} {}", context());
            // What a browser's parser of addresses removes before it looks for a scheme.
            let address = value.trim_matches(|c: char| c <= ' ').replace(['\t', '\n', '\r'], "").to_lowercase();
            let may_be_scheme = |start: &str| {
                start.starts_with(|c: char| c.is_ascii_alphabetic())
                    && start.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            };
            let scheme = address.split_once(':').map(|(start, _)| start).filter(|start| may_be_scheme(start));
            match attribute.as_str() {
                "href" => {
                    assert!(
                        matches!(scheme, None | Some("http" | "https" | "mailto" | "tel")),
                        "{value} {}",
                        context()
                    );
                }
                "src" => {
                    let elsewhere = address.replace('\\', "/").starts_with("//");
                    assert!(scheme.is_none() && !elsewhere, "{value} {}", context());
                }
                "id" => ids.push(value),
                _ => {}
            }
        }
        if &*name.local == "img" {
            assert!(attributes(&element).iter().any(|(name, _)| name == "alt"), "no alt {}", context());
        }
    }
    // An id twice would lead to the wrong place.
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice in {html:?}");
}

/// The HTML as a list of its tags and words, without what differs between renderers that agree:
/// white space next to tags of blocks, the order of attributes, and what `unwrapped` names.
pub(super) fn comparable(html: &str, unwrapped: &dyn Fn(&Handle) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    let dom = parse(html);
    for node in top(&dom) {
        write(&node, false, unwrapped, &mut pieces);
    }
    pieces
}

fn write(node: &Handle, verbatim: bool, unwrapped: &dyn Fn(&Handle) -> bool, to: &mut Vec<String>) {
    match &node.data {
        NodeData::Text { contents } if verbatim => append(to, &contents.borrow()),
        NodeData::Text { contents } => {
            let text = contents.borrow();
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let around = |is: bool| if is { " " } else { "" };
            let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
            append(to, &format!("{}{words}{}", around(before), around(after && !words.is_empty())));
        }
        NodeData::Element { name, .. } => {
            let is_kept = !unwrapped(node);
            let is_block =
                !matches!(&*name.local, "a" | "b" | "code" | "del" | "em" | "i" | "img" | "span" | "strong" | "sup");
            if is_kept {
                trim_end(to, is_block);
                let mut attributes = attributes(node);
                attributes.sort();
                to.push(format!("<{} {attributes:?}>", name.local));
            }
            for child in node.children.borrow().iter() {
                write(child, verbatim || &*name.local == "pre", unwrapped, to);
            }
            if is_kept {
                trim_end(to, is_block && &*name.local != "pre");
                to.push(format!("</{}>", name.local));
            }
        }
        _ => {}
    }
}

fn append(to: &mut Vec<String>, text: &str) {
    match to.last_mut() {
        Some(last) if !last.starts_with('<') => {
            let text = if last.ends_with(' ') { text.trim_start_matches(' ') } else { text };
            last.push_str(text);
        }
        // Text is told from tags by its first letter.
        Some(last) if !is_inline_tag(last) => to.push(format!("T{}", text.trim_start())),
        _ => to.push(format!("T{text}")),
    }
    if to.last().is_some_and(|last| last == "T") {
        to.pop();
    }
}

fn is_inline_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap_or_default();
    matches!(name, "a" | "b" | "code" | "del" | "em" | "i" | "img" | "span" | "strong" | "sup")
}

fn trim_end(to: &mut Vec<String>, really: bool) {
    if !really {
        return;
    }
    if let Some(last) = to.last_mut().filter(|last| last.starts_with('T')) {
        last.truncate(last.trim_end().len());
        if last.len() == 1 {
            to.pop();
        }
    }
}

#[test]
fn the_rules_catch_what_they_are_for() {
    for html in [
        "<script>a</script>",
        "<b><svg></svg></b>",
        "<p onclick=a>b</p>",
        "<p style=a>b</p>",
        "<a href=' java\nscript:a'>b</a>",
        "<a href=data:a>b</a>",
        "<img src=https://e.org alt=a>",
        "<img src='/\t\\e.org' alt=a>",
        "<img src=a>",
        "<input>",
        "<!-- a -->",
        "<h2 id=a>b</h2><h2 id=a>c</h2>",
    ] {
        let caught = std::panic::catch_unwind(|| assert_safe(html, html)).is_err();
        assert!(caught, "{html} passes");
    }
    assert_safe("<p>a <a href=b>c</a> <img src=d alt=e></p>", "");
}
