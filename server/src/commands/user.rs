//! `plenary user`

use super::{Data, Failed, checked, say};
use clap::{Args, Subcommand};
use content::{
    accounts::{self, Address, Refusal, Token},
    gate::Viewer,
    roles::Platform,
    store::Store,
};
use jiff::Timestamp;
use serde_json::json;

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Make an account, and a link with which its owner signs in
    #[command(after_help = "Example: plenary user add \"Ana Hoxha\" ana@example.org --role administrator")]
    Add(Add),
    /// Say who has an account
    #[command(after_help = "Example: plenary user list --json")]
    List(List),
    /// End somebody's access: they are signed out at once
    #[command(after_help = "Example: plenary user disable ana@example.org")]
    Disable(Of),
    /// Give it back
    #[command(after_help = "Example: plenary user enable ana@example.org")]
    Enable(Of),
    /// Make a link with which somebody signs in who has forgotten the password
    #[command(after_help = "Example: plenary user reset ana@example.org --public-url https://seminars.example.org")]
    Reset(Reset),
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// How they are called
    name: String,
    /// Their e-mail address
    address: String,
    /// What they are on the platform
    #[arg(long, default_value = "member", value_parser = ["administrator", "editor", "member"])]
    role: String,
    #[command(flatten)]
    links: Links,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(crate) struct Of {
    /// Their e-mail address
    address: String,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(crate) struct Reset {
    /// Their e-mail address
    address: String,
    #[command(flatten)]
    links: Links,
    #[command(flatten)]
    data: Data,
}

/// Where links lead.
#[derive(Debug, Args)]
pub(crate) struct Links {
    /// Where the site is for everybody else
    #[arg(long, value_name = "URL", env = "PLENARY_PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
    public_url: String,
}

pub(crate) async fn run(user: User) -> Result<(), Failed> {
    let (now, viewer) = (Timestamp::now(), Viewer::command_line());
    match user {
        User::Add(add) => {
            let url = checked("--public-url", &add.links.public_url)?;
            let store = add.data.open().await?;
            let role: Platform = add.role.parse().map_err(|()| "there is no such role")?;
            let account = accounts::make(&store, &viewer, (&add.name, &add.address), role, now).await?;
            let account = account.map_err(told)?;
            link(&store, account, &url, now).await
        }
        User::List(list) => {
            let store = list.data.open().await?;
            let all = accounts::accounts(&store, &viewer).await?;
            if list.json {
                let all = all.iter().map(|account| {
                    json!({
                        "name": account.name, "address": account.address, "role": account.platform,
                        "password": account.has_password, "disabled": account.disabled, "since": account.since,
                    })
                });
                say(json!(all.collect::<Vec<_>>()));
                return Ok(());
            }
            if all.is_empty() {
                say("Nobody has an account yet. `plenary serve` prints a link for the first administrator.");
            }
            for account in all {
                let address = account.address.as_deref().unwrap_or("(no address)");
                let state = if account.disabled { "\tno access" } else { "" };
                say(format_args!("{address}\t{}\t{}{state}", account.name, account.platform.code()));
            }
            Ok(())
        }
        User::Disable(of) => {
            let store = of.data.open().await?;
            let account = found(&store, &of.address).await?;
            accounts::disable(&store, &viewer, account, now).await?.map_err(told)?;
            say("They are signed out everywhere, and cannot sign in any more.");
            Ok(())
        }
        User::Enable(of) => {
            let store = of.data.open().await?;
            let account = found(&store, &of.address).await?;
            accounts::enable(&store, &viewer, account, now).await?.map_err(told)?;
            say("They can sign in again.");
            Ok(())
        }
        User::Reset(reset) => {
            let url = checked("--public-url", &reset.links.public_url)?;
            let store = reset.data.open().await?;
            let account = found(&store, &reset.address).await?;
            link(&store, account, &url, now).await
        }
    }
}

async fn found(store: &Store, typed: &str) -> Result<i64, Failed> {
    let address = Address::read(typed).ok_or_else(|| told(Refusal::AddressOdd))?;
    let account = accounts::by_address(store, &address).await?;
    account.map(|account| account.id).ok_or_else(|| format!("no account has the address {address}").into())
}

async fn link(store: &Store, account: i64, url: &str, now: Timestamp) -> Result<(), Failed> {
    let token: Token = accounts::to_sign_in(store, &Viewer::command_line(), account, now).await?.map_err(told)?;
    say("Give them this link. It signs them in once, within a day; then they set a password:");
    say(format_args!("{url}/sign-in/{}", token.reveal()));
    Ok(())
}

fn told(refusal: Refusal) -> Failed {
    refusal.to_string().into()
}
