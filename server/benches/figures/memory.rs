//! What `plenary serve` holds in RAM: the real binary, in a process of its own.

use crate::{
    Failed,
    copies::{glossary, tirana},
    figure::{Figures, Goal},
    load::ask,
};
use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// Requests, a quarter of them for a search and a quarter for a part of a list that no earlier one was for.
const REQUESTS: usize = 10_000;
/// Connections at once.
const CONNECTIONS: usize = 8;
const TAGS: [&str; 8] = ["en", "sq", "bs", "hr", "sr-Latn", "sr-Cyrl", "ro", "mk"];
const PATHS: [&str; 6] = [
    "/",
    "/seminars/tirana-2016",
    "/seminars/tirana-2016/sessions/nrm-compared",
    "/challenges",
    "/glossary",
    "/recommendations",
];

const WORDS: [&str; 5] = ["victims", "referral", "children", "interpreter", "identification"];
const LISTS: [&str; 5] = ["/seminars", "/practices", "/challenges", "/recommendations", "/people"];

/// Ends with the measurement, however that ends.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = (self.0.kill(), self.0.wait());
    }
}

pub(crate) fn measure(figures: &mut Figures) -> Result<(), Failed> {
    let data = tempfile::tempdir()?;
    let plenary = env!("CARGO_BIN_EXE_plenary");
    let imported = Command::new(plenary)
        .args(["import", "--data"])
        .arg(data.path())
        .args([glossary(), tirana()])
        .stdout(Stdio::null())
        .status()?;
    if !imported.success() {
        return Err("the bundled seminar could not be imported".into());
    }
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let serve = Command::new(plenary)
        .args(["serve", "--addr", &address.to_string(), "--data"])
        .arg(data.path())
        .env("RUST_LOG", "error")
        .stdout(Stdio::null())
        .spawn()?;
    let serving = Serving(serve);
    let mut patience = 200;
    while TcpStream::connect(address).is_err() {
        patience -= 1;
        if patience == 0 {
            return Err("the site does not come up".into());
        }
        thread::sleep(Duration::from_millis(100));
    }
    // Until the index that it makes on its first start is written, and some seconds more.
    thread::sleep(Duration::from_secs(5));
    tell(figures, "resident, idle", &serving);
    let asking: Vec<_> = (0..CONNECTIONS).map(|of| thread::spawn(move || visit(address, of))).collect();
    for asking in asking {
        asking.join().map_err(|_| "a client panicked")?.map_err(|error| error.to_string())?;
    }
    tell(figures, "resident after 10,000 requests", &serving);
    Ok(())
}

fn visit(address: SocketAddr, of: usize) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address)?;
    let mut buffer = vec![0; 1 << 20];
    for number in 0..REQUESTS / CONNECTIONS {
        let tag = TAGS[number % TAGS.len()];
        let (word, list) = (WORDS[number % WORDS.len()], LISTS[number % LISTS.len()]);
        let path = match number % 4 {
            0 => format!("/search?q={word}+{of}{number}&lang={tag}"),
            1 => format!("{list}?lang={tag}&page={of}{number}"),
            _ => format!("{}?lang={tag}", PATHS[number % PATHS.len()]),
        };
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: br\r\n\r\n");
        ask(&mut stream, request.as_bytes(), &mut buffer)?;
    }
    Ok(())
}

fn tell(figures: &mut Figures, name: &str, serving: &Serving) {
    // proc(5), statm: the second number is pages in RAM.
    let statm = fs::read_to_string(format!("/proc/{}/statm", serving.0.id())).unwrap_or_default();
    let Some(pages) = statm.split_whitespace().nth(1).and_then(|pages| pages.parse::<u32>().ok()) else {
        println!("  {name}: this system does not tell");
        return;
    };
    let megabytes = f64::from(pages) * 4096.0 / 1e6;
    figures.add(name, format!("{megabytes:.0} MB"), "100 MB", megabytes / 100.0, Goal::AtMost(1.0));
}
