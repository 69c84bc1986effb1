//! `/admin/settings`: what administrators set of the site as a whole.

use crate::{
    asked::Asked,
    edits::{self, Done, Frame, Say, Told, sheet},
    errors::Error,
    forms::Typed,
    render,
    ui::{Crumb, Line, line},
    words::Words,
};
use axum::{
    Extension, Router,
    response::{IntoResponse, Response},
    routing::post,
};
use content::{
    settings::{self, Field, Refused, Settings},
    store::Failure,
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::{borrow::Cow, time::Duration};
use tokio::time::timeout;

const AT: &str = "/admin/settings";
const CONTACT: &str = "contact";
const LEAVE_TO: &str = "leave-to";

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field>;

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(AT, post(post_settings))
}

/// What holds: what is set, and where nothing is, what the site was started with.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn hold(asked: &Asked) -> Result<Settings, Failure> {
    let set = settings::settings(&asked.store).await?;
    let or = |set: String, started: &str| if set.is_empty() { started.to_owned() } else { set };
    Ok(Settings { contact: or(set.contact, &asked.contact), leave_to: or(set.leave_to, &asked.leave_to) })
}

/// How long whoever leaves waits for the store to say where to.
const AT_ONCE: Duration = Duration::from_millis(200);

/// Where a browser goes on that leaves quickly: whatever the store answers, and whether it does.
pub(crate) async fn leave_to(asked: &Asked) -> String {
    match timeout(AT_ONCE, hold(asked)).await {
        Ok(Ok(holds)) => holds.leave_to,
        _ => {
            tracing::warn!(request = %asked.request, "the settings could not be read");
            asked.leave_to.to_string()
        }
    }
}

pub(crate) fn page() -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            if !settings::may(&asked.viewer) {
                return Ok(None);
            }
            let set = settings::settings(&asked.store).await?;
            Ok(Some(draw(&asked, set, again)))
        },
        render::nowhere_else,
    )
}

#[derive(serde::Deserialize)]
struct Sent {
    was: String,
    contact: String,
    #[serde(rename = "leave-to")]
    leave_to: String,
}

async fn post_settings(Extension(asked): Extension<Asked>, Typed(sent): Typed<Sent>) -> Response {
    let Sent { was, contact, leave_to } = sent;
    let typed = Settings { contact, leave_to };
    let set = (&*asked.public_url, &*was, &typed);
    let done = match settings::set(&asked.store, &asked.viewer, set, Timestamp::now()).await {
        Ok(Ok(())) => Ok(Done::Saved(String::new())),
        Ok(Err(Refused::Forbidden)) => return render::error(asked, Error::NotFound).await.into_response(),
        Ok(Err(Refused::Faults(faults))) => Ok(Done::Said(Say::Faults(faults))),
        Ok(Err(Refused::Changed(now))) => Ok(Done::Said(Say::Changed(now))),
        Err(failure) => Err(failure),
    };
    edits::answer(asked, done, (typed, was, ()), |_| AT.to_owned()).await
}

fn draw(asked: &Asked, set: Settings, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let (frame, _) = Frame::of(words, &(), set, again);
    let field = |field: Field,
                 name: &'static str,
                 kind: &'static str,
                 hint: &'static str,
                 value: &str,
                 started: &str| {
        let started =
            (!started.is_empty()).then(|| view! { <p class="small quiet">{words.settings_started(started)}</p> });
        let (label, hint, refused) = (frame.label(field).to_owned(), Some(hint), frame.why(field));
        // An address that is none could not be shown by a field that is for one.
        let kind = if refused.is_some() { "text" } else { kind };
        let line =
            line(Line { name, label, hint, kind, fill: "off", value: value.to_owned(), refused, ..Line::default() });
        view! { <div class="flow flow--snug">{line}{started}</div> }
    };
    let contact =
        field(Field::Contact, CONTACT, "text", words.settings_contact_hint(), &frame.draft.contact, &asked.contact);
    let leave_to =
        field(Field::LeaveTo, LEAVE_TO, "url", words.settings_leave_to_hint(), &frame.draft.leave_to, &asked.leave_to);
    let way: Vec<Crumb> = vec![(words.your_account().to_owned(), None, Some("/account".to_owned()))];
    let inside = view! {
        <div class="flow flow--loose">
            <p class="lead">{words.settings_lead()}</p>
            <form class="flow flow--loose" method="post" novalidate>
                {frame.top("", None)}
                {contact}
                {leave_to}
                <p class="actions"><button class="button">{words.save()}</button></p>
            </form>
            <p><a href="/admin/retention">{words.retention()}</a></p>
        </div>
    };
    sheet(asked, way, words.settings().to_owned(), inside)
}

impl Told for Field {
    type Draft = Settings;
    type Around = ();

    fn name(self) -> Cow<'static, str> {
        match self {
            Self::Contact => CONTACT.into(),
            Self::LeaveTo => LEAVE_TO.into(),
        }
    }

    fn label(self, words: Words, (): &()) -> &'static str {
        match self {
            Self::Contact => words.settings_contact(),
            Self::LeaveTo => words.settings_leave_to(),
        }
    }

    fn odd(self, words: Words) -> String {
        let odd = if self == Self::LeaveTo { words.fault_site() } else { words.fault_odd() };
        odd.to_owned()
    }

    fn says(self, _: Words, draft: &Settings, (): &()) -> String {
        match self {
            Self::Contact => draft.contact.clone(),
            Self::LeaveTo => draft.leave_to.clone(),
        }
    }
}
