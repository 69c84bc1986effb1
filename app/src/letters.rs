//! Letters: what is written to whom, in the language of who has it written. None says what a seminar is about.

use crate::{accounts::moment, asked::Asked, words::Words};
use jiff::Timestamp;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::{Receiver, Sender, channel, error::TrySendError};

/// Letters that wait to be sent: more are refused.
const WAITING_MOST: usize = 1000;

/// A letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// To which address.
    pub to: String,
    /// In one line.
    pub subject: String,
    /// Without anything marked up.
    pub text: String,
}

/// Without what it says: a link in it lets somebody in.
impl std::fmt::Debug for Letter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Letter").finish_non_exhaustive()
    }
}

/// Where letters are posted; nowhere, where no mail server is set up.
#[derive(Clone, Debug, Default)]
pub struct Post(Option<Arc<Letterbox>>);

#[derive(Debug)]
struct Letterbox {
    letters: Sender<Letter>,
    failed: Mutex<Option<(Timestamp, String)>>,
}

impl Post {
    /// A post, and where its letters are taken from.
    pub fn new() -> (Self, Receiver<Letter>) {
        let (letters, taken) = channel(WAITING_MOST);
        (Self(Some(Arc::new(Letterbox { letters, failed: Mutex::default() }))), taken)
    }

    /// Whether letters can be sent at all.
    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// Posts a letter: whether it is on its way.
    pub(crate) fn send(&self, letter: Letter) -> bool {
        let Some(post) = &self.0 else { return false };
        match post.letters.try_send(letter) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Closed(_)) => {
                tracing::warn!("more letters wait than can be kept: one is not sent");
                false
            }
        }
    }

    /// Notes that a letter could not be sent, and why, in a word.
    pub fn failed_to_send(&self, at: Timestamp, why: String) {
        let Some(post) = &self.0 else { return };
        if let Ok(mut last) = post.failed.lock() {
            *last = Some((at, why));
        }
    }

    /// When a letter could not be sent last, and why.
    pub(crate) fn failed(&self) -> Option<(Timestamp, String)> {
        self.0.as_ref()?.failed.lock().ok()?.clone()
    }
}

/// With a link by which one signs in.
pub(crate) fn to_sign_in(asked: &Asked, to: &str, path: &str, until: Timestamp) -> Letter {
    let words = asked.words();
    let about = (words.letter_sign_in(host(asked)), words.letter_not_you());
    once(asked, (to, words.letter_sign_in_subject()), about, (path, until))
}

/// With a link by which an account is reached at this address from then on.
pub(crate) fn to_change_address(asked: &Asked, to: &str, path: &str, until: Timestamp) -> Letter {
    let words = asked.words();
    let about = (words.letter_address(host(asked)), words.letter_address_not_you());
    once(asked, (to, words.letter_address_subject()), about, (path, until))
}

/// To the address of before.
pub(crate) fn address_changed(asked: &Asked, to: &str) -> Letter {
    let words = asked.words();
    letter(words, (to, words.letter_address_changed_subject()), &[&words.letter_address_changed(host(asked))])
}

/// That the password is another.
pub(crate) fn password_changed(asked: &Asked, to: &str) -> Letter {
    let words = asked.words();
    letter(words, (to, words.letter_password_subject()), &[&words.letter_password(host(asked))])
}

/// With an invitation.
pub(crate) fn invitation(asked: &Asked, to: &str, name: &str, path: &str, until: Timestamp) -> Letter {
    let words = asked.words();
    let by = asked.viewer.who().map(|somebody| somebody.name.clone()).unwrap_or_default();
    let greeting =
        if name.trim().is_empty() { words.letter_hello().to_owned() } else { words.letter_hello_to(name.trim()) };
    let about = (format!("{greeting}\n\n{}", words.letter_invited(by, host(asked))), "");
    once(asked, (to, words.letter_invited_subject()), about, (path, until))
}

/// With a link that is good once, until a moment; `more` stands behind it.
fn once(asked: &Asked, about: (&str, &str), (lead, more): (String, &str), (path, until): (&str, Timestamp)) -> Letter {
    let words = asked.words();
    let link = format!("{}{path}", asked.public_url);
    letter(words, about, &[&lead, &link, &words.letter_once(moment(words, until)), more])
}

fn letter(words: Words, (to, subject): (&str, &str), paragraphs: &[&str]) -> Letter {
    let text: Vec<&str> = paragraphs.iter().copied().filter(|paragraph| !paragraph.is_empty()).collect();
    let text = format!("{}\n\n-- \n{}\n", text.join("\n\n"), words.letter_by());
    Letter { to: to.to_owned(), subject: subject.to_owned(), text }
}

fn host(asked: &Asked) -> String {
    asked.public_url.split_once("://").map_or(&*asked.public_url, |(_, host)| host).to_owned()
}
