//! `plenary check`

use super::{Data, Failed, say};
use clap::Args;
use content::{changes, gate};

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary check --data /var/lib/plenary")]
pub(crate) struct Check {
    #[command(flatten)]
    data: Data,
}

/// Says what is as it should be, and fails with what is not.
pub(crate) async fn run(check: Check) -> Result<(), Failed> {
    let store = check.data.open().await?;
    let mut wrong = Vec::new();
    match changes::verify(&store).await? {
        Ok(1) => say("The audit holds together: 1 entry."),
        Ok(entries) => say(format_args!("The audit holds together: {entries} entries.")),
        Err(broken) => wrong.push(broken.to_string()),
    }
    let drifted = gate::drifted(&store).await?;
    if drifted.is_empty() {
        say("Everything is for those for whom it should be.");
    }
    wrong.extend(drifted.iter().map(ToString::to_string));
    match wrong.len() {
        0 => Ok(()),
        1 => Err(wrong.remove(0).into()),
        many => Err(format!("{many} things are wrong.\n\n{}", wrong.join("\n")).into()),
    }
}
