//! What those who take part find on each page of a seminar, and a mark of all that they see there: as long as it is the
//! same, a page that is open needs no second look.

use super::{Notice, entity};
use crate::{
    changes,
    gate::Viewer,
    roles::Act,
    seats,
    seminars::{self, Details},
    store::{Failure, Question, Store},
    things::{self, Look},
};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use std::{cmp::Reverse, collections::HashMap, sync::Arc};
use tokio::sync::{Mutex, watch};

/// Of how many pairs of a seminar and a set of audiences something is kept.
const KEPT_MOST: usize = 1000;

/// A seminar, as somebody who takes part has it before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// What stands there for them, the latest first.
    pub notices: Vec<Notice>,
    /// When one of them ends by itself.
    pub until: Option<Timestamp>,
    /// The name of the seminar's time zone.
    pub zone: String,
    /// Another one when something that they see has changed, and made of nothing else. Who may not see a thing learns
    /// nothing from it.
    pub mark: String,
}

/// The rooms of a process. What they hold is asked for once for all who see the same, and again when something was done
/// ([`Rooms::look`]).
#[derive(Debug)]
pub struct Rooms {
    done: watch::Sender<i64>,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    done: i64,
    found: HashMap<Key, Option<Arc<Found>>>,
}

/// The seminar's slug, and what somebody sees.
type Key = (String, Viewer);

#[derive(Debug)]
struct Found {
    seminar: i64,
    zone: String,
    /// For all and for any delegation.
    notices: Vec<Notice>,
    mark: blake3::Hash,
    /// For those who see who is in.
    mark_with_seats: blake3::Hash,
}

impl Default for Rooms {
    fn default() -> Self {
        Self { done: watch::Sender::new(0), kept: Mutex::default() }
    }
}

impl Rooms {
    /// Looks whether anything was done since. Whatever anybody does is in the audit, by whichever process.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn look(&self, store: &Store) -> Result<(), Failure> {
        let done = changes::done(store).await?;
        // Of two who look at once the slower has read less.
        self.done.send_if_modified(|known| {
            let more = done > *known;
            *known = Ord::max(done, *known);
            more
        });
        Ok(())
    }

    /// Changes when something was done.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.done.subscribe()
    }

    /// A seminar as it is before somebody who takes part; none for anybody else.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn room(
        &self,
        store: &Store,
        viewer: &Viewer,
        slug: &str,
        now: Timestamp,
    ) -> Result<Option<Room>, Failure> {
        let Some(somebody) = viewer.who().filter(|_| viewer.may_somewhere(Act::ReadParticipants)) else {
            return Ok(None);
        };
        let Some(found) = self.found(store, viewer, slug).await? else { return Ok(None) };
        let may = |act| viewer.may_within(act, Some(found.seminar));
        if !may(Act::ReadParticipants) {
            return Ok(None);
        }
        // Who says things sees all that is said.
        let (says, own) = (may(Act::PostNotices), somebody.delegation(found.seminar));
        let theirs = |notice: &&Notice| notice.delegation.is_none() || says || notice.delegation.as_deref() == own;
        let notices: Vec<Notice> =
            found.notices.iter().filter(|notice| notice.stands(now)).filter(theirs).cloned().collect();
        let mark = if may(Act::GiveParts) { found.mark_with_seats } else { found.mark };
        let stand: Vec<_> = notices.iter().map(|notice| (notice.id, 0)).collect();
        Ok(Some(Room {
            until: notices.iter().filter_map(|notice| notice.until).min(),
            zone: found.zone.clone(),
            mark: marked(mark.as_bytes(), &stand).to_hex()[..16].to_owned(),
            notices,
        }))
    }

    async fn found(&self, store: &Store, viewer: &Viewer, slug: &str) -> Result<Option<Arc<Found>>, Failure> {
        // Read before anything is asked: what is done meanwhile is found by the next who asks.
        let done = *self.done.borrow();
        let mut kept = self.kept.lock().await;
        if kept.done < done || kept.found.len() > KEPT_MOST {
            *kept = Kept { done, found: HashMap::new() };
        }
        let key = (slug.to_owned(), viewer.faceless());
        if let Some(found) = kept.found.get(&key) {
            return Ok(found.clone());
        }
        let found = ask(store, viewer, slug).await?.map(Arc::new);
        kept.found.insert(key, found.clone());
        Ok(found)
    }
}

async fn ask(store: &Store, viewer: &Viewer, slug: &str) -> Result<Option<Found>, Failure> {
    let asked = things::given(viewer, "seminar_itself", &seminars::itself(slug), |seminar, _| {
        let within = things::shown(viewer, &Look { seminar: Some(seminar.clone()), ..Look::default() });
        let standing = seminar.hold(entity::Column::SeminarId).and(Expr::col(entity::Column::EndedAt).is_null());
        (
            seminars::details(seminar),
            Question::whole(entity::Entity, standing),
            things::lately(seminar),
            things::lately(&within),
            seats::tally(seminar),
        )
    });
    let (mut itself, notices, mut seen, within, seats) = store.ask(asked).await?;
    let Some((seminar, Details { time_zone: zone, .. })) = itself.pop() else { return Ok(None) };
    seen.extend(within);
    seen.sort_unstable();
    let mut notices: Vec<Notice> = notices.into_iter().map(Notice::try_from).collect::<Result<_, _>>()?;
    notices.sort_unstable_by_key(|notice| Reverse(notice.id));
    let mark = marked(&[], &seen);
    let mark_with_seats = marked(mark.as_bytes(), &seats);
    Ok(Some(Found { seminar, zone, notices, mark, mark_with_seats }))
}

/// A mark of what came before, and of numbers.
fn marked(before: &[u8], numbers: &[(i64, i64)]) -> blake3::Hash {
    let mut mark = blake3::Hasher::new();
    mark.update(before);
    for (one, other) in numbers {
        mark.update(&one.to_le_bytes()).update(&other.to_le_bytes());
    }
    mark.finalize()
}
