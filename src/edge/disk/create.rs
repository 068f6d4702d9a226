//! Files that were not there before: those of a new site, and others that the program makes on demand.

use std::fs;
use std::path::Path;

use super::reason;

/// Writes the files of a new site into a folder that is not there or empty.
///
/// # Errors
/// When the folder holds anything, or the disk refuses.
pub fn create(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), String> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(format!("{} is not empty; nothing was written", folder.display()));
    }
    put(folder, files)
}

/// Writes files into a folder, in place of those of the same names.
///
/// # Errors
/// When the disk refuses.
pub fn put<T: AsRef<[u8]>>(folder: &Path, files: &[(&str, T)]) -> Result<(), String> {
    for (name, bytes) in files {
        let path = folder.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes.as_ref()));
        made.map_err(|error| format!("cannot write {}: {}", path.display(), reason(&error)))?;
    }
    Ok(())
}
