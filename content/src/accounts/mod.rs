//! Accounts: who can sign in, how, and where they are signed in.

mod address;
mod enter;
pub(crate) mod entity;
mod erase;
mod links;
mod manage;
mod many;
mod name;
mod own;
mod password;
mod signed;
mod store;
#[cfg(test)]
mod tests;
mod token;
mod tries;

pub use address::Address;
pub use enter::{Entered, Introduced, accept, by_link, by_password};
pub use erase::{delete_yours, your_data};
pub(crate) use erase::{erase, known_as, overwritten};
pub(crate) use links::to_claim;
pub use links::{
    Invitation, Link, Open, Purpose, asked_to_sign_in, invite, link, may_write, open_invitations, set_up, to_sign_in,
    withdraw,
};
pub use manage::{disable, enable, make, set_platform};
pub(crate) use manage::{end_of_seat, part_lost};
pub use many::{Checked, Guest, check_guests, invite_guests};
pub use name::Name;
pub use own::{change_address, end_others, end_sign_in, rename, set_address, set_password, to_change_address};
pub use signed::{
    Found, KNOWN, Kept, LONGEST, TAKEN, UNUSED, begin_sign_in, delete_sign_in, keep_sign_in, note_rights, prune,
    remember_device, renew_sign_in, sign_in_data,
};
pub(crate) use store::called;
pub use store::{Account, SignIn, account, accounts, by_address, sign_ins, somebody, your_account, your_seminars};
pub use token::{Token, key};
pub use tries::{Client, Tries, Wait};

/// Why something was not done that somebody asked for. Each concerns one field of a form, or the whole of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A name is needed.
    #[error("a name is missing")]
    NameEmpty,
    /// It is longer than [`Name::MOST`].
    #[error("the name is longer than 80 letters")]
    NameLong,
    /// It has signs that no name has.
    #[error("the name has signs that no name has")]
    NameOdd,
    /// No letter can be sent there.
    #[error("this is no e-mail address")]
    AddressOdd,
    /// Another line of the list has it.
    #[error("another line has this e-mail address")]
    AddressTwice,
    /// Another account has it.
    #[error("another account has this e-mail address")]
    AddressTaken,
    /// It has fewer than 10 letters.
    #[error("the password has fewer than 10 letters")]
    PasswordShort,
    /// It has more than 200 letters.
    #[error("the password has more than 200 letters")]
    PasswordLong,
    /// It is guessed soon.
    #[error("the password is easy to guess")]
    PasswordWeak,
    /// The password that was asked for as a proof is another.
    #[error("this is not the password of now")]
    PasswordWrong,
    /// No account has this address and this password; which of them is wrong is not said.
    #[error("this address and this password do not belong together")]
    Unknown,
    /// Not before so many seconds.
    #[error("too many tries; again in {0} seconds")]
    Wait(i64),
    /// The link was spent, has ended, or never was one.
    #[error("this link has been used, or has ended")]
    Spent,
    /// The table of roles does not let them, or there is nothing to be seen by them: the same for both.
    #[error("there is no such account, or this is not for you to do")]
    Forbidden,
    /// No door that is open has this code, and no seat.
    #[error("no open door has this code")]
    Closed,
    /// Whoever took this part, or came in by the door, would not see the seminar.
    #[error("they would not see the seminar")]
    Hidden,
    /// Somebody else changed it meanwhile.
    #[error("somebody else changed it meanwhile")]
    Changed,
    /// The moment at which it is to happen has passed.
    #[error("this moment has passed")]
    Passed,
    /// A notice says something.
    #[error("the notice says nothing")]
    NoticeEmpty,
    /// It is longer than [`crate::notices::LETTERS_MOST`].
    #[error("the notice is longer than 500 letters")]
    NoticeLong,
    /// It has signs that no text has.
    #[error("the notice has signs that no text has")]
    NoticeOdd,
    /// As many stand as can be read ([`crate::notices::STANDING_MOST`]).
    #[error("ten notices stand already: take one down first")]
    NoticesMany,
    /// There would be nobody left who runs the seminar.
    #[error("this is the last organiser: make another first")]
    LastOrganiser,
    /// There would be nobody left who runs the platform.
    #[error("this is the last administrator: make another first")]
    LastAdministrator,
}

/// The fields that a refusal can concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What somebody is called.
    Name,
    /// An e-mail address.
    Address,
    /// A new password.
    Password,
    /// The password of now, as a proof.
    Current,
    /// A code.
    Code,
    /// A time of day.
    Time,
    /// What is said.
    Text,
    /// All of what was sent.
    Whole,
}

impl Refusal {
    /// What it concerns.
    pub fn field(self) -> Field {
        match self {
            Self::NameEmpty | Self::NameLong | Self::NameOdd => Field::Name,
            Self::AddressOdd | Self::AddressTwice | Self::AddressTaken => Field::Address,
            Self::PasswordShort | Self::PasswordLong | Self::PasswordWeak => Field::Password,
            Self::PasswordWrong => Field::Current,
            Self::Closed => Field::Code,
            Self::Passed => Field::Time,
            Self::NoticeEmpty | Self::NoticeLong | Self::NoticeOdd => Field::Text,
            Self::Unknown
            | Self::Wait(_)
            | Self::Spent
            | Self::Forbidden
            | Self::Hidden
            | Self::Changed
            | Self::NoticesMany
            | Self::LastOrganiser
            | Self::LastAdministrator => Field::Whole,
        }
    }
}

/// What comes of a change: the store may fail, and what was asked for may be refused.
pub type Outcome<T> = Result<Result<T, Refusal>, crate::store::Failure>;

/// Goes on with what was not refused.
macro_rules! granted {
    ($asked:expr) => {
        match $asked {
            Ok(value) => value,
            Err(refusal) => return Ok(Err(refusal.into())),
        }
    };
}
pub(crate) use granted;
