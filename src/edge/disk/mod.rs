//! The disk: a folder into a source tree, a compiled site into a folder.
//!
//! Nothing outside the folders that were named is read, followed, written or deleted, and only what a build wrote is ever
//! taken away. What cannot be done is said before the work begins, and the last good site stays as it was.

mod apply;
mod clear;
mod create;
mod file;
mod fill;
mod folder;
mod memory;
mod noted;
mod overlap;
mod parts;
mod read;
mod stage;
mod state;
mod swap;
mod target;
mod verify;
mod walk;
mod write;

pub use apply::{Change, apply};
pub use create::{create, put};
pub use file::FileStamp;
pub use folder::Folder;
pub use memory::{Memory, remembered};
pub use overlap::overlap;
pub use parts::Parts;
pub use read::{FOLDERS, read};
pub use stage::{Committed, Stage, StageError};
pub use target::MANIFEST;
pub use verify::{Difference, Verified, built, hashes, read_file, verify};
pub use write::{How, NotWritten, Portion, Written, write};

use std::io;

/// Why the system refused, in words.
pub(crate) fn reason(error: &io::Error) -> String {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) {
        return "it is a link that leads to itself".into();
    }
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission was denied".into(),
        io::ErrorKind::NotFound => "it is not there".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::QuotaExceeded => "your share of the disk is used up".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system takes no changes".into(),
        io::ErrorKind::NotADirectory => "a file stands where a folder should be".into(),
        _ => error.to_string(),
    }
}
