//! Measures what hostile nesting costs: renders about 1 MiB of each kind of it and of plain
//! prose, and prints how many times as long as the prose each one takes.
//!
//! Run it optimised: `cargo run --release -p markup --example nesting`.
#![expect(clippy::print_stdout, reason = "what it measures is printed")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use markup::{MOST_BYTES, MOST_LEVELS, Options, render};

/// What is repeated up to the largest length that a text may have.
const REPEATED: [(&str, &str); 80] = [
    ("delimiters of three", "a**bc* "),
    ("emphasis closed only", "a_ "),
    ("brackets and emphasis", "[ a_"),
    ("brackets and ends", "[ (]("),
    ("links without angles", "[a](b"),
    ("heads of tables", "a|b\n"),
    ("rules of tables", "|-\n"),
    ("heads and rules", "|a\n|-\n"),
    ("pipes in a paragraph", "a | "),
    ("footnote labels opened", "[^a"),
    ("footnotes unmentioned", "[^a]: \n"),
    ("addresses opened", "[a]: <b\n"),
    ("titles opened", "[a]: b \"\n"),
    ("titles in links opened", "[a](b \""),
    ("labels over lines", "[a\n"),
    ("underlines", "a\n=\n"),
    ("ids of headings opened", "# {#a\n"),
    ("braces in headings", "# {#}}{#}\n"),
    ("fences", "```\n"),
    ("fences growing", "~~~a\n"),
    ("backticks in pairs", "`a``b"),
    ("backslashes", "\\"),
    ("declarations in text", "a <!A"),
    ("ends of comments", "a --> <!-"),
    ("indentation", "\t"),
    ("open brackets", "["),
    ("images in images", "![[]()"),
    ("images opened", "!["),
    ("links opened", "[a]("),
    ("links with open angles", "[a](<b"),
    ("links in links", "[a](b "),
    ("reference brackets", "[a][b"),
    ("closing brackets", "]"),
    ("emphasis opened", "*a "),
    ("emphasis in emphasis", "*a **a "),
    ("mixed delimiters", "*a_ "),
    ("delimiters closed", "a**"),
    ("delimiters in words", "a**b"),
    ("tildes", "~a ~~b "),
    ("short emphasis", "*a* "),
    ("short code", "`a` "),
    ("short links", "[a](b) "),
    ("quotations in a line", ">"),
    ("quotations of a line", "> a\n\n"),
    ("quotations spaced", "> "),
    ("quotations with text", ">a\n"),
    ("lists in a line", "- "),
    ("numbered lists in a line", "1. "),
    ("mixed containers", "> - "),
    ("items", "- a\n"),
    ("tasks", "- [ ] a\n"),
    ("headings", "# a\n"),
    ("rules", "---\n\n"),
    ("line breaks", "a\\\n"),
    ("entities", "&amp;"),
    ("unknown entities", "&a"),
    ("declarations", "<!A "),
    ("comments opened", "a <!-- "),
    ("instructions opened", "a <? "),
    ("CDATA opened", "a <![CDATA["),
    ("tags opened", "<a "),
    ("tags with open values", "a <a href=\""),
    ("angles", "<"),
    ("autolinks", "<a:b>"),
    ("blocks in blocks", "<div>"),
    ("bold in bold", "a <b>"),
    ("bold closed", "a <b></b>"),
    ("bold ended", "a </b>"),
    ("misnested", "a <b><i></b></i>"),
    ("paragraphs in bold", "<b>\n\na\n\n"),
    ("paragraphs as HTML", "<p>a"),
    ("links as HTML", "a <a href=x>"),
    ("tables as HTML", "<table><tr><td>"),
    ("text in tables", "<table>a"),
    ("breaks in tables", "<table><br>"),
    ("items as HTML", "<li>"),
    ("ends of paragraphs", "<div></p>"),
    ("pictures as HTML", "<img src=x>"),
    ("scripts", "a <script>"),
    ("zeros", "\0"),
];

fn main() {
    let prose = "The committee met on Tuesday and agreed that the minutes of the last meeting, which had been sent \
                 around before, should stand as they are.\n\n";
    let plain = (0..5).map(|_| measure(&prose.repeat(MOST_BYTES / prose.len())).0).min().unwrap_or_default();
    println!("{:28} {:8.1} ms", "plain prose", plain.as_secs_f64() * 1e3);
    let repeated = REPEATED.iter().map(|(name, part)| (*name, part.repeat(MOST_BYTES / part.len())));
    let mut worst = 0.0_f64;
    for (name, markdown) in repeated.chain(built()) {
        let (time, outcome) = measure(&markdown);
        let ratio = time.as_secs_f64() / plain.as_secs_f64();
        worst = worst.max(ratio);
        println!("{name:28} {:8.1} ms {ratio:7.1} times  {outcome}", time.as_secs_f64() * 1e3);
    }
    println!("{:28} {worst:19.1} times", "worst");
}

/// How long it takes to render the text, and what comes of it.
fn measure(markdown: &str) -> (Duration, String) {
    let begin = Instant::now();
    let rendered = render(markdown, &Options::default());
    let time = begin.elapsed();
    let outcome = match rendered {
        Ok(rendered) => format!("{} bytes of HTML", rendered.html.as_str().len()),
        Err(refusal) => refusal.to_string(),
    };
    (time, outcome)
}

/// Hostile texts that are more than one part repeated.
fn built() -> Vec<(&'static str, String)> {
    let half = MOST_BYTES / 2;
    let nested = |open: &str, close: &str| {
        let times = MOST_BYTES / (open.len() + close.len()) - 1;
        format!("{}a{}", open.repeat(times), close.repeat(times))
    };
    let deep = MOST_LEVELS - 10;
    let attributes: String = (0..deep).fold(String::new(), |mut html, i| {
        let _ = write!(html, "<b title={i}>");
        html
    });
    let numbered = |part: &dyn Fn(usize) -> String| {
        let mut text = String::new();
        (0..)
            .map(part)
            .take_while(|part| {
                text.len() + part.len() <= MOST_BYTES && {
                    text.push_str(part);
                    true
                }
            })
            .count();
        text
    };
    let lists = |levels| (0..levels).map(|i| format!("{}- a\n", "  ".repeat(i))).collect::<String>();
    vec![
        ("emphasis closed", nested("*a ", " a*")),
        ("strong closed", nested("**a ", " a**")),
        ("brackets closed", nested("[", "]")),
        ("links closed", nested("[", "](b)")),
        ("images closed", nested("![", "](b)")),
        ("bold closed in order", nested("a <b>", "</b>")),
        ("backticks", numbered(&|i| format!("a{}", "`".repeat(i + 1)))),
        ("lists indented", numbered(&|i| format!("{}- a\n", "  ".repeat(i)))),
        ("references as HTML", format!("<div>\n{}", "&amp;a".repeat(MOST_BYTES / 6 - 1))),
        ("ampersands in a title", format!("[a](b '{}')", "&a".repeat(half - 9))),
        ("ampersands in titles", format!("[a](b '{}') ", "&a".repeat(600)).repeat(MOST_BYTES / 1212)),
        ("guillemets", "\u{ab}a".repeat(MOST_BYTES / 3)),
        ("ampersands in code", format!("```\n{}", "&&a\n".repeat(MOST_BYTES / 4 - 1))),
        ("some ampersands", "some words of & prose ".repeat(MOST_BYTES / 22)),
        ("lists indented, then lazy", format!("{}{}", lists(590), "a\n".repeat(half * 5 / 8))),
        ("lists indented, then blank", format!("{}{}", lists(600), "\n".repeat(half))),
        ("quotations growing", numbered(&|i| format!("{}a\n", ">".repeat(i)))),
        ("quotations lazy", format!("{}a\n{}", ">".repeat(half), "a\n".repeat(half / 2 - 1))),
        ("quotations shallow, lazy", format!("{}a\n{}", ">".repeat(deep), "a\n".repeat(half / 2 - 1))),
        ("lists, then blank lines", format!("{}a\n{}", "- ".repeat(deep / 2), "\n".repeat(half))),
        ("lists shallow, then lines", format!("{}a\n{}", "- ".repeat(deep / 2), "\n  a".repeat(half / 4))),
        ("definitions of links", numbered(&|i| format!("[{i}]: b\n"))),
        ("one definition, many uses", format!("[a]: {}\n\n{}", "b".repeat(half), "[a]".repeat(half / 3 - 2))),
        ("footnotes", numbered(&|i| format!("[^{i}]\n\n[^{i}]: a\n\n"))),
        ("one footnote, many uses", format!("[^a]: b\n\n{}", "[^a]".repeat(MOST_BYTES / 4 - 4))),
        ("footnotes in footnotes", numbered(&|i| format!("[^{i}]: > "))),
        ("headings alike", numbered(&|i| format!("# a-{i}\n# a\n"))),
        ("cells", format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(MOST_BYTES / 6 - 4))),
        ("cells missing", format!("{}\n{}\n{}", "|a".repeat(999), "|-".repeat(999), "|a\n".repeat(half / 3))),
        ("many columns", format!("{}\n{}\n", "|a".repeat(half / 2 - 4), "|-".repeat(half / 2 - 4))),
        ("attributes in a tag", format!("<a {}>", numbered(&|i| format!("a{i} ")).split_at(MOST_BYTES - 16).0)),
        ("bold over paragraphs", format!("{attributes}\n\n{}", "a\n\n".repeat(half / 3))),
        ("bold in each paragraph", format!("{attributes}a\n\n").repeat(MOST_BYTES / (attributes.len() + 3))),
        ("bold, then paragraphs", format!("<p>{attributes}{}", "<p>a".repeat(half / 4))),
        ("bold, then items", format!("<ul><li>{attributes}{}", "<li>a".repeat(half / 5))),
        ("bold over a table", format!("<table>{attributes}{}", "<tr><td>a".repeat(half / 9))),
        ("deep, then ends", format!("{}{}", "<div>".repeat(deep), "</b>".repeat(half / 4))),
    ]
}
