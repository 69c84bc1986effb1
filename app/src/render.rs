//! Every hook into the framework: routes, drawing a page, answering with it.

use crate::{
    asked::{Asked, asked},
    errors, notices,
    pages::pages,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use content::store::Failure;
use hydration_context::SsrSharedContext;
use jiff::Timestamp;
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use leptos_router::{hooks::use_params_map, location::RequestUrl};
use std::{
    future::Future,
    mem,
    pin::Pin,
    sync::{Arc, Mutex},
};

/// What a page says about its answer besides the HTML.
#[derive(Clone, Default)]
pub(crate) struct Answer(Arc<Mutex<Says>>);

#[derive(Default)]
struct Says {
    status: Option<StatusCode>,
    moved: Option<String>,
    onward: Option<String>,
    missed: Vec<String>,
    index: Option<bool>,
    secret: bool,
    scripts: Scripts,
    until: Option<Timestamp>,
    /// The page, where it is drawn once the store has answered.
    later: Option<Later>,
}

/// HTML that is not there yet.
type Later = Pin<Box<dyn Future<Output = String> + Send>>;

impl Answer {
    fn say<T: Default>(&self, what: impl FnOnce(&mut Says) -> T) -> T {
        self.0.lock().map(|mut says| what(&mut says)).unwrap_or_default()
    }

    /// With another status than 200.
    pub(crate) fn set_status(&self, status: StatusCode) {
        self.say(|says| says.status = Some(status));
    }

    /// Whether it is another page than was asked for: one that says why that is not there.
    pub(crate) fn is_other(&self) -> bool {
        self.say(|says| says.status.is_some_and(|status| status != StatusCode::OK))
    }

    /// It is at another address now.
    pub(crate) fn set_moved(&self, to: String) {
        self.say(|says| says.moved = Some(to));
    }

    /// Something has to be done first, at another address.
    pub(crate) fn set_onward(&self, to: String) {
        self.say(|says| says.onward = Some(to));
    }

    /// Words that were looked for and not found.
    pub(crate) fn set_missed(&self, words: Vec<String>) {
        self.say(|says| says.missed = words);
    }

    /// It holds what nobody may keep, a browser neither.
    pub(crate) fn set_secret(&self) {
        self.say(|says| says.secret = true);
    }

    /// The index was asked for a part of the page, and answered or did not.
    pub(crate) fn set_index(&self, answered: bool) {
        self.say(|says| says.index = Some(answered));
    }

    /// It says something else from then on, though nothing has changed.
    pub(crate) fn set_until(&self, until: Option<Timestamp>) {
        self.say(|says| says.until = until);
    }

    /// It runs scripts.
    pub(crate) fn set_scripts(&self, scripts: Scripts) {
        self.say(|says| says.scripts = says.scripts.max(scripts));
    }
}

/// Which scripts a page runs; an extension of the response, read where the policy is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scripts {
    /// None.
    #[default]
    None,
    /// Ours.
    Own,
    /// An island is on it: WebAssembly too.
    Islands,
}

/// A page that has been drawn.
#[derive(Clone, Debug)]
pub struct Page {
    /// 200 unless the page says otherwise.
    pub status: StatusCode,
    /// The whole document.
    pub html: String,
    /// Which scripts it runs.
    pub scripts: Scripts,
    /// Where it is now, if it was here before.
    pub moved: Option<String>,
    /// Where something has to be done first.
    pub onward: Option<String>,
    /// Words that were looked for and not found.
    pub missed: Vec<String>,
    /// Whether the index answered, where it was asked for a part of the page.
    pub index: Option<bool>,
    /// Whether nobody may keep it, not even the browser.
    pub secret: bool,
    /// When it says something else, though nothing has changed.
    pub until: Option<Timestamp>,
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let to = |to: &Option<String>| to.as_deref().and_then(|to| HeaderValue::from_str(to).ok());
        let mut answer = match (to(&self.moved), to(&self.onward)) {
            (Some(to), _) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
            (_, Some(to)) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
            _ => (self.status, Html(self.html)).into_response(),
        };
        answer.extensions_mut().insert(self.scripts);
        answer
    }
}

/// The addresses of all pages, as axum writes them. Also starts what drawing needs: call it first.
pub fn routes() -> Vec<String> {
    leptos_axum::generate_route_list(pages).iter().map(|route| route.path().to_owned()).collect()
}

/// Draws the page at the address that is asked for.
pub async fn page(asked: Asked) -> Page {
    let address = asked.address.clone();
    draw(asked, false, move || {
        provide_context(RequestUrl::new(&address));
        pages()
    })
    .await
}

/// Draws the page at the address again, which finds in its context why what was sent will not do.
pub(crate) async fn refused(asked: Asked, refused: impl Clone + Send + Sync + 'static) -> Page {
    let address = asked.address.clone();
    draw(asked, true, move || {
        provide_context(RequestUrl::new(&address));
        provide_context(refused);
        pages()
    })
    .await
}

/// Draws a page that has no address of its own: the answer to a form.
pub(crate) async fn drawn<V: IntoView + 'static>(asked: Asked, view: impl FnOnce() -> V) -> Page {
    draw(asked, true, view).await
}

/// Draws the page that says what went wrong.
pub async fn error(asked: Asked, error: errors::Error) -> Page {
    let status = error.status();
    let page = draw(asked, true, move || errors::page(error)).await;
    Page { status, ..page }
}

/// Draws the pieces of `ui`.
#[cfg(debug_assertions)]
pub async fn gallery(asked: Asked) -> Page {
    draw(asked.clone(), false, move || crate::gallery::gallery(&asked)).await
}

/// `answers`: it is no page that is asked for by its address, but the answer to a form, or to what cannot be answered.
async fn draw<V: IntoView + 'static>(asked: Asked, answers: bool, view: impl FnOnce() -> V) -> Page {
    // The context of islands that is not hydrating: nothing but islands will ever come alive.
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let answer = Answer::default();
    // Before the page is asked for anything: it is never older than what its screen goes by.
    let standing = notices::standing(&asked, answers).await;
    let html = owner.with(|| {
        if let Some(standing) = standing {
            provide_context(standing);
        }
        provide_context(asked);
        provide_context(answer.clone());
        view().into_view().to_html()
    });
    let html = match answer.say(|says| says.later.take()) {
        Some(later) => later.await,
        None => html,
    };
    owner.unset_with_forced_cleanup();
    let Says { status, moved, onward, missed, index, secret, scripts, until, .. } = answer.say(mem::take);
    Page { status: status.unwrap_or_default(), html, scripts, moved, onward, missed, index, secret, until }
}

/// A page that asks the store: what it found, drawn; or the page for what is not there, or not to be seen; or the
/// page for what went wrong. `moved` says where the thing is now, if it was at this address before.
///
/// The framework could wait for a part of a page (`Suspend`); here the whole page is that part, and is drawn at one go
/// when all is known.
pub(crate) fn answer<V, F, M>(
    find: impl FnOnce(Asked) -> F,
    moved: impl FnOnce(Asked) -> M + Send + 'static,
) -> impl IntoView
where
    V: IntoView + 'static,
    F: Future<Output = Result<Option<V>, Failure>> + Send + 'static,
    M: Future<Output = Result<Option<String>, Failure>> + Send + 'static,
{
    let asked = asked();
    let answer = expect_context::<Answer>();
    let found = find(asked.clone());
    let says = answer.clone();
    let later = async move {
        let failed = match found.await {
            Ok(Some(view)) => return view.into_view().to_html(),
            Ok(None) => match moved(asked.clone()).await {
                Ok(Some(to)) => {
                    answer.set_moved(to);
                    return String::new();
                }
                Ok(None) => {
                    answer.set_status(StatusCode::NOT_FOUND);
                    return errors::not_found(&asked).into_view().to_html();
                }
                Err(failure) => failure,
            },
            Err(failure) => failure,
        };
        tracing::error!(request = %asked.request, failure = %failed, "a page could not be drawn");
        answer.set_status(StatusCode::INTERNAL_SERVER_ERROR);
        errors::draw(&asked, errors::Error::Ours).into_view().to_html()
    };
    // What is drawn belongs to the page, wherever it is polled.
    says.say(|says| says.later = Some(Box::pin(ScopedFuture::new(later))));
}

/// In place of a page that is for who is signed in: they sign in first, and come back.
pub(crate) fn sign_in_first() -> AnyView {
    let to = format!("/sign-in?next={}", asked().path());
    expect_context::<Answer>().set_onward(to);
    ().into_any()
}

/// For a page with a token in its address, or of one person's account: nobody keeps it.
pub(crate) fn secret() {
    expect_context::<Answer>().set_secret();
}

/// For a page whose thing was never anywhere else.
pub(crate) async fn nowhere_else(_: Asked) -> Result<Option<String>, Failure> {
    Ok(None)
}

/// A part of the address: `{session}`.
pub(crate) fn parameter(name: &str) -> String {
    use_params_map().with_untracked(|parameters| parameters.get(name)).unwrap_or_default()
}
