//! Copies of the bundled seminar under other names, and stores that hold them.

use crate::Failed;
use content::{
    folder::{self, Import},
    gate::Viewer,
    search::Index,
    store::{Location, Store},
};
use server::{Config, Site};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use tokio::task::JoinSet;

/// Kinds whose slugs are unique on the platform, as folders.
const ROOMS: [&str; 3] = ["practices", "challenges", "recommendations"];

/// The bundled seminar.
pub(crate) fn tirana() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/seminars/tirana-2016")
}

/// The glossary.
pub(crate) fn glossary() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/glossary")
}

/// Writes the seminar as `tirana-2016-N`, every other slug with `-N` too.
pub(crate) fn copy(number: usize, to: &Path) -> Result<PathBuf, Failed> {
    let from = tirana();
    let out = to.join(format!("tirana-2016-{number}"));
    let slugs = slugs(&from)?;
    for file in files(&from)? {
        let relative = file.strip_prefix(&from)?;
        let mut name = relative.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let room = relative.iter().next().and_then(|room| room.to_str()).unwrap_or_default();
        if ROOMS.contains(&room) {
            let (stem, end) = name.split_once('.').unwrap_or((&name, ""));
            name = format!("{stem}-{number}.{end}");
        }
        let target = out.join(relative).with_file_name(name);
        fs::create_dir_all(target.parent().unwrap_or(&out))?;
        match fs::read_to_string(&file) {
            Ok(text) if room != "files" => fs::write(target, renamed(&text, &slugs, number))?,
            _ => drop(fs::copy(&file, target)?),
        }
    }
    Ok(out)
}

fn renamed(text: &str, slugs: &BTreeSet<String>, number: usize) -> String {
    let mut parts = text.split('"');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('"');
        out.push_str(part);
        if slugs.contains(part) {
            out.push_str(&format!("-{number}"));
        }
    }
    out
}

fn slugs(from: &Path) -> Result<BTreeSet<String>, Failed> {
    let mut slugs = BTreeSet::new();
    for room in ROOMS {
        for file in files(&from.join(room))? {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            slugs.extend(name.split('.').next().map(str::to_owned));
        }
    }
    for list in ["people.toml", "organisations.toml"] {
        let text = fs::read_to_string(from.join(list))?;
        let slug = |line: &str| Some(line.strip_prefix("slug = \"")?.trim_end().trim_end_matches('"').to_owned());
        slugs.extend(text.lines().filter_map(slug));
    }
    Ok(slugs)
}

/// All files below a folder.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// A store with a site over it.
pub(crate) struct Sited {
    pub(crate) store: Store,
    pub(crate) index: Index,
    pub(crate) _folder: TempDir,
}

/// An empty one.
pub(crate) async fn empty() -> Result<Sited, Failed> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path(), &Location::Embedded).await?;
    let index = Index::new(folder.path());
    Ok(Sited { store, index, _folder: folder })
}

/// Imports folders, all of them or nothing.
pub(crate) async fn import(store: &Store, folders: &[PathBuf]) -> Result<usize, Failed> {
    let import = Import { folders, prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
    match folder::import(store, &Viewer::command_line(), &import).await? {
        Ok(done) => Ok(done.created),
        Err(problems) => Err(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into()),
    }
}

/// The site. `kept`: what pages kept ready may weigh, in bytes.
pub(crate) async fn site(sited: &Sited, kept: u64) -> Result<(Site, JoinSet<()>), Failed> {
    let config = Config {
        public_url: "http://127.0.0.1".to_owned(),
        contact: String::new(),
        leave_to: String::new(),
        mail: None,
        kept_bytes: kept,
    };
    Ok(Site::new(config, sited.store.clone(), sited.index.clone()).await?)
}
