//! One file on the disk: opened without following links, read within a limit, known again by its stamp.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What tells whether a file is still the one that was seen: its length, when it was written, and which file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileStamp {
    /// Bytes.
    pub length: u64,
    /// When it was last written, in nanoseconds since 1970; earlier is negative.
    pub modified: i128,
    /// The file's number on its file system; 0 where there are none.
    pub inode: u64,
}

impl FileStamp {
    /// The stamp of a file.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: modified(metadata), inode: inode(metadata) }
    }
}

fn modified(metadata: &Metadata) -> i128 {
    let nanoseconds = |duration: std::time::Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
    metadata.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    })
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// The stamp of an ordinary file; nothing for anything else, a link among it.
pub fn stamp(path: &Path) -> Option<FileStamp> {
    fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|metadata| FileStamp::of(&metadata))
}

/// Opens a file or folder for reading, but no link, and without waiting for the other end of a pipe.
#[cfg(unix)]
pub fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

/// Opens a file for reading.
#[cfg(not(unix))]
pub fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// The bytes of an ordinary file; nothing for anything else, and for more bytes than the limit.
pub fn read(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() || metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Whether an ordinary file holds exactly these bytes.
pub fn holds(path: &Path, bytes: &[u8]) -> bool {
    let length = bytes.len() as u64;
    // Most files that differ differ in length; those are not opened.
    stamp(path).is_some_and(|stamp| stamp.length == length)
        && read(path, length).is_ok_and(|found| found.as_deref() == Some(bytes))
}

/// Writes a file that must not be there yet; makes the folders above it.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<FileStamp> {
    let mut file = in_folder(path, || File::create_new(path))?;
    let written = file.write_all(bytes).and_then(|()| file.metadata());
    // Half a file is nobody's.
    let metadata = written.inspect_err(|_| drop(fs::remove_file(path)))?;
    Ok(FileStamp::of(&metadata))
}

/// Does what needs the folder above a path; makes that folder when it turns out not to be there.
pub fn in_folder<T>(path: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (act(), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            act()
        }
        (done, _) => done,
    }
}

/// Moves a file to a place where nothing may stand yet; makes the folders above it.
pub fn move_to_free(from: &Path, to: &Path) -> io::Result<()> {
    in_folder(to, || rename_to_free(from, to))
}

fn rename_to_free(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            done => return Ok(done?),
        }
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}
