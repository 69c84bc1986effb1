//! What is looked for and not found: what a site lacks, or calls by another name.
//!
//! Single words are counted, and nobody who looked for them: that two searches came from one session is known for the
//! day, in memory, under a key that is in memory alone and is another one the next day. A word is shown to nobody unless
//! several looked for it, two of them on one day: what one person alone looks for, day after day, is not.

use super::entity;
use crate::{
    gate::Viewer,
    roles::Act,
    store::{Failure, Store},
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, Statement, TransactionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    sync::Mutex,
};

/// A word is shown once so many sessions looked for it.
const SESSIONS_LEAST: i64 = 5;
/// On at least so many days.
const DAYS_LEAST: i64 = 2;
/// On one of which at least so many did.
const TOGETHER_LEAST: i64 = 2;
/// A word is gone after so many days.
const DAYS_MOST: i64 = 90;
/// Words that one session adds in a day.
const OF_A_SESSION: usize = 50;
/// The same of all sessions from one address, which may be a room's.
const OF_AN_ADDRESS: usize = 1_000;
/// Sessions of words that are counted in a day: more is no seminar.
const OF_A_DAY: usize = 20_000;
/// Letters of a word: fewer say too little, more are no word.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=40;

/// Counts in memory, to be [saved](Self::save) now and then.
#[derive(Debug, Default)]
pub struct Missed(Mutex<Counting>);

#[derive(Debug, Default)]
struct Counting {
    day: i64,
    /// Another every day: what was counted yesterday cannot be told from what is counted today.
    key: RandomState,
    /// Which session looked for which word, under the key.
    seen: HashSet<u64>,
    /// How many words sessions and addresses looked for, under the key.
    many: HashMap<u64, usize>,
    unsaved: Counts,
    /// The day on which what was old was deleted last.
    cleaned: i64,
}

/// A word that people looked for and did not find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// As somebody typed it, in small letters.
    pub word: String,
    /// How many sessions looked for it; somebody who did so on two days is two.
    pub sessions: i64,
    /// On how many days.
    pub days: i64,
}

/// Whether a word may be counted: letters alone, so that no number of anything is kept.
pub(crate) fn may_count(folded: &str) -> bool {
    LETTERS.contains(&folded.chars().count()) && folded.chars().all(char::is_alphabetic)
}

fn day(now: Timestamp) -> i64 {
    now.as_second().div_euclid(24 * 60 * 60)
}

/// A word as it is kept: as it was typed, unless what folding drops says more than a word.
fn kept(typed: &str, folded: &str) -> String {
    let small = typed.to_lowercase();
    let is_word = small.chars().count() <= *LETTERS.end() && small.chars().all(char::is_alphabetic);
    if is_word { small } else { folded.to_owned() }
}

impl Missed {
    /// Counts words once for a session: an address, and whatever tells those behind it from each other.
    pub fn count(&self, address: &[u8], browser: &[u8], words: &[String], now: Timestamp) {
        let Ok(mut counting) = self.0.lock() else { return };
        let counting = &mut *counting;
        let today = day(now);
        if counting.day != today {
            (counting.day, counting.key) = (today, RandomState::new());
            counting.seen.clear();
            counting.many.clear();
        }
        let bounds = [
            (counting.key.hash_one((address, browser)), OF_A_SESSION),
            (counting.key.hash_one(address), OF_AN_ADDRESS),
        ];
        for word in words {
            let folded = language::fold(word);
            let pair = counting.key.hash_one((address, browser, &folded));
            let many = bounds.iter().any(|(who, most)| counting.many.get(who).is_some_and(|words| words >= most));
            if many || counting.seen.len() >= OF_A_DAY || !may_count(&folded) || !counting.seen.insert(pair) {
                continue;
            }
            for (who, _) in bounds {
                *counting.many.entry(who).or_default() += 1;
            }
            let word = kept(word, &folded);
            counting.unsaved.entry((today, folded)).or_insert((word, 0)).1 += 1;
        }
    }

    /// Writes what was counted, and deletes what is old.
    ///
    /// # Errors
    /// When the store does not answer; then what was counted is kept for the next time.
    pub async fn save(&self, store: &Store, now: Timestamp) -> Result<(), Failure> {
        let today = day(now);
        let (unsaved, cleaned) = self.0.lock().map_or_else(
            |_| Default::default(),
            |mut counting| (std::mem::take(&mut counting.unsaved), counting.cleaned),
        );
        if unsaved.is_empty() && cleaned == today {
            return Ok(());
        }
        // Given back if it does not come to its end, whatever ends it.
        let mut unsaved = Unsaved { missed: self, counts: unsaved };
        save(store, &unsaved.counts, today).await?;
        unsaved.counts.clear();
        if let Ok(mut counting) = self.0.lock() {
            counting.cleaned = today;
        }
        Ok(())
    }
}

/// What was counted, by day and folded word: as it was typed, and by how many sessions.
type Counts = BTreeMap<(i64, String), (String, i64)>;

/// Counts that are being written.
struct Unsaved<'a> {
    missed: &'a Missed,
    counts: Counts,
}

impl Drop for Unsaved<'_> {
    fn drop(&mut self) {
        if let Ok(mut counting) = self.missed.0.lock() {
            for (at, (word, sessions)) in std::mem::take(&mut self.counts) {
                counting.unsaved.entry(at).or_insert((word, 0)).1 += sessions;
            }
        }
    }
}

async fn save(store: &Store, unsaved: &Counts, today: i64) -> Result<(), Failure> {
    use entity::{Column, Entity};
    let transaction = store.write().begin().await?;
    for ((day, folded), (word, sessions)) in unsaved {
        let more = Expr::col((Entity, Column::Sessions)).add(*sessions);
        let mut insert = Query::insert();
        insert
            .into_table(Entity)
            .columns([Column::Day, Column::Folded, Column::Word, Column::Sessions])
            .values_panic([(*day).into(), folded.as_str().into(), word.as_str().into(), (*sessions).into()])
            .on_conflict(OnConflict::columns([Column::Day, Column::Folded]).value(Column::Sessions, more).to_owned());
        transaction.execute(&insert).await?;
    }
    Entity::delete_many().filter(Column::Day.lt(today - DAYS_MOST)).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// The words that enough sessions looked for on enough days, those of the most sessions first: for whoever works on the
/// data folder, and for organisers; none for anybody else.
///
/// # Errors
/// When the store does not answer.
pub async fn lacking(store: &Store, viewer: &Viewer, now: Timestamp) -> Result<Vec<Lacking>, Failure> {
    if !viewer.may_somewhere(Act::ReadMissed) {
        return Ok(Vec::new());
    }
    let since = day(now) - DAYS_MOST;
    // Numbers of our own alone, so that both databases take the same words.
    let sql = format!(
        "SELECT min(word) AS word, CAST(sum(sessions) AS BIGINT) AS sessions, count(*) AS days FROM missed \
         WHERE day >= {since} GROUP BY folded HAVING sum(sessions) >= {SESSIONS_LEAST} AND count(*) >= {DAYS_LEAST} \
         AND max(sessions) >= {TOGETHER_LEAST} ORDER BY sum(sessions) DESC, min(word)"
    );
    let read = store.read();
    let rows = read.query_all_raw(Statement::from_string(read.get_database_backend(), sql)).await?;
    let word = |row: QueryResult| {
        Ok(Lacking {
            word: row.try_get("", "word")?,
            sessions: row.try_get("", "sessions")?,
            days: row.try_get("", "days")?,
        })
    };
    rows.into_iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gate::{Somebody, Who},
        roles::{Part, Platform},
        store::trial::each,
    };
    use sea_orm::PaginatorTrait;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(day * 24 * 60 * 60 + 3600).expect("a moment")
    }

    #[tokio::test]
    async fn whoever_runs_no_seminar_is_told_none() {
        each(async |test| {
            let missed = Missed::default();
            for day in [1, 2] {
                for session in 0..5_u8 {
                    missed.count(&[session], b"", &words(&["lacking"]), at(day));
                }
                missed.save(&test.store, at(day)).await.expect("saved");
            }
            let viewer = |parts: &[(i64, Part)], platform| -> Viewer {
                let parts = parts.to_vec();
                Somebody {
                    who: Who::Account(1),
                    name: "Ana".to_owned(),
                    platform,
                    parts,
                    delegations: Vec::new(),
                    writes: None,
                }
                .into()
            };
            for (viewer, told) in [
                (Viewer::anonymous(), false),
                (viewer(&[], Some(Platform::Member)), false),
                (viewer(&[(7, Part::Expert)], Some(Platform::Member)), false),
                (viewer(&[(7, Part::Organiser)], Some(Platform::Member)), true),
                (viewer(&[], Some(Platform::Editor)), true),
            ] {
                let shown = lacking(&test.store, &viewer, at(2)).await.expect("the store answers");
                assert_eq!(!shown.is_empty(), told, "{viewer:?}");
            }
        })
        .await;
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[tokio::test]
    async fn a_word_is_shown_once_five_sessions_on_two_days_looked_for_it_and_gone_after_ninety() {
        each(async |test| {
            let missed = Missed::default();
            let shown = async |day| {
                missed.save(&test.store, at(day)).await.expect("it is saved");
                let shown = lacking(&test.store, &Viewer::command_line(), at(day)).await.expect("the store answers");
                shown.into_iter().map(|word| (word.word, word.sessions, word.days)).collect::<Vec<_>>()
            };
            for session in 0..6_u8 {
                // Twice and in both scripts: once for a session.
                missed.count(&[session], b"", &words(&["Prošnja", "прошња", "prosnja"]), at(1000));
            }
            assert_eq!(shown(1000).await, [], "six sessions, but one day");
            for session in 0..4_u8 {
                missed.count(&[session], b"", &words(&["Swati"]), at(1000 + i64::from(session)));
            }
            assert_eq!(shown(1003).await, [], "four days, but four sessions");
            missed.count(&[9], b"", &words(&["prošnja", "swati"]), at(1004));
            let one = [("prošnja".to_owned(), 7, 2)];
            assert_eq!(shown(1004).await, one, "what may be one person's every day is not shown");
            missed.count(&[10], b"", &words(&["swati"]), at(1004));
            let both = [("prošnja".to_owned(), 7, 2), ("swati".to_owned(), 6, 5)];
            assert_eq!(shown(1004).await, both);
            assert_eq!(shown(1004).await, both, "what was saved is not saved again");
            assert_eq!(shown(1090).await, both);
            assert_eq!(shown(1091).await, [("swati".to_owned(), 5, 4)], "of the first day nothing is left");
            shown(2000).await;
            assert_eq!(entity::Entity::find().count(test.store.write()).await.expect("a count"), 0);
        })
        .await;
    }

    #[test]
    fn what_is_no_word_is_not_counted_and_nobody_floods() {
        let missed = Missed::default();
        let counted = |missed: &Missed| missed.0.lock().expect("no panic").unsaved.len();
        let odd = ["ab", "+355691234567", "2016", "a1b2c3", "", "«»", &"y".repeat(41)];
        missed.count(b"x", b"", &words(&odd), at(1));
        assert_eq!(counted(&missed), 0);
        // Nor is what hides behind a word, or within one, kept beside it.
        let hidden = format!("abc{}069123456", "\u{301}".repeat(300));
        missed.count(b"x", b"", &[hidden, "de\u{202e}f".to_owned()], at(1));
        let kept: Vec<String> =
            missed.0.lock().expect("no panic").unsaved.values().map(|(word, _)| word.clone()).collect();
        assert_eq!(kept, ["def"]);
        let many: Vec<String> = (0..500_u32).map(|n| format!("word{}", letters(n))).collect();
        missed.count(b"y", b"", &many, at(1));
        assert_eq!(counted(&missed) - kept.len(), OF_A_SESSION);
        let seen = |missed: &Missed| missed.0.lock().expect("no panic").seen.len();
        let before = seen(&missed);
        for browser in 0..100_u32 {
            missed.count(b"z", &browser.to_le_bytes(), &many[..30], at(1));
        }
        assert_eq!(seen(&missed) - before, OF_AN_ADDRESS, "an address has its bound, whatever browsers it says it has");
        for address in 0..1_000_u32 {
            missed.count(&address.to_le_bytes(), b"", &many[..30], at(1));
        }
        assert_eq!(seen(&missed), OF_A_DAY);
    }

    fn letters(number: u32) -> String {
        number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }
}
