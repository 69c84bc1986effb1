//! A backup: the store and the files that it names, in one file that says whether it is whole.
//!
//! The file is a tar archive with the BLAKE3 hash of the archive behind it: `plenary.json` says
//! what it is, `plenary.sqlite3` is the store, `files/…` are attachments under the hashes of their bytes. The hash tells a
//! file that was cut or damaged; whoever can write a file can make another one with its hash.

use super::Failure;
use crate::retention;
use sea_orm::sqlx::{self, ConnectOptions, Connection, Executor, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

const STORE: &str = "plenary.sqlite3";
const ABOUT: &str = "plenary.json";
/// What signs somebody in and is no code on a card: none of it comes back with a backup.
const SECRETS: [(&str, &str); 4] = [
    ("sign_in", "DELETE FROM sign_in"),
    ("link", "DELETE FROM link"),
    ("device", "DELETE FROM device"),
    ("door", "DELETE FROM door"),
];
/// Bytes of the hash at the end.
const SEAL: u64 = 32;

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    format: u32,
}

/// Why there is no backup, or none comes back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFailure {
    /// There is nothing to back up.
    #[error("there is no store in {0}")]
    NoStore(PathBuf),
    /// A file is never written over.
    #[error("{0} is there already; choose another name")]
    There(PathBuf),
    /// A restore fills an empty place.
    #[error("{0} is not empty; restore into a folder that is not there yet")]
    NotEmpty(PathBuf),
    /// It was cut, altered, or is something else.
    #[error("{0} is no whole backup: {1}; nothing was restored")]
    Odd(PathBuf, &'static str),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] Failure),
    /// The disk did not.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

impl From<sqlx::Error> for BackupFailure {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(Failure::from(sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into()))))
    }
}

/// What was written, or came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackedUp {
    /// Bytes of the whole.
    pub bytes: u64,
    /// Attachments.
    pub files: usize,
    /// Attachments that the store names and nobody has: they are not in it.
    pub missing: Vec<String>,
}

/// Writes a backup of an embedded store, while it may be served. Sessions and links are left out.
///
/// # Errors
/// [`BackupFailure`]; then there is no file `to`.
pub async fn backup(data: &Path, to: &Path) -> Result<BackedUp, BackupFailure> {
    let store = data.join(STORE);
    if !store.is_file() {
        return Err(BackupFailure::NoStore(data.to_owned()));
    }
    if to.exists() {
        return Err(BackupFailure::There(to.to_owned()));
    }
    let (copied, partial) = (Removed(beside(to)), Removed(beside(to)));
    let digests = copy(&store, &copied.0).await?;
    let (data, to) = (data.to_owned(), to.to_owned());
    let packed = tokio::task::spawn_blocking(move || {
        let done = pack(&data, &copied.0, &digests, &partial.0)?;
        // Not over what another run has written meanwhile.
        match fs::hard_link(&partial.0, &to) {
            Ok(()) => Ok(done),
            Err(_) if to.exists() => Err(BackupFailure::There(to)),
            // A disk that has no such links, as sticks have none.
            Err(_) => Ok(fs::rename(&partial.0, &to).map(|()| done)?),
        }
    });
    packed.await.map_err(|_| BackupFailure::Disk(io::Error::other("the work was given up")))?
}

/// Brings a backup back into an empty place. Whoever was signed in signs in again; links are made anew. The list of who was
/// erased may be there already, so that it outlives the store ([`crate::retention::settle`]).
///
/// # Errors
/// [`BackupFailure`]; then nothing was restored.
pub async fn restore(from: &Path, data: &Path) -> Result<BackedUp, BackupFailure> {
    // Where it leads, so that it leads there afterwards.
    let place = fs::canonicalize(data);
    let data = place.as_deref().unwrap_or(data);
    if data.exists() && !holds_list_alone(data)? {
        return Err(BackupFailure::NotEmpty(data.to_owned()));
    }
    let around = RemovedFolder(beside(data));
    let (source, to) = (from.to_owned(), around.0.clone());
    let unpacked = tokio::task::spawn_blocking(move || unpack(&source, &to));
    let mut done = unpacked.await.map_err(|_| BackupFailure::Disk(io::Error::other("the work was given up")))??;
    let store = around.0.join(STORE);
    let odd = |why| BackupFailure::Odd(from.to_owned(), why);
    let mut db = open(&store).await.map_err(|_| odd("its store cannot be opened"))?;
    let whole = sqlx::query("PRAGMA integrity_check").fetch_one(&mut db).await;
    if !whole.is_ok_and(|row| row.try_get::<String, _>(0).is_ok_and(|said| said == "ok")) {
        return Err(odd("its store is damaged"));
    }
    forget(&mut db).await?;
    // Nobody could use an account in a backup: their time begins anew.
    let used = sqlx::query("SELECT 1 FROM pragma_table_info('account') WHERE name = 'used_at'").fetch_optional(&mut db);
    if used.await?.is_some() {
        let now = jiff::Timestamp::now().as_millisecond();
        sqlx::query("UPDATE account SET used_at = max(used_at, ?)").bind(now).execute(&mut db).await?;
    }
    let has = |digest: &String| around.0.join("files").join(digest).is_file();
    done.missing = named(&mut db).await?.into_iter().filter(|digest| !has(digest)).collect();
    db.close().await?;
    put(&around.0, data)?;
    Ok(done)
}

/// Whether a folder holds nothing but the list of who was erased, if that.
fn holds_list_alone(data: &Path) -> io::Result<bool> {
    if !data.is_dir() {
        return Ok(false);
    }
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        if entry.file_name() != retention::FILE || !entry.file_type()?.is_file() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Puts what was restored in its place, with the list that lies there. All of it or nothing: what came there meanwhile
/// stays.
fn put(restored: &Path, data: &Path) -> Result<(), BackupFailure> {
    let list = data.join(retention::FILE);
    if list.is_file() {
        // First, so that it is in one of the two whatever happens.
        let mut copied = private(&restored.join(retention::FILE))?;
        io::copy(&mut File::open(&list)?, &mut copied)?;
        copied.sync_all()?;
    }
    let old = beside(data);
    if data.is_dir() {
        fs::rename(data, &old)?;
    }
    let placed = || match old.is_dir() && !holds_list_alone(&old)? {
        true => Err(BackupFailure::NotEmpty(data.to_owned())),
        false => Ok(fs::rename(restored, data)?),
    };
    if let Err(failure) = placed() {
        if old.is_dir() {
            fs::rename(&old, data)?;
        }
        return Err(failure);
    }
    if old.is_dir() {
        let _ = fs::remove_file(old.join(retention::FILE));
        let _ = fs::remove_dir(old);
    }
    Ok(())
}

/// A name that nobody has, in the same folder.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", crate::accounts::Token::new().reveal()));
    path.with_file_name(name)
}

/// A file that is gone with the value.
struct Removed(PathBuf);

impl Drop for Removed {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

struct RemovedFolder(PathBuf);

impl Drop for RemovedFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// For its owner alone.
fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

async fn open(store: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new().filename(store).pragma("secure_delete", "on").connect().await
}

/// Copies the store as it is at one moment, and says which attachments it names.
async fn copy(store: &Path, to: &Path) -> Result<Vec<String>, BackupFailure> {
    private(to)?;
    let mut served = open(store).await?;
    sqlx::query("VACUUM INTO ?").bind(to.to_string_lossy().into_owned()).execute(&mut served).await?;
    served.close().await?;
    let mut copy = open(to).await?;
    forget(&mut copy).await?;
    let digests = named(&mut copy).await?;
    copy.close().await?;
    Ok(digests)
}

/// The attachments that a store names.
async fn named(db: &mut SqliteConnection) -> Result<Vec<String>, BackupFailure> {
    let rows = sqlx::query("SELECT DISTINCT digest FROM file ORDER BY digest").fetch_all(db).await?;
    Ok(rows.iter().map(|row| row.try_get::<String, _>(0)).collect::<Result<_, _>>()?)
}

/// Takes out what signs somebody in.
async fn forget(db: &mut SqliteConnection) -> Result<(), BackupFailure> {
    for (table, delete) in SECRETS {
        let there = sqlx::query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").bind(table);
        if there.fetch_optional(&mut *db).await?.is_some() {
            db.execute(delete).await?;
        }
    }
    Ok(())
}

/// Writes and hashes what it writes.
struct Sealing<W> {
    to: W,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn pack(data: &Path, store: &Path, digests: &[String], to: &Path) -> Result<BackedUp, BackupFailure> {
    let sealing = Sealing { to: BufWriter::new(private(to)?), hasher: blake3::Hasher::new(), bytes: 0 };
    let mut archive = tar::Builder::new(sealing);
    let about = serde_json::to_vec(&About { format: 1 }).map_err(Failure::from)?;
    append(&mut archive, ABOUT, u64::try_from(about.len()).unwrap_or_default(), about.as_slice())?;
    let file = File::open(store)?;
    append(&mut archive, STORE, file.metadata()?.len(), file)?;
    let mut done = BackedUp::default();
    for digest in digests {
        match File::open(data.join("files").join(digest)) {
            Ok(file) => {
                append(&mut archive, &format!("files/{digest}"), file.metadata()?.len(), file)?;
                done.files += 1;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => done.missing.push(digest.clone()),
            Err(error) => return Err(error.into()),
        }
    }
    let Sealing { mut to, hasher, bytes } = archive.into_inner()?;
    to.write_all(hasher.finalize().as_bytes())?;
    let file = to.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(BackedUp { bytes: bytes + SEAL, ..done })
}

fn append<W: Write>(archive: &mut tar::Builder<W>, name: &str, bytes: u64, from: impl Read) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    archive.append_data(&mut header, name, from)
}

fn unpack(from: &Path, to: &Path) -> Result<BackedUp, BackupFailure> {
    let odd = |why| BackupFailure::Odd(from.to_owned(), why);
    let mut file = File::open(from)?;
    let bytes = file.metadata()?.len();
    let archived = bytes.checked_sub(SEAL).ok_or_else(|| odd("it is too short"))?;
    // First all of it is read, and then it is believed.
    let mut hasher = blake3::Hasher::new();
    let hashed = io::copy(&mut BufReader::new(&file).take(archived), &mut hasher)?;
    let mut seal = [0; 32];
    file.seek(SeekFrom::Start(archived))?;
    file.read_exact(&mut seal)?;
    if hashed != archived || hasher.finalize() != seal {
        return Err(odd("it was cut, or altered"));
    }
    file.seek(SeekFrom::Start(0))?;
    for folder in [to.to_owned(), to.join("files")] {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut archive = tar::Archive::new(BufReader::new(file).take(archived));
    let (mut about, mut stores, mut files) = (None, 0, 0);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(|_| odd("a name in it is no text"))?;
        let digest = name.strip_prefix("files/").filter(|digest| is_digest(digest));
        match (name.as_str(), digest) {
            _ if !entry.header().entry_type().is_file() => return Err(odd("something in it is no file")),
            (ABOUT, _) => about = serde_json::from_reader::<_, About>((&mut entry).take(1024)).ok(),
            (STORE, _) => {
                let mut store = private(&to.join(STORE))?;
                io::copy(&mut entry, &mut store)?;
                store.sync_all()?;
                stores += 1;
            }
            (_, Some(digest)) => {
                let mut file = private(&to.join("files").join(digest))?;
                let mut hasher = blake3::Hasher::new();
                io::copy(&mut entry, &mut file)?;
                file.seek(SeekFrom::Start(0))?;
                io::copy(&mut file, &mut hasher)?;
                if hasher.finalize().to_hex().as_str() != digest {
                    return Err(odd("a file in it is not what it is called"));
                }
                file.sync_all()?;
                files += 1;
            }
            _ => return Err(odd("there is something in it that belongs to no backup")),
        }
    }
    match about {
        Some(About { format: 1 }) if stores == 1 => Ok(BackedUp { bytes, files, missing: Vec::new() }),
        Some(About { format: 1 }) => Err(odd("it has no store")),
        Some(_) => Err(odd("a newer Plenary made it")),
        None => Err(odd("it does not say what it is")),
    }
}

fn is_digest(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
