//! Files under names that change with their content.

use crate::Failed;
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// The folder that becomes part of the binary.
pub(crate) struct Site {
    folder: PathBuf,
}

impl Site {
    /// A new one, nothing in it.
    pub(crate) fn empty(folder: &str) -> Result<Self, Failed> {
        let folder = PathBuf::from(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Writes a file and says its address.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Result<String, Failed> {
        let (stem, extension) = name.rsplit_once('.').ok_or("a file without an extension")?;
        let name = format!("{stem}.{}.{extension}", &blake3::hash(content).to_hex()[..16]);
        fs::write(self.folder.join(&name), content)?;
        // A woff2 is brotli inside.
        if extension != "woff2" {
            fs::write(self.folder.join(format!("{name}.br")), brotli(content)?)?;
            fs::write(self.folder.join(format!("{name}.gz")), gzip(content)?)?;
        }
        Ok(format!("/assets/{name}"))
    }

    /// Writes what is called what.
    pub(crate) fn finish(self, manifest: &Value) -> Result<(), Failed> {
        Ok(fs::write(Path::new(&self.folder).join("manifest.json"), serde_json::to_vec_pretty(manifest)?)?)
    }
}

fn brotli(content: &[u8]) -> Result<Vec<u8>, Failed> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut out, &parameters)?;
    Ok(out)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>, Failed> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(content)?;
    Ok(out.finish()?)
}
