//! Guessing is slow: tries are counted in memory, and after a few each waits longer than the one before.

use jiff::Timestamp;
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::Mutex,
};

/// Tries that nobody waits for: people mistype.
const FREE: u32 = 5;
/// The longest wait, in seconds. Nobody is locked out for longer by what others do.
const WAIT_MOST: i64 = 300;
/// Tries are forgotten after so many seconds without one.
const FORGOTTEN: i64 = 60 * 60;
/// Of how many the tries are remembered.
const REMEMBERED: usize = 1 << 16;
/// Tries of all people together at once, and how many come back in a second: a full room may sign in within a minute.
const TOGETHER: f64 = 120.0;
const TOGETHER_A_SECOND: f64 = 8.0;

/// Counts tries. One for a process.
#[derive(Debug, Default)]
pub struct Tries(Mutex<Counting>);

#[derive(Debug)]
struct Counting {
    /// Whose tries they are, hashed under a key that is in memory alone.
    key: RandomState,
    of: HashMap<u64, Tried>,
    passwords: Together,
    codes: Together,
}

/// What is left for all together. Whoever uses it up keeps others from guessing, and those whom nobody knows from coming
/// in: so passwords and codes have each their own, and who is known needs none.
#[derive(Debug)]
struct Together {
    left: f64,
    at: i64,
}

impl Together {
    fn take(&mut self, now: i64) -> Result<(), Wait> {
        let passed = if self.at == 0 { 0 } else { (now - self.at).clamp(0, FORGOTTEN) };
        self.at = now;
        let back = f64::from(i32::try_from(passed).unwrap_or_default()) * TOGETHER_A_SECOND;
        self.left = (self.left + back).min(TOGETHER);
        if self.left < 1.0 {
            return Err(Wait(1));
        }
        self.left -= 1.0;
        Ok(())
    }
}

impl Default for Counting {
    fn default() -> Self {
        let together = || Together { left: TOGETHER, at: 0 };
        Self { key: RandomState::new(), of: HashMap::new(), passwords: together(), codes: together() }
    }
}

#[derive(Clone, Copy, Debug)]
struct Tried {
    times: u32,
    last: i64,
    /// Not before, in seconds since 1970.
    again: i64,
}

/// How long to wait, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub i64);

impl Tries {
    /// Counts a try before it is made, so that many at once are counted too. `known`: not among those of all together.
    ///
    /// # Errors
    /// [`Wait`], when it must not be made yet; then it is not counted.
    pub(crate) fn begin(&self, of: &[&str], known: bool, now: Timestamp) -> Result<(), Wait> {
        let now = now.as_second();
        let Ok(mut counting) = self.0.lock() else { return Ok(()) };
        let key = counting.key.hash_one(of);
        // A clock that was set back makes nobody wait longer.
        let before = counting.of.get(&key).copied().filter(|tried| (tried.last..tried.last + FORGOTTEN).contains(&now));
        if let Some(tried) = before.filter(|tried| now < tried.again) {
            return Err(Wait(tried.again - now));
        }
        if !known {
            counting.passwords.take(now)?;
        }
        if counting.of.len() >= REMEMBERED {
            counting.of.retain(|_, tried| now < tried.last + FORGOTTEN);
        }
        if counting.of.len() >= REMEMBERED {
            // Those who tried least go first: a guesser cannot make itself forgotten by trying many names once.
            let mut times: Vec<u32> = counting.of.values().map(|tried| tried.times).collect();
            let half = times.len() / 2;
            let (_, middle, _) = times.select_nth_unstable(half);
            let middle = *middle;
            counting.of.retain(|_, tried| tried.times > middle);
        }
        let times = before.map_or(0, |tried| tried.times).saturating_add(1);
        let wait =
            times.checked_sub(FREE).map_or(0, |over| 1_i64.checked_shl(over).unwrap_or(WAIT_MOST).min(WAIT_MOST));
        counting.of.insert(key, Tried { times, last: now, again: now + wait });
        Ok(())
    }

    /// Counts a try of somebody who has no name yet: among those of all together.
    ///
    /// # Errors
    /// [`Wait`], when there are too many.
    pub(crate) fn together(&self, now: Timestamp) -> Result<(), Wait> {
        self.0.lock().map_or(Ok(()), |mut counting| counting.codes.take(now.as_second()))
    }

    /// That try was right: a room that comes in is no guesser.
    pub(crate) fn give_back(&self) {
        if let Ok(mut counting) = self.0.lock() {
            counting.codes.left = (counting.codes.left + 1.0).min(TOGETHER);
        }
    }

    /// The try was right: what went before is forgotten.
    pub(crate) fn right(&self, of: &[&str]) {
        if let Ok(mut counting) = self.0.lock() {
            let key = counting.key.hash_one(of);
            counting.of.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).expect("a time")
    }

    #[test]
    fn each_wrong_try_waits_longer_than_the_one_before_and_never_over_five_minutes() {
        let tries = Tries::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..40 {
            match tries.begin(&["a"], false, at(now)) {
                Ok(()) => waits.push(0),
                Err(Wait(seconds)) => {
                    waits.push(seconds);
                    now += seconds;
                    assert_eq!(tries.begin(&["a"], false, at(now)), Ok(()));
                }
            }
        }
        assert_eq!(waits[..6], [0; 6][..5].iter().copied().chain([1]).collect::<Vec<_>>()[..]);
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!(waits.last(), Some(&WAIT_MOST));
        assert_eq!(tries.begin(&["b"], false, at(now)), Ok(()), "what one tries delays no other");
    }

    #[test]
    fn a_right_one_and_an_hour_begin_anew() {
        let tries = Tries::default();
        for _ in 0..FREE {
            tries.begin(&["a"], false, at(0)).expect("free");
        }
        assert!(tries.begin(&["a"], false, at(0)).is_err());
        tries.right(&["a"]);
        assert_eq!(tries.begin(&["a"], false, at(0)), Ok(()));
        for _ in 0..FREE {
            let _ = tries.begin(&["c"], false, at(0));
        }
        assert_eq!(tries.begin(&["c"], false, at(FORGOTTEN)), Ok(()));
        assert_eq!(tries.begin(&["c"], false, at(FORGOTTEN)), Ok(()), "counted from the first again");
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let tries = Tries::default();
        for _ in 0..FREE {
            tries.begin(&["a"], false, at(500)).expect("free");
        }
        assert_eq!(tries.begin(&["a"], false, at(-5_000)), Ok(()));
    }

    #[test]
    fn all_together_are_bounded_and_a_room_comes_in_within_a_minute() {
        let tries = Tries::default();
        let mut seconds = 0;
        let mut waited = 0;
        for person in 0..300 {
            let name = person.to_string();
            while tries.begin(&[&name], false, at(seconds)).is_err() {
                seconds += 1;
                waited += 1;
            }
        }
        assert!((1..60).contains(&waited), "{waited}");
    }

    #[test]
    fn very_many_names_do_not_make_one_forgotten_that_was_tried_often() {
        let tries = Tries::default();
        for _ in 0..FREE {
            tries.begin(&["a"], false, at(0)).expect("free");
        }
        for name in 0..3 * REMEMBERED {
            // Slowly enough for all together.
            let _ = tries.begin(&[&name.to_string()], false, at(i64::try_from(name / 80).expect("small")));
            if name % 80 == 0 {
                tries.0.lock().expect("no panic").passwords.left = TOGETHER;
            }
        }
        let counting = tries.0.lock().expect("no panic");
        assert!(counting.of.len() <= REMEMBERED);
        assert!(counting.of.contains_key(&counting.key.hash_one(["a"].as_slice())));
    }

    #[test]
    fn guessers_keep_neither_who_is_known_out_nor_a_room() {
        let tries = Tries::default();
        for name in 0..1000 {
            let _ = tries.begin(&[&name.to_string()], false, at(0));
        }
        assert!(tries.begin(&["a"], false, at(0)).is_err());
        assert_eq!(tries.begin(&["a"], true, at(0)), Ok(()), "who is known");
        assert_eq!(tries.together(at(0)), Ok(()), "who has a code");
    }
}
