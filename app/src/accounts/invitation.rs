//! `/invitations/{token}`

use super::{above, link::spent, part, platform, refused};
use crate::{
    asked::Asked,
    forms::{self, Session, Typed},
    render,
    ui::{Head, Line, PhraseView, document, from_home, leaf, line},
};
use axum::{Extension, extract::Path, response::Response};
use content::{
    accounts::{self, Introduced, Link, Purpose, Refusal, Token},
    roles::Platform,
};
use jiff::Timestamp;
use leptos::prelude::*;
use secrecy::SecretString;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    name: String,
    address: String,
    refusal: Refusal,
}

pub(crate) fn invitation() -> impl IntoView {
    render::secret();
    let token = Token::read(&render::parameter("token"));
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let link = match &token {
                Some(token) => accounts::link(&asked.store, asked.reading, token, Timestamp::now()).await?,
                None => None,
            };
            let link = link.filter(|link| matches!(link.purpose, Purpose::Invite | Purpose::SetUp));
            Ok(Some(match link {
                Some(link) => draw(&asked, link, again),
                None => spent(&asked, again.map_or(Refusal::Spent, |again| again.refusal)),
            }))
        },
        render::nowhere_else,
    )
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    password: SecretString,
}

/// Takes the invitation.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path(token): Path<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let short = |typed: &str| typed.chars().take(300).collect();
    let (name, address) = (short(&sent.name), short(&sent.address));
    let again = |refusal| Again { name, address, refusal };
    let Some(token) = Token::read(&token) else {
        return forms::again(asked, Refusal::Spent, again(Refusal::Spent)).await;
    };
    let mut said = Introduced { name: sent.name, address: sent.address, password: sent.password };
    let now = Timestamp::now();
    // Whoever tries the platform is somebody, whatever they are called.
    let first = accounts::link(&asked.store, asked.reading, &token, now).await;
    if said.name.trim().is_empty() && matches!(&first, Ok(Some(link)) if link.purpose == Purpose::SetUp) {
        said.name = asked.words().platform_administrator().to_owned();
    }
    match accounts::accept(&asked.store, asked.trying(), &asked.viewer, &token, &said, now).await {
        Ok(Ok(entered)) => forms::with(Session::Entered(entered), "/account"),
        Ok(Err(refusal)) => forms::again(asked, refusal, again(refusal)).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, link: Link, again: Option<Again>) -> AnyView {
    let words = asked.words();
    let refusal = again.as_ref().map(|again| again.refusal);
    let first = link.purpose == Purpose::SetUp;
    let (title, lead) = if first {
        (words.set_up_title(), words.set_up_lead().to_owned())
    } else if let Some((_, is)) = &link.seminar {
        (words.invitation(), words.invited_to_seminar(part(words, *is)))
    } else if link.elsewhere {
        // To a seminar that is hidden meanwhile: its name is not said, and what it is not, neither.
        (words.invitation(), words.invitation_hidden().to_owned())
    } else {
        (words.invitation(), words.invited_to_platform(platform(words, link.platform.unwrap_or(Platform::Member))))
    };
    let seminar = link.seminar.as_ref().map(|(seminar, _)| view! { <p class="kicker">{seminar.title.view()}</p> });
    let head = Head { known: false, ..Head::new(title, lead.clone()) };
    let (button, fields) = match asked.viewer.who().filter(|somebody| somebody.platform.is_some()) {
        Some(somebody) => (words.accept_as(&somebody.name), None),
        None if first => (words.begin().to_owned(), Some(fields(asked, &link, again).into_any())),
        None => (words.accept_invitation().to_owned(), Some(fields(asked, &link, again).into_any())),
    };
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{title}</h1>{seminar}<p class="lead">{lead}</p></div>
        <form class="flow" method="post" novalidate>
            {above(words, refusal)}
            {fields}
            <p class="actions"><button class="button">{button}</button></p>
        </form>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// Who they are, who are not signed in.
fn fields(asked: &Asked, link: &Link, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let first = link.purpose == Purpose::SetUp;
    let refusal = again.as_ref().map(|again| again.refusal);
    let (name, address) = again.map_or((link.name.clone(), String::new()), |again| (again.name, again.address));
    let label = |label: &'static str| if first { words.optional(label) } else { label.to_owned() };
    let name = Line {
        name: "name",
        label: label(words.your_name()),
        hint: Some(words.your_name_hint()),
        fill: "name",
        value: name,
        refused: refused(words, refusal, "name"),
        ..Line::default()
    };
    let address = match &link.address {
        Some(bound) => view! { <p>{words.invitation_bound(bound)}</p> }.into_any(),
        None => line(Line {
            name: "address",
            label: label(words.e_mail()),
            kind: "email",
            fill: "username",
            value: address,
            refused: refused(words, refusal, "address"),
            ..Line::default()
        })
        .into_any(),
    };
    let password = Line {
        name: "password",
        label: label(words.password()),
        hint: Some(words.password_hint()),
        kind: "password",
        fill: "new-password",
        refused: refused(words, refusal, "password"),
        ..Line::default()
    };
    view! {
        {(!first).then(|| view! { <p>{words.invitation_known()}</p> })}
        {line(name)}
        {address}
        {line(password)}
    }
}
