//! What may be done on a board, and what comes of it: the same in the server and in the browser.

use super::{
    Shown,
    log::{Board, By, Card, Command, Eye, Happened, Id, Phase, Says, Sender, To, What},
};
use crate::coded::coded;
use language::Language;

/// The most letters of a card.
pub const LETTERS_MOST: usize = 500;
/// The most cards of a board.
pub const CARDS_MOST: usize = 2000;
/// The most cards of one author on a board.
pub const CARDS_OF_ONE_MOST: usize = 50;
/// The most that happens on a board.
pub const EVENTS_MOST: i64 = 20_000;
/// The most that one author does on a board within a minute.
pub const A_MINUTE_MOST: usize = 20;
const MINUTE: i64 = 60 * 1000;

coded! {
    /// Why something was not done on a board.
    Refusal {
        /// It is not for them to do.
        Forbidden = "forbidden",
        /// It does not belong to this phase.
        NotNow = "not-now",
        /// There is no such card before them.
        NotThere = "not-there",
        /// It says nothing.
        Empty = "empty",
        /// It is longer than [`LETTERS_MOST`].
        Long = "long",
        /// It holds signs that cannot be read.
        Odd = "odd",
        /// They have done more than [`A_MINUTE_MOST`] things within a minute.
        Fast = "fast",
        /// There are [`CARDS_MOST`] cards, or more has happened than [`EVENTS_MOST`].
        Full = "full",
        /// There are [`CARDS_OF_ONE_MOST`] of theirs.
        Many = "many",
        /// Another command has this id.
        Taken = "taken",
    }
}

/// Whoever wants something done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What they see.
    pub eye: Eye,
    /// The country of their delegation.
    pub group: Option<String>,
    /// They write on boards.
    pub writes: bool,
    /// Who speaks at its session is told to the team alone.
    pub quiet: bool,
}

/// What comes of a command, each with the author of the card that it is about; nothing, where it was carried out before. `now`
/// is in milliseconds since 1970.
///
/// # Errors
/// Why it is not done.
pub fn decide(
    board: &Board,
    (id, command): (Id, &Command),
    actor: &Actor,
    now: i64,
) -> Result<Vec<(By, What)>, Refusal> {
    let by = if command.leads() { By::Nobody } else { actor.eye.by };
    let sender = if command.leads() { Sender::Lead } else { Sender::Author(by) };
    if let Some((before, _)) = board.done.get(&id) {
        return if [sender, Sender::Forgotten].contains(before) { Ok(Vec::new()) } else { Err(Refusal::Taken) };
    }
    if !(if command.leads() { actor.eye.leads } else { actor.writes && by != By::Nobody }) {
        return Err(Refusal::Forbidden);
    }
    if !command.leads() {
        if board.phase != Phase::Gather {
            return Err(Refusal::NotNow);
        }
        if board.number >= EVENTS_MOST {
            return Err(Refusal::Full);
        }
        let lately = |(of, at): &&(Sender, i64)| *of == sender && now - at < MINUTE;
        if board.done.values().filter(lately).count() >= A_MINUTE_MOST {
            return Err(Refusal::Fast);
        }
    }
    let card = |card: &Id| board.cards.get(card).ok_or(Refusal::NotThere);
    let own = |id: &Id| card(id).and_then(|card| if card.by == by { Ok(card) } else { Err(Refusal::NotThere) });
    let one = |by, to, happened| Ok(vec![(by, What { to, happened })]);
    let to = |shown| if shown { To::Room } else { To::Author };
    match command {
        Command::Move { to: phase } if *phase == board.phase => Ok(Vec::new()),
        // What people have begun with is not ahead of them again.
        Command::Move { to: Phase::Ahead } => Err(Refusal::NotNow),
        Command::Move { to: phase } => Ok(moved(board, *phase, actor.quiet)),
        Command::Write { language, text } => {
            let says = says(actor.group.clone(), *language, text)?;
            if board.cards.contains_key(&id) {
                return Err(Refusal::Taken);
            }
            if board.cards.values().filter(|card| !card.hidden).count() >= CARDS_MOST {
                return Err(Refusal::Full);
            }
            if board.cards.values().filter(|card| card.by == by).count() >= CARDS_OF_ONE_MOST {
                return Err(Refusal::Many);
            }
            one(by, to(board.details.shown == Shown::AtOnce), Happened::Written { card: id, says })
        }
        Command::Edit { card: id, language, text } => {
            let card = own(id)?;
            // Nobody else sees it: it would come back with other words.
            if card.hidden {
                return Err(Refusal::NotThere);
            }
            let says = says(card.says.group.clone(), *language, text)?;
            if says == card.says {
                Ok(Vec::new())
            } else {
                one(by, to(card.shown), Happened::Edited { card: *id, says })
            }
        }
        Command::Withdraw { card } => {
            let shown = own(card)?.shown;
            one(by, to(shown), Happened::Removed { card: *card })
        }
        Command::Hide { card: id } => match card(id)? {
            Card { shown: false, .. } => Err(Refusal::NotThere),
            Card { hidden: true, .. } => Ok(Vec::new()),
            card => one(card.by, To::Room, Happened::Hidden { card: *id }),
        },
        Command::Show { card: id } => match card(id)? {
            Card { shown: false, .. } => Err(Refusal::NotThere),
            Card { hidden: false, .. } => Ok(Vec::new()),
            card => one(card.by, To::Room, Happened::Revealed { card: *id, says: card.says.clone() }),
        },
    }
}

impl Command {
    /// Whether it is for those who lead the work.
    pub fn leads(&self) -> bool {
        matches!(self, Self::Move { .. } | Self::Hide { .. } | Self::Show { .. })
    }
}

/// Cards that were written in silence stand before the room when everybody has written: in an order that says nothing of
/// who wrote first.
fn moved(board: &Board, to: Phase, quiet: bool) -> Vec<(By, What)> {
    let silent = board.cards.iter().filter(|(_, card)| to != Phase::Gather && !card.shown);
    let revealed = silent.map(|(id, card)| {
        let happened = Happened::Revealed { card: *id, says: card.says.clone() };
        (card.by, What { to: To::Room, happened })
    });
    // After that nobody may know any more whose they are.
    revealed.chain([(By::Nobody, What { to: To::Room, happened: Happened::Moved { phase: to, quiet } })]).collect()
}

/// What a card says, if it can stand.
fn says(group: Option<String>, language: Language, typed: &str) -> Result<Says, Refusal> {
    // Before anything walks through it.
    if typed.len() > 64 * LETTERS_MOST {
        return Err(Refusal::Long);
    }
    let text = language::line(typed);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Refusal::Empty);
    }
    if text.chars().count() > LETTERS_MOST {
        return Err(Refusal::Long);
    }
    if text.chars().any(char::is_control) { Err(Refusal::Odd) } else { Ok(Says { group, language, text }) }
}
