//! Coming in, one's own account, and the accounts of all.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod data;
pub(crate) mod invitation;
pub(crate) mod invite;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod manage;
pub(crate) mod many;
pub(crate) mod open;
pub(crate) mod password;
pub(crate) mod sign_in;
pub(crate) mod sign_out;

use crate::{
    asked::{Asked, asked},
    errors::Error,
    forms, render,
    ui::settle,
    words::Words,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use content::{
    accounts::{self, Account, Field, Link, Purpose, Refusal, Token},
    roles::{Part, Platform},
};
use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let many = post(many::post).layer(DefaultBodyLimit::max(many::BODY_MOST));
    Router::new()
        .route("/sign-in", post(sign_in::post))
        .route("/sign-in/letter", post(sign_in::letter))
        .route("/sign-in/{token}", post(link::post))
        .route("/sign-out", post(sign_out::post))
        .route("/invitations/{token}", post(invitation::post))
        .route("/account", post(account::post))
        .route("/account/address", post(address::post))
        .route("/account/address/{token}", post(address::confirm))
        .route("/account/password", post(password::post))
        .route("/account/data", post(data::delete))
        .route("/account/data.json", get(data::download))
        .route("/account/sessions", post(account::end_session))
        .route("/admin/invitations", post(invite::to_platform))
        .route("/admin/invitations/withdraw", post(open::of_platform))
        .route("/seminars/{seminar}/invitations/withdraw", post(open::of_seminar))
        .route("/seminars/{seminar}/invitations", post(invite::to_seminar))
        .route("/seminars/{seminar}/invitations/many", many)
        .route("/admin/people/{account}/role", post(manage::role))
        .route("/admin/people/{account}/access", post(manage::access))
        .route("/admin/people/{account}/link", post(manage::link))
}

/// Why something will not do, as a sentence that says what to do.
pub(crate) fn sentence(words: Words, refusal: Refusal) -> String {
    match refusal {
        Refusal::NameEmpty => words.refused_name_empty(),
        Refusal::NameLong => words.refused_name_long(),
        Refusal::NameOdd => words.refused_name_odd(),
        Refusal::AddressOdd => words.refused_address_odd(),
        Refusal::AddressTwice => words.refused_address_twice(),
        Refusal::AddressTaken => words.refused_address_taken(),
        Refusal::PasswordShort => words.refused_password_short(),
        Refusal::PasswordLong => words.refused_password_long(),
        Refusal::PasswordWeak => words.refused_password_weak(),
        Refusal::PasswordWrong => words.refused_password_wrong(),
        Refusal::Unknown => words.refused_unknown(),
        Refusal::Wait(seconds) => return words.refused_wait(u64::try_from(seconds).unwrap_or(1)),
        Refusal::Spent => words.refused_spent(),
        Refusal::Forbidden => words.refused_forbidden(),
        Refusal::Closed => words.refused_closed(),
        Refusal::Changed => words.refused_changed(),
        Refusal::Hidden => words.refused_hidden(),
        Refusal::Passed => words.refused_passed(),
        Refusal::NoticeEmpty => words.refused_notice_empty(),
        Refusal::NoticeLong => words.refused_notice_long(),
        Refusal::NoticeOdd => words.refused_notice_odd(),
        Refusal::NoticesMany => words.refused_notices_many(),
        Refusal::LastOrganiser => words.refused_last_organiser(),
        Refusal::LastAdministrator => words.refused_last_administrator(),
    }
    .to_owned()
}

/// The field of a form that a refusal concerns, by its name there.
pub(crate) fn named(refusal: Refusal) -> Option<&'static str> {
    match refusal.field() {
        Field::Name => Some("name"),
        Field::Address => Some("address"),
        Field::Password => Some("password"),
        Field::Current => Some("current"),
        Field::Code => Some("code"),
        Field::Time => Some("time"),
        Field::Text => Some("text"),
        Field::Whole => None,
    }
}

/// The sentence for the field of this name, if it is the one that is refused.
pub(crate) fn refused(words: Words, refusal: Option<Refusal>, name: &str) -> Option<String> {
    refusal.filter(|refusal| named(*refusal) == Some(name)).map(|refusal| sentence(words, refusal))
}

/// What stands above a form that was refused.
pub(crate) fn above(words: Words, refusal: Option<Refusal>) -> Option<impl IntoView> {
    settle(words, refusal.map(|refusal| (named(refusal), sentence(words, refusal))).into_iter().collect())
}

/// A refusal that leaves nothing to be typed again: what is not there, or not theirs, answers as if it were not there.
pub(crate) async fn not_theirs(asked: Asked, refusal: Refusal) -> Response {
    if refusal == Refusal::Forbidden {
        return render::error(asked, Error::NotFound).await.into_response();
    }
    forms::again(asked, refusal, refusal).await
}

/// A page of somebody's own account: who is signed in to none signs in first. `draw` gets what a form that was sent left for
/// it; none: there is no such page.
fn of_account<T, V>(draw: impl FnOnce(&Asked, &Account, Option<T>) -> Option<V> + Send + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    render::secret();
    if asked().viewer.who().is_none_or(|somebody| somebody.platform.is_none()) {
        return render::sign_in_first();
    }
    let again = use_context::<T>();
    render::answer(
        move |asked| async move {
            let account = accounts::your_account(&asked.store, &asked.viewer).await?;
            Ok(account.and_then(|account| draw(&asked, &account, again)))
        },
        render::nowhere_else,
    )
    .into_any()
}

/// The page of a link that is spent once, if it is for this. `draw` gets why a form that was sent was refused.
fn of_link<V: IntoView + 'static>(
    purpose: Purpose,
    draw: impl FnOnce(&Asked, Option<Link>, Option<Refusal>) -> V + Send + 'static,
) -> impl IntoView {
    render::secret();
    let token = Token::read(&render::parameter("token"));
    let refusal = use_context::<Refusal>();
    render::answer(
        move |asked| async move {
            let link = match &token {
                Some(token) => accounts::link(&asked.store, asked.reading, token, Timestamp::now()).await?,
                None => None,
            };
            Ok(Some(draw(&asked, link.filter(|link| link.purpose == purpose), refusal)))
        },
        render::nowhere_else,
    )
}

/// What somebody is on the platform.
pub(crate) fn platform(words: Words, platform: Platform) -> &'static str {
    match platform {
        Platform::Administrator => words.platform_administrator(),
        Platform::Editor => words.platform_editor(),
        Platform::Member => words.platform_member(),
    }
}

/// What somebody is in a seminar.
pub(crate) fn part(words: Words, part: Part) -> &'static str {
    match part {
        Part::Organiser => words.part_organiser(),
        Part::Facilitator => words.part_facilitator(),
        Part::Expert => words.part_expert(),
        Part::Participant => words.part_participant(),
        Part::Observer => words.part_observer(),
    }
}

/// A moment, in the one time zone that a platform has in common with all who use it.
pub(crate) fn moment(words: Words, at: Timestamp) -> String {
    let date = TimeZone::UTC.to_datetime(at).date();
    format!("{}, {} UTC", words.date(date), words.time(at, &TimeZone::UTC))
}
