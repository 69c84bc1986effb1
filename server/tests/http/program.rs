//! The binary, run as people and scripts run it.

use crate::harness::PATIENCE;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output of a run that went well.
    pub(crate) fn well(self) -> String {
        assert!(self.status.success(), "{self:?}");
        self.out
    }

    /// Standard error of a run that failed.
    pub(crate) fn failed(self) -> String {
        assert!(!self.status.success() && self.status.code().is_some(), "{self:?}");
        assert!(self.out.is_empty(), "{self:?}");
        self.err
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    for name in ["PLENARY_DATA", "PLENARY_DATABASE_URL", "PLENARY_ADDR", "PLENARY_PUBLIC_URL", "PLENARY_METRICS_ADDR"] {
        command.env_remove(name);
    }
    command.args(arguments).env("RUST_LOG", "off").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs `plenary` to its end.
pub(crate) fn plenary(arguments: &[&str]) -> Ran {
    let ran = command(arguments).output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("output in UTF-8");
    Ran { status: ran.status, out: text(ran.stdout), err: text(ran.stderr) }
}

/// Starts `plenary` and lets it run.
pub(crate) fn start(arguments: &[&str]) -> Running {
    Running(command(arguments).spawn().expect("the binary runs"))
}

/// The same, with its log on standard error.
pub(crate) fn start_logging(arguments: &[&str]) -> Running {
    Running(command(arguments).env_remove("RUST_LOG").spawn().expect("the binary runs"))
}

/// A run under way; ended with the value.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    /// The lines it prints until one begins with this: that one.
    pub(crate) fn line(&mut self, begins: &str) -> String {
        let out = self.0.stdout.take().expect("its output was not taken yet");
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                // The story may have heard enough.
                let _ = send.send(line);
            }
        });
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = lines.recv_timeout(left).unwrap_or_else(|_| panic!("no line began with {begins:?}"));
            if line.starts_with(begins) {
                return line;
            }
        }
    }

    /// Sends a signal by its name: `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.0.id())]).status().expect("a shell");
        assert!(sent.success(), "{sent}");
    }

    /// Waits for its end.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.0.try_wait().expect("a child") {
                return status;
            }
            assert!(Instant::now() < end, "it has not ended within {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The answer to a GET.
pub(crate) fn get(to: SocketAddr, path: &str) -> String {
    ask(to, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
}

/// The answer to a form that is sent from a page of `site`.
pub(crate) fn post(to: SocketAddr, path: &str, (site, cookie): (&str, &str), form: &str) -> String {
    let headers = format!("Host: {to}\r\nConnection: close\r\nSec-Fetch-Site: {site}\r\nCookie: {cookie}");
    let body =
        format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}", form.len());
    ask(to, &format!("POST {path} HTTP/1.1\r\n{headers}\r\n{body}"))
}

fn ask(to: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(to).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

/// All files below a folder, by their path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").to_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// The names of the files that are not the same in two folders.
pub(crate) fn different(this: &BTreeMap<PathBuf, Vec<u8>>, that: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let names: BTreeSet<&PathBuf> = this.keys().chain(that.keys()).collect();
    names.into_iter().filter(|name| this.get(*name) != that.get(*name)).cloned().collect()
}

/// A path as an argument.
pub(crate) fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}
