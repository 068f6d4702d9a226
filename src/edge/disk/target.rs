//! The folder that a site is written into: where it really is, how it can be replaced, and what stands in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::stage::StageError;
use super::{file, reason};
use crate::source::path::SitePath;

/// The file that lists what a build wrote, at the top of the site. A line is a path, and behind a tab whatever a build
/// wants to know of it again.
pub const MANIFEST: &str = ".rahnuma-manifest";

/// The folder for the next site in a target that has to stay where it is.
const INSIDE: &str = ".rahnuma";

/// The largest list of files that is read.
const MAX_MANIFEST: u64 = 1024 * 1024 * 1024;

/// A folder to write a site into.
pub struct Target {
    /// Where it really is; the folder itself may not be there yet.
    pub path: PathBuf,
    /// The folder above it.
    pub parent: PathBuf,
    /// As people named it.
    pub shown: String,
    /// Whether it has to stay where it is, so that its files are replaced one by one.
    pub inside: bool,
}

impl Target {
    /// Finds the folder and how it can be replaced.
    pub fn find(given: &Path) -> Result<Self, StageError> {
        let shown = given.display().to_string();
        let refuse = |why: &str| Err(StageError::new(format!("{shown} cannot be the output folder: {why}")));
        if given.is_symlink() || given.components().collect::<PathBuf>().is_symlink() {
            return refuse("it is a link. Name the folder that it leads to");
        }
        let path = match resolve(given) {
            Ok(path) => path,
            Err(error) => return refuse(&reason(&error)),
        };
        let Some(parent) = path.parent().map(Path::to_owned) else {
            return refuse("it is the top of the file system. Name a folder in it");
        };
        let there = path.exists();
        if there && !path.is_dir() {
            return refuse("it is not a folder");
        }
        if there && !may_change(&path) {
            return refuse("it may not be changed. Mend its permissions, or choose another with --output-dir");
        }
        let inside = there && (is_mount_point(&path, &parent) || !may_change(&parent) || is_inhabited(&path));
        Ok(Self { path, parent, shown, inside })
    }

    /// The same folder as one that has to stay where it is.
    pub fn within(&self) -> Self {
        Self { path: self.path.clone(), parent: self.parent.clone(), shown: self.shown.clone(), inside: true }
    }

    /// The folder in which the next site is made, and which keeps what later builds want to know.
    pub fn state_folder(&self) -> PathBuf {
        if self.inside {
            return self.path.join(INSIDE);
        }
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.parent.join(format!(".{name}.rahnuma"))
    }

    /// Files in the target that no build listed, as paths below it.
    pub fn unlisted(&self, listed: &BTreeSet<String>) -> Result<BTreeSet<String>, StageError> {
        let mut unlisted = BTreeSet::new();
        if !self.path.exists() {
            return Ok(unlisted);
        }
        // The top of a file system may hold a folder of the system's own, which nobody may look into.
        let own = |name: &std::ffi::OsStr| self.inside && (name == INSIDE || name == "lost+found");
        let walk = WalkDir::new(&self.path).into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() != 1 || !own(entry.file_name())) {
            let entry = entry.map_err(|error| {
                let why = error.io_error().map_or_else(|| error.to_string(), reason);
                StageError::new(format!("{} cannot be looked through: {why}", self.shown))
            })?;
            let kind = entry.file_type();
            let name = entry.path().strip_prefix(&self.path).unwrap_or(entry.path()).to_string_lossy();
            // A build writes ordinary files only: a link at their place is somebody else's.
            if !kind.is_dir() && !(kind.is_file() && (name == MANIFEST || listed.contains(name.as_ref()))) {
                unlisted.insert(name.into_owned());
            }
        }
        Ok(unlisted)
    }
}

/// The files that a site's manifest lists; none when there is no such list. What is no path inside the site is no line.
pub fn listed(site: &Path) -> Option<BTreeSet<String>> {
    let bytes = file::read(&site.join(MANIFEST), MAX_MANIFEST).ok()??;
    let text = String::from_utf8_lossy(&bytes);
    Some(text.lines().map(path_of).filter(|line| SitePath::new(line).is_ok()).map(str::to_owned).collect())
}

/// What a site's manifest says of its files besides their paths.
pub fn noted(site: &Path) -> BTreeMap<String, String> {
    let bytes = file::read(&site.join(MANIFEST), MAX_MANIFEST).ok().flatten().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let noted = text.lines().filter_map(|line| line.split_once('\t'));
    noted.map(|(path, note)| (path.to_owned(), note.to_owned())).collect()
}

/// The path of a line of the manifest.
pub fn path_of(line: &str) -> &str {
    line.split_once('\t').map_or(line, |(path, _)| path)
}

/// Says that files no build wrote stand in the way.
pub fn refuse_foreign(shown: &str, foreign: &BTreeSet<String>) -> Result<(), StageError> {
    if foreign.is_empty() {
        return Ok(());
    }
    let first: Vec<&str> = foreign.iter().take(5).map(String::as_str).collect();
    let more = if foreign.len() > first.len() { ", …" } else { "" };
    Err(StageError::new(format!(
        "{shown} holds files that no build wrote: {}{more}; they were left alone. Move them away, or choose another \
        folder with --output-dir",
        first.join(", ")
    )))
}

/// Where a path really leads, as far as it is there: links and `..` resolved.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(real.pop()),
            part => {
                real.push(part);
                match fs::canonicalize(&real) {
                    Ok(there) => real = there,
                    Err(error) if error.kind() == io::ErrorKind::NotFound && !real.is_symlink() => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(real)
}

/// Whether entries may be added and taken away there.
#[cfg(unix)]
fn may_change(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn may_change(_: &Path) -> bool {
    true
}

/// Whether a file system begins at the folder: it cannot be renamed then.
#[cfg(unix)]
fn is_mount_point(path: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    #[cfg(target_os = "linux")]
    {
        // Finds a folder bound onto itself, too, whose device is its parent's.
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        let found = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS);
        if found.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)) {
            return true;
        }
    }
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    device(path) != device(parent)
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Path) -> bool {
    false
}

/// Whether the program itself was started in the folder: whoever did would be left in the old site, which goes.
fn is_inhabited(path: &Path) -> bool {
    std::env::current_dir().and_then(fs::canonicalize).is_ok_and(|here| here.starts_with(path))
}
