//! `plenary missed`

use super::{Data, Failed, say};
use clap::Args;
use content::{gate::Viewer, search};

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary missed --data /var/lib/plenary")]
pub(crate) struct Missed {
    #[command(flatten)]
    data: Data,
}

/// Says of each word how often; who looked for it nobody knows.
pub(crate) async fn run(missed: Missed) -> Result<(), Failed> {
    let store = missed.data.open().await?;
    let words = search::lacking(&store, &Viewer::command_line(), jiff::Timestamp::now()).await?;
    if words.is_empty() {
        say("In the last 90 days no word was looked for in vain by five sessions on two days.");
    }
    for word in words {
        say(format_args!("{}\t{} sessions on {} days", word.word, word.sessions, word.days));
    }
    Ok(())
}
