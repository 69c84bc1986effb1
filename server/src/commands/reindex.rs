//! `plenary reindex`

use super::{Data, Failed, say};
use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary reindex --data /var/lib/plenary")]
pub(crate) struct Reindex {
    #[command(flatten)]
    data: Data,
}

/// The index is a cache: whoever follows it sees that it is gone, and makes it anew.
pub(crate) fn run(reindex: &Reindex) -> Result<(), Failed> {
    let index = reindex.data.data.join("index");
    if index.exists() {
        std::fs::remove_dir_all(&index).map_err(|error| format!("{} cannot be removed: {error}", index.display()))?;
    }
    say("The search index is gone; a running site makes it anew at once, another when it is started.");
    Ok(())
}
