//! What the search box decides, apart from how it looks.

/// Tells the answer to the newest question from older ones.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Newest(u32);

impl Newest {
    /// A question is asked: its number.
    pub(crate) fn ask(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(1);
        self.0
    }

    /// Whether nothing was asked after it.
    pub(crate) fn is(&self, number: u32) -> bool {
        self.0 == number
    }
}

/// The suggestion after an arrow key: round and round, and past both ends back to what was typed.
pub(crate) fn step(at: Option<usize>, count: usize, down: bool) -> Option<usize> {
    match (at, down) {
        (None, true) => (count > 0).then_some(0),
        (None, false) => count.checked_sub(1),
        (Some(at), true) => Some(at + 1).filter(|next| *next < count),
        (Some(at), false) => at.checked_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_an_older_question_is_stale() {
        let mut newest = Newest::default();
        let first = newest.ask();
        let second = newest.ask();
        assert!(!newest.is(first) && newest.is(second));
    }

    #[test]
    fn arrows_go_round_through_what_was_typed() {
        assert_eq!(step(None, 2, true), Some(0));
        assert_eq!(step(Some(1), 2, true), None);
        assert_eq!(step(None, 2, false), Some(1));
        assert_eq!(step(Some(0), 2, false), None);
        assert_eq!(step(None, 0, true), None);
    }
}
