//! What texts become.

use crate::{Heading, Options, Passage, Rendered, render};

fn rendered(markdown: &str) -> Rendered {
    render(markdown, &Options { heading_offset: 1, id_prefix: "t-".to_owned() }).unwrap()
}

fn html(markdown: &str) -> String {
    rendered(markdown).html.into_string().trim_end().to_owned()
}

#[test]
fn headings_have_ids_and_lead_to_themselves() {
    let text =
        "# Über uns {#About_us}\n\n## A *b*\n\n## A b\n\n###### [x](/y)\n\n# {a}\n\n# b \\{#c}\n\n# `d` {#e} ##\n";
    let rendered = rendered(text);
    let heading = |level, id: &str, text: &str| Heading { level, id: id.to_owned(), text: text.to_owned() };
    assert_eq!(
        rendered.headings,
        [
            heading(2, "t-about-us", "Über uns"),
            heading(3, "t-a-b", "A b"),
            heading(3, "t-a-b-2", "A b"),
            heading(6, "t-x", "x"),
            heading(2, "t-a", "{a}"),
            heading(2, "t-b-c", "b {#c}"),
            heading(2, "t-e", "d"),
        ]
    );
    let html = rendered.html.as_str();
    assert!(
        html.starts_with("<h2 id=\"t-about-us\"><a class=\"prose__anchor\" href=\"#t-about-us\">Über uns</a></h2>"),
        "{html}"
    );
    assert!(html.contains("<h6 id=\"t-x\"><a href=\"/y\">x</a></h6>"), "{html}");
    assert!(html.contains("<h2 id=\"t-e\"><a class=\"prose__anchor\" href=\"#t-e\"><code>d</code></a></h2>"), "{html}");
}

#[test]
fn tables_scroll_under_the_name_of_the_heading_above() {
    let table = "| a | b |\n|:--|--:|\n| c | d |\n";
    let bare = "<div class=\"prose__table\"><table><thead><tr><th class=\"prose__cell--left\">a</th>";
    assert!(html(table).starts_with(bare), "{}", html(table));
    let named = html(&format!("# H\n\n{table}"));
    for part in
        ["tabindex=\"0\"", "role=\"group\"", "aria-labelledby=\"t-h\"", "<td class=\"prose__cell--right\">d</td>"]
    {
        assert!(named.contains(part), "{named}");
    }
}

#[test]
fn footnotes_are_numbered_by_mention_and_lead_back() {
    let text =
        "a[^x] b[^y] c[^X] d[^none]\n\n[^unused]: no\n\n[^y]: Y\n\n[^x]: X[^z]\n\n[^z]:\n    ```\n    Z\n    ```\n";
    let html = html(text);
    for part in [
        "a<sup class=\"prose__mention\"><a id=\"t-mention_1_1\" href=\"#t-note_1\" role=\"doc-noteref\">1</a></sup>",
        "c<sup class=\"prose__mention\"><a id=\"t-mention_1_2\" href=\"#t-note_1\" role=\"doc-noteref\">1</a></sup>",
        "d[^none]",
        "<ol class=\"prose__footnotes\"><li id=\"t-note_1\"><p>X<sup",
        "href=\"#t-mention_1_1\" role=\"doc-backlink\">↩ 1</a> <a class=\"prose__back\" href=\"#t-mention_1_2\" role=\"doc-backlink\">↩ 1.2</a></p></li>",
        "<li id=\"t-note_2\"><p>Y <a",
        "<li id=\"t-note_3\"><pre><code>Z\n</code></pre>\n<p> <a",
    ] {
        assert!(html.contains(part), "{part}\nin {html}");
    }
    assert!(!html.contains("no</p>"), "{html}");
}

#[test]
fn images_from_elsewhere_are_links() {
    let image = "<p><img src=\"a%20b.png\" alt=\"x y\" loading=\"lazy\" title=\"t\"></p>";
    assert_eq!(html("![x *y*](<a b.png> 't')"), image);
    let link = "<p><a href=\"https://e.org/a.png\" rel=\"noopener noreferrer\">x</a></p>";
    assert_eq!(html("![x](https://e.org/a.png)"), link);
    assert_eq!(html("a <img src='https://e.org/a.png' alt=x>"), link.replace("<p>", "<p>a "));
    assert_eq!(html("[![x](//e.org/a.png)](/y)"), "<p><a href=\"/y\">x</a></p>");
    assert_eq!(html("![](//e.org/a)"), "<p><a href=\"//e.org/a\" rel=\"noopener noreferrer\">//e.org/a</a></p>");
    assert_eq!(html("![x](data:image/png;base64,AA)"), "<p>x</p>");
    assert_eq!(
        html("a <img src=x.png width=5 height=6>"),
        "<p>a <img src=\"x.png\" width=\"5\" height=\"6\" alt=\"\" loading=\"lazy\"></p>"
    );
}

#[test]
fn links_keep_to_the_schemes_and_to_the_text() {
    assert_eq!(
        html("[a](javascript:b) [c](#d) <e@f.g>"),
        "<p>a <a href=\"#t-d\">c</a> <a href=\"mailto:e@f.g\">e@f.g</a></p>"
    );
    assert_eq!(html("<a href='#d&amp;e' id=f onclick=g>h</a>"), "<p><a href=\"#t-d&amp;e\">h</a></p>");
    assert_eq!(html("[a <a href=/b>c</a>](/d)"), "<p><a href=\"/d\">a c</a></p>");
}

#[test]
fn tasks_are_characters() {
    let done = "<li><span class=\"prose__task prose__task--done\">\u{2611}</span> a</li>";
    assert!(html("- [x] a\n- [ ] b").contains(done), "{}", html("- [x] a\n- [ ] b"));
}

#[test]
fn authors_html_ends_where_the_markdown_around_it_ends() {
    assert_eq!(html("a <b>b\n\nc"), "<p>a <b>b</b></p>\n<p>c</p>");
    assert_eq!(html("*a </em> <b>b* c</b>"), "<p><em>a  <b>b</b></em> c</p>");
    assert_eq!(html("> <div>\n>\n> a\n\n</blockquote>b"), "<blockquote><div>\n<p>a</p>\n</div></blockquote>\nb");
    assert_eq!(
        html("<details><summary>a</summary>\n\nb\n\n</details>"),
        "<details><summary>a</summary>\n<p>b</p>\n</details>"
    );
    assert_eq!(html("a <script>b</script> c\n\n<style>d\n\ne"), "<p>a  c</p>");
    assert_eq!(html("<h1 class=x lang=de>a</h1>"), "<h2 lang=\"de\">a</h2>");
    assert_eq!(html("a <div>b</div>"), "<p>a b</p>");
}

#[test]
fn code_names_its_language() {
    assert_eq!(html("```rust x\na < b\n```"), "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>");
}

#[test]
fn zeros_and_byte_order_marks_are_dealt_with() {
    assert_eq!(html("\u{feff}a\0b"), "<p>a\u{fffd}b</p>");
}

#[test]
fn passages_are_the_words_under_each_heading() {
    let text = "a &amp; *b*\nc[^1]\n\n- d\n- [x] e ![f](g.png)\n\n# H *i*\n\n| j | k |\n|---|---|\n| l | `m` |\n\n<div>n&nbsp;o</div>\n\n# P\n\n# Q\n\nr<br>s\n\n[^1]: t\n";
    let passage = |heading, text: &str| Passage { heading, text: text.to_owned() };
    assert_eq!(
        rendered(text).passages,
        [
            passage(None, "a & b c\nd\ne f"),
            passage(Some(0), "j k\nl m\nn o"),
            passage(Some(2), "r s"),
            passage(None, "t"),
        ]
    );
}

#[test]
fn relative_addresses_are_listed() {
    let text = "[a](../b?c&d) [e](https://f) [g](#h) <a href=/i>j</a> [k](mailto:l@m) [n](//o) ![p](q.png) [r]()";
    let rendered = rendered(text);
    assert_eq!(rendered.links, ["../b?c&d", "/i", ""]);
    assert_eq!(rendered.images, ["q.png"]);
}
