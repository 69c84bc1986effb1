//! `plenary serve`

use super::{Data, Failed, checked, say};
use clap::Args;
use content::{accounts, search::Index};
use secrecy::SecretString;
use server::{Config, Listening, Mail, Site};
use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// What pages kept ready may weigh in all, in bytes: some hundreds of pages, and the process stays below 100 MB.
const KEPT: u64 = 6 * 1024 * 1024;

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary serve --data /var/lib/plenary --public-url https://seminars.example.org")]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,
    /// The address to listen on
    #[arg(long, value_name = "ADDR", env = "PLENARY_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Serve the people in the room: listen on the network (at the port of --addr), without a domain, over plain HTTP
    #[arg(long)]
    room: bool,
    /// Where the site is for everybody else; in links, feeds and forms. By default the address it listens on
    #[arg(long, value_name = "URL", env = "PLENARY_PUBLIC_URL")]
    public_url: Option<String>,
    /// Who answers for the personal data, and how to reach them: stands on /privacy
    #[arg(long, value_name = "TEXT", env = "PLENARY_CONTACT", default_value = "")]
    contact: String,
    /// Where whoever leaves quickly goes: a site that nobody would ask about
    #[arg(long, value_name = "URL", env = "PLENARY_LEAVE_TO", default_value = "https://www.wikipedia.org")]
    leave_to: String,
    /// The mail server, with user and password: smtps://user:password@mail.example.org. Better in the environment, or in
    /// a file
    #[arg(long, value_name = "URL", env = "PLENARY_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<SecretString>,
    /// A file that holds it
    #[arg(long, value_name = "FILE", env = "PLENARY_SMTP_URL_FILE", conflicts_with = "smtp_url")]
    smtp_url_file: Option<PathBuf>,
    /// From whom letters come: "Plenary <plenary@example.org>"
    #[arg(long, value_name = "ADDRESS", env = "PLENARY_MAIL_FROM", default_value = "")]
    mail_from: String,
    /// An address of its own for /metrics
    #[arg(long, value_name = "ADDR", env = "PLENARY_METRICS_ADDR")]
    metrics_addr: Option<SocketAddr>,
}

pub(crate) async fn run(serve: Serve) -> Result<(), Failed> {
    let addr = if serve.room { SocketAddr::from(([0, 0, 0, 0], serve.addr.port())) } else { serve.addr };
    let listening = listen(addr, "--addr").await?;
    let address = listening.address()?;
    let public_url = match serve.public_url {
        Some(url) => checked("--public-url", &url)?,
        None if serve.room => {
            checked("--public-url", &format!("http://{}", SocketAddr::new(in_the_room()?, address.port())))?
        }
        None => checked("--public-url", &format!("http://{}", reachable(address)))?,
    };
    let smtp_url = match &serve.smtp_url_file {
        Some(file) => Some(read(file)?),
        None => serve.smtp_url,
    };
    let mail = smtp_url.map(|url| Mail::new(&url, &serve.mail_from)).transpose()?;
    let store = serve.data.open().await?;
    let index = Index::new(&serve.data.data);
    let config = Config {
        public_url: public_url.clone(),
        contact: serve.contact,
        leave_to: checked("--leave-to", &serve.leave_to)?,
        mail,
        kept_bytes: KEPT,
    };
    let (site, mut running) = Site::new(config, store.clone(), index).await?;
    let ending = CancellationToken::new();
    if let Some(addr) = serve.metrics_addr {
        let listening = listen(addr, "--metrics-addr").await?;
        say(format_args!("Metrics   http://{}/metrics", listening.address()?));
        running.spawn(server::serve(listening, site.metrics().router(), ending.clone()));
    }
    let router = server::router(site.clone());
    say(format_args!("Plenary   {public_url}"));
    if serve.room {
        say("          Phones on the same network reach it there. It is plain HTTP: whoever shares the network");
        say("          can read along, so use a network of your own, and no password that you use elsewhere.");
    }
    if let Some(token) = accounts::set_up(&store, jiff::Timestamp::now()).await? {
        say("          Nobody runs this site yet. Whoever opens this link first does, within a day:");
        say(format_args!("          {public_url}/invitations/{}", token.reveal()));
    }
    say("          Ctrl-C ends it");

    let serving = tokio::spawn(server::serve(listening, router, ending.clone()));
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    ending.cancel();
    let _ = serving.await;
    running.shutdown().await;
    site.save_counts().await;
    Ok(())
}

/// A secret that a file holds, without the end of its line.
fn read(file: &Path) -> Result<SecretString, Failed> {
    let secret = fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(secret.trim().into())
}

async fn listen(addr: SocketAddr, flag: &str) -> Result<Listening, Failed> {
    let listening = Listening::on(addr).await;
    listening.map_err(|error| format!("cannot listen on {addr}: {error}; choose another address with {flag}").into())
}

/// The address of this machine that phones on the same network reach.
fn in_the_room() -> Result<IpAddr, Failed> {
    // No packet is sent: to connect a UDP socket is to ask which address one would send from.
    let asked = || {
        let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
        socket.connect("192.0.2.1:9").ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    let found = asked().filter(|ip| !ip.is_loopback() && !ip.is_unspecified());
    found
        .ok_or_else(|| "this machine is on no network; join one, or say with --public-url where phones reach it".into())
}

/// An address that a browser on this machine can open.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => SocketAddr::new(IpAddr::from([127, 0, 0, 1]), address.port()),
        IpAddr::V6(ip) if ip.is_unspecified() => {
            SocketAddr::new(IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]), address.port())
        }
        _ => address,
    }
}
