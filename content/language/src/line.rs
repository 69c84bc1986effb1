//! Somebody else's words, put into a line of ours.

/// A text as one line: any white space is one space, and what turns the direction of writing is left out, since it would
/// reach into what stands beside it (Unicode Standard Annex 9, explicit directional formatting).
///
/// ```
/// assert_eq!(language::line(" a\r\n\u{202e}b\tc "), "a b c");
/// ```
pub fn line(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text.chars().filter(|c| !turns(*c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
