//! Files that nothing holds any more.

use super::entity::file;
use crate::store::{Failure, Store};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::{
    path::Path,
    time::{Duration, SystemTime},
};
use tokio::fs;

/// How long a file lies that nothing holds: a form may remember it, an import be about to name it.
const LIES: Duration = Duration::from_secs(24 * 60 * 60);

/// Takes files away that nothing has held for a day: how many. None where the store holds no file at all: it may be
/// another's folder.
///
/// # Errors
/// When the store does not answer or the data folder cannot be read.
pub async fn sweep(store: &Store, now: SystemTime) -> Result<usize, Failure> {
    let (mut swept, mut folder) = (0, fs::read_dir(store.files()).await?);
    if file::Entity::find().one(store.read()).await?.is_none() {
        return Ok(swept);
    }
    while let Some(entry) = folder.next_entry().await? {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if !lies(&path, now).await || is_held(store, &name).await? {
            continue;
        }
        // Aside first: whoever names it meanwhile gets it back.
        let aside = path.with_extension("swept");
        fs::rename(&path, &aside).await?;
        if !lies(&aside, now).await || is_held(store, &name).await? {
            fs::rename(&aside, &path).await?;
            continue;
        }
        fs::remove_file(&aside).await?;
        swept += 1;
    }
    Ok(swept)
}

/// Whether a file has not been touched for as long as it may lie.
async fn lies(path: &Path, now: SystemTime) -> bool {
    let Ok(about) = fs::metadata(path).await else { return false };
    let age = about.modified().ok().and_then(|at| now.duration_since(at).ok());
    about.is_file() && age.is_some_and(|age| age >= LIES)
}

async fn is_held(store: &Store, name: &str) -> Result<bool, Failure> {
    let digest = name.split('.').next().unwrap_or_default();
    let held = file::Entity::find().filter(file::Column::Digest.eq(digest)).one(store.read()).await?;
    Ok(held.is_some())
}
