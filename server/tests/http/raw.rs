//! A socket, for what no client would send.

use crate::harness::{PATIENCE, Served};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// What came back on a socket.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) bytes: Vec<u8>,
    /// The other side has closed it.
    pub(crate) closed: bool,
    pub(crate) after: Duration,
}

impl Heard {
    /// The status of the first answer; 0 where there is none.
    pub(crate) fn status(&self) -> u16 {
        let text = String::from_utf8_lossy(&self.bytes);
        let mut words = text.lines().next().unwrap_or_default().split(' ');
        let http = words.next().is_some_and(|word| word.starts_with("HTTP/1."));
        words.next().filter(|_| http).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

pub(crate) async fn connect(to: SocketAddr) -> TcpStream {
    TcpStream::connect(to).await.expect("the site takes connections")
}

/// Reads until the other side closes, or for as long as is given.
pub(crate) async fn hear(stream: &mut TcpStream, within: Duration) -> Heard {
    let started = Instant::now();
    let mut bytes = Vec::new();
    let mut closed = false;
    let mut piece = vec![0; 64 * 1024];
    while !closed {
        let left = within.saturating_sub(started.elapsed());
        match timeout(left, stream.read(&mut piece)).await {
            Ok(Ok(0) | Err(_)) => closed = true,
            Ok(Ok(count)) => bytes.extend_from_slice(&piece[..count]),
            Err(_) => break,
        }
    }
    Heard { bytes, closed, after: started.elapsed() }
}

/// Sends bytes on a connection of their own and reads what comes until it is closed.
pub(crate) async fn say(to: SocketAddr, bytes: &[u8]) -> Heard {
    let mut stream = connect(to).await;
    // The other side may answer and close before it has read it all.
    let _ = stream.write_all(bytes).await;
    hear(&mut stream, PATIENCE).await
}

/// A request with a head as it should be.
pub(crate) fn request(method: &str, target: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: plenary.example\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// Asserts that the site still answers, and others do not have to wait for it.
pub(crate) async fn assert_alive(served: &Served, after: &str) {
    let heard = say(served.address, &request("GET", "/healthz", &[])).await;
    assert_eq!(heard.status(), 200, "after {after}: {heard:?}");
}
