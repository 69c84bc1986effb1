//! `plenary`: a platform for training seminars and the knowledge that comes out of them.

mod commands;

use clap::Parser;
use std::{io::IsTerminal, process::ExitCode};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

// Drawing a page is mostly allocation: with mimalloc it is a quarter to a half faster than with glibc. Without huge pages
// (`no_thp`), which hold half as much again for nothing.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = commands::Cli::parse();
    log();
    match commands::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("plenary: {failed}");
            ExitCode::FAILURE
        }
    }
}

/// Lines for people on a terminal, JSON for programs elsewhere. `RUST_LOG` says how much.
fn log() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,server=info,content=info,plenary=info"));
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    if std::io::stderr().is_terminal() {
        registry.with(layer.compact()).init();
    } else {
        registry.with(layer.json()).init();
    }
}
