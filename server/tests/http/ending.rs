//! How a site ends: what is under way is finished, and nothing is waited for that will never come.

use crate::{
    harness::{Visited, story, until},
    raw::{connect, hear, request, say},
};
use std::time::{Duration, Instant};
use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};

/// Within what it has to be over.
const OVER: Duration = Duration::from_secs(20);
const BODY: &str = "language=sq&next=/practices";

#[test]
fn a_request_under_way_is_finished() {
    story(async {
        let mut served = Visited::shared().await.served().await;
        let mut stream = connect(served.address).await;
        let head = format!(
            "POST /language HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            BODY.len()
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        stream.write_all(&BODY.as_bytes()[..8]).await.expect("sent");
        // The site has begun to read it.
        tokio::time::sleep(Duration::from_millis(300)).await;
        served.ending.cancel();
        until("no new connection is taken", async || TcpStream::connect(served.address).await.is_err()).await;
        stream.write_all(&BODY.as_bytes()[8..]).await.expect("the connection is still there");
        let heard = hear(&mut stream, OVER).await;
        assert_eq!(heard.status(), 303, "{heard:?}");
        assert!(heard.closed && heard.text().to_lowercase().contains("location: /practices"), "{heard:?}");
        timeout(OVER, &mut served.serving).await.expect("it ends").expect("without a panic");
    });
}

#[test]
fn idle_connections_are_closed() {
    story(async {
        let mut served = Visited::shared().await.served().await;
        // One that was answered and may ask again, one that has asked nothing, one that is half way.
        let mut kept = connect(served.address).await;
        kept.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
        let first = hear(&mut kept, Duration::from_millis(500)).await;
        assert!(first.status() == 200 && !first.closed, "{first:?}");
        let mut silent = connect(served.address).await;
        let mut half = connect(served.address).await;
        half.write_all(b"GET / HTTP/1.1\r\nX: ").await.expect("sent");
        tokio::time::sleep(Duration::from_millis(200)).await;
        let started = Instant::now();
        served.ending.cancel();
        timeout(OVER, &mut served.serving).await.expect("it ends").expect("without a panic");
        eprintln!("over after {:?}", started.elapsed());
        for (name, stream) in [("kept", &mut kept), ("silent", &mut silent), ("half", &mut half)] {
            let heard = hear(stream, OVER).await;
            assert!(heard.closed, "{name}: {heard:?}");
        }
    });
}

#[test]
fn an_end_is_told_to_who_asks_again() {
    story(async {
        let served = Visited::shared().await.served().await;
        let heard = say(served.address, &request("GET", "/healthz", &[])).await;
        assert!(heard.closed && heard.status() == 200);
        served.ending.cancel();
        until("no connection is taken", async || TcpStream::connect(served.address).await.is_err()).await;
    });
}
