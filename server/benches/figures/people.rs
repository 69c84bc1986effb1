//! What it costs that somebody is signed in, and what others notice of many who try.

use crate::{
    Failed,
    copies::{self, empty, glossary, import, tirana},
    figure::{Figures, Goal},
    load::{DURING, Load, load_as},
    serving::serve,
};
use content::{
    accounts::{self, Address, Invitation, Token},
    gate::Viewer,
    roles::Part,
    search::State,
};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

const SESSION: &str = "/seminars/tirana-2016/sessions/nrm-compared";
const ROUNDS: usize = 3;
/// Sign-ins that are tried in a second.
const TRIED: u32 = 50;

pub(crate) async fn measure(figures: &mut Figures) -> Result<(), Failed> {
    let sited = empty().await?;
    import(&sited.store, &[glossary(), tirana()]).await?;
    // Nothing is kept ready: both are drawn.
    let (site, _following) = copies::site(&sited, 0).await?;
    while sited.index.state() != State::Ready {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let now = jiff::Timestamp::now();
    let token = accounts::set_up(&sited.store, now).await?.ok_or("nobody is there yet")?;
    let (at, _ending) = serve(server::router(site)).await?;
    come_in(at, &token, "Ana").await?;
    let ana = accounts::by_address(&sited.store, &Address::read("ana@example.org").ok_or("no address")?).await?;
    let ana = accounts::somebody(&sited.store, ana.ok_or("Ana did not come in")?.id).await?;
    let ana: Viewer = ana.ok_or("Ana may not come in")?.0.into();
    let seminar = Some(("tirana-2016", Part::Participant, None));
    let besa = Invitation { name: "Besa", address: "besa@example.org", platform: None, seminar };
    let token = accounts::invite(&sited.store, &ana, &besa, now).await?.map_err(|refusal| format!("{refusal:?}"))?;
    let cookie = come_in(at, &token, "Besa").await?;

    let (mut signed_in, mut tried, mut signed) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let nobody = loaded(at, String::new()).await?;
        signed_in.push((loaded(at, cookie.clone()).await?, nobody));
        let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
        let trying = thread::spawn({
            let (stop, answered) = (stop.clone(), answered.clone());
            move || try_often(at, &stop, &answered)
        });
        let meanwhile = loaded(at, String::new()).await;
        // Some wait until the others have stopped reading.
        signed += answered.load(Ordering::Relaxed);
        stop.store(true, Ordering::Relaxed);
        trying.join().map_err(|_| "who tries panicked")??;
        if answered.load(Ordering::Relaxed) == 0 {
            return Err("no sign-in was answered".into());
        }
        tried.push((meanwhile?, nobody));
    }
    let rate = |(load, other): &(Load, Load)| load.rate / other.rate;
    let p99 = |(load, other): &(Load, Load)| load.p99.as_secs_f64() / other.p99.as_secs_f64();
    let said = |load: &Load| format!("{:.0}/s, p99 {:.1} ms", load.rate, load.p99.as_secs_f64() * 1e3);
    if let Some(middle) = middle(signed_in, rate) {
        let against = format!("anonymous {}", said(&middle.1));
        figures.add("session page, participant", said(&middle.0), against, rate(&middle), Goal::AtLeast(0.8));
    }
    if let Some(middle) = middle(tried, p99) {
        let (name, against) =
            (format!("p99 while {TRIED} sign-ins a second are tried"), format!("without {}", said(&middle.1)));
        let seconds = ROUNDS as f64 * DURING.as_secs_f64();
        let measured = format!("{}; {:.0} sign-ins/s looked at", said(&middle.0), f64::from(signed) / seconds);
        figures.add(&name, measured, against, p99(&middle), Goal::AtMost(1.5));
    }
    Ok(())
}

/// Takes an invitation. The header by which who did is known.
async fn come_in(at: SocketAddr, token: &Token, name: &str) -> Result<String, Failed> {
    let address = format!("{}%40example.org", name.to_ascii_lowercase());
    let form = format!("name={name}&address={address}&password=kali+i+bardhe+mbi+ure");
    let path = format!("/invitations/{}", token.reveal());
    let answer = tokio::task::spawn_blocking(move || post(at, &path, &form, 1)).await??;
    let mut cookies = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
    let session = cookies.find(|cookie| cookie.starts_with("session="));
    Ok(format!("Cookie: {}\r\n", session.ok_or_else(|| format!("no session began: {answer}"))?))
}

/// The middle one, by a ratio.
fn middle(mut rounds: Vec<(Load, Load)>, ratio: impl Fn(&(Load, Load)) -> f64) -> Option<(Load, Load)> {
    rounds.sort_by(|one, other| ratio(one).total_cmp(&ratio(other)));
    rounds.get(rounds.len() / 2).copied()
}

async fn loaded(at: SocketAddr, head: String) -> Result<Load, Failed> {
    let done = tokio::task::spawn_blocking(move || load_as(at, SESSION, &head).map_err(|error| error.to_string()));
    Ok(done.await??)
}

/// Tries wrong passwords of many accounts from many addresses, evenly, and counts those that were looked at.
fn try_often(at: SocketAddr, stop: &AtomicBool, answered: &Arc<AtomicU32>) -> std::io::Result<()> {
    let (began, mut number) = (Instant::now(), 0);
    let mut under_way: Vec<thread::JoinHandle<std::io::Result<()>>> = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let form = format!("address=somebody{number}%40example.org&password=wrong+{number}");
        let answered = answered.clone();
        under_way.push(thread::spawn(move || {
            let answer = post(at, "/sign-in", &form, number)?;
            // Told that it is wrong, not to come again.
            answered.fetch_add(u32::from(answer.starts_with("http/1.1 422")), Ordering::Relaxed);
            Ok(())
        }));
        number += 1;
        let next = began + Duration::from_secs(1) / TRIED * number;
        thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    for one in under_way {
        one.join().map_err(|_| std::io::Error::other("a client panicked"))??;
    }
    Ok(())
}

/// Sends a form as a page of the site does, from one of many clients. The head of the answer, in small letters.
fn post(at: SocketAddr, path: &str, form: &str, client: u32) -> std::io::Result<String> {
    let [_, b, c, d] = client.to_be_bytes();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: 10.{b}.{c}.{d}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let mut stream = TcpStream::connect(at)?;
    stream.write_all(head.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    // The number of a session is as it is; names of headers are not.
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let line = |line: &str| match line.split_once(": ") {
        Some((name, value)) => format!("{}: {value}", name.to_ascii_lowercase()),
        None => line.to_ascii_lowercase(),
    };
    Ok(head.lines().map(line).collect::<Vec<_>>().join("\n"))
}
