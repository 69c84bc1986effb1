//! The folder that the index lies in, its files read into memory.

use std::{
    collections::HashMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
    error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
};

/// A folder on the disk. What is read of it is a copy, and not a map as in tantivy's own: whoever cuts a file short that
/// is mapped takes the process with it (SIGBUS), and what is written over it is in the answers at once.
#[derive(Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// All that is not reading: writing, locks, deleting.
    disk: MmapDirectory,
    /// What somebody still reads: two generations of the index share the files that both have.
    read: Arc<Mutex<HashMap<PathBuf, Weak<[u8]>>>>,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { path: path.to_owned(), disk: MmapDirectory::open(path)?, read: Arc::default() })
    }
}

impl fmt::Debug for Folder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Folder({})", self.path.display())
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = read.get(path).and_then(Weak::upgrade) {
            return Ok(Arc::new(OwnedBytes::new(bytes)));
        }
        let bytes: Arc<[u8]> = fs::read(self.path.join(path))
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
                _ => OpenReadError::wrap_io_error(error, path.to_owned()),
            })?
            .into();
        read.retain(|_, bytes| bytes.strong_count() > 0);
        read.insert(path.to_owned(), Arc::downgrade(&bytes));
        Ok(Arc::new(OwnedBytes::new(bytes)))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.disk.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.disk.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        match self.disk.open_write(path) {
            // Who was killed before a commit left it: what a commit names is never written again, and tantivy, which
            // names deletes by their number, would stumble over this one for ever.
            Err(OpenWriteError::FileAlreadyExists(_)) => {
                fs::remove_file(self.path.join(path))
                    .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
                self.disk.open_write(path)
            }
            opened => opened,
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.disk.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.disk.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.disk.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.disk.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.disk.watch(callback)
    }
}
