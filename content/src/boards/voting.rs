//! Voting on a board where ballots are secret.

use super::{
    ballots::{self, Entered},
    command::{Command, Id, Phase},
    live::Open,
    log::By,
    rules::{Refusal, decide},
    vote::{Ballot, Ballots, Cast, Hand},
};
use crate::{
    gate::Who,
    seats::entity as seat,
    store::{Failure, Store},
    things::Listed,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// What somebody may know of a vote while it is open.
#[derive(Clone, Debug, Default)]
pub struct Voting {
    /// What they have voted.
    pub own: Option<Cast>,
    /// How many have.
    pub turnout: usize,
    /// What was entered by whoever leads the work: for them alone.
    pub entered: Vec<Entered>,
    /// For whom they can enter a ballot, by their seats: for whoever leads the work alone.
    pub seats: Vec<(i64, String)>,
}

impl Open {
    /// What they may know of the vote; where none is open, nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn voting(&self, store: &Store, seminar: &Listed) -> Result<Voting, Failure> {
        let leads = self.leads();
        let (phase, ballots) = {
            let board = &self.live.state().board;
            (board.phase, board.details.ballots())
        };
        if phase != Phase::Prioritise {
            return Ok(Voting::default());
        }
        let seats = if leads { seats(store.read(), seminar).await? } else { Vec::new() };
        if ballots == Ballots::Open {
            let board = self.look().board;
            let own = board.ballots.values().find(|cast| cast.by == By::You).cloned();
            let entered = board.ballots.iter().filter(|(_, cast)| leads && cast.hand != Hand::Own);
            let entered = entered.map(|(id, cast)| Entered {
                command: id.to_string(),
                hand: cast.hand,
                group: cast.group.clone(),
            });
            return Ok(Voting { own, turnout: board.ballots.len(), entered: entered.collect(), seats });
        }
        let own = match self.who {
            Some(who) => ballots::own(store.read(), self.live.id, who).await?,
            None => None,
        };
        let turnout = ballots::turnout(store.read(), self.live.id).await?;
        let entered = if leads { ballots::entered(store.read(), self.live.id).await? } else { Vec::new() };
        Ok(Voting { own, turnout: usize::try_from(turnout).unwrap_or(usize::MAX), entered, seats })
    }

    /// Carries out what is done with a secret ballot, which is no event: whether anything is to be kept of it.
    pub(super) async fn vote<C: ConnectionTrait>(
        &self,
        db: &C,
        (id, command): (Id, &Command),
        (who, group): (Option<Who>, Option<String>),
        now: i64,
    ) -> Result<Result<bool, Refusal>, Failure> {
        let board = self.live.id;
        let counted = {
            let mut actor = self.actor.clone();
            actor.eye.by = By::You;
            let state = self.live.state();
            let counted = |ballot: &Ballot| state.board.counted(ballot);
            decide(&state.board, (id, command), &actor, now).and_then(|_| match command {
                Command::Vote { ballot } => counted(ballot).map(|ballot| Some((Hand::Own, ballot))),
                Command::Enter { hand, ballot, .. } => counted(ballot).map(|ballot| Some((*hand, ballot))),
                _ => Ok(None),
            })
        };
        let (hand, ballot) = match (counted, command) {
            (Err(refusal), _) => return Ok(Err(refusal)),
            (Ok(Some(counted)), _) => counted,
            (Ok(None), Command::Discard { ballot }) => {
                let there = ballots::discard(db, board, *ballot).await?;
                return Ok(if there { Ok(true) } else { Err(Refusal::NotThere) });
            }
            (Ok(None), _) => return Ok(Ok(false)),
        };
        let cast = Cast { by: By::Nobody, group, hand, ballot };
        // One that is sent twice is there.
        if hand != Hand::Own && ballots::is_entered(db, board, id).await? {
            return Ok(Ok(false));
        }
        match (hand, who) {
            (Hand::Paper, _) => ballots::paper(db, board, &cast, id).await?,
            (_, None) => return Ok(Err(Refusal::Nobody)),
            (Hand::Own, Some(who)) => ballots::cast(db, board, who, &cast, None).await?,
            (Hand::Proxy, Some(who)) => {
                // What they vote themselves goes before.
                if ballots::own(db, board, who).await?.is_some_and(|cast| cast.hand == Hand::Own) {
                    return Ok(Err(Refusal::HasVoted));
                }
                ballots::cast(db, board, who, &cast, Some(id)).await?;
            }
        }
        Ok(Ok(true))
    }
}

/// Whoever has a seat at a seminar.
async fn seats<C: ConnectionTrait>(db: &C, seminar: &Listed) -> Result<Vec<(i64, String)>, Failure> {
    let seats = seat::Entity::find().filter(seat::Column::SeminarId.eq(seminar.id.id()));
    let seats = seats.order_by_asc(seat::Column::Folded).order_by_asc(seat::Column::Id).all(db).await?;
    Ok(seats.into_iter().map(|seat| (seat.id, seat.name)).filter(|(_, name)| !name.is_empty()).collect())
}

/// Who sits on a seat of a seminar, and for which delegation.
pub(super) async fn on_seat<C: ConnectionTrait>(
    db: &C,
    seminar: &Listed,
    id: i64,
) -> Result<Option<(Who, Option<String>)>, Failure> {
    let seat = seat::Entity::find_by_id(id).filter(seat::Column::SeminarId.eq(seminar.id.id())).one(db).await?;
    Ok(seat.map(|seat| (seat.account_id.map_or(Who::Seat(seat.id), Who::Account), seat.delegation)))
}
