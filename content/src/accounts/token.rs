//! Secrets that are drawn at random.

use secrecy::{ExposeSecret, SecretString};

/// How many bytes are drawn: 160 bits cannot be guessed.
const BYTES: usize = 20;

/// What whoever holds it may spend: it stands in a link, or in a cookie. The store knows its hash alone. It does not
/// print.
#[derive(Clone, Debug)]
pub struct Token(SecretString);

#[expect(clippy::new_without_default, reason = "each is another: there is no default")]
impl Token {
    /// Draws one from the operating system.
    ///
    /// # Panics
    /// Where that has no randomness: then nothing can be secret.
    #[expect(clippy::expect_used, reason = "without randomness nothing here is safe to go on with")]
    pub fn new() -> Self {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).expect("the operating system gives randomness");
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
    }

    /// What may be one, as somebody sent it.
    pub fn read(text: &str) -> Option<Self> {
        let well = text.len() == 2 * BYTES && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        well.then(|| Self(text.into()))
    }

    /// The secret itself, to be put into a link.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }

    /// Under what the store knows it.
    pub(crate) fn key(&self) -> String {
        key(self.reveal())
    }
}

/// Under what the store knows a secret of at least 128 random bits: nobody finds one that has this hash.
pub fn key(secret: &str) -> String {
    blake3::hash(secret.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_none_prints() {
        let (one, other) = (Token::new(), Token::new());
        assert_ne!(one.reveal(), other.reveal());
        assert!(!format!("{one:?}").contains(one.reveal()));
        assert_eq!(Token::read(one.reveal()).expect("what was drawn").key(), one.key());
    }

    #[test]
    fn what_was_cut_or_altered_is_none() {
        let whole = Token::new();
        let whole = whole.reveal();
        for odd in ["", &whole[1..], &format!("{whole}0"), &whole.to_uppercase().replace('A', "G"), &"ж".repeat(20)] {
            assert!(Token::read(odd).is_none(), "{odd}");
        }
    }
}
