//! Takes away what a build wrote, and nothing else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::target::MANIFEST;
use super::{file, reason};

/// What is left of a folder that was cleared, as paths below it.
#[derive(Debug, Default)]
pub struct Left {
    /// Files that no build wrote.
    pub foreign: Vec<PathBuf>,
    /// What a build wrote and could not be taken away, with the reason.
    pub stuck: Vec<(PathBuf, String)>,
}

/// Takes the files that are `ours` out of a folder, then every folder that is empty, itself among them. Links are not
/// followed and belong to somebody else: a build makes none.
pub fn clear(folder: &Path, ours: &dyn Fn(&str) -> bool) -> Left {
    let mut left = Left::default();
    // The list of what is ours goes last: a build that is killed here leaves the next one knowing what to take away.
    let last = |name: &std::ffi::OsStr| (name == MANIFEST, name.to_owned());
    let walk = WalkDir::new(folder).follow_root_links(false).contents_first(true);
    for entry in walk.sort_by_key(move |entry| last(entry.file_name())) {
        let (path, done, is_file) = match &entry {
            Ok(entry) if entry.file_type().is_dir() => (entry.path(), fs::remove_dir(entry.path()), false),
            Ok(entry) => {
                let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                if !entry.file_type().is_file() || !inside.to_str().is_some_and(ours) {
                    left.foreign.push(inside.to_owned());
                    continue;
                }
                if inside == Path::new(MANIFEST) && !left.stuck.is_empty() {
                    continue;
                }
                (entry.path(), fs::remove_file(entry.path()), true)
            }
            Err(error) => {
                let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
                (error.path().unwrap_or(folder), Err(kind.into()), true)
            }
        };
        match done {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // It says enough what stands in the folder.
            Err(error) if !is_file && error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            Err(error) => {
                left.stuck.push((path.strip_prefix(folder).unwrap_or(path).to_owned(), reason(&error)));
            }
            Ok(()) => {}
        }
    }
    left
}

/// Moves files that no build wrote out of a folder to the same place in the target; says where each is now.
pub fn move_back(folder: &Path, foreign: &[PathBuf], target: &Path) -> Vec<String> {
    let moved = |name: &PathBuf| {
        let (from, to) = (folder.join(name), target.join(name));
        let kept = if file::move_to_free(&from, &to).is_ok() { to } else { from };
        format!(
            "{} is no file of the site: somebody put it there while the site was made. It was kept as {}",
            name.display(),
            kept.display()
        )
    };
    let notes = foreign.iter().map(moved).collect();
    clear(folder, &|_| false);
    notes
}

/// One line on what could not be taken away.
pub fn stuck_note(folder: &Path, stuck: &[(PathBuf, String)]) -> Option<String> {
    let (first, reason) = stuck.first()?;
    let more = if stuck.len() > 1 { format!(" and {} more", stuck.len() - 1) } else { String::new() };
    Some(format!(
        "{}{more} could not be taken away: {reason}. It is a remnant of an earlier build and no part of the site; take it away \
        when you can",
        folder.join(first).display()
    ))
}
