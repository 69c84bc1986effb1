//! Secret ballots, as the store has them while their vote is open: each under what is made of its voter's seat with the
//! vote's secret, so that it can be changed, and nothing says when it came.

use super::{
    command::Id,
    entity::{ballot, vote},
    log::By,
    vote::{Ballot, Cast, Hand},
};
use crate::{gate::Who, seats::entity as seat, store::Failure, things::entity::thing};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Query, SelectStatement},
};
use serde_json::{Value, json};

/// A ballot that whoever leads the work entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The command that entered it.
    pub command: String,
    /// How it came to them.
    pub hand: Hand,
    /// The country of the delegation of which it is.
    pub group: Option<String>,
}

/// The secret of a vote. The first ballot makes it: also where a vote of before came back to the log.
async fn vote_of<C: ConnectionTrait>(db: &C, board: i64) -> Result<vote::Model, Failure> {
    if let Some(vote) = vote::Entity::find_by_id(board).one(db).await? {
        return Ok(vote);
    }
    let vote = vote::Model { board_id: board, secret: blake3::Hash::from_bytes(random()).to_hex().to_string() };
    let row = vote::ActiveModel { board_id: Set(board), secret: Set(vote.secret.clone()) };
    vote::Entity::insert(row).exec_without_returning(db).await?;
    Ok(vote)
}

#[expect(clippy::expect_used, reason = "without randomness there is no service")]
fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// Has a vote be as if it had never been but for what was counted.
pub(super) async fn destroy<C: ConnectionTrait>(db: &C, board: i64) -> Result<(), Failure> {
    ballot::Entity::delete_many().filter(ballot::Column::BoardId.eq(board)).exec(db).await?;
    vote::Entity::delete_by_id(board).exec(db).await?;
    Ok(())
}

/// The same with some boards. What was voted there at which time nobody can say.
pub(super) async fn destroy_of<C: ConnectionTrait>(db: &C, boards: &SelectStatement) -> Result<(), Failure> {
    let ballots = ballot::Entity::delete_many().filter(ballot::Column::BoardId.in_subquery(boards.clone()));
    ballots.exec(db).await?;
    vote::Entity::delete_many().filter(vote::Column::BoardId.in_subquery(boards.clone())).exec(db).await?;
    Ok(())
}

/// Under what somebody's ballots lie. The first is theirs from now on; under the others they may have voted before they took
/// a seat into their account.
async fn keys<C: ConnectionTrait>(db: &C, vote: &vote::Model, who: Who) -> Result<Vec<String>, Failure> {
    let of = match who {
        Who::Seat(id) => vec![format!("seat {id}")],
        Who::Account(account) => {
            let mut seminar = Query::select();
            seminar.column(thing::Column::SeminarId).from(thing::Entity).and_where(thing::Column::Id.eq(vote.board_id));
            let seats = seat::Entity::find()
                .select_only()
                .column(seat::Column::Id)
                .filter(seat::Column::AccountId.eq(account))
                .filter(seat::Column::SeminarId.in_subquery(seminar))
                .order_by_asc(seat::Column::Id);
            let seats: Vec<i64> = seats.into_tuple().all(db).await?;
            seats.into_iter().map(|id| format!("seat {id}")).chain([format!("account {account}")]).collect()
        }
    };
    of.iter().map(|of| under(vote, of)).collect()
}

/// A message authentication code (BLAKE3 with a key, section 2.3 of its paper), like HMAC.
fn under(vote: &vote::Model, of: &str) -> Result<String, Failure> {
    let secret = blake3::Hash::from_hex(&vote.secret).map_err(|_| Failure::odd("board_vote.secret"))?;
    Ok(blake3::keyed_hash(secret.as_bytes(), of.as_bytes()).to_hex().to_string())
}

/// What somebody has voted, if they have.
pub(super) async fn own<C: ConnectionTrait>(db: &C, board: i64, who: Who) -> Result<Option<Cast>, Failure> {
    let Some(vote) = vote::Entity::find_by_id(board).one(db).await? else { return Ok(None) };
    let keys = keys(db, &vote, who).await?;
    let rows = ballot::Entity::find().filter(ballot::Column::BoardId.eq(board));
    let mut rows = rows.filter(ballot::Column::Key.is_in(keys.iter().map(String::as_str))).all(db).await?;
    rows.sort_by_key(|row| keys.iter().position(|key| *key == row.key));
    rows.into_iter().next().map(cast_of).transpose()
}

/// Has somebody have voted this, whatever they voted before; nothing: they have not voted. `entered` by which command, where
/// it is entered for them.
pub(super) async fn cast<C: ConnectionTrait>(
    db: &C,
    board: i64,
    who: Who,
    cast: &Cast,
    entered: Option<Id>,
) -> Result<(), Failure> {
    let keys = keys(db, &vote_of(db, board).await?, who).await?;
    let of = ballot::Entity::delete_many().filter(ballot::Column::BoardId.eq(board));
    of.filter(ballot::Column::Key.is_in(keys.iter().map(String::as_str))).exec(db).await?;
    match keys.into_iter().next() {
        Some(key) if !cast.ballot.is_empty() => put(db, (board, key), cast, entered).await,
        _ => Ok(()),
    }
}

/// Has a ballot that came on paper count.
pub(super) async fn paper<C: ConnectionTrait>(db: &C, board: i64, cast: &Cast, command: Id) -> Result<(), Failure> {
    let key = under(&vote_of(db, board).await?, &format!("paper {command}"))?;
    put(db, (board, key), cast, Some(command)).await
}

async fn put<C: ConnectionTrait>(
    db: &C,
    (board, key): (i64, String),
    cast: &Cast,
    entered: Option<Id>,
) -> Result<(), Failure> {
    let row = ballot::ActiveModel {
        board_id: Set(board),
        key: Set(key),
        country: Set(cast.group.clone()),
        hand: Set(cast.hand.code().to_owned()),
        entered: Set(entered.map(|command| command.to_string())),
        body: Set(serde_json::to_string(&cast.ballot)?),
    };
    ballot::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Whether a command has entered a ballot that is there.
pub(super) async fn is_entered<C: ConnectionTrait>(db: &C, board: i64, command: Id) -> Result<bool, Failure> {
    let of = ballot::Entity::find().filter(ballot::Column::BoardId.eq(board));
    Ok(of.filter(ballot::Column::Entered.eq(command.to_string())).count(db).await? > 0)
}

/// Takes back a ballot that was entered: whether it was there.
pub(super) async fn discard<C: ConnectionTrait>(db: &C, board: i64, command: Id) -> Result<bool, Failure> {
    let of = ballot::Entity::delete_many().filter(ballot::Column::BoardId.eq(board));
    Ok(of.filter(ballot::Column::Entered.eq(command.to_string())).exec(db).await?.rows_affected > 0)
}

/// How many there are.
pub(super) async fn turnout<C: ConnectionTrait>(db: &C, board: i64) -> Result<u64, Failure> {
    Ok(ballot::Entity::find().filter(ballot::Column::BoardId.eq(board)).count(db).await?)
}

/// Those that were entered by whoever leads the work.
pub(super) async fn entered<C: ConnectionTrait>(db: &C, board: i64) -> Result<Vec<Entered>, Failure> {
    let of = ballot::Entity::find().filter(ballot::Column::BoardId.eq(board));
    let rows = of.filter(ballot::Column::Entered.is_not_null()).all(db).await?;
    let told = |row: ballot::Model| {
        let hand = row.hand.parse().map_err(|()| Failure::odd("board_ballot.hand"))?;
        Ok(Entered { command: row.entered.unwrap_or_default(), hand, group: row.country })
    };
    rows.into_iter().map(told).collect()
}

/// All of them.
pub(super) async fn all<C: ConnectionTrait>(db: &C, board: i64) -> Result<Vec<Cast>, Failure> {
    let rows = ballot::Entity::find().filter(ballot::Column::BoardId.eq(board)).all(db).await?;
    rows.into_iter().map(cast_of).collect()
}

/// What an account has voted in votes that are open: for its owner.
pub(crate) async fn votes_of<C: ConnectionTrait>(db: &C, account: i64) -> Result<Vec<Value>, Failure> {
    let mut votes = Vec::new();
    for vote in vote::Entity::find().order_by_asc(vote::Column::BoardId).all(db).await? {
        if let Some(cast) = own(db, vote.board_id, Who::Account(account)).await? {
            let board = thing::Entity::find_by_id(vote.board_id).one(db).await?.map(|board| board.slug);
            votes.push(json!({ "board": board, "delegation": cast.group, "votes": cast.ballot }));
        }
    }
    Ok(votes)
}

fn cast_of(row: ballot::Model) -> Result<Cast, Failure> {
    let hand = row.hand.parse().map_err(|()| Failure::odd("board_ballot.hand"))?;
    let ballot: Ballot = serde_json::from_str(&row.body)?;
    Ok(Cast { by: By::Nobody, group: row.country, hand, ballot })
}
