//! How somebody is called.

use super::Refusal;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A person's name: letters of any script, in one form, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    /// The most letters.
    pub const MOST: usize = 80;

    /// What somebody typed, if it can stand as a name.
    ///
    /// # Errors
    /// [`Refusal::NameEmpty`], [`Refusal::NameLong`], [`Refusal::NameOdd`].
    pub fn read(typed: &str) -> Result<Self, Refusal> {
        // Before anything walks through it.
        if typed.len() > 64 * Self::MOST {
            return Err(Refusal::NameLong);
        }
        let words: Vec<&str> = typed.split_whitespace().collect();
        let name: String = words.join(" ").nfc().collect();
        if name.is_empty() {
            return Err(Refusal::NameEmpty);
        }
        if name.chars().count() > Self::MOST {
            return Err(Refusal::NameLong);
        }
        // What turns the direction of a line or is not seen makes one name look like another.
        let unseen = |c: char| matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
        let odd = |c: char| c.is_control() || unseen(c) || matches!(c, '<' | '>');
        if name.chars().any(odd) || !name.chars().any(char::is_alphabetic) {
            Err(Refusal::NameOdd)
        } else {
            Ok(Self(name))
        }
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_one_line_and_one_form() {
        for (typed, kept) in [
            ("  Ana   Hoxha\n", "Ana Hoxha"),
            ("Љубица Срна", "Љубица Срна"),
            ("S\u{30c}ejla", "Šejla"),
            ("Ion (Chișinău)", "Ion (Chișinău)"),
            ("O'Brien-Smith, Jr.", "O'Brien-Smith, Jr."),
        ] {
            assert_eq!(Name::read(typed).expect(typed).as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        let marks = format!("a{}", "\u{301}".repeat(200));
        for (typed, why) in [
            (" \t ", Refusal::NameEmpty),
            ("x".repeat(81).as_str(), Refusal::NameLong),
            ("x".repeat(1 << 16).as_str(), Refusal::NameLong),
            (marks.as_str(), Refusal::NameLong),
            ("Ana\u{202e}axhoH", Refusal::NameOdd),
            ("Ana\u{200b}", Refusal::NameOdd),
            ("A\0na", Refusal::NameOdd),
            ("<b>Ana</b>", Refusal::NameOdd),
            ("123 !", Refusal::NameOdd),
        ] {
            assert_eq!(Name::read(typed), Err(why), "{typed:.40}");
        }
    }
}
