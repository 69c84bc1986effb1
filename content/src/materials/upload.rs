//! A file that somebody sends: into the data folder under the digest of its bytes, its kind found from them.

use super::{Attachment, file::media_type};
use crate::{
    accounts::Token,
    folder::{FILE_MOST, LINE_MOST},
    gate::Viewer,
    store::{Failure, Store},
    things::Listed,
};
use std::{path::PathBuf, sync::LazyLock, time::SystemTime};
use tokio::{fs, io::AsyncWriteExt};

/// Why a file will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has more than so many bytes.
    Long(u64),
    /// There is nothing in it.
    Empty,
    /// It has no name that a file can have.
    Nameless,
    /// It is a program.
    Program,
    /// It is not what the end of its name says.
    Other,
}

/// How much of the beginning tells what it is, in bytes.
const BEGINNING: usize = 8 * 1024;

/// A file on its way. What is not finished is taken away.
#[derive(Debug)]
pub struct Upload {
    file: fs::File,
    partial: Partial,
    files: PathBuf,
    hasher: blake3::Hasher,
    size: u64,
    beginning: Vec<u8>,
    text: IsText,
}

/// The bytes that are there so far.
#[derive(Debug)]
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        // Gone already where it was finished.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Upload {
    /// Begins one.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub async fn begin(store: &Store) -> Result<Self, Failure> {
        let files = store.files();
        let partial = Partial(files.join(Token::new().reveal()).with_extension("partial"));
        Ok(Self {
            file: fs::File::create_new(&partial.0).await?,
            partial,
            files,
            hasher: blake3::Hasher::new(),
            size: 0,
            beginning: Vec::new(),
            text: IsText::default(),
        })
    }

    /// More of its bytes. Inner: why it will not do, as far as it is known.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub async fn more(&mut self, bytes: &[u8]) -> Result<Result<(), Unfit>, Failure> {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.size > FILE_MOST {
            return Ok(Err(Unfit::Long(FILE_MOST)));
        }
        self.hasher.update(bytes);
        self.text.more(bytes);
        let rest = BEGINNING.saturating_sub(self.beginning.len()).min(bytes.len());
        self.beginning.extend_from_slice(&bytes[..rest]);
        self.file.write_all(bytes).await?;
        Ok(Ok(()))
    }

    /// All of it is there, under a name. Inner: why it will not do; then nothing is kept.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub async fn end(mut self, name: &str) -> Result<Result<Attachment, Unfit>, Failure> {
        let found = named(name).and_then(|name| {
            if self.size == 0 {
                return Err(Unfit::Empty);
            }
            Ok((kind(&name, &self.beginning, self.text.is())?, name))
        });
        let (media_type, name) = match found {
            Ok(found) => found,
            Err(unfit) => return Ok(Err(unfit)),
        };
        let digest = self.hasher.finalize().to_hex().to_string();
        let path = self.files.join(&digest);
        // One that is there is the same; it is new again for whoever sweeps what nothing holds.
        self.file.flush().await?;
        self.file.sync_all().await?;
        fs::rename(&self.partial.0, &path).await?;
        Ok(Ok(Attachment { name, media_type: media_type.to_owned(), size: self.size, digest, path }))
    }
}

/// Whether bytes are text in UTF-8, as they come in pieces.
#[derive(Debug, Default)]
struct IsText {
    is_not: bool,
    /// The beginning of a letter at the end of a piece.
    rest: Vec<u8>,
}

impl IsText {
    fn more(&mut self, bytes: &[u8]) {
        if self.is_not {
            return;
        }
        self.is_not = bytes.contains(&0);
        self.rest.extend_from_slice(bytes);
        match std::str::from_utf8(&self.rest) {
            Ok(_) => self.rest.clear(),
            Err(error) => {
                self.is_not |= error.error_len().is_some();
                self.rest.drain(..error.valid_up_to());
            }
        }
    }

    fn is(&self) -> bool {
        !self.is_not && self.rest.is_empty()
    }
}

/// The name of a file, without the folders that some browsers put before it.
fn named(name: &str) -> Result<String, Unfit> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let odd = name.chars().any(char::is_control) || name.starts_with('.') || name.chars().count() > LINE_MOST / 2;
    // A name on a disk has at most 255 bytes.
    if name.is_empty() || odd || name.len() > 200 { Err(Unfit::Nameless) } else { Ok(name.to_owned()) }
}

/// Programs, by what they begin with.
const PROGRAMS: [&str; 5] = [
    "application/vnd.microsoft.portable-executable",
    "application/x-executable",
    "application/x-mach-binary",
    "application/java-vm",
    "application/wasm",
];

/// The media type of a file: what its bytes are, where its name promises that or nothing.
fn kind(name: &str, beginning: &[u8], is_text: bool) -> Result<&'static str, Unfit> {
    let found = infer::get(beginning).map(|found| found.mime_type());
    let promised = media_type(name);
    // A text may begin as a program does.
    let is_plain = promised.starts_with("text/") && is_text;
    if !is_plain && found.is_some_and(|found| PROGRAMS.contains(&found)) {
        return Err(Unfit::Program);
    }
    match promised {
        "application/octet-stream" => return Ok(known(found).unwrap_or(promised)),
        // In another encoding, which nobody can tell: to be kept, and not to be shown.
        text if text.starts_with("text/") && !is_text && found.is_none() => return Ok("application/octet-stream"),
        _ => {}
    }
    let kept = match promised {
        text if text.starts_with("text/") => is_text,
        // Office files are archives of a kind; under a password they are what they were before.
        office if office.starts_with("application/vnd.") => {
            found == Some(office)
                || found == Some("application/zip")
                || beginning.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
        }
        // Sound may begin anywhere: eleven bits that are set (ISO 11172-3, 2.4.2.3).
        "audio/mpeg" => found == Some(promised) || matches!(beginning, [0xFF, second, ..] if second & 0xE0 == 0xE0),
        other => found == Some(other),
    };
    if kept { Ok(promised) } else { Err(Unfit::Other) }
}

/// What a browser may be told that a file is whose name says nothing.
fn known(found: Option<&'static str>) -> Option<&'static str> {
    found.filter(|found| ["application/pdf", "image/png", "image/jpeg", "image/webp"].contains(found))
}

/// A file that was sent with a form which will not do stays with that form, so that it need not be sent again: what the
/// form remembers of it, which nobody can make up, for one seminar and one person.
impl Attachment {
    /// What the form remembers.
    pub fn sealed(&self, viewer: &Viewer, seminar: &Listed) -> String {
        let Self { name, media_type, size, digest, .. } = self;
        let said = format!("{digest}\n{size}\n{media_type}\n{name}");
        format!("{}\n{said}", seal(viewer, seminar, &said))
    }

    /// The file that a form remembers; none where that was made up, or another process was asked.
    pub fn unsealed(store: &Store, viewer: &Viewer, seminar: &Listed, text: &str) -> Option<Self> {
        let (mark, said) = text.split_once('\n')?;
        let ours = blake3::Hash::from_hex(mark).ok()? == seal(viewer, seminar, said);
        let mut parts = said.splitn(4, '\n');
        let (digest, size) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        let (media_type, name) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        let path = store.files().join(&digest);
        let file = ours.then_some(Self { name, media_type, size, digest, path })?;
        // New again for whoever sweeps what nothing holds.
        let there = std::fs::File::options().append(true).open(&file.path).ok()?;
        there.set_modified(SystemTime::now()).ok()?;
        Some(file)
    }
}

fn seal(viewer: &Viewer, seminar: &Listed, said: &str) -> blake3::Hash {
    static KEY: LazyLock<[u8; 32]> = LazyLock::new(|| *blake3::hash(Token::new().reveal().as_bytes()).as_bytes());
    blake3::keyed_hash(&KEY, format!("{}\n{}\n{said}", viewer.actor(), seminar.id.id()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_a_file_can_have() {
        assert_eq!(named("C:\\docs\\Të dhëna.pdf"), Ok("Të dhëna.pdf".to_owned()));
        assert_eq!(named("../../etc/passwd"), Ok("passwd".to_owned()));
        for odd in ["", "  ", "a/", "..", ".htaccess", "a\u{0}b", "a\nb", &"x".repeat(151), &"ж".repeat(101)] {
            assert_eq!(named(odd), Err(Unfit::Nameless), "{odd:?}");
        }
    }

    #[test]
    fn what_a_file_is_is_found_from_its_bytes() {
        let pdf = b"%PDF-1.7\n";
        let png = b"\x89PNG\r\n\x1a\n";
        assert_eq!(kind("slides.pdf", pdf, true), Ok("application/pdf"));
        assert_eq!(kind("slides", pdf, true), Ok("application/pdf"));
        assert_eq!(kind("picture.png", png, false), Ok("image/png"));
        assert_eq!(kind("picture.pdf", png, false), Err(Unfit::Other));
        assert_eq!(kind("list.csv", b"a,b\n", true), Ok("text/csv"));
        assert_eq!(kind("list.csv", b"a\xffb", false), Ok("application/octet-stream"));
        assert_eq!(kind("list.csv", png, false), Err(Unfit::Other));
        assert_eq!(kind("notes.txt", b"MZ: Ministarstvo zdravlja", true), Ok("text/plain"));
        assert_eq!(kind("talk.mp3", b"\xff\xf3\x40\xc4", false), Ok("audio/mpeg"));
        assert_eq!(kind("page.html", b"<html><script>", true), Ok("application/octet-stream"));
        assert_eq!(kind("data.bin", b"\x01\x02", false), Ok("application/octet-stream"));
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        assert_eq!(kind("letter.docx", b"PK\x03\x04\x14\0\0\0", false), Ok(word));
        assert_eq!(kind("letter.docx", pdf, true), Err(Unfit::Other));
        for program in [&b"MZ\x90\0"[..], b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
            assert_eq!(kind("slides.pdf", program, false), Err(Unfit::Program));
            assert_eq!(kind("slides", program, false), Err(Unfit::Program));
        }
    }

    #[test]
    fn text_is_text_wherever_it_is_cut() {
        let said = "Të gjitha, све, \u{1f600}".as_bytes();
        for cut in 0..said.len() {
            let mut text = IsText::default();
            text.more(&said[..cut]);
            text.more(&said[cut..]);
            assert!(text.is(), "{cut}");
        }
        for odd in [&b"a\0b"[..], b"a\xff", b"\xc3"] {
            let mut text = IsText::default();
            text.more(odd);
            assert!(!text.is(), "{odd:?}");
        }
    }
}
