//! The hidden folder of a target: one build at a time holds it and makes the next site there. It outlives a build only
//! with what later builds want to know.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::clear::{self, clear};
use super::file;
use super::stage::StageError;
use super::target::{self, MANIFEST, Target};

/// What a build wants to know of the one before it.
const CACHE: &str = "cache";

/// Files that are written here and then renamed, so that they are whole or not there.
const DRAFTS: [&str; 2] = ["cache.new", "manifest.new"];

/// The largest cache that is read.
const MAX_CACHE: u64 = 4 * 1024 * 1024 * 1024;

/// How many sites that cannot be taken away may lie here.
const MAX_REMNANTS: usize = 99;

/// The folder, locked.
pub struct State {
    /// Where it is.
    pub folder: PathBuf,
    lock: File,
}

/// What the build before remembered of the files it wrote to this target; nothing when there is none, or on any doubt.
pub fn read_cache(target: &Target) -> Option<Vec<u8>> {
    let folder = target.state_folder();
    if folder.is_symlink() {
        return None;
    }
    file::read(&folder.join(CACHE), MAX_CACHE).ok()?
}

impl State {
    /// Makes and locks the folder, unless it is something else.
    pub fn begin(target: &Target) -> Result<Self, StageError> {
        let folder = target.state_folder();
        let refused = |error: io::Error| StageError::failed("cannot make", &folder, &error);
        fs::create_dir_all(&target.parent)
            .map_err(|error| StageError::failed("cannot make", &target.parent, &error))?;
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(refused(error)),
            _ => {}
        }
        if !fs::symlink_metadata(&folder).map_err(refused)?.is_dir() {
            return Err(not_ours(&folder, "it is a link or a file"));
        }
        let lock = file::open(&folder).map_err(refused)?;
        match lock.try_lock() {
            // The folder may have been taken away and made anew between opening and locking; then this lock holds nothing.
            Ok(()) if is_same(&lock, &folder) => {}
            Ok(()) | Err(fs::TryLockError::WouldBlock) => {
                return Err(StageError::new(format!(
                    "another build is writing {}; wait for it to end, or choose another folder with --output-dir",
                    target.shown
                )));
            }
            Err(fs::TryLockError::Error(error)) => return Err(StageError::failed("cannot lock", &folder, &error)),
        }
        let state = Self { folder, lock };
        state.refuse_strangers()?;
        Ok(state)
    }

    fn entries(&self) -> Result<Vec<(String, fs::FileType)>, StageError> {
        let read = || {
            let mut entries = fs::read_dir(&self.folder)?
                .map(|entry| entry.and_then(|it| Ok((it.file_name().to_string_lossy().into_owned(), it.file_type()?))))
                .collect::<io::Result<Vec<_>>>()?;
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Ok(entries)
        };
        read().map_err(|error| StageError::failed("cannot look through", &self.folder, &error))
    }

    fn refuse_strangers(&self) -> Result<(), StageError> {
        let fits = |name: &str, kind: fs::FileType| match name.strip_suffix(".list") {
            Some(folder) => is_site(folder) && kind.is_file(),
            None if name == CACHE || DRAFTS.contains(&name) => kind.is_file(),
            None => is_site(name) && kind.is_dir(),
        };
        match self.entries()?.into_iter().find(|(name, kind)| !fits(name, *kind)) {
            Some((name, _)) => Err(not_ours(&self.folder, &format!("no build made `{name}` in it"))),
            None => Ok(()),
        }
    }

    /// Takes away what builds left that were killed or could not end; says what is still there.
    pub fn heal(&self, target: &Path) -> Result<Vec<String>, StageError> {
        let mut notes = Vec::new();
        for (name, kind) in self.entries()? {
            let path = self.folder.join(&name);
            if DRAFTS.contains(&name.as_str()) {
                let _ = fs::remove_file(&path);
            }
            if !kind.is_dir() {
                continue;
            }
            let listed = target::listed(&path);
            if listed.is_some() && name.starts_with("old") && fs::symlink_metadata(target).is_err() {
                // Killed between moving the old site away and moving the new one in.
                fs::rename(&path, target).map_err(|error| StageError::failed("cannot bring back", target, &error))?;
                continue;
            }
            notes.extend(self.take_away(&path, listed, target));
        }
        Ok(notes)
    }

    fn take_away(&self, site: &Path, listed: Option<BTreeSet<String>>, target: &Path) -> Vec<String> {
        let journal = self.journal(site);
        let whole = listed.is_some();
        // A site without its list was still being made; what had been made by then stands in the journal.
        let ours = listed.unwrap_or_else(|| read_journal(&journal));
        let left = clear(site, &|name| name == MANIFEST || ours.contains(name));
        let mut notes: Vec<String> = clear::stuck_note(site, &left.stuck).into_iter().collect();
        if whole && target.is_dir() {
            notes.extend(clear::move_back(site, &left.foreign, target));
        } else if let Some(first) = left.foreign.first() {
            let file = site.join(first);
            notes.push(format!("no build made {}; it was left alone. Move it to where it belongs", file.display()));
        }
        if fs::symlink_metadata(site).is_err() {
            let _ = fs::remove_file(&journal);
        }
        notes
    }

    /// The list of what is being made in a folder, in the order it is begun.
    pub fn journal(&self, site: &Path) -> PathBuf {
        self.folder.join(format!("{}.list", site.file_name().unwrap_or_default().to_string_lossy()))
    }

    /// A name that nothing has: `site`, and `site-2` where that could not be taken away.
    pub fn free(&self, name: &str) -> Result<PathBuf, StageError> {
        let numbered = |number: usize| self.folder.join(format!("{name}-{number}"));
        let names = std::iter::once(self.folder.join(name)).chain((2..=MAX_REMNANTS).map(numbered));
        let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
        names.into_iter().find(is_free).ok_or_else(|| {
            let folder = self.folder.display();
            StageError::new(format!("{folder} is full of earlier sites that cannot be taken away; take them away"))
        })
    }

    /// Writes a file of this folder whole: it is renamed into its place.
    pub fn write_whole(&self, draft: &str, place: &Path, bytes: &[u8]) -> Result<(), StageError> {
        let draft = self.folder.join(draft);
        let written = match fs::remove_file(&draft) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => file::write_new(&draft, bytes).and_then(|_| fs::rename(&draft, place)),
        };
        written.map_err(|error| StageError::failed("cannot write", place, &error))
    }

    /// Keeps what the next build wants to know.
    pub fn write_cache(&self, bytes: &[u8]) -> Result<(), StageError> {
        self.write_whole(DRAFTS[0], &self.folder.join(CACHE), bytes)
    }

    /// Writes the list of a site's files into its place.
    pub fn write_manifest(&self, place: &Path, bytes: &[u8]) -> Result<(), StageError> {
        self.write_whole(DRAFTS[1], place, bytes)
    }
}

/// Takes away what builds left inside a target that had to stay in its place then and has not now.
pub fn clear_inner(target: &Target) -> Result<Vec<String>, StageError> {
    let inner = target.within();
    if target.inside || fs::symlink_metadata(inner.state_folder()).is_err() {
        return Ok(Vec::new());
    }
    let state = State::begin(&inner)?;
    let notes = state.heal(&target.path)?;
    let _ = fs::remove_file(state.folder.join(CACHE));
    Ok(notes)
}

impl Drop for State {
    fn drop(&mut self) {
        // It stays when it holds anything.
        let _ = fs::remove_dir(&self.folder);
        // Closing would free the lock only when no other process holds it: a child that is being started has a copy for a moment.
        let _ = self.lock.unlock();
    }
}

/// `site`, `site-2`, `old`, `old-2`
fn is_site(name: &str) -> bool {
    let (stem, number) = name.split_once('-').unwrap_or((name, "2"));
    matches!(stem, "site" | "old") && number.parse::<usize>().is_ok()
}

fn read_journal(journal: &Path) -> BTreeSet<String> {
    let bytes = file::read(journal, MAX_CACHE).ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
}

fn not_ours(folder: &Path, why: &str) -> StageError {
    let folder = folder.display();
    StageError::new(format!(
        "{folder} is where the next site would be made, but {why}; nothing was touched. Move it away, or choose another \
        folder with --output-dir"
    ))
}

#[cfg(unix)]
fn is_same(held: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let ids = |metadata: io::Result<fs::Metadata>| metadata.map(|metadata| (metadata.dev(), metadata.ino())).ok();
    ids(held.metadata()).is_some_and(|own| ids(fs::symlink_metadata(path)) == Some(own))
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::{State, Target};

    #[test]
    fn the_lock_ends_with_the_build_although_a_child_holds_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::find(&folder.path().join("public")).unwrap();
        let state = State::begin(&target).unwrap();
        let copy = state.lock.try_clone().unwrap();
        state.write_cache(b"so that the folder stays").unwrap();
        assert!(State::begin(&target).is_err());
        drop(state);
        assert!(State::begin(&target).is_ok());
        drop(copy);
    }
}
