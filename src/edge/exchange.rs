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

/// The text of a file.
///
/// # Errors
/// When it cannot be read, is far too large, or is no UTF-8.
pub fn read(path: &Path) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {}", path.display(), reason(&error));
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > MAX_BYTES {
        return Err(format!("{} is too large: {size} bytes, more than the {MAX_BYTES} of such a file", path.display()));
    }
    let bytes = fs::read(path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| format!("{} is not saved as UTF-8", path.display()))
}
