//! The new site in the place of the old one, at once where the system can exchange two folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::clear::clear;
use super::stage::{Made, StageError, notes_on};
use super::state::State;
use super::target::{MANIFEST, Target};
use crate::source::path::SitePath;

/// Swaps the finished site in and takes the old one away, as far as a build wrote it; gives notes on the rest.
pub fn swap(
    state: &State,
    site: &Path,
    target: &Target,
    made: &BTreeMap<SitePath, Made>,
    listed: &BTreeSet<String>,
    manifest: &str,
) -> Result<Vec<String>, StageError> {
    state.write_manifest(&site.join(MANIFEST), manifest.as_bytes())?;
    let old = exchange(state, site, &target.path).inspect_err(|_| {
        let _ = fs::remove_file(site.join(MANIFEST));
    })?;
    let Some(old) = old else { return Ok(Vec::new()) };
    // What stood there unlisted and was not refused is what the new site has there, too.
    let healed = |name: &str| SitePath::new(name).is_ok_and(|path| made.get(&path) == Some(&Made::Kept));
    let left = clear(&old, &|name| name == MANIFEST || listed.contains(name) || healed(name));
    Ok(notes_on(&old, &left, &target.path))
}

/// Where the old site lies now.
fn exchange(state: &State, site: &Path, target: &Path) -> Result<Option<PathBuf>, StageError> {
    let failed = |error: io::Error| StageError::failed("cannot replace", target, &error);
    if fs::symlink_metadata(target).is_err() {
        fs::rename(site, target).map_err(failed)?;
        return Ok(None);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, site, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(Some(site.to_owned())),
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            Err(error) => return Err(failed(error.into())),
        }
    }
    let old = state.free("old")?;
    fs::rename(target, &old).map_err(failed)?;
    fs::rename(site, target).map_err(failed).inspect_err(|_| {
        let _ = fs::rename(&old, target);
    })?;
    Ok(Some(old))
}
