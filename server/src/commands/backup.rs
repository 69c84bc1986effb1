//! `plenary backup` and `plenary restore`

use super::{Data, Failed, say};
use clap::Args;
use content::{retention, store};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary backup --data /var/lib/plenary /backup/plenary-2026-11-29")]
pub(crate) struct Backup {
    #[command(flatten)]
    data: Data,
    /// The file to write; it must not be there yet
    file: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary restore --data /var/lib/plenary-new /backup/plenary-2026-11-29")]
pub(crate) struct Restore {
    #[command(flatten)]
    data: Data,
    /// The file that `plenary backup` wrote
    file: PathBuf,
}

pub(crate) async fn backup(backup: Backup) -> Result<(), Failed> {
    embedded(&backup.data, "pg_dump --format=custom")?;
    let done = store::backup(&backup.data.data, &backup.file).await?;
    say(format_args!(
        "{}: {} bytes, with {} attachments. Sessions and links are not in it.",
        backup.file.display(),
        done.bytes,
        done.files
    ));
    whole(&done.missing)
}

/// Says what is not there.
fn whole(missing: &[String]) -> Result<(), Failed> {
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join("\n  ");
    Err(format!("the store names attachments that nobody has, so they are not there:\n  {missing}").into())
}

pub(crate) async fn restore(restore: Restore) -> Result<(), Failed> {
    embedded(&restore.data, "pg_restore")?;
    // The folder in which it was called may be the one that is filled, and another one then.
    let data = std::fs::canonicalize(&restore.data.data).unwrap_or(restore.data.data);
    let restore = Restore { data: Data { data, ..restore.data }, ..restore };
    let done = store::restore(&restore.file, &restore.data.data).await?;
    say(format_args!(
        "{}: the store and {} attachments. Everybody signs in again.",
        restore.data.data.display(),
        done.files
    ));
    let store = restore.data.open().await?;
    if restore.data.data.join(retention::FILE).is_file() {
        let people = retention::settle(&store, jiff::Timestamp::now()).await?;
        say(format_args!(
            "The list of who was erased was there: {people} came back with the backup, and are erased again."
        ));
    } else {
        say(
            "Whoever was erased after it was made is here again. If you have the file `erased` of the data folder of before, put it into this one before you serve it.",
        );
    }
    whole(&done.missing)
}

/// PostgreSQL has its own programs for this.
fn embedded(data: &Data, instead: &str) -> Result<(), Failed> {
    match data.database_url {
        None => Ok(()),
        Some(_) => Err(format!(
            "the store is in PostgreSQL: use `{instead}` for it, and copy the folder {}/files",
            data.data.display()
        )
        .into()),
    }
}
