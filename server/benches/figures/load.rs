//! A client that does as little as it can, so that what is measured is the server.

use crate::Failed;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Connections at once.
const CONNECTIONS: usize = 16;
/// How long is measured.
pub(crate) const DURING: Duration = Duration::from_secs(4);

/// What came of a load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    /// Answers a second.
    pub(crate) rate: f64,
    /// 99 of 100 answers came within.
    pub(crate) p99: Duration,
}

/// Asks for a path over and over, on some connections at once.
pub(crate) fn load(address: SocketAddr, path: &str) -> Result<Load, Failed> {
    load_as(address, path, "")
}

/// The same with some headers, each with the end of its line.
pub(crate) fn load_as(address: SocketAddr, path: &str, head: &str) -> Result<Load, Failed> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{head}\r\n");
    let stop = Arc::new(AtomicBool::new(false));
    let start = Arc::new(Barrier::new(CONNECTIONS + 1));
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (request, stop, start) = (request.clone(), stop.clone(), start.clone());
            thread::spawn(move || client(address, request.as_bytes(), &stop, &start))
        })
        .collect();
    start.wait();
    let began = Instant::now();
    thread::sleep(DURING);
    stop.store(true, Ordering::Relaxed);
    let took = began.elapsed();
    let mut all = Vec::new();
    for client in clients {
        all.extend(client.join().map_err(|_| "a client panicked")?.map_err(|error| error.to_string())?);
    }
    all.sort_unstable();
    let p99 = all.get(all.len() * 99 / 100).copied().unwrap_or_default();
    Ok(Load { rate: all.len() as f64 / took.as_secs_f64(), p99 })
}

fn client(address: SocketAddr, request: &[u8], stop: &AtomicBool, start: &Barrier) -> std::io::Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 1 << 18];
    // Once unmeasured: everything that is made the first time is made.
    ask(&mut stream, request, &mut buffer)?;
    start.wait();
    let mut took = Vec::with_capacity(1 << 16);
    while !stop.load(Ordering::Relaxed) {
        let asked = Instant::now();
        ask(&mut stream, request, &mut buffer)?;
        took.push(asked.elapsed());
    }
    Ok(took)
}

/// One request, one whole answer: the length of its body.
pub(crate) fn ask(stream: &mut TcpStream, request: &[u8], buffer: &mut [u8]) -> std::io::Result<usize> {
    stream.write_all(request)?;
    let mut filled = 0;
    let mut whole = None;
    loop {
        let read = stream.read(&mut buffer[filled..])?;
        if read == 0 {
            return Err(std::io::Error::other("the server closed the connection"));
        }
        filled += read;
        if whole.is_none()
            && let Some(end) = buffer[..filled].windows(4).position(|four| four == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            if !head.starts_with("http/1.1 200") {
                return Err(std::io::Error::other(head.lines().next().unwrap_or_default().to_owned()));
            }
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
            whole = length.map(|length| end + 4 + length);
        }
        if whole.is_some_and(|whole| filled >= whole) {
            return Ok(filled);
        }
    }
}
