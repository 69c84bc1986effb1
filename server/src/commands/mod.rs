//! The command line.

mod backup;
mod check;
mod export;
mod import;
mod missed;
mod reindex;
mod serve;
mod user;

use clap::{Args, Parser, Subcommand};
use content::store::{Location, Store};
use std::path::PathBuf;

/// Why a command failed: one clear sentence.
pub(crate) type Failed = Box<dyn std::error::Error>;

/// Hosts what training seminars produce: materials, good practice, recommendations, with search across all of it.
#[derive(Debug, Parser)]
#[command(name = "plenary", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site (what `plenary` alone does too)
    Serve(serve::Serve),
    /// Bring folders of seminars and glossaries into the store, all of them or nothing
    Import(import::Import),
    /// Write a seminar, or the glossary, into a folder that can be imported again
    Export(export::Export),
    /// Write the store and its attachments into one file, also while the site is served
    Backup(backup::Backup),
    /// Bring a backup back into a folder that is empty or not there yet
    Restore(backup::Restore),
    /// Say whether the audit holds together, and everything is for those for whom it should be
    Check(check::Check),
    /// Throw the search index away; the next `plenary serve` makes it anew
    Reindex(reindex::Reindex),
    /// Look after accounts: who can sign in, and as what
    #[command(subcommand, after_help = "Example: plenary user list")]
    User(user::User),
    /// Say which words readers looked for in vain, once enough of them did
    Missed(missed::Missed),
}

/// Where everything is.
#[derive(Clone, Debug, Args)]
pub(crate) struct Data {
    /// The folder that holds the store, the index and the files
    #[arg(long, value_name = "DIR", env = "PLENARY_DATA", default_value = "data")]
    data: PathBuf,
    /// A PostgreSQL database to use in place of the embedded SQLite: postgres://user@host/name
    #[arg(long, value_name = "URL", env = "PLENARY_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

impl Data {
    async fn open(&self) -> Result<Store, Failed> {
        let location = self.database_url.clone().map_or(Location::Embedded, Location::Postgres);
        let store = Store::open(&self.data, &location).await;
        store.map_err(|failure| format!("the store in {} cannot be opened: {failure}", self.data.display()).into())
    }
}

/// Does what was asked for.
pub(crate) async fn run(cli: Cli) -> Result<(), Failed> {
    match cli.command {
        None => serve::run(cli.serve).await,
        Some(Command::Serve(serve)) => serve::run(serve).await,
        Some(Command::Import(import)) => import::run(import).await,
        Some(Command::Export(export)) => export::run(export).await,
        Some(Command::Backup(backup)) => backup::backup(backup).await,
        Some(Command::Restore(restore)) => backup::restore(restore).await,
        Some(Command::Check(check)) => check::run(check).await,
        Some(Command::Reindex(reindex)) => reindex::run(&reindex),
        Some(Command::User(user)) => user::run(user).await,
        Some(Command::Missed(missed)) => missed::run(missed).await,
    }
}

/// Scheme and host, and no more: as browsers write them (`Origin`), in small letters and without the port that goes
/// without saying.
fn checked(option: &str, url: &str) -> Result<String, Failed> {
    let url = url.trim_end_matches('/').to_ascii_lowercase();
    let usual = if url.starts_with("https:") { ":443" } else { ":80" };
    let url = url.strip_suffix(usual).unwrap_or(&url);
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let well = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    if well {
        Ok(url.to_owned())
    } else {
        Err(format!("{option} `{url}` must be http:// or https:// and a host, without a path").into())
    }
}

/// Writes a line for whoever called.
fn say(line: impl std::fmt::Display) {
    use std::io::Write;
    // Nobody may be listening any more: `plenary export | head`.
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn an_address_is_written_as_browsers_write_it() {
        for (given, is) in [
            ("https://Seminars.Example.org/", "https://seminars.example.org"),
            ("HTTPS://seminars.example.org:443", "https://seminars.example.org"),
            ("http://192.168.1.7:80", "http://192.168.1.7"),
            ("http://[::1]:80/", "http://[::1]"),
            ("http://[2001:db8::80]", "http://[2001:db8::80]"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("https://localhost:80", "https://localhost:80"),
        ] {
            assert_eq!(checked("--public-url", given).expect("an address"), is);
        }
        for odd in ["", "seminars.example.org", "ftp://x", "https://", "https://a/b", "https://a?b", "http://:80"] {
            assert!(checked("--public-url", odd).is_err(), "{odd}");
        }
    }
}
