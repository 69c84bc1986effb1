//! What holds of a board whatever is done on it, in whichever order, however it arrives.

use crate::{boards::*, recommendations::Urgency};
use language::Language;
use proptest::prelude::*;

const PEOPLE: usize = 4;

/// Number 0 leads the work and does not write; the last looks on. Number 1 may know who speaks.
pub(super) fn actor(number: usize) -> Actor {
    let by = if (1..PEOPLE - 1).contains(&number) { By::Author(10 + number as i64) } else { By::Nobody };
    let eye = Eye { by, leads: number == 0, knows_names: number <= 1 };
    let group = Some(["AL", "BA", "MD", "AL"][number].to_owned());
    Actor { eye, group, writes: by != By::Nobody, quiet: false }
}

pub(super) fn id(number: u64) -> Id {
    Id::new(number)
}

/// A board as a server keeps it.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) board: Board,
    pub(super) log: Vec<Event>,
}

impl Kept {
    pub(super) fn new(names: Names, shown: Shown) -> Self {
        // Where cards have no names, ballots are secret all the same.
        let details = Details { names, shown, ballots: Ballots::Open };
        Self { board: Board::new(details), log: Vec::new() }
    }

    pub(super) fn does(&mut self, person: usize, sent: (u64, Command), at: i64) -> Result<usize, Refusal> {
        let command = id(sent.0);
        let mut came = decide(&self.board, (command, &sent.1), &actor(person), at)?;
        if sent.1.counts() && !came.is_empty() {
            let casts: Vec<Cast> = self.board.ballots.values().cloned().collect();
            let tallied = |tally| (By::Nobody, What { to: To::Room, happened: Happened::Tallied { tally } });
            came = self.board.counts(&casts).map(tallied).into_iter().chain(came).collect();
        }
        for (nth, (by, what)) in came.iter().cloned().enumerate() {
            let number = self.board.number + 1;
            let event = Event { number, at, by, command: Some(command).filter(|_| nth == 0), what };
            self.board.apply(&event);
            self.log.push(event);
        }
        Ok(came.len())
    }

    pub(super) fn seen(&self, person: usize) -> Vec<Event> {
        self.log.iter().filter_map(|event| see(event, actor(person).eye, self.board.details)).collect()
    }
}

pub(super) fn write(text: &str) -> Command {
    Command::Write { language: Language::English, text: text.to_owned() }
}

pub(super) fn moves(to: Phase) -> Command {
    Command::Move { to }
}

pub(super) fn called(text: impl Into<String>) -> Wording {
    Wording { language: Language::Bosnian, text: text.into() }
}

fn edit(card: u64, text: &str) -> Command {
    Command::Edit { card: id(card), language: Language::Albanian, text: text.to_owned() }
}

fn commands() -> impl Strategy<Value = Vec<(usize, u64, Command)>> {
    let card = || (0..24_u64).prop_map(id);
    let some = || prop::collection::vec(card(), 0..4);
    let name = || "[a-d]{1,3}".prop_map(called);
    let command = prop_oneof![
        6 => (0..1000_u32).prop_map(|n| write(&format!("secret{n}"))),
        2 => (card(), 0..1000_u32).prop_map(|(card, n)| Command::Edit {
            card, language: Language::Romanian, text: format!("secret{n}")
        }),
        1 => card().prop_map(|card| Command::Withdraw { card }),
        1 => card().prop_map(|card| Command::Hide { card }),
        1 => card().prop_map(|card| Command::Show { card }),
        2 => prop::sample::select(Phase::ALL).prop_map(moves),
        1 => Just(moves(Phase::Cluster)),
        1 => (0..500_u16).prop_map(|minutes| Command::Time { minutes }),
        2 => (some(), prop::option::of(name())).prop_map(|(cards, name)| Command::Cluster { cards, name }),
        2 => (some(), prop::option::of(card())).prop_map(|(cards, cluster)| Command::Sort { cards, cluster }),
        1 => (card(), name()).prop_map(|(cluster, name)| Command::Name { cluster, name }),
        1 => (card(), prop::option::of(card())).prop_map(|(cluster, into)| Command::Merge { cluster, into }),
        2 => (prop::sample::select(Method::ALL), 1..4_u8).prop_map(|(method, dots)| Command::Open { how: How { method, dots } }),
        4 => ballot().prop_map(|ballot| Command::Vote { ballot }),
        1 => ballot().prop_map(|ballot| Command::Enter { hand: Hand::Paper, group: None, seat: None, ballot }),
        1 => card().prop_map(|ballot| Command::Discard { ballot }),
        1 => Just(moves(Phase::Agree)),
        2 => (prop::option::of(card()), name()).prop_map(|(of, text)| Command::Propose { of, text }),
        3 => (card(), 0..80_i64, changes()).prop_map(|(proposal, was, changes)| Command::Amend { proposal, was, changes }),
        1 => card().prop_map(|proposal| Command::Drop { proposal }),
        1 => card().prop_map(|proposal| Command::Publish { proposal }),
    ];
    prop::collection::vec((0..PEOPLE, 0..24_u64, command), 0..80)
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let line = || "[a-d]{1,3}";
    let change = prop_oneof![
        line().prop_map(|text| Change::Text(called(text))),
        prop::option::of(prop::sample::select(Urgency::ALL)).prop_map(Change::Urgency),
        prop::collection::vec(line(), 0..3).prop_map(Change::Addressees),
        prop::collection::vec(line(), 0..3).prop_map(Change::Themes),
    ];
    prop::collection::vec(change, 0..3)
}

/// One on whatever there is.
fn ballot() -> impl Strategy<Value = Ballot> {
    let marks = || prop::collection::btree_map((0..24_u64).prop_map(id), 0..3_u8, 0..24);
    prop_oneof![
        2 => marks().prop_map(Ballot::Dots),
        1 => marks().prop_map(Ballot::Score),
        1 => marks().prop_map(Ballot::Ranked),
        1 => marks().prop_map(|marks| Ballot::Consent(marks.into_iter().map(|(id, mark)| (id, match mark {
            0 => Stance::Agree,
            1 => Stance::Aside,
            _ => Stance::Object { reason: called("not yet") },
        })).collect())),
    ]
}

fn ways() -> impl Strategy<Value = (Names, Shown)> {
    (prop::sample::select(Names::ALL), prop::sample::select(Shown::ALL))
}

proptest! {
    /// What a client folds of what it is let see is what it may see of the server's board; also when it was cut off and
    /// came again, and what it has comes once more.
    #[test]
    fn all_clients_end_on_what_they_may_see((names, shown) in ways(), commands in commands(), cuts in prop::collection::vec(0..60_usize, 0..5)) {
        let mut kept = Kept::new(names, shown);
        // The one who leads begins, or little would happen.
        kept.does(0, (100, moves(Phase::Gather)), 0).ok();
        for (at, (person, id, command)) in commands.into_iter().enumerate() {
            kept.does(person, (id, command), at as i64).ok();
        }
        for person in 0..PEOPLE {
            let eye = actor(person).eye;
            let mut client = Board::new(kept.board.details);
            let seen = kept.seen(person);
            // It is cut off at places, and is sent everything again from an earlier one.
            for cut in &cuts {
                seen.iter().take(*cut).for_each(|event| client.apply(event));
            }
            seen.iter().for_each(|event| client.apply(event));
            let (mut folded, mut server) = (client.seen_by(eye), kept.board.seen_by(eye));
            // Of events that it may not see it learns nothing, their number included.
            (folded.number, server.number) = (0, 0);
            prop_assert_eq!(&folded, &server);
            // Whoever comes late, or back, ends on the same, and reads nothing that was taken away meanwhile.
            for cut in cuts.iter().chain(&[0]) {
                let mut late = Board::new(kept.board.details);
                let (before, after) = kept.log.split_at((*cut).min(kept.log.len()));
                before.iter().filter_map(|event| see(event, eye, kept.board.details)).for_each(|event| late.apply(&event));
                for mut event in after.iter().filter_map(|event| kept.board.still(event, eye)) {
                    if event.by != By::You && let Some((card, says)) = event.what.happened.says() {
                        prop_assert_eq!(server.cards.get(&card).map(|card| &card.says), Some(&*says));
                    }
                    late.apply(&event);
                }
                let mut late = late.seen_by(eye);
                late.number = 0;
                prop_assert_eq!(&late, &server);
            }
        }
        // And the log alone makes the server's own.
        let mut again = Board::new(kept.board.details);
        kept.log.iter().for_each(|event| again.apply(event));
        prop_assert_eq!(again, kept.board);
    }

    /// Words travel to those alone who may read them, and so do names.
    #[test]
    fn nothing_travels_that_may_not((names, shown) in ways(), commands in commands()) {
        let mut kept = Kept::new(names, shown);
        kept.does(0, (100, moves(Phase::Gather)), 0).ok();
        for (at, (person, id, command)) in commands.into_iter().enumerate() {
            let before = kept.log.len();
            kept.does(person, (id, command), at as i64).ok();
            for event in &kept.log[before..] {
                for reader in 0..PEOPLE {
                    let Some(seen) = see(event, actor(reader).eye, kept.board.details) else { continue };
                    let own = event.by != By::Nobody && event.by == actor(reader).eye.by;
                    let json = serde_json::to_string(&seen).expect("written");
                    let told = names == Names::Signed && reader <= 1;
                    prop_assert!(told || !json.contains("author\":"), "{json}");
                    prop_assert!(own || seen.command.is_none() || reader == 0, "{json}");
                    if json.contains("secret") && !own {
                        // It stands before the room, and nobody hid it.
                        let is = matches!(&event.what.happened, Happened::Written { card, .. }
                            | Happened::Edited { card, .. } | Happened::Revealed { card, .. }
                            if kept.board.cards.get(card).is_some_and(|card| card.shown && !card.hidden));
                        prop_assert!(is, "{json}");
                        let silent = shown == Shown::AtEnd && kept.board.phase == Phase::Gather;
                        let before = kept.log.iter().any(|event| matches!(event.what.happened, Happened::Revealed { .. }));
                        prop_assert!(!silent || before, "written in silence: {json}");
                    }
                }
            }
        }
    }

    /// What is sent again changes nothing and is no refusal, whenever it comes.
    #[test]
    fn a_repeat_does_nothing_twice((names, shown) in ways(), commands in commands(), again in 0..60_usize) {
        let mut kept = Kept::new(names, shown);
        kept.does(0, (100, moves(Phase::Gather)), 0).ok();
        let mut done = Vec::new();
        for (at, (person, id, command)) in commands.into_iter().enumerate() {
            if kept.does(person, (id, command.clone()), at as i64).is_ok_and(|came| came > 0) {
                done.push((person, id, command));
            }
        }
        if let Some((person, id, command)) = done.get(again).cloned() {
            let before = kept.board.clone();
            prop_assert_eq!(kept.does(person, (id, command), 10_000), Ok(0));
            prop_assert_eq!(before, kept.board);
        }
    }

    /// An event is read back from what is kept and sent of it.
    #[test]
    fn events_are_read_back((names, shown) in ways(), commands in commands()) {
        let mut kept = Kept::new(names, shown);
        kept.does(0, (100, moves(Phase::Gather)), 0).ok();
        for (at, (person, id, command)) in commands.into_iter().enumerate() {
            let json = serde_json::to_string(&command).expect("written");
            prop_assert_eq!(serde_json::from_str::<Command>(&json).expect("done"), command.clone());
            kept.does(person, (id, command), at as i64).ok();
        }
        for event in &kept.log {
            let json = serde_json::to_string(event).expect("written");
            prop_assert_eq!(&serde_json::from_str::<Event>(&json).expect("done"), event);
        }
    }
}

pub(super) fn open(names: Names, shown: Shown) -> Kept {
    let mut kept = Kept::new(names, shown);
    kept.does(0, (100, moves(Phase::Gather)), 0).expect("done");
    kept
}

#[test]
fn a_card_that_was_written_in_silence_stands_before_the_room_when_all_have_written() {
    let mut kept = open(Names::Anonymous, Shown::AtEnd);
    kept.does(1, (1, write("One")), 0).expect("done");
    kept.does(2, (2, write("Two")), 1).expect("done");
    let texts = |kept: &Kept, person: usize| -> Vec<String> {
        let board = kept.board.seen_by(actor(person).eye);
        board.in_order().into_iter().map(|(_, card)| card.says.text.clone()).collect()
    };
    assert_eq!((texts(&kept, 1), texts(&kept, 2)), (vec!["One".to_owned()], vec!["Two".to_owned()]));
    assert!(texts(&kept, 0).is_empty(), "whoever leads is not shown it either");
    kept.does(0, (101, moves(Phase::Closed)), 2).expect("done");
    for person in 0..PEOPLE {
        assert_eq!(texts(&kept, person), ["One", "Two"]);
    }
    // Back again: what is written now is silent once more, and what stood before the room stays there.
    kept.does(0, (102, moves(Phase::Gather)), 3).expect("done");
    kept.does(2, (3, write("Three")), 4).expect("done");
    assert_eq!(texts(&kept, 1), ["One", "Two"]);
}

#[test]
fn each_phase_opens_only_what_belongs_to_it() {
    let mut kept = Kept::new(Names::Signed, Shown::AtOnce);
    assert_eq!(kept.does(1, (1, write("Early")), 0), Err(Refusal::NotNow));
    kept.does(0, (100, moves(Phase::Gather)), 0).expect("done");
    kept.does(1, (2, write("In time")), 0).expect("done");
    kept.does(0, (101, moves(Phase::Closed)), 0).expect("done");
    assert_eq!(kept.does(1, (3, write("Late")), 0), Err(Refusal::NotNow));
    assert_eq!(kept.does(1, (4, edit(2, "Late")), 0), Err(Refusal::NotNow));
    assert_eq!(kept.does(1, (2, write("In time")), 0), Ok(0), "what was there in time is there");
}

#[test]
fn nobody_does_what_is_not_theirs() {
    let mut kept = open(Names::Signed, Shown::AtOnce);
    kept.does(1, (1, write("Mine")), 0).expect("done");
    assert_eq!(kept.does(2, (2, edit(1, "Yours")), 0), Err(Refusal::NotThere));
    assert_eq!(kept.does(2, (3, Command::Withdraw { card: id(1) }), 0), Err(Refusal::NotThere));
    assert_eq!(kept.does(2, (4, Command::Hide { card: id(1) }), 0), Err(Refusal::Forbidden));
    assert_eq!(kept.does(2, (5, moves(Phase::Closed)), 0), Err(Refusal::Forbidden));
    assert_eq!(kept.does(0, (105, moves(Phase::Ahead)), 0), Err(Refusal::NotNow), "what has begun has begun");
    assert_eq!(kept.does(3, (6, write("I look on")), 0), Err(Refusal::Forbidden));
    assert_eq!(kept.does(2, (1, write("Under its id")), 0), Err(Refusal::Taken));
    assert_eq!(kept.does(2, (100, write("Under that of who leads")), 0), Err(Refusal::Taken));
}

#[test]
fn a_hidden_card_is_gone_for_the_room_and_told_to_its_author() {
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    kept.does(1, (1, write("A name")), 0).expect("done");
    kept.does(0, (101, Command::Hide { card: id(1) }), 0).expect("done");
    assert!(kept.board.seen_by(actor(2).eye).cards.is_empty());
    let own = kept.board.seen_by(actor(1).eye);
    assert!(own.cards.values().all(|card| card.hidden && card.by == By::You) && own.cards.len() == 1);
    assert_eq!(kept.does(1, (2, edit(1, "Another")), 0), Err(Refusal::NotThere), "not while nobody sees it");
    let last = kept.seen(2).pop().expect("done");
    assert_eq!(last.what.happened, Happened::Removed { card: id(1) });
    kept.does(0, (102, Command::Show { card: id(1) }), 0).expect("done");
    assert_eq!(kept.board.seen_by(actor(2).eye).cards.len(), 1);
}

#[test]
fn closing_an_anonymous_board_forgets_who_wrote() {
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    kept.does(1, (1, write("One")), 0).expect("done");
    kept.does(0, (101, moves(Phase::Closed)), 0).expect("done");
    kept.does(0, (102, moves(Phase::Gather)), 0).expect("done");
    assert!(kept.board.cards.values().all(|card| card.by == By::Nobody));
    assert_eq!(kept.does(1, (2, edit(1, "Mine?")), 0), Err(Refusal::NotThere));
    assert_eq!(kept.does(1, (1, write("One")), 0), Ok(0), "and what comes again is known all the same");
}

#[test]
fn what_cannot_stand_as_a_card_is_refused_by_name() {
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    for (text, refusal) in [
        ("", Refusal::Empty),
        (" \u{202e}\n--- ", Refusal::Empty),
        (&"a".repeat(LETTERS_MOST + 1), Refusal::Long),
        (&"\u{301}".repeat(100_000), Refusal::Long),
        ("a\u{7}b", Refusal::Odd),
    ] {
        assert_eq!(kept.does(1, (1, write(text)), 0), Err(refusal), "{:?}", text.get(..20));
    }
    kept.does(1, (1, write(&"ж".repeat(LETTERS_MOST))), 0).expect("done");
    kept.does(1, (2, write("<b>&amp;\r\n two  lines\u{202e}")), 0).expect("done");
    assert_eq!(kept.board.cards[&id(2)].says.text, "<b>&amp; two lines");
}

#[test]
fn who_does_too_much_in_a_minute_waits() {
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    for number in 0..A_MINUTE_MOST as u64 {
        kept.does(1, (number, write("Again")), 1000).expect("done");
    }
    assert_eq!(kept.does(1, (90, write("Again")), 30_000), Err(Refusal::Fast));
    kept.does(2, (91, write("Somebody else")), 30_000).expect("done");
    kept.does(1, (92, write("Later")), 61_000).expect("done");
}

#[test]
fn nobody_fills_a_board_alone() {
    let mut kept = open(Names::Anonymous, Shown::AtOnce);
    for number in 0..CARDS_OF_ONE_MOST as u64 {
        kept.does(1, (1000 + number, write("Again")), number as i64 * 10_000).expect("written");
    }
    let at = CARDS_OF_ONE_MOST as i64 * 10_000;
    assert_eq!(kept.does(1, (1, write("One more")), at), Err(Refusal::Many));
    kept.does(2, (2, write("Somebody else")), at).expect("written");
    kept.does(1, (3, Command::Withdraw { card: id(1000) }), at).expect("taken back");
    kept.does(1, (4, write("One more")), at).expect("written");
    kept.board.number = EVENTS_MOST;
    assert_eq!(kept.does(2, (5, write("Too much has happened")), at), Err(Refusal::Full));
    kept.does(0, (106, moves(Phase::Closed)), at).expect("closed all the same");
}

#[test]
fn an_id_is_sixteen_digits_and_nothing_else() {
    assert_eq!("00000000000000ff".parse(), Ok(id(255)));
    for odd in ["", "ff", "00000000000000FF", "+0000000000000ff", "00000000000000ff0", "0x000000000000ff"] {
        assert!(odd.parse::<Id>().is_err(), "{odd}");
    }
}

#[test]
fn names_that_somebody_was_told_stay_with_the_team_stay_there() {
    let mut kept = open(Names::Signed, Shown::AtOnce);
    assert!(!kept.board.quiet);
    // The Chatham House rule came while they wrote, and went again.
    let told = Actor { quiet: true, ..actor(1) };
    let came = decide(&kept.board, (id(1), &write("Mine")), &told, 0).expect("written");
    let [(by, what)] = <[_; 1]>::try_from(came).expect("one event");
    let number = kept.board.number + 1;
    kept.board.apply(&Event { number, at: 0, by, command: Some(id(1)), what });
    kept.does(2, (2, write("Other")), 0).expect("written");
    assert!(kept.board.quiet);
}

#[test]
fn a_clock_runs_for_the_room_until_it_moves_on() {
    let mut kept = open(Names::Anonymous, Shown::AtEnd);
    let time = |minutes| Command::Time { minutes };
    assert_eq!(kept.does(1, (1, time(5)), 0), Err(Refusal::Forbidden));
    assert_eq!(kept.does(0, (101, time(0)), 0), Ok(0), "none runs");
    assert_eq!(kept.does(0, (102, time(MINUTES_MOST + 1)), 0), Err(Refusal::Minutes));
    kept.does(0, (103, time(5)), 1_000).expect("set");
    assert_eq!((kept.board.until, kept.board.seen_by(actor(3).eye).until), (Some(301_000), Some(301_000)));
    kept.does(0, (104, time(2)), 2_000).expect("set anew");
    assert_eq!(kept.board.until, Some(122_000));
    kept.does(1, (2, write("Late, and taken all the same")), 200_000).expect("who leads ends it, not the clock");
    kept.does(0, (105, time(0)), 3_000).expect("stopped");
    assert_eq!(kept.board.until, None);
    kept.does(0, (106, time(5)), 4_000).expect("set");
    kept.does(0, (107, moves(Phase::Closed)), 5_000).expect("moved");
    assert_eq!(kept.board.until, None);
    assert_eq!(kept.does(0, (108, time(5)), 6_000), Err(Refusal::NotNow));
}
