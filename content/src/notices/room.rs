//! What those who take part find on each page of a seminar, and a mark of all that they see there: as long as it is the
//! same, a page that is open needs no second look.

use super::{Notice, entity};
use crate::{
    changes,
    gate::Viewer,
    people,
    roles::Act,
    seats,
    seminars::{self, Details},
    store::{Failure, Question, Store},
    things::{self, Look, Slug},
};
use blake3::Hasher;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::sync::{OnceCell, watch};

/// Of how many pairs of a seminar and a set of audiences something is kept.
const KEPT_MOST: usize = 1000;

/// A seminar, as somebody who takes part has it before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// What stands there for them, the latest first.
    pub notices: Vec<Notice>,
    /// The seminar is rehearsed: whoever comes in and what is said goes again.
    pub rehearsed: bool,
    /// When one of them ends by itself.
    pub until: Option<Timestamp>,
    /// The name of the seminar's time zone.
    pub zone: String,
    /// Another one when something that they see has changed: the seminar, what lies in it and who is named there, and for
    /// those who hold its door who is in. Who may not see a thing learns nothing from it; who sees it learns that it has
    /// changed, though it be in something of it that they do not see.
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
    found: HashMap<Key, Arc<OnceCell<Option<Found>>>>,
}

/// The seminar's slug, what somebody sees, and whether they hold the door of some seminar.
type Key = (String, Viewer, bool);

#[derive(Debug)]
struct Found {
    seminar: i64,
    zone: String,
    rehearsed: bool,
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
        let kept = self.kept(viewer, slug);
        let Some(found) = kept.get_or_try_init(|| ask(store, viewer, slug)).await? else { return Ok(None) };
        let may = |act| viewer.may_within(act, Some(found.seminar));
        if !may(Act::ReadParticipants) {
            return Ok(None);
        }
        // Who says things sees all that is said.
        let (says, own) = (may(Act::PostNotices), somebody.delegation(found.seminar));
        let theirs = |notice: &&Notice| notice.delegation.is_none() || says || notice.delegation.as_deref() == own;
        let notices: Vec<Notice> =
            found.notices.iter().filter(|notice| notice.stands(now)).filter(theirs).cloned().collect();
        let seen = if may(Act::GiveParts) { found.mark_with_seats } else { found.mark };
        let mut mark = Hasher::new();
        // What one may do is on the pages, too.
        mark.update(seen.as_bytes()).update(somebody.rights().as_bytes()).update(&[u8::from(found.rehearsed)]);
        for notice in &notices {
            mark.update(&notice.id.to_le_bytes());
        }
        Ok(Some(Room {
            until: notices.iter().filter_map(|notice| notice.until).min(),
            zone: found.zone.clone(),
            rehearsed: found.rehearsed,
            mark: mark.finalize().to_hex()[..16].to_owned(),
            notices,
        }))
    }

    /// What is kept for all who see the same of a seminar, or will be: the first who asks has it filled.
    fn kept(&self, viewer: &Viewer, slug: &str) -> Arc<OnceCell<Option<Found>>> {
        // Read before anything is asked: what is done meanwhile is found by the next who asks.
        let done = *self.done.borrow();
        let Ok(mut kept) = self.kept.lock() else { return Arc::default() };
        if kept.done < done {
            *kept = Kept { done, found: HashMap::new() };
        }
        let key = (slug.to_owned(), viewer.faceless(), viewer.may_somewhere(Act::GiveParts));
        // Whoever asks for what is not there takes no place from others.
        let full = kept.found.len() >= KEPT_MOST && !kept.found.contains_key(&key);
        if full || !Slug::is(slug) { Arc::default() } else { kept.found.entry(key).or_default().clone() }
    }
}

async fn ask(store: &Store, viewer: &Viewer, slug: &str) -> Result<Option<Found>, Failure> {
    let asked = things::given(viewer, "seminar_itself", &seminars::itself(slug), |seminar, _| {
        let within = things::shown(viewer, &Look { seminar: Some(seminar.clone()), ..Look::default() });
        let standing = seminar.hold(entity::Column::SeminarId).and(Expr::col(entity::Column::EndedAt).is_null());
        let seen = (
            things::lately(seminar),
            things::lately(&within),
            // Who came with another seminar is named here too.
            things::lately(&people::named_in(viewer, seminar)),
            things::lately(&people::named_in(viewer, &within)),
        );
        let inside = seats::inside(seminar, viewer.may_somewhere(Act::GiveParts));
        let stands = (Question::whole(entity::Entity, standing), seats::rehearsals(seminar));
        (seminars::details(seminar), stands, seen, inside)
    });
    let (mut itself, (notices, rehearsals), (mut seen, within, leading, named), (mut seats, door)) =
        store.ask(asked).await?;
    let Some((seminar, Details { time_zone: zone, .. })) = itself.pop() else { return Ok(None) };
    seen.extend(within.into_iter().chain(leading).chain(named));
    seen.sort_unstable();
    seen.dedup();
    let mut notices: Vec<Notice> = notices.into_iter().map(Notice::try_from).collect::<Result<_, _>>()?;
    notices.sort_unstable_by_key(|notice| Reverse(notice.id));
    seats.sort_unstable_by_key(|seat| seat.id);
    let mut mark = Hasher::new();
    for (id, number, digest) in &seen {
        mark.update(&id.to_le_bytes()).update(&number.to_le_bytes()).update(digest.as_bytes());
    }
    let seen = mark.finalize();
    for seat in &seats {
        let delegation = seat.delegation.as_deref().unwrap_or_default();
        mark.update(&seat.id.to_le_bytes()).update(&[u8::from(seat.account_id.is_some())]);
        for says in [&*seat.name, &*seat.part, delegation] {
            mark.update(says.as_bytes()).update(&[0]);
        }
    }
    for door in &door {
        mark.update(door.code.as_bytes()).update(&door.open_until.to_le_bytes());
    }
    let rehearsed = !rehearsals.is_empty();
    Ok(Some(Found { seminar, zone, rehearsed, notices, mark: seen, mark_with_seats: mark.finalize() }))
}
