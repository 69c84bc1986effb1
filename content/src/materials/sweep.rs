//! Files that nothing holds any more.

use super::entity::file;
use crate::store::{Failure, Store};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::time::{Duration, SystemTime};
use tokio::fs;

/// How long a file lies that nothing holds: a form may remember it, an import be about to name it.
const LIES: Duration = Duration::from_secs(24 * 60 * 60);

/// Takes files away that nothing has held for a day: how many.
///
/// # Errors
/// When the store does not answer or the data folder cannot be read.
pub async fn sweep(store: &Store, now: SystemTime) -> Result<usize, Failure> {
    let (mut swept, mut folder) = (0, fs::read_dir(store.files()).await?);
    while let Some(entry) = folder.next_entry().await? {
        // One that was taken away meanwhile is no more of our business.
        let Ok(about) = entry.metadata().await else { continue };
        let age = about.modified().ok().and_then(|at| now.duration_since(at).ok());
        if !about.is_file() || age.is_none_or(|age| age < LIES) {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let held = file::Entity::find().select_only().column(file::Column::Id).filter(file::Column::Digest.eq(&name));
        if held.into_tuple::<i64>().one(store.read()).await?.is_none() {
            fs::remove_file(entry.path()).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
