//! Codes that people read from a screen or a card and type on a phone.

use std::fmt;

/// Letters and digits of which none looks like another, in print, in handwriting or across a room.
const SIGNS: &[u8; 22] = b"34679ACDEFHJKMNPRTUWXY";
/// Signs of the code of a door: some fifty thousand million codes.
const OF_A_DOOR: usize = 8;
/// Signs of a person's own code: it is good for longer.
const OF_A_SEAT: usize = 12;

/// A code: of a door, or of a seat.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Code(String);

impl Code {
    /// For a door.
    pub(super) fn of_a_door() -> Self {
        Self::drawn(OF_A_DOOR)
    }

    /// For a seat.
    pub(super) fn of_a_seat() -> Self {
        Self::drawn(OF_A_SEAT)
    }

    #[expect(clippy::expect_used, reason = "without randomness nothing here is safe to go on with")]
    fn drawn(signs: usize) -> Self {
        let mut code = String::new();
        // Bytes from which each sign is as likely as any other.
        let fair = 256 - 256 % SIGNS.len();
        while code.len() < signs {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).expect("the operating system gives randomness");
            let fair = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair);
            code.extend(fair.take(signs - code.len()).map(|byte| char::from(SIGNS[byte % SIGNS.len()])));
        }
        Self(code)
    }

    /// What somebody typed, whatever the case, the spaces and the keyboard: Cyrillic and Greek capitals that look like
    /// ours are ours. None where it is the code of nothing.
    pub fn read(typed: &str) -> Option<Self> {
        if typed.len() > 200 {
            return None;
        }
        let signs = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '.' | '·'));
        let code: String = signs.flat_map(char::to_uppercase).map(latin).collect();
        let well = matches!(code.len(), OF_A_DOOR | OF_A_SEAT) && code.bytes().all(|sign| SIGNS.contains(&sign));
        well.then_some(Self(code))
    }

    /// Whether it is a person's own.
    pub fn is_of_a_seat(&self) -> bool {
        self.0.len() == OF_A_SEAT
    }

    /// In one piece, for addresses and the store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn stored(code: String) -> Self {
        Self(code)
    }
}

impl fmt::Display for Code {
    /// In groups of four, to be read out.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, sign) in self.0.chars().enumerate() {
            let stroke = if at > 0 && at % 4 == 0 { "-" } else { "" };
            write!(out, "{stroke}{sign}")?;
        }
        Ok(())
    }
}

fn latin(sign: char) -> char {
    match sign {
        'А' | 'Α' => 'A',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'Р' | 'Ρ' => 'P',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'З' => '3',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_differ_and_are_read_back_however_they_are_typed() {
        let codes: HashSet<String> = (0..1000).map(|_| Code::of_a_door().0).collect();
        assert_eq!(codes.len(), 1000);
        for code in codes {
            let shown = Code(code.clone()).to_string();
            assert_eq!(shown.len(), 9);
            for typed in [
                shown.clone(),
                code.to_lowercase(),
                format!(" {} {} ", &code[..4], &code[4..]),
                shown.replace('-', " – "),
            ] {
                assert_eq!(Code::read(&typed).expect("a code").0, code, "{typed}");
            }
        }
        assert!(Code::of_a_seat().is_of_a_seat() && !Code::of_a_door().is_of_a_seat());
    }

    #[test]
    fn a_cyrillic_keyboard_types_the_same_code() {
        assert_eq!(Code::read("асен-кмрт").expect("a code").as_str(), "ACEHKMPT");
        assert_eq!(Code::read("АСЕНКМРТ"), Code::read("ACEHKMPT"));
    }

    #[test]
    fn every_sign_is_as_likely_as_any_other() {
        let mut times = [0_u32; 256];
        for _ in 0..4000 {
            Code::of_a_seat().0.bytes().for_each(|sign| times[usize::from(sign)] += 1);
        }
        let of_signs: Vec<u32> = SIGNS.iter().map(|sign| times[usize::from(*sign)]).collect();
        let (least, most) = (of_signs.iter().min().expect("some"), of_signs.iter().max().expect("some"));
        assert!(*least > 1900 && *most < 2500, "{of_signs:?}");
    }

    #[test]
    fn what_is_no_code_is_none() {
        for odd in [
            "",
            "ACDE",
            "ACDE-FHJ",
            "ACDE-FHJKM",
            "ACDE-FHJ0",
            "ACDE-FHJ!",
            "ACDEFHJ\0",
            &"A".repeat(60_000),
            "ж".repeat(8).as_str(),
        ] {
            assert_eq!(Code::read(odd), None, "{odd:.40}");
        }
    }
}
