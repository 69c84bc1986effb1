//! What has outlived its period, and the job by which it goes.

use super::{Kind, Periods, settled};
use crate::{
    accounts::{
        self,
        entity::{self as account, link},
    },
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
use jiff::{Timestamp, civil::Time, tz::TimeZone};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{ExprTrait, SimpleExpr},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What goes by some periods.
#[derive(Clone, Debug, Default)]
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
    /// How many drafts go with it: nobody writes them who stays.
    pub drafts: u64,
}

/// Names of those who took part in a seminar without an account.
#[derive(Clone, Debug)]
pub struct Guests {
    /// The seminar.
    pub seminar: Listed,
    /// How many names.
    pub names: u64,
}

/// Names and notes that go in one transaction: others wait for it to end. Of accounts it is one, since the whole audit is
/// looked through for their address.
const AT_ONCE: usize = if cfg!(test) { 50 } else { 500 };

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
    let notes = match until(periods, now) {
        Some(limit) => changes::said_before(store.read(), limit).await?,
        None => 0,
    };
    let mut due = Due { notes, ..Due::default() };
    let unused = unused(store.read(), periods, now).await?;
    let drafts = authors::left_alone(store.read(), &unused.iter().map(|(account, _)| account.id).collect()).await?;
    for (account, used) in unused {
        let drafts = drafts.get(&account.id).copied().unwrap_or_default();
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

/// Lets go what has outlived the periods that hold: how many accounts, names and notes.
///
/// # Errors
/// When the store does not answer; what went until then is gone.
pub async fn keep(store: &Store, now: Timestamp) -> Result<u64, Failure> {
    let mut gone = 0;
    let kept = let_go(store, now, &mut gone).await;
    if gone > 0 {
        settled(store).await;
    }
    kept.map(|()| gone)
}

async fn let_go(store: &Store, now: Timestamp, gone: &mut u64) -> Result<(), Failure> {
    let periods = super::periods(store).await?;
    for (account, _) in unused(store.read(), &periods, now).await? {
        let transaction = changes::begin_publishing(store).await?;
        // Somebody may have come in, or said something else, meanwhile; whoever comes in now waits.
        let same = account::Entity::find_by_id(account.id).filter(account::Column::UsedAt.eq(account.used_at));
        let same = same.filter(runs_nothing());
        let Some(account) = same.lock_exclusive().one(&transaction).await? else { continue };
        if super::read(&transaction).await? != periods || awaited(&transaction, now).await?(&account) {
            continue;
        }
        let changed = accounts::erase(&transaction, &account, CLOCK, now).await?;
        if !changed.is_empty() {
            changes::write(&transaction, now, &changed).await?;
        }
        transaction.commit().await?;
        if !changed.is_empty() {
            store.announce();
        }
        *gone += 1;
    }
    for part in outstayed(store.read(), &periods, now).await?.chunks(AT_ONCE) {
        let transaction = changes::begin_publishing(store).await?;
        let same = seat::Entity::find().filter(seat::Column::Id.is_in(part.iter().map(|seat| seat.id)));
        // Whoever has an account meanwhile stays with it.
        let same = same.filter(seat::Column::AccountId.is_null()).lock_exclusive().all(&transaction).await?;
        if super::read(&transaction).await? != periods {
            return Ok(());
        }
        for seat in &same {
            seats::erase(&transaction, seat, CLOCK, now).await?;
        }
        transaction.commit().await?;
        *gone += u64::try_from(same.len()).unwrap_or_default();
    }
    let Some(limit) = until(&periods, now) else { return Ok(()) };
    let mut first = true;
    loop {
        let part = changes::some_said_before(store.read(), limit, AT_ONCE).await?;
        if part.is_empty() {
            return Ok(());
        }
        let transaction = changes::begin_publishing(store).await?;
        if super::read(&transaction).await? != periods {
            return Ok(());
        }
        let erased = changes::erase_these(&transaction, part).await?;
        if std::mem::take(&mut first) {
            // It says nothing itself, or it would have to go one day, too.
            changes::audit(&transaction, now, CLOCK, "erase notes", "audit", serde_json::Value::Null).await?;
        }
        transaction.commit().await?;
        *gone += erased;
    }
}

/// Accounts to which a link waits to be used: they go for nobody's lack of use.
async fn awaited<C: ConnectionTrait>(db: &C, now: Timestamp) -> Result<impl Fn(&account::Model) -> bool, Failure> {
    let waiting = link::Entity::find()
        .filter(link::Column::ExpiresAt.gt(now.as_millisecond()))
        // Anybody can ask for one, and whoever asks for another address is there.
        .filter(link::Column::MadeBy.ne("nobody"))
        .filter(link::Column::Purpose.ne(accounts::Purpose::Address.code()));
    let waiting = waiting.all(db).await?;
    let accounts: HashSet<i64> = waiting.iter().filter_map(|link| link.account_id).collect();
    let addresses: HashSet<String> = waiting.into_iter().filter_map(|link| link.address).collect();
    let addressed = move |account: &account::Model| account.address.as_ref().is_some_and(|one| addresses.contains(one));
    Ok(move |account: &account::Model| accounts.contains(&account.id) || addressed(account))
}

/// Whoever runs the site stays.
fn runs_nothing() -> SimpleExpr {
    account::Column::Platform.ne(Platform::Administrator.code()).or(account::Column::DisabledAt.is_not_null())
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
        .filter(runs_nothing())
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
    let awaited = awaited(db, now).await?;
    let mut due = Vec::new();
    for account in unused {
        let used = Timestamp::from_millisecond(account.used_at).map_err(|_| Failure::odd("account.used_at"))?;
        let seminars = theirs.get(&account.id).into_iter().flatten();
        // Of a seminar whose end cannot be read nobody goes.
        let used = seminars.map(|id| over.get(id).copied().unwrap_or(Timestamp::MAX)).fold(used, Timestamp::max);
        if used < limit && !awaited(&account) {
            due.push((account, used));
        }
    }
    due.sort_by_key(|(account, used)| (*used, account.id));
    Ok(due)
}

/// Seats without an account that have a name for longer than they may.
async fn outstayed<C: ConnectionTrait>(db: &C, periods: &Periods, now: Timestamp) -> Result<Vec<seat::Model>, Failure> {
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

/// Whole days, so that the job has something to do once a day, and not each time.
fn until(periods: &Periods, now: Timestamp) -> Option<Timestamp> {
    let day = TimeZone::UTC.to_datetime(periods.limit(Kind::Notes, now)?).date();
    TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok()
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
