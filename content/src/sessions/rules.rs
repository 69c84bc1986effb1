//! What holds of the sessions of a programme together: their order, and what clashes.

use jiff::{Timestamp, civil::Date};

/// What a session needs, and when.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// From when.
    pub starts: Option<Timestamp>,
    /// Until when, where it is known.
    pub ends: Option<Timestamp>,
    /// Where.
    pub room: Option<String>,
    /// Who contributes: what tells them apart.
    pub people: Vec<String>,
}

/// Two sessions at one time that need the same, by their places in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The one that starts first.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// What both need.
    pub over: Over,
}

/// What two sessions need at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// A room, as the first names it.
    Room(String),
    /// Somebody.
    Person(String),
}

/// What clashes, in the order of time. A session whose end is not known is there at its start alone.
pub fn clashes(sessions: &[Needs]) -> Vec<Clash> {
    let mut timed: Vec<(Timestamp, Timestamp, usize)> = (0..)
        .zip(sessions)
        .filter_map(|(at, session)| Some((session.starts?, session.ends.or(session.starts)?, at)))
        .collect();
    timed.sort_unstable();
    let mut found = Vec::new();
    for (place, (starts, ends, one)) in timed.iter().enumerate() {
        let later = timed[place + 1..].iter().take_while(|(other, ..)| other < ends || other == starts);
        for (_, _, other) in later {
            let over = shared(&sessions[*one], &sessions[*other]);
            found.extend(over.into_iter().map(|over| Clash { one: *one, other: *other, over }));
        }
    }
    found
}

fn shared(one: &Needs, other: &Needs) -> Vec<Over> {
    // `Sala 1`, `sala  1`, `Сала 1`.
    let folded = |room: &str| language::words(room).map(|word| word.folded.into_owned()).collect::<Vec<_>>();
    let room = one.room.as_ref().zip(other.room.as_ref()).filter(|(one, other)| folded(one) == folded(other));
    let room = room.map(|(room, _)| Over::Room(room.clone()));
    let mut people: Vec<&String> = one.people.iter().filter(|person| other.people.contains(person)).collect();
    people.sort_unstable();
    people.dedup();
    room.into_iter().chain(people.into_iter().map(|person| Over::Person(person.clone()))).collect()
}

/// When a session is, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// Its day, by the seminar's clock.
    pub(crate) day: Option<Date>,
    /// The moment at which it starts.
    pub(crate) starts: Option<Timestamp>,
}

/// The order of sessions that stand in some order: days come after each other, then what has none; on a day, what has a
/// time comes after what is earlier, and what has none stays at its place among them.
pub(crate) fn ordered(sessions: &[Known]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sessions.len()).collect();
    order.sort_by_key(|at| (sessions[*at].day.is_none(), sessions[*at].day));
    for day in order.chunk_by_mut(|one, next| sessions[*one].day == sessions[*next].day) {
        let mut timed: Vec<usize> = day.iter().copied().filter(|at| sessions[*at].starts.is_some()).collect();
        timed.sort_by_key(|at| sessions[*at].starts);
        let mut timed = timed.into_iter();
        for place in day {
            if sessions[*place].starts.is_some() {
                *place = timed.next().unwrap_or(*place);
            }
        }
    }
    order
}

/// Whether two neighbours may change places: nothing that is known of when they are says that they may not.
pub(crate) fn may_swap(one: Known, other: Known) -> bool {
    one.day == other.day && (one.starts.is_none() || other.starts.is_none() || one.starts == other.starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_480_000_000 + minute * 60).expect("a moment")
    }

    fn needs(from: i64, to: Option<i64>, room: &str, people: &[&str]) -> Needs {
        Needs {
            starts: Some(at(from)),
            ends: to.map(at),
            room: Some(room.to_owned()).filter(|room| !room.is_empty()),
            people: people.iter().map(|&person| person.to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_at_one_time_clashes_over_a_room_and_over_people() {
        let sessions = [
            needs(60, Some(120), "sala  1", &["swati", "ana"]),
            needs(0, Some(90), "Sala 1", &["ana", "ion", "ana"]),
            needs(120, Some(150), "Sala 1", &["ana"]),
            needs(70, None, "Kitchen", &["swati"]),
            Needs { room: Some("Sala 1".into()), people: vec!["ana".into()], ..Needs::default() },
        ];
        assert_eq!(
            clashes(&sessions),
            [
                Clash { one: 1, other: 0, over: Over::Room("Sala 1".into()) },
                Clash { one: 1, other: 0, over: Over::Person("ana".into()) },
                Clash { one: 0, other: 3, over: Over::Person("swati".into()) },
            ]
        );
        // Two that start together, of which nobody knows the end.
        let together = [needs(5, None, "Сала 1", &[]), needs(5, None, "sala 1", &[])];
        assert_eq!(clashes(&together).len(), 1);
        assert_eq!(clashes(&[needs(0, Some(60), "", &[]), needs(0, Some(60), "", &[])]), []);
    }

    #[test]
    fn what_has_no_time_stays_at_its_place() {
        let day = |day: i8| Some(jiff::civil::date(2016, 12, day));
        let known = |day, minute: Option<i64>| Known { day, starts: minute.map(at) };
        let sessions = [
            known(None, None),
            known(day(7), Some(10)),
            known(day(6), Some(40)),
            known(day(6), None),
            known(day(6), Some(20)),
            known(day(7), None),
        ];
        assert_eq!(ordered(&sessions), [4, 3, 2, 1, 5, 0]);
        assert!(may_swap(sessions[2], sessions[3]) && !may_swap(sessions[2], sessions[4]));
        assert!(!may_swap(sessions[3], sessions[5]));
    }

    proptest! {
        #[test]
        fn an_order_has_each_once_and_is_the_same_the_second_time(
            sessions in prop::collection::vec((prop::option::of(1_i8..4), prop::option::of(0_i64..90)), 0..12)
        ) {
            let known = |(day, minute): &(Option<i8>, Option<i64>)| Known {
                day: day.map(|day| jiff::civil::date(2016, 12, day)),
                starts: day.and(*minute).map(at),
            };
            let sessions: Vec<Known> = sessions.iter().map(known).collect();
            let order = ordered(&sessions);
            let mut each = order.clone();
            each.sort_unstable();
            prop_assert_eq!(each, (0..sessions.len()).collect::<Vec<_>>());
            let again: Vec<Known> = order.iter().map(|at| sessions[*at]).collect();
            prop_assert_eq!(ordered(&again), (0..sessions.len()).collect::<Vec<_>>());
            for pair in again.windows(2) {
                let timed = pair[0].day == pair[1].day && pair[0].starts.is_some() && pair[1].starts.is_some();
                prop_assert!(!timed || pair[0].starts <= pair[1].starts);
            }
        }
    }
}
