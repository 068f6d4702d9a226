//! Files of translators, which stand outside of the site.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::reason;

/// The largest file that is read.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The file to write: the one named, or one of this name in the folder named.
#[must_use]
pub fn target(to: &Path, name: &str) -> PathBuf {
    if to.is_dir() { to.join(name) } else { to.to_owned() }
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read, or is far too large.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {}", path.display(), reason(&error));
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > MAX_BYTES {
        return Err(format!("{} is too large: {size} bytes, more than the {MAX_BYTES} of such a file", path.display()));
    }
    fs::read(path).map_err(failed)
}
