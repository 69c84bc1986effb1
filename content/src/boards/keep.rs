//! The log of a board, and whose the keys of its authors are, as the store has them.

use super::{
    ballots,
    entity::{author, event},
    log::{By, Event, What},
};
use crate::{
    gate::Who,
    seats::entity as seat,
    store::Failure,
    things::{Kind, entity::thing},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The events of a board after a number, in order.
pub(super) async fn after<C: ConnectionTrait>(db: &C, board: i64, number: i64) -> Result<Vec<event::Model>, Failure> {
    let of = Condition::all().add(event::Column::BoardId.eq(board)).add(event::Column::Number.gt(number));
    Ok(event::Entity::find().filter(of).order_by_asc(event::Column::Number).all(db).await?)
}

pub(super) fn event_of(row: event::Model) -> Result<Event, Failure> {
    let what: What = serde_json::from_str(&row.body)?;
    let command = row.command.map(|id| id.parse()).transpose().map_err(|_| Failure::odd("board_event.command"))?;
    Ok(Event { number: row.number, at: row.at, by: row.author_id.map_or(By::Nobody, By::Author), command, what })
}

pub(super) fn row_of(board: i64, event: &Event) -> Result<event::ActiveModel, Failure> {
    let key = if let By::Author(key) = event.by { Some(key) } else { None };
    Ok(event::ActiveModel {
        board_id: Set(board),
        number: Set(event.number),
        at: Set(event.at),
        author_id: Set(key),
        command: Set(event.command.map(|id| id.to_string())),
        body: Set(serde_json::to_string(&event.what)?),
    })
}

/// Waits for its turn on a board, and has others wait: whether it is there. A write, so that SQLite has it wait, too, for
/// other processes; of the thing, since the board's own row is written anew when it is edited.
pub(super) async fn lock<C: ConnectionTrait>(db: &C, board: i64) -> Result<bool, Failure> {
    let itself = thing::Entity::update_many()
        .col_expr(thing::Column::Position, Expr::col(thing::Column::Position))
        .filter(thing::Column::Id.eq(board))
        .filter(thing::Column::Kind.eq(Kind::Board.code()));
    Ok(itself.exec(db).await?.rows_affected == 1)
}

/// How many of a delegation are at a seminar.
pub(super) async fn there<C: ConnectionTrait>(db: &C, seminar: i64, country: &str) -> Result<u64, Failure> {
    let seats = seat::Entity::find().filter(seat::Column::SeminarId.eq(seminar));
    Ok(seats.filter(seat::Column::Delegation.eq(country)).count(db).await?)
}

/// What is of somebody. What was written before they took their seat into an account is theirs, too.
fn of(who: Who) -> Condition {
    let is = match who {
        Who::Account(id) => {
            let mut seats = Query::select();
            seats.column(seat::Column::Id).from(seat::Entity).and_where(seat::Column::AccountId.eq(id));
            author::Column::AccountId.eq(id).or(author::Column::SeatId.in_subquery(seats))
        }
        Who::Seat(id) => author::Column::SeatId.eq(id),
    };
    Condition::all().add(is)
}

/// The key of somebody as an author of a board, if they have written on it.
pub(super) async fn key<C: ConnectionTrait>(db: &C, board: i64, who: Who) -> Result<Option<i64>, Failure> {
    let rows = author::Entity::find().filter(author::Column::BoardId.eq(board)).filter(of(who));
    Ok(rows.order_by_asc(author::Column::Id).one(db).await?.map(|row| row.id))
}

/// Whose the keys of a board's authors are. Who took their seat into an account is told by both.
pub(super) async fn keys<C: ConnectionTrait>(db: &C, board: i64) -> Result<HashMap<Who, i64>, Failure> {
    let authors = author::Entity::find().filter(author::Column::BoardId.eq(board)).order_by_desc(author::Column::Id);
    let authors = authors.all(db).await?;
    let claimed = seat::Entity::find()
        .select_only()
        .columns([seat::Column::Id, seat::Column::AccountId])
        .filter(seat::Column::Id.is_in(authors.iter().filter_map(|author| author.seat_id)))
        .filter(seat::Column::AccountId.is_not_null());
    let claimed: HashMap<i64, i64> = claimed.into_tuple().all(db).await?.into_iter().collect();
    let mut keys = HashMap::new();
    // The first of somebody who has two is the one that counts: it is noted last.
    for author in authors {
        let seat = author.seat_id;
        let account = author.account_id.or_else(|| claimed.get(&seat?).copied());
        let whose = seat.map(Who::Seat).into_iter().chain(account.map(Who::Account));
        keys.extend(whose.map(|who| (who, author.id)));
    }
    Ok(keys)
}

/// What happened to the cards of an account, as far as it is known whose they are: for its owner.
pub(crate) async fn theirs<C: ConnectionTrait>(db: &C, account: i64) -> Result<Vec<Value>, Failure> {
    let keys = author::Entity::find().filter(of(Who::Account(account))).all(db).await?;
    let events = event::Entity::find()
        .filter(event::Column::AuthorId.is_in(keys.iter().map(|key| key.id)))
        .order_by_asc(event::Column::BoardId)
        .order_by_asc(event::Column::Number);
    let boards = thing::Entity::find().filter(thing::Column::Id.is_in(keys.iter().map(|key| key.board_id)));
    let boards: HashMap<i64, String> = boards.all(db).await?.into_iter().map(|row| (row.id, row.slug)).collect();
    let told = |row: event::Model| {
        let at = Timestamp::from_millisecond(row.at).map(|at| at.to_string()).ok();
        let what: Value = serde_json::from_str(&row.body)?;
        Ok(json!({ "board": boards.get(&row.board_id), "at": at, "what": what }))
    };
    events.all(db).await?.into_iter().map(told).collect()
}

/// The same, and a new one for whoever has none.
pub(super) async fn author<C: ConnectionTrait>(db: &C, board: i64, who: Who) -> Result<i64, Failure> {
    if let Some(key) = key(db, board, who).await? {
        return Ok(key);
    }
    let (account_id, seat_id) = match who {
        Who::Account(id) => (Some(id), None),
        Who::Seat(id) => (None, Some(id)),
    };
    let row =
        author::ActiveModel { id: NotSet, board_id: Set(board), seat_id: Set(seat_id), account_id: Set(account_id) };
    Ok(author::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// Whose what is on a board: nobody knows it any more.
pub(super) async fn forget<C: ConnectionTrait>(db: &C, board: i64) -> Result<(), Failure> {
    event::Entity::update_many()
        .col_expr(event::Column::AuthorId, Expr::value(None::<i64>))
        .filter(event::Column::BoardId.eq(board))
        .exec(db)
        .await?;
    author::Entity::delete_many().filter(author::Column::BoardId.eq(board)).exec(db).await?;
    Ok(())
}

/// Takes away what happened on the boards of a seminar since a moment, in milliseconds since 1970: how much. Of a board on
/// which nothing is left nobody has written.
pub(crate) async fn forget_since<C: ConnectionTrait>(db: &C, seminar: i64, since: i64) -> Result<u64, Failure> {
    let boards = || {
        let mut boards = Query::select();
        boards.column(thing::Column::Id).from(thing::Entity).and_where(thing::Column::SeminarId.eq(seminar));
        boards.and_where(thing::Column::Kind.eq(Kind::Board.code())).to_owned()
    };
    // Whoever writes there at this moment is done before.
    thing::Entity::update_many()
        .col_expr(thing::Column::Position, Expr::col(thing::Column::Position))
        .filter(thing::Column::Id.in_subquery(boards()))
        .exec(db)
        .await?;
    let came = event::Entity::delete_many()
        .filter(event::Column::BoardId.in_subquery(boards()))
        .filter(event::Column::At.gte(since))
        .exec(db)
        .await?;
    ballots::destroy_of(db, &boards()).await?;
    let mut written = Query::select();
    written.column(event::Column::BoardId).from(event::Entity);
    author::Entity::delete_many()
        .filter(author::Column::BoardId.in_subquery(boards()))
        .filter(author::Column::BoardId.not_in_subquery(written))
        .exec(db)
        .await?;
    Ok(came.rows_affected)
}
