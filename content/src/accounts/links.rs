//! Links that are spent once: invitations, and ways to sign in without a password.

use super::{
    Address, Client, Name, Outcome, Refusal, Token,
    entity::{self, link},
    granted, store,
};
use crate::{
    changes,
    coded::coded,
    gate::{Viewer, Who},
    roles::{Act, Part, Platform},
    seats::entity as seat,
    store::{Failure, Store},
    texts::Reading,
    things::{self, Kind, Listed, Look},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveValue::{self, Set},
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ModelTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};

coded! {
    /// What a link is for.
    Purpose {
        /// To become the first administrator.
        SetUp = "set-up",
        /// To take a role on the platform, or a part in a seminar.
        Invite = "invite",
        /// To sign in.
        SignIn = "sign-in",
        /// To have an account reached at another address: sent there.
        Address = "address",
    }
}

impl Purpose {
    /// How long it can be spent.
    pub fn lasts(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Self::SetUp | Self::SignIn | Self::Address => 24,
            Self::Invite => 14 * 24,
        })
    }

    /// Until when one that is made now can be spent.
    pub fn until(self, now: Timestamp) -> Timestamp {
        now.saturating_add(self.lasts()).unwrap_or(now)
    }
}

/// What somebody is invited to.
#[derive(Clone, Debug, Default)]
pub struct Invitation<'a> {
    /// How they are called, as far as it is known.
    pub name: &'a str,
    /// Where it is sent; whoever takes it has this address. Empty: they say it themselves.
    pub address: &'a str,
    /// What they become on the platform, besides a member.
    pub platform: Option<Platform>,
    /// The slug of a seminar, with what they are there and for which country.
    pub seminar: Option<(&'a str, Part, Option<&'a str>)>,
}

/// A link that waits, as its page tells of it.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// For whom, as far as it is known.
    pub name: String,
    /// To which address it is bound.
    pub address: Option<String>,
    /// What they become on the platform.
    pub platform: Option<Platform>,
    /// The seminar, and what they are there.
    pub seminar: Option<(Listed, Part)>,
    /// Whether it is to a seminar that whoever takes it could not see now.
    pub elsewhere: bool,
    account: Option<i64>,
}

impl Link {
    /// Whether it is of the account of who asks.
    pub fn is_of(&self, viewer: &Viewer) -> bool {
        self.account.is_some() && self.account == viewer.account()
    }
}

/// Makes an invitation. The link is for whoever asks to pass on.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such seminar, or the country is none of its; [`Refusal::Hidden`]; what
/// is wrong with the name or the address.
pub async fn invite(store: &Store, viewer: &Viewer, asked: &Invitation<'_>, now: Timestamp) -> Outcome<Token> {
    let address = match asked.address.trim() {
        "" => None,
        typed => Some(granted!(Address::read(typed).ok_or(Refusal::AddressOdd))),
    };
    let name = match asked.name.trim() {
        "" => String::new(),
        typed => granted!(Name::read(typed)).as_str().to_owned(),
    };
    let seminar = match asked.seminar {
        Some((slug, _, country)) => {
            let look = Look { kinds: &[Kind::Seminar], slug: Some(slug), ..Look::default() };
            let found = things::rows(store, viewer, &look).await?.pop();
            let (seminar, row) = granted!(found.ok_or(Refusal::Forbidden));
            if country.is_some_and(|country| !row.countries.split(' ').any(|of| of == country)) {
                return Ok(Err(Refusal::Forbidden));
            }
            Some(seminar.id())
        }
        None => None,
    };
    let may = match seminar {
        Some(_) if asked.platform.is_none() => viewer.may_within(Act::GiveParts, seminar),
        _ => viewer.may(Act::ManageAccounts),
    };
    if !may {
        return Ok(Err(Refusal::Forbidden));
    }
    if let (Some(seminar), Some((_, part, _))) = (seminar, asked.seminar)
        && !things::is_seen(store, &Viewer::taking_part(seminar, part), seminar).await?
    {
        return Ok(Err(Refusal::Hidden));
    }
    let row = link::ActiveModel {
        address: Set(address.map(|address| address.as_str().to_owned())),
        name: Set(name),
        platform: Set(asked.platform.map(|platform| platform.code().to_owned())),
        seminar_id: Set(seminar),
        part: Set(asked.seminar.map(|(_, part, _)| part.code().to_owned())),
        delegation: Set(asked.seminar.and_then(|(_, _, country)| country.map(str::to_owned))),
        ..Default::default()
    };
    issued(store, viewer, (Purpose::Invite, "invite"), row, now).await
}

/// A link with which somebody signs in who has an account: to pass on to them.
///
/// # Errors
/// [`Refusal::Forbidden`], also where there is no such account.
pub async fn to_sign_in(store: &Store, viewer: &Viewer, account: i64, now: Timestamp) -> Outcome<Token> {
    let there =
        entity::Entity::find_by_id(account).filter(entity::Column::DisabledAt.is_null()).one(store.read()).await?;
    let Some(there) = there.filter(|_| viewer.may(Act::ManageAccounts)) else {
        return Ok(Err(Refusal::Forbidden));
    };
    let row = link::ActiveModel { account_id: Set(Some(there.id)), name: Set(there.name), ..Default::default() };
    issued(store, viewer, (Purpose::SignIn, "make a sign-in link"), row, now).await
}

/// Whether a letter may be sent to an address that somebody typed who says that it is theirs: the same for one that is known
/// and one that is not.
///
/// # Errors
/// [`Refusal::AddressOdd`], [`Refusal::Wait`].
pub fn may_write(client: Client<'_>, typed: &str, now: Timestamp) -> Result<Address, Refusal> {
    let address = Address::read(typed).ok_or(Refusal::AddressOdd)?;
    client.letter(address.as_str(), now)?;
    Ok(address)
}

/// A link with which whoever has this address signs in, to be sent there and nowhere else; none where no account has it that
/// can be used.
///
/// # Errors
/// When the store does not answer.
pub async fn asked_to_sign_in(store: &Store, address: &Address, now: Timestamp) -> Result<Option<Token>, Failure> {
    let transaction = changes::begin(store).await?;
    let known = entity::Entity::find()
        .filter(entity::Column::Address.eq(address.as_str()))
        .filter(entity::Column::DisabledAt.is_null());
    let Some(account) = known.one(&transaction).await? else { return Ok(None) };
    let row = link::ActiveModel { account_id: Set(Some(account.id)), name: Set(account.name), ..Default::default() };
    let by = (Purpose::SignIn, "ask for a sign-in link");
    let token = issue(&transaction, &Viewer::anonymous(), by, row, now).await?;
    transaction.commit().await?;
    Ok(Some(token))
}

/// A link by which somebody takes a seat into an account that is theirs.
pub(crate) async fn to_claim(store: &Store, viewer: &Viewer, seat: &seat::Model, now: Timestamp) -> Outcome<Token> {
    let row = link::ActiveModel {
        seat_id: Set(Some(seat.id)),
        name: Set(seat.name.clone()),
        seminar_id: Set(Some(seat.seminar_id)),
        part: Set(Some(seat.part.clone())),
        ..Default::default()
    };
    issued(store, viewer, (Purpose::Invite, "claim seat"), row, now).await
}

/// The link for the first administrator: none where there is one already who can sign in. It ends those made before it.
///
/// # Errors
/// When the store does not answer.
pub async fn set_up(store: &Store, now: Timestamp) -> Result<Option<Token>, Failure> {
    let transaction = changes::begin(store).await?;
    let there = is_set_up(&transaction).await?;
    link::Entity::delete_many().filter(link::Column::Purpose.eq(Purpose::SetUp.code())).exec(&transaction).await?;
    let token = Token::new();
    if !there {
        let row = link::ActiveModel {
            name: Set(String::new()),
            platform: Set(Some(Platform::Administrator.code().to_owned())),
            made_by: Set("console".to_owned()),
            ..Default::default()
        };
        insert(&transaction, &token, Purpose::SetUp, row, now).await?;
    }
    transaction.commit().await?;
    Ok((!there).then_some(token))
}

/// Whether somebody runs the platform who can come back.
pub(super) async fn is_set_up<C: ConnectionTrait>(db: &C) -> Result<bool, Failure> {
    let there = entity::Entity::find()
        .filter(entity::Column::Platform.eq(Platform::Administrator.code()))
        .filter(entity::Column::DisabledAt.is_null())
        .filter(entity::Column::Password.is_not_null())
        .filter(entity::Column::Address.is_not_null());
    Ok(there.count(db).await? > 0)
}

async fn issued(
    store: &Store,
    viewer: &Viewer,
    (purpose, act): (Purpose, &str),
    row: link::ActiveModel,
    now: Timestamp,
) -> Outcome<Token> {
    let transaction = changes::begin(store).await?;
    let token = issue(&transaction, viewer, (purpose, act), row, now).await?;
    transaction.commit().await?;
    Ok(Ok(token))
}

/// Makes a link, within a transaction of [`changes::begin`].
pub(super) async fn issue<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    (purpose, act): (Purpose, &str),
    row: link::ActiveModel,
    now: Timestamp,
) -> Result<Token, Failure> {
    let token = Token::new();
    let row = link::ActiveModel { made_by: Set(viewer.actor()), ..row };
    let text = |value: &ActiveValue<Option<String>>| value.try_as_ref().cloned().flatten();
    let number = |value: &ActiveValue<Option<i64>>| value.try_as_ref().copied().flatten();
    let (account, seat, seminar) = (number(&row.account_id), number(&row.seat_id), number(&row.seminar_id));
    let says = json!({ "after": { "address": text(&row.address), "name": row.name.try_as_ref(), "role": text(&row.platform), "seminar": seminar, "part": text(&row.part) } });
    // Who it is for, as far as that is known; else the link itself, until somebody takes it.
    let subject = account.map(store::actor).or_else(|| Some(Who::Seat(seat?).to_string()));
    let subject = subject.unwrap_or_else(|| named(&token.key()));
    // The one that is passed on last is the one that holds.
    let mut earlier = Condition::any();
    // But nobody ends what was made for somebody by asking for another.
    if let Some(account) = account.filter(|_| viewer.who().is_some()) {
        earlier = earlier.add(link::Column::AccountId.eq(account).and(link::Column::Purpose.eq(purpose.code())));
    }
    if let Some(seat) = seat {
        earlier = earlier.add(link::Column::SeatId.eq(seat));
    }
    if let (Some(seminar), Some(address)) = (seminar, text(&row.address)) {
        let same = Condition::all()
            .add(link::Column::SeminarId.eq(seminar))
            .add(link::Column::Address.eq(address))
            .add(link::Column::Platform.is_null());
        earlier = earlier.add(same);
    }
    if !earlier.is_empty() {
        link::Entity::delete_many().filter(earlier).exec(db).await?;
    }
    insert(db, &token, purpose, row, now).await?;
    changes::audit(db, now, &viewer.actor(), act, &subject, says).await?;
    Ok(token)
}

/// What the audit calls a link that is for nobody in particular yet.
pub(super) fn named(key: &str) -> String {
    format!("invitation/{}", key.get(..16).unwrap_or(key))
}

async fn insert<C: ConnectionTrait>(
    db: &C,
    token: &Token,
    purpose: Purpose,
    row: link::ActiveModel,
    now: Timestamp,
) -> Result<(), Failure> {
    let row = link::ActiveModel {
        key: Set(token.key()),
        purpose: Set(purpose.code().to_owned()),
        created_at: Set(now.as_millisecond()),
        expires_at: Set(purpose.until(now).as_millisecond()),
        ..row
    };
    link::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// What a link is for, if it can be spent. Looking spends nothing.
///
/// # Errors
/// When the store does not answer.
pub async fn link(store: &Store, reading: Reading, token: &Token, now: Timestamp) -> Result<Option<Link>, Failure> {
    let Some(row) = waiting(store.read(), token, now).await? else { return Ok(None) };
    let seminar = match (row.seminar_id, row.part.as_deref().and_then(|part| part.parse().ok())) {
        (Some(id), Some(part)) => {
            // What it is called may be known to whoever is invited.
            let invited = Viewer::taking_part(id, part);
            let look = Look { kinds: &[Kind::Seminar], ids: Some(vec![id].into()), ..Look::default() };
            things::list(store, &invited, reading, &look).await?.pop().map(|seminar| (seminar, part))
        }
        _ => None,
    };
    Ok(Some(Link {
        elsewhere: row.seminar_id.is_some() && seminar.is_none(),
        account: row.account_id,
        purpose: row.purpose.parse().map_err(|()| Failure::odd("link.purpose"))?,
        name: row.name,
        address: row.address,
        platform: row.platform.and_then(|platform| platform.parse().ok()),
        seminar,
    }))
}

async fn waiting<C: ConnectionTrait>(db: &C, token: &Token, now: Timestamp) -> Result<Option<link::Model>, Failure> {
    let found = link::Entity::find_by_id(token.key()).filter(link::Column::ExpiresAt.gt(now.as_millisecond()));
    Ok(found.one(db).await?)
}

/// Takes a link out of the store: of two who spend it at once, one does.
pub(super) async fn spend<C: ConnectionTrait>(
    db: &C,
    token: &Token,
    purposes: &[Purpose],
    now: Timestamp,
) -> Outcome<link::Model> {
    let Some(found) = waiting(db, token, now).await? else { return Ok(Err(Refusal::Spent)) };
    if !purposes.iter().any(|purpose| purpose.code() == found.purpose) {
        return Ok(Err(Refusal::Spent));
    }
    let gone = found.clone().delete(db).await?;
    Ok(if gone.rows_affected == 1 { Ok(found) } else { Err(Refusal::Spent) })
}

/// An invitation that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// By which it is withdrawn. It is no token: nobody takes the invitation with it.
    pub key: String,
    /// For whom, as far as it is known.
    pub name: String,
    /// To which address it is bound.
    pub address: Option<String>,
    /// What they become on the platform.
    pub platform: Option<Platform>,
    /// What they become in the seminar.
    pub part: Option<Part>,
    /// Until when.
    pub until: Timestamp,
}

/// Who looks at invitations, and to what: to the platform, or to a seminar.
fn of(viewer: &Viewer, seminar: Option<&Listed>) -> Option<Condition> {
    let may = match seminar {
        Some(seminar) => viewer.may_in(Act::GiveParts, seminar),
        None => viewer.may(Act::ManageAccounts),
    };
    let to = match seminar {
        Some(seminar) => link::Column::SeminarId.eq(seminar.id.id()).and(link::Column::Platform.is_null()),
        None => link::Column::SeminarId.is_null().or(link::Column::Platform.is_not_null()),
    };
    let which = Condition::all()
        .add(to)
        .add(link::Column::SeatId.is_null())
        .add(link::Column::Purpose.eq(Purpose::Invite.code()));
    may.then_some(which)
}

/// The invitations that wait, the latest first; none for those who may not make them.
///
/// # Errors
/// When the store does not answer.
pub async fn open_invitations(
    store: &Store,
    viewer: &Viewer,
    seminar: Option<&Listed>,
    now: Timestamp,
) -> Result<Vec<Open>, Failure> {
    let Some(which) = of(viewer, seminar) else { return Ok(Vec::new()) };
    let rows = link::Entity::find()
        .filter(which)
        .filter(link::Column::ExpiresAt.gt(now.as_millisecond()))
        .order_by_desc(link::Column::CreatedAt)
        // Those who were invited together.
        .order_by_asc(link::Column::Name)
        .order_by_asc(link::Column::Key)
        .all(store.read())
        .await?;
    let read = |row: link::Model| {
        Ok(Open {
            key: row.key,
            name: row.name,
            address: row.address,
            platform: row.platform.and_then(|platform| platform.parse().ok()),
            part: row.part.and_then(|part| part.parse().ok()),
            until: Timestamp::from_millisecond(row.expires_at).map_err(|_| Failure::odd("link.expires_at"))?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Takes an invitation back: its link is spent without anybody.
///
/// # Errors
/// [`Refusal::Forbidden`], also where it does not wait any more.
pub async fn withdraw(
    store: &Store,
    viewer: &Viewer,
    seminar: Option<&Listed>,
    key: &str,
    now: Timestamp,
) -> Outcome<()> {
    let Some(which) = of(viewer, seminar) else { return Ok(Err(Refusal::Forbidden)) };
    let transaction = changes::begin(store).await?;
    let gone = link::Entity::delete_many().filter(which).filter(link::Column::Key.eq(key)).exec(&transaction).await?;
    if gone.rows_affected == 0 {
        return Ok(Err(Refusal::Forbidden));
    }
    changes::audit(&transaction, now, &viewer.actor(), "withdraw invitation", &named(key), Value::Null).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}
