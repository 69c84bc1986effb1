//! Who wrote and voted on a board, where that is told.

use super::{Names, entity::author, live::Open, log::By};
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
        let details = self.live.state().board.details;
        if details.names == Names::Anonymous || !self.actor.eye.knows_names {
            return Ok(BTreeMap::new());
        }
        // Of those alone whose cards, or votes, are there.
        let board = self.look().board;
        let by = board.cards.values().map(|card| card.by).chain(board.ballots.values().map(|cast| cast.by));
        let keys: BTreeSet<i64> = by.filter_map(|by| if let By::Author(key) = by { Some(key) } else { None }).collect();
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
