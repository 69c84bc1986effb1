//! How audit entries hang together.

/// What of an entry is bound to the one before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link<'a> {
    pub(crate) id: i64,
    /// Milliseconds since 1970, UTC.
    pub(crate) at: i64,
    pub(crate) actor: &'a str,
    pub(crate) act: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) commitment: &'a str,
}

impl Link<'_> {
    /// The entry's hash, over that of the entry before; that is empty for the first.
    pub(crate) fn hash(&self, before: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.id.to_be_bytes()).update(&self.at.to_be_bytes());
        for part in [before, self.actor, self.act, self.subject, self.commitment] {
            // With its length, so that no two entries are one text.
            hasher.update(&(part.len() as u64).to_be_bytes()).update(part.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// What stands in the chain for what an entry says. Without the salt nobody finds out what that was by trying, so that it
/// can be erased together with what it says.
pub(crate) fn commitment(salt: &str, payload: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(salt.len() as u64).to_be_bytes()).update(salt.as_bytes()).update(payload.as_bytes());
    hasher.finalize().to_hex().to_string()
}
