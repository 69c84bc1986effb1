//! Who wrote and voted on a board, where that is told; and what is told to whoever follows it.

use super::{Names, News, entity::author, live::Open, log::By};
use crate::{
    accounts::entity as account,
    seats::entity as seat,
    store::{Failure, Store},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashMap};

impl Open {
    /// Who wrote the cards and cast the ballots of which that is told, by their keys.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn names(&self, store: &Store) -> Result<BTreeMap<i64, String>, Failure> {
        // Of those alone whose cards, or votes, are there.
        let board = self.look().board;
        let by = board.cards.values().map(|card| card.by).chain(board.ballots.values().map(|cast| cast.by));
        let keys = by.filter_map(key).collect();
        if self.tells() { self.named(store, &keys).await } else { Ok(BTreeMap::new()) }
    }

    /// What they may have now of what happened after a number. `done` is the last number of the change log: after another
    /// one somebody may have another name, or none.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn news(&self, store: &Store, number: i64, done: i64) -> Result<News, Failure> {
        let events = self.after(number);
        let (last, count, anonymous) = {
            let state = self.live.state();
            (state.board.number, state.count, state.board.details.names == Names::Anonymous)
        };
        let mut news = News { events, count, names: BTreeMap::new(), last };
        if anonymous {
            // When somebody wrote may have been seen.
            for event in news.events.iter_mut().filter(|event| event.by == By::Nobody) {
                if event.what.happened.says().is_some() {
                    event.at = 0;
                }
            }
        }
        if self.tells() {
            news.names = self.kept_names(store, news.events.iter().filter_map(|event| key(event.by)), done).await?;
        }
        Ok(news)
    }

    /// Whether it is told to them who wrote what.
    fn tells(&self) -> bool {
        self.actor.eye.knows_names && self.live.state().board.details.names == Names::Signed
    }

    /// The names of some; asked for once for all who follow.
    async fn kept_names(
        &self,
        store: &Store,
        keys: impl Iterator<Item = i64>,
        done: i64,
    ) -> Result<BTreeMap<i64, String>, Failure> {
        let keys: BTreeSet<i64> = keys.collect();
        let (mut found, lacking) = {
            let mut kept = self.live.names();
            if kept.0 != done {
                *kept = (done, BTreeMap::new());
            }
            let found: BTreeMap<i64, String> =
                keys.iter().filter_map(|key| Some((*key, kept.1.get(key)?.clone()))).collect();
            let lacking: BTreeSet<i64> = keys.into_iter().filter(|key| !found.contains_key(key)).collect();
            (found, lacking)
        };
        if !lacking.is_empty() {
            let named = self.named(store, &lacking).await?;
            let mut kept = self.live.names();
            if kept.0 == done {
                kept.1.extend(named.clone());
            }
            found.extend(named);
        }
        Ok(found)
    }

    async fn named(&self, store: &Store, keys: &BTreeSet<i64>) -> Result<BTreeMap<i64, String>, Failure> {
        let of = author::Entity::find().filter(author::Column::BoardId.eq(self.live.id));
        let mut authors = of.all(store.read()).await?;
        authors.retain(|author| keys.contains(&author.id));
        let ids = |id: fn(&author::Model) -> Option<i64>| authors.iter().filter_map(id).collect::<Vec<_>>();
        let seats = seat::Entity::find()
            .select_only()
            .columns([seat::Column::Id, seat::Column::Name])
            .filter(seat::Column::Id.is_in(ids(|author| author.seat_id)));
        let accounts = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::Name])
            .filter(account::Column::Id.is_in(ids(|author| author.account_id)));
        let seats: HashMap<i64, String> = seats.into_tuple().all(store.read()).await?.into_iter().collect();
        let accounts: HashMap<i64, String> = accounts.into_tuple().all(store.read()).await?.into_iter().collect();
        let name = |author: author::Model| {
            let name = author.seat_id.and_then(|id| seats.get(&id));
            let name = name.or_else(|| author.account_id.and_then(|id| accounts.get(&id)))?;
            Some((author.id, name.clone()))
        };
        Ok(authors.into_iter().filter_map(name).collect())
    }
}

fn key(by: By) -> Option<i64> {
    if let By::Author(key) = by { Some(key) } else { None }
}
