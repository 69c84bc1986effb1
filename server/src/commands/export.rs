//! `plenary export`

use super::{Data, Failed, say};
use clap::Args;
use content::folder::{self, As};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary export tirana-2016 --out /tmp/tirana-2016 --as public")]
pub(crate) struct Export {
    /// The seminar's slug; without it the glossary is exported
    seminar: Option<String>,
    /// The folder to write, which must be new or empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// As whom: what they may see is what is written
    #[arg(long = "as", value_name = "VIEWER", default_value = "team", value_parser = ["public", "participants", "team"])]
    who: String,
    #[command(flatten)]
    data: Data,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(export: Export) -> Result<(), Failed> {
    if export.out.exists() && !export.out.is_dir() {
        return Err(format!("{} is a file; --out names a folder, new or empty", export.out.display()).into());
    }
    let store = export.data.open().await?;
    let who: As = export.who.parse().map_err(|()| "--as must be public, participants or team")?;
    let done = folder::export(&store, who, export.seminar.as_deref(), &export.out).await?;
    let Some(done) = done else {
        return Err(export
            .seminar
            .map_or_else(
                || "there is no glossary to export".to_owned(),
                |slug| format!("there is no seminar `{slug}` that {} may see", export.who),
            )
            .into());
    };
    if export.json {
        say(serde_json::to_string(&done)?);
    } else {
        say(format_args!("{} things in {} files, in {}", done.things, done.files, export.out.display()));
    }
    Ok(())
}
