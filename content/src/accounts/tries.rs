//! Guessing is slow: tries are counted in memory, and after a few each waits longer than the one before.
//!
//! Three bounds stand one behind the other: those of one account (or code), those of one client, those of all together.
//! Each is so wide that whoever reaches it alone keeps nobody else from the next.

use jiff::Timestamp;
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Tries that nobody waits for: people mistype.
const FREE: u32 = 5;
/// Letters to one address that nobody waits for.
const LETTERS: u32 = 3;
/// Tries at one account from wherever they come, that nobody waits for: many clients must take part to delay its owner.
const FREE_IN_ALL: u32 = 50;
/// The longest wait, in seconds. Nobody is locked out for longer by what others do.
const WAIT_MOST: i64 = 300;
/// Tries are forgotten after so many seconds without one.
const FORGOTTEN: i64 = 60 * 60;
/// Of how many the tries are remembered.
const REMEMBERED: usize = 1 << 16;
/// Passwords of one client: a full room behind one address signs in within a minute.
const PASSWORDS_OF_ONE: Rate = Rate { most: 120.0, a_second: 4.0 };
/// Passwords of all: what the machine can hash while it serves pages.
const PASSWORDS_OF_ALL: Rate = Rate { most: 240.0, a_second: 8.0 };
/// Codes of one client: those of a room that comes in at once, until they are known to be right, and wrong ones.
const CODES_OF_ONE: Rate = Rate { most: 400.0, a_second: 1.0 };
/// Codes of all: of wrong ones, in twelve hours, less than a million of 54,000 million.
const CODES_OF_ALL: Rate = Rate { most: 1000.0, a_second: 20.0 };

/// Letters that one client has sent: a full room that has forgotten its passwords, and little more.
const LETTERS_OF_ONE: Rate = Rate { most: 100.0, a_second: 0.1 };
/// Letters that all have sent: what no provider takes for a flood.
const LETTERS_OF_ALL: Rate = Rate { most: 300.0, a_second: 0.5 };

/// Counts tries. One for a process.
#[derive(Debug, Default)]
pub struct Tries(Mutex<Counting>);

/// The tries as one client makes them: a room, mostly, since phones in one share an address.
#[derive(Clone, Copy, Debug)]
pub struct Client<'a> {
    tries: &'a Tries,
    address: Option<IpAddr>,
}

#[derive(Debug, Default)]
struct Counting {
    /// Whose tries they are, hashed under a key that is in memory alone.
    key: RandomState,
    of: HashMap<u64, Tried>,
    clients: HashMap<u64, Left>,
    all: Left,
}

/// What may be tried how often.
#[derive(Clone, Copy, Debug)]
struct Rate {
    /// At once.
    most: f64,
    /// And how many come back.
    a_second: f64,
}

/// What is left of both.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    passwords: Used,
    codes: Used,
    letters: Used,
}

/// How much of a rate is used, and when that was so.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    much: f64,
    at: i64,
}

impl Used {
    fn now(self, rate: Rate, now: i64) -> Self {
        // A clock that was set back gives nothing back, and takes nothing.
        let passed = (now - self.at).clamp(0, FORGOTTEN);
        let back = f64::from(i32::try_from(passed).unwrap_or_default()) * rate.a_second;
        Self { much: (self.much - back).max(0.0), at: now }
    }

    fn wait(self, rate: Rate) -> Option<Wait> {
        (self.much + 1.0 > rate.most).then_some(Wait(1))
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
    /// The tries of whoever sends from an address. Of IPv6 the first 64 bits count: the rest is one subscriber's.
    pub fn of(&self, address: Option<IpAddr>) -> Client<'_> {
        let network = |address: IpAddr| match address.to_canonical() {
            IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX))),
            ip => ip,
        };
        Client { tries: self, address: address.map(network) }
    }

    /// A panic elsewhere takes no bound away.
    fn counting(&self) -> MutexGuard<'_, Counting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a try of who is known: at their own password, in their own browser.
    pub(crate) fn own(&self, of: &[&str], now: Timestamp) -> Result<(), Wait> {
        let mut counting = self.counting();
        let (now, key) = (now.as_second(), counting.key.hash_one(of));
        counting.may(key, now)?;
        counting.count(key, FREE, now);
        Ok(())
    }

    /// The try was right: what went before is forgotten.
    pub(crate) fn own_was_right(&self, of: &[&str]) {
        let mut counting = self.counting();
        let key = counting.key.hash_one(of);
        counting.of.remove(&key);
    }
}

impl Client<'_> {
    /// Counts a try at the password of an account before it is made, so that many at once are counted too. `device` is
    /// one that its owner was signed in on: then no bound but their own counts.
    ///
    /// # Errors
    /// [`Wait`], when it must not be made yet; then it is not counted.
    pub(crate) fn password(&self, account: &str, device: Option<&str>, now: Timestamp) -> Result<(), Wait> {
        if let Some(device) = device {
            return self.tries.own(&["device", account, device], now);
        }
        let mut counting = self.tries.counting();
        let now = now.as_second();
        let (here, anywhere) = self.keys(&counting, account);
        counting.may(here, now)?;
        counting.may(anywhere, now)?;
        let client = counting.key.hash_one(self.address);
        let mut of = counting.client(client, now);
        of.passwords = of.passwords.now(PASSWORDS_OF_ONE, now);
        counting.all.passwords = counting.all.passwords.now(PASSWORDS_OF_ALL, now);
        let wait = of.passwords.wait(PASSWORDS_OF_ONE).or(counting.all.passwords.wait(PASSWORDS_OF_ALL));
        if let Some(wait) = wait {
            return Err(wait);
        }
        of.passwords.much += 1.0;
        counting.all.passwords.much += 1.0;
        counting.clients.insert(client, of);
        counting.count(here, FREE, now);
        counting.count(anywhere, FREE_IN_ALL, now);
        Ok(())
    }

    /// The password was right: what went before at this account is forgotten. It was work all the same.
    pub(crate) fn password_was_right(&self, account: &str, device: Option<&str>) {
        if let Some(device) = device {
            return self.tries.own_was_right(&["device", account, device]);
        }
        let mut counting = self.tries.counting();
        let (here, anywhere) = self.keys(&counting, account);
        counting.of.remove(&here);
        counting.of.remove(&anywhere);
    }

    fn keys(&self, counting: &Counting, account: &str) -> (u64, u64) {
        (counting.key.hash_one(("here", account, self.address)), counting.key.hash_one(("anywhere", account)))
    }

    /// Counts that a letter is asked for, to an address that may be known or not: after a few, the next waits.
    ///
    /// # Errors
    /// [`Wait`], when it is too soon; then it is not counted.
    pub(crate) fn letter(&self, address: &str, now: Timestamp) -> Result<(), Wait> {
        let mut counting = self.tries.counting();
        let now = now.as_second();
        let to = counting.key.hash_one(("letter", address));
        counting.may(to, now)?;
        let client = counting.key.hash_one(self.address);
        let mut of = counting.client(client, now);
        of.letters = of.letters.now(LETTERS_OF_ONE, now);
        counting.all.letters = counting.all.letters.now(LETTERS_OF_ALL, now);
        if let Some(wait) = of.letters.wait(LETTERS_OF_ONE).or(counting.all.letters.wait(LETTERS_OF_ALL)) {
            return Err(wait);
        }
        of.letters.much += 1.0;
        counting.all.letters.much += 1.0;
        counting.clients.insert(client, of);
        counting.count(to, LETTERS, now);
        Ok(())
    }

    /// Counts a try at a code, before it is made.
    ///
    /// # Errors
    /// [`Wait`], when there were too many wrong ones; then it is not counted.
    pub(crate) fn code(&self, now: Timestamp) -> Result<(), Wait> {
        let mut counting = self.tries.counting();
        let now = now.as_second();
        let client = counting.key.hash_one(self.address);
        let mut of = counting.client(client, now);
        of.codes = of.codes.now(CODES_OF_ONE, now);
        counting.all.codes = counting.all.codes.now(CODES_OF_ALL, now);
        if let Some(wait) = of.codes.wait(CODES_OF_ONE).or(counting.all.codes.wait(CODES_OF_ALL)) {
            return Err(wait);
        }
        of.codes.much += 1.0;
        counting.all.codes.much += 1.0;
        counting.clients.insert(client, of);
        Ok(())
    }

    /// The code was right: a room that comes in is no guesser.
    pub(crate) fn code_was_right(&self) {
        let mut counting = self.tries.counting();
        let client = counting.key.hash_one(self.address);
        if let Some(of) = counting.clients.get_mut(&client) {
            of.codes.much -= 1.0;
        }
        counting.all.codes.much -= 1.0;
    }
}

impl Counting {
    /// Whether this may be tried by now.
    fn may(&self, key: u64, now: i64) -> Result<(), Wait> {
        match self.before(key, now).filter(|tried| now < tried.again) {
            Some(tried) => Err(Wait(tried.again - now)),
            None => Ok(()),
        }
    }

    /// What was tried before. A clock that was set back makes nobody wait longer.
    fn before(&self, key: u64, now: i64) -> Option<Tried> {
        self.of.get(&key).copied().filter(|tried| (tried.last..tried.last + FORGOTTEN).contains(&now))
    }

    fn count(&mut self, key: u64, free: u32, now: i64) {
        if self.of.len() >= REMEMBERED {
            self.of.retain(|_, tried| now < tried.last + FORGOTTEN);
        }
        if self.of.len() >= REMEMBERED {
            // Those who tried least go first: a guesser cannot make itself forgotten by trying many names once.
            let mut times: Vec<u32> = self.of.values().map(|tried| tried.times).collect();
            let half = times.len() / 2;
            let (_, middle, _) = times.select_nth_unstable(half);
            let middle = *middle;
            self.of.retain(|_, tried| tried.times > middle);
        }
        let times = self.before(key, now).map_or(0, |tried| tried.times).saturating_add(1);
        // 2^9 is more than the longest already.
        let wait = times.checked_sub(free).map_or(0, |over| (1_i64 << over.min(9)).min(WAIT_MOST));
        self.of.insert(key, Tried { times, last: now, again: now + wait });
    }

    /// What is left to a client. Of those that have everything left nothing is remembered, where there are too many.
    fn client(&mut self, key: u64, now: i64) -> Left {
        if self.clients.len() >= REMEMBERED && !self.clients.contains_key(&key) {
            self.clients.retain(|_, left| {
                let used =
                    [(left.passwords, PASSWORDS_OF_ONE), (left.codes, CODES_OF_ONE), (left.letters, LETTERS_OF_ONE)];
                used.iter().any(|(used, rate)| used.now(*rate, now).much > 0.0)
            });
        }
        if self.clients.len() >= REMEMBERED && !self.clients.contains_key(&key) {
            // The bound of all still holds.
            self.clients.clear();
        }
        self.clients.get(&key).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).expect("a time")
    }

    /// One of many clients.
    fn client(tries: &Tries, number: u32) -> Client<'_> {
        tries.of(Some(IpAddr::from(number.to_be_bytes())))
    }

    #[test]
    fn each_wrong_try_waits_longer_than_the_one_before_and_never_over_five_minutes() {
        let tries = Tries::default();
        let here = client(&tries, 1);
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..40 {
            match here.password("a", None, at(now)) {
                Ok(()) => waits.push(0),
                Err(Wait(seconds)) => {
                    waits.push(seconds);
                    now += seconds;
                    assert_eq!(here.password("a", None, at(now)), Ok(()));
                }
            }
        }
        assert_eq!(waits[..6], [0; 6][..5].iter().copied().chain([1]).collect::<Vec<_>>()[..]);
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!(waits.last(), Some(&WAIT_MOST));
        assert_eq!(here.password("b", None, at(now)), Ok(()), "what one tries delays no other");
        assert_eq!(client(&tries, 2).password("a", None, at(now)), Ok(()), "nor the owner elsewhere");
        for number in 0..100 {
            now += WAIT_MOST;
            assert_eq!(here.password("a", None, at(now)), Ok(()), "{number}");
            assert_eq!(here.password("a", None, at(now)), Err(Wait(WAIT_MOST)), "{number}");
        }
    }

    #[test]
    fn guesses_at_one_account_from_everywhere_are_slow_too_and_its_owners_browser_is_not() {
        let tries = Tries::default();
        for number in 0..FREE_IN_ALL {
            assert_eq!(client(&tries, number).password("a", None, at(0)), Ok(()), "{number}");
        }
        assert!(client(&tries, 1000).password("a", None, at(0)).is_err());
        assert_eq!(client(&tries, 1000).password("b", None, at(0)), Ok(()));
        assert_eq!(client(&tries, 1000).password("a", Some("device"), at(0)), Ok(()));
        for _ in 0..FREE {
            let _ = client(&tries, 1000).password("a", Some("device"), at(0));
        }
        assert!(client(&tries, 1000).password("a", Some("device"), at(0)).is_err(), "who stole the device guesses too");
    }

    #[test]
    fn a_right_one_and_an_hour_begin_anew() {
        let tries = Tries::default();
        let here = client(&tries, 1);
        for _ in 0..FREE {
            here.password("a", None, at(0)).expect("free");
        }
        assert!(here.password("a", None, at(0)).is_err());
        here.password_was_right("a", None);
        assert_eq!(here.password("a", None, at(0)), Ok(()));
        for _ in 0..FREE {
            let _ = here.password("c", None, at(0));
        }
        assert_eq!(here.password("c", None, at(FORGOTTEN)), Ok(()));
        assert_eq!(here.password("c", None, at(FORGOTTEN)), Ok(()), "counted from the first again");
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let tries = Tries::default();
        for _ in 0..FREE {
            client(&tries, 1).password("a", None, at(500)).expect("free");
        }
        assert_eq!(client(&tries, 1).password("a", None, at(-5_000)), Ok(()));
    }

    #[test]
    fn a_room_behind_one_address_comes_in_within_a_minute() {
        let tries = Tries::default();
        let room = client(&tries, 1);
        let mut seconds = 0;
        for person in 0..300 {
            while room.password(&person.to_string(), None, at(seconds)).is_err() {
                seconds += 1;
            }
            room.password_was_right(&person.to_string(), None);
        }
        assert!((1..60).contains(&seconds), "{seconds}");
        for _ in 0..300 {
            room.code(at(seconds)).expect("a right one takes nothing away");
            room.code_was_right();
        }
    }

    #[test]
    fn one_client_keeps_no_other_out_and_many_are_bounded_together() {
        let tries = Tries::default();
        let mut passed = 0;
        for name in 0..1000 {
            passed += usize::from(client(&tries, 1).password(&name.to_string(), None, at(0)).is_ok());
            let _ = client(&tries, 1).code(at(0));
        }
        assert_eq!(passed, 120);
        assert!(client(&tries, 1).code(at(0)).is_err());
        assert_eq!(client(&tries, 2).password("a", None, at(0)), Ok(()));
        assert_eq!(client(&tries, 2).code(at(0)), Ok(()));
        for number in 3..3000 {
            let _ = client(&tries, number).password(&number.to_string(), None, at(0));
        }
        assert!(client(&tries, 9000).password("b", None, at(0)).is_err());
        assert_eq!(client(&tries, 9000).password("b", Some("device"), at(0)), Ok(()), "who is known");
        assert_eq!(client(&tries, 9000).code(at(0)), Ok(()), "who has a code");
    }

    #[test]
    fn whoever_has_a_network_of_their_own_is_one_client() {
        let tries = Tries::default();
        let of = |last: u16| tries.of(Some(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last])));
        let passed = (0..500).filter(|last| of(*last).code(at(0)).is_ok()).count();
        assert_eq!(passed, 400);
        let mapped = tries.of(Some("::ffff:192.0.2.1".parse().expect("an address")));
        let plain = tries.of(Some("192.0.2.1".parse().expect("an address")));
        assert_eq!((mapped.address, mapped.code(at(0))), (plain.address, Ok(())));
    }

    #[test]
    fn very_many_names_do_not_make_one_forgotten_that_was_tried_often() {
        let tries = Tries::default();
        for _ in 0..FREE {
            client(&tries, 1).password("a", None, at(0)).expect("free");
        }
        for name in 0..2 * REMEMBERED {
            let number = u32::try_from(name).expect("small");
            let _ = client(&tries, number + 2).password(&name.to_string(), None, at(i64::from(number / 80)));
            if name % 80 == 0 {
                tries.0.lock().expect("no panic").all.passwords.much = 0.0;
            }
        }
        let counting = tries.0.lock().expect("no panic");
        assert!(counting.of.len() <= REMEMBERED && counting.clients.len() <= REMEMBERED);
        assert!(counting.of.contains_key(&client(&tries, 1).keys(&counting, "a").0));
    }
}
