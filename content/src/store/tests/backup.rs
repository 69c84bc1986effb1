//! A backup comes back whole, or not at all.

use super::*;
use crate::{
    accounts,
    folder::{Import, import},
    gate::{Viewer, Who, drifted},
    store::{BackupFailure, Location, backup, restore, trial::sqlite},
};
use jiff::Timestamp;
use std::os::unix::fs::PermissionsExt;

async fn example(test: &TestStore) {
    let folders = [Path::new(env!("CARGO_MANIFEST_DIR")).join("seminars/example")];
    let what = Import { folders: &folders, prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
    import(&test.store, &Viewer::command_line(), &what).await.expect("answered").expect("imported");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[tokio::test]
async fn a_store_comes_back_as_it_was_while_it_was_served_without_what_signs_somebody_in() {
    let test = sqlite().await;
    example(&test).await;
    let now = Timestamp::now();
    accounts::set_up(&test.store, now).await.expect("answered").expect("a link");
    let kept = accounts::Kept {
        key: "zlatokosa",
        who: None,
        data: "{}".into(),
        device: "",
        rights: None,
        expires_at: i64::MAX,
    };
    accounts::begin_sign_in(&test.store, kept, now).await.expect("begun");
    let places = tempfile::tempdir().expect("a folder");
    let (file, to) = (places.path().join("a.plenary"), places.path().join("data"));
    // While somebody writes.
    let writes = async {
        for number in 0..20 {
            let key = format!("other{number}");
            let kept = accounts::Kept {
                key: &key,
                who: None::<Who>,
                data: "{}".into(),
                device: "",
                rights: None,
                expires_at: i64::MAX,
            };
            accounts::begin_sign_in(&test.store, kept, now).await.expect("begun");
        }
    };
    let (made, ()) = futures::future::join(backup(test.folder.path(), &file), writes).await;
    let made = made.expect("backed up");
    assert!(made.files > 0 && made.missing.is_empty(), "{made:?}");
    assert_eq!((mode(&file), fs::metadata(&file).expect("there").len()), (0o600, made.bytes));
    let bytes = fs::read(&file).expect("read");
    assert!(!bytes.windows(9).any(|part| part == b"zlatokosa"), "no session is in it");
    assert_eq!(fs::read_dir(places.path()).expect("read").count(), 1, "nothing is left beside it");
    assert!(matches!(backup(test.folder.path(), &file).await, Err(BackupFailure::There(_))));

    let back = restore(&file, &to).await.expect("restored");
    assert_eq!((back.bytes, back.files), (made.bytes, made.files));
    assert_eq!((mode(&to), mode(&to.join("plenary.sqlite3"))), (0o700, 0o600));
    let restored = Store::open(&to, &Location::Embedded).await.expect("opened");
    for table in ["thing", "text", "contribution", "file", "audit", "change"] {
        let all = format!("SELECT 1 FROM {table}");
        let (before, after) =
            (rows(test.store.write(), &all, "").await.len(), rows(restored.write(), &all, "").await.len());
        assert!(before > 0 && before == after, "{table}: {before} {after}");
    }
    assert_eq!(drifted(&restored).await.expect("read"), []);
    for table in ["sign_in", "link", "device", "door"] {
        let count = rows(restored.write(), &format!("SELECT 1 FROM {table}"), "").await.len();
        assert_eq!(count, 0, "{table}");
    }
    assert!(matches!(restore(&file, &to).await, Err(BackupFailure::NotEmpty(_))));
}

#[tokio::test]
async fn what_was_cut_or_altered_is_refused_whole() {
    let test = sqlite().await;
    example(&test).await;
    let places = tempfile::tempdir().expect("a folder");
    let (file, odd, to) = (places.path().join("a"), places.path().join("b"), places.path().join("data"));
    backup(test.folder.path(), &file).await.expect("backed up");
    let bytes = fs::read(&file).expect("read");
    let refused = async |bytes: &[u8], what: &str| {
        fs::write(&odd, bytes).expect("written");
        let refused = restore(&odd, &to).await;
        assert!(matches!(refused, Err(BackupFailure::Odd(..))), "{what}: {refused:?}");
        assert!(!to.exists() && fs::read_dir(places.path()).expect("read").count() == 2, "{what}: nothing is left");
    };
    for length in [0, 1, 31, 32, 33, 512, 1024, bytes.len() / 2, bytes.len() - 32, bytes.len() - 1] {
        refused(&bytes[..length], &format!("{length} bytes")).await;
    }
    for at in (0..bytes.len()).step_by(bytes.len() / 20) {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        refused(&altered, &format!("byte {at}")).await;
    }
    refused(&[&bytes[..], b"x"].concat(), "one more").await;
    // Nor one that has its hash and holds what it should not.
    let hostile = |name: &str, link: bool| {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.as_gnu_mut().expect("gnu").name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(if link { 0 } else { 4 });
        header.set_mode(0o777);
        if link {
            header.set_entry_type(tar::EntryType::Symlink);
            header.set_link_name("/etc").expect("a name");
        }
        header.set_cksum();
        archive.append(&header, if link { &b""[..] } else { &b"text"[..] }).expect("appended");
        let mut bytes = archive.into_inner().expect("whole");
        bytes.extend(blake3::hash(&bytes).as_bytes());
        bytes
    };
    let digest = "0".repeat(64);
    for (name, link) in [
        ("../escaped", false),
        ("/tmp/escaped", false),
        ("files/../../escaped", false),
        (&format!("files/{digest}"), false),
        ("files/x", false),
        ("files", true),
        ("plenary.sqlite3", true),
        ("plenary.json", false),
        ("plenary.sqlite3", false),
    ] {
        refused(&hostile(name, link), name).await;
    }
    assert!(!Path::new("/tmp/escaped").exists());
    let nothing = restore(&places.path().join("nothing"), &to).await;
    assert!(matches!(nothing, Err(BackupFailure::Disk(_))));
    assert!(matches!(backup(places.path(), &odd).await, Err(BackupFailure::NoStore(_))));
}
