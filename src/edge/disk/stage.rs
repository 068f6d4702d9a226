//! The next site while it is made: begin, put or keep each file, commit. Until it is committed, and when it never is, the
//! last good site stays as it was.
//!
//! Files that did not change are linked, not written: they keep their bytes, their number and the time they were written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use walkdir::WalkDir;

use super::clear::{self, clear};
use super::file::{self, FileStamp};
use super::state::{self, State};
use super::target::{self, Target};
use super::{fill, reason, swap};
use crate::source::path::SitePath;

/// Why a site was not written, in words for the one who builds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageError(String);

impl StageError {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    pub(super) fn failed(what: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("{what} {}: {}", path.display(), reason(error)))
    }
}

impl fmt::Display for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StageError {}

/// How a file of the next site came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    Written,
    /// It is the last site's own file.
    Kept,
}

/// What a commit did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that are the last site's own.
    pub kept: usize,
    /// What whoever builds the site has to know: files that were found, and what could not be taken away.
    pub notes: Vec<String>,
}

/// The next site of a target, which only one build at a time makes.
pub struct Stage {
    target: Target,
    /// The folder in which the site is made.
    site: PathBuf,
    journal_path: PathBuf,
    journal: File,
    /// What the last site's manifest lists.
    listed: BTreeSet<String>,
    /// What it says of some of them.
    noted: BTreeMap<String, String>,
    /// What else stands in the target: as long as it is not found to be what the new site has there too, it is not ours.
    unlisted: Mutex<BTreeSet<String>>,
    made: Mutex<BTreeMap<SitePath, Made>>,
    notes: Vec<String>,
    // Released last: until then no other build may look at the folders above.
    state: State,
}

impl Stage {
    /// Begins the next site of a target folder.
    ///
    /// # Errors
    /// When the target cannot be replaced, when another build is replacing it, when a link or strange files stand where the
    /// site would be made, or when the disk refuses.
    pub fn begin(target: &Path) -> Result<Self, StageError> {
        let target = Target::find(target)?;
        let state = State::begin(&target)?;
        let mut notes = state.heal(&target.path)?;
        notes.extend(state::clear_inner(&target)?);
        let listed = target::listed(&target.path).unwrap_or_default();
        let noted = target::noted(&target.path);
        let unlisted = Mutex::new(target.unlisted(&listed)?);
        let site = state.free("site")?;
        fs::create_dir(&site).map_err(|error| StageError::failed("cannot make", &site, &error))?;
        let journal_path = state.journal(&site);
        let opened = File::options().append(true).create(true).truncate(false).open(&journal_path);
        let journal = opened.map_err(|error| StageError::failed("cannot write", &journal_path, &error))?;
        let made = Mutex::default();
        Ok(Self { target, site, journal_path, journal, listed, noted, unlisted, made, notes, state })
    }

    /// What an earlier build remembered with [`Self::remember`] about a target; nothing on any doubt.
    #[must_use]
    pub fn remembered(target: &Path) -> Option<Vec<u8>> {
        state::read_cache(&Target::find(target).ok()?)
    }

    /// Keeps what the next build wants to know, such as the stamps of the files that were put. Worth doing before
    /// [`Self::commit`]: what is remembered of a site that was never finished fits no file and does no harm.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remember(&self, bytes: &[u8]) -> Result<(), StageError> {
        // Inside a target it would be published with the site.
        if self.target.inside {
            return Ok(());
        }
        self.state.write_cache(bytes)
    }

    /// Refuses at once what the commit would refuse: files in the target that are neither the last site's nor planned.
    ///
    /// # Errors
    /// When there are such files.
    pub fn refuse_foreign(&self, planned: impl Fn(&str) -> bool) -> Result<(), StageError> {
        let unlisted = lock(&self.unlisted);
        let foreign = unlisted.iter().filter(|name| !planned(name)).cloned().collect();
        target::refuse_foreign(&self.target.shown, &foreign)
    }

    /// Adds a file. When the last site has the same bytes there, its file is kept.
    ///
    /// # Errors
    /// When the disk refuses, or the file is there already.
    pub fn put(&self, path: &SitePath, bytes: &[u8]) -> Result<FileStamp, StageError> {
        let old = self.target.path.join(path.as_str());
        if file::holds(&old, bytes)
            && let Some(stamp) = file::stamp(&old)
            && self.keep(path, &stamp)
        {
            return Ok(stamp);
        }
        let new = self.site.join(path.as_str());
        let put = self.note_begun(path).and_then(|()| file::write_new(&new, bytes));
        let stamp = put.map_err(|error| StageError::failed("cannot write", &new, &error))?;
        lock(&self.made).insert(path.clone(), Made::Written);
        Ok(stamp)
    }

    /// Keeps the last site's file at this path, if it still has that stamp. False on any doubt: put it then.
    pub fn keep(&self, path: &SitePath, stamp: &FileStamp) -> bool {
        let old = self.target.path.join(path.as_str());
        if file::stamp(&old) != Some(*stamp) {
            return false;
        }
        if !self.target.inside && !self.link(path, &old, stamp) {
            return false;
        }
        lock(&self.unlisted).remove(path.as_str());
        lock(&self.made).insert(path.clone(), Made::Kept).is_none()
    }

    /// What a file of the last site holds.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn bytes(&self, path: &SitePath) -> Result<Vec<u8>, StageError> {
        let old = self.target.path.join(path.as_str());
        let read =
            file::read(&old, u64::from(u32::MAX)).and_then(|bytes| bytes.ok_or(io::ErrorKind::InvalidData.into()));
        read.map_err(|error| StageError::failed("cannot read", &old, &error))
    }

    /// The bytes of the last site's file at this path, if it still has that stamp.
    pub fn earlier(&self, path: &SitePath, stamp: &FileStamp) -> Option<Vec<u8>> {
        let old = self.target.path.join(path.as_str());
        let bytes = file::read(&old, stamp.length).ok().flatten()?;
        (file::stamp(&old) == Some(*stamp)).then_some(bytes)
    }

    /// Files of the last site, each with what its manifest noted of it.
    pub fn listed(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.listed.iter().map(|name| (name.as_str(), self.noted.get(name).map(String::as_str)))
    }

    /// Keeps a file of the last site that the new one does not make. False when it is gone.
    pub fn retain(&self, path: &SitePath) -> bool {
        file::stamp(&self.target.path.join(path.as_str())).is_some_and(|stamp| self.keep(path, &stamp))
    }

    fn link(&self, path: &SitePath, old: &Path, stamp: &FileStamp) -> bool {
        let new = self.site.join(path.as_str());
        let linked = self.note_begun(path).and_then(|()| file::in_folder(&new, || fs::hard_link(old, &new)));
        if linked.is_err() {
            return false;
        }
        // The file may have been exchanged between looking and linking.
        let same = file::stamp(&new) == Some(*stamp);
        if !same {
            let _ = fs::remove_file(&new);
        }
        same
    }

    /// Writes down that a file is ours before it is there, so that the next build knows it should this one be killed.
    fn note_begun(&self, path: &SitePath) -> io::Result<()> {
        (&self.journal).write_all(format!("{path}\n").as_bytes())
    }

    /// Puts the new site in the place of the old one. `manifest` has a line for each file: its path, and behind a tab
    /// whatever the next build wants to know of it.
    ///
    /// # Errors
    /// When files stand in the target or in the stage that no build wrote, or when the disk refuses. The target is then as
    /// it was; only where it has to stay in its place, and the disk refuses half-way, it may hold files of both sites.
    pub fn commit<L: AsRef<str>>(mut self, manifest: &[L]) -> Result<Committed, StageError> {
        self.check_manifest(manifest)?;
        target::refuse_foreign(&self.target.shown, &lock(&self.unlisted))?;
        target::refuse_foreign(&self.site.display().to_string(), &self.strangers()?)?;
        let lines: String = manifest.iter().flat_map(|line| [line.as_ref(), "\n"]).collect();
        let made = std::mem::take(&mut *lock(&self.made));
        let mut notes = std::mem::take(&mut self.notes);
        let done = if self.target.inside {
            fill::fill(&self.state, &self.site, &self.target, &made, &self.listed, &lines)
        } else {
            swap::swap(&self.state, &self.site, &self.target, &made, &self.listed, &lines)
        };
        let kept = made.values().filter(|made| **made == Made::Kept).count();
        let written = made.len() - kept;
        if done.is_err() {
            *lock(&self.made) = made;
        }
        notes.extend(done?);
        Ok(Committed { written, kept, notes })
    }

    /// A manifest that says anything else than what was made would make the next build take or leave the wrong files.
    fn check_manifest<L: AsRef<str>>(&self, manifest: &[L]) -> Result<(), StageError> {
        let listed: BTreeSet<&str> = manifest.iter().map(|line| target::path_of(line.as_ref())).collect();
        let made = lock(&self.made);
        let made: BTreeSet<&str> = made.keys().map(SitePath::as_str).collect();
        match listed.symmetric_difference(&made).next() {
            Some(odd) => Err(StageError::new(format!(
                "{odd} was planned and not made, or made and not planned; this is a fault of the program"
            ))),
            None => Ok(()),
        }
    }

    /// Files in the stage that this build did not make.
    fn strangers(&self) -> Result<BTreeSet<String>, StageError> {
        let made = lock(&self.made);
        let mut strangers = BTreeSet::new();
        for entry in WalkDir::new(&self.site) {
            let failed = |error: walkdir::Error| StageError::failed("cannot look through", &self.site, &error.into());
            let entry = entry.map_err(failed)?;
            let name = entry.path().strip_prefix(&self.site).unwrap_or(entry.path()).to_string_lossy();
            let ours = || SitePath::new(&name).is_ok_and(|path| made.contains_key(&path));
            let kind = entry.file_type();
            if !(kind.is_dir() || kind.is_file() && ours()) {
                strangers.insert(name.into_owned());
            }
        }
        Ok(strangers)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let made = std::mem::take(&mut *lock(&self.made));
        // What stays behind does no harm: the next build finds and names it.
        if !made.is_empty() || fs::remove_dir(&self.site).is_err() {
            clear(&self.site, &|name| SitePath::new(name).is_ok_and(|path| made.contains_key(&path)));
        }
        let _ = fs::remove_file(&self.journal_path);
    }
}

/// What is left of a site that was replaced, in words.
pub(super) fn notes_on(site: &Path, left: &clear::Left, target: &Path) -> Vec<String> {
    let mut notes: Vec<String> = clear::stuck_note(site, &left.stuck).into_iter().collect();
    notes.extend(clear::move_back(site, &left.foreign, target));
    notes
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
