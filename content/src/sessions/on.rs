//! What is on at a moment, and what comes next.

use jiff::{SignedDuration, Timestamp};

/// What of a programme is on, and what comes next: places in its list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct On {
    /// What is on, in the order of the list.
    pub now: Vec<usize>,
    /// What begins next, all that begins together.
    pub next: Vec<usize>,
    /// Until when this is so; none: for good.
    pub until: Option<Timestamp>,
}

/// How long before it begins something is next.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// How long something is on whose end is not known, if nothing else begins.
const UNKNOWN: SignedDuration = SignedDuration::from_hours(2);

/// What is on at a moment, of sessions that start and end when they do. One whose end is not known is on until another
/// begins, two hours at most. What begins within a day is next.
pub fn on(sessions: &[(Option<Timestamp>, Option<Timestamp>)], at: Timestamp) -> On {
    let timed: Vec<(usize, Timestamp, Option<Timestamp>)> = (0..)
        .zip(sessions)
        .filter_map(|(place, (starts, ends))| {
            let starts = (*starts)?;
            Some((place, starts, ends.filter(|ends| *ends > starts)))
        })
        .collect();
    let after =
        |moment: Timestamp| timed.iter().map(|(_, starts, _)| *starts).filter(move |starts| *starts > moment).min();
    let end = |starts: Timestamp, ends: Option<Timestamp>| {
        ends.unwrap_or_else(|| {
            let most = starts.saturating_add(UNKNOWN).unwrap_or(starts);
            after(starts).map_or(most, |next| next.min(most))
        })
    };
    let mut on = On::default();
    let mut turns: Vec<Timestamp> = Vec::new();
    for (place, starts, ends) in &timed {
        let ends = end(*starts, *ends);
        if *starts <= at && at < ends {
            on.now.push(*place);
            turns.push(ends);
        }
    }
    if let Some(starts) = after(at) {
        let shown = starts.saturating_sub(AHEAD).unwrap_or(at);
        if shown <= at {
            on.next = timed.iter().filter(|(_, one, _)| *one == starts).map(|(place, ..)| *place).collect();
            turns.push(starts);
        } else {
            turns.push(shown);
        }
    }
    on.until = turns.into_iter().min();
    on
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(time: &str) -> Timestamp {
        format!("2026-12-0{time}:00Z").parse().expect("a time")
    }

    fn day() -> Vec<(Option<Timestamp>, Option<Timestamp>)> {
        vec![
            (Some(at("6T09:00")), Some(at("6T10:00"))),
            (Some(at("6T10:30")), None),
            (Some(at("6T11:00")), Some(at("6T12:00"))),
            (Some(at("6T11:00")), Some(at("6T13:00"))),
            (None, None),
            (Some(at("8T09:00")), None),
        ]
    }

    #[test]
    fn what_is_on_ends_and_what_comes_next_begins() {
        let told = |time: &str| {
            let On { now, next, until } = on(&day(), at(time));
            (now, next, until)
        };
        assert_eq!(told("5T08:59"), (vec![], vec![], Some(at("5T09:00"))), "more than a day ahead");
        assert_eq!(told("5T09:00"), (vec![], vec![0], Some(at("6T09:00"))));
        assert_eq!(told("6T09:00"), (vec![0], vec![1], Some(at("6T10:00"))));
        assert_eq!(told("6T10:00"), (vec![], vec![1], Some(at("6T10:30"))), "a break without a session");
        assert_eq!(told("6T10:45"), (vec![1], vec![2, 3], Some(at("6T11:00"))), "without an end, until another begins");
        assert_eq!(told("6T11:30"), (vec![2, 3], vec![], Some(at("6T12:00"))));
        assert_eq!(told("6T12:30"), (vec![3], vec![], Some(at("6T13:00"))));
        assert_eq!(told("6T14:00"), (vec![], vec![], Some(at("7T09:00"))));
        assert_eq!(told("8T10:59"), (vec![5], vec![], Some(at("8T11:00"))));
        assert_eq!(told("8T11:00"), (vec![], vec![], None), "all is over");
        assert_eq!(on(&[], at("6T09:00")), On::default());
    }

    proptest! {
        #[test]
        fn it_is_so_until_it_says(
            times in proptest::collection::vec((0i64..5_000, 0i64..300, any::<bool>()), 0..8),
            minute in -1_500i64..6_000,
        ) {
            let of = |minute: i64| Timestamp::from_second(1_796_000_000 + minute * 60).expect("a time");
            let sessions: Vec<_> =
                times.iter().map(|(starts, lasts, ends)| (Some(of(*starts)), ends.then(|| of(starts + lasts)))).collect();
            let now = of(minute);
            let is = on(&sessions, now);
            prop_assert!(is.until.is_none_or(|until| until > now));
            let just_before = is.until.map_or_else(|| of(1_000_000), |until| until - SignedDuration::from_secs(1));
            prop_assert_eq!(&on(&sessions, just_before.max(now)), &is);
            if let Some(until) = is.until {
                prop_assert_ne!(on(&sessions, until), is);
            }
        }
    }
}
