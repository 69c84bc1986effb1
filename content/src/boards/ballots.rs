//! Secret ballots, as the store has them while their vote is open: each under what is made of its voter's seat with the
//! vote's secret, so that it can be changed, and nothing says when it came.

use super::{
    entity::{ballot, vote},
    log::By,
    vote::{Ballot, Cast, Hand},
};
use crate::{
    gate::Who,
    seats::entity as seat,
    store::Failure,
    things::{Kind, entity::thing},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{OnConflict, Query},
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

/// Has a vote begin: whatever was voted before is gone.
pub(super) async fn begin<C: ConnectionTrait>(db: &C, board: i64) -> Result<(), Failure> {
    destroy(db, board).await?;
    let secret = blake3::Hash::from_bytes(random()).to_hex().to_string();
    let row = vote::ActiveModel { board_id: Set(board), secret: Set(secret) };
    vote::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
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

/// The same with the votes of a seminar that nothing in the log of their board speaks of any more.
pub(super) async fn destroy_unknown<C: ConnectionTrait>(db: &C, seminar: i64) -> Result<(), Failure> {
    let mut boards = Query::select();
    boards.column(thing::Column::Id).from(thing::Entity).and_where(thing::Column::SeminarId.eq(seminar));
    boards.and_where(thing::Column::Kind.eq(Kind::Board.code()));
    let votes = vote::Entity::find().filter(vote::Column::BoardId.in_subquery(boards));
    for row in votes.all(db).await? {
        if !super::keep::speaks_of_vote(db, row.board_id).await? {
            destroy(db, row.board_id).await?;
        }
    }
    Ok(())
}

/// Under what somebody's ballots lie in a vote that is open. The first is theirs from now on; under the others they may have
/// voted before they took a seat into their account. None: there is no vote.
async fn keys<C: ConnectionTrait>(db: &C, board: i64, who: Who) -> Result<Option<Vec<String>>, Failure> {
    let Some(vote) = vote::Entity::find_by_id(board).one(db).await? else { return Ok(None) };
    let mut seminar = Query::select();
    seminar.column(thing::Column::SeminarId).from(thing::Entity).and_where(thing::Column::Id.eq(board));
    let (mut of, account) = match who {
        Who::Seat(id) => (vec![format!("seat {id}")], None),
        Who::Account(id) => (Vec::new(), Some(id)),
    };
    if let Some(account) = account {
        let seats = seat::Entity::find()
            .select_only()
            .column(seat::Column::Id)
            .filter(seat::Column::AccountId.eq(account))
            .filter(seat::Column::SeminarId.in_subquery(seminar))
            .order_by_asc(seat::Column::Id);
        let seats: Vec<i64> = seats.into_tuple().all(db).await?;
        of.extend(seats.into_iter().map(|id| format!("seat {id}")));
        of.push(format!("account {account}"));
    }
    of.iter().map(|of| under(&vote, of)).collect::<Result<_, _>>().map(Some)
}

/// A message authentication code (BLAKE3 with a key, section 2.3 of its paper), like HMAC.
fn under(vote: &vote::Model, of: &str) -> Result<String, Failure> {
    let secret = blake3::Hash::from_hex(&vote.secret).map_err(|_| Failure::odd("board_vote.secret"))?;
    Ok(blake3::keyed_hash(secret.as_bytes(), of.as_bytes()).to_hex().to_string())
}

/// What somebody has voted, if they have.
pub(super) async fn own<C: ConnectionTrait>(db: &C, board: i64, who: Who) -> Result<Option<Cast>, Failure> {
    let Some(keys) = keys(db, board, who).await? else { return Ok(None) };
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
    entered: Option<String>,
) -> Result<(), Failure> {
    let Some(keys) = keys(db, board, who).await? else { return Ok(()) };
    let of = ballot::Entity::delete_many().filter(ballot::Column::BoardId.eq(board));
    of.filter(ballot::Column::Key.is_in(keys.iter().map(String::as_str))).exec(db).await?;
    match keys.into_iter().next() {
        Some(key) if !cast.ballot.is_empty() => put(db, (board, key), cast, entered).await.map(|_| ()),
        _ => Ok(()),
    }
}

/// Has a ballot that came on paper count: whether it did not yet.
pub(super) async fn paper<C: ConnectionTrait>(
    db: &C,
    board: i64,
    cast: &Cast,
    command: String,
) -> Result<bool, Failure> {
    let Some(vote) = vote::Entity::find_by_id(board).one(db).await? else { return Ok(false) };
    let key = under(&vote, &format!("paper {command}"))?;
    put(db, (board, key), cast, Some(command)).await
}

async fn put<C: ConnectionTrait>(
    db: &C,
    (board, key): (i64, String),
    cast: &Cast,
    entered: Option<String>,
) -> Result<bool, Failure> {
    let row = ballot::ActiveModel {
        board_id: Set(board),
        key: Set(key),
        country: Set(cast.group.clone()),
        hand: Set(cast.hand.code().to_owned()),
        entered: Set(entered),
        body: Set(serde_json::to_string(&cast.ballot)?),
    };
    // One that is sent twice is there.
    let once = OnConflict::columns([ballot::Column::BoardId, ballot::Column::Key]).do_nothing().to_owned();
    Ok(ballot::Entity::insert(row).on_conflict(once).exec_without_returning(db).await? > 0)
}

/// Takes back a ballot that was entered: whether it was there.
pub(super) async fn discard<C: ConnectionTrait>(db: &C, board: i64, command: &str) -> Result<bool, Failure> {
    let of = ballot::Entity::delete_many().filter(ballot::Column::BoardId.eq(board));
    Ok(of.filter(ballot::Column::Entered.eq(command)).exec(db).await?.rows_affected > 0)
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
