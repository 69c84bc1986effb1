//! A folder on a disk: what is in it, within bounds, and nothing outside it.

use super::{
    FILE_MOST, FILES_MOST, TEXT_MOST,
    problem::{Problem, Source},
};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Folders within folders, at the most.
const DEPTH_MOST: usize = 4;

/// The files of a folder.
#[derive(Debug)]
pub(crate) struct Disk {
    root: PathBuf,
    /// Path below the root, and size in bytes.
    pub(crate) files: BTreeMap<PathBuf, u64>,
}

impl Disk {
    /// Looks at everything in a folder. Hidden files and `README.md` are none of our business.
    pub(crate) fn open(root: &Path, problems: &mut Vec<Problem>) -> io::Result<Self> {
        let mut disk = Self { root: root.to_owned(), files: BTreeMap::new() };
        let mut folders = vec![(PathBuf::new(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let name = entry.file_name();
                let path = folder.join(&name);
                let kind = entry.file_type()?;
                if name.as_encoded_bytes().starts_with(b".") || name == "README.md" {
                    continue;
                }
                if kind.is_symlink() {
                    let problem = Problem::of_file(path, "this is a link, and links are not followed");
                    problems.push(problem.help("Put the file itself here."));
                } else if kind.is_dir() && depth < DEPTH_MOST {
                    folders.push((path, depth + 1));
                } else if kind.is_dir() {
                    problems.push(Problem::of_file(path, format!("this lies deeper than {DEPTH_MOST} folders")));
                } else if kind.is_file() {
                    disk.files.insert(path, entry.metadata()?.len());
                } else {
                    problems.push(Problem::of_file(path, "this is neither a file nor a folder"));
                }
                if disk.files.len() > FILES_MOST {
                    problems.push(
                        Problem::of_file(".", format!("the folder holds more than {FILES_MOST} files"))
                            .help("Import it in parts, or remove what does not belong to it."),
                    );
                    return Ok(disk);
                }
            }
        }
        Ok(disk)
    }

    /// A text file, or what is wrong with it.
    pub(crate) fn text(&self, file: &Path) -> Result<Source, Problem> {
        let size = self.files.get(file).copied().unwrap_or_default();
        if size > TEXT_MOST {
            let what = format!("the file has {} and the most is {}", bytes(size), bytes(TEXT_MOST));
            return Err(Problem::of_file(file, what).help("Divide it, or attach it as a file of a material."));
        }
        let read = fs::read(self.root.join(file))
            .map_err(|error| Problem::of_file(file, format!("the file cannot be read: {error}")))?;
        let text = match String::from_utf8(read) {
            Ok(text) => text,
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
                let source = Source::new(file.to_owned(), before);
                let problem = source.problem(None, valid..valid, "the file is not UTF-8 from here on");
                return Err(problem.help("Save it with the encoding UTF-8."));
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        let source = Source::new(file.to_owned(), text);
        match source.text.find('\0') {
            Some(at) => Err(source.problem(None, at..at, "there is a NUL byte here")),
            None => Ok(source),
        }
    }

    /// Where an attachment is, or what is wrong with it. `named` is what a field says: a path below the folder.
    pub(crate) fn attachment(&self, named: &str) -> Result<PathBuf, String> {
        let path = Path::new(named);
        if !path.components().all(|part| matches!(part, std::path::Component::Normal(_))) {
            return Err(format!("`{named}` leads out of the folder"));
        }
        match self.files.get(path) {
            None => Err(format!("there is no file `{named}` in the folder")),
            Some(&size) if size > FILE_MOST => {
                Err(format!("`{named}` has {} and the most is {}", bytes(size), bytes(FILE_MOST)))
            }
            Some(_) => Ok(self.root.join(path)),
        }
    }
}

/// A size as people write it.
fn bytes(size: u64) -> String {
    let mebi = 1024 * 1024;
    if size >= mebi { format!("{} MiB", size.div_ceil(mebi)) } else { format!("{} KiB", size.div_ceil(1024)) }
}
