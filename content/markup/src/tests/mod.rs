//! Tests of the whole way from Markdown to HTML.

mod conformance;
mod dom;
mod hostile;
mod limits;
mod properties;
mod texts;

use std::path::PathBuf;

/// The path of a file or folder of test data; none, with a line that says so, where it is not
/// there. The data lies in `$PLENARY_TEST_DATA`, else beside the repository.
fn data(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PLENARY_TEST_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let path = folder.join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}
