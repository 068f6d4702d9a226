//! The edge to the file system: a folder into a source tree, a compiled site into a folder.
//!
//! Writing is staged in a hidden folder beside the target and swapped in at the end, so that a build that fails or is
//! killed leaves the last good site as it was.

#![expect(clippy::disallowed_methods, reason = "this module is the edge to the file system")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use walkdir::WalkDir;

use crate::budget;
use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic, Place};
use crate::output;
use crate::path::SourcePath;
use crate::plan::Route;
use crate::render::Weights;
use crate::tree::SourceTree;

/// The file that lists what a build wrote, at the top of the site.
pub const MANIFEST: &str = ".rahnuma-manifest";

/// The largest file that is read at all, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What writing a site did.
#[derive(Debug, Default)]
pub struct Written {
    /// Pages by the first part of their path, the chooser and the root 404 under an empty one.
    pub pages: BTreeMap<String, usize>,
    /// Files that are no pages: assets, and data for programs.
    pub assets: usize,
    /// What each file weighs.
    pub weights: Weights,
    /// What only making the site found, such as pages that are too heavy; none of it an error.
    pub found: Vec<Diagnostic>,
}

/// Why a site was not written.
#[derive(Debug)]
pub enum NotWritten {
    /// The content has errors; those that only rendering found are here.
    Content(Vec<Diagnostic>),
    /// The target is not ours to replace, or the disk refused.
    Disk(String),
}

/// Reads the site below a folder. What cannot be read is reported and left out.
#[must_use]
pub fn read(root: &Path) -> (SourceTree, Vec<Diagnostic>) {
    let mut tree = SourceTree::default();
    let mut found = Vec::new();
    for folder in ["content", "themes"] {
        if root.join(folder).exists() {
            read_below(root, folder, &mut tree, &mut found);
        }
    }
    (tree, found)
}

fn read_below(root: &Path, folder: &str, tree: &mut SourceTree, found: &mut Vec<Diagnostic>) {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(root.join(folder)).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !hidden(entry.file_name())) {
        let (path, problem) = match &entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) if !entry.file_type().is_file() => {
                (entry.path().to_owned(), Some("it is no ordinary file".into()))
            }
            Ok(entry) => (entry.path().to_owned(), None),
            Err(error) => (error.path().unwrap_or(root).to_owned(), Some(why(error))),
        };
        let inside = path.strip_prefix(root).unwrap_or(&path);
        let Some(source) = inside.to_str().and_then(|text| SourcePath::new(text).ok()) else {
            let shown = inside.to_string_lossy().replace(['\u{FFFD}', '\\'], "?");
            let near = SourcePath::new(&shown).unwrap_or_else(|_| root_of(folder));
            found.push(
                Diagnostic::new(
                    Code::BadFileName,
                    Place::file(&near),
                    format!("the name of {shown} is not plain text"),
                )
                .help("rename it with a-z, 0-9 and hyphens"),
            );
            continue;
        };
        let read = match problem {
            Some(problem) => Err(problem),
            None => read_file(&path),
        };
        match read {
            Ok(bytes) => tree.insert(source, bytes),
            Err(problem) => found.push(unreadable(&source, &problem)),
        }
    }
}

fn root_of(folder: &str) -> SourcePath {
    SourcePath::new(folder).unwrap_or_else(|_| unreachable!("a literal path"))
}

fn why(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "it is a link that leads back to a folder above it".into();
    }
    error.io_error().map_or_else(|| error.to_string(), reason)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission was denied".into(),
        io::ErrorKind::NotFound => "it is a link to nothing".into(),
        _ => error.to_string(),
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let length = fs::metadata(path).map_err(|error| reason(&error))?.len();
    if length > MAX_BYTES {
        return Err(format!("it has {} MB, more than the 16 MB a file may have", length / 1024 / 1024));
    }
    fs::read(path).map_err(|error| reason(&error))
}

fn unreadable(file: &SourcePath, problem: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, Place::file(file), format!("{file} cannot be read: {problem}"))
        .help("mend it or take it away; a file that cannot be read could be missing from the site unseen")
}

/// Makes every file in `target`'s place and swaps the finished site in. `progress` is told how many of how many files are
/// done. A `strict` build is refused for what otherwise is only told.
///
/// # Errors
/// When a template fails, when `target` holds files that no build wrote, or when the disk refuses. `target` is then as
/// it was.
pub fn write(
    compiled: &Compiled,
    target: &Path,
    strict: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written, NotWritten> {
    check_target(target)?;
    let staging = Staging::begin(target).map_err(NotWritten::Disk)?;
    make_folders(compiled, &staging.site)?;
    let weights = make_files(compiled, &staging.site, progress)?;
    let found = budget::findings(compiled, &weights);
    if strict && !found.is_empty() {
        return Err(NotWritten::Content(found));
    }
    let manifest = staging.site.join(MANIFEST);
    let listed: Vec<&str> = compiled.routes().map(|(path, _)| path.as_str()).collect();
    fs::write(&manifest, listed.join("\n") + "\n").map_err(refused("cannot write", &manifest))?;
    swap(&staging.site, target).map_err(refused("cannot replace", target))?;
    Ok(counted(compiled, weights, found))
}

fn refused(what: &str, path: &Path) -> impl FnOnce(io::Error) -> NotWritten {
    let what = format!("{what} {}", path.display());
    move |error| NotWritten::Disk(format!("{what}: {}", reason(&error)))
}

fn make_folders(compiled: &Compiled, site: &Path) -> Result<(), NotWritten> {
    let folders: BTreeSet<PathBuf> =
        compiled.routes().filter_map(|(path, _)| site.join(path.as_str()).parent().map(Path::to_owned)).collect();
    folders.iter().try_for_each(|folder| fs::create_dir_all(folder).map_err(refused("cannot make", folder)))
}

fn make_files(
    compiled: &Compiled,
    site: &Path,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Weights, NotWritten> {
    let (done, all) = (AtomicUsize::new(0), compiled.routes().count());
    let problem = Mutex::new(None);
    let weights = output::make(compiled, &|path, file| {
        if let Err(error) = fs::write(site.join(path.as_str()), &file.bytes) {
            *lock(&problem) = Some(format!("cannot write {path}: {}", reason(&error)));
        }
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
    })
    .map_err(NotWritten::Content)?;
    if let Some(problem) = lock(&problem).take() {
        return Err(NotWritten::Disk(problem));
    }
    match compiled.routes().find(|(path, _)| !weights.contains_key(path)) {
        Some((path, _)) => {
            Err(NotWritten::Disk(format!("{path} was planned and not made; this is a fault of the program")))
        }
        None => Ok(weights),
    }
}

fn counted(compiled: &Compiled, weights: Weights, found: Vec<Diagnostic>) -> Written {
    let mut written = Written { weights, found, ..Written::default() };
    for (path, route) in compiled.routes() {
        match route {
            Route::Asset(_) | Route::Data(_) => written.assets += 1,
            _ => {
                let folder = path.as_str().split_once('/').map_or("", |(locale, _)| locale);
                *written.pages.entry(folder.to_owned()).or_default() += 1;
            }
        }
    }
    written
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A target may be replaced when it is not there, empty, or holds only what a build wrote.
fn check_target(target: &Path) -> Result<(), NotWritten> {
    if fs::symlink_metadata(target).is_err() {
        return Ok(());
    }
    let refuse = |text: String| Err(NotWritten::Disk(text));
    if !target.is_dir() || target.is_symlink() {
        return refuse(format!("{} is not a folder", target.display()));
    }
    let listed = fs::read_to_string(target.join(MANIFEST)).unwrap_or_default();
    let ours: BTreeSet<&str> = listed.lines().chain([MANIFEST]).collect();
    let entries: Result<Vec<_>, _> = WalkDir::new(target).sort_by_file_name().into_iter().collect();
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return refuse(format!("{} cannot be looked through: {}", target.display(), why(&error))),
    };
    let files = entries.iter().filter(|entry| !entry.file_type().is_dir());
    let foreign: Vec<String> = files
        .filter_map(|entry| Some(entry.path().strip_prefix(target).ok()?.to_string_lossy().into_owned()))
        .filter(|name| !ours.contains(name.as_str()))
        .take(6)
        .collect();
    if foreign.is_empty() {
        return Ok(());
    }
    let more = if foreign.len() > 5 { ", …" } else { "" };
    refuse(format!(
        "{} holds files that no build wrote: {}{more}; they were left alone. Move them away, or choose another folder with --output-dir",
        target.display(),
        foreign[..foreign.len().min(5)].join(", ")
    ))
}

/// The hidden folder beside the target in which the next site is made. Only one build at a time holds it.
struct Staging {
    folder: PathBuf,
    site: PathBuf,
    _lock: File,
}

impl Staging {
    fn begin(target: &Path) -> Result<Self, String> {
        let absolute = std::path::absolute(target).map_err(|error| reason(&error))?;
        let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(format!("{} cannot be an output folder", target.display()));
        };
        let folder = parent.join(format!(".{}.rahnuma", name.to_string_lossy()));
        let refused = |error: io::Error| format!("cannot make {}: {}", folder.display(), reason(&error));
        fs::create_dir_all(&folder).map_err(refused)?;
        let lock = File::open(&folder).map_err(refused)?;
        // The folder may have been taken away and made anew between opening and locking; then this lock holds nothing.
        if lock.try_lock().is_err() || !same_folder(&lock, &folder) {
            return Err(format!("another build is writing {}", target.display()));
        }
        let site = folder.join("site");
        if site.exists() {
            fs::remove_dir_all(&site).map_err(refused)?; // left by a build that was killed
        }
        fs::create_dir(&site).map_err(refused)?;
        Ok(Self { site, folder, _lock: lock })
    }
}

#[cfg(unix)]
fn same_folder(held: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let ids = |metadata: io::Result<fs::Metadata>| metadata.map(|metadata| (metadata.dev(), metadata.ino())).ok();
    ids(held.metadata()).is_some_and(|own| ids(fs::metadata(path)) == Some(own))
}

#[cfg(not(unix))]
fn same_folder(_: &File, _: &Path) -> bool {
    true
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays behind does no harm: the next build clears it away.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Puts the new site in the place of the old one, at once where the system can exchange two folders.
fn swap(site: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(site, target);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, site, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let old = site.with_file_name("old");
    fs::rename(target, &old)?;
    fs::rename(site, target).inspect_err(|_| {
        let _ = fs::rename(&old, target);
    })
}

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
