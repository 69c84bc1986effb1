//! Clients that are slow, or never finish: they hold nobody up, and are not held for ever.

use crate::{
    harness::{Visited, story},
    raw::{Heard, assert_alive, connect, hear},
};
use std::time::{Duration, Instant};
use tokio::{io::AsyncWriteExt, net::TcpStream, time::sleep};

/// What the project promises of a request that is half sent.
const PROMISED: Duration = Duration::from_secs(30);

const FORM: &str = "POST /language HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";

fn assert_ended(what: &str, heard: &Heard) {
    assert!(heard.closed, "{what}: still held after {:?}", heard.after);
    let status = heard.status();
    // Late (408, 503) is the word for it; nothing is as good.
    assert!(status < 500 || status == 503, "{what}: {status}");
    eprintln!("{what}: {status} and closed after {:?}", heard.after);
}

async fn begun(to: std::net::SocketAddr, bytes: &str) -> TcpStream {
    let mut stream = connect(to).await;
    stream.write_all(bytes.as_bytes()).await.expect("the site listens");
    stream
}

#[test]
fn what_is_half_sent_is_closed() {
    story(async {
        let served = Visited::shared().await.served().await;
        let halves = [
            ("nothing at all", String::new()),
            ("half a line", "GET / HT".to_owned()),
            ("half a head", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned()),
            ("a second head, half sent", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET / HT".to_owned()),
            ("an answer and then silence", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".to_owned()),
            ("a form without its body", format!("{FORM}Content-Length: 100\r\n\r\n")),
            ("a form with half its body", format!("{FORM}Content-Length: 100\r\n\r\nlanguage=sq")),
            ("a form in chunks that end nowhere", format!("{FORM}Transfer-Encoding: chunked\r\n\r\n5\r\nlangu\r\n")),
            (
                "a page with a body that never comes",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n".to_owned(),
            ),
            ("a body that is waited for", format!("{FORM}Expect: 100-continue\r\nContent-Length: 100\r\n\r\n")),
        ];
        let mut waiting = Vec::new();
        for (what, bytes) in halves {
            let mut stream = begun(served.address, &bytes).await;
            waiting.push(tokio::spawn(async move { (what, hear(&mut stream, PROMISED).await) }));
        }
        for one in waiting {
            let (what, heard) = one.await.expect("heard");
            assert_ended(what, &heard);
        }
        assert_alive(&served, "half requests").await;
    });
}

#[test]
fn what_drips_is_closed_too() {
    story(async {
        let served = Visited::shared().await.served().await;
        let body = format!("{FORM}Content-Length: 60000\r\n\r\n");
        let drips = [
            ("a head", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned(), Duration::ZERO),
            ("a body", body.clone(), Duration::ZERO),
            ("a body after a head that took its time", body, Duration::from_secs(8)),
        ];
        let mut waiting = Vec::new();
        for (what, bytes, head_after) in drips {
            let (first, rest) = bytes.split_at(10);
            let stream = begun(served.address, first).await;
            let rest = rest.to_owned();
            waiting.push(tokio::spawn(async move {
                let (mut reading, mut writing) = stream.into_split();
                let dripping = tokio::spawn(async move {
                    sleep(head_after).await;
                    if writing.write_all(rest.as_bytes()).await.is_err() {
                        return;
                    }
                    while writing.write_all(b"x").await.is_ok() {
                        sleep(Duration::from_millis(500)).await;
                    }
                });
                let mut whole = Vec::new();
                let started = Instant::now();
                let read = tokio::io::AsyncReadExt::read_to_end(&mut reading, &mut whole);
                let closed = tokio::time::timeout(PROMISED, read).await.is_ok();
                dripping.abort();
                (what, Heard { bytes: whole, closed, after: started.elapsed() })
            }));
        }
        for one in waiting {
            let (what, heard) = one.await.expect("heard");
            assert_ended(what, &heard);
        }
        assert_alive(&served, "dripping").await;
    });
}

#[test]
fn two_hundred_half_requests_hold_nobody_up() {
    story(async {
        let served = Visited::shared().await.served().await;
        let mut halves = Vec::new();
        for _ in 0..200 {
            halves.push(begun(served.address, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await);
        }
        let started = Instant::now();
        assert_alive(&served, "two hundred half requests").await;
        assert!(started.elapsed() < Duration::from_secs(5), "others wait {:?}", started.elapsed());
        drop(halves);
        assert_alive(&served, "two hundred broken connections").await;
    });
}

#[test]
fn an_answer_that_nobody_reads_holds_nobody_up() {
    story(async {
        let served = Visited::shared().await.served().await;
        let mut deaf = Vec::new();
        for _ in 0..50 {
            let many = "GET /glossary HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40);
            deaf.push(begun(served.address, &many).await);
        }
        assert_alive(&served, "clients that do not read").await;
        drop(deaf);
        assert_alive(&served, "clients that went away").await;
    });
}
