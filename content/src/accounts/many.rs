//! Invitations to a seminar for a whole list of people.

use super::{Address, Name, Outcome, Purpose, Refusal, Token, entity::link, granted, links};
use crate::{
    changes,
    gate::Viewer,
    roles::{Act, Part},
    seats,
    store::{Failure, Store},
    things::{self, Listed},
};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use std::collections::{BTreeMap, HashMap, HashSet, btree_map::Entry};

/// Somebody on the list, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// How they are called, as far as it is known.
    pub name: String,
    /// Their e-mail address, as far as it is known.
    pub address: String,
    /// What they are to be.
    pub part: Part,
    /// For which country.
    pub delegation: Option<String>,
}

/// What would come of a line of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Why nobody can be invited by it.
    pub fault: Option<Refusal>,
    /// Whether an invitation waits for this address, which ends with the new one.
    pub waits: bool,
    /// Whether somebody of this name is in, or is invited.
    pub namesake: bool,
}

/// A line that will do, as it is kept.
struct Read {
    name: String,
    address: Option<String>,
}

fn read(guest: &Guest, seminar: &Listed) -> Result<Read, Refusal> {
    let address = match guest.address.trim() {
        "" => None,
        typed => Some(Address::read(typed).ok_or(Refusal::AddressOdd)?.as_str().to_owned()),
    };
    // An invitation for nobody in particular is no line of a list.
    let name = match guest.name.trim() {
        "" if address.is_some() => String::new(),
        typed => Name::read(typed)?.as_str().to_owned(),
    };
    let known = guest.delegation.as_ref().is_none_or(|country| seminar.countries.contains(country));
    if known { Ok(Read { name, address }) } else { Err(Refusal::Forbidden) }
}

/// What would come of a list, line by line, for those who give parts in the seminar. Nothing is made by it. Whether an
/// address has an account it does not tell.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn check_guests(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    guests: &[Guest],
    now: Timestamp,
) -> Outcome<Vec<Checked>> {
    if !viewer.may_in(Act::GiveParts, seminar) {
        return Ok(Err(Refusal::Forbidden));
    }
    let would_see = would_see(store, seminar, guests).await?;
    let waiting = links::open_invitations(store, viewer, Some(seminar), now).await?;
    let invited: HashSet<String> = waiting.iter().filter_map(|open| open.address.clone()).collect();
    let mut names: HashMap<String, usize> = HashMap::new();
    let seated = seats::seats(store, viewer, seminar).await?;
    let others = waiting.iter().filter(|open| open.address.is_none()).map(|open| &open.name);
    for name in seated.iter().map(|seat| &seat.name).chain(others) {
        *names.entry(seats::folded(name)).or_default() += 1;
    }
    let mut addresses = HashSet::new();
    let mut checked = Vec::with_capacity(guests.len());
    for guest in guests {
        let of = match read(guest, seminar) {
            Err(fault) => Checked { fault: Some(fault), ..Checked::default() },
            Ok(_) if would_see.get(&guest.part) == Some(&false) => {
                Checked { fault: Some(Refusal::Hidden), ..Checked::default() }
            }
            Ok(Read { address: Some(address), .. }) if addresses.contains(&address) => {
                Checked { fault: Some(Refusal::AddressTwice), ..Checked::default() }
            }
            Ok(Read { name, address }) => {
                let same = names.entry(seats::folded(&name)).or_default();
                *same += 1;
                let waits = address.as_ref().is_some_and(|address| invited.contains(address));
                addresses.extend(address);
                Checked { fault: None, waits, namesake: !name.is_empty() && *same > 1 }
            }
        };
        checked.push(of);
    }
    Ok(Ok(checked))
}

/// Invites all of a list, or nobody: the links, in its order, to be passed on.
///
/// # Errors
/// [`Refusal::Forbidden`]; the first fault that [`check_guests`] tells of.
pub async fn invite_guests(
    store: &Store,
    viewer: &Viewer,
    seminar: &Listed,
    guests: &[Guest],
    now: Timestamp,
) -> Outcome<Vec<Token>> {
    let checked = granted!(check_guests(store, viewer, seminar, guests, now).await?);
    if let Some(fault) = checked.iter().find_map(|line| line.fault) {
        return Ok(Err(fault));
    }
    let transaction = changes::begin(store).await?;
    let mut tokens = Vec::with_capacity(guests.len());
    for guest in guests {
        let Read { name, address } = granted!(read(guest, seminar));
        let row = link::ActiveModel {
            address: Set(address),
            name: Set(name),
            seminar_id: Set(Some(seminar.id.id())),
            part: Set(Some(guest.part.code().to_owned())),
            delegation: Set(guest.delegation.clone()),
            ..Default::default()
        };
        tokens.push(links::issue(&transaction, viewer, (Purpose::Invite, "invite"), row, now).await?);
    }
    transaction.commit().await?;
    Ok(Ok(tokens))
}

/// Whether who takes each of the parts would see the seminar.
async fn would_see(store: &Store, seminar: &Listed, guests: &[Guest]) -> Result<BTreeMap<Part, bool>, Failure> {
    let id = seminar.id.id();
    let mut seen = BTreeMap::new();
    for guest in guests {
        if let Entry::Vacant(part) = seen.entry(guest.part) {
            part.insert(things::is_seen(store, &Viewer::taking_part(id, guest.part), id).await?);
        }
    }
    Ok(seen)
}
