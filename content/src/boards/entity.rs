//! The tables `board`, `board_event`, `board_author`, `board_vote` and `board_ballot`.

use super::Details;
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QuerySelect, entity::prelude::*};
use std::collections::HashSet;

/// `board`: how one works.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "board")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) names: String,
    pub(crate) shown: String,
    pub(crate) ballots: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// `board_event`: the log. What is in it is never changed; of an anonymous board `author_id` is emptied when it closes.
pub(crate) mod event {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "board_event")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) board_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) number: i64,
        /// Milliseconds since 1970, UTC.
        pub(crate) at: i64,
        /// Of the table `board_author`; without a foreign key, since what was written stays when its author goes.
        pub(crate) author_id: Option<i64>,
        /// The id that the client gave its command, on the first event that came of it.
        pub(crate) command: Option<String>,
        /// JSON: who may see it, and what happened.
        pub(crate) body: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `board_author`: whose the keys of a board's authors are. The rows of an anonymous board go when it closes.
pub(crate) mod author {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "board_author")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) board_id: i64,
        /// Of somebody who came in without an account; else `account_id` is set.
        pub(crate) seat_id: Option<i64>,
        pub(crate) account_id: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `board_vote`: the secret under which the keys of a secret vote's ballots are made. It goes with the end of the vote.
pub(crate) mod vote {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "board_vote")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) board_id: i64,
        /// 32 random bytes, in hexadecimal digits.
        pub(crate) secret: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `board_ballot`: secret ballots while their vote is open, without time or order.
pub(crate) mod ballot {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "board_ballot")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) board_id: i64,
        /// Of whoever voted: what is made of their seat under the vote's secret.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) key: String,
        /// Of their delegation.
        pub(crate) country: Option<String>,
        /// How it came.
        pub(crate) hand: String,
        /// The command by which whoever leads the work entered it.
        pub(crate) entered: Option<String>,
        /// JSON: what it says.
        pub(crate) body: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes how a board works.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel {
        thing_id: Set(thing),
        names: Set(details.names.code().to_owned()),
        shown: Set(details.shown.code().to_owned()),
        ballots: Set(details.ballots.code().to_owned()),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Those of some boards with which somebody has begun: something has happened on them.
pub(crate) async fn begun_of<C: ConnectionTrait>(db: &C, boards: &[i64]) -> Result<HashSet<i64>, Failure> {
    let mut begun = HashSet::new();
    for part in boards.chunks(500) {
        let events = event::Entity::find().select_only().column(event::Column::BoardId).distinct();
        let events = events.filter(event::Column::BoardId.is_in(part.iter().copied()));
        begun.extend(events.into_tuple::<i64>().all(db).await?);
    }
    Ok(begun)
}

/// Whether somebody has begun with a board.
pub(crate) async fn begun<C: ConnectionTrait>(db: &C, board: i64) -> Result<bool, Failure> {
    Ok(!begun_of(db, &[board]).await?.is_empty())
}

impl TryFrom<Model> for Details {
    type Error = Failure;

    fn try_from(row: Model) -> Result<Self, Failure> {
        Ok(Self {
            names: row.names.parse().map_err(|()| Failure::odd("board.names"))?,
            shown: row.shown.parse().map_err(|()| Failure::odd("board.shown"))?,
            ballots: row.ballots.parse().map_err(|()| Failure::odd("board.ballots"))?,
        })
    }
}
