//! A draft of a board becomes a recommendation of its seminar.

use super::{
    audit::noted,
    command::{Command, Id},
    entity::event,
    keep::{lock, row_of},
    live::Open,
    log::{Event, Happened},
    proposal::Proposal,
    rules::{Refusal, decide},
};
use crate::{
    changes,
    edits::{self, Edited},
    folder::{self, Related, Ring, Spot, Written},
    gate::{Viewer, Visibility},
    recommendations,
    seats::goes_on,
    store::{Failure, Store},
    things::{Kind, Listed, entity::thing},
};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

impl Open {
    /// Publishes a draft: the recommendation and the event that says so are both there, or neither is.
    pub(super) async fn publish(
        &self,
        store: &Store,
        viewer: &Viewer,
        seminar: &Listed,
        (id, proposal): (Id, Id),
        now: Timestamp,
    ) -> Result<Result<i64, Refusal>, Failure> {
        let board = self.live.id;
        let transaction = changes::begin_publishing(store).await?;
        if !lock(&transaction, board).await? {
            return Ok(Err(Refusal::NotThere));
        }
        let turn = self.live.turn.lock().await;
        self.live.catch_up(&transaction).await?;
        let (came, draft, last) = {
            let board = &self.live.state().board;
            let came = decide(board, (id, &Command::Publish { proposal }), &self.actor, now.as_millisecond());
            (came, board.proposals.get(&proposal).cloned(), board.number)
        };
        let (by, mut what) = match came.map(|mut came| came.pop()) {
            Ok(Some(came)) => came,
            Ok(None) => return Ok(Ok(last)),
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(draft) = draft else { return Ok(Err(Refusal::NoProposal)) };
        // What is rehearsed is not for the public.
        if goes_on(&transaction, seminar.id.id(), now).await? {
            return Ok(Err(Refusal::Rehearsal));
        }
        let made = recommendation(&transaction, seminar, board, &draft).await?;
        let edited = vec![Edited { before: None, after: made, seen: None, publishes: false }];
        let home = Some(seminar.id.id());
        let published = edits::publish_in(&transaction, viewer, home, edited, 0, now).await?;
        let Some(slug) = published.and_then(|(mut slugs, _)| slugs.pop()) else { return Ok(Err(Refusal::NotThere)) };
        if let Happened::Published { recommendation, .. } = &mut what.happened {
            recommendation.clone_from(&slug);
        }
        let event = Event { number: last + 1, at: now.as_millisecond(), by, command: Some(id), what };
        event::Entity::insert(row_of(board, &event)?).exec_without_returning(&transaction).await?;
        let says = json!({ "after": { "draft": proposal, "recommendation": slug } });
        noted(&transaction, viewer, (seminar, board), ("publish draft", says), now).await?;
        transaction.commit().await?;
        let last = self.live.push(vec![event]);
        drop(turn);
        store.announce();
        Ok(Ok(last))
    }
}

/// A draft as a recommendation: of the session of which its board is, with the next reference.
async fn recommendation<C: ConnectionTrait>(
    db: &C,
    seminar: &Listed,
    board: i64,
    draft: &Proposal,
) -> Result<Written, Failure> {
    let (slug, position) = recommendations::next(db, seminar).await?;
    let board = thing::Entity::find_by_id(board).one(db).await?;
    let parent = match board.as_ref().and_then(|board| board.parent_id) {
        Some(session) => thing::Entity::find_by_id(session).one(db).await?,
        None => None,
    };
    let named = |ring, kind, slug| Related { ring, kind, slug, spot: Spot::default() };
    let details = recommendations::Details::drafted(&slug, draft.urgency, draft.addressees.clone());
    let details = folder::Details::Recommendation(details);
    let mut made = Written::blank(Kind::Recommendation, slug, draft.text.language, details);
    made.parent = parent.map(|session| named(Ring::Of, Kind::Session, session.slug));
    made.position = position;
    made.visibility = Visibility::by_itself(Kind::Recommendation);
    made.countries.clone_from(&seminar.countries);
    made.themes.clone_from(&draft.themes);
    made.relations = board.map(|board| named(Ring::From, Kind::Board, board.slug)).into_iter().collect();
    if let Some(text) = made.texts.first_mut() {
        text.title.clone_from(&draft.text.text);
    }
    Ok(made)
}
