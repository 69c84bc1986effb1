//! Seats: who is at a seminar, with an account or without, and the door by which they come in.

mod code;
mod door;
mod enter;
pub(crate) mod entity;
mod list;
mod part;
mod rehearsal;
#[cfg(test)]
mod tests;

pub use code::Code;
pub use door::{Door, change, close, door, open};
pub use enter::{again, claim, join, seated};
pub(crate) use enter::{claimed, of_seat};
pub use list::{Seat, add, remove, seats, set_delegation, your_seat};
pub(crate) use list::{erase, folded, free_name, inside};
pub use part::{Is, seat, set_part};
pub use rehearsal::{end_rehearsal, rehearsal, rehearse};
pub(crate) use rehearsal::{goes_on, rehearsals};
