//! `materials/slug.md`

use super::{Attachment, Details};
use crate::folder::{Disk, Fields, Table};
use std::{fs::File, io, path::Path};

pub(crate) fn read(fields: &mut Fields<'_>, disk: &Disk) -> Details {
    let url = fields.address("url");
    let named = fields.line("file");
    if url.is_some() && named.is_some() {
        fields.wrong("url", "a material is either a link or a file, not both");
    }
    let file = named.and_then(|name| match attach(disk, &name) {
        Ok(file) => Some(file),
        Err(what) => {
            fields.wrong("file", what);
            None
        }
    });
    Details { url, file }
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.text("url", details.url.as_deref());
    let file = details.file.as_ref().map(|file| format!("files/{}", file.name));
    table.text("file", file.as_deref());
}

fn attach(disk: &Disk, named: &str) -> Result<Attachment, String> {
    let Some(name) = named.strip_prefix("files/").filter(|name| !name.contains('/')) else {
        return Err(format!("`{named}` leads out of the folder of attachments; they lie in `files/`"));
    };
    let path = disk.attachment(named)?;
    let read = |path: &Path| -> io::Result<(blake3::Hash, u64)> {
        let mut hasher = blake3::Hasher::new();
        let size = io::copy(&mut File::open(path)?, &mut hasher)?;
        Ok((hasher.finalize(), size))
    };
    let (digest, size) = read(&path).map_err(|error| format!("`{named}` cannot be read: {error}"))?;
    Ok(Attachment {
        name: name.to_owned(),
        media_type: media_type(name).to_owned(),
        size,
        digest: digest.to_hex().to_string(),
        path,
    })
}

/// The media type that a file's name promises. What is not known is bytes, and is only ever offered for keeping.
pub(super) fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("txt") => "text/plain",
        Some("md") => "text/markdown",
        Some("csv") => "text/csv",
        Some("pdf") => "application/pdf",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("pptx") => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("odt") => "application/vnd.oasis.opendocument.text",
        Some("odp") => "application/vnd.oasis.opendocument.presentation",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("mp3") => "audio/mpeg",
        Some("mp4") => "video/mp4",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}
