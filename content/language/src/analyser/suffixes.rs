//! Words that lose their endings: what the stemmers with tables of suffixes share.

/// Longer words are left as they are.
pub(super) const LONGEST: usize = 40;

/// Suffixes in a tree, from their last letter to their first.
pub(super) struct Suffixes {
    nodes: Vec<Node>,
    texts: Vec<&'static str>,
}

/// Where it goes on with each letter, and which text stands in the place of the suffix that ends here, or else 0.
#[derive(Clone, Copy, Default)]
struct Node {
    nexts: [u16; 26],
    text: u16,
}

impl Suffixes {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()], texts: vec![""] }
    }

    pub(super) fn add(&mut self, kept: &str, gone: &str, text: &'static str) {
        let mut at = 0;
        for letter in gone.bytes().rev().chain(kept.bytes().rev()) {
            let new = self.nodes.len();
            let Some(next) = self.nodes.get_mut(at).and_then(|node| node.nexts.get_mut(place(letter))) else { return };
            if *next == 0 {
                *next = u16::try_from(new).unwrap_or_default();
                at = new;
                self.nodes.push(Node::default());
            } else {
                at = usize::from(*next);
            }
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.text = u16::try_from(self.texts.len()).unwrap_or_default();
            self.texts.push(text);
        }
    }

    /// Where the longest suffix of these letters begins that does not begin before `from`, and its text.
    pub(super) fn longest(&self, letters: &[u8], from: usize) -> Option<(usize, &'static str)> {
        let mut found = None;
        let mut node = self.nodes.first()?;
        for (at, letter) in letters.iter().enumerate().skip(from).rev() {
            let next = node.nexts.get(place(*letter)).copied().filter(|next| *next > 0);
            let Some(next) = next.and_then(|next| self.nodes.get(usize::from(next))) else { break };
            node = next;
            if node.text > 0 {
                found = Some((at, node.text));
            }
        }
        found.and_then(|(at, text)| Some((at, *self.texts.get(usize::from(text))?)))
    }
}

/// A word in the making, with room for the letters that a spelling may add.
pub(super) struct Stem {
    pub(super) letters: [u8; LONGEST + 8],
    pub(super) length: usize,
}

impl Stem {
    pub(super) fn of(word: &str) -> Self {
        let mut stem = Self { letters: [0; LONGEST + 8], length: 0 };
        stem.replace(0, 0, word);
        stem
    }

    pub(super) fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    pub(super) fn text(&self) -> &str {
        str::from_utf8(self.letters()).unwrap_or_default()
    }

    /// Puts `text` in the place of the `old` letters from `at` on.
    pub(super) fn replace(&mut self, at: usize, old: usize, text: &str) {
        let before = self.letters;
        let tail = before.get(at + old..self.length).unwrap_or_default();
        let places = self.letters.iter_mut().skip(at);
        let changed = places.zip(text.as_bytes().iter().chain(tail)).map(|(place, letter)| *place = *letter).count();
        self.length = at + changed;
    }
}

/// Where a letter stands in the alphabet.
fn place(letter: u8) -> usize {
    usize::from(letter.wrapping_sub(b'a'))
}

pub(super) fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
pub(super) mod checks {
    //! What holds of each of the stemmers.

    use std::borrow::Cow;

    type Stem = fn(&str) -> Cow<'_, str>;

    /// The words of each group, divided by `|`, have one key.
    pub(in super::super) fn meet(stem: Stem, groups: &str) {
        for group in groups.split('|') {
            let mut keys: Vec<_> = group.split_whitespace().map(|word| (stem(word), word)).collect();
            keys.dedup_by(|one, other| one.0 == other.0);
            assert_eq!(keys.len(), 1, "{keys:?}");
        }
    }

    /// The two words of each pair have two.
    pub(in super::super) fn stay_apart(stem: Stem, pairs: &str) {
        for pair in pairs.split('|') {
            let mut keys = pair.split_whitespace().map(stem);
            assert_ne!(keys.next(), keys.next(), "{pair}");
        }
    }

    /// The key of a key is itself: of piles of beginnings and ends, and of the words of tables.
    pub(in super::super) fn own_keys(stem: Stem, starts: &[&str], ends: &[&str], tables: &[&str]) {
        let parts: Vec<String> =
            starts.iter().flat_map(|one| ends.iter().map(move |two| format!("{one}{two}"))).collect();
        let piles = parts.iter().flat_map(|one| parts.iter().map(move |two| format!("{one}{two}")));
        let words = tables.iter().flat_map(|table| table.split_whitespace().map(str::to_owned));
        for word in piles.chain(words) {
            let key = stem(&word);
            assert_eq!(stem(&key), key, "{word}");
            assert!(key.len() >= word.len().min(2), "{word}");
        }
    }
}
