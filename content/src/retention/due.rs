//! What has outlived its period, and the job by which it goes.

use super::{Kind, Periods, erased};
use crate::{
    accounts::{self, entity as account},
    authors,
    changes::{self, CLOCK},
    gate::Viewer,
    roles::{Act, Platform},
    seats::{self, entity as seat},
    seminars::entity as seminar,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Listed, Look},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, TransactionTrait};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What goes by some periods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Due {
    /// Accounts, those first that were not used for longest.
    pub accounts: Vec<Unused>,
    /// Names, by the seminars at which they are kept.
    pub guests: Vec<Guests>,
    /// How many entries of the audit say something.
    pub notes: u64,
}

impl Due {
    /// Whether nothing goes.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.guests.is_empty() && self.notes == 0
    }
}

/// An account that was not used for long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Its number.
    pub id: i64,
    /// How its owner is called.
    pub name: String,
    /// Where letters reach them.
    pub address: Option<String>,
    /// When it was used, or the last seminar of theirs was over.
    pub used: Timestamp,
    /// How many drafts go with it: nobody else writes them.
    pub drafts: u64,
}

/// Names of those who took part in a seminar without an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Guests {
    /// The seminar.
    pub seminar: Listed,
    /// How many names.
    pub names: u64,
}

/// Accounts and names that go in one transaction: others wait for it to end.
const AT_ONCE: usize = 50;

/// What would go by these periods; none for those who do not set them.
///
/// # Errors
/// When the store does not answer.
pub async fn preview(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    periods: &Periods,
    now: Timestamp,
) -> Result<Option<Due>, Failure> {
    if !viewer.may(Act::SetRetention) {
        return Ok(None);
    }
    let mut due = Due { notes: noted(store.read(), periods, now).await?, ..Due::default() };
    for (account, used) in unused(store.read(), periods, now).await? {
        let drafts = u64::try_from(authors::alone(store.read(), account.id).await?.len()).unwrap_or_default();
        due.accounts.push(Unused { id: account.id, name: account.name, address: account.address, used, drafts });
    }
    let mut names: BTreeMap<i64, u64> = BTreeMap::new();
    for seat in outstayed(store.read(), periods, now).await? {
        *names.entry(seat.seminar_id).or_default() += 1;
    }
    let look = Look { ids: Some(names.keys().copied().collect::<Vec<_>>().into()), ..Look::default() };
    let seminars = if names.is_empty() { Vec::new() } else { things::list(store, viewer, reading, &look).await? };
    let guests = |seminar: Listed| names.get(&seminar.id.id()).map(|names| Guests { seminar, names: *names });
    due.guests = seminars.into_iter().filter_map(guests).collect();
    Ok(Some(due))
}

/// Lets go what has outlived the periods that hold: how much.
///
/// # Errors
/// When the store does not answer; what went until then is gone.
pub async fn keep(store: &Store, now: Timestamp) -> Result<u64, Failure> {
    let mut gone = 0;
    loop {
        let periods = super::periods(store).await?;
        let waits = !unused(store.read(), &periods, now).await?.is_empty()
            || !outstayed(store.read(), &periods, now).await?.is_empty()
            || noted(store.read(), &periods, now).await? > 0;
        let done = if waits { some(store, now).await? } else { 0 };
        if done == 0 {
            break;
        }
        gone += done;
    }
    if gone > 0 {
        accounts::overwritten(store).await?;
        erased::mirror(store).await?;
    }
    Ok(gone)
}

/// A part of it, in one transaction: what is asked is asked in it again, since somebody may have come in meanwhile.
async fn some(store: &Store, now: Timestamp) -> Result<u64, Failure> {
    let transaction = store.write().begin().await?;
    changes::publishing(&transaction).await?;
    changes::turn(&transaction).await?;
    let periods = super::read(&transaction).await?;
    let mut gone = 0;
    let mut changed = Vec::new();
    for (account, _) in unused(&transaction, &periods, now).await?.into_iter().take(AT_ONCE) {
        changed.extend(accounts::erase(&transaction, &account, CLOCK, now).await?);
        gone += 1;
    }
    for seat in outstayed(&transaction, &periods, now).await?.into_iter().take(AT_ONCE) {
        seats::erase(&transaction, &seat, CLOCK, now).await?;
        gone += 1;
    }
    if let Some(limit) = until(&periods, now) {
        let erased = changes::erase_until(&transaction, limit).await?;
        if erased > 0 {
            // It says nothing itself, or it would have to go one day, too.
            changes::audit(&transaction, now, CLOCK, "erase notes", "audit", serde_json::Value::Null).await?;
        }
        gone += erased;
    }
    if !changed.is_empty() {
        changes::write(&transaction, now, &changed).await?;
    }
    transaction.commit().await?;
    if !changed.is_empty() {
        store.announce();
    }
    Ok(gone)
}

/// Accounts that go, and since when they are not used.
async fn unused<C: ConnectionTrait>(
    db: &C,
    periods: &Periods,
    now: Timestamp,
) -> Result<Vec<(account::Model, Timestamp)>, Failure> {
    let Some(limit) = periods.limit(Kind::Accounts, now) else { return Ok(Vec::new()) };
    let unused = account::Entity::find()
        .filter(account::Column::UsedAt.lt(limit.as_millisecond()))
        .filter(account::Column::Platform.ne(Platform::Administrator.code()))
        .order_by_asc(account::Column::Id);
    let unused = unused.all(db).await?;
    let mut theirs: HashMap<i64, Vec<i64>> = HashMap::new();
    for part in unused.iter().map(|account| account.id).collect::<Vec<_>>().chunks(500) {
        let seats = seat::Entity::find().filter(seat::Column::AccountId.is_in(part.iter().copied()));
        for seat in seats.all(db).await? {
            theirs.entry(seat.account_id.unwrap_or_default()).or_default().push(seat.seminar_id);
        }
    }
    let over = over(db, theirs.values().flatten().copied().collect()).await?;
    let mut due = Vec::new();
    for account in unused {
        let used = Timestamp::from_millisecond(account.used_at).map_err(|_| Failure::odd("account.used_at"))?;
        let seminars = theirs.get(&account.id).into_iter().flatten();
        // Of a seminar whose end cannot be read nobody goes.
        let used = seminars.map(|id| over.get(id).copied().unwrap_or(Timestamp::MAX)).fold(used, Timestamp::max);
        due.extend((used < limit).then_some((account, used)));
    }
    due.sort_by_key(|(account, used)| (*used, account.id));
    Ok(due)
}

/// Seats without an account that have a name for longer than they may.
async fn outstayed<C: ConnectionTrait>(
    db: &C,
    periods: &Periods,
    now: Timestamp,
) -> Result<Vec<seat::Model>, Failure> {
    let Some(limit) = periods.limit(Kind::Guests, now) else { return Ok(Vec::new()) };
    let named = seat::Entity::find()
        .filter(seat::Column::AccountId.is_null())
        .filter(seat::Column::Name.ne(""))
        // Who came later than the seminar ended, as to one that was long ago, stays for as long.
        .filter(seat::Column::CreatedAt.lt(limit.as_millisecond()))
        .order_by_asc(seat::Column::Id);
    let mut named = named.all(db).await?;
    let over = over(db, named.iter().map(|seat| seat.seminar_id).collect()).await?;
    named.retain(|seat| over.get(&seat.seminar_id).is_some_and(|over| *over < limit));
    Ok(named)
}

/// How many entries of the audit say something for longer than they may.
async fn noted<C: ConnectionTrait>(db: &C, periods: &Periods, now: Timestamp) -> Result<u64, Failure> {
    match until(periods, now) {
        Some(limit) => changes::said_until(db, limit).await,
        None => Ok(0),
    }
}

/// Whole days, so that the job has something to do once a day, and not each time.
fn until(periods: &Periods, now: Timestamp) -> Option<Timestamp> {
    let limit = periods.limit(Kind::Notes, now)?;
    let day = limit.to_zoned(TimeZone::UTC).start_of_day().ok()?;
    Some(day.timestamp() - SignedDuration::from_millis(1))
}

/// When seminars are over.
async fn over<C: ConnectionTrait>(db: &C, ids: BTreeSet<i64>) -> Result<HashMap<i64, Timestamp>, Failure> {
    let mut over = HashMap::new();
    for part in ids.into_iter().collect::<Vec<_>>().chunks(500) {
        let rows = seminar::Entity::find().filter(seminar::Column::ThingId.is_in(part.iter().copied()));
        over.extend(rows.all(db).await?.iter().filter_map(|row| Some((row.thing_id, row.over()?))));
    }
    Ok(over)
}
