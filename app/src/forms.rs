//! Forms: how what is sent is read, and what its answer says besides the page.

use crate::{
    asked::Asked,
    errors::Error,
    render::{self, Page},
};
use axum::{
    Form,
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use content::{
    accounts::{Entered, Refusal},
    gate::{Looking, Somebody},
    roles::Act,
    store::Failure,
};
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// What a form did to the session of the browser that sent it; an extension of the response, carried out where sessions
/// are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// From now on it is this account's. Also where it was before: under another number.
    Entered(Entered),
    /// It is nobody's.
    Left,
    /// Its owner looks at the site as somebody else sees it; none: with their own eyes again.
    Looking(Option<Looking>),
}

/// What was sent with a form. What cannot be read as one gets a page that says so.
pub(crate) struct Typed<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequest<S> for Typed<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let asked = request.extensions().get::<Asked>().cloned();
        let read = Form::from_request(request, state).await.map_err(|refused| refused.into_response().status());
        match read {
            Ok(Form(typed)) => Ok(Self(typed)),
            Err(status) => {
                let Some(asked) = asked else { return Err(status.into_response()) };
                let page = render::error(asked, Error::Unreadable).await;
                Err(Page { status, ..page }.into_response())
            }
        }
    }
}

/// The most fields of a form whose names are made.
const FIELDS_MOST: usize = 10_000;

/// A form for those who run seminars or write for them, of many fields whose names are made. Nothing is read of anybody else's.
pub(crate) struct Sent {
    fields: Vec<(String, String)>,
    /// Where each name stands first.
    first: HashMap<String, usize>,
}

impl Sent {
    pub(crate) fn of(fields: Vec<(String, String)>) -> Self {
        let mut first = HashMap::new();
        for (at, (name, _)) in fields.iter().enumerate() {
            first.entry(name.clone()).or_insert(at);
        }
        Self { fields, first }
    }

    /// What a field holds; of one that was sent twice the first.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.first.get(name).map(|at| self.fields[*at].1.as_str())
    }

    /// The same, empty where it was not sent.
    pub(crate) fn value(&self, name: &str) -> String {
        self.field(name).unwrap_or_default().to_owned()
    }

    /// The same of several lines: browsers end them as in letters, what is shown ends them as files do, and has nothing
    /// empty at its end.
    pub(crate) fn text(&self, name: &str) -> String {
        self.value(name).replace("\r\n", "\n").trim_end().to_owned()
    }

    /// Whether all of these were sent: a form that stops half way is not what somebody typed.
    pub(crate) fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.field(name).is_some())
    }

    /// All that fields of a name hold.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// What stands behind a beginning of names, each once, in their order: `3` of `day-3`.
    pub(crate) fn numbers(&self, beginning: &str) -> impl Iterator<Item = &str> {
        let once = self.fields.iter().enumerate().filter(|(at, (name, _))| self.first.get(name) == Some(at));
        once.filter_map(move |(_, (name, _))| name.strip_prefix(beginning))
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let asked = request.extensions().get::<Asked>().cloned();
        let may = |asked: &Asked| {
            let viewer = &asked.viewer;
            viewer.may_somewhere(Act::WriteNotes) || viewer.who().is_some_and(Somebody::writes)
        };
        if let Some(asked) = asked.clone().filter(|asked| !may(asked)) {
            return Err(render::error(asked, Error::NotFound).await.into_response());
        }
        let Typed(fields) = Typed::<Vec<(String, String)>>::from_request(request, state).await?;
        match asked {
            Some(asked) if fields.len() > FIELDS_MOST => {
                Err(render::error(asked, Error::Unreadable).await.into_response())
            }
            _ => Ok(Self::of(fields)),
        }
    }
}

/// How much a form with a text may be: one of the longest has three bytes for each of its own on its way.
pub(crate) fn whole() -> DefaultBodyLimit {
    DefaultBodyLimit::max(8 * 1024 * 1024)
}

/// What the form sends with which something is taken away: the version of what was shown.
#[derive(serde::Deserialize)]
pub(crate) struct Version {
    #[serde(default)]
    pub(crate) was: String,
}

/// All is well: on to another page.
pub(crate) fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// All is well, and the session is another's from now on.
pub(crate) fn with(session: Session, path: &str) -> Response {
    let mut answer = to(path);
    answer.extensions_mut().insert(session);
    answer
}

/// The same page again, with why it will not do, and what was typed as its page takes it.
pub(crate) async fn again(asked: Asked, refusal: Refusal, typed: impl Clone + Send + Sync + 'static) -> Response {
    let Refusal::Wait(seconds) = refusal else {
        return drawn_again(asked, StatusCode::UNPROCESSABLE_ENTITY, typed).await;
    };
    let page = Page { status: StatusCode::TOO_MANY_REQUESTS, ..render::refused(asked, typed).await };
    ([(header::RETRY_AFTER, seconds.to_string())], page).into_response()
}

/// The same page again, with what was typed; `status` is what there is to say of that, where the page is there.
pub(crate) async fn drawn_again(
    asked: Asked,
    status: StatusCode,
    typed: impl Clone + Send + Sync + 'static,
) -> Response {
    let page = render::refused(asked, typed).await;
    let status = if page.status == StatusCode::OK { status } else { page.status };
    Page { status, ..page }.into_response()
}

/// The store did not answer.
pub(crate) async fn failed(asked: Asked, failure: Failure) -> Response {
    tracing::error!(request = %asked.request, %failure, "a form could not be carried out");
    render::error(asked, Error::Ours).await.into_response()
}

/// Whether an address is a way in, or out: nobody comes back to it, and what it holds is for nobody else to keep.
pub fn is_way_in(path: &str) -> bool {
    // A link that was sent is nobody's to come back to.
    path.starts_with("/account/address/")
        || ["/invitations", "/sign-in", "/sign-out", "/join"]
            .iter()
            .any(|way| path.strip_prefix(way).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#'])))
}

/// An address of this site to which somebody is led on; home where it is none.
pub fn own(next: &str) -> &str {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\");
    if ours && next.len() <= 2_000 && next.bytes().all(|byte| (0x21..0x7f).contains(&byte)) { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::{is_way_in, own};

    #[test]
    fn one_is_led_on_within_the_site_alone() {
        assert_eq!(own("/seminars/tirana-2016?text=en#a"), "/seminars/tirana-2016?text=en#a");
        assert!(is_way_in("/invitations/abc") && is_way_in("/join") && is_way_in("/sign-in?next=/"));
        assert!(!is_way_in("/joint") && !is_way_in("/seminars/x/invitations") && !is_way_in("/"));
        for odd in ["https://evil.example/", "//evil.example", "/\\evil.example", "", "seminars", "/a\r\nX: y", "/ж"] {
            assert_eq!(own(odd), "/", "{odd}");
        }
    }
}
