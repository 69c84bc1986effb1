//! Folders that are well formed, and folders that are not.

mod bundled;
