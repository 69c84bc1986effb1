//! What holds of every text.

use proptest::prelude::*;

use super::dom::assert_safe;
use crate::sanitise::sanitise;
use crate::writer::Writer;
use crate::{Options, render};

/// Pieces of syntax to be glued together.
const PIECES: &[&str] = &[
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](/x)",
    "](//e.org/x)",
    "](javascript:alert(1))",
    "[x]: ",
    "[^1]",
    "[^1]: ",
    "# ",
    "## ",
    " {#id}",
    "- ",
    "1. ",
    "- [ ] ",
    "> ",
    "|",
    "|-|\n",
    "| a | b |\n|---|:-:|\n| c | d |\n",
    "---\n",
    "===\n",
    "\\",
    "&",
    "&amp;",
    "&lt;",
    "&#x3c;",
    "&colon;",
    "&Tab;",
    "<",
    ">",
    "\"",
    "'",
    "=",
    "/",
    "<!--",
    "-->",
    "<!",
    "<?",
    "<![CDATA[",
    "]]>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i title=x>",
    "</i>",
    "<a href=x>",
    "<a href='javascript:x'>",
    "</a>",
    "<div>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th align=left>",
    "<tbody>",
    "<caption>",
    "<thead>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<pre>",
    "</pre>",
    "<code class='language-x y'>",
    "</code>",
    "<h1>",
    "<h3>",
    "</h3>",
    "<br>",
    "</br>",
    "<hr>",
    "<img src=x>",
    "<img src=http://e.org/ alt=y>",
    "<img src='&#104;ttp://e.org/' alt=y>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<title>",
    "<textarea>",
    "<noscript>",
    "<template>",
    "<select>",
    "<option>",
    "<form>",
    "<input>",
    "<iframe>",
    "<xmp>",
    "<plaintext>",
    "<details open>",
    "<summary>",
    "</details>",
    "<figure>",
    "<figcaption>",
    "<ruby>",
    "<rt>",
    "<rp>",
    "</ruby>",
    "<span onclick=x>",
    "</span>",
    "<a",
    " href=",
    " style=x",
    " id=x",
    "\u{0}",
    "\u{202e}",
    "é",
    "<blockquote>",
    "</blockquote>",
    "<sub>",
    "<sup>",
    "<image>",
    "<frameset>",
    "<body>",
    "<html>",
    "<col>",
    "<button>",
    "<nobr>",
    "<font>",
    "</h2>",
];

fn glued() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn check(source: &str) {
    let options = Options { heading_offset: 1, id_prefix: "p-".to_owned() };
    let Ok(rendered) = render(source, &options) else { return };
    assert_safe(rendered.html.as_str(), source);
    assert_eq!(sanitise(rendered.html.as_str()), rendered.html, "the sanitiser changes its own HTML");
    for heading in &rendered.headings {
        assert!(rendered.html.as_str().contains(&format!("id=\"{}\"", heading.id)), "{heading:?} is not there");
    }
    let last = rendered.headings.len();
    assert!(rendered.passages.iter().all(|passage| passage.heading.is_none_or(|heading| heading < last)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn glued_syntax_is_safe(source in glued()) {
        check(&source);
    }

    #[test]
    fn any_text_is_safe(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn html_of_any_kind_is_written_in_order(html in glued()) {
        let raw = crate::raw::Raw { heading_offset: 0, id_prefix: "" };
        let mut writer = Writer::default();
        prop_assume!(raw.write(&html, &mut writer).is_ok());
        let written = writer.finish();
        let sanitised = sanitise(&written);
        // Only what the sanitiser drops and the bodies that tables get may differ.
        assert_eq!(tags(&written), tags(sanitised.as_str()), "{written}\n{}", sanitised.as_str());
    }
}

/// The names of the tags in order.
fn tags(html: &str) -> Vec<String> {
    crate::tokens::tokens(html)
        .filter_map(|token| match token {
            crate::tokens::Token::Start { name, .. } => Some(name),
            crate::tokens::Token::End(name) => Some(format!("/{name}")),
            crate::tokens::Token::Text(_) => None,
        })
        .filter(|name| !name.ends_with("tbody"))
        .collect()
}
