//! What the log says of who comes, and what it never says.

use crate::program::{path, plenary, post, start_logging};
use std::io::Read;

#[test]
fn who_comes_and_who_does_not_is_in_the_log_by_number_alone() {
    let data = tempfile::tempdir().expect("a folder");
    let at = path(data.path());
    plenary(&["user", "add", "--data", at, "Zvonimira", "mira@example.org"]).well();
    let link = plenary(&["user", "reset", "--data", at, "mira@example.org"]).well();
    let (_, link) = link.split_once("/sign-in/").expect("a link");
    let token = link.split_whitespace().next().expect("a token");
    let mut serving = start_logging(&["serve", "--data", at, "--addr", "127.0.0.1:0"]);
    let line = serving.line("Plenary");
    let (_, address) = line.split_once("http://").expect("an address");
    let to = address.trim_end_matches('/').parse().expect("an address");

    let came = post(to, &format!("/sign-in/{token}"), ("same-origin", ""), "");
    let session = came.lines().find_map(|line| line.strip_prefix("set-cookie: session=")).expect("a session");
    let session = format!("session={}", session.split(';').next().unwrap_or_default());
    for address in ["mira%40example.org", "nobody%40example.org"] {
        let form = format!("address={address}&password=zlatokosa-zlatokosa");
        assert!(post(to, "/sign-in", ("same-origin", ""), &form).starts_with("HTTP/1.1 422"));
    }
    assert!(post(to, "/account", ("cross-site", &session), "name=Eve").starts_with("HTTP/1.1 403"));
    assert!(post(to, "/sign-out", ("same-origin", &session), "").starts_with("HTTP/1.1 303"));
    serving.signal("TERM");
    assert!(serving.ended().success());

    let mut log = String::new();
    serving.0.stderr.take().expect("its log").read_to_string(&mut log).expect("text");
    let entries: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("a line is one object")).collect();
    let of = |message: &str| {
        let all = entries.iter().filter(|entry| entry["fields"]["message"] == message);
        all.map(|entry| &entry["fields"]).collect::<Vec<_>>()
    };
    let signed_in = of("signed in");
    assert_eq!(signed_in.len(), 1, "{log}");
    assert_eq!((&signed_in[0]["who"], &signed_in[0]["by_link"]), (&"account/1".into(), &true.into()));
    let wrong: Vec<_> = of("a password was wrong").into_iter().map(|fields| fields["account"].as_i64()).collect();
    assert_eq!(wrong, [Some(1), None], "{log}");
    assert_eq!(of("what another site sent was refused").len(), 1, "{log}");
    assert_eq!(of("signed out")[0]["who"], "account/1");
    let (_, secret) = session.split_once('=').expect("a number");
    for said in ["mira", "Zvonimira", "nobody", "zlatokosa", "Eve", token, secret, "127.0.0.1"] {
        assert!(!log.contains(said), "{said}: {log}");
    }
}
