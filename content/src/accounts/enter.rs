//! Coming in: with a password, or with a link.

use super::{
    Address, Client, Name, Outcome, Refusal, Token, Wait,
    entity::{self, device, link},
    granted,
    links::{self, Purpose, spend},
    password, signed, store,
};
use crate::{
    changes,
    gate::{Viewer, Who},
    roles::Platform,
    seats::{self, entity as seat},
    store::{Failure, Store},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

/// Whose session it is from now on, and the stamp by which it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The account, or the seat.
    pub who: Who,
    /// Another stamp than this ends the session.
    pub stamp: String,
    /// Whether a link opened it: then a new password needs no old one.
    pub by_link: bool,
}

impl Entered {
    fn of(account: &entity::Model) -> Self {
        Self { who: Who::Account(account.id), stamp: account.stamp.clone(), by_link: false }
    }
}

impl From<Wait> for Refusal {
    fn from(Wait(seconds): Wait) -> Self {
        Self::Wait(seconds)
    }
}

/// Signs in with an e-mail address and a password. `device` is what a browser shows in which somebody was signed in
/// before: tries made elsewhere do not delay its owner.
///
/// An address that is not known takes as long as one that is, and is answered with the same words.
///
/// # Errors
/// [`Refusal::Unknown`], [`Refusal::Wait`].
pub async fn by_password(
    store: &Store,
    client: Client<'_>,
    (address, password): (&str, &SecretString),
    device: Option<&Token>,
    now: Timestamp,
) -> Outcome<Entered> {
    let address = Address::read(address);
    let known = address.as_ref().map(Address::as_str).unwrap_or_default();
    let device = device.map(Token::key);
    let account = entity::Entity::find().filter(entity::Column::Address.eq(known)).one(store.read()).await?;
    let here = match &device {
        Some(device) => device::Entity::find_by_id(device).one(store.read()).await?,
        None => None,
    };
    let here = here.filter(|here| account.as_ref().is_some_and(|account| account.id == here.account_id));
    let here = here.as_ref().map(|here| here.key.as_str());
    // The log knows a number, and no address: whoever guesses may have typed anything.
    let number = account.as_ref().map(|account| account.id);
    if let Err(wait) = client.password(known, here, now) {
        tracing::warn!(account = number, "a password was not looked at, after too many tries");
        return Ok(Err(wait.into()));
    }
    let kept =
        account.as_ref().filter(|account| account.disabled_at.is_none()).and_then(|account| account.password.clone());
    let right = granted!(password::is(password, kept).await?);
    match account {
        Some(account) if right => {
            client.password_was_right(known, here);
            Ok(Ok(Entered::of(&account)))
        }
        _ => {
            tracing::warn!(account = number, "a password was wrong");
            Ok(Err(Refusal::Unknown))
        }
    }
}

/// Signs in with a link, which is spent by it. Nobody guesses one: tries are not counted.
///
/// # Errors
/// [`Refusal::Spent`].
pub async fn by_link(store: &Store, token: &Token, now: Timestamp) -> Outcome<Entered> {
    let transaction = changes::begin(store).await?;
    let link = granted!(spend(&transaction, token, &[Purpose::SignIn], now).await?);
    let account = match link.account_id {
        Some(id) => entity::Entity::find_by_id(id).one(&transaction).await?,
        None => None,
    };
    let Some(account) = account.filter(|account| account.disabled_at.is_none()) else { return Ok(Err(Refusal::Spent)) };
    changes::audit(
        &transaction,
        now,
        &store::actor(account.id),
        "sign in by link",
        &store::actor(account.id),
        Value::Null,
    )
    .await?;
    signed::used(&transaction, account.id, now.as_millisecond()).await?;
    // Of several that were asked for one is enough.
    let others = link::Entity::delete_many().filter(link::Column::AccountId.eq(account.id));
    others.filter(link::Column::Purpose.eq(Purpose::SignIn.code())).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(Ok(Entered { by_link: true, ..Entered::of(&account) }))
}

/// What somebody says of themselves who takes an invitation.
#[derive(Clone, Debug, Default)]
pub struct Introduced {
    /// How they are called.
    pub name: String,
    /// Where letters reach them; may be left out where the invitation allows it.
    pub address: String,
    /// A new password, or that of the account which has this address; may be left out where a link will do.
    pub password: SecretString,
}

/// Takes an invitation: as who is signed in, as who has the address already and knows its password, or with a new
/// account. The invitation is spent once all is well, and not before.
///
/// # Errors
/// [`Refusal::Spent`], and what is wrong with name, address or password.
pub async fn accept(
    store: &Store,
    client: Client<'_>,
    viewer: &Viewer,
    token: &Token,
    said: &Introduced,
    now: Timestamp,
) -> Outcome<Entered> {
    let waiting = link::Entity::find_by_id(token.key()).filter(link::Column::ExpiresAt.gt(now.as_millisecond()));
    let Some(waiting) = waiting.one(store.read()).await? else { return Ok(Err(Refusal::Spent)) };
    let who = match viewer.account() {
        Some(account) => Taking::Known(account),
        None => granted!(introduced(store, client, &waiting, said, now).await?),
    };
    let transaction = changes::begin(store).await?;
    let link = granted!(spend(&transaction, token, &[Purpose::Invite, Purpose::SetUp], now).await?);
    if link.purpose == Purpose::SetUp.code() && links::is_set_up(&transaction).await? {
        return Ok(Err(Refusal::Spent));
    }
    let account = match who {
        Taking::Known(id) => entity::Entity::find_by_id(id).one(&transaction).await?,
        Taking::New(new) => {
            // Somebody may have been faster with the same address.
            let made = entity::Entity::insert(*new).exec_with_returning(&transaction).await;
            Some(granted!(store::free(made)?))
        }
    };
    let Some(account) = account else { return Ok(Err(Refusal::Spent)) };
    let (account, seat) = granted!(given(&transaction, account, &link, now).await?);
    let actor = store::actor(account.id);
    // Where else the audit speaks of them: for when they are to be erased.
    let says = json!({ "after": { "name": account.name, "address": account.address, "role": account.platform, "seminar": link.seminar_id, "part": link.part, "seat": seat, "invitation": links::named(&link.key) } });
    changes::audit(&transaction, now, &actor, "accept invitation", &actor, says).await?;
    signed::used(&transaction, account.id, now.as_millisecond()).await?;
    transaction.commit().await?;
    Ok(Ok(Entered::of(&account)))
}

enum Taking {
    Known(i64),
    New(Box<entity::ActiveModel>),
}

/// Who somebody is that is not signed in.
async fn introduced(
    store: &Store,
    client: Client<'_>,
    link: &link::Model,
    said: &Introduced,
    now: Timestamp,
) -> Outcome<Taking> {
    let typed = link.address.as_deref().unwrap_or(said.address.trim());
    let address = match typed {
        // Whoever sets the platform up, or tries it, may say so later.
        "" if link.purpose == Purpose::SetUp.code() => None,
        typed => Some(granted!(Address::read(typed).ok_or(Refusal::AddressOdd))),
    };
    if let Some(address) = &address
        && store::by_address(store, address).await?.is_some()
    {
        let entered = by_password(store, client, (address.as_str(), &said.password), None, now).await?;
        return Ok(entered.and_then(|entered| match entered.who {
            Who::Account(account) => Ok(Taking::Known(account)),
            Who::Seat(_) => Err(Refusal::Unknown),
        }));
    }
    let name = if said.name.trim().is_empty() { link.name.as_str() } else { &said.name };
    let name = granted!(Name::read(name));
    let kept = match said.password.expose_secret() {
        "" if link.purpose == Purpose::SetUp.code() => None,
        _ => {
            let around = [name.as_str(), address.as_ref().map(Address::as_str).unwrap_or_default()];
            granted!(password::check(&said.password, &around));
            Some(granted!(password::hash(&said.password).await?))
        }
    };
    Ok(Ok(Taking::New(Box::new(store::new(&name, address.as_ref(), Platform::Member, kept, now)))))
}

/// Gives an account what its invitation promised: never less than it has. Returns the seat, where it has one by it.
async fn given<C: ConnectionTrait>(
    db: &C,
    mut account: entity::Model,
    link: &link::Model,
    now: Timestamp,
) -> Outcome<(entity::Model, Option<i64>)> {
    let promised: Option<Platform> = link.platform.as_deref().and_then(|code| code.parse().ok());
    let is: Platform = account.platform.parse().map_err(|()| Failure::odd("account.platform"))?;
    // In the order of the declaration the highest is first.
    if let Some(promised) = promised.filter(|promised| *promised < is) {
        let change = entity::ActiveModel {
            id: Set(account.id),
            platform: Set(promised.code().to_owned()),
            ..Default::default()
        };
        account = entity::Entity::update(change).exec(db).await?;
    }
    if let Some(seat) = link.seat_id {
        granted!(seats::claimed(db, seat, account.id).await?);
        return Ok(Ok((account, Some(seat))));
    }
    let mut seat_id = None;
    if let (Some(seminar), Some(part)) = (link.seminar_id, &link.part) {
        let there = seat::Entity::find()
            .filter(seat::Column::SeminarId.eq(seminar))
            .filter(seat::Column::AccountId.eq(account.id))
            .one(db)
            .await?;
        let higher = |there: &seat::Model| there.part.parse::<crate::roles::Part>() <= part.parse();
        match there {
            Some(there) if higher(&there) => seat_id = Some(there.id),
            Some(there) => {
                seat_id = Some(there.id);
                let change = seat::ActiveModel { id: Set(there.id), part: Set(part.clone()), ..Default::default() };
                seat::Entity::update(change).exec(db).await?;
            }
            None => {
                let name = seats::free_name(db, seminar, &account.name).await?;
                let seat = seat::ActiveModel {
                    id: NotSet,
                    seminar_id: Set(seminar),
                    account_id: Set(Some(account.id)),
                    folded: Set(seats::folded(&name)),
                    name: Set(name),
                    code: Set(None),
                    stamp: Set(Token::new().reveal().to_owned()),
                    part: Set(part.clone()),
                    delegation: Set(link.delegation.clone()),
                    created_at: Set(now.as_millisecond()),
                    rehearsed: Set(false),
                };
                seat_id = Some(seat::Entity::insert(seat).exec_with_returning(db).await?.id);
            }
        }
        // Who is invited stays when a rehearsal ends.
        let stays = seat::ActiveModel { rehearsed: Set(false), ..Default::default() };
        let here = seat::Entity::update_many().set(stays).filter(seat::Column::SeminarId.eq(seminar));
        here.filter(seat::Column::AccountId.eq(account.id)).exec(db).await?;
    }
    Ok(Ok((account, seat_id)))
}
