//! Whether a target would write into the sources of a site, or swallow them.

use std::path::Path;

use super::read::FOLDERS;
use super::target::resolve;
use super::walk::Walk;

/// The folder of sources that a target lies in or around, after links and `..` are resolved.
#[must_use]
pub fn overlap(target: &Path, root: &Path) -> Option<String> {
    let target = resolve(target).ok()?;
    let overlaps = |source: &Path| target.starts_with(source) || source.starts_with(&target);
    let root = resolve(root).ok()?;
    // Also where a folder of sources is not there yet.
    if let Some(folder) = FOLDERS.iter().find(|folder| overlaps(&root.join(folder))) {
        return Some((*folder).to_owned());
    }
    let sources = Walk::through(&root, FOLDERS).ok()?.folders;
    let found = sources.iter().find(|source| overlaps(source))?;
    Some(found.strip_prefix(&root).unwrap_or(found).display().to_string())
}
