//! What is looked for and not found: what a site lacks, or calls by another name.
//!
//! Single words are counted, and nobody who looked for them: that two searches came from one session is known for the
//! day, in memory, under a key that is in memory alone and is another one the next day. What a person may have typed
//! about somebody is shown to nobody unless others typed it too.

use super::entity;
use crate::store::{Failure, Store};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, TransactionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, RandomState},
    sync::Mutex,
};

/// A word is shown once so many sessions looked for it.
const SESSIONS_LEAST: i64 = 5;
/// On at least so many days.
const DAYS_LEAST: i64 = 2;
/// A word is gone after so many days.
const DAYS_MOST: i64 = 90;
/// Words that one session adds in a day.
const OF_A_SESSION: usize = 50;
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
    /// Which session looked for which word, and how many words it looked for, under the key.
    seen: HashMap<u64, usize>,
    /// By day and folded word: as it was typed, and by how many sessions.
    unsaved: BTreeMap<(i64, String), (String, i64)>,
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

impl Missed {
    /// Counts words once for a session, whatever tells one from another.
    pub fn count(&self, session: &[u8], words: &[String], now: Timestamp) {
        let Ok(mut counting) = self.0.lock() else { return };
        let counting = &mut *counting;
        let today = day(now);
        if counting.day != today {
            (counting.day, counting.key) = (today, RandomState::new());
            counting.seen.clear();
        }
        let own = counting.key.hash_one(session);
        for word in words {
            let folded = language::fold(word);
            let pair = counting.key.hash_one((session, &folded));
            let many = counting.seen.get(&own).is_some_and(|words| *words >= OF_A_SESSION);
            if many || counting.seen.len() >= OF_A_DAY || counting.seen.contains_key(&pair) || !may_count(&folded) {
                continue;
            }
            counting.seen.insert(pair, 0);
            *counting.seen.entry(own).or_default() += 1;
            let word = || (word.to_lowercase(), 0);
            counting.unsaved.entry((today, folded)).or_insert_with(word).1 += 1;
        }
    }

    /// Writes what was counted, and deletes what is old.
    ///
    /// # Errors
    /// When the store does not answer; then what was counted is kept for the next time.
    pub async fn save(&self, store: &Store, now: Timestamp) -> Result<(), Failure> {
        let unsaved = self.0.lock().map(|mut counting| std::mem::take(&mut counting.unsaved)).unwrap_or_default();
        let saved = save(store, &unsaved, day(now)).await;
        if let (Err(_), Ok(mut counting)) = (&saved, self.0.lock()) {
            for (at, (word, sessions)) in unsaved {
                counting.unsaved.entry(at).or_insert((word, 0)).1 += sessions;
            }
        }
        saved
    }
}

async fn save(store: &Store, unsaved: &BTreeMap<(i64, String), (String, i64)>, today: i64) -> Result<(), Failure> {
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
        sea_orm::ConnectionTrait::execute(&transaction, &insert).await?;
    }
    Entity::delete_many().filter(Column::Day.lt(today - DAYS_MOST)).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// The words that enough sessions looked for on enough days, those of the most sessions first: for whoever works on the
/// data folder, and for organisers.
///
/// # Errors
/// When the store does not answer.
pub async fn lacking(store: &Store, now: Timestamp) -> Result<Vec<Lacking>, Failure> {
    use entity::{Column, Entity};
    let rows = Entity::find().filter(Column::Day.gte(day(now) - DAYS_MOST)).all(store.read()).await?;
    let mut words: HashMap<String, Lacking> = HashMap::new();
    for row in rows {
        let nothing = || Lacking { word: row.word, sessions: 0, days: 0 };
        let word = words.entry(row.folded).or_insert_with(nothing);
        word.sessions += row.sessions;
        word.days += 1;
    }
    let mut words: Vec<Lacking> = words.into_values().collect();
    words.retain(|word| word.sessions >= SESSIONS_LEAST && word.days >= DAYS_LEAST);
    words.sort_by(|this, that| that.sessions.cmp(&this.sessions).then_with(|| this.word.cmp(&that.word)));
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::trial::each;
    use sea_orm::PaginatorTrait;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(day * 24 * 60 * 60 + 3600).expect("a moment")
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
                let shown = lacking(&test.store, at(day)).await.expect("the store answers");
                shown.into_iter().map(|word| (word.word, word.sessions, word.days)).collect::<Vec<_>>()
            };
            for session in 0..6_u8 {
                // Twice and in both scripts: once for a session.
                missed.count(&[session], &words(&["Prošnja", "прошња", "prosnja"]), at(1000));
            }
            assert_eq!(shown(1000).await, [], "six sessions, but one day");
            for session in 0..4_u8 {
                missed.count(&[session], &words(&["Swati"]), at(1000 + i64::from(session)));
            }
            assert_eq!(shown(1003).await, [], "four days, but four sessions");
            missed.count(&[9], &words(&["prošnja", "swati"]), at(1004));
            let both = [("prošnja".to_owned(), 7, 2), ("swati".to_owned(), 5, 5)];
            assert_eq!(shown(1004).await, both);
            assert_eq!(shown(1004).await, both, "what was saved is not saved again");
            assert_eq!(shown(1090).await, both);
            assert_eq!(shown(1091).await, [], "of the first day nothing is left");
            shown(2000).await;
            assert_eq!(entity::Entity::find().count(test.store.write()).await.expect("a count"), 0);
        })
        .await;
    }

    #[test]
    fn what_is_no_word_is_not_counted_and_nobody_floods() {
        let missed = Missed::default();
        missed.count(b"x", &words(&["ab", "+355691234567", "2016", "a1b2c3", "", "«»", &"y".repeat(41)]), at(1));
        let counted = |missed: &Missed| missed.0.lock().expect("no panic").unsaved.len();
        assert_eq!(counted(&missed), 0);
        let many: Vec<String> = (0..500_u32).map(|n| format!("word{}", letters(n))).collect();
        missed.count(b"x", &many, at(1));
        assert_eq!(counted(&missed), OF_A_SESSION);
        for session in 0..3_000_u32 {
            missed.count(&session.to_le_bytes(), &many[..30], at(1));
        }
        assert!(missed.0.lock().expect("no panic").seen.len() <= OF_A_DAY + 1);
        // What is in memory says neither who nor what.
        let held = format!("{:?}", missed.0.lock().expect("no panic").seen);
        assert!(!held.contains("word"), "{held}");
    }

    fn letters(number: u32) -> String {
        number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }
}
