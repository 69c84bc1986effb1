//! `/admin/invitations` and `/seminars/{seminar}/invitations`: a link for one person, to pass on.

use super::{above, moment, open, part, platform, refused};
use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    letters, render,
    ui::{Crumb, Head, Line, Narrow, PhraseView, choice, crumbs, document, leaf, line},
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    accounts::{self, Invitation, Open, Purpose, Refusal},
    roles::{Act, Part, Platform},
    seminars,
    store::Failure,
    things::Listed,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    sent: Sent,
    refusal: Refusal,
}

/// What was made: shown once, and kept nowhere.
#[derive(Clone, Debug)]
struct Made {
    link: String,
    name: String,
    until: Timestamp,
    /// To which address it was sent, too.
    sent: Option<String>,
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    delegation: String,
}

/// The page on which a link stands that was made just now, with its path, for whom, and to which address it was sent, too.
pub(super) async fn made(
    asked: Asked,
    (path, name, sent): (String, String, Option<String>),
    until: Timestamp,
) -> Response {
    let made = Made { link: format!("{}{path}", asked.public_url), name, until, sent };
    render::drawn(asked.clone(), move || ready(&asked, made)).await.into_response()
}

pub(crate) fn on_the_platform() -> impl IntoView {
    render::secret();
    let (again, narrow) = (use_context::<Again>(), Narrow::asked(&[], open::ORDERS));
    render::answer(
        move |asked| async move {
            if !asked.viewer.may(Act::ManageAccounts) {
                return Ok(None);
            }
            let open = accounts::open_invitations(&asked.store, &asked.viewer, None, Timestamp::now()).await?;
            Ok(Some(draw(&asked, None, (open, &narrow), again)))
        },
        render::nowhere_else,
    )
}

pub(crate) fn in_a_seminar() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    let (again, narrow) = (use_context::<Again>(), Narrow::asked(&[], open::ORDERS));
    render::answer(
        move |asked| async move {
            let Some(seminar) = held(&asked, &slug).await? else { return Ok(None) };
            let now = Timestamp::now();
            let open = accounts::open_invitations(&asked.store, &asked.viewer, Some(&seminar), now).await?;
            Ok(Some(draw(&asked, Some(&seminar), (open, &narrow), again)))
        },
        render::nowhere_else,
    )
}

/// The seminar, for those who invite to it.
pub(super) async fn held(asked: &Asked, slug: &str) -> Result<Option<Listed>, Failure> {
    let seminar = seminars::listed(&asked.store, &asked.viewer, asked.reading, slug).await?;
    Ok(seminar.filter(|seminar| asked.viewer.may_in(Act::GiveParts, seminar)))
}

/// Invites to the platform.
pub(super) async fn to_platform(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let Ok(role) = sent.role.parse::<Platform>() else {
        return render::error(asked, Error::Unreadable).await.into_response();
    };
    invited(asked, sent, Some(role), None).await
}

/// Invites to a seminar.
pub(super) async fn to_seminar(
    Extension(asked): Extension<Asked>,
    Path(slug): Path<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let Ok(role) = sent.role.parse::<Part>() else {
        return render::error(asked, Error::Unreadable).await.into_response();
    };
    invited(asked, sent, None, Some((slug, role))).await
}

async fn invited(asked: Asked, sent: Sent, platform: Option<Platform>, seminar: Option<(String, Part)>) -> Response {
    let now = Timestamp::now();
    let country = Some(sent.delegation.as_str()).filter(|country| !country.is_empty());
    let seminar = seminar.as_ref().map(|(slug, part)| (slug.as_str(), *part, country));
    let invitation = Invitation { name: &sent.name, address: &sent.address, platform, seminar };
    match accounts::invite(&asked.store, &asked.viewer, &invitation, now).await {
        Ok(Ok(token)) => {
            let path = format!("/invitations/{}", token.reveal());
            let until = Purpose::Invite.until(now);
            let to = Some(sent.address.trim().to_owned()).filter(|to| {
                !to.is_empty() && asked.post.send(letters::invitation(&asked, to, &sent.name, &path, until))
            });
            made(asked, (path, sent.name, to), until).await
        }
        Ok(Err(Refusal::Forbidden)) => render::error(asked, Error::NotFound).await.into_response(),
        Ok(Err(refusal)) => forms::again(asked, refusal, Again { sent, refusal }).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(
    asked: &Asked,
    seminar: Option<&Listed>,
    (open, narrow): (Vec<Open>, &Narrow),
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let refusal = again.as_ref().map(|again| again.refusal);
    let sent = again.map(|again| again.sent).unwrap_or_default();
    let head = Head { known: false, ..Head::new(words.invite(), words.invite_lead()) };
    let taken = |code: &str, first: &str| if sent.role.is_empty() { code == first } else { code == sent.role };
    let roles: Vec<(String, String, bool)> = match seminar {
        Some(_) => Part::ALL
            .iter()
            .map(|role| {
                let code = role.code();
                (code.to_owned(), part(words, *role).to_owned(), taken(code, Part::Participant.code()))
            })
            .collect(),
        None => Platform::ALL
            .iter()
            .map(|role| {
                let code = role.code();
                (code.to_owned(), platform(words, *role).to_owned(), taken(code, Platform::Member.code()))
            })
            .collect(),
    };
    let delegations = seminar.filter(|seminar| !seminar.countries.is_empty()).map(|seminar| {
        let none = (String::new(), words.no_delegation().to_owned(), sent.delegation.is_empty());
        let countries =
            seminar.countries.iter().map(|code| (code.clone(), words.country_name(code), *code == sent.delegation));
        choice("delegation", words.their_delegation(), [none].into_iter().chain(countries).collect())
    });
    let way: Vec<Crumb> = match seminar {
        Some(seminar) => vec![(seminar.title.text.clone(), seminar.title.lang, Some(seminar.place.path()))],
        None => vec![(words.accounts().to_owned(), None, Some("/admin/people".to_owned()))],
    };
    let of = seminar.map(|seminar| view! { <p class="kicker">{seminar.title.clone().view()}</p> });
    let many = seminar.map(|seminar| {
        let to = format!("{}/invitations/many", seminar.place.path());
        view! { <p><a href=to>{words.invite_many()}</a></p> }
    });
    let name = Line {
        name: "name",
        label: words.optional(words.their_name()),
        fill: "off",
        value: sent.name,
        refused: refused(words, refusal, "name"),
        ..Line::default()
    };
    let address = Line {
        name: "address",
        label: words.optional(words.e_mail()),
        hint: Some(if asked.post.is_there() { words.invited_address_letter() } else { words.invited_address_hint() }),
        kind: "email",
        fill: "off",
        value: sent.address,
        refused: refused(words, refusal, "address"),
        ..Line::default()
    };
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way)}<h1>{words.invite()}</h1>{of}<p class="lead">{words.invite_lead()}</p></div>
        <form class="flow" method="post" novalidate>
            {above(words, refusal)}
            {line(name)}
            {line(address)}
            {choice("role", words.their_role(), roles)}
            {delegations}
            <p class="actions"><button class="button">{words.make_link()}</button></p>
        </form>
        {many}
        {open::list(words, asked.path(), open, narrow)}
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn ready(asked: &Asked, made: Made) -> impl IntoView + use<> {
    let words = asked.words();
    let name = made.name.trim().to_owned();
    let title = if name.is_empty() { words.link_ready().to_owned() } else { words.link_ready_for(name) };
    let head = Head { known: false, ..Head::new(title.clone(), "") };
    let inside = view! {
        <div class="title"><h1>{title}</h1><p class="lead">{words.link_ready_help(moment(words, made.until))}</p></div>
        {made.sent.map(|to| view! { <p>{words.link_sent(to)}</p> })}
        <p class="passing"><a href=made.link.clone()>{made.link.clone()}</a></p>
        <p><a href=asked.path().to_owned()>{words.invite()}</a></p>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
