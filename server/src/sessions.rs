//! Who asks: sessions in the store, for the requests that have one to show or may begin one.
//!
//! axum-login keeps them (over tower-sessions); the store knows a session by the hash of its number. Requests that show
//! no session and change nothing pass by without it.

use crate::{request, site::Site};
use app::{asked::Asked, forms::Session};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use axum_login::{
    AuthManagerLayer, AuthManagerLayerBuilder, AuthSession, AuthUser, AuthnBackend,
    tower_sessions::{
        Expiry, SessionManagerLayer, SessionStore,
        cookie::{SameSite, time::Duration, time::OffsetDateTime},
        session::{Id, Record},
        session_store,
    },
};
use content::{
    accounts::{self, Entered, Kept, Token},
    gate::{Looking, Somebody, Viewer, Who},
    seats,
    store::{Failure, Store},
};
use jiff::Timestamp;
use serde_json::Value;
use std::{cell::Cell, collections::HashMap, convert::Infallible, fmt};
use tower::{Layer, ServiceExt, service_fn};

/// What a session holds: whose it is (axum-login's own), since when, when it was seen, in what browser.
const WHO: &str = "who";
const BEGAN: &str = "began";
const SEEN: &str = "seen";
const DEVICE: &str = "device";
/// What its owner might do when it got its number: where that changes, it goes on under another. Kept beside what it holds.
const RIGHTS: &str = "rights";
/// Whether the browser shows the number that it had before.
const BY_FORMER: &str = "by former";
/// As whom its owner looks at the site.
const LOOKING: &str = "looking";
/// Until when somebody whom a link let in may set a password without showing the old one.
const LINKED: &str = "linked";
/// How long that is, in seconds.
const AFTER_LINK: i64 = 60 * 60;

/// How requests are told whose they are.
#[derive(Debug, Clone)]
pub(crate) struct Sessions {
    layer: AuthManagerLayer<Backend, InStore>,
    secure: bool,
}

impl Sessions {
    /// `secure`: browsers reach the site by https, and give the cookies to nobody else.
    pub(crate) fn new(store: Store, secure: bool) -> Self {
        let sessions = SessionManagerLayer::new(InStore(store.clone()))
            .with_name(if secure { "__Host-session" } else { "session" })
            .with_secure(secure)
            .with_http_only(true)
            // A link in a letter leads to somebody who is signed in.
            .with_same_site(SameSite::Lax)
            .with_expiry(Expiry::OnInactivity(Duration::seconds(accounts::UNUSED.as_secs())));
        let layer = AuthManagerLayerBuilder::new(Backend(store), sessions).with_data_key(WHO).build();
        Self { layer, secure }
    }

    fn cookie(&self) -> &'static str {
        if self.secure { "__Host-session" } else { "session" }
    }

    /// What a browser shows in which somebody was signed in before.
    pub(crate) fn device_cookie(&self) -> &'static str {
        if self.secure { "__Host-device" } else { "device" }
    }

    /// Whether a request shows a session. Then what is kept ready for nobody in particular is not for it.
    pub(crate) fn shown_by(&self, headers: &HeaderMap) -> bool {
        request::cookie(headers, self.cookie()).is_some()
    }

    /// Has a request answered that shows a session or may begin one.
    pub(crate) async fn answer(&self, site: Site, request: Request, next: Next) -> Response {
        let known = service_fn(move |request: Request| {
            let (site, next) = (site.clone(), next.clone());
            async move { Ok::<_, Infallible>(known(site, request, next).await) }
        });
        match OWNER.scope(Cell::default(), self.layer.layer(known).oneshot(request)).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        }
    }
}

/// Tells the request whose it is, and carries out what its answer says of the session.
async fn known(site: Site, mut request: Request, next: Next) -> Response {
    let Some(mut auth) = request.extensions_mut().remove::<AuthSession<Backend>>() else {
        return next.run(request).await;
    };
    let device = device(request.headers());
    let shown = request.extensions().get::<Asked>().and_then(|asked| asked.device.clone());
    let mut rights = None;
    if let Some(signed) = auth.user.clone() {
        if over(&auth).await {
            let _ = auth.logout().await;
        } else if let Some(asked) = request.extensions_mut().get_mut::<Asked>() {
            rights = Some(signed.somebody.rights());
            asked.looking = auth.session.get(LOOKING).await.ok().flatten();
            asked.viewer = seen_by(asked.looking.as_ref(), signed.somebody);
            asked.session = auth.session.id().map(|id| key(id).into());
            let linked = auth.session.get::<i64>(LINKED).await.ok().flatten().unwrap_or_default();
            asked.by_link = Timestamp::now().as_second() < linked;
        }
    }
    let goes = navigates(request.headers());
    let mut answer = next.run(request).await;
    match answer.extensions_mut().remove::<Session>() {
        Some(Session::Entered(entered)) => enter(&site, &mut auth, entered, (device, shown), &mut answer).await,
        Some(Session::Looking(looking)) if auth.user.is_some() => {
            let done = match looking {
                Some(looking) => auth.session.insert(LOOKING, looking).await,
                None => auth.session.remove::<Looking>(LOOKING).await.map(drop),
            };
            if let Err(failure) = done {
                tracing::error!(%failure, "a session could not be changed");
            }
        }
        Some(Session::Looking(_)) => {}
        Some(Session::Left) => {
            if let Some(signed) = &auth.user {
                tracing::info!(who = %signed.who, "signed out");
            }
            let _ = auth.logout().await;
            leave(&site, &mut answer);
        }
        None => {}
    }
    if let Some(rights) = rights.filter(|_| goes) {
        renew(&site, &auth, &rights, &mut answer).await;
    }
    if auth.user.is_some() {
        // What is one person's is kept by nobody else.
        let shared = answer.headers().get(header::CACHE_CONTROL).is_some_and(|value| value == "no-cache");
        if shared {
            answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        }
    }
    answer
}

/// Who reads by a session, under which the store knows it, if it still goes on: for what is said to them later.
pub(crate) async fn viewer(store: &Store, session: &str) -> Result<Option<Viewer>, Failure> {
    let Some(found) = accounts::sign_in_data(store, session, Timestamp::now()).await? else { return Ok(None) };
    let Ok(Holds { who, began, looking }) = serde_json::from_str(&found.data) else { return Ok(None) };
    if lasted(began, Timestamp::now().as_second()) {
        return Ok(None);
    }
    let signed = found.owner.map(Signed::from);
    let signed = signed.filter(|signed| signed.who == who.user_id && signed.session_auth_hash() == who.auth_hash);
    Ok(signed.map(|signed| seen_by(looking.as_ref(), signed.somebody)))
}

/// What a session holds, as far as it says who reads.
#[derive(serde::Deserialize)]
struct Holds {
    who: Whose,
    began: i64,
    looking: Option<Looking>,
}

/// axum-login's own.
#[derive(serde::Deserialize)]
struct Whose {
    user_id: Who,
    auth_hash: Vec<u8>,
}

/// With whose eyes somebody looks at the site.
fn seen_by(looking: Option<&Looking>, somebody: Somebody) -> Viewer {
    match looking {
        Some(looking) => looking.seen_by(somebody),
        None => somebody.into(),
    }
}

/// Whether a session that began then has lasted long enough.
fn lasted(began: i64, now: i64) -> bool {
    now > began + accounts::LONGEST.as_secs()
}

/// Whether somebody goes to a page: not what a page asks for besides, which may come to nothing.
fn navigates(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate") && !headers.contains_key("sec-purpose")
}

/// Has a session go on under another number where its owner's rights have changed.
async fn renew(site: &Site, auth: &AuthSession<Backend>, rights: &str, answer: &mut Response) {
    let session = &auth.session;
    // What the answer does to it otherwise comes first: it is renewed with another page.
    let Some(id) = session.id().filter(|_| !session.is_modified()) else { return };
    let before = session.get::<String>(RIGHTS).await.ok().flatten();
    let by_former = session.get::<bool>(BY_FORMER).await.ok().flatten() == Some(true);
    let (key, now) = (key(id), Timestamp::now());
    let renewing = async {
        match before {
            None => accounts::note_rights(&site.store, &key, rights).await.map(|()| None),
            Some(before) if before != rights || by_former => {
                let new = Id::default();
                let renewed = accounts::renew_sign_in(&site.store, (&key, &self::key(new)), rights, now).await?;
                Ok(renewed.then_some(new))
            }
            Some(_) => Ok(None),
        }
    };
    match renewing.await {
        Ok(Some(new)) => {
            let name = site.sessions.cookie();
            let cookie = site.sessions.written(name, &new.to_string(), accounts::UNUSED.as_secs());
            answer.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        }
        Ok(None) => {}
        Err(failure) => tracing::error!(%failure, "a session could not be renewed"),
    }
}

/// Whether a session has lasted long enough. Notes once a day that it was used, so that it does not end.
async fn over(auth: &AuthSession<Backend>) -> bool {
    const DAY: i64 = 24 * 60 * 60;
    let now = Timestamp::now().as_second();
    let of = async |name| auth.session.get::<i64>(name).await.ok().flatten().unwrap_or_default();
    if lasted(of(BEGAN).await, now) {
        return true;
    }
    if !(0..DAY).contains(&(now - of(SEEN).await)) {
        // Written when the request is answered.
        let _ = auth.session.insert(SEEN, now).await;
    }
    false
}

/// The session is an account's from now on, under a number that nobody knows.
async fn enter(
    site: &Site,
    auth: &mut AuthSession<Backend>,
    entered: Entered,
    (device, shown): (String, Option<Token>),
    answer: &mut Response,
) {
    let now = Timestamp::now();
    let entering = async {
        let again = auth.user.as_ref().is_some_and(|signed| signed.who == entered.who);
        let who = entered.who;
        let by_link = entered.by_link;
        let linked = if by_link { now.as_second() + AFTER_LINK } else { 0 };
        // First, since whoever was here before stays where the new one has ended meanwhile.
        let signed = auth.authenticate(entered).await.map_err(|error| error.to_string())?.ok_or("it has ended")?;
        // With all that it held: under the number of before nothing is left. (A session that was let go of keeps its
        // number for what comes next.)
        auth.logout().await.map_err(|error| error.to_string())?;
        auth.session.cycle_id().await.map_err(|error| error.to_string())?;
        auth.login(&signed).await.map_err(|error| error.to_string())?;
        for (name, value) in [(BEGAN, now.as_second()), (SEEN, now.as_second()), (LINKED, linked)] {
            auth.session.insert(name, value).await.map_err(|error| error.to_string())?;
        }
        auth.session.insert(RIGHTS, signed.somebody.rights()).await.map_err(|error| error.to_string())?;
        auth.session.insert(DEVICE, device).await.map_err(|error| error.to_string())?;
        if let Who::Account(account) = who
            && !again
        {
            let token = accounts::remember_device(&site.store, account, shown, now).await;
            let token = token.map_err(|error| error.to_string())?;
            let cookie =
                site.sessions.written(site.sessions.device_cookie(), token.reveal(), accounts::KNOWN.as_secs());
            answer.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        }
        tracing::info!(%who, by_link, "signed in");
        Ok::<(), String>(())
    };
    if let Err(failure) = entering.await {
        tracing::error!(%failure, "a session could not be begun");
    }
}

/// What the browser keeps of somebody goes with them. The cookie is taken back here, with all that it was set with:
/// else a browser does not let go of one whose name begins with `__Host-`.
fn leave(site: &Site, answer: &mut Response) {
    let headers = answer.headers_mut();
    headers.extend(site.sessions.written(site.sessions.cookie(), "", 0).map(|cookie| (header::SET_COOKIE, cookie)));
    headers.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
}

impl Sessions {
    fn written(&self, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
        HeaderValue::from_str(&cookie).ok()
    }
}

/// What a browser calls itself, in two words that mean the same in every language: for its owner's list of sessions.
fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let of =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    // In this order: most call themselves by their forebears' names too.
    let browser = of(&[
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = of(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

tokio::task_local! {
    /// Whose the session is that the request shows: found with it in one statement, and handed to axum-login once, which
    /// asks for it next. Whoever asks again is told what is so then.
    static OWNER: Cell<Option<Signed>>;
}

/// Who is signed in, and by which stamp.
#[derive(Clone)]
struct Signed {
    who: Who,
    somebody: Somebody,
    stamp: String,
}

impl From<(Somebody, String)> for Signed {
    fn from((somebody, stamp): (Somebody, String)) -> Self {
        Self { who: somebody.who, somebody, stamp }
    }
}

/// By its number alone: names and stamps belong in no log.
impl fmt::Debug for Signed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Signed").field(&self.who).finish()
    }
}

impl AuthUser for Signed {
    type Id = Who;

    fn id(&self) -> Who {
        self.who
    }

    fn session_auth_hash(&self) -> &[u8] {
        self.stamp.as_bytes()
    }
}

/// Looks up who somebody is. That they may come in was found before.
#[derive(Clone, Debug)]
struct Backend(Store);

impl AuthnBackend for Backend {
    type User = Signed;
    type Credentials = Entered;
    type Error = Failure;

    async fn authenticate(&self, entered: Entered) -> Result<Option<Signed>, Failure> {
        let signed = self.get_user(&entered.who).await?;
        Ok(signed.filter(|signed| signed.stamp == entered.stamp))
    }

    async fn get_user(&self, who: &Who) -> Result<Option<Signed>, Failure> {
        let owner = OWNER.try_with(Cell::take).ok().flatten();
        if let Some(owner) = owner.filter(|owner| owner.who == *who) {
            return Ok(Some(owner));
        }
        let found = match *who {
            Who::Account(account) => accounts::somebody(&self.0, account).await?,
            Who::Seat(seat) => seats::seated(&self.0, seat).await?,
        };
        Ok(found.map(Signed::from))
    }
}

/// Sessions in the store.
#[derive(Clone, Debug)]
struct InStore(Store);

/// Under what the store knows a session.
fn key(id: Id) -> String {
    accounts::key(&id.to_string())
}

fn backend(failure: impl ToString) -> session_store::Error {
    session_store::Error::Backend(failure.to_string())
}

/// Whether something is kept beside what a session holds.
fn beside(name: &str) -> bool {
    name == RIGHTS || name == BY_FORMER
}

fn kept<'a>(record: &'a Record, key: &'a str) -> session_store::Result<Kept<'a>> {
    let encode = |error: serde_json::Error| session_store::Error::Encode(error.to_string());
    let who = record.data.get(WHO).and_then(|who| who.get("user_id")).cloned();
    Ok(Kept {
        key,
        who: who.map(serde_json::from_value).transpose().map_err(encode)?.flatten(),
        data: serde_json::to_string(&record.data.iter().filter(|(name, _)| !beside(name)).collect::<HashMap<_, _>>())
            .map_err(encode)?,
        rights: record.data.get(RIGHTS).and_then(Value::as_str),
        device: record.data.get(DEVICE).and_then(Value::as_str).unwrap_or_default(),
        expires_at: record.expiry_date.unix_timestamp().saturating_mul(1000),
    })
}

#[async_trait::async_trait]
impl SessionStore for InStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        // Two of 128 random bits are not alike; should they be, the store refuses the second.
        let key = key(record.id);
        accounts::begin_sign_in(&self.0, kept(record, &key)?, Timestamp::now()).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let key = key(record.id);
        accounts::keep_sign_in(&self.0, kept(record, &key)?, Timestamp::now()).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = accounts::sign_in_data(&self.0, &key(*id), Timestamp::now()).await.map_err(backend)?;
        let Some(accounts::Found { data, expires_at, rights, by_former, owner }) = found else { return Ok(None) };
        // Outside of a request there is nobody to hand it to.
        let _ = OWNER.try_with(|found| found.set(owner.map(Signed::from)));
        let decode = |error: String| session_store::Error::Decode(error);
        let mut data: HashMap<String, Value> =
            serde_json::from_str(&data).map_err(|error| decode(error.to_string()))?;
        data.extend(rights.map(|rights| (RIGHTS.to_owned(), rights.into())));
        data.insert(BY_FORMER.to_owned(), by_former.into());
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(expires_at / 1000).map_err(|error| decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        accounts::delete_sign_in(&self.0, &key(*id)).await.map_err(backend)
    }
}
