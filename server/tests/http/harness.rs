//! A site to visit, on a data folder of its own.

use crate::fixture;
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use content::{
    folder::{self, Imported, Problem},
    gate::Viewer,
    search::{Index, State},
    store::{Location, Store},
};
use http_body_util::BodyExt;
use server::{Config, Listening, Mail, Site};
use std::{
    fs,
    future::Future,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    runtime::Runtime,
    sync::OnceCell,
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Where the site says it is.
/// Who answers for what it keeps of people.
pub(crate) const CONTACT: &str = "Vesna <Privacy> & Co, privacy@example.org";
pub(crate) const ELSEWHERE: &str = "https://www.wikipedia.org/?a=b&c";
pub(crate) const HERE: &str = "http://plenary.example";
/// Longer than anything takes on a machine that does much else.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Tells a story. All stories share one runtime, so that they can share a site.
pub(crate) fn story(told: impl Future<Output = ()>) {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
    RUNTIME.block_on(told);
}

/// Waits until something holds.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds().await {
        assert!(Instant::now() < end, "{what}: not within {PATIENCE:?}");
        sleep(Duration::from_millis(20)).await;
    }
}

/// A folder of the repository's content.
pub(crate) fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content").join(name)
}

/// A site, and all that has to run for it.
pub(crate) struct Visited {
    router: Router,
    pub(crate) site: Site,
    /// What an operator watches.
    pub(crate) metrics: Router,
    pub(crate) data: Arc<TempDir>,
    index: Index,
    _running: JoinSet<()>,
}

impl Visited {
    /// A site of its own, with the bundled seminars, the glossary and what nobody may see.
    pub(crate) async fn new() -> Self {
        Self::called(HERE).await
    }

    /// The same at another public address.
    pub(crate) async fn called(public_url: &str) -> Self {
        let data = tempfile::tempdir().expect("a data folder");
        copy(template().await, data.path());
        Self::over(data, public_url).await
    }

    /// A site with nothing in it.
    pub(crate) async fn empty() -> Self {
        Self::over(tempfile::tempdir().expect("a data folder"), HERE).await
    }

    /// A site that all stories share which change nothing.
    pub(crate) async fn shared() -> &'static Self {
        static SHARED: OnceCell<Visited> = OnceCell::const_new();
        SHARED.get_or_init(Self::new).await
    }

    /// A site over a data folder that is there.
    pub(crate) async fn over_folder(data: TempDir) -> Self {
        Self::over(data, HERE).await
    }

    async fn over(data: TempDir, public_url: &str) -> Self {
        let visited = Self::begun(data.into(), public_url).await;
        until("the index is ready", async || visited.is_searchable()).await;
        visited
    }

    /// Another on the same data folder, as if by another process.
    pub(crate) async fn beside(&self) -> Self {
        Self::begun(self.data.clone(), HERE).await
    }

    /// A site that sends letters.
    pub(crate) async fn with_mail(mail: Mail) -> Self {
        let data = tempfile::tempdir().expect("a data folder");
        copy(template().await, data.path());
        let visited = Self::set_up(data.into(), HERE, Some(mail)).await;
        until("the index is ready", async || visited.is_searchable()).await;
        visited
    }

    async fn begun(data: Arc<TempDir>, public_url: &str) -> Self {
        Self::set_up(data, public_url, None).await
    }

    async fn set_up(data: Arc<TempDir>, public_url: &str, mail: Option<Mail>) -> Self {
        let store = Store::open(data.path(), &Location::Embedded).await.expect("a store");
        let index = Index::new(data.path());
        let config = Config {
            public_url: public_url.to_owned(),
            contact: CONTACT.to_owned(),
            leave_to: ELSEWHERE.to_owned(),
            mail,
            kept_bytes: 16 * 1024 * 1024,
        };
        let (site, running) = Site::new(config, store, index.clone()).await.expect("target/site was built");
        let metrics = site.metrics().router();
        Self { router: server::router(site.clone()), site, metrics, data, index, _running: running }
    }

    /// Whether the index holds all there is.
    pub(crate) fn is_searchable(&self) -> bool {
        self.index.state() == State::Ready
    }

    /// Imports folders beside the running site, as another process does.
    pub(crate) async fn import(&self, folders: &[PathBuf]) -> Imported {
        import(&self.store().await, folders).await
    }

    /// Its store, as another process opens it.
    pub(crate) async fn store(&self) -> Store {
        Store::open(self.data.path(), &Location::Embedded).await.expect("a store")
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[]).await
    }

    pub(crate) async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, address, headers, "").await
    }

    /// A form sent by a page of the site.
    pub(crate) async fn post(&self, address: &str, form: &str) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.send(Method::POST, address, &headers, form).await
    }

    pub(crate) async fn send(&self, method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request that can be sent");
        self.ask(request).await
    }

    /// A request that the others cannot make.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        answer(self.router.clone(), request).await
    }

    /// What `/metrics` says.
    pub(crate) async fn measured(&self) -> Answer {
        let request = Request::get("/metrics").body(Body::empty()).expect("a request");
        answer(self.metrics.clone(), request).await
    }

    /// The same site on a real socket.
    pub(crate) async fn served(&self) -> Served {
        let listening = Listening::on(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a port");
        let address = listening.address().expect("its number");
        let ending = CancellationToken::new();
        let serving = tokio::spawn(server::serve(listening, self.router.clone(), ending.clone()));
        Served { address, ending, serving }
    }
}

/// A site on a socket; taken off it with the value.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) ending: CancellationToken,
    pub(crate) serving: JoinHandle<()>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.ending.cancel();
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// A header's value; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header in ASCII"))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// A page but for the mark by which it follows what is done elsewhere in its seminar: somebody may have come in.
    pub(crate) fn unmarked(&self) -> String {
        match self.text().split_once("/live?seen=") {
            Some((before, after)) => format!("{before}{}", after.split_once('"').map_or("", |(_, after)| after)),
            None => self.text().to_owned(),
        }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {:?}", self.text()))
    }

    pub(crate) fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }
}

async fn answer(router: Router, request: Request<Body>) -> Answer {
    let answer = router.oneshot(request).await.unwrap_or_else(|never| match never {});
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.expect("a whole body").to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A data folder with everything imported and indexed, made once for all sites to begin from. Its store stays open and
/// idle: so its files stand still and can be copied.
async fn template() -> &'static Path {
    static TEMPLATE: OnceCell<(PathBuf, Store)> = OnceCell::const_new();
    let made = TEMPLATE.get_or_init(|| async {
        let folder = own_folder();
        let store = Store::open(&folder, &Location::Embedded).await.expect("a store");
        import(&store, &["glossary", "seminars/tirana-2016", "seminars/example"].map(bundled)).await;
        let written = tempfile::tempdir().expect("a folder for the fixture");
        import(&store, &fixture::write(written.path())).await;
        import(&store, &fixture::rename(written.path())).await;
        let index = Index::new(&folder);
        let mut following = JoinSet::new();
        following.spawn(content::search::follow(store.clone(), index.clone()));
        until("the index is made", async || index.state() == State::Ready).await;
        following.shutdown().await;
        (folder, store)
    });
    &made.await.0
}

/// A folder of this process in the build's folder for tests; those of processes that have ended are removed.
fn own_folder() -> PathBuf {
    let around = Path::new(env!("CARGO_TARGET_TMPDIR")).join("http");
    fs::create_dir_all(&around).expect("a folder");
    for old in fs::read_dir(&around).expect("a folder").flatten() {
        if !Path::new("/proc").join(old.file_name()).exists() {
            // Another process may remove it at the same time.
            let _ = fs::remove_dir_all(old.path());
        }
    }
    let own = around.join(std::process::id().to_string());
    let _ = fs::remove_dir_all(&own);
    fs::create_dir_all(&own).expect("a folder of its own");
    own
}

/// Imports folders, if nothing is wrong with them.
pub(crate) async fn try_import(store: &Store, folders: &[PathBuf]) -> Result<Imported, Vec<Problem>> {
    let import = folder::Import { folders, prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
    folder::import(store, &Viewer::command_line(), &import).await.expect("the store answers")
}

async fn import(store: &Store, folders: &[PathBuf]) -> Imported {
    try_import(store, folders).await.unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy(&path, &to),
            // What SQLite shares between processes is made anew from the log.
            false if path.to_string_lossy().ends_with("-shm") => {}
            false => drop(fs::copy(&path, &to).expect("a file to copy")),
        }
    }
}
