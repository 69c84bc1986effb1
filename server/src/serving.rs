//! The accept loop: a limit on how long headers may take, and an end that waits for what is under way.

use axum::{Router, http::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use tokio::{net::TcpListener, time::timeout};
use tokio_util::sync::CancellationToken;
use tower::util::MapRequest;

/// How long a client may take for the head of a request, and be silent between two.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// How long what is under way may take when the process is to end.
const END_WITHIN: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes.
const HEAD_MOST: usize = 64 * 1024;
/// The most headers of a request.
const HEADERS_MOST: usize = 100;
/// How long to wait when no connection can be taken: out of file descriptors, for one.
const PAUSE: Duration = Duration::from_millis(100);

/// Who holds the other end of a connection: an extension of every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Cancelled when the process is to end: an extension of every request, for answers that would go on.
#[derive(Clone, Debug)]
pub(crate) struct Ending(pub(crate) CancellationToken);

/// A socket that listens.
#[derive(Debug)]
pub struct Listening(TcpListener);

impl Listening {
    /// Listens on an address.
    ///
    /// # Errors
    /// When it is taken or not ours.
    pub async fn on(address: SocketAddr) -> io::Result<Self> {
        TcpListener::bind(address).await.map(Self)
    }

    /// The address, with the port that was really taken.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Serves until `ending` is cancelled, then lets what is under way end.
pub async fn serve(listening: Listening, router: Router, ending: CancellationToken) {
    // Without `http1_only` a connection that sends nothing is never closed: detecting the protocol has no clock.
    let mut http = auto::Builder::new(TokioExecutor::new()).http1_only();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_MOST)
        .max_headers(HEADERS_MOST);
    let connections = GracefulShutdown::new();
    let Listening(listener) = listening;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = ending.cancelled() => break,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let ending = Ending(ending.clone());
        let service = MapRequest::new(router.clone(), move |mut request: Request<_>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            request.extensions_mut().insert(ending.clone());
            request
        });
        let service = TowerToHyperService::new(service);
        let connection = http.serve_connection(TokioIo::new(stream), service).into_owned();
        tokio::spawn(connections.watch(connection));
    }
    drop(listener);
    let _ = timeout(END_WITHIN, connections.shutdown()).await;
}
