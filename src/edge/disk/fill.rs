//! The new site in a folder that has to stay where it is: file by file, in an order in which what is there works at any
//! moment. Pages find their assets, lists name pages that are there, and what is gone goes last.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::clear::clear;
use super::file;
use super::stage::{Made, StageError, notes_on};
use super::state::State;
use super::target::{MANIFEST, Target};
use crate::source::path::SitePath;

/// Moves the finished files into the target and takes away what only the last site had; gives notes on what is left.
pub fn fill(
    state: &State,
    site: &Path,
    target: &Target,
    made: &BTreeMap<SitePath, Made>,
    listed: &BTreeSet<String>,
    manifest: &str,
) -> Result<Vec<String>, StageError> {
    let new: BTreeSet<&str> = made.keys().map(SitePath::as_str).collect();
    let written = made.iter().filter(|(_, made)| **made == Made::Written).map(|(path, _)| path.as_str());
    let mut written: Vec<&str> = written.collect();
    written.sort_by_key(|path| (rank(path), *path));
    refuse_latecomers(target, &written, listed)?;
    let gone: Vec<&str> = listed.iter().map(String::as_str).filter(|path| !new.contains(path)).collect();
    // Until all is done the list names the files of both sites, so that a build after a kill knows them all for ours.
    let both: String = new.iter().chain(&gone).flat_map(|path| [path, "\n"]).collect();
    let list = target.path.join(MANIFEST);
    state.write_manifest(&list, both.as_bytes())?;
    let mut stuck = Vec::new();
    gone.iter().filter(|path| is_in_the_way(path, &new)).for_each(|path| stuck.extend(remove(&target.path, path)));
    for path in written {
        let (from, to) = (site.join(path), target.path.join(path));
        let _ = fs::remove_dir(&to); // an empty folder stands in nobody's way
        let moved = if listed.contains(path) {
            file::in_folder(&to, || fs::rename(&from, &to))
        } else {
            file::move_to_free(&from, &to)
        };
        moved.map_err(|error| StageError::failed("cannot write", &to, &error))?;
    }
    gone.iter().filter(|path| !is_in_the_way(path, &new)).for_each(|path| stuck.extend(remove(&target.path, path)));
    if stuck.is_empty() {
        state.write_manifest(&list, manifest.as_bytes())?;
    }
    let left = clear(site, &|_| false);
    stuck.extend(notes_on(site, &left, &target.path));
    Ok(stuck)
}

/// What others lead to comes first: assets, pages, then lists of pages and the front page.
fn rank(path: &str) -> u8 {
    match path.split_once('/') {
        Some(("assets", _)) => 0,
        Some(_) if path.ends_with(".html") => 1,
        _ => 2,
    }
}

/// Files that appeared since the build began stand where new ones have to go.
fn refuse_latecomers(target: &Target, written: &[&str], listed: &BTreeSet<String>) -> Result<(), StageError> {
    let late = written.iter().filter(|path| !listed.contains(**path));
    let late = late.filter(|path| fs::symlink_metadata(target.path.join(path)).is_ok_and(|found| !found.is_dir()));
    super::target::refuse_foreign(&target.shown, &late.map(|path| (*path).to_owned()).collect())
}

/// Whether an old file stands where the new site has a folder, or the other way round.
fn is_in_the_way(old: &str, new: &BTreeSet<&str>) -> bool {
    let folder = format!("{old}/");
    let below = new.range(folder.as_str()..).next().is_some_and(|path| path.starts_with(&folder));
    below || old.match_indices('/').any(|(at, _)| new.contains(&old[..at]))
}

/// Takes a file away and the folders that are empty without it; says what could not go.
fn remove(target: &Path, path: &str) -> Option<String> {
    let file = target.join(path);
    file::stamp(&file)?;
    match fs::remove_file(&file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Some(format!(
                "{} could not be taken away: {}. It is no part of the site any more; take it away",
                file.display(),
                super::reason(&error)
            ));
        }
        _ => {}
    }
    let folders = file.ancestors().skip(1).take_while(|folder| *folder != target);
    folders.map_while(|folder| fs::remove_dir(folder).ok()).for_each(drop);
    None
}
