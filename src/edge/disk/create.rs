//! The files of a new site into a new folder.

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
    for (name, bytes) in files {
        let path = folder.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        made.map_err(|error| format!("cannot write {}: {}", path.display(), reason(&error)))?;
    }
    Ok(())
}
