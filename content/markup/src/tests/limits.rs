//! What is refused.

use crate::{MOST_BYTES, MOST_ELEMENTS, MOST_LEVELS, Options, Refusal, render};

fn refusal(markdown: &str) -> Option<Refusal> {
    render(markdown, &Options::default()).err()
}

#[test]
fn long_texts_are_refused() {
    assert_eq!(refusal(&"a".repeat(MOST_BYTES)), None);
    let is = MOST_BYTES + 1;
    assert_eq!(refusal(&"a".repeat(is)), Some(Refusal::TooLong { most: MOST_BYTES, is }));
}

#[test]
fn deep_texts_are_refused() {
    let deep = Some(Refusal::TooDeep { most: MOST_LEVELS });
    for (shallow, part, end) in [
        (80, ">", "a"),
        (40, "- ", "a"),
        (30, "> 1. ", "a"),
        (80, "<div>", "a"),
        (80, "a <b>", "a"),
        (40, "<table><tr><td>", ""),
    ] {
        let times = if part.contains("table") { 20 } else { shallow };
        assert_eq!(refusal(&format!("{}{end}", part.repeat(times))), None, "{part}");
        assert_eq!(refusal(&format!("{}{end}", part.repeat(60_000))), deep, "{part}");
    }
    let emphasis = format!("{}a{}", "*a ".repeat(1000), " a*".repeat(1000));
    assert_eq!(refusal(&emphasis), deep);
    let lists: String = (0..200).map(|level| format!("> {}- a\n", "  ".repeat(level))).collect();
    assert_eq!(refusal(&lists), deep);
    let quotations = format!("{}a\n{}", ">".repeat(MOST_BYTES / 2), "a\n".repeat(MOST_BYTES / 5));
    assert_eq!(refusal(&quotations), deep);
}

#[test]
fn rules_and_long_lines_are_not_taken_for_depth() {
    for line in [
        "-".repeat(500),
        "> ".repeat(50),
        "*".repeat(300),
        "1.".repeat(300),
        " ".repeat(900),
        "> - a\n".repeat(300),
        "- a\n  1. b\n".repeat(300),
    ] {
        assert_eq!(refusal(&format!("a\n\n{line}\n\nb")), None, "{line}");
    }
}

#[test]
fn texts_of_many_elements_are_refused() {
    let many = Some(Refusal::TooMany { most: MOST_ELEMENTS });
    assert_eq!(refusal(&"*a* ".repeat(MOST_ELEMENTS)), many);
    assert_eq!(refusal(&"a <i></i>".repeat(MOST_ELEMENTS)), many);
    assert_eq!(refusal(&format!("[^a]: b\n\n{}", "[^a]".repeat(MOST_ELEMENTS / 2))), many);
}

#[test]
fn refusals_say_what_is_wrong() {
    assert_eq!(
        refusal(&"<div>".repeat(999)).map(|r| r.to_string()).unwrap(),
        "the text is nested more than 100 levels deep"
    );
}
