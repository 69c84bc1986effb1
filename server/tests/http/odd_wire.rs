//! Requests that no browser would send, on a real socket: each is refused or answered, in time, and the site lives on.

use crate::{
    harness::{Visited, story},
    raw::{Heard, assert_alive, request, say},
};

/// What may come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Well {
    /// A status below 500.
    Answered,
    /// That, or a connection that is closed where HTTP itself is broken.
    OrClosed,
}

fn assert_well(name: &str, heard: &Heard, well: Well) {
    let status = heard.status();
    let good = (200..500).contains(&status) || matches!(status, 501 | 505) || (status == 0 && well == Well::OrClosed);
    assert!(good && heard.closed, "{name}: {status} after {:?}, closed {}", heard.after, heard.closed);
    // Whatever was sent, an address of somebody else is never shown, nor led to.
    assert!(!heard.text().contains("evil.example"), "{name}: {}", heard.text());
}

async fn each(cases: impl IntoIterator<Item = (String, Vec<u8>, Well)>) {
    let served = Visited::shared().await.served().await;
    let mut tried = 0;
    for (name, bytes, well) in cases {
        assert_well(&name, &say(served.address, &bytes).await, well);
        assert_alive(&served, &name).await;
        tried += 1;
    }
    assert!(tried > 3);
}

#[test]
fn odd_addresses_are_answered() {
    let quoted = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let targets: Vec<(&str, String)> = vec![
        ("NUL in the path", "/%00".into()),
        ("NUL in a query", "/search?q=%00".into()),
        ("bad percent", "/%zz".into()),
        ("half a percent", "/%".into()),
        ("overlong UTF-8", "/%c0%ae%c0%ae/etc/passwd".into()),
        ("a lone surrogate", "/search?q=%ed%a0%80".into()),
        ("not UTF-8", "/search?q=%ff%fe%fd".into()),
        ("up and out", "/../../../../etc/passwd".into()),
        ("up and out, coded", "/..%2f..%2f..%2fetc%2fpasswd".into()),
        ("up and out, twice coded", "/%252e%252e%252fetc%252fpasswd".into()),
        ("out of the files", "/files/..%2f..%2fplenary.sqlite3/plenary.sqlite3".into()),
        ("out of the built files", "/assets/..%2f..%2fCargo.toml".into()),
        ("backslashes", "/..\\..\\windows".into()),
        ("a seminar that is not", "/seminars/'%20OR%201=1%20--".into()),
        ("64 KiB of path", format!("/{}", "a".repeat(65_536))),
        ("64 KiB of query", format!("/search?q={}", "a".repeat(65_536))),
        ("60 KiB of path", format!("/{}", "a".repeat(60_000))),
        ("60 KiB of query", format!("/search?q={}", "a".repeat(60_000))),
        ("8 KiB of query", format!("/search?q={}", "a".repeat(8000))),
        ("10,000 parameters", format!("/search?{}", vec!["a=b"; 10_000].join("&"))),
        ("many parameters", format!("/search?{}", vec!["kind=x"; 1150].join("&"))),
        ("2,000 words", format!("/search?q={}", (0..2000).map(|n| format!("w{n}")).collect::<Vec<_>>().join("+"))),
        ("operators", format!("/search?q={}", quoted("AND OR NOT +-+- ^^ ~~ field:: [a TO b} {"))),
        ("page 10^30", format!("/search?q=a&page={}", "9".repeat(30))),
        ("an unknown kind", "/search?q=a&kind=%00nope".into()),
        ("double slashes", "//evil.example/%2f..".replace("evil.example", "other.example")),
        ("an absolute address", "http://evil.example/".into()),
        ("an absolute address elsewhere", "http://evil.example/seminars/tirana-2016".into()),
        ("an absolute address over https", "https://evil.example:443/no-such".into()),
        ("an asterisk", "*".into()),
        ("a fragment", "/search#x".into()),
        ("an unknown language", "/?lang=xx-YY-%3Cscript%3E".into()),
        ("a redirect elsewhere", "/sign-in?next=https://evil.example/".into()),
        ("a redirect elsewhere, no scheme", "/sign-in?next=//evil.example".into()),
        ("a join code of odd letters", "/join/%F0%9F%92%A9".into()),
        ("the API and no name", "/api/v1/seminars/%3Cscript%3E".into()),
        ("a query alone", "/?".into()),
        ("only question marks", format!("/{}", "?".repeat(5000))),
        ("curly brackets", "/seminars/{seminar}".into()),
        ("an empty segment", "/seminars//sessions//".into()),
    ];
    story(each(
        targets.into_iter().map(|(name, target)| (name.to_owned(), request("GET", &target, &[]), Well::Answered)),
    ));
}

#[test]
fn bytes_that_no_address_may_hold_are_refused() {
    let targets: [(&str, &[u8]); 8] = [
        ("NUL", b"/a\0b"),
        ("bytes that are not UTF-8", b"/\xff\xfe"),
        ("UTF-8 that is not encoded", "/семинар".as_bytes()),
        ("NUL in a query", b"/search?q=\0"),
        ("bytes in a query that are not UTF-8", b"/search?q=\xff"),
        ("a space", b"/a b"),
        ("a tab", b"/a\tb"),
        ("nothing", b""),
    ];
    story(each(targets.into_iter().map(|(name, target)| {
        let bytes = [b"GET ", target, b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"].concat();
        (name.to_owned(), bytes, Well::OrClosed)
    })));
}

#[test]
fn odd_methods_are_answered() {
    let long = "G".repeat(300);
    let methods = ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get", &long];
    let mut cases: Vec<_> =
        methods.map(|method| (format!("method {method}"), request(method, "/", &[]), Well::Answered)).into();
    cases.push(("OPTIONS *".into(), request("OPTIONS", "*", &[]), Well::Answered));
    cases.push(("CONNECT /".into(), request("CONNECT", "/", &[]), Well::OrClosed));
    cases.push((
        "CONNECT elsewhere".into(),
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n".to_vec(),
        Well::Answered,
    ));
    cases.push((
        "a method of odd letters".into(),
        b"G\xc3\x8bT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec(),
        Well::OrClosed,
    ));
    story(each(cases));
}

#[test]
fn what_is_hardly_http_is_answered_or_closed() {
    let head = |text: &str| text.replace('\n', "\r\n").into_bytes();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("HTTP/0.9", b"GET /\r\n\r\n".to_vec()),
        ("HTTP/3.0", head("GET / HTTP/3.0\nHost: x\nConnection: close\n\n")),
        ("HTTP/1.0", head("GET / HTTP/1.0\n\n")),
        ("HTTP/2 at once", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("not HTTP", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), vec![0; 100]].concat()),
        ("no Host", head("GET / HTTP/1.1\nConnection: close\n\n")),
        ("two Hosts", head("GET / HTTP/1.1\nHost: a\nHost: b\nConnection: close\n\n")),
        ("an odd Host", head("GET / HTTP/1.1\nHost: a b\"<>/\\\nConnection: close\n\n")),
        ("64 KiB of header", request("GET", "/", &[("X-Big", &"a".repeat(65_536))])),
        ("a header of 10 MiB", request("GET", "/", &[("X-Big", &"a".repeat(10 << 20))])),
        ("a header that is folded", head("GET / HTTP/1.1\nHost: x\nX-Folded: a\n b\nConnection: close\n\n")),
        ("a header without a name", head("GET / HTTP/1.1\nHost: x\n: b\nConnection: close\n\n")),
        ("odd bytes in a header", b"GET / HTTP/1.1\r\nHost: x\r\nCookie: a=\x80\xff;;;==\r\nConnection: close\r\n\r\n".to_vec()),
        ("NUL in a header", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\nConnection: close\r\n\r\n".to_vec()),
        ("length and chunks", head("POST / HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\nConnection: close\n\n0\n\n")),
        ("two lengths", head("POST / HTTP/1.1\nHost: x\nContent-Length: 5\nContent-Length: 6\nConnection: close\n\nabcdef")),
        ("a negative length", head("POST / HTTP/1.1\nHost: x\nContent-Length: -1\nConnection: close\n\n")),
        ("a length beyond all", head("POST / HTTP/1.1\nHost: x\nContent-Length: 99999999999999999999999\nConnection: close\n\n")),
        ("chunks that are none", head("POST /language HTTP/1.1\nHost: x\nSec-Fetch-Site: same-origin\nTransfer-Encoding: chunked\nConnection: close\n\nzz\nabc\n")),
        ("10 MiB to a page", [head("POST / HTTP/1.1\nHost: x\nContent-Length: 10485760\nConnection: close\n\n"), vec![b'a'; 10 << 20]].concat()),
        ("10 MiB to a form", [head("POST /language HTTP/1.1\nHost: x\nSec-Fetch-Site: same-origin\nContent-Type: application/x-www-form-urlencoded\nContent-Length: 10485760\nConnection: close\n\n"), vec![b'a'; 10 << 20]].concat()),
        ("JSON a hundred thousand deep", [head("POST /api/v1/seminars HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 100000\nConnection: close\n\n"), vec![b'['; 100_000]].concat()),
        ("lines that end with LF alone", b"GET / HTTP/1.1\nHost: x\nConnection: close\n\n".to_vec()),
        ("an upgrade", head("GET / HTTP/1.1\nHost: x\nUpgrade: h2c, websocket\nConnection: Upgrade, close\nHTTP2-Settings: AAMAAABkAAQAAP__\n\n")),
        ("Expect", head("POST /language HTTP/1.1\nHost: x\nExpect: 200-maybe\nContent-Length: 0\nConnection: close\n\n")),
    ];
    let many: Vec<(String, String)> = (0..1000).map(|n| (format!("X-{n}"), "a".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let many = ("1,000 headers", request("GET", "/", &many));
    story(each(cases.into_iter().chain([many]).map(|(name, bytes)| (name.to_owned(), bytes, Well::OrClosed))));
}

#[test]
fn odd_headers_are_as_if_they_were_not_there() {
    let headers: Vec<(&str, String)> = vec![
        ("Accept-Language", ";q=;,,,xx;q=999,*;q=-1,".repeat(200)),
        ("If-None-Match", "\"".repeat(3000)),
        ("If-Modified-Since", "yesterday".into()),
        ("Range", format!("bytes={}", vec!["0-"; 1000].join(","))),
        ("Accept-Encoding", "br;q=0, gzip;q=0.000, x;q=NaN, *;q=0".into()),
        ("Accept", "application/json".into()),
        ("Cookie", "a=b; ".repeat(1000)),
        ("X-Request-Id", "<script>alert(1)</script>".into()),
        ("Host", "evil.example".into()),
        ("X-Forwarded-Host", "evil.example".into()),
        ("X-Forwarded-For", "evil.example".into()),
        ("X-Original-URL", "/no-such".into()),
        ("X-HTTP-Method-Override", "DELETE".into()),
        ("Forwarded", "host=evil.example;proto=https".into()),
        ("Referer", "https://evil.example/".into()),
        ("Origin", "https://evil.example".into()),
        ("Upgrade-Insecure-Requests", "1".into()),
    ];
    let targets =
        ["/", "/seminars/tirana-2016", "/no-such", "/feed.xml", "/sitemap.xml", "/robots.txt", "/api/v1/seminars"];
    story(async {
        let served = Visited::shared().await.served().await;
        for target in targets {
            let plain = say(served.address, &request("GET", target, &[])).await;
            for (name, value) in &headers {
                let mut bytes = request("GET", target, &[(name, value)]);
                if *name == "Host" {
                    bytes = format!("GET {target} HTTP/1.1\r\nHost: {value}\r\nConnection: close\r\n\r\n").into_bytes();
                }
                let heard = say(served.address, &bytes).await;
                let told = format!("{name} at {target}");
                assert_eq!(heard.status(), plain.status(), "{told}");
                assert_well(&told, &heard, Well::Answered);
                let body = |heard: &Heard| heard.text().split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
                assert_eq!(body(&heard), body(&plain), "{told}");
            }
        }
        assert_alive(&served, "odd headers").await;
    });
}
