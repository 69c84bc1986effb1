//! `plenary import`: folders into the store, all of them or nothing.

use super::{
    check::{self, Folder},
    disk::Disk,
    fields::Problems,
    overlay::Edits,
    problem::Problem,
    publish::Publishing,
    read,
    written::Details,
};
use crate::{
    changes::{self, Act},
    edits::Kept,
    gate::Viewer,
    store::{Failure, Store},
    things::Kind,
};
use jiff::Timestamp;
use sea_orm::{DatabaseTransaction, TransactionTrait};
use serde_json::json;
use std::{
    fs, io,
    path::{Path, PathBuf},
    rc::Rc,
    time::SystemTime,
};

/// What to import.
#[derive(Clone, Copy)]
pub struct Import<'a> {
    /// Folders of seminars and glossaries.
    pub folders: &'a [PathBuf],
    /// Delete what a folder holds no more.
    pub prune: bool,
    /// What the folders say holds, whatever was edited in the browser.
    pub discard_edits: bool,
    /// Say what would happen and do nothing.
    pub dry_run: bool,
    /// Is told how many things have been dealt with, of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// Things that were not there before.
    pub created: usize,
    /// Things that say something else now.
    pub updated: usize,
    /// Things that are gone: with `--prune`.
    pub deleted: usize,
    /// Things that were as they are.
    pub unchanged: usize,
    /// Things that the folders hold no more, as kind and slug.
    pub missing: Vec<(Kind, String)>,
    /// Things that the folders hold no more and that were edited in the browser: with `--prune` too they stay.
    pub stayed: Vec<(Kind, String)>,
    /// Things for which organisers set something else in the browser than the folders say: that holds.
    pub kept: Vec<(Kind, String)>,
    /// Fields that were edited in the browser and of which the folders say something else: what was edited holds, unless
    /// edits are discarded.
    pub edited: Vec<Kept>,
}

/// Reads folders and, if nothing is wrong with any of them, writes what they say.
///
/// # Errors
/// Outer: when the store or the disk fails, or the viewer may not import. Inner: what is wrong with the folders; then
/// nothing was written.
pub async fn import(
    store: &Store,
    viewer: &Viewer,
    import: &Import<'_>,
) -> Result<Result<Imported, Vec<Problem>>, Failure> {
    let actor = viewer.importing().ok_or(Failure::Refused)?;
    let (folders, mut found) = read_folders(import.folders)?;
    found.extend(check::check(store, &folders, import.prune).await?);
    if !found.is_empty() {
        found.sort_by(|this, that| {
            (&this.file, this.at.as_ref().map(|at| at.line)).cmp(&(&that.file, that.at.as_ref().map(|at| at.line)))
        });
        return Ok(Err(found));
    }
    if !import.dry_run {
        keep_files(store, &folders)?;
    }

    let (transaction, edits) = begun(store, viewer, &folders).await?;
    let at = Timestamp::now();
    let total = folders.iter().map(|folder| folder.things.len()).sum();
    let progress = |done| (import.progress)(done, total);
    let mut publishing = Publishing::new(&transaction, at, import.prune, &progress);
    (publishing.edits, publishing.discard) = (edits, import.discard_edits);
    for folder in &folders {
        publishing.folder(folder).await?;
    }
    let Publishing { changes, unchanged, missing, stayed, kept, edited, .. } = publishing;
    let of = |act| changes.iter().filter(|(_, _, done)| *done == act).count();
    let imported = Imported {
        created: of(Act::Created),
        updated: of(Act::Updated),
        deleted: of(Act::Deleted),
        unchanged,
        missing,
        stayed,
        kept,
        edited,
    };
    if import.dry_run {
        transaction.rollback().await?;
        return Ok(Ok(imported));
    }
    if !changes.is_empty() {
        for folder in &folders {
            let subject = folder.seminar().map_or_else(|| "glossary".to_owned(), |slug| format!("seminar/{slug}"));
            let discarded = if import.discard_edits { imported.edited.len() } else { 0 };
            let says = json!({ "after": { "folders": folders.len(), "new": imported.created, "changed": imported.updated, "deleted": imported.deleted, "discarded edits": discarded } });
            changes::audit(&transaction, at, actor, "import", &subject, says).await?;
        }
        changes::write(&transaction, at, &changes).await?;
    }
    transaction.commit().await?;
    if !changes.is_empty() {
        store.announce();
    }
    Ok(Ok(imported))
}

/// How often an import begins anew where somebody else is quicker.
const TRIES: u32 = 20;

/// A transaction in which nobody else changes anything, and what was edited, which it takes a while to read: before it
/// begins, and anew where somebody was quicker.
async fn begun(store: &Store, viewer: &Viewer, folders: &[Folder]) -> Result<(DatabaseTransaction, Edits), Failure> {
    for _ in 0..TRIES {
        let edits = Edits::of(store, viewer, folders).await?;
        let transaction = store.write().begin().await?;
        changes::publishing(&transaction).await?;
        if edits.hold(&transaction, folders).await? {
            return Ok((transaction, edits));
        }
        transaction.rollback().await?;
    }
    Err(io::Error::other("somebody edits the same seminar again and again: import it once more").into())
}

fn read_folders(roots: &[PathBuf]) -> io::Result<(Vec<Folder>, Vec<Problem>)> {
    let problems: Problems = Rc::default();
    let folders = roots.iter().map(|root| read_folder(root, &problems)).collect::<io::Result<Vec<_>>>()?;
    Ok((folders, problems.take()))
}

fn read_folder(root: &Path, problems: &Problems) -> io::Result<Folder> {
    let mut found = Vec::new();
    let name = root.canonicalize()?.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let disk = Disk::open(root, &mut found)?;
    problems.borrow_mut().extend(found);
    let (things, unread) = read::read(&disk, &name, problems);
    Ok(Folder { name: root.to_owned(), things, unread })
}

/// Copies attachments into the data folder, each under the digest of its bytes: one that is there is the same.
/// Before the transaction, so that what is committed is there; what a failed import leaves is found again by the next.
fn keep_files(store: &Store, folders: &[Folder]) -> Result<(), Failure> {
    for thing in folders.iter().flat_map(|folder| &folder.things) {
        let Details::Material(details) = &thing.details else { continue };
        let Some(file) = &details.file else { continue };
        let to = store.files().join(&file.digest);
        // New again for whoever sweeps what nothing holds.
        if let Ok(there) = fs::File::options().append(true).open(&to) {
            there.set_modified(SystemTime::now())?;
            continue;
        }
        let partial = to.with_extension("partial");
        fs::copy(&file.path, &partial)?;
        fs::File::open(&partial)?.sync_all()?;
        fs::rename(&partial, &to)?;
    }
    Ok(())
}
